# LinearAlgebra: what factorisations can do besides solving.

module LinearAlgebra
"Ways to pivot."
struct NoPivot end
struct RowMaximum end
struct RowNonZero end
struct ColumnNorm end
lu(a::AbstractMatrix, ::RowMaximum; check::Bool=true) = lu(a; check=check)
"Elimination without exchanging rows."
function lu(a::AbstractMatrix, ::NoPivot; check::Bool=true)
    f = floated(a)
    n = checksquare(f)
    for k in 1:n
        check && iszero(f[k, k]) && throw(SingularException(k))
        for i in k+1:n
            f[i, k] = f[i, k] / f[k, k]
            for j in k+1:n
                f[i, j] -= f[i, k] * f[k, j]
            end
        end
    end
    LU{eltype(f),typeof(f),Vector{Int64}}(f, collect(1:n), 0)
end
lu(f::LU) = f
function logabsdet(f::LU)
    d = diag(f.factors)
    (sum_of_logs(x -> log(abs(x)), d), parity(f.ipiv) * prod(sign, d; init = one(eltype(d))))
end
logdet(f::LU) = logdet_of(logabsdet(f))
issuccess(f::LU) = f.info == 0
issuccess(f::Cholesky) = f.info == 0
isposdef(c::Cholesky) = c.info == 0
Matrix(f::LU) = (f.L * f.U)[invperm(f.p), :]
Matrix(c::Cholesky) = c.L * adjoint(c.L)
Base.Array(f::Union{LU,Cholesky}) = Matrix(f)
AbstractMatrix(f::Union{LU,Cholesky}) = Matrix(f)
size(f::LU, d::Integer) = size(f.factors, d)
size(f::Cholesky, d::Integer) = size(f.factors, d)
Base.eltype(f::LU) = eltype(f.factors)
Base.eltype(f::Cholesky) = eltype(f.factors)
logabsdet(c::Cholesky) = (logdet(c), one(real(eltype(c.factors))))
cholesky(x::Number) = cholesky(fill(x, 1, 1))
cholesky(a::AbstractMatrix, ::NoPivot; check::Bool=true) = cholesky(a; check=check)
diag(c::Cholesky) = diag(Matrix(c))
tr(c::Cholesky) = sum(abs2, c.factors)

"The adjoint or the transpose of a factorisation."
struct AdjointFactorization{T,F} <: Factorization{T}
    parent::F
end
struct TransposeFactorization{T,F} <: Factorization{T}
    parent::F
