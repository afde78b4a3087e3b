import type { Span } from './source.ts'

/** One frame of either stack: where an operation was written, and by which transforms its code was made. */
export interface Frame {
  /** The function with its argument types as Julia prints them: `hcat(::Vector{Float64}, ::Vector{Float64})`. */
  readonly label: string
  readonly span: Span | null
  /** `user`: the program; `base`: the engine's Julia library; `engine`: code of no source. The last two are folded by default. */
  readonly origin: 'user' | 'base' | 'engine'
  /** Transforms that made the code of this frame, innermost first: `['augmented #1', 'reverse #2']`. */
  readonly made: readonly string[]
}
