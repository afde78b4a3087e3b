# ChainRulesCore: tangents of structs, tuples and dictionaries, field by field.
module ChainRulesCore

"A tangent with every field, zero where nothing was given."
canonicalize(t::Tangent{P}) where {P} = (fields_of(P, backing(t)); tangent_of(P, NamedTuple{fieldnames(P)}(map(name -> given(t, name), fieldnames(P)))))
canonicalize(t::Tangent{P}) where {P<:Union{Tuple,AbstractDict}} = t
given(t, name) = haskey(backing(t), name) ? getfield(backing(t), name) : ZeroTangent()
fields_of(P, fields) = issubset(keys(fields), fieldnames(P)) ||
    throw(ArgumentError("Tangent fields do not match primal fields.\nTangent fields: $(keys(fields)). Primal ($P) fields: $(fieldnames(P))"))

"Tangents by fields."
abstract type StructuralTangent{P} <: AbstractTangent end
"The tangent of a struct or tuple of type P by its fields; zero where nothing is given."
struct Tangent{P,T} <: StructuralTangent{P}
    backing::T
    Tangent{P,T}(backing) where {P,T} = new{P,T}(backing)
end
Tangent{P}(; fields...) where {P} = tangent_of(P, values(fields))
Tangent{P}(items...) where {P} = tangent_of(P, items)
Tangent{P}(d::AbstractDict) where {P<:AbstractDict} = tangent_of(P, d)
tangent_of(::Type{P}, backing::T) where {P,T} = Tangent{P,T}(backing)
backing(t::Tangent) = getfield(t, :backing)
backing(x::Union{Tuple,NamedTuple,AbstractDict}) = x
backing(x::T) where {T} = NamedTuple{fieldnames(T)}(Base.__ntuple(i -> getfield(x, i), Val(fieldcount(T))))
Base.getproperty(t::Tangent, name::Symbol) = unthunk(given(t, name))
Base.getproperty(t::Tangent, i::Int64) = unthunk(backing(t)[i])
Base.getindex(t::Tangent, i) = unthunk(backing(t)[i])
Base.getindex(t::Tangent{P}, i::Integer) where {P<:NamedTuple} = unthunk(given(t, fieldnames(P)[i]))
Base.getindex(t::Tangent, name::Symbol) = getproperty(t, name)
Base.propertynames(t::Tangent) = propertynames(backing(t))
Base.haskey(t::Tangent, name) = haskey(backing(t), name)
Base.keys(t::Tangent) = keys(backing(t))
Base.pairs(t::Tangent) = pairs(backing(t))
Base.length(t::Tangent) = length(backing(t))
Base.first(t::Tangent) = unthunk(first(backing(t)))
Base.last(t::Tangent) = unthunk(last(backing(t)))
Base.tail(t::Tangent{P}) where {P<:Tuple} = tangent_of(Tuple{Base.tail(fieldtypes(P))...}, Base.tail(backing(t)))
Base.tail(t::Tangent{Tuple{}}) = t
Base.reverse(t::Tangent{P}) where {P<:Tuple} = tangent_of(Tuple{reverse(fieldtypes(P))...}, reverse(backing(t)))
Base.iterate(t::Tangent, state...) = iterate(backing(t), state...)
Base.map(f, t::Tangent{P}) where {P} = tangent_of(P, map(f, all_parts(P, backing(t))))
all_parts(::Type, parts) = parts
all_parts(::Type{P}, parts::NamedTuple) where {P} = P isa DataType ? backing(canonicalize(tangent_of(P, parts))) : parts
Base.:(==)(a::Tangent{P}, b::Tangent{P}) where {P} = map(unthunk, values(all_parts(P, backing(a)))) == map(unthunk, values(all_parts(P, backing(b))))
Base.:(==)(a::Tangent{P}, b::Tangent{P}) where {P<:AbstractDict} = backing(a) == backing(b)
Base.:(==)(a::Tangent, b::Tangent) = backing(a) == backing(b)
Base.:(==)(a::Tangent{P}, b::P) where {P<:Union{Tuple,NamedTuple}} = backing(a) == b
Base.:(==)(a::P, b::Tangent{P}) where {P<:Union{Tuple,NamedTuple}} = a == backing(b)
Base.hash(t::Tangent{P}, h::UInt64) where {P} = hash(values(all_parts(P, backing(t))), h)
Base.iszero(t::Tangent) = all(part -> iszero(unthunk(part)), values(backing(t)))
Base.zero(::Tangent) = ZeroTangent()
Base.zero(::Type{<:Tangent}) = ZeroTangent()
Base.eltype(::Type{<:Tangent{P,T}}) where {P,T} = eltype(T)
Base.conj(t::Tangent) = map(conj, t)
Base.convert(::Type{NamedTuple}, t::Tangent{P,<:NamedTuple}) where {P} = backing(t)
Base.convert(::Type{Tuple}, t::Tangent{P,<:Tuple}) where {P} = backing(t)
Base.convert(::Type{Dict}, t::Tangent{P,<:Dict}) where {P} = backing(t)
Base.:+(a::Tangent{P}, b::Tangent{P}) where {P} = tangent_of(P, added(backing(a), backing(b)))
Base.:+(a::AbstractZero, b::Tangent) = b
Base.:+(a::Tangent, b::AbstractZero) = a
Base.:+(a::P, t::Tangent{P}) where {P<:Tuple} = map((x, d) -> x + unthunk(d), a, backing(t))
Base.:+(a::Tuple{}, ::Tangent{Tuple{}}) = a
Base.:+(a::P, t::Tangent{P}) where {P<:NamedTuple} = moved(a, t)
Base.:+(a::P, t::Tangent{P}) where {P<:AbstractDict} = merge(+, a, backing(t))
Base.:+(a::P, t::Tangent{P}) where {P} = constructed(a, moved(backing(a), t))
Base.:+(t::Tangent{P}, a::P) where {P} = a + t
Base.:-(a::Tangent{P}, b::Tangent{P}) where {P} = a + (-b)
Base.:-(a::P, t::Tangent{P}) where {P} = a + (-t)
moved(fields::NamedTuple{names}, t) where {names} = NamedTuple{names}(map(name -> moved_by(getfield(fields, name), given(t, name)), names))
moved_by(x, d) = x + unthunk(d)
moved_by(x, ::AbstractZero) = x
"A struct of the same kind with other fields."
constructed(a::P, fields) where {P} = made_anew(getglobal(parentmodule(P), nameof(P)), a, values(fields))
made_anew(make, a, fields) =
    try
        make(fields...)
    catch original
        throw(PrimalAdditionFailedException{typeof(a)}(original))
    end
