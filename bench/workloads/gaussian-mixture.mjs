/** The mixture's log-likelihood by hand. What the reverse sweep needs of one pair of point and component is computed again. */
import { concatenated, floats } from '../floats.mjs'

const GAMMA = 1
const M = 0

export const gaussianMixture = {
  name: 'Gaussian mixture',
  program: 'gaussian-mixture.jl',
  sizes: { full: [10, 25, 1000], quick: [10, 25, 100] },
  iterations: (_d, K, n) => ({ count: K * n, of: 'pair of point and component' }),
  setup(d, K, n) {
    const rows = d + (d * (d - 1)) / 2
    return {
      d,
      K,
      n,
      rows,
      alphas: floats(K, k => Math.sin(k + 1)),
      means: floats(d * K, at => Math.cos(0.3 * ((at % d) + 1) + (Math.floor(at / d) + 1))),
      icf: floats(rows * K, at => 0.5 * Math.sin(0.7 * ((at % rows) + 1) + 0.9 * (Math.floor(at / rows) + 1))),
      x: floats(d * n, at => {
        const j = (at % d) + 1
        const i = Math.floor(at / d) + 1
        return Math.sin(0.11 * j * i) + 0.2 * Math.cos(i)
      }),
    }
  },
  primal(data, times) {
    let sum = 0
    for (let t = 0; t < times; t++) {
      data.alphas[0] += 1e-9
      sum += value(data)
    }
    return sum
  },
  gradient(data, times) {
    let found
    for (let t = 0; t < times; t++) {
      data.alphas[0] += 1e-9
      found = reverse(data)
    }
    return concatenated(found.alphas, found.means, found.icf)
  },
}

function logsumexp(v) {
  let most = -Infinity
  for (let k = 0; k < v.length; k++) most = Math.max(most, v[k])
  let sum = 0
  for (let k = 0; k < v.length; k++) sum += Math.exp(v[k] - most)
  return most + Math.log(sum)
}

/** Exponentials of the diagonals, and the sums of their logarithms. */
function diagonals({ d, K, rows, icf }) {
  const exps = new Float64Array(d * K)
  const sums = new Float64Array(K)
  for (let k = 0; k < K; k++) {
    for (let j = 0; j < d; j++) {
      exps[k * d + j] = Math.exp(icf[k * rows + j])
      sums[k] += icf[k * rows + j]
    }
  }
  return { exps, sums }
}

function scale({ d, rows, icf, x, means }, exps, i, k, centred, scaled) {
  for (let j = 0; j < d; j++) {
    centred[j] = x[i * d + j] - means[k * d + j]
    scaled[j] = exps[k * d + j] * centred[j]
  }
  let at = k * rows + d
  for (let j = 0; j < d - 1; j++) {
    const v = centred[j]
    for (let l = j + 1; l < d; l++) scaled[l] += icf[at++] * v
  }
}

function termsOf(data, { exps, sums }, i, terms, centred, scaled) {
  const { d, K, alphas } = data
  for (let k = 0; k < K; k++) {
    scale(data, exps, i, k, centred, scaled)
    let square = 0
    for (let j = 0; j < d; j++) square += scaled[j] * scaled[j]
    terms[k] = alphas[k] + sums[k] - 0.5 * square
  }
}

function prior({ d, K, rows, icf }) {
  const n = d + M + 1
  let sum = 0
  for (let k = 0; k < K; k++) {
    let diagonal = 0
    let logs = 0
    let lower = 0
    for (let j = 0; j < d; j++) {
      const e = Math.exp(icf[k * rows + j])
      diagonal += e * e
      logs += icf[k * rows + j]
    }
    for (let j = d; j < rows; j++) lower += icf[k * rows + j] ** 2
    sum += 0.5 * GAMMA * GAMMA * (diagonal + lower) - M * logs
  }
  let c = n * d * (Math.log(GAMMA) - 0.5 * Math.log(2))
  for (let j = 1; j <= d; j++) c -= 0.5 * n + 0.1 * j
  return sum - K * c
}

function value(data) {
  const { d, K, n, alphas } = data
  const given = diagonals(data)
  const terms = new Float64Array(K)
  const centred = new Float64Array(d)
  const scaled = new Float64Array(d)
  let total = 0
  for (let i = 0; i < n; i++) {
    termsOf(data, given, i, terms, centred, scaled)
    total += logsumexp(terms)
  }
  return -n * d * 0.5 * Math.log(2 * Math.PI) + total - n * logsumexp(alphas) + prior(data)
}

function reverse(data) {
  const { d, K, n, rows, alphas, icf } = data
  const given = diagonals(data)
  const { exps } = given
  const to = { alphas: new Float64Array(K), means: new Float64Array(d * K), icf: new Float64Array(rows * K) }
  const terms = new Float64Array(K)
  const centred = new Float64Array(d)
  const scaled = new Float64Array(d)
  const dScaled = new Float64Array(d)
  const dCentred = new Float64Array(d)
  for (let i = 0; i < n; i++) {
    termsOf(data, given, i, terms, centred, scaled)
    const whole = logsumexp(terms)
    for (let k = 0; k < K; k++) {
      const weight = Math.exp(terms[k] - whole)
      to.alphas[k] += weight
      scale(data, exps, i, k, centred, scaled)
      for (let j = 0; j < d; j++) {
        dScaled[j] = -weight * scaled[j]
        dCentred[j] = dScaled[j] * exps[k * d + j]
        to.icf[k * rows + j] += weight + dScaled[j] * exps[k * d + j] * centred[j]
      }
      let at = k * rows + d
      for (let j = 0; j < d - 1; j++) {
        let sum = 0
        for (let l = j + 1; l < d; l++) {
          to.icf[at] += dScaled[l] * centred[j]
          sum += dScaled[l] * icf[at++]
        }
        dCentred[j] += sum
      }
      for (let j = 0; j < d; j++) to.means[k * d + j] -= dCentred[j]
    }
  }
  const whole = logsumexp(alphas)
  for (let k = 0; k < K; k++) {
    to.alphas[k] -= n * Math.exp(alphas[k] - whole)
    for (let j = 0; j < d; j++) {
      const e = exps[k * d + j]
      to.icf[k * rows + j] += GAMMA * GAMMA * e * e - M
    }
    for (let j = d; j < rows; j++) to.icf[k * rows + j] += GAMMA * GAMMA * icf[k * rows + j]
  }
  return to
}
