# Gradients, jacobians and products with the hessian, as Enzyme's sugar: their shapes and, for the reverse jacobian, its algorithm.
module EnzymeSugar

using ..EnzymeCore
using ..EnzymeErrors
using ..EnzymeAutodiff
using ..EnzymeTupleArrays
import ..EnzymeAutodiff: OpenShadow, give_to_reader

export gradient, gradient!, jacobian, hvp, hvp!, hvp_and_gradient!, onehot, chunkedonehot, create_shadows

"The value inside an annotation, or the value itself."
plain(x) = x
plain(x::Annotation) = x.val

"Derivatives alone, or with the primal value."
derivatives(::Val{false}, derivs, f, args) = derivs
derivatives(::Val{true}, derivs, f, args) = (derivs = derivs, val = plain(f)(map(plain, args)...))

"One derivative for each argument, the other arguments being constant: `derive` is given a function of one argument and its value."
each_argument(derive, f, args::Tuple{Any}) = (argument(derive, plain(f), args[1]),)
each_argument(derive, f, args::Tuple) = each_argument(derive, plain(f), (), args)
each_argument(derive, f, before::Tuple, ::Tuple{}) = ()
function each_argument(derive, f, before::Tuple, rest::Tuple)
    after = map(plain, Base.tail(rest))
    here = argument(derive, x -> f(before..., x, after...), rest[1])
    (here, each_argument(derive, f, (before..., plain(rest[1])), Base.tail(rest))...)
end
argument(derive, f, x) = differentiable(x) ? derive(f, x) : nothing
argument(derive, f, ::Const) = nothing
differentiable(x) = differentiable(EnzymeAutodiff.activity(typeof(x)))
differentiable(::Val{0}) = false
differentiable(::Val) = true

# ---- Reverse gradient

"The annotation under which reverse mode finds the derivative with respect to a value."
annotate(a::Annotation) = a
annotate(x) = annotate(x, EnzymeAutodiff.activity(typeof(x)))
annotate(x, ::Val{0}) = Const(x)
annotate(x, ::Val{1}) = Active(x)
annotate(x, ::Val{2}) = Duplicated(x, make_zero(x))
annotate(x, ::Val{3}) = MixedDuplicated(x, Ref(make_zero(x)))

"The derivative with respect to an annotated argument, after the sweep."
found(a::Const, slot) = nothing
found(a::Active, slot) = slot
found(a::Duplicated, slot) = a.dval
found(a::MixedDuplicated, slot) = a.dval[]

"The derivatives of a scalar function with respect to each argument."
function gradient(mode::ReverseMode{P}, f, x, rest...) where {P}
    args = map(annotate, (x, rest...))
    result = autodiff(mode, f, Active, args...)
    reverse_gradient(Val(P), map(found, args, result[1]), result)
end
reverse_gradient(::Val{false}, derivs, result) = derivs
reverse_gradient(::Val{true}, derivs, result) = (derivs = derivs, val = result[2])

"The gradient written into `dx`, which is zeroed first."
function gradient!(mode::ReverseMode{P}, dx, f, x, rest...) where {P}
    make_zero!(dx)
    args = (Duplicated(x, dx), map(annotate, rest)...)
    result = autodiff(mode, f, Active, args...)
    reverse_gradient(Val(P), map(found, args, result[1]), result)
end

# ---- Forward gradient and jacobian

"The directions that span the values of an array's shape: one for each element."
function direction(x::AbstractArray, j)
    dx = make_zero(x)
    dx[j] = isconcretetype(eltype(x)) ? one(eltype(x)) : one_beside(x[j], j)
    dx
end
"Where elements may be of several types, the tangent of each has its own."
one_beside(x, j) = one(x)
one_beside(x::Integer, j) = throw(ArgumentError("element $j of type $(typeof(x)) has no derivative; make the elements floats"))

