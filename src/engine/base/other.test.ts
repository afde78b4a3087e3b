/** Base's strings, dictionaries, LinearAlgebra and Statistics against what Julia gives. */
import { describe } from 'vitest'
import { newSession, shows } from './check.ts'

const session = newSession('using LinearAlgebra, Statistics, Random\n')

describe('strings', () => {
  shows(
    () => session,
    `
    "a" * "b" => "ab"
    "ab"^2 => "abab"
    "x = $(1 + 1)" => "x = 2"
    string(1, "a", 2.0) => "1a2.0"
    length("häß") => 3
    "abc"[2] => 'b'
    "abc"[2:3] => "bc"
    join([1, 2], ", ") => "1, 2"
    split("a,b", ",") => SubString{String}["a", "b"]
    uppercase("abc") => "ABC"
    startswith("abc", "ab") => true
    occursin("b", "abc") => true
    replace("aXbX", "X" => "-") => "a-b-"
    strip("  a ") => "a"
    lpad(5, 3) => "  5"
    parse(Int, "42") => 42
    parse(Float64, "1.5") => 1.5
    tryparse(Int, "x") === nothing => true
    repr("a") => "\\"a\\""
    Symbol("a") => :a
    :(:=), :(=), :(==), :(=>), :(&&), :(<:), :(...), :., :.+, Symbol("a b") => (:(:=), :(=), :(==), :(=>), :&&, :<:, :..., :., :.+, Symbol("a b"))
    :(z[k] := x).head, :(z[k] := x).args => (:(:=), Any[:(z[k]), :x])
    "a" < "b" => true
    'a' + 1 => 'b'
    [c for c in "ab"] => ['a', 'b']
    reverse("abc") => "cba"
    string(:a) => "a"
  `,
  )
})

describe('dictionaries and sets', () => {
  shows(
    () => session,
    `
    Dict("a" => 1)["a"] => 1
    let d = Dict{Symbol,Int}(); d[:x] = 1; d[:y] = 2; delete!(d, :x); collect(keys(d)); end => [:y]
    haskey(Dict(1 => 2), 3) => false
    get(Dict(1 => 2), 3, 0) => 0
    Dict(1 => 2)[5] => !KeyError
    sum(values(Dict(1 => 2, 3 => 4))) => 6
    sort(collect(keys(Dict(2 => 0, 1 => 0)))) => [1, 2]
    let n = 0; for (k, v) in Dict(1 => 2, 3 => 4); n += k * v; end; n; end => 14
    length(Set([1, 1, 2])) => 2
    2 in Set([1, 2]) => true
    sort(collect(union(Set([1]), [2]))) => [1, 2]
    intersect([1, 2, 3], [2, 3]) => [2, 3]
    merge(Dict(1 => 1), Dict(1 => 2))[1] => 2
  `,
  )
})

