# Rules that programs write for functions, as in EnzymeCore.EnzymeRules, and how a derivative calls them.

"Calls the forward rule for a function with these values and shadows: the primal result and its shadow."
function __rule_forward end
"Calls the augmented primal of a rule: the result, its shadow, and what is kept for the reverse sweep."
function __rule_augmented end
"Calls the reverse sweep of a rule: what each argument receives, the function's own first."
function __rule_reverse end
"The same two for an rrule of the program."
function __chain_augmented end
function __tracked_augmented end
function __chain_reverse end
"What the pullback of an rrule gives: only asked for its type."
function __chain_parts end
"Fails for a rule that is reached with a keyword that carries a derivative."
function __rule_active_keywords end

module EnzymeRules

using ..EnzymeCore
import ..EnzymeCore: needs_primal, runtime_activity, strong_zero, tape_type
using ..EnzymeErrors
using ..EnzymeAutodiff

export FwdConfig, RevConfig, FwdConfigWidth, RevConfigWidth, Config, ConfigWidth, AugmentedReturn, AugmentedReturnFlexShadow
export needs_primal, needs_shadow, width, overwritten, runtime_activity, strong_zero
export primal_type, shadow_type, tape_type, forward_rule_return_type, augmented_rule_return_type

"What forward mode asks of a rule: the primal result, its shadow, how many shadows at once."
struct FwdConfig{NeedsPrimal,NeedsShadow,Width,RuntimeActivity,StrongZero} end
"A FwdConfig of this width."
const FwdConfigWidth{Width} = FwdConfig{<:Any,<:Any,Width}

"The same for reverse mode, and which arguments (the function first) may be overwritten between the two sweeps."
struct RevConfig{NeedsPrimal,NeedsShadow,Width,Overwritten,RuntimeActivity,StrongZero} end
"A RevConfig of this width."
const RevConfigWidth{Width} = RevConfig{<:Any,<:Any,Width}
"Older names of the same."
const Config = RevConfig
const ConfigWidth{Width} = RevConfig{<:Any,<:Any,Width}

"Is the primal result asked for?"
needs_primal(::FwdConfig{P}) where {P} = P
needs_primal(::RevConfig{P}) where {P} = P
"Is a shadow of the result asked for?"
needs_shadow(::FwdConfig{P,S}) where {P,S} = S
needs_shadow(::RevConfig{P,S}) where {P,S} = S
"How many shadows go with each value."
width(::FwdConfig{P,S,W}) where {P,S,W} = W
width(::RevConfig{P,S,W}) where {P,S,W} = W
"Which arguments, the function first, may be overwritten before the reverse sweep."
overwritten(::RevConfig{P,S,W,O}) where {P,S,W,O} = O
runtime_activity(::FwdConfig{P,S,W,R}) where {P,S,W,R} = R
runtime_activity(::RevConfig{P,S,W,O,R}) where {P,S,W,O,R} = R
strong_zero(::FwdConfig{P,S,W,R,Z}) where {P,S,W,R,Z} = Z
strong_zero(::RevConfig{P,S,W,O,R,Z}) where {P,S,W,O,R,Z} = Z

"What an augmented primal gives: the result, its shadow, and what the reverse sweep needs; nothing for what is not asked for."
struct AugmentedReturn{PrimalType,ShadowType,TapeType}
    primal::PrimalType
    shadow::ShadowType
    tape::TapeType
end
"The same with a shadow type that is not the result's own."
struct AugmentedReturnFlexShadow{PrimalType,ShadowType,TapeType}
    primal::PrimalType
    shadow::ShadowType
    tape::TapeType
end

"The type of the primal result in what a rule returns."
primal_type(::Type{<:AugmentedReturn{P}}) where {P} = P
primal_type(config, ::Type{<:Annotation{T}}) where {T} = needs_primal(config) ? T : Nothing
"The type of the shadow in what a rule returns."
shadow_type(::Type{<:AugmentedReturn{P,S}}) where {P,S} = S
function shadow_type(config, ::Type{<:Annotation{T}}) where {T}
    needs_shadow(config) || return Nothing
    width(config) == 1 ? T : NTuple{width(config),T}
end
"The type of what an augmented primal keeps."
tape_type(::Type{<:AugmentedReturn{P,S,T}}) where {P,S,T} = T
tape_type(::A) where {A<:AugmentedReturn} = tape_type(A)

