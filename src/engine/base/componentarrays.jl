# ComponentArrays: vectors and matrices whose parts have names.
module ComponentArrays
using LinearAlgebra
import Base: __bc_style, __materialize, __bc_rebuilt
export ComponentArray, ComponentVector, ComponentMatrix, Axis, FlatAxis, ShapedAxis, PartitionedAxis, ViewAxis, KeepIndex
export getaxes, getdata, labels, label2index, valkeys, fastindices

# What lies where along one direction: a number at a place, a vector in a range, anything else in a view of a range.
"A direction without names."
struct FlatAxis end
"The names of one direction and their places."
struct Axis{P<:NamedTuple}
    places::P
end
"An array of a shape; parts of one form, `n` elements each."
struct ShapedAxis{N}
    size::NTuple{N,Int64}
end
struct PartitionedAxis{A}
    n::Int64
    axis::A
end
struct ViewAxis{A}
    range::UnitRange{Int64}
    axis::A
end
const Place = Union{Int64,UnitRange{Int64},ViewAxis}
Axis(; places...) = Axis(NamedTuple(places))
Axis(names::Symbol...) = Axis(names)
Axis(names::Tuple{Vararg{Symbol}}) = Axis(NamedTuple{names}(ntuple(identity, length(names))))
ShapedAxis(size::Tuple, ::NamedTuple) = ShapedAxis(size)
ViewAxis(range::UnitRange{Int64}, places::NamedTuple) = ViewAxis(range, Axis(places))
ends(k::Int64) = k
ends(r::UnitRange{Int64}) = last(r)
ends(v::ViewAxis) = last(v.range)
Base.length(axis::Axis) = maximum(map(ends, values(axis.places)); init=0)
Base.show(io::IO, ::FlatAxis) = print(io, "FlatAxis()")
Base.show(io::IO, axis::Axis) = print(io, "Axis(", join([string(name, " = ", repr(p)) for (name, p) in pairs(axis.places)], ", "), ")")
Base.show(io::IO, axis::ShapedAxis) = print(io, "ShapedAxis(", axis.size, ")")
Base.show(io::IO, axis::PartitionedAxis) = print(io, "PartitionedAxis(", axis.n, ", ", repr(axis.axis), ")")
Base.show(io::IO, v::ViewAxis) = print(io, "ViewAxis(", v.range, ", ", repr(v.axis), ")")

struct ComponentArray{T,N,A<:AbstractArray{T,N},X<:Tuple} <: AbstractArray{T,N}
    __data::A
    __axes::X
end
const ComponentVector{T,A,X} = ComponentArray{T,1,A,X}
const ComponentMatrix{T,A,X} = ComponentArray{T,2,A,X}
"The plain array; the names of each direction."
getdata(c::ComponentArray) = getfield(c, :__data)
getdata(x::AbstractArray) = x
getaxes(c::ComponentArray) = getfield(c, :__axes)
places_of(c::ComponentVector) = getaxes(c)[1].places
"An array whose directions have these names, or the plain one if none has any."
named(data::AbstractArray{T,N}, axes::Tuple) where {T,N} = ComponentArray{T,N,typeof(data),typeof(axes)}(data, axes)
named(data::AbstractArray, ::Tuple{Vararg{FlatAxis}}) = data
named(data, axes) = data
made(data, places::NamedTuple) = named(data, (Axis(places),))

