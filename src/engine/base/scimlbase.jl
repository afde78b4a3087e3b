# SciMLBase: problems, how a computation ended, and what happens on the way.
module ReturnCode
"How a computation ended."
struct T
    value::Int64
end
const NAMES = (:Default, :Success, :Terminated, :DtNaN, :MaxIters, :DtLessThanMin, :Unstable, :InitialFailure, :ConvergenceFailure, :Failure, :ExactSolutionLeft, :ExactSolutionRight, :FloatingPointLimit, :Stalled, :MaxTime)
const Default = T(0)
const Success = T(1)
const Terminated = T(2)
const DtNaN = T(3)
const MaxIters = T(4)
const DtLessThanMin = T(5)
const Unstable = T(6)
const InitialFailure = T(7)
const ConvergenceFailure = T(8)
const Failure = T(9)
const ExactSolutionLeft = T(10)
const ExactSolutionRight = T(11)
const FloatingPointLimit = T(12)
const Stalled = T(13)
const MaxTime = T(14)
Base.Symbol(code::T) = NAMES[code.value+1]
Base.Int(code::T) = code.value
Base.print(io::IO, code::T) = print(io, Symbol(code))
Base.show(io::IO, code::T) = print(io, "ReturnCode.", Symbol(code))
Base.show(io::IO, ::MIME"text/plain", code::T) = print(io, "ReturnCode.", Symbol(code), " = ", code.value)
Base.:(==)(code::T, name::Symbol) = Symbol(code) === name
end
module SciMLBase
import ..CommonSolve: solve, solve!, init, step!
import ..ForwardDiff, ..ReverseDiff, ..EnzymeAutodiff, ..ReturnCode
export ODEProblem, ODEFunction, ODESolution, NonlinearProblem, NonlinearFunction, IntervalNonlinearProblem, remake, solve, solve!, init, step!, ReturnCode,
    DiscreteCallback, ContinuousCallback, CallbackSet, terminate!, add_tstop!, u_modified!, set_u!, get_du, reinit!, tuples
public successful_retcode, NullParameters, isinplace

abstract type AbstractSciMLProblem end
abstract type AbstractODEProblem{U,T,IIP} <: AbstractSciMLProblem end
abstract type AbstractNonlinearProblem{U,IIP} <: AbstractSciMLProblem end
abstract type AbstractSciMLFunction{IIP} end
abstract type AbstractODEAlgorithm end
abstract type AbstractNonlinearAlgorithm end
abstract type AbstractSensitivityAlgorithm end
# How far a problem is specialised for its functions; here it always is.
abstract type AbstractSpecialization end
struct FullSpecialize <: AbstractSpecialization end
struct AutoSpecialize <: AbstractSpecialization end
struct NoSpecialize <: AbstractSpecialization end
struct FunctionWrapperSpecialize <: AbstractSpecialization end
"Stands for parameters that a problem does not have."
struct NullParameters end
Base.getindex(::NullParameters, i...) = error("Passing in no parameters (`NullParameters`): indexing is not possible")

"A right-hand side with what is known of it; `f(du, u, p, t)` writes, `f(u, p, t)` returns."
struct ODEFunction{IIP,F,J} <: AbstractSciMLFunction{IIP}
    f::F
    jac::J
end
ODEFunction{IIP}(f; jac=nothing, mass_matrix=nothing, kw...) where {IIP} = (no_mass(mass_matrix); ODEFunction{IIP,typeof(f),typeof(jac)}(f, jac))
ODEFunction(f; kw...) = ODEFunction{:later}(f; kw...)
ODEFunction{IIP,How}(f; kw...) where {IIP,How} = ODEFunction{IIP}(f; kw...)
no_mass(::Nothing) = nothing
no_mass(m) = m == one(m) ? nothing : error("a mass matrix other than the identity is outside of what there is here")
(f::ODEFunction)(args...) = f.f(args...)
struct NonlinearFunction{IIP,F,J} <: AbstractSciMLFunction{IIP}
    f::F
    jac::J
