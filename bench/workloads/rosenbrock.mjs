/** Rosenbrock by hand. */
import { floats } from '../floats.mjs'

export const rosenbrock = {
  name: 'Rosenbrock',
  program: 'rosenbrock.jl',
  /** How many primals a gradient may take. */
  mostPrimals: 4,
  sizes: { full: [1_000_000], quick: [100_000] },
  iterations: n => ({ count: n, of: 'point' }),
  setup: n => ({ x: floats(n, i => Math.sin(0.1 * (i + 1))), dx: new Float64Array(n) }),
  primal({ x }, times) {
    let sum = 0
    for (let t = 0; t < times; t++) {
      x[0] += 1e-9
      sum += value(x)
    }
    return sum
  },
  gradient({ x, dx }, times) {
    for (let t = 0; t < times; t++) {
      x[0] += 1e-9
      dx.fill(0)
      reverse(x, dx)
    }
    return dx
  },
}

function value(x) {
  let sum = 0
  for (let i = 0; i < x.length - 1; i++) {
    const a = 1 - x[i]
    const b = x[i + 1] - x[i] * x[i]
    sum += a * a + 100 * (b * b)
  }
  return sum
}

function reverse(x, dx) {
  const value_ = value(x)
  for (let i = x.length - 2; i >= 0; i--) {
    const a = 1 - x[i]
    const b = x[i + 1] - x[i] * x[i]
    const db = 200 * b
    dx[i + 1] += db
    dx[i] -= 2 * a + db * 2 * x[i]
  }
  return value_
}