ComponentArray(; parts...) = ComponentArray(NamedTuple(parts))
ComponentArray(parts::NamedTuple) = made(laid_out(parts), placed(parts, 0))
ComponentArray(c::ComponentArray) = c
ComponentArray(c::ComponentArray; parts...) = ComponentArray(merge(NamedTuple(c), NamedTuple(parts)))
ComponentArray(data::AbstractArray, axes::Tuple) = named(data, axes)
ComponentArray(data::AbstractArray, axes...) = named(data, axes)
ComponentArray{T}(; parts...) where {T} = ComponentArray{T}(NamedTuple(parts))
ComponentArray{T}(parts::NamedTuple) where {T} = ComponentArray{T}(ComponentArray(parts))
ComponentArray{T}(c::ComponentArray) where {T} = named(convert(AbstractArray{T}, getdata(c)), getaxes(c))
ComponentArray(init::UndefInitializer, axes::Tuple) = ComponentArray{Float64}(init, axes)
ComponentArray{T}(::UndefInitializer, axes::Tuple) where {T} = named(Array{T}(undef, map(length, axes)...), axes)
ComponentVector(; parts...) = ComponentArray(NamedTuple(parts))
ComponentVector(x::Union{NamedTuple,ComponentVector}) = ComponentArray(x)
ComponentVector(c::ComponentVector; parts...) = ComponentArray(c; parts...)
ComponentVector(data::AbstractVector, axes...) = ComponentArray(data, axes...)
ComponentVector{T}(; parts...) where {T} = ComponentArray{T}(NamedTuple(parts))
ComponentVector{T}(x::Union{NamedTuple,ComponentVector}) where {T} = ComponentArray{T}(x)
ComponentVector{T}(init::UndefInitializer, axes::Tuple) where {T} = ComponentArray{T}(init, axes)
ComponentMatrix(data::AbstractMatrix, axes...) = ComponentArray(data, axes...)

# From parts to one vector
laid_out(parts::NamedTuple) = reduce(vcat, map(flat, values(parts)); init=Vector{element_of(values(parts))}())
element_of(::Tuple{}) = Union{}
element_of(t::Tuple) = promote_type(of_one(first(t)), element_of(Base.tail(t)))
of_one(x) = typeof(x)
of_one(x::AbstractArray) = eltype(x)
of_one(x::AbstractArray{<:NamedTuple}) = element_of(values(first(x)))
of_one(x::NamedTuple) = element_of(values(x))
flat(x::Union{Number,Missing,Nothing}) = [x]
flat(x::AbstractArray) = vec(x)
flat(x::AbstractArray{<:NamedTuple}) = reduce(vcat, map(flat, vec(x)))
flat(x::NamedTuple) = laid_out(x)
extent(x) = 1
extent(x::AbstractArray) = length(x)
extent(x::AbstractArray{<:NamedTuple}) = length(x) * extent(first(x))
extent(x::NamedTuple) = sum(map(extent, values(x)); init=0)
placed(parts::NamedTuple{names}, before) where {names} = NamedTuple{names}(placed_each(values(parts), before))
placed_each(::Tuple{}, before) = ()
placed_each(t::Tuple, before) = (place(first(t), before), placed_each(Base.tail(t), before + extent(first(t)))...)
range_of(x, before) = before+1:before+extent(x)
place(x, before) = before + 1
place(x::AbstractVector, before) = range_of(x, before)
place(x::AbstractArray, before) = ViewAxis(range_of(x, before), ShapedAxis(size(x)))
place(x::AbstractVector{<:NamedTuple}, before) = ViewAxis(range_of(x, before), PartitionedAxis(extent(first(x)), Axis(placed(first(x), 0))))
place(x::NamedTuple, before) = ViewAxis(range_of(x, before), Axis(placed(x, 0)))
place(x::ComponentVector, before) = ViewAxis(range_of(x, before), getaxes(x)[1])

# Parts by name. Along each direction an index selects positions, and has names, a shape, or no extent of its own.
const Name = Union{Symbol,AbstractString,Val}
at_name(places, name::Symbol) = getproperty(places, name)
at_name(places, name::AbstractString) = getproperty(places, Symbol(name))
at_name(places, ::Val{name}) where {name} = getproperty(places, name)
selected(axis::Axis, name::Name) = at_name(axis.places, name)
selected(axis, ::Colon) = ViewAxis(1:0, axis)
selected(axis, i) = i
positions(i) = i
positions(v::ViewAxis) = v.range
positions_in(::Colon, place) = Colon()
positions_in(i, place) = positions(place)
axes_of(::Int64) = ()
axes_of(i) = (FlatAxis(),)
axes_of(v::ViewAxis) = axes_in(v.axis)
axes_in(axis) = (axis,)
axes_in(axis::ShapedAxis) = map(_ -> FlatAxis(), axis.size)
sizes_of(::Int64) = ()
sizes_of(i) = (length(i),)
sizes_of(v::ViewAxis) = v.axis isa ShapedAxis ? v.axis.size : (length(v.range),)
joined(::Tuple{}) = ()
joined(t::Tuple) = (first(t)..., joined(Base.tail(t))...)
"What `get` (`view` or `getindex`) of the data gives for these indices, with the names that are left."
function part(get, c::ComponentArray, I::Tuple)
    places = map(selected, getaxes(c), I)
    in_form(get(getdata(c), map(positions_in, I, places)...), places)
