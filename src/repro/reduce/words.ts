/** A message without what changes while a program is reduced: its numbers, the sizes and types of its arrays, the names that it defines. */
export function wordsOf(message: string, ownNames: ReadonlySet<string>): string {
  return message
    .split('\n')[0]!
    .replace(/\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}/g, '')
    .replace(/#\d+/g, '_')
    .replace(/[\p{L}_][\p{L}\p{N}_!]*/gu, word => (ownNames.has(word) ? '_' : word))
    .replace(/(?<![\p{L}\p{N}_])-?(?:\d+\.?\d*(?:e[+-]?\d+)?|Inf|NaN)(?![\p{L}_])/gu, '0')
    .replace(/0(?:(?:, ?|×|:|, 0)0)*,?/g, '0')
    .trim()
}
