# Functions of ReverseDiff's tracked arrays. Each is recorded as one call, whose adjoint is that of reverse mode for the arrays' values.
module ReverseDiff

import ..ChainRulesCore
import ..LinearAlgebra: dot, det, logdet, logabsdet, tr, norm, diag, diagm, kron, cross, issymmetric, Diagonal, Symmetric, AdjOrTrans

"The innermost differentiation that these values are inside of; what is outside of it is constant to it."
level(args...) = Val(max(map(x -> depth(typeof(x)), args)...))
inner(l::Val, x) = x
inner(l::Val{L}, x::Union{Real,AbstractArray}) where {L} = stripped(Val(L > 0 && depth(typeof(x)) == L), x)
stripped(::Val{false}, x) = x
stripped(::Val{true}, x) = value(x)
is_inner(::Val{L}, x) where {L} = Val(L > 0 && depth(typeof(x)) == L)
"The tape of what is tracked by the innermost differentiation."
tape_at(l::Val) = NULL_TAPE
tape_at(l::Val, x, rest...) = one_tape(of_level(is_inner(l, x), x), tape_at(l, rest...))
of_level(::Val{true}, x) = tape(x)
of_level(::Val{false}, x) = NULL_TAPE

"An array of numbers of several types as one of tracked numbers, if there are any."
tidy(x) = x
tidy(x::AbstractArray{T}) where {T} = isconcretetype(T) ? x : tidied(x)
tidied(x) = any(e -> e isa TrackedReal, x) ? of_one_type(x, promote_type(map(typeof, vec(x))...)) : x
of_one_type(x, ::Type{T}) where {T} = map(e -> convert(T, e), x)

"""
The value of a function of tracked arrays and numbers as a tracked one, recorded: when it is replayed the function is called again, and its adjoints are
those of reverse mode.
"""
whole(f, args...) = recorded(owner(args...), f, args)
"Whose values are among these."
owner() = Val(:ReverseDiff)
owner(x, rest...) = owner(rest...)
recorded(::Val{:ReverseDiff}, f, args) = whole_of(f, map(tidy, args))
function whole_of(f, args)
    l = level(args...)
    kept(f, args, f(map(x -> inner(l, x), args)...), tape_at(l, args...), l)
end
kept(f, args, y, tp, ::Val{0}) = y
kept(f, args, y, tp, ::Val) = y
kept(f, args, y::Union{AbstractFloat,TrackedReal,AbstractArray{<:AbstractFloat},AbstractArray{<:TrackedReal}}, tp, ::Val{0}) = y
function kept(f, args, y::Union{AbstractFloat,TrackedReal,AbstractArray{<:AbstractFloat},AbstractArray{<:TrackedReal}}, tp, ::Val)
    out = track(y, tp)
    record!(tp, SpecialInstruction, f, single(args), out)
    out
end
single(args::Tuple{Any}) = args[1]
single(args::Tuple) = args
listed(x) = (x,)
listed(x::Tuple) = x

special_forward_exec!(i::SpecialInstruction) = again!(i.func, i.output, listed(i.input))
function again!(f, output, args)
    foreach(pull_value!, args)
    l = level(args...)
    value!(output, f(map(x -> inner(l, x), args)...))
    nothing
end
special_reverse_exec!(i::SpecialInstruction) = back!(i.func, i.output, listed(i.input))
function back!(f, output, args)
    l = level(args...)
    values = map(x -> inner(l, x), args)
    watched = map(x -> is_inner(l, x), args)
    hand_back(args, watched, adjoints(level(deriv(output), values...), f, deriv(output), values, watched))
    unseed!(output)
    nothing
end
hand_back(::Tuple{}, ::Tuple{}, ::Tuple{}) = nothing
function hand_back(args::Tuple, watched::Tuple, adjoints::Tuple)
    hand_one(watched[1], args[1], adjoints[1])
    hand_back(Base.tail(args), Base.tail(watched), Base.tail(adjoints))
end
hand_one(::Val{true}, x, d) = increment_deriv!(x, d)
hand_one(::Val{false}, x, d) = nothing

"What reverse mode gives for the watched ones among the arguments, of plain numbers; or each as a tracked function, where numbers are tracked twice."
function adjoints(::Val{0}, f, seed, values, watched)
    args = map(annotated_if, watched, values)
    slots, _ = EnzymeAutodiff.autodiff(MODE, EnzymeCore.Const(Seeded(f, seed)), EnzymeCore.Active, args...)
    map(EnzymeSugar.found, args, slots)
