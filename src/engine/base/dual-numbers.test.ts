/** ForwardDiff's dual numbers where a program works with them, and DiffResults. */
import { describe } from 'vitest'
import { newSession, shows } from './check.ts'

const session = newSession(`
using ForwardDiff, DiffResults, StaticArrays
import DifferentiationInterface as DI
using ForwardDiff: Dual, Partials, partials, ≺
struct Inner end
struct Outer end
ForwardDiff.:≺(::Type{Inner}, ::Type{Outer}) = true
ForwardDiff.:≺(::Type{Outer}, ::Type{Inner}) = false
const d = Dual{Inner}(4.0, 1.0, 2.0)
const nested = Dual{Outer}(d, Partials((d,)))
f(x) = sum(x .^ 2) + prod(x)
const x = [1.0, 2.0]
const s = SVector(1.0, 2.0)
from_two(v) = (total = 2.0; for a in v; total += a^3; end; total)
cubes(v) = sum(abs, v .^ 3; init=2.0)
const outer_forward = DI.SecondOrder(DI.AutoForwardDiff(), DI.AutoZygote())
`)

describe('dual numbers beside other numbers and beside those of another differentiation', () => {
  shows(
    () => session,
    `
    (cfg = ForwardDiff.GradientConfig(f, x); ForwardDiff.seed!(cfg.duals, x, cfg.seeds); partials(f(cfg.duals))) => [4.0, 5.0]
    ForwardDiff.extract_derivative(Inner, [Dual{Inner}(1.0, 2.0)]), ForwardDiff.extract_gradient!(Inner, zeros(2), d) => ([2.0], [1.0, 2.0])
    ForwardDiff.extract_jacobian(Inner, [d, 2d], x), length(ForwardDiff.JacobianConfig((y, x) -> y .= x, zeros(3), x).duals[1]) => ([1.0 2.0; 2.0 4.0], 3)
    eltype(ForwardDiff.GradientConfig(f, x)) == eltype(ForwardDiff.JacobianConfig(f, x)) == Dual{typeof(ForwardDiff.Tag(f, Float64)),Float64,2}, eltype(ForwardDiff.HessianConfig(f, x)) <: Dual{T,<:Dual{T}} where {T} => (true, true)
    ForwardDiff.can_dual(Float64), ForwardDiff.can_dual(String) => (true, false)
    nested * d => Dual{Outer}(Dual{Inner}(16.0,8.0,16.0),Dual{Inner}(16.0,8.0,16.0))
    hypot(Dual{Inner}(3.0, 1.0), Dual{Outer}(4.0, 1.0)) => Dual{Outer}(Dual{Inner}(5.0,0.6),Dual{Inner}(0.8,-0.096))
    hypot(Dual(0.0, 1.0), 0.0), hypot(0, Dual(3.0, 2.0)) => (Dual{Nothing}(0.0,NaN), Dual{Nothing}(3.0,2.0))
    atan(nested, d) => Dual{Outer}(Dual{Inner}(0.7853981633974483,0.0,0.0),Dual{Inner}(0.5,0.0,0.0))
    fma(d, 2.0, d), fma(2.0, d, d), fma(d, d, 1.0), fma(1, 2.0, d) => (Dual{Inner}(12.0,3.0,6.0), Dual{Inner}(12.0,3.0,6.0), Dual{Inner}(17.0,8.0,16.0), Dual{Inner}(6.0,1.0,2.0))
    fma(d, nested, d) == d * nested + d, log(d, nested) isa Dual{Outer}, log(2, d) == log2(d) => (true, true, true)
    copysign(2.0, -d), copysign(2, -d), copysign(d, -d), d == π, π == d => (-2.0, -2, Dual{Inner}(-4.0,-1.0,-2.0), false, false)
    sinc(d), cosc(d), hash(partials(d)) == hash((1.0, 2.0)) => (Dual{Inner}(0.0,0.25,0.5), Dual{Inner}(0.25,-0.125,-0.25), true)
    `,
  )
})

