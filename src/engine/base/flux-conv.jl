# Flux: convolutions, pooling and what changes the size of pictures.
module Flux

each(n::Integer, ::Val{N}) where {N} = ntuple(_ -> n, N)
each(t::Tuple, ::Val) = t
"Padding so that the size stays, or is divided by the stride."
struct SamePad end
padding(pad, k, dilation, stride) = each(pad, Val(length(k)))
function padding(::SamePad, k, dilation, stride)
    whole = map((n, d) -> (n - 1) * d, k, each(dilation, Val(length(k))))
    reduce((a, b) -> (a..., b...), map(n -> (cld(n, 2), fld(n, 2)), whole))
end
kernel_size(weight) = Base.front(Base.front(size(weight)))
by_channel(bias::Bool, sizes) = bias
by_channel(bias, sizes) = reshape(bias, map(_ -> 1, sizes)..., :, 1)
"An option as a layer shows it: a number for equal numbers, nothing for its default."
option_text(name, t, default) = all(==(default), t) ? "" : string(", ", name, "=", all(==(first(t)), t) ? first(t) : t)
options_text(c) = string(option_text("pad", c.pad, 0), option_text("stride", c.stride, 1), option_text("dilation", c.dilation, 1), c.groups == 1 ? "" : ", groups=$(c.groups)", c.bias === false ? ", bias=false" : "")

struct Conv{N,M,F,W<:AbstractArray,B}
    σ::F
    weight::W
    bias::B
    stride::NTuple{N,Int64}
    pad::NTuple{M,Int64}
    dilation::NTuple{N,Int64}
    groups::Int64
end
function Conv(weight::AbstractArray, bias::Union{Bool,AbstractArray}=true, σ=identity; stride=1, pad=0, dilation=1, groups=1)
    k = kernel_size(weight)
    n = Val(length(k))
    Conv(σ, weight, create_bias(weight, bias, size(weight, ndims(weight))), each(stride, n), padding(pad, k, dilation, stride), each(dilation, n), groups)
end
Conv(k::Tuple, p::Pair{<:Integer,<:Integer}, σ=identity; init=glorot_uniform, groups=1, bias=true, kws...) = Conv(convfilter(k, p; init, groups), bias, σ; groups, kws...)
function convfilter(k::Tuple, (in, out)::Pair; init=glorot_uniform, groups=1)
    in % groups == 0 && out % groups == 0 || throw(DimensionMismatch("the numbers of channels ($in and $out) must be divisible by groups=$groups"))
    init(k..., in ÷ groups, out)
end
function (c::Conv)(x::AbstractArray)
    n = ndims(c.weight)
    check_size(c, x, n - 1, size(c.weight, n - 1) * c.groups)
    c.σ.(plus(conv(alike(c.weight, x), c.weight; stride=c.stride, pad=c.pad, dilation=c.dilation, groups=c.groups), by_channel(c.bias, kernel_size(c.weight))))
end
Base.show(io::IO, c::Conv) = (w = size(c.weight); print(io, "Conv(", w[1:end-2], ", ", w[end-1] * c.groups, " => ", w[end], activation_text(c.σ), options_text(c), ")"))
"A convolution of each channel by itself."
DepthwiseConv(k::Tuple, p::Pair{<:Integer,<:Integer}, σ=identity; kws...) = Conv(k, p, σ; groups=p.first, kws...)

"A convolution whose kernel is not flipped."
struct CrossCor{C}
    conv::C
end
CrossCor(args...; kws...) = CrossCor(Conv(args...; kws...))
function (c::CrossCor)(x::AbstractArray)
    k = getfield(c, :conv)
    k.σ.(plus(conv(alike(k.weight, x), k.weight; stride=k.stride, pad=k.pad, dilation=k.dilation, groups=k.groups, flipped=true), by_channel(k.bias, kernel_size(k.weight))))
end
Base.getproperty(c::CrossCor, name::Symbol) = getproperty(getfield(c, :conv), name)
Base.show(io::IO, c::CrossCor) = print(io, replace(string(getfield(c, :conv)), "Conv(" => "CrossCor("))

"The adjoint of a convolution, from small pictures to large ones."
struct ConvTranspose{N,M,F,W<:AbstractArray,B}
    σ::F
    weight::W
    bias::B
    stride::NTuple{N,Int64}
    pad::NTuple{M,Int64}
    outpad::NTuple{N,Int64}
    dilation::NTuple{N,Int64}
    groups::Int64
end
function ConvTranspose(weight::AbstractArray, bias::Union{Bool,AbstractArray}=true, σ=identity; stride=1, pad=0, outpad=0, dilation=1, groups=1)
    k = kernel_size(weight)
    n = Val(length(k))
    b = create_bias(weight, bias, size(weight, ndims(weight) - 1) * groups)
    ConvTranspose(σ, weight, b, each(stride, n), padding(pad, k, dilation, stride), each(outpad, n), each(dilation, n), groups)
