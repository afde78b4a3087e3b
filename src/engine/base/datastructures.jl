# DataStructures: dictionaries with defaults or in the order of their keys, counters, disjoint sets.
module DataStructures
import Base.Order: lt
import ..OrderedCollections
import ..OrderedCollections: OrderedDict, OrderedSet, OrderedKeys
export OrderedDict, OrderedSet, DefaultDict, DefaultOrderedDict, Accumulator, counter, inc!, dec!, reset!, nlargest, nsmallest, Deque, Stack, Queue, enqueue!, dequeue!, dequeue_pair!, top,
    PriorityQueue, BinaryHeap, BinaryMinHeap, BinaryMaxHeap, MutableBinaryMinHeap, extract_all!, extract_all_rev!, heapify, heapify!, heappush!, heappop!, isheap,
    CircularBuffer, CircularDeque, capacity, isfull, IntDisjointSet, IntDisjointSets, DisjointSet, DisjointSets, find_root!, in_same_set, num_groups, root_union!,
    SortedDict, SortedSet

const Ordering = Base.Order.Ordering
const Forward = Base.Order.ForwardOrdering()
const Reverse = Base.Order.ReverseOrdering(Forward)
const By = Base.Order.By

# ---- Dictionaries with defaults

"A dictionary in which a key that is asked for and absent gets the default, or what the default gives when it is called."
struct DefaultDict{K,V,F} <: AbstractDict{K,V}
    default::F
    d::Dict{K,V}
    passkey::Bool
end
struct DefaultOrderedDict{K,V,F} <: AbstractDict{K,V}
    default::F
    d::OrderedDict{K,V}
    passkey::Bool
end
const DefaultDictBase = Union{DefaultDict,DefaultOrderedDict}
based(default, d::Dict{K,V}, passkey) where {K,V} = DefaultDict{K,V,typeof(default)}(default, d, passkey)
based(default, d::OrderedDict{K,V}, passkey) where {K,V} = DefaultOrderedDict{K,V,typeof(default)}(default, d, passkey)
DefaultDict{K,V}(default, items...; passkey::Bool=false) where {K,V} = based(default, Dict{K,V}(items...), passkey)
DefaultDict(default; passkey::Bool=false) = based(default, Dict{Any,Any}(), passkey)
DefaultDict(default, items...; passkey::Bool=false) = based(default, Dict(items...), passkey)
DefaultOrderedDict{K,V}(default, items...; passkey::Bool=false) where {K,V} = based(default, OrderedDict{K,V}(items...), passkey)
DefaultOrderedDict(default; passkey::Bool=false) = based(default, OrderedDict{Any,Any}(), passkey)
DefaultOrderedDict(default, items...; passkey::Bool=false) = based(default, OrderedDict(items...), passkey)
Base.getindex(d::DefaultDictBase, key) = (haskey(d.d, key) || (d.d[key] = default_for(d.default, key, d.passkey)); d.d[key])
default_for(f::Base.Callable, key, passkey) = passkey ? f(key) : f()
default_for(value, key, passkey) = value
Base.get(d::DefaultDictBase, key, default) = get(d.d, key, default)
Base.haskey(d::DefaultDictBase, key) = haskey(d.d, key)
Base.setindex!(d::DefaultDictBase, v, key) = (d.d[key] = v; d)
Base.delete!(d::DefaultDictBase, key) = (delete!(d.d, key); d)
Base.pop!(d::DefaultDictBase, key...) = pop!(d.d, key...)
Base.empty!(d::DefaultDictBase) = (empty!(d.d); d)
Base.length(d::DefaultDictBase) = length(d.d)
Base.iterate(d::DefaultDictBase, state...) = iterate(d.d, state...)
Base.keys(d::DefaultDictBase) = keys(d.d)
Base.values(d::DefaultDictBase) = values(d.d)
Base.copy(d::DefaultDictBase) = based(d.default, copy(d.d), d.passkey)

# ---- Counters

"How much of each thing; nothing of what is not there."
struct Accumulator{T,V<:Number} <: AbstractDict{T,V}
    map::Dict{T,V}
