# SpecialFunctions, Bessel functions: their power series where it does not cancel, Schläfli's integrals elsewhere, recurrences in the order.
module SpecialFunctions

function periodic_mean(f, n)
    s = f(0.0)
    for k in 1:n-1
        s += f(6.283185307179586 * k / n)
    end
    s / n
end
nodes(n, x) = 40 + 2 * abs(Int64(n)) + 2 * ceil(Int64, abs(x))
const LEGENDRE_NODES = (
    0.09501250983763744, 0.2816035507792589, 0.45801677765722737, 0.6178762444026438, 0.755404408355003, 0.8656312023878318, 0.9445750230732326, 0.9894009349916499
)
const LEGENDRE_WEIGHTS = (
    0.1894506104550685, 0.18260341504492358, 0.16915651939500254, 0.14959598881657674, 0.12462897125553388, 0.09515851168249279, 0.062253523938647894, 0.027152459411754096
)
"The integral of `f` from `a` to `b` by the Gauss-Legendre rule of 16 points on each of `n` pieces."
function integral(f, a, b, n)
    half = (b - a) / (2 * n)
    s = zero(f(a))
    for k in 1:n
        mid = a + (2 * k - 1) * half
        for i in 1:8
            d = half * LEGENDRE_NODES[i]
            s += LEGENDRE_WEIGHTS[i] * (f(mid + d) + f(mid - d))
        end
    end
    half * s
end
"The end of what counts of `exp(-x sinh(t))`, and pieces enough to integrate that far; and pieces for a phase of up to `x`."
tail_of(x) = (t = asinh(60 / x); (t, 12 + ceil(Int64, 2 * t)))
waves_of(x) = 3 + ceil(Int64, x / 4)
function schläfli_j(ν, x)
    still = EnzymeAutodiff.ignore_derivatives(x)
    s = integral(θ -> cos(ν * θ - x * sin(θ)), 0.0, 3.141592653589793, waves_of(still + abs(ν)))
    isinteger(ν) && return s / π
    to, n = tail_of(still)
    (s - sinpi(ν) * integral(t -> exp(-x * sinh(t) - ν * t), 0.0, to, n)) / π
end
function schläfli_y(ν, x)
    still = EnzymeAutodiff.ignore_derivatives(x)
    to, n = tail_of(still)
    (integral(θ -> sin(x * sin(θ) - ν * θ), 0.0, 3.141592653589793, waves_of(still + abs(ν))) -
     integral(t -> (exp(ν * t) + exp(-ν * t) * cospi(ν)) * exp(-x * sinh(t)), 0.0, to, n)) / π
end

besselj(ν::Real, x::Real) = any_j(ν, float(x))
function bessely(ν::Real, x::Real)
    x < 0 && throw(DomainError(x, "`x` must be nonnegative."))
    iszero(x) ? -Inf * one(float(x)) : any_y(ν, float(x))
end
"`abs(x)`, whose derivative at 0 is 1 by every package's rules."
upright(x) = x < 0 ? -x : x
function any_j(ν, x)
    isinteger(ν) && return odd_sign(ν, (x < 0) != (ν < 0)) * positive_j(abs(ν), upright(x))
    x < 0 && throw(DomainError(x, "`x` must be nonnegative."))
    ν < 0 ? cospi(ν) * positive_j(-ν, x) + sinpi(ν) * positive_y(-ν, x) : positive_j(ν, x)
end
function any_y(ν, x)
    isinteger(ν) && return odd_sign(ν, ν < 0) * positive_y(abs(ν), x)
    ν < 0 ? cospi(ν) * positive_y(-ν, x) - sinpi(ν) * positive_j(-ν, x) : positive_y(ν, x)
end
"-1 for an odd order that is turned round, as its argument is or the order itself, and 1 else."
odd_sign(ν, is_turned) = is_turned && isodd(Int64(ν)) ? -1 : 1
positive_j(ν, x) = x * x > 12 * (ν + 1) && x < ν ? downward_j(ν, x) : direct_j(ν, x)
function direct_j(ν, x)
    x * x <= 12 * (ν + 1) && return power_series(ν, x, -1)
    isinteger(ν) ? periodic_mean(t -> cos(ν * t - x * sin(t)), nodes(ν, EnzymeAutodiff.ignore_derivatives(x))) : schläfli_j(ν, x)
end
"Downwards the recurrence is stable; what it begins with is set right at the orders below 2."
function downward_j(ν, x)
    n = floor(Int64, ν)
    μ = ν - n
    above, here = zero(x), 1.0e-30 * one(x)
    found = here
    for k in n+30+n÷2:-1:1
        above, here = here, 2 * (k + μ) / x * here - above
        k - 1 == n && (found = here)
        if abs(here) > 1.0e200
            above, here, found = above * 1.0e-200, here * 1.0e-200, found * 1.0e-200
        end
    end
    abs(here) > abs(above) ? found * (direct_j(μ, x) / here) : found * (direct_j(μ + 1, x) / above)
