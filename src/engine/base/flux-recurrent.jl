# Flux: recurrent layers, and attention.
module Flux

# ---- One step of a recurrent layer: what it gives and its new state, from the input and the last state
abstract type Cell end
struct RNNCell{F,W,B} <: Cell
    σ::F
    Wi::W
    Wh::W
    bias::B
end
RNNCell(p::Pair{<:Integer,<:Integer}, σ=tanh; init=glorot_uniform, init_kernel=init, init_recurrent_kernel=init, bias=true) =
    (Wi = init_kernel(p.second, p.first); RNNCell(σ, Wi, init_recurrent_kernel(p.second, p.second), create_bias(Wi, bias, p.second)))
function (c::RNNCell)(x::AbstractArray, h)
    check_size(c, x, 1, size(c.Wi, 2))
    g = c.σ.(plus(c.Wi * alike(c.Wi, x) .+ c.Wh * h, c.bias))
    (g, g)
end
struct LSTMCell{W,B} <: Cell
    Wi::W
    Wh::W
    bias::B
end
LSTMCell(p::Pair{<:Integer,<:Integer}; init=glorot_uniform, init_kernel=init, init_recurrent_kernel=init, bias=true) =
    (Wi = init_kernel(4 * p.second, p.first); LSTMCell(Wi, init_recurrent_kernel(4 * p.second, p.second), create_bias(Wi, bias, 4 * p.second)))
"The k-th of several gates that stand one below the other."
gate(g::AbstractVector, n, k) = g[(k-1)*n+1:k*n]
gate(g::AbstractMatrix, n, k) = g[(k-1)*n+1:k*n, :]
gate(::Bool, n, k) = false
function (l::LSTMCell)(x::AbstractArray, (h, c))
    check_size(l, x, 1, size(l.Wi, 2))
    n = size(l.Wh, 2)
    g = plus(l.Wi * alike(l.Wi, x) .+ l.Wh * h, l.bias)
    next = sigmoid.(gate(g, n, 2)) .* c .+ sigmoid.(gate(g, n, 1)) .* tanh.(gate(g, n, 3))
    out = sigmoid.(gate(g, n, 4)) .* tanh.(next)
    (out, (out, next))
end
struct GRUCell{W,B} <: Cell
    Wi::W
    Wh::W
    b::B
end
GRUCell(p::Pair{<:Integer,<:Integer}; init=glorot_uniform, init_kernel=init, init_recurrent_kernel=init, bias=true) =
    (Wi = init_kernel(3 * p.second, p.first); GRUCell(Wi, init_recurrent_kernel(3 * p.second, p.second), create_bias(Wi, bias, 3 * p.second)))
function (l::GRUCell)(x::AbstractArray, h)
    check_size(l, x, 1, size(l.Wi, 2))
    n = size(l.Wh, 2)
    u, v = plus(l.Wi * alike(l.Wi, x), l.b), l.Wh * h
    r, z = sigmoid.(gate(u, n, 1) .+ gate(v, n, 1)), sigmoid.(gate(u, n, 2) .+ gate(v, n, 2))
    new = tanh.(gate(u, n, 3) .+ r .* gate(v, n, 3))
    next = (1 .- z) .* new .+ z .* h
    (next, next)
end
"The third form of the gated unit, where the state is reset before its product."
struct GRUv3Cell{W,B} <: Cell
    Wi::W
    Wh::W
    b::B
    Wh_h̃::W
end
GRUv3Cell(p::Pair{<:Integer,<:Integer}; init=glorot_uniform, init_kernel=init, init_recurrent_kernel=init, bias=true) =
    (Wi = init_kernel(3 * p.second, p.first); GRUv3Cell(Wi, init_recurrent_kernel(2 * p.second, p.second), create_bias(Wi, bias, 3 * p.second), init_recurrent_kernel(p.second, p.second)))
function (l::GRUv3Cell)(x::AbstractArray, h)
    check_size(l, x, 1, size(l.Wi, 2))
    n = size(l.Wh, 2)
    u, v = plus(l.Wi * alike(l.Wi, x), l.b), l.Wh * h
    r, z = sigmoid.(gate(u, n, 1) .+ gate(v, n, 1)), sigmoid.(gate(u, n, 2) .+ gate(v, n, 2))
    new = tanh.(gate(u, n, 3) .+ l.Wh_h̃ * (r .* h))
    next = (1 .- z) .* new .+ z .* h
    (next, next)
end
initialstates(c::Cell) = zeros32(size(c.Wh, 2))
initialstates(c::LSTMCell) = (zeros32(size(c.Wh, 2)), zeros32(size(c.Wh, 2)))
(c::Cell)(x::AbstractArray) = c(x, initialstates(c))
gates(::RNNCell) = 1
gates(::LSTMCell) = 4
gates(::Union{GRUCell,GRUv3Cell}) = 3
cell_text(c) = string(size(c.Wi, 2), " => ", size(c.Wi, 1) ÷ gates(c))
Base.show(io::IO, c::RNNCell) = print(io, "RNNCell(", cell_text(c), c.σ === tanh ? "" : ", $(c.σ)", ")")
Base.show(io::IO, c::LSTMCell) = print(io, "LSTMCell(", cell_text(c), ")")
Base.show(io::IO, c::GRUCell) = print(io, "GRUCell(", cell_text(c), ")")
Base.show(io::IO, c::GRUv3Cell) = print(io, "GRUv3Cell(", cell_text(c), ")")

# ---- A cell along a sequence, whose steps are in the second dimension of the input

abstract type RecurrentLayer end
struct Recurrence{S,C} <: RecurrentLayer
    cell::C
