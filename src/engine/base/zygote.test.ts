/** Zygote's answers: `nothing` where an argument has no part in the result, structs as NamedTuples, implicit parameters. */
import { describe } from 'vitest'
import { newSession, shows } from './check.ts'

const session = newSession(`
using Zygote, ChainRulesCore, LinearAlgebra
import ReverseDiff, Enzyme, ForwardDiff
using ReverseDiff: TrackedReal, TrackedArray, track, @grad
struct Parts; a::Float64; b::Float64; n::Int; v::Vector{Float64}; end
struct Dense; W; b; act; end
(d::Dense)(x) = d.act.(d.W * x .+ d.b)
const W, b, x = [1.0 2.0; 3.0 4.0], [1.0, 1.0], [1.0, 2.0]
by(W, b) = gradient(() -> sum(W * x .+ b), Params([W, b]))
from(p) = Zygote.pullback(() -> p * x, Params([p]))[2]([1.0, 0.0])[p]
loss(v) = sum(abs2, predict(v))
predict(v) = weights * v .+ offset
weights, offset, model = [1.0 2.0; 3.0 4.0], [1.0, 1.0], Dense([1.0 2.0], [0.5], identity)
twice(f, x) = 2f(x)
function ChainRulesCore.rrule(config::RuleConfig{>:HasReverseMode}, ::typeof(twice), f, x)
    y, back = rrule_via_ad(config, f, x)
    2y, seed -> (NoTangent(), map(d -> d isa ChainRulesCore.AbstractZero ? d : 10unthunk(d), back(seed))...)
end
struct Gain; a::Float64; end
(g::Gain)(x) = g.a * x
Zygote.@adjoint (g::Gain)(x) = g(x), seed -> ((a = 100seed,), 7seed)
power(x; k = 2) = x^k
Zygote.@adjoint power(x; k = 2) = power(x; k), seed -> (1000k * seed,)
unseen(x; by = 1) = by * x^2
count_of(x) = length(x)
Zygote.@nograd unseen, count_of
product(x, y) = x * y
Zygote.@adjoint product(x, y) = product(x, y), seed -> (seed * y, seed * x)
pair(x) = (x, 2x)
watched(x) = x^2
watched(x::TrackedReal) = track(watched, x)
@grad watched(x) = ReverseDiff.value(x)^2, seed -> (100seed,)
gathered(x; by = 1) = by * sum(x)
gathered(x::TrackedArray; by = 1) = track(gathered, x; by)
@grad function gathered(x; by = 1)
    by * sum(x), seed -> (seed * by * fill(7.0, size(x)),)
end
chained(x, y) = x * y
ChainRulesCore.rrule(::typeof(chained), x, y) = (x * y, seed -> (NoTangent(), 10seed * y, 20seed * x))
ReverseDiff.@grad_from_chainrules chained(x::TrackedReal, y::TrackedReal)
capped(x, y) = x * floor(y)
ChainRulesCore.rrule(::typeof(capped), x, y) = (capped(x, y), seed -> (NoTangent(), seed * floor(y), ZeroTangent()))
sized(x, v) = x * length(v)
Zygote.@adjoint sized(x, v) = sized(x, v), seed -> (seed * length(v), nothing)
half_constant(x) = x^2 * ChainRulesCore.ignore_derivatives(x^2)
half_dropped(v) = v[1]^2 * Zygote.dropgrad(v[1]^2) * Zygote.ignore(() -> 1.0)
ReverseDiff.@skip function constant(x; k = 1)
    return k * x
end
loose(x) = x^3
ChainRulesCore.rrule(::typeof(loose), x) = loose(x), dy -> (NoTangent(), Base.inferencebarrier(7.0 * dy))
const CALLS = Ref(0)
noted(x) = (CALLS[] += 1; sum(abs2, x))
counted(f) = (CALLS[] = 0; r = f(); (CALLS[], r))
let kept = 0.0
    global through_captured(x) = (kept = x^2; kept * x)
end
struct Of{T}; x::T; y::T; end
struct Untyped; a; b; end
struct Either; a::Union{Int,Float64}; b::Union{Nothing,Vector{Float64}}; end
struct HalfTyped{T}; a::Real; b::T; end
struct Counted{T}; n::Int; w::T; end
struct Spot; x::Float64; y::Float64; end
across(p::Spot) = p.x
Zygote.@adjoint across(p::Spot) = p.x, d -> (Spot(10d, 0),)
applied(f, x) = f(x)
Zygote.@adjoint function applied(f, x)
    y, back = Zygote._pullback(__context__, f, x)
    y, d -> (nothing, 2 * back(d)[2])
end
frozen(x) = (b = Buffer(x); b[1] = x[1]; copy(b); b[1] = 2.0; sum(copy(b)))
by_layer(d) = gradient(() -> sum(d(x)), Params([d.W, d.b]))
`)

