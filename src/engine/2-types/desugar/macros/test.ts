/** The macros of Test: each hands its expression, as a function, to Base's Test module. */
import { spanText } from '../../../../diagnostics/source.ts'
import type { Node, Tree } from '../../../1-syntax/ast.ts'
import type { Core } from '../../core.ts'
import { base, baseCall, baseMember, call, ifThen, stringLiteral } from '../build.ts'
import { lowerArgs } from '../calls.ts'
import { exprText } from '../expr-text.ts'
import { lambda } from '../functions.ts'
import { keywordArgs, namedTuple } from '../keywords.ts'
import { orRefusedWhenRun } from '../refused.ts'
import type { Scope } from '../scope.ts'
import { argument, callParts, isIdentifier, isKeyword, isTree, unparen, unsupported } from '../shapes.ts'
import { type Macro, type MacroCall, noArguments } from './macro.ts'
import { lineOf, lowerTestset, testCall, thunk } from './testset.ts'

const COMPARISONS = [
  '==',
  '!=',
  '≠',
  '===',
  '!==',
  '≡',
  '≢',
  '<',
  '>',
  '<=',
  '>=',
  '≤',
  '≥',
  '≈',
  '≉',
  'in',
  '∈',
  '∉',
  '∋',
  '∌',
  'isa',
  '⊆',
  '⊇',
  '⊊',
  '⊋',
  '<:',
  '>:',
  'isapprox',
  'isequal',
]

function testMacro(lower: (scope: Scope, call: MacroCall) => Core): Macro {
  return { kind: 'code', scoped: noArguments, lower }
}

/** The comparison that `node` is, with its two sides and its own keywords; null for anything else. */
function comparison(node: Node): { operator: Node; left: Node; right: Node; keywords: readonly Node[] } | null {
  if (!isTree(node, 'call')) return null
  const { callee, args, keywords, doBlock } = callParts(node)
  if (!isIdentifier(callee) || !COMPARISONS.includes(callee.name) || doBlock) return null
  const positional = args.filter(arg => !isKeyword(arg))
  if (positional.length !== 2 || positional.some(arg => isTree(arg, '...'))) return null
  return { operator: callee, left: positional[0]!, right: positional[1]!, keywords: [...args.filter(isKeyword), ...keywords] }
}

/** Other calls whose arguments a failure shows. */
const SHOWN_CALLS = ['occursin', 'startswith', 'endswith', 'isempty', 'contains']

/** What stands in `!(…)`. */
function negated(node: Node): Node | null {
  if (!isTree(node, 'call')) return null
  const { callee, args } = callParts(node)
  return isIdentifier(callee, '!') && args.length === 1 ? unparen(args[0]!) : null
}

function lowerTest(scope: Scope, macro: MacroCall): Core {
  const [node, ...options] = macro.args
  if (!node) return unsupported('`@test` without an expression', macro.span)
  const broken = options.find(option => isOption(option, 'broken'))
  const skip = options.find(option => isOption(option, 'skip'))
  const extra = options.filter(option => option !== broken && option !== skip)
  const otherwise = (option: Node | undefined, instead: Core, plain: Core): Core =>
    isTree(option, '=') ? ifThen(scope.unit.lower(scope, argument(option, 1)), instead, plain, macro.span) : plain
  const plain = plainTest(scope, macro, node, extra)
  return otherwise(skip, skippedTest(node, macro), otherwise(broken, broken ? brokenTest(scope, node, macro) : plain, plain))
}

function isOption(node: Node, name: string): boolean {
  return isKeyword(node) && isIdentifier(node.args[0], name)
}

function plainTest(scope: Scope, macro: MacroCall, node: Node, extra: readonly Node[]): Core {
  const { span } = macro
  const text = stringLiteral([exprText(node), ...extra.map(option => spanText(option.span))].join(' '), node.span)
  const inner = unparen(node)
  const inside = negated(inner)
  const not = inside ? [base('!', span)] : []
  const shown = inside ?? inner
  if (isTree(shown, 'comparison') && extra.length === 0 && shown.args.every(part => !isTree(part, '.'))) {
    const parts = lambda(
      scope,
      [],
      shown.args,
      at => orRefusedWhenRun(at, () => baseCall('tuple', lowerAll(at, shown.args), node.span)),
      node.span,
    )
    return testCall('__test_chain', [text, lineOf(span), parts, ...not], span)
  }
  const called = isTree(shown, 'call') && !(inside && extra.length > 0) ? shownCall(shown) : null
  if (called) {
    const { callee, args, keywords } = called
    const named = [...keywords, ...extra]
    const parts = lambda(
      scope,
      [],
      [...args, ...named.map(part => (isKeyword(part) ? argument(part, 1) : part))],
      at =>
        orRefusedWhenRun(at, () =>
          baseCall(
            'tuple',
            [at.unit.lower(at, callee), baseCall('tuple', lowerAll(at, args), node.span), namedTuple(keywordArgs(at, named), span)],
            node.span,
          ),
        ),
      node.span,
    )
    return testCall('__test_call', [text, lineOf(span), parts, ...not], span)
  }
  const compared = inside && extra.length > 0 ? null : comparison(shown)
  if (!compared) {
    if (extra.length > 0 && !isTree(inner, 'call')) return unsupported('Keywords after a test that is no call', extra[0]!.span)
    // Keywords after the test are those of its call.
    const tested = extra.length > 0 && isTree(inner, 'call') ? { ...inner, args: [...inner.args, ...extra] } : node
    return testCall('__test', [text, lineOf(span), thunk(scope, tested)], span)
  }
  const { operator, left, right, keywords } = compared
  const parts = lambda(
    scope,
    [],
    [left, right, ...keywords, ...extra].map(part => (isKeyword(part) ? argument(part, 1) : part)),
    inner =>
      orRefusedWhenRun(inner, () => {
        const values = [operator, left, right].map(part => inner.unit.lower(inner, part))
        return baseCall('tuple', [...values, namedTuple(keywordArgs(inner, [...keywords, ...extra]), span)], node.span)
      }),
    node.span,
  )
  return testCall('__test_compare', [text, lineOf(span), parts, ...not], span)
}

