# Lux: recurrent cells, whose state is an argument, and layers that carry it.
module Lux

"A cell is called with `x` or `(x, carry)`, and gives `(y, carry)` and its state."
abstract type AbstractRecurrentCell <: AbstractLuxLayer end
struct RNNCell{F,U,T,B,W,H,S} <: AbstractRecurrentCell
    activation::F
    in_dims::Int64
    out_dims::Int64
    use_bias::Val{U}
    train_state::Val{T}
    init_bias::B
    init_weight::W
    init_recurrent_weight::H
    init_state::S
end
struct LSTMCell{U,T,M,B,W,H,S,C} <: AbstractRecurrentCell
    in_dims::Int64
    out_dims::Int64
    use_bias::Val{U}
    train_state::Val{T}
    train_memory::Val{M}
    init_bias::B
    init_weight::W
    init_recurrent_weight::H
    init_state::S
    init_memory::C
end
struct GRUCell{U,T,B,W,H,S} <: AbstractRecurrentCell
    in_dims::Int64
    out_dims::Int64
    use_bias::Val{U}
    train_state::Val{T}
    init_bias::B
    init_weight::W
    init_recurrent_weight::H
    init_state::S
end
RNNCell(p::Pair{<:Integer,<:Integer}, σ=tanh; use_bias=true, train_state=false, init_bias=nothing, init_weight=nothing, init_recurrent_weight=init_weight, init_state=zeros32) =
    RNNCell(σ, p.first, p.second, Val(static(use_bias)), Val(static(train_state)), init_bias, init_weight, init_recurrent_weight, init_state)
LSTMCell(p::Pair{<:Integer,<:Integer}; use_bias=true, train_state=false, train_memory=false, init_bias=nothing, init_weight=nothing, init_recurrent_weight=init_weight, init_state=zeros32, init_memory=zeros32) =
    LSTMCell(p.first, p.second, Val(static(use_bias)), Val(static(train_state)), Val(static(train_memory)), init_bias, init_weight, init_recurrent_weight, init_state, init_memory)
GRUCell(p::Pair{<:Integer,<:Integer}; use_bias=true, train_state=false, init_bias=nothing, init_weight=nothing, init_recurrent_weight=init_weight, init_state=zeros32) =
    GRUCell(p.first, p.second, Val(static(use_bias)), Val(static(train_state)), init_bias, init_weight, init_recurrent_weight, init_state)
gates(::RNNCell) = 1
gates(::LSTMCell) = 4
gates(::GRUCell) = 3

"A function for each gate, or one for all; without one, uniform, narrower with more of them."
of_gates(rng, init, c, sizes...) = reduce(vcat, [of_gate(rng, init isa Tuple ? init[k] : init, c, sizes...) for k in 1:gates(c)])
of_gate(rng, init, c, sizes...) = init(rng, sizes...)
of_gate(rng, ::Nothing, c, sizes...) = (rand(rng, Float32, sizes...) .- 0.5f0) .* (2 / sqrt(Float32(c.out_dims)))
function initialparameters(rng::AbstractRNG, c::AbstractRecurrentCell)
    weights = (weight_ih=of_gates(rng, c.init_weight, c, c.out_dims, c.in_dims), weight_hh=of_gates(rng, c.init_recurrent_weight, c, c.out_dims, c.out_dims))
    merge(weights, biases(rng, c, c.use_bias), trained_state(rng, c, c.train_state), trained_memory(rng, c))
end
biases(rng, c, ::Val{false}) = (;)
biases(rng, c, ::Val{true}) = (bias_ih=of_gates(rng, c.init_bias, c, c.out_dims), bias_hh=of_gates(rng, c.init_bias, c, c.out_dims))
trained_state(rng, c, ::Val{false}) = (;)
trained_state(rng, c, ::Val{true}) = (hidden_state=c.init_state(rng, c.out_dims),)
trained_memory(rng, c) = (;)
trained_memory(rng, c::LSTMCell{U,T,true}) where {U,T} = (memory=c.init_memory(rng, c.out_dims),)
initialstates(rng::AbstractRNG, ::AbstractRecurrentCell) = (rng=replicate(rng),)

