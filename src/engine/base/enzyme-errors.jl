# The exceptions Enzyme throws for mistakes in its use, and the types of those that its compiler throws. Names as in Enzyme.jl.
module EnzymeErrors

export EnzymeError, CompilationException, NonInferredActiveReturn, NoDerivativeException, IllegalTypeAnalysisException
export IllegalFirstPointerException, EnzymeInternalError, EnzymeRuntimeException, EnzymeRuntimeExceptionMI, EnzymeMutabilityException
export EnzymeRuntimeActivityError, EnzymeNoTypeError, EnzymeNoShadowError, EnzymeNoDerivativeError
export EnzymeNonScalarReturnException, ThunkCallError
export CustomRuleError, NonConstantKeywordArgException, CallingConventionMismatchError, ForwardRuleReturnError
export AugmentedRuleReturnError, ReverseRuleReturnError, MixedReturnException, UnionSretReturnException

abstract type EnzymeError <: Exception end
abstract type CompilationException <: EnzymeError end

"The requested return activity is laid out differently from the type the function returns."
struct NonInferredActiveReturn <: CompilationException
    actual::String
    requested::String
end

"What a custom rule may do wrong; not an EnzymeError."
abstract type CustomRuleError <: Exception end
"A custom rule was reached with a keyword argument that carries a derivative."
struct NonConstantKeywordArgException <: CustomRuleError
    name::String
end
struct CallingConventionMismatchError <: CustomRuleError
    msg::String
end
"A forward rule returned another type than its configuration asks for."
struct ForwardRuleReturnError <: CustomRuleError
    asked::String
    found::String
    expected::String
end
"An augmented primal returned another type than its configuration asks for."
struct AugmentedRuleReturnError <: CustomRuleError
    asked::String
    found::String
    expected::String
end
"A reverse rule did not return one adjoint for each active argument and `nothing` for the others."
struct ReverseRuleReturnError <: CustomRuleError
    found::String
    expected::String
end
"A custom reverse rule was reached whose result holds both floats and references."
struct MixedReturnException <: CustomRuleError
    type::String
end
struct UnionSretReturnException <: CustomRuleError
    type::String
end

struct NoDerivativeException <: CompilationException
    msg::String
end
struct IllegalTypeAnalysisException <: CompilationException
    msg::String
end
struct IllegalFirstPointerException <: CompilationException
    msg::String
end
struct EnzymeInternalError <: CompilationException
    msg::String
end
struct EnzymeRuntimeException <: EnzymeError
    msg::String
end
"The same, in a known method."
struct EnzymeRuntimeExceptionMI <: EnzymeError
    msg::String
end
struct EnzymeMutabilityException <: EnzymeError
    msg::String
end
struct EnzymeRuntimeActivityError <: EnzymeError
    msg::String
end
struct EnzymeNoTypeError <: EnzymeError
    msg::String
end
struct EnzymeNoShadowError <: EnzymeError
    msg::String
end
struct EnzymeNoDerivativeError <: EnzymeError
    msg::String
end

"An active return was asked of a function whose result is not a float."
struct EnzymeNonScalarReturnException <: EnzymeError
    type::String
end

"A thunk was called with other arguments than it was made for."
struct ThunkCallError <: Exception
    found::String
    expected::String
end

"The text of an exception that keeps it in one field."
function Base.showerror(io::IO, e::CompilationException)
    print(io, "Enzyme compilation failed.\n", e.msg)
end
function Base.showerror(io::IO, e::EnzymeError)
    print(io, "Enzyme execution failed.\n", e.msg)
end
function Base.showerror(io::IO, e::EnzymeInternalError)
    print(io, "Enzyme compilation failed due to an internal error.\n")
    print(io, " Please open an issue with the code to reproduce and full error log on github.com/EnzymeAD/Enzyme.jl\n")
    print(io, " To toggle more information for debugging (needed for bug reports), set Enzyme.Compiler.VERBOSE_ERRORS[] = true (default false)\n", e.msg)
end
function Base.showerror(io::IO, e::EnzymeRuntimeActivityError)
    print(io, "Enzyme execution failed: constant memory is stored (or returned) where a differentiable variable is expected.\n")
    print(io, "As a result, the derivative could not be kept without runtime activity.\n", e.msg, "\n")
    print(io, "This is often temporary storage that was passed as Const. There are two ways out:\n")
    print(io, " a) rewrite the program so that this memory is not constant: pass it as Duplicated, or make it inside of the function\n")
    print(io, " b) set the Enzyme mode to use runtime activity, as in `autodiff(set_runtime_activity(Reverse), ...)`")
end
function Base.showerror(io::IO, e::EnzymeMutabilityException)
    print(io, "Function argument passed to autodiff cannot be proven readonly.\n", e.msg, "\n")
    print(io, "If the function argument cannot contain derivative data, instead call autodiff(Mode, Const(f), ...)\n")
    print(io, "Otherwise pass it with its shadow, as Duplicated(f, df).")
end
function Base.showerror(io::IO, e::EnzymeNoDerivativeError)
    print(io, "Enzyme cannot deduce a derivative.\n", e.msg)
end
function Base.showerror(io::IO, e::NonInferredActiveReturn)
    print(io, "Enzyme compilation failed.\nReturn activity of the function was requested to be ", e.requested, ", but the function was inferred to return ", e.actual, ".")
end
function Base.showerror(io::IO, e::EnzymeNonScalarReturnException)
    print(io, "EnzymeNonScalarReturnException: a derivative was asked for a function whose result of type ", e.type, " is not a scalar.\n")
    print(io, "If calling Enzyme.autodiff with an Active return, use Enzyme.autodiff_thunk with a Duplicated return and set the seed in the returned shadow.\n")
    print(io, "If calling Enzyme.gradient, use Enzyme.jacobian.")
end
function show_misfit(io, what, asked_for, found, expected)
    print(io, what, ": Incorrect return type for ", asked_for, " configuration of a custom rule\n  found    : ", found, "\n  expected : ", expected)
end
function Base.showerror(io::IO, e::CustomRuleError)
    print(io, "Enzyme custom rule failed.")
end
function Base.showerror(io::IO, e::NonConstantKeywordArgException)
    print(io, "NonConstantKeywordArgException: Custom Rule for method was passed a differentiable keyword argument `", e.name, "`.\n")
    print(io, "Differentiable kwargs cannot currently be specified from within the rule system.\n")
    print(io, "Either do not differentiate with respect to it, or mark it as inactive with EnzymeRules.inactive_kwarg.")
end
function Base.showerror(io::IO, e::ForwardRuleReturnError)
    show_misfit(io, "ForwardRuleReturnError", e.asked, e.found, e.expected)
    print(io, "\nSee EnzymeRules.forward_rule_return_type.")
end
function Base.showerror(io::IO, e::AugmentedRuleReturnError)
    show_misfit(io, "AugmentedRuleReturnError", e.asked, e.found, e.expected)
    print(io, "\nSee EnzymeRules.augmented_rule_return_type.")
end
function Base.showerror(io::IO, e::ReverseRuleReturnError)
    show_misfit(io, "ReverseRuleReturnError", "an adjoint for each active argument, `nothing` for the others,", e.found, e.expected)
end
function Base.showerror(io::IO, e::MixedReturnException)
    print(io, "MixedReturnException: Custom Rule for method has mixed internal activity types: the result of type ", e.type)
    print(io, " holds both values and memory that carry derivatives.")
end

function Base.showerror(io::IO, e::ThunkCallError)
    print(io, "ThunkCallError:\n  No method matching: thunk", e.found, "\n  Expected: thunk", e.expected)
end

end
