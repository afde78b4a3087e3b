/** Small packages: UnPack, Parameters, NaNMath, MLUtils, what scripts say of their environment. */
import { describe } from 'vitest'
import { newSession, shows } from './check.ts'

const session = newSession(`
using Pkg; Pkg.activate("."; shared=false); Pkg.add(["Enzyme"])
using UnPack, Parameters, Enzyme, ForwardDiff, ProgressMeter, IrrationalConstants, InteractiveUtils, FillArrays, LinearAlgebra
import NaNMath
@with_kw struct P; a::Float64 = 1.0; b::Int = 2; end
@with_kw struct R{T} @deftype T
    a = 1.5
    b::Int = 2
    c = 2a
end
@with_kw_noshow mutable struct Q{T}; x::T = 1.0; y::Vector{T} = [x]; end
function unpacked(p)
    @unpack a, b = p
    a + 10b
end
function counted(n)
    s, p = 0, Progress(n; desc="x")
    @showprogress 1 "Adding" for i in 1:n
        s += i
        next!(p)
    end
    s, p.counter
end
packed(q, x) = (@pack! q = x; q)
`)

describe('fields as variables', () => {
  shows(
    () => session,
    `
    (unpacked(P()), unpacked((a=1, b=3)), unpacked(Dict(:a => 1, :b => 2)), unpacked(Dict("a" => 1, "b" => 2))) => (21.0, 31, 21, 21)
    (make = @with_kw (x = 1, y = 2x); (make(), make(x=3.0), make(y=5))) => ((x = 1, y = 2), (x = 3.0, y = 6.0), (x = 1, y = 5))
    (packed(Q(), 5.0).x, packed(Dict{Symbol,Any}(), 2)[:x]) => (5.0, 2)
    (R(a=2.0).c, typeof(R(a=1f0)), R(R(a=2.0); b=3).b, fieldtypes(R{Int})) => (4.0, R{Float32}, 3, (Int64, Int64, Int64))
    (Q(x=2.0).y, P(P(a=2.0); b=7).b, reconstruct(P(); a=3).a, type2dict(P())[:b]) => ([2.0], 7, 3.0, 2)
    repr(P()) => "P\\n  a: Float64 1.0\\n  b: Int64 2\\n"
    autodiff(Reverse, p -> unpacked(p)^2, Active, Active(P(a=1.0)))[1][1].a => 42.0
    `,
  )
})

describe('NaNMath', () => {
  shows(
    () => session,
    `
    (NaNMath.log(-1.0), NaNMath.log(1.0), NaNMath.sqrt(-1), NaNMath.sqrt(4), NaNMath.acos(2), NaNMath.sin(Inf)) => (NaN, 0.0, NaN, 2.0, NaN, NaN)
    (NaNMath.pow(-2.0, 0.5), NaNMath.pow(2, 3), NaNMath.pow(-2.0, 3), NaNMath.max(1.0, NaN), NaNMath.min(NaN, 2, 1)) => (NaN, 8.0, -8.0, 1.0, 1.0)
    (NaNMath.sum([1.0, NaN, 2.0]), NaNMath.mean([1.0, NaN, 2.0]), NaNMath.maximum([1.0, NaN]), NaNMath.median([3.0, NaN, 1.0]), NaNMath.std([1.0, 2.0, 3.0, NaN])) => (3.0, 1.5, 1.0, 2.0, 1.0)
    (log(1.0), sum([1, 2]), max(1.0, NaN)) => (0.0, 3, NaN)
    map(f -> ForwardDiff.derivative(f, -2.0), (NaNMath.sqrt, NaNMath.log, NaNMath.log1p, NaNMath.asin, NaNMath.atanh, x -> NaNMath.pow(x, 0.5))) => (NaN, -0.5, -1.0, NaN, -0.3333333333333333, NaN)
    ForwardDiff.derivative(NaNMath.cos, Inf), NaNMath.log(-2f0), autodiff(Reverse, NaNMath.log, Active, Active(-2.0)), ForwardDiff.derivative(NaNMath.acosh, -2.0) ≈ 1 / sqrt(3) => (NaN, NaN32, ((-0.5,),), true)
    (ForwardDiff.derivative(NaNMath.log, 2.0), autodiff(Reverse, x -> NaNMath.pow(x, 3.0), Active, Active(2.0))) => (0.5, ((12.0,),))
    `,
  )
})