end
in_form(x, places) = named(shaped(x, places, Val(any(is_shaped, places))), joined(map(axes_of, places)))
in_form(x::AbstractVector, places::Tuple{ViewAxis{<:PartitionedAxis}}) =
    (p = places[1].axis; [named(view(x, k+1:k+p.n), (p.axis,)) for k in 0:p.n:length(x)-1])
in_form(x, ::Tuple{Vararg{Int64}}) = x
is_shaped(place) = place isa ViewAxis && place.axis isa ShapedAxis
shaped(x, places, ::Val{false}) = x
shaped(x, places, ::Val{true}) = reshape(x, joined(map(sizes_of, places)))
seen(data, I...) = view(data, I...)
seen(data, I::Int64...) = data[I...]
"A name that stays in what it selects."
struct KeepIndex{I}
    index::I
end
kept(c, names::Tuple) = ComponentArray(NamedTuple{names}(map(n -> getproperty(c, n), names)))
fastindices(names...) = map(n -> n isa Val ? n : Val(n), names)

Base.getproperty(c::ComponentVector, name::Symbol) = part(seen, c, (name,))
Base.getproperty(c::ComponentVector, name::Val) = part(seen, c, (name,))
Base.setproperty!(c::ComponentVector, name::Symbol, v) = put!(c, selected(getaxes(c)[1], name), v)
put!(c, k::Int64, v) = (getdata(c)[k] = v)
put!(c, p::Union{UnitRange,ViewAxis}, v) = (getdata(c)[positions(p)] .= v isa NamedTuple || v isa AbstractArray ? flat(v) : v; v)
Base.propertynames(c::ComponentVector) = keys(places_of(c))
Base.keys(c::ComponentVector) = keys(places_of(c))
Base.haskey(c::ComponentVector, name::Symbol) = haskey(places_of(c), name)
valkeys(c::ComponentVector) = map(Val, keys(c))
Base.hasproperty(c::ComponentVector, name::Symbol) = name in keys(c)
Base.getindex(c::ComponentVector, name::Name) = part(getindex, c, (name,))
Base.getindex(c::ComponentVector, names::AbstractVector{Symbol}) = kept(c, Tuple(names))
Base.getindex(c::ComponentVector, names::Tuple{Vararg{Symbol}}) = kept(c, names)
Base.getindex(c::ComponentVector, k::KeepIndex{Symbol}) = kept(c, (k.index,))
Base.getindex(c::ComponentMatrix, i::Name, j::Name) = part(getindex, c, (i, j))
Base.getindex(c::ComponentMatrix, i::Name, j::Union{Int64,Colon,AbstractVector{<:Integer}}) = part(getindex, c, (i, j))
Base.getindex(c::ComponentMatrix, i::Union{Int64,Colon,AbstractVector{<:Integer}}, j::Name) = part(getindex, c, (i, j))
Base.getindex(c::ComponentMatrix, i::Colon, j::Int64) = part(getindex, c, (i, j))
Base.getindex(c::ComponentMatrix, i::Int64, j::Colon) = part(getindex, c, (i, j))
Base.setindex!(c::ComponentVector, v, name::Name) = put!(c, selected(getaxes(c)[1], name), v)
Base.setindex!(c::ComponentVector, v, names::AbstractVector{Symbol}) = setindex!(getdata(c), v, reduce(vcat, [[positions(getproperty(places_of(c), n))...] for n in names]))
Base.setindex!(c::ComponentMatrix, v, i::Name, j::Name) = put_in!(c, v, (i, j))
Base.setindex!(c::ComponentMatrix, v, i::Name, j::Union{Int64,Colon,AbstractVector{<:Integer}}) = put_in!(c, v, (i, j))
Base.setindex!(c::ComponentMatrix, v, i::Union{Int64,Colon,AbstractVector{<:Integer}}, j::Name) = put_in!(c, v, (i, j))
put_in!(c, v, I) = (setindex!(getdata(c), v, map(positions_in, I, map(selected, getaxes(c), I))...); c)
Base.view(c::ComponentVector, name::Name) = part(seen, c, (name,))
Base.view(c::ComponentMatrix, i::Union{Name,Colon,Int64}, j::Union{Name,Colon,Int64}) = part(seen, c, (i, j))
Base.NamedTuple(c::ComponentVector{T,A,Tuple{Axis{P}}}) where {T,A,P} = NamedTuple{fieldnames(P)}(map(name -> plain(getproperty(c, name)), fieldnames(P)))
Base.convert(::Type{NamedTuple}, c::ComponentVector) = NamedTuple(c)
plain(x) = x
plain(x::AbstractArray) = collect(x)
plain(x::AbstractVector{<:ComponentVector}) = map(NamedTuple, x)
plain(x::ComponentVector) = NamedTuple(x)
"A name for each element, such as `b[2]`; the places of a name."
labels(c::ComponentVector) = labels_of(places_of(c))
labels_of(places::NamedTuple) = reduce(vcat, [labels_of(string(name), p) for (name, p) in pairs(places)]; init=String[])
labels_of(name, k::Int64) = [name]
labels_of(name, r::UnitRange) = [string(name, "[", k, "]") for k in 1:length(r)]
labels_of(name, v::ViewAxis) = labels_in(name, v.axis, v.range)
labels_in(name, axis::Axis, range) = [string(name, ".", l) for l in labels_of(axis.places)]
labels_in(name, axis::ShapedAxis, range) = [string(name, "[", join(Tuple(I), ","), "]") for I in vec(collect(CartesianIndices(axis.size)))]
labels_in(name, axis::PartitionedAxis, range) = reduce(vcat, [labels_in("$name[$k]", axis.axis, range) for k in 1:div(length(range), axis.n)])
label2index(c::ComponentVector, name) = findall(l -> l == name || startswith(l, name * "[") || startswith(l, name * "."), labels(c))

