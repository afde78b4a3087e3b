# StatsBase: numbers that say something of many: means, moments, spreads, entropies, deviations.
module StatsBase
import ..LogExpFunctions: xlogx, xlogy
import ..Distributions: mode, modes, skewness, kurtosis, entropy, kldivergence
import ..Printf
export geomean, harmmean, genmean, mode, modes, percentile, nquantile, iqr, quantilerank, percentilerank, span, variation, sem, mad, mad!, zscore, zscore!, entropy, renyientropy,
    crossentropy, kldivergence, skewness, kurtosis, moment, cumulant, summarystats, SummaryStats, describe, genvar, totalvar, trim, trim!, winsor, winsor!, trimvar,
    counteq, countne, sqL2dist, L2dist, L1dist, Linfdist, gkldiv, meanad, maxad, msd, rmsd, psnr

# ---- Means and modes

geomean(a) = exp(mean(log, a))
harmmean(a) = inv(mean(inv, a))
"The mean of powers, to the power that undoes it; of power 0 the geometric mean."
genmean(a, p::Real) = p == 0 ? geomean(a) : mean(x -> x^p, a)^(1 / p)
"The value that is there most often: of several the one that was so first; all of them."
mode(a::AbstractArray) = first_most(a)
mode(a::Union{Tuple,Base.Generator,AbstractSet,AbstractString}) = first_most(a)
mode(a::AbstractArray{<:Integer}, r::UnitRange{<:Integer}) = first_most(filter(in(r), a))
mode(a::AbstractArray, w::AbstractWeights) = heaviest(a, w)[1]
modes(a::AbstractArray) = all_most(a)
modes(a::Union{Tuple,Base.Generator,AbstractSet,AbstractString}) = all_most(a)
modes(a::AbstractArray{<:Integer}, r::UnitRange{<:Integer}) = sort(all_most(filter(in(r), a)))
modes(a::AbstractArray, w::AbstractWeights) = heaviest(a, w)
function first_most(a)
    isempty(a) && throw(ArgumentError("mode is not defined for empty collections"))
    counts = Dict{eltype(a),Int}()
    best, most = first(a), 1
    for x in a
        n = counts[x] = get(counts, x, 0) + 1
        n > most && ((best, most) = (x, n))
    end
    best
end
function all_most(a)
    isempty(a) && throw(ArgumentError("mode is not defined for empty collections"))
    counts = countmap(a)
    most = maximum(values(counts))
    filter(x -> counts[x] == most, unique(a))
end
function heaviest(a, w)
    isempty(a) && throw(ArgumentError("mode is not defined for empty collections"))
    length(a) == length(w) || throw(ArgumentError("data and weight vectors must be the same size, got $(length(a)) and $(length(w))"))
    isfinite(sum(w)) || throw(ArgumentError("only finite weights are supported"))
    found = countmap(a, w)
    most = maximum(values(found))
    filter(x -> found[x] == most, unique(a))
end

# ---- Quantiles and ranks in shares

percentile(v, p; options...) = quantile(v, 0.01 .* p; options...)
nquantile(v, n::Integer; options...) = quantile(v, (0:n) / n; options...)
iqr(v) = quantile(v, 0.75) - quantile(v, 0.25)
"All integers from the least to the greatest."
span(x::AbstractArray{<:Integer}) = minimum(x):maximum(x)
"The share of the data below a value, by one of several conventions."
function quantilerank(itr, value; method::Symbol=:inc)
    v = collect(itr)
    ismissing(value) && throw(ArgumentError("`value` cannot be missing or NaN"))
    isempty(v) && throw(ArgumentError("`itr` is empty. Pass a collection with at least two elements"))
    length(v) == 1 && throw(ArgumentError("`itr` has only 1 value. Pass a collection with at least two elements"))
    below, equal, n = count(<(value), v), count(==(value), v), length(v)
    method == :compete && return value > maximum(v) ? 1.0 : value < minimum(v) ? 0.0 : below / (n - 1) - (equal == 0 ? 1 / (n - 1) : 0)
    method == :tied && return (below + equal / 2) / n
    method == :strict && return below / n
    method == :weak && return (below + equal) / n
    method in (:inc, :exc) || throw(ArgumentError("method=:$method is not valid. Pass :inc, :exc, :compete, :tied, :strict or :weak."))
    at, all = method == :inc ? (0, n - 1) : (1, n + 1)
    equal > 0 && return (below + at) / all
    (below == 0 || below == n) && return below == 0 ? 0.0 : 1.0
    low, high = maximum(filter(<(value), v)), minimum(filter(>(value), v))
    (below - 1 + at + (value - low) / (high - low)) / all
