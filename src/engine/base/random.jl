# Random numbers. One generator serves every program; its sequence is not that of Julia's.

abstract type AbstractRNG end
"A generator with numbers of its own; the field `number` names its state."
abstract type __OwnRNG <: AbstractRNG end
"Draws from a generator instead of the program's."
__drawing(f, rng::AbstractRNG, xs...) = f(xs...)
function __drawing(f, rng::__OwnRNG, xs...)
    before = Intrinsics.rng_use(rng.number)
    y = f(xs...)
    Intrinsics.rng_use(before)
    y
end
"The program's generator."
struct TaskLocalRNG <: AbstractRNG end
default_rng() = TaskLocalRNG()

rand() = Intrinsics.rng_uniform()
randn() = Intrinsics.rng_normal()
randexp() = -log(1.0 - rand())
rand(::Type{Float64}) = rand()
rand(::Type{T}) where {T<:__NarrowFloat} = T(rand())
rand(::Type{Bool}) = rand() < 0.5
rand(::Type{T}) where {T<:__SmallInt} = T(typemin(T) + floor(Int64, rand() * 2.0^__bits(T)))
rand(::Type{T}) where {T<:Union{Int64,UInt64}} = floor(T, rand() * 2.0^53)
rand(::Type{T}, dims::Integer...) where {T<:Union{Int64,UInt64}} = __drawn(() -> rand(T), T, dims)
rand(::Type{Complex{T}}) where {T} = Complex(rand(T), rand(T))
randn(::Type{Float64}) = randn()
randn(::Type{T}) where {T<:__NarrowFloat} = T(randn())
randn(::Type{Complex{T}}) where {T} = Complex(T(randn() * 0.7071067811865476), T(randn() * 0.7071067811865476))
"A random element, or an array of them."
rand(a::Union{AbstractArray,Tuple}) = isempty(a) ? __argument_error("collection must be non-empty") : __item(a, floor(Int64, rand() * length(a)))
rand(s::AbstractSet) = __item(s, floor(Int64, rand() * length(s)))
rand(s::__Text) = __item(s, floor(Int64, rand() * length(s)))
rand(dims::Integer...) = __drawn(() -> rand(), Float64, dims)
rand(::Type{T}, dims::Integer...) where {T} = __drawn(() -> rand(T), T, dims)
rand(::Type{T}, dims::Tuple) where {T} = __drawn(() -> rand(T), T, dims)
rand(a::Union{AbstractArray,Tuple}, dims::Integer...) = __drawn(() -> rand(a), eltype(a), dims)
rand(a::Union{AbstractArray,Tuple}, dims::Tuple) = __drawn(() -> rand(a), eltype(a), dims)
randn(dims::Integer...) = __drawn(() -> randn(), Float64, dims)
randn(dims::Tuple) = __drawn(() -> randn(), Float64, dims)
randn(::Type{T}, dims::Integer...) where {T} = __drawn(() -> randn(T), T, dims)
randn(::Type{T}, dims::Tuple) where {T} = __drawn(() -> randn(T), T, dims)
randexp(::Type{T}) where {T<:AbstractFloat} = T(randexp())
randexp(::Type{T}, dims::Integer...) where {T<:AbstractFloat} = __drawn(() -> randexp(T), T, dims)
randexp(dims::Integer...) = __drawn(() -> randexp(), Float64, dims)
rand(rng::AbstractRNG) = __drawing(rand, rng)
rand(rng::AbstractRNG, n::Integer, dims::Integer...) = __drawing(rand, rng, n, dims...)
rand(rng::AbstractRNG, xs...) = __drawing(rand, rng, xs...)
randn(rng::AbstractRNG, xs...) = __drawing(randn, rng, xs...)
randexp(rng::AbstractRNG, xs...) = __drawing(randexp, rng, xs...)
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
function rand!(a::AbstractArray, from)
    for k in 1:length(a)
        __set(a, rand(from), k)
    end
    a
end
rand!(rng::AbstractRNG, a::AbstractArray) = __drawing(rand!, rng, a)
rand!(rng::AbstractRNG, a::AbstractArray, from) = __drawing(rand!, rng, a, from)
randn!(rng::AbstractRNG, a::AbstractArray) = __drawing(randn!, rng, a)
rand(d::AbstractDict) = rand(collect(d))

"An object to draw from, and a type: a program says `rand(rng, ::SamplerTrivial{Die})`, or `::SamplerType{T}`, for its own."
struct __SamplerTrivial{T,E}
    self::T
end
struct __SamplerType{T} end
getindex(s::__SamplerTrivial) = s.self
rand(x) = rand(default_rng(), __SamplerTrivial{typeof(x),Any}(x))
rand(x, dims::Integer...) = [rand(x) for _ in CartesianIndices(dims)]
rand(::Type{T}) where {T} = rand(default_rng(), __SamplerType{T}())
rand(::Type{T}) where {T<:Tuple} = map(S -> rand(S), fieldtypes(T))
rand(::AbstractRNG, s::__SamplerTrivial) = __argument_error("Sampler for this object is not defined")
rand(::AbstractRNG, s::__SamplerType) = __argument_error("Sampler for this object is not defined")
rand(::Type{Char}) = Char(floor(Int64, rand() * 0xd800))

