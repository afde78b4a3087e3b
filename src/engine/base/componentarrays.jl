# ComponentArrays: vectors whose parts have names.
module ComponentArrays
using LinearAlgebra
import Base: __bc_style, __materialize, __bc_rebuilt
export ComponentArray, ComponentVector, getaxes, getdata, labels, label2index, valkeys, Axis

"A vector and where each part of it lies: a tree of names, whose leaves are places, or places and shapes."
struct ComponentVector{T,A<:AbstractVector{T},P<:NamedTuple} <: AbstractVector{T}
    __data::A
    __places::P
end
const ComponentArray = ComponentVector
"One number; an array of a shape; parts by names."
struct At
    k::Int64
end
struct Shaped{N}
    range::UnitRange{Int64}
    size::NTuple{N,Int64}
end
struct Parts{P<:NamedTuple}
    range::UnitRange{Int64}
    places::P
end
ComponentVector(; parts...) = ComponentVector(NamedTuple(parts))
function ComponentVector(parts::NamedTuple)
    data, places = laid_out(parts)
    made(data, places)
end
made(data::AbstractVector{T}, places) where {T} = ComponentVector{T,typeof(data),typeof(places)}(data, places)
ComponentVector(c::ComponentVector) = c
ComponentVector(c::ComponentVector; parts...) = ComponentVector(merge(NamedTuple(c), NamedTuple(parts)))
ComponentVector(data::AbstractVector, axes::Tuple) = made(data, axes[1].places)
ComponentVector(data::AbstractVector, axis) = made(data, axis.places)
ComponentVector{T}(; parts...) where {T} = (c = ComponentVector(; parts...); made(convert(Vector{T}, getdata(c)), places_of(c)))
ComponentVector{T}(parts::NamedTuple) where {T} = (c = ComponentVector(parts); made(convert(Vector{T}, getdata(c)), places_of(c)))
ComponentVector{T}(c::ComponentVector) where {T} = made(convert(Vector{T}, getdata(c)), places_of(c))
"What `getaxes` gives: the names of one direction and their places."
struct Axis{P<:NamedTuple}
    places::P
end
Axis(names::Symbol...) = Axis(NamedTuple{names}(ntuple(At, length(names))))
laid_out(parts::NamedTuple) = (reduce(vcat, map(flat, values(parts)); init=start_of(parts)), placed(parts, 0))
start_of(parts::NamedTuple) = Vector{element_of(values(parts))}()
element_of(::Tuple{}) = Union{}
element_of(t::Tuple) = promote_type(of_one(first(t)), element_of(Base.tail(t)))
of_one(x::Number) = typeof(x)
of_one(x::AbstractArray) = eltype(x)
of_one(x::NamedTuple) = element_of(values(x))
flat(x::Number) = [x]
flat(x::AbstractArray) = vec(x)
flat(x::NamedTuple) = laid_out(x)[1]
extent(x::Number) = 1
extent(x::AbstractArray) = length(x)
extent(x::NamedTuple) = sum(map(extent, values(x)); init=0)
placed(parts::NamedTuple{names}, before) where {names} = NamedTuple{names}(placed_each(values(parts), before))
placed_each(::Tuple{}, before) = ()
placed_each(t::Tuple, before) = (place(first(t), before), placed_each(Base.tail(t), before + extent(first(t)))...)
place(x::Number, before) = At(before + 1)
place(x::AbstractArray, before) = Shaped(before+1:before+length(x), size(x))
place(x::NamedTuple, before) = Parts(before+1:before+extent(x), placed(x, 0))
place(x::ComponentVector, before) = Parts(before+1:before+length(x), places_of(x))