"The state at the beginning of a sequence, one for each sample."
first_hidden(c, x, ps, ::Val{true}) = for_samples(ps.hidden_state, x)
first_hidden(c, x, ps, ::Val{false}) = zeros_for(c.init_state, c, x)
for_samples(v, ::AbstractVector) = v
for_samples(v, x::AbstractMatrix) = repeat(v, 1, size(x, 2))
zeros_for(init, c, ::AbstractVector{T}) where {T} = of_float(T, EnzymeAutodiff.ignore_derivatives(init(Random.Xoshiro(0), c.out_dims)))
zeros_for(init, c, x::AbstractMatrix{T}) where {T} = of_float(T, EnzymeAutodiff.ignore_derivatives(init(Random.Xoshiro(0), c.out_dims, size(x, 2))))
of_float(::Type, v) = v
of_float(::Type{Float64}, v) = convert(AbstractArray{Float64}, v)
carry_of(c::AbstractRecurrentCell, x, ps) = (first_hidden(c, x, ps, c.train_state),)
carry_of(c::LSTMCell, x, ps) = (first_hidden(c, x, ps, c.train_state), first_memory(c, x, ps, c.train_memory))
first_memory(c, x, ps, ::Val{true}) = for_samples(ps.memory, x)
first_memory(c, x, ps, ::Val{false}) = zeros_for(c.init_memory, c, x)

(c::AbstractRecurrentCell)(x::AbstractVecOrMat, ps, st::NamedTuple) = c((x, carry_of(c, x, ps)), ps, st)
from_input(c, x, ps, ::Val{true}) = ps.weight_ih * x .+ ps.bias_ih
from_input(c, x, ps, ::Val{false}) = ps.weight_ih * x
from_state(c, h, ps, ::Val{true}) = ps.weight_hh * h .+ ps.bias_hh
from_state(c, h, ps, ::Val{false}) = ps.weight_hh * h
function (c::RNNCell)((x, (h,))::Tuple{AbstractVecOrMat,Tuple}, ps, st::NamedTuple)
    check_size(c, x, 1, c.in_dims)
    y = c.activation.(from_input(c, x, ps, c.use_bias) .+ from_state(c, h, ps, c.use_bias))
    ((y, (y,)), st)
end
function (l::LSTMCell)((x, (h, memory))::Tuple{AbstractVecOrMat,Tuple}, ps, st::NamedTuple)
    check_size(l, x, 1, l.in_dims)
    n = l.out_dims
    g = from_input(l, x, ps, l.use_bias) .+ from_state(l, h, ps, l.use_bias)
    next = sigmoid.(Flux.gate(g, n, 2)) .* memory .+ sigmoid.(Flux.gate(g, n, 1)) .* tanh.(Flux.gate(g, n, 3))
    y = sigmoid.(Flux.gate(g, n, 4)) .* tanh.(next)
    ((y, (y, next)), st)
end
function (l::GRUCell)((x, (h,))::Tuple{AbstractVecOrMat,Tuple}, ps, st::NamedTuple)
    check_size(l, x, 1, l.in_dims)
    n = l.out_dims
    u, v = from_input(l, x, ps, l.use_bias), from_state(l, h, ps, l.use_bias)
    r, z = sigmoid.(Flux.gate(u, n, 1) .+ Flux.gate(v, n, 1)), sigmoid.(Flux.gate(u, n, 2) .+ Flux.gate(v, n, 2))
    new = tanh.(Flux.gate(u, n, 3) .+ r .* Flux.gate(v, n, 3))
    y = (1 .- z) .* new .+ z .* h
    ((y, (y,)), st)
end
train_text(c) = static(c.train_state) ? ", train_state=true" : ""
Base.show(io::IO, c::RNNCell) = print(io, "RNNCell(", c.in_dims, " => ", c.out_dims, activation_text(c.activation), bias_text(c.use_bias), train_text(c), ")")
Base.show(io::IO, c::LSTMCell) = print(io, "LSTMCell(", c.in_dims, " => ", c.out_dims, bias_text(c.use_bias), train_text(c), static(c.train_memory) ? ", train_memory=true" : "", ")")
Base.show(io::IO, c::GRUCell) = print(io, "GRUCell(", c.in_dims, " => ", c.out_dims, bias_text(c.use_bias), train_text(c), ")")

