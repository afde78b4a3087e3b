# Functors: structures as trees of what they hold.
module Functors
export fmap, functor, children, isleaf, fcollect, fmapstructure, fleaves, fmap_with_path, fmapstructure_with_path, KeyPath, getkeypath, haskeypath
public execute, AbstractWalk, DefaultWalk, StructuralWalk

"What stands below a value in its tree, nothing below a leaf, and the function that puts such things together again. Methods for a type say what its tree is."
functor(x) = functor(typeof(x), x)
functor(::Type{T}, x) where {T} = isprimitivetype(T) || fieldcount(T) == 0 ? leaf(x) : fields_of(T, x)
functor(::Type{<:Union{Tuple,NamedTuple,AbstractArray,AbstractDict}}, x) = (x, itself)
functor(::Type{<:AbstractArray{<:Number}}, x) = leaf(x)
functor(::Type{<:Union{Number,AbstractString,AbstractChar,Symbol,Nothing,Missing,Type,Module,AbstractRange}}, x) = leaf(x)
itself(parts) = parts
leaf(x) = ((), _ -> x)
# By numbers, of which each has one type.
fields_of(::Type{T}, x) where {T} = (NamedTuple{fieldnames(T)}(Base.__ntuple(i -> getfield(x, i), Val(fieldcount(T)))), parts -> rebuilt(T, values(parts)))
"A struct of these fields: of the same type if they fit, else what its constructor makes of them."
rebuilt(::Type{T}, fields) where {T} = fit(fieldtypes(T), fields) ? Base.__new(T, fields...) : getglobal(parentmodule(T), nameof(T))(fields...)
fit(::Tuple{}, ::Tuple{}) = true
fit(types::Tuple, fields::Tuple) = fields[1] isa types[1] && fit(Base.tail(types), Base.tail(fields))
chosen(x, names::Tuple) = NamedTuple{names}(map(name -> getfield(x, name), names))
"Only these fields are parts of the tree; the others stay as they are."
with_fields(x::T, names) where {T} = (chosen(x, names), parts -> rebuilt(T, map(name -> name in names ? getfield(parts, name) : getfield(x, name), fieldnames(T))))
with_fields(x::NamedTuple, names) = (chosen(x, names), parts -> merge(x, parts))
children(x) = functor(x)[1]
isleaf(x) = children(x) === ()
with_parts(x, parts) = functor(x)[2](parts)

# ---- Maps

"Stands for a keyword that was not given."
struct NoKeyword end
"`x` with `f` of each leaf in its place; of several structures of one shape, `f` of their leaves together. What stands at several places is mapped once."
fmap(f, x, rest...; exclude=isleaf, walk=DefaultWalk(), cache=true, prune=NoKeyword()) =
    cache !== nothing && has_ties(x) ? mapped_once(f, exclude, walk, IdDict{Any,Any}(), prune, x, rest...) : mapped(f, exclude, walk, x, rest...)
mapped(f, exclude, walk, x, rest...) = exclude(x) ? f(x, rest...) : walk((parts...) -> mapped(f, exclude, walk, parts...), x, rest...)
function mapped_once(f, exclude, walk, seen, prune, x, rest...)
    isbits(x) || !haskey(seen, x) || return prune isa NoKeyword ? seen[x] : prune
    found = exclude(x) ? f(x, rest...) : walk((parts...) -> mapped_once(f, exclude, walk, seen, prune, parts...), x, rest...)
    isbits(x) || (seen[x] = found)
    found
end
"Does memory stand at several places of a tree?"
has_ties(x) = !allunique(identities(x))
identities(x) = push_identities!(UInt64[], x)
function push_identities!(ids, x)
    ismutable(x) && !(x isa Union{Symbol,AbstractString}) && push!(ids, objectid(x))
    foreach(y -> push_identities!(ids, y), values(children(x)))
    ids
end

"How a tree is walked: called with the function for each part, the tree, and others of its shape."
abstract type AbstractWalk end
"The tree is put together again."
struct DefaultWalk <: AbstractWalk end
"The tree becomes tuples, named tuples, arrays and dictionaries."
struct StructuralWalk <: AbstractWalk end
function (::DefaultWalk)(f, x::T, rest...) where {T}
    parts, again = functor(x)
    again(each_part(f, parts, map(y -> functor(T, y)[1], rest)...))
