# Fields and entries by their names as variables: what the macros `@unpack`, `@pack!` and `@with_kw` call.
module UnPack
export unpack, pack!

"A field of an object, or the entry of a dictionary under its name."
unpack(x, ::Val{name}) where {name} = getproperty(x, name)
unpack(x::AbstractDict{Symbol}, ::Val{name}) where {name} = x[name]
unpack(x::AbstractDict{<:AbstractString}, ::Val{name}) where {name} = x[string(name)]
"The same set to a value."
pack!(x, ::Val{name}, value) where {name} = setproperty!(x, name, value)
pack!(x::AbstractDict{Symbol}, ::Val{name}, value) where {name} = x[name] = value
pack!(x::AbstractDict{<:AbstractString}, ::Val{name}, value) where {name} = x[string(name)] = value
unpacked(x, names::Val...) = map(name -> unpack(x, name), names)
packed!(x, pairs::Tuple...) = (foreach(p -> pack!(x, p[1], p[2]), pairs); map(last, pairs))
end
module SimpleUnPack
end
module Parameters
import ..UnPack
export reconstruct, type2dict

"An object like `old` with other values in some of its fields."
reconstruct(old::T; changes...) where {T} = rebuilt(T, old, values(changes))
reconstruct(old, changes::AbstractDict{Symbol}) = reconstruct(old; changes...)
function rebuilt(::Type{T}, old, changes) where {T}
    all(name -> name in fieldnames(T), keys(changes)) || error("Fields of type ", T, " not found: ", filter(name -> !(name in fieldnames(T)), [keys(changes)...]))
    T(values(merge(fields(old), changes))...)
end
fields(x::T) where {T} = NamedTuple{fieldnames(T)}(__ntuple(i -> getfield(x, i), Val(fieldcount(T))))
"Field by field; in a short form where a type is known already."
show_fields(io::IO, x) = dump(io, x; maxdepth=1)
"The fields of an object as a dictionary."
type2dict(x) = Dict{Symbol,Any}(pairs(fields(x))...)
end