end
Accumulator{T,V}() where {T,V<:Number} = Accumulator{T,V}(Dict{T,V}())
counter(::Type{T}) where {T} = Accumulator{T,Int64}()
counter(d::AbstractDict{T,V}) where {T,V} = Accumulator{T,V}(copy(d))
counter(itr) = (c = Accumulator{eltype(itr),Int64}(); foreach(x -> inc!(c, x), itr); c)
counter(itr::Base.Generator) = counter(collect(itr))
Base.getindex(c::Accumulator{T,V}, x) where {T,V} = get(c.map, x, zero(V))
Base.setindex!(c::Accumulator, v, x) = (c.map[x] = v; c)
Base.get(c::Accumulator, x, default) = get(c.map, x, default)
Base.haskey(c::Accumulator, x) = haskey(c.map, x)
Base.length(c::Accumulator) = length(c.map)
Base.iterate(c::Accumulator, state...) = iterate(c.map, state...)
Base.keys(c::Accumulator) = keys(c.map)
Base.values(c::Accumulator) = values(c.map)
Base.sum(c::Accumulator) = sum(values(c.map))
Base.copy(c::Accumulator{T,V}) where {T,V} = Accumulator{T,V}(copy(c.map))
Base.delete!(c::Accumulator, x) = (delete!(c.map, x); c)
inc!(c::Accumulator, x, by::Number=1) = c[x] += by
dec!(c::Accumulator, x, by::Number=1) = c[x] -= by
reset!(c::Accumulator, x) = (v = c[x]; delete!(c.map, x); v)
Base.push!(c::Accumulator, x) = inc!(c, x)
Base.push!(c::Accumulator, x, by::Number) = inc!(c, x, by)
Base.merge!(c::Accumulator, other::Accumulator) = (foreach(p -> inc!(c, p.first, p.second), other); c)
Base.merge(c::Accumulator, others::Accumulator...) = foldl(merge!, others; init=copy(c))
nlargest(c::Accumulator, n=length(c)) = sort(collect(c.map); by=last, rev=true)[1:n]
nsmallest(c::Accumulator, n=length(c)) = sort(collect(c.map); by=last)[1:n]
nlargest(n::Int, a::AbstractVector; options...) = sort(a; rev=true, options...)[1:min(n, length(a))]
nsmallest(n::Int, a::AbstractVector; options...) = sort(a; options...)[1:min(n, length(a))]

# ---- Disjoint sets

"Which of 1 to n belong together."
mutable struct IntDisjointSet{T<:Integer}
    parents::Vector{T}
    ranks::Vector{T}
    ngroups::T
end
IntDisjointSet(n::Integer) = IntDisjointSet{typeof(n)}(collect(1:n), zeros(typeof(n), n), n)
const IntDisjointSets = IntDisjointSet
Base.length(s::IntDisjointSet) = length(s.parents)
num_groups(s::IntDisjointSet) = s.ngroups
function find_root!(s::IntDisjointSet, x::Integer)
    root = x
    while s.parents[root] != root
        root = s.parents[root]
    end
    while s.parents[x] != root
        s.parents[x], x = root, s.parents[x]
    end
    root
end
in_same_set(s::IntDisjointSet, a::Integer, b::Integer) = find_root!(s, a) == find_root!(s, b)
Base.union!(s::IntDisjointSet, a::Integer, b::Integer) = root_union!(s, find_root!(s, a), find_root!(s, b))
function root_union!(s::IntDisjointSet, a::Integer, b::Integer)
    a == b && return a
    s.ranks[a] < s.ranks[b] && ((a, b) = (b, a))
    s.ranks[a] == s.ranks[b] && (s.ranks[a] += 1)
    s.parents[b] = a
    s.ngroups -= 1
    a
end
Base.push!(s::IntDisjointSet{T}) where {T} = (push!(s.parents, length(s.parents) + 1); push!(s.ranks, zero(T)); s.ngroups += 1; length(s.parents))
"The same for anything."
struct DisjointSet{T}
    intmap::Dict{T,Int64}
    revmap::Vector{T}
    internal::IntDisjointSet{Int64}