end
ConvTranspose(k::Tuple, p::Pair{<:Integer,<:Integer}, σ=identity; init=glorot_uniform, groups=1, bias=true, kws...) =
    ConvTranspose(convfilter(k, p.second => p.first; init, groups), bias, σ; groups, kws...)
on_both_sides(pad::NTuple{N}, ::NTuple{N}) where {N} = 2 .* pad
on_both_sides(pad, ::NTuple{N}) where {N} = ntuple(k -> pad[2k-1] + pad[2k], Val(N))
function (c::ConvTranspose)(x::AbstractArray)
    n = ndims(c.weight) - 2
    check_size(c, x, n + 1, size(c.weight, n + 2))
    both = on_both_sides(c.pad, c.stride)
    sizes = (kernel_size(x) .- 1) .* c.stride .+ 1 .+ (kernel_size(c.weight) .- 1) .* c.dilation .- both .+ c.outpad
    like = zeros(eltype(c.weight), sizes..., size(c.weight, n + 1) * c.groups, size(x, n + 2))
    d = DenseConvDims(like, c.weight; stride=c.stride, padding=c.pad, dilation=c.dilation, groups=c.groups)
    c.σ.(plus(NNlib.∇conv_data(alike(c.weight, x), c.weight, d), by_channel(c.bias, kernel_size(c.weight))))
end
Base.show(io::IO, c::ConvTranspose) = (w = size(c.weight); print(io, "ConvTranspose(", w[1:end-2], ", ", w[end], " => ", w[end-1] * c.groups, activation_text(c.σ), options_text(c), ")"))

struct MaxPool{N,M}
    k::NTuple{N,Int64}
    pad::NTuple{M,Int64}
    stride::NTuple{N,Int64}
end
MaxPool(k::Tuple; pad=0, stride=k) = MaxPool(k, padding(pad, k, 1, stride), each(stride, Val(length(k))))
(m::MaxPool)(x) = maxpool(x, m.k; pad=m.pad, stride=m.stride)
struct MeanPool{N,M}
    k::NTuple{N,Int64}
    pad::NTuple{M,Int64}
    stride::NTuple{N,Int64}
end
MeanPool(k::Tuple; pad=0, stride=k) = MeanPool(k, padding(pad, k, 1, stride), each(stride, Val(length(k))))
(m::MeanPool)(x) = meanpool(x, m.k; pad=m.pad, stride=m.stride)
pool_text(m) = string(m.k, option_text("pad", m.pad, 0), m.stride == m.k ? "" : ", stride=$(all(==(first(m.stride)), m.stride) ? first(m.stride) : m.stride)")
Base.show(io::IO, m::MaxPool) = print(io, "MaxPool(", pool_text(m), ")")
Base.show(io::IO, m::MeanPool) = print(io, "MeanPool(", pool_text(m), ")")
struct GlobalMaxPool end
struct GlobalMeanPool end
(::GlobalMaxPool)(x::AbstractArray{T,N}) where {T,N} = maximum(x; dims=ntuple(identity, Val(N - 2)))
(::GlobalMeanPool)(x::AbstractArray{T,N}) where {T,N} = mean(x; dims=ntuple(identity, Val(N - 2)))
"Pooling into pictures of a given size."
struct AdaptiveMaxPool{K}
    out::K
end
struct AdaptiveMeanPool{K}
    out::K
end
function window(out, x)
    stride = kernel_size(x) .÷ out
    (kernel_size(x) .- (out .- 1) .* stride, stride)
end
(m::AdaptiveMaxPool)(x) = ((k, stride) = window(m.out, x); maxpool(x, k; stride))
(m::AdaptiveMeanPool)(x) = ((k, stride) = window(m.out, x); meanpool(x, k; stride))

struct Upsample{S,Z}
    mode::Symbol
    scale::S
    size::Z
end
Upsample(mode::Symbol=:nearest; scale=nothing, size=nothing) =
    mode in (:nearest, :bilinear, :trilinear) ? ((scale === nothing) == (size === nothing) ? throw(ArgumentError("Either scale or size should be specified (but not both).")) : Upsample(mode, scale, size)) :
    throw(ArgumentError("mode=:$mode is not supported."))
Upsample(scale, mode::Symbol=:nearest) = Upsample(mode; scale)
enlarge(::Val{:nearest}, x, ::Nothing, size) = NNlib.upsample_nearest(x; size)
enlarge(::Val{:nearest}, x, scale, ::Nothing) = NNlib.upsample_nearest(x, scale)
enlarge(::Val, x, ::Nothing, size) = NNlib.upsample_linear(x; size)
enlarge(::Val, x, scale, ::Nothing) = NNlib.upsample_linear(x, scale)
(u::Upsample)(x) = enlarge(Val(u.mode), x, u.scale, u.size)
struct PixelShuffle
    r::Int64
end
(p::PixelShuffle)(x) = NNlib.pixel_shuffle(x, p.r)
"Of each sample, all in one column."
flatten(x::AbstractArray) = reshape(x, :, size(x, ndims(x)))
flatten(x::AbstractVector) = reshape(x, :, 1)

end
