# Flux: how weights begin.
module Flux

"The numbers of inputs and outputs of a weight of this size."
nfan() = (1, 1)
nfan(n::Integer) = (1, n)
nfan(out::Integer, in::Integer) = (in, out)
nfan(dims::Tuple) = nfan(dims...)
nfan(dims::Integer...) = (prod(dims[1:end-2]) .* (dims[end-1], dims[end]))

"Uniform and normal numbers whose spread is that of Glorot and Bengio, of He, or of LeCun."
glorot_uniform(rng::AbstractRNG, dims::Integer...; gain=1) = (rand(rng, Float32, dims...) .- 0.5f0) .* Float32(gain * sqrt(24 / sum(nfan(dims...))))
glorot_normal(rng::AbstractRNG, dims::Integer...; gain=1) = randn(rng, Float32, dims...) .* Float32(gain * sqrt(2 / sum(nfan(dims...))))
kaiming_uniform(rng::AbstractRNG, dims::Integer...; gain=sqrt(2)) = (2 .* rand(rng, Float32, dims...) .- 1) .* Float32(sqrt(3) * gain / sqrt(first(nfan(dims...))))
kaiming_normal(rng::AbstractRNG, dims::Integer...; gain=sqrt(2)) = randn(rng, Float32, dims...) .* Float32(gain / sqrt(first(nfan(dims...))))
lecun_normal(rng::AbstractRNG, dims::Integer...) = truncated_normal(rng, dims...; std=1 / sqrt(first(nfan(dims...))) / 0.87962566103423978)
"Normal numbers between two bounds."
function truncated_normal(rng::AbstractRNG, dims::Integer...; mean=0, std=1, lo=-2, hi=2)
    inside() = (z = randn(rng); while !(lo <= z <= hi) z = randn(rng) end; z)
    Float32[mean + std * inside() for _ in CartesianIndices(dims)]
end
"A matrix with orthonormal rows or columns, whichever are fewer, and one of its kind for each entry of the first dimensions."
function orthogonal(rng::AbstractRNG, rows::Integer, cols::Integer; gain=1)
    rows < cols && return permutedims(orthogonal(rng, cols, rows; gain))
    Q, R = qr(randn(rng, Float32, rows, cols))
    Float32(gain) .* (Matrix(Q) .* sign.(diag(R))')
end
function orthogonal(rng::AbstractRNG, d1::Integer, d2::Integer, d3::Integer, dims::Integer...; gain=1)
    dims = (d1, d2, d3, dims...)
    reshape(orthogonal(rng, prod(dims[1:end-1]), dims[end]; gain), dims)
end
"Normal numbers, and a share of zeros in each column."
function sparse_init(rng::AbstractRNG, rows::Integer, cols::Integer; sparsity, std=0.01)
    zeroed = min(1.0, ceil(sparsity * rows) / rows)
    out = randn(rng, Float32, rows, cols) .* Float32(std)
    out[1:ceil(Int, zeroed * rows), :] .= 0
    mapslices(column -> shuffle(rng, column), out; dims=1)
end
"The identity as a weight: of a matrix, or in the middle of a kernel."
identity_init(rng::AbstractRNG, dims::Integer...; kws...) = identity_init(dims...; kws...)
identity_init(n::Integer; gain=1) = zeros32(n)
identity_init(out::Integer, in::Integer; gain=1, shift=0) = Float32[i == j + shift ? gain : 0 for i in 1:out, j in 1:in]
function identity_init(d1::Integer, d2::Integer, d3::Integer, dims::Integer...; gain=1)
    dims = (d1, d2, d3, dims...)
    weight = zeros32(dims...)
    for k in 1:min(dims[end-1], dims[end])
        weight[map(n -> cld(n, 2), dims[1:end-2])..., k, k] = gain
    end
    weight
end
zeros32(dims::Integer...) = zeros(Float32, dims...)
ones32(dims::Integer...) = ones(Float32, dims...)
rand32(dims::Integer...) = rand(Float32, dims...)
randn32(dims::Integer...) = randn(Float32, dims...)
zeros32(::AbstractRNG, dims::Integer...) = zeros32(dims...)
ones32(::AbstractRNG, dims::Integer...) = ones32(dims...)
rand32(rng::AbstractRNG, dims::Integer...) = rand(rng, Float32, dims...)
randn32(rng::AbstractRNG, dims::Integer...) = randn(rng, Float32, dims...)

# Without sizes, a function of them.
glorot_uniform(dims::Integer...; kws...) = with_default(glorot_uniform, dims, kws)
glorot_normal(dims::Integer...; kws...) = with_default(glorot_normal, dims, kws)
kaiming_uniform(dims::Integer...; kws...) = with_default(kaiming_uniform, dims, kws)
kaiming_normal(dims::Integer...; kws...) = with_default(kaiming_normal, dims, kws)
lecun_normal(dims::Integer...; kws...) = with_default(lecun_normal, dims, kws)
truncated_normal(dims::Integer...; kws...) = with_default(truncated_normal, dims, kws)
orthogonal(dims::Integer...; kws...) = with_default(orthogonal, dims, kws)
sparse_init(dims::Integer...; kws...) = with_default(sparse_init, dims, kws)
with_default(init, ::Tuple{}, kws) = (dims::Integer...; more...) -> init(Random.default_rng(), dims...; kws..., more...)
with_default(init, dims::Tuple, kws) = init(Random.default_rng(), dims...; kws...)

end
