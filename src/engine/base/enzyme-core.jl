# Annotations say how an argument takes part in a derivative; modes say which derivative is wanted. Names as in EnzymeCore.jl.
module EnzymeCore

export Annotation, Const, Active, Duplicated, DuplicatedNoNeed, BatchDuplicated, BatchDuplicatedNoNeed, MixedDuplicated, BatchMixedDuplicated
export BatchDuplicatedFunc, batch_size, get_func
export autodiff, autodiff_deferred, autodiff_thunk, autodiff_deferred_thunk, tape_type
export make_zero, make_zero!, remake_zero!, within_autodiff, ignore_derivatives
export Mode, ForwardMode, ReverseMode, ReverseModeSplit, FFIABI, InlineABI, NonGenABI
export Forward, ForwardWithPrimal, Reverse, ReverseWithPrimal, ReverseHolomorphic, ReverseHolomorphicWithPrimal
export ReverseSplitNoPrimal, ReverseSplitWithPrimal, ReverseSplitWidth, ReverseSplitModified
export WithPrimal, NoPrimal, needs_primal, runtime_activity, strong_zero
export set_runtime_activity, clear_runtime_activity, set_strong_zero, clear_strong_zero
export set_err_if_func_written, clear_err_if_func_written, set_abi

# What packages extend or call through EnzymeCore alone; defined with the rest of Enzyme.
function autodiff end
function autodiff_deferred end
function autodiff_thunk end
function autodiff_deferred_thunk end
function tape_type end
function make_zero end
function make_zero! end
function remake_zero! end
function within_autodiff end
function ignore_derivatives end

"How an argument or a result takes part in a derivative."
abstract type Annotation{T} end

"Not differentiated: everything read from it is constant."
struct Const{T} <: Annotation{T}
    val::T
end

"A float, or an immutable of floats, whose adjoint reverse mode returns."
struct Active{T} <: Annotation{T}
    val::T
    Active(x::T) where {T} = new{T}(x)
end
Active(x::Integer) = Active(float(x))
Active(x::Array) = throw_hinted("misuse.active-array", ErrorException(string("Unsupported Active{", typeof(x), "}, consider Duplicated or Const")), string(typeof(x)))

"Throws an exception, and says which common mistake is behind it, and what was found where something else is expected."
function throw_hinted(code::String, e, found::String="")
    Intrinsics.ad_hint(e, isempty(found) ? code : string(code, " ", found))
    throw(e)
end

"Fails unless a shadow can stand beside its primal."
congruent(x, dx) = nothing
function congruent(x::AbstractArray, dx::AbstractArray)
    size(x) == size(dx) || throw_hinted("misuse.shadow-size", AssertionError("Values of sizes $(size(x)) and $(size(dx)) are not congruent"), "$(size(x)) and $(size(dx))")
    nothing
end

"A value and its shadow: forward mode reads the tangent from it, reverse mode adds the adjoint to it."
struct Duplicated{T} <: Annotation{T}
    val::T
    dval::T
    function Duplicated(x::T, dx::T, check::Bool = true) where {T}
        check && congruent(x, dx)
        new{T}(x, dx)
    end
end

"As Duplicated, but the primal may be left uncomputed."
struct DuplicatedNoNeed{T} <: Annotation{T}
    val::T
    dval::T
    function DuplicatedNoNeed(x::T, dx::T, check::Bool = true) where {T}
        check && congruent(x, dx)
        new{T}(x, dx)
    end
end

"A value and N shadows, for N derivatives in one call."
struct BatchDuplicated{T,N} <: Annotation{T}
    val::T
    dval::NTuple{N,T}
    function BatchDuplicated(x::T, dx::NTuple{N,T}, check::Bool = true) where {T,N}
        check && foreach(d -> congruent(x, d), dx)
        new{T,N}(x, dx)
    end
end

"As BatchDuplicated, but the primal may be left uncomputed."
struct BatchDuplicatedNoNeed{T,N} <: Annotation{T}
    val::T
    dval::NTuple{N,T}
    function BatchDuplicatedNoNeed(x::T, dx::NTuple{N,T}, check::Bool = true) where {T,N}
        check && foreach(d -> congruent(x, d), dx)
        new{T,N}(x, dx)
    end
