/**
 * Integers past 2^53 that generators of pseudo-random numbers pass through, where the result is exact again.
 *
 * `(a * b + c) % m`: the product may need more bits than an integer is exact to, while the remainder does not. One function of Base gets all
 * operands, and the functions that the operators are where they stand. `x * 6364136223846793005`: the literal is exact beside a UInt64.
 */
import { numberOfInteger } from '../../3-ir/scalar.ts'
import type { Core } from '../core.ts'
import { baseCall } from './build.ts'

type Call = Core & { readonly kind: 'call' }

const REMAINDERS = ['%', 'mod', 'rem', '&']
/** A factor that is a smaller literal keeps products of usual numbers exact. */
const LARGE = 2n ** 20n

export function exactIntegers(core: Call): Core {
  return besideWide(core) ?? remainderOfProduct(core)
}

const WIDE = ['*', '+', '-', 'xor', '⊻', '&', '|', '==', '!=', '<', '>', '<=', '>=', '÷', '/', 'div']

function besideWide(core: Call): Core | null {
  const { span } = core
  const [only, ...more] = core.args
  const isConversion = core.callee.kind === 'global' && (core.callee.name === 'UInt64' || core.callee.name === 'UInt')
  const converted = isConversion && only && more.length === 0 ? wide(only.value) : null
  if (converted) return converted
  const operands = ofGlobal(core, ['%', 'rem', ...WIDE])
  if (!operands) return null
  const [a, b] = operands
  const [wideA, wideB] = [wide(a), wide(b)]
  if (wideA && b.kind === 'global' && (b.name === 'UInt64' || b.name === 'UInt')) return wideA
  if (!ofGlobal(core, WIDE) || (wideA !== null) === (wideB !== null)) return null
  return wideB ? baseCall('__with_wide', [core.callee, a, wideB], span) : baseCall('__wide_first', [core.callee, wideA!, b], span)
}

/** The 64 bits of an integer that is not exact as an Int64; null for every other code. */
function wide(core: Core): Core | null {
  if (core.kind !== 'literal' || core.value.kind !== 'int') return null
  const { value } = core.value
  if (numberOfInteger(value) !== null) return null
  return { ...core, value: { kind: 'uint', value: BigInt.asUintN(64, value), bits: 64 } }
}

function remainderOfProduct(core: Call): Core {
  const { span } = core
  const operands = ofGlobal(core, REMAINDERS)
  if (!operands) return core
  const [value, modulus] = operands
  const product = factors(value)
  if (product) return baseCall('__of_product', [core.callee, product[0], product[1], product[2], modulus], span)
  const terms = ofGlobal(value, ['+', '-'])
  if (!terms) return core
  const { callee } = value as Call
  const first = factors(terms[0])
  if (first) return baseCall('__of_product', [core.callee, first[0], callee, first[1], first[2], terms[1], modulus], span)
  const second = ofGlobal(value, ['+']) && factors(terms[1])
  return second ? baseCall('__of_sum', [core.callee, callee, terms[0], ...second, modulus], span) : core
}

/** Both arguments of a plain call of one of these functions. */
function ofGlobal(core: Core, names: readonly string[]): readonly [Core, Core] | null {
  if (core.kind !== 'call' || core.callee.kind !== 'global' || !names.includes(core.callee.name)) return null
  const [a, b, ...more] = core.args
  return a && b && more.length === 0 && core.kwargs.length === 0 && !a.splat && !b.splat ? [a.value, b.value] : null
}

function factors(core: Core): readonly [Core, Core, Core] | null {
  const found = ofGlobal(core, ['*'])
  if (!found || found.some(isSmall)) return null
  return [(core as Call).callee, ...found]
}

function isSmall(core: Core): boolean {
  if (core.kind !== 'literal') return false
  return core.value.kind !== 'int' || (core.value.value < LARGE && core.value.value > -LARGE)
}
