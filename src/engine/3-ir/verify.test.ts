import { expect, test } from 'vitest'
import { InternalError } from '../../diagnostics/bug.ts'
import { readModule } from './read.ts'
import { assertWellFormed, verify } from './verify.ts'

function problems(text: string): string[] {
  const module = readModule(text)
  return [...module.funcs.values()].flatMap(f => verify(f, module))
}

test('a well-formed function has no problems', () => {
  expect(
    problems(`
    struct "P" ("x": f64)
    func @f (%x.0: f64, %n.1: i64) -> (f64) {
      %a.2: arr<f64,i64> = alloc %n.1
      store %a.2[%n.1] column 1 = %n.1
      %p.3: obj<P> = new %x.0
      %s.4: f64 = for %n.1 with %x.0 do (%i.5: i64, %s.6: f64) {
        %t.7 = f64.mul %s.6, %x.0
        yield %t.7
      }
      %m.8: i64 = prim arr.len %a.2
      yield %s.4
    }`),
  ).toEqual([])
})

const cases: [rule: string, body: string, problem: string][] = [
  ['1: one definition', '%a.2: f64 = const 1 %a.2: f64 = const 2', '`a` (id 2) is defined twice, in `%a.2: f64 = const 2`'],
  [
    '2: definition before use',
    '%a.2 = f64.neg %b.3 %b.3: f64 = const 2',
    'value 3 is used before its definition, in `%a.2 = f64.neg %b.3`',
  ],
  [
    '2: scope',
    '%c.2: bool = const true if %c.2 { %a.3: f64 = const 1 } else { } %b.4 = f64.neg %a.3',
    'value 3 is used outside of its block, in `%b.4 = f64.neg %a.3`',
  ],
  ['3: literals', '%a.2: i64 = const 1.5', '1.5 is no i64, in `%a.2: i64 = const 1.5`'],
  ['4: operands', '%a.2 = f64.add %x.0, %n.1', 'operand 2 is i64 where f64 is expected, in `%a.2 = f64.add %x.0, %n.1`'],
  ['5: primitives', '%a.2: i64 = prim arr.len %x.0', 'operand 1 is f64 where a reference is expected, in `%a.2: i64 = prim arr.len %x.0`'],
  [
    '5: one reference type',
    '%a.2: arr<f64> = alloc %n.1 %b.3: arr<i64> = prim arr.reshape %a.2, %n.1',
    'result 1 is arr<i64> where arr<f64> is expected, in `%b.3: arr<i64> = prim arr.reshape %a.2, %n.1`',
  ],
  ['6: callee', 'call @g', 'there is no function g, in `call @g`'],
  ['6: arguments', 'call @f', '0 arguments where 2 are expected, in `call @f`'],
  [
    '8: yields',
    '%c.2: bool = const true %r.3: f64 = if %c.2 { yield %x.0 } else { }',
    '0 values that the second block yields where 1 are expected, in `%r.3: f64 = if %c.2`',
  ],
  [
    '9: carried values',
    '%r.3: f64 = for %n.1 with %x.0 do (%i.4: i64, %s.5: f64) { yield %i.4 }',
    'values that the body yields: number 1 is i64 where f64 is expected, in `%r.2: f64 = for %n.1 with %x.0`',
  ],
  [
    '10: conditions',
    'while cond { global-set 0 leaf 0 = %x.0 %c.2: bool = const false yield %c.2 } do { }',
    'the condition changes memory, in `while`',
  ],
  [
    '11: columns',
    '%a.2: arr<f64> = alloc %n.1 %t.3: f64 = load %a.2[%n.1] column 1',
    'arr<f64> has no column 1, in `%t.3: f64 = load %a.2[%n.1] column 1`',
  ],
  ['12: fields', '%o.2: obj<P> = new %n.1', 'field 1 is i64 where f64 is expected, in `%o.2: obj<P> = new %n.1`'],
  ['13: boxes', '%b.2: any = box type 0 %x.0, %x.0', '2 boxed values where 1 are expected, in `%b.2: any = box type 0 %x.0, %x.0`'],
  ['14: tapes', 'push %x.0, %x.0', 'what is pushed on is f64 where tape is expected, in `push %x.0, %x.0`'],
  ['15: throw', 'throw %x.0', 'what is thrown is f64 where any is expected, in `throw %x.0`'],
  [
    '17: globals',
    '%g.2: f64 = global-get 3 leaf 0',
    'there is no leaf 0 of a global 3 in the module, in `%g.2: f64 = global-get 3 leaf 0`',
  ],
]

test.each(cases)('rule %s', (_rule, body, problem) => {
  const text = `struct "P" ("x": f64) type "Float64" (f64) global "g" (f64) func @f (%x.0: f64, %n.1: i64) -> () { ${body} }`
  expect(problems(text)).toContain(problem)
})

test('rule 18: results', () => {
  expect(problems('func @f (%x.0: f64) -> (i64, f64) { yield %x.0 }')).toEqual([
    '1 results where 2 are expected',
    'results: number 1 is f64 where i64 is expected',
  ])
})

test('an ill-formed function is our bug, with its text attached', () => {
  const module = readModule('func @f (%x.0: f64) -> (i64) { yield %x.0 }')
  const f = module.funcs.get('f')!
  try {
    assertWellFormed(f, module, 'fold')
    expect.unreachable()
  } catch (error) {
    expect(error).toBeInstanceOf(InternalError)
    expect((error as InternalError).message).toBe(
      'ir.ill-typed: the IR of f is ill-typed after fold: results: number 1 is f64 where i64 is expected',
    )
    expect((error as InternalError).attachments.map(a => a.title)).toEqual(['problems of f after fold', 'IR of f after fold'])
  }
})
