# Optimisers: rules that turn gradients into steps, with the state that they keep for each array of a model.
module Optimisers
import ..Functors
using LinearAlgebra
export Descent, Momentum, Nesterov, Adam, AdamW, AdaGrad, RMSProp, WeightDecay, ClipGrad, ClipNorm, OptimiserChain, destructure, trainables

"A rule has `init(rule, x)`, the state for an array, and `apply!(rule, state, x, dx)`, the next state and the step."
abstract type AbstractRule end
function init end
function apply! end
# Parameters in Julia's order, with the package's defaults.
struct Descent{T} <: AbstractRule
    eta::T
end
Descent(; eta=0.1) = Descent(eta)
init(o::Descent, x) = nothing
apply!(o::Descent, state, x, dx) = (state, o.eta .* dx)
struct Momentum{T,R} <: AbstractRule
    eta::T
    rho::R
end
Momentum(eta=0.01) = Momentum(eta, 0.9)
init(o::Momentum, x) = zero(x)
apply!(o::Momentum, v, x, dx) = (w = o.rho .* v .+ o.eta .* dx; (w, w))
struct Nesterov{T,R} <: AbstractRule
    eta::T
    rho::R
end
Nesterov(eta=0.001) = Nesterov(eta, 0.9)
init(o::Nesterov, x) = zero(x)
apply!(o::Nesterov, v, x, dx) = (o.rho .* v .- o.eta .* dx, (1 + o.rho) * o.eta .* dx .- o.rho^2 .* v)
struct RMSProp{T,R,E} <: AbstractRule
    eta::T
    rho::R
    epsilon::E
end
RMSProp(eta=0.001, rho=0.9) = RMSProp(eta, rho, 1.0e-8)
init(o::RMSProp, x) = zero(x)
apply!(o::RMSProp, s, x, dx) = (t = o.rho .* s .+ (1 - o.rho) .* abs2.(dx); (t, dx .* o.eta ./ (sqrt.(t) .+ o.epsilon)))
struct AdaGrad{T,E} <: AbstractRule
    eta::T
    epsilon::E
end
AdaGrad(eta=0.1) = AdaGrad(eta, 1.0e-8)
init(o::AdaGrad, x) = fill!(similar(x), o.epsilon)
apply!(o::AdaGrad, s, x, dx) = (t = s .+ abs2.(dx); (t, dx .* o.eta ./ (sqrt.(t) .+ o.epsilon)))
struct Adam{T,B<:Tuple,E} <: AbstractRule
    eta::T
    beta::B
    epsilon::E
end
Adam(eta=0.001, beta=(0.9, 0.999)) = Adam(eta, beta, 1.0e-8)
init(o::Adam, x) = (zero(x), zero(x), o.beta)
function apply!(o::Adam, (m, v, t), x, dx)
    (b1, b2) = o.beta
    mean = b1 .* m .+ (1 - b1) .* dx
    square = b2 .* v .+ (1 - b2) .* abs2.(dx)
    ((mean, square, t .* o.beta), mean ./ (1 - t[1]) ./ (sqrt.(square ./ (1 - t[2])) .+ o.epsilon) .* o.eta)
end
"Adam, and a decay of the weights themselves."
struct AdamW{T,B<:Tuple,L,E} <: AbstractRule
    eta::T
    beta::B
    lambda::L
    epsilon::E
end
AdamW(eta=0.001, beta=(0.9, 0.999), lambda=0.0) = AdamW(eta, beta, lambda, 1.0e-8)
init(o::AdamW, x) = init(Adam(o.eta, o.beta, o.epsilon), x)
apply!(o::AdamW, state, x, dx) = ((next, step) = apply!(Adam(o.eta, o.beta, o.epsilon), state, x, dx); (next, step .+ o.eta * o.lambda .* x))
struct WeightDecay{T} <: AbstractRule
    lambda::T
end
WeightDecay() = WeightDecay(5.0e-4)
init(o::WeightDecay, x) = nothing
apply!(o::WeightDecay, state, x, dx) = (state, dx .+ o.lambda .* x)
struct ClipGrad{T} <: AbstractRule
    delta::T
end
ClipGrad() = ClipGrad(10.0)
init(o::ClipGrad, x) = nothing
apply!(o::ClipGrad, state, x, dx) = (state, clamp.(dx, -o.delta, o.delta))
struct ClipNorm{T} <: AbstractRule
    omega::T
end
ClipNorm() = ClipNorm(10.0)
init(o::ClipNorm, x) = nothing
apply!(o::ClipNorm, state, x, dx) = (n = norm(dx); (state, n > o.omega ? dx .* (o.omega / n) : dx))
"Rules one after the other: each is given the step of the one before."
struct OptimiserChain{O<:Tuple} <: AbstractRule
    opts::O
end
OptimiserChain(opts::AbstractRule...) = OptimiserChain(opts)
init(o::OptimiserChain, x) = map(rule -> init(rule, x), o.opts)
apply!(o::OptimiserChain, states, x, dx) = chained(o.opts, states, x, dx)
chained(::Tuple{}, ::Tuple{}, x, dx) = ((), dx)
function chained(rules::Tuple, states::Tuple, x, dx)
    state, step = apply!(rules[1], states[1], x, dx)
    rest, last = chained(Base.tail(rules), Base.tail(states), x, step)
    ((state, rest...), last)
