# Roots: zeros of functions of one variable.
module Roots
import ..EnzymeAutodiff
export find_zero, find_zeros, fzero, fzeros, solve, ZeroProblem, Bisection, Order0, Order1, Order2, Order5, Order8, Order16, FalsePosition, A42, AlefeldPotraShi, Secant, Steffensen


struct ConvergenceFailed <: Exception
    reason::String
end
Base.showerror(io::IO, e::ConvergenceFailed) = print(io, "Roots.ConvergenceFailed(\"", e.reason, "\")")
abstract type AbstractMethod end
abstract type AbstractBracketing <: AbstractMethod end
# Methods by name: those that keep a bracket are one here, and so are those that only call the function.
struct Bisection <: AbstractBracketing end
struct FalsePosition <: AbstractBracketing end
struct A42 <: AbstractBracketing end
struct AlefeldPotraShi <: AbstractBracketing end
struct Brent <: AbstractBracketing end
struct Ridders <: AbstractBracketing end
struct ITP <: AbstractBracketing end
struct Chandrapatla <: AbstractBracketing end
struct Order0 <: AbstractMethod end
struct Order1 <: AbstractMethod end
struct Order2 <: AbstractMethod end
struct Order5 <: AbstractMethod end
struct Order8 <: AbstractMethod end
struct Order16 <: AbstractMethod end
struct Order1B <: AbstractMethod end
struct Order2B <: AbstractMethod end
struct Secant <: AbstractMethod end
struct Steffensen <: AbstractMethod end
struct Newton <: AbstractMethod end
struct Halley <: AbstractMethod end
struct Schroder <: AbstractMethod end
# Functions of this module, whatever their names mean elsewhere.
function newton end
function solve end
function search end

"A function and where to look for its zero."
struct ZeroProblem{F,X}
    F::F
    x₀::X
end
solve(z::ZeroProblem, m::AbstractMethod=default_method(z.x₀), p=nothing; kws...) = find_zero(z.F, z.x₀, m, p; kws...)
solve(z::ZeroProblem, p; kws...) = find_zero(z.F, z.x₀, default_method(z.x₀), p; kws...)
default_method(x::Number) = Order0()
default_method(x) = Bisection()
with_parameter(f, ::Nothing) = f
with_parameter(f, p) = x -> f(x, p)
with_parameter(f::Tuple, ::Nothing) = f
with_parameter(fs::Tuple, p) = map(f -> (x -> f(x, p)), fs)

"A zero of `f` near the number `x0`, or between the two numbers of a pair."
find_zero(f, x0; kws...) = find_zero(f, x0, default_method(x0); kws...)
function find_zero(f, x0, method::AbstractMethod, p=nothing; p_kw=p, atol=0.0, rtol=4 * eps(), xatol=0.0, xrtol=4 * eps(), maxevals=200, maxiters=maxevals,
    verbose=false, tracks=nothing)
    g = with_parameter(f, p_kw)
    only_value = g isa Tuple ? first(g) : g
    x = search(g, EnzymeAutodiff.ignore_derivatives(start_of(x0)), method, atol, xatol, xrtol, maxiters)
    __within_autodiff() ? implied(only_value, EnzymeAutodiff.ignore_derivatives(x)) : x
end
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
search(f, x::Tuple, m::AbstractMethod, atol, xatol, xrtol, n) = between(f isa Tuple ? first(f) : f, x[1], x[2], atol, xatol, xrtol)
search(f, x::Number, m::AbstractBracketing, atol, xatol, xrtol, n) = Base.__argument_error("Bracketing methods require a bracketing interval (a,b)")
search(f, x::Number, m::AbstractMethod, atol, xatol, xrtol, n) = from_values(f isa Tuple ? first(f) : f, x, atol, xatol, xrtol, n)
search(fs::Tuple, x::Number, m::Newton, atol, xatol, xrtol, n) = stepping(x -> (y = fs[1](x); (y, y / fs[2](x))), x, atol, xatol, xrtol, n)
function search(fs::Tuple, x::Number, m::Halley, atol, xatol, xrtol, n)
    stepping(x -> (y = fs[1](x); d = fs[2](x); e = fs[3](x); (y, 2 * y * d / (2 * d * d - y * e))), x, atol, xatol, xrtol, n)
end
function stepping(f, x, atol, xatol, xrtol, n)
    for _ in 1:n
        y, step = f(x)
        iszero(y) && return x
        x -= step
        isfinite(x) || throw(ConvergenceFailed("Algorithm failed to converge"))
        (abs(step) <= max(xatol, xrtol * abs(x)) || abs(y) <= atol) && return x
    end
    throw(ConvergenceFailed("Algorithm failed to converge"))
end
"Secants; once the sign has changed, between the points where it did."
function from_values(f, x, atol, xatol, xrtol, n)
    h = max(abs(x), 1.0) * cbrt(eps())
    a, b = x, x + h
    u, v = f(a), f(b)
    iszero(u) && return a
    for _ in 1:n
        iszero(v) && return b
        u * v < 0 && return between(f, a, b, atol, xatol, xrtol)
        d = v - u
        step = iszero(d) ? -100 * (b - a) : v * (b - a) / d
        abs(step) > 100 * max(abs(b - a), h) && (step = sign(step) * 100 * max(abs(b - a), h))
        c = b - step
        w = f(c)
        for _ in 1:60
            isfinite(w) && break
            step /= 2
            c = b - step
            w = f(c)
        end
        (abs(c - b) <= max(xatol, xrtol * abs(c)) || abs(w) <= max(atol, eps() * 4)) && return polished(f, b, c, v, w)
        a, b, u, v = b, c, v, w
    end
    throw(ConvergenceFailed("Algorithm failed to converge"))
end
polished(f, b, c, v, w) = abs(w) <= abs(v) ? c : b
"Brent's method."
function between(f, a, b, atol, xatol, xrtol)
    u, v = f(a), f(b)
    iszero(u) && return a
    iszero(v) && return b
    u * v < 0 || Base.__argument_error("The interval [a,b] is not a bracketing interval.\nYou need f(a) and f(b) to have different signs (f(a) * f(b) < 0).\nConsider a different bracket or try fzero(f, c) with an initial guess c.\n\n")
    isinf(a) && (a = copysign(floatmax(), a))
    isinf(b) && (b = copysign(floatmax(), b))
    abs(u) < abs(v) && ((a, b, u, v) = (b, a, v, u))
    c, w, d = a, u, b - a
    halved = true
    for _ in 1:3000
        (iszero(v) || abs(v) <= atol) && return b
        tol = max(xatol, xrtol * abs(b) / 2)
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
        ys[k] * ys[k+1] < 0 && push!(out, between(f, xs[k], xs[k+1], 0.0, 0.0, 4 * eps()))
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
fzero(f, x0::Number; kws...) = find_zero(f, x0; kws...)
fzero(f, a::Number, b::Number; kws...) = find_zero(f, (a, b); kws...)
fzero(f, x0; kws...) = find_zero(f, x0; kws...)
fzeros(f, a, b; kws...) = find_zeros(f, a, b; kws...)
"The methods by themselves."
newton(f, df, x0; kws...) = find_zero((f, df), x0, Newton(); kws...)
newton(fs::Tuple, x0; kws...) = find_zero(fs, x0, Newton(); kws...)
halley(f, df, ddf, x0; kws...) = find_zero((f, df, ddf), x0, Halley(); kws...)
secant_method(f, x0; kws...) = find_zero(f, x0 isa Number ? x0 : first(x0), Order1(); kws...)
bisection(f, a::Number, b::Number; kws...) = find_zero(f, (a, b), Bisection(); kws...)
end
