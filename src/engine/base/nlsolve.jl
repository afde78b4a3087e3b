# NLsolve: systems of equations by Newton's method and by trust regions.
module NLsolve
using LinearAlgebra
import ..ForwardDiff, ..FiniteDiff, ..EnzymeAutodiff
import ..SciMLBase: plain
export nlsolve, fixedpoint, converged, only_fj!, only_fj, OnceDifferentiable

# Functions of this module, whatever their names mean elsewhere.
function newton end
function converged end

"What a search found, and how it ended."
struct SolverResults{Z}
    method::String
    initial_x::Z
    zero::Z
    residual_norm::Float64
    iterations::Int64
    x_converged::Bool
    xtol::Float64
    f_converged::Bool
    ftol::Float64
    f_calls::Int64
    g_calls::Int64
end
converged(r::SolverResults) = r.x_converged || r.f_converged
function Base.show(io::IO, r::SolverResults)
    print(io, "Results of Nonlinear Solver Algorithm\n * Algorithm: ", r.method, "\n * Starting Point: ", vec(plain(r.initial_x)), "\n * Zero: ", vec(plain(r.zero)), "\n * Inf-norm of residuals: ")
    print(io, fixed_six(r.residual_norm), "\n * Iterations: ", r.iterations, "\n * Convergence: ", converged(r))
    print(io, "\n   * |x - x'| < ", short_power(r.xtol), ": ", r.x_converged, "\n   * |f(x)| < ", short_power(r.ftol), ": ", r.f_converged)
    print(io, "\n * Function Calls (f): ", r.f_calls, "\n * Jacobian Calls (df/dx): ", r.g_calls)
end
fixed_six(x) = Base.Printf.@sprintf("%f", x)
short_power(x) = Base.Printf.@sprintf("%.1e", x)

"A search on its way: where it is, the residual there, and how often functions were called."
mutable struct Search
    x::Vector{Float64}
    r::Vector{Float64}
    iterations::Int64
    x_converged::Bool
    f_converged::Bool
    f_calls::Int64
    g_calls::Int64
end
begun(f, x) = (r = f(x); all(isfinite, r) || error("the residual is not finite at the starting point: ", r); Search(x, r, 0, false, false, 1, 0))
function assess!(s, old, xtol, ftol, xrtol)
    s.x_converged = norm(s.x - old, Inf) <= xtol + xrtol * norm(s.x, Inf)
    s.f_converged = norm(s.r, Inf) <= ftol
    s.x_converged || s.f_converged || !all(isfinite, s.r)
end
"A solution of `J p = -r`, of all the one nearest to zero where `J` is singular."
newton_step(J, r) = (F = lu(J; check=false); issuccess(F) ? -(F \ r) : -(pinv(J) * r))

"Newton's method for `f` with Jacobian `jac`, both of plain vectors."
function newton(f, jac, x; xtol, ftol, iterations, xrtol=0.0)
    s = begun(f, x)
    done = assess!(s, fill(NaN, length(x)), xtol, ftol, xrtol)
    while !done && s.iterations < iterations
        s.iterations += 1
        old = s.x
        s.x = old + newton_step(jac(old), s.r)
        s.r = f(s.x)
        s.f_calls += 1
        s.g_calls += 1
        done = assess!(s, old, xtol, ftol, xrtol)
    end
    s
