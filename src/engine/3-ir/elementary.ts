/**
 * Exponentials, logarithms and powers to little more than half a unit in the last place, as Julia's are. Those of JavaScript differ from them
 * in the last digit of one result in ten. Products are kept with what rounding took from them (Dekker), for there is no fused operation.
 */

/** Numbers in units of 2^-200. */
const UNIT = 2n ** 200n

/** A number as the sum of two floats. */
interface Pairs {
  readonly high: Float64Array
  readonly low: Float64Array
}

function pairs(numbers: readonly bigint[], high: (x: bigint) => number): Pairs {
  const tops = numbers.map(high)
  const rests = numbers.map((x, k) => Number(x - BigInt(tops[k]! * 2 ** 100) * 2n ** 100n) / 2 ** 200)
  return { high: Float64Array.from(tops), low: Float64Array.from(rests) }
}

function squareRoot(x: bigint): bigint {
  let root = 2n ** BigInt(Math.ceil(x.toString(2).length / 2))
  for (;;) {
    const next = (root + x / root) / 2n
    if (next >= root) return root
    root = next
  }
}

/** 2^(j / 256). */
function binaryRoots(): Pairs {
  let step = 2n * UNIT
  for (let k = 0; k < 8; k++) step = squareRoot(step * UNIT)
  const numbers = [UNIT]
  for (let j = 1; j < 256; j++) numbers.push((numbers[j - 1]! * step) / UNIT)
  return pairs(numbers, x => Math.round((Number(x) / 2 ** 200) * 2 ** 52) / 2 ** 52)
}

/** log(j / 128) for j from 0 to 256, whose high parts are multiples of 2^-39, so that sums of them and of multiples of log 2 are exact. */
function tableOfLogarithms(): Pairs {
  const numbers = Array.from({ length: 257 }, (_, j) => (j === 0 ? 0n : logarithmOf(BigInt(j))))
  return pairs(numbers, x => Math.round((Number(x) / 2 ** 200) * 2 ** 39) / 2 ** 39)
}
function logarithmOf(j: bigint): bigint {
  // log(j / 128) = 2 artanh((j - 128) / (j + 128))
  const t = ((j - 128n) * UNIT) / (j + 128n)
  const square = (t * t) / UNIT
  let sum = 0n
  let power = t
  for (let n = 1n; power !== 0n && power !== -1n; n += 2n) {
    sum += power / n
    power = (power * square) / UNIT
  }
  return 2n * sum
}

const ROOTS = binaryRoots()
const LOGARITHMS = tableOfLogarithms()
/** log(2) / 256 and log(2), as a short float and the rest. */
const STEP_HIGH = 0.0027076061741126978
const STEP_LOW = -5.0411407304988844e-14
const LN2_HIGH = 0.6931471805601177
const LN2_LOW = -1.7239444525614835e-13

const float = new Float64Array(1)
const words = new Uint32Array(float.buffer)
const HIGH = new Uint32Array(new Float64Array([1]).buffer)[0] === 0 ? 1 : 0

/** What rounding took from the product `p` of `a` and `b`. */
export function productError(a: number, b: number, p: number): number {
  const s = 134217729 * a
  const t = 134217729 * b
  const ah = s - (s - a)
  const bh = t - (t - b)
  const al = a - ah
  const bl = b - bh
  return al * bl - (p - ah * bh - al * bh - ah * bl)
}

/** 2^k for k from -1021 to 1023. */
const POWERS = Float64Array.from({ length: 2045 }, (_, k) => 2 ** (k - 1021))

/** `x` times 2^k, also where 2^k is no float; a result that is not normal is rounded once more. */
function scaled(x: number, k: number): number {
  if (k > 1022) return x * 2 * POWERS[k + 1020]!
  return k < -1021 ? x * POWERS[k + 1081]! * 2 ** -60 : x * POWERS[k + 1021]!
}

export function exp(x: number): number {
  if (x > -746 && x < 710) return expOfSum(x, 0)
  if (Number.isNaN(x)) return x
  return x > 0 ? Number.POSITIVE_INFINITY : 0
}

