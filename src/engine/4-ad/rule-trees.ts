/** Derivative rules as trees: what is written out as IR, and what a planted fault changes. */
import { OPS, type SmoothOp } from '../3-ir/ops.ts'
import type { Calc } from './calc.ts'
import { needsOf, RESULT, ruleFor, rules } from './rules.ts'

export type Tree =
  | { readonly kind: 'operand'; readonly index: number }
  | { readonly kind: 'result' }
  | { readonly kind: 'd' }
  | { readonly kind: 'num'; readonly value: number }
  | { readonly kind: 'zero' }
  | { readonly kind: 'apply'; readonly f: Apply; readonly args: readonly Tree[] }

export type Apply = Exclude<keyof Calc<Tree>, 'num' | 'zeroOf'>

/** One entry an operand; null when it receives nothing. */
export type RuleTrees = readonly (Tree | null)[]
type Needs = readonly (ReadonlySet<number> | null)[]

/** The derivatives of all operations, as the transforms and their analyses look them up. */
export interface RuleBook {
  readonly trees: (op: SmoothOp) => RuleTrees
  /** For each operand, what its shadow's code uses besides `d`: numbers of operands, `RESULT`; null when it receives nothing. */
  readonly needs: (op: SmoothOp) => Needs
}

export const apply =
  (f: Apply) =>
  (...args: Tree[]): Tree => ({ kind: 'apply', f, args })

const TREES: Calc<Tree> = {
  num: value => ({ kind: 'num', value }),
  add: apply('add'),
  sub: apply('sub'),
  mul: apply('mul'),
  div: apply('div'),
  neg: apply('neg'),
  pow: apply('pow'),
  sqrt: apply('sqrt'),
  exp: apply('exp'),
  log: apply('log'),
  sin: apply('sin'),
  cos: apply('cos'),
  sinh: apply('sinh'),
  cosh: apply('cosh'),
  trunc: apply('trunc'),
  lt: apply('lt'),
  eq: apply('eq'),
  signbit: apply('signbit'),
  sameBool: apply('sameBool'),
  select: apply('select'),
  widen: apply('widen'),
  narrow: apply('narrow'),
  zeroOf: () => ({ kind: 'zero' }),
}

const cache = new Map<SmoothOp, RuleTrees>()
const table = rules(TREES)

function trees(op: SmoothOp): RuleTrees {
  let known = cache.get(op)
  if (!known) {
    const operands = OPS[op].takes.map((_type, index): Tree => ({ kind: 'operand', index }))
    known = ruleFor(table, op)(operands, { kind: 'result' }, { kind: 'd' })
    cache.set(op, known)
  }
  return known
}

export const RULE_BOOK: RuleBook = { trees, needs: needsOf }

/** The same book with another rule for one operation. */
export function withRule(op: SmoothOp, changed: RuleTrees): RuleBook {
  const needs = changed.map(tree => tree && needsOfTree(tree))
  return { trees: other => (other === op ? changed : trees(other)), needs: other => (other === op ? needs : needsOf(other)) }
}

function needsOfTree(tree: Tree): ReadonlySet<number> {
  switch (tree.kind) {
    case 'operand':
      return new Set([tree.index])
    case 'result':
      return new Set([RESULT])
    case 'apply':
      return new Set(tree.args.flatMap(arg => [...needsOfTree(arg)]))
    default:
      return new Set()
  }
}
