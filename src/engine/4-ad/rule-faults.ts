/** Faults of derivative rules, made from the rules themselves: a rule has those faults that change it. */
import { OPS, type SmoothOp } from '../3-ir/ops.ts'
import { apply, RULE_BOOK, type RuleTrees, type Tree } from './rule-trees.ts'
import { isSmooth } from './rules.ts'

export interface RuleFault {
  readonly op: SmoothOp
  readonly kind: string
  readonly about: string
  readonly trees: RuleTrees
}

/** Entries that are something, by their operands. */
function received(trees: RuleTrees): number[] {
  return trees.flatMap((tree, i) => (tree ? [i] : []))
}

function withEntry(trees: RuleTrees, at: number | undefined, change: (tree: Tree) => Tree | null): RuleTrees {
  return trees.map((tree, i) => (tree && i === at ? change(tree) : tree))
}

/** The first sum or difference in a tree without its second term; null if there is none. */
function withoutTerm(tree: Tree): Tree | null {
  if (tree.kind !== 'apply') return null
  if (tree.f === 'add' || tree.f === 'sub') return tree.args[0]!
  return inOneArgument(tree, withoutTerm)
}

const ORDERED: ReadonlySet<string> = new Set(['sub', 'div', 'pow', 'lt'])

/** The first operation in a tree whose operands are not alike, with them exchanged; null if there is none. */
function exchanged(tree: Tree): Tree | null {
  if (tree.kind !== 'apply') return null
  if (ORDERED.has(tree.f)) return { ...tree, args: [tree.args[1]!, tree.args[0]!] }
  if (tree.f === 'select') return { ...tree, args: [tree.args[0]!, tree.args[2]!, tree.args[1]!] }
  return inOneArgument(tree, exchanged)
}

function inOneArgument(tree: Extract<Tree, { kind: 'apply' }>, change: (tree: Tree) => Tree | null): Tree | null {
  for (const [i, arg] of tree.args.entries()) {
    const changed = change(arg)
    if (changed) return { ...tree, args: tree.args.with(i, changed) }
  }
  return null
}

/** The receiving operands exchange what they receive; a rule with one of them exchanges operands inside. */
function swapped(trees: RuleTrees): RuleTrees {
  const [first, second] = received(trees)
  if (first === undefined) return trees
  if (second === undefined) return withEntry(trees, first, tree => exchanged(tree) ?? tree)
  return trees.map((tree, i) => (i === first ? trees[second]! : i === second ? trees[first]! : tree))
}

/** What a rule gives without one of its terms: inside of an entry if one has any, else the last entry. */
function dropped(trees: RuleTrees): RuleTrees {
  const inside = trees.findIndex(tree => tree && withoutTerm(tree))
  return inside >= 0 ? withEntry(trees, inside, withoutTerm) : withEntry(trees, received(trees).at(-1), () => null)
}

interface Kind {
  readonly kind: string
  readonly about: string
  readonly change: (trees: RuleTrees, op: SmoothOp) => RuleTrees
}

const KINDS: readonly Kind[] = [
  { kind: 'sign', about: 'has the wrong sign', change: trees => withEntry(trees, received(trees).at(-1), apply('neg')) },
  { kind: 'factor', about: 'gives twice as much', change: trees => withEntry(trees, received(trees)[0], tree => apply('add')(tree, tree)) },
  { kind: 'drop', about: 'lacks a term', change: dropped },
  { kind: 'swap', about: 'takes its operands for one another', change: swapped },
  {
    kind: 'leak',
    about: 'gives something where the derivative is zero',
    change: (trees, op) =>
      trees.map((tree, i) => (tree === null && received(trees).length === 0 && OPS[op].takes[i] === OPS[op].gives ? { kind: 'd' } : tree)),
  },
]

function sameTrees(a: RuleTrees, b: RuleTrees): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

/** Every fault of every rule. */
export function ruleFaults(): RuleFault[] {
  return (Object.keys(OPS) as (keyof typeof OPS)[]).filter(isSmooth).flatMap(op => {
    const right = RULE_BOOK.trees(op)
    return KINDS.flatMap(({ kind, about, change }) => {
      const trees = change(right, op)
      return sameTrees(trees, right) ? [] : [{ op, kind, about: `the rule of ${op} ${about}`, trees }]
    })
  })
}
