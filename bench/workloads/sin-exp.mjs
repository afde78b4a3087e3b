/** sin(x) exp(x) by hand. */
export const sinExp = {
  name: 'sin(x)exp(x)',
  program: 'sin-exp.jl',
  sizes: { full: [1_000_000], quick: [100_000] },
  iterations: n => ({ count: n, of: 'call' }),
  setup: n => ({ n }),
  primal({ n }, times) {
    let sum = 0
    for (let t = 0; t < times; t++) for (let i = 1; i <= n; i++) sum += value(1e-6 * i)
    return sum
  },
  gradient({ n }, times) {
    let sum = 0
    for (let t = 0; t < times; t++) for (let i = 1; i <= n; i++) sum += derivative(1e-6 * i)
    return [sum]
  },
}

function value(x) {
  return Math.sin(x) * Math.exp(x)
}

function derivative(x) {
  const e = Math.exp(x)
  return e * Math.cos(x) + Math.sin(x) * e
}