describe('results of several parts', () => {
  shows(
    () => session,
    `
    (r = DiffResults.GradientResult(x); (ForwardDiff.gradient!(r, f, x) === r, r)) => (true, MutableDiffResult(7.0, ([4.0, 5.0],)))
    (r = DiffResults.DiffResult(0.0, 0.0); (ForwardDiff.derivative!(r, abs2, 3.0), r)) => (ImmutableDiffResult(9.0, (6.0,)), ImmutableDiffResult(0.0, (0.0,)))
    ForwardDiff.hessian!(DiffResults.HessianResult(x), f, x) => MutableDiffResult(7.0, ([4.0, 5.0], [2.0 1.0; 1.0 2.0]))
    ForwardDiff.hessian!(DiffResults.HessianResult(s), f, s) => ImmutableDiffResult(7.0, ([4.0, 5.0], [2.0 1.0; 1.0 2.0]))
    ForwardDiff.jacobian!(DiffResults.JacobianResult(s), v -> v .* v[1], s) => ImmutableDiffResult([1.0, 2.0], ([2.0 0.0; 2.0 1.0],))
    typeof(DiffResults.GradientResult(x)) <: DiffResults.DiffResult{1, Float64}, eltype(DiffResults.GradientResult(x)) => (true, Float64)
    DiffResults.value!(abs, DiffResults.DiffResult(1.0, 2.0), -4.0), DiffResults.gradient!(DiffResults.DiffResult(1.0, [2.0]), [5.0]) => (ImmutableDiffResult(4.0, (2.0,)), MutableDiffResult(1.0, ([5.0],)))
    `,
  )
})

describe('chunks: the function is called once for each, and can see what it is given', () => {
  const counting = newSession(`
import ForwardDiff
using StaticArrays
calls = 0
log = String[]
squares(x) = (global calls += 1; sum(abs2, x))
fills(y, x) = (global calls += 1; y .= x .^ 2; nothing)
counted(by) = (global calls = 0; found = by(); (calls, found))
seen(x) = (push!(log, repr(x[1])); prod(x))
power(t) = t[1]^t[2]
`)
  shows(
    () => counting,
    `
    [counted(() -> ForwardDiff.gradient(squares, ones(n)))[1] for n in (1, 12, 13, 30)] => [1, 1, 2, 3]
    counted(() -> ForwardDiff.gradient(squares, ones(5), ForwardDiff.GradientConfig(squares, ones(5), ForwardDiff.Chunk{2}()))) => (3, [2.0, 2.0, 2.0, 2.0, 2.0])
    counted(() -> ForwardDiff.hessian(squares, [1.0, 2.0])), counted(() -> ForwardDiff.jacobian(fills, zeros(2), [1.0, 2.0])) => ((1, [2.0 0.0; 0.0 2.0]), (1, [2.0 0.0; 0.0 4.0]))
    counted(() -> ForwardDiff.gradient!(ForwardDiff.DiffResults.GradientResult([1.0]), squares, [3.0])) => (1, MutableDiffResult(9.0, ([6.0],)))
    ForwardDiff.gradient(seen, [3.0, 4.0]), log => ([4.0, 3.0], ["Dual{ForwardDiff.Tag{typeof(seen), Float64}}(3.0,1.0,0.0)"])
    counted(() -> ForwardDiff.gradient(squares, SVector(1.0, 2.0))), counted(() -> ForwardDiff.jacobian(x -> (squares(x); x .* x[1]), SVector(1.0, 2.0))) => ((1, [2.0, 4.0]), (1, [2.0 0.0; 2.0 1.0]))
    # A partial of zero times an infinite derivative, as in the package.
    map(p -> ForwardDiff.gradient(power, [0.0, p]), (-0.5, 0.0, 0.5, 1.5)) => ([NaN, NaN], [NaN, NaN], [Inf, NaN], [0.0, 0.0])
    ForwardDiff.gradient(p -> sum(collect(0.0:p[1]:p[2])), [0.2, 25.0]), ForwardDiff.derivative(p -> length(2:p), 1.0) => ([7875.0, 0.0], 0)
    `,
  )
})

describe('what has to be differentiated inside with results of two types is differentiated as it is', () => {
  shows(
    () => session,
    `
    DI.hvp(from_two, outer_forward, x, (x,))[1], DI.hvp(cubes, outer_forward, x, (x,))[1] => ([6.0, 24.0], [6.0, 24.0])
    ForwardDiff.jacobian(v -> DI.gradient(from_two, DI.AutoZygote(), v), x) => [6.0 0.0; 0.0 12.0]
    `,
  )
})
