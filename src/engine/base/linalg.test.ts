/** LinearAlgebra: structure that dotted calls keep, matrices of few diagonals, and every factorisation by what its factors give again. */
import { describe } from 'vitest'
import { newSession, shows } from './check.ts'

const session = newSession(`
using LinearAlgebra, Enzyme
const A, S, b = [4.0 1 2; 2 5 3; 1 2 6], [4.0 1 2; 1 5 3; 2 3 6], [1.0, 2, 3]
const D, T, B, P = Diagonal([1.0, 2, 3]), Tridiagonal([1.0, 2], [4.0, 5, 6], [7.0, 8]), Bidiagonal([1.0, 2, 3], [4.0, 5], :U), SymTridiagonal([4.0, 5, 6], [1.0, 2])
made(x) = nameof(typeof(x))
# What a factorisation gives again, and how it solves.
again(m, f) = (Matrix(f) ≈ m, f \\ b ≈ m \\ b, inv(f) ≈ inv(m), det(f) ≈ det(m), f isa Factorization, made(f))
`)

describe('dotted calls of matrices with structure', () => {
  shows(
    () => session,
    `
    made.((D .* 2, 2 .* D .^ 2, sin.(D), D .+ D, cos.(D), D .+ 1, D .* A)) => (:Diagonal, :Diagonal, :Diagonal, :Diagonal, :Array, :Array, :Array)
    made.((UpperTriangular(A) .* 2, UnitLowerTriangular(A) .- LowerTriangular(A), UpperTriangular(A) .+ D, UpperTriangular(A) .+ LowerTriangular(A))) => (:UpperTriangular, :LowerTriangular, :UpperTriangular, :Array)
    made.((T .* 2, P .* 2, B ./ 2, T .+ P, P .+ D, 0 .* B)) => (:Tridiagonal, :SymTridiagonal, :Bidiagonal, :Tridiagonal, :SymTridiagonal, :Bidiagonal)
    D .* NaN => [NaN NaN NaN; NaN NaN NaN; NaN NaN NaN]
    (D .* 2 == 2D, sin.(T) == sin.(Matrix(T)), abs.(B) == B) => (true, true, true)
    autodiff(Reverse, x -> sum((Diagonal([x, x^2]) .* x) * [1.0, 2.0]), Active(3.0))[1][1] => 60.0
    `,
  )
})

describe('few diagonals', () => {
  shows(
    () => session,
    `
    made.((T + I, T + D, P - I, P + T, B + B, B + D, T * D, 2B, -B, copy(T), similar(P))) => (:Tridiagonal, :Tridiagonal, :SymTridiagonal, :Tridiagonal, :Bidiagonal, :Bidiagonal, :Tridiagonal, :Bidiagonal, :Bidiagonal, :Tridiagonal, :SymTridiagonal)
    (T * b == Matrix(T) * b, T \\ b ≈ Matrix(T) \\ b, P \\ b ≈ Matrix(P) \\ b, B * A == Matrix(B) * A, D * T == Matrix(D) * Matrix(T)) => (true, true, true, true, true)
    (t = copy(T); t[1, 2] = 9; t[3, 1] = 0; t[1, 2]) => 9.0
    (t = copy(T); t[3, 1] = 1) => !ArgumentError: cannot set entry (3, 1) off the band
    Bidiagonal([1, 2], [3], :R) => !ArgumentError: uplo argument must be either :U (upper) or :L (lower)
    made.((factorize(P), factorize([1.0 2; 0 3]), factorize(A), factorize(S), factorize([1.0 0; 0 2]), factorize([0.0 1; 1 0]))) => (:LDLt, :UpperTriangular, :LU, :Cholesky, :Diagonal, :BunchKaufman)
    `,
  )
})

describe('factorisations', () => {
  shows(
    () => session,
    `
    again(A, lu(A)) => (true, true, true, true, true, :LU)
    again(S, cholesky(S)) => (true, true, true, true, true, :Cholesky)
    again(S, cholesky(S, RowMaximum())) => (true, true, true, true, true, :CholeskyPivoted)
    again(S, bunchkaufman(Symmetric(S))) => (true, true, true, true, true, :BunchKaufman)
    again([0.0 1 2; 1 0 3; 2 3 0], bunchkaufman(Symmetric([0.0 1 2; 1 0 3; 2 3 0], :L))) => (true, true, true, true, true, :BunchKaufman)
    again(Matrix(P), ldlt(P)) => (true, true, true, true, true, :LDLt)
    again(A, hessenberg(A)) => (true, true, true, true, true, :Hessenberg)
    (f = bunchkaufman(Symmetric(S)); f.U * f.D * f.U' ≈ S[f.p, f.p]) => true
    (f = lu([1.0 2; 3 4; 5 6]); (f.L * f.U)[invperm(f.p), :] ≈ [1 2; 3 4; 5 6]) => true
    (f = schur(A); (f.Z * f.T * f.Z' ≈ A, eltype(f.T), sum(f.values) ≈ tr(A), istriu(f.T, -1))) => (true, Float64, true, true)
    (a = [(i * j) % 7 - 2.0 for i in 1:6, j in 1:6]; f = schur(a); (f.Z * f.T * f.Z' ≈ a, f.Z' * f.Z ≈ I, sum(f.values) ≈ tr(a))) => (true, true, true)
    (f = lq(A); (f.L * f.Q ≈ A, f \\ b ≈ A \\ b)) => (true, true)
    (Matrix(lowrankupdate(cholesky(S), b)) ≈ S + b * b', Matrix(Cholesky(cholesky(S).U)) ≈ S) => (true, true)
    eigvals([0.0 -1 0; 1 0 0; 0 0 2]) => ComplexF64[0.0 - 1.0im, 0.0 + 1.0im, 2.0 + 0.0im]
    (eigvals(S; sortby=x -> -x) == reverse(eigvals(S)), eigen(Symmetric(S), 1:2).values == eigvals(S)[1:2]) => (true, true)
    (LAPACK.potrf!('U', copy(S))[2], LAPACK.getrf!(copy(A))[1] ≈ lu(A).factors, LAPACK.gesv!(copy(A), copy(b))[1] ≈ A \\ b) => (0, true, true)
    (sqrt(4I), exp(0I), cond(I), dot(b, 2I, b), istriu(I), inv(2I)) => (UniformScaling{Float64}(2.0), UniformScaling{Float64}(1.0), true, 28.0, true, UniformScaling{Float64}(0.5))
    inv(0I) => !SingularException(1)
    convert(Matrix, D) => [1.0 0.0 0.0; 0.0 2.0 0.0; 0.0 0.0 3.0]
    `,
  )
})
