# StatsBase: correlations along series, histograms, and data on another scale.
module StatsBase
import ..Distributions: fit
export autocov, autocor, autocov!, autocor!, crosscov, crosscor, Histogram, AbstractHistogram, fit, normalize, midpoints, AbstractDataTransform, ZScoreTransform, UnitRangeTransform,
    transform, transform!, reconstruct, reconstruct!, standardize
import ..LinearAlgebra: normalize
public histrange, sturges, binindex

# ---- Series

default_laglen(n) = min(n - 1, round(Int64, 10 * log10(n)))
default_autolags(n) = 0:default_laglen(n)
default_crosslags(n) = (k = default_laglen(n); -k:k)
centred(x, demean) = demean ? x .- mean(x) : x .- zero(mean(x))
"The sum of products of a series and another one, `l` steps later."
lagged(x, y, l) = (n = length(x); l >= 0 ? LinearAlgebra.dot(x[1:n-l], y[1+l:n]) : LinearAlgebra.dot(x[1-l:n], y[1:n+l]))
check_lags(n, lags) = maximum(lags; init=0) < n && minimum(lags; init=0) > -n || error("lags must be less than the sample length.")
autocov(x::AbstractVector{<:Real}, lags::AbstractVector{<:Integer}=default_autolags(length(x)); demean::Bool=true) =
    (check_lags(length(x), lags); z = centred(x, demean); [lagged(z, z, l) / length(x) for l in lags])
autocor(x::AbstractVector{<:Real}, lags::AbstractVector{<:Integer}=default_autolags(length(x)); demean::Bool=true) =
    (check_lags(length(x), lags); z = centred(x, demean); [lagged(z, z, l) / LinearAlgebra.dot(z, z) for l in lags])
autocov(x::AbstractMatrix{<:Real}, lags::AbstractVector{<:Integer}=default_autolags(size(x, 1)); demean::Bool=true) = columns(c -> autocov(c, lags; demean), x)
autocor(x::AbstractMatrix{<:Real}, lags::AbstractVector{<:Integer}=default_autolags(size(x, 1)); demean::Bool=true) = columns(c -> autocor(c, lags; demean), x)
autocov!(out, x, lags; demean::Bool=true) = copyto!(out, autocov(x, lags; demean))
autocor!(out, x, lags; demean::Bool=true) = copyto!(out, autocor(x, lags; demean))
columns(f, x) = reduce(hcat, [f(x[:, j]) for j in axes(x, 2)])
function crosscov(x::AbstractVector{<:Real}, y::AbstractVector{<:Real}, lags::AbstractVector{<:Integer}=default_crosslags(length(x)); demean::Bool=true)
    a, b = both(x, y, lags, demean)
    [lagged(a, b, l) / length(x) for l in lags]
end
function crosscor(x::AbstractVector{<:Real}, y::AbstractVector{<:Real}, lags::AbstractVector{<:Integer}=default_crosslags(length(x)); demean::Bool=true)
    a, b = both(x, y, lags, demean)
    s = sqrt(LinearAlgebra.dot(a, a) * LinearAlgebra.dot(b, b))
    [lagged(a, b, l) / s for l in lags]
end
crosscov(x::AbstractMatrix{<:Real}, y::AbstractVector{<:Real}, lags=default_crosslags(length(y)); demean::Bool=true) = columns(c -> crosscov(c, y, lags; demean), x)
crosscor(x::AbstractMatrix{<:Real}, y::AbstractVector{<:Real}, lags=default_crosslags(length(y)); demean::Bool=true) = columns(c -> crosscor(c, y, lags; demean), x)
crosscov(x::AbstractVector{<:Real}, y::AbstractMatrix{<:Real}, lags=default_crosslags(length(x)); demean::Bool=true) = columns(c -> crosscov(x, c, lags; demean), y)
crosscor(x::AbstractVector{<:Real}, y::AbstractMatrix{<:Real}, lags=default_crosslags(length(x)); demean::Bool=true) = columns(c -> crosscor(x, c, lags; demean), y)
function both(x, y, lags, demean)
    length(x) == length(y) || throw(DimensionMismatch("lengths of x and y do not match"))
    check_lags(length(x), lags)
    (centred(x, demean), centred(y, demean))
end

# ---- Histograms

abstract type AbstractHistogram{T<:Real,N,E} end
"How much falls between edges that follow one another."
mutable struct Histogram{T<:Real,N,E} <: AbstractHistogram{T,N,E}
    edges::E
    weights::Array{T,N}
    closed::Symbol
    isdensity::Bool
    Histogram{T,N,E}(edges, weights, closed, isdensity) where {T,N,E} = new{T,N,E}(edges, weights, closed, isdensity)
