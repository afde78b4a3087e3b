# What the methods call that `@easy_rule`, `@import_frule` and `@import_rrule` write.
module EnzymeRuleCalls

using ..EnzymeCore
using ..EnzymeRules

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
    dΩ = needs_shadow(config) ? make_shadows(Ω, Val(width(config))) : nothing
    AugmentedReturn(given_primal(config, Ω), dΩ, (partials(Ω, map(value_of, args)...), dΩ))
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
adjoint_of(returned, dΩ) = dΩ
clear_shadow(dΩ) = nothing
clear_shadow(dΩ::AbstractArray) = (__zero_shadow!(dΩ); nothing)
total_adjoint(partials::Tuple{Any}, dy, k) = pulled(partials[1][k], dy)
total_adjoint(partials::Tuple{Any}, dy::Tuple{Any}, k) = pulled(partials[1][k], dy[1])
total_adjoint(partials::Tuple, dy::Tuple, k) = foldl(plus, map((ps, d) -> pulled(ps[k], d), partials, dy))

"Hands an argument its adjoint: back for a number, into the shadow for memory."
receive(a::Const, d) = nothing
receive(a::Const, ::Nothing) = nothing
receive(a::Active{T}, ::Nothing) where {T} = zero(T)
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
add_to_whole(x::Number, shadow, d::Number) = shadow + adjoint_like(x, d)
add_to_whole(x::Complex, shadow, d::NamedTuple) = shadow + Complex(add_to_whole(real(x), zero(real(x)), get(d, :re, nothing)), add_to_whole(imag(x), zero(imag(x)), get(d, :im, nothing)))
add_to_whole(x::AbstractArray, shadow, d) = (add_to!(shadow, d); shadow)
add_to_whole(x::Tuple, shadow, d) = map((v, s, p) -> add_to_whole(v, s, ChainRulesCore.unthunk(p)), x, shadow, Tuple(d))
add_to_whole(x::NamedTuple{names}, shadow, d::NamedTuple) where {names} = NamedTuple{names}(map(name -> add_to_field(x, shadow, d, name), names))
function add_to_whole(x::T, shadow, d::NamedTuple) where {T}
    ismutable(x) && return (add_to!(shadow, d); shadow)
    Base.__new(T, map(name -> add_to_field(x, shadow, d, name), fieldnames(T))...)
end
add_to_field(x, shadow, d, name) = add_to_whole(getfield(x, name), getfield(shadow, name), ChainRulesCore.unthunk(get(d, name, nothing)))
receive(a::Annotation, ::Nothing) = nothing
receive(a::Annotation, d) = (add_to!(a.dval, d); nothing)
add_to!(shadow::AbstractArray, d) = (shadow .+= d; nothing)
add_to!(shadow::Base.RefValue, d) = (shadow[] += d; nothing)
"The tangent of a struct goes to its fields, each where it has memory."
add_to!(shadow, d::ChainRulesCore.Tangent) = add_to!(shadow, ChainRulesCore.backing(d))
add_to!(shadow, d::NamedTuple) = foreach((name, part) -> add_part!(shadow, name, ChainRulesCore.unthunk(part)), keys(d), values(d))
add_to!(shadow, d::Tuple) = foreach((k, part) -> add_part!(shadow, k, ChainRulesCore.unthunk(part)), ntuple(identity, Val(length(d))), d)
add_part!(shadow, name, ::Union{Nothing,ChainRulesCore.AbstractZero}) = nothing
add_part!(shadow, name, d) = add_to!(getfield(shadow, name), d)
add_part!(shadow, name, d::Number) = (setfield!(shadow, name, getfield(shadow, name) + d); nothing)

# ---- Rules of ChainRulesCore

tangent_in(a::Const) = ChainRulesCore.NoTangent()
tangent_in(a::Annotation) = a.dval
function imported_forward(config, func, ::Type{R}, args) where {R}
    y, tangent = pushed_by_frule(func, args, Val(width(config)))
    needs_shadow(config) || return given_primal(config, y)
    needs_primal(config) ? with_tangents(y, tangent, Val(width(config))) : tangent
end
function pushed_by_frule(func, args, ::Val{1})
    result = ChainRulesCore.frule((tangent_in(func), map(tangent_in, args)...), func.val, map(value_of, args)...)
    result === nothing && error("`frule` has no method for this call of ", func.val)
    y, dy = result
    (y, plain_tangent(y, ChainRulesCore.unthunk(dy)))
end
function pushed_by_frule(func, args, ::Val{N}) where {N}
    runs = __ntuple(k -> pushed_by_frule(only_shadow(func, k), map(a -> only_shadow(a, k), args), Val(1)), Val(N))
    (runs[1][1], map(last, runs))
end
plain_tangent(y, ::ChainRulesCore.AbstractZero) = __zero_shadow(y)
plain_tangent(y, dy) = dy

imported_augmented(config, func, ::Type{R}, args; kwargs...) where {R} =
    recorded_augmented(config, func.val, ChainRulesCore.rrule(func.val, map(value_of, args)...; kwargs...))
"What is kept of the value and the pullback that a rule gave for a call of `f`."
function recorded_augmented(config, f, result)
    result === nothing && error("`rrule` has no method for this call of ", f)
    y, pullback = result
    dy = needs_shadow(config) ? make_shadows(y, Val(width(config))) : nothing
    AugmentedReturn(given_primal(config, y), dy, (pullback, dy))
end
imported_reverse(config, func, returned, tape, args) = Base.tail(chain_adjoints(returned, tape, (func, args...), Val(width(config))))
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
