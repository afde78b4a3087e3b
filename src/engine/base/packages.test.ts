/** AD packages' own functions, beside what `differentiation.test.ts` says of derivatives. */
import { describe } from 'vitest'
import { newSession, shows } from './check.ts'

const session = newSession(`
using Random, LinearAlgebra, Enzyme, ForwardDiff, Zygote, ChainRulesCore, FiniteDifferences, SpecialFunctions
using Zygote: hook, @adjoint
using ForwardDiff: Dual
scaled(x) = 5x
@adjoint scaled(x) = 5x, adjoint -> (100adjoint,)
squared(x) = x^2
ChainRulesCore.rrule(::typeof(squared), x) = x^2, adjoint -> (NoTangent(), 1000adjoint)
total(x) = sum(x)
ChainRulesCore.rrule(::typeof(total), x::AbstractVector) = sum(x), adjoint -> (NoTangent(), fill(10adjoint, length(x)))
struct Affine; W::Matrix{Float64}; b::Vector{Float64}; end
const tangent = Tangent{Affine}(; b=[1.0])
const v = [1.0, 2.0]
function drawn(seed)
    rng, calls = Xoshiro(seed), Ref(0)
    y, back = Zygote.pullback(ones(9)) do x
        calls[] += 1
        x .* (rand(rng, 9) .> 0.5)
    end
    y == back(ones(9))[1], calls[], back(ones(9))[1] == back(zeros(9))[1]
end
doubled(x::Real) = 2x
doubled(d::Dual{T}) where {T} = Dual{T}(2ForwardDiff.value(d), 100 * ForwardDiff.partials(d))
struct Point; x::Float64; y::Float64; end
struct Two <: AbstractVector{Float64}; x::Float64; y::Float64; end
Base.size(::Two) = (2,)
Base.getindex(t::Two, i::Int) = i == 1 ? t.x : t.y
product_and_sum(t) = t[1]^2 * t[2] + sum(t)
const room = zeros(20)
room_for(x::Vector{T}) where {T<:Dual} = reinterpret(T, view(room, 1:length(x) * div(sizeof(T), sizeof(Float64))))
room_for(x) = view(room, 1:length(x))
in_room(x) = (t = room_for(x); t .= x .^ 2; t[1] * t[2])
apply(l::Affine, x) = l.W * x .+ l.b
function ChainRulesCore.rrule(::typeof(apply), l::Affine, x::AbstractVector)
    apply(l, x), dy -> (NoTangent(), Tangent{Affine}(W=@thunk(dy * x'), b=10 * dy), l.W' * dy)
end
struct Leaf; params::NamedTuple; end
struct Switched; a::Float64; on::Bool; end
slope(f, n, x) = (f(n - 1, x) - f(n + 1, x)) / 2
const places = [(0, 0.01), (1, 3.0), (2, 10.0), (5, 2.5), (20, 10.0), (0, 200.5), (0.5, 1.5), (7.25, 3.0), (30.3, 20.1), (-0.5, 0.3)]
many(n) = Any[n, "a", :b, 'c', sin, cos, tan, exp, 1, 2.0, 3.0f0, (1,), (a=1,), nothing, missing, [1], log, sqrt, abs, 1:2, true, 0x01, 1im, 1//2, x -> x]
`)

describe('a function of a module that is the first thing a program asks for', () => {
  shows(
    () => newSession('using LinearAlgebra'),
    `
    norm([3.0, 4.0]) => 5.0
    mul!([0.0], [2.0;;], [3.0]) => [6.0]
    `,
  )
})

