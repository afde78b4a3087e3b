# Tracker: the way back through what watched values were made from.
module Tracker

"Stands for an adjoint that has not come yet."
struct Waiting end
"All that a value was made from, the latest first, as far as it is deeper than `floor`."
function reached(root::Tracked, floor)
    found, stack = Any[], Any[root]
    while !isempty(stack)
        t = pop!(stack)
        t.pending === nothing && t.depth >= floor || continue
        t.pending = Waiting()
        push!(found, t)
        push_parents!(stack, t.f)
    end
    sort!(found; by=depth_of, rev=true)
end
depth_of(t) = t.depth
push_parents!(stack, ::Start) = nothing
push_parents!(stack, ::Freed) = error("`back!` was already used")
push_parents!(stack, call) = foreach(x -> (t = tracker(x); t === nothing || push!(stack, t)), call.args)
"Adds to the adjoint of what is waiting for it."
give!(::Nothing, d) = nothing
give!(t::Tracked, d) = (t.pending = joined(t.pending, d); nothing)
give!(t::Tracked, ::Nothing) = nothing
give!(::Nothing, ::Nothing) = nothing
joined(::Nothing, d) = nothing
joined(::Waiting, d) = d
joined(a, d) = a + d
"Goes the way back; `arrived(t, d)` is told of each adjoint, and `on(call, d)` hands it on to the arguments."
function sweep(root::Tracked, d, floor, arrived, on)
    nodes = reached(root, floor)
    give!(root, d)
    for t in nodes
        d = t.pending
        t.pending = nothing
        d isa Waiting || d === nothing || (arrived(t, d); on(t.f, d))
    end
end

# ---- Adjoints of plain numbers

on(::AbstractCall, d) = nothing
function on(call::Call, d)
    values = map(data, call.args)
    hand_out(call.args, adjoints(call.func, d, values, map(x -> Val(istracked(x)), call.args)))
end
on(call::Ruled, d) = hand_out(call.args, map(plain, listed(call.back(d))))
listed(ds) = (ds,)
listed(ds::Tuple) = ds
plain(d) = d
plain(d::TrackedType) = data(d)
plain(d::AbstractArray{<:TrackedReal}) = data(d)
hand_out(::Tuple{}, ds) = nothing
hand_out(::Tuple{}, ::Tuple{}) = nothing
hand_out(xs::Tuple, ::Tuple{}) = nothing
hand_out(xs::Tuple, ds) = (give!(tracker(xs[1]), like(xs[1], ds[1])); hand_out(Base.tail(xs), Base.tail(ds)))
"An adjoint in the form of what it belongs to."
like(x, d) = d
like(x::TrackedReal, d::AbstractArray) = sum(d)
adjoints(f, d, values, watched) = ReverseDiff.adjoints(Val(0), f, d, values, watched)
adjoints(::typeof(identity), d, values, watched) = (d,)
adjoints(s::Scalar, d, (x,)::Tuple{Any}, watched) = (d * by(s.f, Val(1), x),)
adjoints(s::Scalar, d, (x, y)::Tuple{Any,Any}, (a, b)::Tuple) = (a === Val(true) ? d * by(s.f, Val(1), x, y) : nothing, b === Val(true) ? d * by(s.f, Val(2), x, y) : nothing)

"""
From a number, or with the adjoint of an array, into the gradients of all parameters that it was made from. What was gone through is let go of, unless
`once=false`.
"""
function back!(x, d; once=true)
    istracked(x) || return nothing
    root = tracker(x)
    sweep(root, data(d), 0, (t, d) -> keep!(t, d), (call, d) -> on(call, d))
    once && free!(root)
    nothing
end
function back!(x::TrackedReal; once=true)
    isinf(x) && error("Loss is Inf")
    isnan(x) && error("Loss is NaN")
    back!(x, one(data(x)); once)
end
back!(x::TrackedArray; once=true) = error("Value is not scalar; use `back!(sum(x))` or `back!(x, Δ)`")
keep!(t::Tracked, d) = t.isleaf ? (t.grad = added(t.grad, d); nothing) : nothing
added(::Nothing, d) = d
added(g::Real, d) = g + d
added(g::AbstractArray, d) = (g .+= d; g)
function free!(root::Tracked)
    stack = Any[root]
    while !isempty(stack)
        t = pop!(stack)
        t.f isa Union{Start,Freed} && continue
        push_parents!(stack, t.f)
        t.f = Freed()
    end
end

# ---- Adjoints that are watched themselves

on_again(::AbstractCall, d) = nothing
on_again(call::Call, d) = each_again(call, d, Val(1), call.args)
on_again(call::Ruled, d) = hand_out(call.args, map(gathered, listed(call.back(d))))
each_again(call, d, ::Val, ::Tuple{}) = nothing
function each_again(call, d, ::Val{K}, xs::Tuple) where {K}
    istracked(xs[1]) && give!(tracker(xs[1]), adjoint_again(call.func, d, Val(K), call.args))
    each_again(call, d, Val(K + 1), Base.tail(xs))
end
adjoint_again(f::F, d, ::Val{K}, xs) where {F,K} = whole(ReverseDiff.AdjointOf{F,K}(f), d, xs...)
adjoint_again(::typeof(identity), d, ::Val, xs) = d
adjoint_again(s::Scalar, d, k::Val, xs) = d * by(s.f, k, xs...)

"The adjoints of values, by their trackers."
struct Grads
    grads::IdDict{Any,Any}
end
Grads() = Grads(IdDict{Any,Any}())
Base.getindex(g::Grads, x) = istracked(x) ? g.grads[tracker(x)] : error("Object not tracked: $x")
Base.getindex(g::Grads, t::Tracked) = g.grads[t]
Base.haskey(g::Grads, x) = istracked(x) && haskey(g.grads, tracker(x))
Base.haskey(g::Grads, t::Tracked) = haskey(g.grads, t)
Base.length(g::Grads) = length(g.grads)
Base.show(io::IO, g::Grads) = print(io, "Grads(...)")

"Parameters, each once."
struct Params
    order::Vector{Any}
end
Params(xs::Union{AbstractVector,Tuple}) = Params(foldl((seen, x) -> any(y -> y === x, seen) ? seen : push!(seen, x), xs; init=Any[]))
Params() = Params(Any[])
Base.push!(ps::Params, xs...) = (foreach(x -> any(y -> y === x, ps.order) || push!(ps.order, x), xs); ps)
Base.iterate(ps::Params, state...) = iterate(ps.order, state...)
Base.length(ps::Params) = length(ps.order)
Base.in(x, ps::Params) = any(y -> y === x, ps.order)
Base.show(io::IO, ps::Params) = (print(io, "Params(["); join(io, ps.order, ", "); print(io, "])"))
end
