# Optimisers: the tree of states beside a model, its updates, and a model's numbers as one vector. The rules are in optimisers-rules.jl.
module Optimisers
import ..Functors
import ..Functors: KeyPath
export setup, update, update!, destructure, trainables, freeze!, thaw!, adjust!
public AbstractRule, Leaf, init, apply!, trainable, isnumeric, maywrite, adjust

"A rule has `init(rule, x)`, the state for an array, and `apply!(rule, state, x, dx)`, the next state and the step."
abstract type AbstractRule end
function init end
function apply! end
Base.show(io::IO, rule::AbstractRule) = (print(io, nameof(typeof(rule)), "("); join(io, map(name -> repr(getfield(rule, name); context=io), fieldnames(typeof(rule))), ", "); print(io, ")"))

"The rule of one array and its state; a frozen one is left as it is."
mutable struct Leaf{R,S}
    rule::R
    state::S
    frozen::Bool
end
Leaf(rule, state; frozen::Bool=false) = Leaf(rule, state, frozen)
Base.show(io::IO, l::Leaf) = print(io, "Leaf(", repr(l.rule; context=:compact => true), ", ", repr(l.state; context=:compact => true), l.frozen ? ", true" : "", ")")
Base.:(==)(a::Leaf, b::Leaf) = a.rule == b.rule && a.state == b.state && a.frozen == b.frozen
"No update changes what is below, until it is thawed."
freeze!(tree) = foreach(freeze!, values(tree))
freeze!(leaf::Leaf) = (leaf.frozen = true; nothing)
thaw!(tree) = foreach(thaw!, values(tree))
thaw!(leaf::Leaf) = (leaf.frozen = false; nothing)

# ---- What is trained

"Arrays of numbers that are not integers are trained, wherever a model holds them."
isnumeric(x) = false
isnumeric(x::AbstractArray{<:Number}) = Functors.isleaf(x)
isnumeric(x::AbstractArray{<:Integer}) = false
"May an update be written into the array?"
maywrite(x) = false
maywrite(::DenseArray) = true
maywrite(x::Union{SubArray,Base.ReshapedArray}) = maywrite(parent(x))
"The parts of a model that are trained: all, unless a method for its type says otherwise."
trainable(x) = Functors.children(x)
"All parts, with nothing in the place of those that are not trained."
trained_parts(x) = among(Functors.children(x), trainable(x))
among(all, trained) = trained
among(all::NamedTuple, trained::NamedTuple) = merge(map(_ -> nothing, all), trained)
among(all::NamedTuple{names}, trained::Tuple{Vararg{Symbol}}) where {names} = NamedTuple{names}(map(name -> name in trained ? getfield(all, name) : nothing, names))
among(all::Tuple, trained::Tuple) = trained

"The tree of states for a model; what stands at several places has one state."
function setup(rule::AbstractRule, model)
    tree = Functors.has_ties(model) ? planted_once(rule, model, IdDict{Any,Any}()) : planted(rule, model)
    has_leaf(tree) || @warn "setup found no trainable parameters in this model"
    tree
end
planted(rule, x) = isnumeric(x) ? Leaf(rule, init(rule, x)) : map_parts(y -> planted(rule, y), trained_parts(x))
function planted_once(rule, x, seen)
    isnumeric(x) || return map_parts(y -> planted_once(rule, y, seen), trained_parts(x))
    haskey(seen, x) || (seen[x] = Leaf(rule, init(rule, x)))
    seen[x]
end
map_parts(f, parts) = map(f, parts)
map_parts(f, parts::AbstractDict) = Dict(k => f(v) for (k, v) in parts)
has_leaf(::Leaf) = true
has_leaf(tree) = any(has_leaf, values(tree))

# ---- Rates

