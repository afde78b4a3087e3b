# Statistics.

module Statistics
export mean, mean!, median, median!, quantile!, var, std, cov, cor, quantile, middle, varm, stdm

"The arithmetic mean, of all elements or along `dims`."
mean(a; dims=:) = mean_along(identity, a, dims)
mean(f, a; dims=:) = mean_along(f, a, dims)
mean_along(f, a, ::Colon) = mean_of(Val(Base.__counted(a)), f, a)
function mean_of(::Val{true}, f, a)
    n = Base.__count(a)
    n == 0 && return empty_mean(Base.__element_type(Base.__return_type(f, Base.__item_type(a))))
    sum(f, a) / n
end
mean_of(::Val{false}, f, a) = mean_along(f, collect(a), :)
empty_mean(::Type{T}) where {T<:Number} = zero(T) / 0
empty_mean(::Type) = Base.__argument_error("mean of empty collection undefined")
mean_along(f, a, dims) = sum(f, a; dims=dims) ./ shrinkage(a, dims)
shrinkage(a, d::Integer) = size(a, d)
shrinkage(a, dims) = prod(map(d -> size(a, d), dims))

"The mean along the axes where `out` has length 1, written into it."
function mean!(out::AbstractArray, a::AbstractArray)
    for d in 1:ndims(a)
        size(out, d) == 1 || size(out, d) == size(a, d) || throw(DimensionMismatch("cannot reduce $(size(a, d)) elements along axis $d into $(size(out, d))"))
    end
    fill!(out, zero(eltype(out)))
    out .+= sum(a; dims=ntuple(d -> size(out, d) == 1 ? d : ndims(a) + 1, Val(ndims(a)))) .* (length(out) / length(a))
end

"The sum of squared deviations over n - 1, or n when not `corrected`."
var(a; corrected::Bool=true, mean=nothing, dims=:) = var_along(a, corrected, mean, dims)
var_along(a, corrected, ::Nothing, ::Colon) = var_about(a, mean(a), corrected)
var_along(a, corrected, m, ::Colon) = var_about(a, m, corrected)
function var_about(a, m, corrected)
    s = sum(x -> abs2(x - m), a)
    s / (length_of(a) - (corrected ? 1 : 0))
end
length_of(a) = Base.__counted(a) ? Base.__count(a) : length(collect(a))
var_along(a, corrected, ::Nothing, dims) = var_along(a, corrected, mean(a; dims=dims), dims)
var_along(a, corrected, m, dims) = sum(abs2.(a .- m); dims=dims) ./ (shrinkage(a, dims) - (corrected ? 1 : 0))
varm(a, m; corrected::Bool=true, dims=:) = var_along(a, corrected, m, dims)
"The square root of the variance."
std(a; corrected::Bool=true, mean=nothing, dims=:) = roots(var_along(a, corrected, mean, dims))
stdm(a, m; corrected::Bool=true, dims=:) = roots(var_along(a, corrected, m, dims))
roots(x::Number) = sqrt(x)
roots(a) = sqrt.(a)

"How two variables vary together; for a matrix, its columns (or rows, with `dims = 2`) are the variables."
cov(x::AbstractVector; corrected::Bool=true) = var(x; corrected=corrected)
function cov(x::AbstractVector, y::AbstractVector; corrected::Bool=true)
    n = length(x)
    n == length(y) || Base.__size_error("lengths of x and y differ")
    mx, my = mean(x), mean(y)
    s = zero(mx * my)
    for k in 1:n
        s += (x[k] - mx) * (y[k] - my)
    end
    s / (n - (corrected ? 1 : 0))
end
function cov(a::AbstractMatrix; dims::Integer=1, corrected::Bool=true)
    d = a .- mean(a; dims=dims)
    n = size(a, dims) - (corrected ? 1 : 0)
    dims == 1 ? (d' * d) ./ n : (d * d') ./ n
end
"Covariance scaled by both standard deviations."
cor(x::AbstractVector) = one(float(eltype(x)))
cor(x::AbstractVector, y::AbstractVector) = between_ends(cov(x, y) / (std(x) * std(y)))
# Rounding may put a correlation past its ends.
between_ends(r::Real) = clamp(r, -1, 1)
between_ends(r) = r
function cor(a::AbstractMatrix; dims::Integer=1)
    c = cov(a; dims=dims)
    s = [sqrt(c[i, i]) for i in 1:size(c, 1)]
    [i == j ? one(c[i, j]) : between_ends(c[i, j] / (s[i] * s[j])) for i in 1:size(c, 1), j in 1:size(c, 2)]
end

"The mean of two extremes."
middle(x::Number) = float(x)
middle(x::Number, y::Number) = x / 2 + y / 2
middle(a) = middle(minimum(a), maximum(a))
"The middle element of the sorted values, or the mean of the two."
median(a; dims=:) = median_along(a, dims)
function median_along(a, ::Colon)
    eltype(a) >: Missing && any(ismissing, a) && return missing
    v = sort(vec(collect(a)))
    n = length(v)
    n == 0 && Base.__argument_error("median of an empty array is undefined, ", repr(v))
    any(isnan, v) && return float(v[n])
    h = div(n + 1, 2)
    isodd(n) ? middle(v[h]) : middle(v[h], v[h + 1])
end
median_along(a::AbstractMatrix, d::Integer) =
    d == 1 ? reshape([median(a[:, j]) for j in 1:size(a, 2)], 1, size(a, 2)) : reshape([median(a[i, :]) for i in 1:size(a, 1)], size(a, 1), 1)
"The value below which the fraction `p` of the data lies, by linear interpolation."
quantile(a, p; sorted::Bool=false, alpha::Real=1.0, beta::Real=alpha) = quantiles(sorted ? collect(a) : sort(vec(collect(a))), p, alpha, beta)
is_unordered(x) = ismissing(x) || (x isa Number && isnan(x))
quantiles(v, p::Real, alpha, beta) = quantile_sorted(v, p, alpha, beta)
quantiles(v, ps, alpha, beta) = map(p -> quantile_sorted(v, p, alpha, beta), ps)
function quantile_sorted(v, p, alpha, beta)
    0 <= p <= 1 || Base.__argument_error("input probability out of [0,1] range")
    n = length(v)
    n == 0 && Base.__argument_error("empty data vector")
    any(is_unordered, v) && Base.__argument_error("quantiles are undefined in presence of NaNs or missing values")
    m = alpha + p * (1 - alpha - beta)
    at = n * p + m
    j = clamp(trunc(Int64, at), 1, max(n - 1, 1))
    g = clamp(at - j, 0, 1)
    n == 1 && return float(v[1])
    v[j] + g * (v[j + 1] - v[j])
end
median!(a::AbstractVector) = median(sort!(a))
quantile!(a::AbstractVector, p; kws...) = quantile(sort!(a), p; kws...)
function cov(a::AbstractMatrix, b::AbstractMatrix; dims::Integer=1, corrected::Bool=true)
    da, db = a .- mean(a; dims=dims), b .- mean(b; dims=dims)
    n = size(a, dims) - (corrected ? 1 : 0)
    dims == 1 ? (da' * db) ./ n : (da * db') ./ n
end
cor(a::AbstractMatrix, b::AbstractMatrix; dims::Integer=1) =
    cov(a, b; dims=dims) ./ (vec(std(a; dims=dims)) .* transpose(vec(std(b; dims=dims))))
end
