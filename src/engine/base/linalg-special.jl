# LinearAlgebra: matrices with structure, as windows that know what they leave out.

module LinearAlgebra
"A matrix with zeros off its diagonal."
struct Diagonal{T,V<:AbstractVector{T}} <: AbstractMatrix{T}
    diag::V
end
Diagonal(v::AbstractVector{T}) where {T} = Diagonal{T,typeof(v)}(v)
Diagonal(a::AbstractMatrix) = Diagonal(diag(a))
size(d::Diagonal) = (length(d.diag), length(d.diag))
getindex(d::Diagonal, i::Int64, j::Int64) = (Base.__check_scalar_indices(d, (i, j)); __get(d, i, j))
__get(d::Diagonal, i::Int64, j::Int64) = i == j ? __get(d.diag, i) : off_diagonal(d, i, j)
off_diagonal(d::Diagonal{T}, i, j) where {T} = zero(T)
off_diagonal(d::Diagonal{<:AbstractMatrix{T}}, i, j) where {T} = zeros(T, size(d.diag[i], 1), size(d.diag[j], 2))
function setindex!(d::Diagonal, v, i::Int64, j::Int64)
    Base.__check_scalar_indices(d, (i, j))
    if i == j
        d.diag[i] = v
    elseif !iszero(v)
        Base.__argument_error("cannot set off-diagonal entry (", i, ", ", j, ") to a nonzero value (", v, ")")
    end
    d
end
parent(d::Diagonal) = d.diag
adjoint(d::Diagonal{<:Real}) = d
adjoint(d::Diagonal) = Diagonal(map(adjoint, d.diag))
transpose(d::Diagonal{<:Number}) = d
transpose(d::Diagonal) = Diagonal(map(transpose, d.diag))
inv(d::Diagonal) = any(iszero, d.diag) ? throw(SingularException(findfirst(iszero, d.diag))) : Diagonal(map(inv, d.diag))
det(d::Diagonal) = prod(d.diag)
tr(d::Diagonal) = sum(d.diag)
*(a::Diagonal, b::Diagonal) = Diagonal(a.diag .* b.diag)
*(d::Diagonal, x::AbstractVector) = (same_inner(d, x); d.diag .* x)
*(d::Diagonal, a::AbstractMatrix) = (same_inner(d, a); d.diag .* a)
*(a::AbstractMatrix, d::Diagonal) = (same_inner(a, d); a .* transpose(d.diag))
*(a::Adjoint{T,<:AbstractVector}, d::Diagonal) where {T} = adjoint(adjoint(d) * a.parent)
*(a::Transpose{T,<:AbstractVector}, d::Diagonal) where {T} = transpose(d * a.parent)
same_inner(a, b) = size(a, 2) == size(b, 1) ? nothing : Base.__inner_mismatch(a, b)
*(x::Number, d::Diagonal) = Diagonal(x * d.diag)
*(d::Diagonal, x::Number) = Diagonal(d.diag * x)
/(d::Diagonal, x::Number) = Diagonal(d.diag / x)
+(a::Diagonal, b::Diagonal) = Diagonal(a.diag + b.diag)
-(a::Diagonal, b::Diagonal) = Diagonal(a.diag - b.diag)
-(d::Diagonal) = Diagonal(-d.diag)
+(d::Diagonal, s::UniformScaling) = Diagonal(d.diag .+ s.λ)
\(d::Diagonal, x::AbstractVector) = (check_diagonal(d); x ./ d.diag)
\(d::Diagonal, a::AbstractMatrix) = (check_diagonal(d); a ./ d.diag)
/(a::AbstractMatrix, d::Diagonal) = (check_diagonal(d); a ./ transpose(d.diag))
function check_diagonal(d)
    k = findfirst(iszero, d.diag)
    k === nothing || throw(SingularException(k))
end
/(a::Adjoint{T,<:AbstractVector}, d::Diagonal) where {T} = adjoint(adjoint(d) \ a.parent)

"The symmetric matrix whose upper (or lower) half is that of `data`."
struct Symmetric{T,S<:AbstractMatrix{T}} <: AbstractMatrix{T}
    data::S
    uplo::Char
end
"The Hermitian matrix whose upper (or lower) half is that of `data`."
struct Hermitian{T,S<:AbstractMatrix{T}} <: AbstractMatrix{T}
    data::S
    uplo::Char
