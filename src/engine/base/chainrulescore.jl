# The part of ChainRulesCore that rules are written with. Programs define methods of `frule` and `rrule`; `@import_frule` and `@import_rrule` use them.
module ChainRulesCore
using LinearAlgebra

export frule, rrule, AbstractTangent, AbstractZero, NoTangent, ZeroTangent, unthunk, ProjectTo, Tangent, RuleConfig, canonicalize, add!!

abstract type AbstractTangent end
"Tangents that are zero, whatever they are added to or multiplied with."
abstract type AbstractZero <: AbstractTangent end
"There is no derivative: of an integer, of a function without fields."
struct NoTangent <: AbstractZero end
"The derivative is zero."
struct ZeroTangent <: AbstractZero end
"What a rule may ask of the system that calls it."
abstract type RuleConfig{T} end

Base.:+(::AbstractZero, x) = x
Base.:+(x, ::AbstractZero) = x
Base.:+(a::AbstractZero, ::AbstractZero) = a
Base.:*(a::AbstractZero, x) = a
Base.:*(x, a::AbstractZero) = a
Base.:*(a::AbstractZero, ::AbstractZero) = a
Base.:-(a::AbstractZero) = a
Base.iszero(::AbstractZero) = true
Base.zero(a::AbstractZero) = a

"The value and its tangent, by methods of programs; nothing without a method."
frule(tangents, f, args...; kwargs...) = nothing
"The value and the function from its adjoint to those of the function and its arguments; nothing without a method."
rrule(f, args...; kwargs...) = nothing

"A tangent as such; `@thunk` computes at once here."
unthunk(x) = x

"Brings a derivative back to the kind of the primal it is of."
struct ProjectTo{F}
    of::F
end
ProjectTo(::Bool) = ProjectTo{NoTangent}(NoTangent())
ProjectTo(x::F) where {F} = ProjectTo{F}(x)
(p::ProjectTo)(dx) = dx
(p::ProjectTo{NoTangent})(dx) = NoTangent()
(p::ProjectTo{NoTangent})(dx::AbstractZero) = NoTangent()
(p::ProjectTo{<:Real})(dx::Number) = oftype(float(p.of), real(dx))
(p::ProjectTo{<:Complex})(dx::Number) = oftype(float(p.of), dx)
(p::ProjectTo{<:AbstractArray})(dx::AbstractArray) = brought_to(p.of, float(eltype(p.of)), dx)
(p::ProjectTo{<:AbstractArray{Bool}})(dx::AbstractArray) = NoTangent()
brought_to(of::AbstractArray, ::Type{T}, dx) where {T<:Number} = reshape(projected(T, dx), size(of))
brought_to(of::Diagonal, ::Type{T}, dx) where {T<:Number} = Diagonal(projected(T, diag(dx)))
brought_to(of::Symmetric, ::Type{T}, dx) where {T<:Number} = Symmetric(projected(T, (dx + transpose(dx)) / 2))
brought_to(of::Hermitian, ::Type{T}, dx) where {T<:Number} = Hermitian(projected(T, (dx + adjoint(dx)) / 2))
brought_to(of::UpperTriangular, ::Type{T}, dx) where {T<:Number} = UpperTriangular(projected(T, dx))
brought_to(of::LowerTriangular, ::Type{T}, dx) where {T<:Number} = LowerTriangular(projected(T, dx))
brought_to(of::Adjoint{S,<:AbstractVector}, ::Type{T}, dx) where {S,T<:Number} = adjoint(vec(projected(T, adjoint(dx))))
brought_to(of::Transpose{S,<:AbstractVector}, ::Type{T}, dx) where {S,T<:Number} = transpose(vec(projected(T, transpose(dx))))
projected(::Type{T}, dx) where {T<:Real} = map(x -> convert(T, real(x)), dx)
projected(::Type{T}, dx) where {T<:Complex} = map(x -> convert(T, x), dx)
"The sum, in the first if it has room."
add!!(a, b) = a + b
add!!(a::AbstractArray, b::AbstractArray) = a .+ b
"A tangent with every field, zero where nothing was given."
canonicalize(t::Tangent{P}) where {P} = tangent_of(P, NamedTuple{fieldnames(P)}(map(name -> getproperty(t, name), fieldnames(P))))
canonicalize(t::Tangent{P}) where {P<:Tuple} = t