describe('rules of Zygote and ChainRulesCore', () => {
  shows(
    () => session,
    `
    Zygote.gradient(scaled, 1.0) => (100.0,)
    let w = 3.0, f = (x -> w * x^2); w = 4.0; Zygote.gradient(f -> f(2.0), f); end => ((w = (contents = 4.0,),),)
    let W = [0.0 1.0], f = (x -> sum(abs2, W * x)); W = [1.0 2.0; 3.0 4.0]; Zygote.gradient(() -> f([1.0, 2.0]), Zygote.Params([W]))[W]; end => [10.0 20.0; 22.0 44.0]
    (d = autodiff(Reverse, product_and_sum, Active, Active(Two(2.0, 3.0)))[1][1]; (typeof(d), d.x, d.y)) => (Two, 13.0, 5.0)
    Enzyme.guess_activity(typeof(view([1.0], 1:1)), Reverse) <: Duplicated, Enzyme.guess_activity(Two, Reverse) <: Active => (true, true)
    Zygote.gradient(squared, 1.0) => (1000.0,)
    Zygote.gradient(x -> squared(x) + x, 1.0) => (1001.0,)
    Zygote.gradient(x -> total(x .^ 2), v) => ([20.0, 40.0],)
    ForwardDiff.derivative(squared, 1.0) => 2.0
    Zygote.gradient((x, y) -> hook(d -> -d, x) * y, 2.0, 3.0) => (-3.0, 2.0)
    Zygote.gradient(x -> sum(hook(d -> 2d, x)), v) => ([2.0, 2.0],)
    Zygote.gradient(x -> x + Zygote.@ignore(x^2), 2.0) => (1.0,)
    Zygote.gradient((a, b) -> Zygote.@showgrad(a) * b, 2, 3) => (3.0, 2.0)
    Zygote.gradient((a, b) -> Zygote.forwarddiff(a -> a * b, a), 2, 3) => (3.0, nothing)
    Zygote.pushforward((x, y) -> sum(x .* y), v, [3.0, 4.0])([1.0, 0.0], [0.0, 1.0]) => (11.0, 5.0)
    Zygote.Forward.pushforward(x -> Zygote.pushforward(cos, x)(1)[2], 0.0)(1) => (-0.0, -1.0)
    Zygote.gradient(t -> t[1] * t[2], (2, 3)) => ((3.0, 2.0),)
    Zygote.gradient(s -> s.a^2, Switched(3.0, true)) => ((a = 6.0, on = nothing),)
    drawn(1) => (true, 1, false)
    Zygote.gradient((l, x) -> sum(apply(l, x)), Affine([1.0 2.0; 3.0 4.0], [0.0, 0.0]), v) => ((W = [1.0 2.0; 1.0 2.0], b = [10.0, 10.0]), [4.0, 6.0])
    ProjectTo(Diagonal([1.0, 2.0]))([1.0 5.0; 6.0 2.0]) => [1.0 0.0; 0.0 2.0]
    ProjectTo(Symmetric([1.0 2.0; 2.0 3.0]))([1.0 0.0; 4.0 3.0]) => [1.0 2.0; 2.0 3.0]
    (ProjectTo(true)(1.0), ProjectTo([1.0])([1.0f0]), ProjectTo([1.0 2.0])(ZeroTangent())) => (NoTangent(), [1.0], ZeroTangent())
    Zygote.gradient(z -> real(abs2(z)), 1 + 2im) => (2.0 + 4.0im,)
    autodiff(Reverse, n -> 2n.params.b, Active, Active(Leaf((b=3.4,)))) => ((Leaf((b = 2.0,)),),)
    autodiff(Reverse, n -> 2n[1] * n[2][1], Active, Active((3.0, [1.0]))) => (((2.0, [6.0]),),)
    (tangent.b, tangent.W, (tangent + tangent).b) => ([1.0], ZeroTangent(), [2.0])
    Tangent{Tuple{Float64,Float64}}(1.0, 2.0)[2] => 2.0
    `,
  )
})