"What an augmented primal for this configuration and result must return, given the type of what it keeps."
augmented_rule_return_type(config, ::Type{R}) where {R<:Annotation} = augmented_rule_return_type(config, R, Any)
function augmented_rule_return_type(config, ::Type{R}, ::Type{T}) where {R<:Annotation,T}
    AugmentedReturn{primal_type(config, R),shadow_type(config, R),T}
end
"What a forward rule for this configuration and result must return."
function forward_rule_return_type(config, ::Type{R}) where {T,R<:Annotation{T}}
    needs_shadow(config) || return primal_type(config, R)
    needs_primal(config) || return shadow_type(config, R)
    width(config) == 1 ? Duplicated{T} : BatchDuplicated{T,width(config)}
end

"Rule for forward mode: methods `forward(config, f, ReturnActivity, args...)` on annotated values."
function forward end
"Rule for reverse mode, first sweep: methods give an `AugmentedReturn`."
function augmented_primal end
"Rule for reverse mode, second sweep: methods give a tuple with one entry for each argument."
function reverse end
"Calls that match a method of this carry no derivative."
function inactive end
"The same; such calls are never inlined, and here none is."
function inactive_noinl end
"Keywords of calls that match a method of this carry no derivative."
function inactive_kwarg end
"Arguments of calls that match a method of this carry no derivative."
function inactive_arg end
"Results of calls that match a method of this are memory that nothing else refers to."
function noalias end
"Methods of this say for which calls `@easy_rule` has written rules."
function has_easy_rule end

"Has a call with these types (of the function first) a forward rule, under whatever annotations?"
has_frule_from_sig(::Type{S}, rest...; kwargs...) where {S} = __has_rule(:forward, S)
"The same for reverse mode."
has_rrule_from_sig(::Type{S}, rest...; kwargs...) where {S} = __has_rule(:augmented_primal, S)
"Does such a call carry no derivative?"
is_inactive_from_sig(::Type{S}, rest...; kwargs...) where {S} = __has_rule(:inactive, S)
is_inactive_noinl_from_sig(::Type{S}, rest...; kwargs...) where {S} = __has_rule(:inactive_noinl, S)
"Are its keywords, or is its result, said to be so? Is that memory of nobody else? Was its rule written by `@easy_rule`?"
is_inactive_kwarg_from_sig(::Type{S}, rest...; kwargs...) where {S} = __has_rule(:inactive_kwarg, S)
is_inactive_arg_from_sig(::Type{S}, rest...; kwargs...) where {S} = __has_rule(:inactive_arg, S)
noalias_from_sig(::Type{S}, rest...; kwargs...) where {S} = __has_rule(:noalias, S)
has_easy_rule_from_sig(::Type{S}, rest...; kwargs...) where {S} = __has_rule(:has_easy_rule, S)

"Is every value of this type constant? Programs add methods for their types."
inactive_type(::Type) = false

end

module EnzymeRuleCalls

using ..EnzymeCore
using ..EnzymeErrors
using ..EnzymeAutodiff
using ..EnzymeRules

"An argument of a forward rule, with so many shadows."
tangent_argument(width, x, ::Nothing) = Const(x)
tangent_argument(width, x, dx) = with_tangents_of(width, x, dx)
with_tangents_of(::Val{1}, x, dx) = Duplicated(x, dx, false)
with_tangents_of(::Val, x, dx) = BatchDuplicated(x, dx, false)

"An argument of a reverse rule: its annotation follows from how its type carries derivatives."
adjoint_argument(width, x, ::Nothing) = Const(x)
adjoint_argument(width, x, dx) = adjoint_argument(width, x, dx, EnzymeAutodiff.activity(typeof(x)))
adjoint_argument(width, x, dx, ::Val{1}) = Active(x)
adjoint_argument(width, x, dx, ::Val) = with_tangents_of(width, x, dx)
adjoint_argument(width, x, dx, ::Val{3}) = with_mixed(width, x, dx)
with_mixed(::Val{1}, x, dx) = MixedDuplicated(x, Ref(dx), false)
with_mixed(::Val, x, dx) = BatchMixedDuplicated(x, map(Ref, dx), false)

"The activity of a result of type T in forward mode."
forward_return(width, ::Type{T}, ::Val, ::Val{0}) where {T} = Const{T}
forward_return(width, ::Type{T}, ::Val{P}, ::Val) where {T,P} = duplicated_return(width, T, Val(P))
duplicated_return(::Val{1}, ::Type{T}, ::Val{true}) where {T} = Duplicated{T}
duplicated_return(::Val{1}, ::Type{T}, ::Val{false}) where {T} = DuplicatedNoNeed{T}
duplicated_return(::Val{N}, ::Type{T}, ::Val{true}) where {T,N} = BatchDuplicated{T,N}
duplicated_return(::Val{N}, ::Type{T}, ::Val{false}) where {T,N} = BatchDuplicatedNoNeed{T,N}

