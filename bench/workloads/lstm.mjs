/** The LSTM by hand; matrices are read column by column, and what the reverse sweep needs is kept a step a row. */
import { concatenated, floats } from '../floats.mjs'

export const lstm = {
  name: 'LSTM',
  program: 'lstm.jl',
  sizes: { full: [64, 100], quick: [64, 20] },
  iterations: (_n, steps) => ({ count: steps, of: 'step' }),
  setup: (n, steps) => ({
    n,
    steps,
    W: floats(4 * n * n, at => 0.1 * Math.sin(1.1 * ((at % (4 * n)) + 1) + 0.7 * (Math.floor(at / (4 * n)) + 1))),
    U: floats(4 * n * n, at => 0.1 * Math.cos(0.3 * ((at % (4 * n)) + 1) - 1.9 * (Math.floor(at / (4 * n)) + 1))),
    b: floats(4 * n, i => 0.1 * Math.sin(i + 1)),
    xs: floats(n * steps, at => Math.sin(0.5 * ((at % n) + 1) * (Math.floor(at / n) + 1))),
  }),
  primal(data, times) {
    let sum = 0
    for (let t = 0; t < times; t++) {
      data.b[0] += 1e-9
      sum += forward(data).total
    }
    return sum
  },
  gradient(data, times) {
    let found
    for (let t = 0; t < times; t++) {
      data.b[0] += 1e-9
      found = reverse(data)
    }
    return concatenated(found.dW, found.dU, found.db)
  },
}

const sigmoid = t => 1 / (1 + Math.exp(-t))

/** z += A x, of the vector that starts at `from`. */
function addProduct(z, A, x, from, n) {
  const rows = z.length
  for (let j = 0; j < n; j++) {
    const xj = x[from + j]
    const at = j * rows
    for (let i = 0; i < rows; i++) z[i] += A[at + i] * xj
  }
}

/** Row t of `hs` and `cs` is the state before step t. */
function forward({ n, steps, W, U, b, xs }) {
  const hs = new Float64Array((steps + 1) * n)
  const cs = new Float64Array((steps + 1) * n)
  const gates = new Float64Array(steps * 4 * n)
  const tanhs = new Float64Array(steps * n)
  const z = new Float64Array(4 * n)
  let total = 0
  for (let t = 0; t < steps; t++) {
    z.set(b)
    addProduct(z, W, xs, t * n, n)
    addProduct(z, U, hs, t * n, n)
    const g = t * 4 * n
    for (let i = 0; i < n; i++) {
      const input = sigmoid(z[i])
      const forget = sigmoid(z[n + i])
      const output = sigmoid(z[2 * n + i])
      const value = Math.tanh(z[3 * n + i])
      const c = forget * cs[t * n + i] + input * value
      const tanh = Math.tanh(c)
      const h = output * tanh
      gates[g + i] = input
      gates[g + n + i] = forget
      gates[g + 2 * n + i] = output
      gates[g + 3 * n + i] = value
      tanhs[t * n + i] = tanh
      cs[(t + 1) * n + i] = c
      hs[(t + 1) * n + i] = h
      total += h * h
    }
  }
  return { total, hs, cs, gates, tanhs }
}

function reverse(data) {
  const { n, steps, U, xs } = data
  const { hs, cs, gates, tanhs } = forward(data)
  const rows = 4 * n
  const dW = new Float64Array(rows * n)
  const dU = new Float64Array(rows * n)
  const db = new Float64Array(rows)
  const dh = new Float64Array(n)
  const dc = new Float64Array(n)
  const dz = new Float64Array(rows)
  for (let t = steps - 1; t >= 0; t--) {
    const g = t * rows
    for (let i = 0; i < n; i++) {
      const input = gates[g + i]
      const forget = gates[g + n + i]
      const output = gates[g + 2 * n + i]
      const value = gates[g + 3 * n + i]
      const tanh = tanhs[t * n + i]
      const d = dh[i] + 2 * hs[(t + 1) * n + i]
      const dCell = dc[i] + d * output * (1 - tanh * tanh)
      dz[i] = dCell * value * input * (1 - input)
      dz[n + i] = dCell * cs[t * n + i] * forget * (1 - forget)
      dz[2 * n + i] = d * tanh * output * (1 - output)
      dz[3 * n + i] = dCell * input * (1 - value * value)
      dc[i] = dCell * forget
    }
    for (let i = 0; i < rows; i++) db[i] += dz[i]
    for (let j = 0; j < n; j++) {
      const at = j * rows
      const x = xs[t * n + j]
      const h = hs[t * n + j]
      let sum = 0
      for (let i = 0; i < rows; i++) {
        dW[at + i] += dz[i] * x
        dU[at + i] += dz[i] * h
        sum += dz[i] * U[at + i]
      }
      dh[j] = sum
    }
  }
  return { dW, dU, db }
}
