/** Code in few characters. */
import type { Node } from '../../../engine/index.ts'

/** The first words of what is meant, for people. */
export function brief(node: Node): string {
  const { source, start, end } = node.span
  const text = source.text.slice(start, end).split('\n')[0]!
  return text.length > 50 ? `${text.slice(0, 49)}…` : text
}
