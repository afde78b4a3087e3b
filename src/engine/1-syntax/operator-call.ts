/** Tells `+(a, b)` from `-(x)` by looking ahead. */
import type { Token } from './lexer.ts'
import type { Parser } from './parser.ts'

/** `+(a, b)` calls the operator; `-(x)` negates. Looks for a comma, a semicolon, a splat or nothing at all between the parentheses. */
export function isCallOfOperator(p: Parser, open: Token): boolean {
  const { text } = p.source
  let depth = 0
  let empty = true
  for (let at = open.start; at < text.length; at++) {
    const char = text[at]!
    if (char === '"') {
      const close = text.indexOf('"', at + 1)
      if (close < 0) return false
      at = close
    } else if (char === '(' || char === '[' || char === '{') {
      if (depth > 0) empty = false
      depth++
    } else if (char === ')' || char === ']' || char === '}') {
      depth--
      if (depth === 0) return empty || isDefinitionAfter(text, at + 1)
    } else if (depth === 1 && (char === ',' || char === ';' || text.startsWith('...', at))) return true
    else if (!/\s/.test(char)) empty = false
  }
  return false
}

/** `-(x::T) = …` defines the operator. */
function isDefinitionAfter(text: string, at: number): boolean {
  return /^\s*(=(?![=>])|where\b|::)/.test(text.slice(at, at + 40).split('\n')[0] ?? '')
}
