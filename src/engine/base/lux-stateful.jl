# Lux: a model that holds its numbers, precision, and derivatives with respect to inputs.
module Lux
import ..DifferentiationInterface
const DI = DifferentiationInterface

"A model with its parameters and its state, called with an input alone; with `true`, the type of the state is to stay."
mutable struct StatefulLuxLayer{ST,M<:AbstractLuxLayer,P,S} <: AbstractLuxLayer
    const model::M
    ps::P
    st::S
    st_any::Any
end
StatefulLuxLayer{true}(model::M, ps::P, st::S) where {M,P,S} = StatefulLuxLayer{true,M,P,S}(model, ps, st, nothing)
StatefulLuxLayer{false}(model::M, ps::P, st) where {M,P} = StatefulLuxLayer{false,M,P,Nothing}(model, ps, nothing, st)
StatefulLuxLayer(model::AbstractLuxLayer, ps, st; fixed_state_type=Val(true)) = static(fixed_state_type) ? StatefulLuxLayer{true}(model, ps, st) : StatefulLuxLayer{false}(model, ps, st)
StatefulLuxLayer(model::AbstractLuxLayer, st; fixed_state_type=Val(true)) = StatefulLuxLayer(model, nothing, st; fixed_state_type)
kept_state(s::StatefulLuxLayer{true}) = getfield(s, :st)
kept_state(s::StatefulLuxLayer{false}) = getfield(s, :st_any)
# A state has no derivative of its own.
keep!(s::StatefulLuxLayer{true}, st) = (setfield!(s, :st, EnzymeAutodiff.ignore_derivatives(st)); nothing)
keep!(s::StatefulLuxLayer{false}, st) = (setfield!(s, :st_any, EnzymeAutodiff.ignore_derivatives(st)); nothing)
Base.getproperty(s::StatefulLuxLayer, name::Symbol) = name === :st ? kept_state(s) : getfield(s, name)
function (s::StatefulLuxLayer)(x, ps=s.ps)
    y, st = apply(s.model, x, ps, kept_state(s))
    has_numbers(st) && keep!(s, st)
    y
end
"Is there anything in a state that a call may change?"
has_numbers(st) = true
has_numbers(::Val) = false
has_numbers(::Nothing) = false
has_numbers(st::Union{Tuple,NamedTuple}) = any(has_numbers, values(st))
initialparameters(::AbstractRNG, s::StatefulLuxLayer) = s.ps
initialstates(::AbstractRNG, s::StatefulLuxLayer) = kept_state(s)
parameterlength(s::StatefulLuxLayer) = parameterlength(s.ps)
statelength(s::StatefulLuxLayer) = statelength(kept_state(s))
trainmode(s::StatefulLuxLayer{T}) where {T} = StatefulLuxLayer{T}(s.model, s.ps, trainmode(kept_state(s)))
testmode(s::StatefulLuxLayer{T}) where {T} = StatefulLuxLayer{T}(s.model, s.ps, testmode(kept_state(s)))
Base.show(io::IO, s::StatefulLuxLayer{T}) where {T} = print(io, "StatefulLuxLayer{Val{", T, "}()}(", s.model, ")")

"Numbers of another precision, in parameters, states and models."
f16(m) = of_type(Float16, m)
f32(m) = of_type(Float32, m)
f64(m) = of_type(Float64, m)
"The layer as it is; in the package its input takes on the element type of its parameters."
match_eltype(layer, ps, st, args...) = length(args) == 1 ? args[1] : args
cpu_device() = identity
gpu_device(args...; options...) = identity
reactant_device(args...; options...) = identity
get_device(x) = identity

"The jacobian times a vector, a vector times the jacobian, and the jacobian of each sample of a batch."
jacobian_vector_product(f, backend, x, u) = DI.pushforward(f, backend, x, (u,))[1]
jacobian_vector_product(f, backend, x, u, y) = jacobian_vector_product(z -> f(z, y), backend, x, u)
vector_jacobian_product(f, backend, x, u) = DI.pullback(f, backend, x, (u,))[1]
vector_jacobian_product(f, backend, x, u, y) = vector_jacobian_product(z -> f(z, y), backend, x, u)
batched_jacobian(f, backend, x::AbstractArray, y) = batched_jacobian(z -> f(z, y), backend, x)
function batched_jacobian(f, backend, x::AbstractArray)
    J = DI.jacobian(f, backend, x)
    n = size(x, ndims(x))
    rows, columns = size(J, 1) ÷ n, size(J, 2) ÷ n
    stack([J[(k-1)*rows+1:k*rows, (k-1)*columns+1:k*columns] for k in 1:n])
end
end