end
function Histogram(edges::Tuple, weights::AbstractArray{T,N}, closed::Symbol=:left, isdensity::Bool=false) where {T,N}
    closed in (:left, :right) || error("closed must :left or :right")
    isdensity && !(T <: AbstractFloat) && error("Density histogram must have float-type weights")
    map(e -> length(e) - 1, edges) == size(weights) || error("Histogram edge vectors must be 1 longer than corresponding weight dimensions")
    Histogram{T,N,typeof(edges)}(edges, weights, closed, isdensity)
end
Histogram(edge::AbstractVector, weights::AbstractVector, closed::Symbol=:left, isdensity::Bool=false) = Histogram((edge,), weights, closed, isdensity)
Histogram(edges::Tuple, ::Type{T}, closed::Symbol=:left, isdensity::Bool=false) where {T} = Histogram(edges, zeros(T, map(e -> length(e) - 1, edges)...), closed, isdensity)
Histogram(edge::AbstractVector, ::Type{T}, closed::Symbol=:left, isdensity::Bool=false) where {T} = Histogram((edge,), T, closed, isdensity)
Histogram(edges::Tuple, closed::Symbol=:left, isdensity::Bool=false) = Histogram(edges, Int64, closed, isdensity)
Histogram(edge::AbstractVector, closed::Symbol=:left, isdensity::Bool=false) = Histogram((edge,), Int64, closed, isdensity)
Base.ndims(::AbstractHistogram{T,N}) where {T,N} = N
Base.eltype(::Type{<:AbstractHistogram{T}}) where {T} = T
Base.:(==)(a::Histogram, b::Histogram) = a.edges == b.edges && a.weights == b.weights && a.closed == b.closed && a.isdensity == b.isdensity
Base.copy(h::Histogram) = Histogram(h.edges, copy(h.weights), h.closed, h.isdensity)
Base.zero(h::Histogram) = Histogram(h.edges, zero(h.weights), h.closed, h.isdensity)
Base.sum(h::AbstractHistogram) = sum(h.weights)
function Base.show(io::IO, h::Histogram)
    print(io, typeof(h), "\nedges:\n")
    foreach(e -> print(io, "  ", e, "\n"), h.edges)
    print(io, "weights: ", h.weights, "\nclosed: ", h.closed, "\nisdensity: ", h.isdensity)
end
binindex(h::AbstractHistogram{T,1}, x::Real) where {T} = binindex(h, (x,))[1]
binindex(h::AbstractHistogram, xs::Tuple) = map((e, x) -> h.closed == :right ? searchsortedfirst(e, x) - 1 : searchsortedlast(e, x), h.edges, xs)
Base.push!(h::Histogram{T,1}, x::Real, w::Real=1) where {T} = push!(h, (x,), w)
function Base.push!(h::Histogram, xs::Tuple, w::Real=1)
    at = binindex(h, xs)
    checkbounds(Bool, h.weights, at...) && (h.weights[at...] += w)
    h
