/** The same program with forward and reverse mode exchanged: a second way to the same number. */

// Comments and strings are passed over, so that what the program prints and says stays as it is.
const PIECE =
  /#=[\s\S]*?=#|#[^\n]*|"""[\s\S]*?"""|"(?:\\.|[^"\\])*"|(?<![\p{L}\p{N}_!@:])(ReverseWithPrimal|ForwardWithPrimal|Reverse|Forward)(?![\p{L}\p{N}_!])/gu

const OTHER: Readonly<Record<string, string>> = {
  Reverse: 'Forward',
  Forward: 'Reverse',
  ReverseWithPrimal: 'ForwardWithPrimal',
  ForwardWithPrimal: 'ReverseWithPrimal',
}

/** Where modes are named, in order. */
export function modesIn(text: string): { readonly at: number; readonly mode: string }[] {
  return [...text.matchAll(PIECE)].flatMap(m => (m[1] ? [{ at: m.index, mode: m[1] }] : []))
}

export function withModesExchanged(text: string): string {
  return text.replace(PIECE, (piece: string, mode: string | undefined) => (mode ? OTHER[mode]! : piece))
}

/** Exchanges only the mode that stands at offset `at`. */
export function withModeExchangedAt(text: string, at: number): string {
  const found = modesIn(text).find(m => m.at === at)
  return found ? text.slice(0, at) + OTHER[found.mode] + text.slice(at + found.mode.length) : text
}
