import { describe, expect, test } from 'vitest'
import { applied } from '../2-types/intern.ts'
import { emptyModule } from '../3-ir/arbitrary.ts'
import { newFloats, type StructObject, Trap } from '../3-ir/memory.ts'
import type { Prim } from '../3-ir/prims.ts'
import { PRIMS } from '../3-ir/prims.ts'
import { egal, hashOf, keyOf } from './identity.ts'
import { type HashIndex, PRIMITIVES } from './primitives.ts'
import { newRuntime } from './runtime.ts'
import * as j from './show/test-types.ts'
import type { Value } from './show/value.ts'
import { newTestHost } from './test-host.ts'

const host = { ...newTestHost(emptyModule()), ...j.newShowHost() }
const runtime = newRuntime(host)
const run = (prim: Prim, ...args: unknown[]): unknown => runtime.library.primitive(prim, [])(...(args as never[]))

test('every primitive of the table is there', () => {
  expect(Object.keys(PRIMITIVES).sort()).toEqual(Object.keys(PRIMS).sort())
})

describe('strings are counted in characters', () => {
  const text = 'a\u{1d4b3}é!'

  test('length, characters, slices and search', () => {
    expect(run('str.length', text)).toBe(4)
    expect(run('str.length', 'abc')).toBe(3)
    expect([0, 1, 2, 3].map(i => run('str.char', text, i))).toEqual([0x61, 0x1d4b3, 0xe9, 0x21])
    expect(run('str.slice', text, 1, 3)).toBe('\u{1d4b3}é')
    expect(run('str.slice', 'abc', 1, 9)).toBe('bc')
    expect(run('str.slice', 'abc', 2, 1)).toBe('')
    expect(run('str.find', text, 'é')).toBe(2)
    expect(run('str.find', text, 'z')).toBe(-1)
    expect(run('str.find', text, '')).toBe(0)
    expect(run('str.from_char', 0x1d4b3)).toBe('\u{1d4b3}')
  })

  test('outside there is no character', () => {
    expect(() => run('str.char', text, 4)).toThrow(Trap)
    expect(() => run('str.char', 'abc', -1)).toThrow(Trap)
  })

  test('the digits of a float are those of its exact value, ties to even', () => {
    const decimal = (x: number, digits: number) => run('str.decimal', x, digits)
    expect([decimal(0.1, 20), decimal(2.5, 0), decimal(3.5, 0), decimal(0.125, 1), decimal(9.75, 0), decimal(0, 2)]).toEqual([
      '1.00000000000000005551e-1',
      '2e+0',
      '4e+0',
      '1.2e-1',
      '1e+1',
      '0.00e+0',
    ])
  })

  test('numbers are read as Julia reads them', () => {
    const float = (s: string) => (run('str.parse_f64', s) as [number, boolean]).map(String).join()
    expect(['1', ' 2.5 ', '-1e-3', '.5', '5.', '1f2', 'Inf', '-inf', 'NaN'].map(float)).toEqual([
      '1,true',
      '2.5,true',
      '-0.001,true',
      '0.5,true',
      '5,true',
      '100,true',
      'Infinity,true',
      '-Infinity,true',
      'NaN,true',
    ])
    expect(['', 'x', '1e', '1_0', '0x10', '1 2'].map(float)).toEqual(Array(6).fill('0,false'))
    const int = (s: string) => (run('str.parse_i64', s) as [number, boolean]).map(String).join()
    expect(['12', '-7', ' +3 ', '0xff', '0b101', '-0'].map(int)).toEqual(['12,true', '-7,true', '3,true', '255,true', '5,true', '0,true'])
    expect(['', '1.0', '1e3', '99999999999999999999'].map(int)).toEqual(Array(4).fill('0,false'))
  })
})

const P = applied(
  j.struct('P', [], () => [['x', j.Float64]], { module: 'Main' }),
  [],
)
const M = applied(
  j.struct('M', [], () => [['x', j.Float64]], { module: 'Main', form: 'mutable' }),
  [],
)
const key = (value: Value): string => keyOf(j.box(value), host)
const same = (a: Value, b: Value): boolean => egal(j.box(a), j.box(b), host)

describe('hash keys are those of isequal', () => {
  test('numbers of one value are one key, whatever their types', () => {
    expect(new Set([j.int(1), j.f64(1), j.f32(1), j.bool(true), j.rational(1, 1), j.complex(j.f64(1), j.f64(0))].map(key)).size).toBe(1)
    expect(key(j.rational(1, 2))).toBe(key(j.f64(0.5)))
    expect(key(j.f64(Number.NaN))).toBe(key(j.f32(Number.NaN)))
    expect(key(j.f64(0))).not.toBe(key(j.f64(-0)))
  })

  test('text, symbols, characters and numbers differ', () => {
    expect(new Set([j.str('1'), j.sym('1'), j.char('1'), j.int(1), j.int(49), j.nothing, j.missing].map(key)).size).toBe(7)
  })

  test('arrays and tuples by their elements, mutable structs by identity', () => {
    expect(key(j.floats(1, 2))).toBe(key(j.vector(j.Int64, j.int(1), j.int(2))))
    expect(key(j.floatMatrix([1, 2]))).not.toBe(key(j.floats(1, 2)))
    expect(key(j.tuple(j.int(1), j.str('a')))).toBe(key(j.tuple(j.f64(1), j.str('a'))))
    expect(key(j.of(P, 1))).toBe(key(j.of(P, 1)))
    const object: StructObject = { f0: 1 }
    expect(key(j.of(M, object))).toBe(key(j.of(M, object)))
    expect(key(j.of(M, object))).not.toBe(key(j.of(M, { f0: 1 })))
  })

  test('an index finds what was put in', () => {
    const index = run('dict.new') as HashIndex
    run('dict.insert', index, j.box(j.str('a')), 3)
    run('dict.insert', index, j.box(j.int(2)), 5)
    expect([j.str('a'), j.f64(2), j.sym('a')].map(k => run('dict.find', index, j.box(k)))).toEqual([3, 5, -1])
    run('dict.remove', index, j.box(j.str('a')))
    expect(run('dict.find', index, j.box(j.str('a')))).toBe(-1)
  })

  test('hashes are safe integers that differ', () => {
    const hashes = Array.from({ length: 2000 }, (_, i) => hashOf(key(j.int(i))))
    expect(new Set(hashes).size).toBe(2000)
    expect(hashes.every(hash => Number.isSafeInteger(hash) && hash >= 0)).toBe(true)
  })
})

test('=== looks at types, bits and identity', () => {
  expect(same(j.int(1), j.f64(1))).toBe(false)
  expect(same(j.f64(Number.NaN), j.f64(Number.NaN))).toBe(true)
  expect(same(j.f64(0), j.f64(-0))).toBe(false)
  expect(same(j.tuple(j.int(1), j.str('a')), j.tuple(j.int(1), j.str('a')))).toBe(true)
  expect(same(j.floats(1), j.floats(1))).toBe(false)
  const array = j.floats(1)
  expect(same(array, array)).toBe(true)
  expect(same(j.of(P, 1), j.of(P, 1))).toBe(true)
})

test('an array grows within the budget only', () => {
  const small = newRuntime(host, { bytes: 2 ** 28 })
  const resize = small.library.primitive('arr.resize', ['arr<f64>']) as (a: unknown, n: number) => void
  const a = newFloats([2])
  resize(a, 100)
  expect(a.n).toBe(100)
  expect(() => resize(a, 2 ** 27)).toThrow(Trap)
})
