/** What the process that looks for the place of a failure is told, and what it tells. */
import type { Source } from '../../diagnostics/source.ts'
import type { Blamed, Profile } from '../../engine/index.ts'

export interface BlameWork {
  readonly kind: 'blame'
  readonly program: Source
  readonly call: Source
  readonly profile: Profile
  readonly fault: string | null
}

export type BlameMessage =
  /** What the search is at. */
  | { readonly kind: 'at'; readonly what: string }
  | { readonly kind: 'found'; readonly found: Blamed }
  /** A mistake of the search itself. */
  | { readonly kind: 'failed'; readonly why: string }
