# LuxCore: what a layer of Lux is. A layer holds no numbers: its parameters and its state are named tuples beside it.
module LuxCore
using Random
import ..Functors
export AbstractLuxLayer, AbstractLuxContainerLayer, AbstractLuxWrapperLayer
public initialparameters, initialstates, parameterlength, statelength, outputsize, setup, apply, stateless_apply,
    display_name, replicate, trainmode, testmode, update_state, contains_lux_layer, check_fmap_condition, preserves_state_type

"A layer is called with its input, its parameters and its state, and gives what it makes and its next state."
abstract type AbstractLuxLayer end
"A layer whose fields `layers` are layers; their parameters and states are below these names."
abstract type AbstractLuxContainerLayer{layers} <: AbstractLuxLayer end
"A layer with the parameters and the state of the one in its field `layer`."
abstract type AbstractLuxWrapperLayer{layer} <: AbstractLuxLayer end
const AbstractExplicitLayer = AbstractLuxLayer
const AbstractExplicitContainerLayer = AbstractLuxContainerLayer

# ---- Parameters and states

"The parameters that a layer begins with."
initialparameters(::AbstractRNG, ::Union{AbstractLuxLayer,Nothing}) = (;)
initialparameters(rng::AbstractRNG, layers::Union{NamedTuple,Tuple,AbstractArray}) = map(l -> initialparameters(rng, l), layers)
initialparameters(rng::AbstractRNG, l::AbstractLuxContainerLayer{names}) where {names} = NamedTuple{names_of(names)}(map(part -> initialparameters(rng, part), parts_of(l)))
initialparameters(rng::AbstractRNG, l::AbstractLuxWrapperLayer{name}) where {name} = initialparameters(rng, getfield(l, name))
"The state that it begins with."
initialstates(::AbstractRNG, ::Union{AbstractLuxLayer,Nothing}) = (;)
initialstates(rng::AbstractRNG, layers::Union{NamedTuple,Tuple,AbstractArray}) = map(l -> initialstates(rng, l), layers)
initialstates(rng::AbstractRNG, l::AbstractLuxContainerLayer{names}) where {names} = NamedTuple{names_of(names)}(map(part -> initialstates(rng, part), parts_of(l)))
initialstates(rng::AbstractRNG, l::AbstractLuxWrapperLayer{name}) where {name} = initialstates(rng, getfield(l, name))
names_of(names::Tuple) = names
names_of(name::Symbol) = (name,)
parts_of(l::AbstractLuxContainerLayer{names}) where {names} = Base.__ntuple(i -> getfield(l, names_of(names)[i]), Val(length(names_of(names))))

"Parameters and state."
function setup(rng::AbstractRNG, l)
    ps = initialparameters(rng, l)
    (ps, initialstates(rng, l))
end

"How many numbers there are in parameters, or in those that a layer begins with."
parameterlength(l::AbstractLuxLayer) = parameterlength(initialparameters(Random.Xoshiro(0), l))
parameterlength(l::AbstractLuxContainerLayer) = sum(parameterlength, parts_of(l); init=0)
parameterlength(l::AbstractLuxWrapperLayer{name}) where {name} = parameterlength(getfield(l, name))
parameterlength(parts::Union{NamedTuple,Tuple}) = sum(parameterlength, values(parts); init=0)
parameterlength(x::AbstractArray) = length(x)
parameterlength(x) = 0
statelength(l::AbstractLuxLayer) = statelength(initialstates(Random.Xoshiro(0), l))
statelength(l::AbstractLuxContainerLayer) = sum(statelength, parts_of(l); init=0)
statelength(l::AbstractLuxWrapperLayer{name}) where {name} = statelength(getfield(l, name))
statelength(parts::Union{NamedTuple,Tuple}) = sum(statelength, values(parts); init=0)
statelength(x::AbstractArray) = length(x)
statelength(x::Union{Number,Symbol,Val,AbstractRNG}) = 1
statelength(x) = 0

# ---- Calls

apply(l::AbstractLuxLayer, x, ps, st) = l(x, ps, st)
(l::AbstractLuxWrapperLayer{name})(x, ps, st) where {name} = apply(getfield(l, name), x, ps, st)
"What a layer without state makes of an input."
stateless_apply(l::AbstractLuxLayer, x, ps) = first(apply(l, x, ps, empty_state(l)))
empty_state(l) = (;)
empty_state(layers::NamedTuple) = map(empty_state, layers)
empty_state(l::AbstractLuxContainerLayer{names}) where {names} = NamedTuple{names_of(names)}(map(empty_state, parts_of(l)))
"The size of what a layer makes of one sample, found by calling it."
function outputsize(l, x, rng::AbstractRNG)
    ps, st = setup(rng, l)
    y = first(apply(l, x, ps, testmode(st)))
    size(y)[1:end-1]
end
preserves_state_type(l) = true

# ---- States

"The state with `value` at each place of the name `key`, however deep."
update_state(st::NamedTuple{names}, key::Symbol, value; exclude=nothing) where {names} =
    NamedTuple{names}(map((name, s) -> name === key ? value : update_state(s, key, value), names, values(st)))
update_state(st::Tuple, key::Symbol, value; exclude=nothing) = map(s -> update_state(s, key, value), st)
update_state(st, key::Symbol, value; exclude=nothing) = st
"The state for training, and for use."
trainmode(st) = update_state(st, :training, Val(true))
testmode(st) = update_state(st, :training, Val(false))
"A source of random numbers that goes on as the given one will."
replicate(rng::AbstractRNG) = copy(rng)
# Of the task's own there is one.
replicate(rng::Random.TaskLocalRNG) = rng

# ---- Looks

"The name of a layer: its own, or that of its type."
display_name(l::AbstractLuxLayer) = hasfield(typeof(l), :name) ? own_name(l, getfield(l, :name)) : string(nameof(typeof(l)))
display_name(l) = string(nameof(typeof(l)))
own_name(l, ::Nothing) = string(nameof(typeof(l)))
own_name(l, name) = string(name)
Base.show(io::IO, l::AbstractLuxLayer) = print(io, nameof(typeof(l)), "()")

"Is a layer somewhere in a structure?"
contains_lux_layer(l) = check_fmap_condition(x -> x isa AbstractLuxLayer, AbstractLuxLayer, l)
check_fmap_condition(condition, T, x) = x isa AbstractLuxLayer ? holds_somewhere(condition, x, layer_parts(x)) : holds_somewhere(condition, x, children_of(x))
holds_somewhere(condition, x, parts) = condition(x) || any(y -> check_fmap_condition(condition, nothing, y), parts)
layer_parts(l) = ()
layer_parts(l::AbstractLuxContainerLayer) = parts_of(l)
layer_parts(l::AbstractLuxWrapperLayer{name}) where {name} = (getfield(l, name),)
children_of(x::Union{Tuple,NamedTuple}) = values(x)
children_of(x) = ()
# A layer is a leaf of trees, but for the layers that it holds.
Functors.functor(::Type{<:AbstractLuxLayer}, l) = Functors.leaf(l)
Functors.functor(::Type{<:AbstractLuxContainerLayer{names}}, l) where {names} = Functors.with_fields(l, names_of(names))
Functors.functor(::Type{<:AbstractLuxWrapperLayer{name}}, l) where {name} = Functors.with_fields(l, (name,))
end
