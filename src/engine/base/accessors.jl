# Accessors: parts of values by optics, and values with other parts. The macros make calls of these functions.
module Accessors
import ..LinearAlgebra
import ..ConstructionBase
import ..ConstructionBase: setproperties, constructorof, getproperties
export PropertyLens, IndexLens, DynamicIndexLens, Elements, Properties, If, Recursive, set, modify, insert, delete, getall, setall, setproperties, constructorof, getproperties, opcompose, opticcompose, ⨟
public OpticStyle, SetBased, ModifyBased

"The property of a name, what stands at indices, and what stands at indices that the value tells (as `end` does)."
struct PropertyLens{name} end
PropertyLens(name) = PropertyLens{Symbol(name)}()
struct IndexLens{I<:Tuple}
    indices::I
end
IndexLens(i::Integer...) = IndexLens(i)
struct DynamicIndexLens{F}
    f::F
end
(::PropertyLens{name})(x) where {name} = getproperty(x, name)
(l::IndexLens)(x) = getindex(x, l.indices...)
(l::DynamicIndexLens)(x) = getindex(x, l.f(x)...)
const Placed = Union{PropertyLens,IndexLens,DynamicIndexLens}

"All elements of a collection, all properties of a value, a value that a condition holds for, and all that is reached again and again."
struct Elements end
struct Properties end
struct If{F}
    modify_condition::F
end
struct Recursive{F,O}
    descent_condition::F
    optic::O
end
const Several = Union{Elements,Properties,If,Recursive}

"Optics one after another: `opticcompose(a, b)` is first `a`, then `b`."
opticcompose() = identity
opticcompose(a) = a
opticcompose(a, b) = b ∘ a
opticcompose(::typeof(identity), b) = b
opticcompose(a, ::typeof(identity)) = a
opticcompose(::typeof(identity), ::typeof(identity)) = identity
opticcompose(a, b, rest...) = opticcompose(opticcompose(a, b), rest...)
const ⨟ = opticcompose
const opcompose = opticcompose

# ---- Set and modify

"`x` with `v` at the place that an optic says; with `f` of what stands there."
set(x, ::typeof(identity), v) = v
set(x, ::PropertyLens{name}, v) where {name} = setproperties(x, NamedTuple{(name,)}((v,)))
set(x, l::IndexLens, v) = with_index(x, v, l.indices...)
set(x, l::DynamicIndexLens, v) = with_index(x, v, l.f(x)...)
set(x, o::Several, v) = modify(_ -> v, x, o)
set(x, o::ComposedFunction, v) = set(x, o.inner, set(o.inner(x), o.outer, v))
set(x, o::ComposedFunction{<:Any,<:Several}, v) = modify(y -> set(y, o.outer, v), x, o.inner)
set(x, o::ComposedFunction{<:ComposedFunction}, v) = set(x, o.outer.outer ∘ (o.outer.inner ∘ o.inner), v)
set(x, f, v) = set_by(OpticStyle(typeof(f)), x, f, v)
"Does a program say how to set by an optic, or how to modify?"
abstract type OpticStyle end
struct SetBased <: OpticStyle end
struct ModifyBased <: OpticStyle end
OpticStyle(::Type) = SetBased()
set_by(::SetBased, x, f, v) = inverse(f)(v)
set_by(::ModifyBased, x, f, v) = modify(_ -> v, x, f)
modify(f, x, o) = set(x, o, f(o(x)))
modify(f, x, o, args...) = modify(y -> f(y, args...), x, o)
modify(f, x, o::ComposedFunction) = modify(y -> modify(f, y, o.outer), x, o.inner)
modify(f, x, ::Elements) = map(f, x)
modify(f, x, ::Properties) = with_properties(f, x)
modify(f, x, o::If) = o.modify_condition(x) ? f(x) : x
modify(f, x, o::Recursive) = modify(y -> o.descent_condition(y) ? modify(f, y, o) : f(y), x, o.optic)
updated(op, x, o, v) = modify(y -> op(y, v), x, o)
with_properties(f, x::Union{Tuple,NamedTuple}) = map(f, x)
with_properties(f, x) = setproperties(x, map(f, getproperties(x)))

with_index(x::Union{Tuple,NamedTuple}, v, i) = Base.setindex(x, v, i)
function with_index(x::AbstractArray, v, I...)
    y = similar(x, promote_type(eltype(x), elements(I, v)))
    copyto!(y, x)
    y[I...] = v
    y
