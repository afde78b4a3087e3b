import { expect, test } from 'vitest'
import { applied } from '../2-types/intern.ts'
import { plainValue } from './plain.ts'
import * as j from './show/test-types.ts'
import type { Value } from './show/value.ts'

const P = applied(
  j.struct(
    'P',
    [],
    () => [
      ['x', j.Float64],
      ['n', j.Any],
    ],
    { module: 'Main' },
  ),
  [],
)

const plain = (value: Value, collected: Value | null = null) =>
  plainValue(
    j.box(value),
    j.newShowHost(() => collected),
  )

test('arrays are nested row by row', () => {
  expect(plain(j.floatMatrix([1, 2, 3], [4, 5, 6]))).toEqual({
    shown: '[1.0 2.0 3.0; 4.0 5.0 6.0]',
    type: 'Matrix{Float64}',
    plain: [
      [1, 2, 3],
      [4, 5, 6],
    ],
    size: [2, 3],
  })
  expect(plain(j.array(j.Int64, [1, 2, 2], [1, 2, 3, 4].map(j.int))).plain).toEqual([
    [
      [1, 3],
      [2, 4],
    ],
  ])
  expect(plain(j.array(j.Float64, [0, 3], [])).plain).toEqual([])
  expect(plain(j.array(j.Float64, [], [j.f64(2)]))).toMatchObject({ plain: 2, size: [] })
})

test('scalars, tuples and structs', () => {
  expect(plain(j.any(j.f64(1)))).toEqual({ shown: '1.0', type: 'Float64', plain: 1, size: null })
  expect(plain(j.tuple(j.int(1), j.tuple(), j.str('a'), j.sym('b'), j.char('c'), j.bool(true), j.nothing, j.missing)).plain).toEqual([
    1,
    [],
    'a',
    'b',
    'c',
    true,
    null,
    null,
  ])
  expect(plain(j.named({ a: j.f64(1) })).plain).toEqual({ a: 1 })
  expect(plain(j.of(P, 1, j.box(j.floats(2)))).plain).toEqual({ x: 1, n: [2] })
  expect(plain(j.complex(j.f64(1), j.f64(2))).plain).toEqual({ re: 1, im: 2 })
  expect(plain(j.rational(1, 4)).plain).toBe(0.25)
  expect(plain(j.f64(Number.NaN)).plain).toBeNaN()
})

test('wrappers and ranges are collected', () => {
  expect(plain(j.unitRange(1, 2), j.vector(j.Int64, j.int(1), j.int(2)))).toEqual({
    shown: '1:2',
    type: 'UnitRange{Int64}',
    plain: [1, 2],
    size: [2],
  })
})

test('what has no data is opaque', () => {
  expect(plain(j.func('sin')).plain).toEqual({ opaque: 'sin' })
  expect(plain(j.typeValue(j.Float64)).plain).toEqual({ opaque: 'Float64' })
  expect(plain(j.typeValue(j.Float64)).type).toBe('DataType')
})
