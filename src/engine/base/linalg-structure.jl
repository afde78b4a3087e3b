# LinearAlgebra: results that keep the structure of special matrices.

module LinearAlgebra
# Diagonal
Diagonal{T}(s::UniformScaling, n::Integer) where {T} = Diagonal(fill(convert(T, s.λ), n))
Diagonal{T}(::UndefInitializer, n::Integer) where {T} = Diagonal(Vector{T}(undef, n))
one(d::Diagonal) = Diagonal(map(one, d.diag))
kron(a::Diagonal, b::Diagonal) = Diagonal(kron(a.diag, b.diag))
-(d::Diagonal, s::UniformScaling) = Diagonal(d.diag .- s.λ)
+(s::UniformScaling, d::Diagonal) = Diagonal(s.λ .+ d.diag)
-(s::UniformScaling, d::Diagonal) = Diagonal(s.λ .- d.diag)
\(a::Diagonal, b::Diagonal) = Diagonal(b.diag ./ a.diag)
/(a::Diagonal, b::Diagonal) = Diagonal(a.diag ./ b.diag)
Base.inv(d::Diagonal{<:Integer}) = inv(Diagonal(float(d.diag)))
dot(x::AbstractVector, d::Diagonal, y::AbstractVector) = dot(x, d.diag .* y)