end
percentilerank(itr, value; method::Symbol=:inc) = quantilerank(itr, value; method) * 100

# ---- Spread

variation(x, m; corrected::Bool=true) = std(x; mean=m, corrected) / m
variation(x; corrected::Bool=true) = variation(x, mean(x); corrected)
"The standard error of the mean."
sem(x; mean=nothing) = sqrt(var(x; mean) / count(_ -> true, x))
sem(x::AbstractArray, w::UnitWeights; mean=nothing) = sem(x; mean)
sem(x::AbstractArray, w::FrequencyWeights; mean=nothing) = sqrt(var(x, w; mean, corrected=true) / sum(w))
sem(x::AbstractArray, w::ProbabilityWeights; mean=nothing) = sem_about(x, w, about(mean, x, w, :))
sem_about(x, w, m) = (n = count(!iszero, w); sqrt(sum(map((x, w) -> abs2(w * (x - m)), x, w)) * n / (n - 1)) / sum(w))
sem(x::AbstractArray, w::AbstractWeights; mean=nothing) = sqrt(var(x, w; mean, corrected=true) / count(!iszero, w))
"The median of the distances from the median, by default scaled to the standard deviation of a normal distribution."
function mad(x; center=nothing, normalize::Bool=true)
    isempty(x) && throw(ArgumentError("mad is not defined for empty arrays"))
    c = center === nothing ? median(x) : center
    m = median([abs(y - c) for y in x])
    normalize ? m * 1.4826022185056018 : m
end
mad!(x::AbstractArray; center=median(x), normalize::Bool=true) = mad(x; center, normalize)
genvar(x::AbstractMatrix) = size(x, 2) == 1 ? var(vec(x)) : LinearAlgebra.det(cov(x))
genvar(x) = var(x)
totalvar(x::AbstractMatrix) = sum(var(x; dims=1))
totalvar(x) = var(x)
"How many standard deviations from the mean."
zscore(x::AbstractArray, m, s) = (fits(x, m); fits(x, s); (x .- m) ./ s)
zscore(x::AbstractArray) = zscore(x, mean_and_std(x)...)
zscore(x::AbstractArray, dim::Int) = zscore(x, mean_and_std(x, dim)...)
zscore!(out::AbstractArray, x::AbstractArray, m, s) = (size(out) == size(x) || throw(DimensionMismatch("Sizes of output and input must match.")); copyto!(out, zscore(x, m, s)))
zscore!(x::AbstractArray{<:AbstractFloat}, m, s) = copyto!(x, zscore(x, m, s))
zscore!(x::AbstractArray{<:AbstractFloat}) = copyto!(x, zscore(x))
zscore!(x::AbstractArray{<:AbstractFloat}, dim::Int) = copyto!(x, zscore(x, dim))
fits(x, ::Real) = true
fits(x, m) = all(d -> size(m, d) == 1 || size(m, d) == size(x, d), 1:max(ndims(x), ndims(m))) || throw(DimensionMismatch("Incorrect size of μ or σ."))

# ---- Moments

