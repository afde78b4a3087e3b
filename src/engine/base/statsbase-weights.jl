# StatsBase: weights, and what is weighted.
module StatsBase
import ..LinearAlgebra
import ..Statistics
import ..Statistics: mean, var, std, cov, cor, median, quantile
export AbstractWeights, Weights, AnalyticWeights, FrequencyWeights, ProbabilityWeights, UnitWeights, weights, aweights, fweights, pweights, uweights, eweights,
    mean, mean!, var, std, cov, cor, median, quantile, wsum, wsum!, mean_and_var, mean_and_std, mean_and_cov, scattermat, middle, cov2cor, cor2cov, varm, stdm, median!, quantile!
import ..Statistics: mean!, middle, varm, stdm, median!, quantile!
public varcorrection

"A vector of weights, with its sum."
abstract type AbstractWeights{S<:Real,T<:Real,V<:AbstractVector{T}} <: AbstractVector{T} end
mutable struct Weights{S<:Real,T<:Real,V<:AbstractVector{T}} <: AbstractWeights{S,T,V}
    values::V
    sum::S
    Weights{S,T,V}(v, s) where {S,T,V} = new{S,T,V}(v, s)
end
mutable struct AnalyticWeights{S<:Real,T<:Real,V<:AbstractVector{T}} <: AbstractWeights{S,T,V}
    values::V
    sum::S
    AnalyticWeights{S,T,V}(v, s) where {S,T,V} = new{S,T,V}(v, s)
end
mutable struct FrequencyWeights{S<:Real,T<:Real,V<:AbstractVector{T}} <: AbstractWeights{S,T,V}
    values::V
    sum::S
    FrequencyWeights{S,T,V}(v, s) where {S,T,V} = new{S,T,V}(v, s)
end
mutable struct ProbabilityWeights{S<:Real,T<:Real,V<:AbstractVector{T}} <: AbstractWeights{S,T,V}
    values::V
    sum::S
    ProbabilityWeights{S,T,V}(v, s) where {S,T,V} = new{S,T,V}(v, s)
end
"Weights that are all one."
struct UnitWeights{T<:Real} <: AbstractWeights{Int64,T,Vector{T}}
    len::Int64
end
const Valued = Union{Weights,AnalyticWeights,FrequencyWeights,ProbabilityWeights}
Weights(v::AbstractVector{<:Real}, s::Real = finite_sum(v)) = Weights{typeof(s),eltype(v),typeof(v)}(v, s)
AnalyticWeights(v::AbstractVector{<:Real}, s::Real = finite_sum(v)) = AnalyticWeights{typeof(s),eltype(v),typeof(v)}(v, s)
FrequencyWeights(v::AbstractVector{<:Real}, s::Real = finite_sum(v)) = FrequencyWeights{typeof(s),eltype(v),typeof(v)}(v, s)
ProbabilityWeights(v::AbstractVector{<:Real}, s::Real = finite_sum(v)) = ProbabilityWeights{typeof(s),eltype(v),typeof(v)}(v, s)
function finite_sum(v)
    s = sum(v)
    isfinite(s) ? s : throw(ArgumentError("weights cannot contain Inf or NaN values"))
end
weights(v::AbstractVector{<:Real}) = Weights(v)
weights(v::AbstractArray{<:Real}) = Weights(vec(v))
weights(w::AbstractWeights) = w
aweights(v::AbstractArray{<:Real}) = AnalyticWeights(vec(v))
fweights(v::AbstractArray{<:Real}) = FrequencyWeights(vec(v))
pweights(v::AbstractArray{<:Real}) = ProbabilityWeights(vec(v))
uweights(n::Integer) = UnitWeights{Int64}(n)
uweights(::Type{T}, n::Integer) where {T<:Real} = UnitWeights{T}(n)
"Weights of times past: each step back takes the share λ."
eweights(t::AbstractArray{<:Integer}, λ::Real; scale::Bool=false) = weights(exponential(t, λ, maximum(t), scale))
eweights(n::Integer, λ::Real; scale::Bool=false) = eweights(1:n, λ; scale)
eweights(t::AbstractVector, r::AbstractRange, λ::Real; scale::Bool=false) = eweights([something(findfirst(==(x), r)) for x in t], λ; scale)
function exponential(t, λ, n, scale)
    0 < λ <= 1 || throw(ArgumentError("Smoothing factor must be between 0 and 1"))
    [(i > 0 || throw(ArgumentError("Time indices must be non-zero positive integers")); scale ? (1 - λ)^(n - i) : λ * (1 - λ)^(1 - i)) for i in t]
end