end
Base.append!(h::Histogram{T,1}, v::AbstractVector) where {T} = append!(h, (v,))
Base.append!(h::Histogram{T,1}, v::AbstractVector, w::AbstractVector) where {T} = append!(h, (v,), w)
Base.append!(h::Histogram, vs::Tuple) = (foreach((xs...) -> push!(h, xs), vs...); h)
Base.append!(h::Histogram, vs::Tuple, w::AbstractVector) = (foreach((y, xs...) -> push!(h, xs, y), w, vs...); h)
fit(::Type{Histogram}, v::AbstractVector, edges::AbstractVector; closed::Symbol=:left) = fit(Histogram, (v,), (edges,); closed)
fit(::Type{Histogram}, v::AbstractVector; closed::Symbol=:left, nbins=sturges(length(v))) = fit(Histogram, (v,), (histrange(v, nbins, closed),); closed)
fit(::Type{Histogram}, v::AbstractVector, w::AbstractWeights, edges::AbstractVector; closed::Symbol=:left) = fit(Histogram, (v,), w, (edges,); closed)
fit(::Type{Histogram}, v::AbstractVector, w::AbstractWeights; closed::Symbol=:left, nbins=sturges(length(v))) = fit(Histogram, (v,), w, (histrange(v, nbins, closed),); closed)
fit(::Type{Histogram}, vs::Tuple; closed::Symbol=:left, nbins=sturges(length(vs[1]))) = fit(Histogram, vs, all_ranges(vs, nbins, closed); closed)
fit(::Type{Histogram}, vs::Tuple, w::AbstractWeights; closed::Symbol=:left, nbins=sturges(length(vs[1]))) = fit(Histogram, vs, w, all_ranges(vs, nbins, closed); closed)
fit(::Type{Histogram}, vs::Tuple, edges::Tuple; closed::Symbol=:left) = append!(Histogram(edges, Int64, closed), vs)
fit(::Type{Histogram}, vs::Tuple, w::AbstractWeights, edges::Tuple; closed::Symbol=:left) = append!(Histogram(edges, eltype(w), closed), vs, w)
fit(::Type{Histogram{T}}, args...; options...) where {T} = (h = fit(Histogram, args...; options...); Histogram(h.edges, Array{T}(h.weights), h.closed, h.isdensity))
all_ranges(vs, n::Integer, closed) = map(v -> histrange(v, n, closed), vs)
all_ranges(vs, n::Tuple, closed) = map((v, k) -> histrange(v, k, closed), vs, n)
sturges(n) = n == 0 ? 1 : ceil(Int64, log2(n)) + 1
"About `n` bins with round edges."
histrange(v::AbstractVector, n::Integer, closed::Symbol=:left) = isempty(v) ? range(0.0; step=1.0, length=1) : histrange(float(minimum(v)), float(maximum(v)), n, closed)
function histrange(low::F, high::F, n::Integer, closed::Symbol=:left) where {F<:AbstractFloat}
    start, step, divisor, len = round_steps(low, high, n)
    if closed == :right
        while low <= start / divisor
            start -= step
        end
        while (start + (len - 1) * step) / divisor < high
            len += one(F)
        end
    else
        while low < start / divisor
            start -= step
        end
        while (start + (len - 1) * step) / divisor <= high
            len += one(F)
        end
    end
    range(start / divisor; step=step / divisor, length=Int64(len))
end
function round_steps(low::F, high::F, n) where {F}
    low == high && return (high, one(F), one(F), one(F))
    width = (high - low) / n
    power = log10(width)
    if power >= 0
        unit = exp10(floor(power))
        step = unit * round_factor(width / unit)
        start = step * floor(low / step)
        (start, step, one(F), ceil((high - start) / step))
    else
        unit = exp10(floor(-power))
        divisor = unit / round_factor(width * unit)
        start = floor(low * divisor)
        (start, one(F), divisor, ceil(high * divisor - start))
    end
end
round_factor(r) = r <= 1.1 ? one(r) : r <= 2.2 ? 2one(r) : r <= 5.5 ? 5one(r) : 10one(r)
midpoints(v::AbstractVector) = [(v[i] + v[i+1]) / 2 for i in 1:length(v)-1]
midpoints(r::AbstractRange) = r[1:end-1] .+ step(r) / 2
"What each bin holds as a density, a share, or both."
function normalize(h::Histogram; mode::Symbol=:pdf)
    mode == :none && return Histogram(h.edges, float(h.weights), h.closed, h.isdensity)
    w, volume = float(h.weights), volumes(h)
    mode == :pdf && return Histogram(h.edges, h.isdensity ? w ./ sum(w .* volume) : w ./ volume ./ sum(w), h.closed, true)
    mode == :density && return h.isdensity ? copy(h) : Histogram(h.edges, w ./ volume, h.closed, true)
    mode == :probability || throw(ArgumentError("Normalization mode must be :pdf, :density, :probability or :none"))
    Histogram(h.edges, h.isdensity ? w .* volume ./ sum(w .* volume) : w ./ sum(w), h.closed, false)
end
volumes(h) = [prod(map((e, i) -> e[i+1] - e[i], h.edges, I.I)) for I in CartesianIndices(h.weights)]
LinearAlgebra.norm(h::Histogram) = h.isdensity ? sum(h.weights .* volumes(h)) : sum(h.weights)
Base.merge(h::Histogram, others::Histogram...) = (all(o -> o.edges == h.edges, others) || throw(ArgumentError("can't merge histograms with different edges")); Histogram(h.edges, sum(o -> o.weights, others; init=h.weights), h.closed, h.isdensity))

# ---- Data on another scale

abstract type AbstractDataTransform end
"Data less its mean, over its standard deviation; either may be left out."
struct ZScoreTransform{T<:Real,U<:AbstractVector{T}} <: AbstractDataTransform
    len::Int
    dims::Int
    mean::U
    scale::U
