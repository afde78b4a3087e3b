# LinearAlgebra.BLAS by its names, on this engine's own products; and smaller functions of LinearAlgebra.

module LinearAlgebra
module BLAS
public asum, axpy!, axpby!, blascopy!, dot, dotc, dotu, gbmv, gbmv!, gemm, gemm!, gemv, gemv!, ger!, hemm, hemm!, hemv, hemv!, her!, her2k, her2k!, herk, herk!, iamax, rot!, sbmv, sbmv!, scal, scal!, symm, symm!, symv, symv!, syr!, syr2k, syr2k!, syrk, syrk!, trmm, trmm!,
    trmv, trmv!, trsm, trsm!, trsv, trsv!, nrm2, get_num_threads, set_num_threads
import ..LinearAlgebra
import ..LinearAlgebra: mul!, norm, adjoint, transpose, Symmetric, Hermitian, UpperTriangular, LowerTriangular, UnitUpperTriangular, UnitLowerTriangular

"A matrix as the letter says: itself, transposed, or transposed and conjugated."
oriented(t::Char, a) = t == 'N' ? a : t == 'T' ? copy(transpose(a)) : copy(adjoint(a))
triangle(uplo::Char, unit::Char, a) =
    uplo == 'U' ? (unit == 'U' ? Matrix(UnitUpperTriangular(a)) : Matrix(UpperTriangular(a))) :
    unit == 'U' ? Matrix(UnitLowerTriangular(a)) : Matrix(LowerTriangular(a))
solved(uplo::Char, t::Char, unit::Char, a, b) = oriented(t, triangle(uplo, unit, a)) \ b
symmetric(uplo::Char, a) = Matrix(Symmetric(a, uplo == 'U' ? :U : :L))

gemm!(ta::Char, tb::Char, α::Number, a, b, β::Number, c) = mul!(c, oriented(ta, a), oriented(tb, b), α, β)
gemm(ta::Char, tb::Char, α::Number, a, b) = α * (oriented(ta, a) * oriented(tb, b))
gemm(ta::Char, tb::Char, a, b) = oriented(ta, a) * oriented(tb, b)
gemv!(t::Char, α::Number, a, x, β::Number, y) = mul!(y, oriented(t, a), x, α, β)
gemv(t::Char, α::Number, a, x) = α * (oriented(t, a) * x)
gemv(t::Char, a, x) = oriented(t, a) * x
symm!(side::Char, uplo::Char, α::Number, a, b, β::Number, c) = side == 'L' ? mul!(c, symmetric(uplo, a), b, α, β) : mul!(c, b, symmetric(uplo, a), α, β)
symm(side::Char, uplo::Char, α::Number, a, b) = side == 'L' ? α * (symmetric(uplo, a) * b) : α * (b * symmetric(uplo, a))
symm(side::Char, uplo::Char, a, b) = symm(side, uplo, true, a, b)
symv!(uplo::Char, α::Number, a, x, β::Number, y) = mul!(y, symmetric(uplo, a), x, α, β)
symv(uplo::Char, α::Number, a, x) = α * (symmetric(uplo, a) * x)
symv(uplo::Char, a, x) = symmetric(uplo, a) * x
syrk!(uplo::Char, t::Char, α::Number, a, β::Number, c) = store_triangle!(uplo, α, t == 'N' ? a * transpose(a) : transpose(a) * a, β, c)
syrk(uplo::Char, t::Char, α::Number, a) = (n = size(a, t == 'N' ? 1 : 2); syrk!(uplo, t, α, a, false, zeros(eltype(a), n, n)))
syrk(uplo::Char, t::Char, a) = syrk(uplo, t, true, a)
trmv(uplo::Char, t::Char, unit::Char, a, x) = oriented(t, triangle(uplo, unit, a)) * x
trmv!(uplo::Char, t::Char, unit::Char, a, x) = copyto!(x, trmv(uplo, t, unit, a, x))
trsv(uplo::Char, t::Char, unit::Char, a, x) = solved(uplo, t, unit, a, x)
trsv!(uplo::Char, t::Char, unit::Char, a, x) = copyto!(x, trsv(uplo, t, unit, a, x))
trmm(side::Char, uplo::Char, t::Char, unit::Char, α::Number, a, b) =
    (m = oriented(t, triangle(uplo, unit, a)); side == 'L' ? α * (m * b) : α * (b * m))
trmm!(side::Char, uplo::Char, t::Char, unit::Char, α::Number, a, b) = copyto!(b, trmm(side, uplo, t, unit, α, a, b))
trsm(side::Char, uplo::Char, t::Char, unit::Char, α::Number, a, b) =
    side == 'L' ? α * solved(uplo, t, unit, a, b) : α * (b / oriented(t, triangle(uplo, unit, a)))
