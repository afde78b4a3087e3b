/**
 * What the tool costs: a cold run of the model case, compiling nested derivatives of it, gradients against their primals.
 * `node bench/bench.mjs [--json FILE] [--quick]`; needs a build. Times are the best of several runs.
 */
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { createSession } from '../dist/engine/index.js'

const { values: options } = parseArgs({ options: { json: { type: 'string' }, quick: { type: 'boolean', default: false } } })
const root = fileURLToPath(new URL('..', import.meta.url))
const MODEL_CASE = 'cases/nested/reverse-over-reverse-matrix.jl'

/** One line of the table. `aim` is the largest value that is good enough, where there is one. */
const rows = []
const row = (name, value, unit, aim = null) => {
  rows.push({ name, value, unit, aim, ok: aim === null || value <= aim })
}

function elapsed(run) {
  const start = performance.now()
  run()
  return performance.now() - start
}

/** Smallest time in milliseconds of several runs. */
function best(times, run) {
  let smallest = Infinity
  for (let i = 0; i < times; i++) smallest = Math.min(smallest, elapsed(run))
  return smallest
}

function loaded(name, text) {
  const session = createSession({ profile: 'none', write: () => {}, verbose: false })
  const { failure } = session.load({ name, text })
  if (failure) throw new Error(`${name}: ${failure.message}`)
  return session
}

function evaluate(session, text) {
  const result = session.evaluate({ name: 'bench', text })
  if (result.kind === 'failure') throw new Error(`${text}: ${result.diagnostic.message}`)
  return result.value
}

// A process of its own each time, as a user starts it.
function coldRun() {
  const run = () => {
    const { status, stderr } = spawnSync(process.execPath, ['bin/adrepro.js', 'run', MODEL_CASE], { cwd: root, encoding: 'utf8' })
    if (status !== 0) throw new Error(`adrepro run ${MODEL_CASE} ended with ${status}: ${stderr}`)
  }
  row('cold `adrepro run` of the model case', best(options.quick ? 2 : 5, run) / 1000, 's', 0.4)
}

const NESTED = `
import Enzyme
num_to_vec(x::Number) = sin.([1, 2] .* x)
num_to_mat(x::Number) = hcat(num_to_vec(x), num_to_vec(3x))
derivative(f, x) = Enzyme.jacobian(Enzyme.Reverse, f, x)[1]
d1(x) = derivative(num_to_mat, x)
d2(x) = derivative(d1, x)
d3(x) = derivative(d2, x)
d4(x) = derivative(d3, x)
d5(x) = derivative(d4, x)
`

/** The k-th derivative of the model's matrix at 1, from sin's own. */
function exactDerivative(order) {
  const sine = x => [Math.sin, Math.cos, x => -Math.sin(x), x => -Math.cos(x)][order % 4](x)
  return [
    [sine(1), 3 ** order * sine(3)],
    [2 ** order * sine(2), 6 ** order * sine(6)],
  ]
}

function checkMatrix(found, exact, what) {
  const close = (a, b) => Math.abs(a - b) <= 1e-12 * Math.max(1, Math.abs(b))
  if (!exact.every((line, i) => line.every((x, j) => close(found[i][j], x))))
    throw new Error(`${what} is wrong: ${JSON.stringify(found)} instead of ${JSON.stringify(exact)}`)
}

function nestedReverse() {
  let before = null
  for (let order = 1; order <= (options.quick ? 3 : 5); order++) {
    const session = loaded('nested.jl', NESTED)
    let value
    const time = elapsed(() => {
      value = evaluate(session, `d${order}(1.0)`)
    })
    checkMatrix(value.plain, exactDerivative(order), `derivative ${order} of the model`)
    const shown = session.show({ name: 'bench', text: `d${order}(1.0)` }, 'js', null)
    const size = 'text' in shown ? shown.text.length : Number.NaN
    row(`order ${order}: compile and first run`, time, 'ms')
    row(`order ${order}: JavaScript`, size / 1024, 'KiB')
    if (before) {
      row(`order ${order}: time against order ${order - 1}`, time / before.time, '×', 3)
      row(`order ${order}: size against order ${order - 1}`, size / before.size, '×', 3)
    }
    before = { time, size }
  }
}

const ROSENBROCK = `
import Enzyme
function rosenbrock(x)
    s = 0.0
    for i in 1:length(x)-1
        s += (1 - x[i])^2 + 100 * (x[i+1] - x[i]^2)^2
    end
    s
end
points(n) = [sin(0.1 * i) for i in 1:n]
const x = points(${options.quick ? 100_000 : 1_000_000})
const dx = zero(x)
function primal(n)
    s = 0.0
    for _ in 1:n
        x[1] += 1e-9
        s += rosenbrock(x)
    end
    s
end
function gradient(n)
    for _ in 1:n
        x[1] += 1e-9
        fill!(dx, 0.0)
        Enzyme.autodiff(Enzyme.Reverse, rosenbrock, Enzyme.Active, Enzyme.Duplicated(x, dx))
    end
    dx[1]
end
`

const MATRIX_LOSS = `
import Enzyme
loss(A, B) = sum(abs2, A * B)
const A = [sin(0.01 * i + 0.3 * j) for i in 1:128, j in 1:128]
const B = [cos(0.02 * i - 0.1 * j) for i in 1:128, j in 1:128]
const dA = zero(A)
const dB = zero(B)
function primal(n)
    s = 0.0
    for _ in 1:n
        A[1] += 1e-9
        s += loss(A, B)
    end
    s
end
function gradient(n)
    for _ in 1:n
        A[1] += 1e-9
        fill!(dA, 0.0)
        fill!(dB, 0.0)
        Enzyme.autodiff(Enzyme.Reverse, loss, Enzyme.Active, Enzyme.Duplicated(A, dA), Enzyme.Duplicated(B, dB))
    end
    dA[1]
end
`

/** Time of one call, of a program with `primal(n)` and `gradient(n)`, which do it n times. */
function ratio(name, program, aim = null) {
  const session = loaded(`${name}.jl`, program)
  const times = 10
  const of = what => {
    evaluate(session, `${what}(1)`)
    return best(options.quick ? 2 : 5, () => evaluate(session, `${what}(${times})`)) / times
  }
  const primal = of('primal')
  const gradient = of('gradient')
  row(`${name}: primal`, primal, 'ms')
  row(`${name}: gradient`, gradient, 'ms')
  row(`${name}: gradient against primal`, gradient / primal, '×', aim)
}

function table() {
  const width = Math.max(...rows.map(({ name }) => name.length))
  return rows
    .map(({ name, value, unit, aim, ok }) => {
      const judged = aim === null ? '' : `   ${ok ? 'within' : 'ABOVE'} the aim of ${aim} ${unit}`
      return `${name.padEnd(width)}  ${value.toFixed(value < 10 ? 2 : 1).padStart(9)} ${unit}${judged}`
    })
    .join('\n')
}

coldRun()
nestedReverse()
ratio(`Rosenbrock, n = ${options.quick ? '1e5' : '1e6'}`, ROSENBROCK, 4)
ratio('loss of a 128×128 matrix product', MATRIX_LOSS)
process.stdout.write(`${table()}\n`)
if (options.json) {
  const { node, v8 } = process.versions
  writeFileSync(options.json, `${JSON.stringify({ node, v8, platform: `${process.platform}-${process.arch}`, rows }, null, 2)}\n`)
}
