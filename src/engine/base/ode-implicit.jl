# OrdinaryDiffEq: implicit methods, with Jacobians by dual numbers unless the problem brings its own.
module OrdinaryDiffEq
abstract type Implicit <: AbstractODEAlgorithm end
"Methods of the package that solve with a Jacobian; how it is made and factorised is their own affair."
struct Rosenbrock23 <: Implicit
    Rosenbrock23(; kw...) = new()
end
struct ImplicitEuler <: Implicit
    ImplicitEuler(; kw...) = new()
end
struct ImplicitMidpoint <: Implicit
    ImplicitMidpoint(; kw...) = new()
end
struct Trapezoid <: Implicit
    Trapezoid(; kw...) = new()
end
"A method for problems that turn out to be stiff, tried when the first one does not get to the end."
struct Auto{A,B} <: AbstractODEAlgorithm
    first::A
    stiff::B
end
AutoTsit5(stiff; kw...) = Auto(Tsit5(), stiff)
AutoVern7(stiff; kw...) = Auto(Vern7(), stiff)
order(::ImplicitEuler) = 1
order(::Union{Rosenbrock23,ImplicitMidpoint,Trapezoid}) = 2
is_adaptive(::ImplicitMidpoint) = false
steady(::Implicit) = (1.0, 1.2)

jacobian(q, u, p, t) = made(q.f.jac, q, u, p, t)
made(::Nothing, q, u::Number, p, t) = ForwardDiff.derivative(x -> slope(q, x, p, t), u)
made(::Nothing, q, u, p, t) = ForwardDiff.jacobian(x -> slope(q, x, p, t), u)
made(jac::Function, q, u, p, t) = given(q, jac, u, p, t)
given(q::ODEProblem{U,S,false}, jac, u, p, t) where {U,S} = jac(u, p, t)
function given(q::ODEProblem{U,S,true}, jac, u, p, t) where {U,S}
    J = fill!(similar(u, length(u), length(u)), zero(eltype(u)))
    jac(J, u, p, t)
    J
end
change_in_time(q, u, p, t) = ForwardDiff.derivative(s -> slope(q, wide_as(u, s), p, s), t)
wide_as(u::Number, s) = u + zero(s)
wide_as(u, s) = u .+ zero(s)
"`I - γJ`, ready to be solved with."
shifted(J::Number, γ) = 1 - γ * J
shifted(J, γ) = lu(I - γ * J)
solved(W, b::Union{Number,AbstractVector}) = W \ b
solved(W, b) = reshape(W \ vec(b), size(b))

slopes(::Implicit, k) = (k, k)
# Shampine and Reichelt, MATLAB's ode23s.
const ROS_D = 1 / (2 + sqrt(2))
function step_of(::Rosenbrock23, q, u, p, t, dt, f0)
    γ = oftype(dt, ROS_D * dt)
    W = shifted(jacobian(q, u, p, t), γ)
    T = change_in_time(q, u, p, t)
    k1 = solved(W, f0 .+ γ .* T)
    f1 = slope(q, u .+ (dt / 2) .* k1, p, t + dt / 2)
    k2 = solved(W, f1 .- k1) .+ k1
    v = u .+ dt .* k2
    f2 = slope(q, v, p, t + dt)
    k3 = solved(W, f2 .- oftype(dt, 6 + sqrt(2)) .* (k2 .- f1) .- 2 .* (k1 .- f0) .+ dt .* T)
    (v, (k1, k2), ((dt / 6) .* (k1 .- 2 .* k2 .+ k3),), f2)
end
function SciMLBase.between(::Rosenbrock23, q, u, v, ks, t, h, θ)
    d = 2 * oftype(θ, ROS_D)
    u .+ (h * θ / (1 - d)) .* ((1 - θ) .* ks[1] .+ (θ - d) .* ks[2])
end
SciMLBase.dense_summary(::Rosenbrock23) = "specialized 2nd order \"free\" stiffness-aware interpolation"

"The solution of `v = c + a f(v)` near `v`, by Newton's method; the last step carries the derivatives."
function implicit_step(q, v, c, a, p, t)
    x = EnzymeAutodiff.ignore_derivatives(v)
    for _ in 1:20
        W = shifted(jacobian(q, x, p, t), a)
        d = solved(W, x .- c .- a .* slope(q, x, p, t))
        x = x .- EnzymeAutodiff.ignore_derivatives(d)
        small(d, x) && break
    end
    W = shifted(jacobian(q, x, p, t), a)
    x .- solved(W, x .- c .- a .* slope(q, x, p, t))
end
small(d, x) = sum(abs2, plain(d)) <= 1e-20 * (1e-12 + sum(abs2, plain(x)))
function step_of(::ImplicitEuler, q, u, p, t, dt, k)
    v = implicit_step(q, u .+ dt .* k, u, dt, p, t + dt)
    l = slope(q, v, p, t + dt)
    (v, (k, l), ((dt / 2) .* (l .- k),), l)
end
function step_of(::Trapezoid, q, u, p, t, dt, k)
    v = implicit_step(q, u .+ dt .* k, u .+ (dt / 2) .* k, dt / 2, p, t + dt)
    l = slope(q, v, p, t + dt)
    middle = slope(q, hermite(oftype(dt, 0.5), dt, u, v, k, l), p, t + dt / 2)
    (v, (k, l), ((dt / 6) .* (k .- 2 .* middle .+ l),), l)
end
function step_of(::ImplicitMidpoint, q, u, p, t, dt, k)
    m = implicit_step(q, u .+ (dt / 2) .* k, u, dt / 2, p, t + dt / 2)
    v = 2 .* m .- u
    (v, (k, slope(q, v, p, t + dt)), (), slope(q, v, p, t + dt))
end
end
