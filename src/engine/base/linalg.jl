# LinearAlgebra: vectors, norms, special matrices.

module LinearAlgebra
import ..EnzymeAutodiff
import Base: *, /, \, +, -, ==, ^, getindex, setindex!, size, eltype, copy, inv, adjoint, transpose, one, iterate, parent, broadcastable,
    literal_pow, exp, sqrt, log, getproperty, isapprox, Matrix

export Adjoint, Transpose, adjoint, transpose, adjoint!, transpose!, dot, ⋅, cross, ×, norm, normalize,
    normalize!, opnorm, tr, det, logdet, logabsdet, inv, pinv, rank, cond, kron, I, UniformScaling, Diagonal,
    Symmetric, Hermitian, UpperTriangular, LowerTriangular, UnitUpperTriangular, UnitLowerTriangular, Bidiagonal,
    Tridiagonal, SymTridiagonal, triu, tril, triu!, tril!, diag, diagm, diagind, issymmetric, ishermitian, isposdef,
    isdiag, istriu, istril, mul!, lmul!, rmul!, ldiv!, rdiv!, axpy!, axpby!, lu, lu!, LU, cholesky, cholesky!,
    Cholesky, qr, qr!, QR, eigen, eigvals, eigvecs, Eigen, svd, svdvals, SVD, nullspace, factorize, SingularException,
    PosDefException, BLAS, issuccess, isbanded, lyap, sylvester, givens, rotate!, reflect!, condskeel, copytrito!, hermitianpart, eigmax, eigmin, schur,
    Schur, GeneralizedEigen, ordschur, ordschur!, isposdef!, NoPivot, RowMaximum, RowNonZero, ColumnNorm, bunchkaufman, ldlt, QRPivoted, Factorization, ZeroPivotException, RankDeficientException,
    LAPACKException, LQ, lq, CholeskyPivoted, BunchKaufman, LDLt, ldlt!, Hessenberg, hessenberg, hessenberg!, UpperHessenberg, lowrankupdate,
    lowrankupdate!, lowrankdowndate, lowrankdowndate!, eigen!, eigvals!, svd!, svdvals!, schur!, haszero, diagview, kron!, peakflops, LAPACK, hermitianpart!

struct SingularException <: Exception
    info::Int64
end
struct PosDefException <: Exception
    info::Int64
end
struct ZeroPivotException <: Exception
    info::Int64
end
struct RankDeficientException <: Exception
    info::Int64
end
struct LAPACKException <: Exception
    info::Int64
end
"A matrix as a product of simpler ones."
abstract type Factorization{T} end
"An orthogonal matrix, kept as what it is made of."
abstract type AbstractQ{T} <: AbstractMatrix{T} end
const BlasReal = Union{Float64,Float32}
const BlasComplex = Union{ComplexF64,ComplexF32}
const BlasFloat = Union{BlasReal,BlasComplex}
const BlasInt = Int64

"The size of a square matrix."
function checksquare(a)
    m, n = size(a)
    m == n || Base.__size_error("matrix is not square: dimensions are ", size(a))
    m
end

"The inner product: the sum of `conj(x) y`."
dot(x::Number, y::Number) = conj(x) * y
# In parts, as `sum` of so many narrow floats.
dot(x::Vector{T}, y::Vector{T}) where {T<:Union{Float32,Float16}} =
    length(x) <= 1024 || length(x) != length(y) ? invoke(dot, Tuple{Any,Any}, x, y) : sum(x .* y)
function dot(x, y)
    n = length(x)
    n == length(y) || Base.__size_error("first array has length ", n, " which does not match the length of the second, ", length(y), ".")
    acc = __dot_start(Base.__return_type(__dot_step, Base.__item_type(x), Base.__item_type(y)), x, y, n)
    for k in 0:n-1
        acc += dot(Base.__item(x, k), Base.__item(y, k))
    end
    acc
end
__dot_step(x, y) = dot(x, y) + dot(x, y)
function __dot_start(::Type{T}, x, y, n) where {T}
    isconcretetype(T) && return zero(T)
    n == 0 ? dot(zero(eltype(x)), zero(eltype(y))) : zero(dot(Base.__item(x, 0), Base.__item(y, 0)))
end
dot(x::AbstractVector, a::AbstractMatrix, y::AbstractVector) = dot(x, a * y)
const ⋅ = dot
"The vector product in three dimensions."
function cross(a::AbstractVector, b::AbstractVector)
    length(a) == 3 && length(b) == 3 || Base.__size_error("cross product is only defined for vectors of length 3")
    a1, a2, a3 = a[1], a[2], a[3]
    b1, b2, b3 = b[1], b[2], b[3]
    [a2 * b3 - a3 * b2, a3 * b1 - a1 * b3, a1 * b2 - a2 * b1]