end
elements(I, v) = typeof(v)
elements(I::Tuple{Vararg{Union{Integer,CartesianIndex}}}, v) = typeof(v)
elements(I, v::AbstractArray) = eltype(v)
elements(I::Tuple{Vararg{Union{Integer,CartesianIndex}}}, v::AbstractArray) = typeof(v)
function with_index(x::AbstractDict, v, k)
    y = Dict{promote_type(keytype(x), typeof(k)),promote_type(valtype(x), typeof(v))}(x)
    y[k] = v
    y
end

# ---- Insert and delete

"`x` with `v` at a place where nothing is yet; without what stands at a place."
insert(x::NamedTuple, ::PropertyLens{name}, v) where {name} = haskey(x, name) ? error("`insert` of a property that is there: `", name, "`") : merge(x, NamedTuple{(name,)}((v,)))
insert(x, l::IndexLens, v) = inserted(x, v, l.indices...)
insert(x, l::DynamicIndexLens, v) = inserted(x, v, l.f(x)...)
insert(x, o::ComposedFunction, v) = modify(y -> insert(y, o.outer, v), x, o.inner)
insert(x, ::typeof(first), v) = inserted(x, v, 1)
insert(x, ::typeof(last), v) = inserted(x, v, length(x) + 1)
inserted(x::Tuple, v, i::Integer) = (x[1:i-1]..., v, x[i:end]...)
inserted(x::AbstractVector, v, i::Integer) = (y = copyto!(similar(x, promote_type(eltype(x), typeof(v))), x); Base.insert!(y, i, v))
inserted(x::NamedTuple, v, name::Symbol) = haskey(x, name) ? error("`insert` of a key that is there: `", name, "`") : merge(x, NamedTuple{(name,)}((v,)))
inserted(x::AbstractDict, v, k) = with_index(x, v, k)
delete(x::NamedTuple, ::PropertyLens{name}) where {name} = Base.structdiff(x, NamedTuple{(name,)})
delete(x, l::IndexLens) = deleted(x, l.indices...)
delete(x, l::DynamicIndexLens) = deleted(x, l.f(x)...)
delete(x, o::ComposedFunction) = modify(y -> delete(y, o.outer), x, o.inner)
delete(x, ::typeof(first)) = deleted(x, 1)
delete(x, ::typeof(last)) = deleted(x, length(x))
delete(x, o::ComposedFunction{<:If,Elements}) = filter(y -> !o.outer.modify_condition(y), x)
deleted(x::Tuple, i::Integer) = (x[1:i-1]..., x[i+1:end]...)
deleted(x::AbstractVector, i) = deleteat!(copy(x), i)
deleted(x::NamedTuple, name::Symbol) = Base.structdiff(x, NamedTuple{(name,)})
deleted(x::AbstractDict, k) = delete!(copy(x), k)

# ---- All that an optic reaches

"A tuple of all that an optic reaches; `x` with these values there instead."
getall(x, o) = (o(x),)
getall(x, ::Elements) = Tuple(x)
getall(x, ::Properties) = values(getproperties(x))
getall(x, o::If) = o.modify_condition(x) ? (x,) : ()
getall(x, o::ComposedFunction) = from_each(y -> getall(y, o.outer), getall(x, o.inner))
getall(x, o::Recursive) = from_each(y -> o.descent_condition(y) ? getall(y, o) : (y,), getall(x, o.optic))
from_each(f, ::Tuple{}) = ()
from_each(f, t::Tuple) = (f(t[1])..., from_each(f, Base.tail(t))...)
function setall(x, o, vs)
    n = length(getall(x, o))
    n == length(vs) || throw(DimensionMismatch("tried to assign $(length(vs)) elements to $n destinations"))
    placed(x, o, vs)
end
placed(x, o, vs) = set(x, o, first(vs))
placed(x, ::Elements, vs) = like(x, vs)
placed(x, ::Properties, vs) = setproperties(x, NamedTuple{propertynames(x)}(Tuple(vs)))
placed(x, o::If, vs) = o.modify_condition(x) ? first(vs) : x
function placed(x, o::ComposedFunction, vs)
    parts = getall(x, o.inner)
    placed(x, o.inner, dealt(parts, o.outer, Tuple(vs)))
end
dealt(::Tuple{}, o, vs) = ()
function dealt(parts::Tuple, o, vs)
    n = length(getall(parts[1], o))
    (placed(parts[1], o, vs[1:n]), dealt(Base.tail(parts), o, vs[n+1:end])...)
