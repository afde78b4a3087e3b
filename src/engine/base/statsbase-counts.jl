# StatsBase: how often and in what order: counts, runs, ranks, samples, empirical distributions.
module StatsBase
import ..Random
export countmap, proportionmap, addcounts!, counts, proportions, rle, inverse_rle, levelsmap, indexmap, indicatormat, ordinalrank, competerank, denserank, tiedrank, corspearman, corkendall,
    sample, sample!, wsample, wsample!, samplepair, direct_sample!, ecdf, ECDF, pairwise

# ---- Counts

"How often each value is there, or its share; with weights, how much of them."
countmap(x) = tallied(x, Dict{eltype(x),Int}())
countmap(x::Base.Generator) = countmap(collect(x))
countmap(x::AbstractArray, w::AbstractVector{W}) where {W<:Real} = weighed!(Dict{eltype(x),W}(), x, w)
function tallied(x, found)
    for v in x
        found[v] = get(found, v, 0) + 1
    end
    found
end
function weighed!(found, x, w)
    length(x) == length(w) || throw(DimensionMismatch("weights must have the same length as x (got $(length(w)) and $(length(x)))"))
    for (v, y) in zip(x, w)
        found[v] = get(found, v, zero(y)) + y
    end
    found
end
addcounts!(found::AbstractDict, x) = tallied(x, found)
addcounts!(found::AbstractDict, x::AbstractArray, w::AbstractVector{<:Real}) = weighed!(found, x, w)
proportionmap(x) = (n = count(_ -> true, x); Dict(k => v / n for (k, v) in countmap(x)))
proportionmap(x::AbstractArray, w::AbstractWeights) = Dict(k => v / sum(w) for (k, v) in countmap(x, w))
const Levels = UnitRange{<:Integer}
"Counts of integers, by level."
counts(x::AbstractArray{<:Integer}) = counts(x, span(x))
counts(x::AbstractArray{<:Integer}, k::Integer) = counts(x, 1:Int64(k))
counts(x::AbstractArray{<:Integer}, levels::Levels) = addcounts!(zeros(Int64, length(levels)), x, levels)
counts(x::AbstractArray{<:Integer}, w::AbstractWeights) = counts(x, span(x), w)
counts(x::AbstractArray{<:Integer}, k::Integer, w::AbstractWeights) = counts(x, 1:Int64(k), w)
counts(x::AbstractArray{<:Integer}, levels::Levels, w::AbstractWeights) = addcounts!(zeros(eltype(w), length(levels)), x, levels, w)
counts(x::AbstractArray{<:Integer}, y::AbstractArray{<:Integer}) = counts(x, y, (span(x), span(y)))
counts(x::AbstractArray{<:Integer}, y::AbstractArray{<:Integer}, k::Integer) = counts(x, y, (1:Int64(k), 1:Int64(k)))
counts(x::AbstractArray{<:Integer}, y::AbstractArray{<:Integer}, levels::Levels) = counts(x, y, (levels, levels))
function counts(x::AbstractArray{<:Integer}, y::AbstractArray{<:Integer}, levels::Tuple{Levels,Levels})
    length(x) == length(y) || throw(DimensionMismatch("x and y must have the same length, but got $(length(x)) and $(length(y))"))
    found = zeros(Int64, length(levels[1]), length(levels[2]))
    for (i, j) in zip(x, y)
        found[i-first(levels[1])+1, j-first(levels[2])+1] += 1
    end
    found
end
addcounts!(found::AbstractArray, x::AbstractArray{<:Integer}, levels::Levels) = (foreach(v -> found[v-first(levels)+1] += 1, x); found)
function addcounts!(found::AbstractArray, x::AbstractArray{<:Integer}, levels::Levels, w::AbstractWeights)
    length(x) == length(w) || throw(DimensionMismatch("x and wv must have the same length, but got $(length(x)) and $(length(w))"))
    foreach((v, y) -> found[v-first(levels)+1] += y, x, w)
    found
end
proportions(x::AbstractArray{<:Integer}, rest...) = (found = counts(x, rest...); found ./ (isempty(rest) || !(last(rest) isa AbstractWeights) ? length(x) : sum(last(rest))))
levelsmap(a) = indices_of(unique(a))
indexmap(a) = Dict(x => findfirst(isequal(x), a) for x in unique(a))
indices_of(levels) = Dict(x => i for (i, x) in enumerate(levels))
indicatormat(x::AbstractArray{<:Integer}, k::Integer; sparse::Bool=false) = [x[j] == i for i in 1:k, j in 1:length(x)]
indicatormat(x::AbstractArray, levels::AbstractArray=sort(unique(x)); sparse::Bool=false) = [isequal(x[j], levels[i]) for i in 1:length(levels), j in 1:length(x)]
"Runs of equal values: what they are, and how long."
function rle(v::AbstractVector{T}) where {T}
    vals, lens = T[], Int64[]
    for x in v
        isempty(vals) || !isequal(last(vals), x) ? (push!(vals, x); push!(lens, 1)) : (lens[end] += 1)
    end
    (vals, lens)
