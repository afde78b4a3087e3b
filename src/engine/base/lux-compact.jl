# Lux: `@compact`, a layer from named parts and a function of them and an input. Its macro is desugared to `compact_layer`.
module Lux

"Parts that are marked: numbers of the state, and what makes them or parameters from a source of random numbers."
struct NonTrainable{T}
    value::T
end
struct InitialParameter{F}
    f::F
end
struct InitialState{F}
    f::F
end
"What `@return` gives: the result, and the parts as they are by then."
struct Returned{Y,P}
    value::Y
    parts::P
end
"`f(parts, x)`, or with several inputs `f(parts, x...)`."
struct CompactLuxLayer{P<:NamedTuple,F,N,D} <: AbstractLuxLayer
    parts::P
    forward::F
    inputs::Val{N}
    text::String
    name::D
end
compact_layer(f, parts::NamedTuple, inputs::Val, text::String; name=nothing, dispatch=nothing) =
    CompactLuxLayer(map(listed, parts), f, inputs, text, name === nothing ? dispatch : name)
"Several layers at once have the numbers as names."
listed(x) = x
listed(x::Union{Tuple,AbstractVector}) = isempty(x) || !all(l -> l isa AbstractLuxLayer, x) ? x : by_numbers(Tuple(x))
by_numbers(layers::Tuple) = NamedTuple{Base.__ntuple(k -> Symbol(k), Val(Base.__tuple_length(layers)))}(layers)
const Layers = NamedTuple{<:Any,<:Tuple{AbstractLuxLayer,Vararg{AbstractLuxLayer}}}

"What of a part is a parameter, and what is in the state; nothing where it has none."
parameter_of(rng, x) = nothing
parameter_of(rng, x::AbstractArray{<:Number}) = copy(x)
parameter_of(rng, x::InitialParameter) = x.f(rng)
parameter_of(rng, x::Union{AbstractLuxLayer,Layers}) = initialparameters(rng, x)
state_of(rng, x) = nothing
state_of(rng, x::NonTrainable) = x.value
state_of(rng, x::InitialState) = x.f(rng)
state_of(rng, x::Union{AbstractLuxLayer,Layers}) = initialstates(rng, x)
given(parts::NamedTuple) = given_of(keys(parts), values(parts))
given_of(::Tuple{}, ::Tuple{}) = (;)
given_of(names::Tuple, xs::Tuple) = one_or_none(names[1], xs[1], given_of(Base.tail(names), Base.tail(xs)))
one_or_none(name, ::Nothing, rest) = rest
one_or_none(name, x, rest) = merge(NamedTuple{(name,)}((x,)), rest)
initialparameters(rng::AbstractRNG, c::CompactLuxLayer) = given(map(x -> parameter_of(rng, x), c.parts))
initialstates(rng::AbstractRNG, c::CompactLuxLayer) = given(map(x -> state_of(rng, x), c.parts))

"The parts as the function sees them: layers that are called with an input alone, arrays, constants."
seen(x, name, ps, st) = x
seen(x::Union{AbstractArray{<:Number},InitialParameter}, name, ps, st) = getproperty(ps, name)
seen(x::Union{NonTrainable,InitialState}, name, ps, st) = getproperty(st, name)
seen(x::AbstractLuxLayer, name, ps, st) = StatefulLuxLayer{true}(x, getproperty(ps, name), getproperty(st, name))
seen(x::Layers, name, ps, st) = side_of(x, getproperty(ps, name), getproperty(st, name))
side_of(x::NamedTuple{names}, ps, st) where {names} = map((l, name) -> seen(l, name, ps, st), values(x), names)
"The state afterwards."
next(x, part, now) = nothing
next(x::Union{NonTrainable,InitialState}, part, now) = EnzymeAutodiff.ignore_derivatives(now)
next(x::AbstractLuxLayer, part, now) = kept_state(part)
next(x::NamedTuple{names,<:Tuple{AbstractLuxLayer,Vararg{AbstractLuxLayer}}}, part, now) where {names} = NamedTuple{names}(map(kept_state, part))
function (c::CompactLuxLayer{<:NamedTuple{names}})(x, ps, st::NamedTuple) where {names}
    parts = NamedTuple{names}(map((part, name) -> seen(part, name, ps, st), values(c.parts), names))
    y, now = unpacked(forwarded(c, x, parts, c.inputs), parts)
    (y, given(NamedTuple{names}(map(next, values(c.parts), values(parts), values(now)))))
end
forwarded(c, x, parts, ::Val{1}) = c.forward(parts, x)
forwarded(c, x, parts, ::Val) = c.forward(parts, x...)
unpacked(y, parts) = (y, parts)
unpacked(y::Returned, parts) = (y.value, y.parts)

Functors.functor(::Type{<:CompactLuxLayer}, c) = Functors.leaf(c)
LuxCore.display_name(c::CompactLuxLayer) = c.name === nothing ? "@compact" : string(c.name)
Base.show(io::IO, c::CompactLuxLayer) = print(io, display_name(c), c.name === nothing ? "" : "()")
function show_compact(io, c, indent, before)
    println(io, " "^indent, before, "@compact(")
    foreach((name, x) -> show_part(io, x, indent + 4, string(name)), keys(c.parts), values(c.parts))
    body = split(c.text, "\n")
    print(io, " "^indent, ") ", join(map(l -> string(rstrip(l)), body), string("\n", " "^indent)))
    indent == 0 ? show_sums(io, c, 7) : println(io, ",")
end
show_part(io, x, indent, name) = println(io, " "^indent, name, " = ", x isa AbstractArray ? summary(x) : x, ",")
show_part(io, x::AbstractLuxLayer, indent, name) = show_tree(io, x, indent, name)
function show_part(io, x::Layers, indent, name)
    println(io, " "^indent, name, " = NamedTuple(")
    foreach((k, l) -> show_tree(io, l, indent + 4, string(k)), keys(x), values(x))
    println(io, " "^indent, "),")
end
end
