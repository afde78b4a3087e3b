# What the methods call that `@easy_rule`, `@import_frule` and `@import_rrule` write.
module EnzymeRuleCalls

using ..EnzymeCore
using ..EnzymeRules
import ..EnzymeAutodiff: OpenShadow, give_to_reader, opened
using ..EnzymeErrors

value_of(a::Annotation) = a.val

# ---- Rules from partial derivatives: `partials(Ω, args...)` gives, for each output, one for each argument

"What a partial derivative makes of a tangent."
pushed(::Nothing, dx) = nothing
pushed(p::Number, dx) = p * dx
pushed(p::AbstractArray, dx::Number) = p .* dx
pushed(p::AbstractMatrix, dx::AbstractVector) = p * dx
pushed(p::AbstractArray, dx::AbstractArray) = sum(p .* dx)
"What it makes of an adjoint."
pulled(::Nothing, dy) = nothing
pulled(p::Number, dy) = conj(p) * dy
pulled(p::AbstractArray, dy::Number) = conj.(p) .* dy
pulled(p::AbstractMatrix, dy::AbstractVector) = p' * dy
pulled(p::AbstractArray, dy::AbstractArray) = sum(conj.(p) .* dy)
plus(::Nothing, ::Nothing) = nothing
plus(x, ::Nothing) = x
plus(::Nothing, y) = y
plus(x, y) = x + y

tangent_through(p, ::Nothing) = nothing
tangent_through(p, dx) = pushed(p, dx)
"The tangent of one output; zero when nothing moves it."
output_tangent(Ω, ps, tangents) = or_zero(Ω, foldl(plus, map(tangent_through, ps, tangents)))
or_zero(Ω, ::Nothing) = zero(Ω)
or_zero(Ω, dΩ) = dΩ
"The tangent of the result: of each entry when there are several outputs."
result_tangent(Ω, partials::Tuple{Any}, tangents) = output_tangent(Ω, partials[1], tangents)
result_tangent(Ω::Tuple, partials::Tuple, tangents) = map((y, ps) -> output_tangent(y, ps, tangents), Ω, partials)
result_tangent(Ω::Tuple{Any}, partials::Tuple{Any}, tangents) = (output_tangent(Ω[1], partials[1], tangents),)
"The k-th tangent of an argument; nothing if it has none."
tangent_at(a::Const, k) = nothing
tangent_at(a::Union{Duplicated,DuplicatedNoNeed}, k) = a.dval
tangent_at(a::Union{BatchDuplicated,BatchDuplicatedNoNeed}, k) = a.dval[k]

given_primal(config, Ω) = needs_primal(config) ? Ω : nothing

function easy_forward(config, func, ::Type{R}, args, partials) where {R}
    Ω = func.val(map(value_of, args)...)
    needs_shadow(config) || return given_primal(config, Ω)
    dΩ = each_tangent(Ω, partials(Ω, map(value_of, args)...), args, Val(width(config)))
    needs_primal(config) ? with_tangents(Ω, dΩ, Val(width(config))) : dΩ
end

each_tangent(Ω, partials, args, ::Val{1}) = result_tangent(Ω, partials, map(a -> tangent_at(a, 1), args))
each_tangent(Ω, partials, args, ::Val{N}) where {N} = __ntuple(k -> result_tangent(Ω, partials, map(a -> tangent_at(a, k), args)), Val(N))
with_tangents(Ω, dΩ, ::Val{1}) = Duplicated(Ω, dΩ)
with_tangents(Ω, dΩ, ::Val) = BatchDuplicated(Ω, dΩ)

function easy_augmented(config, func, ::Type{R}, args, partials) where {R}
    Ω = func.val(map(value_of, args)...)
    recorded(config, R, Ω, partials(Ω, map(value_of, args)...))
end
"The result of a call with the annotation R, its shadow if one is asked for, and what is kept for the reverse sweep: that shadow is part of it."
function recorded(config, ::Type{R}, Ω, kept) where {R}
    dΩ = needs_shadow(config) ? make_shadows(Ω, Val(width(config))) : nothing
    isconcretetype(eltype(R)) && return AugmentedReturn(given_primal(config, Ω), dΩ, (kept, dΩ))
    S = OpenShadow{shadow_type(config, R)}
    open = S(dΩ)::S
    tape = (kept, open)
    AugmentedReturn{primal_type(config, R),shadow_type(config, R),typeof(tape)}(given_primal(config, Ω), open.val, tape)
