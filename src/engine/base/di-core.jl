# DifferentiationInterface: backends as directions, contexts, preparation, and the two products that every operator is made of.
module DifferentiationInterface

using ..ADTypes
import ..EnzymeCore
import ..EnzymeAutodiff
import ..EnzymeSugar
import ..ForwardDiff

export AbstractADType, AutoEnzyme, AutoForwardDiff, AutoPolyesterForwardDiff, AutoReverseDiff, AutoZygote, AutoFiniteDiff
export AutoFiniteDifferences, AutoMooncake, AutoTracker, AutoDiffractor, AutoChainRules, AutoSparse, SecondOrder, MixedMode
export Context, Constant, Cache, ConstantOrCache, DifferentiateWith, check_available, check_inplace, outer, inner
export pushforward, pushforward!, value_and_pushforward, value_and_pushforward!, pullback, pullback!, value_and_pullback, value_and_pullback!
export derivative, derivative!, value_and_derivative, value_and_derivative!, gradient, gradient!, value_and_gradient, value_and_gradient!
export jacobian, jacobian!, value_and_jacobian, value_and_jacobian!
export second_derivative, second_derivative!, value_derivative_and_second_derivative, value_derivative_and_second_derivative!
export hvp, hvp!, gradient_and_hvp, gradient_and_hvp!, hessian, hessian!, value_gradient_and_hessian, value_gradient_and_hessian!
export prepare_pushforward, prepare_pullback, prepare_derivative, prepare_gradient, prepare_jacobian
export prepare_second_derivative, prepare_hvp, prepare_hessian
export prepare_pushforward_same_point, prepare_pullback_same_point, prepare_hvp_same_point
export prepare!_pushforward, prepare!_pullback, prepare!_derivative, prepare!_gradient, prepare!_jacobian
export prepare!_second_derivative, prepare!_hvp, prepare!_hessian

# ---- Backends

"Differentiates with `outer` what `inner` made."
struct SecondOrder{O<:AbstractADType,I<:AbstractADType} <: AbstractADType
    outer::O
    inner::I
end
"Forward products with one backend, reverse products with another."
struct MixedMode{F<:AbstractADType,R<:AbstractADType} <: AbstractADType
    forward::F
    reverse::R
end
outer(backend::SecondOrder) = backend.outer
outer(backend::AbstractADType) = backend
inner(backend::SecondOrder) = backend.inner
inner(backend::AbstractADType) = backend
nested(backend) = backend
Base.show(io::IO, b::SecondOrder) = print(io, "SecondOrder(", b.outer, ", ", b.inner, ")")
check_available(::AbstractADType) = true
check_inplace(::AbstractADType) = true
check_inplace(::AutoZygote) = false

"How a backend works: by forward mode, by reverse mode, by either, or by numerical differences."
abstract type Way end
struct Forwards <: Way end
struct Reverses <: Way end
struct Either <: Way end
struct Differences{B} <: Way
    backend::B
end
way(::AbstractADType) = Reverses()
way(::Union{AutoForwardDiff,AutoPolyesterForwardDiff}) = Forwards()
way(backend::Union{AutoFiniteDiff,AutoFiniteDifferences}) = Differences(backend)
way(backend::AutoEnzyme) = enzyme_way(backend.mode)
enzyme_way(::Nothing) = Either()
enzyme_way(::EnzymeCore.ForwardMode) = Forwards()
enzyme_way(::EnzymeCore.Mode) = Reverses()
way(::Union{AutoDiffractor,AutoChainRules,MixedMode}) = Either()
way(backend::AutoSparse) = way(backend.dense_ad)
way(backend::SecondOrder) = way(backend.inner)
"The way for what is one product in forward mode (a pushforward, a derivative), and one in reverse mode (a pullback, a gradient)."
forwards(w::Way) = w
forwards(::Either) = Forwards()
backwards(w::Way) = w
backwards(::Either) = Reverses()

# ---- Contexts

"A further argument of a function, that is not differentiated."
abstract type Context end
struct Constant{T} <: Context
    data::T
end
"Memory that the function may write to."
struct Cache{T} <: Context
    data::T
end
struct ConstantOrCache{T} <: Context
    data::T
end
unwrap(c::Context) = c.data
values_of(contexts) = map(unwrap, contexts)
same_kind(::Constant, x) = Constant(x)
same_kind(::Cache, x) = Cache(x)
same_kind(::ConstantOrCache, x) = ConstantOrCache(x)
"The shadow of a context: caches carry what passes through them."
context_shadow(::Constant) = nothing
context_shadow(c::Union{Cache,ConstantOrCache}) = cache_shadow(c.data, EnzymeAutodiff.activity(typeof(c.data)))
cache_shadow(x, ::Val{0}) = nothing
cache_shadow(x, ::Val{1}) = nothing
cache_shadow(x, ::Val) = EnzymeAutodiff.make_zero(x)

