# Dictionaries: keys and values in vectors, and an index from key to slot. They are in order of insertion until something is deleted:
# then the last takes its place.

"A hash table."
mutable struct Dict{K,V} <: AbstractDict{K,V}
    slots::Any
    names::Vector{K}
    vals::Vector{V}
end
Dict{K,V}() where {K,V} = Dict{K,V}(Intrinsics.dict_new(), Array{K,1}(), Array{V,1}())
Dict() = Dict{Any,Any}()
Dict(pairs::Pair...) = __dict_of(pairs)
Dict(pairs::Pair{K,V}...) where {K,V} = (d = Dict{K,V}(); __set_pairs!(d, pairs); d)
Dict(pair::Pair) = __dict_of((pair,))
function __dict_of(pairs::Tuple)
    d = Dict{__joint_eltype(map(p -> typeof(p.first), pairs)...),__joint_eltype(map(p -> typeof(p.second), pairs)...)}()
    __set_pairs!(d, pairs)
    d
end
function __set_pairs!(d, t::Tuple)
    for p in t
        setindex!(d, p.second, p.first)
    end
end
function Dict(itr)
    v = collect(itr)
    itr isa Number && __no_pairs("Dict")
    __dict_of_type(eltype(v), v)
end
__no_pairs(name) = __argument_error(name, "(kv): kv needs to be an iterator of tuples or pairs")
"What is not known of the items is told from their halves."
function __dict_of_type(::Type{T}, v) where {T}
    isempty(v) && return Dict{Any,Any}()
    any(p -> p isa Union{Number,Symbol,Nothing}, v) && __no_pairs("Dict")
    names = [p[1] for p in v]
    __filled_dict(Dict{eltype(names),eltype([p[2] for p in v])}(), v)
end
__dict_of_type(::Type{Pair{A,B}}, v) where {A,B} = __filled_dict(Dict{A,B}(), v)
__dict_of_type(::Type{Tuple{A,B}}, v) where {A,B} = __filled_dict(Dict{A,B}(), v)
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
convert(::Type{T}, d::AbstractDict) where {T<:AbstractDict} = T(d)
convert(::Type{T}, d::T) where {T<:AbstractDict} = d
__counted(d::Dict) = true
"What `get` gives for a key that a dictionary of a program has not."
struct __Absent end
haskey(d::AbstractDict, key) = get(d, key, __Absent()) !== __Absent()

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
"Several indices are one key: a tuple."
getindex(d::AbstractDict, a, b, more...) = d[(a, b, more...)]
setindex!(d::AbstractDict, v, a, b, more...) = setindex!(d, v, (a, b, more...))
getindex(d::Dict, key) = (s = __slot(d, key); s > 0 ? __array_get(d.vals, s) : throw(KeyError(key)))
get(d::Dict, key, default) = (s = __slot(d, key); s > 0 ? __array_get(d.vals, s) : default)
get(f::Callable, d::Dict, key) = (s = __slot(d, key); s > 0 ? __array_get(d.vals, s) : f())
get!(d::Dict, key, default) = haskey(d, key) ? d[key] : (d[key] = default; d[key])
get!(f::Callable, d::Dict, key) = haskey(d, key) ? d[key] : (d[key] = f(); d[key])
haskey(d::Dict, key) = __slot(d, key) > 0
get!(d::AbstractDict, key, default) = haskey(d, key) ? d[key] : (d[key] = default; d[key])
get!(f::Callable, d::AbstractDict, key) = haskey(d, key) ? d[key] : (d[key] = f(); d[key])
get(f::Callable, d::AbstractDict, key) = haskey(d, key) ? d[key] : f()
getindex(d::AbstractDict, key) = (v = get(d, key, __Absent()); v === __Absent() ? throw(KeyError(key)) : v)
function delete!(d::Dict, key)
    s = __slot(d, key)
    s > 0 || return d
    n = length(d.names)
    Intrinsics.dict_remove(d.slots, key)
    if s < n
        moved = __array_get(d.names, n)
        __array_set(d.names, moved, s)
        __array_set(d.vals, __array_get(d.vals, n), s)
        Intrinsics.dict_insert(d.slots, moved, s - 1)
    end
    resize!(d.names, n - 1)
    resize!(d.vals, n - 1)
    d
end
pop!(d::Dict, key) = (v = d[key]; delete!(d, key); v)
pop!(d::Dict, key, default) = haskey(d, key) ? pop!(d, key) : default
function empty!(d::Dict)
    for key in d.names
        Intrinsics.dict_remove(d.slots, key)
    end
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
"The keys of a dictionary, as they are when asked for: what is deleted in a loop over them does not disturb it."
struct KeySet{K,T} <: AbstractSet{K}
    dict::T
    items::Vector{K}