function lowerAll(scope: Scope, nodes: readonly Node[]): Core[] {
  return nodes.map(node => scope.unit.lower(scope, node))
}

/** The parts of a call whose failure shows its arguments. */
function shownCall(node: Tree): { callee: Node; args: readonly Node[]; keywords: readonly Node[] } | null {
  const { callee, args, keywords, doBlock } = callParts(node)
  if (doBlock || !isIdentifier(callee) || !SHOWN_CALLS.includes(callee.name) || args.some(arg => isTree(arg, '...'))) return null
  return { callee, args: args.filter(arg => !isKeyword(arg)), keywords: [...args.filter(isKeyword), ...keywords] }
}

function brokenTest(scope: Scope, node: Node, macro: MacroCall): Core {
  return testCall('__test_broken', [stringLiteral(exprText(node), node.span), lineOf(macro.span), thunk(scope, node)], macro.span)
}

function skippedTest(node: Node, macro: MacroCall): Core {
  return testCall('__test_skip', [stringLiteral(exprText(node), macro.span), lineOf(macro.span)], macro.span)
}

function lowerThrows(scope: Scope, macro: MacroCall): Core {
  const [expected, node] = macro.args
  if (!expected || !node) return unsupported('This form of `@test_throws`', macro.span)
  const text = stringLiteral(exprText(node), node.span)
  return testCall('__test_throws', [text, lineOf(macro.span), thunk(scope, expected), thunk(scope, node)], macro.span)
}

/** `@inferred [T] f(x)`: the value, if inference found its type (up to what T holds). */
function lowerInferred(scope: Scope, macro: MacroCall): Core {
  const { span } = macro
  const node = unparen(macro.args.at(-1) ?? unsupported('`@inferred` without a call', span))
  const given = macro.args[1]
    ? scope.unit.lower(scope, macro.args[0]!)
    : { kind: 'apply-type' as const, base: base('Union', span), args: [], span }
  if (isTree(node, 'ref'))
    return testCall('__inferred', [given, base('getindex', span), ...node.args.map(arg => scope.unit.lower(scope, arg))], span)
  if (!isTree(node, 'call')) return unsupported('`@inferred` on something else than a call', node.span)
  const { callee, args, keywords, doBlock } = callParts(node)
  if (doBlock) return unsupported('`@inferred` on a call with a do-block', node.span)
  const named = keywordArgs(scope, [...args.filter(isKeyword), ...keywords])
  const f = scope.unit.lower(scope, callee)
  const positional = lowerArgs(
    scope,
    args.filter(arg => !isKeyword(arg)),
  )
  const target = named.length > 0 ? testCall('WithKeywords', [f, namedTuple(named, span)], span) : f
  const values = [given, target].map(value => ({ value, splat: false }))
  return { kind: 'call', callee: baseMember('Test', '__inferred', span), args: [...values, ...positional], kwargs: [], span }
}

/** `@test_logs (:warn, "text") … ex`. */
function lowerLogs(scope: Scope, macro: MacroCall): Core {
  const { span } = macro
  const options = macro.args.filter(isKeyword)
  const parts = macro.args.filter(arg => !isKeyword(arg))
  const node = parts.at(-1) ?? unsupported('`@test_logs` without an expression', span)
  const patterns = parts.slice(0, -1).map(part => scope.unit.lower(scope, part))
  const text = stringLiteral(exprText(node), node.span)
  const args = [text, lineOf(span), thunk(scope, node), baseCall('tuple', patterns, span)]
  return call(baseMember('Test', '__test_logs', span), args, span, keywordArgs(scope, options))
}

function lowerWarn(scope: Scope, macro: MacroCall): Core {
  const [message, node] = macro.args
  if (!message || !node) return unsupported('This form of `@test_warn`', macro.span)
  const text = stringLiteral(exprText(node), node.span)
  return testCall('__test_warn', [text, lineOf(macro.span), thunk(scope, node), scope.unit.lower(scope, message)], macro.span)
}

function lowerNowarn(scope: Scope, macro: MacroCall): Core {
  const node = argument(macro.node, 1)
  return testCall('__test_nowarn', [stringLiteral(exprText(node), node.span), lineOf(macro.span), thunk(scope, node)], macro.span)
}

export const TEST_MACROS: Readonly<Record<string, Macro>> = {
  test: testMacro(lowerTest),
  test_throws: testMacro(lowerThrows),
  test_broken: testMacro((scope, macro) => brokenTest(scope, argument(macro.node, 1), macro)),
  test_skip: testMacro((_scope, macro) => skippedTest(argument(macro.node, 1), macro)),
  testset: testMacro(lowerTestset),
  test_nowarn: testMacro(lowerNowarn),
  inferred: { kind: 'code', scoped: macro => macro.args, lower: lowerInferred },
  test_logs: testMacro(lowerLogs),
  test_warn: testMacro(lowerWarn),
  // As where Julia is started without `--depwarn`: the expression is only run.
  test_deprecated: testMacro((scope, macro) =>
    scope.unit.lower(scope, macro.args.at(-1) ?? unsupported('`@test` without an expression', macro.span)),
  ),
}
