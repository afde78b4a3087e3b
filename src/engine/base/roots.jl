# Roots: zeros of functions of one variable.
module Roots
import ..EnzymeAutodiff
import ..CommonSolve: solve, solve!, init
export find_zero, find_zeros, fzero, fzeros, solve, solve!, init, ZeroProblem, Bisection, Order0, Order1, Order2, Order5, Order8, Order16, FalsePosition, A42, AlefeldPotraShi, Secant, Steffensen


struct ConvergenceFailed <: Exception
    reason::String
end
Base.showerror(io::IO, e::ConvergenceFailed) = print(io, "Roots.ConvergenceFailed(\"", e.reason, "\")")
abstract type AbstractUnivariateZeroMethod end
abstract type AbstractBracketingMethod <: AbstractUnivariateZeroMethod end
abstract type AbstractNonBracketingMethod <: AbstractUnivariateZeroMethod end
# Methods by name: those that keep a bracket are one here, and so are those that only call the function.
struct Bisection <: AbstractBracketingMethod end
struct BisectionExact <: AbstractBracketingMethod end
struct FalsePosition{R} <: AbstractBracketingMethod end
FalsePosition(rule=:anderson_bjork) = FalsePosition{rule}()
struct A42 <: AbstractBracketingMethod end
struct AlefeldPotraShi <: AbstractBracketingMethod end
struct Brent <: AbstractBracketingMethod end
struct Ridders <: AbstractBracketingMethod end
struct ITP <: AbstractBracketingMethod end
struct Chandrapatla <: AbstractBracketingMethod end
struct Order0 <: AbstractNonBracketingMethod end
struct Secant <: AbstractNonBracketingMethod end
struct Steffensen <: AbstractNonBracketingMethod end
const Order1 = Secant
const Order2 = Steffensen
struct Order5 <: AbstractNonBracketingMethod end
struct Order8 <: AbstractNonBracketingMethod end
struct Order16 <: AbstractNonBracketingMethod end
struct Order1B <: AbstractNonBracketingMethod end
struct Order2B <: AbstractNonBracketingMethod end
struct Sidi{K} <: AbstractNonBracketingMethod end
Sidi(k::Integer) = Sidi{k}()
"Methods with derivatives: one of them, or two."
abstract type AbstractNewton <: AbstractNonBracketingMethod end
struct Newton <: AbstractNewton end
abstract type AbstractHalley <: AbstractNewton end
struct Halley <: AbstractHalley end
struct Schroder <: AbstractHalley end
struct QuadraticInverse <: AbstractHalley end
struct ChebyshevLike <: AbstractHalley end
struct SuperHalley <: AbstractHalley end
"What `tracks` of a program takes; nothing is recorded."
struct Tracks end

# Functions of this module, whatever their names mean elsewhere.
function newton end
function search end

"A function and where to look for its zero."
struct ZeroProblem{F,X}
    F::F
    x₀::X
end
"A problem with a method, as `solve!` takes it."
struct ZeroProblemIterator{Z,M,P,K}
    problem::Z
    method::M
    p::P
    options::K
end
init(z::ZeroProblem, m::AbstractUnivariateZeroMethod=default_method(z.x₀), p′=nothing; p=p′, options...) = ZeroProblemIterator(z, m, p, NamedTuple(options))
init(z::ZeroProblem, p; options...) = init(z, default_method(z.x₀), p; options...)
"The zero, or NaN."
solve!(i::ZeroProblemIterator) = zero_or_nan(i.problem.F, i.problem.x₀, i.method, i.p; i.options...)
solve(z::ZeroProblem, m::AbstractUnivariateZeroMethod=default_method(z.x₀), p′=nothing; p=p′, options...) = zero_or_nan(z.F, z.x₀, m, p; options...)
solve(z::ZeroProblem, p; options...) = zero_or_nan(z.F, z.x₀, default_method(z.x₀), p; options...)
default_method(x::Number) = Order0()
default_method(x) = Bisection()
with_parameter(f, ::Nothing) = f
with_parameter(f, p) = x -> f(x, p)
with_parameter(f::Tuple, ::Nothing) = f
with_parameter(fs::Tuple, p) = map(f -> (x -> f(x, p)), fs)

"A zero of `f` near the number `x0`, or between the two numbers of a pair; `p` is the second argument of `f`."
find_zero(f, x0, p′=nothing; options...) = find_zero(f, x0, default_method(x0), p′; options...)
function find_zero(f, x0, method::AbstractUnivariateZeroMethod, p′=nothing; p=p′, options...)
    x = zero_or_nan(f, x0, method, p; options...)
    isnan(x) ? throw(ConvergenceFailed("Algorithm failed to converge")) : x
