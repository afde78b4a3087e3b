/** Broadcasting that a program customises, against what Julia gives. */
import { describe } from 'vitest'
import { newSession, shows } from './check.ts'

const session = newSession(`
using Base.Broadcast: Broadcasted, AbstractArrayStyle, DefaultArrayStyle
struct Tagged{T,N} <: AbstractArray{T,N}
    data::Array{T,N}
    tag::Char
end
Base.size(a::Tagged) = size(a.data)
Base.getindex(a::Tagged{T,N}, i::Vararg{Int,N}) where {T,N} = a.data[i...]
Base.setindex!(a::Tagged{T,N}, x, i::Vararg{Int,N}) where {T,N} = a.data[i...] = x
struct Eager; data::Vector{Float64}; end
Base.broadcastable(e::Eager) = e
Base.broadcasted(f, e::Eager) = map(f, e.data)
Base.summary(io::IO, e::Eager) = print(io, "eager of ", length(e.data))
Base.showarg(io::IO, a::Tagged, toplevel) = print(io, typeof(a), " with tag '", a.tag, "'")
Base.BroadcastStyle(::Type{<:Tagged}) = Broadcast.ArrayStyle{Tagged}()
tagged(b::Broadcasted) = tagged(b.args)
tagged(args::Tuple) = tagged(tagged(args[1]), Base.tail(args))
tagged(x) = x
tagged(a::Tagged, rest) = a
tagged(::Any, rest) = tagged(rest)
Base.similar(b::Broadcasted{Broadcast.ArrayStyle{Tagged}}, ::Type{T}) where {T} = Tagged(similar(Array{T}, axes(b)), tagged(b).tag)
t = Tagged([1 2; 3 4], 'x')
struct Boxed; x::Vector{Float64}; end
Base.broadcastable(b::Boxed) = b
Base.BroadcastStyle(::Type{Boxed}) = Broadcast.Style{Boxed}()
Base.BroadcastStyle(s::Broadcast.Style{Boxed}, ::Broadcast.BroadcastStyle) = s
Base.axes(b::Boxed) = axes(b.x)
Base.getindex(b::Boxed, i::Int) = b.x[i]
Base.copy(b::Broadcasted{Broadcast.Style{Boxed}}) = Boxed([b[i] for i in eachindex(b)])
struct Counting{T} <: AbstractVector{T}; v::Vector{T}; count::Base.RefValue{Int}; end
Base.size(c::Counting) = size(c.v)
Base.getindex(c::Counting, i::Int) = c.v[i]
Base.setindex!(c::Counting, x, i::Int) = c.v[i] = x
struct CountingStyle <: AbstractArrayStyle{1} end
Base.BroadcastStyle(::Type{<:Counting}) = CountingStyle()
Base.similar(b::Broadcasted{CountingStyle}, ::Type{T}) where {T} = Counting(Vector{T}(undef, length(b)), Ref(0))
function Base.copyto!(dest::Counting, b::Broadcasted)
    dest.count[] += 1
    for i in eachindex(b)
        dest.v[i] = b[i]
    end
    dest
end
Broadcast.broadcasted(::CountingStyle, ::typeof(sin), c::Counting) = "own sine"
counting() = Counting([1.0, 2.0], Ref(0))
into(f) = (c = counting(); f(c); (c.v, c.count[]))
tree = Broadcast.broadcasted(+, [1, 2], Broadcast.broadcasted(*, [3, 4], 2))
`)

describe('a style of an array', () =>
  shows(
    () => session,
    `
    (zeros(2) .= Eager([1.0, 2.0]), exp.(Eager([0.0])), summary(Eager([0.0]))) => ([1.0, 2.0], [1.0], "eager of 1")
    t .+ 1 isa Tagged => true
    (2 .* t .+ [10, 20]).data => [12 14; 26 28]
    ([10, 20] .+ t).tag => 'x'
    sprint(show, MIME("text/plain"), t) => "2×2 Tagged{Int64, 2} with tag 'x':\\n 1  2\\n 3  4"
    into(c -> c .= 2 .* c) => ([2.0, 4.0], 1)
    into(c -> c .+= 1) => ([2.0, 3.0], 1)
    (z = zeros(2); z .= counting() .+ 1; z) => [2.0, 3.0]
    typeof(counting() .* 2) => Counting{Float64}
    sin.(counting()) => "own sine"
    let v = [1.0, 2.0], a = Any[v, [v]]; a[1] .= [3.0, 4.0]; a[2][1] .+= 1; v; end => [4.0, 5.0]
    `,
  ))

describe('a style of something else', () =>
  shows(
    () => session,
    `
    (sqrt.(Boxed([1.0, 4.0])) .+ 1).x => [2.0, 3.0]
    (Boxed([1.0, 4.0]) .* [2, 3]).x => [2.0, 12.0]
    `,
  ))

describe('trees that are not evaluated', () =>
  shows(
    () => session,
    `
    axes(tree), size(tree), tree[2] => ((Base.OneTo(2),), (2,), 10)
    Broadcast.materialize(tree) => [7, 10]
    sum(Broadcast.instantiate(tree)) => 17
    Broadcast.flatten(tree).args => ([1, 2], [3, 4], 2)
    Broadcast.flatten(tree).f(1, 3, 2) => 7
    Broadcast.combine_styles([1], 2) === DefaultArrayStyle{1}() => true
    Broadcast.broadcast_shape((2,), (2, 3)) => (2, 3)
    [v for (i, v) in pairs(IndexLinear(), [1 2; 3 4])] => [1, 3, 2, 4]
    `,
  ))
