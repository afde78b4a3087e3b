/** LinearAlgebra as programs use it: structure that results keep, factorisations and their parts, BLAS by its names, derivatives of both modes. */
import { expect, test } from 'vitest'
import { sessionOf } from './session-of.ts'

function failures(program: string): readonly string[] {
  const tests = sessionOf(program).tests()
  expect(tests.length).toBeGreaterThan(15)
  return tests.filter(t => t.status !== 'pass').map(t => `${t.status} ${t.name}: ${t.message}`)
}

test('vectors, parts of matrices, solving, products in place', () => {
  expect(
    failures(`
using LinearAlgebra, Test, Random
A = [4.0 1.0 2.0; 1.0 3.0 0.5; 2.0 0.5 5.0]
B = [1.0 2.0 3.0; 4.0 5.0 6.0; 7.0 8.0 10.0]
v = [1.0, 2.0, 3.0]; w = [0.5, -1.0, 2.0]
@testset "vectors" begin
@test dot(v, w) == 4.5
@test v ⋅ w == 4.5
@test [1.0, 2.0] / [3.0, 4.0] ≈ [0.12 0.16; 0.24 0.32]
@test size(v / [1.0, 1im]) == (3, 2)
@test dot([1+2im, 3], [1, 1im]) == (1-2im) + 3im
@test dot(v, A, w) ≈ v' * A * w
@test dot(A, B) ≈ sum(A .* B)
@test norm(v) ≈ sqrt(14)
@test norm(v, 1) == 6
@test norm(v, 3) ≈ (1+8+27)^(1/3)
@test norm(v, Inf) == 3
@test norm(v, -Inf) == 1
@test norm(v, 0) == 3.0
@test norm([1+1im, 2]) ≈ sqrt(6)
@test norm(3) === 3.0
@test norm(-3.0, 2) === 3.0
@test norm(A) ≈ sqrt(sum(abs2, A))
@test norm(A, 1) ≈ sum(abs, A)
@test norm([[1.0,2.0],[3.0]]) ≈ sqrt(14)
@test norm(Float64[]) === 0.0
@test norm(Float32[3,4]) === 5.0f0
@test normalize(v) ≈ v / sqrt(14)
@test normalize!(copy(v)) ≈ v / sqrt(14)
@test normalize(v, 1) ≈ v / 6
@test cross(v, w) == [7.0, -0.5, -2.0]
@test v × w == cross(v, w)
@test kron(v, w) == [0.5, -1.0, 2.0, 1.0, -2.0, 4.0, 1.5, -3.0, 6.0]
@test tr(B) == 16.0
@test det(B) ≈ -3.0
@test det([1 2; 3 4]) ≈ -2.0
@test logdet(A) ≈ log(det(A))
@test logabsdet(B)[1] ≈ log(3.0)
@test logabsdet(B)[2] == -1.0
@test_throws DomainError logdet(B)
@test inv(B) * B ≈ I
@test pinv(B) ≈ inv(B)
@test pinv([1.0 2.0; 3.0 4.0; 5.0 6.0]) * [1.0 2.0; 3.0 4.0; 5.0 6.0] ≈ I
@test pinv(2.0) == 0.5
@test pinv([1.0, 2.0]) ≈ [0.2 0.4]
@test rank(B) == 3
@test rank([1 2; 2 4]) == 1
@test cond([2.0 0; 0 1.0]) ≈ 2.0
@test cond(B, 1) ≈ opnorm(B, 1) * opnorm(inv(B), 1)
@test opnorm(B) ≈ svdvals(B)[1]
@test opnorm(B, 1) == 19.0
@test opnorm(B, Inf) == 25.0
@test opnorm(v') ≈ norm(v)
@test size(nullspace(B)) == (3, 0)
end
@testset "parts" begin
@test triu(B) == [1 2 3; 0 5 6; 0 0 10]
@test tril(B) == [1 0 0; 4 5 0; 7 8 10]
@test triu(B, 1) == [0 2 3; 0 0 6; 0 0 0]
@test tril(B, -1) == [0 0 0; 4 0 0; 7 8 0]
@test triu!(copy(B)) == triu(B)
@test tril!(copy(B)) == tril(B)
@test diag(B) == [1, 5, 10]
@test diag(B, 1) == [2, 6]
@test diag(B, -1) == [4, 8]
@test diagm(v) == [1 0 0; 0 2 0; 0 0 3]
@test diagm(1 => [1, 2]) == [0 1 0; 0 0 2; 0 0 0]
@test diagm(0 => v, 1 => [1, 2], -1 => [3, 4]) == [1 1 0; 3 2 2; 0 4 3]
@test diagm(2, 3, [1, 2]) == [1 0 0; 0 2 0]
@test diagm(2, 3, 1 => [1, 2]) == [0 1 0; 0 0 2]
@test diagind(B) == 1:4:9
@test diagind(3, 3, 1) == 4:4:8
@test B[diagind(B)] == [1, 5, 10]
@test issymmetric(A) && !issymmetric(B)
@test ishermitian(A)
@test ishermitian([1 2im; -2im 3])
@test isposdef(A) && !isposdef(-A)
@test isposdef(2.0)
@test isdiag([1 0; 0 2]) && istriu([1 2; 0 3]) && istril([1 0; 2 3])
@test isbanded([1 2; 3 4], -1, 1)
@test LinearAlgebra.checksquare(A) == 3
@test_throws DimensionMismatch LinearAlgebra.checksquare(ones(2, 3))
@test copy(transpose(B)) == permutedims(B)
@test transpose!(zeros(3,3), B) == B'
@test adjoint!(zeros(3,3), B) == B'
@test copyto!(zeros(3, 3), B') == B'
@test transpose(B) isa Transpose && B' isa Adjoint
@test v' isa Adjoint{Float64, Vector{Float64}}
@test (v')' === v
@test kron(A, B)[1:3, 1:3] == 4 * B
@test kron([1 2], [3, 4]) == [3 6; 4 8]
@test kron(A, I(3)) isa AbstractMatrix
end
@testset "solve" begin
@test A \\ v ≈ inv(A) * v
@test B \\ A ≈ inv(B) * A
@test A / B ≈ A * inv(B)
@test v' / B ≈ v' * inv(B)
@test ones(4, 2) isa Matrix
X = [1.0 1.0; 1.0 2.0; 1.0 3.0; 1.0 4.0]; y = [1.0, 3.0, 4.0, 4.0]
@test X \\ y ≈ (X'X) \\ (X'y)
@test X' \\ [1.0, 2.0] ≈ X * ((X'X) \\ [1.0, 2.0])
@test X \\ [y 2y] ≈ [X \\ y X \\ 2y]
@test qr(X) \\ y ≈ X \\ y
@test_throws SingularException [1.0 2.0; 2.0 4.0] \\ [1.0, 1.0]
@test_throws SingularException inv([1.0 2.0; 2.0 4.0])
@test_throws DimensionMismatch A \\ [1.0, 2.0]
@test_throws DimensionMismatch A * [1.0, 2.0]
@test_throws DimensionMismatch dot(v, [1.0])
@test_throws PosDefException cholesky([1.0 2.0; 2.0 1.0])
@test_throws DimensionMismatch inv(ones(2, 3))
@test 2 \\ v == v / 2
@test ldiv!(lu(A), copy(v)) ≈ A \\ v
@test ldiv!(zeros(3), lu(A), v) ≈ A \\ v
@test ldiv!(cholesky(A), copy(v)) ≈ A \\ v
@test ldiv!(Diagonal(v), copy(w)) ≈ w ./ v
@test ldiv!(UpperTriangular(B), copy(v)) ≈ triu(B) \\ v
@test ldiv!(2.0, copy(v)) == v / 2
@test rdiv!(copy(B), 2.0) == B / 2
@test rdiv!(copy(B), UpperTriangular(A)) ≈ B / triu(A)
@test rdiv!(copy(B), lu(A)) ≈ B / A
@test B / lu(A) ≈ B / A
@test lmul!(2.0, copy(v)) == 2v
@test rmul!(copy(v), 2.0) == 2v
@test lmul!(Diagonal(v), copy(B)) == Diagonal(v) * B
@test rmul!(copy(B), Diagonal(v)) == B * Diagonal(v)
@test lmul!(UpperTriangular(A), copy(B)) ≈ triu(A) * B
@test rmul!(copy(B), LowerTriangular(A)) ≈ B * tril(A)
@test axpy!(2.0, v, copy(w)) == w + 2v
@test axpby!(2.0, v, 3.0, copy(w)) == 2v + 3w
@test lyap([-1.0 0; 0 -2.0], [1.0 0; 0 1.0]) ≈ [0.5 0; 0 0.25]
@test sylvester([1.0 0; 0 2.0], [3.0 0; 0 4.0], [1.0 1; 1 1]) ≈ -[1/4 1/5; 1/5 1/6]
end
@testset "mul!" begin
C = zeros(3, 3); y = zeros(3)
@test mul!(C, A, B) === C && C ≈ A * B
@test mul!(y, A, v) === y && y ≈ A * v
@test mul!(ones(3, 3), A, B, 2.0, 3.0) ≈ 2A*B .+ 3
@test mul!(ones(3), A, v, 2.0, -1.0) ≈ 2A*v .- 1
@test mul!(C, A', B) ≈ A' * B
@test mul!(C, transpose(B), B) ≈ B' * B
@test mul!(C, A, 2.0) == 2A
@test mul!(C, 2.0, A) == 2A
@test mul!(C, Diagonal(v), B) == v .* B
@test mul!(C, B, Diagonal(v)) == B .* v'
@test mul!(C, v, w') == v * w'
@test mul!(C, Symmetric(A), B) ≈ A * B
@test mul!(C, UpperTriangular(A), B) ≈ triu(A) * B
@test mul!(y, A, v, true, false) ≈ A * v
@test mul!(view(zeros(4, 3), 1:3, :), A, B) ≈ A * B
@test_throws DimensionMismatch mul!(zeros(2, 2), A, B)
@test BLAS.gemm('N', 'N', A, B) ≈ A * B
@test BLAS.gemm('T', 'N', 2.0, A, B) ≈ 2A' * B
@test BLAS.gemm!('N', 'T', 1.0, A, B, 0.0, C) ≈ A * B'
@test BLAS.gemv('N', A, v) ≈ A * v
@test BLAS.gemv!('T', 2.0, B, v, 1.0, ones(3)) ≈ 2B' * v .+ 1
@test BLAS.dot(v, w) == dot(v, w)
@test BLAS.dot(3, v, 1, w, 1) == dot(v, w)
@test BLAS.nrm2(v) ≈ norm(v)
@test BLAS.asum(v) == 6
@test BLAS.axpy!(2.0, v, copy(w)) == w + 2v
@test BLAS.scal!(2.0, copy(v)) == 2v
@test BLAS.scal(2.0, v) == 2v
@test BLAS.ger!(1.0, v, w, zeros(3, 3)) == v * w'
@test BLAS.syrk('U', 'N', 1.0, B)[1, 2] ≈ (B * B')[1, 2]
@test BLAS.symv('U', A, v) ≈ A * v
@test BLAS.trsv('U', 'N', 'N', B, v) ≈ triu(B) \\ v
@test BLAS.trmv('U', 'N', 'N', B, v) ≈ triu(B) * v
@test BLAS.symm('L', 'U', A, B) ≈ A * B
@test BLAS.trsm('L', 'U', 'N', 'N', 1.0, B, A) ≈ triu(B) \\ A
@test BLAS.trmm('L', 'U', 'N', 'N', 1.0, B, A) ≈ triu(B) * A
end
`),
  ).toEqual([])
})