end
"The values of a dictionary, likewise."
struct ValueIterator{T,V}
    dict::T
    items::Vector{V}
end
const __PartOfDict = Union{KeySet,ValueIterator}
keys(d::Dict{K}) where {K} = KeySet{K,typeof(d)}(d, copy(d.names))
values(d::Dict{K,V}) where {K,V} = ValueIterator{typeof(d),V}(d, copy(d.vals))
keys(d::AbstractDict) = (items = map(first, collect(d)); KeySet{eltype(items),typeof(d)}(d, items))
values(d::AbstractDict) = (items = map(last, collect(d)); ValueIterator{typeof(d),eltype(items)}(d, items))
length(s::__PartOfDict) = length(s.items)
isempty(s::__PartOfDict) = isempty(s.items)
__counted(s::__PartOfDict) = true
__count(s::__PartOfDict) = length(s.items)
__item(s::__PartOfDict, k::Int64) = __array_get(s.items, k + 1)
eltype(::Type{ValueIterator{T,V}}) where {T,V} = V
in(key, s::KeySet) = haskey(s.dict, key)
in(x, s::ValueIterator) = x in s.items
collect(s::__PartOfDict) = copy(s.items)
==(a::AbstractSet, b::AbstractSet) = length(a) == length(b) && issubset(a, b)
union(s::KeySet, t) = union(Set(s), t)
intersect(s::KeySet, t) = intersect(Set(s), t)
setdiff(s::KeySet, t) = setdiff(Set(s), t)
symdiff(s::KeySet, t) = symdiff(Set(s), t)
filter(p, s::KeySet) = filter(p, Set(s))
copy(s::KeySet) = Set(s)
show(io::IO, s::__PartOfDict) = print(io, repr(s.items))
__summary(io, s::__PartOfDict) = print(io, s isa KeySet ? "KeySet" : "ValueIterator", " for a ", summary(s.dict))
function show(io::IO, ::MIME"text/plain", s::__PartOfDict)
    print(io, summary(s))
    isempty(s) && return nothing
    print(io, s isa KeySet ? ". Keys:" : ". Values:")
    for x in s
        print(io, "\n  ", repr(x))
    end
end
pairs(d::AbstractDict) = d
copy(d::Dict{K,V}) where {K,V} = __filled_dict(Dict{K,V}(), d)
function deepcopy_internal(d::Dict{K,V}, seen) where {K,V}
    haskey(seen, d) && return seen[d]::Dict{K,V}
    e = Dict{K,V}()
    seen[d] = e
    for (key, value) in d
        e[deepcopy_internal(key, seen)] = deepcopy_internal(value, seen)
    end
    e
end
merge(a::AbstractDict, rest::AbstractDict...) = merge(Dict(a), rest...)
merge(f::Function, a::AbstractDict, rest::AbstractDict...) = mergewith(f, a, rest...)
mergewith(f, a::AbstractDict, rest::AbstractDict...) = mergewith(f, Dict(a), rest...)
function findfirst(p::Function, d::AbstractDict)
    for (k, v) in d
        p(v) && return k
    end
    nothing
end
"Of equal dictionaries the same, whatever their types are."
hash(d::AbstractDict, h::UInt64) = hash(Dict(d), h)
hash(d::Dict, h::UInt64) = __mixed_hash(Intrinsics.any_hash(d), h)
merge(a::Dict) = copy(a)
merge(a::Dict{K,V}, b::AbstractDict{L,W}) where {K,V,L,W} = merge!(merge!(Dict{promote_type(K, L),promote_type(V, W)}(), a), b)
merge(a::Dict, b::AbstractDict, rest::AbstractDict...) = merge(merge(a, b), rest...)
merge!(a::AbstractDict, b::AbstractDict) = __filled_dict(a, b)
merge!(a::AbstractDict, b::AbstractDict, rest::AbstractDict...) = merge!(merge!(a, b), rest...)
merge(f::Function, a::Dict, rest::AbstractDict...) = mergewith(f, a, rest...)
merge!(f::Function, a::AbstractDict, rest::AbstractDict...) = mergewith!(f, a, rest...)
mergewith(f, a::Dict) = copy(a)
mergewith(f, a::Dict, b::AbstractDict) = mergewith!(f, merge(a, Dict{keytype(b),valtype(b)}()), b)
mergewith(f, a::Dict, b::AbstractDict, rest::AbstractDict...) = mergewith(f, mergewith(f, a, b), rest...)
mergewith(f) = (ds...) -> mergewith(f, ds...)
"Merges into `a`, values under the same key through `f`."
function mergewith!(f, a::AbstractDict, b::AbstractDict)
    for p in b
        a[p.first] = haskey(a, p.first) ? f(a[p.first], p.second) : p.second
    end
    a
