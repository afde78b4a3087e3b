/** Code as Julia prints an expression: what `@show x+1` prints before the `=`, and tests print as their expression. */
import { spanText } from '../../../diagnostics/source.ts'
import type { Node, Tree } from '../../1-syntax/ast.ts'
import { charText, floatText, stringText } from '../../1-syntax/literal-text.ts'
import { BINARY, PRECEDENCE } from '../../1-syntax/operators.ts'
import { printNode } from '../../1-syntax/print.ts'
import { blockText } from './expr-block-text.ts'
import { callParts, isIdentifier, isTree } from './shapes.ts'

export function exprText(node: Node): string {
  const text = printed(node)
  if (text === null && isTree(node, 'tuple') && node.args.length > 1 && !node.args.some(arg => isTree(arg, 'parameters')))
    return `(${node.args.map(exprText).join(', ')})`
  return text !== null && !text.includes('\n') ? text : spanText(node.span).replace(/\s*\n\s*/g, ' ')
}

/** The same for code that stands in no source; null when some part has no form here. */
export function builtText(node: Node): string | null {
  return printed(node)
}

/**
 * Null when some part has no form here: then the whole is shown as it was written. The parentheses of the source are gone in Julia's
 * expressions; those that are printed stand around what is not tighter than `outer`, the precedence around.
 */
function printed(node: Node, outer = 0): string | null {
  switch (node.kind) {
    case 'Identifier':
      return printNode(node)
    case 'Bool':
    case 'Integer':
      return String(node.value)
    case 'Float':
    case 'Float32':
      return floatText(node.value, node.kind === 'Float32')
    case 'String':
      return `"${stringText(node.value)}"`
    case 'Char':
      return `'${charText(node.value)}'`
    default:
  }
  if (!('args' in node)) return spanText(node.span) || null
  switch (node.kind) {
    case 'parens':
      return node.args.length === 1 ? printed(node.args[0]!, outer) : null
    case 'call':
      return callText(node, '', outer)
    case 'dotcall':
      return callText(node, '.', outer)
    case 'quote': {
      const name = isIdentifier(node.args[0]) ? node.args[0].name : ''
      return /^[\p{L}_][\p{L}\p{N}_!]*$/u.test(name) ? `:${name}` : null
    }
    case 'string': {
      const parts = node.args.map(part => (part.kind === 'String' ? stringText(part.value) : wrap('$(', printed(part), ')')))
      return parts.every(part => part !== null) ? `"${parts.join('')}"` : null
    }
    case 'juxtapose':
      return node.args.length === 2 ? product(node.args, outer) : null
    case 'comparison':
      return node.args.every(arg => !isTree(arg, '.'))
        ? enclosed(all(node.args, ' ', PRECEDENCE.comparison), PRECEDENCE.comparison, outer)
        : null
    case '&&':
    case '||': {
      const level = node.kind === '&&' ? PRECEDENCE.and : PRECEDENCE.or
      return enclosed(all(node.args, ` ${node.kind} `, level), level, outer)
    }
    case '=':
      return enclosed(all(node.args, ' = '), PRECEDENCE.assignment, outer)
    case '::':
      return node.args.length === 2 ? all(node.args, '::', PRECEDENCE.decl) : null
    case '.':
      return node.args.length === 2 ? all(node.args, '.', TIGHT) : null
    case '...':
      return wrap('', all(node.args, '', PRECEDENCE.colon), '...')
    case 'ref':
      return bracketed(node.args[0]!, '[', all(node.args.slice(1), ', '), ']')
    case 'curly':
      return bracketed(node.args[0]!, '{', all(node.args.slice(1), ', '), '}')
    case 'vect':
      return node.args.some(arg => isTree(arg, 'parameters')) ? null : wrap('[', all(node.args, ', '), ']')
    case 'tuple':
      if (node.args.some(arg => isTree(arg, 'parameters'))) return null
      return wrap('(', all(node.args, ', '), node.args.length === 1 ? ',)' : ')')
    case 'hcat':
      return wrap('[', all(node.args, ' '), ']')
    case 'vcat':
      return wrap('[', all(node.args, '; '), node.args.length === 1 && !isTree(node.args[0]!, 'row') ? ';]' : ']')
    case 'row':
      return all(node.args, ' ')
    case 'generator':
      return wrap('(', loops(node), ')')
    case 'comprehension':
      return wrap('[', loops(node.args[0] as Tree), ']')
    case 'typed_comprehension':
      return bracketed(node.args[0]!, '[', loops(node.args[1] as Tree), ']')
    case 'iteration':
      return all(node.args, ', ')
    case 'filter': {
      const [over, test] = node.args.map(arg => printed(arg))
      return over && test ? `${over} if ${test}` : null
    }
    case 'in':
      return node.args.length === 2 ? all(node.args, ' = ') : null
    default:
      return blockText(node, part => printed(part))
  }
}

