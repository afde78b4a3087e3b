/** Syntax trees as JuliaSyntax prints them. */
import { unreachable } from '../../diagnostics/bug.ts'
import type { Leaf, Node, Tree } from './ast.ts'
import { charText, floatText, stringText } from './literal-text.ts'

export function sexpr(node: Node): string {
  return 'args' in node ? treeText(node) : leafText(node)
}

const FORM = { prefix: '', infix: '-i', 'prefix-op': '-pre', 'postfix-op': '-post' } as const

function treeText(node: Tree): string {
  const head = `${node.kind}${FORM[node.form]}${node.flag ? `-${node.flag}` : ''}`
  // A `catch` without a variable has a placeholder in its place.
  const placeholder = node.kind === 'catch' && node.args.length === 1 ? ['□'] : []
  return `(${[head, ...placeholder, ...node.args.map(sexpr)].join(' ')})`
}

function leafText(leaf: Leaf): string {
  // biome-ignore format: a table
  switch (leaf.kind) {
    case 'Identifier': return leaf.raw ? `(var ${leaf.name})` : leaf.name
    case 'MacroName':
      if (leaf.written === 'at') return `(macro_name ${leaf.name})`
      return leaf.written === 'var' ? `(macro_name (var ${leaf.name}))` : `@${leaf.name}`
    case 'Bool': return `${leaf.value}`
    case 'Integer': return `${leaf.value}`
    case 'UInteger': return `0x${leaf.value.toString(16).padStart(leaf.bits / 4, '0')}`
    case 'Float': return floatText(leaf.value, false)
    case 'Float32': return floatText(leaf.value, true)
    case 'Char': return `(char '${charText(leaf.value)}')`
    case 'String': return (leaf.lines ?? [leaf.value]).map(text => `"${stringText(text)}"`).join(' ')
    default: return unreachable(leaf, 'kind of leaf')
  }
}