# As an array
Base.size(c::ComponentArray) = size(getdata(c))
Base.IndexStyle(::Type{<:ComponentArray}) = IndexLinear()
Base.parent(c::ComponentArray) = getdata(c)
Base.getindex(c::ComponentArray, k::Int64) = getdata(c)[k]
Base.getindex(c::ComponentMatrix, i::Int64, j::Int64) = getdata(c)[i, j]
Base.setindex!(c::ComponentArray, v, k::Int64) = (getdata(c)[k] = v; c)
Base.getindex(c::ComponentArray, ::Colon) = getdata(c)[:]
Base.copy(c::ComponentArray) = named(copy(getdata(c)), getaxes(c))
Base.similar(c::ComponentArray) = named(similar(getdata(c)), getaxes(c))
Base.similar(c::ComponentArray, ::Type{T}) where {T} = named(similar(getdata(c), T), getaxes(c))
Base.zero(c::ComponentArray) = named(zero(getdata(c)), getaxes(c))
Base.collect(c::ComponentArray) = collect(getdata(c))
Base.vec(c::ComponentVector) = c
Base.Vector(c::ComponentVector) = collect(getdata(c))
Base.Matrix(c::ComponentMatrix) = collect(getdata(c))
Base.map(f, c::ComponentArray) = named(map(f, getdata(c)), getaxes(c))
Base.:-(c::ComponentArray) = named(-getdata(c), getaxes(c))
Base.:+(a::ComponentArray, b::ComponentArray) = named(getdata(a) + getdata(b), getaxes(a))
Base.:-(a::ComponentArray, b::ComponentArray) = named(getdata(a) - getdata(b), getaxes(a))
Base.:*(x::Number, c::ComponentArray) = named(x * getdata(c), getaxes(c))
Base.:*(c::ComponentArray, x::Number) = named(getdata(c) * x, getaxes(c))
Base.:/(c::ComponentArray, x::Number) = named(getdata(c) / x, getaxes(c))
Base.:\(x::Number, c::ComponentArray) = named(x \ getdata(c), getaxes(c))
Base.:*(a::ComponentMatrix, x::AbstractVector) = named(getdata(a) * getdata(x), (getaxes(a)[1],))
Base.:*(a::ComponentMatrix, b::ComponentMatrix) = named(getdata(a) * getdata(b), (getaxes(a)[1], getaxes(b)[2]))
Base.:*(a::ComponentMatrix, b::Matrix) = named(getdata(a) * b, (getaxes(a)[1], FlatAxis()))
Base.:*(a::Matrix, b::ComponentMatrix) = named(a * getdata(b), (FlatAxis(), getaxes(b)[2]))
LinearAlgebra.adjoint(a::ComponentMatrix) = named(adjoint(getdata(a)), reverse(getaxes(a)))
LinearAlgebra.transpose(a::ComponentMatrix) = named(transpose(getdata(a)), reverse(getaxes(a)))
"Vectors with different names one after the other are one with all of them."
Base.vcat(a::ComponentVector, b::ComponentVector) = followed(a, b, Val(any(n -> n in keys(a), keys(b))))
followed(a, b, ::Val{true}) = vcat(getdata(a), getdata(b))
followed(a, b, ::Val{false}) = made(vcat(getdata(a), getdata(b)), merge(places_of(a), map(p -> moved(p, length(a)), places_of(b))))
moved(k::Int64, n) = k + n
moved(r::UnitRange, n) = first(r)+n:last(r)+n
moved(v::ViewAxis, n) = ViewAxis(moved(v.range, n), v.axis)

