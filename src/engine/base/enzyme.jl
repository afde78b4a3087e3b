# What a program sees of Enzyme.
module Enzyme

using ..EnzymeCore
using ..EnzymeErrors
using ..EnzymeAutodiff
using ..EnzymeSugar
using ..EnzymeTupleArrays
using ..EnzymeRules

export Annotation, Const, Active, Duplicated, DuplicatedNoNeed, BatchDuplicated, BatchDuplicatedNoNeed, MixedDuplicated, BatchMixedDuplicated
export EnzymeRules, BatchDuplicatedFunc
export Mode, ForwardMode, ReverseMode, ReverseModeSplit, FFIABI, InlineABI, NonGenABI
export Forward, ForwardWithPrimal, Reverse, ReverseWithPrimal, ReverseHolomorphic, ReverseHolomorphicWithPrimal
export ReverseSplitNoPrimal, ReverseSplitWithPrimal, ReverseSplitWidth, ReverseSplitModified
export WithPrimal, NoPrimal, needs_primal, runtime_activity, strong_zero
export set_runtime_activity, clear_runtime_activity, set_strong_zero, clear_strong_zero
export set_err_if_func_written, clear_err_if_func_written, set_abi
export autodiff, autodiff_deferred, autodiff_thunk, autodiff_deferred_thunk, tape_type, batch_size, get_func
export make_zero, make_zero!, remake_zero!, within_autodiff, ignore_derivatives, guess_activity
export gradient, gradient!, jacobian, hvp, hvp!, hvp_and_gradient!, onehot, chunkedonehot

"The names under which programs reach Enzyme's compiler: its exceptions, its switches, and what it says of types."
module Compiler
using ...EnzymeErrors
import ...EnzymeAutodiff
export VERBOSE_ERRORS
"More in messages; this engine says all it knows, and `adrepro --verbose-errors` shows the stages."
const VERBOSE_ERRORS = Ref(false)
"Stop at the first NaN in a derivative; accepted and not acted upon."
const CheckNan = Ref(false)

"How values of a type carry derivatives."
struct ActivityState
    value::Int64
end
const AnyState = ActivityState(0)
const ActiveState = ActivityState(1)
const DupState = ActivityState(2)
const MixedState = ActivityState(3)
Base.Int64(s::ActivityState) = s.value
Base.show(io::IO, s::ActivityState) = print(io, ("AnyState", "ActiveState", "DupState", "MixedState")[s.value + 1])
state(::Val{N}) where {N} = ActivityState(N)
"The state of a type: constant, by value, by reference, or both."
active_reg(::Type{T}, world = nothing) where {T} = state(EnzymeAutodiff.activity(T))
active_reg_nothrow(::Type{T}, world = nothing) where {T} = active_reg(T)
active_reg_inner(::Type{T}, seen = (), world = nothing, rest...) where {T} = active_reg(T)
"Can a value of this type carry no derivative?"
guaranteed_const(::Type{T}, world = nothing) where {T} = active_reg(T) == AnyState
guaranteed_const_nongen(::Type{T}, world = nothing) where {T} = active_reg(T) == AnyState
end

"Enzyme's switches. This engine has none of the limits that they work around; strong zeros are part of a mode."
module API
strictAliasing!(on) = nothing
runtimeActivity!(on) = nothing
looseTypeAnalysis!(on) = nothing
typeWarning!(on) = nothing
maxtypeoffset!(n) = nothing
maxtypedepth!(n) = nothing
printall!(on) = nothing
printtype!(on) = nothing
printactivity!(on) = nothing
inlineall!(on) = nothing
instname!(on) = nothing
printperf!(on) = nothing
fast_math!(on) = nothing
strong_zero!(on) = nothing
end

end