"The tangent of `f(x)` for a tangent of `x`."
pushforward(f, x, dx) = pushforward(f, x, dx, Val((true, false)))
function pushforward(f, x, dx, flags)
    value, tangent = __forward((settled(f, x), x), (nothing, dx), flags)
    moving(tangent, EnzymeAutodiff.activity(typeof(value)))
end
moving(tangent, ::Val) = tangent
moving(tangent, ::Val{0}) = error("Return type `", typeof(tangent), "` not marked Const, but type is guaranteed to be constant")

"The derivative of `f` at x in forward mode: a value for a number, a tuple for a tuple, a column for each element of an array."
forward_derivative(f, x, flags, ::Nothing) = forward_derivative(f, x, flags)
forward_derivative(f, x::Union{AbstractFloat,Complex}, flags) = pushforward(f, x, one(x), flags)
forward_derivative(f, x::Tuple, flags) = __ntuple(k -> pushforward(f, x, unit_tuple(x, k), flags), Val(__tuple_length(x)))
forward_derivative(f, x::NamedTuple, flags) = NamedTuple{keys(x)}(forward_derivative(t -> f(NamedTuple{keys(x)}(t)), Tuple(x), flags))
unit_tuple(x::Tuple, k) = __ntuple(i -> i == k ? one(x[i]) : zero(x[i]), Val(__tuple_length(x)))
function forward_derivative(f, x::AbstractArray, flags)
    isempty(x) && return x
    first_column = pushforward(f, x, direction(x, 1), flags)
    columns = columns_for(first_column, length(x))
    set_column!(columns, first_column, 1)
    for j in 2:length(x)
        set_column!(columns, pushforward(f, x, direction(x, j), flags), j)
    end
    shape_columns(columns, first_column, x)
end
forward_derivative(f, x, flags) = error("Forward-mode gradients with respect to a value of type ", typeof(x), " are not supported")

"The same with the directions of a chunk at once, for a program with rules, which are called with all of them. Without a chunk all are, up to 16."
chunked_derivative(f, x, flags, chunk) = forward_derivative(f, x, flags)
chunked_derivative(f, x::NamedTuple, flags, chunk) = NamedTuple{keys(x)}(chunked_derivative(t -> f(NamedTuple{keys(x)}(t)), Tuple(x), flags, chunk))
function chunked_derivative(f, x::Union{Tuple,AbstractArray}, flags, chunk)
    chunk === Val(1) || length(x) < 2 ? forward_derivative(f, x, flags) : of_chunks(f, x, flags, chunk_length(chunk, x))
end
chunk_length(::Nothing, x) = min(length(x), 16)
chunk_length(::Val{N}, x) where {N} = N
of_chunks(f, x::Tuple, flags, n) = pushforwards(f, x, __ntuple(k -> unit_tuple(x, k), Val(__tuple_length(x))), flags)
function of_chunks(f, x::AbstractArray, flags, n)
    tangents = []
    for start in 1:n:length(x)
        append!(tangents, pushforwards(f, x, onehot(x, start, min(start + n - 1, length(x))), flags))
    end
    of_tangents(map(identity, tangents), x)
end
"The tangents of `f(x)` for several tangents of `x` at once."
pushforwards(f, x, dxs::Tuple{Any}, flags) = (pushforward(f, x, dxs[1], flags),)
function pushforwards(f, x, dxs::Tuple, flags)
    g = settled(f, x)
    value, tangents = __forward((g, x), map(dx -> (nothing, dx), dxs), flags, Val(__tuple_length(dxs)))
    map(tangent -> moving(tangent, EnzymeAutodiff.activity(typeof(value))), tangents)
end

"The same with the directions given: a tuple of them, or of tuples of them."
function forward_derivative(f, x::AbstractArray, flags, directions::Tuple)
    tangents = [pushforward(f, x, dx, flags) for dx in flat_directions(directions)]
    isempty(tangents) ? x : of_tangents(tangents, x)
end
function of_tangents(tangents, x)
    columns = columns_for(tangents[1], length(tangents))
    for j in 1:length(tangents)
        set_column!(columns, tangents[j], j)
    end
    shape_columns(columns, tangents[1], x)