end
mergewith!(f) = (ds...) -> mergewith!(f, ds...)
mergewith!(f, a::AbstractDict, b::AbstractDict, rest::AbstractDict...) = mergewith!(f, mergewith!(f, a, b), rest...)
filter(f, d::Dict{K,V}) where {K,V} = __filled_dict(Dict{K,V}(), filter(f, collect(d)))
filter(f, d::AbstractDict) = __filled_dict(empty(d), filter(f, collect(d)))
copy!(dest::AbstractDict, src::AbstractDict) = __filled_dict(empty!(dest), src)
eachindex(d::AbstractDict) = keys(d)
function filter!(f, d::Dict)
    for p in collect(d)
        f(p) || delete!(d, p.first)
    end
    d
end
function ==(a::AbstractDict, b::AbstractDict)
    length(a) == length(b) || return false
    unknown = false
    for p in a
        haskey(b, p.first) || return false
        same = b[p.first] == p.second
        ismissing(same) ? (unknown = true) : same || return false
    end
    unknown ? missing : true
end
function isequal(a::AbstractDict, b::AbstractDict)
    length(a) == length(b) || return false
    for p in a
        haskey(b, p.first) && isequal(b[p.first], p.second) || return false
    end
    true
end
in(p::Pair, d::AbstractDict) = haskey(d, p.first) && d[p.first] == p.second
empty(d::AbstractDict{K,V}) where {K,V} = empty(d, K, V)
empty(d::AbstractDict{K}, ::Type{V}) where {K,V} = empty(d, K, V)
similar(d::AbstractDict) = empty(d)
similar(d::AbstractDict, ::Type{Pair{K,V}}) where {K,V} = empty(d, K, V)
empty(::AbstractDict, ::Type{K}, ::Type{V}) where {K,V} = Dict{K,V}()
getkey(d::Dict, key, default) = (s = __slot(d, key); s > 0 ? __array_get(d.names, s) : default)
push!(d::AbstractDict, p::Pair) = setindex!(d, p.second, p.first)
push!(d::AbstractDict, p::Pair, rest::Pair...) = push!(push!(d, p), rest...)
sizehint!(d::AbstractDict, n; kws...) = d
keytype(::Type{<:AbstractDict{K,V}}) where {K,V} = K
valtype(::Type{<:AbstractDict{K,V}}) where {K,V} = V
keytype(a::AbstractArray) = keytype(typeof(a))
keytype(::Type{<:AbstractArray{T,N}}) where {T,N} = N == 1 ? Int64 : CartesianIndex{N}
valtype(a::AbstractArray) = eltype(a)
valtype(::Type{<:AbstractArray{T}}) where {T} = T
keytype(::Tuple) = Int64
keytype(::Type{<:Tuple}) = Int64
valtype(t::Tuple) = eltype(t)
valtype(::Type{T}) where {T<:Tuple} = eltype(T)
keytype(::NamedTuple) = Symbol
valtype(t::NamedTuple) = eltype(t)
"Takes out some pair."
function pop!(d::AbstractDict)
    isempty(d) && __argument_error("dict must be non-empty")
    p = first(d)
    delete!(d, p.first)
    p
end
function map!(f, v::AbstractDict)
    for p in collect(v)
        v[p.first] = f(p.second)
    end
    v
end

function map!(f, v::ValueIterator{<:Dict})
    map!(f, v.dict)
    values(v.dict)
end

"A table whose keys are told apart by identity: two equal arrays are two keys."
mutable struct IdDict{K,V} <: AbstractDict{K,V}
    names::Vector{K}
    vals::Vector{V}
end
IdDict{K,V}() where {K,V} = IdDict{K,V}(Array{K,1}(), Array{V,1}())
IdDict() = IdDict{Any,Any}()
__counted(d::IdDict) = true
IdDict{K,V}(pairs::Pair...) where {K,V} = (d = IdDict{K,V}(); __set_pairs!(d, pairs); d)
function IdDict{K,V}(pairs) where {K,V}
    d = IdDict{K,V}()
    for (key, value) in pairs
        d[key] = value
    end
    d
