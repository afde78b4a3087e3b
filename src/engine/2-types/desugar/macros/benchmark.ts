/** Macros of BenchmarkTools. What they time is handed to the library as a function; `$` says only that a value is taken once, before. */
import type { Node } from '../../../1-syntax/ast.ts'
import { argument, identifier, isIdentifier, isKeyword, isTree, tree, unsupported } from '../shapes.ts'
import type { Macro, MacroCall } from './macro.ts'

function timed(library: string): Macro {
  return { kind: 'rewrite', rewrite: call => benchmark(library, call) }
}

function benchmark(library: string, { name, args, span }: MacroCall): Node {
  const code = args.find(arg => !isKeyword(arg)) ?? unsupported(`\`@${name}\` without an expression`, span)
  const setup = args.filter(isKeyword).find(keyword => isIdentifier(argument(keyword, 0), 'setup'))
  const module = tree('.', [identifier('Base', span), identifier('BenchmarkTools', span)], span, 'infix')
  const callee = tree('.', [module, identifier(library, span)], span, 'infix')
  const function_ = tree('->', [tree('tuple', [], span), withoutDollars(code)], code.span)
  const measured = tree('call', [callee, function_], span)
  if (!setup) return measured
  return tree('let', [tree('block', [], span), tree('block', [withoutDollars(argument(setup, 1)), measured], span)], span)
}

function withoutDollars(node: Node): Node {
  if (isTree(node, '$')) return withoutDollars(argument(node, 0))
  return 'args' in node ? { ...node, args: node.args.map(withoutDollars) } : node
}

export const BENCHMARK_MACROS: Readonly<Record<string, Macro>> = {
  btime: timed('btime'),
  belapsed: timed('belapsed'),
  benchmark: timed('benchmark'),
}