end
NonlinearFunction{IIP}(f; jac=nothing, kw...) where {IIP} = NonlinearFunction{IIP,typeof(f),typeof(jac)}(f, jac)
NonlinearFunction(f; kw...) = NonlinearFunction{:later}(f; kw...)
(f::NonlinearFunction)(args...) = f.f(args...)
"Does a function write its result? It does when it takes one argument more."
writes(f::AbstractSciMLFunction{IIP}, args...) where {IIP} = IIP === :later ? Val(applicable(f.f, args...)) : Val(IIP)
writes(f, args...) = Val(applicable(f, args...))
settled(::Type{ODEFunction}, f::ODEFunction, ::Val{IIP}) where {IIP} = ODEFunction{IIP,typeof(f.f),typeof(f.jac)}(f.f, f.jac)
settled(::Type{ODEFunction}, f, ::Val{IIP}) where {IIP} = ODEFunction{IIP,typeof(f),Nothing}(f, nothing)
settled(::Type{NonlinearFunction}, f::NonlinearFunction, ::Val{IIP}) where {IIP} = NonlinearFunction{IIP,typeof(f.f),typeof(f.jac)}(f.f, f.jac)
settled(::Type{NonlinearFunction}, f, ::Val{IIP}) where {IIP} = NonlinearFunction{IIP,typeof(f),Nothing}(f, nothing)

struct ODEProblem{U,S,IIP,P,F,K} <: AbstractODEProblem{U,S,IIP}
    f::F
    u0::U
    tspan::S
    p::P
    kwargs::K
end
ODEProblem(f, u0, tspan, p=NullParameters(); kw...) = ode_problem(f, u0, promoted_span(tspan), p, NamedTuple(kw), writes(f, u0, u0, p, first(tspan)))
ODEProblem{IIP}(f, u0, tspan, p=NullParameters(); kw...) where {IIP} = ode_problem(f, u0, promoted_span(tspan), p, NamedTuple(kw), Val(IIP))
ODEProblem{IIP,How}(f, u0, tspan, p=NullParameters(); kw...) where {IIP,How} = ODEProblem{IIP}(f, u0, tspan, p; kw...)
function ode_problem(f, u0, tspan, p, kw, v::Val{IIP}) where {IIP}
    g = settled(ODEFunction, f, v)
    ODEProblem{typeof(u0),typeof(tspan),IIP,typeof(p),typeof(g),typeof(kw)}(g, u0, tspan, p, kw)
end
promoted_span(t::Number) = promoted_span((zero(t), t))
promoted_span(t) = promote(first(t), last(t))
isinplace(::AbstractODEProblem{U,S,IIP}) where {U,S,IIP} = IIP
"The same problem with something else in it."
remake(q::ODEProblem{U,S,IIP}; f=q.f, u0=q.u0, tspan=q.tspan, p=q.p, kw...) where {U,S,IIP} = ode_problem(f, u0, promoted_span(tspan), p, merge(q.kwargs, NamedTuple(kw)), Val(IIP))
function Base.show(io::IO, ::MIME"text/plain", q::ODEProblem)
    println(io, "ODEProblem with uType ", typeof(q.u0), " and tType ", eltype(q.tspan), ". In-place: ", isinplace(q))
    println(io, "Non-trivial mass matrix: false\ntimespan: ", q.tspan)
    print(io, "u0: ")
    show(io, MIME("text/plain"), q.u0)
end
Base.show(io::IO, q::ODEProblem) = print(io, "ODEProblem with uType ", typeof(q.u0), " and tType ", eltype(q.tspan), ". In-place: ", isinplace(q))

"A system of equations `f(u, p) = 0`, and where to look for its solution."
struct NonlinearProblem{U,IIP,P,F,K} <: AbstractNonlinearProblem{U,IIP}
    f::F
    u0::U
    p::P
    kwargs::K
end
NonlinearProblem(f, u0, p=NullParameters(); kw...) = nonlinear_problem(f, u0, p, NamedTuple(kw), writes(f, u0, u0, p))
NonlinearProblem{IIP}(f, u0, p=NullParameters(); kw...) where {IIP} = nonlinear_problem(f, u0, p, NamedTuple(kw), Val(IIP))
function nonlinear_problem(f, u0, p, kw, v::Val{IIP}) where {IIP}
    g = settled(NonlinearFunction, f, v)
    NonlinearProblem{typeof(u0),IIP,typeof(p),typeof(g),typeof(kw)}(g, u0, p, kw)
end
isinplace(::AbstractNonlinearProblem{U,IIP}) where {U,IIP} = IIP
remake(q::NonlinearProblem{U,IIP}; f=q.f, u0=q.u0, p=q.p, kw...) where {U,IIP} = nonlinear_problem(f, u0, p, merge(q.kwargs, NamedTuple(kw)), Val(IIP))
function Base.show(io::IO, ::MIME"text/plain", q::NonlinearProblem)
    print(io, "NonlinearProblem with uType ", typeof(q.u0), ". In-place: ", isinplace(q), "\nu0: ")
    show(io, MIME("text/plain"), q.u0)
end
"An equation of one unknown in a bracket."
struct IntervalNonlinearProblem{IIP,F,S,P}
    f::F
    tspan::S
    p::P