Base.size(w::Valued) = size(w.values)
Base.getindex(w::Valued, k::Int64) = w.values[k]
Base.__get(w::Valued, k::Int64) = Base.__get(w.values, k)
Base.setindex!(w::Valued, v, k::Int64) = (w.sum += v - w.values[k]; w.values[k] = v; w)
Base.sum(w::Valued) = w.sum
Base.convert(::Type{Vector}, w::Valued) = convert(Vector, w.values)
Base.copy(w::Weights) = Weights(copy(w.values), w.sum)
Base.copy(w::AnalyticWeights) = AnalyticWeights(copy(w.values), w.sum)
Base.copy(w::FrequencyWeights) = FrequencyWeights(copy(w.values), w.sum)
Base.copy(w::ProbabilityWeights) = ProbabilityWeights(copy(w.values), w.sum)
Base.size(w::UnitWeights) = (w.len,)
Base.sum(w::UnitWeights) = w.len
Base.getindex(w::UnitWeights{T}, k::Int64) where {T} = 1 <= k <= w.len ? one(T) : Base.__out_of_bounds(w, k)
values_of(w::Valued) = w.values
values_of(w) = w

# ---- Sums and means

same_length(n, m) = n == m || throw(DimensionMismatch("Inconsistent array dimension."))
"The weighted sum, of all or along one axis."
wsum(v::AbstractArray, w::AbstractVector) = (same_length(length(v), length(w)); LinearAlgebra.dot(vec(v), values_of(w)))
wsum(a::AbstractArray, w::AbstractVector, ::Colon) = wsum(a, w)
wsum(a::AbstractArray, w::AbstractVector, dim::Int) = (same_length(size(a, dim), length(w)); sum(a .* along(values_of(w), ndims(a), dim); dims=dim))
wsum!(out::AbstractArray, a::AbstractArray, w::AbstractVector, dim::Int; init::Bool=true) = out .= wsum(a, w, dim) .+ (init ? zero(eltype(out)) : out)
along(w, n, dim) = reshape(collect(w), ntuple(d -> d == dim ? length(w) : 1, n))
Base.sum(a::AbstractArray, w::AbstractWeights; dims::Union{Colon,Int}=:) = wsum(a, w, dims)
Statistics.mean(a::AbstractArray, w::AbstractWeights; dims::Union{Colon,Int}=:) = wsum(a, w, dims) ./ sum(w)
Statistics.mean(a::AbstractArray, w::UnitWeights; dims::Union{Colon,Int}=:) = (same_units(a, w, dims); mean(a; dims))
Statistics.mean(f, a::AbstractArray, w::AbstractWeights; dims::Union{Colon,Int}=:) = mean(map(f, a), w; dims)
same_units(a, w, ::Colon) = same_length(length(a), length(w))
same_units(a, w, dim) = same_length(size(a, dim), length(w))

# ---- Variances

"What the sum of weighted squares is multiplied by."
varcorrection(n::Integer, corrected::Bool=false) = 1 / (n - Int(corrected))
varcorrection(w::Weights, corrected::Bool=false) = corrected ?
    throw(ArgumentError("Weights type does not support bias correction: use FrequencyWeights, AnalyticWeights or ProbabilityWeights if applicable.")) : 1 / w.sum
varcorrection(w::AnalyticWeights, corrected::Bool=false) = corrected ? 1 / (w.sum * (1 - sum(x -> abs2(x / w.sum), w.values))) : 1 / w.sum
varcorrection(w::FrequencyWeights, corrected::Bool=false) = 1 / (w.sum - Int(corrected))
function varcorrection(w::ProbabilityWeights, corrected::Bool=false)
    corrected || return 1 / w.sum
    n = count(!iszero, w.values)
    n / (w.sum * (n - 1))
end
varcorrection(w::UnitWeights, corrected::Bool=false) = 1 / (w.len - Int(corrected))
uncorrected(::Nothing) = false
uncorrected(c::Bool) = c
about(::Nothing, a, w, dim) = mean(a, w; dims=dim)
about(m, a, w, dim) = m
Statistics.var(a::AbstractArray{<:Real}, w::AbstractWeights; mean=nothing, corrected::Union{Bool,Nothing}=nothing) =
    variance(a, w, about(mean, a, w, :), uncorrected(corrected))
Statistics.var(a::AbstractArray{<:Real}, w::AbstractWeights, dim::Int; mean=nothing, corrected::Union{Bool,Nothing}=nothing) =
    wsum(abs2.(a .- about(mean, a, w, dim)), w, dim) .* varcorrection(w, uncorrected(corrected))
variance(a, w, m, corrected) = wsum(map(x -> abs2(x - m), a), w) * varcorrection(w, corrected)
Statistics.varm(a::AbstractArray{<:Real}, w::AbstractWeights, m::Real; corrected::Union{Bool,Nothing}=nothing) = variance(a, w, m, uncorrected(corrected))
Statistics.std(a::AbstractArray{<:Real}, w::AbstractWeights; options...) = sqrt(var(a, w; options...))
Statistics.std(a::AbstractArray{<:Real}, w::AbstractWeights, dim::Int; options...) = sqrt.(var(a, w, dim; options...))
Statistics.stdm(a::AbstractArray{<:Real}, w::AbstractWeights, m::Real; options...) = sqrt(varm(a, w, m; options...))
mean_and_var(x; corrected::Bool=true) = (mean(x), var(x; corrected))
mean_and_std(x; corrected::Bool=true) = (mean(x), std(x; corrected))
mean_and_var(x::AbstractArray, dim::Int; corrected::Bool=true) = (mean(x; dims=dim), var(x; dims=dim, corrected))
mean_and_std(x::AbstractArray, dim::Int; corrected::Bool=true) = (mean(x; dims=dim), std(x; dims=dim, corrected))
mean_and_var(x::AbstractArray, w::AbstractWeights; corrected=nothing) = (mean(x, w), var(x, w; corrected))
mean_and_std(x::AbstractArray, w::AbstractWeights; corrected=nothing) = (mean(x, w), std(x, w; corrected))
mean_and_var(x::AbstractArray, w::AbstractWeights, dim::Int; corrected=nothing) = (mean(x, w; dims=dim), var(x, w, dim; corrected))
mean_and_std(x::AbstractArray, w::AbstractWeights, dim::Int; corrected=nothing) = (mean(x, w; dims=dim), std(x, w, dim; corrected))