describe('environment, progress, constants', () => {
  shows(
    () => session,
    `
    (counted(4), Pkg.instantiate(), chomp(sprint(versioninfo))) => ((10, 4), nothing, "Julia Version 1.11.0")
    (twoπ * 1f0, 1.0 * sqrt2 == sqrt(2.0), exp(loghalf) ≈ 0.5, log2π) => (6.2831855f0, true, true, log2π)
    `,
  )
})

describe('arrays of one value', () => {
  shows(
    () => session,
    `
    (Fill(2.0, 3), Ones(2, 2), Zeros{Int}(2), repr("text/plain", Fill(1, 2, 2)), repr("text/plain", Zeros(3))) => (Fill(2.0, 3), Ones(2, 2), Zeros{Int64}(2), "2×2 Fill{Int64}, with entries equal to 1", "3-element Zeros{Float64}")
    (size(Fill(2.0, 3, 2)), sum(Fill(2.0, 3)), Fill(2.0, 3)[2], Fill(2, 2) == [2, 2], collect(Ones(2)), 3 * Ones(2), Fill(1, 2) + Fill(2, 2)) => ((3, 2), 6.0, 2.0, true, [1.0, 1.0], Fill(3.0, 2), Fill(3, 2))
    (Ones(2) .+ [1, 2], [1 2; 3 4] * Ones(2), dot(Fill(2.0, 2), [1, 3]), Eye(2) * [3, 4], Zeros(2) + [1, 2], [Fill(1, 2); 3]) => ([2.0, 3.0], [3.0, 7.0], 8.0, [3.0, 4.0], [1.0, 2.0], [1, 1, 3])
    Fill(1.0, 2)[1] = 2.0 => !ArgumentError: Cannot setindex! to 2.0
    Fill(1.0, 2)[3] => !BoundsError
    (ForwardDiff.derivative(x -> sum(Fill(x, 3) .* [1, 2, 3]), 2.0), autodiff(Reverse, x -> dot(Fill(x, 3), [1.0, 2.0, 3.0])^2, Active, Active(1.0))) => (6.0, ((72.0,),))
    ForwardDiff.gradient(v -> sum(v .* Fill(2.0, 2)) + dot(v, Ones(2)), [1.0, 2.0]) => [3.0, 3.0]
    (typeof(Zeros(2)), Fill{Float64}(1, (2, 3)), Ones{Int}(2) === Ones{Int}((2,)), Trues(2), Fill(2)[], Zeros([1 2]), Eye{Int}(2) * [3, 4]) => (Zeros{Float64, 1, Tuple{Base.OneTo{Int64}}}, Fill(1.0, 2, 3), true, Ones{Bool}(2), 2, Zeros{Int64}(1, 2), [3, 4])
    (Fill(2, 3) .+ 1, exp.(Zeros(2)) .+ 1, Fill(2, 2) .^ 2, Zeros(2) .* [1.0, NaN], Ones(2) .* Ones(2, 3), Fill(2, 2) .* Fill(3, 1, 2)) => (Fill(3, 3), Fill(2.0, 2), Fill(4, 2), Zeros(2), Ones(2, 3), Fill(6, 2, 2))
    (Ones(2) .* [1, 2], zeros(2) .= Fill(3.0, 2), Zeros(2) .+ [1, 2], Fill(1, 2) .+ (1, 2)) => ([1.0, 2.0], [3.0, 3.0], [1.0, 2.0], [2, 3])
    (Zeros(2) + Ones{Int}(2), Ones(2) - Ones(2), -Zeros(2), Zeros(2, 3) * Ones(3), Ones(2, 3) * Ones(3), Zeros(2, 2) * [1, 2], Fill(im, 1, 2)', kron(Ones(2), Ones(2, 2))) => (Ones(2), Zeros(2), Zeros(2), Zeros(2), Fill(3.0, 2), Zeros(2), Fill(0 - 1im, 2, 1), Ones(4, 2))
    (Fill(1, 4)[2:3], Fill(1, 2, 3)[:, 1], Fill(1, 4)[[true, false, true, true]], reshape(Fill(1, 4), 2, :), vec(Zeros(2, 2)), permutedims(Ones(2, 3)), repeat(Zeros(2), 1, 2)) => (Fill(1, 2), Fill(1, 2), Fill(1, 3), Fill(1, 2, 2), Zeros(4), Ones(3, 2), Zeros(2, 2))
    (cumsum(Fill(3, 10)), cumsum(Ones{Int}(3)), cumsum(Zeros(2)), sum(Fill(2, 2, 3); dims=1), prod(Fill(2, 3)), diff(Fill(1, 3)), unique(Fill(1, 3))) => (3:3:30, Base.OneTo(3), Zeros(2), Fill(4, 1, 3), 8, Zeros{Int64}(2), Fill(1, 1))
    (OneElement(3, 2, 4), 2 * OneElement((1, 2), (2, 2)), Eye(2, 3), FillArrays.unique_value([1, 1])) => ([0, 3, 0, 0], [0 2; 0 0], [1.0 0.0 0.0; 0.0 1.0 0.0], 1)
    reshape(Fill(1, 4), 3, 2) => !DimensionMismatch
    Zeros(2) .* [1, 2, 3] => !DimensionMismatch
    (autodiff(Forward, x -> sum(cumsum(Fill(x, 3))), Duplicated(2.0, 1.0)), autodiff(Reverse, x -> sum(Fill(x, 3) .^ 2 .+ x), Active, Active(2.0))) => ((6.0,), ((15.0,),))
    `,
  )
})