end
function zero_or_nan(f, x0, method, p; atol=nothing, rtol=nothing, xatol=nothing, xrtol=nothing, maxevals=200, maxiters=maxevals, maxsteps=maxiters, verbose=false, tracks=nothing, strict=false)
    g = with_parameter(f, p)
    start = EnzymeAutodiff.ignore_derivatives(start_of(x0))
    x = search(g, start, method, tolerances(real(typeof(first(start))), method, atol, rtol, xatol, xrtol, maxsteps))
    __within_autodiff() && !isnan(x) ? implied(value_of(g, method), EnzymeAutodiff.ignore_derivatives(x)) : x
end
value_of(f, m) = f
value_of(fs::Tuple, m) = first(fs)
value_of(f::Tuple, ::AbstractNewton) = first(f)
value_of(f, ::AbstractNewton) = x -> first(f(x))
"A bracket is halved until nothing is left of it unless a program says otherwise."
tolerances(::Type{T}, ::AbstractBracketingMethod, atol, rtol, xatol, xrtol, n) where {T} =
    (atol=something(atol, zero(T)), rtol=something(rtol, zero(T)), xatol=something(xatol, zero(T)), xrtol=something(xrtol, zero(T)), n=n)
tolerances(::Type{T}, m, atol, rtol, xatol, xrtol, n) where {T} =
    (atol=something(atol, 4 * eps(T)), rtol=something(rtol, 4 * eps(T)), xatol=something(xatol, eps(T)), xrtol=something(xrtol, 4 * eps(T)), n=n)
start_of(x::Number) = float(x)
start_of(x) = (a = float(first(x)); b = float(last(x)); promote(a, b))
# The derivative of a zero is that of one Newton step from it; more steps are for derivatives of higher order.
function implied(f, x)
    h = cbrt(eps()) * max(abs(x), 1.0)
    slope = EnzymeAutodiff.ignore_derivatives((8 * (f(x + h) - f(x - h)) - (f(x + 2h) - f(x - 2h))) / (12h))
    for _ in 1:3
        x = x - f(x) / slope
    end
    x
end
search(f, x::Tuple, m::AbstractBracketingMethod, t) = between(value_of(f, m), x[1], x[2], t)
search(f, x::Tuple, m::AbstractNonBracketingMethod, t) = from_values(value_of(f, m), x[1], x[2], t)
search(f, x::Number, m::AbstractBracketingMethod, t) = Base.__argument_error("Bracketing methods require a bracketing interval (a,b)")
search(f, x::Number, m::AbstractNonBracketingMethod, t) = from_values(value_of(f, m), x, x + max(abs(x), 1) * cbrt(eps(real(typeof(x)))), t)
search(f, x::Number, m::AbstractNewton, t) = stepping(x -> (y = f(x); (y[1], step_of(m, Base.tail(y)...))), x, t)
search(fs::Tuple, x::Number, m::AbstractNewton, t) = stepping(x -> step_with(m, map(f -> f(x), fs)), x, t)
search(f, x::Tuple, m::AbstractNewton, t) = search(f, x[1], m, t)
step_with(m, y::Tuple{Any,Any}) = (y[1], step_of(m, y[1] / y[2]))
step_with(m, y::Tuple) = (y[1], step_of(m, y[1] / y[2], y[2] / y[3]))
# By the quotients of the value and its derivative, and of that and the second derivative.
step_of(::AbstractNewton, q, more...) = q
step_of(::Halley, q, r) = 2r / (2r - q) * q
step_of(::Schroder, q, r) = r / (r - q) * q
step_of(::QuadraticInverse, q, r) = (1 + q / (2r)) * q
step_of(::ChebyshevLike, q, r) = (1 + q / (2r) * (1 + q / r)) * q
step_of(::SuperHalley, q, r) = (1 + q / (2r - 2q)) * q
function stepping(f, x, t)
    for _ in 1:t.n
        y, step = f(x)
        iszero(y) && return x
        x -= step
        isfinite(x) || return x * NaN
        (abs(step) <= max(t.xatol, t.xrtol * abs(x)) || abs(y) <= t.atol) && return x
    end
    x * NaN
end
changes_sign(u::Real, v::Real) = u * v < 0
changes_sign(u, v) = false
"Secants; once the sign has changed, between the points where it did."
function from_values(f, a, b, t)
    h = abs(b - a)
    u, v = f(a), f(b)
    iszero(u) && return a
    for _ in 1:t.n
        iszero(v) && return b
        changes_sign(u, v) && return between(f, a, b, (; t..., atol=zero(t.atol)))
        d = v - u
        step = iszero(d) ? -100 * (b - a) : v * (b - a) / d
        longest = 100 * max(abs(b - a), h)
        isshortened = abs(step) > longest
        isshortened && (step *= longest / abs(step))
        c = b - step
        w = f(c)
        for _ in 1:60
            isfinite(w) && break
            step /= 2
            c = b - step
            w = f(c)
        end
        !isshortened && abs(c - b) <= max(t.xatol, t.xrtol * abs(c)) && return better(c, w, b, v, t)
        abs(w) <= max(t.atol, abs(c) * t.rtol) && return better(c, w, b, v, t)
        a, b, u, v = b, c, v, w
    end
    b * NaN