end
IntervalNonlinearProblem(f, tspan, p=NullParameters(); kw...) = IntervalNonlinearProblem{false}(f, tspan, p)
IntervalNonlinearProblem{false}(f, tspan, p=NullParameters(); kw...) = (s = promoted_span(tspan); IntervalNonlinearProblem{false,typeof(f),typeof(s),typeof(p)}(f, s, p))
remake(q::IntervalNonlinearProblem; f=q.f, tspan=q.tspan, p=q.p) = IntervalNonlinearProblem(f, promoted_span(tspan), p)

"Did it end as it should?"
successful_retcode(code::ReturnCode.T) = code in (ReturnCode.Success, ReturnCode.Terminated, ReturnCode.ExactSolutionLeft, ReturnCode.ExactSolutionRight, ReturnCode.FloatingPointLimit)
successful_retcode(sol) = successful_retcode(sol.retcode)

"The value of a number that carries derivatives of any kind, and has none itself."
plain(x::AbstractFloat) = EnzymeAutodiff.ignore_derivatives(x)
plain(x::Integer) = x
plain(x::Real) = plain(ForwardDiff.value(x))
plain(x::ReverseDiff.TrackedReal) = plain(ReverseDiff.value(x))
plain(x::Complex) = complex(plain(real(x)), plain(imag(x)))
plain(x) = map(plain, x)
"The type of numbers in parameters that carry derivatives; Bool if there are none."
carried(x::T) where {T} = ismutable(x) || x isa Union{Function,Type,Symbol,AbstractString} ? Bool : of_parts(Base.__ntuple(i -> getfield(x, i), Val(fieldcount(T)))...)
carried(x::Number) = of_number(typeof(x))
carried(x::AbstractArray{T}) where {T<:Number} = of_number(T)
carried(x::AbstractArray) = isconcretetype(eltype(x)) && !isempty(x) ? carried(first(x)) : Bool
carried(x::Tuple) = of_parts(x...)
carried(x::NamedTuple) = of_parts(values(x)...)
of_number(::Type{<:Union{AbstractFloat,Integer,Complex{<:AbstractFloat}}}) = Bool
of_number(::Type{T}) where {T<:Number} = T
of_parts() = Bool
of_parts(x, rest...) = promote_type(carried(x), of_parts(rest...))
"Numbers as floats of a type that holds what parameters carry."
widened(::Type{Bool}, x::Number) = float(x)
widened(::Type{T}, x::Number) where {T} = convert(promote_type(T, float(typeof(x))), x)
widened(::Type{Bool}, x::AbstractArray{<:AbstractFloat}) = x
widened(::Type{T}, x::AbstractArray) where {T} = map(e -> widened(T, e), x)
widened(::Type{T}, x) where {T} = map(e -> widened(T, e), x)

"Something that happens at a step whose end fulfils a condition."
struct DiscreteCallback{C,A,I}
    condition::C
    affect!::A
    initialize::I
    save_positions::Tuple{Bool,Bool}
    times::Vector{Float64}
end
DiscreteCallback(condition, affect!; save_positions=(true, true), initialize=nothing, finalize=nothing, times=Float64[], kw...) =
    DiscreteCallback(condition, affect!, initialize, Tuple{Bool,Bool}(save_positions), times)
"Something that happens where a condition goes through zero: `affect!` upwards, `affect_neg!` downwards."
struct ContinuousCallback{C,A,N}
    condition::C
    affect!::A
    affect_neg!::N
    save_positions::Tuple{Bool,Bool}
    interp_points::Int64
end
ContinuousCallback(condition, affect!, affect_neg! = affect!; save_positions=(true, true), interp_points=10, initialize=nothing, finalize=nothing, rootfind=nothing, abstol=0.0, reltol=0.0, idxs=nothing, kw...) =
    ContinuousCallback(condition, affect!, affect_neg!, Tuple{Bool,Bool}(save_positions), interp_points)
struct CallbackSet{C<:Tuple,D<:Tuple}
    continuous_callbacks::C
    discrete_callbacks::D
end
CallbackSet(given...) = CallbackSet(continuous(given...), discrete(given...))
continuous() = ()
continuous(c::ContinuousCallback, rest...) = (c, continuous(rest...)...)
continuous(c::CallbackSet, rest...) = (c.continuous_callbacks..., continuous(rest...)...)
continuous(c, rest...) = continuous(rest...)
discrete() = ()
discrete(c::DiscreteCallback, rest...) = (c, discrete(rest...)...)
discrete(c::CallbackSet, rest...) = (c.discrete_callbacks..., discrete(rest...)...)
discrete(c, rest...) = discrete(rest...)
function terminate! end
function add_tstop! end
function u_modified! end
function set_u! end
function get_du end
function reinit! end
end
