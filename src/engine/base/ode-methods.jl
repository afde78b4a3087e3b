# OrdinaryDiffEq: the explicit methods by their coefficients, their steps, and what they say between the ends of a step.
module OrdinaryDiffEq
using ..SciMLBase, ..ReturnCode, ..LinearAlgebra
import ..SciMLBase
import ..CommonSolve: solve, solve!, init, step!
import ..SciMLBase: AbstractODEAlgorithm, plain, successful_retcode, terminate!, add_tstop!, u_modified!, set_u!, get_du
import ..ForwardDiff, ..EnzymeAutodiff
export Euler, Midpoint, Heun, Ralston, RK4, BS3, Tsit5, DP5, Vern7, Rosenbrock23, Rodas4, Rodas5P, ImplicitEuler, ImplicitMidpoint, Trapezoid, TRBDF2, AutoTsit5, AutoVern7,
    ODEProblem, ODEFunction, ODESolution, remake, solve, solve!, init, step!, ReturnCode, SciMLBase,
    DiscreteCallback, ContinuousCallback, CallbackSet, terminate!, add_tstop!, u_modified!, set_u!, get_du, reinit!, tuples

# Keywords say how stages are limited or run in threads, which changes nothing of what is computed.
abstract type Explicit <: AbstractODEAlgorithm end
struct Euler <: Explicit
    Euler(; kw...) = new()
end
struct Midpoint <: Explicit
    Midpoint(; kw...) = new()
end
struct Heun <: Explicit
    Heun(; kw...) = new()
end
struct Ralston <: Explicit
    Ralston(; kw...) = new()
end
struct RK4 <: Explicit
    RK4(; kw...) = new()
end
struct BS3 <: Explicit
    BS3(; kw...) = new()
end
struct Tsit5 <: Explicit
    Tsit5(; kw...) = new()
end
struct DP5 <: Explicit
    DP5(; kw...) = new()
end
struct Vern7 <: Explicit
    Vern7(; kw...) = new()
end

# Coefficients of stages by rows, the last row being that of the result, whose slope is a stage as well; their times; weights of the estimated error.
rows(::Euler) = ((1.0,),)
times(::Euler) = (1.0,)
rows(::Midpoint) = ((0.5,), (0.0, 1.0))
times(::Midpoint) = (0.5, 1.0)
errors(::Midpoint) = (1.0, -1.0, 0.0)
rows(::Heun) = ((1.0,), (0.5, 0.5))
times(::Heun) = (1.0, 1.0)
errors(::Heun) = (0.5, -0.5, 0.0)
rows(::Ralston) = ((2 / 3,), (0.25, 0.75))
times(::Ralston) = (2 / 3, 1.0)
errors(::Ralston) = (0.75, -0.75, 0.0)
rows(::RK4) = ((0.5,), (0.0, 0.5), (0.0, 0.0, 1.0), (1 / 6, 1 / 3, 1 / 3, 1 / 6))
times(::RK4) = (0.5, 0.5, 1.0, 1.0)
rows(::BS3) = ((0.5,), (0.0, 0.75), (2 / 9, 1 / 3, 4 / 9))
times(::BS3) = (0.5, 0.75, 1.0)
errors(::BS3) = (5 / 72, -1 / 12, -1 / 9, 1 / 8)
rows(::Tsit5) = ((0.161,), (-0.008480655492356989, 0.335480655492357), (2.8971530571054935, -6.359448489975075, 4.3622954328695815),
    (5.325864828439257, -11.748883564062828, 7.4955393428898365, -0.09249506636175525),
    (5.86145544294642, -12.92096931784711, 8.159367898576159, -0.071584973281401, -0.028269050394068383),
    (0.09646076681806523, 0.01, 0.4798896504144996, 1.379008574103742, -3.290069515436081, 2.324710524099774))
times(::Tsit5) = (0.161, 0.327, 0.9, 0.9800255409045097, 1.0, 1.0)
errors(::Tsit5) = (-0.00178001105222577714, -0.0008164344596567469, 0.007880878010261995, -0.1447110071732629, 0.5823571654525552, -0.45808210592918697, 0.015151515151515152)
rows(::DP5) = ((0.2,), (3 / 40, 9 / 40), (44 / 45, -56 / 15, 32 / 9), (19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729),
    (9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656), (35 / 384, 0.0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84))
