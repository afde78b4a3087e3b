/** Sparse matrices and vectors against the dense ones that they stand for. */
import { describe } from 'vitest'
import { newSession, shows } from './check.ts'

const session = newSession(`
using Random, SparseArrays, LinearAlgebra, Enzyme, ForwardDiff
const S = sparse([1, 2, 3, 1], [1, 2, 3, 3], [1.0, 2.0, 3.0, 4.0])
const D = [1.0 0 4; 0 2 0; 0 0 3]
const x = [1.0, 2.0, 3.0]
of_values(v) = sum(abs2, sparse([1, 2, 3, 1], [1, 2, 3, 3], v) * x)
by_power(a) = sum(abs2, (a * S + S * S) * x)
of_diagonal(v) = (spdiagm(0 => v) * S * x)[1]
`)

describe('sparse arrays', () => {
  shows(
    () => session,
    `
    S, S' => (sparse([1, 2, 1, 3], [1, 2, 3, 3], [1.0, 2.0, 4.0, 3.0], 3, 3), adjoint(sparse([1, 2, 1, 3], [1, 2, 3, 3], [1.0, 2.0, 4.0, 3.0], 3, 3)))
    repr("text/plain", sparse([1], [2], [5], 2, 2)) => "2×2 SparseMatrixCSC{Int64, Int64} with 1 stored entry:\\n ⋅  5\\n ⋅  ⋅"
    repr("text/plain", S')[1:60] => "3×3 Adjoint{Float64, SparseMatrixCSC{Float64, Int64}} with "
    repr("text/plain", spzeros(2, 2)) => "2×2 SparseMatrixCSC{Float64, Int64} with 0 stored entries"
    repr("text/plain", sparsevec([2], [1.5], 3)) => "3-element SparseVector{Float64, Int64} with 1 stored entry:\\n  [2]  =  1.5"
    nnz(S), nonzeros(S), rowvals(S), nzrange(S, 3), S[1, 3], S[2, 1] => (4, [1.0, 2.0, 4.0, 3.0], [1, 2, 1, 3], 3:4, 4.0, 0.0)
    S == D, Matrix(S) == D, sparse(D) == S, S' == D', findnz(S)[2] => (true, true, true, true, [1, 2, 3, 3])
    S * x == D * x, S' * x == D' * x, S * D == D * D, D * S == D * D, S * S == D * D, S'S == D'D => (true, true, true, true, true, true)
    S + S == 2D, S - S == 0D, S + I == D + I, 2S == 2D, S / 2 == D / 2, kron(S, S) == kron(D, D) => (true, true, true, true, true, true)
    issparse(S * S), issparse(S + S), issparse(S .* 2), issparse(S'), issparse(D) => (true, true, true, true, false)
    S .+ 1 == D .+ 1, sin.(S) == sin.(D), S .* S == D .* D, S .* D == D .* D, nnz(S .+ 1) => (true, true, true, true, 9)
    S \\ x ≈ D \\ x, det(S), tr(S), sum(S), norm(S) ≈ norm(D), sum(S; dims=1) => (true, 6.0, 6.0, 10.0, true, [1.0 2.0 7.0])
    S[:, 3], S[1, :], S[1:2, 2:3], [S S] == [D D], [S; S] == [D; D] => (sparsevec([1, 3], [4.0, 3.0], 3), sparsevec([1, 3], [1.0, 4.0], 3), sparse([2, 1], [1, 2], [2.0, 4.0], 2, 2), true, true)
    let A = copy(S); A[2, 1] = 5; A[1, 3] = 0; (nnz(A), A[2, 1], nnz(dropzeros(A)), nnz(S)) end => (5, 5.0, 4, 4)
    sparse([1, 1], [1, 1], [1, 2]), sparse(I, 2, 2) == [1 0; 0 1], spdiagm(1 => [1, 2]) => (sparse([1], [1], [3], 1, 1), true, sparse([1, 2], [2, 3], [1, 2], 3, 3))
    S[4, 1] => !BoundsError: attempt to access 3×3 SparseMatrixCSC{Float64, Int64} at index [4, 1]
    S * [1, 2] => !DimensionMismatch
    mul!(zeros(3), S, x), dot(x, S, x), x' * S == x' * D, Diagonal(x) * S == Diagonal(x) * D => ([13.0, 4.0, 9.0], 48.0, true, true)
  `,
  )
})

describe('their derivatives', () => {
  shows(
    () => session,
    `
    gradient(Reverse, y -> sum(abs2, S * y), x)[1] == 2D' * (D * x) == ForwardDiff.gradient(y -> sum(abs2, S * y), x) => true
    ForwardDiff.hessian(y -> sum(abs2, S * y), x) == 2D'D, jacobian(Reverse, y -> S' * y, x)[1] == D' => (true, true)
    gradient(Reverse, of_values, [1.0, 2, 3, 4])[1], ForwardDiff.gradient(of_values, [1.0, 2, 3, 4]) => ([26.0, 16.0, 54.0, 78.0], [26.0, 16.0, 54.0, 78.0])
    gradient(Reverse, A -> sum(abs2, A * x), S)[1] => sparse([1, 2, 1, 3], [1, 2, 3, 3], [26.0, 16.0, 78.0, 54.0], 3, 3)
    gradient(Reverse, by_power, 2.0)[1] ≈ ForwardDiff.derivative(by_power, 2.0) ≈ 2dot(S * x, (2S + S * S) * x) => true
    gradient(Reverse, of_diagonal, x)[1], gradient(Reverse, a -> sum((a .+ S) .^ 2), 2.0)[1] == 2sum(2 .+ D) => ([13.0, 0.0, 0.0], true)
    gradient(Reverse, b -> sum(S \\ b), x)[1] ≈ D' \\ ones(3) => true
    (a = sparse([1.0 0 4; 0 2 0; 5 0 3]); (a[[true, false, true], :], a[:, [true, false, true]], a[3, [true, true, false]], a[:])) => (sparse([1, 2, 1, 2], [1, 1, 3, 3], [1.0, 5.0, 4.0, 3.0], 2, 3), sparse([1, 3, 1, 3], [1, 1, 2, 2], [1.0, 5.0, 4.0, 3.0], 3, 2), sparsevec([1], [5.0], 2), sparsevec([1, 3, 5, 7, 9], [1.0, 5.0, 2.0, 4.0, 3.0], 9))
    (x = sparsevec([1, 3], [1.5, 2.0], 3); (x .== x, collect(eachindex(x)), sum(x; init=1.0))) => (sparsevec([1, 2, 3], Bool[1, 1, 1], 3), [1, 2, 3], 4.5)
    (a = sparse([1.0 0 4; 0 2 0; 5 0 3]); (tril(a), triu(a, 1), permute(a, [3, 1, 2], [2, 1, 3]) == a[[3, 1, 2], [2, 1, 3]], fkeep!((i, j, v) -> v > 2, copy(a)), fkeep!((i, v) -> i > 1, sparsevec([1, 3], [2, 4])))) => (sparse([1, 3, 2, 3], [1, 1, 2, 3], [1.0, 5.0, 2.0, 3.0], 3, 3), sparse([1], [3], [4.0], 3, 3), true, sparse([3, 1, 3], [1, 3, 3], [5.0, 4.0, 3.0], 3, 3), sparsevec([3], [4], 3))
  `,
  )
})
