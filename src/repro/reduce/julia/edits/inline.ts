/** Edits that put what a name stands for in the place of the name. */
import { isTreeOf, type Node, type Tree } from '../../../../engine/index.ts'
import type { Edit } from '../../language.ts'
import { type Patch, patch, replace } from '../../patch.ts'
import { type Change, changed, outermost, type Parts } from '../changes.ts'
import { type CallSite, callsOf, type Definition, definitionsIn, joined, type Name, occurrences, parameterName } from '../functions.ts'
import { isSequence, type JuliaProgram } from '../program.ts'
import { places } from '../walk.ts'

function isSimple(node: Node): boolean {
  return !('args' in node) || (isTreeOf(node, '.') && node.args.every(isSimple)) || (isTreeOf(node, 'string') && node.args.every(isSimple))
}

/** `y = e` goes, and each later `y` becomes `e`. */
export const inlineVariable: Edit<JuliaProgram> = {
  id: 'inline-variable',
  list: 'main',
  together: 1,
  *patches({ tree }): Generator<Patch> {
    for (const { node, parent } of places(tree)) {
      const assignment = isTreeOf(node, 'const') ? node.args[0] : node
      if (!parent || !isSequence(parent) || !isTreeOf(assignment, '=')) continue
      const [target, value] = assignment.args as [Node, Node]
      if (target.kind !== 'Identifier') continue
      const uses = occurrences(parent === tree ? tree : parent, target.name).filter(leaf => leaf !== target)
      if (uses.length === 0 || (uses.length > 1 && !isSimple(value)) || isAssigned(parent, target.name, target)) continue
      yield patch(`\`${target.name}\` written out`, replace(node.span), ...uses.map(use => replace(use.span, '(', value.span, ')')))
    }
  },
}

/** Is the name given another value anywhere in here? */
function isAssigned(within: Tree, name: string, except: Name): boolean {
  for (const { node, parent, index } of places(within)) {
    if (node.kind !== 'Identifier' || node.name !== name || node === except) continue
    if (index === 0 && isTreeOf(parent ?? undefined, '=', 'op=', '.=', '.op=', 'in')) return true
  }
  return false
}

/** The expression that a function is, if its body is one. */
function expressionOf({ node, body }: Definition): Node | null {
  if (node.flag === '=' && !isTreeOf(body, 'block')) return body
  if (!isTreeOf(body, 'block') || body.args.length !== 1) return null
  const only = body.args[0]!
  if (isTreeOf(only, 'return')) return only.args[0] ?? null
  return isTreeOf(only, 'for', 'while', 'if', 'try', 'function', '=', 'local') ? null : only
}

/** A body with other expressions in the place of its parameters. */
function filled(body: Node, params: readonly Name[], args: readonly Parts[]): Parts {
  const uses = params
    .flatMap((p, i) => occurrences(body, p.name).map(leaf => ({ leaf, arg: args[i]! })))
    .sort((a, b) => a.leaf.span.start - b.leaf.span.start)
  const parts: Parts = []
  let at = body.span.start
  for (const { leaf, arg } of uses) {
    parts.push({ start: at, end: leaf.span.start }, '(', ...arg, ')')
    at = leaf.span.end
  }
  parts.push({ start: at, end: body.span.end })
  return parts
}

/** Only parameters with names of their own, without defaults. */
function plainParameters({ params, hasKeywords }: Definition): Name[] | null {
  if (hasKeywords) return null
  const names = params.map(p => (isTreeOf(p, '=') ? null : parameterName(p)))
  return names.every(name => name !== null) ? names : null
}

/** A function of one expression goes: its calls become that expression, and where it is a value, a function without a name. */
function inlined(tree: Tree, definition: Definition, only: CallSite | null): Patch | null {
  const body = expressionOf(definition)
  const params = plainParameters(definition)
  if (!body || !params || occurrences(body, definition.name).length > 0) return null
  const isInside = (node: Node) => node.span.start >= definition.node.span.start && node.span.end <= definition.node.span.end
  const calls = callsOf(tree, definition.name).filter(call => !isInside(call.node))
  if (calls.some(call => !call.isPlain || call.args.length !== params.length)) return null
  const callees = new Set(calls.map(call => call.callee))
  const values = occurrences(tree, definition.name).filter(leaf => !isInside(leaf) && !callees.has(leaf))
  if (calls.length + values.length === 0) return null
  const list = params.length === 1 ? [params[0]!.span] : ['(', ...params.flatMap((p, i) => (i === 0 ? [p.span] : [', ', p.span])), ')']
  const changes: Change[] = []
  const written = (call: CallSite): Change => {
    const args = () => call.args.map(arg => changed(arg, changes))
    return { node: call.node, parts: () => ['(', ...filled(body, params, args()), ')'] }
  }
  const made = (about: string, ...more: Patch['replacements']) =>
    joined(about, [...more, ...outermost(changes).map(({ node, parts }) => replace(node.span, ...parts()))])
  if (only) {
    changes.push(written(only))
    return made(`the body of \`${definition.name}\` for a call of it`)
  }
  changes.push(...calls.map(written))
  changes.push(...values.map((leaf): Change => ({ node: leaf, parts: () => ['(', ...list, ' -> (', body.span, '))'] })))
  return made(`the body of \`${definition.name}\` in its place`, replace(definition.whole.span))
}

