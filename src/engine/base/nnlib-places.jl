# NNlib: arrays by places: borders, enlarging, gathering and scattering.
module NNlib
import ..Statistics: mean
export pad_zeros, pad_constant, pad_reflect, pad_repeat, pad_symmetric, pad_circular, upsample_nearest, upsample_linear, upsample_bilinear, pixel_shuffle, gather, gather!, scatter, scatter!

# ---- Borders: widths two for each dimension, or one for all that are padded

"`x` with a border of `value`."
function pad_constant(x::AbstractArray{T}, pad, value=0; dims=padded_dims(x, pad)) where {T}
    widths = pad isa Integer ? ntuple(_ -> pad, 2 * length(dims)) : pad
    low = [d in dims ? widths[2 * findfirst(==(d), collect(dims)) - 1] : 0 for d in 1:ndims(x)]
    high = [d in dims ? widths[2 * findfirst(==(d), collect(dims))] : 0 for d in 1:ndims(x)]
    y = fill(convert(T, value), ntuple(d -> size(x, d) + low[d] + high[d], ndims(x)))
    y[ntuple(d -> low[d]+1:low[d]+size(x, d), ndims(x))...] = x
    y
end
padded_dims(x, pad::Integer) = 1:max(ndims(x) - 2, 1)
padded_dims(x, pad) = 1:length(pad) ÷ 2
pad_zeros(x::AbstractArray, pad; dims=padded_dims(x, pad)) = pad_constant(x, pad, 0; dims)
"What stands at the places of a border: the ends, what is before them in reverse (without or with the ends), the other side."
pad_repeat(x::AbstractArray, pad; dims=padded_dims(x, pad)) = bordered(x, pad, dims, (i, n) -> clamp(i, 1, n))
pad_reflect(x::AbstractArray, pad; dims=padded_dims(x, pad)) = bordered(x, pad, dims, (i, n) -> i < 1 ? 2 - i : i > n ? 2n - i : i)
pad_symmetric(x::AbstractArray, pad; dims=padded_dims(x, pad)) = bordered(x, pad, dims, (i, n) -> i < 1 ? 1 - i : i > n ? 2n + 1 - i : i)
pad_circular(x::AbstractArray, pad; dims=padded_dims(x, pad)) = bordered(x, pad, dims, (i, n) -> mod1(i, n))
function bordered(x, pad, dims, at)
    for (k, d) in enumerate(dims)
        low, high = pad isa Integer ? (pad, pad) : pad[2k-1:2k]
        x = x[ntuple(i -> i == d ? [at(j, size(x, d)) for j in 1-low:size(x, d)+high] : collect(1:size(x, i)), ndims(x))...]
    end
    x
end

# ---- Enlarging

"Each place several times."
upsample_nearest(x::AbstractArray, scale::Tuple) = repeat(x; inner=ntuple(d -> d <= length(scale) ? scale[d] : 1, ndims(x)))
upsample_nearest(x::AbstractArray, scale::Integer) = upsample_nearest(x, ntuple(_ -> scale, ndims(x) - 2))
upsample_nearest(x::AbstractArray; size::Tuple) = x[ntuple(d -> d <= length(size) ? [cld(i * Base.size(x, d), size[d]) for i in 1:size[d]] : collect(1:Base.size(x, d)), ndims(x))...]
"Between places linearly, along the first dimensions; the corners stay corners, or with `align_corners = false` the outer edges stay edges."
upsample_linear(x::AbstractArray, scale; align_corners::Bool=true) = enlarged(x, new_sizes(x, scale), align_corners)
upsample_linear(x::AbstractArray; size, align_corners::Bool=true) = enlarged(x, Tuple(size), align_corners)
upsample_bilinear(x::AbstractArray{<:Any,4}, scale; align_corners::Bool=true) = enlarged(x, new_sizes(x, scale), align_corners)
upsample_bilinear(x::AbstractArray{<:Any,4}; size, align_corners::Bool=true) = enlarged(x, Tuple(size), align_corners)
new_sizes(x, scale::Real) = ntuple(d -> floor(Int, scale * size(x, d)), ndims(x) - 2)
new_sizes(x, scale::Tuple) = ntuple(d -> floor(Int, scale[d] * size(x, d)), length(scale))
enlarged(x, sizes, align) = foldl((y, d) -> stretched(y, d, sizes[d], align), 1:length(sizes); init=x)
function stretched(x, d, m, align)
    n = size(x, d)
    at(i) = align ? (m == 1 ? 0.0 : (i - 1) * (n - 1) / (m - 1)) : clamp((i - 0.5) * n / m - 0.5, 0, n - 1)
    low = [floor(Int, at(i)) + 1 for i in 1:m]
    weight = reshape([oftype(float(real(x[1])), at(i) - floor(at(i))) for i in 1:m], ntuple(k -> k == d ? m : 1, ndims(x)))
    (1 .- weight) .* selectdim(x, d, low) .+ weight .* selectdim(x, d, min.(low .+ 1, n))