end
forward_derivative(f, x::AbstractFloat, flags, directions::Tuple) = forward_derivative(f, x, flags)
forward_derivative(f, x::Tuple, flags, directions::Tuple) = forward_derivative(f, x, flags)
flat_directions(directions::Tuple{}) = ()
flat_directions(directions::Tuple) = directions[1] isa Tuple ? [dx for chunk in directions for dx in chunk] : [dx for dx in directions]

"Storage for n tangents like the given one: an array's elements make one column, anything else is one element."
columns_for(y::AbstractArray, n) = Matrix{eltype(y)}(undef, length(y), n)
columns_for(y, n) = Vector{typeof(y)}(undef, n)
function set_column!(columns, y::AbstractArray, j)
    for i in 1:length(y)
        columns[i, j] = y[i]
    end
end
function set_column!(columns, y, j)
    columns[j] = y
    nothing
end
shape_columns(columns, y::AbstractArray, x) = reshape(columns, size(y)..., size(x)...)
shape_columns(columns, y, x) = TupleArray(columns, size(x))

"The directions of each argument, in pieces as `chunk` says."
create_shadows(::Nothing, xs...) = map(shadows_of, xs)
create_shadows(::Val{1}, xs...) = map(shadows_of, xs)
create_shadows(chunk::Val, xs...) = map(x -> shadows_of(x, chunk), xs)
shadows_of(x) = differentiable(x) ? onehot(x) : nothing
shadows_of(x::Const) = nothing
shadows_of(x, chunk) = differentiable(x) ? chunkedonehot(x, chunk) : nothing
shadows_of(x::Const, chunk) = nothing

"Fails for a number of directions at once that is none."
check_chunk(::Nothing) = nothing
check_chunk(::Val{N}) where {N} = N isa Int && N > 0 ? nothing : throw(ErrorException("Cannot differentiate with a batch size of 0"))
check_chunk(chunk) = throw(MethodError(gradient, (chunk,)))

"The derivative of `f` with respect to each argument, in forward mode; for an array result the same as the jacobian."
function gradient(mode::ForwardMode{P}, f, x, rest...; chunk = nothing, shadows = nothing) where {P}
    check_chunk(chunk)
    args = (x, rest...)
    flags = EnzymeAutodiff.wanted(mode)
    derivs = forward_arguments(f, args, flags, shadows, __has_own_rules() ? chunk : Val(1))
    derivatives(Val(P), derivs, f, args)
end
forward_arguments(f, args, flags, ::Nothing, chunk) = each_argument((g, y) -> chunked_derivative(g, y, flags, chunk), f, args)
forward_arguments(f, args::Tuple{Any}, flags, shadows::Tuple, chunk) = (argument((g, y) -> forward_derivative(g, y, flags, shadows[1]), plain(f), args[1]),)
forward_arguments(f, args::Tuple, flags, shadows::Tuple, chunk) = each_argument((g, y) -> forward_derivative(g, y, flags), f, args)

"The derivatives of every element of the result by every element of each argument, sized `(size(result)..., size(argument)...)`."
jacobian(mode::ForwardMode, f, x, rest...; chunk = nothing, shadows = nothing) = gradient(mode, f, x, rest...; chunk, shadows)

# ---- Reverse jacobian: one augmented and one reverse sweep for each element of the result

"The adjoint of `x` for the i-th element of `f(x)`."
jacobian_row(f, x, i) = jacobian_row(f, annotate(x), i, Val((true, false)))
function jacobian_row(f, x::Annotation, i, flags)
    shadow = EnzymeAutodiff.shadow(x, 1)
    g = settled(f, x.val)
    tape, value, value_shadow = __augmented((g, x.val), (nothing, shadow), flags)
    seed = seeded(value_shadow, value, i)
    EnzymeAutodiff.is_boxed(Base.__return_type(g, typeof(x.val))) && give_to_reader(__new(OpenShadow{Any}, value_shadow), seed)
    adjoints = __reverse(tape, (g, x.val), (nothing, shadow), value_shadow, seed, flags)
    found(x, EnzymeAutodiff.slot(x, adjoints[2], 1))
