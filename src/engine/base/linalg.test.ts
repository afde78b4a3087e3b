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
    made.((factorize(P), factorize([1.0 2; 0 3]), factorize(A), factorize(S), factorize([1.0 0; 0 2]), factorize([0.0 1; 1 0]))) => (:LDLt, :Bidiagonal, :LU, :Cholesky, :Diagonal, :LU)
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
    sort(Symmetric([3 1; 0 2]); dims=1) => [1 1; 3 2]
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
    eigvals([1 2; 3 4]), eigvals([4 1; 2 3]), eigvals([2.0 1; 1 2]) => ([-0.3722813232690143, 5.372281323269014], [2.0, 5.0], [1.0, 3.0])
    eigvals([0.0 1; -1 0]), eigvals([1 2; -3 4]) ≈ [2.5 - sqrt(3.75) * im, 2.5 + sqrt(3.75) * im], eigvals(Float32[1 2; 3 4]) ≈ eigvals([1 2; 3 4]) => (ComplexF64[0.0 - 1.0im, 0.0 + 1.0im], true, true)
    eigvals([0.0 -1 0; 1 0 0; 0 0 2]) => ComplexF64[0.0 - 1.0im, 0.0 + 1.0im, 2.0 + 0.0im]
    (eigvals(S; sortby=x -> -x) == reverse(eigvals(S)), eigen(Symmetric(S), 1:2).values == eigvals(S)[1:2]) => (true, true)
    (LAPACK.potrf!('U', copy(S))[2], LAPACK.getrf!(copy(A))[1] ≈ lu(A).factors, LAPACK.gesv!(copy(A), copy(b))[1] ≈ A \\ b) => (0, true, true)
    (sqrt(4I), exp(0I), cond(I), dot(b, 2I, b), istriu(I), inv(2I)) => (UniformScaling{Float64}(2.0), UniformScaling{Float64}(1.0), true, 28.0, true, UniformScaling{Float64}(0.5))
    inv(0I) => !SingularException(1)
    convert(Matrix, D) => [1.0 0.0 0.0; 0.0 2.0 0.0; 0.0 0.0 3.0]
    # Of least norm where columns depend on each other; a determinant of nothing left is no negative zero.
    [1 2; 2 4; 3 6] \\ [1, 2, 3] ≈ [0.2, 0.4], [1 2; 2 4; 3 6] \\ [1 2; 3 4; 5 6] ≈ pinv([1.0 2; 2 4; 3 6]) * [1 2; 3 4; 5 6], [1.0 2 3; 2 4 6] \\ [1, 2] ≈ [1, 2, 3] / 14, zeros(3, 2) \\ b => (true, true, true, [0.0, 0.0])
    qr([1.0 2 3; 2 4 6; 1 1 1], ColumnNorm()) \\ b ≈ [3.5, 1, -1.5], det([1.0 2; 2 4]), opnorm(zeros(0, 0)) => (true, 0.0, 0.0)
    `,
  )
})

describe('matrices with structure as others see them', () => {
  shows(
    () => session,
    `
    [eltype(convert(AbstractMatrix{ComplexF32}, M)) == ComplexF32 && made(convert(AbstractMatrix{ComplexF32}, M)) == made(M) for M in (D, T, B, P, UpperTriangular(A), Symmetric(A))] |> all => true
    [real(M) == M && conj(M) == M && iszero(imag(M)) && made(zero(M)) == made(M) for M in (D, T, B, P, UpperTriangular(A), Symmetric(S))] |> all => true
    diag(D, 4) => !ArgumentError: requested diagonal, 4, must be at least -3 and at most 3 in an 3-by-3 matrix
    triu(UpperTriangular(A), 5) => !ArgumentError: the requested diagonal, 5, must be at least -2 and at most 4 in an 3-by-3 matrix
    made.((triu(T), tril(B), triu(P), tril(UpperTriangular(A), 1), triu(D, 1))) => (:Tridiagonal, :Bidiagonal, :Tridiagonal, :UpperTriangular, :Diagonal)
    SymTridiagonal(A) => !ArgumentError: matrix is not symmetric; cannot convert to SymTridiagonal
    (convert(UpperTriangular, B) == B, convert(Bidiagonal, D) isa Bidiagonal, fill!(copy(T), 0) == zeros(3, 3)) => (true, true, true)
    (convert(Tridiagonal{ComplexF64}, T) isa Tridiagonal{ComplexF64}, convert(UnitUpperTriangular{Float32}, A) isa UnitUpperTriangular{Float32}) => (true, true)
    convert(Diagonal, A) => !ArgumentError: matrix cannot be represented as Diagonal
    fill!(copy(T), 1) => !ArgumentError: array of type
    size(D, 0) => !BoundsError
    size(A, 0) => !arraysize: dimension out of range
    (isdiag(Diagonal([[1 0; 1 1]])), Diagonal([[1 2; 3 4], [5 6; 7 8]])[1, 2]) => (false, [0 0; 0 0])
    (Diagonal([1, 2])^-1 == Diagonal([1, 0.5]), Diagonal([1, 2])^(2 + 0im) == Diagonal([1, 4]), tan(atan(D)) ≈ D, logdet(Diagonal([-1.0, -2.0])) ≈ log(2)) => (true, true, true, true)
    logdet(Diagonal([-1.0 - 1im, -1.0 - 1im])) ≈ log(2) + im * π / 2 => true
    eigen(Diagonal([2.0, 1.0])).values => [2.0, 1.0]
    (eigen(Diagonal(ComplexF32[2im, 1])).vectors == I, eltype(eigen(Diagonal(ComplexF32[2im, 1])))) => (true, ComplexF32)
    made.((UpperTriangular(A) + B, B * UpperTriangular(A), UpperTriangular(A) \\ D, D \\ T, UpperHessenberg(A) + T, UnitUpperTriangular(A) \\ UnitUpperTriangular(A))) => (:UpperTriangular, :UpperTriangular, :UpperTriangular, :Tridiagonal, :UpperHessenberg, :UnitUpperTriangular)
    repr("text/plain", UpperHessenberg([1 2 3; 4 5 6; 7 8 9])) => "3×3 UpperHessenberg{Int64, Matrix{Int64}}:\\n 1  2  3\\n 4  5  6\\n ⋅  8  9"
    (copy(b') isa Adjoint, inv(A') isa Adjoint, conj([1im]') isa Transpose, map(-, b') isa Adjoint, strides(A')) => (true, true, true, true, (3, 1))
    (I[1:2, 2:3] == [0 0; 1 0], 2I ≈ 2.0I, copyto!(zeros(2, 2), 3I) == 3I(2), tr(0I)) => (true, true, true, 0)
    [I I] => !ArgumentError: hcat of only UniformScaling objects cannot determine the matrix size
    `,
  )
})

describe('factorisations keep the type of the numbers', () => {
  shows(
    () => session,
    `
    [all(==(real(R)), (eltype(svd(m).S), eltype(eigvals(Hermitian(m + m'))), typeof(opnorm(m)), typeof(cond(m)), typeof(norm(m, 3)), real(eltype(eigvals(m))))) for R in (Float32, Float64, ComplexF32, ComplexF64) for m in (R[1 2; 3 5],)] |> all => true
    [all(==(R), (eltype(svd(m).U), eltype(exp(m)), eltype(schur(m).T), eltype(eigen(Hermitian(m + m')).vectors), eltype(nullspace(m)), eltype(pinv(m)), eltype(lyap(m, m)), typeof(logdet(m'm)))) for R in (Float32, Float64, ComplexF32, ComplexF64) for m in (R[1 2; 3 5],)] |> all => true
    (f = svd(fill(1.0 + 0im, 3, 3)); (f.U'f.U ≈ I, f.U * Diagonal(f.S) * f.Vt ≈ fill(1, 3, 3))) => (true, true)
    (f = svd(A[:, 1:2] * (1 + 1im); full=true); (size(f.U), f.U'f.U ≈ I, f')) isa Tuple => true
    (e = eigen(Hermitian([2 1im 0; -1im 2 0; 0 0 1])); (e.vectors'e.vectors ≈ I, e.values ≈ [1, 1, 3])) => (true, true)
    (h = [0 1+im 2im; 1-im 0 3; -2im 3 0]; f = bunchkaufman(Hermitian(h)); (f.U * f.D * f.U' ≈ h[f.p, f.p], f \\ b ≈ h \\ b)) => (true, true)
    (a = [0.0 -1 2; 1 0 1; 0 0 3]; f = ordschur(schur(a), [false, false, true]); (f.T[1, 1] ≈ 3, f.Z * f.T * f.Z' ≈ a, istriu(f.T, -1))) => (true, true, true)
    istriu(schur(complex(A)).T) => true
    (g = eigen(Symmetric(A), Symmetric(S)); (g isa GeneralizedEigen, Symmetric(A) * g.vectors ≈ S * g.vectors * Diagonal(g.values), issorted(g.values))) => (true, true, true)
    (cholesky(S).uplo, cholesky(Hermitian(S, :L)).uplo, cholesky(Hermitian(S, :L)).UL isa LowerTriangular) => ('U', 'L', true)
    (ldiv!(qr([1.0 2; 3 4; 5 7]), [1.0 0; 0 1; 1 1])[1:2, :] ≈ [1.0 2; 3 4; 5 7] \\ [1.0 0; 0 1; 1 1], b' / lu(A)' ≈ b' / A', Matrix(qr(A)') ≈ A') => (true, true, true)
    (g = givens(1.0 + 2im, 3.0, 1, 2); g[1] * [1.0 + 2im, 3.0] ≈ [g[2], 0]) => true
    (rank(A; atol=1.0e10), cond([1.0 1; 1 1], 1), size(nullspace([1.0 1; 1 1])), opnorm(zeros(0, 0)), opnorm([1 2; 3 4], 1)) => (0, Inf, (2, 1), 0.0, 6.0)
    eigen([NaN 1; 1 1]) => !ArgumentError: matrix contains Infs or NaNs
    eigmax([0 1; -1 0]) => !DomainError
    repr("text/plain", schur([2.0 1; 0 3])) => "Schur{Float64, Matrix{Float64}, Vector{Float64}}\\nT factor:\\n2×2 Matrix{Float64}:\\n 2.0  1.0\\n 0.0  3.0\\nZ factor:\\n2×2 Matrix{Float64}:\\n 1.0  0.0\\n 0.0  1.0\\neigenvalues:\\n2-element Vector{Float64}:\\n 2.0\\n 3.0"
    `,
  )
})

describe('BLAS by its names', () => {
  shows(
    () => session,
    `
    (z = A + 1im * S; [triu(BLAS.herk('U', 'N', 2.0, z)) ≈ triu(2z * z'), triu(BLAS.syr2k('U', 'T', z, S)) ≈ triu(transpose(z) * S + S * z), tril(BLAS.her2k('L', 'N', 1im, z, S)) ≈ tril(1im * z * S - 1im * S * z'), BLAS.hemv('U', z, b) ≈ Hermitian(z) * b, triu(BLAS.her!('U', 2.0, z[:, 1], copy(z))) ≈ triu(z + 2 * z[:, 1] * z[:, 1]')]) |> all => true
    (BLAS.gbmv('N', 3, 1, 1, [0 7.0 8; 4 5 6; 1 2 0], b) == T * b, BLAS.sbmv('L', 1, [4.0 5 6; 1 2 0], b) == P * b, BLAS.rot!(1, [1.0], 1, [2.0], 1, 0.6, 0.8)) => (true, true, ([2.2], [0.3999999999999999]))
    `,
  )
})

describe('functions of matrices', () => {
  shows(
    () => session,
    `
    [g(f(a)) ≈ a for a in ([0.2 0.8 0.2; 0.2 0.2 0.4; 0.6 0.2 0.8], [0.1 0.3; 0.3 -0.4], [0.1im 0.2; 0.3 0.4]) for (f, g) in ((sqrt, x -> x^2), (log, exp), (asin, sin), (acos, cos), (atan, tan), (asinh, sinh), (acosh, cosh), (atanh, tanh), (asec, sec), (acoth, coth))] |> all => true
    (sqrt([-1.0 0; 0 4]), eltype(sqrt([1.0 2; 3 4])), eltype(sqrt([2.0 1; 0 3])), sqrt(UpperTriangular(A)) isa UpperTriangular) => (ComplexF64[0.0 + 1.0im 0.0 + 0.0im; 0.0 + 0.0im 2.0 + 0.0im], ComplexF64, Float64, true)
    [f(Symmetric(S / 10)) isa Symmetric && f(Symmetric(S / 10)) ≈ f(S / 10) for f in (exp, sin, cos, tan, tanh, atan, sqrt, log, cbrt)] |> all => true
    (A^(2 + 0im) ≈ A^2, [4.0 0; 0 9]^-0.5 ≈ Diagonal([1 / 2, 1 / 3]), sincos(A)[1] ≈ sin(A)) => (true, true, true)
    `,
  )
})
