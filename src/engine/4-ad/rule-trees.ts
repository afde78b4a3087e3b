/** Derivative rules as trees: what is written out as IR, and what a planted fault changes. */
import type { RuleSource } from '../3-ir/ir.ts'
import { OPS, type SmoothOp } from '../3-ir/ops.ts'
import type { Calc } from './calc.ts'
import { kinks } from './kinks.ts'
import { type AnyRule, anyRule, needsOf, RESULT, ruleFor, rules } from './rules.ts'

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

/**
 * The derivatives of all operations, as the transforms and their analyses look them up. Whose rules are followed says what is taken at a
 * kink, never which operands receive something.
 */
export interface RuleBook {
  readonly trees: (op: SmoothOp, source?: RuleSource) => RuleTrees
  /** For each operand, what its shadow's code uses besides `d`: numbers of operands, `RESULT`; null when it receives nothing. */
  readonly needs: (op: SmoothOp, source?: RuleSource) => Needs
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

const table = rules(TREES)
const atKinks = kinks(TREES)
const cache = new Map<AnyRule<Tree>, RuleTrees>()

function trees(op: SmoothOp, source?: RuleSource): RuleTrees {
  const special = source && atKinks[source][op]
  return treesOf(special ? anyRule(special) : ruleFor(table, op), op)
}

function treesOf(rule: AnyRule<Tree>, op: SmoothOp): RuleTrees {
  let known = cache.get(rule)
  if (!known) {
    const operands = OPS[op].takes.map((_type, index): Tree => ({ kind: 'operand', index }))
    known = rule(operands, { kind: 'result' }, { kind: 'd' })
    cache.set(rule, known)
  }
  return known
}

function needs(op: SmoothOp, source?: RuleSource): Needs {
  return source && atKinks[source][op] ? needsOfTrees(trees(op, source)) : needsOf(op)
}

export const RULE_BOOK: RuleBook = { trees, needs }

/** The same book with another rule for one operation. */
export function withRule(op: SmoothOp, changed: RuleTrees): RuleBook {
  const changedNeeds = needsOfTrees(changed)
  return {
    trees: (other, source) => (other === op ? changed : trees(other, source)),
    needs: (other, source) => (other === op ? changedNeeds : needs(other, source)),
  }
}

function needsOfTrees(received: RuleTrees): Needs {
  return received.map(tree => tree && needsOfTree(tree))
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
