import { expect, test } from 'vitest'
import { interpret } from './interpret.ts'
import { NOWHERE } from './loc.ts'
import { type ArrayObject, Boxed, newFloats, Trap } from './memory.ts'
import { readModule } from './read.ts'
import { verify } from './verify.ts'
import { zerosLike } from './zeros.ts'

function run(text: string, ...args: unknown[]): unknown[] {
  const module = readModule(text)
  for (const f of module.funcs.values()) expect(verify(f, module)).toEqual([])
  return interpret(module, 'f', args)
}

test('loops carry values', () => {
  const text = `func @f (%n.0: i64) -> (f64) {
    %one.1: f64 = const 1
    %s.2: f64 = for %n.0 with %one.1 do (%i.3: i64, %s.4: f64) {
      %x.5 = f64.from_i64 %i.3
      %t.6 = f64.add %s.4, %x.5
      yield %t.6
    }
    yield %s.2
  }`
  expect(run(text, 4)).toEqual([7])
  expect(run(text, -1)).toEqual([1])
})

test('while runs its condition before each turn', () => {
  expect(
    run(
      `func @f (%x.0: f64) -> (f64) {
    %c.1: f64 = const 100
    %y.2: f64 = while with %x.0 cond (%a.3: f64) { %k.4 = f64.lt %a.3, %c.1 yield %k.4 } do (%b.5: f64) { %d.6 = f64.add %b.5, %b.5 yield %d.6 }
    yield %y.2
  }`,
      3,
    ),
  ).toEqual([192])
})

test('a tape keeps three stacks apart', () => {
  expect(
    run(
      `func @f (%x.0: f64, %n.1: i64, %c.2: bool) -> (f64, i64, bool) {
    %t.3: tape = tape-new
    push %t.3, %x.0  push %t.3, %n.1  push %t.3, %c.2
    %d.4: bool = pop %t.3  %m.5: i64 = pop %t.3  %y.6: f64 = pop %t.3
    yield %y.6, %m.5, %d.4
  }`,
      1.5,
      7,
      true,
    ),
  ).toEqual([1.5, 7, true])
})

test('columns hold leaves of their own type', () => {
  expect(
    run(
      `func @f (%x.0: f64, %c.1: bool) -> (f64, bool, i64) {
    %n.2: i64 = const 3  %k.3: i64 = const 2
    %a.4: arr<f64,bool> = alloc %n.2
    store %a.4[%k.3] column 0 = %x.0  store %a.4[%k.3] column 1 = %c.1
    %y.5: f64 = load %a.4[%k.3] column 0  %d.6: bool = load %a.4[%k.3] column 1
    %m.7: i64 = prim arr.dim %a.4, %k.3
    yield %y.5, %d.6, %m.7
  }`,
      2,
      true,
    ),
  ).toEqual([2, true, 1])
})

test('a throw ends in the nearest handler', () => {
  expect(
    run(
      `type "Float64" (f64) func @f (%x.0: f64) -> (f64) {
    %b.1: any = box type 0 %x.0
    %y.2: f64 = try { throw %b.1 yield %x.0 } catch (%e.3: any) { %z.4: f64 = unbox type 0 %e.3 %w.5 = f64.neg %z.4 yield %w.5 }
    yield %y.2
  }`,
      2,
    ),
  ).toEqual([-2])
})

test('a run-time error knows where it happened and the calls that led there', () => {
  const text = 'func @g (%n.0: i64) -> () { %z.1: i64 = const 0 %q.2 = i64.div %n.0, %z.1 } func @f (%n.0: i64) -> () { call @g %n.0 }'
  try {
    run(text, 1)
    expect.unreachable()
  } catch (error) {
    expect(error).toBeInstanceOf(Trap)
    expect((error as Trap).locs).toEqual([NOWHERE, NOWHERE])
  }
})

test('reading a field of the null reference is an undefined reference', () => {
  expect(() =>
    run('struct "P" ("x": f64) func @f () -> (f64) { %o.0: obj<P> = const null %x.1: f64 = get %o.0 field 0 yield %x.1 }'),
  ).toThrow('undefined')
})

test('a zero shadow keeps aliases, integers and cycles', () => {
  const shared = newFloats([2])
  ;(shared.c0 as Float64Array).fill(3)
  const module = readModule('struct "N" ("next": obj<N>, "data": arr<f64>, "boxed": any, "n": i64) type "Vector{Float64}" (arr<f64>)')
  const node: Record<`f${number}`, unknown> = { f0: null, f1: shared, f2: new Boxed(0, [shared]), f3: 5 }
  node.f0 = node
  const zero = zerosLike('obj<N>', node, module) as typeof node
  expect(zero.f0).toBe(zero)
  expect((zero.f2 as Boxed).v[0]).toBe(zero.f1)
  expect((zero.f1 as ArrayObject).c0).toEqual(new Float64Array(2))
  expect(zero.f3).toBe(5)
  expect(shared.c0).toEqual(new Float64Array([3, 3]))
})
