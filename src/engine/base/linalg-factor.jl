# LinearAlgebra: factorisations and solving. Written as loops over columns, which differentiate as they stand.

module LinearAlgebra
"`L U = A[p, :]`, both in one matrix."
struct LU{T,S<:AbstractMatrix{T},P<:AbstractVector{<:Integer}} <: Factorization{T}
    factors::S
    ipiv::P
    info::Int64
end
"A copy of `a` with float elements."
floated(a::AbstractMatrix) = Base.__converted(float(eltype(a)), a)
"The type in which elimination works: fractions stay exact."
quotient_type(::Type{T}) where {T} = float(T)
quotient_type(::Type{T}) where {T<:Number} = typeof(oneunit(T) / oneunit(T))
"The type in which square roots of sums are taken."
root_type(::Type{T}) where {T} = float(T)
root_type(::Type{T}) where {T<:Number} = promote_type(typeof(sqrt(oneunit(T))), Float32)
lu(a::AbstractMatrix; check::Bool=true) = eliminate(Base.__converted(quotient_type(eltype(a)), a), check)
lu!(a::Matrix; check::Bool=true) = eliminate(a, check)
"Gaussian elimination with row exchanges; `ipiv[k]` is the row that came to place k."
function eliminate(a::Matrix{T}, check) where {T}
    rows, n = size(a)
    p = collect(1:rows)
    info = 0
    for k in 1:min(rows, n)
        m = k
        best = abs(__get(a, k, k))
        for i in k+1:rows
            x = abs(__get(a, i, k))
            if x > best
                best = x
                m = i
            end
        end
        if iszero(best)
            info == 0 && (info = k)
        else
            if m != k
                for j in 1:n
                    x = __get(a, k, j)
                    __set(a, __get(a, m, j), k, j)
                    __set(a, x, m, j)
                end
                q = p[k]
                p[k] = p[m]
                p[m] = q
            end
            d = __get(a, k, k)
            for i in k+1:rows
                __set(a, __get(a, i, k) / d, i, k)
            end
            for j in k+1:n
                x = __get(a, k, j)
                for i in k+1:rows
                    __set(a, __get(a, i, j) - __get(a, i, k) * x, i, j)
                end
            end
        end
    end
    check && info != 0 && throw(SingularException(info))
    LU{T,Matrix{T},Vector{Int64}}(a, p, info)
end
function getproperty(f::LU, name::Symbol)
    name === :L ? unit_lower_part(getfield(f, :factors)) :
    name === :U ? upper_part(getfield(f, :factors)) :
    name === :p ? getfield(f, :ipiv) :
    name === :P ? permutation_matrix(getfield(f, :ipiv), eltype(getfield(f, :factors))) :
    getfield(f, name)
end
upper_part(a) = size(a, 1) > size(a, 2) ? triu(a[1:size(a, 2), :]) : triu(a)
function unit_lower_part(a)
    out = size(a, 1) < size(a, 2) ? tril(a[:, 1:size(a, 1)]) : tril(a)
    for i in 1:size(out, 2)
        out[i, i] = one(eltype(a))
    end
    out
end
function permutation_matrix(p, ::Type{T}) where {T}
    out = zeros(T, length(p), length(p))
    for i in 1:length(p)
        out[i, p[i]] = one(T)
    end
    out
end
iterate(f::LU) = (f.L, Val(:U))
iterate(f::LU, ::Val{:U}) = (f.U, Val(:p))
iterate(f::LU, ::Val{:p}) = (f.p, Val(:done))
iterate(f::LU, ::Val{:done}) = nothing
size(f::LU) = size(f.factors)
"1 or -1 as the permutation is even or odd."
function parity(p)
    q = copy(p)
    s = 1
    for i in 1:length(q)
        while q[i] != i
            j = q[i]
            q[i] = q[j]
            q[j] = j
            s = -s
        end
    end
    s
end
"The determinant."
function det(a::AbstractMatrix)
    checksquare(a)
    f = lu(a; check=false)
    f.info != 0 && __within_autodiff() ? singular_determinant(floated(a)) : det(f)
end
"The determinant without division (Faddeev and Le Verrier): elimination of a singular matrix loses derivatives."
function singular_determinant(a)
    n = size(a, 1)
    m, c = one(a), one(eltype(a))
    for k in 1:n
        m = a * m
        c = -tr(m) / k
        m = m + c * I
    end
    iseven(n) ? c : -c
end
det(x::Number) = x
function det(f::LU)
    n = size(f.factors, 1)
    f.info != 0 && !__within_autodiff() && return zero(eltype(f.factors))
    acc = one(eltype(f.factors))
    for i in 1:n
        acc *= __get(f.factors, i, i)
    end
    acc * parity(f.ipiv)
