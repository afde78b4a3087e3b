# LinearAlgebra: what is done with each part of a matrix with structure, be it a vector or a matrix, keeps the structure.

module LinearAlgebra
const Parted = Union{Diagonal,Triangular,Mirrored,Banded,UpperHessenberg}
const RealParted = Union{Diagonal{<:Real},UpperTriangular{<:Real},UnitUpperTriangular{<:Real},LowerTriangular{<:Real},UnitLowerTriangular{<:Real},
    Symmetric{<:Real},Hermitian{<:Real},Tridiagonal{<:Real},SymTridiagonal{<:Real},Bidiagonal{<:Real},UpperHessenberg{<:Real}}
"A matrix of the same kind, of the parts of `a` after `f`."
each_part(f, a::Diagonal) = Diagonal(f(a.diag))
each_part(f, a::UpperTriangular) = UpperTriangular(f(a.data))
each_part(f, a::UnitUpperTriangular) = UnitUpperTriangular(f(a.data))
each_part(f, a::LowerTriangular) = LowerTriangular(f(a.data))
each_part(f, a::UnitLowerTriangular) = UnitLowerTriangular(f(a.data))
each_part(f, a::Symmetric) = Symmetric(f(a.data), half(a))
each_part(f, a::Hermitian) = Hermitian(f(a.data), half(a))
each_part(f, a::Tridiagonal) = Tridiagonal(f(a.dl), f(a.d), f(a.du))
each_part(f, a::SymTridiagonal) = SymTridiagonal(f(a.dv), f(a.ev))
each_part(f, a::Bidiagonal) = Bidiagonal(f(a.dv), f(a.ev), half(a))
each_part(f, a::UpperHessenberg) = UpperHessenberg(f(a.data))
parts(a::Union{Triangular,Mirrored,UpperHessenberg}) = (a.data,)
parts(a::Diagonal) = (a.diag,)
parts(a::Tridiagonal) = (a.dl, a.d, a.du)
parts(a::Union{SymTridiagonal,Bidiagonal}) = (a.dv, a.ev)

copy(a::Parted) = each_part(copy, a)
Base.similar(a::Parted) = each_part(similar, a)
Base.similar(a::Parted, ::Type{T}) where {T} = each_part(v -> similar(v, T), a)
Base.zero(a::Parted) = each_part(zero, a)
Base.zero(a::UnitUpperTriangular) = UpperTriangular(zero(a.data))
Base.zero(a::UnitLowerTriangular) = LowerTriangular(zero(a.data))
Base.float(a::Parted) = each_part(float, a)
Base.real(a::Parted) = each_part(real, a)
Base.real(a::RealParted) = a
Base.conj(a::Parted) = each_part(conj, a)
Base.conj(a::RealParted) = a
Base.imag(a::Parted) = each_part(imag, a)
Base.imag(a::Hermitian) = imag(Matrix(a))
Base.imag(a::UnitUpperTriangular) = UpperTriangular(imag(triu(a.data, 1)))
Base.imag(a::UnitLowerTriangular) = LowerTriangular(imag(tril(a.data, -1)))
Base.complex(a::Parted) = each_part(complex, a)
Base.__retyped(::Type{T}, a::Parted) where {T} = each_part(v -> retyped_part(T, v), a)
retyped_part(::Type{T}, v) where {T} = Base.__retyped(T, v)

# Made with a type of elements, or of another matrix.
Diagonal{T}(v::AbstractVector) where {T} = Diagonal(convert(AbstractArray{T}, v))
Tridiagonal{T}(dl::AbstractVector, d::AbstractVector, du::AbstractVector) where {T} =
    Tridiagonal(convert(Vector{T}, dl), convert(Vector{T}, d), convert(Vector{T}, du))
SymTridiagonal{T}(dv::AbstractVector, ev::AbstractVector) where {T} = SymTridiagonal(convert(Vector{T}, dv), convert(Vector{T}, ev))
Bidiagonal{T}(dv::AbstractVector, ev::AbstractVector, uplo::Union{Symbol,AbstractChar}) where {T} =
    Bidiagonal(convert(Vector{T}, dv), convert(Vector{T}, ev), uplo)