describe('nothing for what has no part in a result', () => {
  shows(
    () => session,
    `
    gradient((x, y) -> x^2, 1.0, 2.0), gradient(x -> 1.0, 2.0), gradient(x -> sum(size(x)), [1.0]) => ((2.0, nothing), (nothing,), (nothing,))
    counted(() -> withgradient(noted, [1.0, 2.0])), counted(() -> withgradient(noted, Float32[1, 2])) => ((1, (val = 5.0, grad = ([2.0, 4.0],))), (1, (val = 5.0f0, grad = (Float32[2.0, 4.0],))))
    counted(() -> withgradient(x -> (noted(x), 2x, "a"), [1.0, 2.0])), counted(() -> withgradient(x -> (loss = noted(x), n = 1), [1.0, 2.0])) => ((1, (val = (5.0, [2.0, 4.0], "a"), grad = ([2.0, 4.0],))), (1, (val = (loss = 5.0, n = 1), grad = ([2.0, 4.0],))))
    counted(() -> ((y, back) = Zygote.pullback(x -> (noted(x), 2x), [1.0, 2.0]); back((1.0, [1.0, 0.0])))), counted(() -> ((y, back) = Zygote.pullback(x -> (a = 2x, b = noted(x)), [1.0, 2.0]); back((; a = [1.0, 1.0])))) => ((1, ([4.0, 4.0],)), (1, ([2.0, 2.0],)))
    counted(() -> ((y, back) = Zygote.pullback(x -> (noted(x); 3 .* x), Float32[1, 2]); (y, back(Float32[1, 0]), back(Float32[0, 1])))) => (2, (Float32[3.0, 6.0], (Float32[3.0, 0.0],), (Float32[0.0, 3.0],)))
    gradient(x -> withgradient(z -> (sum(z .^ 3), 2z), x).grad[1][1], [2.0, 1.0]), gradient(x -> Zygote.pullback(z -> (sum(z .^ 3), z), x)[2]((1.0, x))[1][1], [2.0, 1.0]) => (([12.0, 0.0],), ([13.0, 0.0],))
    counted(() -> (w = [1.0, 2.0]; r = withgradient(() -> noted(w), Params([w])); (r.val, r.grad[w]))), counted(() -> (w = [1.0, 2.0]; (y, back) = Zygote.pullback(() -> noted(w), Params([w])); (y, back(1.0)[w]))) => ((1, (5.0, [2.0, 4.0])), (1, (5.0, [2.0, 4.0])))
    gradient(through_captured, 2.0), Zygote.pullback(x -> 5, 3)[2](1), gradient(d -> d[:a]^2, Dict(:a => 5))[1][:a] => ((12.0,), (nothing,), 10.0)
    gradient(x -> x * unseen(x) + unseen(x; by = 2), 2.0), gradient(x -> sum(unseen.(x) .* x) / count_of(x), [1.0, 2.0]) => ((4.0,), ([0.5, 2.0],))
    gradient(frozen, [1.0]) => !Buffer is frozen
    Zygote.accum((a = 1, b = nothing), (a = 2, b = 3)), Zygote.accum(nothing, (1, 2)) => ((a = 3, b = 3), (1, 2))
    gradient((x, s) -> s == "a" ? x : 2x, 1.0, "a"), gradient((f, x) -> f(x), sin, 0.0) => ((1.0, nothing), (nothing, 1.0))
    gradient((x, n) -> x * n, 2, 3), gradient((x, n::Int) -> x^n, 2.0, 3), gradient((v, i) -> v[i], [1.0, 2.0], 2) => ((3.0, 2.0), (12.0, nothing), ([0.0, 1.0], nothing))
    gradient(s -> s.n * s.b * sum(s.v), Parts(1.0, 2.0, 3, [1.0])) => ((a = nothing, b = 3.0, n = nothing, v = [6.0]),)
    gradient(t -> 2t[1], (1.0, 2.0)), gradient(t -> 2t.x, (x = 1.0, y = [2.0])) => (((2.0, nothing),), ((x = 2.0, y = nothing),))
    gradient((d, x) -> sum(d(x)), Dense([1.0 2.0], [0.5], identity), [1.0, 1.0]) => ((W = [1.0 1.0], b = [1.0], act = nothing), [1.0, 2.0])
    Zygote.pullback((x, y) -> 2x, 1.0, 2.0)[2](1.0), withgradient((x, y) -> 2x, 1.0, 2.0) => ((2.0, nothing), (val = 2.0, grad = (2.0, nothing)))
    gradient((x, y) -> gradient((a, b) -> a^2 * x, x, y)[1], 2.0, 3.0) => (8.0, nothing)
    jacobian(v -> Any[v[1]^2, v[2]], [2.0, 3.0]), jacobian(v -> Any["s"], [2.0]) => !MethodError: no method matching zero(::Type{Any})
    jacobian(v -> Any[v[1]^2, v[2]], [2.0, 3.0]) => ([4.0 0.0; 0.0 1.0],)
    hessian(x -> 1.0, x), Zygote.hessian_reverse(x -> sum(x .^ 3), x) => ([0.0 0.0; 0.0 0.0], [6.0 0.0; 0.0 12.0])
    `,
  )
})

