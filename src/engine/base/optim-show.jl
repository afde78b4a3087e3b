# Optim: what is said of a search that has ended.
module Optim
import ..Printf: @sprintf

x_relchange(r::OptimizationResults) = r.x_change / infinity_norm(r.minimizer)
f_relchange(r::OptimizationResults) = r.f_change / abs(r.minimum)
time_run(r::OptimizationResults) = 0.0
time_limit(r::OptimizationResults) = NaN
status(r) = converged(r) ? "success" : r.iteration_converged ? "failure (reached maximum number of iterations)" : "failure"
within(change, tol) = string(@sprintf("%.2e", change), change <= tol ? " ≤ " : " ≰ ", @sprintf("%.1e", tol), "\n")
function Base.show(io::IO, r::OptimizationResults)
    print(io, " * Status: ", status(r), "\n\n * Candidate solution\n    Final objective value:     ", @sprintf("%e", r.sign * r.minimum))
    print(io, "\n\n * Found with\n    Algorithm:     ", method_name(r.method), "\n\n * Convergence measures\n")
    show_measures(io, r, r.method, r.asked)
    print(io, "\n * Work counters\n    Seconds run:   0  (vs limit Inf)\n    Iterations:    ", r.iterations, "\n    f(x) calls:    ", r.f_calls, "\n")
    r.method isa NelderMead || print(io, "    ∇f(x) calls:   ", r.g_calls, "\n")
    r.method isa SecondOrder && print(io, "    ∇²f(x) calls:  ", r.h_calls, "\n")
    nothing
end
show_measures(io, r, ::NelderMead, o) = print(io, "    √(Σ(yᵢ-ȳ)²)/n ", r.g_converged ? "≤" : "≰", " ", @sprintf("%.1e", o.g_abstol), "\n")
function show_measures(io, r, method, o)
    print(io, "    |x - x'|               = ", within(r.x_change, o.x_abstol), "    |x - x'|/|x'|          = ", within(x_relchange(r), o.x_reltol))
    print(io, "    |f(x) - f(x')|         = ", within(r.f_change, o.f_abstol), "    |f(x) - f(x')|/|f(x')| = ", within(f_relchange(r), o.f_reltol))
    print(io, "    |g(x)|                 = ", within(r.g_residual, o.g_abstol))
end
"Along a line."
function Base.show(io::IO, r::OptimizationResults{<:UnivariateOptimizer})
    print(io, "Results of Optimization Algorithm\n * Algorithm: ", method_name(r.method), "\n * Search Interval: [", @sprintf("%f", r.asked.from), ", ", @sprintf("%f", r.asked.to), "]\n")
    print(io, " * Minimizer: ", @sprintf("%e", r.minimizer), "\n * Minimum: ", @sprintf("%e", r.minimum), "\n * Iterations: ", r.iterations, "\n")
    print(io, " * Convergence: max(|x - x_upper|, |x - x_lower|) <= 2*(", @sprintf("%.1e", r.asked.rel), "*|x|+", @sprintf("%.1e", r.asked.abs), "): ", converged(r), "\n")
    print(io, " * Objective Function Calls: ", r.f_calls)
end
Base.show(io::IO, ::MIME"text/plain", r::OptimizationResults) = show(io, r)

end
