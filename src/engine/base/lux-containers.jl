# Lux: layers made of layers. Their parameters and states are named tuples with the names of the layers.
module Lux

"Layers by names, `layer_1` and so on where they have none; functions are layers too."
layer_of(l::AbstractLuxLayer) = l
layer_of(f::Function) = WrappedFunction(f)
layer_of(l) = l isa Union{Number,AbstractArray,Tuple,AbstractString,Nothing} ? throw(ArgumentError("$(repr(l)) is neither a layer nor a function")) : WrappedFunction(l)
numbered(layers::Tuple) = NamedTuple{Base.__ntuple(k -> Symbol(:layer_, k), Val(Base.__tuple_length(layers)))}(map(layer_of, layers))
with_names(layers::NamedTuple) = map(layer_of, layers)

"One layer after the other."
struct Chain{L<:NamedTuple,N} <: AbstractLuxWrapperLayer{:layers}
    layers::L
    name::N
end
Chain(layers...; name=nothing) = Chain(numbered(layers), name)
Chain(layers::AbstractVector; name=nothing) = Chain(numbered(Tuple(layers)), name)
Chain(layers::NamedTuple; name=nothing) = Chain(with_names(layers), name)
Chain(; name=nothing, layers...) = Chain(with_names(NamedTuple(layers)), name)
(c::Chain)(x, ps, st::NamedTuple) = through(c.layers, Val(1), x, ps, st, ())
"The layers from the k-th on; `done` are the new states of those before."
function through(layers::NamedTuple{names}, ::Val{K}, x, ps, st, done) where {names,K}
    K > length(names) && return (x, NamedTuple{names}(done))
    y, new = apply(layers[K], x, getproperty(ps, names[K]), getproperty(st, names[K]))
    through(layers, Val(K + 1), y, ps, st, (done..., new))
end

"A layer, and its output and input combined by a function or a layer."
struct SkipConnection{L,C,N} <: AbstractLuxLayer
    layers::L
    connection::C
    name::N
end
SkipConnection(layers, connection; name=nothing) = SkipConnection(layer_of(layers), connection, name)
const Combined = SkipConnection{<:Any,<:AbstractLuxLayer}
initialparameters(rng::AbstractRNG, s::SkipConnection) = initialparameters(rng, s.layers)
initialstates(rng::AbstractRNG, s::SkipConnection) = initialstates(rng, s.layers)
initialparameters(rng::AbstractRNG, s::Combined) = (layers=initialparameters(rng, s.layers), connection=initialparameters(rng, s.connection))
initialstates(rng::AbstractRNG, s::Combined) = (layers=initialstates(rng, s.layers), connection=initialstates(rng, s.connection))
(s::SkipConnection)(x, ps, st::NamedTuple) = ((y, st) = apply(s.layers, x, ps, st); (s.connection(y, x), st))
function (s::Combined)(x, ps, st::NamedTuple)
    y, layers = apply(s.layers, x, ps.layers, st.layers)
    z, connection = apply(s.connection, (y, x), ps.connection, st.connection)
    (z, (; layers, connection))
end

"Layers side by side, of one input or an input each, combined by a function or a layer."
struct Parallel{C,L<:NamedTuple,N} <: AbstractLuxLayer
    connection::C
    layers::L
    name::N
end
Parallel(connection, layers...; name=nothing) = Parallel(connection, numbered(layers), name)
Parallel(connection, layers::NamedTuple; name=nothing) = Parallel(connection, with_names(layers), name)
Parallel(connection; name=nothing, layers...) = Parallel(connection, with_names(NamedTuple(layers)), name)
"Layers side by side of one input, that give a tuple."
struct BranchLayer{L<:NamedTuple,N} <: AbstractLuxWrapperLayer{:layers}
    layers::L
    name::N
end
BranchLayer(layers...; name=nothing) = BranchLayer(numbered(layers), name)
BranchLayer(; name=nothing, layers...) = BranchLayer(with_names(NamedTuple(layers)), name)
const Joined = Parallel{<:AbstractLuxLayer}
initialparameters(rng::AbstractRNG, p::Parallel) = initialparameters(rng, p.layers)
initialstates(rng::AbstractRNG, p::Parallel) = initialstates(rng, p.layers)
initialparameters(rng::AbstractRNG, p::Joined) = (layers=initialparameters(rng, p.layers), connection=initialparameters(rng, p.connection))
initialstates(rng::AbstractRNG, p::Joined) = (layers=initialstates(rng, p.layers), connection=initialstates(rng, p.connection))
(p::Parallel)(x, ps, st::NamedTuple) = ((ys, st) = side_by_side(p.layers, inputs(p.layers, x), ps, st); (combined(p.connection, ys), st))
function (p::Joined)(x, ps, st::NamedTuple)
    ys, layers = side_by_side(p.layers, inputs(p.layers, x), ps.layers, st.layers)
    z, connection = apply(p.connection, ys, ps.connection, st.connection)
    (z, (; layers, connection))
