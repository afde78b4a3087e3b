import { expect, test } from 'vitest'
import { Failure } from '../../diagnostics/diagnostic.ts'
import type { ArrayObject } from '../3-ir/memory.ts'
import { limitsOf, limitTable } from './limits.ts'
import { countEntries, isMixed, layoutText } from './tape-layout.ts'
import { entries, TestModule } from './test-module.ts'

/** `vec(x) = sin.([1, 2] .* x)` and `mat(x) = hcat(vec(x), vec(3x))`, and what a Julia library makes of their Jacobians. */
const PROGRAM = `
func @vec "vec(::Float64)" (%x: f64) -> (arr<f64>) {
  %n: i64 = const 2
  %i0: i64 = const 0
  %i1: i64 = const 1
  %w: arr<i64> = alloc %n
  store %w[%i0] column 0 = %i1
  store %w[%i1] column 0 = %n
  %v: arr<f64> = alloc %n
  for %n do (%i: i64) {
    %k: i64 = load %w[%i] column 0
    %f = f64.from_i64 %k
    %p = f64.mul %f, %x
    %s = f64.sin %p
    store %v[%i] column 0 = %s
  }
  yield %v
}
func @mat "mat(::Float64)" (%x: f64) -> (arr<f64>) {
  %three: f64 = const 3
  %n: i64 = const 2
  %v: arr<f64> = call @vec %x
  %x3 = f64.mul %three, %x
  %w: arr<f64> = call @vec %x3
  %m: arr<f64> = alloc %n, %n
  for %n do (%i: i64) {
    %a: f64 = load %v[%i] column 0
    store %m[%i] column 0 = %a
    %b: f64 = load %w[%i] column 0
    %j = i64.add %i, %n
    store %m[%j] column 0 = %b
  }
  yield %m
}
derived @"aug-vec" augmented of @vec (active) interface
derived @"rev-vec" reverse of @vec (active) interface
derived @"fwd-vec" forward of @vec (active) interface
derived @"aug-mat" augmented of @mat (active) interface
derived @"rev-mat" reverse of @mat (active) interface
derived @"fwd-mat" forward of @mat (active) interface
${['vec', 'mat']
  .map(
    name => `
func @"jacobian-${name}" "jacobian(::typeof(${name}), ::Float64)" (%x: f64, %n: i64) -> (arr<f64>) {
  %one: f64 = const 1
  %J: arr<f64> = alloc %n
  for %n do (%i: i64) {
    %tape: tape = tape-new
    %y: arr<f64>, %y_shadow: arr<f64> = call @"aug-${name}" %x, %tape
    store %y_shadow[%i] column 0 = %one
    %dx: f64 = call @"rev-${name}" %y_shadow, %one, %tape
    store %J[%i] column 0 = %dx
  }
  yield %J
}
func @"tangent-${name}" "derivative(::typeof(${name}), ::Float64)" (%x: f64) -> (arr<f64>) {
  %one: f64 = const 1
  %y: arr<f64>, %y_shadow: arr<f64> = call @"fwd-${name}" %x, %one
  yield %y_shadow
}`,
  )
  .join('')}
`.replaceAll('%y_shadow, %one, %tape', '%y_shadow, %tape')

const [s1, s2, s3, s6] = [Math.sin(1), Math.sin(2), Math.sin(3), Math.sin(6)]
const SECOND = [-s1, -4 * s2, -9 * s3, -36 * s6]

/** Reverse mode over one of the functions of the program: a row a result. */
function reverseOver(m: TestModule, name: string, args: readonly unknown[], activity: string, n: number): number[] {
  const [augmented, reverse] = [
    m.derived('augmented', name, activity, { interface: true }),
    m.derived('reverse', name, activity, { interface: true }),
  ]
  m.resolve(augmented)
  return Array.from({ length: n }, (_unused, i) => {
    const tape = m.tape()
    const [, shadow] = m.run(augmented, [...args, tape])
    ;((shadow as ArrayObject).c0 as Float64Array)[i] = 1
    return m.numbers(reverse, [shadow, tape])[0]!
  })
}

test('without limits, reverse over reverse of a matrix-valued function is right', () => {
  const m = new TestModule(PROGRAM)
  expect(entries(m.run('jacobian-mat', [1, 4])[0])).toEqual([Math.cos(1), 2 * Math.cos(2), 3 * Math.cos(3), 6 * Math.cos(6)])
  reverseOver(m, 'jacobian-mat', [1, 4], 'ac', 4).forEach((value, i) => expect(value).toBeCloseTo(SECOND[i]!, 12))
  reverseOver(m, 'tangent-mat', [1], 'a', 4).forEach((value, i) => expect(value).toBeCloseTo(SECOND[i]!, 12))
  const [, along] = m.run(m.derived('forward', 'jacobian-mat', 'ac', { interface: true }), [1, 4, 1])
  entries(along).forEach((value, i) => expect(value).toBeCloseTo(SECOND[i]!, 12))
})

