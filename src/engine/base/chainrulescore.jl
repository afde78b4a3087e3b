# The part of ChainRulesCore that rules are written with. Programs define methods of `frule` and `rrule`; `@import_frule` and `@import_rrule` use them.
module ChainRulesCore
using LinearAlgebra
import ..Statistics
import ..EnzymeAutodiff
import ..EnzymeRules

export frule, rrule, AbstractTangent, AbstractZero, NoTangent, ZeroTangent, unthunk, ProjectTo, Tangent, RuleConfig, canonicalize, add!!
export Thunk, InplaceableThunk, AbstractThunk, HasReverseMode, NoReverseMode, HasForwardsMode, NoForwardsMode, frule_via_ad, rrule_via_ad, zero_tangent
export ignore_derivatives, extern, NotImplemented, StructuralTangent, MutableTangent

abstract type AbstractTangent end
"Tangents that are zero, whatever they are added to or multiplied with."
abstract type AbstractZero <: AbstractTangent end
"There is no derivative: of an integer, of a function without fields."
struct NoTangent <: AbstractZero end
"The derivative is zero."
struct ZeroTangent <: AbstractZero end
"What a rule may ask of the system that calls it."
abstract type RuleConfig{T} end
"Whether that system can differentiate functions that a rule hands to it."
struct HasReverseMode end
struct NoReverseMode end
struct HasForwardsMode end
struct NoForwardsMode end
"What reverse mode hands to rules that ask for a system: it differentiates functions in reverse mode."
struct ZygoteRuleConfig <: RuleConfig{Union{HasReverseMode,NoForwardsMode}} end
"The value of `f(args...)`, and the pullback to the adjoints of `f` and of the arguments, by the system that calls the rule."
function rrule_via_ad(config::RuleConfig{>:HasReverseMode}, f, args...; kwargs...)
    y, back = Zygote.pullback(Called((; kwargs...)), f, args...)
    (y, seed -> tangents_of((f, args...), back, unthunk(seed)))
end
"The value of `f(args...)` and its tangent, by the system that calls the rule."
frule_via_ad(config::RuleConfig{>:HasForwardsMode}, tangents, f, args...; kwargs...) = Zygote.moved(Called((; kwargs...)), (f, args...), map(unthunk, tangents))
"Calls a function with keywords."
struct Called{K} <: Function
    keywords::K
end
(c::Called)(f, args...) = f(args...; c.keywords...)
tangents_of(values, back, seed) = map(tangent_of_adjoint, values, back(plain_seed(seed)))
tangents_of(values, back, ::AbstractZero) = map(_ -> ZeroTangent(), values)
plain_seed(seed) = seed
plain_seed(::AbstractZero) = nothing
plain_seed(seed::Tangent) = map(d -> plain_seed(unthunk(d)), backing(seed))
"An adjoint of Zygote in the form of ChainRulesCore."
tangent_of_adjoint(x, d) = d
tangent_of_adjoint(x, ::Nothing) = tangent_of_nothing(EnzymeAutodiff.activity(typeof(x)))
tangent_of_nothing(::Val{0}) = NoTangent()
tangent_of_nothing(::Val) = ZeroTangent()
tangent_of_adjoint(x::T, d::Tuple) where {T<:Tuple} = Tangent{T}(map(tangent_of_adjoint, x, d)...)
tangent_of_adjoint(x::Number, d::NamedTuple) = d
tangent_of_adjoint(x::T, d::NamedTuple{names}) where {T,names} = Tangent{T}(; NamedTuple{names}(map(name -> tangent_of_adjoint(getfield(x, name), getfield(d, name)), names))...)
"Constant to what follows these rules: the value, or what a function gives. Dual numbers of ForwardDiff, and what ReverseDiff tracks, go through."
ignore_derivatives(f::Union{Function,Type}) = disconnected(f())
ignore_derivatives(x) = disconnected(x)
disconnected(x) = EnzymeAutodiff.disconnected(cut, x)
cut(x::Float64) = x
EnzymeRules.inactive(::typeof(cut), ::Float64) = nothing
"A tangent that is zero, in the form of its primal; NoTangent where there is none."
zero_tangent(x) = zero_if(x, EnzymeAutodiff.activity(typeof(x)))
zero_tangent(x::Number) = zero(x)
zero_tangent(x::Bool) = NoTangent()
zero_if(x, ::Val{0}) = NoTangent()
zero_if(x, ::Val) = plain_zero(x)
plain_zero(x::Union{Number,AbstractArray}) = __zero_shadow(x)
plain_zero(x::T) where {T<:Tuple} = Tangent{T}(map(zero_tangent, x)...)
plain_zero(x::T) where {T} = made_zero(Val(ismutabletype(T)), T, NamedTuple{fieldnames(T)}(map(name -> zero_tangent(getfield(x, name)), fieldnames(T))))
made_zero(::Val{false}, ::Type{T}, fields) where {T} = Tangent{T}(; fields...)
made_zero(::Val{true}, ::Type{T}, fields) where {T} = MutableTangent{T}(; fields...)
"Stands for an adjoint that a rule does not know; whatever uses it fails, or is one too."
struct NotImplemented <: AbstractTangent
    mod::Module
    source::LineNumberNode
    info::String
