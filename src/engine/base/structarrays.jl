# StructArrays: arrays of structs that are stored as an array for each field.
module StructArrays
import Base: __bc_style, __materialize, __bc_rebuilt
import ..ConstructionBase
import ..StaticArrays: SArray, FieldVector
export StructArray, StructVector, LazyRow, LazyRows, collect_structarray, replace_storage
public components, component, staticschema, createinstance, foreachfield, append!!

const Tup = Union{Tuple,NamedTuple}

# ---- What programs say of their types

"The parts of a type as that of a tuple or named tuple, a part of a value, and the value of such parts."
staticschema(::Type{T}) where {T} = NamedTuple{fieldnames(T),Tuple{fieldtypes(T)...}}
staticschema(::Type{T}) where {T<:Tup} = T
component(x, key) = getfield(x, key)
createinstance(::Type{T}, parts...) where {T} = isconcretetype(T) && fit(fieldtypes(T), parts) ? Base.__new(T, parts...) : ConstructionBase.constructorof(T)(parts...)
createinstance(::Type{T}, parts...) where {T<:Tuple} = parts
createinstance(::Type{T}, parts...) where {names,T<:NamedTuple{names}} = NamedTuple{names}(parts)
fit(::Tuple{}, ::Tuple{}) = true
fit(types::Tuple, parts::Tuple) = parts[1] isa types[1] && fit(Base.tail(types), Base.tail(parts))
"Is it stored by its parts? Numbers, texts and arrays are stored whole."
is_struct(::Type{T}) where {T} = isstructtype(T) && fieldcount(T) > 0
is_struct(::Type{<:Union{Integer,AbstractArray,AbstractString,AbstractDict}}) = false
# Static arrays are made of their elements; those with names of their fields.
is_struct(::Type{<:Union{SArray,FieldVector}}) = true
staticschema(::Type{T}) where {T<:SArray} = NTuple{length(T),eltype(T)}
component(x::SArray, k) = Tuple(x)[k]
createinstance(::Type{T}, parts...) where {T<:SArray} = T(parts)

"The elements of type `T` with one array for each of their parts."
struct StructArray{T,N,C<:Tup,I} <: AbstractArray{T,N}
    components::C
    StructArray{T,N,C,I}(c) where {T,N,C,I} = new{T,N,C,I}(c)
end
const StructVector{T,C,I} = StructArray{T,1,C,I}
components(s::StructArray) = getfield(s, :components)
component(s::StructArray, key) = getfield(components(s), key)
Base.getproperty(s::StructArray, key::Symbol) = component(s, key)
Base.getproperty(s::StructArray, key::Int64) = component(s, key)
Base.propertynames(s::StructArray) = propertynames(components(s))
staticschema(::Type{<:StructArray{T,N,C}}) where {T,N,C} = staticschema(C)
each(f, c::Tup) = map(f, c)
columns(s) = values(components(s))

# ---- Made

made(::Type{T}, c::Tup) where {T} = (alike(values(c)); made(T, c, first(values(c))))
made(::Type{T}, c::C, a::AbstractArray{S,N}) where {T,S,N,C} = StructArray{T,N,C,all_linear(values(c)) ? Int64 : CartesianIndex{N}}(c)
all_linear(c) = all(map(a -> IndexStyle(a) isa IndexLinear, c))
alike(::Tuple{}) = throw(ArgumentError("only eltypes with fields are supported"))
alike(c::Tuple) = all(map(a -> axes(a) == axes(c[1]), c)) ? nothing : throw(ArgumentError("all component arrays must have the same shape"))
ordered(::Type{<:Tuple}, c) = values(c)
ordered(::Type{<:NamedTuple{names}}, c::Tuple) where {names} = NamedTuple{names}(c)
ordered(::Type{<:NamedTuple{names}}, c::NamedTuple) where {names} = NamedTuple{names}(map(name -> getfield(c, name), names))
StructArray{T}(c::Tup) where {T} = made(T, ordered(staticschema(T), c))
StructArray{T,N}(c::Tup) where {T,N} = StructArray{T}(c)
StructArray{T,N}(; parts...) where {T,N} = StructArray{T}(values(parts))
StructVector(x; options...) = StructArray(x; options...)
StructVector(; parts...) = StructArray(values(parts))
StructArray(c::Tuple) = made(Tuple{map(eltype, c)...}, c)
StructArray(c::NamedTuple{names}) where {names} = made(NamedTuple{names,Tuple{map(eltype, values(c))...}}, c)
StructArray(; parts...) = StructArray(values(parts))
StructArray{T}(; parts...) where {T} = StructArray{T}(values(parts))
StructArray(s::StructArray) = s
StructArray{T}(s::StructArray{T}) where {T} = s
StructArray(a::AbstractArray{T}; unwrap=_ -> false) where {T} = is_struct(T) ? copyto!(empty_like(T, unwrap, size(a)), a) : throw(ArgumentError("only eltypes with fields are supported"))
StructArray(itr; unwrap=_ -> false) = collect_structarray(itr; unwrap)
StructArray{T}(init::UndefInitializer, dims::Integer...; unwrap=_ -> false) where {T} = empty_like(T, unwrap, dims)
StructArray{T}(init::UndefInitializer, dims::Tuple; unwrap=_ -> false) where {T} = empty_like(T, unwrap, dims)
StructArray{T,N}(init::UndefInitializer, dims::Integer...) where {T,N} = StructArray{T}(init, dims)
StructArray{T}(a::AbstractArray; dims::Integer) where {T} = StructArray{T}(Tuple(map(copy, eachslice(a; dims))))
"An array for each part, or for the parts of a part that is to be taken apart."
empty_like(::Type{T}, unwrap, dims) where {T} = by_schema(staticschema(T), S -> room(S, unwrap, dims), T)
by_schema(::Type{S}, f, ::Type{T}) where {S<:Tuple,T} = made(T, map(f, fieldtypes(S)))
by_schema(::Type{S}, f, ::Type{T}) where {names,S<:NamedTuple{names},T} = made(T, NamedTuple{names}(map(f, fieldtypes(S))))
room(::Type{S}, unwrap, dims) where {S} = unwrap(S) ? empty_like(S, unwrap, dims) : Array{S}(undef, dims...)
"The elements of a collection, as a StructArray."
collect_structarray(itr; unwrap=_ -> false) = StructArray(collect(itr); unwrap)
"The same with other arrays for the parts."
replace_storage(f, s::StructArray{T}) where {T} = made(T, each(c -> c isa StructArray ? replace_storage(f, c) : f(c), components(s)))
foreachfield(f, x::StructArray, rest...) = foreach(key -> f(component(x, key), map(r -> component(r, key), rest)...), keys(components(x)))