"The tree with another rate of learning, or with other values of the fields that are named, in each rule that has them."
adjust(tree, eta::Real) = adjusted(tree, rule -> adjust(rule, eta))
adjust(tree; options...) = adjusted(tree, rule -> adjust(rule; options...))
adjusted(tree, change) = map_parts(t -> adjusted(t, change), tree)
adjusted(leaf::Leaf, change) = leaf.frozen ? leaf : Leaf(change(leaf.rule), leaf.state)
adjust!(tree, eta::Real) = (changed!(tree, rule -> adjust(rule, eta)); tree)
adjust!(tree; options...) = (changed!(tree, rule -> adjust(rule; options...)); tree)
changed!(tree, change) = foreach(t -> changed!(t, change), values(tree))
changed!(leaf::Leaf, change) = (leaf.frozen || (leaf.rule = change(leaf.rule)); nothing)
adjust(rule::AbstractRule, eta::Real) = hasfield(typeof(rule), :eta) ? adjust(rule; eta) : rule
adjust(rule::T; options...) where {T<:AbstractRule} =
    Base.__new(T, map(name -> haskey(options, name) ? convert(fieldtype(T, name), options[name]) : getfield(rule, name), fieldnames(T))...)

# ---- Updates

"The next states, and the model a step further; what has no gradient stays."
update(tree, model, gradient) = next_of(tree, model, gradient)
"The same, with the new values written into the arrays of the model, and the states into the tree."
function update!(tree, model, gradient)
    next, moved = next_of(tree, model, gradient)
    advance!(tree, next)
    (tree, placed(model, moved))
end
next_of(tree, model, gradient) = allunique(leaf_identities(tree)) ? stepped(tree, model, gradient) : stepped_once(tree, model, gradient)
leaf_identities(tree) = push_leaves!(UInt64[], tree)
push_leaves!(ids, leaf::Leaf) = push!(ids, objectid(leaf))
push_leaves!(ids, tree) = (foreach(t -> push_leaves!(ids, t), values(tree)); ids)
stepped(tree, x, ::Nothing) = (tree, x)
stepped(leaf::Leaf, x, ::Nothing) = (leaf, x)
stepped(::Tuple{}, x, gradient) = ((), x)
stepped(::Tuple{}, x, ::Nothing) = ((), x)
function stepped(leaf::Leaf, x, dx)
    leaf.frozen && return (leaf, x)
    state, step = apply!(leaf.rule, leaf.state, x, dx)
    (Leaf(leaf.rule, state), less(x, step))
end
less(x, ::Nothing) = x
less(x, step) = convert(typeof(x), x .- step)
function stepped(tree, x, gradient)
    parts, again = Functors.functor(x)
    pairs = map(stepped, values(tree), values(parts), derivatives(parts, gradient))
    (like(tree, map(first, pairs)), again(like(parts, map(last, pairs))))
end
like(whole::Union{Tuple,AbstractArray}, parts) = parts
like(whole::NamedTuple{names}, parts) where {names} = NamedTuple{names}(parts)
like(whole::AbstractDict, parts) = Dict(zip(keys(whole), parts))
"The gradient of each part, nothing where it says nothing."
derivatives(parts::NamedTuple{names}, gradient) where {names} = map(name -> hasproperty(gradient, name) ? getproperty(gradient, name) : nothing, names)
derivatives(parts::AbstractDict, gradient) = map(k -> haskey(gradient, k) ? gradient[k] : nothing, collect(keys(parts)))
derivatives(parts, gradient) = gradient

"Where one state belongs to several places, it is given the sum of their gradients, and makes one step."
function stepped_once(tree, x, gradient)
    sums = IdDict{Any,Any}()
    summed!(sums, tree, x, gradient)
    stepped_by(IdDict{Any,Any}(), sums, tree, x)
end
summed!(sums, tree, x, ::Nothing) = nothing
summed!(sums, leaf::Leaf, x, ::Nothing) = nothing
summed!(sums, leaf::Leaf, x, dx) = (sums[leaf] = haskey(sums, leaf) ? sums[leaf] .+ dx : dx; nothing)
summed!(sums, ::Tuple{}, x, gradient) = nothing
summed!(sums, ::Tuple{}, x, ::Nothing) = nothing
summed!(sums, tree, x, gradient) = (parts = Functors.children(x); foreach((t, y, g) -> summed!(sums, t, y, g), values(tree), values(parts), derivatives(parts, gradient)))
function stepped_by(done, sums, leaf::Leaf, x)
    haskey(done, leaf) || (done[leaf] = stepped(leaf, x, get(sums, leaf, nothing)))
    done[leaf]
