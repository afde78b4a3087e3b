# Setfield: lenses on parts of values, composed from the outside in.
module Setfield
import ..Accessors
import ..Accessors: set, modify
import ..ConstructionBase
import ..ConstructionBase: setproperties, constructorof
export Lens, set, modify, setproperties, constructorof
public PropertyLens, IndexLens, DynamicIndexLens, FunctionLens, IdentityLens, ComposedLens, compose

abstract type Lens end
struct IdentityLens <: Lens end
struct PropertyLens{name} <: Lens end
struct IndexLens{I<:Tuple} <: Lens
    indices::I
end
struct DynamicIndexLens{F} <: Lens
    f::F
end
struct FunctionLens{F} <: Lens
    f::F
end
struct ComposedLens{A,B} <: Lens
    outer::A
    inner::B
end
"The lens first through the outer one, then through the inner one."
compose() = IdentityLens()
compose(a::Lens) = a
compose(a::Lens, b::Lens) = ComposedLens(a, b)
compose(::IdentityLens, b::Lens) = b
compose(a::Lens, ::IdentityLens) = a
compose(::IdentityLens, ::IdentityLens) = IdentityLens()
compose(a::Lens, rest::Lens...) = compose(a, compose(rest...))
Base.:∘(a::Lens, b::Lens) = compose(a, b)
"What the optic of a macro is as a lens."
lens(::typeof(identity)) = IdentityLens()
lens(::Accessors.PropertyLens{name}) where {name} = PropertyLens{name}()
lens(l::Accessors.IndexLens) = IndexLens(l.indices)
lens(l::Accessors.DynamicIndexLens) = DynamicIndexLens(l.f)
lens(f) = FunctionLens(f)
lens(o::ComposedFunction) = compose(lens(o.inner), lens(o.outer))
optic(::IdentityLens) = identity
optic(::PropertyLens{name}) where {name} = Accessors.PropertyLens{name}()
optic(l::IndexLens) = Accessors.IndexLens(l.indices)
optic(l::DynamicIndexLens) = Accessors.DynamicIndexLens(l.f)
optic(l::FunctionLens) = l.f
(l::Lens)(x) = get(x, l)
Base.get(x, l::Lens) = optic(l)(x)
Base.get(x, l::ComposedLens) = get(get(x, l.outer), l.inner)
Accessors.set(x, l::Lens, v) = set(x, optic(l), v)
Accessors.set(x, l::ComposedLens, v) = set(x, l.outer, set(get(x, l.outer), l.inner, v))
Accessors.modify(f, x, l::Lens) = set(x, l, f(get(x, l)))
in_words(before, l) = Accessors.in_words(before, optic(l))
in_words(before, ::IdentityLens) = before
in_words(before, l::ComposedLens) = in_words(in_words(before, l.outer), l.inner)
in_words(before, l::FunctionLens) = string(l.f, "(", before, ")")
Base.show(io::IO, l::Union{IdentityLens,PropertyLens,IndexLens,DynamicIndexLens,FunctionLens,ComposedLens}) = print(io, "(@lens ", in_words("_", l), ")")
end
