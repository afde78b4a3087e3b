/** Functions of Base inside gradients: reverse and forward mode against central differences. */
import { describe, expect, it } from 'vitest'
import { newSession, shown } from './check.ts'

const session = newSession(`
using Enzyme, LinearAlgebra, Statistics
function numerical(f, x)
    g = zero(x)
    for k in 1:length(x)
        h = 1e-6 * max(1.0, abs(x[k]))
        a, b = copy(x), copy(x)
        a[k] += h
        b[k] -= h
        g[k] = (f(a) - f(b)) / 2h
    end
    g
end
worst(a, b) = maximum(abs.(vec(a) .- vec(b)) ./ (1 .+ abs.(vec(b))))
function verdict(f, x)
    n = numerical(f, x)
    r = Enzyme.gradient(Enzyme.Reverse, f, x)[1]
    f1(t) = f(x .+ t .* n)
    d = Enzyme.autodiff(Enzyme.Forward, f1, Enzyme.Duplicated(0.0, 1.0))[1]
    worst(r, n) < 1e-6 && abs(d - sum(n .* n)) < 1e-5 * (1 + abs(d)) ? "agree" : "differ: $r $n $d"
end
const v = [0.3, -0.7, 1.2, 0.4]
const m = [1.3 0.2 -0.4; 0.5 2.1 0.3; -0.2 0.6 1.7]
`)

