# The part of ChainRulesCore that rules are written with. Programs define methods of `frule` and `rrule`; `@import_frule` and `@import_rrule` use them.
module ChainRulesCore

export frule, rrule, AbstractTangent, AbstractZero, NoTangent, ZeroTangent, unthunk, ProjectTo, Tangent, RuleConfig

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
(p::ProjectTo)(dx) = dx
(p::ProjectTo{<:Real})(dx::Number) = oftype(float(p.of), real(dx))

"The tangent of a struct by its fields."
Tangent(x; fields...) = (; fields...)

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
