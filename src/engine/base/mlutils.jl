# MLUtils: observations of data, which stand along the last dimension, in batches and parts. Most is Flux's.
module MLUtils
using Random, Statistics
import ..Flux
import ..Flux: DataLoader, unsqueeze, flatten, batch, unbatch, unstack, chunk, batchseq, rpad_constant
export DataLoader, numobs, getobs, splitobs, shuffleobs, kfolds, eachobs, unsqueeze, flatten, batch, unbatch, unstack, chunk, batchseq, rpad_constant, zeros_like, ones_like, rand_like, randn_like, fill_like

"How many observations there are, and those of some numbers."
numobs(data) = Flux.observations(data)
numobs(data::Union{AbstractVector,AbstractRange}) = length(data)
getobs(data) = data
getobs(data, k) = Flux.chosen(data, k)
getobs(data::AbstractArray, k::Integer) = Flux.chosen_one(data, k)
getobs(data::AbstractVector, k::Integer) = data[k]
getobs(data::Union{Tuple,NamedTuple}, k::Integer) = map(x -> getobs(x, k), data)
eachobs(data; batchsize=nothing, options...) = batchsize === nothing ? [getobs(data, k) for k in 1:numobs(data)] : DataLoader(data; batchsize, options...)
"In another order; in two or more parts, of which `at` says the share of all but the last."
shuffleobs(data) = shuffleobs(Random.default_rng(), data)
shuffleobs(rng::AbstractRNG, data) = getobs(data, randperm(rng, numobs(data)))
splitobs(n::Integer; at) = parts(n, at)
splitobs(data::Union{AbstractArray,Tuple,NamedTuple}; at, shuffle::Bool=false) = (d = shuffled(data, shuffle); map(r -> getobs(d, r), parts(numobs(data), at)))
shuffled(data, shuffle) = shuffle ? shuffleobs(data) : data
parts(n, at::Real) = parts(n, (at,))
function parts(n, at::Tuple)
    ends = map(k -> at[k] isa Integer ? sum(at[1:k]) : clamp(round(Int, sum(at[1:k]) * n), 0, n), ntuple(identity, length(at)))
    map((a, b) -> a+1:b, (0, ends...), (ends..., n))
end
"Pairs of data for training and for validation."
kfolds(data; k::Integer=5) = [(getobs(data, setdiff(1:numobs(data), r)), getobs(data, collect(r))) for r in folds(numobs(data), k)]
folds(n, k) = (ends = [sum(n ÷ k + (j <= n % k) for j in 1:i) for i in 1:k]; [(i == 1 ? 1 : ends[i-1] + 1):ends[i] for i in 1:k])
"Arrays of the kind of another."
zeros_like(x, ::Type{T}=eltype(x), dims=size(x)) where {T} = fill!(similar(x, T, dims), 0)
ones_like(x, ::Type{T}=eltype(x), dims=size(x)) where {T} = fill!(similar(x, T, dims), 1)
fill_like(x, value, ::Type{T}=eltype(x), dims=size(x)) where {T} = fill!(similar(x, T, dims), value)
rand_like(x, ::Type{T}=eltype(x), dims=size(x)) where {T} = rand(T, dims)
randn_like(x, ::Type{T}=eltype(x), dims=size(x)) where {T} = randn(T, dims)
end