end
"Channels become places: r of them along each dimension of space."
function pixel_shuffle(x::AbstractArray, r::Integer)
    d = ndims(x) - 2
    space, channels, batch = size(x)[1:d], size(x, d + 1), size(x, d + 2)
    channels % r^d == 0 || throw(ArgumentError("expected channel dimension to be divisible by r^d = $(r^d), where d=$d is the number of spatial dimensions. Given r=$r, input size(x) = $(size(x))"))
    apart = reshape(x, space..., ntuple(_ -> r, d)..., channels ÷ r^d, batch)
    order = ntuple(k -> isodd(k) ? d + (k + 1) ÷ 2 : k ÷ 2, 2d)
    reshape(permutedims(apart, (order..., 2d + 1, 2d + 2)), map(n -> n * r, space)..., channels ÷ r^d, batch)
end

# ---- Gathering and scattering: `idx` holds numbers, tuples or Cartesian indices of the last dimensions

all_of(n) = ntuple(_ -> Colon(), n)
place(i::Integer) = (i,)
place(i::Tuple) = i
place(i::CartesianIndex) = Tuple(i)
"What stands at the given places."
gather(src::AbstractArray, idx::AbstractArray{<:Integer}) = src[all_of(ndims(src) - 1)..., idx]
gather(src::AbstractArray{T,N}, idx::AbstractArray{<:Union{NTuple{N,Integer},CartesianIndex{N}}}) where {T,N} = map(i -> src[place(i)...], idx)
gather(src::AbstractArray, idx::AbstractArray) = stack(map(i -> src[all_of(ndims(src) - length(place(i)))..., place(i)...], idx))
gather(src::AbstractArray, i::AbstractVector{<:Integer}, rest::AbstractVector{<:Integer}...) = gather(src, collect(zip(i, rest...)))
gather!(dst::AbstractArray, src::AbstractArray, idx::AbstractArray) = copyto!(dst, gather(src, idx))
"Its opposite: what is combined by `op` at each place, beginning with `init`, or with what leaves others as they are."
function scatter(op, src::AbstractArray{T}, idx::AbstractArray; init=nothing, dstsize=nothing) where {T}
    sizes = dstsize === nothing ? (size(src)[1:ndims(src)-ndims(idx)]..., farthest(idx)...) : dstsize
    scatter!(op, fill(convert(T, init === nothing ? neutral(op, T) : init), sizes), src, idx)
end
farthest(idx) = foldl((a, b) -> max.(a, b), map(place, vec(idx)))
neutral(::Union{typeof(+),typeof(-),typeof(mean)}, ::Type{T}) where {T} = zero(T)
neutral(::Union{typeof(*),typeof(/)}, ::Type{T}) where {T} = one(T)
neutral(::typeof(max), ::Type{T}) where {T} = typemin(T)
neutral(::typeof(min), ::Type{T}) where {T} = typemax(T)
neutral(op, ::Type{T}) where {T} = throw(ArgumentError("scatter by $op needs `init`"))
"The same into memory that is there."
function scatter!(op, dst::AbstractArray, src::AbstractArray, idx::AbstractArray)
    below = ndims(src) - ndims(idx)
    for k in CartesianIndices(idx)
        to = place(idx[k])
        combine!(op, dst, all_of(below), to, src, Tuple(k))
    end
    dst
end
combine!(op, dst, ::Tuple{}, to, src, from) = (dst[to...] = op(dst[to...], src[from...]); nothing)
combine!(op, dst, all, to, src, from) = (dst[all..., to...] = op.(dst[all..., to...], src[all..., from...]); nothing)
function scatter!(::typeof(mean), dst::AbstractArray, src::AbstractArray, idx::AbstractArray)
    counts = scatter!(+, zero(dst), fill!(similar(src), 1), idx)
    dst .+= scatter!(+, zero(dst), src, idx) ./ max.(counts, 1)
end
end
