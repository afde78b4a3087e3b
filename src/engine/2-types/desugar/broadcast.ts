/** Dots: calls and operators with dots become one fused `materialize(broadcasted(…))`. */
import type { Span } from '../../../diagnostics/source.ts'
import type { Node, Tree } from '../../1-syntax/ast.ts'
import type { Arg, Core, KeywordArg } from '../core.ts'
import { assignOnce } from './assign.ts'
import { base, baseCall, block, call, intLiteral, val } from './build.ts'
import { lambda, variadicLambda } from './functions.ts'
import { indexCall, indexParts } from './indexing.ts'
import { keywordArgs } from './keywords.ts'
import { refer, type Scope, temporary } from './scope.ts'
import { argument, callParts, identifier, isIdentifier, isKeyword, isTree, quotedName, unparen, unsupported } from './shapes.ts'

/** Whether `node` is part of a fused expression. */
export function isDotted(node: Node): node is Tree & { readonly kind: 'dotcall' | '.&&' | '.||' | 'comparison' } {
  if (isTree(node, 'dotcall', '.&&', '.||')) return true
  return isTree(node, 'comparison') && node.args.some((item, at) => at % 2 === 1 && dottedOperator(item) !== null)
}

/** `+` of `.+` standing alone. */
export function dottedOperator(node: Node): Node | null {
  return isTree(node, '.') && node.args.length === 1 ? argument(node, 0) : null
}

/** A dotted expression as a value. */
export function lowerDotted(scope: Scope, node: Tree): Core {
  return baseCall('materialize', [fused(scope, node)], node.span)
}

/** What fusion looks at: parentheses taken off, `@.` and its like expanded. */
function expanded(scope: Scope, node: Node): Node {
  const inner = unparen(node)
  const expansion = isTree(inner, 'macrocall') ? scope.unit.expand(inner) : null
  return expansion ? unparen(expansion) : inner
}

/** A dotted expression without its `materialize`; anything else as it is. */
function fused(scope: Scope, node: Node): Core {
  const inner = expanded(scope, node)
  if (!isDotted(inner)) return scope.unit.lower(scope, node)
  switch (inner.kind) {
    case '.&&':
      return broadcasted(
        base('andand', inner.span),
        inner.args.map(arg => fused(scope, arg)),
        inner.span,
      )
    case '.||':
      return broadcasted(
        base('oror', inner.span),
        inner.args.map(arg => fused(scope, arg)),
        inner.span,
      )
    case 'comparison':
      return fusedComparison(scope, inner)
    default:
      return fusedCall(scope, inner)
  }
}

function broadcasted(callee: Core, args: readonly Core[], span: Span): Core {
  return baseCall('broadcasted', [callee, ...args], span)
}

function fusedCall(scope: Scope, node: Tree): Core {
  const { lower } = scope.unit
  const { span } = node
  const parts = callParts(node)
  if (parts.doBlock) unsupported('A do-block on a dotted call', parts.doBlock.span)
  const power = fusedPower(scope, parts.callee, parts.args, span)
  if (power) return power
  const keywords = [...parts.args.filter(isKeyword), ...parts.keywords]
  const args = parts.args
    .filter(arg => !isKeyword(arg))
    .map(
      (arg): Arg =>
        isTree(arg, '...') ? { value: lower(scope, argument(arg, 0)), splat: true } : { value: fused(scope, arg), splat: false },
    )
  const callee = lower(scope, parts.callee)
  const finish = (f: Core): Core => ({
    kind: 'call',
    callee: base('broadcasted', span),
    args: [{ value: f, splat: false }, ...args],
    kwargs: [],
    span,
  })
  if (keywords.length === 0) return finish(callee)
  return withKeywords(scope, callee, keywordArgs(scope, keywords), span, finish)
}

/** `f.(x; k = v)`: `v` is evaluated once, the elements meet `(xs...) -> f(xs...; k = v)`. */
function withKeywords(scope: Scope, callee: Core, keywords: readonly KeywordArg[], span: Span, finish: (f: Core) => Core): Core {
  const before: Core[] = []
  const once = (value: Core) => {
    const variable = temporary(scope, 'keyword', value.span)
    before.push({ kind: 'set-local', id: variable.id, value, span: value.span })
    return variable
  }
  const calleeVariable = once(callee)
  const values = keywords.map(keyword => once(keyword.value))
  const f = variadicLambda(
    scope,
    (inner, xs) => {
      const kwargs = keywords.map((keyword, at) => ({ name: keyword.name, value: refer(inner.frame, values[at]!, span) }))
      return { kind: 'call', callee: refer(inner.frame, calleeVariable, span), args: [{ value: xs, splat: true }], kwargs, span }
    },
    span,
  )
  return block([...before, finish(f)], span)
}