Bidiagonal(dv::AbstractVector, ev::AbstractVector, uplo::AbstractChar) = Bidiagonal(dv, ev, Symbol(uplo))
Bidiagonal(dv::V, ev::V, uplo::Char) where {T,V<:AbstractVector{T}} = Bidiagonal(dv, ev, Symbol(uplo))
Bidiagonal(a::AbstractMatrix, uplo::Union{Symbol,AbstractChar}) =
    Bidiagonal(diag(a), diag(a, uplo === :U || uplo == 'U' ? 1 : -1), uplo)
Bidiagonal{T}(a::AbstractMatrix, uplo::Union{Symbol,AbstractChar}) where {T} = retyped(T, Bidiagonal(a, uplo))
Tridiagonal(a::AbstractMatrix) = Tridiagonal(diag(a, -1), diag(a), diag(a, 1))
function SymTridiagonal(a::AbstractMatrix)
    checksquare(a)
    upper = diag(a, 1)
    upper == diag(a, -1) || Base.__argument_error("matrix is not symmetric; cannot convert to SymTridiagonal")
    SymTridiagonal(diag(a), upper)
end
Tridiagonal(a::Tridiagonal) = a
SymTridiagonal(a::SymTridiagonal) = a
Bidiagonal(a::Bidiagonal) = a
"The matrix with elements of type T; itself where it has them."
retyped(::Type{T}, a) where {T} = convert(AbstractArray{T}, a)
Diagonal{T}(a::AbstractMatrix) where {T} = retyped(T, Diagonal(a))
UpperTriangular{T}(a::AbstractMatrix) where {T} = retyped(T, UpperTriangular(a))
LowerTriangular{T}(a::AbstractMatrix) where {T} = retyped(T, LowerTriangular(a))
UnitUpperTriangular{T}(a::AbstractMatrix) where {T} = retyped(T, UnitUpperTriangular(a))
UnitLowerTriangular{T}(a::AbstractMatrix) where {T} = retyped(T, UnitLowerTriangular(a))
Symmetric{T}(a::AbstractMatrix) where {T} = retyped(T, Symmetric(a))
Hermitian{T}(a::AbstractMatrix) where {T} = retyped(T, Hermitian(a))
Tridiagonal{T}(a::AbstractMatrix) where {T} = retyped(T, Tridiagonal(a))
SymTridiagonal{T}(a::AbstractMatrix) where {T} = retyped(T, SymTridiagonal(a))
Bidiagonal{T}(a::Bidiagonal) where {T} = retyped(T, a)
UpperHessenberg{T}(a::AbstractMatrix) where {T} = retyped(T, UpperHessenberg(a))

size(a::Union{Triangular,Mirrored,UpperHessenberg}, d::Integer) = size(a.data, d)

# One structure from another, where the matrix has it.
Base.convert(::Type{T}, a::AbstractMatrix) where {T<:Diagonal} = a isa T ? a : represented(T, a, isdiag(a))
Base.convert(::Type{T}, a::AbstractMatrix) where {T<:UpperTriangular} = a isa T ? a : represented(T, a, istriu(a))
Base.convert(::Type{T}, a::AbstractMatrix) where {T<:UnitUpperTriangular} = a isa T ? a : T(a)
Base.convert(::Type{T}, a::AbstractMatrix) where {T<:UnitLowerTriangular} = a isa T ? a : T(a)
Base.convert(::Type{T}, a::AbstractMatrix) where {T<:LowerTriangular} = a isa T ? a : represented(T, a, istril(a))
Base.convert(::Type{T}, a::AbstractMatrix) where {T<:SymTridiagonal} = a isa T ? a : represented(T, a, issymmetric(a) && istriu(a, -1))
Base.convert(::Type{T}, a::AbstractMatrix) where {T<:Tridiagonal} = a isa T ? a : represented(T, a, istriu(a, -1) && istril(a, 1))
function Base.convert(::Type{T}, a::AbstractMatrix) where {T<:Bidiagonal}
    a isa T && return a
    a isa Bidiagonal && return T(a)
    istriu(a) && istril(a, 1) && return T(a, :U)
    istril(a) && istriu(a, -1) ? T(a, :L) : represented(T, a, false)
