# Flux: labels, data, training, and what models hold.
module Flux

# ---- Labels
"1 at the place of a label; a column for each label; and back."
onehot(x, labels) = [x == l for l in labels]
onehot(x, labels, default) = onehot(x in labels ? x : default, labels)
onehotbatch(xs, labels) = [x == l for l in labels, x in xs]
onecold(y::AbstractVector, labels=1:length(y)) = labels[argmax(y)]
onecold(y::AbstractMatrix, labels=1:size(y, 1)) = [labels[argmax(y[:, k])] for k in axes(y, 2)]

# ---- Training
"One step of the rule for each batch of the data."
function train!(loss, model, data, state; cb=nothing)
    for batch in data
        l, grads = Zygote.withgradient(m -> loss(m, (batch isa Tuple ? batch : (batch,))...), model)
        isfinite(l) || throw(DomainError(l, "Loss is $l on a data item, stopping training"))
        Optimisers.update!(state, model, grads[1])
        cb === nothing || cb()
    end
    nothing
end
"A rule without a state: the state is made here, and gone afterwards."
train!(loss, model, data, rule::Optimisers.AbstractRule; cb=nothing) = train!(loss, model, data, setup(rule, model); cb)
struct DataLoader{D,R<:AbstractRNG}
    data::D
    batchsize::Int64
    shuffle::Bool
    partial::Bool
    rng::R
end
DataLoader(data; batchsize=1, shuffle=false, partial=true, rng=Random.default_rng(), collate=nothing) = DataLoader(data, batchsize, shuffle, partial, rng)
Base.show(io::IO, d::DataLoader) = print(io, "DataLoader(::", typeof(d.data), d.shuffle ? ", shuffle=true" : "", d.batchsize == 1 ? "" : ", batchsize=$(d.batchsize)", d.partial ? "" : ", partial=false", ")")
observations(x::AbstractArray) = size(x, ndims(x))
observations(x::Union{Tuple,NamedTuple}) = observations(first(x))
chosen(x::AbstractArray, r) = x[ntuple(_ -> Colon(), ndims(x) - 1)..., r]
chosen(x::Union{Tuple,NamedTuple}, r) = map(y -> chosen(y, r), x)
Base.length(d::DataLoader) = (n = observations(d.data); d.partial ? cld(n, d.batchsize) : n ÷ d.batchsize)
Base.eltype(d::DataLoader) = Any
function Base.iterate(d::DataLoader, (order, k)=(d.shuffle ? randperm(d.rng, observations(d.data)) : collect(1:observations(d.data)), 1))
    k > length(d) && return nothing
    (chosen(d.data, order[(k-1)*d.batchsize+1:min(k * d.batchsize, length(order))]), (order, k + 1))
end
cpu(x) = x
gpu(x) = x
"The model with numbers of another precision."
f64(m) = of_type(Float64, m)
f32(m) = of_type(Float32, m)
f16(m) = of_type(Float16, m)
of_type(::Type{T}, m) where {T} = fmap(x -> x isa AbstractArray{<:AbstractFloat} ? T.(x) : x, m)
"What the model trains, as a set: there is no training with it."
params(xs...) = Zygote.Params(foldl(append!, map(x -> Any[p for p in Optimisers.trainables(x)], xs); init = Any[]))
const implicit_training = "training with implicit parameters is not there: take the gradient with respect to the model, and its state from `Flux.setup`"
Optimisers.update!(rule, ps::Zygote.Params, grads) = throw(ArgumentError(implicit_training))
"What a model holds, as tuples, named tuples and arrays."
state(x::Union{Number,AbstractArray{<:Number},AbstractString,Symbol,Nothing}) = x
state(x::Function) = isempty(Functors.children(x)) ? () : map(state, Functors.children(x))
state(x) = map(state, Functors.children(x))
"Copies the arrays of another model of the same form, or of what `state` gave, into those of a model."
loadmodel!(to, from; options...) = (load_children!(Functors.children(to), from); to)
load_children!(to, from) = foreach(k -> load_part!(to[k], part_of(from, k)), keys(to))
load_children!(::Tuple{}, from) = nothing
part_of(from::Union{Tuple,NamedTuple,AbstractArray,AbstractDict}, k) = from[k]
part_of(from, k) = Functors.children(from)[k]
load_part!(to, from) = (load_children!(Functors.children(to), from); nothing)
load_part!(to::Union{Number,Symbol,AbstractString,Nothing}, from) = nothing
load_part!(to::AbstractArray{<:Number}, from::AbstractArray) = size(to) == size(from) ? (copyto!(to, from); nothing) :
    throw(DimensionMismatch("encountered arrays with mismatched sizes: $(size(to)) and $(size(from))"))
