# Zygote's functions over reverse mode. Where an argument has no part in the result only by the way that a program takes at run time, Zygote
# answers `nothing` and this answers zero.
module Zygote

import ..EnzymeCore
import ..EnzymeRules
import ..EnzymeAutodiff
import ..EnzymeSugar
import ..DifferentiationInterface
import ..ForwardDiff
import ..ChainRulesCore
import ..LinearAlgebra

export gradient, jacobian, hessian, diaghessian, hessian_reverse, pullback, withgradient, withjacobian, dropgrad, hook, forwarddiff, checkpointed, Buffer, Params

DifferentiationInterface.pair(y::NamedTuple, c::NamedTuple) = by_names(y, c, keys(c))
# A struct's adjoint has what it says of some fields.
DifferentiationInterface.pair(y, c::NamedTuple) = by_names(y, c, keys(c))
DifferentiationInterface.pair(y::Union{Number,AbstractArray,Tuple}, ::Nothing) = 0.0
by_names(y, c, ::Tuple{}) = 0.0
by_names(y, c, names) = DifferentiationInterface.part(getfield(y, names[1]), c[names[1]]) + by_names(y, c, Base.tail(names))

# ---- What a gradient looks like: structs as NamedTuples, nothing for what cannot carry one

"Numbers and arrays of integers are differentiated as floats."
floating(x::T) where {T} = isstructtype(T) && !ismutabletype(T) && (has_open_integers(x) || !isempty(T.parameters) && holds_integers(fieldtypes(T))) ? floated_struct(x) : x
floating(x::Union{Function,Type,Symbol,AbstractString,Char,Nothing,Missing,AbstractFloat,AbstractDict,Complex,Pair}) = x
"Does a field whose type leaves open what it holds hold an integer?"
has_open_integers(x::T) where {T} = !all(isconcretetype, fieldtypes(T)) && any(name -> getfield(x, name) isa Union{Int64,Array{Int64}}, fieldnames(T))
holds_integers(types) = any(T -> T <: Int64 || T <: Array{Int64}, types)
"A struct of integers whose type has them as a parameter, as one of floats, if there is one."
function floated_struct(x::T) where {T}
    make = getglobal(parentmodule(T), nameof(T))
    # By numbers, of which each has one type.
    kept = Base.__ntuple(i -> getfield(x, i), Val(fieldcount(T)))
    floated = map(floating, kept)
    made(make, floated, fieldnames(T)) ? make(floated...) : but_for_one(x, make, kept, floated, Val(1))
end
"The same with one field that stays an integer, as its type says."
function but_for_one(x::T, make, kept, floated, ::Val{k}) where {T,k}
    k > fieldcount(T) && return x
    fields = Base.__ntuple(i -> i == k ? kept[i] : floated[i], Val(fieldcount(T)))
    made(make, fields, fieldnames(T)) ? make(fields...) : but_for_one(x, make, kept, floated, Val(k + 1))
end
type_made(make, fields) = Base.__return_type(make, map(typeof, fields)...)
made(make, fields, names) = (R = type_made(make, fields); R isa DataType && isconcretetype(R) && isstructtype(R) && fieldnames(R) == names && all(takes_field, zip(fieldtypes(R), map(typeof, fields))))
takes_field((F, T)) = F == T || !isconcretetype(F) && T <: F
floating(x::Integer) = float(x)
floating(x::Bool) = x
floating(x::Union{Rational,AbstractIrrational}) = float(x)
floating(x::Complex{<:Integer}) = float(x)
floating(x::AbstractArray{<:Complex{<:Integer}}) = float(x)
floating(x::AbstractArray{<:Union{Integer,AbstractIrrational}}) = float(x)
floating(x::AbstractArray{Bool}) = x
"Where elements may be of several types, those that are integers are made floats."
floating(x::AbstractArray{T}) where {T} = isconcretetype(T) || !any(e -> e isa Integer && !(e isa Bool), x) ? x : among(T, map(floating, x))
among(::Type{T}, x) where {T} = T <: Real ? x : convert(Array{T}, x)
floating(x::Union{Tuple,NamedTuple}) = map(floating, x)
floating(x::Dict{K,<:Integer}) where {K} = Dict{K,Float64}(k => float(v) for (k, v) in x)
# The adjoint of a range's first element and step is not that of its elements.
floating(x::AbstractRange{<:Real}) = collect(float(x))
floating(x::Base.ReshapedArray{<:Real,N,<:AbstractRange}) where {N} = float(collect(x))
"The arguments as floats where the function takes them so; what only works as an integer stays one."
floated_for(f, args) = first_taken(f, args, map(floating, args), map(kept_integer, args))
first_taken(f, args, floated, mixed) =
    floated === args || takes(f, floated) ? floated : takes(f, mixed) ? mixed : args