/** Tighter than every operator: what is called, indexed, transposed, and what has a field. */
const TIGHT = 99

function bracketed(of: Node, open: string, inner: string | null, close: string): string | null {
  const before = printed(of, TIGHT) ?? spanText(of.span)
  return before === '' ? null : wrap(before + open, inner, close)
}

/** `f(x) for x = xs if test`, as Julia prints the loops of a comprehension. */
function loops({ args: [body, ...over] }: Tree): string | null {
  const parts = [body!, ...over].map(part => printed(part))
  return parts.every(part => part !== null) ? parts.join(' for ') : null
}

function enclosed(text: string | null, level: number, outer: number): string | null {
  return text !== null && level <= outer ? `(${text})` : text
}

function wrap(before: string, inner: string | null, after: string): string | null {
  return inner === null ? null : before + inner + after
}

function all(nodes: readonly Node[], separator: string, outer = 0): string | null {
  const parts = nodes.map(node => printed(node, outer))
  return parts.every(part => part !== null) ? parts.join(separator) : null
}

/** `2x`: a number before a name; every other product has its sign. */
function product(args: readonly Node[], outer: number): string | null {
  const [number, name] = args
  const isCoefficient = number?.kind === 'Integer' || number?.kind === 'Float'
  if (args.length === 2 && isCoefficient && name?.kind === 'Identifier' && !/^[eEf]/.test(name.name))
    return enclosed(all(args, ''), PRECEDENCE.times, outer)
  return enclosed(all(args, ' * ', PRECEDENCE.times), PRECEDENCE.times, outer)
}

const UNARY: ReadonlySet<string> = new Set(['+', '-', '!', '¬', '~', '<:', '>:', '√', '∛', '∜'])

function callText(node: Tree, dot: string, outer: number): string | null {
  const { callee, args, keywords, doBlock } = callParts(node)
  if (doBlock) return null
  const isOperator =
    isIdentifier(callee) && (BINARY.has(callee.name) || UNARY.has(callee.name) || callee.name === 'in' || callee.name === 'isa')
  if (isIdentifier(callee) && isOperator && keywords.length === 0 && node.form !== 'postfix-op') {
    // `==(1)` is `(==)(1)`, and `-(x)` is `-x`.
    if (dot === '' && args.length === 1 && !isTree(args[0]!, '...'))
      return UNARY.has(callee.name) ? prefixText(callee.name, args[0]!) : wrap(`(${callee.name})(`, printed(args[0]!), ')')
    if (dot === '.' && node.form === 'prefix') return wrap(`(${callee.name}).(`, all(args, ', '), ')')
  }
  // `isa(x, T)` is the same expression as `x isa T`.
  if (isIdentifier(callee) && (node.form !== 'prefix' || (isOperator && dot === '' && args.length === 2 && keywords.length === 0))) {
    if (node.form === 'postfix-op') return wrap('', printed(args[0]!, TIGHT), callee.name)
    if (node.form === 'prefix-op') return prefixText(dot + callee.name, args[0]!)
    if (callee.name === '*' && dot === '') return product(args, outer)
    const level = BINARY.get(callee.name) ?? (callee.name === 'in' || callee.name === 'isa' ? PRECEDENCE.comparison : PRECEDENCE.plus)
    return enclosed(operands(args, callee.name === ':' ? `${dot}:` : ` ${dot}${callee.name} `, level), level, outer)
  }
  const positional = all(args, ', ')
  const name = printed(callee, TIGHT)
  if (name === null || positional === null) return null
  const named = all(keywords, ', ')
  if (named === null) return null
  return `${name}${dot}(${positional}${keywords.length > 0 ? `; ${named}` : ''})`
}

/** The operands of a binary operator: `(-x) ^ 2` keeps its parentheses, for `-x ^ 2` is another number. */
function operands(args: readonly Node[], separator: string, level: number): string | null {
  const [first, ...others] = args.map(arg => printed(arg, level))
  const text = level >= PRECEDENCE.power && first && isSigned(args[0]!) ? `(${first})` : first
  return [text, ...others].every(part => typeof part === 'string') ? [text, ...others].join(separator) : null
}

/** `-2`, `-x`, `√x`. */
function isSigned(node: Node): boolean {
  const inner = isTree(node, 'parens') ? node.args[0]! : node
  if (inner.kind === 'Integer' || inner.kind === 'Float' || inner.kind === 'Float32') return inner.value < 0
  if (!isTree(inner, 'call')) return false
  const { callee, args } = callParts(inner)
  return args.length === 1 && isIdentifier(callee) && UNARY.has(callee.name)
}

/** `-x`, and `-(f(x))`: only what is no expression stands without parentheses. */
function prefixText(operator: string, operand: Node): string | null {
  const inner = isTree(operand, 'parens') ? operand.args[0]! : operand
  return 'args' in inner ? wrap(`${operator}(`, printed(inner), ')') : wrap(operator, printed(inner), '')
}
