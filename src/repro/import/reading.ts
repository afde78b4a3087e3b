/** Is a piece of text Julia, and all of it? */
import { Failure } from '../../diagnostics/diagnostic.ts'
import { type Node, parseProgram } from '../../engine/index.ts'

export type Reading =
  | { readonly kind: 'program'; readonly statements: readonly Node[] }
  /** What is missing stands after the end. */
  | { readonly kind: 'incomplete' }
  | { readonly kind: 'wrong'; readonly at: number; readonly why: string }

export function readJulia(text: string): Reading {
  try {
    const { args } = parseProgram({ name: 'issue', text })
    // Statements that `;` joins stand in a tree of their own.
    return { kind: 'program', statements: args.flatMap(node => (node.kind === 'toplevel' ? node.args : [node])) }
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    const { code, primary, message } = error.diagnostic
    const at = primary?.span.start ?? 0
    if (code === 'syntax.unterminated' || at >= text.trimEnd().length) return { kind: 'incomplete' }
    return { kind: 'wrong', at, why: message }
  }
}
