/** Syntax trees as JuliaSyntax prints them. */
import { unreachable } from '../../diagnostics/bug.ts'
import type { Leaf, Node, Tree } from './ast.ts'

export function sexpr(node: Node): string {
  return 'args' in node ? treeText(node) : leafText(node)
}

const FORM = { prefix: '', infix: '-i', 'prefix-op': '-pre', 'postfix-op': '-post' } as const

function treeText(node: Tree): string {
  const head = `${node.kind}${FORM[node.form]}${node.flag ? `-${node.flag}` : ''}`
  return `(${[head, ...node.args.map(sexpr)].join(' ')})`
}

function leafText(leaf: Leaf): string {
  switch (leaf.kind) {
    case 'Identifier': return leaf.raw ? `(var ${leaf.name})` : leaf.name
    case 'MacroName': return leaf.written === 'string' || leaf.written === 'command' ? `@${leaf.name}` : `(macro_name ${leaf.name})`
    case 'Bool': return `${leaf.value}`
    case 'Integer': return `${leaf.value}`
    case 'UInteger': return `0x${leaf.value.toString(16).padStart(leaf.bits / 4, '0')}`
    case 'Float': return floatText(leaf.value)
    case 'Float32': return `${floatText(leaf.value).replace(/e/, 'f')}${/[e]/.test(floatText(leaf.value)) || !Number.isFinite(leaf.value) ? '' : 'f0'}`
    case 'Char': return `'${String.fromCodePoint(leaf.value)}'`
    case 'String': return JSON.stringify(leaf.value)
    default: return unreachable(leaf, 'kind of leaf')
  }
}

function floatText(x: number): string {
  if (Object.is(x, -0)) return '-0.0'
  if (!Number.isFinite(x)) return x > 0 ? 'Inf' : x < 0 ? '-Inf' : 'NaN'
  const text = `${x}`.replace('e+', 'e')
  return /[.e]/.test(text) ? text.replace(/^(-?\d+)e/, '$1.0e') : `${text}.0`
}
