# The exceptions Enzyme throws for mistakes in its use, and the types of those that its compiler throws. Names as in Enzyme.jl.
module EnzymeErrors

export EnzymeError, CompilationException, NonInferredActiveReturn, NoDerivativeException, IllegalTypeAnalysisException
export IllegalFirstPointerException, EnzymeInternalError, EnzymeRuntimeException, EnzymeMutabilityException
export EnzymeRuntimeActivityError, EnzymeNoTypeError, EnzymeNoShadowError, EnzymeNoDerivativeError
export EnzymeNonScalarReturnException, ThunkCallError

abstract type EnzymeError <: Exception end
abstract type CompilationException <: EnzymeError end

"The requested return activity is laid out differently from the type the function returns."
struct NonInferredActiveReturn <: CompilationException
    actual::String
    requested::String
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
function Base.showerror(io::IO, e::NonInferredActiveReturn)
    print(io, "Enzyme compilation failed: the return type of the function was inferred as ", e.actual, ", but activity ", e.requested, " was asked for.")
end
function Base.showerror(io::IO, e::EnzymeNonScalarReturnException)
    print(io, "EnzymeNonScalarReturnException: a derivative was asked for a function whose result of type ", e.type, " is not a scalar.\n")
    print(io, "If calling Enzyme.autodiff with an Active return, use Enzyme.autodiff_thunk with a Duplicated return and set the seed in the returned shadow.\n")
    print(io, "If calling Enzyme.gradient, use Enzyme.jacobian.")
end
function Base.showerror(io::IO, e::ThunkCallError)
    print(io, "ThunkCallError:\n  No method matching: thunk", e.found, "\n  Expected: thunk", e.expected)
end

end
