# DiffResults: a value and its derivatives in one object, which the in-place functions of the AD packages fill.
module DiffResults

public DiffResult, ImmutableDiffResult, MutableDiffResult, GradientResult, JacobianResult, HessianResult, value, value!, derivative, derivative!, gradient, gradient!,
    jacobian, jacobian!, hessian, hessian!

"A value and its derivatives of first, second … order."
abstract type DiffResult{O,V,D<:Tuple} end
"Of numbers, and of arrays that cannot be written to: what is filled is another."
struct ImmutableDiffResult{O,V,D<:Tuple} <: DiffResult{O,V,D}
    value::V
    derivs::D
    ImmutableDiffResult(value::V, derivs::NTuple{O,Any}) where {O,V} = new{O,V,typeof(derivs)}(value, derivs)
end
mutable struct MutableDiffResult{O,V,D<:Tuple} <: DiffResult{O,V,D}
    value::V
    derivs::D
    MutableDiffResult(value::V, derivs::NTuple{O,Any}) where {O,V} = new{O,V,typeof(derivs)}(value, derivs)
end
DiffResult(value::Number, derivs::Tuple{Vararg{Number}}) = ImmutableDiffResult(value, derivs)
DiffResult(value, derivs::Tuple) = MutableDiffResult(value, derivs)
DiffResult(value, derivs...) = DiffResult(value, derivs)
"Results for functions of `x`, whose output is a number."
GradientResult(x::AbstractArray) = DiffResult(one(float(eltype(x))), similar(x, float(eltype(x))))
HessianResult(x::AbstractArray) =
    DiffResult(one(float(eltype(x))), similar(x, float(eltype(x))), similar(x, float(eltype(x)), length(x), length(x)))
"Results for functions from `x` to something like `x`, or like `y`."
JacobianResult(x::AbstractArray) = JacobianResult(x, x)
JacobianResult(y::AbstractArray, x::AbstractArray) =
    DiffResult(similar(y, float(eltype(y))), similar(y, promote_type(float(eltype(x)), float(eltype(y))), length(y), length(x)))

value(r::DiffResult) = r.value
derivative(r::DiffResult, ::Val{i} = Val(1)) where {i} = r.derivs[i]
gradient(r::DiffResult) = derivative(r)
jacobian(r::DiffResult) = derivative(r)
hessian(r::DiffResult) = derivative(r, Val(2))

"New values: arrays are copied into the arrays that are there."
put(old::AbstractArray, new::AbstractArray) = copyto!(old, new)
put(old, new) = convert(typeof(old), new)
value!(r::MutableDiffResult, x) = (r.value = put(r.value, x); r)
value!(r::ImmutableDiffResult, x) = ImmutableDiffResult(put(r.value, x), r.derivs)
value!(f, r::DiffResult, x) = value!(r, f(x))
derivative!(r::MutableDiffResult, x, ::Val{i} = Val(1)) where {i} = (r.derivs = with_order(r.derivs, x, i); r)
derivative!(r::ImmutableDiffResult, x, ::Val{i} = Val(1)) where {i} = ImmutableDiffResult(r.value, with_order(r.derivs, x, i))
with_order(derivs, x, i) = map((d, k) -> k == i ? put(d, x) : d, derivs, Tuple(1:fieldcount(typeof(derivs))))
derivative!(f, r::DiffResult, x, i::Val = Val(1)) = derivative!(r, f(x), i)
gradient!(r::DiffResult, x) = derivative!(r, x)
jacobian!(r::DiffResult, x) = derivative!(r, x)
hessian!(r::DiffResult, x) = derivative!(r, x, Val(2))
gradient!(f, r::DiffResult, x) = gradient!(r, f(x))
jacobian!(f, r::DiffResult, x) = jacobian!(r, f(x))
hessian!(f, r::DiffResult, x) = hessian!(r, f(x))

Base.eltype(r::DiffResult) = eltype(typeof(r))
Base.eltype(::Type{<:DiffResult{O,V,D}}) where {O,V,D} = eltype(V)
Base.:(==)(a::DiffResult, b::DiffResult) = a.value == b.value && a.derivs == b.derivs
Base.copy(r::ImmutableDiffResult) = ImmutableDiffResult(copy(r.value), map(copy, r.derivs))
Base.copy(r::MutableDiffResult) = MutableDiffResult(copy(r.value), map(copy, r.derivs))
Base.show(io::IO, r::ImmutableDiffResult) = print(io, "ImmutableDiffResult(", r.value, ", ", r.derivs, ")")
Base.show(io::IO, r::MutableDiffResult) = print(io, "MutableDiffResult(", r.value, ", ", r.derivs, ")")

end
