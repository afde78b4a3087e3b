/** Code of several lines as Julia prints an expression: what begins with a keyword and ends with `end`. */
import type { Node, Tree } from '../../1-syntax/ast.ts'
import { printNode } from '../../1-syntax/print.ts'
import { isTree } from './shapes.ts'

type Print = (node: Node) => string | null

/** Null when it is none of these. A part without a form of its own is printed as the program's text is. */
export function blockText(node: Tree, print: Print): string | null {
  const [first, second, third] = node.args
  const text = (part: Node | undefined) => (part ? (print(part) ?? printNode(part)) : '')
  const word = node.kind
  switch (node.kind) {
    case 'block':
      return `begin${inside(node, print)}\nend`
    case 'if':
    case '?':
      return `if ${text(first)}${inside(second, print)}${otherwise(third, print)}\nend`
    case 'for':
    case 'while':
      return `${word} ${text(first)}${inside(second, print)}\nend`
    case 'let': {
      const names = isTree(first, 'block') ? first.args.map(text).join(', ') : text(first)
      return `${names === '' ? 'let' : `let ${names}`}${inside(second, print)}\nend`
    }
    case 'function':
      if (node.flag === '=') return `${text(first)} = ${text(second)}`
      return second ? `function ${text(first)}${inside(second, print)}\nend` : `function ${text(first)} end`
    case 'struct':
      return `${node.flag === 'mut' ? 'mutable ' : ''}struct ${text(first)}${inside(second, print)}\nend`
    case 'try':
      return `try${inside(first, print)}${node.args
        .slice(1)
        .map(part => handler(part, print))
        .join('')}\nend`
    case 'return':
    case 'local':
    case 'global':
    case 'const':
      return `${word} ${node.args.map(text).join(', ')}`.trimEnd()
    case 'break':
    case 'continue':
      return word
    case 'op=':
    case '.op=':
      return `${text(first)} ${node.kind === '.op=' ? '.' : ''}${text(second)}= ${text(third)}`
    case '.=':
      return `${text(first)} .= ${text(second)}`
    case 'where':
      return `${text(first)} where ${isTree(second, 'braces') ? `{${second.args.map(text).join(', ')}}` : text(second)}`
    default:
      return null
  }
}

function otherwise(node: Node | undefined, print: Print): string {
  if (!node) return ''
  if (!isTree(node, 'elseif')) return `\nelse${inside(node, print)}`
  const [test, then, rest] = node.args
  return `\nelseif ${print(test!) ?? printNode(test!)}${inside(then, print)}${otherwise(rest, print)}`
}

/** `catch e`, `else` or `finally` of a `try`. */
function handler(part: Node, print: Print): string {
  if (!('args' in part)) return ''
  const name = part.args.length > 1 ? part.args[0] : undefined
  return `\n${part.kind}${name ? ` ${print(name) ?? printNode(name)}` : ''}${inside(part.args.at(-1), print)}`
}

/** The statements, each on lines of its own. */
function inside(node: Node | undefined, print: Print): string {
  if (!node) return ''
  const statements = isTree(node, 'block') ? node.args : [node]
  return statements.map(statement => `\n    ${(print(statement) ?? printNode(statement)).replaceAll('\n', '\n    ')}`).join('')
}
