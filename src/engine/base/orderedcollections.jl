# OrderedCollections: dictionaries and sets that keep the order in which things came.
module OrderedCollections
export OrderedDict, OrderedSet, LittleDict, freeze

"Keys and values in the order in which the keys came, and where each key stands."
mutable struct OrderedDict{K,V} <: AbstractDict{K,V}
    keys::Vector{K}
    vals::Vector{V}
    places::Dict{K,Int64}
    OrderedDict{K,V}() where {K,V} = new{K,V}(K[], V[], Dict{K,Int64}())
end
filled!(d, itr) = (foreach(p -> d[p[1]] = p[2], itr); d)
OrderedDict() = OrderedDict{Any,Any}()
OrderedDict{K,V}(pairs::Pair...) where {K,V} = filled!(OrderedDict{K,V}(), pairs)
OrderedDict{K,V}(itr) where {K,V} = filled!(OrderedDict{K,V}(), itr)
OrderedDict(pairs::Pair...) = OrderedDict(pairs)
OrderedDict(d::AbstractDict{K,V}) where {K,V} = filled!(OrderedDict{K,V}(), d)
OrderedDict(itr) = of_items(collect(itr))
of_items(items::AbstractVector{<:Union{Pair{K,V},Tuple{K,V}}}) where {K,V} = filled!(OrderedDict{K,V}(), items)
of_items(items) = of_any(Dict(items), items)
of_any(::Dict{K,V}, items) where {K,V} = filled!(OrderedDict{K,V}(), items)
Base.length(d::OrderedDict) = length(d.keys)
Base.iterate(d::OrderedDict, k=1) = k > length(d.keys) ? nothing : (d.keys[k] => d.vals[k], k + 1)
Base.keys(d::OrderedDict) = OrderedKeys(d)
Base.values(d::OrderedDict) = d.vals
Base.haskey(d::OrderedDict, key) = haskey(d.places, key)
Base.get(d::OrderedDict, key, default) = (k = get(d.places, key, 0); k == 0 ? default : d.vals[k])
Base.getindex(d::OrderedDict, key) = (k = get(d.places, key, 0); k == 0 ? throw(KeyError(key)) : d.vals[k])
function Base.setindex!(d::OrderedDict{K,V}, v, key) where {K,V}
    k = get(d.places, key, 0)
    if k == 0
        push!(d.keys, convert(K, key))
        push!(d.vals, convert(V, v))
        d.places[key] = length(d.keys)
    else
        d.vals[k] = v
    end
    d
end
function Base.delete!(d::OrderedDict, key)
    k = get(d.places, key, 0)
    k == 0 && return d
    deleteat!(d.keys, k)
    deleteat!(d.vals, k)
    delete!(d.places, key)
    for i in k:length(d.keys)
        d.places[d.keys[i]] = i
    end
    d
end
Base.pop!(d::OrderedDict, key) = (v = d[key]; delete!(d, key); v)
Base.pop!(d::OrderedDict, key, default) = haskey(d, key) ? pop!(d, key) : default
Base.pop!(d::OrderedDict) = (isempty(d) && throw(ArgumentError("dict must be non-empty")); p = last(d.keys) => last(d.vals); delete!(d, p.first); p)
Base.popfirst!(d::OrderedDict) = (isempty(d) && throw(ArgumentError("dict must be non-empty")); p = d.keys[1] => d.vals[1]; delete!(d, p.first); p)
Base.first(d::OrderedDict) = d.keys[1] => d.vals[1]
Base.last(d::OrderedDict) = last(d.keys) => last(d.vals)
Base.empty!(d::OrderedDict) = (empty!(d.keys); empty!(d.vals); empty!(d.places); d)
Base.empty(::OrderedDict, ::Type{K}, ::Type{V}) where {K,V} = OrderedDict{K,V}()
Base.copy(d::OrderedDict{K,V}) where {K,V} = filled!(OrderedDict{K,V}(), d)
Base.merge(a::OrderedDict, rest::AbstractDict...) = foldl((d, e) -> filled!(d, e), rest; init=filled!(OrderedDict{promote_type(keytype(a), map(keytype, rest)...),promote_type(valtype(a), map(valtype, rest)...)}(), a))
Base.filter!(f, d::OrderedDict) = (foreach(p -> f(p) || delete!(d, p.first), collect(d)); d)
Base.sort(d::OrderedDict; byvalue::Bool=false, options...) = sorted(d, sortperm(byvalue ? d.vals : d.keys; options...))
sorted(d::OrderedDict{K,V}, p) where {K,V} = filled!(OrderedDict{K,V}(), [(d.keys[k], d.vals[k]) for k in p])
function Base.sort!(d::OrderedDict; options...)
    s = sort(d; options...)
    filled!(empty!(d), s)
end
"The keys as a set, in their order."
struct OrderedKeys{K,V} <: AbstractSet{K}
    dict::OrderedDict{K,V}
end
Base.length(s::OrderedKeys) = length(s.dict)
Base.iterate(s::OrderedKeys, state...) = iterate(s.dict.keys, state...)
Base.in(x, s::OrderedKeys) = haskey(s.dict, x)
Base.show(io::IO, s::OrderedKeys) = print(io, "KeySet", repr(s.dict.keys))

"A set in the order in which its elements came."
struct OrderedSet{T} <: AbstractSet{T}
    dict::OrderedDict{T,Nothing}
    OrderedSet{T}() where {T} = new{T}(OrderedDict{T,Nothing}())
end
OrderedSet() = OrderedSet{Any}()
OrderedSet{T}(itr) where {T} = union!(OrderedSet{T}(), itr)
OrderedSet(itr) = union!(OrderedSet{eltype(itr)}(), itr)
Base.length(s::OrderedSet) = length(s.dict)
Base.isempty(s::OrderedSet) = isempty(s.dict)
Base.iterate(s::OrderedSet, state...) = iterate(s.dict.keys, state...)
Base.in(x, s::OrderedSet) = haskey(s.dict, x)
Base.push!(s::OrderedSet, x) = (s.dict[x] = nothing; s)
Base.delete!(s::OrderedSet, x) = (delete!(s.dict, x); s)
Base.pop!(s::OrderedSet, x) = (pop!(s.dict, x); x)
Base.pop!(s::OrderedSet) = pop!(s.dict).first
Base.popfirst!(s::OrderedSet) = popfirst!(s.dict).first
Base.getindex(s::OrderedSet, i::Int) = s.dict.keys[i]
Base.first(s::OrderedSet) = first(s.dict.keys)
Base.last(s::OrderedSet) = last(s.dict.keys)
Base.empty!(s::OrderedSet) = (empty!(s.dict); s)
Base.empty(::OrderedSet, ::Type{T}) where {T} = OrderedSet{T}()
Base.copy(s::OrderedSet{T}) where {T} = OrderedSet{T}(s)
Base.union(s::OrderedSet{T}, rest...) where {T} = foldl(union!, rest; init=union!(OrderedSet{promote_type(T, map(eltype, rest)...)}(), s))
Base.intersect(s::OrderedSet{T}, t) where {T} = OrderedSet{T}(filter(x -> x in t, collect(s)))
Base.setdiff(s::OrderedSet{T}, t) where {T} = OrderedSet{T}(filter(x -> !(x in t), collect(s)))
Base.show(io::IO, s::OrderedSet{T}) where {T} = print(io, "OrderedSet{", T, "}(", repr(s.dict.keys), ")")

"A dictionary for a few keys; here like any other that keeps their order."
const LittleDict = OrderedDict
freeze(d::AbstractDict) = d
end
