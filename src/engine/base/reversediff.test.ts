/** ReverseDiff's tapes, which do again what they have recorded, and what it tracks, for programs that work with that. */
import { describe } from 'vitest'
import { newSession, shows } from './check.ts'

const session = newSession(`
using ReverseDiff, LinearAlgebra, DiffResults, ForwardDiff
using ReverseDiff: track, value, deriv, istracked, seed!, unseed!, value!, forward_pass!, reverse_pass!, InstructionTape, TrackedReal, TrackedArray, @grad
branching(x) = x[1] > 0 ? x[1]^2 * x[2] : -x[1] * x[2]
in_dots(x) = sum((v -> v > 0 ? v^2 : -v).(x))
seen(x::AbstractArray) = 1.0
seen(x::TrackedArray) = sum(x)
ruled(x, s) = s * sum(x)
ruled(x::TrackedArray, s) = track(ruled, x, s)
@grad function ruled(x, s)
    v = value(x)
    s * sum(v), d -> (10d * s * ones(size(v)), nothing)
end
const A = [1.0 2 3; 4 5 6; 7 8 10]
buffered(x) = (b = similar(x); b[1] = x[1]; b[2] = x[1] * x[2]; b[3] = 1.0; sum(b))
"The derivative on a tape, and after the tape is replayed at another place."
function twice(f, x, z)
    tp = InstructionTape()
    at = track(copy(x), tp)
    y = f(at)
    seed!(y); reverse_pass!(tp)
    d = copy(deriv(at))
    unseed!(at); value!(at, z); forward_pass!(tp); seed!(y); reverse_pass!(tp)
    (d, deriv(at))
end
same(f) = all(map(isapprox, twice(f, [1.0, 2.0, 3.0], [0.5, 1.5, 4.0]), (ForwardDiff.gradient(f, [1.0, 2.0, 3.0]), ForwardDiff.gradient(f, [0.5, 1.5, 4.0]))))
`)

describe('a tape takes the way that it has recorded', () => {
  shows(
    () => session,
    `
    (t = ReverseDiff.compile(ReverseDiff.GradientTape(branching, [1.0, 2.0])); (ReverseDiff.gradient!(t, [-3.0, 2.0]), ReverseDiff.gradient(branching, [-3.0, 2.0]))) => ([-12.0, 9.0], [-2.0, 3.0])
    ReverseDiff.hessian!(ReverseDiff.HessianTape(branching, [1.0, 2.0]), [-2.0, 3.0]) => [6.0 -4.0; -4.0 0.0]
    ReverseDiff.gradient!(ReverseDiff.GradientTape(in_dots, [1.0, 2.0]), [-3.0, 2.0]) => [-1.0, 4.0]
    ReverseDiff.gradient!(ReverseDiff.GradientTape((a, b) -> sum(a * b), (ones(2, 2), ones(2, 2))), ([1.0 2; 3 4], ones(2, 2))) => ([2.0 2.0; 2.0 2.0], [4.0 4.0; 6.0 6.0])
    map(DiffResults.jacobian, ReverseDiff.jacobian!(map(DiffResults.JacobianResult, ([1.0], [2.0])), (a, b) -> a .* b, ([3.0], [4.0]))) => ([4.0;;], [3.0;;])
    DiffResults.value(ReverseDiff.gradient!(DiffResults.GradientResult([0.0]), ReverseDiff.GradientTape(first, [1.0]), [3.0])) => 3.0
    ReverseDiff.jacobian!(ReverseDiff.JacobianTape(x -> (y = zero(x); for i in 1:2; y[i] = x[i] * x[1]; end; y), [1.0, 2.0]), [3.0, 4.0]) => [6.0 0.0; 4.0 3.0]
    ReverseDiff.jacobian!(ReverseDiff.JacobianTape(x -> [x[1], x[2] * x[1], 3.0], [1.0, 2.0]), [3.0, 4.0]) => [1.0 0.0; 4.0 3.0; 0.0 0.0]
    ReverseDiff.jacobian!(ReverseDiff.JacobianTape((y, x) -> (y .= x .^ 2; y[1] *= x[2]; nothing), zeros(2), [1.0, 2.0]), [3.0, 4.0]) => [24.0 9.0; 0.0 8.0]
    (r = ReverseDiff.gradient!(DiffResults.GradientResult([1.0, 2.0]), ReverseDiff.GradientTape(prod, [1.0, 2.0]), [3.0, 4.0]); (DiffResults.value(r), DiffResults.gradient(r))) => (12.0, [4.0, 3.0])
    `,
  )
})

describe('what is tracked', () => {
  shows(
    () => session,
    `
    (x = track(2.0); y = x * 3; (value(y), deriv(y), istracked(y), istracked(2.0), track([1.0]) isa ReverseDiff.TrackedVector)) => (6.0, 0.0, true, false, true)
    (tp = InstructionTape(); x = track(2.0, tp); y = sin(x) * x; seed!(y); reverse_pass!(tp); (length(tp), deriv(x) ≈ sin(2) + 2cos(2), tp[1].func)) => (2, true, sin)
    all(map(same, (x -> sum(sin, x), x -> dot(x, A * x), x -> x' * A * x, x -> sum(A \\ x), x -> prod(x), norm, maximum, x -> sum(x[2:3]), x -> logdet(x * x' + I)))) => true
    all(map(same, (x -> sum(vcat(x, x, 1.0)), x -> sum(hcat(x, 2x)[:, 2]), x -> sum(cumsum(x)), x -> x[1]^x[2], x -> sum(x ./ sum(x) .* [1, 2, 3]), buffered, x -> sum(sort(x)), x -> atan(x[1], x[2]), x -> sum(permutedims(reshape(x, 1, 3), (2, 1)) .* permutedims(reshape(x, 1, 3), [2, 1])), x -> log(2, x[1])))) => true
    all(map(same, (x -> det(A .* x), x -> sum(inv(A .* x)), x -> sum(reshape(x, 1, 3) * x), x -> sum(exp.(x) .* x[1]), x -> sum(2 .^ x), x -> x[1] - 2x[3] / x[2], x -> sum([v^2 for v in x])))) => true
    ReverseDiff.gradient(seen, [1.0, 2.0]), ReverseDiff.gradient(x -> ruled(x, 2.0) + x[1], [1.0, 2.0]) => ([1.0, 1.0], [21.0, 20.0])
    ReverseDiff.gradient(x -> (x[1] = 2.0; sum(x)), [1.0]) => !TrackedArrays do not support setindex!
    ReverseDiff.gradient(x -> (b = zeros(1); b[1] = x[1]; b[1]), [1.0]) => !MethodError: no method matching Float64(::TrackedReal
    ReverseDiff.hessian(x -> x' * A[1:2, 1:2] * x + prod(x), [1.0, 2.0]), ReverseDiff.gradient(x -> x[1] * ReverseDiff.gradient(z -> sum(z .^ 3), x)[2], [2.0, 3.0]) => ([2.0 7.0; 7.0 10.0], [27.0, 36.0])
    ReverseDiff.gradient(x -> sum(ForwardDiff.gradient(z -> sum(z .^ 3), x)), [2.0, 3.0]) => [12.0, 18.0]
    ReverseDiff.gradient(x -> ReverseDiff.gradient(z -> sum(z .* x), [1.0])[1], [2.0]) => !ArgumentError: numbers of two differentiations by ReverseDiff meet
    `,
  )
})