end

"A value that holds both floats and references; its shadow is in a Ref, where the floats' adjoints are added."
struct MixedDuplicated{T} <: Annotation{T}
    val::T
    dval::Base.RefValue{T}
    MixedDuplicated(x::T, dx::Base.RefValue{T}, check::Bool = true) where {T} = new{T}(x, dx)
end

"As MixedDuplicated, with N shadows."
struct BatchMixedDuplicated{T,N} <: Annotation{T}
    val::T
    dval::NTuple{N,Base.RefValue{T}}
    BatchMixedDuplicated(x::T, dx::NTuple{N,Base.RefValue{T}}, check::Bool = true) where {T,N} = new{T,N}(x, dx)
end

"A value and a function that makes its N shadows."
struct BatchDuplicatedFunc{T,N,Func} <: Annotation{T}
    val::T
end
get_func(::BatchDuplicatedFunc{T,N,Func}) where {T,N,Func} = Func
get_func(::Type{<:BatchDuplicatedFunc{T,N,Func}}) where {T,N,Func} = Func

"The number of shadows that go with each of these annotated arguments: the same for all."
batch_size(::BatchDuplicated{T,N}) where {T,N} = N
batch_size(::BatchDuplicatedNoNeed{T,N}) where {T,N} = N
batch_size(::BatchMixedDuplicated{T,N}) where {T,N} = N
batch_size(::BatchDuplicatedFunc{T,N}) where {T,N} = N
batch_size(::Annotation) = 1
batch_size(::Type{<:BatchDuplicated{T,N}}) where {T,N} = N
batch_size(::Type{<:BatchDuplicatedNoNeed{T,N}}) where {T,N} = N
batch_size(::Type{<:BatchMixedDuplicated{T,N}}) where {T,N} = N
batch_size(::Type{<:BatchDuplicatedFunc{T,N}}) where {T,N} = N
batch_size(::Type{<:Annotation}) = 1

Base.eltype(::Type{<:Annotation{T}}) where {T} = T
Base.eltype(::Annotation{T}) where {T} = T

abstract type ABI end
"What the front doors of other packages ask for in place of a calling convention: whose rules are followed, besides the library's own. Those of Enzyme otherwise."
abstract type RulesOf <: ABI end
struct ChainRulesOnly <: RulesOf end
struct TrackedRulesOnly <: RulesOf end
struct LibraryRulesOnly <: RulesOf end
"The name of that for the derivative builtins."
rules_of(::Type) = :enzyme
rules_of(::Type{ChainRulesOnly}) = :chain
rules_of(::Type{TrackedRulesOnly}) = :tracked
rules_of(::Type{LibraryRulesOnly}) = :library
struct FFIABI <: ABI end
struct InlineABI <: ABI end
struct NonGenABI <: ABI end

"Which derivative: its parameters are what the modifiers below set."
abstract type Mode end
struct ForwardMode{ReturnPrimal,ABI,ErrIfFuncWritten,RuntimeActivity,StrongZero} <: Mode end
struct ReverseMode{ReturnPrimal,RuntimeActivity,StrongZero,ABI,Holomorphic,ErrIfFuncWritten} <: Mode end
struct ReverseModeSplit{ReturnPrimal,ReturnShadow,Width,RuntimeActivity,StrongZero,ModifiedBetween,ABI,Holomorphic,ErrIfFuncWritten,ShadowInit} <: Mode end

const Forward = ForwardMode{false,FFIABI,false,false,false}()
const ForwardWithPrimal = ForwardMode{true,FFIABI,false,false,false}()
const Reverse = ReverseMode{false,false,false,FFIABI,false,false}()
const ReverseWithPrimal = ReverseMode{true,false,false,FFIABI,false,false}()
const ReverseHolomorphic = ReverseMode{false,false,false,FFIABI,true,false}()
const ReverseHolomorphicWithPrimal = ReverseMode{true,false,false,FFIABI,true,false}()
const ReverseSplitNoPrimal = ReverseModeSplit{false,true,0,false,false,true,FFIABI,false,false,false}()
const ReverseSplitWithPrimal = ReverseModeSplit{true,true,0,false,false,true,FFIABI,false,false,false}()