takes(f, args) = Base.__return_type(f, map(typeof, args)...) !== Union{}
kept_integer(x) = floating(x)
kept_integer(x::Integer) = x

"""
The adjoint of a value in Zygote's form: structs as NamedTuples, `nothing` for what cannot have one, and for what has no part in the result
whatever way the program takes (`reach`: by field, true where it may have one).
"""
shaped(x, dx) = shaped(x, dx, Val(true))
shaped(x, dx, ::Val{false}) = nothing
shaped(x, ::Nothing, ::Val) = nothing
shaped(x, ::Nothing, ::Val{false}) = nothing
shaped(x, dx, reach::Val) = formed_if(x, dx, reach, EnzymeAutodiff.activity(typeof(x)))
formed_if(x, dx, reach, ::Val{0}) = nothing
formed_if(x, dx, reach, ::Val) = formed(x, dx, reach)
formed(x::Number, dx, reach) = dx
formed(x::AbstractArray{<:Number}, dx, reach) = dx
# What is stored once and seen twice has half of its adjoint in either place.
formed(x::LinearAlgebra.Symmetric{<:Real}, dx::LinearAlgebra.Symmetric, reach) = LinearAlgebra.Symmetric(halved(parent(dx)), Symbol(dx.uplo))
formed(x::LinearAlgebra.Hermitian{<:Real}, dx::LinearAlgebra.Hermitian, reach) = LinearAlgebra.Hermitian(halved(parent(dx)), Symbol(dx.uplo))
halved(d) = [i == j ? d[i, j] : d[i, j] / 2 for i in axes(d, 1), j in axes(d, 2)]
formed(x::AbstractRange, dx, reach) = error("A range inside of an argument is differentiated by its first element and step, not by its elements; collect it first.")
formed(x::AbstractArray, dx, reach) = map(shaped, x, dx)
formed(x::AbstractDict, dx, reach) = Dict(k => shaped(x[k], dx[k]) for k in keys(x))
formed(x::Base.RefValue, dx, reach) = (x = shaped(x[], dx[]),)
formed(x::Tuple, dx, reach) = Base.__ntuple(i -> shaped(x[i], dx[i], within(reach, Val(i))), Val(Base.__tuple_length(x)))
formed(x::NamedTuple{names}, dx, reach) where {names} = NamedTuple{names}(formed(Tuple(x), Tuple(dx), reach))
formed(x::T, dx, reach) where {T} = NamedTuple{fieldnames(T)}(Base.__ntuple(i -> shaped(getfield(x, i), getfield(dx, i), within(reach, Val(i))), Val(fieldcount(T))))
within(::Val{true}, ::Val) = Val(true)
within(::Val{M}, ::Val{i}) where {M,i} = Val(M[i])

# ---- Gradients

# Zygote follows the rules that programs write for ChainRules, and its forward mode is that of ForwardDiff, which knows of none.
const MODE = EnzymeCore.set_abi(EnzymeCore.ReverseWithPrimal, EnzymeCore.ChainRulesOnly)
const FLAGS = EnzymeAutodiff.wanted(MODE)
const FORWARD = EnzymeCore.set_abi(EnzymeCore.Forward, EnzymeCore.LibraryRulesOnly)

"The value of a scalar function, and the adjoint of each argument in Zygote's form."
function value_and_gradient(f::F, args::A) where {F,A}
    y, adjoints = value_and_adjoints(f, args)
    (y, map(shaped, args, adjoints, reaches(f, args)))
end
reaches(f, args) = Base.tail(Base.__influences((f, args...), FLAGS))
"The same as values of the arguments' types."
function value_and_adjoints(f::F, args::A) where {F,A}
    annotated = map(EnzymeSugar.annotate, args)
    shadow = ForwardDiff.own_shadow(f)
    slots, y = EnzymeAutodiff.autodiff(MODE, function_annotation(f, shadow), EnzymeCore.Active, annotated...)
    (y, map(EnzymeSugar.found, annotated, slots))
end
adjoint_by(f, x) = value_and_adjoints(ScalarOutput(f), (x,))[2][1]
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
gradient(f, args...) = value_and_gradient(ScalarOutput(f), floated_for(f, args))[2]

