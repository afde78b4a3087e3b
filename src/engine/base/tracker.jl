# Tracker: numbers and arrays that remember what they were made from, and the way back through it. Their functions are those of ReverseDiff's.
module Tracker
using LinearAlgebra, Random, Statistics
import ..ReverseDiff
import ..ReverseDiff: WatchedReal, WatchedArray, of_one, of_two, whole
export TrackedArray, TrackedVector, TrackedMatrix, Params, gradient, jacobian, hessian, param, back!, withgradient
public TrackedReal, Tracked, Call, data, tracker, track, grad, istracked, isleaf, forward, update!, zero_grad!, hook, checkpoint, nobacksies, collect, Grads, _forward, losscheck

# A function of this module, whatever its name means elsewhere.
function collect end

"What a value was made by: nothing, a call that was handed back already, a function of these arguments, or a rule of the program."
abstract type AbstractCall end
struct Start <: AbstractCall end
struct Freed <: AbstractCall end
struct Call{F,X<:Tuple} <: AbstractCall
    func::F
    args::X
end
struct Ruled{B,X<:Tuple} <: AbstractCall
    back::B
    args::X
end
"What stands behind a watched value: its call, its gradient, and how many calls deep it is. `pending` is its adjoint while there is a way back."
mutable struct Tracked{T}
    f::AbstractCall
    isleaf::Bool
    grad::Union{Nothing,T}
    depth::Int64
    pending::Any
end
leaf(x::T) where {T} = Tracked{T}(Start(), true, zero_grad(x), 0, nothing)
made_by(call::AbstractCall, x::T) where {T} = Tracked{T}(call, false, nothing, 1 + deepest(call.args...), nothing)
deepest() = 0
deepest(x, rest...) = (t = tracker(x); max(t === nothing ? 0 : t.depth, deepest(rest...)))
zero_grad(x::Real) = zero(x)
zero_grad(x::AbstractArray) = fill!(similar(x), zero(eltype(x)))
Base.show(io::IO, t::Tracked) = print(io, "Tracked(", t.isleaf ? "leaf" : nameof(typeof(t.f)), ")")

mutable struct TrackedReal{T<:Real} <: WatchedReal
    data::T
    tracker::Tracked{T}
end
struct TrackedArray{T,N,A<:AbstractArray{T,N}} <: WatchedArray{T,N}
    tracker::Tracked{A}
    data::A
end
const TrackedVector{T,A} = TrackedArray{T,1,A}
const TrackedMatrix{T,A} = TrackedArray{T,2,A}
const TrackedVecOrMat{T,A} = Union{TrackedVector{T,A},TrackedMatrix{T,A}}
const TrackedType = Union{TrackedReal,TrackedArray}

"A value to be watched from here on."
param(x::Real) = (y = float(x); TrackedReal(y, leaf(y)))
param(x::AbstractArray) = (y = own_floats(x); TrackedArray(leaf(y), y))
param(x::TrackedReal) = whole(identity, x)
param(x::TrackedArray) = whole(identity, x)
param(x::AbstractArray{<:TrackedReal}) = gathered(x)
param(x) = x
own_floats(x::AbstractArray{<:AbstractFloat}) = x isa AbstractRange ? collect(x) : x
own_floats(x::AbstractArray) = float.(x)
TrackedReal(x::Real) = param(x)
TrackedArray(x::AbstractArray) = param(x)
"The plain value."
data(x) = x
data(x::TrackedType) = getfield(x, :data)
data(x::AbstractArray{<:TrackedReal}) = map(data, x)
tracker(x) = nothing
tracker(x::TrackedType) = getfield(x, :tracker)
istracked(x) = tracker(x) !== nothing
isleaf(x) = !istracked(x) || tracker(x).isleaf
isleaf(t::Tracked) = t.isleaf
"The gradient that the last ways back have left, summed."
grad(x) = (t = tracker(x); t === nothing ? nothing : t.grad)
grad(t::Tracked) = t.grad
Base.getproperty(x::TrackedArray, name::Symbol) = name === :grad ? grad(x) : getfield(x, name)
zero_grad!(x::Real) = zero(x)
zero_grad!(x::AbstractArray) = (x .= 0; x)
zero_grad!(x::TrackedArray) = (grad(x) === nothing || zero_grad!(grad(x)); x)
zero_grad!(x::TrackedReal) = (tracker(x).grad = zero(data(x)); x)
"The value moved by a step, and its gradient forgotten."
update!(x::TrackedReal, step) = (x.data += data(step); zero_grad!(x))
update!(x::TrackedArray, step) = (data(x) .+= data(step); zero_grad!(x))
update!(x, step) = x + data(step)