/** Added and taken away again, it rounds a number below 2^51 to a whole one. */
const ROUNDING = 6755399441055744

/** exp(x + rest): 2^k times a root of 2 times the exponential of what is left, at most log(2) / 512. */
function expOfSum(x: number, rest: number): number {
  const n = x * 369.3299304675746 + ROUNDING - ROUNDING
  const r = x - n * STEP_HIGH - n * STEP_LOW + rest
  const whole = n | 0
  const j = whole & 255
  const root = ROOTS.high[j]!
  const more = r + r * r * (0.5 + r * (1 / 6 + r * (1 / 24 + r / 120)))
  return scaled(root + (ROOTS.low[j]! + root * more), whole >> 8)
}

/** exp(x) - 1: a polynomial near 0, elsewhere the parts of exp(x) with 1 taken from the one that is nearest to it. */
export function expm1(x: number): number {
  if (x >= -0.2876820724517809 && x <= 0.22314355131420976) return expm1NearZero(x)
  if (!(x < 73)) return exp(x)
  if (x < -37.5) return -1
  const n = Math.round(x * 369.3299304675746)
  const r = x - n * STEP_HIGH - n * STEP_LOW
  const j = n & 255
  const k = (n - j) / 256
  const root = ROOTS.high[j]!
  const more = ROOTS.low[j]! + root * (r + r * r * (0.5 + r * (1 / 6 + r * (1 / 24 + r / 120))))
  if (k <= -2) return (root + more) * POWERS[k + 1021]! - 1
  const one = POWERS[1021 - k]!
  return (k >= 53 ? root + (more - one) : root - one + more) * POWERS[k + 1021]!
}

// biome-ignore format: coefficients of x^3 and on
const EXPM1 = [0.16666666666666632, 0.04166666666666556, 0.008333333333401227, 0.001388888889068783, 0.00019841269447671544, 2.480157691845342e-5, 2.7558212415361945e-6, 2.758218402815439e-7, 2.4360682937111612e-8]

function expm1NearZero(x: number): number {
  if (Math.abs(x) < 2 ** -54) return x
  let rest = 0
  for (let k = EXPM1.length - 1; k >= 0; k--) rest = rest * x + EXPM1[k]!
  const half = 0.5 * x * x
  const sum = x + half
  return sum + (x - sum + half + productError(0.5 * x, x, half) + x * x * x * rest)
}

/** By a table of log(j / 128) and a short series, or near 1 by a longer one (Tang 1990). */
export function log(x: number): number {
  if (!(x > 0 && x < Number.POSITIVE_INFINITY)) return x === 0 ? Number.NEGATIVE_INFINITY : x > 0 ? x : Number.NaN
  if (x > 0.9394130628134757 && x < 1.0644944589178595) return logNearOne(x - 1)
  float[0] = x < 2 ** -1022 ? x * 2 ** 54 : x
  const m = (words[HIGH]! >>> 20) - (x < 2 ** -1022 ? 1077 : 1023)
  words[HIGH] = (words[HIGH]! & 0xfffff) | 0x3ff00000
  const y = float[0]!
  const j = Math.round(y * 128)
  const near = j / 128
  const u = (2 * (y - near)) / (y + near)
  const v = u * u
  const q = u * v * (0.08333333333303913 + v * 0.012500053168098584)
  return m * LN2_HIGH + LOGARITHMS.high[j]! + (u + (q + (m * LN2_LOW + LOGARITHMS.low[j]!)))
}

function logNearOne(f: number): number {
  const g = 1 / (2 + f)
  const u = 2 * f * g
  const v = u * u
  const q = u * v * (0.08333333333333179 + v * (0.012500000003771751 + v * (0.0022321399879194482 + v * 0.0004348877777076146)))
  // `u` in two parts, the first so short that its products are exact.
  const u1 = Math.fround(u)
  const f1 = Math.fround(f)
  return u1 + ((2 * (f - u1) - u1 * f1 - u1 * (f - f1)) * g + q)
}