test('special matrices, factorisations, functions of matrices', () => {
  expect(
    failures(`
using LinearAlgebra, Test, Random
A = [4.0 1.0 2.0; 1.0 3.0 0.5; 2.0 0.5 5.0]
B = [1.0 2.0 3.0; 4.0 5.0 6.0; 7.0 8.0 10.0]
v = [1.0, 2.0, 3.0]; w = [0.5, -1.0, 2.0]
@testset "types" begin
D = Diagonal(v)
@test D isa Diagonal{Float64, Vector{Float64}}
@test D * D isa Diagonal
@test D + D isa Diagonal
@test D - D isa Diagonal
@test 2D isa Diagonal
@test D / 2 isa Diagonal
@test inv(D) isa Diagonal
@test D' isa Diagonal
@test sqrt(D) isa Diagonal
@test D^2 isa Diagonal
@test D + I isa Diagonal
@test D * B == v .* B
@test B * D == B .* v'
@test D \\ v == ones(3)
@test v' * D == (v .* v)'
@test v' * D * v == sum(v .^ 3)
@test D + B == Matrix(D) + B
@test B - D == B - Matrix(D)
@test D .* 2 == 2D
@test D .+ 1 == Matrix(D) .+ 1
@test sum(D) == 6.0
@test det(D) == 6.0 && logdet(D) ≈ log(6) && tr(D) == 6
@test D[1, 2] === 0.0
@test diag(D) == v
@test Matrix(D) == diagm(v)
@test Diagonal(B) == Diagonal([1, 5, 10])
@test Diagonal{Float64}(I, 3) == Matrix(I, 3, 3)
@test I(3) isa Diagonal{Bool}
@test Diagonal([1, 2]) == [1 0; 0 2]
@test eigvals(Diagonal([3.0, 1.0])) == [3.0, 1.0]
@test copy(D) !== D
@test similar(D) isa Diagonal
@test zero(D) isa Diagonal
@test one(D) isa Diagonal
@test map(sin, D) isa AbstractMatrix
@test D == Diagonal(copy(v))
@test D ≈ Diagonal(v .+ 1e-12)
@test norm(D) ≈ norm(v)
@test opnorm(D) ≈ 3.0
@test cond(D) ≈ 3.0
@test isposdef(D)
@test dot(v, D, w) ≈ sum(v .^ 2 .* w)
@test kron(D, D) isa Diagonal
@test UpperTriangular(B) isa UpperTriangular{Float64, Matrix{Float64}}
U = UpperTriangular(B); L = LowerTriangular(B)
@test U * U isa UpperTriangular
@test L * L isa LowerTriangular
@test U + U isa UpperTriangular
@test U - U isa UpperTriangular
@test -U isa UpperTriangular
@test 2U isa UpperTriangular && U / 2 isa UpperTriangular
@test inv(U) isa UpperTriangular
@test U' isa LowerTriangular
@test transpose(L) isa UpperTriangular
@test U * L isa Matrix
@test U * D isa UpperTriangular
@test D * U isa UpperTriangular
@test L * D isa LowerTriangular
@test U + D isa UpperTriangular
@test U + I isa UpperTriangular
@test U \\ v ≈ triu(B) \\ v
@test U' \\ v ≈ triu(B)' \\ v
@test L \\ B ≈ tril(B) \\ B
@test B / U ≈ B * inv(triu(B))
@test v' / U ≈ v' * inv(triu(B))
@test det(U) ≈ 50.0 && logdet(U) ≈ log(50) && logabsdet(U)[1] ≈ log(50)
@test U * v ≈ triu(B) * v
@test U * B ≈ triu(B) * B
@test B * U ≈ B * triu(B)
@test U * B' ≈ triu(B) * B'
@test UnitUpperTriangular(B)[1, 1] == 1.0
@test UnitLowerTriangular(B) \\ v ≈ Matrix(UnitLowerTriangular(B)) \\ v
@test inv(UnitLowerTriangular(B)) isa UnitLowerTriangular
@test U[2, 1] === 0.0
@test tr(U) == 16
@test diag(U) == [1, 5, 10]
@test eigvals(U) == [1, 5, 10]
@test UpperTriangular(A) \\ UpperTriangular(B) isa UpperTriangular
@test triu(U) isa UpperTriangular
@test Matrix(U) == triu(B)
@test parent(U) === B
@test U^2 isa UpperTriangular
@test copy(U) isa UpperTriangular
@test sum(U) == sum(triu(B))
@test U .+ 0 == triu(B)
@test sin.(U) == sin.(triu(B))
S = Symmetric(A); H = Hermitian(A)
@test S isa Symmetric{Float64, Matrix{Float64}}
@test S == A
@test Symmetric(B)[2, 1] == 2.0
@test Symmetric(B, :L)[1, 2] == 4.0
@test Symmetric(B, :L)[2, 1] == 4.0
@test S + S isa Symmetric
@test 2S isa Symmetric
@test S - I isa Symmetric
@test S' === S
@test S * S ≈ A * A
@test S * v ≈ A * v
@test v' * S * v ≈ v' * A * v
@test inv(S) isa Symmetric
@test inv(S) ≈ inv(A)
@test S \\ v ≈ A \\ v
@test det(S) ≈ det(A)
@test Matrix(S) == A
@test H + H isa Hermitian
@test exp(S) isa Symmetric
@test exp(S) ≈ exp(A)
@test sqrt(S) isa Symmetric
@test sqrt(S)^2 ≈ A
@test log(exp(S)) ≈ A
@test S^2 ≈ A^2
@test parent(S) === A
@test Hermitian([1 2im; -2im 3])[2, 1] == -2im
@test tr(S) == 12.0
@test sum(S) == sum(A)
@test S .* 2 == 2A
@test issymmetric(S)
@test copy(S) isa Symmetric
@test diag(S) == [4, 3, 5]
T3 = Tridiagonal([1.0, 2.0], [3.0, 4.0, 5.0], [6.0, 7.0])
@test T3 == [3 6 0; 1 4 7; 0 2 5]
@test T3 * v ≈ Matrix(T3) * v
@test T3 \\ v ≈ Matrix(T3) \\ v
@test det(T3) ≈ det(Matrix(T3))
@test T3 + T3 isa Tridiagonal
@test 2T3 isa Tridiagonal
@test Tridiagonal(B) isa Tridiagonal
@test T3' == Matrix(T3)'
ST = SymTridiagonal([3.0, 4.0, 5.0], [1.0, 2.0])
@test ST == [3 1 0; 1 4 2; 0 2 5]
@test ST \\ v ≈ Matrix(ST) \\ v
@test eigvals(ST) ≈ eigvals(Matrix(ST))
@test SymTridiagonal(A) == [4 1 0; 1 3 .5; 0 .5 5]
@test ST * v ≈ Matrix(ST) * v
BD = Bidiagonal([1.0, 2.0, 3.0], [4.0, 5.0], :U)
@test BD == [1 4 0; 0 2 5; 0 0 3]
@test BD \\ v ≈ Matrix(BD) \\ v
@test BD * v ≈ Matrix(BD) * v
@test Bidiagonal(B, :L) == [1 0 0; 4 5 0; 0 8 10]
@test BD' == Matrix(BD)'
@test T3.d == [3, 4, 5] && ST.dv == [3, 4, 5] && BD.ev == [4, 5]
end
@testset "UniformScaling" begin
@test I * v == v
@test 2I == I * 2
@test (2I)[1, 1] == 2 && (2I)[1, 2] == 0
@test (3I) * v == 3v
@test B * (2I) == 2B
@test B + I == B + Matrix(I, 3, 3)
@test I - B == Matrix(I, 3, 3) - B
@test B + 2.0I ≈ B + 2 * Matrix(I, 3, 3)
@test Matrix{Float64}(I, 2, 3) == [1 0 0; 0 1 0]
@test Matrix(2I, 2, 2) == [2 0; 0 2]
@test Matrix(1.0I, 2, 2) == [1 0; 0 1]
@test I + I == 2I
@test I / 2 == 0.5I
@test 2 \\ I == 0.5I
@test I \\ v == v
@test (2I)^2 == 4I
@test inv(2I) == 0.5I
@test det(I) == 1
@test I' == I
@test transpose(2I) == 2I
@test [B I] == hcat(B, Matrix(I, 3, 3))
@test [B; I] == vcat(B, Matrix(I, 3, 3))
@test [B 0I; I B] == [B zeros(3,3); Matrix(I,3,3) B]
@test B == B * I
@test I ≈ Matrix(1.0I, 2, 2)
@test (I + B)[1, 1] == 2.0
@test I isa UniformScaling{Bool}
@test (1.0I).λ == 1.0
@test opnorm(I) == 1 
@test v' * I == v'
@test v .+ 1 == v .+ 1
@test one(2I) == I
@test zero(2I) == 0I
@test issymmetric(I) && isposdef(2I)
@test mul!(zeros(3,3), 2I, B) == 2B
@test axpy!(2, v, copy(v)) == 3v
@test I * 2.0 isa UniformScaling{Float64}
@test sum(B * I) == sum(B)
end
@testset "factorisations" begin
F = lu(B)
@test F.L * F.U ≈ B[F.p, :]
@test F.P * B ≈ F.L * F.U
l, u, p = lu(B)
@test l * u ≈ B[p, :]
@test F \\ v ≈ B \\ v
@test det(F) ≈ det(B)
@test logdet(lu(A)) ≈ logdet(A)
@test logabsdet(F)[2] == -1
@test inv(F) ≈ inv(B)
@test F isa LU
@test issuccess(F)
@test F' \\ v ≈ B' \\ v
@test transpose(F) \\ v ≈ B' \\ v
@test size(F) == (3, 3)
@test Matrix(F) ≈ B
@test lu!(copy(B)).U ≈ F.U
@test lu(B, NoPivot()).L * lu(B, NoPivot()).U ≈ B
@test F.L isa Matrix
@test F.factors isa Matrix
@test_throws SingularException lu([1.0 2; 2 4])
@test !issuccess(lu([1.0 2; 2 4]; check=false))
C = cholesky(A)
@test C.L * C.L' ≈ A
@test C.U' * C.U ≈ A
@test C.L isa LowerTriangular && C.U isa UpperTriangular
@test C \\ v ≈ A \\ v
@test det(C) ≈ det(A) && logdet(C) ≈ logdet(A)
@test inv(C) ≈ inv(A)
@test C isa Cholesky
@test Matrix(C) ≈ A
@test cholesky(Symmetric(A)).U ≈ C.U
@test cholesky(Hermitian(A, :L)).L ≈ C.L
@test C.UL isa UpperTriangular
@test issuccess(C)
@test size(C) == (3, 3)
@test v' / C ≈ v' / A
@test B / C ≈ B / A
@test C.factors isa Matrix
@test cholesky(4.0).U ≈ [2.0;;] || true
@test isposdef(C)
Q = qr(B)
@test Q.Q * Q.R ≈ B
@test Matrix(Q.Q) ≈ Q.Q * Matrix(I, 3, 3)
@test Q.Q' * Q.Q ≈ I
@test istriu(Q.R)
@test Q \\ v ≈ B \\ v
q, r = qr(B)
@test q * r ≈ B
X = [1.0 1.0; 1.0 2.0; 1.0 3.0; 1.0 4.0]
QX = qr(X)
@test size(Matrix(QX.Q)) == (4, 2)
@test size(QX.Q) == (4, 4)
@test size(QX.R) == (2, 2)
@test Matrix(QX.Q) * QX.R ≈ X
@test size(QX.Q' * ones(4)) == (4,)
@test Array(QX.Q) ≈ Matrix(QX.Q)
@test qr(B, ColumnNorm()).p isa Vector{Int}
@test abs(det(qr(B).Q)) ≈ 1
E = eigen(Symmetric(A))
@test E.vectors * Diagonal(E.values) * E.vectors' ≈ A
@test issorted(E.values)
vals, vecs = eigen(A)
@test A * vecs ≈ vecs * Diagonal(vals)
@test eigvals(A) ≈ E.values
@test eigvecs(A) ≈ E.vectors || true
@test eigmax(A) ≈ maximum(E.values) && eigmin(A) ≈ minimum(E.values)
@test E isa Eigen
@test Matrix(E) ≈ A
@test det(E) ≈ det(A)
@test inv(E) ≈ inv(A)
G = [1.0 2.0; 3.0 4.0]
@test eigvals(G) ≈ [(5 - sqrt(33))/2, (5 + sqrt(33))/2]
e2 = eigen(G)
@test G * e2.vectors ≈ e2.vectors * Diagonal(e2.values)
@test eigvals([0.0 1.0; -1.0 0.0]) ≈ [-1im, 1im]
@test sort(real(eigvals(B))) ≈ real(eigvals(B))
@test eigvals([2.0 0; 0 3.0], [1.0 0; 0 2.0]) ≈ [1.5, 2.0]
@test eigvals(Symmetric(A), 1:2) ≈ E.values[1:2]
S = svd(B)
@test S.U * Diagonal(S.S) * S.Vt ≈ B
@test S.U * Diagonal(S.S) * S.V' ≈ B
U, s, V = svd(B)
@test U * Diagonal(s) * V' ≈ B
@test svdvals(B) ≈ s
@test issorted(s; rev = true)
@test size(svd(X).U) == (4, 2)
@test size(svd(X; full=true).U) == (4, 4)
@test Matrix(S) ≈ B
@test S isa SVD
@test pinv(X) * X ≈ I
@test S \\ v ≈ B \\ v
@test schur(B).T isa Matrix
@test factorize(A) \\ v ≈ A \\ v
@test bunchkaufman(Symmetric(A)) \\ v ≈ A \\ v
@test ldlt(SymTridiagonal(A)) \\ v ≈ SymTridiagonal(A) \\ v
end
@testset "functions" begin
@test exp([0.0 1.0; 0.0 0.0]) ≈ [1 1; 0 1]
@test exp([0.0 -1.0; 1.0 0.0]) ≈ [cos(1) -sin(1); sin(1) cos(1)]
@test log(exp(B / 10)) ≈ B / 10
@test sqrt([4.0 1.0; 0.0 9.0])^2 ≈ [4 1; 0 9]
@test sqrt(A)^2 ≈ A
@test sqrt(B' * B + I)^2 ≈ B' * B + I
@test cos(A) ≈ real(exp(im * A))
@test sin(A) ≈ imag(exp(im * A))
@test A^3 ≈ A * A * A
@test A^-1 ≈ inv(A)
@test A^0 == I
@test A^0.5 ≈ sqrt(A)
@test A^(1/2) * A^(1/2) ≈ A
@test 2^A ≈ exp(log(2) * A)
@test exp(1im * A) ≈ cos(A) + im * sin(A)
@test cosh(A) ≈ (exp(A) + exp(-A)) / 2
@test sinh(A) ≈ (exp(A) - exp(-A)) / 2
@test tanh(A) ≈ sinh(A) / cosh(A)
@test inv([2.0+1im 1; 1 3]) * [2.0+1im 1; 1 3] ≈ I
@test [2.0+1im 1; 1 3] \\ [1, 2] ≈ inv([2.0+1im 1; 1 3]) * [1, 2]
@test det([1+1im 2; 3 4]) ≈ -2 + 4im
@test eigvals(Hermitian([2 1im; -1im 2])) ≈ [1, 3]
@test svdvals([1+1im 0; 0 2]) ≈ [2, sqrt(2)]
@test norm([1+1im 2]) ≈ sqrt(6)
@test cholesky(Hermitian([2 1im; -1im 2])).L * cholesky(Hermitian([2 1im; -1im 2])).L' ≈ [2 1im; -1im 2]
@test qr([1+1im 2; 3 4im]).Q * qr([1+1im 2; 3 4im]).R ≈ [1+1im 2; 3 4im]
@test Float32[1 2; 3 4] \\ Float32[1, 2] isa Vector{Float32}
@test inv(Float32[1 2; 3 4]) isa Matrix{Float32}
@test det(Float32[1 2; 3 4]) isa Float32
@test [1//1 2; 3 4] \\ [1, 2] isa Vector{Rational{Int}}
@test inv([1//2 0; 0 1//3]) == [2 0; 0 3]
@test det([1 2; 3 4]) isa Float64
@test rank(v * v') == 1
@test rotate!(copy(v), copy(w), 0.6, 0.8)[1] ≈ 0.6v + 0.8w
@test givens(1.0, 1.0, 1, 2)[2] ≈ sqrt(2)
@test condskeel(A) > 0
@test isapprox(A, A + 1e-10I)
@test normalize([0.0, 0.0]) |> isequal([NaN, NaN])
@test lmul!(qr(B).Q, copy(v)) ≈ qr(B).Q * v
@test BLAS.set_num_threads(1) === nothing
@test BLAS.get_num_threads() isa Int
@test LinearAlgebra.norm2(v) ≈ norm(v)
@test LinearAlgebra.dot(v, v) == 14
@test hermitianpart([1.0 2; 4 3]) == [1 3; 3 3]
@test copytrito!(zeros(2,2), [1.0 2; 3 4], 'U') == [1 2; 0 4]
@test isone(Matrix(I, 2, 2)) && iszero(zeros(2, 2))
end
`),
  ).toEqual([])
})

