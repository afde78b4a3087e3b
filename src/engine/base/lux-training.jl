# Lux: training step by step.
module Lux

"Training step by step, with any backend for the gradient."
module Training
import ..Lux
import ...Zygote, ...Enzyme, ...EnzymeAutodiff, ...ForwardDiff, ...Optimisers, ...ADTypes
import ...ADTypes: AutoEnzyme, AutoForwardDiff, AutoMooncake, AutoReverseDiff, AutoTracker, AutoZygote
export TrainState, compute_gradients, apply_gradients, apply_gradients!, single_train_step, single_train_step!, AutoEnzyme, AutoForwardDiff, AutoMooncake, AutoReverseDiff, AutoTracker, AutoZygote

"A model, its numbers, and the optimiser with its own."
struct TrainState{M,P,S,O,OS}
    model::M
    parameters::P
    states::S
    optimizer::O
    optimizer_state::OS
    step::Int64
end
TrainState(model::Lux.AbstractLuxLayer, ps, st, optimizer::Optimisers.AbstractRule) = TrainState(model, ps, st, optimizer, Optimisers.setup(optimizer, ps), 0)
with_state(t::TrainState, st) = TrainState(t.model, t.parameters, st, t.optimizer, t.optimizer_state, t.step)
function Base.show(io::IO, ::MIME"text/plain", t::TrainState)
    println(io, "TrainState(")
    Lux.show_tree(io, t.model, 4, nothing)
    println(io, "    number of parameters: ", Lux.parameterlength(t.parameters))
    println(io, "    number of states: ", Lux.statelength(t.states))
    println(io, "    optimizer: ", t.optimizer)
    println(io, "    step: ", t.step)
    print(io, ")")
end
Base.show(io::IO, t::TrainState) = print(io, "TrainState(", t.model, ")")

"The gradient of `objective(model, ps, st, data)`, which gives the loss, the next state and statistics: `(gradient, loss, statistics, next train state)`."
function compute_gradients(backend::ADTypes.AbstractADType, objective, data, t::TrainState)
    args = (t.model, t.parameters, t.states, data)
    grads, (loss, st, stats) = gradients_and_result(backend, objective, args, Base.__return_type(objective, map(typeof, args)...))
    (grads, loss, stats, with_state(t, st))
end
"Called once, where the type of what it gives is known: what is differentiated notes the rest of it."
function gradients_and_result(backend, objective, args, ::Type{T}) where {T}
    isconcretetype(T) || return (gradient_by(backend, LossAlone(objective, nothing), args...), objective(args...))
    result = Ref{T}()
    (gradient_by(backend, LossAlone(objective, result), args...), result[])
end
gradients_and_result(backend::AutoForwardDiff, objective, args, ::Type) = (gradient_by(backend, LossAlone(objective, nothing), args...), objective(args...))
struct LossAlone{F,R} <: Function
    objective::F
    result::R
end
(l::LossAlone)(model, ps, st, data) = noted(l.result, l.objective(model, ps, st, data))
noted(::Nothing, result) = first(result)
noted(r::Ref, result) = (r[] = EnzymeAutodiff.ignore_derivatives(result); first(result))
gradient_by(backend, loss, model, ps, st, data) = Zygote.gradient(p -> loss(model, p, st, data), ps)[1]
function gradient_by(::AutoEnzyme, loss, model, ps, st, data)
    dps = Enzyme.make_zero(ps)
    Enzyme.autodiff(Enzyme.set_runtime_activity(Enzyme.Reverse), Enzyme.Const(loss), Enzyme.Active, Enzyme.Const(model), Enzyme.Duplicated(ps, dps), Enzyme.Const(st), Enzyme.Const(data))
    dps
end
function gradient_by(::AutoForwardDiff, loss, model, ps, st, data)
    flat, rebuild = flattened(ps)
    rebuild(ForwardDiff.gradient(v -> loss(model, rebuild(v), st, data), flat))
end
flattened(ps::AbstractVector) = (ps, identity)
flattened(ps) = Optimisers.destructure(ps)
"A step of the optimiser; with `!`, into the arrays of the parameters."
function apply_gradients(t::TrainState, grads)
    state, ps = Optimisers.update(t.optimizer_state, t.parameters, grads)
    TrainState(t.model, ps, t.states, t.optimizer, state, t.step + 1)
end
function apply_gradients!(t::TrainState, grads)
    state, ps = Optimisers.update!(t.optimizer_state, t.parameters, grads)
    TrainState(t.model, ps, t.states, t.optimizer, state, t.step + 1)
end
"Both."
function single_train_step(backend::ADTypes.AbstractADType, objective, data, t::TrainState; return_gradients=Val(true))
    grads, loss, stats, t = compute_gradients(backend, objective, data, t)
    (grads, loss, stats, apply_gradients(t, grads))
end
function single_train_step!(backend::ADTypes.AbstractADType, objective, data, t::TrainState; return_gradients=Val(true))
    grads, loss, stats, t = compute_gradients(backend, objective, data, t)
    (grads, loss, stats, apply_gradients!(t, grads))
end
end
end
