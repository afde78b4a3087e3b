import { expect, test } from 'vitest'
import { printFunc, printModule, quote } from './print.ts'
import { readFunc, readModule } from './read.ts'

const EVERYTHING = `struct "Pair‹Int›" ("first": f64, "second": arr<arr<f64,i64>>)
type "Vector{Float64}" (arr<f64>)
global "x" (f64)
derived @"f'" reverse of @f (const, active) interface overwritten (true, false, true)
func @main "main(::Float64)" inline never made augmented of @"a \\"b\\"" () (%x.0: f64, %n.1: i64) -> (f64) {
  %c.2: f64 = const -0
  %c.3: str = const "a; b\\n"
  %a.4: arr<f64> = alloc %n.1, %n.1
  store %a.4[%n.1] column 0 = %x.0
  %t.5: f64 = load %a.4[%n.1] column 0
  %t.6 = f64.mul %t.5, %c.2
  call @f
  %p.7: f64, %q.8: any = call @"g h" %t.6
  %r.9: f64 = for %n.1 with %t.6 do (%i.10: i64, %s.11: f64) {
    %b.12: f64 = while with %s.11 cond (%u.13: f64) {
      %k.14 = f64.lt %u.13, %x.0
      yield %k.14
    } do (%u.15: f64) {
      yield %u.15
    }
    yield %b.12
  }
  %o.16: obj<Pair‹Int›> = new %r.9
  set %o.16 field 0 = %r.9
  %e.17: any = box type 0 %a.4
  %w.18: f64 = try {
    throw %e.17
    yield %x.0
  } catch (%e.19: any) {
    %d.20: any = dyncall [forward, reverse] %e.19
    global-set 0 leaf 0 = %x.0
    prim any.print %d.20
    yield %x.0
  }
  %tape.21: tape = tape-new
  push %tape.21, %x.0
  %y.22: f64 = pop %tape.21
  if %k.14 {
  } else {
  }
  yield %w.18
}
`

test('what is printed reads back to the same text', () => {
  const once = printModule(readModule(EVERYTHING))
  expect(printModule(readModule(once))).toBe(once)
  expect(once.replaceAll(/\.\d+/g, '')).toBe(EVERYTHING.replaceAll(/\.\d+/g, ''))
})

test('numbers follow the first appearance, whatever the ids are', () => {
  const f = readFunc('func @f (%x.7: f64) -> (f64) { %y.3 = f64.mul %x.7, %x.7 yield %y.3 }')
  expect(printFunc(f)).toMatchInlineSnapshot(`
    "func @f (%x.0: f64) -> (f64) {
      %y.1 = f64.mul %x.0, %x.0
      yield %y.1
    }
    "
  `)
})

test('special floats read back', () => {
  const f = readFunc('func @f () -> () { %a.0: f64 = const NaN %b.1: f64 = const -Inf %c.2: f64 = const -0 %d.3: f64 = const 1e-7 }')
  expect(f.body.body.map(inst => inst.kind === 'const' && inst.value)).toEqual([Number.NaN, -Infinity, -0, 1e-7])
})

test('characters that a terminal obeys or hides are escaped', () => {
  expect(quote('a\u001b[2J\u009b\u202e"')).toBe('"a\\u001b[2J\\u009b\\u202e\\""')
})

test('a text that is no IR is refused at its place', () => {
  expect(() => readFunc('func @f () -> () { %a.0: f64 = f64.mull %b.1 }')).toThrow('Found')
})