end
represented(::Type{T}, a, fits) where {T} = fits ? T(a) : Base.__argument_error("matrix cannot be represented as ", nameof(T))

# In place, by the parts.
Base.__bc_store!(a::SymTridiagonal, b) = set_parts!(a, SymTridiagonal(Matrix(Base.materialize(b))))
adjoint!(a::Triangular) = set_data!(adjoint(a))
transpose!(a::Triangular) = set_data!(transpose(a))
"The transposed matrix `b` with its elements in the memory that it looks at."
set_data!(b) = (memory = parent(parent(b)); c = copy(b); copyto!(memory, parent(c)); each_part(v -> memory, b))
lmul!(x::Number, a::Parted) = (map(v -> lmul!(x, v), parts(a)); a)
rmul!(a::Parted, x::Number) = (map(v -> rmul!(v, x), parts(a)); a)
ldiv!(x::Number, a::AbstractVecOrMat) = (a .= x .\ a)
rdiv!(a::AbstractMatrix, x::Number) = (a .= a ./ x)
rdiv!(a::AbstractVector, x::Number) = (a .= a ./ x)
ldiv!(x::Number, a::Parted) = (map(v -> ldiv!(x, v), parts(a)); a)
rdiv!(a::Parted, x::Number) = (map(v -> rdiv!(v, x), parts(a)); a)
function Base.fill!(a::Parted, x)
    a isa Mirrored || iszero(x) && !(a isa Union{UnitUpperTriangular,UnitLowerTriangular}) ||
        Base.__argument_error("array of type ", typeof(a), " and size ", size(a), " can not be filled with ", x, ", since some of its entries are constrained.")
    map(v -> fill!(v, x), parts(a))
    a
end
Base.copyto!(a::SymTridiagonal, b::SymTridiagonal) = (copyto!(a.dv, b.dv); copyto!(a.ev, b.ev); a)
Base.copyto!(a::Symmetric, b::Symmetric) = (copyto!(a.data, half(a) === half(b) ? b.data : permutedims(b.data)); a)
Base.copyto!(a::Hermitian, b::Hermitian) = (copyto!(a.data, half(a) === half(b) ? b.data : copy(adjoint(b.data))); a)

# Diagonals, and what is above or below one.
function diag(a::Union{Diagonal,Banded}, k::Integer=0)
    n = size(a, 1)
    abs(k) <= n || Base.__argument_error("requested diagonal, ", k, ", must be at least ", -n, " and at most ", n, " in an ", n, "-by-", n, " matrix")
    [__get(a, i + max(-k, 0), i + max(k, 0)) for i in 1:n-abs(k)]
end
diag(d::Diagonal) = copy(d.diag)
diag(a::Union{SymTridiagonal,Bidiagonal}) = copy(a.dv)
diag(a::Tridiagonal) = copy(a.d)
function upper_reach(a, k)
    n = size(a, 1)
    -n + 1 <= k <= n + 1 || Base.__argument_error("the requested diagonal, ", k, ", must be at least ", -n + 1, " and at most ", n + 1, " in an ", n, "-by-", n, " matrix")
end
function lower_reach(a, k)
    n = size(a, 1)
    -n - 1 <= k <= n - 1 || Base.__argument_error("the requested diagonal, ", k, ", must be at least ", -n - 1, " and at most ", n - 1, " in an ", n, "-by-", n, " matrix")