# ---- Along a sequence

abstract type AbstractTimeSeriesDataBatchOrdering end
"Time in the last dimension but one, or in the last."
struct BatchLastIndex <: AbstractTimeSeriesDataBatchOrdering end
struct TimeLastIndex <: AbstractTimeSeriesDataBatchOrdering end
steps_of(x::Union{Tuple,AbstractVector}, ordering) = x
steps_of(x::AbstractArray, ::TimeLastIndex) = slices(x, Val(ndims(x)))
steps_of(x::AbstractArray, ::BatchLastIndex) = slices(x, Val(ndims(x) - 1))
steps_of(x::AbstractMatrix, ::BatchLastIndex) = throw(ArgumentError("`BatchLastIndex` not supported for AbstractMatrix. You probably want to use `TimeLastIndex`."))
slices(x::AbstractArray, ::Val{D}) where {D} = [copy(selectdim(x, D, k)) for k in axes(x, D)]

"What a cell gives at the end of a sequence, or at each step."
struct Recurrence{R,C,O} <: AbstractLuxWrapperLayer{:cell}
    cell::C
    ordering::O
    return_sequence::Val{R}
end
Recurrence(cell; ordering=BatchLastIndex(), return_sequence=false) = Recurrence(cell, ordering, Val(static(return_sequence)))
(r::Recurrence)(x::Union{AbstractArray,Tuple}, ps, st::NamedTuple) = along(r, steps_of(x, r.ordering), ps, st, r.return_sequence)
function along(r, steps, ps, st, ::Val{false})
    (y, carry), st = apply(r.cell, steps[1], ps, st)
    for k in 2:length(steps)
        (y, carry), st = apply(r.cell, (steps[k], carry), ps, st)
    end
    (y, st)
end
function along(r, steps, ps, st, ::Val{true})
    (y, carry), st = apply(r.cell, steps[1], ps, st)
    ys = [y]
    for k in 2:length(steps)
        (y, carry), st = apply(r.cell, (steps[k], carry), ps, st)
        push!(ys, y)
    end
    (ys, st)
end

"A cell that keeps what it carries in its state, until `update_state(st, :carry, nothing)`."
struct StatefulRecurrentCell{C} <: AbstractLuxWrapperLayer{:cell}
    cell::C
end
initialstates(rng::AbstractRNG, r::StatefulRecurrentCell) = (cell=initialstates(rng, r.cell), carry=nothing)
function (r::StatefulRecurrentCell)(x, ps, st::NamedTuple)
    (y, carry), cell = apply(r.cell, with_carry(x, st.carry), ps, st.cell)
    (y, (; cell, carry))
end
with_carry(x, ::Nothing) = x
with_carry(x, carry) = (x, carry)

"What loops over arrays and states are written with."
module LuxOps
import ..Lux
# Functions of this module, whatever their names mean elsewhere.
function eachslice end
function getproperty end
eachslice(x::AbstractArray, d::Val) = Lux.slices(x, d)
foldl_init(op, xs) = foldl(op, Base.tail(Tuple(xs)); init=first(xs))
foldl_init(op, xs, init) = foldl(op, xs; init)
getproperty(x, ::Val{name}) where {name} = hasproperty(x, name) ? Base.getproperty(x, name) : nothing
xlogx(x) = Lux.Flux.xlogx(x)
xlogy(x, y) = Lux.Flux.xlogy(x, y)
istraining(x) = Lux.in_training(x)
istraining(st::NamedTuple) = Lux.istraining(st)
rsqrt(x) = inv(sqrt(x))
multigate(x::AbstractArray, ::Val{N}) where {N} = Base.__ntuple(k -> Lux.Flux.gate(x, size(x, 1) ÷ N, k), Val(N))
end
end
