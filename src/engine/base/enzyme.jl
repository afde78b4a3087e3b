# What a program sees of Enzyme.
module Enzyme

using ..EnzymeCore
using ..EnzymeErrors
using ..EnzymeAutodiff
using ..EnzymeSugar
using ..EnzymeRules

export Annotation, Const, Active, Duplicated, DuplicatedNoNeed, BatchDuplicated, BatchDuplicatedNoNeed, MixedDuplicated
export Mode, ForwardMode, ReverseMode, ReverseModeSplit, FFIABI, InlineABI, NonGenABI
export Forward, ForwardWithPrimal, Reverse, ReverseWithPrimal, ReverseHolomorphic, ReverseHolomorphicWithPrimal
export ReverseSplitNoPrimal, ReverseSplitWithPrimal, ReverseSplitWidth, ReverseSplitModified
export WithPrimal, NoPrimal, needs_primal, runtime_activity, strong_zero
export set_runtime_activity, clear_runtime_activity, set_strong_zero, clear_strong_zero
export set_err_if_func_written, clear_err_if_func_written, set_abi
export autodiff, autodiff_deferred, autodiff_thunk, autodiff_deferred_thunk, tape_type, batch_size, get_func
export make_zero, make_zero!, remake_zero!, within_autodiff, ignore_derivatives, guess_activity
export gradient, gradient!, jacobian, hvp, hvp!, hvp_and_gradient!, onehot, chunkedonehot

"The names under which programs reach Enzyme's compiler: its exceptions and its switch for long messages."
module Compiler
using ...EnzymeErrors
const VERBOSE_ERRORS = Ref(false)
const CheckNan = Ref(false)
end

"Enzyme's switches. This engine has none of the limits that they work around."
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
strong_zero!(on) = on ? error("Strong zeros are not supported by this engine") : nothing
end

end