end
"Upwards the recurrence is stable."
function positive_y(ν, x)
    n = floor(Int64, ν)
    μ = ν - n
    below = schläfli_y(μ, x)
    n == 0 && return below
    here = schläfli_y(μ + 1, x)
    for k in 1:n-1
        below, here = here, 2 * (k + μ) / x * here - below
    end
    here
end
besseli(n::Integer, x::Real) = odd_sign(n, x < 0) * whole_i(abs(n), upright(float(x)))
whole_i(n, x) = x * x <= 12 * (n + 1) ? power_series(n, x, 1) : exp(x) * downward_i(n, x)
"`exp(-x) I_n(x)`: downwards the recurrence is stable, and the sum of all orders is `exp(x)`."
function downward_i(n, x)
    above, here = zero(x), 1.0e-30 * one(x)
    s = found = here
    for k in n+30+ceil(Int64, 9 * sqrt(EnzymeAutodiff.ignore_derivatives(x))):-1:1
        above, here = here, 2 * k / x * here + above
        k - 1 == n && (found = here)
        s += k == 1 ? here / 2 : here
        if here > 1.0e200
            above, here, found, s = above * 1.0e-200, here * 1.0e-200, found * 1.0e-200, s * 1.0e-200
        end
    end
    found / (2 * s)
end
besseli(ν::AbstractFloat, x::Real) = isinteger(ν) ? besseli(Int64(ν), x) : power_series(ν, float(x), 1)
besselj0(x::Real) = besselj(0, x)
besselj1(x::Real) = besselj(1, x)
bessely0(x::Real) = bessely(0, x)
bessely1(x::Real) = bessely(1, x)
besselh(ν::Real, k::Integer, x::Real) = complex(besselj(ν, x), k == 1 ? bessely(ν, x) : -bessely(ν, x))
besselh(ν::Real, x::Real) = besselh(ν, 1, x)
hankelh1(ν::Real, x::Real) = besselh(ν, 1, x)
hankelh2(ν::Real, x::Real) = besselh(ν, 2, x)
"Scaled by `exp(-|imag(x)|)`, and by `exp(∓im x)`."
besseljx(ν::Real, x::Real) = besselj(ν, x)
besselyx(ν::Real, x::Real) = bessely(ν, x)
hankelh1x(ν::Real, x::Real) = hankelh1(ν, x) * cis(-float(x))
hankelh2x(ν::Real, x::Real) = hankelh2(ν, x) * cis(float(x))
function besselix(ν::Real, x::Real)
    at, n = float(x), abs(ν)
    isinteger(ν) && at * at > 12 * (n + 1) || return besseli(ν, x) * exp(-abs(at))
    odd_sign(ν, at < 0) * downward_i(Int64(n), abs(at))
end
besselkx(ν::Real, x::Real) = iszero(x) ? oftype(float(x), Inf) : half_line_k(ν, float(x), t -> 2 * abs2(sinh(t / 2)))
sphericalbesselj(ν::Real, x::Real) = iszero(x) ? (iszero(ν) ? one(float(x)) : zero(float(x))) : sqrt(π / (2 * x)) * besselj(ν + 0.5, x)
sphericalbessely(ν::Real, x::Real) = sqrt(π / (2 * x)) * bessely(ν + 0.5, x)
"`(x/2)^ν Σ (±x²/4)^k / (k! Γ(ν+k+1))`."
function power_series(ν, x, sign)
    abs(x) <= 700 || throw(DomainError(x, "the result is too large"))
    q = sign * x * x / 4
    term = ν < 100 ? (x / 2)^ν / gamma(float(ν) + 1) : exp(ν * log(x / 2) - loggamma(float(ν) + 1))
    s = term
    for k in 1:60+ceil(Int64, EnzymeAutodiff.ignore_derivatives(abs(x)))
        term *= q / (k * (k + ν))
        s += term
    end
    s
end
besselk(ν::Real, x::Real) = iszero(x) ? oftype(float(x), Inf) : half_line_k(ν, float(x), cosh)
"By the rule of trapezoids, with steps that a narrow integrand needs."
function half_line_k(ν, x, growth)
    h = 1 / max(16.0, sqrt(2 * EnzymeAutodiff.ignore_derivatives(x)))
    s = exp(-x * growth(zero(x))) / 2
    for k in 1:160
        t = h * k
        s += exp(-x * growth(t)) * cosh(ν * t)
    end
    h * s
end
end
