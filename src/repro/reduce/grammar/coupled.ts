/** Edits of a function together with its calls. */
import type { Edit } from '../language.ts'
import { patch, type Range, replace } from '../patch.ts'
import { itemsOf } from './items.ts'
import { isLeaf, type Piece, placesIn } from './piece.ts'
import { bodiesOf, columnOf, linesOf, moved, statementsIn } from './places.ts'
import type { GrammarProgram } from './program.ts'

const NAME = /^[\p{L}_$][\p{L}\p{N}_$]*$/u

/** The name that stands right before a list: of the function that is defined, or that is called. */
function nameBefore(text: string, list: Piece, outer: Piece): string | null {
  const before = outer.children[outer.children.indexOf(list) - 1]
  if (!before) return null
  // `x.f(…)` calls `f`.
  let last = before
  while (!isLeaf(last)) last = last.children.at(-1)!
  const name = text.slice(last.start, last.end)
  return NAME.test(name) ? name : null
}

interface Lists {
  readonly definitions: Map<string, Piece[]>
  readonly calls: Map<string, Piece[]>
}

function listsOf({ tree, text, grammar }: GrammarProgram): Lists {
  const lists: Lists = { definitions: new Map(), calls: new Map() }
  for (const { piece, around } of placesIn(tree)) {
    const outer = around.at(-1)
    const into = grammar.parameters.includes(piece.name) ? lists.definitions : grammar.arguments.includes(piece.name) ? lists.calls : null
    const name = into && outer ? nameBefore(text, piece, outer) : null
    if (name !== null) into!.set(name, [...(into!.get(name) ?? []), piece])
  }
  return lists
}

/** A method's first parameter has no argument where it is called on its object. */
function shiftOf(first: string): number {
  return /^\s*(?:cls|&?\s*(?:mut\s+)?self)\b/.test(first) ? -1 : 0
}

export const withParameter: Edit<GrammarProgram> = {
  id: 'drop a parameter with its arguments',
  list: 'main',
  together: 2,
  *patches(program) {
    const { definitions, calls } = listsOf(program)
    for (const [name, lists] of definitions) {
      const [own] = lists
      if (lists.length !== 1 || !own) continue
      const items = itemsOf(own)
      const shift = shiftOf(items[0] ? program.text.slice(items[0].item.start, items[0].item.end) : '')
      for (const [i, { item, cut }] of items.entries()) {
        const cuts: Range[] = (calls.get(name) ?? []).flatMap(call => itemsOf(call)[i + shift]?.cut ?? [])
        yield patch(
          `drop the parameter ${program.text.slice(item.start, item.end).trim()} of ${name}`,
          ...[cut, ...cuts].map(c => replace(c)),
        )
      }
    }
  },
}

/** The innermost statements in which a function is called without arguments. */
function callers(statements: readonly Piece[], text: string, name: string): Piece[] {
  const call = new RegExp(`(?<![\\p{L}\\p{N}_$.])${name.replaceAll('$', '\\$')}\\(\\)`, 'u')
  const having = statements.filter(({ start, end }) => call.test(text.slice(start, end)))
  return having.filter(outer => !having.some(inner => inner !== outer && outer.start <= inner.start && inner.end <= outer.end))
}

/** In the place of a statement that calls a function without parameters stands the body of that. */
export const callBecomesBody: Edit<GrammarProgram> = {
  id: 'a call becomes the body of the function',
  list: 'main',
  together: 1,
  *patches(program) {
    const { tree, text, grammar } = program
    const { definitions } = listsOf(program)
    const statements = [...statementsIn(tree)]
    for (const [name, lists] of definitions) {
      const [own] = lists
      if (lists.length !== 1 || !own || itemsOf(own).length > 0) continue
      const definition = statements.findLast(s => s.start <= own.start && own.end <= s.end)
      const body = definition ? bodiesOf(definition)[0] : undefined
      if (!definition || !body) continue
      const isElsewhere = ({ start, end }: Range) => end <= definition.start || definition.end <= start
      const calls = callers(statements, text, name).filter(isElsewhere)
      if (calls.length === 0) continue
      const inner = (call: Range) => (grammar.isIndented ? moved(text, body, columnOf(text, call.start)) : body)
      yield patch(`calls of ${name} become its body`, replace(linesOf(text, definition)), ...calls.map(call => replace(call, inner(call))))
    }
  },
}