describe('linear algebra', () => {
  shows(
    () => session,
    `
    [1 2; 3 4] * [1, 1] => [3, 7]
    [1 2; 3 4] * [1 0; 0 1] => [1 2; 3 4]
    [1.0 2.0; 3.0 4.0]' * [1.0, 1.0] => [4.0, 6.0]
    [1, 2]' * [3, 4] => 11
    [1, 2] * [3, 4]' => [3 4; 6 8]
    [1, 2]' * [1 2; 3 4] => adjoint([7, 10])
    [1 2; 3 4] * [1, 2, 3] => !DimensionMismatch
    [1 2; 3 4]^2 => [7 10; 15 22]
    dot([1, 2], [3, 4]) => 11
    [1, 2] ⋅ [3, 4] => 11
    cross([1, 0, 0], [0, 1, 0]) => [0, 0, 1]
    norm([3, 4]) => 5.0
    norm([3.0, -4.0], 1) => 7.0
    norm([3.0, -4.0], Inf) => 4.0
    norm([1e200, 1e200]) ≈ sqrt(2) * 1e200 => true
    normalize([3.0, 4.0]) => [0.6000000000000001, 0.8]
    tr([1 2; 3 4]) => 5
    det([1.0 2.0; 3.0 4.0]) ≈ -2 => true
    (logdet(cholesky(zeros(0, 0))), logdet(lu(zeros(0, 0))), logdet(Diagonal(Float64[]))) => (0.0, 0.0, 0.0)
    inv([2.0 0.0; 0.0 4.0]) => [0.5 0.0; 0.0 0.25]
    [2.0 1.0; 1.0 3.0] \\ [3.0, 5.0] ≈ [0.8, 1.4] => true
    [1.0 1.0; 1.0 2.0; 1.0 3.0] \\ [1.0, 2.0, 3.0] ≈ [0.0, 1.0] => true
    [1.0 2.0; 2.0 4.0] \\ [1.0, 1.0] => !SingularException
    Diagonal([1, 2]) * [1, 1] => [1, 2]
    Matrix(I, 2, 2) => Bool[1 0; 0 1]
    [1 2; 3 4] + I => [2 2; 3 5]
    [1 2; 3 4] - 2I => [-1 2; 3 2]
    Diagonal{Float32}(Diagonal([1, 2])), convert(Diagonal{ComplexF64}, Diagonal([1.0])), size(Diagonal{Float64}(undef, 3)) => (Float32[1.0 0.0; 0.0 2.0], ComplexF64[1.0 + 0.0im;;], (3, 3))
    parent(Diagonal([1, 2])), factorize(Diagonal([1, 2])) isa Diagonal, rank(Diagonal(ComplexF32[1, 2])) => ([1, 2], true, 2)
    Diagonal([1.0, 0.0]) \\ [1.0, 2.0] => !SingularException(2)
    [1.0, 2.0]' / Diagonal([2.0, 4.0]), I / [2.0 0; 0 4], [2.0 0; 0 4] \\ I, I + trues(2, 2) => (adjoint([0.5, 0.5]), [0.5 0.0; 0.0 0.25], [0.5 0.0; 0.0 0.25], [2 1; 1 2])
    Diagonal([1.0, 2]) * qr([1.0 0; 0 1]).Q == Matrix(Diagonal([1.0, 2])) * Matrix(qr([1.0 0; 0 1]).Q) => true
    logdet([2.0+0im 0; 0 1im]) ≈ log(2) + im * π / 2, logdet(cholesky([2.0+0im 1im; -1im 3])) ≈ log(5), eigvals(Symmetric([0 1im; 1im 0])) ≈ [-1im, 1im], similar(UnitUpperTriangular([1.0 2; 0 1])) isa UnitUpperTriangular => (true, true, true, true)
    convert(AbstractMatrix{Float64}, [1 2]), convert(AbstractVector{Int}, 1:2) => ([1.0 2.0], 1:2)
    kron([1 2], [1, 1]) => [1 2; 1 2]
    triu([1 2; 3 4]) => [1 2; 0 4]
    diag([1 2; 3 4]) => [1, 4]
    diagm([1, 2]) => [1 0; 0 2]
    issymmetric([1 2; 2 1]) => true
    UpperTriangular([1.0 2.0; 3.0 4.0]) \\ [3.0, 4.0] => [1.0, 1.0]
    cholesky([4.0 2.0; 2.0 3.0]).L[2, 1] => 1.0
    eigvals(Symmetric([2.0 1.0; 1.0 2.0])) ≈ [1, 3] => true
    svdvals([3.0 0.0; 0.0 4.0]) => [4.0, 3.0]
    opnorm([3.0 0.0; 0.0 4.0]) ≈ 4 => true
    let q = qr([1.0 2.0; 3.0 4.0]); q.Q * q.R ≈ [1 2; 3 4]; end => true
    let c = zeros(2, 2); mul!(c, [1.0 2.0; 3.0 4.0], [1.0 0.0; 0.0 1.0]); c; end => [1.0 2.0; 3.0 4.0]
    exp(zeros(2, 2)) => [1.0 0.0; 0.0 1.0]
    logdet([2.0 0.0; 0.0 2.0]) ≈ log(4) => true
    rank([1.0 2.0; 2.0 4.0]) => 1
    [1 2; 3 4] / [2.0 0.0; 0.0 2.0] => [0.5 1.0; 1.5 2.0]
    Symmetric([1 2; 3 4])[2, 1] => 2
    let (l, u, p) = lu([1.0 2.0; 3.0 4.0]); l * u ≈ [1 2; 3 4][p, :]; end => true
  `,
  )
})

describe('statistics', () => {
  shows(
    () => session,
    `
    mean([1, 2, 3]) => 2.0
    mean([1 2; 3 4]; dims=1) => [2.0 3.0]
    var([1.0, 2.0, 3.0]) => 1.0
    std([1.0, 2.0, 3.0]) => 1.0
    median([1, missing]), try quantile([1.0, NaN], 0.5) catch e; e end => (missing, ArgumentError("quantiles are undefined in presence of NaNs or missing values"))
    median([3, 1, 2]) => 2.0
    median([1, 2, 3, 4]) => 2.5
    quantile([1.0, 2.0, 3.0], 0.5) => 2.0
    cov([1.0, 2.0], [1.0, 3.0]) => 1.0
    cor([1.0, 2.0, 3.0], [1.0, 2.0, 3.0]) => 1.0
    cor([1.0, 2, 3, 4], [4.0, 3, 2, 1]) => -1.0
    mean(abs, [-1, 1]) => 1.0
  `,
  )
})
