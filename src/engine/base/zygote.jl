# Zygote's functions over reverse mode. Where Zygote answers `nothing` for an argument that has no influence, this answers zero.
module Zygote

import ..EnzymeCore
import ..EnzymeRules
import ..EnzymeAutodiff
import ..EnzymeSugar
import ..DifferentiationInterface
import ..ForwardDiff

export gradient, jacobian, hessian, diaghessian, hessian_reverse, pullback, withgradient, withjacobian, dropgrad, hook, forwarddiff, checkpointed, Buffer, Params

# ---- What a gradient looks like: structs as NamedTuples, nothing for what cannot carry one

"Numbers and arrays of integers are differentiated as floats."
floating(x) = x
floating(x::Integer) = float(x)
floating(x::Bool) = x
floating(x::Complex{<:Integer}) = float(x)
floating(x::AbstractArray{<:Complex{<:Integer}}) = float(x)
floating(x::AbstractArray{<:Integer}) = float(x)
floating(x::AbstractArray{Bool}) = x
floating(x::Union{Tuple,NamedTuple}) = map(floating, x)
floating(x::AbstractRange{<:Integer}) = collect(float(x))

"The adjoint of a value in Zygote's form."
shaped(x, ::Nothing) = nothing
shaped(x, dx) = shaped(x, dx, EnzymeAutodiff.activity(typeof(x)))
shaped(x, dx, ::Val{0}) = nothing
shaped(x, dx, ::Val) = formed(x, dx)
formed(x::Number, dx) = dx
formed(x::AbstractArray{<:Number}, dx) = dx
formed(x::AbstractArray, dx) = map(shaped, x, dx)
formed(x::AbstractDict, dx) = Dict(k => shaped(x[k], dx[k]) for k in keys(x))
formed(x::Base.RefValue, dx) = (x = shaped(x[], dx[]),)
formed(x::Tuple, dx) = map(shaped, x, dx)
formed(x::NamedTuple{names}, dx) where {names} = NamedTuple{names}(map(shaped, Tuple(x), Tuple(dx)))
formed(x::T, dx) where {T} = NamedTuple{fieldnames(T)}(Base.__ntuple(i -> shaped(getfield(x, i), getfield(dx, i)), Val(fieldcount(T))))

# ---- Gradients

# Zygote follows the rules that programs write for ChainRules, and its forward mode is that of ForwardDiff, which knows of none.
const MODE = EnzymeCore.set_abi(EnzymeCore.ReverseWithPrimal, EnzymeCore.ChainRulesOnly)
const FLAGS = EnzymeAutodiff.wanted(MODE)
const FORWARD = EnzymeCore.set_abi(EnzymeCore.Forward, EnzymeCore.LibraryRulesOnly)

"The value of a scalar function, and the adjoint of each argument."
function value_and_gradient(f::F, args::A) where {F,A}
    annotated = map(EnzymeSugar.annotate, args)
    shadow = ForwardDiff.own_shadow(f)
    slots, y = EnzymeAutodiff.autodiff(MODE, function_annotation(f, shadow), EnzymeCore.Active, annotated...)
    (y, map(shaped, args, map(EnzymeSugar.found, annotated, slots)))
end
function_annotation(f, ::Nothing) = EnzymeCore.Const(f)
function_annotation(f, shadow) = EnzymeCore.Duplicated(f, shadow)

"A function whose result must be a real number."
struct ScalarOutput{F} <: Function
    f::F
end
(s::ScalarOutput)(args...) = scalar_output(s.f(args...))
scalar_output(y::Real) = float(y)
scalar_output(y::Complex) = error("Output is complex, so the gradient is not defined.")
scalar_output(y::AbstractArray) = error("Output is an array, so the gradient is not defined. Perhaps you wanted jacobian.")
scalar_output(::Nothing) = error("Output should be scalar; gradients are not defined for output nothing")
scalar_output(y) = error("Output should be scalar; gradients are not defined for output ", repr(y))

"The derivatives of a scalar function by each argument."
gradient(f, args...) = value_and_gradient(ScalarOutput(f), map(floating, args))[2]