"The tangent of a struct or tuple of type P by its fields; zero where nothing is given."
struct Tangent{P,T} <: AbstractTangent
    backing::T
    Tangent{P,T}(backing) where {P,T} = new{P,T}(backing)
end
Tangent{P}(; fields...) where {P} = tangent_of(P, values(fields))
Tangent{P}(items...) where {P} = tangent_of(P, items)
tangent_of(::Type{P}, backing::T) where {P,T} = Tangent{P,T}(backing)
backing(t::Tangent) = getfield(t, :backing)
backing(x) = x
Base.getproperty(t::Tangent, name::Symbol) = haskey(backing(t), name) ? unthunk(getfield(backing(t), name)) : ZeroTangent()
Base.getindex(t::Tangent, i) = unthunk(backing(t)[i])
Base.getindex(t::Tangent, name::Symbol) = getproperty(t, name)
Base.propertynames(t::Tangent) = keys(backing(t))
Base.keys(t::Tangent) = keys(backing(t))
Base.length(t::Tangent) = length(backing(t))
Base.iterate(t::Tangent, state...) = iterate(backing(t), state...)
Base.map(f, t::Tangent{P}) where {P} = tangent_of(P, map(f, backing(t)))
Base.:(==)(a::Tangent, b::Tangent) = backing(a) == backing(b)
Base.:+(a::Tangent{P}, b::Tangent{P}) where {P} = tangent_of(P, added(backing(a), backing(b)))
Base.:+(a::AbstractZero, b::Tangent) = b
Base.:+(a::Tangent, b::AbstractZero) = a
Base.:-(t::Tangent) = map(-, t)
Base.:*(s::Number, t::Tangent) = map(x -> s * x, t)
Base.:*(t::Tangent, s::Number) = map(x -> x * s, t)
added(a::Tuple, b::Tuple) = map(+, a, b)
added(a::NamedTuple, b::NamedTuple) = merge(a, b, (; (k => a[k] + b[k] for k in keys(a) if haskey(b, k))...))
canonicalize(t::Tangent{P}) where {P} = Tangent{P}(; (k => getproperty(t, k) for k in fieldnames(P))...)
Base.show(io::IO, t::Tangent{P,<:NamedTuple}) where {P} = print(io, "Tangent{", P, "}", backing(t))
Base.show(io::IO, t::Tangent{P,<:Tuple}) where {P} = print(io, "Tangent{", P, "}", backing(t))

# ---- What `@adjoint` calls: the adjoints of n arguments, with none for the function itself
after_self(adjoints::Tuple, n) = (NoTangent(), adjoints...)
after_self(::Nothing, n) = (NoTangent(), ntuple(_ -> NoTangent(), n)...)

# ---- What `@scalar_rule` calls
scaled(::Nothing, d) = NoTangent()
scaled(p, d) = p * d
scalar_tangent(Ω, partials::Tuple{Any}, tangents) = sum_of(map(scaled, partials[1], tangents))
scalar_tangent(Ω, partials, tangents) = map(ps -> sum_of(map(scaled, ps, tangents)), partials)
sum_of(parts::Tuple{Any}) = parts[1]
sum_of(parts::Tuple) = parts[1] + sum_of(Base.tail(parts))
pulled(::Nothing, d) = NoTangent()
pulled(p, d) = conj(p) * d
scalar_adjoints(partials::Tuple{Any}, d) = (NoTangent(), map(p -> pulled(p, d), partials[1])...)
scalar_adjoints(partials, d) = (NoTangent(), __ntuple(k -> sum_of(map((ps, di) -> pulled(ps[k], di), partials, d)), Val(__tuple_length(partials[1])))...)

end
