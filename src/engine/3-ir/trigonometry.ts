/** Cosines by the polynomials of FreeBSD's msun, and hyperbolic functions by those of Julia, the ones that Julia computes by; `sinh` by its series. */
import { exp, productError } from './elementary.ts'

/** π/2 in three parts of 33 bits, each with the rest beside it. */
const PIO2_1 = 1.5707963267341256
const PIO2_1T = 6.077100506506192e-11
const PIO2_2 = 6.077100506303966e-11
const PIO2_2T = 2.0222662487959506e-21
const PIO2_3 = 2.0222662487111665e-21
const PIO2_3T = 8.4784276603689e-32
const QUARTER = Math.PI / 4
/** Beyond this many turns the three parts are not enough. */
const FAR = 1647099

export function cos(x: number): number {
  if (Math.abs(x) < QUARTER) return cosineOf(x, 0)
  if (!(Math.abs(x) < FAR)) return Math.cos(x)
  return byQuadrant(x)
}

/** Added and taken away again, it rounds a number below 2^51 to a whole one. */
const ROUNDING = 6755399441055744

/** The cosine by what is left of `x` beside quarter turns: of that the sine or the cosine. Short, so that V8 puts it where it is called. */
function byQuadrant(x: number): number {
  const n = x * (2 / Math.PI) + ROUNDING - ROUNDING
  const r = x - n * PIO2_1
  const w = n * PIO2_1T
  const y = r - w
  return Math.abs(y) < Math.abs(x) * 2 ** -16 ? nearQuarter(x, n) : ofQuadrant(n + 1, y, r - y - w)
}

/** Little is left: what was lost of it is made up for. */
function nearQuarter(x: number, n: number): number {
  const t = x - n * PIO2_1
  let w = n * PIO2_2
  let r = t - w
  w = n * PIO2_2T - (t - r - w)
  let y = r - w
  if (Math.abs(y) < Math.abs(x) * 2 ** -49) {
    const u = r
    w = n * PIO2_3
    r = u - w
    w = n * PIO2_3T - (u - r - w)
    y = r - w
  }
  return ofQuadrant(n + 1, y, r - y - w)
}

function ofQuadrant(quadrant: number, y: number, rest: number): number {
  const value = quadrant & 1 ? cosineOf(y, rest) : sineOf(y, rest)
  return quadrant & 2 ? -value : value
}

function sineOf(x: number, rest: number): number {
  const z = x * x
  const w = z * z
  const r =
    0.00833333333332249 +
    z * (-0.0001984126982985795 + z * 2.7557313707070068e-6) +
    z * w * (-2.5050760253406863e-8 + z * 1.58969099521155e-10)
  const v = z * x
  return x - (z * (0.5 * rest - v * r) - rest - v * -0.16666666666666632)
}

function cosineOf(x: number, rest: number): number {
  const z = x * x
  const w = z * z
  const r =
    z * (0.0416666666666666 + z * (-0.001388888888887411 + z * 2.480158728947673e-5)) +
    w * w * (-2.7557314351390663e-7 + z * (2.087572321298175e-9 + z * -1.1359647557788195e-11))
  const half = 0.5 * z
  const top = 1 - half
  return top + (1 - top - half + (z * r - x * rest))
}

// biome-ignore format: coefficients from the constant on
const TANH = [1.0, -0.33333333333332904, 0.13333333333267555, -0.05396825393066753, 0.02186948742242217, -0.008863215974794633, 0.003591910693118715, -0.0014542587440487815, 0.0005825521659411748, -0.00021647574085351332, 5.5752458452673005e-5]
// biome-ignore format: likewise
const COSH = [1.0, 0.5000000000000002, 0.04166666666666269, 0.0013888888889206764, 2.4801587176784207e-5, 2.7557345825742837e-7, 2.0873617441235094e-9, 1.1663435515945578e-11]

function polynomial(x: number, coefficients: readonly number[]): number {
  let sum = 0
  for (let k = coefficients.length - 1; k >= 0; k--) sum = sum * x + coefficients[k]!
  return sum
}

export function tanh(x: number): number {
  const twice = Math.abs(2 * x)
  if (twice <= 1) return x * polynomial(x * x, TANH)
  const value = twice >= 44 ? 1 : 1 - 2 / (exp(twice) + 1)
  return x < 0 ? -value : value
}

export function cosh(x: number): number {
  const size = Math.abs(x)
  if (size <= 1) return polynomial(size * size, COSH)
  if (size > 709) return Math.cosh(x)
  const e = exp(size)
  return 0.5 * (e + 1 / e)
}

/** What is left of 1/6 beside its float. */
const SIXTH_REST = 9.25185853854297e-18
// biome-ignore format: 1/5!, 1/7! and on
const SINH = [0.008333333333333333, 0.0001984126984126984, 2.7557319223985893e-6, 2.505210838544172e-8, 1.6059043836821613e-10, 7.647163731819816e-13, 2.8114572543455206e-15, 8.22063524662433e-18, 1.9572941063391263e-20, 3.868170170630684e-23]

/** Up to 2.1 its series, the first two terms with what rounding takes from them. */
export function sinh(x: number): number {
  const size = Math.abs(x)
  if (size > 709) return Math.sinh(x)
  if (size > 2.1) {
    const e = exp(size)
    const value = 0.5 * (e - 1 / e)
    return x < 0 ? -value : value
  }
  const square = x * x
  const tail = square * polynomial(square, SINH)
  const inner = tail + 1 / 6
  const product = inner * square
  const sum = product + 1
  const lost = product - (sum - 1) + productError(inner, square, product) + (tail - (inner - 1 / 6) + SIXTH_REST) * square
  const value = x * sum
  if (value === 0) return x
  return value + (productError(x, sum, value) + x * (lost + productError(x, x, square) / 6))
}