"What `@adjoint` knows of its caller, and what functions that are differentiated from there are called with."
struct Context end
"The value of `f(args...)`, and the function from its adjoint to those of `f` itself and of the arguments."
_pullback(::Context, f, args...) = pullback((g, xs...) -> g(xs...), f, args...)
_pullback(f, args...) = _pullback(Context(), f, args...)
pullback(f, ::Context, args...) = pullback(f, args...)
pullback(::Context, f, args...) = pullback(f, args...)
const ZygoteRuleConfig = ChainRulesCore.ZygoteRuleConfig
"The value of a function with its arguments, and its tangent."
function moved(called, values, tangents)
    shadows = map(plain_tangent, values, tangents)
    __forward((called, values...), (nothing, shadows...), EnzymeAutodiff.wanted(FORWARD))
end
plain_tangent(x, dx) = dx
plain_tangent(x, ::ChainRulesCore.AbstractZero) = plain_zero(x, EnzymeAutodiff.activity(typeof(x)))
plain_zero(x, ::Val{0}) = nothing
plain_zero(x, ::Val) = EnzymeAutodiff.make_zero(x)

# ---- Jacobians and hessians

"The derivatives of every element of the result (rows) by every element of each argument (columns)."
jacobian(f, args...) = withjacobian(f, args...).grad
function withjacobian(f, args...)
    at = floated_for(f, args)
    y = f(at...)
    (val = y, grad = jacobians(f, y, (), at))
end
jacobians(f, y, before::Tuple, ::Tuple{}) = ()
function jacobians(f, y, before::Tuple, rest::Tuple)
    after = Base.tail(rest)
    (rows(x -> f(before..., x, after...), y, rest[1]), jacobians(f, y, (before..., rest[1]), after)...)
end
rows(f, y::Complex, x::Union{Number,AbstractArray}) = complex_output()
rows(f, y::AbstractArray{<:Complex}, x::Union{Number,AbstractArray}) = complex_output()
complex_output() = throw(ArgumentError("jacobian does not accept complex output"))
function rows(f, y::AbstractArray{<:Real}, x::AbstractArray)
    J = zeros(promote_type(float(eltype(EnzymeSugar.of_floats(y))), eltype(x)), length(y), length(x))
    for i in 1:length(y)
        row = shaped(x, EnzymeSugar.jacobian_row(f, EnzymeSugar.annotate(x), i, FLAGS))
        for j in 1:length(x)
            J[i, j] = row[j]
        end
    end
    J
end
rows(f, y::AbstractArray{<:Real}, x::Number) = vec([EnzymeSugar.jacobian_row(f, EnzymeSugar.annotate(x), i, FLAGS) for i in 1:length(y)])
rows(f, y::Real, x::AbstractArray) = reshape(adjoint_by(f, x), 1, length(x))
rows(f, y::Real, x::Number) = adjoint_by(f, x)
rows(f, y::AbstractArray{<:Real}, x::Integer) = zeros(length(y))
rows(f, y::Real, x::Integer) = 0.0
function rows(f, y::AbstractArray, x)
    known = map(identity, y)
    known isa AbstractArray{<:Union{Real,Complex}} || throw(MethodError(zero, (eltype(y),)))
    rows(v -> map(identity, f(v)), known, x)
end
rows(f, y, x) = nothing
jacobian(f, ps::Params) = withjacobian(f, ps).grad
function withjacobian(f, ps::Params)
    y = f()
    found = [gradient(() -> one_of(f(), i), ps) for i in 1:length(y)]
    (val = y, grad = Grads(Any[stacked(p, map(gs -> gs[p], found)) for p in ps], ps))
end
one_of(y::AbstractArray, i) = y[i]
one_of(y::Number, i) = y
stacked(p, rows) = reduce(vcat, [g === nothing ? zeros(1, length(p)) : reshape(g, 1, length(p)) for g in rows])

"The second derivatives of a scalar function, forward over reverse."
hessian_dual(f, x) = hessian(f, x)
hessian(f, x::AbstractArray) = reshape(EnzymeSugar.jacobian(FORWARD, at -> adjoint_by(f, at), floating(x))[1], length(x), length(x))
hessian(f, x::Real) = EnzymeSugar.gradient(FORWARD, at -> adjoint_by(f, at), floating(x))[1]
"The same, reverse over reverse."
hessian_reverse(f, x::AbstractArray) = jacobian(at -> adjoint_by(f, at), x)[1]
hessian_reverse(f, x::Real) = adjoint_by(at -> adjoint_by(f, at), floating(x))
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

"The sum of adjoints in Zygote's form, some of which may be nothing."
accum() = nothing
accum(x) = x
accum(x, y) = x === nothing ? y : y === nothing ? x : x + y
accum(x::Tuple, y::Tuple) = map(accum, x, y)
accum(x::AbstractArray, y::AbstractArray) = map(accum, x, y)
accum(x::NamedTuple, y::NamedTuple) = merge(x, y, NamedTuple(k => accum(get(x, k, nothing), get(y, k, nothing)) for k in keys(x)))
accum(x, y, rest...) = accum(accum(x, y), rest...)