# ---- As an array

Base.size(s::StructArray) = size(first(columns(s)))
Base.axes(s::StructArray) = axes(first(columns(s)))
Base.IndexStyle(::Type{<:StructArray{T,N,C,Int64}}) where {T,N,C} = IndexLinear()
inside(s, I) = checkbounds(Bool, s, I...) ? nothing : Base.__out_of_bounds(s, I)
element(s::StructArray{T}, I) where {T} = createinstance(T, map(c -> c[I...], columns(s))...)
Base.getindex(s::StructArray, k::Int64) = (inside(s, (k,)); element(s, (k,)))
Base.getindex(s::StructArray{T,N}, I::Vararg{Int64,N}) where {T,N} = (inside(s, I); element(s, I))
Base.getindex(s::StructArray{T,1}, k::Int64) where {T} = (inside(s, (k,)); element(s, (k,)))
Base.setindex!(s::StructArray, v, k::Int64) = (inside(s, (k,)); store!(s, v, (k,)))
Base.setindex!(s::StructArray{T,N}, v, I::Vararg{Int64,N}) where {T,N} = (inside(s, I); store!(s, v, I))
Base.setindex!(s::StructArray{T,1}, v, k::Int64) where {T} = (inside(s, (k,)); store!(s, v, (k,)))
store!(s::StructArray{T}, v, I) where {T} = store_parts!(s, held(T, v), I)
held(::Type{T}, v::T) where {T} = v
held(::Type{T}, v) where {T} = convert(T, v)
store_parts!(s, v, I) = (map((c, key) -> (c[I...] = component(v, key); nothing), columns(s), keys(components(s))); s)
Base.view(s::StructArray{T}, I...) where {T} = made(T, each(c -> view(c, I...), components(s)))
Base.copy(s::StructArray{T}) where {T} = made(T, each(copy, components(s)))
Base.similar(s::StructArray{T}) where {T} = made(T, each(similar, components(s)))
Base.similar(s::StructArray, ::Type{S}, dims::Tuple) where {S} = is_struct(S) ? by_schema(staticschema(S), P -> similar(whole(s), P, dims), S) : similar(whole(s), S, dims)
"An array of the kind in which the parts are kept."
whole(s::StructArray) = whole(first(columns(s)))
whole(a) = a
Base.fill!(s::StructArray{T}, v) where {T} = (x = held(T, v); foreach((c, key) -> fill!(c, component(x, key)), columns(s), keys(components(s))); s)
Base.reshape(s::StructArray{T}, dims::Tuple) where {T} = made(T, each(c -> reshape(c, dims), components(s)))
Base.reshape(s::StructArray{T}, dims::Union{Integer,Colon}...) where {T} = made(T, each(c -> reshape(c, dims), components(s)))
Base.vec(s::StructArray{T}) where {T} = made(T, each(vec, components(s)))
Base.reverse(s::StructVector{T}) where {T} = made(T, each(reverse, components(s)))
Base.permutedims(s::StructArray{T}, order...) where {T} = made(T, each(c -> permutedims(c, order...), components(s)))
Base.map(f, s::StructArray) = structured(map(f, collect(s)))
Base.filter(f, s::StructVector) = s[findall(f, s)]
structured(a::AbstractArray{T}) where {T} = is_struct(T) ? StructArray(a) : a
structured(x) = x
joined(f, ::Type{T}, parts) where {T} = made(T, NamedTuple{keys(components(parts[1]))}(columns_joined(f, map(columns, parts))))
joined(f, ::Type{T}, parts::Tuple{Vararg{StructArray{T,<:Any,<:Tuple}}}) where {T<:Tuple} = made(T, columns_joined(f, map(columns, parts)))
columns_joined(f, all) = Base.__ntuple(i -> f(map(c -> c[i], all)...), Val(Base.__tuple_length(all[1])))
Base.vcat(s::StructArray{T}, more::StructArray{T}...) where {T} = joined(vcat, T, (s, more...))
Base.hcat(s::StructArray{T}, more::StructArray{T}...) where {T} = joined(hcat, T, (s, more...))

