# Functors: structures as trees of what they hold.
module Functors
export fmap, functor, children, isleaf, fcollect, fmapstructure, fleaves

"What stands below a value in its tree; nothing below a leaf."
children(x::Union{Tuple,NamedTuple,AbstractArray,AbstractDict}) = x
children(x::AbstractArray{<:Number}) = ()
children(x::Union{Number,AbstractString,AbstractChar,Symbol,Nothing,Missing,Type,Function}) = fields_of(x)
children(x) = fields_of(x)
fields_of(x::T) where {T} = isprimitivetype(T) || fieldcount(T) == 0 ? () : NamedTuple{fieldnames(T)}(__ntuple(i -> getfield(x, i), Val(fieldcount(T))))
fields_of(x::Union{Number,AbstractString,AbstractChar,Symbol,Nothing,Missing,Type}) = ()
isleaf(x) = children(x) === ()
"Those and the function that puts such things together again."
functor(x) = (children(x), parts -> with_parts(x, parts))
with_parts(x::Union{Tuple,NamedTuple,AbstractArray,AbstractDict}, parts) = parts
with_parts(x::T, parts) where {T} = Base.__new(T, values(parts)...)

"`x` with `f` of each leaf in its place; of several structures of one shape, `f` of their leaves together. Structs keep their types."
fmap(f, x, rest...; exclude=isleaf) = mapped(f, exclude, x, rest...)
mapped(f, exclude, x, rest...) = exclude(x) ? f(x, rest...) : below(f, exclude, x, rest...)
below(f, exclude, x::Tuple, rest...) = map((parts...) -> mapped(f, exclude, parts...), x, map(parts_of, rest)...)
below(f, exclude, x::NamedTuple{names}, rest...) where {names} = NamedTuple{names}(below(f, exclude, values(x), rest...))
below(f, exclude, x::AbstractArray, rest...) = map((parts...) -> mapped(f, exclude, parts...), x, rest...)
below(f, exclude, x::AbstractDict, rest...) = Dict(k => mapped(f, exclude, v, map(r -> r[k], rest)...) for (k, v) in x)
below(f, exclude, x::T, rest...) where {T} = Base.__new(T, below(f, exclude, values(children(x)), rest...)...)
parts_of(x::Tuple) = x
parts_of(x) = values(children(x))
"The tree itself, structs as named tuples, with `f` of each leaf."
fmapstructure(f, x; exclude=isleaf) = structure(f, exclude, x)
structure(f, exclude, x) = exclude(x) ? f(x) : map(y -> structure(f, exclude, y), children(x))
"All leaves, in order; all that is in a tree."
fleaves(x; exclude=isleaf) = exclude(x) ? Any[x] : reduce(vcat, [fleaves(y; exclude) for y in values(children(x))]; init=Any[])
fcollect(x) = isleaf(x) ? Any[x] : reduce(vcat, [fcollect(y) for y in values(children(x))]; init=Any[x])
end
