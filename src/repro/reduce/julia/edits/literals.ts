/** Edits that make literals simpler. */
import { isTreeOf, type Leaf, type Tree } from '../../../../engine/index.ts'
import type { Edit } from '../../language.ts'
import { type Patch, patch, replace } from '../../patch.ts'
import { weightAt } from '../literals.ts'
import type { JuliaProgram } from '../program.ts'
import { type Place, places } from '../walk.ts'

interface Literal extends Pick<Place, 'parent' | 'index'> {
  readonly node: Leaf
}

function textOf({ span }: Leaf): string {
  return span.source.text.slice(span.start, span.end)
}

/** Numbers that may stand for one, the simplest first, all of its own kind. */
function simpler({ node: leaf, parent, index }: Literal): string[] {
  const isNumber = leaf.kind === 'Integer' || leaf.kind === 'Float' || leaf.kind === 'Float32'
  if (!isNumber) return leaf.kind === 'String' && leaf.value !== '' ? [''] : []
  const value = Number(leaf.value)
  const size = Math.abs(value)
  const sizes = [0, 1, 2, 3]
  if (leaf.kind === 'Integer') sizes.push(Math.floor(size / 2), size - 1, size)
  else if (Number.isFinite(value))
    sizes.push(Math.round(size), 0.5, Number(size.toPrecision(1)), Number(size.toPrecision(2)), Number(size.toPrecision(3)), size)
  const weight = weightAt(leaf, parent, index)
  const written = sizes.flatMap(n => (value < 0 ? [n, -n] : [n])).map(n => ({ n, text: numberText(leaf, n) }))
  const lighter = written.filter(({ n, text }) => text !== textOf(leaf) && weightAt(withValue(leaf, n), parent, index) < weight)
  return [...new Set(lighter.map(({ text }) => text))]
}

function withValue(leaf: Leaf, n: number): Leaf {
  return leaf.kind === 'Integer' ? { ...leaf, value: BigInt(n) } : ({ ...leaf, value: n } as Leaf)
}

function numberText(leaf: Leaf, n: number): string {
  if (leaf.kind === 'Integer') return String(n)
  const text = Number.isInteger(n) && Math.abs(n) < 1e15 ? `${n}.0` : String(n)
  return leaf.kind === 'Float32' ? `${text.replace('e', 'f')}${text.includes('e') ? '' : 'f0'}` : text
}

/** Literals in order; those of strings only where the string is nothing else. */
function* literals(tree: Tree): Generator<Literal> {
  for (const { node, parent, index } of places(tree)) {
    if ('args' in node || node.kind === 'Identifier' || node.kind === 'MacroName') continue
    if (node.kind === 'String' && !(isTreeOf(parent ?? undefined, 'string') && parent!.flag === '')) continue
    yield { node, parent, index }
  }
}

/** All equal numbers at once, so that sizes, counts and orders stay in step. */
export const simplerEverywhere: Edit<JuliaProgram> = {
  id: 'simpler-everywhere',
  list: 'main',
  together: 1,
  *patches({ tree }): Generator<Patch> {
    const groups = new Map<string, Literal[]>()
    for (const literal of literals(tree)) {
      const text = textOf(literal.node)
      // A first index has nothing to do with a size of one.
      if (simpler(literal).length > 0) groups.set(text, [...(groups.get(text) ?? []), literal])
    }
    for (const [text, group] of groups) {
      if (group.length < 2) continue
      for (const to of simpler(group[0]!)) yield patch(`${to} for ${text} everywhere`, ...group.map(({ node }) => replace(node.span, to)))
    }
  },
}

/** `2.718` becomes `0.0`, `1.0`, `2.0`, `3.0`. */
export const simplerLiteral: Edit<JuliaProgram> = {
  id: 'simpler-literal',
  list: 'main',
  together: 2,
  *patches({ tree }): Generator<Patch> {
    for (const literal of literals(tree)) {
      const { node } = literal
      for (const to of simpler(literal)) yield patch(`${to || 'an empty text'} for ${textOf(node)}`, replace(node.span, to))
    }
  },
}
