# Statistics.

module Statistics
import ..LinearAlgebra
export mean, mean!, median, median!, quantile!, var, std, cov, cor, quantile, middle, varm, stdm

# ---- Means

"The arithmetic mean, of all elements or along `dims`."
mean(itr) = mean(identity, itr)
mean(f, itr) = mean_of(f, itr)
mean(a::AbstractArray; dims=:) = mean_along(identity, a, dims)
mean(f, a::AbstractArray; dims=:) = mean_along(f, a, dims)
function mean_along(f, a, dims)
    isempty(a) && return over(sum(f, a; dims=dims), 0)
    over(sum_wide(f, a, f(first(a)) / 1, dims), counted(a, dims))
end
"The sum in a type that quotients have, in which integers do not wrap around."
sum_wide(f, a, unit, dims) = sum_as(Base.__return_type(f, eltype(a)), f, a, unit, dims)
sum_as(::Type{T}, f, a, unit::T, dims) where {T} = sum(f, a; dims=dims)
sum_as(::Type, f, a, unit, dims) = sum(x -> promoted(unit, f(x)), a; dims=dims)
promoted(unit::T, y::S) where {T,S} = convert(promote_type(T, S), y)
over(s::AbstractArray, n) = s ./ n
over(s, n) = s / n
"How many elements there are in each of the groups along `dims`."
counted(a, ::Colon) = length(a)
counted(a, d::Integer) = size(a, d)
counted(a, dims) = prod(map(d -> size(a, d), unique(dims)); init=1)

mean_of(f, t::Tuple) = isempty(t) ? sum(f, t) / 0 : (unit = f(first(t)) / 1; sum(x -> promoted(unit, f(x)), t) / length(t))
function mean_of(f, itr)
    next = iterate(itr)
    next === nothing && return empty_sum(Base.IteratorEltype(itr), f, itr) / 0
    value, state = next
    first_value = f(value)
    unit = first_value / 1
    total = promoted(unit, first_value)
    n = 1
    while (next = iterate(itr, state)) !== nothing
        value, state = next
        total += promoted(unit, f(value))
        n += 1
    end
    total / n
end
empty_sum(::Base.HasEltype, f, itr) = sum(f, eltype(itr)[])
empty_sum(::Base.EltypeUnknown, f, itr) = throw(ArgumentError("reducing over an empty collection is not allowed; consider supplying `init` to the reducer"))

"The mean along the axes where `out` has length 1, written into it."
function mean!(out::AbstractArray, a::AbstractArray)
    sum!(out, a)
    out .= out .* (max(1, length(out)) / max(1, length(a)))
end

# ---- Variances

"The sum of squared deviations over n - 1, or n when not `corrected`."
var(itr; corrected::Bool=true, mean=nothing) = var_of(itr, corrected, mean)
var(a::AbstractArray; corrected::Bool=true, mean=nothing, dims=:) = var_along(a, corrected, mean, dims)
var_along(a, corrected, ::Nothing, dims) = var_along(a, corrected, mean(a; dims=dims), dims)
var_along(a, corrected, m, dims) = sum(abs2.(a .- m); dims=dims) ./ (counted(a, dims) - Int(corrected))
var_along(a, corrected, ::Nothing, ::Colon) = var_about(a, mean(a), corrected)
var_along(a, corrected, m, ::Colon) = var_about(a, m, corrected)
function var_about(a::AbstractArray{T}, m, corrected) where {T}
    isempty(a) && return oftype((abs2(zero(T)) + abs2(zero(T))) / 2, NaN)
    sum(x -> abs2(x - m), a) / (length(a) - Int(corrected))
end
function var_of(itr, corrected, ::Nothing)
    next = iterate(itr)
    next === nothing && return empty_var(eltype(itr))
    value, state = next
    n, m = 1, value / 1
    s = real(zero(m))
    while (next = iterate(itr, state)) !== nothing
        value, state = next
        n += 1
        moved = m + (value - m) / n
        s += real((value - m) * conj(value - moved))
        m = moved
    end
    s / (n - Int(corrected))
end
function var_of(itr, corrected, m::Number)
    n, s = 0, abs2(zero(m))
    for value in itr
        n += 1
        s += abs2(value - m)
    end
    n == 0 ? empty_var(eltype(itr)) : s / (n - Int(corrected))
end
var_of(itr, corrected, m) = throw(ArgumentError("invalid value of mean, $(m)::$(typeof(m))"))
empty_var(::Type{T}) where {T} = oftype((abs2(zero(T)) + abs2(zero(T))) / 2, NaN)
"The variance about a mean that is known."
varm(a::AbstractArray, m; corrected::Bool=true, dims=:) = var_along(a, corrected, m, dims)
varm(itr, m; corrected::Bool=true) = var_of(itr, corrected, m)
"The square root of the variance."
std(itr; corrected::Bool=true, mean=nothing) = sqrt(var_of(itr, corrected, mean))
std(a::AbstractArray; corrected::Bool=true, mean=nothing, dims=:) = roots(var_along(a, corrected, mean, dims))
stdm(a::AbstractArray, m; corrected::Bool=true, dims=:) = roots(var_along(a, corrected, m, dims))
stdm(itr, m; corrected::Bool=true) = sqrt(var_of(itr, corrected, m))
roots(x::Number) = sqrt(x)
roots(::Missing) = missing
roots(a) = sqrt.(a)