const ofVectors = [
  'x -> sum(abs2, x)',
  'x -> sum(x .^ 3)',
  'x -> sum(sin.(x) .* cos.(x))',
  'x -> prod(x)',
  'x -> maximum(x)',
  'x -> minimum(abs, x)',
  'x -> extrema(x)[2]',
  'x -> norm(x)',
  'x -> norm(x, 1)',
  'x -> norm(x, 3)',
  'x -> norm(x, Inf)',
  'x -> dot(x, reverse(x))',
  'x -> sum(cumsum(x) .^ 2)',
  'x -> sum(abs2, cumprod(x))',
  'x -> sum(abs2, diff(x))',
  'x -> x[end] * x[1]',
  'x -> sum(abs2, x[2:3])',
  'x -> sum(abs2, x[[1, 3, 3]])',
  'x -> sum(x[x .> 0] .^ 2)',
  'x -> sum(abs2, view(x, 2:4) .* x[1])',
  // Factors of 0, by which there is a derivative.
  'x -> (c = [x[2], 1.0]; mul!(c, [x[3] 1.0; 2.0 x[4]], x[3:4], x[1] - 0.3, x[1] - 0.3); sum(c) + sum(abs2, c))',
  "x -> (c = [x[2] 1.0; 0.5 x[3]]; BLAS.gemm!('N', 'T', 1.0, m[1:2, 1:2], [x[3] 1.0; 2.0 x[4]], x[1] - 0.3, c); sum(abs2, c))",
  "x -> (c = [x[2] 1.0; 0.5 x[3]]; BLAS.syrk!('U', 'N', x[2], [x[3] 1.0; 2.0 x[4]], x[1] - 0.3, c); sum(abs2, c))",
  'x -> (c = [NaN, 1.0]; mul!(c, m[1:2, 1:2], x[3:4], x[2], 0.0); sum(abs2, c))',
  'x -> sum(abs2, vcat(x, 2x))',
  'x -> sum(abs2, hcat(x, x .^ 2))',
  'x -> sum(abs2, [x[1] x[2]; x[3] x[4]] * [1.0, 2.0])',
  'x -> sum(abs2, [x; sum(x)])',
  'x -> sum(abs2, reshape(x, 2, 2) * reshape(x, 2, 2))',
  'x -> sum(x[i]^2 for i in 1:3)',
  'x -> sum(xi^2 for xi in x if xi > 0)',
  'x -> sum(map(y -> y^2, x))',
  'x -> sum(abs2, map(*, x, reverse(x)))',
  'x -> foldl((a, b) -> a * b + b, x)',
  'x -> mapreduce(y -> y^2, +, x)',
  'x -> sum(abs2, [i * xi for (i, xi) in enumerate(x)])',
  'x -> sum(a * b for (a, b) in zip(x, 2x))',
  'x -> sum(abs2, sort(x) .* [1, 2, 3, 4])',
  'x -> mean(x)^2',
  'x -> var(x)',
  'x -> std(x)',
  'x -> median(x)',
  'x -> cor(x, x .^ 2)',
  'x -> quantile(x, 0.3)',
  'x -> evalpoly(x[1], (x[2], x[3], x[4]))',
  'x -> hypot(x[1], x[2])',
  'x -> abs2(Complex(x[1], x[2])^2 / Complex(x[3], x[4]))',
  'x -> real(exp(Complex(x[1], x[2])))',
  'x -> abs(sqrt(Complex(x[1], x[2])))',
  'x -> sum(abs2, circshift(x, 1) .* x)',
  'x -> sum(abs2, repeat(x, 2) .* (1:8))',
  'x -> (y = copy(x); y[2] = y[1] * y[3]; sum(abs2, y))',
  'x -> (y = zeros(4); y .= x .^ 2; sum(y .* x))',
  'x -> (y = similar(x); copyto!(y, x); y .*= 2; sum(y .* x))',
  'x -> (y = Float64[]; for a in x; push!(y, a^2); end; sum(y .* x))',
  'x -> sum(clamp.(x, -0.5, 0.5) .* x)',
  'x -> sum(sinc.(x))',
  'x -> sum(sinpi.(x) .* cospi.(x))',
  'x -> sum(sind.(10x))',
  'x -> sum(mod.(x, 1.0) .* x)',
  'x -> sum(log1p.(x .^ 2) .+ expm1.(x) .+ atan.(x, 2.0))',
  'x -> sum(tanh.(x) .+ asinh.(x) .+ cbrt.(x .+ 3))',
  'x -> sum(abs2, collect(range(x[1], x[2]; length=5)))',
  'x -> sum(abs2, collect(x[1]:0.5:x[3]))',
  "x -> x' * m4 * x",
  'x -> sum(abs2, kron(x, x))',
  'x -> sum(abs2, cross(x[1:3], [1.0, 2.0, 3.0]))',
  'x -> sum(normalize(x) .* [1, 2, 3, 4])',
  'x -> sum(abs2, Diagonal(x) * [1.0, 2.0, 3.0, 4.0])',
  'x -> sum(abs2, stack([x, 2x]))',
  'x -> sum(abs2, reduce(hcat, [x, x .^ 2]))',
  'x -> sum(Iterators.map(y -> y^2, x))',
  'x -> (d = Dict("a" => x[1]); d["a"] * x[2])',
  'x -> sum(x -> x isa Float64 ? x^2 : 0.0, x)',
  'x -> (t = (x[1], x[2]); sum(t .* t))',
  'x -> (r = Ref(x[1]); r[] *= x[2]; r[])',
  'x -> sum(eachrow(reshape(x, 2, 2))[1] .* x[1:2])',
  'x -> sum(ifelse.(x .> 0, x .^ 2, -x))',
  'x -> findmax(x)[1] * x[argmin(x)]',
  'x -> sum(abs2, accumulate((a, b) -> 0.5a + b, x))',
]

