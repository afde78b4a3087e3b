/** Edits that take a parameter away together with the arguments of all calls, and a field with those of all constructions. */
import { isTreeOf, type Node, type Tree } from '../../../../engine/index.ts'
import type { Edit } from '../../language.ts'
import { type Patch, replace } from '../../patch.ts'
import { callsOf, type Definition, definitionsIn, joined, occurrences, parameterName, without } from '../functions.ts'
import { definedName } from '../names.ts'
import type { JuliaProgram } from '../program.ts'
import { places } from '../walk.ts'

function text({ span }: Node): string {
  return span.source.text.slice(span.start, span.end)
}

/** Can the text stand anywhere? Then it has no names but those of the top level. */
function isGlobal(node: Node, program: JuliaProgram): boolean {
  const { defined, library } = program.names
  for (const { node: at } of places(node)) if (at.kind === 'Identifier' && !defined.has(at.name) && !library.has(at.name)) return false
  return true
}

function methods(tree: Tree): Map<string, Definition[]> {
  const byName = new Map<string, Definition[]>()
  for (const d of definitionsIn(tree)) byName.set(d.name, [...(byName.get(d.name) ?? []), d])
  return byName
}

/** `f(x, y) = …` and `f(1, 2)` become `f(x) = …` and `f(1)`; where `y` is used, it becomes what all calls gave for it. */
export const dropParameter: Edit<JuliaProgram> = {
  id: 'drop-parameter',
  list: 'main',
  together: 1,
  *patches(program): Generator<Patch> {
    const { tree } = program
    for (const [name, all] of methods(tree)) {
      const calls = callsOf(tree, name)
      const most = Math.max(...all.map(d => d.params.length))
      for (let k = 0; k < most; k++) {
        const owners = all.filter(d => d.params.length > k)
        const givers = calls.filter(call => call.args.length > k)
        if (givers.some(call => !call.isPlain)) continue
        const args = givers.map(call => call.args[k]!)
        const replacements = [
          ...owners.map(d => without(d.head.args.slice(1), k)),
          ...givers.map(call => without(call.args, k)),
          ...owners.flatMap(d => written(d, k, args, program)),
        ]
        const made = joined(`drop parameter ${k + 1} of \`${name}\``, replacements)
        if (made) yield made
      }
    }
  },
}

/** What all calls gave, for each use of a parameter. Without it the uses stay, and the candidate is refused at sight. */
function written(d: Definition, k: number, args: readonly Node[], program: JuliaProgram): ReturnType<typeof replace>[] {
  const name = parameterName(d.params[k])
  const first = args[0]
  if (!name || !first || args.some(arg => text(arg) !== text(first)) || !isGlobal(first, program)) return []
  return occurrences(d.body, name.name).map(leaf => replace(leaf.span, '(', first.span, ')'))
}

/** A keyword that calls need not give. */
export const dropKeyword: Edit<JuliaProgram> = {
  id: 'drop-keyword',
  list: 'main',
  together: 2,
  *patches({ tree }): Generator<Patch> {
    for (const d of definitionsIn(tree)) {
      for (const list of d.head.args.filter(arg => isTreeOf(arg, 'parameters'))) {
        for (const [i, item] of list.args.entries()) {
          const name = parameterName(item)
          const value = isTreeOf(item, '=') ? item.args[1]! : null
          const given = callsOf(tree, d.name).flatMap(call => keywordsOf(call.node, name?.name ?? ''))
          const uses = name && value ? occurrences(d.body, name.name).map(leaf => replace(leaf.span, '(', value.span, ')')) : []
          const isOnly = list.args.length === 1
          const whole = isOnly ? replace({ start: before(d.head, list), end: list.span.end }) : without(list.args, i)
          const made = joined(`drop the keyword \`${name?.name ?? text(item)}\` of \`${d.name}\``, [whole, ...given, ...uses])
          if (made) yield made
        }
      }
    }
  },
}

function before(head: Tree, list: Node): number {
  const at = head.args.indexOf(list)
  return head.args[at - 1]!.span.end + (at === 1 ? 1 : 0)
}

/** `k = v` among the arguments of a call. */
function keywordsOf(call: Tree, name: string): ReturnType<typeof replace>[] {
  const lists = [call.args, ...call.args.filter(arg => isTreeOf(arg, 'parameters')).map(arg => arg.args)]
  return lists.flatMap(list =>
    list.flatMap((item, i) =>
      isTreeOf(item, '=') && item.args[0]!.kind === 'Identifier' && item.args[0].name === name ? [without(list, i)] : [],
    ),
  )
}

/** A field of a type, and its argument wherever the type is constructed. */
export const dropField: Edit<JuliaProgram> = {
  id: 'drop-field',
  list: 'main',
  together: 1,
  *patches({ tree }): Generator<Patch> {
    for (const { node } of places(tree)) {
      if (!isTreeOf(node, 'struct') || !isTreeOf(node.args[1], 'block')) continue
      const name = definedName(isTreeOf(node.args[0], '<:') ? node.args[0].args[0] : node.args[0])
      const fields = node.args[1].args.filter(field => !isTreeOf(field, 'function'))
      const calls = name ? callsOf(tree, name) : []
      for (const [k, field] of fields.entries()) {
        const givers = calls.filter(call => call.isPlain && call.args.length === fields.length)
        const made = joined(`drop the field \`${text(field)}\``, [replace(field.span), ...givers.map(call => without(call.args, k))])
        if (made) yield made
      }
    }
  },
}

/** `struct P{T} x::T end` becomes `struct P x end`, and every `P{…}` becomes `P`. */
export const dropTypeParameters: Edit<JuliaProgram> = {
  id: 'drop-type-parameters',
  list: 'main',
  together: 1,
  *patches({ tree }): Generator<Patch> {
    for (const { node } of places(tree)) {
      if (!isTreeOf(node, 'struct')) continue
      const head = isTreeOf(node.args[0], '<:') ? node.args[0].args[0] : node.args[0]
      if (!isTreeOf(head, 'curly')) continue
      const name = definedName(head)
      const firstOf = (at: Tree) => replace(at.span, at.args[0]!.span)
      const uses = places(tree).flatMap(({ node: at }) => (isTreeOf(at, 'curly') && definedName(at) === name ? [firstOf(at)] : []))
      const typed = places(node.args[1]!).flatMap(({ node: at }) => (isTreeOf(at, '::') && at.args.length === 2 ? [firstOf(at)] : []))
      const made = joined(`drop the type parameters of \`${name}\``, [...uses, ...typed])
      if (made) yield made
    }
  },
}