end
adjoints(::Val, f, seed, values, watched) = each_adjoint(f, seed, values, watched, Val(1))
each_adjoint(f, seed, values, ::Tuple{}, k) = ()
each_adjoint(f::F, seed, values, watched::Tuple, ::Val{K}) where {F,K} =
    (one_adjoint(watched[1], f, seed, values, Val(K)), each_adjoint(f, seed, values, Base.tail(watched), Val(K + 1))...)
one_adjoint(::Val{false}, f, seed, values, k) = nothing
one_adjoint(::Val{true}, f::F, seed, values, ::Val{K}) where {F,K} = whole(AdjointOf{F,K}(f), seed, values...)
annotated_if(::Val{true}, x) = EnzymeSugar.annotate(floated(x))
annotated_if(::Val{false}, x) = EnzymeCore.Const(x)
floated(x) = floats(x)
floated(x::AbstractArray{<:AbstractFloat}) = x isa AbstractRange ? collect(x) : x
"The sum of what a function gives, weighted by the adjoint of it."
struct Seeded{F,D}
    f::F
    seed::D
end
(s::Seeded)(xs...) = weighted(s.seed, s.f(xs...))
weighted(seed::Real, y::Real) = seed * y
function weighted(seed::AbstractArray, y::AbstractArray)
    total = zero(eltype(y))
    for i in eachindex(y)
        total += seed[i] * y[i]
    end
    total
end
"The adjoint of one of the arguments as a function."
struct AdjointOf{F,K} <: Function
    f::F
end
function (a::AdjointOf{F,K})(seed, values...) where {F,K}
    args = Base.__ntuple(k -> k == K ? EnzymeSugar.annotate(floated(values[k])) : EnzymeCore.Const(values[k]), Val(length(values)))
    slots, _ = EnzymeAutodiff.autodiff(MODE, EnzymeCore.Const(Seeded(a.f, seed)), EnzymeCore.Active, args...)
    EnzymeSugar.found(args[K], slots[K])
end
"A function with these options."
struct WithOptions{F,K} <: Function
    f::F
    options::K
end
(w::WithOptions)(xs...) = w.f(xs...; w.options...)

# ---- Dotted calls: one function of numbers, recorded as one

struct TrackedStyle <: Base.Broadcast.BroadcastStyle end
Base.Broadcast.BroadcastStyle(::Type{<:WatchedArray}) = TrackedStyle()
Base.Broadcast.BroadcastStyle(::Type{<:WatchedReal}) = TrackedStyle()
Base.Broadcast.BroadcastStyle(::TrackedStyle, ::Base.Broadcast.BroadcastStyle) = TrackedStyle()
Base.Broadcast.BroadcastStyle(::TrackedStyle, ::TrackedStyle) = TrackedStyle()
Base.__style_of(::WatchedReal) = TrackedStyle()
Base.__style(::WatchedReal) = TrackedStyle()
"A tree of dotted calls without its leaves."
struct Leaf end
struct Branch{F,A} <: Function
    f::F
    args::A
end
branch(x) = Leaf()
branch(b::Base.Broadcasted) = Branch(b.f, map(branch, b.args))
(b::Branch)(xs...) = called(b, xs)[1]
called(::Leaf, xs) = xs[1], Base.tail(xs)
function called(b::Branch, xs)
    values, rest = called_each(b.args, xs)
    b.f(values...), rest
end
called_each(::Tuple{}, xs) = (), xs
function called_each(args::Tuple, xs)
    first, rest = called(args[1], xs)
    others, left = called_each(Base.tail(args), rest)
    (first, others...), left
end
leaves(b::Base.Broadcasted) = leaves_of(b.args)
leaves(x) = (x,)
leaves_of(::Tuple{}) = ()
leaves_of(args::Tuple) = (leaves(args[1])..., leaves_of(Base.tail(args))...)
"A dotted call of a function as a function of arrays."
struct Dotted{F} <: Function
    f::F