/** `x .^ 2`: the literal power is known at compile time for each element, as in `x ^ 2`. */
function fusedPower(scope: Scope, callee: Node, args: readonly Node[], span: Span): Core | null {
  if (!isIdentifier(callee, '^') || args.length !== 2) return null
  const exponent = literalInteger(args[1]!)
  if (exponent === null) return null
  const name = identifier('#x', span)
  const power = lambda(
    scope,
    [name],
    [],
    inner =>
      baseCall(
        'literal_pow',
        [inner.unit.lower(inner, callee), inner.unit.lower(inner, name), val(intLiteral(exponent, span), span)],
        span,
      ),
    span,
  )
  return broadcasted(power, [fused(scope, args[0]!)], span)
}

/** The value of an integer literal, maybe with a sign. */
export function literalInteger(node: Node): bigint | null {
  const inner = unparen(node)
  if (inner.kind === 'Integer') return inner.value
  if (isTree(inner, 'call') && inner.form === 'prefix-op' && isIdentifier(inner.args[0], '-')) {
    const value = literalInteger(argument(inner, 1))
    return value === null ? null : -value
  }
  return null
}

/** `a .< b .< c` is `(a .< b) .& (b .< c)`, with `b` evaluated once. */
function fusedComparison(scope: Scope, node: Tree): Core {
  const { lower } = scope.unit
  const { span } = node
  const before: Core[] = []
  const operands = node.args
    .filter((_, at) => at % 2 === 0)
    .map((operand, at, all) => {
      const value = fused(scope, operand)
      const shared = at > 0 && at < all.length - 1
      return shared ? assignOnce(scope, value, 'middle', before) : value
    })
  const tests = node.args
    .filter((_, at) => at % 2 === 1)
    .map((operator, at) => {
      const dotted = dottedOperator(operator)
      const pair = [operands[at]!, operands[at + 1]!]
      return dotted ? broadcasted(lower(scope, dotted), pair, span) : call(lower(scope, operator), pair, span)
    })
  const and: Core = { kind: 'global', name: '&', span }
  return block([...before, tests.reduce((left, right) => broadcasted(and, [left, right], span))], span)
}

/** `.+` as a value: the function that broadcasts `+`. */
export function lowerDottedOperator(scope: Scope, node: Tree): Core {
  const { span } = node
  return variadicLambda(
    scope,
    (inner, xs) => {
      const args: Arg[] = [
        { value: inner.unit.lower(inner, argument(node, 0)), splat: false },
        { value: xs, splat: true },
      ]
      return baseCall('materialize', [{ kind: 'call', callee: base('broadcasted', span), args, kwargs: [], span }], span)
    },
    span,
  )
}

/** Where `.=` writes: the array itself, or a view of it for `a[i] .= …`. */
function destination(scope: Scope, target: Node): Core {
  const inner = unparen(target)
  if (isTree(inner, 'ref')) return indexCall('dotview', indexParts(scope, inner), [], inner.span)
  if (isTree(inner, '.') && inner.args.length === 2) {
    const name = quotedName(argument(inner, 1))
    if (name !== null)
      return baseCall(
        'getproperty',
        [scope.unit.lower(scope, argument(inner, 0)), { kind: 'literal', value: { kind: 'symbol', value: name }, span: inner.span }],
        inner.span,
      )
  }
  return scope.unit.lower(scope, inner)
}

/** `a .= b`. */
export function lowerDottedAssignment(scope: Scope, node: Tree): Core {
  const { span } = node
  const right = argument(node, 1)
  const target = destination(scope, argument(node, 0))
  const value = isDotted(expanded(scope, right))
    ? fused(scope, right)
    : broadcasted(base('identity', span), [scope.unit.lower(scope, right)], span)
  return baseCall('materialize!', [target, value], span)
}

/** `a .+= b` is `a .= a .+ b` with `a` evaluated once. */
export function lowerDottedUpdate(scope: Scope, node: Tree): Core {
  const { span } = node
  const before: Core[] = []
  const target = assignOnce(scope, destination(scope, argument(node, 0)), 'target', before)
  const operator = scope.unit.lower(scope, argument(node, 1))
  const value = broadcasted(operator, [target, fused(scope, argument(node, 2))], span)
  return block([...before, baseCall('materialize!', [target, value], span)], span)
}
