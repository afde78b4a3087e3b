# NonlinearSolve: systems of equations and equations of one unknown as problems, solved by the searches of NLsolve.
module NonlinearSolve
using ..SciMLBase, ..ReturnCode, ..LinearAlgebra
import ..CommonSolve: solve, solve!, init, step!
import ..SciMLBase
import ..SciMLBase: AbstractNonlinearAlgorithm, plain, carried, widened, successful_retcode
import ..NLsolve, ..ForwardDiff, ..EnzymeAutodiff, ..StaticArrays
export NewtonRaphson, TrustRegion, LevenbergMarquardt, SimpleNewtonRaphson, SimpleTrustRegion, FastShortcutNonlinearPolyalg, RobustMultiNewton,
    Bisection, Falsi, Ridder, Brent, ITP, Alefeld, NonlinearProblem, NonlinearFunction, IntervalNonlinearProblem, NonlinearSolution, remake, solve, ReturnCode, SciMLBase

"Methods by name; how they search along a line and make their Jacobians is their own affair."
struct NewtonRaphson <: AbstractNonlinearAlgorithm
    NewtonRaphson(; kw...) = new()
end
struct TrustRegion <: AbstractNonlinearAlgorithm
    TrustRegion(; kw...) = new()
end
struct LevenbergMarquardt <: AbstractNonlinearAlgorithm
    LevenbergMarquardt(; kw...) = new()
end
struct RobustMultiNewton <: AbstractNonlinearAlgorithm
    RobustMultiNewton(; kw...) = new()
end
struct FastShortcutNonlinearPolyalg <: AbstractNonlinearAlgorithm
    FastShortcutNonlinearPolyalg(; kw...) = new()
end
const SimpleNewtonRaphson = NewtonRaphson
const SimpleTrustRegion = TrustRegion
abstract type BracketingAlgorithm <: AbstractNonlinearAlgorithm end
struct Bisection <: BracketingAlgorithm
    Bisection(; kw...) = new()
end
struct Falsi <: BracketingAlgorithm end
struct Ridder <: BracketingAlgorithm end
struct Brent <: BracketingAlgorithm end
struct ITP <: BracketingAlgorithm
    ITP(; kw...) = new()
end
struct Alefeld <: BracketingAlgorithm end

"What solves a problem, the residual there, and how the search ended."
struct NonlinearSolution{U,R,Q,A}
    u::U
    resid::R
    prob::Q
    alg::A
    retcode::ReturnCode.T
    left::Float64
    right::Float64
    iterations::Int64
end
Base.getindex(s::NonlinearSolution, i...) = s.u[i...]
Base.length(s::NonlinearSolution) = length(s.u)
Base.size(s::NonlinearSolution) = size(s.u)
Base.lastindex(s::NonlinearSolution) = lastindex(s.u)
Base.iterate(s::NonlinearSolution, i...) = iterate(s.u, i...)
Base.Array(s::NonlinearSolution) = Array(s.u)
Base.Broadcast.broadcastable(s::NonlinearSolution) = Base.Broadcast.broadcastable(s.u)
Base.sum(s::NonlinearSolution) = sum(s.u)
function Base.show(io::IO, m::MIME"text/plain", s::NonlinearSolution)
    print(io, "retcode: ", s.retcode, "\nu: ")
    show(io, m, s.u)
end
Base.show(io::IO, s::NonlinearSolution) = show(io, MIME("text/plain"), s)

"A vector in the shape that the problem has its unknowns in."
like(u::Number, x) = x[1]
like(u::StaticArrays.StaticArray, x) = StaticArrays.similar_type(typeof(u), eltype(x))(Base.__ntuple(i -> x[i], Val(length(u))))
like(u::AbstractArray, x) = copyto!(similar(u, eltype(x)), x)
flat(u::Number) = [u]
flat(u) = vec(collect(u))
residual(q::NonlinearProblem{U,false}, u, p) where {U} = q.f(u, p)
residual(q::NonlinearProblem{U,true}, u, p) where {U} = (r = similar(u); q.f(r, u, p); r)
jacobian(q, f, x) = q.f.jac === nothing ? ForwardDiff.jacobian(f, x) : given_jacobian(q, q.f.jac, x)
given_jacobian(q::NonlinearProblem{U,false}, jac, x) where {U} = as_matrix(jac(like(q.u0, x), q.p))
given_jacobian(q::NonlinearProblem{U,true}, jac, x) where {U} = (J = zeros(eltype(x), length(x), length(x)); jac(J, like(q.u0, x), q.p); J)
as_matrix(J::Number) = fill(J, 1, 1)
as_matrix(J) = J