end
(d::Dotted)(xs...) = broadcast(d.f, xs...)
"Does a function hold what is tracked?"
holds_tracked(::Type{T}) where {T} = holds_tracked(T, Val(4))
holds_tracked(::Type{<:Union{WatchedReal,WatchedArray}}, ::Val) = true
holds_tracked(::Type{<:AbstractArray{T}}, ::Val) where {T} = T <: WatchedReal
holds_tracked(::Type{T}, ::Val{k}) where {T,k} = k > 0 && isconcretetype(T) && isstructtype(T) && any_tracked(Val(k - 1), fieldtypes(T)...)
any_tracked(::Val) = false
any_tracked(k::Val, T, rest...) = holds_tracked(T, k) || any_tracked(k, rest...)
Base.copy(b::Base.Broadcasted{TrackedStyle}) = dotted(branch(b), leaves(b))
dotted(f, args) = dotted(f, args, Val(holds_tracked(typeof(f)) || any(x -> x isa Tuple, args)))
dotted(f, args, ::Val{false}) = whole(Dotted(f), args...)
dotted(f, args, ::Val{true}) = broadcast(f, map(one_by_one, args)...)
one_by_one(x) = x
one_by_one(x::WatchedArray) = elements(x)
one_by_one(x::WatchedReal) = Ref(x)
Base.copyto!(dest::AbstractArray, b::Base.Broadcasted{TrackedStyle}) = copyto!(dest, copy(b))
Base.materialize!(dest::TrackedArray, b::Base.Broadcasted) = error("TrackedArrays do not support setindex!")

# ---- Elements, parts and shapes

"The elements by themselves."
elements(t::WatchedArray) = [t[i] for i in LinearIndices(t)]
Base.collect(t::TrackedArray) = elements(t)
const Places = Union{Integer,AbstractRange,Colon,AbstractVector{<:Integer}}
Base.getindex(t::WatchedArray, I::Union{AbstractRange,Colon,AbstractArray{<:Integer}}) = whole(getindex, t, I)
Base.getindex(t::WatchedArray, i::Places, j::Places, rest::Places...) = parts(t, (i, j, rest...))
parts(t, I::Tuple{Vararg{Integer}}) = t[LinearIndices(t)[I...]]
parts(t, I) = whole(getindex, t, I...)
Base.getindex(t::WatchedArray, I::CartesianIndex) = t[LinearIndices(t)[I]]
Base.view(t::WatchedArray, I::Places...) = t[I...]
Base.similar(t::TrackedArray) = similar(t.value, eltype(t))
Base.similar(t::TrackedArray, ::Type{T}) where {T} = similar(t.value, T)
Base.similar(t::TrackedArray, ::Type{T}, dims::Tuple) where {T} = similar(t.value, T, dims)
Base.zero(t::TrackedArray) = fill!(similar(t), zero(eltype(t)))
Base.vec(t::WatchedArray) = whole(vec, t)
Base.vec(t::WatchedVector) = t
Base.reshape(t::WatchedArray, dims::Tuple{Vararg{Union{Int64,Colon}}}) = whole(reshape, t, dims)
Base.reshape(t::WatchedArray, dims::Union{Int64,Colon}...) = whole(reshape, t, dims...)
Base.permutedims(t::WatchedArray, p::AbstractVector) = whole(permutedims, t, p)
Base.permutedims(t::WatchedArray, p::Tuple{Vararg{Integer}}) = whole(permutedims, t, p)
Base.permutedims(t::WatchedArray{T,N}, p::NTuple{N,Integer}) where {T,N} = whole(permutedims, t, p)
Base.permutedims(t::WatchedArray) = whole(permutedims, t)
Base.adjoint(t::WatchedVector) = whole(adjoint, t)
Base.adjoint(t::WatchedMatrix) = whole(adjoint, t)
Base.transpose(t::WatchedVector) = whole(transpose, t)
Base.transpose(t::WatchedMatrix) = whole(transpose, t)
Base.reverse(t::WatchedArray) = whole(reverse, t)
Base.repeat(t::WatchedArray, counts::Integer...; options...) = whole(WithOptions(repeat, (; options...)), t, counts...)
Base.dropdims(t::WatchedArray; dims) = whole(WithOptions(dropdims, (; dims)), t)
Base.cumsum(t::WatchedMatrix; dims) = whole(WithOptions(cumsum, (; dims)), t)
Base.cumsum(t::WatchedVector) = whole(cumsum, t)
Base.cumprod(t::WatchedVector) = whole(cumprod, t)
Base.diff(t::WatchedVector) = whole(diff, t)

# ---- Sums and products