# Triangular matrices: the part that the wrapper leaves out never enters a result.
-(a::UpperTriangular) = UpperTriangular(-a.data)
-(a::LowerTriangular) = LowerTriangular(-a.data)
-(a::UpperTriangular, b::UpperTriangular) = UpperTriangular(a.data - b.data)
-(a::LowerTriangular, b::LowerTriangular) = LowerTriangular(a.data - b.data)
/(a::UpperTriangular, x::Number) = UpperTriangular(a.data / x)
/(a::LowerTriangular, x::Number) = LowerTriangular(a.data / x)
\(x::Number, a::UpperTriangular) = UpperTriangular(x \ a.data)
\(x::Number, a::LowerTriangular) = LowerTriangular(x \ a.data)
*(a::Upper, d::Diagonal) = UpperTriangular(Matrix(a) * d)
*(d::Diagonal, a::Upper) = UpperTriangular(d * Matrix(a))
*(a::Lower, d::Diagonal) = LowerTriangular(Matrix(a) * d)
*(d::Diagonal, a::Lower) = LowerTriangular(d * Matrix(a))
*(a::Upper, b::Upper) = UpperTriangular(Matrix(a) * Matrix(b))
*(a::Lower, b::Lower) = LowerTriangular(Matrix(a) * Matrix(b))
+(a::Upper, d::Diagonal) = UpperTriangular(Matrix(a) + Matrix(d))
+(d::Diagonal, a::Upper) = a + d
+(a::Lower, d::Diagonal) = LowerTriangular(Matrix(a) + Matrix(d))
+(d::Diagonal, a::Lower) = a + d
-(a::Upper, d::Diagonal) = UpperTriangular(Matrix(a) - Matrix(d))
-(a::Lower, d::Diagonal) = LowerTriangular(Matrix(a) - Matrix(d))
-(d::Diagonal, a::Upper) = UpperTriangular(d - Matrix(a))
-(d::Diagonal, a::Lower) = LowerTriangular(d - Matrix(a))
+(a::Upper, s::UniformScaling) = UpperTriangular(Matrix(a) + s)
+(a::Lower, s::UniformScaling) = LowerTriangular(Matrix(a) + s)
+(s::UniformScaling, a::Upper) = a + s
+(s::UniformScaling, a::Lower) = a + s
-(a::Upper, s::UniformScaling) = UpperTriangular(Matrix(a) - s)
-(a::Lower, s::UniformScaling) = LowerTriangular(Matrix(a) - s)
-(s::UniformScaling, a::Upper) = UpperTriangular(s - Matrix(a))
-(s::UniformScaling, a::Lower) = LowerTriangular(s - Matrix(a))
\(a::UpperTriangular, b::Upper) = UpperTriangular(a \ Matrix(b))
\(a::UnitUpperTriangular, b::UpperTriangular) = UpperTriangular(a \ Matrix(b))
\(a::LowerTriangular, b::Lower) = LowerTriangular(a \ Matrix(b))
\(a::UnitLowerTriangular, b::LowerTriangular) = LowerTriangular(a \ Matrix(b))
\(a::UnitUpperTriangular, b::UnitUpperTriangular) = UnitUpperTriangular(a \ Matrix(b))
\(a::UnitLowerTriangular, b::UnitLowerTriangular) = UnitLowerTriangular(a \ Matrix(b))
/(a::Upper, b::Upper) = UpperTriangular(Matrix(a) / b)
/(a::Lower, b::Lower) = LowerTriangular(Matrix(a) / b)
/(a::UnitUpperTriangular, b::UnitUpperTriangular) = UnitUpperTriangular(Matrix(a) / b)
/(a::UnitLowerTriangular, b::UnitLowerTriangular) = UnitLowerTriangular(Matrix(a) / b)
\(a::UpperTriangular, d::Diagonal) = UpperTriangular(a \ Matrix(d))
\(a::LowerTriangular, d::Diagonal) = LowerTriangular(a \ Matrix(d))
\(a::UnitUpperTriangular, d::Diagonal) = UpperTriangular(a \ Matrix(d))
\(a::UnitLowerTriangular, d::Diagonal) = LowerTriangular(a \ Matrix(d))
/(a::Upper, d::Diagonal) = UpperTriangular(Matrix(a) / d)
/(a::Lower, d::Diagonal) = LowerTriangular(Matrix(a) / d)
\(d::Diagonal, a::Upper) = UpperTriangular(d \ Matrix(a))
\(d::Diagonal, a::Lower) = LowerTriangular(d \ Matrix(a))
UnitUpperTriangular(a::UnitUpperTriangular) = a
UnitLowerTriangular(a::UnitLowerTriangular) = a
*(a::UnitUpperTriangular, b::UnitUpperTriangular) = UnitUpperTriangular(Matrix(a) * Matrix(b))
*(a::UnitLowerTriangular, b::UnitLowerTriangular) = UnitLowerTriangular(Matrix(a) * Matrix(b))
+(a::Upper, b::Upper) = UpperTriangular(Matrix(a) + Matrix(b))
+(a::Lower, b::Lower) = LowerTriangular(Matrix(a) + Matrix(b))
-(a::Upper, b::Upper) = UpperTriangular(Matrix(a) - Matrix(b))
-(a::Lower, b::Lower) = LowerTriangular(Matrix(a) - Matrix(b))
setindex!(a::UnitUpperTriangular, v, i::Int64, j::Int64) = i < j ? (a.data[i, j] = v; a) : v == (i == j) ? a : outside_unit("lower", "UnitUpperTriangular", i, j, v)
setindex!(a::UnitLowerTriangular, v, i::Int64, j::Int64) = i > j ? (a.data[i, j] = v; a) : v == (i == j) ? a : outside_unit("upper", "UnitLowerTriangular", i, j, v)
@noinline outside_unit(part, name, i, j, v) =
    i == j ? Base.__argument_error("cannot set index on the diagonal (", i, ", ", j, ") of an ", name, " matrix to a non-unit value (", v, ")") : outside(part, name, i, j, v)
inv(a::UnitUpperTriangular) = UnitUpperTriangular(a \ one(Matrix(a)))
inv(a::UnitLowerTriangular) = UnitLowerTriangular(a \ one(Matrix(a)))

