# DifferentiationInterface's operators over the modes of this engine. Jacobians and hessians are matrices, unlike Enzyme's.
module ADTypes

export AbstractADType, AutoEnzyme, AutoForwardDiff, AutoReverseDiff, AutoZygote, SecondOrder

abstract type AbstractADType end
"Enzyme, in the given mode; forward or reverse as the operator likes when there is none."
struct AutoEnzyme{M} <: AbstractADType
    mode::M
end
AutoEnzyme(; mode = nothing, function_annotation = nothing) = AutoEnzyme(mode)
struct AutoForwardDiff <: AbstractADType
    AutoForwardDiff(; chunksize = nothing, tag = nothing) = new()
end
struct AutoReverseDiff <: AbstractADType
    AutoReverseDiff(; compile = false) = new()
end
struct AutoZygote <: AbstractADType end

"Differentiates what `inner` made with `outer`."
struct SecondOrder{O,I} <: AbstractADType
    outer::O
    inner::I
end

end

module DifferentiationInterface

using ..ADTypes
import ..EnzymeCore
import ..EnzymeSugar

export AbstractADType, AutoEnzyme, AutoForwardDiff, AutoReverseDiff, AutoZygote, SecondOrder
export derivative, gradient, jacobian, second_derivative, hessian, hvp, pushforward, pullback
export value_and_derivative, value_and_gradient, value_and_jacobian

"The mode in which a backend takes a derivative, given what suits the operator."
mode_of(::AutoForwardDiff, suited) = EnzymeCore.Forward
mode_of(::Union{AutoReverseDiff,AutoZygote}, suited) = EnzymeCore.Reverse
mode_of(::AutoEnzyme{Nothing}, suited) = suited
mode_of(backend::AutoEnzyme, suited) = EnzymeCore.NoPrimal(backend.mode)

"The backends of a second derivative."
outer(backend::SecondOrder) = backend.outer
outer(backend) = backend
inner(backend::SecondOrder) = backend.inner
inner(backend) = backend

"A jacobian as a matrix: one row for each element of the result."
flat(J, y, x) = reshape(Array(J), length(y), length(x))

derivative(f, backend::AbstractADType, x::Real) = EnzymeSugar.jacobian(mode_of(backend, EnzymeCore.Forward), f, float(x))[1]
gradient(f, backend::AbstractADType, x) = EnzymeSugar.gradient(mode_of(backend, EnzymeCore.Reverse), f, x)[1]
jacobian(f, backend::AbstractADType, x::AbstractArray) = flat(EnzymeSugar.jacobian(mode_of(backend, EnzymeCore.Forward), f, x)[1], f(x), x)
value_and_derivative(f, backend::AbstractADType, x) = (f(x), derivative(f, backend, x))
value_and_gradient(f, backend::AbstractADType, x) = (f(x), gradient(f, backend, x))
value_and_jacobian(f, backend::AbstractADType, x) = (f(x), jacobian(f, backend, x))

second_derivative(f, backend::AbstractADType, x::Real) = derivative(y -> derivative(f, inner(backend), y), outer(backend), float(x))
hessian(f, backend::AbstractADType, x::AbstractArray) = jacobian(y -> gradient(f, inner(backend), y), outer(backend), x)

"Hessian times each tangent of a tuple."
hvp(f, backend::AbstractADType, x, tangents::Tuple) = map(t -> pushforward(y -> gradient(f, inner(backend), y), AutoForwardDiff(), x, (t,))[1], tangents)

"Jacobian times each tangent of a tuple."
pushforward(f, backend::AbstractADType, x, tangents::Tuple) = map(t -> EnzymeSugar.pushforward(f, x, t), tangents)

"Transposed jacobian times each cotangent of a tuple."
pullback(f, backend::AbstractADType, x, cotangents::Tuple) = map(c -> gradient(y -> paired(f(y), c), AutoReverseDiff(), x), cotangents)
paired(y::Real, c) = y * c
paired(y, c) = sum(y .* c)

end