module Random
const SamplerTrivial = Base.__SamplerTrivial
const SamplerType = Base.__SamplerType
export seed!, rand!, randn!, randexp, randexp!, randperm!, randcycle!, rand, randn, shuffle, shuffle!, randperm, randsubseq, randstring,
    MersenneTwister, Xoshiro, AbstractRNG, TaskLocalRNG, default_rng, bitrand, randcycle
const AbstractRNG = Base.AbstractRNG
const TaskLocalRNG = Base.TaskLocalRNG
import Base: default_rng, rand!, randn!, randexp

"Starts the sequence of random numbers anew."
seed!(n::Integer) = (Intrinsics.rng_seed(Int64(n)); Base.TaskLocalRNG())
seed!() = Base.TaskLocalRNG()
seed!(rng::Base.__OwnRNG, n::Integer) = reseeded(rng, n)
function reseeded(rng, n)
    before = Intrinsics.rng_use(rng.number)
    Intrinsics.rng_seed(Int64(n))
    Intrinsics.rng_use(before)
    rng
end
seed!(rng::Base.TaskLocalRNG, n::Integer) = seed!(n)
seed!(rng::Base.AbstractRNG) = rng
"A generator as it is at its start."
seeded(make, n) = reseeded(make(Intrinsics.rng_make()), n)
"Generators by name, each with numbers of its own; which name is no difference."
struct MersenneTwister <: Base.__OwnRNG
    number::Int64
    MersenneTwister(number::Int64, ::Nothing) = new(number)
end
struct Xoshiro <: Base.__OwnRNG
    number::Int64
    Xoshiro(number::Int64, ::Nothing) = new(number)
end
MersenneTwister(n::Integer = 0) = seeded(k -> MersenneTwister(k, nothing), n)
Xoshiro(n::Integer = 0) = seeded(k -> Xoshiro(k, nothing), n)
"A generator that goes on as the other would."
function copied(rng)
    before = Intrinsics.rng_use(rng.number)
    number = Intrinsics.rng_make()
    Intrinsics.rng_use(before)
    number
end
Base.copy(rng::MersenneTwister) = MersenneTwister(copied(rng), nothing)
Base.copy(rng::Xoshiro) = Xoshiro(copied(rng), nothing)
Base.:(==)(a::Xoshiro, b::Xoshiro) = draws_alike(copy(a), copy(b))
Base.:(==)(a::MersenneTwister, b::MersenneTwister) = draws_alike(copy(a), copy(b))
"Generators in the same state go on in the same way."
draws_alike(a, b) = randn(a) == randn(b) && all(_ -> rand(a) == rand(b), 1:4)
const GLOBAL_RNG = Base.TaskLocalRNG()
"The elements in random order (Fisher and Yates)."
shuffle(a) = shuffle!(collect(a))
shuffle(rng::Base.AbstractRNG, a) = Base.__drawing(shuffle, rng, a)
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
shuffle!(rng::Base.AbstractRNG, a::AbstractArray) = Base.__drawing(shuffle!, rng, a)
randperm(n::Integer) = shuffle!(collect(1:n))
randperm(rng::Base.AbstractRNG, n::Integer) = Base.__drawing(randperm, rng, n)
"A random permutation of one cycle."
function randcycle(n::Integer)
    p = randperm(n)
    out = zeros(Int64, n)
    for k in 1:n
        out[p[k]] = p[mod1(k + 1, n)]
    end
    out
end
randcycle(rng::Base.AbstractRNG, n::Integer) = Base.__drawing(randcycle, rng, n)
randsubseq(rng::Base.AbstractRNG, a, p::Real) = Base.__drawing(randsubseq, rng, a, p)
randstring(rng::Base.AbstractRNG, n::Integer=8) = Base.__drawing(randstring, rng, n)
bitrand(rng::Base.AbstractRNG, dims::Integer...) = Base.__drawing(bitrand, rng, dims...)
randsubseq(a, p::Real) = filter(x -> rand() < p, collect(a))
randstring(n::Integer=8) = join(rand("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789") for _ in 1:n)
randstring(chars::Union{AbstractVector,AbstractString,Tuple,AbstractRange}, n::Integer=8) = join(rand(chars) for _ in 1:n)
randstring(rng::Base.AbstractRNG, chars, n::Integer=8) = Base.__drawing(randstring, rng, chars, n)
"Permutations written into an array."
randperm!(a::AbstractVector) = copyto!(a, randperm(length(a)))
randperm!(rng::Base.AbstractRNG, a::AbstractVector) = copyto!(a, randperm(rng, length(a)))
randcycle!(a::AbstractVector) = copyto!(a, randcycle(length(a)))
randcycle!(rng::Base.AbstractRNG, a::AbstractVector) = copyto!(a, randcycle(rng, length(a)))
randexp!(a::AbstractArray) = copyto!(a, randexp(length(a)))
randexp!(rng::Base.AbstractRNG, a::AbstractArray) = Base.__drawing(randexp!, rng, a)
bitrand(dims::Integer...) = BitArray(rand(Bool, dims...))
end