# Symmetric and Hermitian matrices
half(a) = a.uplo == 'U' ? :U : :L
inv(a::Symmetric) = Symmetric(inv(Matrix(a)), half(a))
inv(a::Hermitian) = Hermitian(inv(Matrix(a)), half(a))
+(a::Symmetric, s::UniformScaling) = Symmetric(a.data + s, half(a))
-(a::Symmetric, s::UniformScaling) = Symmetric(a.data - s, half(a))
+(s::UniformScaling, a::Symmetric) = a + s
-(s::UniformScaling, a::Symmetric) = Symmetric(s - a.data, half(a))
+(a::Hermitian, s::UniformScaling{<:Real}) = Hermitian(a.data + s, half(a))
-(a::Hermitian, s::UniformScaling{<:Real}) = Hermitian(a.data - s, half(a))
+(a::Hermitian, b::Hermitian) = Hermitian(Matrix(a) + Matrix(b))
-(a::Hermitian, b::Hermitian) = Hermitian(Matrix(a) - Matrix(b))
-(a::Hermitian) = Hermitian(-a.data, half(a))
*(x::Real, a::Hermitian) = Hermitian(x * a.data, half(a))
*(a::Hermitian, x::Real) = Hermitian(a.data * x, half(a))
/(a::Hermitian, x::Real) = Hermitian(a.data / x, half(a))
issymmetric(a::Hermitian{<:Real}) = true
ishermitian(a::Symmetric{<:Real}) = true
transpose(a::Hermitian{<:Real}) = a
+(a::Symmetric, d::Diagonal) = Symmetric(Matrix(a) + d, half(a))
+(d::Diagonal, a::Symmetric) = a + d
-(a::Symmetric, d::Diagonal) = Symmetric(Matrix(a) - d, half(a))
-(d::Diagonal, a::Symmetric) = Symmetric(d - Matrix(a), half(a))
+(a::Hermitian, d::Diagonal{<:Real}) = Hermitian(Matrix(a) + d, half(a))
+(d::Diagonal{<:Real}, a::Hermitian) = a + d
-(a::Hermitian, d::Diagonal{<:Real}) = Hermitian(Matrix(a) - d, half(a))
+(a::Mirrored, b::Mirrored) = Matrix(a) + Matrix(b)
Symmetric(a::Symmetric) = a
Hermitian(a::Hermitian) = a
"The hermitian part of a matrix."
hermitianpart(a::AbstractMatrix, uplo::Symbol=:U) = Hermitian((a + adjoint(a)) / 2, uplo)

# Banded matrices
+(a::Tridiagonal, b::Tridiagonal) = Tridiagonal(a.dl + b.dl, a.d + b.d, a.du + b.du)
-(a::Tridiagonal, b::Tridiagonal) = Tridiagonal(a.dl - b.dl, a.d - b.d, a.du - b.du)
-(a::Tridiagonal) = Tridiagonal(-a.dl, -a.d, -a.du)
*(x::Number, a::Tridiagonal) = Tridiagonal(x * a.dl, x * a.d, x * a.du)
*(a::Tridiagonal, x::Number) = Tridiagonal(a.dl * x, a.d * x, a.du * x)
/(a::Tridiagonal, x::Number) = Tridiagonal(a.dl / x, a.d / x, a.du / x)
+(a::SymTridiagonal, b::SymTridiagonal) = SymTridiagonal(a.dv + b.dv, a.ev + b.ev)
-(a::SymTridiagonal, b::SymTridiagonal) = SymTridiagonal(a.dv - b.dv, a.ev - b.ev)
*(x::Number, a::SymTridiagonal) = SymTridiagonal(x * a.dv, x * a.ev)
*(a::SymTridiagonal, x::Number) = SymTridiagonal(a.dv * x, a.ev * x)
/(a::SymTridiagonal, x::Number) = SymTridiagonal(a.dv / x, a.ev / x)
*(x::Number, a::Bidiagonal) = Bidiagonal(x * a.dv, x * a.ev, half(a))
*(a::Bidiagonal, x::Number) = Bidiagonal(a.dv * x, a.ev * x, half(a))
transpose(a::Tridiagonal) = Tridiagonal(a.du, a.d, a.dl)
transpose(a::SymTridiagonal) = a
transpose(a::Bidiagonal) = Bidiagonal(a.dv, a.ev, a.uplo == 'U' ? :L : :U)
\(a::Bidiagonal, b::AbstractVecOrMat) = a.uplo == 'U' ? UpperTriangular(Matrix(a)) \ b : LowerTriangular(Matrix(a)) \ b
det(a::Bidiagonal) = prod(a.dv)