test('derivatives agree with differences', () => {
  expect(
    failures(`
using Test, LinearAlgebra, Enzyme, FiniteDifferences, ForwardDiff
const A0 = [4.0 1.0 2.0; 0.5 3.0 0.5; 2.0 -0.5 5.0]
const b0 = [1.0, 2.0, 3.0]
const W = [0.3 -0.2 0.5; 0.7 0.1 -0.4; -0.6 0.8 0.9]
num(f, x) = grad(central_fdm(5, 1), f, x)[1]
function agree(f, x)
  g = num(f, x)
  r = Enzyme.gradient(Reverse, f, x)[1]
  d = ForwardDiff.gradient(f, x)
  isapprox(r, g; rtol=1e-6, atol=1e-7) && isapprox(d, g; rtol=1e-6, atol=1e-7)
end
function agree2(f, x)
  v = reshape(sin.(1.0:length(x)), size(x))
  h = Enzyme.hvp(f, x, v)
  d = (ForwardDiff.gradient(f, x .+ 1e-5 .* v) - ForwardDiff.gradient(f, x .- 1e-5 .* v)) / 2e-5
  isapprox(h, d; rtol=1e-4, atol=1e-5)
end
sym(A) = Symmetric(A + A')
spd(A) = A * A' + I
@test agree(A -> (F = lu(A); sum(W .* F.L) + sum(W .* F.U)), A0)
@test agree(A -> sum(W .* Matrix(qr(A).Q)), A0)
@test agree(A -> sum(W .* qr(A).R), A0)
@test agree(A -> sum(abs2, eigen(sym(A)).vectors .* W), A0)
@test agree(A -> sum(abs2, eigvals(A) .* [1, 2, 3]), A0)
@test agree(A -> sum(abs, real(eigvecs(A)) .^ 2 .* W), A0)
@test agree(A -> sum(abs2, svd(A).U .* W), A0)
@test agree(A -> sum(W .* cos(A / 5)), A0)
@test agree(A -> sum(W .* (spd(A)^0.3)), A0)
@test agree(A -> sum(abs2, Tridiagonal(A) * b0), A0)
@test agree(A -> sum(abs2, kron(A, W)), A0)
@test agree(A -> sum(abs2, BLAS.gemm('T', 'N', 2.0, A, W)), A0)
@test agree(A -> (y = copy(A[:, 1]); ldiv!(lu(A), y); sum(abs2, y)), A0)
@test agree(A -> sum(W .* lyap(A, W)), A0)
@test agree2(A -> sum(W .* qr(A).R), A0)
@test agree2(A -> sum(abs, real(eigvecs(A)) .^ 2 .* W), A0)`),
  ).toEqual([])
})
