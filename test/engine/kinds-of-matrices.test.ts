/** Operations on matrices of every kind, and their derivatives of first and second order: forward, reverse and by differences. */
import { describe, expect, it } from 'vitest'
import { unpassed } from './session-of.ts'

/** A 3 × 3 matrix of six numbers, by its kind. */
const KINDS: Readonly<Record<string, string>> = {
  Matrix: `nine(x)`,
  Symmetric: `Symmetric(nine(x))`,
  'Symmetric of its lower half': `Symmetric(nine(x), :L)`,
  Diagonal: `Diagonal(x[1:3])`,
  UpperTriangular: `UpperTriangular(nine(x))`,
  LowerTriangular: `LowerTriangular(nine(x))`,
  UnitLowerTriangular: `UnitLowerTriangular(nine(x))`,
  Adjoint: `nine(x)'`,
  'Transpose of a view': `transpose(view(twelve(x), :, 2:4))`,
  view: `view(twelve(x), :, [1, 3, 4])`,
  PermutedDimsArray: `PermutedDimsArray(nine(x), (2, 1))`,
  Tridiagonal: `Tridiagonal(x[1:2], x[3:5], x[[6, 1]])`,
  SymTridiagonal: `SymTridiagonal(x[1:3], x[4:5])`,
  Bidiagonal: `Bidiagonal(x[1:3], x[4:5], :U)`,
  UpperHessenberg: `UpperHessenberg(nine(x))`,
  Hermitian: `Hermitian(nine(x))`,
  comprehension: `[x[i]*x[j] for i in 1:3, j in 4:6]`,
  SMatrix: `SMatrix{3, 3}(vec(nine(x)))`,
  hcat: `hcat(x[1:3], x[4:6] .^ 2, ones(3))`,
}

/** What is computed of the matrix `W`; `M` is a matrix of numbers. */
const OPERATIONS = `
sum(abs2, W)
sum(W .* M)
sum(W * [1, 2, 3])
[1, 2, 3]'*W*[3, 1, 2]
sum(W' .* M)
sum(W*W .* M)
sum(W'W .* M)
sum(W*W' .* M)
tr(W*W)
det(W + 3I)
logdet(W*W'+I)
sum(inv(W+3I) .* M)
sum((W+3I) \\ [1.0, 2, 3])
sum([1.0 2 3] / (W+3I))
sum((W+3I)' \\ [1.0, 2, 3])
norm(W)
sum(cumsum(W;dims=1) .* M)
sum(cumprod(W;dims=2) .* M)
sum(sum(W;dims=1) .^ 2)
sum(maximum(W;dims=2) .^ 2)
sum(prod(W;dims=1))
sum(mapslices(v -> v ./ sum(v), W+3I;dims=1) .* M)
sum(abs2, diff(W;dims=1))
sum(W[:, 2] .* W[1, :])
sum(W[2:3, 1:2] .^ 2)
sum(abs2, W[[1, 3], :])
W[1, 2]^2 + W[2, 1]^2*3 + W[3, 3]
sum(view(W, 2, :) .^ 3)
sum(reverse(W;dims=1) .* M)
sum(circshift(W, (1, 1)) .* M)
sum(permutedims(W) .* M)
sum(vec(W) .* (1:9) .^ 2)
sum(reshape(W, 1, 9) .^ 2)
sum(hcat(W, W .^ 2)[:, 4] .^ 2)
sum(vcat(W, W)[5, :] .^ 2)
sum(repeat(W, 2, 1) .^ 2 .* (1:6))
sum(kron(W, [1 2]) .^ 2)
dot(W, M)
dot([1, 2, 3], W, [3, 2, 1])^2
sum(triu(W) .^ 2 .* M)
sum(diag(W) .^ 3)
tr(W)^3
sum(sort(vec(W)) .* (1:9))
sum(map(t->t^2*sin(t), W) .* M)
mapreduce(t->t^3, +, W)
sum(t^2 for t in W)
sum([t^3 for t in W] .* M)
sum(stack(eachrow(W)) .* M)
sum(prod(c) for c in eachcol(W))
sum(norm(r) for r in eachrow(W))
foldl((a, b)->a*sin(b)+b, W)
sum(W .+ W[:, 1]) ^2
sum(W ./ sum(W;dims=2) .* M)
sum(exp.(W .- maximum(W)) .* M)
sum((W .> 1) .* W .^ 2)
sum(ifelse.(W .> 1, W .^ 2, W))
mean(W)^2 + var(W) + std(W)
sum(var(W;dims=1))
sum(cov(Matrix(W)))
sum(2W - W/3 + W .^ 2)
sum((W + 2W') .* M)
sum((W - Diagonal([1, 2, 3])) .^ 2)
sum((W + W + I) .* M .* W)
sum(W*Diagonal([1, 2, 3])*W .* M)
sum(exp(Matrix(W)) .* M)
sum((W+I)^3 .* M)
sum(collect(W) .^ 2 .* M)
sum(Matrix(W)*W .* M)
opnorm(W, 1)
norm(W, 1) + norm(W, Inf) + norm(W, 3)
sum(lu(Matrix(W+3I)).U .* M)
sum(qr(Matrix(W+3I)).R .^ 2 .* M)
sum(cholesky(Symmetric(W*W'+I)).U .* M)
y = zeros(3); mul!(y, W, [1.0, 2, 3]); sum(y .^ 2)
y = zeros(3, 3); y .= W; y[1, :] .*= 2; sum(y .^ 2 .* M)
y = zeros(3, 3); mul!(y, W, W', 2.0, 0.0); sum(y .* M)
y = similar(M); copyto!(y, W); y[2, 2] = W[1, 1]^2; sum(y .* M)
y = Matrix(W); @views y[:, 1] .= W[:, 2] .* W[2, 2]; sum(y .^ 2)
y = 0.0; for i in 1:3, j in 1:3; y += W[i, j]^2*i*sin(W[j, i]); end; y
y = 0.0; for (i, w) in enumerate(W); y += i*w^2; end; y
y = 0.0; for I in CartesianIndices(W); y += W[I]^I[1]; end; y
sum(findmax(W;dims=1)[1] .^ 2)
extrema(W)[2]^2
sum(accumulate(+, W;dims=2) .* M)
sum(rot180(W) .* M)
sum(rotl90(W) .* M)
sum(dropdims(sum(W;dims=1);dims=1) .^ 2)
sum(selectdim(W, 1, 2) .^ 2)
sum(W .^ 2; init=0.0)
sum(broadcast(*, W, M) .* W)
sum(Symmetric(W+W') * [1, 2, 3])
sum(Symmetric(W+W'+3I) \\ [1.0, 2, 3])
eigvals(Symmetric(Matrix(W+W')))[1]
svdvals(Matrix(W))[1]
sum(UpperTriangular(W) .* M)
sum(UpperTriangular(W+3I) \\ [1.0, 2, 3])
sum(LowerTriangular(W+3I)' \\ [1.0, 2, 3])
sum(W[W .> 0.9] .^ 2)
sum(W[CartesianIndex.(1:3, [2, 3, 1])] .^ 2)
sum(W[:] .^ 3)
first(W)^2 + last(W)^3
sum(Iterators.flatten(eachcol(W))) ^ 2
sum(zip(W, M)) do (a, b); a^2*b; end
reduce(+, W; dims=1)[2]^2
maximum(abs, W)^2
quantile(vec(W), 0.4)^2 + median(W)^2
normalize(W)[2, 1]
cond(Matrix(W+4I))
sum(pinv(Matrix(W+3I)) .* M)
sum((W+3I)^-1 .* M)
sum(sqrt(Symmetric(W*W'+I)) .* M)
axpy!(2.0, W, copy(M))[2, 1]^2 + axpy!(2.0, W, copy(M))[1, 2]^2
sum(lmul!(2, Matrix(W)) .^ 2)
`