solve(q::NonlinearProblem; kw...) = solve(q, FastShortcutNonlinearPolyalg(); kw...)
solve(q::NonlinearProblem, ::Nothing; kw...) = solve(q; kw...)
solve(q::NonlinearProblem, alg::AbstractNonlinearAlgorithm; u0=q.u0, p=q.p, kw...) = found(remake(q; u0, p), alg; q.kwargs..., kw...)
function found(q, alg; abstol=eps()^0.8, reltol=abstol, maxiters=1000, sensealg=nothing, verbose=true, show_trace=false, store_trace=false, alias=nothing, alias_u0=false, termination_condition=nothing)
    T = promote_type(carried(q.p), carried(q.u0), float(eltype(q.u0)))
    f(x) = flat(residual(q, like(q.u0, x), q.p))
    wide(x) = x .+ zero(T)
    jac(x) = plain(jacobian(q, f, wide(x)))
    search = alg isa NewtonRaphson ? NLsolve.newton : NLsolve.trust_region
    s = search(x -> Float64.(plain(f(wide(x)))), x -> Float64.(jac(x)), Float64.(plain(flat(q.u0))); xtol=0.0, ftol=Float64(abstol), iterations=maxiters, xrtol=4eps())
    ok = s.f_converged || is_rounding(s, jac)
    x = EnzymeAutodiff.ignore_derivatives(s.x)
    y = (Base.__within_autodiff() || !(T <: AbstractFloat)) ? NLsolve.implied(f, jac, wide(x)) : wide(x)
    code = ok ? ReturnCode.Success : s.iterations >= maxiters ? ReturnCode.MaxIters : all(isfinite, s.r) ? ReturnCode.Stalled : ReturnCode.Unstable
    u = like(q.u0, y)
    NonlinearSolution(u, residual(q, u, q.p), q, alg, code, NaN, NaN, s.iterations)
end

"Is the residual what rounding leaves of the terms it is made of?"
is_rounding(s, jac) = s.x_converged && norm(s.r, Inf) <= 100 * eps() * norm(jac(s.x), Inf) * norm(s.x, Inf)

solve(q::IntervalNonlinearProblem; kw...) = solve(q, ITP(); kw...)
"A zero between two points of different sign: the bracket is halved until nothing is left of it, whatever the method is called."
function solve(q::IntervalNonlinearProblem, alg::BracketingAlgorithm; p=q.p, maxiters=1000, abstol=0.0, reltol=0.0, sensealg=nothing, verbose=true)
    f(x) = q.f(x, p)
    value(x) = plain(f(x))
    a, b = Float64(plain(q.tspan[1])), Float64(plain(q.tspan[2]))
    fa, fb = value(a), value(b)
    iszero(fa) && return at_zero(q, alg, p, a, a, b, ReturnCode.ExactSolutionLeft, 0)
    iszero(fb) && return at_zero(q, alg, p, b, a, b, ReturnCode.ExactSolutionRight, 0)
    if sign(fa) == sign(fb)
        verbose && @warn "The interval is not an enclosing interval, opposite signs at the boundaries are required."
        return NonlinearSolution(a, f(a), q, alg, ReturnCode.InitialFailure, a, b, 0)
    end
    steps = 0
    while steps < maxiters
        m = a + (b - a) / 2
        a < m < b || b < m < a || break
        steps += 1
        sign(value(m)) == sign(fa) ? (a = m) : (b = m)
    end
    at_zero(q, alg, p, abs(value(a)) <= abs(value(b)) ? a : b, a, b, ReturnCode.Success, steps)
end
function at_zero(q, alg, p, x, a, b, code, steps)
    x = EnzymeAutodiff.ignore_derivatives(x)
    f(x) = q.f(x, p)
    y = Base.__within_autodiff() || carried(p) !== Bool ? implied(f, x) : x
    NonlinearSolution(y, f(y), q, alg, code, a, b, steps)
end
function implied(f, x)
    slope = plain(ForwardDiff.derivative(f, x))
    y = x
    for _ in 1:3
        y = y - f(y) / slope
    end
    x + (y - plain(y))
end
end
module SimpleNonlinearSolve
using ..SciMLBase, ..ReturnCode
import ..SciMLBase
import ..NonlinearSolve: SimpleNewtonRaphson, SimpleTrustRegion, Bisection, Falsi, Ridder, Brent, ITP, Alefeld
export SimpleNewtonRaphson, SimpleTrustRegion, Bisection, Falsi, Ridder, Brent, ITP, Alefeld, NonlinearProblem, NonlinearFunction, IntervalNonlinearProblem, remake, solve, ReturnCode, SciMLBase
end
