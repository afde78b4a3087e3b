/** Code as Julia prints an expression: what `@show x+1` prints before the `=`, and tests print as their expression. */
import { spanText } from '../../../diagnostics/source.ts'
import type { Node, Tree } from '../../1-syntax/ast.ts'
import { callParts, isIdentifier, isTree } from './shapes.ts'

export function exprText(node: Node): string {
  return printed(node) ?? spanText(node.span).replace(/\s*\n\s*/g, ' ')
}

/** The same for code that stands in no source; null when some part has no form here. */
export function builtText(node: Node): string | null {
  return printed(node)
}

/** Null when some part has no form here: then the whole is shown as it was written. */
function printed(node: Node): string | null {
  switch (node.kind) {
    case 'Identifier':
      return node.name
    case 'Bool':
    case 'Integer':
      return String(node.value)
    case 'Float':
      return spanText(node.span) || (Number.isInteger(node.value) && Math.abs(node.value) < 1e15 ? `${node.value}.0` : String(node.value))
    case 'String':
      return spanText(node.span) || null
    default:
  }
  if (!('args' in node)) return spanText(node.span) || null
  switch (node.kind) {
    case 'parens':
      return wrap('(', all(node.args, ', '), ')')
    case 'call':
      return callText(node, '')
    case 'dotcall':
      return callText(node, '.')
    case 'comparison':
      return node.args.every(arg => !isTree(arg, '.')) ? all(node.args, ' ') : null
    case '&&':
    case '||':
      return all(node.args, ` ${node.kind} `)
    case '=':
      return all(node.args, ' = ')
    case '::':
      return node.args.length === 2 ? all(node.args, '::') : null
    case 'juxtapose':
      return node.args.length === 2 && !isTree(node.args[0], 'parens') ? `${exprText(node.args[0]!)}${exprText(node.args[1]!)}` : null
    case '.':
      return node.args.length === 2 ? all(node.args, '.') : null
    case '...':
      return wrap('', all(node.args, ''), '...')
    case 'ref':
      return wrap(`${exprText(node.args[0]!)}[`, all(node.args.slice(1), ', '), ']')
    case 'curly':
      return wrap(`${exprText(node.args[0]!)}{`, all(node.args.slice(1), ', '), '}')
    case 'vect':
      return node.args.some(arg => isTree(arg, 'parameters')) ? null : wrap('[', all(node.args, ', '), ']')
    case 'tuple':
      if (node.args.some(arg => isTree(arg, 'parameters'))) return null
      return wrap('(', all(node.args, ', '), node.args.length === 1 ? ',)' : ')')
    case 'hcat':
      return wrap('[', all(node.args, ' '), ']')
    case 'vcat':
      return wrap('[', all(node.args, '; '), ']')
    case 'row':
      return all(node.args, ' ')
    default:
      return null
  }
}

function wrap(before: string, inner: string | null, after: string): string | null {
  return inner === null ? null : before + inner + after
}

function all(nodes: readonly Node[], separator: string): string | null {
  const parts = nodes.map(printed)
  return parts.every(part => part !== null) ? parts.join(separator) : null
}

function callText(node: Tree, dot: string): string | null {
  const { callee, args, keywords, doBlock } = callParts(node)
  if (doBlock) return null
  if (node.form !== 'prefix' && isIdentifier(callee)) {
    if (node.form === 'postfix-op') return wrap('', printed(args[0]!), callee.name)
    if (node.form === 'prefix-op') return wrap(dot + callee.name, printed(args[0]!), '')
    return all(args, callee.name === ':' ? `${dot}:` : ` ${dot}${callee.name} `)
  }
  const positional = all(args, ', ')
  const name = printed(callee)
  if (name === null || positional === null) return null
  const named = all(keywords, ', ')
  if (named === null) return null
  return `${name}${dot}(${positional}${keywords.length > 0 ? `; ${named}` : ''})`
}