end
NotImplemented(info::AbstractString) = NotImplemented(Main, LineNumberNode(0), info)
Base.:-(a::NotImplemented) = a
Base.:-(a::NotImplemented, x) = a
Base.:-(x, a::NotImplemented) = a
Base.:+(a::NotImplemented, x) = a
Base.:+(x, a::NotImplemented) = a
Base.:+(a::NotImplemented, b::NotImplemented) = a
Base.:+(a::NotImplemented, b::AbstractZero) = a
Base.:+(b::AbstractZero, a::NotImplemented) = a
Base.:*(a::NotImplemented, x) = a
Base.:*(x, a::NotImplemented) = a
Base.:*(a::NotImplemented, b::AbstractZero) = b
Base.:*(b::AbstractZero, a::NotImplemented) = b
"What is thrown when such an adjoint is needed."
struct NotImplementedException <: Exception
    msg::String
end
NotImplementedException(x::NotImplemented) = NotImplementedException(x.info)
Base.getindex(x::NotImplemented, k...) = throw(NotImplementedException(x))
Base.iterate(x::NotImplemented, state...) = throw(NotImplementedException(x))
Base.adjoint(x::NotImplemented) = throw(NotImplementedException(x))
Base.transpose(x::NotImplemented) = throw(NotImplementedException(x))
Base.convert(::Type{T}, x::NotImplemented) where {T<:Number} = throw(NotImplementedException(x))
Base.showerror(io::IO, e::NotImplementedException) = print(io, "differentiation rule not implemented: ", e.msg)

Base.:+(::AbstractZero, x) = x
Base.:+(x, ::AbstractZero) = x
Base.:+(a::AbstractZero, ::AbstractZero) = a
Base.:*(a::AbstractZero, x) = a
Base.:*(x, a::AbstractZero) = a
Base.:*(a::AbstractZero, ::AbstractZero) = a
Base.:-(a::AbstractZero) = a
Base.:-(::AbstractZero, x) = -x
Base.:-(x, ::AbstractZero) = x
Base.:-(a::AbstractZero, ::AbstractZero) = a
Base.:/(a::AbstractZero, x) = a
Base.:/(a::AbstractZero, ::AbstractZero) = a
Base.iszero(::AbstractZero) = true
Base.zero(a::AbstractZero) = a
Base.zero(::Type{T}) where {T<:AbstractZero} = T()
Base.iterate(a::AbstractZero) = (a, nothing)
Base.iterate(::AbstractZero, ::Any) = nothing
Base.length(::AbstractZero) = 1
Base.size(::AbstractZero) = ()
Base.first(a::AbstractZero) = a
Base.last(a::AbstractZero) = a
Base.getindex(a::AbstractZero, k...) = a
Base.broadcastable(a::AbstractZero) = Ref(a)
Base.copy(a::AbstractZero) = a
Base.real(a::AbstractZero) = a
Base.imag(a::AbstractZero) = a
Base.conj(a::AbstractZero) = a
Base.reim(a::AbstractZero) = (a, a)
Base.adjoint(a::AbstractZero) = a
Base.transpose(a::AbstractZero) = a
Base.vec(a::AbstractZero) = a
Base.reshape(a::AbstractZero, size...) = a
Base.sum(a::AbstractZero; dims = :) = a
Base.reverse(a::AbstractZero, at...; dims = :) = a
Base.muladd(a::AbstractZero, b, c) = c
Base.muladd(b, a::AbstractZero, c) = c
Base.muladd(::AbstractZero, ::AbstractZero, c) = c
Base.complex(a::AbstractZero) = a
Base.complex(a::AbstractZero, ::AbstractZero) = a
Base.complex(a::AbstractZero, b::Real) = Complex(false, b)
Base.complex(a::Real, b::AbstractZero) = Complex(a, false)
Base.eltype(::Type{T}) where {T<:AbstractZero} = T
Base.tail(a::AbstractZero) = a
Base.:\(x, a::AbstractZero) = a
Base.convert(::Type{T}, ::AbstractZero) where {T<:Number} = zero(T)
LinearAlgebra.dot(a::AbstractZero, x) = a
LinearAlgebra.dot(x, a::AbstractZero) = a
LinearAlgebra.dot(a::AbstractZero, ::AbstractZero) = a
LinearAlgebra.norm(::AbstractZero, p::Real=2) = 0