end

# ---- The tree of states beside a model

"The rule of one array and its state; a frozen one is left as it is."
mutable struct Leaf{R,S}
    rule::R
    state::S
    frozen::Bool
end
Leaf(rule, state; frozen::Bool=false) = Leaf(rule, state, frozen)
Base.show(io::IO, l::Leaf) = print(io, "Leaf(", repr(l.rule; context=:compact => true), ", ", repr(l.state; context=:compact => true), l.frozen ? ", true" : "", ")")
"No update changes what is below, until it is thawed."
freeze!(tree) = foreach(freeze!, values(tree))
freeze!(leaf::Leaf) = (leaf.frozen = true; nothing)
thaw!(tree) = foreach(thaw!, values(tree))
thaw!(leaf::Leaf) = (leaf.frozen = false; nothing)
"What is trained: arrays of floats."
istrained(x) = false
istrained(x::AbstractArray{<:Union{AbstractFloat,Complex}}) = true
"The tree of states for a model."
setup(rule::AbstractRule, model) = planted(rule, model, Val(istrained(model)))
planted(rule, x, ::Val{true}) = Leaf(rule, init(rule, x))
planted(rule, x, ::Val{false}) = map(y -> setup(rule, y), Functors.children(x))
planted(rule, x::Function, ::Val{false}) = ()
"The tree with another rate of learning in each rule that has one."
adjust(tree, eta::Real) = adjusted(tree, eta)
adjusted(tree::Union{Tuple,NamedTuple,AbstractArray,AbstractDict}, eta) = map(t -> adjusted(t, eta), tree)
adjusted(leaf::Leaf, eta) = leaf.frozen ? leaf : Leaf(with_rate(leaf.rule, eta), leaf.state)
adjust!(tree, eta::Real) = (foreach(t -> adjust!(t, eta), values(tree)); tree)
adjust!(leaf::Leaf, eta::Real) = leaf.frozen ? leaf : (leaf.rule = with_rate(leaf.rule, eta); leaf)
with_rate(rule::T, eta) where {T} = :eta in fieldnames(T) ? Base.__new(T, map(name -> name === :eta ? oftype(rule.eta, eta) : getfield(rule, name), fieldnames(T))...) : rule
with_rate(rule::OptimiserChain, eta) = OptimiserChain(map(r -> with_rate(r, eta), rule.opts))

"The next states, and the model a step further; what has no gradient stays."
update(tree, model, gradient) = stepped(tree, model, gradient)
stepped(tree, x, ::Nothing) = (tree, x)
stepped(leaf::Leaf, x, ::Nothing) = (leaf, x)
stepped(::Tuple{}, x, gradient) = ((), x)
stepped(::Tuple{}, x, ::Nothing) = ((), x)
function stepped(leaf::Leaf, x, dx)
    leaf.frozen && return (leaf, x)
    state, step = apply!(leaf.rule, leaf.state, x, dx)
    (Leaf(leaf.rule, state), convert(typeof(x), x .- step))
end
function stepped(tree, x, gradient)
    pairs = map(stepped, values(tree), values(Functors.children(x)), values(Functors.children(gradient)))
    (like(tree, map(first, pairs)), Functors.with_parts(x, like(Functors.children(x), map(last, pairs))))
end
like(::Union{Tuple,AbstractArray}, parts) = parts
like(::NamedTuple{names}, parts) where {names} = NamedTuple{names}(parts)
"The same, with the new values written into the arrays of the model, and the states into the tree."
function update!(tree, model, gradient)
    next, moved = update(tree, model, gradient)
    (advance!(tree, next), written!(model, moved))
end
advance!(tree, next) = (foreach(advance!, values(tree), values(next)); tree)
advance!(leaf::Leaf, next) = (leaf.state = next.state; leaf)
written!(x::AbstractArray{<:Number}, y) = copyto!(x, y)
written!(x, y) = (foreach(written!, values(Functors.children(x)), values(Functors.children(y))); x)

"The arrays of a model that are trained."
trainables(model) = istrained(model) ? Any[model] : reduce(vcat, [trainables(x) for x in values(Functors.children(model))]; init=Any[])
"All trained numbers as one vector, and the function that makes a model of such a vector."
destructure(model) = (flat(model), Restructure(model))
flat(x) = (xs = trainables(x); isempty(xs) ? Float64[] : reduce(vcat, map(vec, xs)))
struct Restructure{M}
    model::M
end
(re::Restructure)(v::AbstractVector) = filled(re.model, v, 0)[1]
filled(x, v, at) = istrained(x) ? (reshape(v[at+1:at+length(x)], size(x)), at + length(x)) : filled_below(x, v, at)
function filled_below(x, v, at)
    parts, at = filled_each(values(Functors.children(x)), v, at)
    (isempty(parts) ? x : Functors.with_parts(x, like(Functors.children(x), parts)), at)
end
filled_each(::Tuple{}, v, at) = ((), at)
function filled_each(xs::Tuple, v, at)
    part, next = filled(xs[1], v, at)
    rest, last = filled_each(Base.tail(xs), v, next)
    ((part, rest...), last)
end
end
