# SpecialFunctions: zeta, Airy's and elliptic functions, incomplete beta and their inverses, gamma of complex numbers.
module SpecialFunctions
import ..EnzymeAutodiff
export zeta, eta, erfi, logerf, invdigamma, airyai, airybi, airyaiprime, airybiprime, ellipk, ellipe, gamma_inc_inv, beta_inc, beta_inc_inv, jinc

"The zeta function of Hurwitz, and Riemann's: sums, and the formula of Euler and Maclaurin for the rest."
function zeta(s::Real, q::Real)
    s, q = float(s), float(q)
    s == 1 && return oftype(s, Inf)
    total = zero(s * q)
    while q < 12
        total += q^-s
        q += 1
    end
    w = q^-s
    rest = q * w / (s - 1) + w / 2
    i = 1 / (q * q)
    term = s * w / q
    for (k, c) in enumerate((1 / 12, -1 / 720, 1 / 30240, -1 / 1209600, 1 / 47900160, -691 / 1307674368000, 1 / 74724249600))
        rest += c * term
        term = term * (s + 2k - 1) * (s + 2k) * i
    end
    total + rest
end
function zeta(s::Real)
    x = float(s)
    isnan(x) && return x
    x == Inf && return one(x)
    x >= 0 && return x == 1 ? oftype(x, NaN) : zeta(x, one(x))
    2^x * 3.141592653589793^(x - 1) * sinpi(x / 2) * gamma(1 - x) * zeta(1 - x)
end
"The sum of `(-1)^(n-1) / n^s`."
eta(s::Real) = s == 1 ? log(oftype(float(s), 2)) : (1 - 2^(1 - float(s))) * zeta(s)
"The error function of an imaginary number, divided by i."
erfi(x::Real) = isinf(x) ? float(x) : 2 / SQRT_PI * exp(float(x)^2) * dawson(x)
logerf(a::Real, b::Real) = log(erf(a, b))
"The inverse of `digamma`."
function invdigamma(y::Real)
    y = float(y)
    x = y >= -2.22 ? exp(y) + 0.5 : -1 / (y + 0.5772156649015329)
    for _ in 1:12
        x -= (digamma(x) - y) / trigamma(x)
    end
    x
end
jinc(x::Real) = iszero(x) ? one(float(x)) : (t = 3.141592653589793 * float(x); 2 * besselj1(t) / t)

# ---- Airy's functions: series near 0, Bessel functions of a third order elsewhere
const AIRY = (0.3550280538878172, 0.2588194037928068)
"The two solutions of `y'' = x y` as power series, and their derivatives."
function airy_series(x)
    f, g, df, dg = one(x), x, zero(x), one(x)
    a, b = one(x), x
    for k in 1:40
        a *= x^3 / ((3k - 1) * 3k)
        b *= x^3 / (3k * (3k + 1))
        f += a
        g += b
    end
    c = x * x / 2
    df += c
    for k in 1:40
        c *= x^3 / (3k * (3k + 2))
        df += c
    end
    e = one(x)
    for k in 1:40
        e *= x^3 / (3k * (3k - 2))
        dg += e
    end
    (f, g, df, dg)
end
arc(x) = 2 / 3 * x * sqrt(x)
function airyai(v::Real)
    x = float(v)
    abs(x) <= 3 && ((f, g, _, _) = airy_series(x); return AIRY[1] * f - AIRY[2] * g)
    x > 0 && return sqrt(x / 3) / 3.141592653589793 * besselk(1 / 3, arc(x))
    sqrt(-x) / 3 * (besselj(1 / 3, arc(-x)) + besselj(-1 / 3, arc(-x)))
end
function airybi(v::Real)
    x = float(v)
    abs(x) <= 3 && ((f, g, _, _) = airy_series(x); return 1.7320508075688772 * (AIRY[1] * f + AIRY[2] * g))
    x > 0 && return sqrt(x / 3) * (besseli(-1 / 3, arc(x)) + besseli(1 / 3, arc(x)))
    sqrt(-x / 3) * (besselj(-1 / 3, arc(-x)) - besselj(1 / 3, arc(-x)))