end
DisjointSet{T}(xs) where {T} = (s = DisjointSet{T}(Dict{T,Int64}(), T[], IntDisjointSet(0)); foreach(x -> push!(s, x), xs); s)
DisjointSet{T}() where {T} = DisjointSet{T}(T[])
DisjointSet(xs) = DisjointSet{eltype(xs)}(xs)
const DisjointSets = DisjointSet
Base.push!(s::DisjointSet, x) = (haskey(s.intmap, x) || (s.intmap[x] = push!(s.internal); push!(s.revmap, x)); x)
Base.length(s::DisjointSet) = length(s.internal)
num_groups(s::DisjointSet) = num_groups(s.internal)
find_root!(s::DisjointSet, x) = s.revmap[find_root!(s.internal, s.intmap[x])]
in_same_set(s::DisjointSet, a, b) = in_same_set(s.internal, s.intmap[a], s.intmap[b])
Base.union!(s::DisjointSet, a, b) = s.revmap[union!(s.internal, s.intmap[a], s.intmap[b])]

# ---- In the order of the keys

"A dictionary in the order of its keys."
struct SortedDict{K,V,O<:Ordering} <: AbstractDict{K,V}
    keys::Vector{K}
    vals::Vector{V}
    order::O
end
SortedDict{K,V}(o::Ordering=Forward) where {K,V} = SortedDict{K,V,typeof(o)}(K[], V[], o)
SortedDict{K,V}(itr, o::Ordering=Forward) where {K,V} = OrderedCollections.filled!(SortedDict{K,V}(o), itr)
SortedDict(pairs::Pair...) = SortedDict(pairs)
SortedDict(o::Ordering, pairs::Pair...) = SortedDict(pairs, o)
SortedDict(itr, o::Ordering=Forward) = sorted_dict(Dict(itr), o)
sorted_dict(d::Dict{K,V}, o) where {K,V} = SortedDict{K,V}(d, o)
place(d, key) = searchsortedfirst(d.keys, key, d.order)
stands_at(d, key, k) = k <= length(d.keys) && !lt(d.order, key, d.keys[k])
Base.length(d::SortedDict) = length(d.keys)
Base.iterate(d::SortedDict, k=1) = k > length(d.keys) ? nothing : (d.keys[k] => d.vals[k], k + 1)
Base.haskey(d::SortedDict, key) = stands_at(d, key, place(d, key))
Base.get(d::SortedDict, key, default) = (k = place(d, key); stands_at(d, key, k) ? d.vals[k] : default)
Base.getindex(d::SortedDict, key) = (k = place(d, key); stands_at(d, key, k) ? d.vals[k] : throw(KeyError(key)))
Base.setindex!(d::SortedDict, v, key) = (k = place(d, key); stands_at(d, key, k) ? (d.vals[k] = v) : (insert!(d.keys, k, key); insert!(d.vals, k, v)); d)
Base.delete!(d::SortedDict, key) = (k = place(d, key); stands_at(d, key, k) && (deleteat!(d.keys, k); deleteat!(d.vals, k)); d)
Base.pop!(d::SortedDict, key) = (v = d[key]; delete!(d, key); v)
Base.first(d::SortedDict) = d.keys[1] => d.vals[1]
Base.last(d::SortedDict) = d.keys[end] => d.vals[end]
Base.keys(d::SortedDict) = copy(d.keys)
Base.values(d::SortedDict) = copy(d.vals)
Base.empty!(d::SortedDict) = (empty!(d.keys); empty!(d.vals); d)
"A set in the order of its elements."
struct SortedSet{K,O<:Ordering} <: AbstractSet{K}
    keys::Vector{K}
    order::O
end
SortedSet{K}(o::Ordering=Forward) where {K} = SortedSet{K,typeof(o)}(K[], o)
SortedSet{K}(itr, o::Ordering=Forward) where {K} = (s = SortedSet{K}(o); foreach(x -> push!(s, x), itr); s)
SortedSet(itr, o::Ordering=Forward) = SortedSet{eltype(itr)}(itr, o)
Base.length(s::SortedSet) = length(s.keys)
Base.isempty(s::SortedSet) = isempty(s.keys)
Base.iterate(s::SortedSet, state...) = iterate(s.keys, state...)
Base.in(x, s::SortedSet) = stands_at(s, x, place(s, x))
Base.push!(s::SortedSet, x) = (k = place(s, x); stands_at(s, x, k) || insert!(s.keys, k, x); s)
Base.delete!(s::SortedSet, x) = (k = place(s, x); stands_at(s, x, k) && deleteat!(s.keys, k); s)
Base.first(s::SortedSet) = first(s.keys)
Base.last(s::SortedSet) = last(s.keys)
end