end
scaled_norm(d, x) = sqrt(sum(abs2, d .* x))
"The step within a radius along the path from the steepest descent to Newton's step."
function dogleg(J, r, d, radius)
    p = newton_step(J, r)
    scaled_norm(d, p) <= radius && return p
    g = -(J' * r) ./ d .^ 2
    c = g * (scaled_norm(d, g)^2 / sum(abs2, J * g))
    length_of_c = scaled_norm(d, c)
    length_of_c >= radius && return c * (radius / length_of_c)
    q = p - c
    a, b = scaled_norm(d, q)^2, dot(d .* c, d .* q)
    c + (-b + sqrt(b^2 - a * (length_of_c^2 - radius^2))) / a * q
end
"Trust regions with dogleg steps and scaled unknowns."
function trust_region(f, jac, x; xtol, ftol, iterations, factor=1.0, xrtol=0.0)
    s = begun(f, x)
    J = jac(x)
    s.g_calls = 1
    columns(J) = [norm(view(J, :, j)) for j in axes(J, 2)]
    d = map(n -> n == 0 ? 1.0 : n, columns(J))
    radius = factor * scaled_norm(d, x)
    radius == 0 && (radius = factor)
    done = assess!(s, fill(NaN, length(x)), xtol, ftol, xrtol)
    while !done && s.iterations < iterations && radius > 1e-300
        s.iterations += 1
        p = dogleg(J, s.r, d, radius)
        r = f(s.x + p)
        s.f_calls += 1
        before = sum(abs2, s.r)
        ratio = (before - sum(abs2, r)) / (before - sum(abs2, s.r + J * p))
        if ratio > 1e-4
            old = s.x
            s.x, s.r = old + p, r
            J = jac(s.x)
            s.g_calls += 1
            d = max.(0.1 .* d, columns(J))
            done = assess!(s, old, xtol, ftol, xrtol)
        end
        if !(ratio >= 0.1)
            radius = radius / 2
        elseif ratio >= 0.9
            radius = 2 * scaled_norm(d, p)
        elseif ratio >= 0.5
            radius = max(radius, 2 * scaled_norm(d, p))
        end
    end
    s
end
"The solution as a function of all that `f` depends on: `x` with the derivatives of Newton steps from it, more than one for those of higher order."
function implied(f, jac, x)
    F = lu(jac(x))
    y = x - F \ f(x)
    for _ in 1:2
        y = y - F \ f(y)
    end
    x + (y - EnzymeAutodiff.ignore_derivatives(plain(y)))
end

struct OnlyFJ!{F}
    fj::F
end
struct OnlyFJ{F}
    fj::F
end
"Functions that give residual and Jacobian together, by which of them are asked for."
only_fj!(fj!) = OnlyFJ!(fj!)
only_fj(fj) = OnlyFJ(fj)
struct OnceDifferentiable{F,J}
    f::F
    j::J
end
OnceDifferentiable(f, x::AbstractArray, r::AbstractArray=x; autodiff=:central, inplace=true) = OnceDifferentiable(f, nothing)
OnceDifferentiable(f, j, x::AbstractArray, r::AbstractArray=x; inplace=true) = OnceDifferentiable(f, j)
"A function that may write its result, as one that returns it, of vectors."
returned(f, x0) = x -> vec(applicable(f, x0, x0) ? (r = similar(x0, eltype(x)); f(r, reshape(x, size(x0))); r) : f(reshape(x, size(x0))))
returned(o::OnlyFJ!, x0) = x -> (r = similar(x0, eltype(x)); o.fj(r, nothing, reshape(x, size(x0))); vec(r))
returned(o::OnlyFJ, x0) = x -> vec(o.fj(reshape(x, size(x0)))[1])
returned_jacobian(j, x0) = x -> applicable(j, x0, x0) ? (J = zeros(eltype(x), length(x), length(x)); j(J, reshape(x, size(x0))); J) : j(reshape(x, size(x0)))
"The Jacobian by dual numbers or by differences."
made_jacobian(f, way) = nameof_way(way) in (:forward, :forwarddiff, :AutoForwardDiff) ? (x -> ForwardDiff.jacobian(f, x)) :
    nameof_way(way) in (:central, :finite, :finitediff, :AutoFiniteDiff) ? (x -> FiniteDiff.finite_difference_jacobian(f, x, Val(:central))) : Base.__argument_error("The autodiff value $way is not supported. Use :finite or :forward.")
nameof_way(way::Symbol) = way
nameof_way(way) = nameof(typeof(way))

"A zero of `f!(F, x)` or `f(x)` near `x0`, with its Jacobian by differences unless it is said otherwise."
nlsolve(f, x0::AbstractArray; autodiff=:central, inplace=true, kw...) = (g = returned(f, x0); solved(g, made_jacobian(g, autodiff), x0; kw...))
nlsolve(f, j, x0::AbstractArray; inplace=true, autodiff=:central, kw...) = solved(returned(f, x0), returned_jacobian(j, x0), x0; kw...)
nlsolve(o::OnceDifferentiable, x0::AbstractArray; kw...) = o.j === nothing ? nlsolve(o.f, x0; kw...) : nlsolve(o.f, o.j, x0; kw...)
nlsolve(o::OnlyFJ!, x0::AbstractArray; autodiff=:central, kw...) = solved(returned(o, x0), x -> (J = zeros(eltype(x), length(x), length(x)); o.fj(nothing, J, reshape(x, size(x0))); J), x0; kw...)
nlsolve(o::OnlyFJ, x0::AbstractArray; autodiff=:central, kw...) = solved(returned(o, x0), x -> o.fj(reshape(x, size(x0)))[2], x0; kw...)
"A point that `f` leaves where it is."
fixedpoint(f, x0::AbstractArray; kw...) = (g = returned(f, x0); nlsolve(x -> reshape(g(vec(x)) .- vec(x), size(x0)), x0; kw...))
function solved(f, jac, x0; method=:trust_region, xtol=0.0, ftol=1e-8, iterations=1000, factor=1.0, autoscale=true, store_trace=false, show_trace=false, extended_trace=false, linesearch=nothing, m=0, beta=1)
    search = method === :newton ? newton : method in (:trust_region, :anderson, :broyden) ? trust_region : Base.__argument_error("Unknown method $method")
    name = method === :newton ? "Newton with line-search" : "Trust-region with dogleg and autoscaling"
    wide = zero(eltype(x0)) isa Integer ? float(x0) : x0
    start = Float64.(plain(vec(wide)))
    of(x) = x .+ zero(eltype(wide))
    s = search(x -> Float64.(plain(f(of(x)))), x -> Float64.(plain(jac(of(x)))), start; xtol=Float64(xtol), ftol=Float64(ftol), iterations)
    x = EnzymeAutodiff.ignore_derivatives(s.x)
    y = (Base.__within_autodiff() || !(eltype(wide) <: AbstractFloat)) ? implied(z -> f(z), z -> plain(jac(of(z))), of(x)) : of(x)
    SolverResults(name, wide, reshape(y, size(x0)), norm(s.r, Inf), s.iterations, s.x_converged, Float64(xtol), s.f_converged, Float64(ftol), s.f_calls, s.g_calls)
end
end
