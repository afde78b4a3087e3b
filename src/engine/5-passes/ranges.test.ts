import { expect, test } from 'vitest'
import { printFunc } from '../3-ir/print.ts'
import { readModule } from '../3-ir/read.ts'
import { passContext } from './optimise.ts'
import { movableOps, rangesOf } from './ranges.ts'

/** The operations that need no check, as text without the numbers of values. */
function exact(text: string, movable = false): string[] {
  const module = readModule(text)
  const f = [...module.funcs.values()].at(-1)!
  const { effectsOfCall } = passContext(module)
  const found = movable ? movableOps(f, effectsOfCall) : rangesOf(f, effectsOfCall).exact
  const lines: string[] = []
  printFunc(f, { onInst: (inst, line) => found.has(inst) && lines.push(line.replaceAll(/%(\w*)\.\d+/g, '$1')) })
  return lines
}

test('sums and products of sizes, indices and literals are exact as far as the numbers go', () => {
  expect(
    exact(`func @f (%a.0: arr<f64>, %n.1: i64) -> (i64) {
      %len.2: i64 = prim arr.len %a.0  %c.3: i64 = const 3
      %p.4 = i64.add %len.2, %c.3  %q.5 = i64.mul %p.4, %c.3  %r.6 = i64.mul %len.2, %len.2  %s.7 = i64.add %n.1, %c.3
      yield %r.6
    }`),
  ).toEqual(['p = i64.add len, c', 'q = i64.mul p, c'])
})

const matrix = (count: string, before: string) => `func @f (%a.0: arr<f64>, %n.1: i64, %m.2: i64) -> (i64) {
  %zero.3: i64 = const 0  %one.4: i64 = const 1
  %rows.5: i64 = prim arr.dim %a.0, %zero.3  %columns.6: i64 = prim arr.dim %a.0, %one.4
  ${before}
  %s.7: i64 = for %${count} with %zero.3 do (%j.8: i64, %t.9: i64) { %p.10 = i64.mul %j.8, %rows.5 yield %p.10 }
  yield %s.7
}`

test('an index times another size of the same array is exact', () => {
  expect(exact(matrix('columns.6', ''))).toEqual(['p = i64.mul j, rows'])
  expect(exact(matrix('rows.5', ''))).toEqual([])
  expect(exact(matrix('n.1', ''))).toEqual([])
})

test('what an allocation says about its sizes holds after it, and not where an operation may be moved to', () => {
  const before = '%k.20: i64 = prim arr.dim %a.0, %zero.3 %l.21: i64 = prim arr.len %a.0 %b.22: arr<f64> = alloc %k.20, %l.21'
  const text = matrix('l.21', before).replace('i64.mul %j.8, %rows.5', 'i64.mul %j.8, %k.20')
  expect(exact(text)).toEqual(['p = i64.mul j, k'])
  expect(exact(text, true)).toEqual([])
})

test('sums that only address elements need no check', () => {
  const address = (more: string) => `func @f (%a.0: arr<f64>, %b.1: arr<f64>, %x.2: f64) -> (i64) {
    %len.3: i64 = prim arr.len %a.0  %other.4: i64 = prim arr.len %b.1  %zero.5: i64 = const 0
    %s.6: i64 = for %len.3 with %zero.5 do (%i.7: i64, %t.8: i64) {
      %p.9 = i64.mul %i.7, %other.4  %q.10 = i64.add %p.9, %i.7
      store %a.0[%q.10] column 0 = %x.2
      yield %${more}
    }
    yield %s.6
  }`
  expect(exact(address('t.8'))).toEqual(['p = i64.mul i, other', 'q = i64.add p, i'])
  expect(exact(address('p.9'))).toEqual(['q = i64.add p, i'])
})

test('a loop that counts down has natural indices', () => {
  const module = readModule(`func @f (%n.0: i64, %x.1: i64) -> (i64) {
    %minus.2: i64 = const -1
    %s.3: i64 = for %n.0 with %n.0 do (%k.4: i64, %t.5: i64) { %last.6 = i64.add %n.0, %minus.2 %i.7 = i64.sub %last.6, %k.4 %j.8 = i64.sub %x.1, %k.4 yield %i.7 }
    yield %s.3
  }`)
  const { natural } = rangesOf(module.funcs.get('f')!)
  expect([4, 6, 7, 8].map(id => [...natural].includes(id as never))).toEqual([true, true, true, false])
})

const counted = (step: string, start = 'zero.3', more = '') => `func @f (%n.0: i64, %m.1: i64, %x.2: f64) -> (i64) {
  %zero.3: i64 = const 0  %c.4: i64 = const 3
  %s.5: i64 = for %n.0 with %${start} do (%i.6: i64, %k.7: i64) {
    for %m.1 do (%j.8: i64) { %w.9 = f64.from_i64 %j.8 }
    %none.10 = i64.lt %m.1, %zero.3
    %turns.11 = i64.select %none.10, %zero.3, %m.1
    ${more}
    %l.12 = i64.add %k.7, ${step}
    yield %l.12
  }
  yield %s.5
}`

test('a number stays exact that counts by literals, or by the turns of a loop before, from one that is not large', () => {
  expect(exact(counted('%c.4'))).toEqual(['l = i64.add k, c'])
  expect(exact(counted('%turns.11'))).toEqual(['l = i64.add k, turns'])
  expect(exact(counted('%m.1'))).toEqual([])
  expect(exact(counted('%n.0'))).toEqual([])
  expect(exact(counted('%k.7'))).toEqual([])
  expect(exact(counted('%c.4', 'n.0'))).toEqual([])
})
