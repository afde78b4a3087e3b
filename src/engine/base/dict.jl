# Dictionaries and sets: keys and values in vectors, in order of insertion, and an index from key to slot.

"A hash table."
mutable struct Dict{K,V} <: AbstractDict{K,V}
    slots::Any
    names::Vector{K}
    vals::Vector{V}
end
Dict{K,V}() where {K,V} = Dict{K,V}(Intrinsics.dict_new(), Array{K,1}(), Array{V,1}())
Dict() = Dict{Any,Any}()
Dict(pairs::Pair...) = __dict_of(pairs)
Dict(pair::Pair) = __dict_of((pair,))
function __dict_of(pairs::Tuple)
    d = Dict{promote_typeof(map(p -> p.first, pairs)...),promote_typeof(map(p -> p.second, pairs)...)}()
    __set_pairs!(d, pairs)
    d
end
__set_pairs!(d, ::Tuple{}) = nothing
function __set_pairs!(d, t::Tuple)
    p = __tuple_get(t, 1)
    setindex!(d, p.second, p.first)
    __set_pairs!(d, tail(t))
end
function Dict(itr)
    v = collect(itr)
    __filled_dict(Dict{__key_type(eltype(v)),__value_type(eltype(v))}(), v)
end
__key_type(::Type{Pair{A,B}}) where {A,B} = A
__value_type(::Type{Pair{A,B}}) where {A,B} = B
__key_type(::Type{Tuple{A,B}}) where {A,B} = A
__value_type(::Type{Tuple{A,B}}) where {A,B} = B
__key_type(::Type) = Any
__value_type(::Type) = Any
function __filled_dict(d, itr)
    for p in itr
        d[p[1]] = p[2]
    end
    d
end
Dict{K,V}(pairs::Pair...) where {K,V} = (d = Dict{K,V}(); __set_pairs!(d, pairs); d)
Dict{K,V}(pair::Pair) where {K,V} = setindex!(Dict{K,V}(), pair.second, pair.first)
Dict{K,V}(itr) where {K,V} = __filled_dict(Dict{K,V}(), itr)
Dict(d::Dict) = copy(d)

__slot(d::Dict{K,V}, key) where {K,V} = Intrinsics.dict_find(d.slots, key) + 1
function setindex!(d::Dict{K,V}, v, key) where {K,V}
    k = convert(K, key)
    s = __slot(d, k)
    if s > 0
        __array_set(d.vals, convert(V, v), s)
    else
        push!(d.names, k)
        push!(d.vals, convert(V, v))
        Intrinsics.dict_insert(d.slots, k, length(d.names) - 1)
    end
    d
end
getindex(d::Dict, key) = (s = __slot(d, key); s > 0 ? __array_get(d.vals, s) : throw(KeyError(key)))
get(d::Dict, key, default) = (s = __slot(d, key); s > 0 ? __array_get(d.vals, s) : default)
get(f::Function, d::Dict, key) = (s = __slot(d, key); s > 0 ? __array_get(d.vals, s) : f())
get!(d::Dict, key, default) = haskey(d, key) ? d[key] : (d[key] = default; d[key])
get!(f::Function, d::Dict, key) = haskey(d, key) ? d[key] : (d[key] = f(); d[key])
haskey(d::Dict, key) = __slot(d, key) > 0
function delete!(d::Dict, key)
    s = __slot(d, key)
    s > 0 || return d
    n = length(d.names)
    Intrinsics.dict_remove(d.slots, key)
    # Those behind move up, which keeps the order of insertion.
    for k in s:n-1
        moved = __array_get(d.names, k + 1)
        __array_set(d.names, moved, k)
        __array_set(d.vals, __array_get(d.vals, k + 1), k)
        Intrinsics.dict_insert(d.slots, moved, k - 1)
    end
    resize!(d.names, n - 1)
    resize!(d.vals, n - 1)
    d
end
pop!(d::Dict, key) = (v = d[key]; delete!(d, key); v)
pop!(d::Dict, key, default) = haskey(d, key) ? pop!(d, key) : default
function empty!(d::Dict)
    d.slots = Intrinsics.dict_new()
    empty!(d.names)
    empty!(d.vals)
    d