"The mean of the k-th powers of the distances from the mean, or from `m`."
moment(v::AbstractArray, k::Int, m::Real = mean(v)) = mean(x -> (x - m)^k, v)
moment(v::AbstractArray, k::Int, w::AbstractWeights, m::Real = mean(v, w)) = mean(x -> (x - m)^k, v, w)
skewness(v::AbstractArray{<:Real}, m::Real = mean(v)) = moment(v, 3, m) / sqrt(moment(v, 2, m)^3)
skewness(v::AbstractArray{<:Real}, w::AbstractWeights, m::Real = mean(v, w)) = moment(v, 3, w, m) / sqrt(moment(v, 2, w, m)^3)
"Beyond that of a normal distribution."
kurtosis(v::AbstractArray{<:Real}, m::Real = mean(v)) = moment(v, 4, m) / moment(v, 2, m)^2 - 3
kurtosis(v::AbstractArray{<:Real}, w::AbstractWeights, m::Real = mean(v, w)) = moment(v, 4, w, m) / moment(v, 2, w, m)^2 - 3
"The cumulants: of the central moments, those of lower order taken out."
cumulant(v::AbstractArray{<:Real}, k::Integer, m::Real = mean(v)) = cumulants(j -> moment(v, j, m), k, m)
cumulant(v::AbstractArray{<:Real}, k::Integer, w::AbstractWeights, m::Real = mean(v, w)) = cumulants(j -> moment(v, j, w, m), k, m)
cumulant(v::AbstractArray{<:Real}, ks::AbstractVector{<:Integer}) = [cumulant(v, k) for k in ks]
function cumulants(central, k, m)
    k > 0 || throw(ArgumentError("Orders must be strictly positive"))
    k == 1 && return m
    found = [central(2)]
    for n in 3:k
        push!(found, central(n) - sum(j -> binomial(n - 1, j - 1) * found[j-1] * central(n - j), 2:n-2; init=zero(found[1])))
    end
    found[k-1]
end

# ---- Entropies

entropy(p::AbstractArray{<:Real}) = isempty(p) ? throw(ArgumentError("empty collections are not supported since they do not represent proper probability distributions")) : -sum(xlogx, p)
entropy(p::AbstractArray{<:Real}, b::Real) = entropy(p) / log(b)
function renyientropy(p::AbstractArray{<:Real}, α::Real)
    α < 0 && throw(ArgumentError("Order of Rényi entropy not legal, $(α) < 0."))
    α ≈ 0 && return log(count(>(0), p))
    α ≈ 1 && return entropy(p)
    isinf(α) ? -log(maximum(p)) : log(sum(x -> x > 0 ? x^α : zero(x^α), p)) / (1 - α)
end
function crossentropy(p::AbstractArray{<:Real}, q::AbstractArray{<:Real})
    same_distributions(p, q)
    -sum(map(xlogy, p, q))
end
crossentropy(p::AbstractArray{<:Real}, q::AbstractArray{<:Real}, b::Real) = crossentropy(p, q) / log(b)
function kldivergence(p::AbstractArray{<:Real}, q::AbstractArray{<:Real})
    same_distributions(p, q)
    sum(map((x, y) -> (z = xlogy(x, x / y); iszero(x) && iszero(y) ? zero(z) : z), p, q))
end
kldivergence(p::AbstractArray{<:Real}, q::AbstractArray{<:Real}, b::Real) = kldivergence(p, q) / log(b)
function same_distributions(p, q)
    length(p) == length(q) || throw(DimensionMismatch("Inconsistent array length."))
    isempty(p) && throw(ArgumentError("empty collections are not supported since they do not represent proper probability distributions"))
end

# ---- Deviations of two arrays

same_lengths(a, b) = length(a) == length(b) || throw(DimensionMismatch("Inconsistent lengths of a and b."))
pairs_of(f, a, b) = (same_lengths(a, b); sum(map(f, a, b)))
counteq(a::AbstractArray, b::AbstractArray) = (same_lengths(a, b); count(map(==, a, b)))
countne(a::AbstractArray, b::AbstractArray) = (same_lengths(a, b); count(map(!=, a, b)))
sqL2dist(a::AbstractArray{<:Number}, b::AbstractArray{<:Number}) = pairs_of((x, y) -> abs2(x - y), a, b)
L2dist(a::AbstractArray{<:Number}, b::AbstractArray{<:Number}) = sqrt(sqL2dist(a, b))
L1dist(a::AbstractArray{<:Number}, b::AbstractArray{<:Number}) = pairs_of((x, y) -> abs(x - y), a, b)
Linfdist(a::AbstractArray{<:Number}, b::AbstractArray{<:Number}) = (same_lengths(a, b); maximum(map((x, y) -> abs(x - y), a, b)))
"Kullback and Leibler's divergence of what need not be probabilities."
gkldiv(a::AbstractArray{<:AbstractFloat}, b::AbstractArray{<:AbstractFloat}) = pairs_of((x, y) -> x > 0 ? x * log(x / y) - x + y : y, a, b)
meanad(a::AbstractArray{<:Number}, b::AbstractArray{<:Number}) = L1dist(a, b) / length(a)
maxad(a::AbstractArray{<:Number}, b::AbstractArray{<:Number}) = Linfdist(a, b)
msd(a::AbstractArray{<:Number}, b::AbstractArray{<:Number}) = sqL2dist(a, b) / length(a)
function rmsd(a::AbstractArray{<:Number}, b::AbstractArray{<:Number}; normalize::Bool=false)
    v = sqrt(msd(a, b))
    normalize ? v / (maximum(a) - minimum(a)) : v