end
function inverse_rle(vals::AbstractVector{T}, lens::AbstractVector{<:Integer}) where {T}
    length(vals) == length(lens) || throw(DimensionMismatch("Number of unique values does not match the number of lengths"))
    out = T[]
    for (x, n) in zip(vals, lens), _ in 1:n
        push!(out, x)
    end
    out
end

# ---- Ranks: of equal values in order, the least (1224), without gaps (1223), or the mean (1 2.5 2.5 4)

ordinalrank(x::AbstractArray; order...) = (p = sortperm(vec(x); order...); ranks(x, p, (k, from, to) -> k, Int64))
competerank(x::AbstractArray; order...) = (p = sortperm(vec(x); order...); ranks(x, p, (k, from, to) -> from, Int64))
tiedrank(x::AbstractArray; order...) = (p = sortperm(vec(x); order...); ranks(x, p, (k, from, to) -> (from + to) / 2, Float64))
function denserank(x::AbstractArray; order...)
    p = sortperm(vec(x); order...)
    found = zeros(Int64, size(x))
    for k in 1:length(p)
        found[p[k]] = k == 1 ? 1 : found[p[k-1]] + (isequal(x[p[k-1]], x[p[k]]) ? 0 : 1)
    end
    found
end
"A rank from the place in the order and the first and last place of what is equal."
function ranks(x, p, rank, ::Type{R}) where {R}
    found = zeros(R, size(x))
    from, n = 1, length(p)
    while from <= n
        to = from
        while to < n && isequal(x[p[to+1]], x[p[from]])
            to += 1
        end
        for k in from:to
            found[p[k]] = rank(k, from, to)
        end
        from = to + 1
    end
    found
end
"The correlation of ranks; that of the order of pairs."
corspearman(x::AbstractVector{<:Real}, y::AbstractVector{<:Real}) = (same_observations(x, y); any(isnan, x) || any(isnan, y) ? NaN : cor(tiedrank(x), tiedrank(y)))
corspearman(x::AbstractMatrix{<:Real}) = by_columns(corspearman, x, x)
corspearman(x::AbstractMatrix{<:Real}, y::AbstractMatrix{<:Real}) = by_columns(corspearman, x, y)
corspearman(x::AbstractMatrix{<:Real}, y::AbstractVector{<:Real}) = [corspearman(x[:, i], y) for i in axes(x, 2)]
corspearman(x::AbstractVector{<:Real}, y::AbstractMatrix{<:Real}) = [corspearman(x, y[:, j]) for _ in 1:1, j in axes(y, 2)]
corkendall(x::AbstractMatrix{<:Real}, y::AbstractMatrix{<:Real}=x) = by_columns(corkendall, x, y)
corkendall(x::AbstractMatrix{<:Real}, y::AbstractVector{<:Real}) = [corkendall(x[:, i], y) for i in axes(x, 2)]
corkendall(x::AbstractVector{<:Real}, y::AbstractMatrix{<:Real}) = [corkendall(x, y[:, j]) for _ in 1:1, j in axes(y, 2)]
by_columns(f, x, y) = [x === y && i == j ? 1.0 : f(x[:, i], y[:, j]) for i in axes(x, 2), j in axes(y, 2)]
same_observations(x, y) = length(x) == length(y) || throw(DimensionMismatch("vectors must have same length"))
function corkendall(x::AbstractVector{<:Real}, y::AbstractVector{<:Real})
    same_observations(x, y)
    (any(isnan, x) || any(isnan, y)) && return NaN
    agree, in_x, in_y = 0, 0, 0
    for j in 2:length(x), i in 1:j-1
        a, b = Int64(sign(x[i] - x[j])), Int64(sign(y[i] - y[j]))
        agree += a * b
        in_x += a * a
        in_y += b * b
    end
    agree / sqrt(float(in_x) * float(in_y))
end

# ---- Samples