describe('programs that name dual numbers', () => {
  shows(
    () => session,
    `
    ForwardDiff.derivative(x -> doubled(x) + x, 3.0) => 101.0
    ForwardDiff.derivative(x -> ForwardDiff.value(x) * x, 3.0) => 3.0
    ForwardDiff.derivative(x -> x isa Dual ? 7x : x, 1.0) => 7.0
    ForwardDiff.gradient(x -> eltype(x) <: Dual ? 7sum(x) : sum(x), v) => [7.0, 7.0]
    ForwardDiff.gradient(in_room, v) => [8.0, 4.0]
    ForwardDiff.jacobian((y, x) -> (y .= doubled.(x); nothing), zeros(2), v) => [100.0 0.0; 0.0 100.0]
    ForwardDiff.hessian(x -> x[1]^2 * x[2], v) => [4.0 2.0; 2.0 0.0]
    ForwardDiff.derivative(x -> x * ForwardDiff.derivative(y -> x + y, 1.0), 1.0) => 1.0
    ForwardDiff.derivative((x::Float64) -> x^2, 3.0) => !MethodError: no method matching (::var"#1")(::Dual{ForwardDiff.Tag{var"#1", Float64}, Float64, 1})
    ForwardDiff.derivative(x -> sum(ForwardDiff.hessian(y -> sum(y .^ 3) * x, v)), 2.0) => 18.0
    ForwardDiff.gradient(sum, v, ForwardDiff.GradientConfig(prod, v)) => !Invalid Tag object:
    ForwardDiff.gradient(sum, v, ForwardDiff.GradientConfig(prod, v), Val{false}()) => [1.0, 1.0]
    ForwardDiff.partials(fma(Dual(2.0, 1.0), 3.0, 1.0), 1), div(Dual(2.0, 1.0), 1.5), one(ForwardDiff.Partials((2.0,)))[1] => (3.0, 1.0, 1.0)
    ForwardDiff.hessian(sum, 1.0) => !DimensionMismatch
    (reinterpret(Float64, [Point(1.0, 2.0), Point(3.0, 4.0)]), reinterpret(reshape, Float64, [Point(1.0, 2.0), Point(3.0, 4.0)])) => ([1.0, 2.0, 3.0, 4.0], [1.0 3.0; 2.0 4.0])
    (reinterpret(ComplexF64, [Point(1.0, 2.0)]), reinterpret(reshape, Point, [1.0 3.0; 2.0 4.0])) => (ComplexF64[1.0 + 2.0im], Point[Point(1.0, 2.0), Point(3.0, 4.0)])
    let p = [Point(1.0, 2.0), Point(3.0, 4.0)]; reinterpret(Float64, p)[4] = 9.0; p; end => Point[Point(1.0, 2.0), Point(3.0, 9.0)]
    reinterpret(reshape, Point, zeros(3, 2)) => !ArgumentError:
    Enzyme.gradient(Reverse, x -> sum(abs2, reinterpret(Float64, [Point(x[1], x[2]), Point(x[2], x[1]^2)])), [1.0, 2.0])[1] => [6.0, 8.0]
    reinterpret(Point, [1.0, 2.0, 3.0, 4.0])[2] => Point(3.0, 4.0)
    Enzyme.gradient(Reverse, x -> sum(p -> p.x * p.y, reinterpret(Point, x)), [1.0, 2.0, 3.0, 4.0])[1] => [2.0, 1.0, 4.0, 3.0]
    (sizeof(Point), sizeof(Tuple{Bool,Float64,Int32}), sizeof([1.0, 2.0])) => (16, 24, 16)
    `,
  )
})

const storing = newSession(`
using LinearAlgebra, ForwardDiff, Zygote, ReverseDiff, Enzyme, LogExpFunctions
function buffered(x)
    y = zeros(length(x))
    y .= x .^ 2
    sum(y)
end
roomy(x) = (y = similar(x); y[1] = x[1]^2; y[2] = x[1] * x[2]; sum(y))
only_floats(x::Vector{Float64}) = sum(x)
struct OfFloats; x::Float64; end
const kept = zeros(2)
const v = [1.0, 2.0]
const M = [3.0 1.0; 1.0 2.0]
`)