load_part!(to::AbstractArray{<:Number}, from::Bool) = from ? throw(ArgumentError("cannot load an array from `true`")) : (fill!(to, 0); nothing)
paramcount(m) = sum(length, Optimisers.trainables(m); init=0)
"All that is part of a model and no array, each once."
modules(m) = (found = Any[]; push_modules!(found, m); found)
function push_modules!(found, m)
    any(x -> x === m, found) && return nothing
    m isa AbstractArray{<:Number} || push!(found, m)
    foreach(x -> push_modules!(found, x), values(Functors.children(m)))
end
"The size of what a model gives, found by calling it."
outputsize(m, dims::Tuple; padbatch=false) = size(m(zeros(Float32, padbatch ? (dims..., 1) : dims)))
outputsize(m, dims::Tuple...; padbatch=false) = size(m(map(d -> zeros(Float32, padbatch ? (d..., 1) : d), dims)...))

# ---- Arrays of data

"With a dimension of size 1 more."
unsqueeze(x::AbstractArray; dims::Int) = reshape(x, ntuple(k -> k < dims ? size(x, k) : k == dims ? 1 : size(x, k - 1), ndims(x) + 1))
unsqueeze(; dims::Int) = x -> unsqueeze(x; dims)
"The slices of an array along a dimension, and an array of things along a new last one."
unstack(xs; dims::Int) = [copy(selectdim(xs, dims, k)) for k in axes(xs, dims)]
batch(xs::AbstractVector{<:AbstractArray}) = stack(xs)
batch(xs::AbstractVector) = xs
batch(xs::AbstractVector{<:Union{Tuple,NamedTuple}}) = map(k -> batch(map(x -> x[k], xs)), first_keys(first(xs)))
first_keys(x::Tuple) = ntuple(identity, length(x))
first_keys(x::NamedTuple{names}) where {names} = NamedTuple{names}(names)
unbatch(x::AbstractArray) = [chosen_one(x, k) for k in 1:observations(x)]
unbatch(x::AbstractVector) = x
chosen_one(x, k) = x[ntuple(_ -> Colon(), ndims(x) - 1)..., k]
"Sequences of one length, padded; and the batch for each step."
batchseq(xs, value=0) = (n = maximum(length, xs); [batch([k <= length(x) ? x[k] : value for x in xs]) for k in 1:n])
rpad_constant(v::AbstractVector, n::Integer, value=0) = [k <= length(v) ? v[k] : oftype(first(v), value) for k in 1:max(n, length(v))]
"Pieces of nearly equal size, `n` of them or of the given size."
chunk(x, n::Integer; dims::Int=ndims(x)) = chunk(x; size=cld(Base.size(x, dims), n), dims)
chunk(x; size::Integer, dims::Int=ndims(x)) = [selectdim(x, dims, k:min(k + size - 1, Base.size(x, dims))) for k in 1:size:Base.size(x, dims)]

# ---- Callbacks

"True when `predicate` was true as often in a row."
function patience(predicate, wait)
    count = 0
    function (args...; kws...)
        count = predicate(args...; kws...) ? count + 1 : 0
        count >= wait
    end
end
"True when a score did not get better as often in a row, or did not change."
function early_stopping(f, delay; distance=-, init_score=0, min_dist=0)
    best = init_score
    function is_worse(args...; kws...)
        score = f(args...; kws...)
        Δ = distance(best, score)
        best = Δ < 0 ? best : score
        Δ < min_dist
    end
    patience(is_worse, delay)
end
function plateau(f, width; distance=-, init_score=0, min_dist=1f-6)
    last_score = init_score
    function is_flat(args...; kws...)
        score = f(args...; kws...)
        Δ = abs(distance(last_score, score))
        last_score = score
        Δ < min_dist
    end
    patience(is_flat, width)
end
"A function that is called again only when some seconds have passed."
function throttle(f, timeout; leading=true, trailing=false)
    trailing && throw(ArgumentError("a call after the last one needs a clock that runs beside the program: there is none"))
    called, result = -Inf, nothing
    function (args...; kws...)
        now = time()
        now - called >= timeout || return nothing
        isfirst = called == -Inf
        called = now
        isfirst && !leading && return nothing
        result = f(args...; kws...)
    end
end

end
