/** Derivative rules as IR: of the trees of a rule only the wanted entries are written out. */
import { unreachable } from '../../diagnostics/bug.ts'
import type { Builder } from '../3-ir/build.ts'
import type { Loc, ValueId } from '../3-ir/ir.ts'
import type { Op } from '../3-ir/ops.ts'
import type { Apply, Tree } from './rule-trees.ts'

/** The operation on Float64 and, where rules of Float32 operations use it, on Float32. */
const CODE: { readonly [F in Apply]: readonly [Op, Op?] } = {
  add: ['f64.add', 'f32.add'],
  sub: ['f64.sub', 'f32.sub'],
  mul: ['f64.mul', 'f32.mul'],
  div: ['f64.div', 'f32.div'],
  neg: ['f64.neg', 'f32.neg'],
  select: ['f64.select', 'f32.select'],
  lt: ['f64.lt', 'f32.lt'],
  eq: ['f64.eq', 'f32.eq'],
  pow: ['f64.pow'],
  sqrt: ['f64.sqrt'],
  exp: ['f64.exp'],
  log: ['f64.log'],
  sin: ['f64.sin'],
  cos: ['f64.cos'],
  sinh: ['f64.sinh'],
  cosh: ['f64.cosh'],
  trunc: ['f64.trunc'],
  signbit: ['f64.signbit'],
  sameBool: ['bool.eq'],
  widen: ['f64.from_f32'],
  narrow: ['f32.from_f64'],
}

/** Values that a rule may use; asked for only when it does. */
export interface RuleValues {
  readonly operand: (index: number) => ValueId
  readonly result: () => ValueId
}

/** Writes what an operand receives when the result's shadow is `d`. With `strongZero`, what a zero shadow gives is zero. */
export function writeRule(b: Builder, root: Tree, d: ValueId, values: RuleValues, at: Loc, strongZero: boolean): ValueId {
  const write = (tree: Tree): ValueId => {
    switch (tree.kind) {
      case 'operand':
        return values.operand(tree.index)
      case 'result':
        return values.result()
      case 'd':
        return d
      case 'num':
        return b.f64(tree.value, at)
      case 'zero':
        return b.const(b.typeOf(d), 0, at)
      case 'apply': {
        const args = tree.args.map(write)
        // In forward mode a conversion goes the other way: there `d` has the precision of the operand.
        if (tree.f === 'widen' || tree.f === 'narrow')
          return b.op(b.typeOf(args[0]!) === 'f32' ? 'f64.from_f32' : 'f32.from_f64', args, at, 'd')
        const [wide, narrow] = CODE[tree.f]
        const precision = b.typeOf(args[args.length - 1]!)
        return b.op(precision === 'f32' && narrow ? narrow : wide, args, at, 'd')
      }
      default:
        return unreachable(tree)
    }
  }
  const part = write(root)
  if (!strongZero || root.kind !== 'apply') return part
  const type = b.typeOf(part)
  const isZero = b.op(b.typeOf(d) === 'f32' ? 'f32.eq' : 'f64.eq', [d, b.const(b.typeOf(d), 0, at)], at)
  return b.op(type === 'f32' ? 'f32.select' : 'f64.select', [isZero, b.const(type, 0, at), part], at, 'd')
}

/** `a + b` in the precision of `a`. */
export function writeSum(b: Builder, x: ValueId, y: ValueId, at: Loc): ValueId {
  return b.op(b.typeOf(x) === 'f32' ? 'f32.add' : 'f64.add', [x, y], at, b.nameOf(x))
}