const PROGRAM = `
using Enzyme, LinearAlgebra, Statistics, StaticArrays, Test
const M = [1.0 2 -1; 0.5 3 1; 2 -2 1.5]
const AT = [0.7, 1.3, 0.4, 1.9, 0.85, 1.15]
const ALONG = [0.3, -0.2, 0.5, 0.1, -0.4, 0.6]
nine(x) = reshape(x[[1, 2, 3, 4, 5, 6, 1, 3, 5]], 3, 3)
twelve(x) = reshape(x[[1, 2, 3, 4, 5, 6, 1, 3, 5, 2, 4, 6]], 3, 4)
moved(i) = [j == i ? 1e-5 : 0.0 for j in 1:6]
differences(f) = [(f(AT + moved(i)) - f(AT - moved(i))) / 2e-5 for i in 1:6]
near(a, b, tolerance) = length(a) == length(b) && maximum(abs.(collect(a) .- b)) <= tolerance * (1 + maximum(abs, b))
reverse_at(f, x) = Enzyme.gradient(Reverse, f, x)[1]
slope(f, x, along) = autodiff(Forward, f, Duplicated(x, along))[1]
function agrees(f)
    numbers = differences(f)
    near(Enzyme.gradient(Forward, f, AT)[1], numbers, 1e-6) || return "forward"
    near(reverse_at(f, AT), numbers, 1e-6) || return "reverse"
    second = (reverse_at(f, AT + 1e-5 * ALONG) - reverse_at(f, AT - 1e-5 * ALONG)) / 2e-5
    near(Enzyme.hvp(f, AT, ALONG), second, 1e-5) || return "forward over reverse"
    near([autodiff(Forward, slope, Const(f), Duplicated(AT, ALONG), Const(ALONG))[1]], [dot(ALONG, second)], 1e-5) || return "forward over forward"
    "agrees"
end
`

const operations = OPERATIONS.trim().split('\n')
const kinds = Object.entries(KINDS)

/** The kind changes from operation to operation, in steps that bring each to many. */
const tests = operations.map((operation, k) => {
  const [, built] = kinds[(k * 7) % kinds.length]!
  return `f${k}(x) = (W = ${built}; ${operation})\n@test agrees(f${k}) == "agrees"`
})

describe('operations on matrices of every kind', () => {
  it('have derivatives that agree', () => {
    expect(unpassed(`${PROGRAM}${tests.join('\n')}\n`)).toEqual([])
  })
})
