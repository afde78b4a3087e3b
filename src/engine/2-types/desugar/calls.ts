/** Calls, operators, properties, comparison chains and short circuits. */
import type { Span } from '../../../diagnostics/source.ts'
import type { Node, Tree } from '../../1-syntax/ast.ts'
import type { Arg, Core } from '../core.ts'
import { assignOnce } from './assign.ts'
import { dottedOperator, isDotted, literalInteger, lowerDotted } from './broadcast.ts'
import { base, baseCall, baseMember, block, boolLiteral, call, ifThen, intLiteral, nothing, property, stringLiteral, val } from './build.ts'
import { doFunction } from './functions.ts'
import { keywordArgs } from './keywords.ts'
import { refusedWhenRun } from './refused.ts'
import { exactIntegers } from './remainders.ts'
import { lookup, refer, type Scope } from './scope.ts'
import { argument, callParts, isIdentifier, isKeyword, isTree, namePath, quotedName, unparen, unsupported } from './shapes.ts'
import { foldVersionTest } from './versions.ts'

/** Functions that look into the compiler or load code while the program runs. */
const OUTSIDE = ['ccall', 'llvmcall', 'include', 'cglobal', 'Base.llvmcall']

export function lowerCall(scope: Scope, node: Tree): Core {
  const { span } = node
  const parts = callParts(node)
  const callee = unparen(parts.callee)
  const outside = namePath(callee)?.join('.')
  if (outside !== undefined && OUTSIDE.includes(outside) && !isLocal(scope, callee)) return refusedWhenRun(scope, `\`${outside}\``, span)
  if (outside === 'eval' && parts.args.length === 1 && !isLocal(scope, callee))
    return evaluated(scope, scope.unit.lower(scope, parts.args[0]!), span)
  if (outside?.endsWith('.eval') && isTree(callee, '.')) {
    const [first, code] = parts.args.map(arg => scope.unit.lower(scope, arg))
    const module = code ? first! : scope.unit.lower(scope, argument(callee, 0))
    if (first) return call(baseMember('Intrinsics', 'expr_eval', span), [module, code ?? first], span)
  }
  if (outside === 'rethrow' && parts.args.length === 0 && scope.caught)
    return baseCall('throw', [refer(scope.frame, scope.caught, span)], span)
  if (isNew(scope, callee)) return lowerNew(scope, callee, parts.args, node)
  if (node.form === 'postfix-op' && isIdentifier(callee, "'")) return baseCall('adjoint', [scope.unit.lower(scope, parts.args[0]!)], span)
  if (isIdentifier(callee, '^') && node.form === 'infix') {
    const exponent = literalInteger(parts.args[1]!)
    if (exponent !== null) {
      const args = [scope.unit.lower(scope, callee), scope.unit.lower(scope, parts.args[0]!), val(intLiteral(exponent, span), span)]
      return baseCall('literal_pow', args, span)
    }
  }
  if ((outside === 'UInt64' || outside === 'UInt') && parts.args.length === 1 && !isLocal(scope, callee)) {
    // What no Int64 of this engine can hold on the way.
    const value = literalInteger(parts.args[0]!)
    if (value !== null && value > BigInt(Number.MAX_SAFE_INTEGER) && value < 1n << 64n)
      return { kind: 'literal', value: { kind: 'uint', value, bits: 64 }, span }
  }
  const version = foldVersionTest(node)
  if (version !== null) return boolLiteral(version, span)
  const args: Arg[] = []
  if (parts.doBlock) args.push({ value: doFunction(scope, parts.doBlock), splat: false })
  args.push(
    ...lowerArgs(
      scope,
      parts.args.filter(arg => !isKeyword(arg)),
    ),
  )
  const kwargs = keywordArgs(scope, [...parts.args.filter(isKeyword), ...parts.keywords])
  return exactIntegers({ kind: 'call', callee: scope.unit.lower(scope, callee), args, kwargs, span })
}

/** `eval(x)`: the code that x holds, run at the top level of this module. */
export function evaluated(scope: Scope, code: Core, span: Span): Core {
  return call(baseMember('Intrinsics', 'expr_eval', span), [{ kind: 'global', name: scope.unit.moduleName, span }, code], span)
}

function isLocal(scope: Scope, callee: Node): boolean {
  return isIdentifier(callee) && lookup(scope, callee.name)?.kind === 'variable'
}

