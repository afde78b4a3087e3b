# What does not keep its object alive. Nothing is collected here, which Julia allows: the object is always there.

mutable struct WeakRef
    value::Any
end
WeakRef() = WeakRef(nothing)
==(a::WeakRef, b::WeakRef) = isequal(a.value, b.value)
==(a::WeakRef, b) = isequal(a.value, b)
==(a, b::WeakRef) = isequal(a, b.value)
hash(r::WeakRef, h::UInt64) = hash(r.value, h)

"A dictionary that would forget the keys that nothing else holds."
mutable struct WeakKeyDict{K,V} <: AbstractDict{K,V}
    ht::Dict{K,V}
    WeakKeyDict{K,V}() where {K,V} = new(Dict{K,V}())
    WeakKeyDict{K,V}(pairs::Pair...) where {K,V} = __filled_dict(new(Dict{K,V}()), pairs)
    WeakKeyDict{K,V}(pairs) where {K,V} = __filled_dict(new(Dict{K,V}()), pairs)
end
WeakKeyDict() = WeakKeyDict{Any,Any}()
WeakKeyDict(pairs::Pair...) = __weak(Dict(pairs...))
WeakKeyDict(pairs) = __weak(Dict(pairs))
__weak(d::Dict{K,V}) where {K,V} = WeakKeyDict{K,V}(d)
function setindex!(d::WeakKeyDict{K}, v, key) where {K}
    key isa K || __argument_error(repr(key), " is not a valid key for type ", K)
    key === nothing && __argument_error("`nothing` is not a valid WeakKeyDict key")
    ismutable(key) || key isa Union{String,Symbol} || error("objects of type ", typeof(key), " cannot be finalized")
    d.ht[key] = v
    d
end
getindex(d::WeakKeyDict, key) = d.ht[key]
get(d::WeakKeyDict, key, default) = get(d.ht, key, default)
get(f::Callable, d::WeakKeyDict, key) = get(f, d.ht, key)
haskey(d::WeakKeyDict, key) = haskey(d.ht, key)
getkey(d::WeakKeyDict, key, default) = getkey(d.ht, key, default)
delete!(d::WeakKeyDict, key) = (delete!(d.ht, key); d)
pop!(d::WeakKeyDict, key) = pop!(d.ht, key)
pop!(d::WeakKeyDict, key, default) = pop!(d.ht, key, default)
pop!(d::WeakKeyDict) = pop!(d.ht)
empty!(d::WeakKeyDict) = (empty!(d.ht); d)
length(d::WeakKeyDict) = length(d.ht)
isempty(d::WeakKeyDict) = isempty(d.ht)
__counted(d::WeakKeyDict) = true
__count(d::WeakKeyDict) = __count(d.ht)
__item(d::WeakKeyDict, k::Int64) = __item(d.ht, k)
copy(d::WeakKeyDict{K,V}) where {K,V} = WeakKeyDict{K,V}(d.ht)
empty(::WeakKeyDict, ::Type{K}, ::Type{V}) where {K,V} = WeakKeyDict{K,V}()
filter(f, d::WeakKeyDict{K,V}) where {K,V} = WeakKeyDict{K,V}(filter(f, d.ht))
filter!(f, d::WeakKeyDict) = (filter!(f, d.ht); d)
