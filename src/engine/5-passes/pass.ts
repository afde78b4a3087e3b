/** What a pass is, and what it may know. */

import type { EffectsOfCall } from '../3-ir/effects.ts'
import type { Func, Module } from '../3-ir/ir.ts'
import type { Content } from './contents.ts'

export interface PassContext {
  readonly module: Module
  /** What runs, in order. */
  readonly passes: readonly Pass[]
  /** Effects of the module's functions, for calls. */
  readonly effectsOfCall: EffectsOfCall
  /** A function of the module as it is called: optimised, but for one whose own optimisation is under way. Null if it is not there yet. */
  readonly callee: (name: string) => Func | null
  /** Run the verifier after each pass. */
  readonly verify: boolean
  /** Functions that transforms made are inlined like the others. */
  readonly inlineDerived: boolean
  /** Calls of this function stay calls, for the transforms look at them as such. */
  readonly keepsCalls: (name: string) => boolean
}

/** Total and deterministic: every well-formed function gives one that computes the same. */
export interface Pass {
  readonly name: string
  readonly run: (f: Func, cx: PassContext) => Func
  /** It does nothing in a function without this. */
  readonly about?: Content
}