end
placed(x, o::Recursive, vs) = error("`setall` of a recursive optic")
like(x::Tuple, vs) = Tuple(vs)
like(x::NamedTuple{names}, vs) where {names} = NamedTuple{names}(Tuple(vs))
like(x::AbstractArray, vs) = reshape(collect(vs), size(x))

# ---- Functions as optics

set(x, ::typeof(first), v) = with_index(x, v, firstindex(x))
set(x, ::typeof(last), v) = with_index(x, v, lastindex(x))
set(x, ::typeof(only), v) = (only(x); set(x, first, v))
set(x::Tuple, ::typeof(Base.front), v::Tuple) = (v..., last(x))
set(x::Tuple, ::typeof(Base.tail), v::Tuple) = (first(x), v...)
set(x::NamedTuple, ::typeof(values), v) = NamedTuple{keys(x)}(Tuple(v))
set(x::NamedTuple, ::typeof(keys), v) = NamedTuple{Tuple(v)}(values(x))
set(x, ::typeof(real), v) = complex(v, imag(x))
set(x, ::typeof(imag), v) = complex(real(x), v)
set(x, ::typeof(abs), v) = v * (iszero(x) ? one(x) : sign(x))
set(x, ::typeof(angle), v) = abs(x) * cis(v)
set(x, ::typeof(sign), v) = v * abs(x)
set(x, ::typeof(LinearAlgebra.norm), v) = map(y -> y * (v / LinearAlgebra.norm(x)), x)
set(x, ::typeof(LinearAlgebra.normalize), v) = LinearAlgebra.norm(x) * v
set(x, ::typeof(LinearAlgebra.diag), v) = (y = copy(x); y[LinearAlgebra.diagind(y)] = v; y)
set(x::AbstractArray, ::typeof(vec), v::AbstractVector) = reshape(v, size(x))
set(x::AbstractArray, ::typeof(size), v::Tuple) = reshape(x, v)
set(x::AbstractArray, ::typeof(eltype), ::Type{T}) where {T} = T.(x)
set(x::Number, ::Type{T}, v) where {T<:Number} = convert(typeof(x), v)
"The function that undoes another."
inverse(f) = throw(ArgumentError("`set` knows no way through the function `$f`"))
inverse(::Union{typeof(identity),typeof(+)}) = identity
inverse(::typeof(-)) = -
inverse(::typeof(inv)) = inv
inverse(::typeof(!)) = !
inverse(::typeof(conj)) = conj
inverse(::typeof(adjoint)) = adjoint
inverse(::typeof(transpose)) = transpose
inverse(::typeof(reverse)) = reverse
inverse(::typeof(exp)) = log
inverse(::typeof(log)) = exp
inverse(::typeof(exp2)) = log2
inverse(::typeof(log2)) = exp2
inverse(::typeof(exp10)) = log10
inverse(::typeof(log10)) = exp10
inverse(::typeof(expm1)) = log1p
inverse(::typeof(log1p)) = expm1
inverse(::typeof(sqrt)) = abs2
inverse(::typeof(deg2rad)) = rad2deg
inverse(::typeof(rad2deg)) = deg2rad
inverse(f::Union{Base.Fix1{typeof(+)},Base.Fix1{typeof(*)}}) = undone(f.f, f.x)
inverse(f::Union{Base.Fix2{typeof(+)},Base.Fix2{typeof(*)},Base.Fix2{typeof(-)},Base.Fix2{typeof(/)}}) = undone(f.f, f.x)
inverse(f::Base.Fix1{typeof(-)}) = f
undone(::typeof(+), c) = y -> y - c
undone(::typeof(-), c) = y -> y + c
undone(::typeof(*), c) = y -> y / c
undone(::typeof(/), c) = y -> y * c

# ---- As texts

"An optic in the words of the macro: what stands before it, and then its own part."
in_words(before, ::PropertyLens{name}) where {name} = string(before, ".", name)
in_words(before, l::IndexLens) = string(before, "[", join(map(repr, l.indices), ", "), "]")
in_words(before, l::DynamicIndexLens) = string(before, "[", l.f, "]")
in_words(before, ::Elements) = string(before, "[∗]")
in_words(before, ::Properties) = string(before, "[∗ₚ]")
in_words(before, o::ComposedFunction) = in_words(in_words(before, o.inner), o.outer)
in_words(before, f) = string("(", before, " |> ", f, ")")
Base.show(io::IO, o::Union{PropertyLens,IndexLens,DynamicIndexLens,Elements,Properties}) = print(io, "(@o ", in_words("_", o), ")")
Base.show(io::IO, o::ComposedFunction{<:Placed}) = print(io, "(@o ", in_words("_", o), ")")
end