end
const × = cross

"The p-norm of all elements, by default the Euclidean one."
norm(x::Number) = abs(float(x))
norm(x::Number, p::Real) = p == 0 ? (iszero(x) ? 0.0 : 1.0) : abs(float(x))
norm(itr) = norm2(itr)
function norm(itr, p::Real)
    p == 2 && return norm2(itr)
    p == 1 && return norm1(itr)
    p == Inf && return norm_extreme(itr, max)
    p == -Inf && return norm_extreme(itr, min)
    p == 0 && return convert(typeof(norm2(itr)), count(!iszero, itr))
    norm_power(itr, p)
end
function norm1(itr)
    isempty(itr) && return zero(Base.__return_type(norm, Base.__item_type(itr)))
    sum(norm, itr)
end
norm_extreme(itr, op) = isempty(itr) ? zero(Base.__return_type(norm, Base.__item_type(itr))) : Base.__fold(norm, op, itr, Base.__no_init)
function norm2(itr)
    isempty(itr) && return zero(Base.__return_type(norm, Base.__item_type(itr)))
    s = sum(norm_squared, itr)
    # Sums of squares that left the range of the type are made again with scaled elements.
    (s < least_square(s) || s > 1.0e300) ? norm2_scaled(itr, s) : sqrt(s)
end
"Below it, squares have lost digits already."
least_square(s) = 1.0e-280
least_square(s::Float32) = 1.0f-30
least_square(s::Float16) = Float16(0.01)
norm_squared(x::Number) = abs2(float(x))
norm_squared(x) = (n = norm2(x); n * n)
function norm2_scaled(itr, s)
    m = norm_extreme(itr, max)
    # Of all zeros, whatever the numbers carry.
    m <= 0 && return zero(m)
    isfinite(m) || return sqrt(s)
    m * sqrt(sum(x -> (y = norm(x) / m; y * y), itr))
end
norm_power(itr, p) = root_of_sum(sum(x -> norm(x)^p, itr), p)
root_of_sum(s, p) = s^(1 / p)
root_of_sum(s::Float32, p::Real) = s^Float32(1 / p)
"The vector scaled to norm 1."
normalize(a::AbstractArray, p::Real=2) = scaled_by_norm(a, norm(a, p))
scaled_by_norm(a, n) = is_tiny(n) ? (a * 4.0e15) * (1 / (n * 4.0e15)) : a * (1 / n)
is_tiny(n) = n < 5.6e-309 && n > 0
normalize!(a::AbstractArray, p::Real=2) = (n = norm(a, p); is_tiny(n) ? copyto!(a, scaled_by_norm(a, n)) : rmul!(a, 1 / n))

"The sum of the diagonal."
function tr(a::AbstractMatrix)
    n = checksquare(a)
    acc = Base.__nought(eltype(a))
    for i in 1:n
        acc += __get(a, i, i)
    end
    acc
end
tr(x::Number) = x

"Element-wise product of every element of `a` with all of `b`."
function kron(a::AbstractMatrix, b::AbstractMatrix)
    (m, n), (p, q) = size(a), size(b)
    out = Array{Base.__return_type(*, eltype(a), eltype(b)),2}(undef, m * p, n * q)
    for j in 1:n, l in 1:q
        for i in 1:m
            x = __get(a, i, j)
            for k in 1:p
                __set(out, x * __get(b, k, l), (i - 1) * p + k, (j - 1) * q + l)
            end
        end
    end
    out
end
kron(a::AbstractVector, b::AbstractVector) = vec(kron(reshape(a, length(a), 1), reshape(b, length(b), 1)))
kron(a::AbstractMatrix, b::AbstractVector) = kron(a, reshape(b, length(b), 1))
kron(a::AbstractVector, b::AbstractMatrix) = kron(reshape(a, length(a), 1), b)

# Parts of a matrix.
"The part on and above diagonal `k`."
triu(a::AbstractMatrix, k::Integer=0) = keep_part(a, (i, j) -> j - i >= k)
"The part on and below diagonal `k`."
tril(a::AbstractMatrix, k::Integer=0) = keep_part(a, (i, j) -> j - i <= k)
function keep_part(a, keep)
    m, n = size(a)
    out = zeros(eltype(a), m, n)
    for j in 1:n
        for i in 1:m
            keep(i, j) && __set(out, __get(a, i, j), i, j)
        end
    end
    out
end
triu!(a::AbstractMatrix, k::Integer=0) = copyto!(a, triu(a, k))
tril!(a::AbstractMatrix, k::Integer=0) = copyto!(a, tril(a, k))
diag(a::AbstractMatrix, k::Integer=0) =
    [__get(a, i + max(-k, 0), i + max(k, 0)) for i in 1:max(0, min(size(a, 1) - max(-k, 0), size(a, 2) - max(k, 0)))]
