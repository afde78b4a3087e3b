/** Integers of any size, as the text of their digits in base 16 with `-` before negative ones: what `BigInt`, `Int128` and `UInt128` hold. */

import { Trap } from '../3-ir/memory.ts'
import { numberOfInteger } from '../3-ir/scalar.ts'

export function wideOf(text: string): bigint {
  return text.startsWith('-') ? -BigInt(`0x${text.slice(1)}`) : BigInt(`0x${text}`)
}

function textOf(value: bigint): string {
  return value.toString(16)
}

/** More bits than this are taken for a mistake. */
const MOST_BITS = 2 ** 26

const sizeOf = (a: bigint): number => textOf(a < 0n ? -a : a).length * 4

function divisor(b: bigint): bigint {
  if (b === 0n) throw new Trap({ kind: 'divide' })
  return b
}

function withinBits(bits: number): void {
  if (bits > MOST_BITS) throw new Trap({ kind: 'out-of-memory', elements: bits })
}

function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b]
  while (y !== 0n) [x, y] = [y, x % y]
  return x
}

/** The largest integer whose square is at most `n`, by Newton's method from above. */
function isqrt(n: bigint): bigint {
  if (n < 2n) return n
  let x = 1n << BigInt(Math.ceil(textOf(n).length * 2) + 1)
  for (;;) {
    const y = (x + n / x) >> 1n
    if (y >= x) return x
    x = y
  }
}

// biome-ignore format: one operation a line
const OPERATIONS: Readonly<Record<string, (a: bigint, b: bigint) => bigint>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => (withinBits(sizeOf(a) + sizeOf(b)), a * b),
  '÷': (a, b) => a / divisor(b),
  '%': (a, b) => a % divisor(b),
  '&': (a, b) => a & b,
  '|': (a, b) => a | b,
  '⊻': (a, b) => a ^ b,
  '<<': (a, b) => (withinBits(sizeOf(a) + Number(b)), a << b),
  '>>': (a, b) => a >> b,
  '^': (a, b) => (withinBits(sizeOf(a) * Number(b)), a ** b),
  gcd,
  isqrt,
}

export function wideOperation(name: string, a: string, b: string): string {
  return textOf(OPERATIONS[name]!(wideOf(a), wideOf(b)))
}

export function compareWide(a: string, b: string): number {
  const [x, y] = [wideOf(a), wideOf(b)]
  return x < y ? -1 : x > y ? 1 : 0
}

/** The low bits, as a number with a sign or without. */
export function wrapWide(a: string, bits: number, signed: boolean): string {
  return textOf(signed ? BigInt.asIntN(bits, wideOf(a)) : BigInt.asUintN(bits, wideOf(a)))
}

const END = 2 ** 63

/** An Int64 or a float without a fraction; of the greatest Int64, which stands for one less. */
export function wideOfNumber(a: number, isFloat: boolean): string {
  return textOf(BigInt(a) - (a === END && !isFloat ? 1n : 0n))
}

/** As an Int64, and how: 0 exactly, 1 it does not fit, 2 it fits and the engine has no exact number for it. */
export function wideToInt(text: string): readonly [number, number] {
  const value = wideOf(text)
  if (BigInt.asIntN(64, value) !== value) return [0, 1]
  const number = numberOfInteger(value)
  return number === null ? [0, 2] : [number, 0]
}

export function wideText(text: string, base: number): string {
  return wideOf(text).toString(base)
}

/** The digits of a text in a base; false if it has others. */
export function parsedWide(text: string, base: number): readonly [string, boolean] {
  const sign = /^[+-]/.test(text) ? text[0]! : ''
  const digits = text.slice(sign.length).toLowerCase()
  let value = 0n
  for (const digit of digits) {
    const worth = Number.parseInt(digit, 36)
    if (!(worth < base) || !/[0-9a-z]/.test(digit)) return ['0', false]
    value = value * BigInt(base) + BigInt(worth)
  }
  return [textOf(sign === '-' ? -value : value), digits.length > 0]
}
