# Tracker: what watched numbers and arrays are to the rest of the library.
module Tracker
import ..NNlib
import ..Statistics: mean, var, std, median

Base.convert(::Type{TrackedReal{T}}, x::TrackedReal{T}) where {T} = x
Base.convert(::Type{TrackedReal{T}}, x::Real) where {T} = param(convert(T, x))
Base.convert(::Type{TrackedReal{T}}, x::TrackedReal) where {T} = of_one(T, x)
TrackedReal{T}(x::Real) where {T} = convert(TrackedReal{T}, x)
Base.promote_rule(::Type{TrackedReal{S}}, ::Type{T}) where {S,T<:Real} = TrackedReal{promote_type(S, T)}
Base.promote_rule(::Type{TrackedReal{S}}, ::Type{TrackedReal{T}}) where {S,T} = TrackedReal{promote_type(S, T)}
Base.zero(::Type{TrackedReal{T}}) where {T} = param(zero(T))
Base.one(::Type{TrackedReal{T}}) where {T} = param(one(T))
Base.zero(x::TrackedReal) = zero(data(x))
Base.one(x::TrackedReal) = one(data(x))
Base.float(x::TrackedReal) = x
Base.float(::Type{TrackedReal{T}}) where {T} = TrackedReal{T}
Base.real(x::TrackedReal) = x
Base.copy(x::TrackedReal) = x
Base.eps(x::TrackedReal) = eps(data(x))
Base.eps(::Type{TrackedReal{T}}) where {T} = eps(T)
Base.rtoldefault(::Type{TrackedReal{T}}) where {T} = Base.rtoldefault(T)
Base.hash(x::TrackedReal, h::UInt) = hash(data(x), h)
Base.floor(x::TrackedReal) = floor(data(x))
Base.ceil(x::TrackedReal) = ceil(data(x))
Base.trunc(x::TrackedReal) = trunc(data(x))
Base.round(x::TrackedReal; options...) = round(data(x); options...)
Base.floor(::Type{I}, x::TrackedReal) where {I<:Integer} = floor(I, data(x))
Base.ceil(::Type{I}, x::TrackedReal) where {I<:Integer} = ceil(I, data(x))
Base.round(::Type{I}, x::TrackedReal) where {I<:Integer} = round(I, data(x))
Base.trunc(::Type{I}, x::TrackedReal) where {I<:Integer} = trunc(I, data(x))
Base.show(io::IO, x::TrackedReal) = (show(io, data(x)); print(io, " (tracked)"))

Base.:(==)(a::TrackedReal, b::TrackedReal) = data(a) == data(b)
Base.:(==)(a::TrackedReal, b::Real) = data(a) == b
Base.:(==)(a::Real, b::TrackedReal) = a == data(b)
Base.:(==)(a::TrackedReal, b::AbstractIrrational) = data(a) == b
Base.:(==)(a::AbstractIrrational, b::TrackedReal) = a == data(b)
Base.:<(a::TrackedReal, b::TrackedReal) = data(a) < data(b)
Base.:<(a::TrackedReal, b::Real) = data(a) < b
Base.:<(a::Real, b::TrackedReal) = a < data(b)
Base.:<=(a::TrackedReal, b::TrackedReal) = data(a) <= data(b)
Base.:<=(a::TrackedReal, b::Real) = data(a) <= b
Base.:<=(a::Real, b::TrackedReal) = a <= data(b)
Base.isless(a::TrackedReal, b::TrackedReal) = isless(data(a), data(b))
Base.isless(a::TrackedReal, b::Real) = isless(data(a), b)
Base.isless(a::Real, b::TrackedReal) = isless(a, data(b))
Base.isless(a::TrackedReal, b::AbstractFloat) = isless(data(a), b)
Base.isless(a::AbstractFloat, b::TrackedReal) = isless(a, data(b))
Base.isequal(a::TrackedReal, b::TrackedReal) = isequal(data(a), data(b))
Base.isequal(a::TrackedReal, b::Real) = isequal(data(a), b)
Base.isequal(a::Real, b::TrackedReal) = isequal(a, data(b))
Base.isapprox(a::TrackedReal, b::TrackedReal; options...) = isapprox(data(a), data(b); options...)
Base.isapprox(a::TrackedReal, b::Real; options...) = isapprox(data(a), b; options...)
Base.isapprox(a::Real, b::TrackedReal; options...) = isapprox(a, data(b); options...)
Base.isnan(x::TrackedReal) = isnan(data(x))
Base.isinf(x::TrackedReal) = isinf(data(x))
Base.isfinite(x::TrackedReal) = isfinite(data(x))
Base.isinteger(x::TrackedReal) = isinteger(data(x))
Base.iszero(x::TrackedReal) = iszero(data(x))
Base.isone(x::TrackedReal) = isone(data(x))
Base.signbit(x::TrackedReal) = signbit(data(x))

# ---- Arrays