describe('programs that store numbers: those of ForwardDiff do not fit where only floats do', () => {
  shows(
    () => storing,
    `
    ForwardDiff.gradient(buffered, v) => !MethodError: no method matching Float64(::
    ForwardDiff.gradient(x -> only_floats(x) + 1, v) => !MethodError: no method matching only_floats(::Vector{
    ForwardDiff.derivative(x -> OfFloats(x).x, 1.0) => !MethodError: no method matching Float64(::
    ForwardDiff.gradient(x -> Float64[x[1], 2][1], v) => !MethodError: no method matching Float64(::
    ForwardDiff.gradient(x -> (kept .= x; sum(kept)), v) => !MethodError: no method matching Float64(::
    ForwardDiff.gradient(roomy, v) => [4.0, 1.0]
    ForwardDiff.derivative(abs, -2.0), ForwardDiff.derivative(x -> floor(x) * x, 2.5) => (-1.0, 2.0)
    ForwardDiff.gradient(x -> sum(eigvals(M .* x[1])), v) ≈ [5.0, 0.0] => true
    ForwardDiff.gradient(x -> sum(exp(M .* x[1] ./ 9)), v) ≈ Zygote.gradient(x -> sum(exp(M .* x[1] ./ 9)), v)[1] => true
    ForwardDiff.gradient(x -> sum(range(x[1], x[2]; length=5)), v) => [2.5, 2.5]
    ForwardDiff.gradient(x -> logaddexp(x[1], x[2]), [1.0, 1.0]) => [0.5, 0.5]
    ForwardDiff.jacobian(y -> Zygote.gradient(x -> (h(a) = Any[a][1]; h(x[1]) * x[2]^2), y)[1], v) => [0.0 4.0; 4.0 2.0]
    ForwardDiff.hessian(x -> sum(Enzyme.gradient(Reverse, y -> sum(y .^ 3) * y[1], 2x)[1]), v) isa Matrix{Float64} => true
    ForwardDiff.gradient(sum, LowerTriangular(M)), ForwardDiff.gradient(x -> dot(M, x), Diagonal(v)) => ([1.0 0.0; 1.0 1.0], [3.0 0.0; 0.0 2.0])
    logsumexp([1 + im, 2.0]) ≈ log(exp(1 + im) + exp(2)), logsumexp([-Inf 1.0; -Inf 1.0]; dims=1)[1], logsumexp([Inf 1.0]; dims=2), logsumexp(Float32[]), logsubexp(-Inf, -Inf), logsubexp(Inf, Inf) => (true, -Inf, [Inf;;], -Inf32, -Inf, NaN)
    `,
  )
})

describe('kinks are those of the package that is asked', () => {
  shows(
    () => storing,
    `
    ForwardDiff.derivative(sqrt, 0.0), Zygote.gradient(sqrt, 0.0)[1], ReverseDiff.gradient(x -> sqrt(x[1]), [0.0]), Enzyme.gradient(Reverse, sqrt, 0.0)[1] => (Inf, Inf, [Inf], 0.0)
    ForwardDiff.gradient(x -> sqrt(sum(abs2, x)), zeros(2)), Zygote.gradient(x -> sqrt(sum(abs2, x)), zeros(2))[1] => ([NaN, NaN], [NaN, NaN])
    [ForwardDiff.derivative(abs, 0.0), ForwardDiff.derivative(abs, -0.0), Zygote.gradient(abs, 0.0)[1], Enzyme.gradient(Forward, abs, -0.0)[1]] => [1.0, -1.0, 0.0, 1.0]
    Zygote.gradient(x -> x * sqrt(x), 0.0)[1], ForwardDiff.gradient(norm, zeros(2)), Zygote.gradient(norm, zeros(2))[1] => (0.0, [0.0, 0.0], [0.0, 0.0])
    Zygote.gradient(x -> Any[sqrt][1](x), 0.0)[1] => Inf
    # Of two equals ForwardDiff, ReverseDiff and Zygote take the last of \`max\`; Zygote takes the first of an array.
    ForwardDiff.derivative(x -> max(x, 0.0), 0.0), ForwardDiff.derivative(x -> max(0, x), 0.0), ReverseDiff.gradient(x -> max(x[1], x[2]), [1.0, 1.0]) => (0.0, 1.0, [0.0, 1.0])
    Zygote.gradient(max, 1.0, 1.0), Zygote.gradient(min, 1.0, 1.0), Zygote.gradient(maximum, [1.0, 3.0, 3.0])[1] => ((0.0, 1.0), (1.0, 0.0), [0.0, 1.0, 0.0])
    Zygote.gradient(^, -1.0, 2.0), Zygote.gradient(^, 0.0, 2.0), isnan(Zygote.gradient(^, 0.0, 0.0)[2]) => ((-2.0, 0.0), (0.0, 0.0), true)
    (maximum([1.0, NaN]), maximum([-0.0, 0.0]), maximum([0.0, -0.0]), maximum([-0.0, -0.0])) |> repr => "(NaN, 0.0, 0.0, -0.0)"
    `,
  )
})