end
function airyaiprime(v::Real)
    x = float(v)
    abs(x) <= 3 && ((_, _, f, g) = airy_series(x); return AIRY[1] * f - AIRY[2] * g)
    x > 0 && return -x / (3.141592653589793 * 1.7320508075688772) * besselk(2 / 3, arc(x))
    -x / 3 * (besselj(2 / 3, arc(-x)) - besselj(-2 / 3, arc(-x)))
end
function airybiprime(v::Real)
    x = float(v)
    abs(x) <= 3 && ((_, _, f, g) = airy_series(x); return 1.7320508075688772 * (AIRY[1] * f + AIRY[2] * g))
    x > 0 && return x / 1.7320508075688772 * (besseli(-2 / 3, arc(x)) + besseli(2 / 3, arc(x)))
    -x / 1.7320508075688772 * (besselj(-2 / 3, arc(-x)) + besselj(2 / 3, arc(-x)))
end

# ---- Complete elliptic integrals by the parameter m, by means of means
function ellipk(m::Real)
    m > 1 && throw(DomainError(m, "`m` must lie between -Inf and 1 ---- Domain: (-Inf,1.0]"))
    a, b = one(float(m)), sqrt(1 - float(m))
    iszero(b) && return oftype(b, Inf)
    for _ in 1:10
        a, b = (a + b) / 2, sqrt(a * b)
    end
    3.141592653589793 / (2a)
end
function ellipe(m::Real)
    m > 1 && throw(DomainError(m, "`m` must lie between -Inf and 1 ---- Domain: (-Inf,1.0]"))
    m == 1 && return one(float(m))
    a, b = one(float(m)), sqrt(1 - float(m))
    s, w = float(m) / 2, 0.5
    for _ in 1:10
        c = (a - b) / 2
        a, b = (a + b) / 2, sqrt(a * b)
        w *= 2
        s += w * c * c
    end
    3.141592653589793 / (2a) * (1 - s)
end

# ---- Incomplete gamma and beta functions
gamma(a::Real, x::Real) = a > 0 ? gamma(a) * gamma_inc(a, x)[2] : float(x)^a * expint(1 - a, x)
loggamma(a::Real, x::Real) = loggamma(a) + log_gamma_inc(a, x)[2]
"The incomplete beta function, as a part of the complete one, and what is missing from it. `y` is `1 - x`."
function beta_inc(a::Real, b::Real, x::Real, y::Real=1 - x)
    0 <= x <= 1 || throw(DomainError(x, "x must be in [0, 1]"))
    (x == 0 || y == 0) && return (float(x), float(y))
    below, l = smaller_beta_tail(float(a), float(b), float(x), float(y))
    tail = exp(l)
    below ? (tail, 1 - tail) : (1 - tail, tail)
end
"Their logarithms, which have digits where the functions themselves are 0 or 1."
function log_beta_inc(a::Real, b::Real, x::Real, y::Real=1 - x)
    x <= 0 && return (oftype(float(x), -Inf), zero(float(x)))
    y <= 0 && return (zero(float(x)), oftype(float(x), -Inf))
    below, l = smaller_beta_tail(float(a), float(b), float(x), float(y))
    below ? (l, log1mexp(l)) : (log1mexp(l), l)
end
"Whether the lower one is the one that is computed, and its logarithm."
function smaller_beta_tail(a, b, x, y)
    front = log_beta_front(a, b, x, y)
    x < (a + 1) / (a + b + 2) ? (true, front + log(beta_fraction(a, b, x) / a)) : (false, front + log(beta_fraction(b, a, y) / b))
end
"The logarithm of `xᵃ yᵇ / B(a, b)`, from the distance of x to `a / (a + b)` where both parameters are large."
function log_beta_front(a, b, x, y)
    min(a, b) < 10 && return a * (x < 0.5 ? log(x) : log1p(-y)) + b * (x < 0.5 ? log1p(-x) : log(y)) - logbeta(a, b)
    n = a + b
    d = (x * b - y * a) / n
    a * log_of_ratio(x, a / n, d) + b * log_of_ratio(y, b / n, -d) + log(a / n * b / 6.283185307179586) / 2 + stirling(n) - stirling(a) - stirling(b)
