/** Floats as Julia prints them: the fewest digits that read back to the same number, an exponent from 1e6 and below 1e-4. */
import { SCALAR } from '../../3-ir/scalar.ts'

export interface FloatStyle {
  readonly bits: 64 | 32 | 16
  /** At most six digits, as in the columns of a matrix. */
  readonly compact: boolean
  /** Say the type of a Float32 or Float16 (`1.0f0`, `Float16(1.0)`), where the context does not. */
  readonly typed: boolean
  /** `print` writes the exponent of a Float32 with `e`, `show` with `f`. */
  readonly exponent: 'e' | 'f'
}

/** The value is 0.digits · 10^point. */
interface Decimal {
  readonly digits: string
  readonly point: number
}

const COMPACT_DIGITS = 6

export function floatText(x: number, style: FloatStyle): string {
  const { bits, typed } = style
  const suffix = typed && bits !== 64 ? `${bits}` : ''
  if (Number.isNaN(x)) return `NaN${suffix}`
  if (x === Infinity) return `Inf${suffix}`
  if (x === -Infinity) return `-Inf${suffix}`
  const sign = x < 0 || Object.is(x, -0) ? '-' : ''
  const text = `${sign}${x === 0 ? fixed({ digits: '0', point: 1 }, style) : written(decimalOf(Math.abs(x), bits), style)}`
  return typed && bits === 16 ? `Float16(${text})` : text
}

function written(shortest: Decimal, style: FloatStyle): string {
  const decimal = style.compact ? shortened(shortest) : shortest
  return decimal.point > -4 && decimal.point <= (style.bits === 16 ? 3 : 6) ? fixed(decimal, style) : scientific(decimal, style)
}

function fixed({ digits, point }: Decimal, { bits, typed }: FloatStyle): string {
  const suffix = typed && bits === 32 ? 'f0' : ''
  if (point <= 0) return `0.${'0'.repeat(-point)}${digits}${suffix}`
  if (point >= digits.length) return `${digits}${'0'.repeat(point - digits.length)}.0${suffix}`
  return `${digits.slice(0, point)}.${digits.slice(point)}${suffix}`
}

function scientific({ digits, point }: Decimal, { bits, exponent }: FloatStyle): string {
  return `${digits[0]}.${digits.slice(1) || '0'}${bits === 32 ? exponent : 'e'}${point - 1}`
}

function decimalOf(x: number, bits: FloatStyle['bits']): Decimal {
  return bits === 64 ? parts(x.toExponential()) : parts(shortestOf(x, bits === 32 ? Math.fround : SCALAR['f64.round_f16']))
}

function parts(scientificText: string): Decimal {
  const [mantissa, exponent] = scientificText.split('e') as [string, string]
  const digits = mantissa.replace('.', '').replace(/0+$/, '')
  return { digits, point: Number(exponent) + 1 }
}

/** The shortest decimal that rounds to x in a narrower format. Beside the nearest decimal of a length its neighbours count: a format's rounding interval is lopsided at powers of two. */
function shortestOf(x: number, round: (x: number) => number): string {
  for (let length = 1; length < 17; length++) {
    const nearest = x.toExponential(length - 1)
    const exponent = Number(nearest.split('e')[1])
    const unit = Number(`1e${exponent - length + 1}`)
    for (const candidate of [
      nearest,
      (Number(nearest) + unit).toExponential(length - 1),
      (Number(nearest) - unit).toExponential(length - 1),
    ]) {
      if (round(Number(candidate)) === x) return candidate
    }
  }
  return x.toExponential()
}

/** Six digits, ties to even. */
function shortened({ digits, point }: Decimal): Decimal {
  if (digits.length <= COMPACT_DIGITS) return { digits, point }
  const kept = Number(digits.slice(0, COMPACT_DIGITS))
  const rest = digits.slice(COMPACT_DIGITS)
  const half = `5${'0'.repeat(rest.length - 1)}`
  const up = rest > half || (rest === half && kept % 2 === 1)
  const rounded = `${kept + (up ? 1 : 0)}`
  return { digits: rounded.replace(/0+$/, ''), point: point + rounded.length - COMPACT_DIGITS }
}