"The same mode, also returning the primal value."
WithPrimal(::ForwardMode{P,A,E,R,Z}) where {P,A,E,R,Z} = ForwardMode{true,A,E,R,Z}()
WithPrimal(::ReverseMode{P,R,Z,A,H,E}) where {P,R,Z,A,H,E} = ReverseMode{true,R,Z,A,H,E}()
WithPrimal(::ReverseModeSplit{P,S,W,R,Z,M,A,H,E,I}) where {P,S,W,R,Z,M,A,H,E,I} = ReverseModeSplit{true,S,W,R,Z,M,A,H,E,I}()

"The same mode without the primal value."
NoPrimal(::ForwardMode{P,A,E,R,Z}) where {P,A,E,R,Z} = ForwardMode{false,A,E,R,Z}()
NoPrimal(::ReverseMode{P,R,Z,A,H,E}) where {P,R,Z,A,H,E} = ReverseMode{false,R,Z,A,H,E}()
NoPrimal(::ReverseModeSplit{P,S,W,R,Z,M,A,H,E,I}) where {P,S,W,R,Z,M,A,H,E,I} = ReverseModeSplit{false,S,W,R,Z,M,A,H,E,I}()

"Is the primal value returned too?"
needs_primal(::ForwardMode{P}) where {P} = P
needs_primal(::ReverseMode{P}) where {P} = P
needs_primal(::ReverseModeSplit{P}) where {P} = P

"Is runtime activity on?"
runtime_activity(::ForwardMode{P,A,E,R}) where {P,A,E,R} = R
runtime_activity(::ReverseMode{P,R}) where {P,R} = R
runtime_activity(::ReverseModeSplit{P,S,W,R}) where {P,S,W,R} = R

"Is 0 times infinity 0 in the chain rule?"
strong_zero(::ForwardMode{P,A,E,R,Z}) where {P,A,E,R,Z} = Z
strong_zero(::ReverseMode{P,R,Z}) where {P,R,Z} = Z
strong_zero(::ReverseModeSplit{P,S,W,R,Z}) where {P,S,W,R,Z} = Z

"The same mode with runtime activity on, or as given, or as in another mode. This engine needs it nowhere and accepts it."
set_runtime_activity(mode::Mode) = set_runtime_activity(mode, Val(true))
set_runtime_activity(mode::Mode, on::Bool) = on ? set_runtime_activity(mode, Val(true)) : set_runtime_activity(mode, Val(false))
set_runtime_activity(mode::Mode, other::Mode) = set_runtime_activity(mode, Val(runtime_activity(other)))
set_runtime_activity(::ForwardMode{P,A,E,R,Z}, ::Val{V}) where {P,A,E,R,Z,V} = ForwardMode{P,A,E,V,Z}()
set_runtime_activity(::ReverseMode{P,R,Z,A,H,E}, ::Val{V}) where {P,R,Z,A,H,E,V} = ReverseMode{P,V,Z,A,H,E}()
function set_runtime_activity(::ReverseModeSplit{P,S,W,R,Z,M,A,H,E,I}, ::Val{V}) where {P,S,W,R,Z,M,A,H,E,I,V}
    ReverseModeSplit{P,S,W,V,Z,M,A,H,E,I}()
end
"The same mode with runtime activity off."
clear_runtime_activity(mode::Mode) = set_runtime_activity(mode, Val(false))