diagind(a::AbstractMatrix, k::Integer=0) =
    range(1 + (k >= 0 ? k * size(a, 1) : -k); step=size(a, 1) + 1, length=max(0, min(size(a, 1) - max(-k, 0), size(a, 2) - max(k, 0))))
diagm(v::AbstractVector) = diagm(0 => v)
diagm(n::Integer, v::AbstractVector) = diagm(n => v)
function diagm(pairs::Pair...)
    n = 0
    for p in pairs
        n = max(n, length(p.second) + abs(p.first))
    end
    out = zeros(promote_type(map(p -> eltype(p.second), pairs)...), n, n)
    for p in pairs
        k = p.first
        for i in 1:length(p.second)
            r, c = i + max(-k, 0), i + max(k, 0)
            __set(out, __get(out, r, c) + p.second[i], r, c)
        end
    end
    out
end
issymmetric(a::AbstractMatrix) = size(a, 1) == size(a, 2) && all(i -> all(j -> a[i, j] == transpose(a[j, i]), 1:i), 1:size(a, 1))
ishermitian(a::AbstractMatrix) = size(a, 1) == size(a, 2) && all(i -> all(j -> a[i, j] == adjoint(a[j, i]), 1:i), 1:size(a, 1))
issymmetric(x::Number) = true
isdiag(a::AbstractMatrix) = istriu(a) && istril(a)
istriu(a::AbstractMatrix, k::Integer=0) = all(j -> all(i -> j - i >= k || iszero(a[i, j]), 1:size(a, 1)), 1:size(a, 2))
istril(a::AbstractMatrix, k::Integer=0) = all(j -> all(i -> j - i <= k || iszero(a[i, j]), 1:size(a, 1)), 1:size(a, 2))

# A multiple of the identity.
"`λ I`, of whatever size is needed."
struct UniformScaling{T<:Number}
    λ::T
end
const I = UniformScaling{Bool}(true)
show(io::IO, ::MIME"text/plain", s::UniformScaling) = print(io, typeof(s), "\n", s.λ isa Complex ? "($(s.λ))" : s.λ, "*I")
(s::UniformScaling)(n::Integer) = Diagonal(fill(s.λ, n))
eltype(::Type{UniformScaling{T}}) where {T} = T
broadcastable(s::UniformScaling) = Ref(s)
getindex(s::UniformScaling, i::Integer, j::Integer) = i == j ? s.λ : zero(s.λ)
*(x::Number, s::UniformScaling) = UniformScaling(x * s.λ)
*(s::UniformScaling, x::Number) = UniformScaling(s.λ * x)
/(s::UniformScaling, x::Number) = UniformScaling(s.λ / x)
*(s::UniformScaling, t::UniformScaling) = UniformScaling(s.λ * t.λ)
+(s::UniformScaling, t::UniformScaling) = UniformScaling(s.λ + t.λ)
-(s::UniformScaling, t::UniformScaling) = UniformScaling(s.λ - t.λ)
-(s::UniformScaling) = UniformScaling(-s.λ)
inv(s::UniformScaling) = iszero(s.λ) ? throw(SingularException(1)) : UniformScaling(inv(s.λ))
*(a::AbstractArray, s::UniformScaling) = a * s.λ
*(s::UniformScaling, a::AbstractArray) = s.λ * a
/(a::AbstractArray, s::UniformScaling) = a / s.λ
\(s::UniformScaling, a::AbstractArray) = s.λ \ a
\(a::AbstractMatrix, s::UniformScaling) = inv(a) * s.λ
/(s::UniformScaling, a::AbstractMatrix) = s.λ * inv(a)
/(s::UniformScaling, t::UniformScaling) = iszero(t.λ) ? throw(SingularException(1)) : UniformScaling(s.λ / t.λ)
\(s::UniformScaling, t::UniformScaling) = iszero(s.λ) ? throw(SingularException(1)) : UniformScaling(s.λ \ t.λ)
+(a::AbstractMatrix, s::UniformScaling) = add_scaled_identity(a, s.λ)
+(s::UniformScaling, a::AbstractMatrix) = add_scaled_identity(a, s.λ)
-(a::AbstractMatrix, s::UniformScaling) = add_scaled_identity(a, -s.λ)
-(s::UniformScaling, a::AbstractMatrix) = add_scaled_identity(-a, s.λ)
==(a::AbstractMatrix, s::UniformScaling) = size(a, 1) == size(a, 2) && a == Matrix(s, size(a, 1), size(a, 1))
==(s::UniformScaling, a::AbstractMatrix) = a == s
==(s::UniformScaling, t::UniformScaling) = s.λ == t.λ
isapprox(a::AbstractMatrix, s::UniformScaling; kws...) = isapprox(a, Matrix(s, size(a, 1), size(a, 1)); kws...)
isapprox(s::UniformScaling, a::AbstractMatrix; kws...) = isapprox(a, s; kws...)
function add_scaled_identity(a, λ)
    n = checksquare(a)
    out = Array{Base.__return_type(+, eltype(a), typeof(λ)),2}(undef, n, n)
    for j in 1:n
        for i in 1:n
            __set(out, __get(a, i, j), i, j)
        end
        __set(out, __get(a, j, j) + λ, j, j)
    end
    out