describe('implicit parameters of what a function captures', () => {
  shows(
    () => session,
    `
    by(W, b)[W], by(copy(W), b)[b], length(by(W, b)) => ([1.0 2.0; 1.0 2.0], [1.0, 1.0], 2)
    (d = Dense(W, b, abs2); by_layer(d)[d.b]) => [12.0, 24.0]
    from(W) => [1.0 2.0; 0.0 0.0]
    withgradient(() -> sum(abs2, b), Params([b])).val => 2.0
    by(W, b)[x] => !KeyError
    gradient(() -> loss(x), Params([weights, offset]))[weights] => [12.0 24.0; 24.0 48.0]
    (gs = gradient(() -> loss(x), Zygote.params(weights, offset)); (gs[offset], gs.grads[offset])) => ([12.0, 24.0], [12.0, 24.0])
    (gs = gradient(() -> sum(model(x)) + sum(W) + model.b[1], Params([model.W, model.b, W])); (gs[model.b], gs[W])) => ([2.0], [1.0 1.0; 1.0 1.0])
    Zygote.pullback(() -> 2sum(weights), Params([weights]))[2](3.0)[weights] => [6.0 6.0; 6.0 6.0]
    gradient(() -> sum(W), Params([copy(W)]))[copy(W)] => !KeyError
    (p = copy(W); gradient(() -> sum(W), Params([p]))[p]) => nothing
    (p = copy(W); h = Any[sum]; gradient(() -> h[1](W), Params([p]))[p]) => !the gradient by an implicit parameter that the function does not capture
    `,
  )
})