end
kept(v, keep) = keep ? copy(v) : zero(v)
triu(a::Parted, k::Integer=0) = (upper_reach(a, k); diagonals_where(a, d -> d >= k))
tril(a::Parted, k::Integer=0) = (lower_reach(a, k); diagonals_where(a, d -> d <= k))
diagonals_where(a::Diagonal, keep) = Diagonal(kept(a.diag, keep(0)))
diagonals_where(a::Tridiagonal, keep) = Tridiagonal(kept(a.dl, keep(-1)), kept(a.d, keep(0)), kept(a.du, keep(1)))
diagonals_where(a::SymTridiagonal, keep) = diagonals_where(Tridiagonal(a), keep)
diagonals_where(a::Bidiagonal, keep) = Bidiagonal(kept(a.dv, keep(0)), kept(a.ev, keep(a.uplo == 'U' ? 1 : -1)), half(a))
diagonals_where(a::Upper, keep) = UpperTriangular(diagonals_where(Matrix(a), keep))
diagonals_where(a::Lower, keep) = LowerTriangular(diagonals_where(Matrix(a), keep))
diagonals_where(a::AbstractMatrix, keep) = keep_part(a, (i, j) -> keep(j - i))
triu!(a::Union{Diagonal,Tridiagonal,Bidiagonal,UpperTriangular,LowerTriangular}, k::Integer=0) = set_parts!(a, triu(a, k))
tril!(a::Union{Diagonal,Tridiagonal,Bidiagonal,UpperTriangular,LowerTriangular}, k::Integer=0) = set_parts!(a, tril(a, k))
triu!(a::Union{SymTridiagonal,UnitUpperTriangular,UnitLowerTriangular}, k::Integer=0) = triu(a, k)
tril!(a::Union{SymTridiagonal,UnitUpperTriangular,UnitLowerTriangular}, k::Integer=0) = tril(a, k)
set_parts!(a, b) = (map(copyto!, parts(a), parts(b)); a)

# What their structure says about them.
tr(a::Tridiagonal) = sum(a.d)
tr(a::Union{SymTridiagonal,Bidiagonal}) = sum(a.dv)
isdiag(d::Diagonal) = all(isdiag, d.diag)
isdiag(x::Number) = true
istriu(x::Number, k::Integer=0) = k <= 0 || iszero(x)
istril(x::Number, k::Integer=0) = k >= 0 || iszero(x)
ishermitian(x::Number) = x == conj(x)
istriu(d::Diagonal, k::Integer=0) = k <= 0 || iszero(d.diag)
istril(d::Diagonal, k::Integer=0) = k >= 0 || iszero(d.diag)
istriu(a::Bidiagonal, k::Integer=0) = none_before(a, k, a.uplo == 'U' ? 0 : -1)
istril(a::Bidiagonal, k::Integer=0) = none_before(a, -k, a.uplo == 'L' ? 0 : -1)
none_before(a, k, first) = k <= first || (k > 0 || first == 0 || iszero(a.ev)) && (k <= 0 || iszero(a.dv)) && (k <= 1 || iszero(a.ev))
istriu(a::Upper, k::Integer=0) = k <= 0 || istriu(Matrix(a), k)
istril(a::Lower, k::Integer=0) = k >= 0 || istril(Matrix(a), k)
issymmetric(d::Diagonal) = all(issymmetric, d.diag)
ishermitian(d::Diagonal) = all(ishermitian, d.diag)
issymmetric(a::SymTridiagonal) = true
ishermitian(a::SymTridiagonal{<:Real}) = true
isposdef(d::Diagonal) = all(isposdef, d.diag)
adjoint(a::Union{Tridiagonal,Bidiagonal}) = conj(transpose(a))
adjoint(a::SymTridiagonal) = conj(a)
logabsdet(a::Union{Diagonal,Triangular,Bidiagonal}) = (v = diag(a); (sum_of_logs(x -> log(abs(x)), v), prod(sign, v; init=one(eltype(a)))))
logdet(d::Diagonal{<:Complex}) = (z = sum_of_logs(log, d.diag); complex(real(z), rem2pi(imag(z), RoundNearest)))
det(a::SymTridiagonal) = det(Tridiagonal(a))
"By the recurrence of the leading minors."
function det(a::Tridiagonal)
    n = size(a, 1)
    before, last = zero(eltype(a)), one(eltype(a))
    for k in 1:n
        before, last = last, a.d[k] * last - (k > 1 ? a.dl[k-1] * a.du[k-1] * before : zero(last))
    end
    last
end
eigvals(a::Bidiagonal; kws...) = copy(a.dv)
end
