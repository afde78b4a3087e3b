# Gradients, jacobians and products with the hessian, as Enzyme's sugar: their shapes and, for the reverse jacobian, its algorithm.
module EnzymeSugar

using ..EnzymeCore
using ..EnzymeErrors
using ..EnzymeAutodiff

export gradient, gradient!, jacobian, hvp, hvp!, hvp_and_gradient!, onehot, chunkedonehot

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
    dx[j] = one(eltype(x))
    dx
end

"The tangent of `f(x)` for a tangent of `x`."
function pushforward(f, x, dx)
    value, tangent = __forward((f, x), (nothing, dx))
    moving(tangent, EnzymeAutodiff.activity(typeof(value)))
end
moving(tangent, ::Val) = tangent
moving(tangent, ::Val{0}) = error("Return type `", typeof(tangent), "` cannot be differentiated: it is guaranteed to be constant")

forward_derivative(f, x::AbstractFloat) = pushforward(f, x, one(x))
forward_derivative(f, x::Tuple) = __ntuple(k -> pushforward(f, x, unit_tuple(x, k)), Val(__tuple_length(x)))
unit_tuple(x::Tuple, k) = __ntuple(i -> i == k ? one(x[i]) : zero(x[i]), Val(__tuple_length(x)))
function forward_derivative(f, x::AbstractArray)
    isempty(x) && return x
    first_column = pushforward(f, x, direction(x, 1))
    columns = columns_for(first_column, length(x))
    set_column!(columns, first_column, 1)
    for j in 2:length(x)
        set_column!(columns, pushforward(f, x, direction(x, j)), j)
    end
    shape_columns(columns, first_column, x)
end
forward_derivative(f, x) = error("Forward-mode gradients with respect to a value of type ", typeof(x), " are not supported")

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
shape_columns(columns, y, x) = reshape(columns, size(x)...)

"The derivative of `f` with respect to each argument, in forward mode; for an array result the same as the jacobian."
function gradient(::ForwardMode{P}, f, x, rest...; chunk = nothing) where {P}
    args = (x, rest...)
    derivatives(Val(P), each_argument(forward_derivative, f, args), f, args)
end

"The derivatives of every element of the result by every element of each argument, sized `(size(result)..., size(argument)...)`."
jacobian(mode::ForwardMode, f, x, rest...; chunk = nothing) = gradient(mode, f, x, rest...)

# ---- Reverse jacobian: one augmented and one reverse sweep for each element of the result

"The adjoint of `x` for the i-th element of `f(x)`: x by value."
function jacobian_row(f, x, i)
    tape, value, value_shadow = __augmented((f, x), (nothing, Base.__active))
    value_shadow[i] += one(eltype(value_shadow))
    adjoints = __reverse(tape, (f, x), (nothing, Base.__active), value_shadow, nothing)
    adjoints[2]
end

"The same for an array, whose adjoint is a shadow."
function jacobian_row(f, x::AbstractArray, i)
    x_shadow = make_zero(x)
    tape, value, value_shadow = __augmented((f, x), (nothing, x_shadow))
    value_shadow[i] += one(eltype(value_shadow))
    __reverse(tape, (f, x), (nothing, x_shadow), value_shadow, nothing)
    x_shadow
end

reverse_jacobian(f, x) = reverse_jacobian(f, x, f(x))
reverse_jacobian(f, x, y::AbstractFloat) = gradient(Reverse, f, x)[1]
function reverse_jacobian(f, x, y::AbstractArray{<:AbstractFloat})
    rows = Vector{typeof(x)}(undef, length(y))
    for i in 1:length(y)
        rows[i] = jacobian_row(f, x, i)
    end
    reshape(rows, size(y)...)
end
function reverse_jacobian(f, x::AbstractArray, y::AbstractArray{<:AbstractFloat})
    isempty(x) && return x
    rows = Matrix{eltype(x)}(undef, length(y), length(x))
    for i in 1:length(y)
        row = jacobian_row(f, x, i)
        for j in 1:length(x)
            rows[i, j] = row[j]
        end
    end
    reshape(rows, size(y)..., size(x)...)
end
function reverse_jacobian(f, x::AbstractVector, y::AbstractVector{<:AbstractFloat})
    isempty(x) && return x
    columns = Matrix{eltype(x)}(undef, length(x), length(y))
    for i in 1:length(y)
        row = jacobian_row(f, x, i)
        for j in 1:length(x)
            columns[j, i] = row[j]
        end
    end
    transpose(columns)
end
reverse_jacobian(f, x, y) = throw(AssertionError("Unsupported return type of function for reverse-mode jacobian, $(typeof(y))"))

function jacobian(::ReverseMode{P}, f, x, rest...; n_outs = nothing, chunk = nothing) where {P}
    args = (x, rest...)
    derivatives(Val(P), each_argument(reverse_jacobian, f, args), f, args)
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

"The directions that span a value's tangents. For an array they are in a Vector, as their number is not part of its type."
onehot(x::AbstractFloat) = (one(x),)
onehot(x::Tuple) = __ntuple(k -> unit_tuple(x, k), Val(__tuple_length(x)))
onehot(x::AbstractArray) = onehot(x, 1, length(x))
onehot(x::AbstractArray, start, stop) = [direction(x, j) for j in start:stop]

"The same in pieces of `c`."
function chunkedonehot(x::AbstractArray, ::Val{c}) where {c}
    [onehot(x, start, min(start + c - 1, length(x))) for start in 1:c:length(x)]
end

end