end
length(d::Dict) = length(d.names)
isempty(d::Dict) = length(d.names) == 0
__count(d::Dict) = length(d.names)
__item(d::Dict{K,V}, k::Int64) where {K,V} = Pair{K,V}(__array_get(d.names, k + 1), __array_get(d.vals, k + 1))
eltype(::Type{<:AbstractDict{K,V}}) where {K,V} = Pair{K,V}
keytype(d::AbstractDict{K,V}) where {K,V} = K
valtype(d::AbstractDict{K,V}) where {K,V} = V
keys(d::Dict) = copy(d.names)
values(d::Dict) = copy(d.vals)
pairs(d::AbstractDict) = d
copy(d::Dict{K,V}) where {K,V} = __filled_dict(Dict{K,V}(), d)
deepcopy(d::Dict{K,V}) where {K,V} = __filled_dict(Dict{K,V}(), map(p -> deepcopy(p.first) => deepcopy(p.second), collect(d)))
merge(a::Dict{K,V}, b::Dict{L,W}) where {K,V,L,W} = merge!(merge!(Dict{promote_type(K, L),promote_type(V, W)}(), a), b)
merge!(a::Dict, b::AbstractDict) = __filled_dict(a, b)
merge(f::Function, a::Dict, b::Dict) = mergewith(f, a, b)
function mergewith(f, a::Dict, b::Dict)
    out = merge(a, Dict{keytype(a),valtype(a)}())
    for p in b
        out[p.first] = haskey(out, p.first) ? f(out[p.first], p.second) : p.second
    end
    out
end
filter(f, d::Dict{K,V}) where {K,V} = __filled_dict(Dict{K,V}(), filter(f, collect(d)))
function filter!(f, d::Dict)
    for p in collect(d)
        f(p) || delete!(d, p.first)
    end
    d
end
function ==(a::Dict, b::Dict)
    length(a) == length(b) || return false
    for p in a
        haskey(b, p.first) && b[p.first] == p.second || return false
    end
    true
end
in(p::Pair, d::AbstractDict) = haskey(d, p.first) && d[p.first] == p.second
function map!(f, v::AbstractDict)
    for p in collect(v)
        v[p.first] = f(p.second)
    end
    v
end
const IdDict = Dict

"A set of different values."
mutable struct Set{T} <: AbstractSet{T}
    slots::Any
    items::Vector{T}
end
Set{T}() where {T} = Set{T}(Intrinsics.dict_new(), Array{T,1}())
Set() = Set{Any}()
Set(itr) = (v = collect(itr); __filled_set(Set{eltype(v)}(), v))
Set{T}(itr) where {T} = __filled_set(Set{T}(), itr)
function __filled_set(s, itr)
    for x in itr
        push!(s, x)
    end
    s
end
function push!(s::Set{T}, x) where {T}
    v = convert(T, x)
    if Intrinsics.dict_find(s.slots, v) < 0
        push!(s.items, v)
        Intrinsics.dict_insert(s.slots, v, length(s.items) - 1)
    end
    s
end
function delete!(s::Set, x)
    at = Intrinsics.dict_find(s.slots, x)
    at < 0 && return s
    Intrinsics.dict_remove(s.slots, x)
    deleteat!(s.items, at + 1)
    for k in at+1:length(s.items)
        Intrinsics.dict_insert(s.slots, s.items[k], k - 1)
    end
    s
end
pop!(s::Set, x) = x in s ? (delete!(s, x); x) : throw(KeyError(x))
in(x, s::Set) = Intrinsics.dict_find(s.slots, x) >= 0
length(s::Set) = length(s.items)
isempty(s::Set) = length(s.items) == 0
__count(s::Set) = length(s.items)
__item(s::Set, k::Int64) = __array_get(s.items, k + 1)
eltype(::Type{<:AbstractSet{T}}) where {T} = T
copy(s::Set{T}) where {T} = __filled_set(Set{T}(), s.items)
empty!(s::Set) = (s.slots = Intrinsics.dict_new(); empty!(s.items); s)
union!(s::Set, itr) = __filled_set(s, itr)
union(s::Set{T}, t) where {T} = __filled_set(__filled_set(Set{promote_type(T, eltype(t))}(), s.items), t)
intersect(s::Set{T}, t) where {T} = (u = Set(t); __filled_set(Set{T}(), filter(x -> x in u, s.items)))
setdiff(s::Set{T}, t) where {T} = (u = Set(t); __filled_set(Set{T}(), filter(x -> !(x in u), s.items)))
symdiff(s::Set, t) = union(setdiff(s, t), setdiff(Set(t), s))
union(a::AbstractVector, b) = unique(vcat(a, collect(b)))
union(a::AbstractVector) = unique(a)
intersect(a::AbstractVector, b) = (u = Set(b); unique(filter(x -> x in u, a)))
setdiff(a::AbstractVector, b) = (u = Set(b); unique(filter(x -> !(x in u), a)))
const ∪ = union
const ∩ = intersect
issubset(a, b) = (u = Set(b); all(x -> x in u, a))
const ⊆ = issubset
⊇(a, b) = issubset(b, a)
⊈(a, b) = !issubset(a, b)
isdisjoint(a, b) = isempty(intersect(Set(a), b))
==(a::Set, b::Set) = length(a) == length(b) && issubset(a, b)