end
make_shadows(Ω, ::Val{1}) = __zero_shadow(Ω)
make_shadows(Ω, ::Val{N}) where {N} = __ntuple(k -> __zero_shadow(Ω), Val(N))

function easy_reverse(config, func, returned, tape, args)
    partials, dΩ = tape
    each_adjoint(adjoint_of(returned, dΩ), dΩ, args, Val(width(config))) do dy, arguments
        __ntuple(k -> receive(arguments[k], total_adjoint(partials, dy, k)), Val(__tuple_length(args)))
    end
end
"What the arguments receive from `pull(dy, args)` for each of the shadows, which are cleared then."
function each_adjoint(pull, dy, dΩ, args, ::Val{1})
    adjoints = pull(dy, args)
    clear_shadow(dΩ)
    adjoints
end
function each_adjoint(pull, dy, dΩ, args, ::Val{N}) where {N}
    runs = __ntuple(k -> pull(dy[k], map(a -> only_shadow(a, k), args)), Val(N))
    dΩ === nothing || foreach(clear_shadow, dΩ)
    EnzymeAutodiff.batch_slots(runs)
end
"An argument with its k-th shadow alone."
only_shadow(a::Annotation, k) = a
only_shadow(a::Union{BatchDuplicated,BatchDuplicatedNoNeed}, k) = Duplicated(a.val, a.dval[k], false)
only_shadow(a::BatchMixedDuplicated, k) = MixedDuplicated(a.val, a.dval[k], false)
adjoint_of(returned::Active, dΩ) = returned.val
adjoint_of(returned, dΩ) = opened(dΩ)
clear_shadow(dΩ) = nothing
clear_shadow(dΩ::OpenShadow) = (foreach(__zero_shadow!, parts_of(dΩ.val)); nothing)
parts_of(x) = (x,)
parts_of(x::Union{Tuple,NamedTuple}) = Tuple(x)
clear_shadow(dΩ::AbstractArray) = (__zero_shadow!(dΩ); nothing)
total_adjoint(partials::Tuple{Any}, dy, k) = pulled(partials[1][k], dy)
total_adjoint(partials::Tuple{Any}, dy::Tuple{Any}, k) = pulled(partials[1][k], dy[1])
total_adjoint(partials::Tuple, dy::Tuple, k) = foldl(plus, map((ps, d) -> pulled(ps[k], d), partials, dy))

"Hands an argument its adjoint: back for a number, into the shadow for memory."
receive(a::Const, d) = nothing
receive(a::Const, ::Nothing) = nothing
receive(a::Active{T}, ::Nothing) where {T<:Number} = zero(T)
receive(a::Active, ::Nothing) = __zero_shadow(a.val)
receive(a::Active, d) = adjoint_like(a.val, d)
receive(a::MixedDuplicated, ::Nothing) = nothing
receive(a::MixedDuplicated, d) = (a.dval[] = add_to_whole(a.val, a.dval[], d); nothing)
"An adjoint in the type of an immutable value."
adjoint_like(x::Number, d::Number) = convert(float(typeof(x)), x isa Real ? real(d) : d)
adjoint_like(x, ::Union{Nothing,ChainRulesCore.AbstractZero}) = __zero_shadow(x)
adjoint_like(x, d) = add_to_whole(x, __zero_shadow(x), d)
"The shadow of an immutable value with an adjoint added: in place where it is memory."
add_to_whole(x, shadow, ::Union{Nothing,ChainRulesCore.AbstractZero}) = shadow
add_to_whole(x, shadow, d::ChainRulesCore.Tangent) = add_to_whole(x, shadow, ChainRulesCore.backing(d))
add_to_whole(x, shadow, d) = add_given(x, shadow, d)
add_given(x::Number, shadow, d::Number) = shadow + adjoint_like(x, d)
add_given(x::Complex, shadow, d::NamedTuple) = shadow + Complex(add_to_whole(real(x), zero(real(x)), get(d, :re, nothing)), add_to_whole(imag(x), zero(imag(x)), get(d, :im, nothing)))
add_given(x::AbstractArray, shadow, d) = add_elements(x, shadow, d, EnzymeAutodiff.activity(typeof(x)))
add_elements(x, shadow, d, ::Val) = (add_to!(shadow, d); shadow)
add_elements(x, shadow, d::AbstractArray, ::Val{1}) = shadow + EnzymeAutodiff.autodiff(Reverse, Const(Elements(d)), Active, Active(x))[1][1]
add_given(x::Tuple, shadow, d) = map((v, s, p) -> add_to_whole(v, s, ChainRulesCore.unthunk(p)), x, shadow, Tuple(d))
add_given(x::NamedTuple{names}, shadow, d::NamedTuple) where {names} = NamedTuple{names}(map(name -> add_to_field(x, shadow, d, name), names))
# Rules may give the adjoint of a struct as such a struct.
add_given(x, shadow, d) = add_fields(x, shadow, d)
add_fields(x::T, shadow, d::T) where {T} = add_given(x, shadow, ChainRulesCore.backing(d))
function add_given(x::T, shadow, d::NamedTuple) where {T}
    ismutable(x) && return (add_to!(shadow, d); shadow)
    Base.__new(T, map(name -> add_to_field(x, shadow, d, name), fieldnames(T))...)
