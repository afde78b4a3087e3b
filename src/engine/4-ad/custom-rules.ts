/** What the transforms ask about rules that were written for functions; who knows Julia's methods answers (see README.md). */
import type { Func, RuleSource, Transform } from '../3-ir/ir.ts'

export interface CustomRules {
  /**
   * What the rules from a source (those of EnzymeRules if undefined) say of a function. `inactive`: no derivative goes through a call of it.
   * `rule`: a rule decides the derivative in some mode.
   */
  kindOf(name: string, source: RuleSource | undefined): 'none' | 'inactive' | 'rule'
  /** Which parameters of a function its rule may have adjoints for, as far as its types say; null if nothing is known of that. */
  receives(name: string, source: RuleSource | undefined): readonly boolean[] | null
  /** Do rules from any source speak of it? Calls of it stay calls then. */
  isSpokenOf(name: string): boolean
  /** The derived function as the rule has it; null when none decides this mode. */
  derive(name: string, transform: Transform, newSlot: () => number): Func | null
}

export const NO_RULES: CustomRules = { kindOf: () => 'none', receives: () => null, isSpokenOf: () => false, derive: () => null }
