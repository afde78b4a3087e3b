/** What nested derivatives of the model case cost from order to order: to compile, in code, and to run. */
import { evaluate, loaded } from './session.mjs'
import { elapsed } from './timing.mjs'

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

export function nestedReverse({ quick, row }) {
  let before = null
  for (let order = 1; order <= (quick ? 3 : 5); order++) {
    const session = loaded('nested.jl', NESTED)
    const call = `d${order}(1.0)`
    let shown, value
    const time = elapsed(() => {
      shown = session.show({ name: 'bench', text: call }, 'js', null)
    })
    const firstRun = elapsed(() => {
      value = evaluate(session, call)
    })
    checkMatrix(value.plain, exactDerivative(order), `derivative ${order} of the model`)
    if (!('text' in shown)) throw new Error(`${call} was not compiled`)
    const size = shown.text.length
    row(`order ${order}: compile`, time, 'ms')
    row(`order ${order}: first run`, firstRun, 'ms')
    row(`order ${order}: JavaScript`, size / 1024, 'KiB')
    if (before) {
      row(`order ${order}: compile time against order ${order - 1}`, time / before.time, '×', 3)
      row(`order ${order}: size against order ${order - 1}`, size / before.size, '×', 3)
    }
    before = { time, size }
  }
}

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