end
Symmetric(a::AbstractMatrix{T}, uplo::Symbol=:U) where {T} = (checksquare(a); Symmetric{T,typeof(a)}(a, half_letter(uplo)))
Hermitian(a::AbstractMatrix{T}, uplo::Symbol=:U) where {T} = (checksquare(a); Hermitian{T,typeof(a)}(a, half_letter(uplo)))
half_letter(uplo::Symbol) = uplo === :U ? 'U' : uplo === :L ? 'L' : Base.__argument_error("uplo argument must be either :U (upper) or :L (lower)")
"Those whose eigenvalues are real."
const RealSymmetric = Union{Symmetric{<:Real},Hermitian}
const Mirrored = Union{Symmetric,Hermitian}
size(a::Mirrored) = size(a.data)
parent(a::Mirrored) = a.data
__get(a::Symmetric, i::Int64, j::Int64) = (i <= j) == (a.uplo == 'U') || i == j ? __get(a.data, i, j) : __get(a.data, j, i)
__get(a::Hermitian, i::Int64, j::Int64) =
    i == j ? convert(eltype(a), real(__get(a.data, i, j))) : (i < j) == (a.uplo == 'U') ? __get(a.data, i, j) : conj(__get(a.data, j, i))
getindex(a::Mirrored, i::Int64, j::Int64) = (Base.__check_scalar_indices(a, (i, j)); __get(a, i, j))
issymmetric(a::Symmetric) = true
ishermitian(a::Hermitian) = true
adjoint(a::Hermitian) = a
transpose(a::Symmetric) = a
adjoint(a::Symmetric{<:Real}) = a
*(x::Number, a::Symmetric) = Symmetric(x * a.data, a.uplo == 'U' ? :U : :L)
*(a::Symmetric, x::Number) = Symmetric(a.data * x, a.uplo == 'U' ? :U : :L)
/(a::Symmetric, x::Number) = Symmetric(a.data / x, a.uplo == 'U' ? :U : :L)
+(a::Symmetric, b::Symmetric) = Symmetric(Matrix(a) + Matrix(b))
-(a::Symmetric, b::Symmetric) = Symmetric(Matrix(a) - Matrix(b))
-(a::Symmetric) = Symmetric(-a.data, a.uplo == 'U' ? :U : :L)

"The part on and above the diagonal, zeros below."
struct UpperTriangular{T,S<:AbstractMatrix{T}} <: AbstractMatrix{T}
    data::S
end
"The part on and below the diagonal, zeros above."
struct LowerTriangular{T,S<:AbstractMatrix{T}} <: AbstractMatrix{T}
    data::S
end
"As UpperTriangular with ones on the diagonal."
struct UnitUpperTriangular{T,S<:AbstractMatrix{T}} <: AbstractMatrix{T}
    data::S
end
"As LowerTriangular with ones on the diagonal."
struct UnitLowerTriangular{T,S<:AbstractMatrix{T}} <: AbstractMatrix{T}
    data::S
end
UpperTriangular(a::AbstractMatrix{T}) where {T} = (checksquare(a); UpperTriangular{T,typeof(a)}(a))
LowerTriangular(a::AbstractMatrix{T}) where {T} = (checksquare(a); LowerTriangular{T,typeof(a)}(a))
UnitUpperTriangular(a::AbstractMatrix{T}) where {T} = (checksquare(a); UnitUpperTriangular{T,typeof(a)}(a))
UnitLowerTriangular(a::AbstractMatrix{T}) where {T} = (checksquare(a); UnitLowerTriangular{T,typeof(a)}(a))
UpperTriangular(a::UpperTriangular) = a
LowerTriangular(a::LowerTriangular) = a
const Upper = Union{UpperTriangular,UnitUpperTriangular}
const Lower = Union{LowerTriangular,UnitLowerTriangular}
const Triangular = Union{UpperTriangular,UnitUpperTriangular,LowerTriangular,UnitLowerTriangular}
size(a::Triangular) = size(a.data)
parent(a::Triangular) = a.data
__get(a::UpperTriangular, i::Int64, j::Int64) = i <= j ? __get(a.data, i, j) : zero(eltype(a))
__get(a::LowerTriangular, i::Int64, j::Int64) = i >= j ? __get(a.data, i, j) : zero(eltype(a))
__get(a::UnitUpperTriangular, i::Int64, j::Int64) = i < j ? __get(a.data, i, j) : i == j ? one(eltype(a)) : zero(eltype(a))
__get(a::UnitLowerTriangular, i::Int64, j::Int64) = i > j ? __get(a.data, i, j) : i == j ? one(eltype(a)) : zero(eltype(a))
getindex(a::Triangular, i::Int64, j::Int64) = (Base.__check_scalar_indices(a, (i, j)); __get(a, i, j))
setindex!(a::UpperTriangular, v, i::Int64, j::Int64) = i <= j ? (a.data[i, j] = v; a) : iszero(v) ? a : outside("lower", "UpperTriangular", i, j, v)
setindex!(a::LowerTriangular, v, i::Int64, j::Int64) = i >= j ? (a.data[i, j] = v; a) : iszero(v) ? a : outside("upper", "LowerTriangular", i, j, v)
@noinline outside(part, name, i, j, v) =
    Base.__argument_error("cannot set index in the ", part, " triangular part (", i, ", ", j, ") of an ", name, " matrix to a nonzero value (", v, ")")