end
(b::BranchLayer)(x, ps, st::NamedTuple) = side_by_side(b.layers, map(_ -> x, values(b.layers)), ps, st)
combined(::Nothing, ys) = ys
combined(f, ys) = f(ys...)
inputs(layers, x) = map(_ -> x, values(layers))
inputs(layers, xs::Tuple) = length(layers) == length(xs) ? xs : throw(ArgumentError("$(length(layers)) layers side by side cannot take $(length(xs)) inputs"))
function side_by_side(layers::NamedTuple{names}, xs::Tuple, ps, st) where {names}
    pairs = map((l, x, name) -> apply(l, x, getproperty(ps, name), getproperty(st, name)), values(layers), xs, names)
    (map(first, pairs), NamedTuple{names}(map(last, pairs)))
end

"Layers one after the other, each of which gets what the last one gave, combined with an input of its own or that of all."
struct PairwiseFusion{C,L<:NamedTuple,N} <: AbstractLuxWrapperLayer{:layers}
    connection::C
    layers::L
    name::N
end
PairwiseFusion(connection, layers...; name=nothing) = PairwiseFusion(connection, numbered(layers), name)
PairwiseFusion(connection; name=nothing, layers...) = PairwiseFusion(connection, with_names(NamedTuple(layers)), name)
(p::PairwiseFusion)(xs::Tuple, ps, st::NamedTuple) = fused(p, Val(1), first(xs), Base.tail(xs), ps, st, ())
(p::PairwiseFusion)(x, ps, st::NamedTuple) = fused(p, Val(1), x, map(_ -> x, values(p.layers)), ps, st, ())
function fused(p::PairwiseFusion{C,<:NamedTuple{names}}, ::Val{K}, x, rest, ps, st, done) where {C,names,K}
    K > length(names) && return (x, NamedTuple{names}(done))
    y, new = apply(p.layers[K], x, getproperty(ps, names[K]), getproperty(st, names[K]))
    fused(p, Val(K + 1), p.connection(y, first(rest)), Base.tail(rest), ps, st, (done..., new))
end

"A layer several times, with the same parameters; with `input_injection` each time of its output and the first input."
struct RepeatedLayer{N,J,L} <: AbstractLuxWrapperLayer{:model}
    model::L
end
RepeatedLayer(model; repeats=Val(10), input_injection=Val(false)) = repeated_layer(model, Val(static(repeats)), Val(static(input_injection)))
repeated_layer(model::L, ::Val{N}, ::Val{J}) where {L,N,J} = RepeatedLayer{N,J,L}(model)
function (r::RepeatedLayer{N,J})(x, ps, st::NamedTuple) where {N,J}
    y = x
    for k in 1:N
        y, st = apply(r.model, J && k > 1 ? (y, x) : y, ps, st)
    end
    (y, st)
end

"The greatest of what several layers give, entry by entry."
struct Maxout{L<:NamedTuple} <: AbstractLuxWrapperLayer{:layers}
    layers::L
end
Maxout(layers...) = Maxout(numbered(layers))
Maxout(f::Function, n::Integer) = Maxout(ntuple(_ -> f(), n)...)
(m::Maxout)(x, ps, st::NamedTuple) = ((ys, st) = side_by_side(m.layers, inputs(m.layers, x), ps, st); (reduce((a, b) -> max.(a, b), ys), st))

# ---- Their layers by number and name
const Listed = Union{Chain,Parallel,BranchLayer,PairwiseFusion,Maxout}
Base.getindex(c::Listed, k::Integer) = c.layers[k]
Base.getindex(c::Listed, k::Symbol) = c.layers[k]
Base.getindex(c::Chain, r::AbstractArray) = Chain(NamedTuple{Tuple(collect(keys(c.layers))[r])}(Tuple(collect(values(c.layers))[r])), nothing)
Base.getindex(p::Parallel, r::AbstractArray) = Parallel(p.connection, NamedTuple{Tuple(collect(keys(p.layers))[r])}(Tuple(collect(values(p.layers))[r])), nothing)
Base.length(c::Listed) = length(c.layers)
Base.firstindex(c::Listed) = 1
Base.lastindex(c::Listed) = length(c.layers)
Base.keys(c::Listed) = keys(c.layers)
Base.iterate(c::Listed, state...) = iterate(c.layers, state...)
Base.getproperty(c::Listed, name::Symbol) = hasfield(typeof(c), name) ? getfield(c, name) : getfield(getfield(c, :layers), name)
Functors.functor(::Type{<:Union{Parallel,SkipConnection}}, l) = Functors.with_fields(l, l.connection isa AbstractLuxLayer ? (:layers, :connection) : (:layers,))
LuxCore.layer_parts(l::Union{Parallel,SkipConnection}) = (l.layers, l.connection)
end