"The same value, constant to Zygote."
dropgrad(x) = ChainRulesCore.disconnected(x)
"What `f()` gives, constant to Zygote."
ignore(f) = dropgrad(f())
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
"The same value; its adjoint is printed under the text of the expression that it comes from."
shown_gradient(x, text) = hook(adjoint -> (println("∂(", text, ") = ", repr(adjoint)); adjoint), x)
"Gives for tangents of the arguments the value of `f` and its tangent."
pushforward(f, xs...) = (dxs...) -> pushed_forward(f, map(floating, xs), map(floating, dxs))
function pushed_forward(f, xs, dxs)
    y, dy = Base.__forward((f, xs...), (nothing, map(DifferentiationInterface.alike, xs, dxs)...), DifferentiationInterface.flags(DifferentiationInterface.AutoZygote()))
    (y, ForwardDiff.moved(dy))
end
module Forward
import ..Zygote: pushforward
export pushforward
end
literal_getproperty(x, ::Val{name}) where {name} = getproperty(x, name)
literal_getfield(x, ::Val{name}) where {name} = getfield(x, name)
literal_getindex(x, ::Val{i}) where {i} = getindex(x, i)
literal_indexed_iterate(x, ::Val{i}, state...) where {i} = Base.indexed_iterate(x, i, state...)
"There is nothing to compile anew."
refresh() = nothing
ignore_derivatives(x) = ChainRulesCore.ignore_derivatives(x)
"`f(x)`, whose derivative Zygote takes by forward mode: what `f` has captured is constant."
forwarddiff(f, x; chunk_threshold = 0) = dropgrad(f)(x)
"`f(xs...)`, computed again in the reverse sweep to save memory; here it is computed as any other."
checkpointed(f, xs...; kws...) = f(xs...; kws...)

"Memory that may be written to under Zygote; `copy` gives the array."
mutable struct Buffer{T,A<:AbstractArray{T}}
    data::A
    isfrozen::Bool
    Buffer{T,A}(data::A) where {T,A<:AbstractArray{T}} = new{T,A}(data, false)
end
"What was copied is written to no more."
writable(b::Buffer) = b.isfrozen ? error("Buffer is frozen") : (__mark(:buffer, b.data); b.data)
Buffer(x::AbstractArray, args...) = buffer_of(similar(x, args...))
buffer_of(data::A) where {T,A<:AbstractArray{T}} = Buffer{T,A}(data)
Base.getindex(b::Buffer, i...) = b.data[i...]
Base.setindex!(b::Buffer, v, i...) = (writable(b)[i...] = v; b)
Base.copy(b::Buffer) = (b.isfrozen = true; copy(b.data))
Base.size(b::Buffer) = size(b.data)
Base.size(b::Buffer, d) = size(b.data, d)
Base.length(b::Buffer) = length(b.data)
Base.ndims(b::Buffer) = ndims(b.data)
Base.ndims(::Type{<:Buffer{T,A}}) where {T,A} = ndims(A)
Base.stride(b::Buffer, d) = stride(b.data, d)
Base.strides(b::Buffer) = strides(b.data)
Base.collect(b::Buffer) = collect(b.data)
Base.reverse(b::Buffer) = reverse(b.data)
Base.firstindex(b::Buffer) = firstindex(b.data)
Base.lastindex(b::Buffer) = lastindex(b.data)
Base.lastindex(b::Buffer, d) = lastindex(b.data, d)
Base.append!(b::Buffer, xs) = (append!(writable(b), xs); b)
Base.deleteat!(b::Buffer, i) = (deleteat!(writable(b), i); b)
Base.fill!(b::Buffer, x) = (fill!(writable(b), x); b)
Base.broadcastable(b::Buffer) = b.data
Base.materialize!(b::Buffer, x) = (Base.materialize!(writable(b), x); b)
Base.materialize!(b::Buffer, bc::Base.Broadcasted) = (Base.materialize!(writable(b), bc); b)
"A buffer that begins with the array's elements."
bufferfrom(x::AbstractArray) = buffer_of(copy(x))
Base.eltype(::Type{<:Buffer{T}}) where {T} = T
Base.axes(b::Buffer) = axes(b.data)
Base.axes(b::Buffer, d) = axes(b.data, d)
Base.eachindex(b::Buffer) = eachindex(b.data)
Base.iterate(b::Buffer, s...) = iterate(b.data, s...)
Base.push!(b::Buffer, x) = (push!(writable(b), x); b)
Base.copyto!(b::Buffer, x) = (copyto!(writable(b), x); b)

end
