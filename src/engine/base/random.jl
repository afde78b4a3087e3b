# Random numbers. One generator serves every program; its sequence is not that of Julia's.

abstract type AbstractRNG end
"The program's generator."
struct TaskLocalRNG <: AbstractRNG end
default_rng() = TaskLocalRNG()

rand() = Intrinsics.rng_uniform()
randn() = Intrinsics.rng_normal()
randexp() = -log(1.0 - rand())
rand(::Type{Float64}) = rand()
rand(::Type{T}) where {T<:NarrowFloat} = T(rand())
rand(::Type{Bool}) = rand() < 0.5
rand(::Type{T}) where {T<:SmallInt} = T(typemin(T) + floor(Int64, rand() * 2.0^__bits(T)))
rand(::Type{T}) where {T<:Union{Int64,UInt64}} = floor(T, rand() * 2.0^53)
rand(::Type{T}, dims::Integer...) where {T<:Union{Int64,UInt64}} = __drawn(() -> rand(T), T, dims)
rand(::Type{Complex{T}}) where {T} = Complex(rand(T), rand(T))
randn(::Type{Float64}) = randn()
randn(::Type{T}) where {T<:NarrowFloat} = T(randn())
randn(::Type{Complex{T}}) where {T} = Complex(T(randn() * 0.7071067811865476), T(randn() * 0.7071067811865476))
"A random element, or an array of them."
rand(a::Union{AbstractArray,Tuple}) = isempty(a) ? __argument_error("collection must be non-empty") : __item(a, floor(Int64, rand() * length(a)))
rand(s::AbstractSet) = __item(s, floor(Int64, rand() * length(s)))
rand(s::String) = __item(s, floor(Int64, rand() * length(s)))
rand(dims::Integer...) = __drawn(() -> rand(), Float64, dims)
rand(::Type{T}, dims::Integer...) where {T} = __drawn(() -> rand(T), T, dims)
rand(::Type{T}, dims::Tuple) where {T} = __drawn(() -> rand(T), T, dims)
rand(a::Union{AbstractArray,Tuple}, dims::Integer...) = __drawn(() -> rand(a), eltype(a), dims)
rand(a::Union{AbstractArray,Tuple}, dims::Tuple) = __drawn(() -> rand(a), eltype(a), dims)
randn(dims::Integer...) = __drawn(() -> randn(), Float64, dims)
randn(dims::Tuple) = __drawn(() -> randn(), Float64, dims)
randn(::Type{T}, dims::Integer...) where {T} = __drawn(() -> randn(T), T, dims)
randexp(dims::Integer...) = __drawn(() -> randexp(), Float64, dims)
rand(rng::AbstractRNG, xs...) = rand(xs...)
randn(rng::AbstractRNG, xs...) = randn(xs...)
randexp(rng::AbstractRNG, xs...) = randexp(xs...)
function __drawn(draw, ::Type{T}, dims) where {T}
    out = Array{T}(undef, dims)
    for k in 1:length(out)
        __array_set(out, draw(), k)
    end
    out
end
function rand!(a::AbstractArray{T}) where {T}
    for k in 1:length(a)
        __set(a, rand(T), k)
    end
    a
end
function randn!(a::AbstractArray{T}) where {T}
    for k in 1:length(a)
        __set(a, randn(T), k)
    end
    a
end
rand!(rng::AbstractRNG, a::AbstractArray) = rand!(a)
randn!(rng::AbstractRNG, a::AbstractArray) = randn!(a)

module Random
export seed!, rand!, randn!, randexp, shuffle, shuffle!, randperm, randsubseq, randstring,
    MersenneTwister, Xoshiro, AbstractRNG, TaskLocalRNG, default_rng, bitrand
const AbstractRNG = Base.AbstractRNG
const TaskLocalRNG = Base.TaskLocalRNG
import Base: default_rng, rand!, randn!, randexp

"Starts the sequence of random numbers anew."
seed!(n::Integer) = (Intrinsics.rng_seed(Int64(n)); Base.TaskLocalRNG())
seed!() = Base.TaskLocalRNG()
seed!(rng::Base.AbstractRNG, n::Integer) = (Intrinsics.rng_seed(Int64(n)); rng)
"Generators by name; all share the program's sequence, which making one restarts."
struct MersenneTwister <: Base.AbstractRNG
    seed::Int64
    MersenneTwister(n::Integer) = (Intrinsics.rng_seed(Int64(n)); new(Int64(n)))
end
struct Xoshiro <: Base.AbstractRNG
    seed::Int64
    Xoshiro(n::Integer) = (Intrinsics.rng_seed(Int64(n)); new(Int64(n)))
end
MersenneTwister() = MersenneTwister(0)
Xoshiro() = Xoshiro(0)
"The elements in random order (Fisher and Yates)."
shuffle(a) = shuffle!(collect(a))
shuffle(rng::Base.AbstractRNG, a) = shuffle(a)
function shuffle!(a::AbstractArray)
    n = length(a)
    for k in 0:n-2
        i = n - k
        j = 1 + floor(Int64, rand() * i)
        x = a[i]
        a[i] = a[j]
        a[j] = x
    end
    a
end
shuffle!(rng::Base.AbstractRNG, a::AbstractArray) = shuffle!(a)
randperm(n::Integer) = shuffle!(collect(1:n))
randperm(rng::Base.AbstractRNG, n::Integer) = randperm(n)
randsubseq(a, p::Real) = filter(x -> rand() < p, collect(a))
randstring(n::Integer=8) = join(rand("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789") for _ in 1:n)
bitrand(dims::Integer...) = rand(Bool, dims...)
end
