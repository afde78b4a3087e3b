/**
 * `@testset`. The body is a function, so that it compiles by itself; a body with an exit that leaves it (`return`, or `break` and `continue` of a
 * loop around the set) stands in place instead, in a `try` whose `finally` ends the set.
 */
import { positionAt, type Span } from '../../../../diagnostics/source.ts'
import { macroName, type Node, type Tree } from '../../../1-syntax/ast.ts'
import type { Core } from '../../core.ts'
import { baseCall, baseMember, block, call, intLiteral, nothing, stringLiteral } from '../build.ts'
import { exprText } from '../expr-text.ts'
import { lambda } from '../functions.ts'
import { keywordArgs } from '../keywords.ts'
import { loopOver, loopsOf } from '../loops.ts'
import { orRefusedWhenRun } from '../refused.ts'
import { addLocal, openScope, refer, type Scope, scopeBlock, temporary } from '../scope.ts'
import { argument, callParts, isKeyword, isTree, tree, unparen, unsupported } from '../shapes.ts'
import type { MacroCall } from './macro.ts'

export function testCall(name: string, args: readonly Core[], span: Span): Core {
  return call(baseMember('Test', name, span), args, span)
}

export function thunk(scope: Scope, node: Node): Core {
  return lambda(scope, [], [node], inner => orRefusedWhenRun(inner, () => inner.unit.lower(inner, node)), node.span)
}

export function lineOf(span: Span): Core {
  return intLiteral(positionAt(span.source, span.start).line, span)
}

/** What stands before the body: a type of test set, a description, options. */
interface Head {
  readonly type: Node | null
  readonly description: Node | null
  readonly options: readonly Node[]
  readonly span: Span
}

/** `@testset [T] ["name"] [options] begin … end`, `… for …`, `… let …`, `… f(x)`. */
export function lowerTestset(scope: Scope, macro: MacroCall): Core {
  const { span } = macro
  const body = macro.args.at(-1)
  if (!body) return unsupported('`@testset` without a body', span)
  const before = macro.args.slice(0, -1)
  const description = before.find(arg => isTree(unparen(arg), 'string')) ?? null
  const type = before.find(arg => arg !== description && !isKeyword(arg)) ?? null
  const head = { type, description, options: before.filter(isKeyword), span }
  // Its tests belong to the set around it.
  if (isTree(body, 'let') && before.length === 0) return scope.unit.lower(scope, body)
  if (isTree(body, 'for')) return testsetFor(scope, head, body)
  const name = description ? scope.unit.lower(scope, description) : stringLiteral(calledName(body) ?? 'test set', span)
  return testset(scope, head, name, body, leaves(body, EXITS))
}

/** The name of the function that `@testset f()` calls. */
function calledName(body: Node): string | null {
  return isTree(body, 'call') ? exprText(callParts(body).callee) : null
}

/** A set for each turn; the value is the list of all sets. */
function testsetFor(scope: Scope, head: Head, body: Tree): Core {
  const { span, description } = head
  const loops = loopsOf(argument(body, 0))
  const inPlace = leaves(argument(body, 1), ['return', 'break'])
  const inner = inPlace ? argument(body, 1) : withoutContinue(argument(body, 1))
  const sets = temporary(scope, 'sets', span)
  const made = (at: Scope): Core =>
    testset(at, head, description ? at.unit.lower(at, description) : turnName(at, loops, span), inner, inPlace)
  const nest =
    (at: number) =>
    (outer: Scope): Core =>
      at === loops.length
        ? baseCall('push!', [refer(outer.frame, sets, span), made(outer)], span)
        : loopOver(outer, loops[at]!, loops.length, [], nest(at + 1))
  const empty: Core = { kind: 'set-local', id: sets.id, value: testCall('no_sets', [], span), span }
  return block([empty, nest(0)(scope), refer(scope.frame, sets, span)], span)
}

/** `i = 1, j = 2`: the name of one turn of the loops where none is given. */
function turnName(scope: Scope, loops: readonly Tree[], span: Span): Core {
  const parts = loops.flatMap((loop, at) => {
    const target = argument(loop, 0)
    return [stringLiteral(`${at > 0 ? ', ' : ''}${exprText(target)} = `, span), scope.unit.lower(scope, target)]
  })
  return baseCall('string', parts, span)
}

function testset(scope: Scope, head: Head, name: Core, body: Node, inPlace: boolean): Core {
  const { span, type, options } = head
  const lowered = type ? [scope.unit.lower(scope, type)] : []
  const keywords = type ? keywordArgs(scope, options) : []
  if (!inPlace) return call(baseMember('Test', '__testset', span), [name, lineOf(span), thunk(scope, body), ...lowered], span, keywords)
  const set = temporary(scope, 'set', span)
  const value = temporary(scope, 'value', span)
  const caught = addLocal(scope.frame, '#caught', span)
  const read = (variable: typeof set) => refer(scope.frame, variable, span)
  const assign = (variable: typeof set, to: Core): Core => ({ kind: 'set-local', id: variable.id, value: to, span })
  const inner = openScope(scope, 'hard', [body])
  return block(
    [
      assign(set, call(baseMember('Test', 'opened', span), [name, ...lowered], span, keywords)),
      assign(value, nothing(span)),
      {
        kind: 'try',
        body: block([scopeBlock(inner, inner.unit.effect(inner, body), span), nothing(span)], span),
        caught: caught.id,
        handler: block([testCall('caught', [name, lineOf(span), read(caught)], span), nothing(span)], span),
        else: null,
        finally: block([assign(value, testCall('closed', [read(set)], span)), nothing(span)], span),
        span,
      },
      read(value),
    ],
    span,
  )
}

/** The body of a turn is a function of its own, so `continue` is a return from it; that of loops and sets inside stays theirs. */
function withoutContinue(node: Node): Node {
  if (!('args' in node) || isTree(node, ...LOOPS, ...FUNCTIONS)) return node
  if (node.kind === 'continue') return tree('return', [], node.span)
  if (isInnerSet(node)) return node
  return { ...node, args: node.args.map(withoutContinue) }
}

const LOOPS = ['for', 'while'] as const
const FUNCTIONS = ['function', '->', 'do', 'macro', 'quote', 'generator', 'comprehension', 'typed_comprehension'] as const
const EXITS = ['return', 'break', 'continue'] as const

function isInnerSet(node: Tree): boolean {
  return node.kind === 'macrocall' && macroName(argument(node, 0)) === 'testset'
}

/** Is there an exit that would leave this code? Those of functions inside it stay there, and so do `break` and `continue` of its loops. */
function leaves(node: Node, exits: readonly string[]): boolean {
  if (!('args' in node) || isTree(node, ...FUNCTIONS)) return false
  if (exits.includes(node.kind)) return true
  const inner = isTree(node, ...LOOPS) ? exits.filter(kind => kind === 'return') : exits
  return node.args.some(arg => leaves(arg, inner))
}