end

"The same for N elements at once, from the i-th: for a program with rules, which are called with all adjoints."
function jacobian_rows_at_once(f, x, i, ::Val{N}, flags) where {N}
    args = __ntuple(k -> annotate(x), Val(N))
    shadows = map(a -> (nothing, EnzymeAutodiff.shadow(a, 1)), args)
    g = settled(f, x)
    tape, value, value_shadows = __augmented((g, x), shadows, flags, Val(N))
    seeds = __ntuple(k -> seeded(value_shadows[k], value, i + k - 1), Val(N))
    if EnzymeAutodiff.is_boxed(Base.__return_type(g, typeof(x)))
        map((shadow, seed) -> give_to_reader(__new(OpenShadow{Any}, shadow), seed), value_shadows, seeds)
    end
    adjoints = __reverse(tape, (g, x), shadows, value_shadows, nothing, flags, Val(N))
    map((a, adjoint) -> found(a, EnzymeAutodiff.slot(a, adjoint[2], 1)), args, adjoints)
end
"Hands the adjoint of `x` for each of n elements to `take`, with its number. Those of a chunk are found at once, where rules can tell; without a chunk none are."
each_row(take, f, x, n, flags, chunk) = rows_from(take, f, x, 1, n, flags)
function each_row(take, f, x, n, flags, chunk::Val{N}) where {N}
    N > 1 && __has_own_rules() || return rows_from(take, f, x, 1, n, flags)
    whole = n ÷ N
    for c in 1:whole
        rows_at(take, f, x, (c - 1) * N + 1, chunk, flags)
    end
    left = n - whole * N
    left > 1 ? rows_at(take, f, x, whole * N + 1, Val(left), flags) : rows_from(take, f, x, whole * N + 1, n, flags)
end
function rows_from(take, f, x, from, n, flags)
    for i in from:n
        take(i, jacobian_row(f, annotate(x), i, flags))
    end
end
function rows_at(take, f, x, from, chunk::Val{N}, flags) where {N}
    rows = jacobian_rows_at_once(f, x, from, chunk, flags)
    __ntuple(k -> take(from + k - 1, rows[k]), chunk)
    nothing
end

"A function whose arrays of mixed numbers are made arrays of floats: an integer among them has no derivative of its own."
struct Settled{F} <: Function
    f::F
end
(s::Settled)(x) = of_floats(s.f(x))
of_floats(y) = y
of_floats(y::AbstractArray{T}) where {T} = isconcretetype(T) || !(T <: Real) ? y : map(float, y)
settled(f, x) = settled(Base.__return_type(f, typeof(x)), f, x)
settled(::Type{T}, f, x) where {T} = T === Union{} || isconcretetype(T) && !(T <: AbstractArray && !isconcretetype(eltype(T))) ? f : Settled(f)

"Marks an element of the result in its shadow; a result without memory has a seed instead."
seeded(shadow, value, i) = (seed!(shadow, i); nothing)
seed!(shadow, i) = (shadow[i] += one(eltype(shadow)); nothing)
seed!(shadow::TupleArray, i) = seed!(shadow.data, i)

"The derivative of `f` at x in reverse mode. The result's size is that of `y`, or what the caller says it is."
reverse_jacobian(f, x, flags, ::Nothing, chunk) = jacobian_like(f, x, f(x), flags, chunk)
reverse_jacobian(f, x, flags, ::Val{()}, chunk) = jacobian_like(f, x, 0.0, flags, chunk)
function reverse_jacobian(f, x, flags, ::Val{dims}, chunk) where {dims}
    isempty(x) && x isa AbstractArray && return x
    jacobian_rows(f, x, dims, flags, chunk)
