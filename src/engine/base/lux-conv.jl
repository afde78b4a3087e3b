# Lux: convolutions, pooling and what changes the size of pictures.
module Lux
import ..Flux: SamePad, each, padding, option_text

"A convolution; with `cross_correlation` the kernel is not flipped."
struct Conv{F,K<:Tuple,P<:Tuple,D<:Tuple,W,B,U,C} <: AbstractLuxLayer
    activation::F
    in_chs::Int64
    out_chs::Int64
    kernel_size::K
    stride::D
    pad::P
    dilation::D
    groups::Int64
    init_weight::W
    init_bias::B
    use_bias::Val{U}
    cross_correlation::Val{C}
end
function Conv(k::Tuple{Vararg{Integer}}, (in, out)::Pair{<:Integer,<:Integer}, σ=identity; init_weight=nothing, init_bias=nothing, stride=1, pad=0, dilation=1, groups=1, use_bias=true, cross_correlation=false)
    in % groups == 0 || throw(DimensionMismatch("Input channel dimension must be divisible by groups."))
    out % groups == 0 || throw(DimensionMismatch("Output channel dimension must be divisible by groups."))
    n = Val(length(k))
    Conv(σ, in, out, k, each(stride, n), padding(pad, k, dilation, stride), each(dilation, n), groups, init_weight, init_bias, Val(static(use_bias)), Val(static(cross_correlation)))
end
initialparameters(rng::AbstractRNG, c::Conv) = filter_and_bias(rng, c, (c.kernel_size..., c.in_chs ÷ c.groups, c.out_chs), c.out_chs)
function filter_and_bias(rng, c, sizes, channels)
    weight = initial_weight(rng, c.init_weight, c.activation, sizes...)
    static(c.use_bias) ? (; weight, bias=initial_bias(rng, c.init_bias, prod(c.kernel_size) * (c.in_chs ÷ c.groups), channels)) : (; weight)
end
parameterlength(c::Conv) = prod(c.kernel_size) * c.in_chs * c.out_chs ÷ c.groups + static(c.use_bias) * c.out_chs
statelength(::Conv) = 0
function (c::Conv)(x::AbstractArray, ps, st::NamedTuple)
    check_size(c, x, ndims(x) - 1, c.in_chs)
    y = NNlib.conv(x, ps.weight; stride=c.stride, pad=c.pad, dilation=c.dilation, groups=c.groups, flipped=static(c.cross_correlation))
    (c.activation.(with_channel_bias(y, ps, c.kernel_size, c.use_bias)), st)
end
with_channel_bias(y, ps, k, ::Val{false}) = y
with_channel_bias(y, ps, k, ::Val{true}) = y .+ reshape(ps.bias, map(_ -> 1, k)..., :, 1)
Base.show(io::IO, c::Conv) =
    print(io, "Conv(", c.kernel_size, ", ", c.in_chs, " => ", c.out_chs, activation_text(c.activation), shape_text(c), bias_text(c.use_bias), static(c.cross_correlation) ? ", cross_correlation=true" : "", ")")
shape_text(c) = string(option_text("pad", c.pad, 0), option_text("stride", c.stride, 1), option_text("dilation", c.dilation, 1), c.groups == 1 ? "" : ", groups=$(c.groups)")

"The adjoint of a convolution, from small pictures to large ones."
struct ConvTranspose{F,K<:Tuple,P<:Tuple,D<:Tuple,W,B,U,C} <: AbstractLuxLayer
    activation::F
    in_chs::Int64
    out_chs::Int64
    kernel_size::K
    stride::D
    pad::P
    outpad::D
    dilation::D
    groups::Int64
    init_weight::W
    init_bias::B
    use_bias::Val{U}
    cross_correlation::Val{C}
end
function ConvTranspose(k::Tuple{Vararg{Integer}}, (in, out)::Pair{<:Integer,<:Integer}, σ=identity; init_weight=nothing, init_bias=nothing, stride=1, pad=0, outpad=0, dilation=1, groups=1, use_bias=true, cross_correlation=false)
    in % groups == 0 && out % groups == 0 || throw(DimensionMismatch("Input and output channel dimensions must be divisible by groups."))
    n = Val(length(k))
    ConvTranspose(σ, in, out, k, each(stride, n), padding(pad, k, dilation, stride), each(outpad, n), each(dilation, n), groups, init_weight, init_bias, Val(static(use_bias)), Val(static(cross_correlation)))
end
initialparameters(rng::AbstractRNG, c::ConvTranspose) = filter_and_bias(rng, c, (c.kernel_size..., c.out_chs ÷ c.groups, c.in_chs), c.out_chs)
parameterlength(c::ConvTranspose) = prod(c.kernel_size) * c.in_chs * c.out_chs ÷ c.groups + static(c.use_bias) * c.out_chs
statelength(::ConvTranspose) = 0
function (c::ConvTranspose)(x::AbstractArray, ps, st::NamedTuple)
    n = length(c.kernel_size)
    check_size(c, x, n + 1, c.in_chs)
    both = Flux.on_both_sides(c.pad, c.stride)
    sizes = (Flux.kernel_size(x) .- 1) .* c.stride .+ 1 .+ (c.kernel_size .- 1) .* c.dilation .- both .+ c.outpad
    like = zeros(Float32, sizes..., c.out_chs, size(x, n + 2))
    d = NNlib.DenseConvDims(like, ps.weight; stride=c.stride, padding=c.pad, dilation=c.dilation, groups=c.groups, flipkernel=static(c.cross_correlation))
    (c.activation.(with_channel_bias(NNlib.∇conv_data(x, ps.weight, d), ps, c.kernel_size, c.use_bias)), st)