/** Positional arguments, `x...` opened. */
export function lowerArgs(scope: Scope, nodes: readonly Node[]): Arg[] {
  return nodes.map(node => {
    if (isTree(node, '...')) return { value: scope.unit.lower(scope, argument(node, 0)), splat: true }
    return { value: scope.unit.lower(scope, node), splat: false }
  })
}

function isNew(scope: Scope, callee: Node): boolean {
  const head = isTree(callee, 'curly') ? callee.args[0] : callee
  return isIdentifier(head, 'new') && lookup(scope, 'new')?.kind === 'new'
}

/** `new(a…)`, `new{T}(a…)`. */
function lowerNew(scope: Scope, callee: Node, args: readonly Node[], node: Tree): Core {
  const meaning = lookup(scope, 'new')
  const { span } = node
  if (args.some(isKeyword)) unsupported('A keyword argument of `new`', span)
  let type: Core | null = null
  if (isTree(callee, 'curly') && meaning?.kind === 'new') {
    type = {
      kind: 'apply-type',
      base: { ...meaning.type, span: callee.span },
      args: callee.args.slice(1).map(arg => scope.unit.lower(scope, arg)),
      span: callee.span,
    }
  }
  return { kind: 'new', type, args: lowerArgs(scope, args), span }
}

/** `2x`: multiplication. */
export function lowerJuxtaposition(scope: Scope, node: Tree): Core {
  const times: Core = { kind: 'global', name: '*', span: node.span }
  return call(
    times,
    node.args.map(arg => scope.unit.lower(scope, arg)),
    node.span,
  )
}

/** `a.b`; a dotted operator standing alone is dealt with elsewhere. */
export function lowerProperty(scope: Scope, node: Tree): Core {
  const object = scope.unit.lower(scope, argument(node, 0))
  const field = argument(node, 1)
  const name = quotedName(field)
  if (name !== null && !isTree(field, 'parens')) return property(object, name, node.span)
  if (isTree(field, 'string')) {
    const text = field.args
      .map(part => (part.kind === 'String' ? part.value : unsupported('An interpolated property name', part.span)))
      .join('')
    return baseCall('getproperty', [object, stringLiteral(text, field.span)], node.span)
  }
  return unsupported('This form of property', node.span)
}

/** `a < b < c` is `a < b && b < c` with `b` evaluated once; dotted ones fuse. */
export function lowerComparison(scope: Scope, node: Tree): Core {
  if (isDotted(node)) return lowerDotted(scope, node)
  const { span } = node
  const operators = node.args.filter((_, at) => at % 2 === 1)
  const operands = node.args.filter((_, at) => at % 2 === 0)
  const from = (at: number, left: Core): Core => {
    const operator = operators[at]!
    const before: Core[] = []
    const last = at === operators.length - 1
    const value = scope.unit.lower(scope, operands[at + 1]!)
    const right = last ? value : assignOnce(scope, value, 'middle', before)
    const test = call(scope.unit.lower(scope, dottedOperator(operator) ?? operator), [left, right], span)
    if (last) return block([...before, test], span)
    return block([...before, ifThen(test, from(at + 1, right), boolLiteral(false, span), span)], span)
  }
  return from(0, scope.unit.lower(scope, operands[0]!))
}

/** `a && b`, `a || b`; without a wanted value, the side that skips `b` gives `nothing`. */
export function lowerShortCircuit(scope: Scope, node: Tree, wanted: boolean): Core {
  const test = scope.unit.lower(scope, argument(node, 0))
  const other = (wanted ? scope.unit.lower : scope.unit.effect)(scope, argument(node, 1))
  const constant = wanted ? boolLiteral(node.kind === '||', node.span) : nothing(node.span)
  return node.kind === '&&' ? ifThen(test, other, constant, node.span) : ifThen(test, constant, other, node.span)
}

/** `"a $x"`: a literal, or a call of `string`. */
export function lowerString(scope: Scope, node: Tree): Core {
  const parts: Core[] = []
  let text = ''
  const flush = () => {
    if (text !== '') parts.push(stringLiteral(text, node.span))
    text = ''
  }
  for (const part of node.args) {
    if (part.kind === 'String') text += part.value
    else {
      flush()
      parts.push(scope.unit.lower(scope, part))
    }
  }
  if (parts.length === 0) return stringLiteral(text, node.span)
  flush()
  return {
    kind: 'call',
    callee: base('string', node.span),
    args: parts.map(value => ({ value, splat: false })),
    kwargs: [],
    span: node.span,
  }
}