"The activity of a result of type T in reverse mode."
reverse_return(width, ::Type{T}, ::Val) where {T} = duplicated_return(width, T, Val(true))
reverse_return(width, ::Type{T}, ::Val{0}) where {T} = Const{T}
reverse_return(width, ::Type{T}, ::Val{1}) where {T} = Active{T}
reverse_return(width, ::Type{T}, ::Val{3}) where {T} = throw(MixedReturnException(string(T)))

has_shadow(::Type{<:Const}) = Val(false)
has_shadow(::Type{<:Active}) = Val(false)
has_shadow(::Type{<:Annotation}) = Val(true)

forward_config(::Val{W}, ::Val{P}, ::Val{S}, ::Val{M}) where {W,P,S,M} = EnzymeRules.FwdConfig{P,S,W,M[1],M[2]}()
reverse_config(::Val{W}, ::Val{P}, ::Val{S}, ::Val{O}, ::Val{M}) where {W,P,S,O,M} = EnzymeRules.RevConfig{P,S,W,O,M[1],M[2]}()

"What a rule was asked for, in words."
function asked(config)
    words = EnzymeRules.needs_primal(config) ? EnzymeRules.needs_shadow(config) ? "primal and shadow" : "primal-only" : EnzymeRules.needs_shadow(config) ? "shadow-only" : "neither primal nor shadow"
    string(words, " (width ", EnzymeRules.width(config), ")")
end

function Base.__rule_forward(width, primal, modes, ::Type{T}, kwargs, values, shadows) where {T}
    R = forward_return(width, T, primal, EnzymeAutodiff.activity(T))
    config = forward_config(width, primal, has_shadow(R), modes)
    args = map((x, dx) -> tangent_argument(width, x, dx), values, shadows)
    forward_parts(config, R, EnzymeRules.forward(config, args[1], R, Base.tail(args)...; kwargs...))
end

forward_parts(::EnzymeRules.FwdConfig{true,true,1}, ::Type{<:Annotation{T}}, r::Duplicated{<:T}) where {T} = (r.val, r.dval)
forward_parts(::EnzymeRules.FwdConfig{true,true,N}, ::Type{<:Annotation{T}}, r::BatchDuplicated{<:T,N}) where {T,N} = (r.val, r.dval)
forward_parts(::EnzymeRules.FwdConfig{false,true,N}, ::Type{<:Union{BatchDuplicated{T},BatchDuplicatedNoNeed{T}}}, r::NTuple{N,T}) where {T,N} = (nothing, r)
forward_parts(::EnzymeRules.FwdConfig{true,false}, ::Type{<:Annotation{T}}, r::T) where {T} = (r, nothing)
forward_parts(::EnzymeRules.FwdConfig{false,true,1}, ::Type{<:Annotation{T}}, r::T) where {T} = (nothing, r)
forward_parts(::EnzymeRules.FwdConfig{false,false}, ::Type{<:Annotation{T}}, ::Nothing) where {T} = (nothing, nothing)
function forward_parts(config, ::Type{R}, r) where {R}
    throw(ForwardRuleReturnError(asked(config), string(typeof(r)), string(EnzymeRules.forward_rule_return_type(config, R))))
end

"How a result is handed to a rule: one of several types through memory, as in Enzyme."
returned_activity(::Type{T}) where {T} = T isa Union && EnzymeAutodiff.activity(T) !== Val(0) ? Val(2) : EnzymeAutodiff.activity(T)
function Base.__rule_augmented(width, primal, modes, overwritten, ::Type{T}, kwargs, values, shadows) where {T}
    R = reverse_return(width, T, returned_activity(T))
    config = reverse_config(width, primal, has_shadow(R), overwritten, modes)
    args = map((x, dx) -> adjoint_argument(width, x, dx), values, shadows)
    r = EnzymeRules.augmented_primal(config, args[1], R, Base.tail(args)...; kwargs...)
    isconcretetype(T) && return augmented_parts(config, R, r)
    # A call would be made for the types that its parts have then, so the shadow is not handed on.
    augmented_parts(config, R, r)
    keeps_adjoint(T, r)
    (r.primal, r.shadow, r.tape)