times(::DP5) = (0.2, 0.3, 0.8, 8 / 9, 1.0, 1.0)
errors(::DP5) = (71 / 57600, 0.0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40)
rows(::Vern7) = ((0.005,), (-1.07679012345679, 1.185679012345679), (0.04083333333333333, 0.0, 0.1225), (0.6389139236255726, 0.0, -2.455672638223657, 2.272258714598084),
    (-2.6615773750187572, 0.0, 10.804513886456137, -8.3539146573962, 0.820487594956657),
    (6.067741434696772, 0.0, -24.711273635911088, 20.427517930788895, -1.9061579788166472, 1.006172249242068),
    (12.054670076253203, 0.0, -49.75478495046899, 41.142888638604674, -4.461760149974004, 2.042334822239175, -0.09834843665406107),
    (10.138146522881808, 0.0, -42.6411360317175, 35.76384003992257, -4.3480228403929075, 2.0098622683770357, 0.3487490460338272, -0.27143900510483127),
    (-45.030072034298676, 0.0, 187.3272437654589, -154.02882369350186, 18.56465306347536, -7.141809679295079, 1.3088085781613787),
    (0.04715561848627222, 0.0, 0.0, 0.25750564298434153, 0.26216653977412624, 0.15216092656738558, 0.4939969170032485, -0.29430311714032503, 0.08131747232495111))
times(::Vern7) = (0.005, 0.10888888888888888, 0.16333333333333333, 0.4555, 0.6095094489978381, 0.884, 0.925, 1.0, 1.0, 1.0)
errors(::Vern7) = (0.002547011879931045, 0.0, 0.0, -0.00965839487279575, 0.04206470975639691, -0.0666822437469301, 0.2650097464621281, -0.29430311714032503, 0.08131747232495111, -0.02029518466335628, 0.0)

order(::Euler) = 1
order(::Union{Midpoint,Heun,Ralston}) = 2
order(::BS3) = 3
order(::RK4) = 4
order(::Union{Tsit5,DP5}) = 5
order(::Vern7) = 7
is_adaptive(::Euler) = false
is_adaptive(alg) = true
"Powers of the controller of the step: of the estimated error, and of that of the last step."
powers(::Tsit5) = (7 / 50, 2 / 25)
powers(::DP5) = (0.2 - 3 / 4 * 0.04, 0.04)
powers(alg) = (7 / 10order(alg), 2 / 5order(alg))
"Between which quotients a step is left as it is."
steady(alg) = (1.0, 1.0)

"`x + dt * Σ aᵢ kᵢ`, element by element."
moved(x, dt, a, ks) = (b = as_wide(dt, a); broadcast((x, k...) -> x + dt * weighted(b, k), x, ks...))
combined(dt, a, ks) = (b = as_wide(dt, a); broadcast((k...) -> dt * weighted(b, k), ks...))
as_wide(::Float32, a) = map(Float32, a)
as_wide(dt, a) = a
weighted(a::Tuple{Any}, k::Tuple) = a[1] * k[1]
weighted(a::Tuple, k::Tuple) = iszero(a[1]) ? weighted(Base.tail(a), Base.tail(k)) : a[1] * k[1] + weighted(Base.tail(a), Base.tail(k))
"The right-hand side of a problem, written or returned."
slope(q::ODEProblem{U,S,false}, u, p, t) where {U,S} = q.f(u, p, t)
function slope(q::ODEProblem{U,S,true}, u, p, t) where {U,S}
    du = similar(u)
    q.f(du, u, p, t)
    du
end

"A step from `u`, where the slope is `k`: the result, the slopes of all stages, how much it may be off, element by element, and the slope at its end."
function step_of(alg::Explicit, q, u, p, t, dt, k)
    v, ks = stages(q, u, p, t, dt, (k,), rows(alg), times(alg))
    (v, ks, estimated(alg, q, u, v, p, t, dt, ks), ks[end])
