# Optim: minima of functions of one and of many variables.
module Optim
using LinearAlgebra
import ..ForwardDiff, ..Zygote, ..ReverseDiff, ..Enzyme
import ..FiniteDiff
export optimize, maximize, NelderMead, GradientDescent, ConjugateGradient, BFGS, LBFGS, Newton, NewtonTrustRegion, Brent, GoldenSection, Fminbox,
    OnceDifferentiable, TwiceDifferentiable, NonDifferentiable, minimizer, maximizer

# Functions of this module, whatever their names mean elsewhere.
function newton end
function trace end
function converged end
function iterations end
function direction end
function inner end
function simplex end
function line_search end
function slope end

abstract type AbstractOptimizer end
abstract type FirstOrder <: AbstractOptimizer end
abstract type SecondOrder <: AbstractOptimizer end
abstract type UnivariateOptimizer <: AbstractOptimizer end
"Methods. How they search along a line and what they precondition with is their own affair: those keywords of theirs are taken and change nothing in what is found."
struct NelderMead <: AbstractOptimizer
    NelderMead(; parameters=nothing, initial_simplex=nothing) = new()
end
struct GradientDescent <: FirstOrder
    GradientDescent(; alphaguess=nothing, linesearch=nothing, P=nothing, precondprep=nothing) = new()
end
struct ConjugateGradient <: FirstOrder
    ConjugateGradient(; alphaguess=nothing, linesearch=nothing, P=nothing, precondprep=nothing) = new()
end
struct BFGS <: FirstOrder
    BFGS(; alphaguess=nothing, linesearch=nothing, initial_invH=nothing, initial_stepnorm=nothing) = new()
end
struct LBFGS <: FirstOrder
    m::Int64
    LBFGS(; m=10, scaleinvH0=true, alphaguess=nothing, linesearch=nothing, P=nothing, precondprep=nothing) = new(m)
end
struct Newton <: SecondOrder
    Newton(; alphaguess=nothing, linesearch=nothing) = new()
end
struct NewtonTrustRegion <: SecondOrder
    NewtonTrustRegion(; initial_delta=1.0, delta_hat=100.0, eta=0.1, rho_lower=0.25, rho_upper=0.75) = new()
end
struct Brent <: UnivariateOptimizer end
struct GoldenSection <: UnivariateOptimizer end
"A method in a box: within its walls by a barrier that is lowered."
struct Fminbox{M<:AbstractOptimizer} <: AbstractOptimizer
    method::M
end
Fminbox() = Fminbox(LBFGS())

"When to stop, and what to keep."
struct Options
    x_abstol::Float64
    x_reltol::Float64
    f_abstol::Float64
    f_reltol::Float64
    g_abstol::Float64
    iterations::Int64
    outer_iterations::Int64
    store_trace::Bool
    show_trace::Bool
    show_every::Int64
    callback::Any
    # The names of older releases too.
    Options(; x_abstol=0.0, x_tol=x_abstol, x_reltol=0.0, f_abstol=0.0, f_tol=0.0, f_reltol=f_tol, g_abstol=1.0e-8, g_tol=g_abstol, g_reltol=0.0, iterations=1000,
        outer_iterations=20, store_trace=false, show_trace=false, show_every=1, extended_trace=false, show_warnings=true, allow_f_increases=true, callback=nothing,
        time_limit=NaN, f_calls_limit=0, g_calls_limit=0, h_calls_limit=0, successive_f_tol=1, outer_x_abstol=0.0, outer_f_abstol=0.0, outer_g_abstol=1.0e-8, trace_simplex=false, allow_outer_f_increases=true) =
        new(x_tol, x_reltol, f_abstol, f_reltol, g_tol, iterations, outer_iterations, store_trace, show_trace, show_every, callback)
end
const OPTION_NAMES = (:x_abstol, :x_tol, :x_reltol, :f_abstol, :f_tol, :f_reltol, :g_abstol, :g_tol, :g_reltol, :iterations, :store_trace, :show_trace, :show_every, :callback,
    :extended_trace, :allow_f_increases, :time_limit)
is_option(k) = k in OPTION_NAMES

# What is minimised, with its derivatives.
struct NonDifferentiable{F}
    f::F
end
struct OnceDifferentiable{F,G}
    f::F
    g::G
end
struct TwiceDifferentiable{F,G,H}
    f::F
    g::G
    h::H
