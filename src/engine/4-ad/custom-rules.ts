/** What the transforms ask about rules that were written for functions; who knows Julia's methods answers (see README.md). */
import type { Func, Transform } from '../3-ir/ir.ts'

export interface CustomRules {
  /** `inactive`: no derivative goes through a call of it. `rule`: a rule decides the derivative in some mode, so calls of it stay calls. */
  kindOf(name: string): 'none' | 'inactive' | 'rule'
  /** The derived function as the rule has it; null when none decides this mode. */
  derive(name: string, transform: Transform, newSlot: () => number): Func | null
}

export const NO_RULES: CustomRules = { kindOf: () => 'none', derive: () => null }
