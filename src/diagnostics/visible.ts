/** Makes text that others wrote inert: nothing in it can move a cursor, change a colour, reverse the reading order or break UTF-8. */

// Controls, formats (bidirectional and zero-width ones, the byte order mark, tags) and line separators. The joiners stay: scripts and emoji need them.
const UNSEEN = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\u2028\u2029]/gu
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

/** Escapes spelled as Julia spells them, so that they mean the same character inside one of its string literals. */
function escaped(character: string): string {
  const code = character.codePointAt(0)!
  if (code < 0x80) return `\\x${code.toString(16).padStart(2, '0')}`
  return code < 0x10000 ? `\\u${code.toString(16).padStart(4, '0')}` : `\\U${code.toString(16).padStart(8, '0')}`
}

export function wellFormed(text: string): string {
  return text.replace(LONE_SURROGATE, '\ufffd')
}

/** One line: line breaks and tabs are spelled out too. */
export function visibleLine(text: string): string {
  return wellFormed(text).replace(UNSEEN, c => (c === '\n' ? '\\n' : c === '\r' ? '\\r' : c === '\t' ? '\\t' : escaped(c)))
}

/** Several lines: line feeds and tabs stay. */
export function visibleText(text: string): string {
  return wellFormed(text)
    .replace(/\r\n/g, '\n')
    .replace(UNSEEN, c => (c === '\n' || c === '\t' ? c : escaped(c)))
}