end
(::StructuralWalk)(f, x, rest...) = each_part(f, children(x), map(children, rest)...)
execute(walk::AbstractWalk, x, rest...) = walk((parts...) -> execute(walk, parts...), x, rest...)
each_part(f, parts::Union{Tuple,AbstractArray}, rest...) = map(f, parts, map(values, rest)...)
each_part(f, parts::NamedTuple{names}, rest...) where {names} = NamedTuple{names}(map(f, values(parts), map(r -> by_name(r, names), rest)...))
each_part(f, parts::AbstractDict, rest...) = Dict(k => f(v, map(r -> r[k], rest)...) for (k, v) in parts)
by_name(r::NamedTuple, names) = map(name -> getfield(r, name), names)
by_name(r, names) = values(r)
"The tree itself, structs as named tuples, with `f` of each leaf."
fmapstructure(f, x, rest...; options...) = fmap(f, x, rest...; walk=StructuralWalk(), options...)
"All leaves, in order; all that is in a tree."
fleaves(x; exclude=isleaf) = exclude(x) ? Any[x] : reduce(vcat, [fleaves(y; exclude) for y in values(children(x))]; init=Any[])
fcollect(x; output=[], exclude=_ -> false) = collect_into!(output, IdDict{Any,Any}(), exclude, x)
function collect_into!(output, seen, exclude, x)
    (haskey(seen, x) || exclude(x)) && return output
    isbits(x) || (seen[x] = nothing)
    push!(output, x)
    foreach(y -> collect_into!(output, seen, exclude, y), values(children(x)))
    output
end

# ---- Places in a tree

"The way from the root of a tree: names of fields, keys and indices."
struct KeyPath{K<:Tuple}
    keys::K
end
KeyPath(keys...) = KeyPath(flat_keys(keys))
flat_keys(::Tuple{}) = ()
flat_keys(keys::Tuple) = (keys_of(keys[1])..., flat_keys(Base.tail(keys))...)
keys_of(k) = (k,)
keys_of(k::KeyPath) = k.keys
Base.length(k::KeyPath) = length(k.keys)
Base.getindex(k::KeyPath, i::Integer) = k.keys[i]
Base.getindex(k::KeyPath, r::AbstractVector) = KeyPath(k.keys[r])
Base.iterate(k::KeyPath, state...) = iterate(k.keys, state...)
Base.first(k::KeyPath) = first(k.keys)
Base.last(k::KeyPath) = last(k.keys)
Base.keys(k::KeyPath) = keys(k.keys)
Base.tail(k::KeyPath) = KeyPath(Base.tail(k.keys))
Base.:(==)(a::KeyPath, b::KeyPath) = a.keys == b.keys
Base.hash(k::KeyPath, h::UInt64) = hash(k.keys, h)
Base.show(io::IO, k::KeyPath) = (print(io, "KeyPath("); join(io, map(repr, k.keys), ", "); print(io, ")"))
getkeypath(x, k::KeyPath) = foldl(part_at, k.keys; init=x)
part_at(x, k) = getproperty(x, k)
part_at(x::Union{Tuple,NamedTuple,AbstractArray,AbstractDict}, k) = x[k]
haskeypath(x, k::KeyPath) = has_path(x, k.keys)
has_path(x, ::Tuple{}) = true
has_path(x, keys::Tuple) = has_part(x, keys[1]) && has_path(part_at(x, keys[1]), Base.tail(keys))
has_part(x, k) = hasproperty(x, k)
has_part(x::Union{Tuple,NamedTuple,AbstractDict}, k) = haskey(x, k)
has_part(x::AbstractArray, k) = checkbounds(Bool, x, k)
"`fmap` of a function that is also given the way to each leaf."
fmap_with_path(f, x, rest...; exclude=(_, y) -> isleaf(y), walk=DefaultWalk(), options...) = with_path(f, exclude, walk, KeyPath(()), x, rest...)
fmapstructure_with_path(f, x, rest...; options...) = fmap_with_path(f, x, rest...; walk=StructuralWalk(), options...)
function with_path(f, exclude, walk, path, x, rest...)
    exclude(path, x) && return f(path, x, rest...)
    walk((key, parts...) -> with_path(f, exclude, walk, KeyPath(path, key), parts...), Keyed(x), rest...)
end
"A tree whose parts are walked with their keys."
struct Keyed{X}
    x::X
end
function (::DefaultWalk)(f, k::Keyed{X}, rest...) where {X}
    parts, again = functor(k.x)
    again(each_part(f, keys_like(parts), parts, map(y -> functor(X, y)[1], rest)...))
end
(::StructuralWalk)(f, k::Keyed, rest...) = (parts = children(k.x); each_part(f, keys_like(parts), parts, map(children, rest)...))
keys_like(parts::Tuple) = Base.__ntuple(identity, Val(Base.__tuple_length(parts)))
keys_like(::NamedTuple{names}) where {names} = NamedTuple{names}(names)
keys_like(parts::AbstractArray) = collect(keys(parts))
keys_like(parts::AbstractDict) = Dict(k => k for k in keys(parts))
end
