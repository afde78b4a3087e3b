/** Logistic regression by hand; the matrix is read column by column, as it lies in memory. */
import { floats } from '../floats.mjs'

const BIAS = 0.3
const RIDGE = 0.01

export const logisticRegression = {
  name: 'logistic regression',
  program: 'logistic-regression.jl',
  sizes: { full: [1000, 100], quick: [1000, 100] },
  iterations: n => ({ count: n, of: 'sample' }),
  setup: (n, m) => ({
    n,
    m,
    X: floats(n * m, k => {
      const i = (k % n) + 1
      const j = Math.floor(k / n) + 1
      return Math.sin(0.37 * i + 1.7 * j + 0.01 * i * j)
    }),
    y: floats(n, k => ((k + 1) % 3 === 0 ? 1 : 0)),
    w: floats(m, k => 0.1 * Math.cos(k + 1)),
  }),
  primal(data, times) {
    let sum = 0
    for (let t = 0; t < times; t++) {
      data.w[0] += 1e-9
      sum += value(data, scores(data))
    }
    return sum
  },
  gradient(data, times) {
    let found
    for (let t = 0; t < times; t++) {
      data.w[0] += 1e-9
      found = reverse(data)
    }
    return found
  },
}

function scores({ n, m, X, w }) {
  const p = new Float64Array(n)
  for (let j = 0; j < m; j++) {
    const wj = w[j]
    const from = j * n
    for (let i = 0; i < n; i++) p[i] += X[from + i] * wj
  }
  for (let i = 0; i < n; i++) p[i] = 1 / (1 + Math.exp(-(p[i] + BIAS)))
  return p
}

function value({ n, m, y, w }, p) {
  let sum = 0
  for (let i = 0; i < n; i++) sum += y[i] * Math.log(p[i]) + (1 - y[i]) * Math.log(1 - p[i])
  let ridge = 0
  for (let j = 0; j < m; j++) ridge += w[j] * w[j]
  return -sum / n + RIDGE * ridge
}

function reverse(data) {
  const { n, m, X, y, w } = data
  const p = scores(data)
  value(data, p)
  const adjoints = new Float64Array(m + 1)
  const dt = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    const dp = -(y[i] / p[i] - (1 - y[i]) / (1 - p[i])) / n
    dt[i] = dp * p[i] * (1 - p[i])
    adjoints[m] += dt[i]
  }
  for (let j = 0; j < m; j++) {
    const from = j * n
    let sum = 0
    for (let i = 0; i < n; i++) sum += X[from + i] * dt[i]
    adjoints[j] = sum + 2 * RIDGE * w[j]
  }
  return adjoints
}