"The same mode with strong zeros on, or as given, or as in another mode."
set_strong_zero(mode::Mode) = set_strong_zero(mode, Val(true))
set_strong_zero(mode::Mode, on::Bool) = on ? set_strong_zero(mode, Val(true)) : set_strong_zero(mode, Val(false))
set_strong_zero(mode::Mode, other::Mode) = set_strong_zero(mode, Val(strong_zero(other)))
set_strong_zero(::ForwardMode{P,A,E,R,Z}, ::Val{V}) where {P,A,E,R,Z,V} = ForwardMode{P,A,E,R,V}()
set_strong_zero(::ReverseMode{P,R,Z,A,H,E}, ::Val{V}) where {P,R,Z,A,H,E,V} = ReverseMode{P,R,V,A,H,E}()
function set_strong_zero(::ReverseModeSplit{P,S,W,R,Z,M,A,H,E,I}, ::Val{V}) where {P,S,W,R,Z,M,A,H,E,I,V}
    ReverseModeSplit{P,S,W,R,V,M,A,H,E,I}()
end
"The same mode with strong zeros off."
clear_strong_zero(mode::Mode) = set_strong_zero(mode, Val(false))

"The same mode, failing when the function object itself is written to."
set_err_if_func_written(mode::Mode) = set_err_if_func_written(mode, Val(true))
set_err_if_func_written(mode::Mode, on::Bool) = on ? set_err_if_func_written(mode, Val(true)) : set_err_if_func_written(mode, Val(false))
set_err_if_func_written(::ForwardMode{P,A,E,R,Z}, ::Val{V}) where {P,A,E,R,Z,V} = ForwardMode{P,A,V,R,Z}()
set_err_if_func_written(::ReverseMode{P,R,Z,A,H,E}, ::Val{V}) where {P,R,Z,A,H,E,V} = ReverseMode{P,R,Z,A,H,V}()
function set_err_if_func_written(::ReverseModeSplit{P,S,W,R,Z,M,A,H,E,I}, ::Val{V}) where {P,S,W,R,Z,M,A,H,E,I,V}
    ReverseModeSplit{P,S,W,R,Z,M,A,H,V,I}()
end
"The same mode, letting the function object be written to."
clear_err_if_func_written(mode::Mode) = set_err_if_func_written(mode, Val(false))

"The same mode for another calling convention; this engine has one, and the mode says which was asked for."
set_abi(::ForwardMode{P,A,E,R,Z}, ::Type{N}) where {P,A,E,R,Z,N<:ABI} = ForwardMode{P,N,E,R,Z}()
set_abi(::ReverseMode{P,R,Z,A,H,E}, ::Type{N}) where {P,R,Z,A,H,E,N<:ABI} = ReverseMode{P,R,Z,N,H,E}()
set_abi(::ReverseModeSplit{P,S,W,R,Z,M,A,H,E,I}, ::Type{N}) where {P,S,W,R,Z,M,A,H,E,I,N<:ABI} = ReverseModeSplit{P,S,W,R,Z,M,N,H,E,I}()

"Split mode for a fixed number of shadows."
ReverseSplitWidth(::ReverseModeSplit{P,S,W,R,Z,M,A,H,E,I}, ::Val{V}) where {P,S,W,R,Z,M,A,H,E,I,V} = ReverseModeSplit{P,S,V,R,Z,M,A,H,E,I}()
"Split mode that is told which arguments are overwritten between the sweeps."
ReverseSplitModified(::ReverseModeSplit{P,S,W,R,Z,M,A,H,E,I}, ::Val{V}) where {P,S,W,R,Z,M,A,H,E,I,V} = ReverseModeSplit{P,S,W,R,Z,V,A,H,E,I}()

"The split mode of a combined one: with a shadow of the result or not, for how many shadows, and what is overwritten between the sweeps."
function Split(::ReverseMode{P,R,Z,A,H,E}, ::Val{S} = Val(true), ::Val{W} = Val(0), ::Val{M} = Val(true), ::Val{I} = Val(false)) where {P,R,Z,A,H,E,S,W,M,I}
    ReverseModeSplit{P,S,W,R,Z,M,A,H,E,I}()
end
"The combined mode of a split one."
function Combined(::ReverseModeSplit{P,S,W,R,Z,M,A,H,E,I}) where {P,S,W,R,Z,M,A,H,E,I}
    ReverseMode{P,R,Z,A,H,E}()
end

end