"The plain array; the names of each direction."
getdata(c::ComponentVector) = getfield(c, :__data)
getdata(x::AbstractArray) = x
places_of(c::ComponentVector) = getfield(c, :__places)
getaxes(c::ComponentVector) = (Axis(places_of(c)),)
part(c::ComponentVector, p::At) = getdata(c)[p.k]
part(c::ComponentVector, p::Shaped{1}) = view(getdata(c), p.range)
part(c::ComponentVector, p::Shaped) = reshape(view(getdata(c), p.range), p.size)
part(c::ComponentVector, p::Parts) = made(view(getdata(c), p.range), p.places)
Base.getproperty(c::ComponentVector, name::Symbol) = part(c, getproperty(places_of(c), name))
Base.setproperty!(c::ComponentVector, name::Symbol, v) = put!(c, getproperty(places_of(c), name), v)
put!(c, p::At, v) = (getdata(c)[p.k] = v)
put!(c, p::Union{Shaped,Parts}, v) = (getdata(c)[p.range] .= v isa NamedTuple ? flat(v) : vec(v); v)
put!(c, p::Union{Shaped,Parts}, v::Number) = (getdata(c)[p.range] .= v; v)
Base.propertynames(c::ComponentVector) = keys(places_of(c))
Base.keys(c::ComponentVector) = keys(places_of(c))
valkeys(c::ComponentVector) = map(Val, keys(c))
Base.hasproperty(c::ComponentVector, name::Symbol) = name in keys(c)
Base.getindex(c::ComponentVector, name::Symbol) = copied(getproperty(c, name))
copied(x::Number) = x
copied(x) = copy(x)
Base.getindex(c::ComponentVector, names::AbstractVector{Symbol}) = ComponentVector(NamedTuple{Tuple(names)}(map(n -> getproperty(c, n), Tuple(names))))
Base.setindex!(c::ComponentVector, v, name::Symbol) = setproperty!(c, name, v)
Base.view(c::ComponentVector, name::Symbol) = getproperty(c, name)
Base.NamedTuple(c::ComponentVector) = map(p -> plain(part(c, p)), places_of(c))
plain(x) = x
plain(x::AbstractArray) = collect(x)
plain(x::ComponentVector) = NamedTuple(x)
"A name for each element, such as `b[2]`; the places of a name."
labels(c::ComponentVector) = labels_of(places_of(c))
labels_of(places::NamedTuple) = reduce(vcat, [labels_of(string(name), p) for (name, p) in pairs(places)]; init=String[])
labels_of(name, p::At) = [name]
labels_of(name, p::Shaped) = [string(name, "[", join(Tuple(I), ","), "]") for I in vec(collect(CartesianIndices(p.size)))]
labels_of(name, p::Parts) = [string(name, ".", l) for l in labels_of(p.places)]
label2index(c::ComponentVector, name) = findall(l -> l == name || startswith(l, name * "[") || startswith(l, name * "."), labels(c))

# As a vector
Base.size(c::ComponentVector) = size(getdata(c))
Base.IndexStyle(::Type{<:ComponentVector}) = IndexLinear()
Base.getindex(c::ComponentVector, k::Int64) = getdata(c)[k]
Base.setindex!(c::ComponentVector, v, k::Int64) = (getdata(c)[k] = v; c)
Base.getindex(c::ComponentVector, ::Colon) = getdata(c)[:]
Base.copy(c::ComponentVector) = made(copy(getdata(c)), places_of(c))
Base.similar(c::ComponentVector) = made(similar(getdata(c)), places_of(c))
Base.similar(c::ComponentVector, ::Type{T}) where {T} = made(similar(getdata(c), T), places_of(c))
Base.zero(c::ComponentVector) = made(zero(getdata(c)), places_of(c))
Base.collect(c::ComponentVector) = collect(getdata(c))
Base.vec(c::ComponentVector) = c
Base.Vector(c::ComponentVector) = collect(getdata(c))
Base.map(f, c::ComponentVector) = made(map(f, getdata(c)), places_of(c))
Base.:-(c::ComponentVector) = made(-getdata(c), places_of(c))
Base.:+(a::ComponentVector, b::ComponentVector) = made(getdata(a) + getdata(b), places_of(a))
Base.:-(a::ComponentVector, b::ComponentVector) = made(getdata(a) - getdata(b), places_of(a))
Base.:*(x::Number, c::ComponentVector) = made(x * getdata(c), places_of(c))
Base.:*(c::ComponentVector, x::Number) = made(getdata(c) * x, places_of(c))
Base.:/(c::ComponentVector, x::Number) = made(getdata(c) / x, places_of(c))
Base.show(io::IO, c::ComponentVector) = print(io, "ComponentVector{", eltype(c), "}", shown(c))
Base.show(io::IO, ::MIME"text/plain", c::ComponentVector) = show(io, c)
shown(c::ComponentVector) = string("(", join([string(name, " = ", shown(part(c, p))) for (name, p) in pairs(places_of(c))], ", "), ")")
shown(x) = repr(x isa AbstractArray ? collect(x) : x)

# Dotted calls: of the plain vectors, with the names of the first.
__bc_style(::ComponentVector) = 7
__materialize(::Val{7}, b) = named(Base.materialize(plainly(b)), names_in(b))
named(a::AbstractVector, places) = made(a, places)
named(a, places) = a
plainly(x) = x
plainly(c::ComponentVector) = getdata(c)
plainly(b::Base.Broadcasted) = __bc_rebuilt(b.f, map(plainly, b.args))
names_in(x) = nothing
names_in(c::ComponentVector) = places_of(c)
names_in(b::Base.Broadcasted) = first_names(b.args)
first_names(::Tuple{}) = nothing
first_names(args::Tuple) = either(names_in(Base.__tuple_get(args, 1)), first_names(Base.tail(args)))
either(::Nothing, p) = p
either(p::NamedTuple, q) = p
end