end
function add_to_field(x::T, shadow, d, name) where {T}
    part = ChainRulesCore.unthunk(get(d, name, nothing))
    isconcretetype(fieldtype(T, name)) && return add_to_whole(getfield(x, name), getfield(shadow, name), part)
    add_open!(__new(OpenShadow{Any}, getfield(shadow, name)), part)
    getfield(shadow, name)
end
receive(a::Annotation, ::Nothing) = nothing
receive(a::Annotation, d) = (add_to!(a.dval, d); nothing)
"An adjoint goes where its value has memory; the tangent of a struct, to its fields."
add_to!(shadow, d) = add_to_memory!(shadow, d)
add_to!(shadow, d::ChainRulesCore.Tangent) = add_to!(shadow, ChainRulesCore.backing(d))
add_to_memory!(shadow::AbstractArray{<:Number}, d) = isconcretetype(eltype(shadow)) ? add_to_elements!(shadow, d) : add_to_each!(shadow, d)
"Where the elements are those of other memory in their own way (of a Symmetric, each twice), reverse mode knows it."
function add_to_elements!(shadow, d)
    seed = one(real(eltype(shadow)))
    Base.__gradient((Elements(d), shadow), (nothing, shadow), seed, Val((false, false)))
    nothing
end
add_to_elements!(shadow::Union{Array,SubArray{<:Any,<:Any,<:Array},Transpose{<:Any,<:Array},Adjoint{<:Any,<:Array}}, d) = (shadow .+= d; nothing)
"A function of an array whose adjoint is `d`."
struct Elements{D}
    d::D
end
function (e::Elements)(x)
    size(x) == size(e.d) || throw(DimensionMismatch(string("an array of size ", size(x), " has no adjoint of size ", size(e.d))))
    total = zero(real(eltype(x)))
    for i in eachindex(x)
        total += real(conj(adjoint_like(zero(eltype(x)), ChainRulesCore.unthunk(e.d[i]))) * x[i])
    end
    total
end
add_to_memory!(shadow::AbstractArray, d) = add_to_each!(shadow, d)
add_to_each!(shadow, d) = foreach(i -> add_at_key!(shadow, i, ChainRulesCore.unthunk(d[i])), eachindex(shadow))
add_to_memory!(shadow::AbstractDict, d::AbstractDict) = foreach(key -> add_at_key!(shadow, key, ChainRulesCore.unthunk(d[key])), keys(d))
add_at_key!(shadow, key, ::Union{Nothing,ChainRulesCore.AbstractZero}) = nothing
function add_at_key!(shadow, key, d)
    isconcretetype(valtype(shadow)) || return add_open!(__new(OpenShadow{Any}, shadow[key]), d)
    shadow[key] = add_to_whole(shadow[key], shadow[key], d)
    nothing