"The value and its tangent, by methods of programs; nothing without a method."
frule(tangents, f, args...; kwargs...) = nothing
frule(tangents, f::Function, args...; kwargs...) = library_frule(Val(is_library(f, args)), tangents, f, args...; kwargs...)
library_frule(::Val{false}, tangents, f, args...; kwargs...) = nothing
library_frule(::Val{true}, tangents, f, args...; kwargs...) = Zygote.moved(Called((; kwargs...)), (f, args...), map(unthunk, tangents))
"Is it a call of a function of the library? Those have rules: what the engine makes of them."
is_library(f, args) = parentmodule(f) in (Base, LinearAlgebra, Statistics) && Base.__return_type(f, map(typeof, args)...) !== Union{}
"A rule that asks for no system is the rule for any."
frule(::RuleConfig, tangents, f, args...; kwargs...) = frule(tangents, f, args...; kwargs...)
"The value and the function from its adjoint to those of the function and its arguments; nothing without a method."
rrule(f, args...; kwargs...) = nothing
rrule(f::Function, args...; kwargs...) = library_rrule(Val(is_library(f, args)), f, args...; kwargs...)
library_rrule(::Val{false}, f, args...; kwargs...) = nothing
library_rrule(::Val{true}, f, args...; kwargs...) = rrule_via_ad(ZygoteRuleConfig(), f, args...; kwargs...)
rrule(::RuleConfig, f, args...; kwargs...) = rrule(f, args...; kwargs...)

"A tangent as such."
unthunk(x) = x
unthunk(x::AbstractThunk) = unthunk(x.f())
"A tangent that is computed when it is asked for."
abstract type AbstractThunk <: AbstractTangent end
struct Thunk{F} <: AbstractThunk
    f::F
end
(t::Thunk)() = unthunk(t)
"The same, which can also be added to memory by `add!`."
struct InplaceableThunk{F,G} <: AbstractThunk
    add!::G
    val::F
    InplaceableThunk(add!::G, val::F) where {F,G} = new{F,G}(add!, val)