describe('values of packages', () => {
  shows(
    () => session,
    `
    # A partial that is zero moves with the other variable.
    ForwardDiff.hessian(x -> (1 + x[1] * x[2])^2, [0.0, 0.0]), ForwardDiff.hessian(x -> (1 + x[1] * x[2])^(2.0 + 0 * x[1]), [0.0, 0.0]) => ([0.0 2.0; 2.0 0.0], [0.0 2.0; 2.0 0.0])
    ForwardDiff.hessian(x -> (x[1]^2 + 1)^(1 + x[1] * x[2]), [0.0, 0.0]) => [2.0 0.0; 0.0 0.0]
    (isequal(Dual(1.0, 2.0), 1.0), isequal(1, Dual(1.0, 0.0)), isequal(Dual(NaN, 0.0), NaN), Dual(1.0, 2.0) == 1, iszero(Dual(0.0, 1.0))) => (false, true, true, false, false)
    to_vec(Dict(:a => 1.0))[1] => [1.0]
    to_vec(Dict(:a => 1.0))[2]([3.0])[:a] => 3.0
    (z = make_zero((v, v)); z[1] === z[2] && z[1] !== v) => true
    let w = 1.5, f = (x -> (w *= x; w)), z = make_zero(f); before = (z === f, z.w.contents); autodiff(Reverse, Duplicated(f, z), Active, Const(2.0)); (before, z.w.contents, w); end => ((false, 0.0), 2.0, 3.0)
    let w; f = () -> w; isdefined(f.w, :contents) || f.w.contents; w = 1; end => !UndefRefError
    let w = 1.0, f = (() -> w); w = 2.0; seen = (f.w.contents, isdefined(f.w, :contents), f.w isa Core.Box); f.w.contents = 3.0; (seen, w); end => ((2.0, true, true), 3.0)
    length(many(1)) => 25
    NamedTuple(k => 2 for k in (:a, :b) if k == :a) => (a = 2,)
    `,
  )
})

describe('Bessel functions', () => {
  shows(
    () => session,
    `
    besseljx(1, 0.5) == besselj(1, 0.5), hankelh1x(1, 0.5) ≈ hankelh1(1, 0.5) * cis(-0.5), logabsbeta(2.0, 3.0)[1] ≈ log(1 / 12), logabsbeta(-0.5, 2.0)[2] => (true, true, true, -1)
    bessely0(1.0) ≈ 0.08825696421567697, bessely(1, 1.0) ≈ -0.7812128213002887, besselj(0, 30.5) ≈ -0.01938975451776215 => (true, true, true)
    all(isapprox(besselj(n + 1, x) * bessely(n, x) - besselj(n, x) * bessely(n + 1, x), 2 / (π * x); rtol=1e-11) for (n, x) in places) => true
    isapprox(besselj(10, 0.1), 2.6905328954342157e-20; rtol=1e-12), isapprox(besselj(100, 50.0), 1.1159273690838094e-21; rtol=1e-11) => (true, true)
    besselj(-0.5, 2.0) ≈ sqrt(1 / π) * cos(2.0), bessely(-0.5, 2.0) ≈ besselj(0.5, 2.0), besselj(3, -2.0) ≈ -besselj(3, 2.0) => (true, true, true)
    all(isapprox(ForwardDiff.derivative(t -> bessely(n, t), x), slope(bessely, n, x); rtol=1e-9) for (n, x) in places) => true
    all(isapprox(autodiff(Reverse, t -> besselj(n, t), Active, Active(x))[1][1], slope(besselj, n, x); rtol=1e-9, atol=1e-14) for (n, x) in places) => true
    bessely(0, 0.0), bessely(1, -1.0) => !DomainError
  `,
  )
})