type_shown(c::ComponentArray{T,N}) where {T,N} =
    string(N == 1 ? "ComponentVector{$T" : N == 2 ? "ComponentMatrix{$T" : "ComponentArray{$T,$N", getdata(c) isa SubArray ? ",SubArray...}" : "}")
Base.show(io::IO, c::ComponentVector) = print(io, shown(c))
Base.show(io::IO, ::MIME"text/plain", c::ComponentVector) = print(io, type_shown(c), shown(c))
function Base.show(io::IO, ::MIME"text/plain", c::ComponentMatrix)
    print(io, join(size(c), "×"), " ", type_shown(c), " with axes ", join(map(repr, getaxes(c)), " × "))
    print(io, "\n", split(repr("text/plain", collect(getdata(c))), "\n"; limit=2)[2])
end
shown(c::ComponentVector) = string("(", join([string(name, " = ", shown(getproperty(c, name))) for name in keys(c)], ", "), ")")
shown(x) = repr(x isa AbstractArray ? collect(x) : x)
shown(x::AbstractVector{<:ComponentVector}) = string("[", join(map(shown, x), ", "), "]")

# Dotted calls: of the plain arrays, each direction with the names that the first array with names has there.
__bc_style(::ComponentArray) = 7
__materialize(::Val{7}, b) = named(Base.materialize(plainly(b)), names_in(b))
plainly(x) = x
plainly(c::ComponentArray) = getdata(c)
plainly(c::Adjoint{T,<:ComponentVector}) where {T} = adjoint(getdata(parent(c)))
plainly(c::Transpose{T,<:ComponentVector}) where {T} = transpose(getdata(parent(c)))
plainly(b::Base.Broadcasted) = __bc_rebuilt(b.f, map(plainly, b.args))
names_in(x) = ()
names_in(x::AbstractArray) = map(_ -> FlatAxis(), size(x))
names_in(x::Tuple) = (FlatAxis(),)
names_in(c::ComponentArray) = getaxes(c)
names_in(c::Union{Adjoint{T,<:ComponentVector},Transpose{T,<:ComponentVector}}) where {T} = (FlatAxis(), getaxes(parent(c))...)
names_in(b::Base.Broadcasted) = first_names(b.args)
first_names(::Tuple{}) = ()
first_names(args::Tuple) = either_each(names_in(Base.__tuple_get(args, 1)), first_names(Base.tail(args)))
either_each(::Tuple{}, ::Tuple{}) = ()
either_each(::Tuple{}, q::Tuple) = q
either_each(p::Tuple, ::Tuple{}) = p
either_each(p::Tuple, q::Tuple) = (either(first(p), first(q)), either_each(Base.tail(p), Base.tail(q))...)
either(::FlatAxis, q) = q
either(p, q) = p
end