end
Matrix(s::UniformScaling, m::Integer, n::Integer) = Matrix{typeof(s.λ)}(s, m, n)
function Matrix{T}(s::UniformScaling, m::Integer, n::Integer) where {T}
    out = zeros(T, m, n)
    for i in 1:min(m, n)
        out[i, i] = s.λ
    end
    out
end
Matrix{T}(s::UniformScaling, dims::Tuple) where {T} = Matrix{T}(s, dims[1], dims[2])

Base.__piece_type(s::UniformScaling) = typeof(s.λ)
Base.__rank(s::UniformScaling) = 2
Base.__has_extent(s::UniformScaling) = false
Base.__block_of(s::UniformScaling, n) = Matrix(s, n, n)

# Products in place.
"`c = a b`, or `c = a b α + c β`."
mul!(c::AbstractVecOrMat, a, b) = copyto!(c, fitting(c, a * b))
mul!(c::AbstractVecOrMat, a, b, α::Number, β::Number) = store_sum!(c, fitting(c, a * b), α, β)
fitting(c, p::Number) = length(c) == 1 ? fill(p, 1) : Base.__size_error("the result has length 1, the destination has size ", size(c))
fitting(c, p) =
    length(c) == length(p) && size(c, 1) == size(p, 1) ? p : 
    Base.__size_error("the result has size ", size(p), ", the destination has size ", size(c))
function store_sum!(c, p, α, β)
    for k in 1:length(c)
        x = Base.__get(p, k) * α
        __set(c, takes_nothing(β) ? convert(eltype(c), x) : x + taken(__get(c, k), β), k)
    end
    c
end
"What `c` holds has no part in the result for a `β` of 0, not even a NaN. The derivative by `β` has, so there it is multiplied as well."
takes_nothing(β) = iszero(β) && !(β isa Union{AbstractFloat,Complex} && __within_autodiff())
taken(c, β) = c * β
taken(c::Number, β) = iszero(β) && !isfinite(c) ? zero(c * β) : c * β
function mul!(c::Matrix, a::Matrix, b::Matrix)
    m, l = size(a)
    n = size(b, 2)
    l == size(b, 1) || Base.__inner_mismatch(a, b)
    size(c) == (m, n) || Base.__size_error("result C has dimensions ", size(c), ", needs ", (m, n))
    r = __rows(a)
    for j in 1:n
        for i in 1:m
            acc = zero(eltype(c))
            for k in 1:l
                acc += __get(r, k, i) * __get(b, k, j)
            end
            __set(c, acc, i, j)
        end
    end
    c
end
function mul!(y::Vector, a::Matrix, x::Vector)
    m, n = size(a)
    n == length(x) || Base.__inner_mismatch(a, x)
    m == length(y) || Base.__size_error("first dimension of A, ", m, ", does not match length of y, ", length(y))
    for i in 1:m
        acc = zero(eltype(y))
        for k in 1:n
            acc += __get(a, i, k) * __get(x, k)
        end
        __set(y, acc, i)
    end
    y
end
lmul!(x::Number, a::AbstractArray) = (a .= x .* a)
rmul!(a::AbstractArray, x::Number) = (a .= a .* x)
lmul!(a::AbstractMatrix, b::AbstractVecOrMat) = copyto!(b, a * b)
rmul!(a::AbstractMatrix, b::AbstractMatrix) = copyto!(a, a * b)
"`y += α x`"
axpy!(α::Number, x::AbstractArray, y::AbstractArray) = (same_length(x, y); y .= y .+ α .* x)
axpby!(α::Number, x::AbstractArray, β::Number, y::AbstractArray) = (same_length(x, y); y .= α .* x .+ β .* y)
adjoint!(b::AbstractVecOrMat, a::AbstractVecOrMat) = copyto!(b, turned(b, adjoint(a)))
transpose!(b::AbstractVecOrMat, a::AbstractVecOrMat) = copyto!(b, turned(b, transpose(a)))
turned(b, a) = size(b, 1) == size(a, 1) && size(b, 2) == size(a, 2) ? a : Base.__size_error("input and output must have same number of elements, got sizes ", size(b), " and ", size(a))
end