# ---- Covariances

"Sums of products of deviations from the mean."
scattermat(x::AbstractMatrix; mean=nothing, dims::Int=1) = scatter(x .- (mean === nothing ? Statistics.mean(x; dims) : mean), dims)
scattermat(x::AbstractMatrix, w::AbstractWeights; mean=nothing, dims::Int=1) = weighted_scatter(x .- about(mean, x, w, dims), w, dims)
scatter(z, dims) = dims == 1 ? z'z : z * z'
weighted_scatter(z, w, dims) = dims == 1 ? z' * (z .* collect(w)) : (z .* collect(w)') * z'
Statistics.cov(x::AbstractMatrix, w::AbstractWeights, dims::Int=1; mean=nothing, corrected::Union{Bool,Nothing}=nothing) =
    scattermat(x, w; mean, dims) .* varcorrection(w, uncorrected(corrected))
function Statistics.cor(x::AbstractMatrix, w::AbstractWeights, dims::Int=1)
    c = cov(x, w, dims; corrected=false)
    cov2cor(c, sqrt.(LinearAlgebra.diag(c)))
end
mean_and_cov(x::AbstractMatrix, dims::Int=1; corrected::Bool=true) = (mean(x; dims), cov(x; dims, corrected))
mean_and_cov(x::AbstractMatrix, w::AbstractWeights, dims::Int=1; corrected=nothing) = (mean(x, w; dims), cov(x, w, dims; corrected))
cov2cor(c::AbstractMatrix, s::AbstractVector = sqrt.(LinearAlgebra.diag(c))) = [i == j ? one(c[i, j] / s[i]) : c[i, j] / (s[i] * s[j]) for i in axes(c, 1), j in axes(c, 2)]
cor2cov(c::AbstractMatrix, s::AbstractVector) = c .* (s * s')

# ---- Quantiles

"The value below which the share `p` of the weight lies."
Statistics.quantile(v::AbstractVector{<:Real}, w::AbstractWeights, p::AbstractVector{<:Real}) = (checked(v, w, p); [weighted_quantile(v, w, q) for q in p])
Statistics.quantile(v::AbstractVector{<:Real}, w::AbstractWeights, p::Number) = (checked(v, w, (p,)); weighted_quantile(v, w, p))
Statistics.quantile(v::AbstractVector{<:Real}, w::UnitWeights, p::AbstractVector{<:Real}) = (same_length(length(v), length(w)); quantile(v, p))
Statistics.quantile(v::AbstractVector{<:Real}, w::UnitWeights, p::Number) = (same_length(length(v), length(w)); quantile(v, p))
Statistics.median(v::AbstractVector{<:Real}, w::AbstractWeights) = quantile(v, w, 0.5)
function checked(v, w, p)
    isempty(v) && throw(ArgumentError("quantile of an empty array is undefined"))
    isempty(p) && throw(ArgumentError("empty quantile array"))
    all(x -> 0 <= x <= 1, p) || throw(ArgumentError("input probability out of [0,1] range"))
    sum(w) == 0 && throw(ArgumentError("weight vector cannot sum to zero"))
    length(v) == length(w) || throw(ArgumentError("data and weight vectors must be the same size, got $(length(v)) and $(length(w))"))
    any(x -> x < 0, w) && throw(ArgumentError("weight vector cannot contain negative entries"))
    w isa FrequencyWeights && !all(isinteger, w) &&
        throw(ArgumentError("The values of the vector of `FrequencyWeights` must be numerically equal to integers. Use `ProbabilityWeights` or `AnalyticWeights` instead."))
end
"Between the values in order, at the place that the share of the weight says; frequencies are so many equal values."
function weighted_quantile(v, w, p)
    any(isnan, v) && return v[findfirst(isnan, v)] / 1
    order = sort(filter(k -> !iszero(w[k]), 1:length(v)); by=k -> (v[k], w[k]))
    step = w isa FrequencyWeights ? one(sum(w)) : w[order[1]]
    h = p * (sum(w) - step) + step
    before = zero(sum(w))
    below = zero(v[1])
    for k in order
        after = before + w[k]
        after > h && return below + (w isa FrequencyWeights ? min(h - before, 1) : (h - before) / (after - before)) * (v[k] - below)
        before, below = after, v[k]
    end
    v[order[end]] / 1
end
end