end
stepped_by(done, sums, ::Tuple{}, x) = ((), x)
function stepped_by(done, sums, tree, x)
    parts, again = Functors.functor(x)
    pairs = map((t, y) -> stepped_by(done, sums, t, y), values(tree), values(parts))
    (like(tree, map(first, pairs)), again(like(parts, map(last, pairs))))
end
advance!(tree, next) = foreach(advance!, values(tree), values(next))
advance!(leaf::Leaf, next) = (leaf.state = next.state; nothing)
placed(x, y) = isnumeric(x) ? (maywrite(x) ? copyto!(x, y) : y) : placed_below(x, y)
function placed_below(x, y)
    parts, again = Functors.functor(x)
    isempty(parts) ? y : again(like(parts, map(placed, values(parts), values(Functors.children(y)))))
end

# ---- A model as a vector

"The arrays of a model that are trained, each once; with `path`, the ways to them too."
trainables(model; path::Bool=false) = path ? with_paths!(Any[], IdDict{Any,Any}(), KeyPath(()), model) : Functors.has_ties(model) ? once(trained_arrays(model)) : trained_arrays(model)
trained_arrays(x) = isnumeric(x) ? Any[x] : reduce(vcat, [trained_arrays(y) for y in values(trained_parts(x))]; init=Any[])
once(xs) = (seen = IdDict{Any,Any}(); filter(x -> !haskey(seen, x) && (seen[x] = true), xs))
function with_paths!(found, seen, path, x)
    if isnumeric(x)
        haskey(seen, x) || push!(found, path => x)
        seen[x] = true
    else
        parts = trained_parts(x)
        foreach(k -> with_paths!(found, seen, KeyPath(path, k), parts[k]), keys(parts))
    end
    found
end
"All trained numbers as one vector, and the function that makes a model of such a vector."
destructure(model) = (v = flat(model); (v, Restructure(model, length(v))))
flat(x) = (xs = trainables(x); isempty(xs) ? Bool[] : reduce(vcat, map(vec, xs)))
struct Restructure{M}
    model::M
    length::Int64
end
Base.length(re::Restructure) = re.length
Base.show(io::IO, re::Restructure{M}) where {M} = print(io, "Restructure(", nameof(M), ", ..., ", re.length, ")")
function (re::Restructure)(v::AbstractVector)
    length(v) == re.length || throw(DimensionMismatch("Rebuild expected a vector of length $(re.length), got $(length(v))"))
    Functors.has_ties(re.model) ? filled_once(re.model, v, trainables(re.model)) : filled(re.model, v, 0)[1]
end
filled(x, v, at) = isnumeric(x) ? (reshape(of_kind(x, v[at+1:at+length(x)]), size(x)), at + length(x)) : filled_below(x, v, at)
"Floats of the kind that was there; what is no plain float stays, as dual numbers."
of_kind(::AbstractArray{T}, v::AbstractArray{<:Union{Float16,Float32,Float64}}) where {T<:AbstractFloat} = convert(AbstractArray{T}, v)
of_kind(x, v) = v
filled(::Nothing, v, at) = (nothing, at)
function filled_below(x, v, at)
    all, again = Functors.functor(x)
    isempty(all) && return (x, at)
    parts, at = filled_each(values(trained_parts(x)), v, at)
    (again(like(all, map(instead, values(all), parts))), at)
end
"What was not trained stays what it was."
instead(x, y) = y
instead(x, ::Nothing) = x
filled_each(::Tuple{}, v, at) = ((), at)
function filled_each(xs::Tuple, v, at)
    part, next = filled(xs[1], v, at)
    rest, last = filled_each(Base.tail(xs), v, next)
    ((part, rest...), last)
end
function filled_each(xs, v, at)
    parts = map(x -> ((part, at) = filled(x, v, at); part), xs)
    (parts, at)
end
function filled_once(model, v, arrays)
    ends = cumsum(map(length, arrays))
    pieces = IdDict{Any,Any}(x => reshape(of_kind(x, v[e-length(x)+1:e]), size(x)) for (x, e) in zip(arrays, ends))
    Functors.fmap(x -> haskey(pieces, x) ? pieces[x] : x, model; exclude=x -> isnumeric(x) || Functors.isleaf(x))
end
end