end
struct RNN{S,C} <: RecurrentLayer
    cell::C
end
struct LSTM{S,C} <: RecurrentLayer
    cell::C
end
struct GRU{S,C} <: RecurrentLayer
    cell::C
end
struct GRUv3{S,C} <: RecurrentLayer
    cell::C
end
Recurrence(cell; return_state=false) = Recurrence{return_state,typeof(cell)}(cell)
RNN(cell::RNNCell; return_state=false) = RNN{return_state,typeof(cell)}(cell)
LSTM(cell::LSTMCell; return_state=false) = LSTM{return_state,typeof(cell)}(cell)
GRU(cell::GRUCell; return_state=false) = GRU{return_state,typeof(cell)}(cell)
GRUv3(cell::GRUv3Cell; return_state=false) = GRUv3{return_state,typeof(cell)}(cell)
RNN(p::Pair, σ=tanh; return_state=false, kws...) = RNN(RNNCell(p, σ; kws...); return_state)
LSTM(p::Pair; return_state=false, kws...) = LSTM(LSTMCell(p; kws...); return_state)
GRU(p::Pair; return_state=false, kws...) = GRU(GRUCell(p; kws...); return_state)
GRUv3(p::Pair; return_state=false, kws...) = GRUv3(GRUv3Cell(p; kws...); return_state)
Functors.functor(::Type{<:Recurrence{S}}, r) where {S} = ((; cell=r.cell), parts -> Recurrence(parts.cell; return_state=S))
Functors.functor(::Type{<:RNN{S}}, r) where {S} = ((; cell=r.cell), parts -> RNN(parts.cell; return_state=S))
Functors.functor(::Type{<:LSTM{S}}, r) where {S} = ((; cell=r.cell), parts -> LSTM(parts.cell; return_state=S))
Functors.functor(::Type{<:GRU{S}}, r) where {S} = ((; cell=r.cell), parts -> GRU(parts.cell; return_state=S))
Functors.functor(::Type{<:GRUv3{S}}, r) where {S} = ((; cell=r.cell), parts -> GRUv3(parts.cell; return_state=S))
initialstates(r::RecurrentLayer) = initialstates(r.cell)
returns_state(::Union{Recurrence{S},RNN{S},LSTM{S},GRU{S},GRUv3{S}}) where {S} = S
(r::RecurrentLayer)(x::AbstractArray) = r(x, initialstates(r))
function (r::RecurrentLayer)(x::AbstractArray, state)
    ndims(x) in (2, 3) || throw(ArgumentError("a recurrent layer takes an input of size (in, length) or (in, length, batch), not $(size(x))"))
    steps = [x isa AbstractMatrix ? x[:, k] : x[:, k, :] for k in axes(x, 2)]
    outs, last_state = along(r.cell, steps, state)
    y = x isa AbstractMatrix ? reduce(hcat, outs) : stack(outs; dims=2)
    returns_state(r) ? (y, last_state) : y
end
function along(cell, steps, state)
    out, state = cell(steps[1], state)
    outs = [out]
    for k in 2:length(steps)
        out, state = cell(steps[k], state)
        push!(outs, out)
    end
    (outs, state)
end
Base.show(io::IO, r::Recurrence) = print(io, "Recurrence(", r.cell, ")")
Base.show(io::IO, r::RNN) = print(io, "RNN(", cell_text(r.cell), r.cell.σ === tanh ? "" : ", $(r.cell.σ)", ")")
Base.show(io::IO, r::LSTM) = print(io, "LSTM(", cell_text(r.cell), ")")
Base.show(io::IO, r::GRU) = print(io, "GRU(", cell_text(r.cell), ")")
Base.show(io::IO, r::GRUv3) = print(io, "GRUv3(", cell_text(r.cell), ")")
"States are arguments here: there is nothing to set back."
reset!(m) = nothing

# ---- Attention

struct MultiHeadAttention{Q,D,O}
    nheads::Int64
    q_proj::Q
    k_proj::Q
    v_proj::Q
    attn_drop::D
    out_proj::O
end
"The sizes of the three inputs, of their products with keys and values, and of the output: `n`, `in => qkv => out`, `(q, k, v) => (qk, v) => out`."
attention_sizes(n::Integer) = ((n, n, n), (n, n), n)
attention_sizes((in, (inner, out))::Pair{<:Any,<:Pair}) = (in isa Tuple ? in : (in, in, in), inner isa Tuple ? inner : (inner, inner), out)
function MultiHeadAttention(dims; nheads=8, bias=false, init=glorot_uniform, dropout_prob=0.0)
    (q, k, v), (qk_dim, v_dim), out = attention_sizes(dims)
    qk_dim % nheads == 0 || throw(ArgumentError("qk_dim = $qk_dim should be divisible by nheads"))
    v_dim % nheads == 0 || throw(ArgumentError("v_dim = $v_dim should be divisible by nheads"))
    MultiHeadAttention(nheads, Dense(q => qk_dim; bias, init), Dense(k => qk_dim; bias, init), Dense(v => v_dim; bias, init), Dropout(dropout_prob), Dense(v_dim => out; bias, init))
end
(m::MultiHeadAttention)(q; kws...) = m(q, q, q; kws...)
(m::MultiHeadAttention)(q, k; kws...) = m(q, k, k; kws...)
function (m::MultiHeadAttention)(q, k, v, bias=nothing; mask=nothing)
    y, α = NNlib.dot_product_attention(m.q_proj(q), m.k_proj(k), m.v_proj(v), bias; nheads=m.nheads, mask, fdrop=m.attn_drop)
    (m.out_proj(y), α)
end

end