/** log(x) of a normal number as a float and what is left of it, with some 70 digits in base 2. */
function longLog(x: number): readonly [number, number] {
  float[0] = x < 2 ** -1022 ? x * 2 ** 54 : x
  let m = (words[HIGH]! >>> 20) - (x < 2 ** -1022 ? 1077 : 1023)
  words[HIGH] = (words[HIGH]! & 0xfffff) | 0x3ff00000
  let y = float[0]!
  // Around 1, where nothing may cancel.
  if (y > 1.4140625) {
    y /= 2
    m += 1
  }
  const j = Math.round(y * 128)
  const near = j / 128
  const z = (y - near) / near
  const p = z * near
  const zRest = (y - near - p - productError(z, near, p)) / near
  const half = 0.5 * z * z
  const halfRest = productError(0.5 * z, z, half) + z * zRest
  const series = z * z * z * (1 / 3 - z * (1 / 4 - z * (1 / 5 - z * (1 / 6 - z * (1 / 7 - z * (1 / 8 - z * (1 / 9 - z / 10)))))))
  const base = m * LN2_HIGH + LOGARITHMS.high[j]!
  const s = base + z
  const sRest = Math.abs(base) > Math.abs(z) ? base - s + z : z - s + base
  const t = s - half
  const tRest = s - t - half
  const rest = sRest + tRest + (series + (zRest - halfRest + (m * LN2_LOW + LOGARITHMS.low[j]!)))
  const top = t + rest
  return [top, t - top + rest]
}

/** What is left of 1 / log(10) beside its float. */
const LOG10E_REST = 1.098319650216765e-17

export function log10(x: number): number {
  if (!(x > 0 && x < Number.POSITIVE_INFINITY)) return log(x)
  const [high, low] = longLog(x)
  const p = high * Math.LOG10E
  return p + (productError(high, Math.LOG10E, p) + (high * LOG10E_REST + low * Math.LOG10E))
}

export function log1p(x: number): number {
  if (x > -0.06058693718652422 && x < 0.06449445891785943) return x === 0 ? x : logNearOne(x)
  const s = 1 + x
  if (!(s > 0 && s < Number.POSITIVE_INFINITY)) return log(s)
  const lost = x > 1 ? x - s + 1 : 1 - s + x
  const [high, low] = longLog(s)
  return high + (low + lost / s)
}

/** `a` to the power of `b`; whole powers by squaring, with the errors of the products. */
export function pow(a: number, b: number): number {
  if (a === 1 || (a === -1 && (b === Number.POSITIVE_INFINITY || b === Number.NEGATIVE_INFINITY))) return 1
  if (Number.isSafeInteger(b)) return wholePower(a, b)
  if (!(a > 0 && a < Number.POSITIVE_INFINITY && Math.abs(b) < 2 ** 62)) return a ** b
  const [high, low] = longLog(a)
  const p = b * high
  if (p > 710) return Number.POSITIVE_INFINITY
  if (p < -746) return 0
  return expOfSum(p, productError(b, high, p) + b * low)
}

function wholePower(a: number, b: number): number {
  if (b === 0) return 1
  if (b === 3) return a * a * a
  let x = a
  let n = b
  let xRest = 0
  if (n < 0) {
    x = 1 / a
    if (n === -2) return x * x
    const p = a * x
    if (Number.isFinite(a)) xRest = -(p - 1 + productError(a, x, p)) * x
    n = -n
  }
  let y = 1
  let yRest = 0
  while (n > 1) {
    if (n % 2 === 1) {
      const p = x * y
      yRest = productError(x, y, p) + (y * xRest + x * yRest)
      y = p
    }
    const square = x * x
    xRest = productError(x, x, square) + 2 * x * xRest
    x = square
    n = Math.floor(n / 2)
  }
  const p = x * y
  const rest = productError(x, y, p) + (y * xRest + x * yRest)
  // A power of -0 keeps its sign.
  return Number.isFinite(rest) && rest !== 0 ? p + rest : p
}