Base.sum(t::WatchedArray; dims = :) = sums(t, dims)
sums(t, ::Colon) = whole(sum, t)
sums(t, dims) = whole(WithOptions(sum, (; dims)), t)
Base.prod(t::WatchedArray; dims = :) = products(t, dims)
products(t, ::Colon) = whole(prod, t)
products(t, dims) = whole(WithOptions(prod, (; dims)), t)
Base.sum(f, t::WatchedArray; dims = :) = sum(map(f, t); dims)
Base.:-(t::WatchedArray) = whole(-, t)
Base.:+(t::WatchedArray) = t
dot(a::WatchedArray, b::WatchedArray) = whole(dot, a, b)
dot(a::WatchedArray, b::AbstractArray) = whole(dot, a, b)
dot(a::AbstractArray, b::WatchedArray) = whole(dot, a, b)
norm(t::WatchedArray, p::Real = 2) = norms(t, p)
norms(t, p) = p == 2 ? whole(norm, t) : whole(norm, t, p)
Base.:+(a::WatchedArray, b::WatchedArray) = whole(+, a, b)
Base.:+(a::WatchedArray, b::AbstractArray) = whole(+, a, b)
Base.:+(a::AbstractArray, b::WatchedArray) = whole(+, a, b)
Base.:-(a::WatchedArray, b::WatchedArray) = whole(-, a, b)
Base.:-(a::WatchedArray, b::AbstractArray) = whole(-, a, b)
Base.:-(a::AbstractArray, b::WatchedArray) = whole(-, a, b)
Base.:*(a::WatchedArray, b::Number) = whole(*, a, b)
Base.:*(a::Number, b::WatchedArray) = whole(*, a, b)
Base.:*(a::WatchedArray, b::WatchedReal) = whole(*, a, b)
Base.:*(a::WatchedReal, b::WatchedArray) = whole(*, a, b)
Base.:/(a::WatchedArray, b::Number) = whole(/, a, b)
Base.:/(a::WatchedArray, b::WatchedReal) = whole(/, a, b)
Base.:\(a::Number, b::WatchedArray) = whole(\, a, b)
Base.:*(a::WatchedMatrix, b::WatchedMatrix) = whole(*, a, b)
Base.:*(a::WatchedMatrix, b::AbstractMatrix) = whole(*, a, b)
Base.:*(a::AbstractMatrix, b::WatchedMatrix) = whole(*, a, b)
Base.:*(a::WatchedMatrix, b::WatchedVector) = whole(*, a, b)
Base.:*(a::WatchedMatrix, b::AbstractVector) = whole(*, a, b)
Base.:*(a::AbstractMatrix, b::WatchedVector) = whole(*, a, b)
Base.:*(a::WatchedVector, b::WatchedMatrix) = whole(*, a, b)
Base.:*(a::WatchedVector, b::AbstractMatrix) = whole(*, a, b)
Base.:*(a::AbstractVector, b::WatchedMatrix) = whole(*, a, b)
Base.:*(a::AdjOrTrans{<:Any,<:AbstractVector}, b::WatchedVector) = whole(*, a, b)
Base.:*(a::AdjOrTrans{<:Any,<:AbstractVector}, b::WatchedMatrix) = whole(*, a, b)
Base.:*(a::WatchedVector, b::AdjOrTrans{<:Any,<:AbstractVector}) = whole(*, a, b)
Base.:*(a::WatchedMatrix, b::AdjOrTrans{<:Any,<:AbstractVector}) = whole(*, a, b)
Base.:*(a::Diagonal, b::WatchedVector) = whole(*, a, b)
Base.:*(a::Diagonal, b::WatchedMatrix) = whole(*, a, b)
Base.:*(a::WatchedMatrix, b::Diagonal) = whole(*, a, b)
Base.:\(a::WatchedMatrix, b::WatchedMatrix) = whole(\, a, b)
Base.:\(a::WatchedMatrix, b::WatchedVector) = whole(\, a, b)
Base.:\(a::WatchedMatrix, b::AbstractMatrix) = whole(\, a, b)
Base.:\(a::WatchedMatrix, b::AbstractVector) = whole(\, a, b)
Base.:\(a::AbstractMatrix, b::WatchedMatrix) = whole(\, a, b)
Base.:\(a::AbstractMatrix, b::WatchedVector) = whole(\, a, b)
Base.:\(a::Diagonal, b::WatchedVector) = whole(\, a, b)
Base.:\(a::Diagonal, b::WatchedMatrix) = whole(\, a, b)
Base.:/(a::WatchedMatrix, b::WatchedMatrix) = whole(/, a, b)
Base.:/(a::WatchedMatrix, b::AbstractMatrix) = whole(/, a, b)
Base.:/(a::AbstractMatrix, b::WatchedMatrix) = whole(/, a, b)
Base.:^(a::WatchedMatrix, n::Integer) = whole(^, a, n)
Base.:+(a::WatchedMatrix, s::LinearAlgebra.UniformScaling) = whole(+, a, s)
Base.:-(a::WatchedMatrix, s::LinearAlgebra.UniformScaling) = whole(-, a, s)
Base.:+(s::LinearAlgebra.UniformScaling, a::WatchedMatrix) = whole(+, s, a)
Base.:-(s::LinearAlgebra.UniformScaling, a::WatchedMatrix) = whole(-, s, a)
det(a::WatchedMatrix) = whole(det, a)
logdet(a::WatchedMatrix) = whole(logdet, a)
logabsdet(a::TrackedMatrix) = (whole(m -> logabsdet(m)[1], a), logabsdet(a.value)[2])
tr(a::WatchedMatrix) = whole(tr, a)
diag(a::WatchedMatrix) = whole(diag, a)
Base.inv(a::WatchedMatrix) = whole(inv, a)
kron(a::WatchedArray, b::WatchedArray) = whole(kron, a, b)
kron(a::WatchedArray, b::AbstractArray) = whole(kron, a, b)
kron(a::AbstractArray, b::WatchedArray) = whole(kron, a, b)
Base.hcat(a::WatchedArray, rest::Union{AbstractArray,Real}...) = whole(hcat, a, rest...)
Base.hcat(a::Union{AbstractArray,Real}, b::WatchedArray, rest::Union{AbstractArray,Real}...) = whole(hcat, a, b, rest...)
Base.hcat(a::WatchedArray, b::WatchedArray, rest::Union{AbstractArray,Real}...) = whole(hcat, a, b, rest...)
Base.vcat(a::WatchedArray, rest::Union{AbstractArray,Real}...) = whole(vcat, a, rest...)
Base.vcat(a::Union{AbstractArray,Real}, b::WatchedArray, rest::Union{AbstractArray,Real}...) = whole(vcat, a, b, rest...)
Base.vcat(a::WatchedArray, b::WatchedArray, rest::Union{AbstractArray,Real}...) = whole(vcat, a, b, rest...)