# ---- Preparation

"""
The types of the arguments that a preparation was made for, to be checked when it is used; empty when it is not strict.
There is nothing else to prepare in this engine, but for backends that record a tape.
"""
abstract type Prep end
struct PushforwardPrep{S<:Tuple} <: Prep
    signature::S
end
struct PullbackPrep{S<:Tuple} <: Prep
    signature::S
end
struct DerivativePrep{S<:Tuple} <: Prep
    signature::S
end
struct GradientPrep{S<:Tuple,T} <: Prep
    signature::S
    tape::T
end
struct JacobianPrep{S<:Tuple,T} <: Prep
    signature::S
    tape::T
end
struct SecondDerivativePrep{S<:Tuple} <: Prep
    signature::S
end
struct HVPPrep{S<:Tuple} <: Prep
    signature::S
end
struct HessianPrep{S<:Tuple,T} <: Prep
    signature::S
    tape::T
end
struct PreparationMismatchError <: Exception
    prepared
    given
end
function Base.showerror(io::IO, e::PreparationMismatchError)
    print(io, "PreparationMismatchError (inconsistent types between preparation and execution):\n  - prepared for: ", e.prepared, "\n  - given: ", e.given)
    print(io, "\nIf you are confident that this check is superfluous, you can disable it by running preparation with the keyword argument `strict=Val(false)`.")
end
"Fails unless the preparation was made for arguments of these types."
check(p::Prep, args...) = check_types(p.signature, map(type_of, args))
check_types(::Tuple{}, ::Tuple) = nothing
check_types(prepared::Tuple, given::Tuple) = prepared === given ? nothing : throw(PreparationMismatchError(prepared, given))
type_of(x::T) where {T} = T
signature(::Val{true}, args) = map(type_of, args)
signature(::Val{false}, args) = ()

prepare_pushforward(args...; strict = Val(true)) = PushforwardPrep(signature(strict, args))
prepare_pullback(args...; strict = Val(true)) = PullbackPrep(signature(strict, args))
prepare_derivative(args...; strict = Val(true)) = DerivativePrep(signature(strict, args))
prepare_gradient(args...; strict = Val(true)) = GradientPrep(signature(strict, args), nothing)
prepare_jacobian(args...; strict = Val(true)) = JacobianPrep(signature(strict, args), nothing)
prepare_second_derivative(args...; strict = Val(true)) = SecondDerivativePrep(signature(strict, args))
prepare_hvp(args...; strict = Val(true)) = HVPPrep(signature(strict, args))
prepare_hessian(args...; strict = Val(true)) = HessianPrep(signature(strict, args), nothing)
prepare_pushforward_same_point(f, args...; strict = Val(true)) = prepare_pushforward(f, without_prep(args)...; strict)
prepare_pullback_same_point(f, args...; strict = Val(true)) = prepare_pullback(f, without_prep(args)...; strict)
prepare_hvp_same_point(f, args...; strict = Val(true)) = prepare_hvp(f, without_prep(args)...; strict)
"A preparation made again for other arguments, perhaps of another size."
prepare!_pushforward(f, args...; strict = Val(true)) = prepare_pushforward(f, without_prep(args)...; strict)
prepare!_pullback(f, args...; strict = Val(true)) = prepare_pullback(f, without_prep(args)...; strict)
prepare!_derivative(f, args...; strict = Val(true)) = prepare_derivative(f, without_prep(args)...; strict)
prepare!_gradient(f, args...; strict = Val(true)) = prepare_gradient(f, without_prep(args)...; strict)
prepare!_jacobian(f, args...; strict = Val(true)) = prepare_jacobian(f, without_prep(args)...; strict)
prepare!_second_derivative(f, args...; strict = Val(true)) = prepare_second_derivative(f, without_prep(args)...; strict)
prepare!_hvp(f, args...; strict = Val(true)) = prepare_hvp(f, without_prep(args)...; strict)
prepare!_hessian(f, args...; strict = Val(true)) = prepare_hessian(f, without_prep(args)...; strict)
without_prep(args::Tuple{}) = ()
without_prep(args::Tuple) = args[1] isa Prep ? Base.tail(args) : (args[1], without_prep(Base.tail(args))...)

"A function that is differentiated with the given backend when it stands inside a derivative. Here every backend can differentiate it anyway."
struct DifferentiateWith{C,F,B<:AbstractADType} <: Function
    f::F
    backend::B
end
DifferentiateWith(f::F, backend::B) where {F,B<:AbstractADType} = DifferentiateWith{0,F,B}(f, backend)
(d::DifferentiateWith)(args...) = d.f(args...)

end