end
jacobian_like(f, x, y::AbstractFloat, flags, chunk) = gradient(Reverse, f, x)[1]
function jacobian_like(f, x, y::AbstractArray{<:AbstractFloat}, flags, chunk)
    x isa AbstractArray && isempty(x) && return x
    jacobian_rows(f, x, size(y), flags, chunk)
end
function jacobian_rows(f, x, dims, flags, chunk)
    rows = Vector{typeof(x)}(undef, prod(dims))
    each_row((i, row) -> (rows[i] = row; nothing), f, x, length(rows), flags, chunk)
    reshape(rows, dims...)
end
# One column for each element of the result, turned round: a Transpose or a PermutedDimsArray, as in Enzyme.
function jacobian_rows(f, x::AbstractArray, dims, flags, chunk)
    columns = Matrix{eltype(x)}(undef, length(x), prod(dims))
    each_row((i, row) -> set_column!(columns, row, i), f, x, prod(dims), flags, chunk)
    turned(reshape(columns, size(x)..., dims...), Val(ndims(x)), Val(__tuple_length(dims)))
end
turned(columns::AbstractMatrix, ::Val{1}, ::Val{1}) = transpose(columns)
function turned(columns, ::Val{N}, ::Val{M}) where {N,M}
    there = (__ntuple(k -> k + N, Val(M))..., __ntuple(identity, Val(N))...)
    back = (__ntuple(k -> k + M, Val(N))..., __ntuple(identity, Val(M))...)
    Base.__permuted(columns, Val(there), Val(back))
end
jacobian_like(f, x, y::AbstractArray{Real}, flags, chunk) = jacobian_like(f, x, of_floats(y), flags, chunk)
jacobian_like(f, x, y, flags, chunk) = throw(AssertionError("Unsupported return type of function for reverse-mode jacobian, $(typeof(y))"))

function jacobian(mode::ReverseMode{P}, f, x, rest...; n_outs = nothing, chunk = nothing) where {P}
    check_chunk(chunk)
    args = (x, rest...)
    flags = EnzymeAutodiff.wanted(mode)
    derivatives(Val(P), each_argument((g, y) -> reverse_jacobian(g, y, flags, n_outs, chunk), f, args), f, args)
end

# ---- Products with the hessian, forward over reverse

"The hessian of `f` at `x` times `v`."
function hvp(f, x::AbstractArray, v::AbstractArray)
    res = make_zero(x)
    hvp!(res, f, x, v)
    res
end

"The same, written into `res`."
function hvp!(res, f, x::AbstractArray, v::AbstractArray)
    hvp_and_gradient!(res, make_zero(x), f, x, v)
end

"The same, with the gradient written into `grad`."
function hvp_and_gradient!(res, grad, f, x::AbstractArray, v::AbstractArray)
    autodiff(Forward, gradient!, Const, Const(Reverse), DuplicatedNoNeed(grad, res), Const(f), Duplicated(x, v))
    nothing
end

# ---- Directions

"The directions that span a value's tangents, as a tuple."
onehot(x::Union{AbstractFloat,Complex}) = (one(x),)
onehot(x::Tuple) = __ntuple(k -> unit_tuple(x, k), Val(__tuple_length(x)))
onehot(x::AbstractArray) = onehot(x, 1, length(x))
onehot(x::AbstractArray, start, stop) = Tuple([direction(x, j) for j in start:stop])
onehot(x::Tuple, start, stop) = Tuple([unit_tuple(x, j) for j in start:stop])

"The same in pieces of `c`."
chunkedonehot(x::AbstractArray, ::Val{c}) where {c} = Tuple([onehot(x, start, min(start + c - 1, length(x))) for start in 1:c:length(x)])
chunkedonehot(x::Tuple, ::Val{c}) where {c} = Tuple([onehot(x, start, min(start + c - 1, length(x))) for start in 1:c:length(x)])
chunkedonehot(x::Union{AbstractFloat,Complex}, ::Val) = ((one(x),),)

end