describe('rules of programs', () => {
  shows(
    () => session,
    `
    gradient(x -> twice(sin, x), 0.0), gradient(x -> twice(y -> y^3, x), 2.0), gradient((v, x) -> twice(y -> sum(v) * y, x), [1.0, 2.0], 3.0) => ((10.0,), (120.0,), ([30.0, 30.0], 30.0))
    gradient(x -> Gain(2.0)(x), 3.0), gradient((g, x) -> g(x), Gain(2.0), 3.0) => ((7.0,), ((a = 100.0,), 7.0))
    gradient(x -> power(x), 3.0), gradient(x -> power(x; k = 3), 3.0), gradient(product, 3.0, 4.0) => ((2000.0,), (3000.0,), (4.0, 3.0))
    Zygote.pullback(pair, 3.0)[2]((1.0, nothing)), Zygote.pullback(pair, 3.0)[2]((nothing, 1.0)) => ((1.0,), (2.0,))
    (s = 0.0; gradient(x -> (s = x^2; s + 1), 3.0)), (s = 0.0; gradient(v -> (s = v[1]; foreach(y -> (s += y^2), v); s), [1.0, 2.0])) => ((6.0,), ([3.0, 4.0],))
    ReverseDiff.gradient(v -> watched(v[1]) + v[2], [2.0, 3.0]), ReverseDiff.gradient(v -> gathered(v; by = 2), [2.0, 3.0]), gradient(watched, 3.0) => ([100.0, 1.0], [14.0, 14.0], (6.0,))
    ReverseDiff.gradient(v -> chained(v[1], v[2]), [2.0, 3.0]) => [30.0, 40.0]
    ReverseDiff.gradient(v -> v[1] * ReverseDiff.@skip(abs2)(v[2]), [2.0, 3.0]), ReverseDiff.gradient(v -> v[1] * constant(v[1]; k = 3) + v[2], [2.0, 3.0]) => ([9.0, 0.0], [6.0, 1.0])
    gradient(loose, 3.0), gradient(x -> 2loose(x), 3.0) => ((7.0,), (14.0,))
    rrule(sin, 0.0)[2](2.0), frule((NoTangent(), 1.0, 2.0), *, 3.0, 4.0), rrule(x -> x, 1.0), rrule(sum, [1.0, 2.0])[2](3.0) => ((NoTangent(), 2.0), (12.0, 10.0), nothing, (NoTangent(), [3.0, 3.0]))
    gradient(capped, 2.0, 3.0), gradient((x, y) -> 2capped(x, y) + y, 2.0, 3.0), gradient(v -> capped(2.0, v[1]), [3.0]), gradient((x, v) -> sized(x, 2v), 2.0, [3.0]) => ((3.0, nothing), (6.0, 1.0), (nothing,), (1.0, nothing))
    gradient((x, y) -> count_of(x) * y, [1.0], 3.0), withgradient(t -> capped(t.a, t.b), (a = 2.0, b = 3.0)).grad => ((nothing, 1.0), ((a = 3.0, b = nothing),))
    gradient(half_constant, 1.0), ForwardDiff.derivative(half_constant, 1.0), hessian(half_constant, 1.0), gradient(x -> gradient(half_constant, x)[1], 1.0), Zygote.hessian_reverse(half_dropped, [1.0]) => ((2.0,), 4.0, 6.0, (2.0,), [2.0;;])
    ReverseDiff.gradient(half_dropped, [1.0]), ForwardDiff.gradient(half_dropped, [1.0]), hessian(half_dropped, [1.0]), ForwardDiff.derivative(x -> Zygote.hook(d -> 2d, x), 1.0) => ([4.0], [4.0], [6.0;;], 1.0)
    ForwardDiff.derivative(x -> x * ReverseDiff.@skip(abs2)(x), 1.0) => 3.0
    gradient(x -> x * ChainRulesCore.ignore_derivatives(() -> x), 3.0), gradient(t -> t.a * Zygote.dropgrad(t).a, (a = 3.0,)) => ((3.0,), ((a = 3.0,),))
    `,
  )
})