end
unthunk(x::InplaceableThunk) = unthunk(x.val)
(t::InplaceableThunk)() = unthunk(t)
"What a tangent that may be computed later, or be unknown, is."
extern(x) = unthunk(x)
extern(x::ZeroTangent) = false
unthunk(x::NotImplemented) = throw(NotImplementedException(x))
Base.show(io::IO, t::Thunk) = print(io, "Thunk(", repr(t.f), ")")
# (Written out: a loop would run whenever the library is loaded.)
Base.:+(a::AbstractThunk, b) = unthunk(a) + b
Base.:+(a, b::AbstractThunk) = a + unthunk(b)
Base.:+(a::AbstractThunk, b::AbstractThunk) = unthunk(a) + unthunk(b)
Base.:+(a::AbstractThunk, b::AbstractTangent) = unthunk(a) + b
Base.:+(a::AbstractTangent, b::AbstractThunk) = a + unthunk(b)
Base.:-(a::AbstractThunk, b) = unthunk(a) - b
Base.:-(a, b::AbstractThunk) = a - unthunk(b)
Base.:-(a::AbstractThunk, b::AbstractThunk) = unthunk(a) - unthunk(b)
Base.:-(a::AbstractThunk, b::AbstractTangent) = unthunk(a) - b
Base.:-(a::AbstractTangent, b::AbstractThunk) = a - unthunk(b)
Base.:*(a::AbstractThunk, b) = unthunk(a) * b
Base.:*(a, b::AbstractThunk) = a * unthunk(b)
Base.:*(a::AbstractThunk, b::AbstractThunk) = unthunk(a) * unthunk(b)
Base.:*(a::AbstractThunk, b::AbstractTangent) = unthunk(a) * b
Base.:*(a::AbstractTangent, b::AbstractThunk) = a * unthunk(b)
Base.:/(a::AbstractThunk, b) = unthunk(a) / b
Base.:/(a, b::AbstractThunk) = a / unthunk(b)
Base.:/(a::AbstractThunk, b::AbstractThunk) = unthunk(a) / unthunk(b)
Base.:/(a::AbstractThunk, b::AbstractTangent) = unthunk(a) / b
Base.:/(a::AbstractTangent, b::AbstractThunk) = a / unthunk(b)
Base.:\(a::AbstractThunk, b) = unthunk(a) \ b
Base.:\(a, b::AbstractThunk) = a \ unthunk(b)
Base.:\(a::AbstractThunk, b::AbstractThunk) = unthunk(a) \ unthunk(b)
Base.:\(a::AbstractThunk, b::AbstractTangent) = unthunk(a) \ b
Base.:\(a::AbstractTangent, b::AbstractThunk) = a \ unthunk(b)
Base.:(==)(a::AbstractThunk, b) = unthunk(a) == b
Base.:(==)(a, b::AbstractThunk) = a == unthunk(b)
Base.:(==)(a::AbstractThunk, b::AbstractThunk) = unthunk(a) == unthunk(b)
Base.:(==)(a::AbstractThunk, b::AbstractTangent) = unthunk(a) == b
Base.:(==)(a::AbstractTangent, b::AbstractThunk) = a == unthunk(b)
Base.:*(a::AbstractThunk, b::AbstractZero) = b
Base.:*(a::AbstractZero, b::AbstractThunk) = a
Base.:+(a::AbstractThunk, b::AbstractZero) = a
Base.:+(a::AbstractZero, b::AbstractThunk) = b
Base.:-(a::AbstractThunk) = -unthunk(a)
Base.real(a::AbstractThunk) = real(unthunk(a))
Base.imag(a::AbstractThunk) = imag(unthunk(a))
Base.conj(a::AbstractThunk) = conj(unthunk(a))
Base.adjoint(a::AbstractThunk) = adjoint(unthunk(a))
Base.transpose(a::AbstractThunk) = transpose(unthunk(a))
Base.vec(a::AbstractThunk) = vec(unthunk(a))
Base.size(a::AbstractThunk) = size(unthunk(a))
Base.length(a::AbstractThunk) = length(unthunk(a))
Base.axes(a::AbstractThunk) = axes(unthunk(a))
Base.first(a::AbstractThunk) = first(unthunk(a))
Base.last(a::AbstractThunk) = last(unthunk(a))
Base.iszero(a::AbstractThunk) = iszero(unthunk(a))
Base.zero(a::AbstractThunk) = zero(unthunk(a))
Base.eltype(a::AbstractThunk) = eltype(unthunk(a))
Base.collect(a::AbstractThunk) = collect(unthunk(a))
LinearAlgebra.norm(a::AbstractThunk) = LinearAlgebra.norm(unthunk(a))
Base.sum(a::AbstractThunk; dims = :) = sum(unthunk(a); dims = dims)
Base.getindex(a::AbstractThunk, k...) = unthunk(a)[k...]
Base.reshape(a::AbstractThunk, size...) = reshape(unthunk(a), size...)
Base.iterate(a::AbstractThunk, state...) = iterate(unthunk(a), state...)
Base.map(f, a::AbstractThunk) = map(f, unthunk(a))
Base.broadcastable(a::AbstractThunk) = Base.broadcastable(unthunk(a))
Base.:muladd(a::AbstractThunk, b, c) = muladd(unthunk(a), b, c)
LinearAlgebra.dot(a::AbstractThunk, b) = LinearAlgebra.dot(unthunk(a), b)
LinearAlgebra.dot(a, b::AbstractThunk) = LinearAlgebra.dot(a, unthunk(b))
LinearAlgebra.dot(a::AbstractThunk, b::AbstractThunk) = LinearAlgebra.dot(unthunk(a), unthunk(b))

# ---- What `@adjoint` calls: the adjoints of the arguments, with none for the function itself, or with its own before them
after_self(adjoints::Tuple, args) = (NoTangent(), adjoints...)
after_self(::Nothing, args) = (NoTangent(), map(_ -> NoTangent(), args)...)
with_self(adjoints::Tuple, args) = adjoints
with_self(::Nothing, args) = after_self(nothing, args)

# ---- What `@scalar_rule` calls
scaled(::Nothing, d) = NoTangent()
scaled(p, d) = unthunk(p) * unthunk(d)
scalar_tangent(Ω, partials::Tuple{Any}, tangents) = sum_of(map(scaled, partials[1], tangents))
scalar_tangent(Ω::T, partials, tangents) where {T} = Tangent{T}(map(ps -> sum_of(map(scaled, ps, tangents)), partials)...)
sum_of(parts::Tuple{Any}) = parts[1]
sum_of(parts::Tuple) = parts[1] + sum_of(Base.tail(parts))
pulled(::Nothing, d) = NoTangent()
pulled(p, d) = conj(unthunk(p)) * unthunk(d)
parts_of(d) = d
parts_of(d::Tangent) = backing(d)
scalar_adjoints(partials::Tuple{Any}, d) = (NoTangent(), map(p -> pulled(p, d), partials[1])...)
scalar_adjoints(partials, d) = (NoTangent(), __ntuple(k -> sum_of(map((ps, di) -> pulled(ps[k], di), partials, parts_of(d))), Val(__tuple_length(partials[1])))...)

end