test('three nested reverses', () => {
  const m = new TestModule(PROGRAM)
  const name = 'jacobian-jacobian'
  const [augmented, reverse] = [
    m.derived('augmented', 'jacobian-vec', 'ac', { interface: true }),
    m.derived('reverse', 'jacobian-vec', 'ac', { interface: true }),
  ]
  m.add(`
func @"${name}" (%x: f64, %n: i64) -> (arr<f64>) {
  %one: f64 = const 1
  %H: arr<f64> = alloc %n
  for %n do (%i: i64) {
    %tape: tape = tape-new
    %y: arr<f64>, %y_shadow: arr<f64> = call @"${augmented}" %x, %n, %tape
    store %y_shadow[%i] column 0 = %one
    %dx: f64 = call @"${reverse}" %y_shadow, %tape
    store %H[%i] column 0 = %dx
  }
  yield %H
}`)
  const third = reverseOver(m, name, [1, 2], 'ac', 2)
  expect(third[0]).toBeCloseTo(-Math.cos(1), 12)
  expect(third[1]).toBeCloseTo(-8 * Math.cos(2), 12)
})

test('the layout of a tape counts what callees put there', () => {
  const m = new TestModule(PROGRAM)
  const vec = m.deriver.layoutOf(m.derived('augmented', 'vec', 'a', { interface: true }))
  expect(countEntries(vec)).toEqual({ refs: 0, floats: 1, others: 0 })
  expect(isMixed(vec)).toBe(false)
  const mat = m.deriver.layoutOf(m.derived('augmented', 'mat', 'a', { interface: true }))
  expect(layoutText(mat)).toMatchInlineSnapshot(`
    "augmented #1 of mat(::Float64): 2 references, 2 floats, 0 others
      shadow of \`v\`: arr<f64>
      shadow of \`w\`: arr<f64>
      augmented #1 of vec(::Float64): 0 references, 1 float, 0 others
        \`x\`: f64
      augmented #1 of vec(::Float64): 0 references, 1 float, 0 others
        \`x\`: f64"
  `)
})

test('with the limits of Enzyme 0.13, a call with a mixed tape is not differentiated in reverse mode again', () => {
  const m = new TestModule(PROGRAM, { limits: limitsOf('enzyme-0.13', []) })
  expect(entries(m.run('jacobian-mat', [1, 4])[0])[2]).toBe(3 * Math.cos(3))
  const failure = failureOf(() => reverseOver(m, 'jacobian-mat', [1, 4], 'ac', 4))
  expect(failure).toMatchObject({ code: 'ad.mixed-tape', blame: 'limit', phase: 'augment', exception: 'EnzymeInternalError' })
  expect(failure.message).toContain('2 references and 2 floats')
  expect(failure.notes).toEqual([
    'while: augmenting reverse #1 of mat(::Float64) for reverse #2',
    'known: EnzymeAD/Enzyme.jl#2640 (limit `mixed-tape`, 0.13)',
  ])
  expect(failure.attachments.map(({ title }) => title)).toEqual([
    'IR of jacobian(::typeof(mat), ::Float64) before augmented #2',
    'activity of jacobian(::typeof(mat), ::Float64)',
    'tape layout',
  ])
  expect(failure.stack[0]!.made).toEqual(['augmented #1', 'augmented #2'])
})

test('with those limits, forward over reverse, reverse over forward and tapes of one kind still work', () => {
  const m = new TestModule(PROGRAM, { limits: limitsOf('enzyme-0.13', []) })
  const [, along] = m.run(m.derived('forward', 'jacobian-mat', 'ac', { interface: true }), [1, 4, 1])
  expect(entries(along)[3]).toBeCloseTo(SECOND[3]!, 12)
  expect(reverseOver(m, 'tangent-mat', [1], 'a', 4)[3]).toBeCloseTo(SECOND[3]!, 12)
  reverseOver(m, 'jacobian-vec', [1, 2], 'ac', 2).forEach((value, i) => expect(value).toBeCloseTo([-s1, -4 * s2][i]!, 12))
})

test('every limit has an id of its own and names its issue', () => {
  const table = limitTable()
  expect(new Set(table.map(limit => limit.id)).size).toBe(table.length)
  for (const limit of table) {
    expect(limit.upstream).toMatch(/^[\w-]+\/[\w.-]+#\d+$/)
    expect(limit.url).toMatch(/^https:\/\//)
    expect(limit.code === null).toBe(limit.delivery === 'wrong-value')
  }
})

function failureOf(run: () => unknown): Failure['diagnostic'] {
  try {
    run()
  } catch (error) {
    if (error instanceof Failure) return error.diagnostic
    throw error
  }
  throw new Error('nothing failed')
}