end
"The logarithm of the size of the determinant, and its sign."
function logabsdet(a::AbstractMatrix)
    f = lu(a; check=false)
    s = zero(real(eltype(f.factors)))
    g = parity(f.ipiv) * one(eltype(f.factors))
    for i in 1:size(a, 1)
        d = __get(f.factors, i, i)
        s += log(abs(d))
        g *= sign(d)
    end
    (s, g)
end
logdet(a::AbstractMatrix) = logdet_of(logabsdet(a))

logdet_of(both) = log_with_sign(both[1], both[2])
log_with_sign(s, g::Complex) = s + log(g)
log_with_sign(s, g) = g < 0 ? throw(DomainError(g, "determinant must be positive to take its logarithm")) : s

# Solving.
"The solution of `a x = b`; in the sense of least squares when `a` is not square."
\(a::AbstractMatrix, b::AbstractVecOrMat) = (same_rows(a, b); size(a, 1) == size(a, 2) ? solve_square(a, b) : least_squares(a, b))
same_rows(a, b) =
    size(a, 1) == size(b, 1) ? nothing : Base.__size_error("arguments must have the same number of rows, got ", size(a, 1), " and ", size(b, 1))
# A zero that happens to be there is not the shape of the matrix: its derivative counts, so a derivative takes the general way.
function solve_square(a, b)
    if b isa AbstractMatrix
        __mark(:getrs_matrix, a)
        __mark(:getrs_matrix, b)
    end
    a isa RealSymmetric && __mark(:sytrf, a)
    if !__within_autodiff()
        istriu(a) && return UpperTriangular(a) \ b
        istril(a) && return LowerTriangular(a) \ b
    end
    lu(a) \ b
end
/(a::AbstractMatrix, b::AbstractMatrix) = transpose_of(adjoint(b) \ adjoint(a))
transpose_of(a) = adjoint(a) |> copy
"""The matrix of least norm whose product with the column `b` is `a` as far as that can be: `a` times the pseudo-inverse of `b`."""
/(a::AbstractVector{<:Number}, b::AbstractVector{<:Number}) = a * (adjoint(b) / sum(abs2, b))
/(a::Adjoint{T,<:AbstractVector}, b::AbstractMatrix) where {T} = adjoint(adjoint(b) \ a.parent)
\(x::AbstractVector, y::AbstractVector) = dot(x, y) / dot(x, x)
\(f::LU, b::AbstractVector) = (same_rows(f, b); back_substitute(f.factors, forward_substitute(f.factors, b[f.ipiv], true), false))
\(f::LU, b::AbstractMatrix) = (same_rows(f, b); back_substitute(f.factors, forward_substitute(f.factors, b[f.ipiv, :], true), false))
\(a::UpperTriangular, b::AbstractVecOrMat) = (same_rows(a, b); check_pivots(a); back_substitute(a, b, false))
\(a::UnitUpperTriangular, b::AbstractVecOrMat) = (same_rows(a, b); back_substitute(a, b, true))
\(a::LowerTriangular, b::AbstractVecOrMat) = (same_rows(a, b); check_pivots(a); forward_substitute(a, b, false))
\(a::UnitLowerTriangular, b::AbstractVecOrMat) = (same_rows(a, b); forward_substitute(a, b, true))
function check_pivots(a)
    for i in 1:size(a, 1)
        iszero(__get(a, i, i)) && throw(SingularException(i))
    end
end
"A copy of `b` with the element type of the solution."
solution_start(a, b::AbstractArray) = Base.__converted(Base.__return_type(/, Base.__return_type(*, eltype(a), eltype(b)), eltype(a)), b)
function forward_substitute(a, b, unit::Bool)
    x = solution_start(a, b)
    n = size(a, 1)
    for c in 1:size(x, 2)
        for i in 1:n
            acc = __get(x, i, c)
            for k in 1:i-1
                acc -= __get(a, i, k) * __get(x, k, c)
            end
            Base.__set(x, unit ? acc : acc / __get(a, i, i), i + (c - 1) * n)
        end
    end
    x
end
function back_substitute(a, b, unit::Bool)
    x = solution_start(a, b)
    n = size(a, 1)
    for c in 1:size(x, 2)
        for r in 0:n-1
            i = n - r
            acc = __get(x, i, c)
            for k in i+1:n
                acc -= __get(a, i, k) * __get(x, k, c)
            end
            Base.__set(x, unit ? acc : acc / __get(a, i, i), i + (c - 1) * n)
        end
    end
    x