"The value and the derivatives; of a tuple, the first element is differentiated and the others come along."
withgradient(f, args...) = with_value(f(args...), f, map(floating, args))
with_value(y, f, args) = (val = y, grad = value_and_gradient(ScalarOutput(f), args)[2])
with_value(y::Union{Tuple,NamedTuple}, f, args) = (val = y, grad = value_and_gradient(ScalarOutput(first ∘ f), args)[2])

"The value, and the function from its adjoint to the adjoints of the arguments."
function pullback(f, args...)
    at = map(floating, args)
    at === args ? recorded(f, at, Base.__return_type(f, map(typeof, at)...)) : run_again(f, args, at)
end
run_again(f, args, at) = (f(args...), seed -> value_and_gradient(DifferentiationInterface.Paired(f, seed), at)[2])
recorded(f, at, ::Type) = run_again(f, at, at)
"What the function did, random draws and all, is what its adjoint belongs to. The record serves one seed; for another one the function runs again."
function recorded(f, at, ::Type{<:Union{Float64,Array{Float64}}})
    annotated = map(EnzymeSugar.annotate, at)
    owner = function_annotation(f, ForwardDiff.own_shadow(f))
    kept, y = EnzymeAutodiff.augment(owner, annotated, 1, FLAGS)
    isused = Ref(false)
    function back(seed)
        isused[] && return run_again(f, at, at)[2](seed)
        isused[] = true
        slots = sweep(owner, annotated, kept, y, seed)
        map(shaped, at, map(EnzymeSugar.found, annotated, slots))
    end
    (y, back)
end
sweep(owner, annotated, kept, y::Float64, seed) =
    EnzymeAutodiff.adjoint_sweep_of(owner, annotated, float(seed), kept, 1, FLAGS)
function sweep(owner, annotated, kept, y::Array, seed)
    # A constant result has no memory of its own for a seed.
    kept[2] isa Array && kept[2] !== y && (kept[2] .+= seed)
    EnzymeAutodiff.adjoint_sweep_of(owner, annotated, nothing, kept, 1, FLAGS)
end

"Implicit parameters, as in old versions of Zygote, are not supported."
struct Params end
Params(xs) = unsupported()
unsupported() = error("implicit parameters are not supported by this engine: pass what to differentiate by as arguments, `gradient(f, xs...)`")

# ---- Jacobians and hessians

"The derivatives of every element of the result (rows) by every element of each argument (columns)."
jacobian(f, args...) = withjacobian(f, args...).grad
function withjacobian(f, args...)
    at = map(floating, args)
    y = f(at...)
    (val = y, grad = jacobians(f, y, (), at))
end
jacobians(f, y, before::Tuple, ::Tuple{}) = ()
function jacobians(f, y, before::Tuple, rest::Tuple)
    after = Base.tail(rest)
    (rows(x -> f(before..., x, after...), y, rest[1]), jacobians(f, y, (before..., rest[1]), after)...)
end
function rows(f, y::AbstractArray, x::AbstractArray)
    J = zeros(promote_type(float(eltype(y)), eltype(x)), length(y), length(x))
    for i in 1:length(y)
        row = EnzymeSugar.jacobian_row(f, EnzymeSugar.annotate(x), i, FLAGS)
        for j in 1:length(x)
            J[i, j] = row[j]
        end
    end
    J
end
rows(f, y::AbstractArray, x::Number) = vec([EnzymeSugar.jacobian_row(f, EnzymeSugar.annotate(x), i, FLAGS) for i in 1:length(y)])
rows(f, y::Number, x::AbstractArray) = reshape(gradient(f, x)[1], 1, length(x))
rows(f, y::Number, x::Number) = gradient(f, x)[1]
rows(f, y, x) = nothing