end
"Functions that give value, gradient and Hessian together, by which of them are asked for."
struct InplaceObjective{FG,FGH}
    fg::FG
    fgh::FGH
end
only_fg!(fg!) = InplaceObjective(fg!, nothing)
only_fgh!(fgh!) = InplaceObjective(nothing, fgh!)
struct NotInplaceObjective{FG}
    fg::FG
end
only_fg(fg) = NotInplaceObjective(fg)
NonDifferentiable(f, x) = NonDifferentiable(f)
OnceDifferentiable(f, x::AbstractArray; autodiff=:finite, inplace=true) = OnceDifferentiable(f, gradient_by(autodiff, f))
OnceDifferentiable(f, g, x::AbstractArray; inplace=true) = OnceDifferentiable(f, giving(g, inplace))
OnceDifferentiable(f, g, fg, x::AbstractArray; inplace=true) = OnceDifferentiable(f, giving(g, inplace))
TwiceDifferentiable(f, x::AbstractArray; autodiff=:finite, inplace=true) = TwiceDifferentiable(f, gradient_by(autodiff, f), hessian_by(autodiff, f))
TwiceDifferentiable(f, g, x::AbstractArray; autodiff=:finite, inplace=true) = (h = giving(g, inplace); TwiceDifferentiable(f, h, hessian_of(h)))
TwiceDifferentiable(f, g, h, x::AbstractArray; inplace=true) = TwiceDifferentiable(f, giving(g, inplace), giving_matrix(h, inplace))
"A gradient that is written, as one that is returned."
giving(g, inplace) = inplace ? (x -> (out = similar(x, float(eltype(x))); g(out, x); out)) : g
giving_matrix(h, inplace) = inplace ? (x -> (out = zeros(float(eltype(x)), length(x), length(x)); h(out, x); out)) : h
hessian_of(g) = x -> symmetrised(FiniteDiff.finite_difference_jacobian(g, x))
symmetrised(h) = (h + h') / 2
gradient_by(way::Symbol, f) = way === :forward || way === :forwarddiff ? (x -> ForwardDiff.gradient(f, x)) : way === :finite || way === :finitediff ? (x -> FiniteDiff.finite_difference_gradient(f, x)) :
    Base.__argument_error("The autodiff value $way is not supported. Use :finite or :forward.")
hessian_by(way::Symbol, f) = way === :forward || way === :forwarddiff ? (x -> ForwardDiff.hessian(f, x)) : (x -> FiniteDiff.finite_difference_hessian(f, x))
gradient_by(way, f) = (n = nameof(typeof(way)); n === :AutoForwardDiff ? gradient_by(:forward, f) : n === :AutoFiniteDiff ? gradient_by(:finite, f) :
    n === :AutoZygote ? (x -> Zygote.gradient(f, x)[1]) : n === :AutoReverseDiff ? (x -> ReverseDiff.gradient(f, x)) : n === :AutoEnzyme ? (x -> Enzyme.gradient(Enzyme.Reverse, f, x)[1]) :
    Base.__argument_error("The autodiff value $way is not supported."))
hessian_by(way, f) = nameof(typeof(way)) === :AutoFiniteDiff ? hessian_by(:finite, f) : hessian_by(:forward, f)

"What a search found, and how it ended."
struct OptimizationResults{M,X,A}
    method::M
    initial_x::X
    minimizer::X
    minimum::Float64
    iterations::Int64
    iteration_converged::Bool
    x_converged::Bool
    f_converged::Bool
    g_converged::Bool
    x_change::Float64
    f_change::Float64
    g_residual::Float64
    f_calls::Int64
    g_calls::Int64
    h_calls::Int64
    trace::Vector{Float64}
    sign::Int64
    # Options, or bounds and tolerances along a line.
    asked::A
end
"The point where the smallest value was found, and that value."
minimizer(r::OptimizationResults) = r.minimizer
Base.minimum(r::OptimizationResults) = r.minimum
maximizer(r::OptimizationResults) = r.minimizer
Base.maximum(r::OptimizationResults) = -r.minimum
converged(r::OptimizationResults) = r.x_converged || r.f_converged || r.g_converged
x_converged(r::OptimizationResults) = r.x_converged
f_converged(r::OptimizationResults) = r.f_converged
g_converged(r::OptimizationResults) = r.g_converged
iterations(r::OptimizationResults) = r.iterations
iteration_limit_reached(r::OptimizationResults) = r.iteration_converged
f_calls(r::OptimizationResults) = r.f_calls
g_calls(r::OptimizationResults) = r.g_calls
h_calls(r::OptimizationResults) = r.h_calls
g_residual(r::OptimizationResults) = r.g_residual
x_abschange(r::OptimizationResults) = r.x_change
f_abschange(r::OptimizationResults) = r.f_change
initial_state(r::OptimizationResults) = r.initial_x
f_trace(r::OptimizationResults) = r.trace
trace(r::OptimizationResults) = r.trace
method_name(m) = string(nameof(typeof(m)))
method_name(::NelderMead) = "Nelder-Mead"
method_name(::BFGS) = "BFGS"
method_name(::LBFGS) = "L-BFGS"
method_name(::GradientDescent) = "Gradient Descent"
method_name(::ConjugateGradient) = "Conjugate Gradient"
method_name(::Newton) = "Newton's Method"
method_name(::Brent) = "Brent's Method"
method_name(::GoldenSection) = "Golden Section Search"
method_name(m::Fminbox) = "Fminbox with " * method_name(m.method)
Base.summary(r::OptimizationResults) = method_name(r.method)
# The function, counted.
mutable struct Counted{F}
    const f::F
    calls::Int64
end
(c::Counted)(x) = (c.calls += 1; Float64(c.f(x)))
mutable struct CountedGradient{G}
    const g::G
    calls::Int64
end
(c::CountedGradient)(x) = (c.calls += 1; c.g(x))

# ---- The front door
optimize(f, x0::AbstractArray; kws...) = optimize(f, x0, NelderMead(), split_options(kws)...; rest_of(kws)...)
optimize(f, x0::AbstractArray, o::Options; kws...) = optimize(f, x0, NelderMead(), o; kws...)
optimize(f, g, x0::AbstractArray; kws...) = optimize(f, g, x0, LBFGS(), split_options(kws)...; rest_of(kws)...)
optimize(f, g, x0::AbstractArray, o::Options; kws...) = optimize(f, g, x0, LBFGS(), o; kws...)
optimize(f, g, h, x0::AbstractArray; kws...) = optimize(f, g, h, x0, Newton(), split_options(kws)...; rest_of(kws)...)
split_options(kws) = (Options(; [k => v for (k, v) in pairs(kws) if is_option(k)]...),)
rest_of(kws) = [k => v for (k, v) in pairs(kws) if !is_option(k)]

optimize(f, x0::AbstractArray, m::AbstractOptimizer, o::Options=Options(); autodiff=:finite, inplace=true) = run_on(f, x0, m, o, autodiff)
run_on(f, x0, m::AbstractOptimizer, o, autodiff) = simplex(f, x0, m, o)
run_on(f, x0, m::FirstOrder, o, autodiff) = descend(f, gradient_by(autodiff, f), x0, m, o)
run_on(f, x0, m::SecondOrder, o, autodiff) = newton(f, gradient_by(autodiff, f), hessian_by(autodiff, f), x0, m, o)
run_on(d::NonDifferentiable, x0, m::AbstractOptimizer, o, autodiff) = simplex(d.f, x0, m, o)
run_on(d::OnceDifferentiable, x0, m::FirstOrder, o, autodiff) = descend(d.f, d.g, x0, m, o)
run_on(d::OnceDifferentiable, x0, m::SecondOrder, o, autodiff) = newton(d.f, d.g, hessian_of(d.g), x0, m, o)
run_on(d::TwiceDifferentiable, x0, m::FirstOrder, o, autodiff) = descend(d.f, d.g, x0, m, o)
run_on(d::TwiceDifferentiable, x0, m::SecondOrder, o, autodiff) = newton(d.f, d.g, d.h, x0, m, o)
value_of(d::InplaceObjective) = d.fgh === nothing ? (x -> d.fg(0.0, nothing, x)) : (x -> d.fgh(0.0, nothing, nothing, x))
gradient_of(d::InplaceObjective) = x -> (g = similar(x, float(eltype(x))); d.fgh === nothing ? d.fg(nothing, g, x) : d.fgh(nothing, g, nothing, x); g)
hessian_in(d::InplaceObjective) = d.fgh === nothing ? hessian_of(gradient_of(d)) : (x -> (h = zeros(length(x), length(x)); d.fgh(nothing, nothing, h, x); h))
run_on(d::InplaceObjective, x0, m::FirstOrder, o, autodiff) = descend(value_of(d), gradient_of(d), x0, m, o)
run_on(d::InplaceObjective, x0, m::SecondOrder, o, autodiff) = newton(value_of(d), gradient_of(d), hessian_in(d), x0, m, o)
run_on(d::InplaceObjective, x0, m::AbstractOptimizer, o, autodiff) = simplex(value_of(d), x0, m, o)
run_on(d::NotInplaceObjective, x0, m::FirstOrder, o, autodiff) = descend(x -> d.fg(x)[1], x -> d.fg(x)[2], x0, m, o)
function optimize(f, g, x0::AbstractArray, m::AbstractOptimizer, o::Options=Options(); inplace=true, autodiff=:finite)
    h = giving(g, inplace)
    m isa FirstOrder ? descend(f, h, x0, m, o) : m isa SecondOrder ? newton(f, h, hessian_of(h), x0, m, o) : simplex(f, x0, m, o)
end
optimize(f, g, h, x0::AbstractArray, m::SecondOrder, o::Options=Options(); inplace=true) = newton(f, giving(g, inplace), giving_matrix(h, inplace), x0, m, o)
optimize(f, g, h, x0::AbstractArray, m::FirstOrder, o::Options=Options(); inplace=true) = descend(f, giving(g, inplace), x0, m, o)
"The largest value instead of the smallest."
function maximize(f, args...; kws...)
    r = optimize(x -> -f(x), args...; kws...)
    OptimizationResults(r.method, r.initial_x, r.minimizer, r.minimum, r.iterations, r.iteration_converged, r.x_converged, r.f_converged, r.g_converged, r.x_change, r.f_change,
        r.g_residual, r.f_calls, r.g_calls, r.h_calls, r.trace, -1, r.asked)
end

# ---- In a box
optimize(f, lower::AbstractArray, upper::AbstractArray, x0::AbstractArray, m::AbstractOptimizer=Fminbox(), o::Options=Options(); autodiff=:finite, inplace=true) =
    boxed(f, gradient_by(autodiff, f), lower, upper, x0, m, o)
optimize(f, g, lower::AbstractArray, upper::AbstractArray, x0::AbstractArray, m::AbstractOptimizer=Fminbox(), o::Options=Options(); inplace=true) =
    boxed(f, giving(g, inplace), lower, upper, x0, m, o)
optimize(d::OnceDifferentiable, lower::AbstractArray, upper::AbstractArray, x0::AbstractArray, m::AbstractOptimizer=Fminbox(), o::Options=Options()) =
    boxed(d.f, d.g, lower, upper, x0, m, o)
inner(m::Fminbox) = m.method
inner(m) = LBFGS()
function boxed(f, g, lower, upper, x0, m, o)
    all(lower .< x0 .< upper) || Base.__argument_error("Initial x[", findfirst(.!(lower .< x0 .< upper)), "] is outside of the bounds")
    f, g = Counted(f, 0), CountedGradient(g, 0)
    walls(x) = any(x .<= lower) || any(x .>= upper) ? Inf : -sum(t -> isfinite(t) ? log(t) : 0.0, x .- lower) - sum(t -> isfinite(t) ? log(t) : 0.0, upper .- x)
    slope(x) = -1 ./ (x .- lower) .+ 1 ./ (upper .- x)
    x = float(copy(x0))
    μ = 1.0e-3 * max(norm(g(x), 1), 1.0e-3) / max(norm(slope(x), 1), 1.0)
    method = inner(m)
    y, f_change = f(x), Inf
    for _ in 1:o.outer_iterations
        b = μ
        value(z) = (w = walls(z); isfinite(w) ? f(z) + b * w : Inf)
        x = method isa FirstOrder ? descend(value, z -> g(z) .+ b .* slope(z), x, method, Options(; iterations=o.iterations, g_abstol=o.g_abstol)).minimizer : simplex(value, x, method, o).minimizer
        f_change, y = abs(f(x) - y), f(x)
        μ *= 1.0e-2
        μ < 1.0e-14 && break
    end
    d = g(x)
    residual = infinity_norm(x .- clamp.(x .- d, lower, upper))
    OptimizationResults(m, float(copy(x0)), x, y, o.outer_iterations, false, false, f_change <= sqrt(eps()) * (1 + abs(y)), residual <= o.g_abstol, NaN, f_change, residual, f.calls, g.calls, 0, Float64[], 1, o)
end
end