end
IdDict(itr) = (v = collect(itr); __id_dict_of_type(eltype(v), v))
__id_dict_of_type(T, v) = __filled_dict(IdDict(), v)
__id_dict_of_type(::Type{Pair{A,B}}, v) where {A,B} = __filled_dict(IdDict{A,B}(), v)
__id_dict_of_type(::Type{Tuple{A,B}}, v) where {A,B} = __filled_dict(IdDict{A,B}(), v)
empty(::IdDict, ::Type{K}, ::Type{V}) where {K,V} = IdDict{K,V}()
IdDict{K,V}(pair::Pair) where {K,V} = setindex!(IdDict{K,V}(), pair.second, pair.first)
IdDict(pairs::Pair...) = __id_dict_of(pairs)
IdDict(pair::Pair) = __id_dict_of((pair,))
function __id_dict_of(pairs::Tuple)
    d = IdDict{promote_typeof(map(p -> p.first, pairs)...),promote_typeof(map(p -> p.second, pairs)...)}()
    __set_pairs!(d, pairs)
    d
end
function __id_slot(d::IdDict, key)
    for k in 1:length(d.names)
        __array_get(d.names, k) === key && return k
    end
    0
end
__id_slot(d::IdDict{Any}, key) = Intrinsics.any_position(d.names, key)
function setindex!(d::IdDict{K,V}, v, key) where {K,V}
    k = convert(K, key)
    s = __id_slot(d, k)
    if s > 0
        __array_set(d.vals, convert(V, v), s)
    else
        push!(d.names, k)
        push!(d.vals, convert(V, v))
    end
    d
end
getindex(d::IdDict, key) = (s = __id_slot(d, key); s > 0 ? __array_get(d.vals, s) : throw(KeyError(key)))
get(d::IdDict, key, default) = (s = __id_slot(d, key); s > 0 ? __array_get(d.vals, s) : default)
get(f::Callable, d::IdDict, key) = (s = __id_slot(d, key); s > 0 ? __array_get(d.vals, s) : f())
get!(d::IdDict, key, default) = haskey(d, key) ? d[key] : (d[key] = default; d[key])
get!(f::Callable, d::IdDict, key) = haskey(d, key) ? d[key] : (d[key] = f(); d[key])
haskey(d::IdDict, key) = __id_slot(d, key) > 0
function delete!(d::IdDict, key)
    s = __id_slot(d, key)
    s > 0 || return d
    # Where a key is, is remembered of an array that only grows.
    d.names = deleteat!(copy(d.names), s)
    deleteat!(d.vals, s)
    d
end
pop!(d::IdDict, key) = (v = d[key]; delete!(d, key); v)
pop!(d::IdDict, key, default) = haskey(d, key) ? pop!(d, key) : default
empty!(d::IdDict) = (d.names = similar(d.names, 0); empty!(d.vals); d)
length(d::IdDict) = length(d.names)
isempty(d::IdDict) = length(d.names) == 0
__count(d::IdDict) = length(d.names)
__item(d::IdDict{K,V}, k::Int64) where {K,V} = Pair{K,V}(__array_get(d.names, k + 1), __array_get(d.vals, k + 1))
copy(d::IdDict{K,V}) where {K,V} = IdDict{K,V}(copy(d.names), copy(d.vals))

"A list of pairs, the latest first, that grows by making another."
struct ImmutableDict{K,V} <: AbstractDict{K,V}
    parent::Any
    key::K
    value::V
    ImmutableDict{K,V}() where {K,V} = new(nothing)
    ImmutableDict{K,V}(key, value) where {K,V} = new(ImmutableDict{K,V}(), key, value)
    ImmutableDict{K,V}(parent::ImmutableDict, key, value) where {K,V} = new(parent, key, value)
end
ImmutableDict(p::Pair{K,V}) where {K,V} = ImmutableDict{K,V}(p.first, p.second)
ImmutableDict(d::ImmutableDict{K,V}, p::Pair) where {K,V} = ImmutableDict{K,V}(d, p.first, p.second)
ImmutableDict(p::Pair{K,V}, rest::Pair...) where {K,V} = foldl(ImmutableDict, rest; init=ImmutableDict(p))
ImmutableDict(d::ImmutableDict, p::Pair, rest::Pair...) = ImmutableDict(ImmutableDict(d, p), rest...)
function get(d::ImmutableDict, key, default)
    at = d
    while at.parent !== nothing
        isequal(at.key, key) && return at.value
        at = at.parent
    end
    default
end
haskey(d::ImmutableDict, key) = get(d, key, __Absent()) !== __Absent()
getindex(d::ImmutableDict, key) = (v = get(d, key, __Absent()); v === __Absent() ? throw(KeyError(key)) : v)
iterate(d::ImmutableDict{K,V}, at=d) where {K,V} = at.parent === nothing ? nothing : (Pair{K,V}(at.key, at.value), at.parent)
length(d::ImmutableDict) = d.parent === nothing ? 0 : 1 + length(d.parent)
isempty(d::ImmutableDict) = d.parent === nothing
IteratorSize(::Type{<:ImmutableDict}) = HasLength()
