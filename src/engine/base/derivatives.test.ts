/**
 * The derivatives of Base by its table: reverse mode, forward mode and a numerical derivative agree on random inputs, and so do reverse
 * over reverse, forward over reverse and the numerical derivative of the gradient.
 */
import { describe, expect, it } from 'vitest'
import { newSession, shown } from './check.ts'
import { ofArrays, ofOneNumber, ofTwoNumbers } from './derivative-rows.ts'

/** Second order costs three times as much, so only every so many rows are checked. */
const SECOND_ORDER_EVERY = 5

const program = `
using Enzyme, LinearAlgebra, Statistics, Random
spd(x) = x * x' + I

flat(y::Real) = [float(y)]
flat(y::Complex) = [float(real(y)), float(imag(y))]
flat(y::AbstractArray{<:Real}) = vec(collect(float.(y)))
flat(y::AbstractArray{<:Complex}) = vcat(vec(real.(y)), vec(imag.(y)))
flat(y::AbstractArray) = reduce(vcat, map(flat, vec(collect(y))))
flat(y::Tuple) = reduce(vcat, map(flat, y))
flat(y::NamedTuple) = flat(values(y))
# One number of whatever comes out, in which no two numbers count alike.
function weighed(y)
    entries = flat(y)
    total = 0.0
    for k in 1:length(entries)
        total += entries[k] * (1.3 + sin(2.0k))
    end
    total
end

far(a, b, tolerance) = !(maximum(abs.(a .- b) ./ (1 .+ abs.(b))) < tolerance)
# A central difference of two widths, extrapolated to none.
function slope(f, h)
    wide, narrow = (f(2h) .- f(-2h)) ./ 4h, (f(h) .- f(-h)) ./ 2h
    narrow .+ (narrow .- wide) ./ 3
end
function along(f, x, k, t)
    y = copy(x)
    y[k] += t
    f(y)
end

function first_order(f, x)
    s(y) = weighed(f(y))
    number = [slope(t -> along(s, x, k, t), 1e-4) for k in 1:length(x)]
    reverse = vec(Enzyme.gradient(Enzyme.Reverse, s, x)[1])
    v = reshape([cos(3.0k) for k in 1:length(x)], size(x))
    forward = Enzyme.autodiff(Enzyme.Forward, s, Enzyme.Duplicated(x, v))[1]
    far(reverse, number, 1e-7) && return "reverse $reverse, numerical $number"
    far(forward, sum(vec(v) .* number), 1e-7) && return "forward $forward, numerical $(sum(vec(v) .* number))"
    "agree"
end

function second_order(f, x)
    s(y) = weighed(f(y))
    g(y) = Enzyme.gradient(Enzyme.Reverse, s, y)[1]
    v = reshape([cos(3.0k) for k in 1:length(x)], size(x))
    number = slope(t -> g(x .+ t .* v), 1e-4)
    forward = Enzyme.autodiff(Enzyme.Forward, g, Enzyme.Duplicated(x, v))[1]
    reverse = Enzyme.gradient(Enzyme.Reverse, y -> sum(vec(g(y)) .* vec(v)), x)[1]
    far(vec(forward), vec(number), 1e-6) && return "forward over reverse $forward, numerical $number"
    far(vec(reverse), vec(number), 1e-6) && return "reverse over reverse $reverse, numerical $number"
    "agree"
end

# Inputs between two ends for each number; the same ones in every run.
const parts = [0.137, 0.611, 0.893, 0.324, 0.476, 0.758]
between(k, low, high) = low + (high - low) * parts[mod1(k, 6)]
ofone(f, check, a, b) = check(x -> f(x[1]), [between(1, a, b)])
oftwo(f, check, a, b, c, d) = check(x -> f(x[1], x[2]), [between(1, a, b), between(4, c, d)])
ofarray(f, check, dims...) = check(f, reshape([sin(5.0k) + 0.3cos(11.0k^2) for k in 1:prod(dims)], dims))
`

const session = newSession(program)

function table(name: string, call: string, rows: string, inputs: number | null): void {
  const pattern = inputs === null ? /^(.*?) {2,}([\d ]+)$/ : new RegExp(`^(.*?)((?:\\s+-?[\\d.]+){${inputs}})$`)
  describe(name, () => {
    for (const [index, row] of rows.trim().split('\n').entries()) {
      const [, f, given] = pattern.exec(row) ?? []
      const verdict = (check: string) => shown(session, `${call}((${f}), ${check}, ${given!.trim().split(/\s+/).join(', ')})`)
      it(row, () => expect(verdict('first_order')).toBe('"agree"'))
      if (index % SECOND_ORDER_EVERY === 0) it(`${row}, second order`, () => expect(verdict('second_order')).toBe('"agree"'))
    }
  })
}

table('of one number', 'ofone', ofOneNumber, 2)
table('of two numbers', 'oftwo', ofTwoNumbers, 4)
table('of an array', 'ofarray', ofArrays, null)

// Inputs with zeros and equal entries where a library is tempted to see structure, and elements whose derivatives it would lose.
const structured = `
a -> a \\ [1.0, 2.0]
a -> a \\ [1.3 -0.4; 0.7 0.2]
a -> [1.3 -0.4; 0.7 0.2] / a
a -> inv(a)
a -> pinv(a)
a -> det(a)
a -> logdet(a)
a -> exp(a)
a -> a^2
a -> a^3
a -> kron(a, a)
a -> norm(a)
a -> lu(a) \\ [1.0, 2.0]
a -> qr(a) \\ [1.0, 2.0]
a -> Symmetric(a + a') \\ [1.0, 2.0]
a -> cholesky(Symmetric(a + a')) \\ [1.0, 2.0]
a -> sqrt(Symmetric(a + a'))
a -> log(Symmetric(a + a'))
a -> exp(Symmetric(a + a'))
a -> sum(abs2, svdvals(a))
a -> eigen(Symmetric([2a[1, 1] a[1, 2]; a[2, 1] 3a[2, 2]])).vectors
a -> svdvals([2a[1, 1] a[1, 2]; a[2, 1] 3a[2, 2]])
a -> prod(a)
a -> cumprod(a; dims=1)
a -> a .^ 2 .+ a .^ 3.0
`
describe('at zeros and equal entries', () => {
  const inputs = ['[1.0 0.0; 0.0 1.0]', '[2.0 0.5; 0.0 3.0]', '[2.0 0.0; 0.5 2.0]']
  for (const [index, f] of structured.trim().split('\n').entries()) {
    const at = inputs[index % inputs.length]!
    it(`${f} at ${at}`, () => expect(shown(session, `first_order(${f}, ${at})`)).toBe('"agree"'))
    it(`${f} at the identity, second order`, () => expect(shown(session, `second_order(${f}, ${inputs[0]})`)).toBe('"agree"'))
  }
  it.each([
    ['[1.0 1.0 1.0; 1.0 1.0 2.0; 1.0 1.0 3.0]', 'first_order(det, A)'],
    ['[0.0 0.0 0.0; 0.0 1.0 2.0; 0.0 1.0 3.0]', 'first_order(det, A)'],
    ['[2.0 0.0 1.0; 0.0 2.0 0.0; 1.0 0.0 3.0]', 'first_order(a -> eigen(Symmetric(a)).vectors, A)'],
    ['[4.0 1.0; 0.5 3.0]', 'first_order(a -> sqrt(a), A)'],
    ['[4.0 1.0; 0.5 3.0]', 'first_order(a -> log(a), A)'],
  ])('%s, %s', (matrix, call) => expect(shown(session, `let A = ${matrix}; ${call}; end`)).toBe('"agree"'))
})