end
"The continued fraction, from its end; about the middle it needs some √max(a, b) terms."
function beta_fraction(a, b, x)
    t = one(x)
    for m in 150+ceil(Int64, min(5 * sqrt(EnzymeAutodiff.ignore_derivatives(max(a, b))), 1.0e6)):-1:1
        even = m * (b - m) * x / ((a + 2m - 1) * (a + 2m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2m) * (a + 2m + 1))
        t = 1 + even / (1 + odd / t)
    end
    1 / (1 - (a + b) * x / (a + 1) / t)
end
"Where these functions have the values `p` and `1 - p`, by the smaller one."
function beta_inc_inv(a::Real, b::Real, p::Real, q::Real=1 - p)
    density(x) = log_beta_front(float(a), float(b), x, 1 - x) - log(x) - log1p(-x)
    x = 0 <= p <= q ? place_in_tail(t -> log_beta_inc(a, b, t)[1], density, log(p), 0.0, 1.0) :
        0 <= q < p ? place_in_tail(t -> log_beta_inc(a, b, t)[2], density, log(q), 0.0, 1.0) : throw(DomainError((p, q), "p and q must be between 0 and 1"))
    (x, 1 - x)
end
function gamma_inc_inv(a::Real, p::Real, q::Real=1 - p)
    density(x) = log_gamma_front(float(a), x) - log(x)
    0 <= p <= q ? place_in_tail(t -> log_gamma_inc(a, t)[1], density, log(p), 0.0, Inf) :
    0 <= q < p ? place_in_tail(t -> log_gamma_inc(a, t)[2], density, log(q), 0.0, Inf) : throw(DomainError((p, q), "p and q must be between 0 and 1"))
end
"""
Where the logarithm of a tail is `lp`, by bisection: a tail is what lies below, or above, of a distribution on the line from `low` to `high`.
The derivative is that of a step of Newton's from there.
"""
function place_in_tail(tail, logdensity, lp, low, high)
    a, b = float(EnzymeAutodiff.ignore_derivatives(low)), float(EnzymeAutodiff.ignore_derivatives(high))
    lp == -Inf && return (EnzymeAutodiff.ignore_derivatives(tail(a)) == -Inf ? a : b) + zero(lp)
    # Also what it is called with is still: a derivative of nothing times an infinite slope, at an end that is infinite, is no number.
    quiet, level = EnzymeAutodiff.ignore_derivatives(tail), EnzymeAutodiff.ignore_derivatives(lp)
    still(x) = EnzymeAutodiff.ignore_derivatives(quiet(x) - level)
    falls = still(b) < still(a)
    is_left(x) = (still(x) < 0) != falls
    if isinf(a)
        a = isinf(b) ? -1.0 : b - 1.0
        while !is_left(a) && isfinite(a)
            a *= 2
        end
    end
    if isinf(b)
        b = max(a, 1.0)
        while is_left(b) && isfinite(b)
            a, b = b, b * 2
        end
    end
    for _ in 1:2000
        m = between(a, b)
        (m <= a || m >= b) && break
        is_left(m) ? (a = m) : (b = m)
    end
    t = tail(b)
    step = (t - lp) * exp(t - logdensity(b))
    isfinite(step) ? (falls ? b + step : b - step) : b + zero(step)
end
"A number between two others that halves their order of magnitude while that is large."
function between(a, b)
    a < 0 && b > 0 && return 0.0
    a < 0 && return -between(-b, -a)
    a == 0 && return b > 0.5 ? b / 2 : b * b
    b > 2 * a ? sqrt(a) * sqrt(b) : a + (b - a) / 2
end

# ---- Complex numbers: Stirling's series, reached by the recurrence
function loggamma(z::Complex)
    w = float(z)
    shift = zero(w)
    while real(w) < 12
        shift += log(w)
        w += 1
    end
    i = 1 / (w * w)
    (w - 0.5) * log(w) - w + 0.9189385332046728 + (1 / 12 - i * (1 / 360 - i * (1 / 1260 - i * (1 / 1680 - i / 1188)))) / w - shift
end
gamma(z::Complex) = exp(loggamma(z))
beta(a::Complex, b::Complex) = exp(loggamma(a) + loggamma(b) - loggamma(a + b))
end