end
Base.show(io::IO, c::ConvTranspose) = print(io, "ConvTranspose(", c.kernel_size, ", ", c.in_chs, " => ", c.out_chs, activation_text(c.activation), shape_text(c), bias_text(c.use_bias), ")")

# ---- Pooling

abstract type Pool <: AbstractLuxLayer end
struct MaxPool{K<:Tuple,P<:Tuple} <: Pool
    kernel_size::K
    stride::K
    pad::P
    dilation::K
end
struct MeanPool{K<:Tuple,P<:Tuple} <: Pool
    kernel_size::K
    stride::K
    pad::P
    dilation::K
end
struct LPPool{K<:Tuple,P<:Tuple,T} <: Pool
    kernel_size::K
    stride::K
    pad::P
    dilation::K
    p::T
end
window(k, stride, pad, dilation) = (k, each(stride, Val(length(k))), padding(pad, k, dilation, stride), each(dilation, Val(length(k))))
MaxPool(k::Tuple{Vararg{Integer}}; stride=k, pad=0, dilation=1) = MaxPool(window(k, stride, pad, dilation)...)
MeanPool(k::Tuple{Vararg{Integer}}; stride=k, pad=0, dilation=1) = MeanPool(window(k, stride, pad, dilation)...)
LPPool(k::Tuple{Vararg{Integer}}; stride=k, pad=0, dilation=1, p=2) = LPPool(window(k, stride, pad, dilation)..., p)
(m::MaxPool)(x, ps, st::NamedTuple) = (NNlib.maxpool(x, m.kernel_size; m.pad, m.stride), st)
(m::MeanPool)(x, ps, st::NamedTuple) = (NNlib.meanpool(x, m.kernel_size; m.pad, m.stride), st)
(m::LPPool)(x, ps, st::NamedTuple) = (NNlib.lpnormpool(x, m.p, m.kernel_size; m.pad, m.stride), st)
Base.show(io::IO, m::Pool) = print(io, nameof(typeof(m)), "(", m.kernel_size, option_text("pad", m.pad, 0), m.stride == m.kernel_size ? "" : option_text("stride", m.stride, 0), ")")
struct GlobalMaxPool <: AbstractLuxLayer end
struct GlobalMeanPool <: AbstractLuxLayer end
struct GlobalLPPool{T} <: AbstractLuxLayer
    p::T
end
GlobalLPPool(; p=2) = GlobalLPPool(p)
(::GlobalMaxPool)(x::AbstractArray{T,N}, ps, st::NamedTuple) where {T,N} = (maximum(x; dims=ntuple(identity, Val(N - 2))), st)
(::GlobalMeanPool)(x::AbstractArray{T,N}, ps, st::NamedTuple) where {T,N} = (mean(x; dims=ntuple(identity, Val(N - 2))), st)
(g::GlobalLPPool)(x::AbstractArray{T,N}, ps, st::NamedTuple) where {T,N} = (sum(abs.(x) .^ g.p; dims=ntuple(identity, Val(N - 2))) .^ (1 / g.p), st)
"Pooling into pictures of a given size."
struct AdaptiveMaxPool{K<:Tuple} <: AbstractLuxLayer
    out_size::K
end
struct AdaptiveMeanPool{K<:Tuple} <: AbstractLuxLayer
    out_size::K
end
struct AdaptiveLPPool{K<:Tuple,T} <: AbstractLuxLayer
    out_size::K
    p::T
end
AdaptiveLPPool(out_size::Tuple; p=2) = AdaptiveLPPool(out_size, p)
(m::AdaptiveMaxPool)(x, ps, st::NamedTuple) = ((k, stride) = Flux.window(m.out_size, x); (NNlib.maxpool(x, k; stride), st))
(m::AdaptiveMeanPool)(x, ps, st::NamedTuple) = ((k, stride) = Flux.window(m.out_size, x); (NNlib.meanpool(x, k; stride), st))
(m::AdaptiveLPPool)(x, ps, st::NamedTuple) = ((k, stride) = Flux.window(m.out_size, x); (NNlib.lpnormpool(x, m.p, k; stride), st))
Base.show(io::IO, m::Union{AdaptiveMaxPool,AdaptiveMeanPool,AdaptiveLPPool}) = print(io, nameof(typeof(m)), "(", m.out_size, ")")

"Larger pictures: each place several times, or linear between places."
struct Upsample{M,S,Z} <: AbstractLuxLayer
    mode::Val{M}
    scale::S
    size::Z
end
function Upsample(mode::Symbol=:nearest; scale=nothing, size=nothing, align_corners=false)
    mode in (:nearest, :bilinear, :trilinear) || throw(ArgumentError("mode=:$mode is not supported."))
    (scale === nothing) == (size === nothing) && throw(ArgumentError("Either scale or size should be specified (but not both)."))
    Upsample(Val(mode), scale, size)
end
Upsample(scale, mode::Symbol=:nearest) = Upsample(mode; scale)
(u::Upsample)(x, ps, st::NamedTuple) = (Flux.enlarge(u.mode, x, u.scale, u.size), st)
"Channels become places."
PixelShuffle(r::Integer) = WrappedFunction(x -> NNlib.pixel_shuffle(x, r))
end