# ---- Rules of programs, by `@grad`

"The value and the pullback that a rule gives for tracked arguments; what it gives that way, as the package keeps it: replayed, the pullback stays."
function tracked_grad end
struct Ruled{B,K}
    back::B
    options::K
end
function by_rule(f, args::Tuple, options)
    l = level(args...)
    y, back = tracked_grad(f, args...; options...)
    tp = tape_at(l, args...)
    out = track(inner(l, y), tp)
    record!(tp, SpecialInstruction, f, args, out, Ruled(back, options))
    out
end
by_chain((y, back)) = (y, d -> map(ChainRulesCore.unthunk, Base.tail(back(d))))
function special_forward_exec!(i::SpecialInstruction{F,I,O,<:Ruled}) where {F,I,O}
    foreach(pull_value!, i.input)
    y, _ = tracked_grad(i.func, i.input...; i.cache.options...)
    value!(i.output, inner(level(i.input...), y))
    nothing
end
function special_reverse_exec!(i::SpecialInstruction{F,I,O,<:Ruled}) where {F,I,O}
    foreach(give_back!, i.input, listed(i.cache.back(deriv(i.output))))
    unseed!(i.output)
    nothing
end
give_back!(x, d) = istracked(x) && d isa Union{Real,AbstractArray} ? increment_deriv!(x, d) : nothing

# ---- map

"A function that the program has marked, or that is a rule of its own, is one call; others are called with each element."
Base.map(f::ForwardOptimize, a::WatchedArray) = whole(Dotted(f.f), a)
Base.map(f::ForwardOptimize, a::WatchedArray, b::AbstractArray) = whole(Dotted(f.f), a, b)
Base.map(f::ForwardOptimize, a::AbstractArray, b::WatchedArray) = whole(Dotted(f.f), a, b)
Base.map(f::ForwardOptimize, a::WatchedArray, b::WatchedArray) = whole(Dotted(f.f), a, b)

end