end
"The better of the two; steps may end where the function is not small."
function better(c, w, b, v, t)
    abs(v) < abs(w) && ((c, w) = (b, v))
    abs(w) <= cbrt(max(t.atol, t.xatol, abs(c) * t.rtol)) ? c : c * NaN
end
"Brent's method."
function between(f, a, b, t)
    u, v = f(a), f(b)
    iszero(u) && return a
    iszero(v) && return b
    u * v < 0 || Base.__argument_error("The interval [a,b] is not a bracketing interval.\nYou need f(a) and f(b) to have different signs (f(a) * f(b) < 0).\nConsider a different bracket or try fzero(f, c) with an initial guess c.\n\n")
    isinf(a) && (a = copysign(floatmax(a), a))
    isinf(b) && (b = copysign(floatmax(b), b))
    abs(u) < abs(v) && ((a, b, u, v) = (b, a, v, u))
    c, w, d = a, u, b - a
    halved = true
    for _ in 1:3000
        (iszero(v) || abs(v) <= max(t.atol, abs(b) * t.rtol)) && return b
        tol = max(t.xatol, t.xrtol * abs(b) / 2)
        (nextfloat(min(a, b)) >= max(a, b) || abs(b - a) <= tol) && return b
        s = u != w && v != w ? a * v * w / ((u - v) * (u - w)) + b * u * w / ((v - u) * (v - w)) + c * u * v / ((w - u) * (w - v)) : b - v * (b - a) / (v - u)
        m = a / 2 + b / 2
        low, high = minmax((3a + b) / 4, b)
        last = halved ? abs(b - c) : abs(c - d)
        halved = !(low < s < high) || abs(s - b) >= last / 2 || last < tol
        halved && (s = m)
        y = f(s)
        d, c, w = c, b, v
        u * y < 0 ? ((b, v) = (s, y)) : ((a, u) = (s, y))
        abs(u) < abs(v) && ((a, b, u, v) = (b, a, v, u))
    end
    b
end
"All zeros between `a` and `b` where the sign changes, and those that touch zero at one of many points."
function find_zeros(f, a::Real, b::Real; no_pts=200, kws...)
    xs = range(float(a), float(b); length=no_pts + 1)
    ys = map(f, xs)
    out = Float64[]
    for k in 1:no_pts
        iszero(ys[k]) && push!(out, xs[k])
        ys[k] * ys[k+1] < 0 && push!(out, between(f, xs[k], xs[k+1], (atol=0.0, rtol=0.0, xatol=0.0, xrtol=0.0)))
        # A zero without a change of sign: the values turn there.
        if k > 1 && ys[k-1] * ys[k+1] > 0 && ys[k] * ys[k+1] > 0 && abs(ys[k]) <= abs(ys[k-1]) && abs(ys[k]) <= abs(ys[k+1])
            x = lowest(t -> abs(f(t)), xs[k-1], xs[k+1])
            abs(f(x)) < 1.0e-12 && push!(out, x)
        end
    end
    iszero(ys[end]) && push!(out, xs[end])
    out
end
find_zeros(f, ab; kws...) = find_zeros(f, first(ab), last(ab); kws...)
function lowest(f, a, b)
    φ = (sqrt(5) - 1) / 2
    for _ in 1:80
        c, d = b - φ * (b - a), a + φ * (b - a)
        f(c) < f(d) ? (b = d) : (a = c)
    end
    (a + b) / 2
end
fzero(f, x0::Number; order=0, options...) = find_zero(f, x0, by_order(order); options...)
fzero(f, a::Number, b::Number; options...) = find_zero(f, (a, b); options...)
fzero(f, df, x0::Number; options...) = find_zero((f, df), x0, Newton(); options...)
fzero(f, x0; options...) = find_zero(f, x0; options...)
by_order(m::AbstractUnivariateZeroMethod) = m
by_order(k::Integer) = k == 0 ? Order0() : k == 1 ? Order1() : k == 2 ? Order2() : k == 5 ? Order5() : k == 8 ? Order8() : Order16()
fzeros(f, a, b; options...) = find_zeros(f, a, b; options...)
fzeros(f, ab; options...) = find_zeros(f, ab; options...)
"The methods by themselves."
newton(f, df, x0; options...) = find_zero((f, df), x0, Newton(); options...)
newton(fs::Tuple, x0; options...) = find_zero(fs, x0, Newton(); options...)
halley(f, df, ddf, x0; options...) = find_zero((f, df, ddf), x0, Halley(); options...)
secant_method(f, x0; options...) = find_zero(f, x0, Order1(); options...)
dfree(f, x0; options...) = find_zero(f, x0, Order0(); options...)
muller(f, x0; options...) = find_zero(f, x0, Order1(); options...)
bisection(f, a::Number, b::Number; options...) = find_zero(f, (a, b), Bisection(); options...)
end