"One of the elements, by weight if there are weights; `n` of them, with or without putting back."
sample(rng::AbstractRNG, rest...; options...) = Base.__drawing((xs...) -> sample(xs...; options...), rng, rest...)
sample(a::AbstractArray) = rand(a)
sample(w::AbstractWeights) = drawn(w, sum(w))
sample(a::AbstractArray, w::AbstractWeights) = (same_length(length(a), length(w)); a[sample(w)])
sample(a::AbstractArray{T}, n::Integer; replace::Bool=true, ordered::Bool=false) where {T} = sample!(a, Vector{T}(undef, n); replace, ordered)
sample(a::AbstractArray{T}, dims::Dims; replace::Bool=true, ordered::Bool=false) where {T} = sample!(a, Array{T}(undef, dims); replace, ordered)
sample(a::AbstractArray{T}, w::AbstractWeights, n::Integer; replace::Bool=true, ordered::Bool=false) where {T} = sample!(a, w, Vector{T}(undef, n); replace, ordered)
sample(a::AbstractArray{T}, w::AbstractWeights, dims::Dims; replace::Bool=true, ordered::Bool=false) where {T} = sample!(a, w, Array{T}(undef, dims); replace, ordered)
sample!(rng::AbstractRNG, rest...; options...) = Base.__drawing((xs...) -> sample!(xs...; options...), rng, rest...)
function sample!(a::AbstractArray, x::AbstractArray; replace::Bool=true, ordered::Bool=false)
    n, k = length(a), length(x)
    k == 0 && return x
    replace || k <= n || error("Cannot draw more samples without replacement.")
    at = replace ? [rand(1:n) for _ in 1:k] : Random.randperm(n)[1:k]
    copyto!(x, [a[i] for i in (ordered ? sort(at) : at)])
end
function sample!(a::AbstractArray, w::AbstractWeights, x::AbstractArray; replace::Bool=true, ordered::Bool=false)
    n, k = length(a), length(x)
    same_length(n, length(w))
    k == 0 && return x
    replace || k <= count(!iszero, w) || error("Cannot draw more samples without replacement.")
    at = replace ? [sample(w) for _ in 1:k] : without_replacement(collect(w), k)
    copyto!(x, [a[i] for i in (ordered ? sort(at) : at)])
end
direct_sample!(a::AbstractArray, x::AbstractArray) = sample!(a, x)
"An index, each as likely as its weight."
function drawn(w, total)
    t, i, s = rand() * total, 1, w[1]
    while s < t && i < length(w)
        i += 1
        s += w[i]
    end
    i
end
function without_replacement(w, k)
    at = Int64[]
    for _ in 1:k
        i = drawn(w, sum(w))
        push!(at, i)
        w[i] = zero(w[i])
    end
    at
end
samplepair(n::Integer) = (i = rand(1:n); j = rand(1:n-1); (i, j == i ? n : j))
samplepair(a::AbstractArray) = map(i -> a[i], samplepair(length(a)))
samplepair(rng::AbstractRNG, x) = Base.__drawing(samplepair, rng, x)
wsample(w::AbstractVector{<:Real}) = sample(weights(w))
wsample(a::AbstractArray, w::AbstractVector{<:Real}) = sample(a, weights(w))
wsample(a::AbstractArray, w::AbstractVector{<:Real}, n; options...) = sample(a, weights(w), n; options...)
wsample(w::AbstractVector{<:Real}, n::Integer; options...) = sample(1:length(w), weights(w), n; options...)
wsample(rng::AbstractRNG, rest...; options...) = Base.__drawing((xs...) -> wsample(xs...; options...), rng, rest...)
wsample!(a::AbstractArray, w::AbstractVector{<:Real}, x::AbstractArray; options...) = sample!(a, weights(w), x; options...)

# ---- The empirical distribution

"The share of the data, or of its weight, that is not above a value."
struct ECDF{T<:AbstractVector{<:Real},W<:AbstractWeights{<:Real}}
    sorted_values::T
    weights::W
end
function ecdf(x::AbstractArray{<:Real}; weights::AbstractVector{<:Real}=Weights(Float64[]))
    any(isnan, x) && throw(ArgumentError("ecdf can not include NaN values"))
    isempty(weights) || length(x) == length(weights) || throw(ArgumentError("data and weight vectors must be the same size, got $(length(x)) and $(length(weights))"))
    p = sortperm(vec(x))
    ECDF(vec(x)[p], isempty(weights) ? Weights(Float64[]) : Weights([weights[i] for i in p]))
end
(e::ECDF)(x::Real) = (isnan(x) && return NaN; k = searchsortedlast(e.sorted_values, x); isempty(e.weights) ? k / length(e.sorted_values) : sum(e.weights[i] for i in 1:k; init=0.0) / sum(e.weights))
(e::ECDF)(v::AbstractArray{<:Real}) = map(x -> e(x), v)
Base.broadcastable(e::ECDF) = Ref(e)
Base.minimum(e::ECDF) = first(e.sorted_values)
Base.maximum(e::ECDF) = last(e.sorted_values)
Base.extrema(e::ECDF) = (minimum(e), maximum(e))
"`f` of all pairs."
pairwise(f, x, y=x; symmetric::Bool=false, skipmissing::Symbol=:none) = [f(a, b) for a in x, b in y]
end