"The second derivatives of a scalar function, forward over reverse."
hessian(f, x::AbstractArray) = reshape(EnzymeSugar.jacobian(FORWARD, at -> gradient(f, at)[1], floating(x))[1], length(x), length(x))
hessian(f, x::Real) = EnzymeSugar.gradient(FORWARD, at -> gradient(f, at)[1], floating(x))[1]
"The same, reverse over reverse."
hessian_reverse(f, x::AbstractArray) = jacobian(at -> gradient(f, at)[1], x)[1]
hessian_reverse(f, x::Real) = gradient(at -> gradient(f, at)[1], x)[1]
"The diagonal of the hessian by each argument."
diaghessian(f, args...) = diagonals(f, (), map(floating, args))
diagonals(f, before::Tuple, ::Tuple{}) = ()
function diagonals(f, before::Tuple, rest::Tuple)
    after = Base.tail(rest)
    (diagonal(hessian(x -> f(before..., x, after...), rest[1]), rest[1]), diagonals(f, (before..., rest[1]), after)...)
end
diagonal(H, x::Number) = H
diagonal(H, x::AbstractArray) = reshape([H[i, i] for i in 1:length(x)], size(x))

# ---- Helpers for functions

"The same value, constant to every derivative."
dropgrad(x) = EnzymeAutodiff.ignore_derivatives(x)
"What `f()` gives, constant to every derivative."
ignore(f) = EnzymeAutodiff.ignore_derivatives(f())
"The same value; its adjoint goes through `f`."
hook(f, x) = x
function EnzymeRules.augmented_primal(config, ::EnzymeCore.Const{typeof(hook)}, ::Type{<:EnzymeCore.Annotation}, f::EnzymeCore.Annotation, x::EnzymeCore.Annotation)
    shadow = EnzymeRules.needs_shadow(config) ? EnzymeAutodiff.make_zero(x.val) : nothing
    EnzymeRules.AugmentedReturn(EnzymeRules.needs_primal(config) ? x.val : nothing, shadow, shadow)
end
EnzymeRules.reverse(config, ::EnzymeCore.Const{typeof(hook)}, dy::EnzymeCore.Active, tape, f::EnzymeCore.Annotation, x::EnzymeCore.Active) = (nothing, f.val(dy.val))
function EnzymeRules.reverse(config, ::EnzymeCore.Const{typeof(hook)}, ::Type{<:EnzymeCore.Annotation}, shadow, f::EnzymeCore.Annotation, x::EnzymeCore.Annotation)
    x isa EnzymeCore.Const || (x.dval .+= f.val(shadow))
    EnzymeAutodiff.make_zero!(shadow)
    (nothing, nothing)
end
ignore_derivatives(x) = EnzymeAutodiff.ignore_derivatives(x)
"`f(x)`, whose derivative Zygote takes by forward mode; here it is differentiated like any other."
forwarddiff(f, x; chunk_threshold = 0) = f(x)
"`f(xs...)`, computed again in the reverse sweep to save memory; here it is computed as any other."
checkpointed(f, xs...; kws...) = f(xs...; kws...)

"Memory that may be written to under Zygote; `copy` gives the array."
mutable struct Buffer{T,A<:AbstractArray{T}}
    data::A
    Buffer{T,A}(data::A) where {T,A<:AbstractArray{T}} = new{T,A}(data)
end
Buffer(x::AbstractArray, args...) = buffer_of(similar(x, args...))
buffer_of(data::A) where {T,A<:AbstractArray{T}} = Buffer{T,A}(data)
Base.getindex(b::Buffer, i...) = b.data[i...]
Base.setindex!(b::Buffer, v, i...) = (__mark(:buffer, b.data); b.data[i...] = v; b)
Base.copy(b::Buffer) = copy(b.data)
Base.size(b::Buffer) = size(b.data)
Base.size(b::Buffer, d) = size(b.data, d)
Base.length(b::Buffer) = length(b.data)
Base.eltype(::Type{<:Buffer{T}}) where {T} = T
Base.axes(b::Buffer) = axes(b.data)
Base.axes(b::Buffer, d) = axes(b.data, d)
Base.eachindex(b::Buffer) = eachindex(b.data)
Base.iterate(b::Buffer, s...) = iterate(b.data, s...)
Base.push!(b::Buffer, x) = (__mark(:buffer, b.data); push!(b.data, x); b)
Base.copyto!(b::Buffer, x) = (__mark(:buffer, b.data); copyto!(b.data, x); b)

end
