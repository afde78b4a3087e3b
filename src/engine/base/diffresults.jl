# DiffResults: a value and its derivatives in one object, which the in-place functions of the AD packages fill.
module DiffResults

public DiffResult, GradientResult, JacobianResult, HessianResult, value, value!, derivative, derivative!, gradient, gradient!, jacobian, jacobian!, hessian, hessian!

"A value and its derivatives of first, second … order. A program sees only the accessors."
mutable struct DiffResult{O,V,D<:Tuple}
    value::V
    derivs::D
end
DiffResult(value::V, derivs::D) where {V,D<:Tuple} = DiffResult{fieldcount(D),V,D}(value, derivs)
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
value!(r::DiffResult, x) = (r.value = put(r.value, x); r)
value!(f, r::DiffResult, x) = value!(r, f(x))
derivative!(r::DiffResult, x, ::Val{i} = Val(1)) where {i} =
    (r.derivs = map((d, k) -> k == i ? put(d, x) : d, r.derivs, Tuple(1:fieldcount(typeof(r.derivs)))); r)
gradient!(r::DiffResult, x) = derivative!(r, x)
jacobian!(r::DiffResult, x) = derivative!(r, x)
hessian!(r::DiffResult, x) = derivative!(r, x, Val(2))

Base.eltype(r::DiffResult) = eltype(typeof(r.value))
Base.:(==)(a::DiffResult, b::DiffResult) = a.value == b.value && a.derivs == b.derivs
Base.copy(r::DiffResult) = deepcopy(r)

end
