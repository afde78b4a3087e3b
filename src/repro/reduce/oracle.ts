/** Does a program fail in the way that is looked for? */
import type { Range } from './patch.ts'

export type Verdict =
  /** It fails in the same way; `at` is where in its text, if that is known. */
  | { readonly kind: 'same'; readonly at: Range | null }
  | { readonly kind: 'pass' }
  /** It fails in another way. */
  | { readonly kind: 'slip'; readonly signature: string; readonly message: string }
  /** Nothing came back in the time that recent runs suggest; more time might tell. */
  | { readonly kind: 'timeout' }
  /** It was not run: cheaper means showed it to be wrong. */
  | { readonly kind: 'screened'; readonly why: string }

export interface Oracle {
  /** The failure and the engine or command, for people: `ad.mixed-tape on builtin:enzyme-0.13`. */
  readonly describe: string
  readonly signature: string
  /** May be called again before it has answered, as often as there are `jobs`. */
  readonly test: (text: string) => Promise<Verdict>
  readonly close: () => void
}
