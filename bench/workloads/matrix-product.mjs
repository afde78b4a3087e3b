/** A product of matrices by hand, in the plain order of sums, and its reverse. */
import { concatenated, floats } from '../floats.mjs'

export const matrixProduct = {
  name: 'matrix product',
  program: 'matrix-product.jl',
  sizes: { full: [128], quick: [128] },
  iterations: n => ({ count: n * n, of: 'element' }),
  setup: n => ({
    n,
    A: floats(n * n, at => Math.sin(0.01 * ((at % n) + 1) + 0.3 * (Math.floor(at / n) + 1))),
    B: floats(n * n, at => Math.cos(0.02 * ((at % n) + 1) - 0.1 * (Math.floor(at / n) + 1))),
  }),
  primal(data, times) {
    let sum = 0
    for (let t = 0; t < times; t++) {
      data.A[0] += 1e-9
      sum += squares(product(data))
    }
    return sum
  },
  gradient(data, times) {
    let found
    for (let t = 0; t < times; t++) {
      data.A[0] += 1e-9
      found = reverse(data)
    }
    return concatenated(found.dA, found.dB)
  },
}

function product({ n, A, B }) {
  const out = new Float64Array(n * n)
  for (let j = 0; j < n; j++)
    for (let k = 0; k < n; k++) {
      const b = B[j * n + k]
      for (let i = 0; i < n; i++) out[j * n + i] += A[k * n + i] * b
    }
  return out
}

function squares(v) {
  let sum = 0
  for (let i = 0; i < v.length; i++) sum += v[i] * v[i]
  return sum
}

function reverse(data) {
  const { n, A, B } = data
  const out = product(data)
  squares(out)
  const dA = new Float64Array(n * n)
  const dB = new Float64Array(n * n)
  for (let j = 0; j < n; j++)
    for (let k = 0; k < n; k++) {
      const b = B[j * n + k]
      let sum = 0
      for (let i = 0; i < n; i++) {
        const d = 2 * out[j * n + i]
        sum += d * A[k * n + i]
        dA[k * n + i] += d * b
      }
      dB[j * n + k] = sum
    }
  return { dA, dB }
}