"What is thrown when no struct can be made of the moved fields."
struct PrimalAdditionFailedException{P} <: Exception
    original::Exception
end
function Base.showerror(io::IO, e::PrimalAdditionFailedException{P}) where {P}
    println(io, "Could not construct $P after addition: define `Base.:+(x::$P, t::Tangent{$P})`, or a constructor that takes its fields.")
    print(io, "Constructing it threw: ")
    showerror(io, e.original)
end
Base.:-(t::Tangent) = map(-, t)
Base.:*(s::Number, t::Tangent) = map(x -> s * x, t)
Base.:*(t::Tangent, s::Number) = map(x -> x * s, t)
Base.:/(t::Tangent, s::Number) = map(x -> x / s, t)
Base.:\(s::Number, t::Tangent) = map(x -> s \ x, t)
added(a::Tuple, b::Tuple) = map(+, a, b)
added(a::NamedTuple, b::NamedTuple) = merge(a, b, (; (k => a[k] + b[k] for k in keys(a) if haskey(b, k))...))
added(a::AbstractDict, b::AbstractDict) = merge(+, a, b)
"The tangent of a mutable struct, whose fields can be written."
struct MutableTangent{P,F} <: StructuralTangent{P}
    backing::F
end
MutableTangent{P}(; fields...) where {P} = mutable_of(P, map(Ref, values(fields)))
mutable_of(::Type{P}, backing::F) where {P,F} = MutableTangent{P,F}(backing)
backing(t::MutableTangent) = map(getindex, getfield(t, :backing))
Base.getproperty(t::MutableTangent, name::Symbol) = unthunk(getfield(getfield(t, :backing), name)[])
Base.setproperty!(t::MutableTangent, name::Symbol, x) = getfield(getfield(t, :backing), name)[] = x
Base.propertynames(t::MutableTangent) = keys(getfield(t, :backing))
Base.:(==)(a::MutableTangent{P}, b::MutableTangent{P}) where {P} = backing(a) == backing(b)
Base.iszero(t::MutableTangent) = all(iszero, values(backing(t)))

Base.show(io::IO, t::Tangent{P,<:NamedTuple}) where {P} = print(io, "Tangent{", P, "}", isempty(backing(t)) ? "()" : backing(t))
Base.show(io::IO, t::Tangent{P,<:Tuple}) where {P} = print(io, "Tangent{", P, "}", backing(t))
Base.show(io::IO, t::Tangent{P}) where {P} = print(io, "Tangent{", P, "}(", backing(t), ")")
end