end
"""
Throws unless the shadow that a rule gave for a result of the type T, which leaves something open, is memory: to a number the adjoints
could not be added.
"""
keeps_adjoint(::Type{Any}, r) = has_numbers(typeof(r.shadow)) && !(r.tape isa Tuple{Any,OpenShadow}) && throw(MixedReturnException("Any"))
keeps_adjoint(::Type{T}, r) where {T} = has_numbers(typeof(r.shadow)) && throw(T isa Union ? UnionSretReturnException(string(T)) : MixedReturnException(string(T)))
has_numbers(::Type{T}) where {T} = EnzymeAutodiff.activity(T) in (Val(1), Val(3))

function augmented_parts(config, ::Type{R}, r::Union{EnzymeRules.AugmentedReturn,EnzymeRules.AugmentedReturnFlexShadow}) where {R}
    fits = r.primal isa EnzymeRules.primal_type(config, R) && r.shadow isa EnzymeRules.shadow_type(config, R)
    fits || augmented_misfit(config, R, typeof(r))
    (r.primal, r.shadow, r.tape)
end
augmented_parts(config, ::Type{R}, r) where {R} = augmented_misfit(config, R, typeof(r))
function augmented_misfit(config, ::Type{R}, found) where {R}
    throw(AugmentedRuleReturnError(asked(config), string(found), string(EnzymeRules.augmented_rule_return_type(config, R))))
end

function Base.__rule_reverse(width, primal, modes, overwritten, ::Type{T}, kwargs, values, shadows, seed, tape) where {T}
    R = reverse_return(width, T, returned_activity(T))
    config = reverse_config(width, primal, has_shadow(R), overwritten, modes)
    args = map((x, dx) -> adjoint_argument(width, x, dx), values, shadows)
    returned = EnzymeRules.reverse(config, args[1], returned_adjoint(R, seed), tape, Base.tail(args)...; kwargs...)
    received(config, args[1], Base.tail(args), returned)
end
Base.__chain_augmented(width, primal, modes, overwritten, ::Type{T}, kwargs, values, shadows) where {T} =
    chain_augmented(ChainRulesCore.rrule, (ChainRulesCore.ZygoteRuleConfig(), values...), width, primal, modes, overwritten, T, kwargs, values[1])
"The same for a rule that `@grad` wrote."
Base.__tracked_augmented(width, primal, modes, overwritten, ::Type{T}, kwargs, values, shadows) where {T} =
    chain_augmented(ReverseDiff.tracked_rule, values, width, primal, modes, overwritten, T, kwargs, values[1])
"What the rule gave is not handed on: a call would be made for the types that its parts have then, and open parts must stay so."
function chain_augmented(rule, arguments, width, primal, modes, overwritten, ::Type{T}, kwargs, f) where {T}
    R = chain_return(width, T, EnzymeAutodiff.activity(T))
    config = reverse_config(width, primal, has_shadow(R), overwritten, modes)
    result = rule(arguments...; kwargs...)
    result === nothing && error("`rrule` has no method for this call of ", f)
    y, pullback = result
    dy = EnzymeRules.needs_shadow(config) ? make_shadows(y, width) : nothing
    isconcretetype(T) && return (given_primal(config, y), dy, (pullback, dy))
    S = OpenShadow{EnzymeRules.shadow_type(config, R)}
    open = S(dy)::S
    (given_primal(config, y), open.val, (pullback, open))
end
function Base.__chain_reverse(width, primal, modes, overwritten, ::Type{T}, kwargs, values, shadows, seed, tape) where {T}
    args = map((x, dx) -> adjoint_argument(width, x, dx), values, shadows)
    map(total_received, args, chain_adjoints(chain_adjoint(T, seed, opened(tape[2])), tape, args))
end
function Base.__chain_parts(::Type{T}, kwargs, values, seed) where {T}
    y, pullback = ChainRulesCore.rrule(ChainRulesCore.ZygoteRuleConfig(), values...; kwargs...)
    dy = make_shadows(y, Val(1))
    pullback(adjoint_of(chain_adjoint(T, seed, dy), dy))