Base.push!(s::StructVector{T}, v) where {T} = (x = held(T, v); foreach((c, key) -> push!(c, component(x, key)), columns(s), keys(components(s))); s)
Base.push!(s::StructVector, v, more...) = push!(push!(s, v), more...)
Base.pushfirst!(s::StructVector{T}, v) where {T} = insert!(s, 1, v)
Base.insert!(s::StructVector{T}, i::Integer, v) where {T} = (x = held(T, v); foreach((c, key) -> insert!(c, i, component(x, key)), columns(s), keys(components(s))); s)
Base.append!(s::StructVector{T}, more::StructVector{T}) where {T} = (foreach(append!, columns(s), columns(more)); s)
Base.append!(s::StructVector, more) = (foreach(v -> push!(s, v), more); s)
append!!(s::StructVector, more) = append!(s, more)
Base.pop!(s::StructVector{T}) where {T} = createinstance(T, map(pop!, columns(s))...)
Base.popfirst!(s::StructVector{T}) where {T} = createinstance(T, map(popfirst!, columns(s))...)
Base.deleteat!(s::StructVector, i) = (foreach(c -> deleteat!(c, i), columns(s)); s)
Base.resize!(s::StructVector, n::Integer) = (foreach(c -> resize!(c, n), columns(s)); s)
Base.empty!(s::StructVector) = (foreach(empty!, columns(s)); s)
Base.sizehint!(s::StructVector, n::Integer) = s
Base.sort(s::StructVector; options...) = s[sortperm(s; options...)]
Base.sort!(s::StructVector; options...) = copyto!(s, s[sortperm(s; options...)])
Base.permute!(s::StructVector, p::AbstractVector) = (foreach(c -> permute!(c, p), columns(s)); s)
Base.showarg(io::IO, s::StructArray{T}, toplevel) where {T} =
    print(io, "StructArray(", join(map(c -> sprint(Base.showarg, c, false), columns(s)), ", "), ")", toplevel ? string(" with eltype ", T) : "")

# Dotted calls: what gives structs gives a StructArray.
__bc_style(::StructArray) = 8
__materialize(::Val{8}, b) = structured(Base.materialize(plainly(b)))
plainly(x) = x
plainly(s::StructArray) = collect(s)
plainly(b::Base.Broadcasted) = __bc_rebuilt(b.f, map(plainly, b.args))

# ---- Rows that stay where they are

"An element as a window: its properties are read, and set, in the arrays."
struct LazyRow{T,S,I}
    columns::S
    index::I
end
LazyRow(s::StructArray{T}, I...) where {T} = row(s, I)
row(s::StructArray{T}, I) where {T} = LazyRow{T,typeof(s),typeof(I)}(s, I)
Base.getproperty(r::LazyRow, key::Symbol) = getproperty(getfield(r, :columns), key)[getfield(r, :index)...]
Base.setproperty!(r::LazyRow, key::Symbol, v) = (getproperty(getfield(r, :columns), key)[getfield(r, :index)...] = v)
Base.propertynames(r::LazyRow) = propertynames(getfield(r, :columns))
Base.convert(::Type{T}, r::LazyRow{T}) where {T} = getfield(r, :columns)[getfield(r, :index)...]
Base.show(io::IO, r::LazyRow) = print(io, "LazyRow", NamedTuple{propertynames(r)}(map(key -> getproperty(r, key), propertynames(r))))
struct LazyRows{T,N,S<:StructArray{T,N}} <: AbstractArray{LazyRow{T,S,NTuple{N,Int64}},N}
    parent::S
end
LazyRows(s::StructArray{T,N}) where {T,N} = LazyRows{T,N,typeof(s)}(s)
Base.parent(r::LazyRows) = getfield(r, :parent)
Base.getproperty(r::LazyRows, key::Symbol) = getproperty(parent(r), key)
Base.size(r::LazyRows) = size(parent(r))
Base.getindex(r::LazyRows{T,N}, I::Vararg{Int64,N}) where {T,N} = row(parent(r), I)
end