end
ldiv!(a, b::AbstractVecOrMat) = put_on_top!(b, a \ b)
"The rows of a solution, which may be fewer than those of the right side, or more."
function put_on_top!(b, x)
    size(x, 1) == size(b, 1) && return copyto!(b, x)
    for j in 1:size(x, 2), i in 1:min(size(x, 1), size(b, 1))
        b[i, j] = x[i, j]
    end
    b
end
ldiv!(y::AbstractVecOrMat, a, b) = copyto!(y, a \ b)
rdiv!(a::AbstractMatrix, b) = copyto!(a, a / b)
"The inverse."
inv(a::AbstractMatrix) = (n = checksquare(a); lu(a) \ Matrix{quotient_type(eltype(a))}(I, n, n))
inv(a::Adjoint{T,<:AbstractMatrix}) where {T} = adjoint(inv(a.parent))
inv(a::Transpose{T,<:AbstractMatrix}) where {T} = transpose(inv(a.parent))
inv(f::LU) = f \ Matrix{eltype(f.factors)}(I, size(f.factors, 1), size(f.factors, 1))

"`L L' = A` for a positive definite matrix."
struct Cholesky{T,S<:AbstractMatrix{T}} <: Factorization{T}
    factors::S
    uplo::Char
    info::Int64
end
cholesky(a::AbstractMatrix; check::Bool=true) = cholesky_of(a, check)
cholesky!(a::AbstractMatrix; check::Bool=true) = cholesky_of(a, check)
function cholesky_of(a::AbstractMatrix, check)
    n = checksquare(a)
    T = root_type(eltype(a))
    check && !(a isa RealSymmetric) && !ishermitian(a) && throw(PosDefException(-1))
    l = zeros(T, n, n)
    info = 0
    for j in 1:n
        d = real(convert(T, __get(a, j, j)))
        for k in 1:j-1
            d -= abs2(__get(l, j, k))
        end
        if !(d > 0)
            info == 0 && (info = j)
            check && throw(PosDefException(j))
        end
        r = sqrt(max(d, zero(d)))
        __set(l, r, j, j)
        for i in j+1:n
            s = convert(T, __get(a, i, j))
            for k in 1:j-1
                s -= __get(l, i, k) * conj(__get(l, j, k))
            end
            __set(l, s / r, i, j)
        end
    end
    a isa Mirrored && a.uplo == 'L' || return Cholesky{T,Matrix{T}}(copy(adjoint(l)), 'U', info)
    Cholesky{T,Matrix{T}}(l, 'L', info)
end
function getproperty(c::Cholesky, name::Symbol)
    name === :L ? LowerTriangular(half_as(c, 'L')) : name === :U ? UpperTriangular(half_as(c, 'U')) :
    name === :UL ? (getfield(c, :uplo) == 'L' ? LowerTriangular(getfield(c, :factors)) : UpperTriangular(getfield(c, :factors))) : getfield(c, name)
end
"The factor as it stands in the named half."
half_as(c, uplo) = getfield(c, :uplo) == uplo ? getfield(c, :factors) : copy(adjoint(getfield(c, :factors)))
\(c::Cholesky, b::AbstractVecOrMat) = (same_rows(c, b); adjoint(c.L) \ (c.L \ b))
Cholesky(a::AbstractMatrix{T}, uplo::Symbol, info::Integer=0) where {T} = Cholesky{T,typeof(a)}(a, uplo === :U ? 'U' : 'L', info)
Cholesky(a::AbstractMatrix{T}, uplo::AbstractChar, info::Integer=0) where {T} = Cholesky{T,typeof(a)}(a, Char(uplo), info)
Cholesky(u::UpperTriangular) = Cholesky(u.data, 'U', 0)
Cholesky(l::LowerTriangular) = Cholesky(l.data, 'L', 0)
iterate(c::Cholesky) = (c.L, Val(:U))
iterate(c::Cholesky, ::Val{:U}) = (c.U, Val(:done))
iterate(c::Cholesky, ::Val{:done}) = nothing
copy(c::Cholesky) = Cholesky(copy(c.factors), c.uplo, c.info)
copy(f::LU) = typeof(f)(copy(f.factors), copy(f.ipiv), f.info)
det(c::Cholesky) = abs2(prod(diag(c.factors)))
logdet(c::Cholesky) = 2 * sum_of_logs(log, real(diag(c.factors)))
"A sum that is zero when there is nothing to sum."
sum_of_logs(f, v) = isempty(v) ? zero(float(eltype(v))) : sum(f, v)
inv(c::Cholesky) = c \ Matrix{eltype(c.factors)}(I, size(c.factors, 1), size(c.factors, 1))
isposdef(a::AbstractMatrix) = ishermitian(a) && cholesky_of(Hermitian(a), false).info == 0
size(c::Cholesky) = size(c.factors)
end
