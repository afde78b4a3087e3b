/** Trees that no text has, because parentheses are trees of their own, are printed with the parentheses that keep their meaning. */
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Leaf, Node, Tree, TreeKind } from './ast.ts'
import { parseExpression, parseProgram } from './parse.ts'
import { isTreeOf } from './parser.ts'
import { printNode } from './print.ts'
import { sexpr } from './sexpr.ts'

const span = { source: { name: 'none', text: '' }, start: 0, end: 0 }

function tree(kind: TreeKind, args: readonly Node[], form: Tree['form'] = 'prefix', flag = ''): Tree {
  return { kind, form, flag, args, span }
}

function name(text: string): Leaf {
  return { kind: 'Identifier', name: text, raw: false, span }
}

const leaf: fc.Arbitrary<Node> = fc.oneof(
  fc.constantFrom('x', 'y', 'f', 'e3', 'xb', 'α').map(name),
  fc.integer({ min: -3, max: 12 }).map((n): Node => ({ kind: 'Integer', value: BigInt(n), span })),
  fc.double({ noNaN: true }).map((value): Node => ({ kind: 'Float', value, span })),
  fc.integer({ min: 0, max: 255 }).map((n): Node => ({ kind: 'UInteger', value: BigInt(n), bits: 8, span })),
  fc.string({ unit: 'binary', maxLength: 4 }).map((value): Node => tree('string', [{ kind: 'String', value, span }])),
  fc.integer({ min: 0, max: 0xd7ff }).map((value): Node => ({ kind: 'Char', value, span })),
)

const infixes = ['+', '*', '-', '/', '//', '^', '==', '<', 'in', ':', '=>', '|>', '<|', '<<', '≈', '→']
const prefixes = ['-', '+', '!', '√', '~']

function grow(node: fc.Arbitrary<Node>): fc.Arbitrary<Node> {
  const pair = fc.tuple(node, node)
  const statements = fc.array(node, { maxLength: 3 }).map(args => tree('block', args))
  return fc.oneof(
    fc
      .tuple(node, fc.constantFrom(...infixes), node, fc.boolean())
      .map(([a, op, b, dot]) => tree(dot && op !== 'in' && op !== ':' ? 'dotcall' : 'call', [a, name(op), b], 'infix')),
    fc.tuple(node, node, node).map(([a, b, c]) => tree('call', [a, name('+'), b, c], 'infix')),
    fc.tuple(node, node, node).map(([a, b, c]) => tree('call', [a, name(':'), b, c], 'infix')),
    fc.tuple(fc.constantFrom(...prefixes), node).map(([op, a]) => tree('call', [name(op), a], 'prefix-op')),
    node.map(a => tree('call', [a, name("'")], 'postfix-op')),
    fc.array(node, { maxLength: 3 }).map(args => tree('call', [name('f'), ...args])),
    fc.array(node, { minLength: 2, maxLength: 3 }).map(args => tree('call', [name('-'), ...args])),
    pair.map(([a, b]) => tree('call', [name('f'), a, tree('parameters', [tree('=', [name('k'), b])])])),
    pair.map(([a, b]) => tree('ref', [tree('vect', [a]), b])),
    node.map(a => tree('.', [a, name('field')])),
    fc.tuple(fc.constantFrom<TreeKind>('&&', '||', '.&&', '-->'), node, node).map(([kind, a, b]) => tree(kind, [a, b])),
    fc.tuple(node, node, node).map(args => tree('?', args)),
    fc.tuple(node, node, node).map(([a, b, c]) => tree('comparison', [a, name('<'), b, name('<='), c])),
    pair.map(([a, b]) => tree('::', [a, b], 'infix')),
    pair.map(([a, b]) => tree('where', [a, b])),
    pair.map(([a, b]) => tree('<:', [a, b], 'infix')),
    pair.map(([a, b]) => tree('=', [name('x'), tree('tuple', [a, b], 'prefix', 'p')])),
    node.map(a => tree('->', [tree('tuple', [name('x')]), a])),
    fc.array(node, { minLength: 2, maxLength: 3 }).map(args => tree('tuple', args, 'prefix', 'p')),
    fc.array(node, { minLength: 1, maxLength: 3 }).map(args => tree('vect', args)),
    fc.array(node, { minLength: 2, maxLength: 3 }).map(args => tree('hcat', args)),
    fc.tuple(node, node, node).map(([a, b, c]) => tree('vcat', [tree('row', [a, b]), c])),
    pair.map(([a, b]) => tree('ncat', [a, b], 'prefix', '3')),
    pair.map(([a, b]) => tree('comprehension', [tree('generator', [a, tree('iteration', [tree('in', [name('i'), b])])])])),
    fc.array(node, { maxLength: 2 }).map(args => tree('macrocall', [{ kind: 'MacroName', name: 'm', written: 'at', span }, ...args])),
    fc.tuple(node, statements).map(([a, body]) => tree('if', [a, body])),
    fc.tuple(node, statements).map(([a, body]) => tree('for', [tree('iteration', [tree('in', [name('i'), a])]), body])),
    statements.map(body => tree('function', [tree('call', [name('f'), name('x')]), body])),
    fc.tuple(node, statements).map(([a, body]) => tree('call', [name('f'), a, tree('do', [tree('tuple', [name('y')]), body])])),
    node.map(a => tree('return', [a])),
    node.map(a => tree('quote', [a], 'prefix', ':')),
    node.map(a => tree('string', [{ kind: 'String', value: 'a', span }, a])),
  )
}

const statement = grow(grow(grow(leaf)))

/** Without trees that only group. */
function ungrouped(node: Node): Node {
  if (!('args' in node)) return node
  return isTreeOf(node, 'parens') ? ungrouped(node.args[0]!) : { ...node, args: node.args.map(ungrouped) }
}

it('any tree reads back, but for parentheses', () => {
  fc.assert(
    fc.property(statement, node => {
      const printed = printNode(node)
      expect(sexpr(ungrouped(parseExpression({ name: 'printed.jl', text: printed }))), printed).toBe(sexpr(node))
    }),
    { numRuns: 1000, seed: 7 },
  )
})

it('what is printed is printed the same again', () => {
  fc.assert(
    fc.property(fc.array(statement, { maxLength: 3 }), nodes => {
      const text = printNode(parseProgram({ name: 'printed.jl', text: printNode(tree('toplevel', nodes)) }))
      expect(printNode(parseProgram({ name: 'printed.jl', text }))).toBe(text)
    }),
    { numRuns: 300, seed: 12 },
  )
})