# ---- Covariances and correlations: of vectors a number, with a matrix a matrix, in which columns (`dims = 1`) or rows are the variables

"How two variables vary together; for a matrix, its columns (or rows, with `dims = 2`) are the variables."
cov(x::AbstractVector; corrected::Bool=true) = covm(x, mean(x); corrected)
cov(itr; corrected::Bool=true) = cov(collect(itr); corrected)
cov(a::AbstractMatrix; dims::Integer=1, corrected::Bool=true) = covm(a, means(a, dims), dims; corrected)
cov(x::AbstractVector, y::AbstractVector; corrected::Bool=true) = covm(x, mean(x), y, mean(y); corrected)
cov(a::AbstractVecOrMat, b::AbstractVecOrMat; dims::Integer=1, corrected::Bool=true) = covm(a, means(a, dims), b, means(b, dims), dims; corrected)
"The covariances about means that are known."
covm(x::AbstractVector, m; corrected::Bool=true) = sum(squared, less(x, m)) / (length(x) - Int(corrected))
covm(a::AbstractMatrix, m, dims::Integer=1; corrected::Bool=true) = scaled(products(a .- m, dims), size(a, dims) - Int(corrected))
function covm(x::AbstractVector, mx, y::AbstractVector, my; corrected::Bool=true)
    same_count(length(x), length(y))
    LinearAlgebra.dot(less(y, my), less(x, mx)) / (length(x) - Int(corrected))
end
function covm(a::AbstractVecOrMat, ma, b::AbstractVecOrMat, mb, dims::Integer=1; corrected::Bool=true)
    same_count(observations(a, dims), observations(b, dims))
    scaled(products(a .- ma, b .- mb, dims), observations(a, dims) - Int(corrected))
