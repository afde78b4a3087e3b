/** How many columns of a terminal a text takes, so that carets stand under what they mean. */

// biome-ignore format: ranges that terminals draw two columns wide
const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f], [0x2e80, 0x303e], [0x3041, 0x33ff], [0x3400, 0x4dbf], [0x4e00, 0x9fff], [0xa000, 0xa4cf], [0xac00, 0xd7a3],
  [0xf900, 0xfaff], [0xfe30, 0xfe6f], [0xff00, 0xff60], [0xffe0, 0xffe6], [0x1f300, 0x1f64f], [0x1f900, 0x1f9ff], [0x20000, 0x3fffd],
]
const MARK = /^\p{Mn}|^\p{Me}/u

/** Letters of the west, punctuation, arrows, boxes: one column, and not worth the compiling of a pattern at the end of each command. */
function isPlain(code: number): boolean {
  return code < 0x300 || (code >= 0x2010 && code < 0x20d0) || (code >= 0x2100 && code < 0x2cef)
}

export function textWidth(text: string): number {
  let width = 0
  for (const character of text) {
    const code = character.codePointAt(0)!
    if (isPlain(code)) width += 1
    else if (MARK.test(character) || code === 0x200d || (code >= 0xfe00 && code <= 0xfe0f)) width += 0
    else width += WIDE.some(([from, to]) => code >= from && code <= to) ? 2 : 1
  }
  return width
}

/** Cuts at `columns`, with an ellipsis when something is lost. */
export function fit(text: string, columns: number): string {
  if (textWidth(text) <= columns) return text
  let kept = ''
  let width = 0
  for (const character of text) {
    const next = width + textWidth(character)
    if (next > columns - 1) break
    kept += character
    width = next
  }
  return `${kept}…`
}

/** Breaks a line at spaces so that no part is wider than `columns`, but for a word that is. */
export function wrapped(line: string, columns: number): string[] {
  if (textWidth(line) <= columns) return [line]
  const parts: string[] = []
  let part = ''
  for (const word of line.split(' ')) {
    if (part && textWidth(part) + 1 + textWidth(word) > columns) {
      parts.push(part)
      part = word
    } else part = part ? `${part} ${word}` : word
  }
  return [...parts, part]
}

export function padRight(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - textWidth(text)))
}