Base.size(x::TrackedArray) = size(data(x))
Base.length(x::TrackedArray) = length(data(x))
Base.axes(x::TrackedArray) = axes(data(x))
Base.IndexStyle(::Type{<:TrackedArray}) = IndexLinear()
Base.getindex(x::TrackedArray, i::Int64) = whole(getindex, x, i)
Base.setindex!(x::TrackedArray, v, i...) = error("Can't differentiate `setindex!`")
Base.copyto!(x::TrackedArray, y) = error("Can't differentiate `setindex!`")
Base.fill!(x::TrackedArray, v) = error("Can't differentiate `setindex!`")
Base.materialize!(x::TrackedArray, b::Base.Broadcasted) = error("Can't differentiate `setindex!`")
Base.collect(x::TrackedArray) = x
Base.copy(x::TrackedArray) = x
Base.float(x::TrackedArray) = x
Base.similar(x::TrackedArray) = similar(data(x))
Base.similar(x::TrackedArray, ::Type{T}) where {T} = similar(data(x), T)
Base.similar(x::TrackedArray, dims::Union{Int64,Tuple}...) = similar(data(x), dims...)
Base.similar(x::TrackedArray, ::Type{T}, dims::Tuple) where {T} = similar(data(x), T, dims)
Base.zero(x::TrackedArray) = zero(data(x))
Base.:(==)(a::TrackedArray, b::TrackedArray) = data(a) == data(b)
Base.:(==)(a::TrackedArray, b::AbstractArray) = data(a) == b
Base.:(==)(a::AbstractArray, b::TrackedArray) = a == data(b)
Base.isapprox(a::TrackedArray, b::TrackedArray; options...) = isapprox(data(a), data(b); options...)
Base.isapprox(a::TrackedArray, b::AbstractArray; options...) = isapprox(data(a), data(b); options...)
Base.isapprox(a::AbstractArray, b::TrackedArray; options...) = isapprox(data(a), data(b); options...)
Base.summary(io::IO, x::TrackedArray) = (print(io, "Tracked "); summary(io, data(x)))
Base.show(io::IO, x::TrackedArray) = (show(io, data(x)); print(io, " (tracked)"))
Base.show(io::IO, kind::MIME"text/plain", x::TrackedArray) = (print(io, "Tracked "); show(io, kind, data(x)))

Base.map(f, x::TrackedArray) = f.(x)
Base.map(f, x::TrackedArray, y::AbstractArray) = f.(x, y)
Base.map(f, x::AbstractArray, y::TrackedArray) = f.(x, y)
Base.map(f, x::TrackedArray, y::TrackedArray) = f.(x, y)
with(f, options) = ReverseDiff.WithOptions(f, options)
reduced(f, x, ::Colon) = whole(f, x)
reduced(f, x, dims) = whole(with(f, (; dims)), x)
Base.maximum(x::TrackedArray; dims=:) = reduced(maximum, x, dims)
Base.minimum(x::TrackedArray; dims=:) = reduced(minimum, x, dims)
Base.sum(f, x::TrackedArray; dims=:) = sum(f.(x); dims)
mean(x::TrackedArray; dims=:) = reduced(mean, x, dims)
mean(f, x::TrackedArray; dims=:) = mean(f.(x); dims)
var(x::TrackedArray; options...) = whole(with(var, (; options...)), x)
std(x::TrackedArray; options...) = whole(with(std, (; options...)), x)
Base.selectdim(x::TrackedArray, d::Integer, k) = whole(selected, x, d, k)
selected(x, d, k) = copy(selectdim(x, d, k))
Base.cat(x::TrackedArray, rest::AbstractArray...; dims) = whole(with(cat, (; dims)), x, rest...)

# ---- Functions of NNlib that go through arrays element by element

NNlib.softmax(x::TrackedArray; dims=1) = whole(with(NNlib.softmax, (; dims)), x)
NNlib.logsoftmax(x::TrackedArray; dims=1) = whole(with(NNlib.logsoftmax, (; dims)), x)
NNlib.logsumexp(x::TrackedArray; dims=:) = whole(with(NNlib.logsumexp, (; dims)), x)
NNlib.conv(x::TrackedArray, w::TrackedArray; options...) = whole(with(NNlib.conv, (; options...)), x, w)
NNlib.conv(x::TrackedArray, w::AbstractArray; options...) = whole(with(NNlib.conv, (; options...)), x, w)
NNlib.conv(x::AbstractArray, w::TrackedArray; options...) = whole(with(NNlib.conv, (; options...)), x, w)
NNlib.maxpool(x::TrackedArray, window::Tuple; options...) = whole(with(NNlib.maxpool, (; options...)), x, window)
NNlib.meanpool(x::TrackedArray, window::Tuple; options...) = whole(with(NNlib.meanpool, (; options...)), x, window)
NNlib.batched_mul(x::TrackedArray, y::TrackedArray) = whole(NNlib.batched_mul, x, y)
NNlib.batched_mul(x::TrackedArray, y::AbstractArray) = whole(NNlib.batched_mul, x, y)
NNlib.batched_mul(x::AbstractArray, y::TrackedArray) = whole(NNlib.batched_mul, x, y)
end