end
"What the slopes of a step are before the first one."
slopes(alg::Explicit, k) = Base.__ntuple(_ -> k, Val(length(rows(alg)) + 1))
function stages(q, u, p, t, dt, ks, a, c)
    v = moved(u, dt, a[1], ks)
    all_ = (ks..., slope(q, v, p, t + oftype(dt, c[1] * dt)))
    length(a) == 1 ? (v, all_) : stages(q, u, p, t, dt, all_, Base.tail(a), Base.tail(c))
end
estimated(alg::Explicit, q, u, v, p, t, dt, ks) = (combined(dt, errors(alg), ks),)
estimated(::Euler, q, u, v, p, t, dt, ks) = ()
# How far the cubic through both ends is from being a solution, at two points (Shampine).
function estimated(::RK4, q, u, v, p, t, dt, ks)
    a, b = ks[1], ks[end]
    residual(σ) = broadcast((f, k, l, x, y) -> oftype(dt, 2.1342) * dt * (f - cubic_slope(σ, dt, x, y, k, l)), slope(q, hermite(σ, dt, u, v, a, b), p, t + σ * dt), a, b, u, v)
    (residual(oftype(dt, 0.5 - sqrt(3) / 6)), residual(oftype(dt, 0.5 + sqrt(3) / 6)))
end
cubic(θ, h, x, y, k, l) = (1 - θ) * x + θ * y + θ * (θ - 1) * ((1 - 2θ) * (y - x) + (θ - 1) * h * k + θ * h * l)
cubic_slope(θ, h, x, y, k, l) = k + θ * (-4h * k - 2h * l - 6x + θ * (3h * k + 3h * l + 6x - 6y) + 6y) / h
hermite(θ, h, u, v, a, b) = broadcast((x, y, k, l) -> cubic(θ, h, x, y, k, l), u, v, a, b)

# Between the ends of a step: polynomials of the method, the cubic through both ends, or a shorter step.
SciMLBase.between(alg::AbstractODEAlgorithm, q, u, v, ks, t, h, θ) = hermite(θ, h, u, v, ks[1], ks[end])
SciMLBase.between(alg::Tsit5, q, u, v, ks, t, h, θ) = moved(u, h, tsit5_weights(θ), ks)
SciMLBase.between(alg::DP5, q, u, v, ks, t, h, θ) = moved(u, h, dp5_weights(θ), ks)
SciMLBase.between(alg::Vern7, q, u, v, ks, t, h, θ) = iszero(θ) ? u : isone(θ) ? v : step_of(alg, q, u, q.p, t, θ * h, ks[1])[1]
tsit5_weights(θ) = (θ * (1.0 + θ * (-2.763706197274826 + θ * (2.9132554618219126 + θ * -1.0530884977290216))), θ^2 * (0.13169999999999998 + θ * (-0.2234 + θ * 0.1017)),
    θ^2 * (3.9302962368947516 + θ * (-5.941033872131505 + θ * 2.490627285651253)), θ^2 * (-12.411077166933676 + θ * (30.33818863028232 + θ * -16.548102889244902)),
    θ^2 * (37.50931341651104 + θ * (-88.1789048947664 + θ * 47.37952196281928)), θ^2 * (-27.896526289197286 + θ * (65.09189467479366 + θ * -34.87065786149661)), θ^2 * (1.5 + θ * (-4.0 + θ * 2.5)))
const DP5_MORE = (-12715105075 / 11282082432, 0.0, 87487479700 / 32700410799, -10690763975 / 1880347072, 701980252875 / 199316789632, -1453857185 / 822651844, 69997945 / 29380423)
function dp5_weights(θ)
    b = (rows(DP5())[6]..., 0.0)
    Base.__ntuple(Val(7)) do i
        first_, last_ = (i == 1) - b[i], (i == 7) - b[i]
        θ * (b[i] + (1 - θ) * (first_ + θ * (-last_ - first_ + (1 - θ) * DP5_MORE[i])))
    end
end
SciMLBase.dense_summary(alg) = "3rd order Hermite"
SciMLBase.dense_summary(::Union{Tsit5,DP5}) = "specialized 4th order \"free\" interpolation"
SciMLBase.dense_summary(::Vern7) = "specialized 7th order lazy interpolation"
end