end
"An rrule may have a result that holds both numbers and memory: the adjoints of the ones are in the seed, those of the others in the shadow."
chain_return(width, ::Type{T}, activity::Val) where {T} = reverse_return(width, T, activity)
chain_return(width, ::Type{T}, ::Val{3}) where {T} = Duplicated{T}
chain_adjoint(::Type{T}, seed, dy, activity::Val) where {T} = returned_adjoint(reverse_return(Val(1), T, activity), seed)
chain_adjoint(::Type{T}, seed, dy, ::Val{3}) where {T} = WholeAdjoint(whole_adjoint(seed, dy))
chain_adjoint(::Type{T}, seed, dy) where {T} = isconcretetype(T) ? chain_adjoint(T, seed, dy, EnzymeAutodiff.activity(T)) : WholeAdjoint(or_zero_tangent(open_adjoint(seed, dy)))
"Of a type that leaves something open: the seed of what is in a box is `nothing`, and its adjoint in the shadow."
open_adjoint(seed::Tuple, dy::Tuple) = map(open_adjoint, seed, dy)
open_adjoint(seed::NamedTuple{names}, dy::NamedTuple) where {names} = NamedTuple{names}(open_adjoint(Tuple(seed), Tuple(dy)))
open_adjoint(::Nothing, dy) = dy
open_adjoint(::Nothing, dy::Integer) = zero(dy)
open_adjoint(seed::Integer, dy) = zero(seed)
open_adjoint(seed, dy) = whole_part(seed, dy, EnzymeAutodiff.activity(typeof(seed)))
or_zero_tangent(d) = d
or_zero_tangent(::Nothing) = ChainRulesCore.ZeroTangent()
struct WholeAdjoint{T}
    val::T
end
adjoint_of(returned::WholeAdjoint, dy) = returned.val
whole_adjoint(seed::Tuple, dy::Tuple) = map((s, d) -> whole_part(s, d, EnzymeAutodiff.activity(typeof(s))), seed, dy)
whole_adjoint(seed::NamedTuple{names}, dy::NamedTuple) where {names} = NamedTuple{names}(whole_adjoint(Tuple(seed), Tuple(dy)))
whole_adjoint(seed::T, dy) where {T} = ChainRulesCore.Tangent{T}(; whole_adjoint(fields_of(seed), fields_of(dy))...)
fields_of(x::T) where {T} = NamedTuple{fieldnames(T)}(Base.__ntuple(i -> getfield(x, i), Val(fieldcount(T))))
whole_part(s, d, ::Val{1}) = s
whole_part(s, d, ::Val) = d
whole_part(s, d, ::Val{3}) = whole_adjoint(s, d)
total_received(a::Annotation, d) = d
total_received(a::MixedDuplicated, d) = a.dval[]
returned_adjoint(::Type{R}, seed) where {R} = R
returned_adjoint(::Type{<:Active}, seed) = Active(seed)

"One entry for each argument, that of the function first when it is a number itself."
received(config, f::Active, args::Tuple, r::Tuple) = received_all(config, (f, args...), r, r)
received(config, f, args::Tuple, r::Tuple) = (received_by_function(f), received_all(config, args, r, r)...)
received(config, f, args::Tuple, r) = reverse_misfit(config, args, r)
received_by_function(f::Annotation) = nothing
received_by_function(f::MixedDuplicated) = f.dval[]
received_by_function(f::BatchMixedDuplicated) = map(getindex, f.dval)
received_all(config, args::Tuple, r::Tuple, all) = length(args) == length(r) ? map((a, x) -> received_by(config, a, x, all), args, r) : reverse_misfit(config, args, all)
received_by(config, a::Active{T}, x::T, all) where {T} = EnzymeRules.width(config) == 1 ? x : reverse_misfit(config, (a,), all)
received_by(config, a::Active{T}, x::NTuple{N,T}, all) where {T,N} = N == EnzymeRules.width(config) && N > 1 ? x : reverse_misfit(config, (a,), all)
received_by(config, a::MixedDuplicated, ::Nothing, all) = a.dval[]
received_by(config, a::BatchMixedDuplicated, ::Nothing, all) = map(getindex, a.dval)
received_by(config, a::Annotation, ::Nothing, all) = nothing
received_by(config, a::Active, ::Nothing, all) = reverse_misfit(config, (a,), all)
received_by(config, a::Active, x, all) = reverse_misfit(config, (a,), all)
received_by(config, a::Annotation, x, all) = reverse_misfit(config, (a,), all)
reverse_misfit(config, args, r) = throw(ReverseRuleReturnError(string(typeof(r)), string(map(a -> expected_adjoint(config, a), args))))
expected_adjoint(config, ::Active{T}) where {T} = EnzymeRules.width(config) == 1 ? T : NTuple{EnzymeRules.width(config),T}
expected_adjoint(config, ::Annotation) = Nothing

function Base.__rule_active_keywords(name)
    throw(NonConstantKeywordArgException(string(name)))
end

end