/** Functions that are defined once. */
function singles(tree: Tree): Definition[] {
  const all = definitionsIn(tree)
  return all.filter(d => all.filter(other => other.name === d.name).length === 1)
}

/** `(x -> x + 1)(2)` becomes `2 + 1`. */
export const inlineLambda: Edit<JuliaProgram> = {
  id: 'inline-lambda',
  list: 'main',
  together: 1,
  *patches({ tree }): Generator<Patch> {
    for (const { node } of places(tree)) {
      if (!isTreeOf(node, 'call') || node.form !== 'prefix') continue
      const [callee, ...args] = node.args as [Node, ...Node[]]
      const lambda = isTreeOf(callee, 'parens') ? callee.args[0] : callee
      if (!isTreeOf(lambda, '->') || args.some(arg => isTreeOf(arg, '...', 'parameters', 'do', '=', 'generator'))) continue
      const list = isTreeOf(lambda.args[0], 'tuple') ? lambda.args[0].args : [lambda.args[0]!]
      const params = list.map(parameterName).filter(p => p !== null)
      if (params.length !== list.length || params.length !== args.length) continue
      yield patch(
        'the body of a function for a call of it',
        replace(
          node.span,
          '(',
          ...filled(
            lambda.args[1]!,
            params,
            args.map((arg): Parts => [arg.span]),
          ),
          ')',
        ),
      )
    }
  },
}

export const inlineFunction: Edit<JuliaProgram> = {
  id: 'inline-function',
  list: 'main',
  together: 1,
  *patches({ tree }): Generator<Patch> {
    for (const definition of singles(tree)) {
      const whole = inlined(tree, definition, null)
      if (whole) yield whole
    }
  },
}

/** Statements of a function in the place of a statement that is nothing but a call of it. */
export const inlineStatements: Edit<JuliaProgram> = {
  id: 'inline-statements',
  list: 'main',
  together: 1,
  *patches({ tree }): Generator<Patch> {
    for (const definition of singles(tree)) {
      const params = plainParameters(definition)
      const { body, name } = definition
      if (!params || !isTreeOf(body, 'block') || body.args.length < 2) continue
      const calls = callsOf(tree, name)
      const [call] = calls
      const mentions = occurrences(tree, name).length
      if (calls.length !== 1 || mentions !== 2 || !call!.isPlain || call!.args.length !== params.length) continue
      const place = places(tree).find(({ node }) => node === call!.node)!
      const { parent } = place
      const holder = isTreeOf(parent ?? undefined, '=', 'return') ? place.above! : place
      if (!holder.parent || !isSequence(holder.parent)) continue
      const last = body.args.at(-1)!
      const value = isTreeOf(last, 'return') ? last.args[0] : last
      if (!value || isTreeOf(value, 'for', 'while', 'if')) continue
      const before = isTreeOf(parent ?? undefined, '=') ? [{ start: parent!.span.start, end: place.node.span.start }] : []
      const bindings = params.flatMap((p, i): Parts => (isSame(p, call!.args[i]!) ? [] : ['\n', p.span, ' = ', call!.args[i]!.span]))
      const statements = body.args.slice(0, -1).flatMap((s): Parts => ['\n', s.span])
      const made = joined(`the statements of \`${name}\` in its place`, [
        replace(definition.whole.span),
        replace(holder.node.span, ...bindings, ...statements, '\n', ...before, value.span),
      ])
      if (made) yield made
    }
  },
}

function isSame(p: Name, arg: Node): boolean {
  return arg.kind === 'Identifier' && p.name === arg.name
}

/** One call is written out; worth it only if something can be dropped afterwards. */
export const inlineCall: Edit<JuliaProgram> = {
  id: 'inline-call',
  list: 'pump',
  together: 1,
  *patches({ tree }): Generator<Patch> {
    for (const definition of singles(tree)) {
      const calls = callsOf(tree, definition.name)
      if (calls.length === 1) continue
      for (const call of calls) {
        const one = inlined(tree, definition, call)
        if (one) yield one
      }
    }
  },
}
