/**
 * Where packages take another value at a kink than Enzyme does: rules that stand in the place of those of `rules.ts` where such a
 * package's front door was called. They differ from those in nothing but the kink, and give to the same operands.
 */
import type { RuleSource } from '../3-ir/ir.ts'
import type { Calc } from './calc.ts'
import { baseOfPower, type Rules } from './rules.ts'

export type Kinks<E> = Partial<Rules<E>>

/** Each remark goes on where that of the table ends. */
// biome-ignore format: one operation a line
export function kinks<E>(calc: Calc<E>): { readonly [S in RuleSource]: Kinks<E> } {
  const { num, mul, div, neg, log, lt, eq, signbit, select } = calc
  const ofBase = baseOfPower(calc)
  const last: Kinks<E> = {
    'f64.max': ([a, b], _y, d) => [select(lt(b, a), d, num(0)), select(lt(b, a), num(0), d)],      // ForwardDiff, ReverseDiff and Zygote: the last
  }
  const signed: Kinks<E> = {
    ...last,
    'f64.abs': ([a], _y, d) => [select(signbit(a), neg(d), d)],                                    // ForwardDiff and ReverseDiff: -1 at -0
  }
  /** What is not used comes back as nothing, not as the infinite part of it. */
  const returned: Kinks<E> = {
    'f64.sqrt': (_x, y, d) => [select(eq(d, num(0)), num(0), div(d, mul(num(2), y)))],             // Zygote and ReverseDiff: infinite, 0 of 0
  }
  return {
    library: {
      ...signed,
      'f64.sqrt': (_x, y, d) => [div(d, mul(num(2), y))],                                          // ForwardDiff: infinite, NaN of 0
    },
    tracked: { ...signed, ...returned },
    chain: {
      ...last,
      ...returned,
      'f64.pow': ([a, b], y, d) => [
        ofBase(a, b, d),
        select(eq(a, num(0)), select(lt(num(0), b), num(0), mul(d, num(Number.NaN))),              // Zygote: NaN at base 0 without a positive exponent,
          mul(d, mul(y, log(select(lt(a, num(0)), neg(a), a)))))],                                 // the logarithm of |a| at a negative base
      'f64.abs': ([a], _y, d) => [select(eq(a, num(0)), num(0), select(lt(a, num(0)), neg(d), d))], // Zygote: 0
    },
  }
}