# Multiples of the identity
\(x::Number, s::UniformScaling) = UniformScaling(x \ s.λ)
^(s::UniformScaling, n::Number) = UniformScaling(s.λ^n)
literal_pow(::typeof(^), s::UniformScaling, ::Val{p}) where {p} = UniformScaling(s.λ^p)
det(s::UniformScaling) = isone(s.λ) ? one(s.λ) : throw(ArgumentError("Determinant of UniformScaling is only well-defined when λ = 0 or 1."))
adjoint(s::UniformScaling) = UniformScaling(conj(s.λ))
transpose(s::UniformScaling) = s
Base.conj(s::UniformScaling) = UniformScaling(conj(s.λ))
opnorm(s::UniformScaling, p::Real=2) = abs(s.λ)
norm(s::UniformScaling) = abs(s.λ)
one(s::UniformScaling) = UniformScaling(one(s.λ))
Base.zero(s::UniformScaling) = UniformScaling(zero(s.λ))
Base.one(::Type{UniformScaling{T}}) where {T} = UniformScaling(one(T))
Base.zero(::Type{UniformScaling{T}}) where {T} = UniformScaling(zero(T))
Base.iszero(s::UniformScaling) = iszero(s.λ)
Base.isone(s::UniformScaling) = isone(s.λ)
Base.real(s::UniformScaling) = UniformScaling(real(s.λ))
Base.imag(s::UniformScaling) = UniformScaling(imag(s.λ))
cond(s::UniformScaling) = iszero(s.λ) ? oftype(float(s.λ), Inf) : one(s.λ)
Base.Array(s::UniformScaling, m::Integer, n::Integer) = Matrix(s, m, n)
Matrix(s::UniformScaling, dims::Tuple) = Matrix(s, dims[1], dims[2])
Base.convert(::Type{UniformScaling{T}}, s::UniformScaling) where {T} = UniformScaling(convert(T, s.λ))
Base.promote_rule(::Type{UniformScaling{T}}, ::Type{UniformScaling{S}}) where {T,S} = UniformScaling{promote_type(T, S)}
dot(a::AbstractMatrix, s::UniformScaling) = dot(tr(a), s.λ)
dot(s::UniformScaling, a::AbstractMatrix) = dot(s.λ, tr(a))
dot(x::AbstractVector, s::UniformScaling, y::AbstractVector) = dot(x, s.λ, y)
dot(x::AbstractVector, λ::Number, y::AbstractVector) = dot(x, λ * y)
lmul!(s::UniformScaling, a::AbstractVecOrMat) = lmul!(s.λ, a)
rmul!(a::AbstractMatrix, s::UniformScaling) = rmul!(a, s.λ)
ldiv!(s::UniformScaling, a::AbstractVecOrMat) = (a .= s.λ .\ a)
rdiv!(a::AbstractMatrix, s::UniformScaling) = (a .= a ./ s.λ)
lmul!(s::UniformScaling, a::AbstractMatrix) = lmul!(s.λ, a)
istriu(s::UniformScaling, k::Integer=0) = k <= 0 || iszero(s.λ)
istril(s::UniformScaling, k::Integer=0) = k >= 0 || iszero(s.λ)
tr(s::UniformScaling) = iszero(s.λ) ? zero(s.λ) : Base.__argument_error("Trace of UniformScaling is only well-defined when λ = 0")
issymmetric(s::UniformScaling) = true
ishermitian(s::UniformScaling) = isreal(s.λ)
isposdef(s::UniformScaling) = isposdef(s.λ)
isdiag(s::UniformScaling) = true
isposdef(x::Number) = imag(x) == 0 && real(x) > 0
Base.ndims(s::UniformScaling) = 2
Base.copy(s::UniformScaling) = s
end
