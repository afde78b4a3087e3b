import { expect, test } from 'vitest'
import { emptyModule } from '../3-ir/arbitrary.ts'
import { Builder } from '../3-ir/build.ts'
import { interpret } from '../3-ir/interpret.ts'
import type { ConstValue, Func, Scalar, ValueId } from '../3-ir/ir.ts'
import { NOWHERE } from '../3-ir/loc.ts'
import { Trap } from '../3-ir/memory.ts'
import { OPS, type Op } from '../3-ir/ops.ts'
import { printFunc } from '../3-ir/print.ts'
import { operands as operandIds } from '../3-ir/visit.ts'
import { fold } from './fold.ts'
import { passContext } from './optimise.ts'

const at = NOWHERE
const top = Number.MAX_SAFE_INTEGER

/** Literals and arguments that tell right equations from nearly right ones. */
const EDGES: { readonly [S in Scalar]: readonly Exclude<ConstValue, null>[] } = {
  f64: [0, -0, 1, -1, 2, 0.1, -3.7, 2 ** -1060, 1e300, 1.7976931348623157e308, Infinity, -Infinity, Number.NaN],
  f32: [0, -0, 1, -1, 2, Math.fround(0.1), Infinity, -Infinity, Number.NaN],
  i64: [0, 1, -1, 2, 7, -8, 40, top, -top, 2 ** 63, -(2 ** 63)],
  bool: [true, false],
  str: ['', 'a', 'b'],
}

type Operand = (b: Builder, x: ValueId, y: ValueId) => ValueId

/** What operand `i` may be: either parameter, a literal, or something that an equation looks into. */
function operandsOf(op: Op, type: Scalar, i: number): Operand[] {
  if (op.startsWith('i64.wrap') && i === 1) return [8, 16, 32].map(bits => b => b.i64(bits, at))
  const list: Operand[] = [(_b, x) => x, (_b, _x, y) => y]
  const literals = OPS[op].takes.length > 2 ? EDGES[type].slice(0, 3) : EDGES[type]
  for (const value of literals) list.push(b => b.const(type, value, at))
  if (type === 'f64')
    list.push(
      (b, x) => b.op('f64.neg', [x], at),
      (b, _x, y) => b.op('f64.neg', [y], at),
      (b, x) => b.op('f64.abs', [x], at),
    )
  if (type === 'f32') list.push((b, x) => b.op('f32.neg', [x], at))
  if (type === 'i64') {
    list.push(
      (b, x) => b.op('i64.sub', [b.i64(0, at), x], at),
      (b, x, y) => b.op('i64.add', [x, y], at),
      (b, x) => b.op('i64.add', [x, b.i64(5, at)], at),
    )
  }
  if (type === 'bool') list.push((b, x) => b.op('bool.not', [x], at))
  return list
}

function product<T>(lists: readonly (readonly T[])[]): T[][] {
  return lists.reduce<T[][]>((all, list) => all.flatMap(head => list.map(item => [...head, item])), [[]])
}

/** `op` over operands; each scalar type that it takes has two parameters. */
function funcOf(op: Op, operands: readonly Operand[]): { f: Func; types: Scalar[] } {
  const b = new Builder()
  const types = [...new Set<Scalar>(OPS[op].takes)]
  const params = new Map(types.map(type => [type, [b.param(type, 'x'), b.param(type, 'y')] as const]))
  const args = OPS[op].takes.map((type, i) => operands[i]!(b, ...params.get(type)!))
  return { f: b.finish('f', [b.op(op, args, at)], at), types }
}

function result(f: Func, args: readonly unknown[]): unknown {
  const module = emptyModule()
  module.funcs.set('f', f)
  try {
    return interpret(module, 'f', args)[0]
  } catch (error) {
    if (error instanceof Trap) return error.reason.kind
    throw error
  }
}

test.each(Object.keys(OPS) as Op[])('folding %s never changes the result', op => {
  for (const operands of product(OPS[op].takes.map((type, i) => operandsOf(op, type, i)))) {
    const { f, types } = funcOf(op, operands)
    const folded = fold(f, passContext(emptyModule()))
    if (folded === f) continue
    const usesParams = f.body.body.some(inst => operandIds(inst).some(id => id < f.body.params.length))
    for (const args of product(types.flatMap(type => [EDGES[type], EDGES[type]]))) {
      const before = result(f, args)
      const after = result(folded, args)
      if (before !== 'overflow' && !Object.is(after, before)) {
        expect.fail(`${printFunc(f)}${printFunc(folded)}(${args.join(', ')}) gives ${after} instead of ${before}`)
      }
      if (!usesParams) break
    }
  }
})

test('a literal ends up on the right', () => {
  const { f } = funcOf('f64.mul', [b => b.f64(3, at), (_b, x) => x])
  expect(printFunc(fold(f, passContext(emptyModule())))).toContain('f64.mul %x.0, %c.')
})