describe('structs of integers, results that are structs, symmetric arguments', () => {
  shows(
    () => session,
    `
    gradient(p -> p.x * p.y, Of(2, 3)), gradient(p -> sum(p.x), Of([1, 2], [3, 4])), gradient(c -> c.w * c.n, Counted(2, 3)) => (((x = 3.0, y = 2.0),), ((x = [1.0, 1.0], y = nothing),), ((n = nothing, w = 2.0),))
    (back = pullback(x -> Of(x, 2x), 1.0)[2]; (back((x = 1.0, y = nothing)), back((x = 1.0, y = 1.0)))), pullback(x -> (a = x, b = (x^2,)), 3.0)[2]((b = (1.0,), a = nothing)) => (((1.0,), (3.0,)), (6.0,))
    gradient(p -> p.a * p.b, Untyped(2, 3)), gradient(p -> p.a * sum(p.b), Untyped(2.0, [3, 4])), gradient(p -> p.a * p.b, HalfTyped(2, 3.0)) => (((a = 3.0, b = 2.0),), ((a = 7.0, b = [2.0, 2.0]),), ((a = 3.0, b = 2.0),))
    gradient(p -> 2p.a, Either(3, nothing)), gradient(p -> p.a * (p.b === nothing ? 2 : p.b[1]), Either(3.0, [5.0])), Enzyme.gradient(Enzyme.Reverse, p -> 2p.a, Either(3.0, nothing)) => (((a = 2.0, b = nothing),), ((a = 5.0, b = [3.0]),), (Either(2.0, nothing),))
    gradient(sum, Symmetric([1.0 2.0; 2.0 3.0])), gradient(s -> s[1, 2], Symmetric([1.0 2.0; 2.0 3.0])) => (([1.0 1.0; 1.0 1.0],), ([0.0 0.5; 0.5 0.0],))
    gradient(logdet, Symmetric([2.0 1.0; 1.0 3.0]))[1] ≈ inv([2.0 1.0; 1.0 3.0]), jacobian(s -> s * [1, 2], Symmetric([1.0 2.0; 2.0 3.0]))[1] => (true, [1.0 1.0 1.0 0.0; 0.0 0.5 0.5 2.0])
    gradient(p -> across(p)^2, Spot(1.0, 2.0)), gradient(x -> applied(y -> y * x, x), 3.0) => (((x = 20.0, y = 0.0),), (6.0,))
    jacobian((a, d) -> prod(a; dims = d), [1 2; 3 4], 1) => ([3.0 1.0 0.0 0.0; 0.0 0.0 4.0 2.0], [0.0, 0.0])
    jacobian(identity, [1, 2, 3 + im]) => !ArgumentError: jacobian does not accept complex output
    (J = jacobian(() -> b .* sum(W), Params([W, b])); (J[W], J[b])) => ([1.0 1.0 1.0 1.0; 1.0 1.0 1.0 1.0], [10.0 0.0; 0.0 10.0])
    (v = [1, 2]; gradient(() -> sum(v), Params([v]))[v]) => !an implicit parameter of integers
    (gs = gradient(() -> sum(W) + sum(b), Params([W, b])); g = gs .+ 2 .* gs; (g[b], map(x -> 5x, gs)[W])) => ([3.0, 3.0], [5.0 5.0; 5.0 5.0])
    (ps = Params([W, b]); v = zeros(6); copy!(v, ps); (v, ps == Params([b, W]), length(delete!(copy(ps), W)), size(ps))) => ([1.0, 3.0, 2.0, 4.0, 1.0, 1.0], true, 1, (2,))
    gradient(x -> (b = Zygote.bufferfrom([0.0, 1.0]); b .+= x; b[1] += x; sum(copy(b))), 3.0), ndims(Buffer([1.0;;])) => ((3.0,), 2)
    float(fill(1)), -fill(2), conj(fill(1im)) => (fill(1.0), fill(-2), fill(0 - 1im))
    map(v -> Zygote.gradient(v -> v[1] * v[2], v)[1], (Real[1.5, 2], Any[1.5, 2], Union{Int,Float64}[1.5, 2])), Zygote.gradient(v -> sum(abs2.(v)), Any[1, 2]) => (([2.0, 1.5], [2.0, 1.5], [2.0, 1.5]), ([2.0, 4.0],))
    `,
  )
})
