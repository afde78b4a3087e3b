/** Numbers of a program of any language, and what else each might be. */
import type { Variation } from '../neighbours.ts'
import type { GrammarProgram } from './program.ts'

/** Not a part of a name, of a longer number, or of a version. */
const NUMBER = /(?<![\p{L}\p{N}_.])\d+(?:\.\d+)?(?![\p{L}\p{N}_.])/gu

export function numbersOf({ text }: GrammarProgram): Variation[] {
  return [...text.matchAll(NUMBER)].map(({ 0: was, index }) => {
    const others = was.includes('.') ? ['0.3', '2.0', '1.7'] : [Number(was) + 1, Number(was) + 5, 7].map(String)
    return { start: index, end: index + was.length, others: others.filter(other => other !== was) }
  })
}