const ofMatrices = [
  'a -> tr(a * a)',
  "a -> sum(abs2, a' * a)",
  'a -> det(a)',
  'a -> logdet(a)',
  'a -> sum(abs2, inv(a))',
  'a -> sum(a \\ [1.0, 2.0, 3.0])',
  'a -> sum(abs2, a[:, 1] .* a[2, :])',
  'a -> sum(abs2, sum(a; dims=1))',
  'a -> sum(abs2, maximum(a; dims=2))',
  'a -> sum(abs2, diff(a; dims=2))',
  "a -> sum(abs2, a .* a')",
  "a -> sum(a' .+ [1, 2, 3])",
  'a -> sum(abs2, mean(a; dims=1))',
  'a -> sum(abs2, permutedims(a) * a)',
  'a -> sum(abs2, vec(a) .* (1:9))',
  'a -> norm(a)',
  'a -> sum(abs2, [a a; a a])',
  'a -> sum(abs2, vcat(a, a[1:1, :]))',
  'a -> sum(abs2, a^2)',
  'a -> sum(abs2, triu(a))',
  'a -> sum(diag(a) .^ 2)',
  'a -> sum(abs2, Symmetric(a) * [1.0, 2.0, 3.0])',
  'a -> sum(UpperTriangular(a) \\ [1.0, 2.0, 3.0])',
  "a -> sum(abs2, cholesky(Symmetric(a' * a + 3I)).L)",
  'a -> sum(abs2, a + 2I)',
  'a -> sum(abs2, kron(a, a))',
  'a -> (c = zeros(3, 3); mul!(c, a, a); sum(abs2, c))',
  'a -> (b = copy(a); b[2, :] .= b[1, :] .* 2; sum(abs2, b))',
  'a -> sum(sum(abs2, r) for r in eachrow(a))',
  'a -> sum(abs2, mapslices(sum, a; dims=1))',
  'a -> sum(abs2, cumsum(a; dims=1))',
  'a -> sum(abs2, rotl90(a) * a)',
  'a -> sum(abs2, selectdim(a, 1, 2))',
  'a -> dot([1.0, 2.0, 3.0], a, [1.0, 0.0, 1.0])',
  'a -> sum(abs2, exp(a))',
  'a -> sum(abs2, qr(a).R)',
  'a -> sum(abs2, cov(a))',
  'a -> sum(eigvals(Symmetric(a)) .* [1, 2, 3])',
  'a -> sum(svdvals(a) .* [1, 2, 3])',
  'a -> opnorm(a)',
  'a -> sum(a / a[1, 1])',
  'a -> sum(abs2, a[CartesianIndex(1, 2)] .* a)',
  'a -> sum(a[i, j]^2 for i in 1:3, j in 1:3 if i < j)',
  'a -> sum(abs2, dropdims(sum(a; dims=1); dims=1))',
  'a -> sum(abs2, reverse(a; dims=1) .* a)',
]

const declared = shown(session, 'm[1, 1]')
if (declared !== '1.3') throw new Error(declared)

describe('gradients of functions of a vector', () => {
  for (const f of ofVectors)
    it(f, () => {
      expect(shown(session, `verdict(${f.replace('m4', '[m [1; 2; 3]; 1 2 3 4]')}, v)`)).toBe('"agree"')
    })
})

describe('gradients of functions of a matrix', () => {
  for (const f of ofMatrices)
    it(f, () => {
      expect(shown(session, `verdict(${f}, m)`)).toBe('"agree"')
    })
})