end
psnr(a::AbstractArray{<:Real}, b::AbstractArray{<:Real}, most::Real) = 20 * log10(most) - 10 * log10(msd(a, b))

# ---- Without the extremes

"The values without `count` of them, or the share `prop`, at each end; with those at the ends moved in."
trim(x; prop::Real=0.0, count::Integer=0) = ((low, high) = bounds(x, prop, count); (y for y in x if low <= y <= high))
winsor(x; prop::Real=0.0, count::Integer=0) = ((low, high) = bounds(x, prop, count); (clamp(y, low, high) for y in x))
trim!(x::AbstractVector; prop::Real=0.0, count::Integer=0) = ((low, high) = bounds(x, prop, count); filter!(y -> low <= y <= high, x))
winsor!(x::AbstractVector; prop::Real=0.0, count::Integer=0) = ((low, high) = bounds(x, prop, count); map!(y -> clamp(y, low, high), x, x))
function bounds(x, prop, count)
    n = length(x)
    k = left_out(n, prop, count)
    sorted = sort(collect(x))
    (sorted[k+1], sorted[n-k])
end
function left_out(n, prop, count)
    n > 0 || throw(ArgumentError("x can not be empty."))
    count == 0 || prop == 0 || throw(ArgumentError("prop and count can not both be > 0."))
    count == 0 && !(0 <= prop < 0.5) && throw(ArgumentError("prop must satisfy 0 ≤ prop < 0.5."))
    0 <= count < n / 2 || throw(ArgumentError("count must satisfy 0 ≤ count < length(x)/2."))
    count == 0 ? floor(Int64, n * prop) : Int64(count)
end
"The variance of the trimmed mean."
function trimvar(x; prop::Real=0.0, count::Integer=0)
    n = length(x)
    k = left_out(n, prop, count)
    var(winsor(x; count=k)) / (n * (1 - 2 * (count == 0 ? prop : count / n))^2)
end

# ---- Summaries

struct SummaryStats{T<:Union{AbstractFloat,Missing}}
    mean::T
    sd::T
    min::T
    q25::T
    median::T
    q75::T
    max::T
    nobs::Int
    nmiss::Int
end
function summarystats(a::AbstractArray{T}) where {T<:Union{Real,Missing}}
    v = collect(skipmissing(a))
    q = isempty(v) ? fill(NaN, 5) : quantile(v, [0.0, 0.25, 0.5, 0.75, 1.0])
    m, s = isempty(v) ? (NaN, NaN) : (mean(v), std(v))
    R = typeof(m)
    SummaryStats{R}(m, s, R(q[1]), R(q[2]), R(q[3]), R(q[4]), R(q[5]), length(a), length(a) - length(v))
end
function Base.show(io::IO, s::SummaryStats)
    print(io, "Summary Stats:\nLength:         ", s.nobs, "\n")
    s.nobs > 0 || return nothing
    print(io, "Missing Count:  ", s.nmiss, "\n")
    s.nmiss < s.nobs || return nothing
    for (name, x) in zip(SHOWN, (s.mean, s.sd, s.min, s.q25, s.median, s.q75, s.max))
        print(io, rpad(name * ":", 16), Printf.format(Printf.Format("%.6f"), x), "\n")
    end
end
const SHOWN = ("Mean", "Std. Deviation", "Minimum", "1st Quartile", "Median", "3rd Quartile", "Maximum")
describe(a) = describe(stdout, a)
describe(io::IO, a::AbstractArray{T}) where {T<:Union{Real,Missing}} = (show(io, summarystats(a)); println(io, "Type:           ", T))
describe(io::IO, a::AbstractArray) = println(io, "Summary Stats:\nLength:         ", length(a), "\nType:           ", eltype(a), "\nNumber Unique:  ", length(unique(a)))
end