end
means(x::AbstractVector, dims) = mean(x)
means(a::AbstractMatrix, dims) = mean(a; dims=dims)
observations(x::AbstractVector, dims) = length(x)
observations(a::AbstractMatrix, dims) = size(a, dims)
same_count(n, m) = n == m || throw(DimensionMismatch("lengths mismatch"))
less(x, m) = map(t -> t - m, x)
squared(t::Number) = abs2(t)
squared(t) = t * t'
scaled(c::AbstractArray{T}, n) where {T} = c .* share(nonmissingtype(T), n)
share(::Type{T}, n) where {T<:Number} = one(real(float(T))) / n
share(::Type, n) = 1 / n
"Sums of products over the observations; the second factor is conjugated."
products(a, dims) = dims == 1 ? conjugated(a'a) : a * a'
conjugated(c::AbstractArray{<:Real}) = c
conjugated(c) = conj(c)
products(x::AbstractVector, y::AbstractVector, dims) = fill(LinearAlgebra.dot(y, x), 1, 1)
products(x::AbstractVector, b::AbstractMatrix, dims) = dims == 1 ? transpose(x) * conjugated(b) : transpose(x) * transpose(conjugated(b))
products(a::AbstractMatrix, y::AbstractVector, dims) = reshape(dims == 1 ? transpose(a) * conjugated(y) : a * conjugated(y), :, 1)
products(a::AbstractMatrix, b::AbstractMatrix, dims) = dims == 1 ? transpose(a) * conjugated(b) : a * b'

"Covariance scaled by both standard deviations."
cor(x::AbstractVector) = corm(x, nothing)
cor(itr) = cor(collect(itr))
cor(a::AbstractMatrix; dims::Integer=1) = corm(a, means(a, dims), dims)
cor(x::AbstractVector, y::AbstractVector) = corm(x, mean(x), y, mean(y))
cor(a::AbstractVecOrMat, b::AbstractVecOrMat; dims::Integer=1) = corm(a, means(a, dims), b, means(b, dims), dims)
"The correlations about means that are known."
corm(x::AbstractVector{T}, m) where {T} = T === Missing ? missing : one(float(nonmissingtype(T)))
function corm(a::AbstractMatrix, m, dims::Integer=1)
    c = products(a .- m, dims)
    s = [sqrt(real(c[i, i])) for i in axes(c, 1)]
    [i == j ? one(c[i, j]) : between_ends(c[i, j] / (s[i] * s[j])) for i in axes(c, 1), j in axes(c, 2)]
end
function corm(x::AbstractVector, mx, y::AbstractVector, my)
    length(x) == length(y) || throw(DimensionMismatch("inconsistent lengths"))
    isempty(x) && throw(ArgumentError("correlation only defined for non-empty vectors"))
    dx, dy = less(x, mx), less(y, my)
    xx, yy = sum(abs2, dx), sum(abs2, dy)
    small, large = minmax(xx, yy)
    between_ends(LinearAlgebra.dot(dy, dx) / large / sqrt(small / large))
end
function corm(a::AbstractVecOrMat, ma, b::AbstractVecOrMat, mb, dims::Integer=1)
    da, db = a .- ma, b .- mb
    same_count(observations(a, dims), observations(b, dims))
    lengths(d::AbstractVector) = [sqrt(sum(abs2, d))]
    lengths(d) = sqrt.(vec(sum(abs2, d; dims=dims)))
    between_ends.(products(da, db, dims) ./ (lengths(da) .* transpose(lengths(db))))
end
# Rounding may put a correlation past its ends.
between_ends(r::Real) = clamp(r, -1, 1)
between_ends(r) = r

# ---- Medians and quantiles

"The mean of two extremes."
middle(x::Union{Bool,Int8,Int16,Int32,Int64,UInt8,UInt16,UInt32,UInt64}) = Float64(x)
middle(x::AbstractFloat) = x
middle(x::Number) = (x + zero(x)) / 1
middle(x::Number, y::Number) = x / 2 + y / 2
middle(r::AbstractRange) = (isempty(r) && throw(ArgumentError("range must be non-empty")); middle(first(r), last(r)))
middle(a::AbstractArray) = middle(extrema(a)...)
"The middle element of the sorted values, or the mean of the two."
median(itr) = median!(collect(itr))
median(a::AbstractArray; dims=:) = median_along(a, dims)
median_along(a, ::Colon) = median!(vec(collect(a)))
median_along(a, dims) = mapslices(median!, a; dims=dims)
"The same, which sorts the array that it is given."
median!(a::AbstractArray) = median!(vec(a))
function median!(v::AbstractVector)
    isempty(v) && throw(ArgumentError("median of an empty array is undefined, $(repr(v))"))
    eltype(v) >: Missing && any(ismissing, v) && return missing
    at = findfirst(is_nan, v)
    at === nothing || return middle(v[at])
    sort!(v)
    h = div(length(v) + 1, 2)
    isodd(length(v)) ? middle(v[h]) : middle(v[h], v[h + 1])
end
is_unordered(x) = x isa Missing || is_nan(x)
is_nan(x) = false
is_nan(x::Number) = isnan(x)

"""
The value below which the fraction `p` of the data lies: between the order statistics around `n p + m` with `m = alpha + p (1 - alpha - beta)`
(Hyndman and Fan 1996).
"""
quantile(itr, p; sorted::Bool=false, alpha::Real=1.0, beta::Real=alpha) = quantiles(ordered(collect(itr), sorted), p, alpha, beta)
quantile(a::AbstractArray, p; sorted::Bool=false, alpha::Real=1.0, beta::Real=alpha) = quantiles(ordered(vec(collect(a)), sorted), p, alpha, beta)
"The same, which sorts the array that it is given; of several fractions, the results may go into `q`."
quantile!(a::AbstractArray, p::Union{Real,AbstractArray,Tuple}; sorted::Bool=false, alpha::Real=1.0, beta::Real=alpha) = quantiles(ordered(vec(a), sorted), p, alpha, beta)
function quantile!(q::AbstractArray, a::AbstractVector, p::AbstractArray; sorted::Bool=false, alpha::Real=1.0, beta::Real=alpha)
    size(p) == size(q) || throw(DimensionMismatch("size of p, $(size(p)), must equal size of q, $(size(q))"))
    copyto!(q, quantiles(ordered(a, sorted), p, alpha, beta))
end
function ordered(v, sorted)
    isempty(v) && throw(ArgumentError("empty data vector"))
    sorted || sort!(v)
    is_unordered(last(v)) && throw(ArgumentError("quantiles are undefined in presence of NaNs or missing values"))
    v
end
quantiles(v, p::Real, alpha, beta) = quantile_sorted(v, p, alpha, beta)
quantiles(v, ps, alpha, beta) = map(p -> quantile_sorted(v, p, alpha, beta), ps)
function quantile_sorted(v, p, alpha, beta)
    0 <= p <= 1 || throw(ArgumentError("input probability out of [0,1] range"))
    0 <= alpha <= 1 || throw(ArgumentError("alpha parameter out of [0,1] range"))
    0 <= beta <= 1 || throw(ArgumentError("beta parameter out of [0,1] range"))
    n = length(v)
    at = n * p + oftype(p, alpha + p * (one(alpha) - alpha - beta))
    j = clamp(trunc(Int64, at), 1, max(n - 1, 1))
    g = clamp(at - j, 0, 1)
    between(v[j], v[min(j + 1, n)], g)
end
# Of two numbers far apart the difference may overflow, and with what is infinite it is NaN.
between(a, b, g) = isfinite(a) && isfinite(b) && (!(a isa Number) || !(b isa Number) || a ≈ b) ? a + g * (b - a) : (1 - g) * a + g * b
end