/** Shapes of programs that have troubled tools before. */
const troublesome = [
  ['x -> sum(abs2, inv([xi^j for xi in x[1:3], j in 0:2]))', 'v'],
  ['x -> abs(sqrt(Complex(x[1], x[1])))', 'v'],
  ['x -> abs2(cos(Complex(x[1], x[2])))', 'v'],
  ['x -> abs2(Complex(x[1], x[2])^Complex(x[3], x[4]))', 'v'],
  ['x -> abs2(Complex(x[1], x[2])^3.5)', 'v'],
  ['x -> (nt = (a = x[1:2], b = x[3]); sum(nt.a) * nt.b)', 'v'],
  ['x -> sum(det(c * Diagonal(x)) for c in 1:3)', 'v'],
  ['x -> mapreduce((c, y) -> c * y^2, +, 1:4, x)', 'v'],
  ['x -> (s = 0.0; foreach(y -> (s += y^2), x); s)', 'v'],
  ['x -> (y = Any[]; for a in x; push!(y, a * 2); end; sum(y) * x[1])', 'v'],
  ['x -> (r = [1:2, 2:4]; s = zero(eltype(x)); for i in 1:2; s += sum(abs2, x[r[i]]); end; s)', 'v'],
  ['x -> coth(x[3]) + csch(x[4]) + sech(x[1])', 'v'],
  ["x -> (A = [x[1] x[2]; x[2] x[3]]; logdet(A' * A))", 'v'],
  ['x -> fma(x[1], x[2], x[3]) * muladd(x[4], x[1], x[2])', 'v'],
  ['x -> middle(x[1], x[2]) * middle(x)', 'v'],
  ['x -> (w = reshape(x, 2, 2); y = w[:]; sum((y .+ x) .^ 2 .* y))', 'v'],
  [
    "x -> (b = zeros(2, 2, 2); b[:, :, 1] .= reshape(x, 2, 2); c = zeros(2, 2); mul!(c, view(b, :, :, 1)', view(b, :, :, 1)); sum(abs2, c))",
    'v',
  ],
  ['x -> (f = splat((a, b) -> a * b); f((x[1], x[2])) )', 'v'],
  ['x -> (d = Dict{Symbol,Any}(:w => x); sum(abs2, d[:w]))', 'v'],
  ['x -> sum(ntuple(i -> x[i]^i, 4))', 'v'],
  ['x -> sum(x[i] * x[j] for i in 1:4, j in 1:4 if i != j)', 'v'],
  ['x -> sum([sum(abs2, x[1:k]) for k in 1:4])', 'v'],
  ['x -> norm(x .- mean(x)) / std(x)', 'v'],
  ['x -> sum(exp.(x) ./ sum(exp.(x)) .* [1, 2, 3, 4])', 'v'],
  ['x -> (y = sort(x; rev=true); y[1] * y[2])', 'v'],
  ['x -> partialsort(x, 2) * x[1]', 'v'],
  ['x -> cond([x[1] 0.3; 0.2 x[3]])', 'v'],
  ['x -> evalpoly(x[1], x) + sum(Iterators.take(x, 2))', 'v'],
  ['x -> sum(x[CartesianIndex(2)] .* x)', 'v'],
  ['x -> (c = copy(x); c[2:3] .+= x[1:2]; c[[1, 4]] .*= 2; sum(c .^ 2))', 'v'],
  ['x -> (c = copy(x); deleteat!(c, 2); pushfirst!(c, x[1]^2); insert!(c, 2, 3x[2]); sum(c .^ 2))', 'v'],
  ['x -> (c = copy(x); circshift(c, -1)[1] * popfirst!(c) * pop!(c))', 'v'],
  ['x -> sum(abs2, cat(x, x .^ 2; dims=3))', 'v'],
  ['x -> sum(filter(y -> y > 0, x) .^ 2)', 'v'],
  ["x -> sum(abs2, x * x' .+ x)", 'v'],
  ['x -> dot(x, Tridiagonal(x[1:3], x, x[2:4]), x)', 'v'],
  ['x -> sum(abs, x) + sum(sign.(x) .* x)', 'v'],
  ['x -> x[1]^x[3] + 2^x[2] + x[3]^3 + x[4]^-2', 'v'],
  ['x -> log(2, x[3]) + log(x[1], x[3]) + log2(x[4]) + log10(x[1])', 'v'],
  ['x -> sum(round.(x; digits=1) .* x)', 'v'],
  ['x -> (s = 0.0; i = 1; while i <= 4; s += x[i]^i; i += 1; end; s)', 'v'],
  ["a -> sum(cholesky(Symmetric(a' * a + I)) \\ [1.0, 2.0, 3.0])", 'm'],
  ['a -> sum(Symmetric(a) \\ [1.0, 2.0, 3.0])', 'm'],
  ['a -> sum(abs2, Matrix(qr(a).Q) .* [1 2 3])', 'm'],
  ['a -> sum(abs2, mapreduce(identity, hcat, eachcol(a)))', 'm'],
  ['a -> sum(abs2, reverse(a)) * a[1, 2]', 'm'],
  ['a -> sum(pinv(a) .* [1 2 3])', 'm'],
  ['a -> sum(svd(a).U[:, 1] .* [1, 2, 3])', 'm'],
  ['a -> sum(eigen(Symmetric(a)).vectors[:, 1] .^ 2 .* [1, 2, 3])', 'm'],
  ["a -> sum(log(Symmetric(a' * a + I)))", 'm'],
  ['x -> (m = x .> 0.3; y = copy(x); y[.!m] .*= 0.1; sum(abs2, y) + sum(x[m]) + sum(x .* m))', '[1.0, -2.0, 3.0]'],
  [
    "x -> (r(a) = a > 0 ? a : 0; v = r.(x); w = [i == 1 ? 1 : x[i]^2 for i in 1:3]; sum(v .^ 2) + v'x + sum(w) * w[2] + sum([1 2 3; 4 5 6] * v))",
    '[1.0, -2.0, 3.0]',
  ],
]

describe('gradients of what has been difficult', () => {
  for (const [f, x] of troublesome)
    it(f!, () => {
      expect(shown(session, `verdict(${f}, ${x})`)).toBe('"agree"')
    })
})