adjoint(a::UpperTriangular) = LowerTriangular(adjoint(a.data))
adjoint(a::LowerTriangular) = UpperTriangular(adjoint(a.data))
adjoint(a::UnitUpperTriangular) = UnitLowerTriangular(adjoint(a.data))
adjoint(a::UnitLowerTriangular) = UnitUpperTriangular(adjoint(a.data))
transpose(a::UpperTriangular) = LowerTriangular(transpose(a.data))
transpose(a::LowerTriangular) = UpperTriangular(transpose(a.data))
transpose(a::UnitUpperTriangular) = UnitLowerTriangular(transpose(a.data))
transpose(a::UnitLowerTriangular) = UnitUpperTriangular(transpose(a.data))
det(a::Union{UpperTriangular,LowerTriangular}) = prod(diag(a))
det(a::Union{UnitUpperTriangular,UnitLowerTriangular}) = one(eltype(a))
inv(a::UpperTriangular) = UpperTriangular(a \ one(Matrix(a)))
inv(a::LowerTriangular) = LowerTriangular(a \ one(Matrix(a)))
*(x::Number, a::UpperTriangular) = UpperTriangular(x * a.data)
*(a::UpperTriangular, x::Number) = UpperTriangular(a.data * x)
*(x::Number, a::LowerTriangular) = LowerTriangular(x * a.data)
*(a::LowerTriangular, x::Number) = LowerTriangular(a.data * x)
*(a::UpperTriangular, b::UpperTriangular) = UpperTriangular(Matrix(a) * Matrix(b))
*(a::LowerTriangular, b::LowerTriangular) = LowerTriangular(Matrix(a) * Matrix(b))
+(a::UpperTriangular, b::UpperTriangular) = UpperTriangular(a.data + b.data)
+(a::LowerTriangular, b::LowerTriangular) = LowerTriangular(a.data + b.data)

"Tridiagonal matrices by their diagonals."
struct Tridiagonal{T,V<:AbstractVector{T}} <: AbstractMatrix{T}
    dl::V
    d::V
    du::V
end
struct SymTridiagonal{T,V<:AbstractVector{T}} <: AbstractMatrix{T}
    dv::V
    ev::V
end
struct Bidiagonal{T,V<:AbstractVector{T}} <: AbstractMatrix{T}
    dv::V
    ev::V
    uplo::Char
end
function Tridiagonal(dl::V, d::V, du::V) where {T,V<:AbstractVector{T}}
    n = length(d)
    length(dl) == length(du) == max(n - 1, 0) || Base.__argument_error("cannot construct Tridiagonal from incompatible lengths of subdiagonal, diagonal and superdiagonal: (",
        length(dl), ", ", n, ", ", length(du), ")")
    Tridiagonal{T,V}(dl, d, du)
end
function SymTridiagonal(dv::V, ev::V) where {T,V<:AbstractVector{T}}
    length(ev) in (length(dv) - 1, length(dv)) || throw(DimensionMismatch("subdiagonal has wrong length. Has length $(length(ev)), but should be either $(length(dv) - 1) or $(length(dv))."))
    SymTridiagonal{T,V}(dv, ev)
end
function Bidiagonal(dv::V, ev::V, uplo::Symbol) where {T,V<:AbstractVector{T}}
    letter = half_letter(uplo)
    length(ev) == max(length(dv) - 1, 0) || throw(DimensionMismatch("length of diagonal vector is $(length(dv)), length of off-diagonal vector is $(length(ev))"))
    Bidiagonal{T,V}(dv, ev, letter)
end
size(a::Tridiagonal) = (length(a.d), length(a.d))
size(a::SymTridiagonal) = (length(a.dv), length(a.dv))
size(a::Bidiagonal) = (length(a.dv), length(a.dv))
__get(a::Tridiagonal, i::Int64, j::Int64) = i == j ? __get(a.d, i) : i == j + 1 ? __get(a.dl, j) : i + 1 == j ? __get(a.du, i) : zero(eltype(a))
__get(a::SymTridiagonal, i::Int64, j::Int64) = i == j ? __get(a.dv, i) : i == j + 1 ? __get(a.ev, j) : i + 1 == j ? __get(a.ev, i) : zero(eltype(a))
__get(a::Bidiagonal, i::Int64, j::Int64) =
    i == j ? __get(a.dv, i) : a.uplo == 'U' && i + 1 == j ? __get(a.ev, i) : a.uplo == 'L' && i == j + 1 ? __get(a.ev, j) : zero(eltype(a))
const Banded = Union{Tridiagonal,SymTridiagonal,Bidiagonal}
getindex(a::Banded, i::Int64, j::Int64) = (Base.__check_scalar_indices(a, (i, j)); __get(a, i, j))
end