end
"Data from 0 to 1."
struct UnitRangeTransform{T<:Real,U<:AbstractVector{T}} <: AbstractDataTransform
    len::Int
    dims::Int
    unit::Bool
    min::U
    scale::U
end
fit(::Type{ZScoreTransform}, x::AbstractVector{<:Real}; dims::Integer=1, center::Bool=true, scale::Bool=true) = fitted(ZScoreTransform, reshape(x, :, 1), only_first(dims), center, scale)
fit(::Type{ZScoreTransform}, x::AbstractMatrix{<:Real}; dims::Union{Integer,Nothing}=nothing, center::Bool=true, scale::Bool=true) = fitted(ZScoreTransform, x, something(dims, 2), center, scale)
fit(::Type{UnitRangeTransform}, x::AbstractVector{<:Real}; dims::Integer=1, unit::Bool=true) = fitted(UnitRangeTransform, reshape(x, :, 1), only_first(dims), unit)
fit(::Type{UnitRangeTransform}, x::AbstractMatrix{<:Real}; dims::Union{Integer,Nothing}=nothing, unit::Bool=true) = fitted(UnitRangeTransform, x, something(dims, 2), unit)
only_first(dims) = dims == 1 ? 1 : throw(DomainError(dims, "fit only accept dims=1 over a vector. Try fit(t, x, dims=1)."))
observed(x, dims) = dims == 1 || dims == 2 ? size(x, 3 - dims) : throw(DomainError(dims, "fit only accept dims to be 1 or 2."))
function fitted(::Type{ZScoreTransform}, x, dims, center, scale)
    n = observed(x, dims)
    size(x, dims) >= 2 || error("X must contain at least two observations.")
    m, s = map(vec, mean_and_std(x, dims))
    T = eltype(m)
    ZScoreTransform(n, dims, center ? m : zeros(T, 0), scale ? s : zeros(T, 0))
end
function fitted(::Type{UnitRangeTransform}, x, dims, unit)
    n = observed(x, dims)
    low, high = vec(minimum(x; dims)), vec(maximum(x; dims))
    s = 1 ./ (high .- low)
    UnitRangeTransform(n, dims, unit, oftype(s, low), s)
end
"In the shape of the data: a number for each variable; nothing where it is left out."
spread(v, x::AbstractVector, dims) = v[1]
spread(v, x::AbstractMatrix, dims) = dims == 1 ? reshape(v, 1, :) : v
check_size(t, x::AbstractVector) = t.dims == 1 && t.len == 1 || throw(DimensionMismatch("Inconsistent dimensions."))
check_size(t, x::AbstractMatrix) = t.len == size(x, 3 - t.dims) || throw(DimensionMismatch("Inconsistent dimensions."))
function transform(t::ZScoreTransform, x::AbstractVecOrMat{<:Real})
    check_size(t, x)
    y = isempty(t.mean) ? x : x .- spread(t.mean, x, t.dims)
    isempty(t.scale) ? copy(y) : y ./ spread(t.scale, x, t.dims)
end
function reconstruct(t::ZScoreTransform, y::AbstractVecOrMat{<:Real})
    check_size(t, y)
    x = isempty(t.scale) ? y : y .* spread(t.scale, y, t.dims)
    isempty(t.mean) ? copy(x) : x .+ spread(t.mean, y, t.dims)
end
function transform(t::UnitRangeTransform, x::AbstractVecOrMat{<:Real})
    check_size(t, x)
    (t.unit ? x .- spread(t.min, x, t.dims) : x) .* spread(t.scale, x, t.dims)
end
function reconstruct(t::UnitRangeTransform, y::AbstractVecOrMat{<:Real})
    check_size(t, y)
    x = y ./ spread(t.scale, y, t.dims)
    t.unit ? x .+ spread(t.min, y, t.dims) : x
end
transform!(t::AbstractDataTransform, x::AbstractVecOrMat{<:Real}) = copyto!(x, transform(t, x))
transform!(out::AbstractVecOrMat{<:Real}, t::AbstractDataTransform, x::AbstractVecOrMat{<:Real}) = copyto!(out, transform(t, x))
reconstruct!(t::AbstractDataTransform, y::AbstractVecOrMat{<:Real}) = copyto!(y, reconstruct(t, y))
standardize(::Type{D}, x::AbstractVecOrMat{<:Real}; options...) where {D<:AbstractDataTransform} = transform(fit(D, x; options...), x)
end