end
add_to_memory!(shadow::Base.RefValue, d::Number) = add_to_number!(shadow, :x, d)
add_to_memory!(shadow, d::NamedTuple) = add_to_fields!(shadow, d)
add_to_memory!(shadow::AbstractArray, d::NamedTuple) = add_to_fields!(shadow, d)
add_to_fields!(shadow, d) = foreach((name, part) -> add_part!(shadow, name, ChainRulesCore.unthunk(part)), keys(d), values(d))
add_to_memory!(shadow, d::Tuple) = foreach((k, part) -> add_part!(shadow, k, ChainRulesCore.unthunk(part)), ntuple(identity, Val(length(d))), d)
add_part!(shadow, name, ::Union{Nothing,ChainRulesCore.AbstractZero}) = nothing
add_part!(shadow, name, d) = add_to!(getfield(shadow, name), d)
add_part!(shadow, name, d::Number) = add_to_number!(shadow, name, d)
function add_to_number!(shadow::T, name, d) where {T}
    isconcretetype(fieldtype(T, name)) || return add_open!(__new(OpenShadow{Any}, getfield(shadow, name)), d)
    setfield!(shadow, name, getfield(shadow, name) + d)
    nothing
end

"""
Adds to the shadow of something whose type was left open. That of a number is a box, and others may hold it too: it receives what reverse
mode gives to who reads it. (No constructor is called for what has the box: it would be called for the number.)
"""
add_open!(shadow::OpenShadow{Any}, ::Union{Nothing,ChainRulesCore.AbstractZero}) = nothing
add_open!(shadow::OpenShadow{Any}, d) = add_given_to_open!(shadow, d, EnzymeAutodiff.activity(typeof(shadow.val)))
add_given_to_open!(shadow, d, ::Val{0}) = nothing
add_given_to_open!(shadow, d, ::Val{1}) = give_to_reader(shadow, adjoint_like(shadow.val, d))
add_given_to_open!(shadow, d, ::Val{2}) = (add_to!(shadow.val, d); nothing)
add_given_to_open!(shadow, d, ::Val{3}) = throw(EnzymeErrors.MixedReturnException(string(typeof(shadow.val))))

# ---- Rules of ChainRulesCore

tangent_in(a::Const) = ChainRulesCore.NoTangent()
tangent_in(a::Annotation) = a.dval
function imported_forward(config, func, ::Type{R}, args; kwargs...) where {R}
    y, tangent = pushed_by_frule(func, args, Val(width(config)); kwargs...)
    needs_shadow(config) || return given_primal(config, y)
    needs_primal(config) ? with_tangents(y, tangent, Val(width(config))) : tangent
end
function pushed_by_frule(func, args, ::Val{1}; kwargs...)
    result = ChainRulesCore.frule((tangent_in(func), map(tangent_in, args)...), func.val, map(value_of, args)...; kwargs...)
    result === nothing && error("`frule` has no method for this call of ", func.val)
    y, dy = result
    (y, plain_tangent(y, ChainRulesCore.unthunk(dy)))
end
function pushed_by_frule(func, args, ::Val{N}; kwargs...) where {N}
    runs = __ntuple(k -> pushed_by_frule(only_shadow(func, k), map(a -> only_shadow(a, k), args), Val(1); kwargs...), Val(N))
    (runs[1][1], map(last, runs))
end
plain_tangent(y, ::ChainRulesCore.AbstractZero) = __zero_shadow(y)
plain_tangent(y, dy) = dy

imported_augmented(config, func, ::Type{R}, args; kwargs...) where {R} =
    recorded(config, R, checked_rule(func.val, ChainRulesCore.rrule(func.val, map(value_of, args)...; kwargs...))...)
checked_rule(f, ::Nothing) = error("`rrule` has no method for this call of ", f)
checked_rule(f, result) = result
imported_reverse(config, func, returned, tape, args; kwargs...) = Base.tail(chain_adjoints(returned, tape, (func, args...), Val(width(config))))
"What the function and its arguments receive from the pullback of an rrule."
function chain_adjoints(returned, tape, args, width = Val(1))
    pullback, dy = tape
    each_adjoint(adjoint_of(returned, dy), dy, args, width) do d, arguments
        map((a, part) -> receive(a, plain_adjoint(ChainRulesCore.unthunk(part))), arguments, pullback(d))
    end
end
plain_adjoint(::ChainRulesCore.AbstractZero) = nothing
plain_adjoint(d::ChainRulesCore.NotImplemented) = throw(ChainRulesCore.NotImplementedException(d.info))
plain_adjoint(d) = d

end