trsm!(side::Char, uplo::Char, t::Char, unit::Char, α::Number, a, b) = copyto!(b, trsm(side, uplo, t, unit, α, a, b))
ger!(α::Number, x, y, a) = (a .+= α .* x .* y'; a)
syr!(uplo::Char, α::Number, x, a) = (for j in 1:length(x), i in 1:length(x); (uplo == 'U' ? i <= j : i >= j) && (a[i, j] += α * x[i] * x[j]); end; a)
strided(n, x, step) = x[range(1; step=step, length=n)]
dot(x::AbstractArray, y::AbstractArray) = LinearAlgebra.dot(x, y)
dot(n::Integer, x, incx::Integer, y, incy::Integer) = LinearAlgebra.dot(strided(n, x, incx), strided(n, y, incy))
dotc(x::AbstractArray, y::AbstractArray) = LinearAlgebra.dot(x, y)
dotc(n::Integer, x, incx::Integer, y, incy::Integer) = dotc(strided(n, x, incx), strided(n, y, incy))
dotu(x::AbstractArray, y::AbstractArray) = sum(x .* y)
dotu(n::Integer, x, incx::Integer, y, incy::Integer) = dotu(strided(n, x, incx), strided(n, y, incy))
nrm2(x::AbstractArray) = norm(x)
nrm2(n::Integer, x, step::Integer) = norm(strided(n, x, step))
asum(x::AbstractArray) = sum(v -> abs(real(v)) + abs(imag(v)), x)
asum(n::Integer, x, step::Integer) = asum(strided(n, x, step))
axpy!(α::Number, x::AbstractArray, y::AbstractArray) = LinearAlgebra.axpy!(α, x, y)
axpby!(α::Number, x::AbstractArray, β::Number, y::AbstractArray) = LinearAlgebra.axpby!(α, x, β, y)
scal!(α::Number, x::AbstractArray) = LinearAlgebra.rmul!(x, α)
function scal!(n::Integer, α::Number, x::AbstractArray, step::Integer)
    for k in 0:n-1
        x[1 + k * step] *= α
    end
    x
end
scal(α::Number, x::AbstractArray) = α * x
blascopy!(n::Integer, x, incx::Integer, y, incy::Integer) = (for k in 0:n-1; y[1 + k * incy] = x[1 + k * incx]; end; y)
iamax(x::AbstractArray) = argmax(abs.(x))
hermitian(uplo::Char, a) = Matrix(Hermitian(a, uplo == 'U' ? :U : :L))
hemm(side::Char, uplo::Char, α::Number, a, b) = side == 'L' ? α * (hermitian(uplo, a) * b) : α * (b * hermitian(uplo, a))
hemm(side::Char, uplo::Char, a, b) = hemm(side, uplo, true, a, b)
hemm!(side::Char, uplo::Char, α::Number, a, b, β::Number, c) = side == 'L' ? mul!(c, hermitian(uplo, a), b, α, β) : mul!(c, b, hermitian(uplo, a), α, β)
hemv(uplo::Char, α::Number, a, x) = α * (hermitian(uplo, a) * x)
hemv(uplo::Char, a, x) = hermitian(uplo, a) * x
hemv!(uplo::Char, α::Number, a, x, β::Number, y) = mul!(y, hermitian(uplo, a), x, α, β)
"The named triangle of `α p + β c`, written into `c`."
function store_triangle!(uplo, α, p, β, c)
    for j in 1:size(c, 2), i in 1:size(c, 1)
        (uplo == 'U' ? i <= j : i >= j) && (c[i, j] = α * p[i, j] + (LinearAlgebra.takes_nothing(β) ? zero(c[i, j]) : LinearAlgebra.taken(c[i, j], β)))
    end
    c
end
herk!(uplo::Char, t::Char, α::Real, a, β::Real, c) = store_triangle!(uplo, α, t == 'N' ? a * adjoint(a) : adjoint(a) * a, β, c)
herk(uplo::Char, t::Char, α::Real, a) = (n = size(a, t == 'N' ? 1 : 2); herk!(uplo, t, α, a, false, zeros(eltype(a), n, n)))
herk(uplo::Char, t::Char, a) = herk(uplo, t, true, a)
syr2k!(uplo::Char, t::Char, α::Number, a, b, β::Number, c) =
    store_triangle!(uplo, α, t == 'N' ? a * transpose(b) + b * transpose(a) : transpose(a) * b + transpose(b) * a, β, c)
syr2k(uplo::Char, t::Char, α::Number, a, b) = (n = size(a, t == 'N' ? 1 : 2); syr2k!(uplo, t, α, a, b, false, zeros(eltype(a), n, n)))
syr2k(uplo::Char, t::Char, a, b) = syr2k(uplo, t, true, a, b)
her2k!(uplo::Char, t::Char, α::Number, a, b, β::Real, c) =
    (p = α * (t == 'N' ? a * adjoint(b) : adjoint(a) * b); store_triangle!(uplo, true, p + adjoint(p), β, c))
her2k(uplo::Char, t::Char, α::Number, a, b) = (n = size(a, t == 'N' ? 1 : 2); her2k!(uplo, t, α, a, b, false, zeros(eltype(a), n, n)))
her2k(uplo::Char, t::Char, a, b) = her2k(uplo, t, true, a, b)
her!(uplo::Char, α::Real, x, a) = store_triangle!(uplo, α, x * adjoint(x), true, a)
function rot!(n::Integer, x, incx::Integer, y, incy::Integer, c, s)
    for k in 0:n-1
        i, j = 1 + k * incx, 1 + k * incy
        x[i], y[j] = c * x[i] + s * y[j], c * y[j] - conj(s) * x[i]
    end
    (x, y)
end
"The matrix of m rows whose diagonals, `kl` of them below the main one, are the rows of `a`."
function unbanded(m, kl, ku, a)
    out = zeros(eltype(a), m, size(a, 2))
    for j in 1:size(a, 2), i in max(1, j - ku):min(m, j + kl)
        out[i, j] = a[ku+1+i-j, j]
    end
    out
end
gbmv!(t::Char, m::Integer, kl::Integer, ku::Integer, α::Number, a, x, β::Number, y) = mul!(y, oriented(t, unbanded(m, kl, ku, a)), x, α, β)
gbmv(t::Char, m::Integer, kl::Integer, ku::Integer, α::Number, a, x) = α * (oriented(t, unbanded(m, kl, ku, a)) * x)
gbmv(t::Char, m::Integer, kl::Integer, ku::Integer, a, x) = oriented(t, unbanded(m, kl, ku, a)) * x
sbmv(uplo::Char, k::Integer, α::Number, a, x) = α * sbmv(uplo, k, a, x)
sbmv(uplo::Char, k::Integer, a, x) = symmetric(uplo, uplo == 'U' ? unbanded(size(a, 2), 0, k, a) : unbanded(size(a, 2), k, 0, a)) * x
sbmv!(uplo::Char, k::Integer, α::Number, a, x, β::Number, y) = (y .= α .* sbmv(uplo, k, a, x) .+ β .* y)
set_num_threads(n) = nothing
get_num_threads() = 1
end

# Smaller functions
isbanded(a::AbstractMatrix, lower::Integer, upper::Integer) = istriu(a, lower) && istril(a, upper)
"The solution of `a x + x a' + c = 0`, and of `a x + x b + c = 0`."
lyap(a::AbstractMatrix, c::AbstractMatrix) = sylvester(a, copy(adjoint(a)), c)
lyap(a::Number, c::Number) = -c / (2 * real(a))
sylvester(a::Number, b::Number, c::Number) = -c / (a + b)
function sylvester(a::AbstractMatrix, b::AbstractMatrix, c::AbstractMatrix)
    m, n = checksquare(a), checksquare(b)
    T = eltype(a)
    k = kron(Matrix{T}(I, n, n), a) + kron(copy(transpose(b)), Matrix{T}(I, m, m))
    reshape(-(k \ vec(c)), m, n)
end
isposdef!(a::AbstractMatrix) = isposdef(a)
"Products of rotations, and one in the plane of two axes."
abstract type AbstractRotation{T} end
struct Givens{T} <: AbstractRotation{T}
    i1::Int64
    i2::Int64
    c::T
    s::T
end
struct Rotation{T} <: AbstractRotation{T}
    rotations::Vector{Givens{T}}
end
function givens(f::Number, g::Number, i::Integer, j::Integer)
    i == j && Base.__argument_error("Indices must be distinct.")
    x, y = promote(float(f), float(g))
    c, s, r = plane_rotation(x, y)
    i > j ? (Givens(j, i, oftype(x, c), -conj(s)), r) : (Givens(i, j, oftype(x, c), s), r)
end
"`c`, `s` and `r` with `[c s; -s' c] [f, g] = [r, 0]`."
function plane_rotation(f::Real, g::Real)
    r = hypot(f, g)
    iszero(r) ? (one(r), zero(r), r) : (f / r, g / r, r)
end
function plane_rotation(f, g)
    iszero(g) && return (one(real(f)), zero(f), f)
    r = hypot(abs(f), abs(g))
    iszero(f) ? (zero(r), conj(g) / r, oftype(f, r)) : (abs(f) / r, f / abs(f) * conj(g) / r, f / abs(f) * r)
end
givens(x::AbstractVector, i::Integer, j::Integer) = givens(x[i], x[j], i, j)
givens(a::AbstractMatrix, i::Integer, j::Integer, k::Integer) = givens(a[i, k], a[j, k], i, j)
*(g::AbstractRotation, a::AbstractVecOrMat) = lmul!(g, float(copy(a)))
*(g::Givens{T}, h::Givens{T}) where {T} = Rotation{T}([h, g])
*(g::Givens{T}, r::Rotation{T}) where {T} = lmul!(g, Rotation{T}(copy(r.rotations)))
lmul!(g::Givens, r::Rotation) = (push!(r.rotations, g); r)
function lmul!(r::Rotation, a::AbstractVecOrMat)
    for g in r.rotations
        lmul!(g, a)
    end
    a
end
function lmul!(g::Givens, a::AbstractVecOrMat)
    for k in 1:size(a, 2)
        x, y = a[g.i1, k], a[g.i2, k]
        a[g.i1, k] = g.c * x + g.s * y
        a[g.i2, k] = g.c * y - conj(g.s) * x
    end
    a
end
"Two vectors rotated into one another, and reflected."
function rotate!(x::AbstractVector, y::AbstractVector, c, s)
    same_length(x, y)
    for i in 1:length(x)
        a, b = x[i], y[i]
        x[i] = c * a + s * b
        y[i] = c * b - conj(s) * a
    end
    (x, y)
end
same_length(x, y) = length(x) == length(y) ? nothing : Base.__size_error("x has length ", length(x), ", but y has length ", length(y))
function reflect!(x::AbstractVector, y::AbstractVector, c, s)
    same_length(x, y)
    for i in 1:length(x)
        a, b = x[i], y[i]
        x[i] = c * a + s * b
        y[i] = conj(s) * a - c * b
    end
    (x, y)
end
condskeel(a::AbstractMatrix, p::Real=Inf) = opnorm(abs.(inv(a)) * abs.(a), p)
condskeel(a::AbstractMatrix, x::AbstractVector, p::Real=Inf) = norm(abs.(inv(a)) * (abs.(a) * abs.(x)), p) / norm(x, p)
"The named triangle of `a`, copied into `b`."
function copytrito!(b::AbstractMatrix, a::AbstractMatrix, uplo::Char)
    for j in 1:size(a, 2), i in 1:size(a, 1)
        (uplo == 'U' ? i <= j : i >= j) && (b[i, j] = a[i, j])
    end
    b
end
norm_sqr(x) = norm_squared(x)
pinv(x::Number) = iszero(x) ? zero(inv(one(x))) : inv(x)
pinv(x::AbstractVector) = iszero(x) ? zero(float(copy(adjoint(x)))) : adjoint(x) / dot(x, x)
rank(x::Number; kws...) = iszero(x) ? 0 : 1
cond(x::Number) = one(float(x))
diagm(m::Integer, n::Integer, v::AbstractVector) = diagm(m, n, 0 => v)
function diagm(m::Integer, n::Integer, pairs::Pair...)
    out = zeros(promote_type(map(p -> eltype(p.second), pairs)...), m, n)
    for p in pairs
        length(p.second) <= length(diagind(out, p.first)) || Base.__size_error("invalid size=(", m, ", ", n, "), got diagonals with incompatible lengths")
        for i in 1:length(p.second)
            out[i + max(-p.first, 0), i + max(p.first, 0)] += p.second[i]
        end
    end
    out
end
diagind(m::Integer, n::Integer, k::Integer=0) =
    range(1 + (k >= 0 ? k * m : -k); step=m + 1, length=max(0, min(m - max(-k, 0), n - max(k, 0))))
checksquare(a, b, more...) = Int64[checksquare(a), checksquare(b), map(checksquare, more)...]
opnorm(a::AdjOrTrans{T,<:AbstractVector}, p::Real=2) where {T} = p == 2 ? norm(a) : p == 1 ? norm(a, Inf) : norm(a, 1)
opnorm(x::Number, p::Real=2) = abs(x)
norm(::Missing, p::Real=2) = missing
logabsdet(x::Number) = (log(abs(x)), sign(x))
logdet(x::Number) = log(x)
Base.muladd(a::AbstractMatrix, b::AbstractVecOrMat, z::Union{Number,AbstractArray}) = a * b .+ z
normalize(x::Number, p::Real=2) = x / norm(x)
hermitianpart(x::Number) = real(x)
"Of parts of two vectors."
axpy!(α::Number, x::AbstractArray, from::AbstractRange, y::AbstractArray, to::AbstractRange) = (y[to] .+= α .* x[from]; y)
opnorm(v::AbstractVector, p::Real=2) = norm(v, p)
end