end
AdjointFactorization(f::Factorization{T}) where {T} = AdjointFactorization{T,typeof(f)}(f)
TransposeFactorization(f::Factorization{T}) where {T} = TransposeFactorization{T,typeof(f)}(f)
const TurnedFactorization = Union{AdjointFactorization,TransposeFactorization}
adjoint(f::Factorization) = AdjointFactorization(f)
transpose(f::Factorization) = TransposeFactorization(f)
transpose(f::Factorization{<:Real}) = AdjointFactorization(f)
adjoint(f::AdjointFactorization) = f.parent
transpose(f::TransposeFactorization) = f.parent
transpose(f::AdjointFactorization{<:Real}) = f.parent
parent(f::TurnedFactorization) = f.parent
size(f::TurnedFactorization) = reverse(size(f.parent))
Matrix(f::AdjointFactorization) = Matrix(adjoint(Matrix(f.parent)))
Matrix(f::TransposeFactorization) = Matrix(transpose(Matrix(f.parent)))
det(f::AdjointFactorization) = conj(det(f.parent))
det(f::TransposeFactorization) = det(f.parent)
inv(f::TurnedFactorization) = inv(Matrix(f))
\(f::AdjointFactorization, b::AbstractVecOrMat) = Matrix(f) \ b
\(f::TransposeFactorization, b::AbstractVecOrMat) = Matrix(f) \ b
adjoint(c::Cholesky) = c
\(f::AdjointFactorization{T,<:LU}, b::AbstractVecOrMat) where {T} = unpermuted(adjoint(unit_lower(f.parent)) \ (adjoint(UpperTriangular(f.parent.factors)) \ b), f.parent.p)
\(f::TransposeFactorization{T,<:LU}, b::AbstractVecOrMat) where {T} = unpermuted(transpose(unit_lower(f.parent)) \ (transpose(UpperTriangular(f.parent.factors)) \ b), f.parent.p)
unit_lower(f) = UnitLowerTriangular(f.factors)
unpermuted(x::AbstractVector, p) = x[invperm(p)]
unpermuted(x::AbstractMatrix, p) = x[invperm(p), :]
/(a::AbstractMatrix, f::Factorization) = copy(adjoint(adjoint(f) \ copy(adjoint(a))))
/(a::Adjoint{T,<:AbstractVector}, f::Factorization) where {T} = adjoint(adjoint(f) \ a.parent)
/(a::Transpose{T,<:AbstractVector}, f::Factorization) where {T} = transpose(transpose(f) \ a.parent)
transpose(c::Cholesky{<:Real}) = c
rank(f::QRPivoted; rtol=min(size(f.R)...) * eps(Float64)) = count(x -> abs(x) > rtol * abs(f.R[1, 1]), diag(f.R))
Matrix(f::QRPivoted) = (Matrix(f.Q) * f.R)[:, invperm(f.p)]
size(f::QRPivoted) = (size(f.Q, 1), size(f.R, 2))
"What any factorisation does as the matrix does."
size(f::Factorization, d::Integer) = d <= 2 ? size(f)[d] : 1
Base.ndims(f::Factorization) = 2
Base.eltype(::Type{<:Factorization{T}}) where {T} = T
Base.Array(f::Factorization) = Matrix(f)
Base.AbstractArray(f::Factorization) = Matrix(f)
AbstractMatrix(f::Factorization) = Matrix(f)
Base.convert(::Type{Matrix}, f::Factorization) = Matrix(f)
"`L Q = A` with Q orthogonal and L lower triangular."
struct LQ{T} <: Factorization{T}
    L::Matrix{T}
    Q::Matrix{T}
end
lq(a::AbstractMatrix) = (f = qr(copy(adjoint(a))); LQ{eltype(f.R)}(copy(adjoint(f.R)), copy(adjoint(Matrix(f.Q)))))
iterate(f::LQ) = (f.L, Val(:Q))
iterate(f::LQ, ::Val{:Q}) = (f.Q, Val(:done))
iterate(f::LQ, ::Val{:done}) = nothing
size(f::LQ) = (size(f.L, 1), size(f.Q, 2))
Matrix(f::LQ) = f.L * f.Q
\(f::LQ, b::AbstractVecOrMat) = adjoint(f.Q) * (LowerTriangular(f.L) \ b)
inv(f::QR) = f \ Matrix{eltype(f.R)}(I, size(f.R, 1), size(f.R, 1))
Matrix(f::QR) = Matrix(f.Q) * f.R
size(f::QR) = (size(f.Q, 1), size(f.R, 2))

# As the REPL lays factorisations out: their type and each of their factors.
text_plain(x) = repr("text/plain", x)
factors_shown(io, type, parts...) = print(io, type, map(part -> string("\n", part.first, "\n", text_plain(part.second)), parts)...)
show(io::IO, ::MIME"text/plain", f::LU) =
    factors_shown(io, typeof(f), "L factor:" => f.L, "U factor:" => f.U)
show(io::IO, ::MIME"text/plain", f::Cholesky) = factors_shown(io, typeof(f), "$(f.uplo) factor:" => f.UL)
show(io::IO, ::MIME"text/plain", f::SVD) =
    factors_shown(io, typeof(f), "U factor:" => f.U, "singular values:" => f.S, "Vt factor:" => f.Vt)
show(io::IO, ::MIME"text/plain", e::Union{Eigen,GeneralizedEigen}) = factors_shown(io, typeof(e), "values:" => e.values, "vectors:" => e.vectors)
function show(io::IO, ::MIME"text/plain", f::QR{T}) where {T}
    m = size(f.Q, 1)
    print(io, "LinearAlgebra.QRCompactWY{$T, Matrix{$T}, Matrix{$T}}\nQ factor: $m×$m LinearAlgebra.QRCompactWYQ{$T, Matrix{$T}, Matrix{$T}}")
    print(io, "\nR factor:\n", text_plain(f.R))
end
end