const observations = newSession(`
using MLUtils, OneHotArrays, Random
const X = reshape(collect(1.0:20.0), 2, 10)
const y = collect(1:10)
orders(rng) = [last(batch) for batch in DataLoader((X, y); batchsize=5, shuffle=true, rng)]
`)

describe('observations', () => {
  shows(
    () => observations,
    `
    (numobs(X), numobs((X, 1:10)), getobs(X, 2), getobs((X, y), 3), getobs((a=X, b=y), 1:2).b) => (10, 10, [3.0, 4.0], ([5.0, 6.0], 3), [1, 2])
    map(part -> (size(part[1]), part[2]), splitobs((X, y); at=0.8)) => (((2, 8), [1, 2, 3, 4, 5, 6, 7, 8]), ((2, 2), [9, 10]))
    (map(size, splitobs(X; at=(0.5, 0.3))), splitobs(10; at=0.7), sort(shuffleobs(y)) == y) => (((2, 5), (2, 3), (2, 2)), (1:7, 8:10), true)
    [(size(a), b) for (a, b) in DataLoader((X, y); batchsize=4)] => [((2, 4), [1, 2, 3, 4]), ((2, 4), [5, 6, 7, 8]), ((2, 2), [9, 10])]
    (orders(Xoshiro(1)) == orders(Xoshiro(1)), orders(Xoshiro(1)) == orders(Xoshiro(2)), sort(vcat(orders(Xoshiro(1))...)) == y) => (true, false, true)
    map(pair -> map(length, pair), kfolds(y; k=3)) => [(6, 4), (7, 3), (7, 3)]
    (onehotbatch([1, 2, 2], 1:3), onecold([0.1 0.9; 0.8 0.1]), size(unsqueeze(X; dims=3)), ones_like([1, 2])) => (Bool[1 0 0; 0 1 1; 0 0 0], [2, 1], (2, 10, 1), [1, 1])
    `,
  )
})