# ---- Calls

ReverseDiff.value(x::TrackedType) = data(x)
ReverseDiff.owner(x::TrackedType, rest...) = Val(:Tracker)
ReverseDiff.owner(x::AbstractArray{<:TrackedReal}, rest...) = Val(:Tracker)
"What `f` gives, watched."
ReverseDiff.recorded(::Val{:Tracker}, f, args) = recorded(f, map(gathered, args))
recorded(f, args) = watched(f(map(data, args)...), Call(f, args))
watched(y, call) = y
watched(y::AbstractFloat, call) = TrackedReal(y, made_by(call, y))
watched(y::AbstractArray{<:AbstractFloat}, call) = TrackedArray(made_by(call, y), y)
"An array of watched numbers as a watched array."
gathered(x) = x
gathered(x::AbstractArray{<:TrackedReal}) = collect(x)
function collect(xs::AbstractArray{<:TrackedReal})
    y = map(data, xs)
    TrackedArray(made_by(Ruled(identity_back, Tuple(xs)), y), y)
end
identity_back(d) = Tuple(d)
collect(x) = x
of_one(f, x::TrackedReal) = scalar(f, (x,))
of_two(f, x::TrackedReal, y::TrackedReal) = scalar(f, (x, y))
of_two(f, x::TrackedReal, y::Real) = scalar(f, (x, y))
of_two(f, x::Real, y::TrackedReal) = scalar(f, (x, y))
"A function of numbers, whose derivatives are known by number of argument."
struct Scalar{F} <: Function
    f::F
end
(s::Scalar)(xs...) = s.f(xs...)
scalar(f, xs) = watched(float(f(map(data, xs)...)), Call(Scalar(f), xs))
by(f, ::Val{1}, x) = ReverseDiff.by_only(f, x)
by(f, ::Val{1}, x, y) = ReverseDiff.by_first(f, x, y)
by(f, ::Val{2}, x, y) = ReverseDiff.by_second(f, x, y)
ReverseDiff.slope(f::F, x::TrackedReal) where {F} = of_one(ReverseDiff.Slope{F,1}(f), x)
ReverseDiff.slope(f::F, x::TrackedReal, y::TrackedReal, ::Val{K}) where {F,K} = of_two(ReverseDiff.Slope{F,K}(f), x, y)
ReverseDiff.slope(f::F, x::TrackedReal, y::Real, ::Val{K}) where {F,K} = of_two(ReverseDiff.Slope{F,K}(f), x, y)
ReverseDiff.slope(f::F, x::Real, y::TrackedReal, ::Val{K}) where {F,K} = of_two(ReverseDiff.Slope{F,K}(f), x, y)

"Calls a function by the rule that `@grad` wrote for it, or by its adjoint."
track(f, xs...; options...) = by_rule(_forward(f, xs...; options...), f, xs, (; options...))
"The value and the pullback of a call by a rule; nothing without one."
_forward(f, xs...; options...) = nothing
by_rule(::Nothing, f, xs, ::@NamedTuple{}) = whole(f, xs...)
by_rule(::Nothing, f, xs, options::NamedTuple) = whole(ReverseDiff.WithOptions(f, options), xs...)
by_rule((y, back)::Tuple, f, xs, options::NamedTuple) = watched(data(y), Ruled(back, xs))

"The value as it is; its adjoint goes through `f`."
hook(f, x) = istracked(x) ? track(hook, f, x) : x
_forward(::typeof(hook), f, x) = (data(x), d -> (nothing, f(d)))
"What `f` gives; what it does on the way is done again on the way back, not kept."
checkpoint(f, xs...) = track(checkpoint, f, xs...)
_forward(::typeof(checkpoint), f, xs...) = (data(f(map(data, xs)...)), d -> (nothing, forward(f, map(data, xs)...)[2](d)...))
"The value as it is, which cannot be differentiated twice."
nobacksies(f, x) = track(nobacksies, f, x)
nobacksies(f::Symbol, xs::Tuple) = map(x -> nobacksies(f, x), xs)
_forward(::typeof(nobacksies), f, x) = (data(x), d -> error("Nested AD not defined for ", f))
end
