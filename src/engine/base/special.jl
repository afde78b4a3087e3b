# SpecialFunctions: by series, recurrences and integrals that differentiate as they stand.
module SpecialFunctions
import ..LogExpFunctions: log1pmx, log1mexp

export gamma, loggamma, logabsgamma, lgamma, logfactorial, digamma, trigamma, polygamma, beta, logbeta, logabsbeta, logabsbinomial, erf, erfc, erfcx, erfinv, erfcinv,
    logerfc, logerfcx, besselj, besselj0, besselj1, bessely, bessely0, bessely1, besselh, hankelh1, hankelh2,
    besseli, besselk, besselix, besselkx, besseljx, besselyx, hankelh1x, hankelh2x, sphericalbesselj, sphericalbessely, gamma_inc, dawson

const SQRT_PI = 1.7724538509055159

# ---- Gamma and its kin: Stirling's series above 10, reached by the recurrence

"log Γ(2 + z) for a small z: its Taylor series, which keeps all digits where the logarithm is small. The coefficients are (ζ(k) - 1) / k, from k = 2."
function loggamma_at_two(z)
    c = (
        0.32246703342411322, 0.067352301053198095, 0.020580808427784548, 0.0073855510286739853, 0.0028905103307415233, 0.001192753911703261,
        0.00050966952474304242, 0.00022315475845357938, 9.9457512781808534e-5, 4.4926236738133142e-5, 2.0507212775670692e-5, 9.4394882752683959e-6,
        4.3748667899074878e-6, 2.0392157538013662e-6, 9.5514121304074198e-7, 4.492469198764566e-7, 2.1207184805554666e-7, 1.00432248239681e-7,
        4.7698101693639806e-8, 2.2711094608943165e-8, 1.0838659214896954e-8,
    )
    z * (0.42278433509846714 + z * evalpoly(-z, c))
end
"log Γ(x) for x > 0."
function positive_loggamma(x)
    x == Inf && return x
    abs(x - 2) < 0.3 && return loggamma_at_two(x - 2)
    abs(x - 1) < 0.3 && return loggamma_at_two(x - 1) - log1p(x - 1)
    shift = zero(x)
    y = x
    while y < 10
        shift += log(y)
        y += 1
    end
    (y - 0.5) * log(y) - y + 0.9189385332046728 + stirling(y) - shift
end
"What Stirling's formula for log Γ(y) lacks, for y of 10 and above."
function stirling(y)
    i = 1 / (y * y)
    (1 / 12 - i * (1 / 360 - i * (1 / 1260 - i * (1 / 1680 - i * (1 / 1188 - i * (691 / 360360 - i / 156)))))) / y
end
"log |Γ(x)| and the sign of Γ(x)."
function logabsgamma(x::Real)
    at = float(x)
    at > 0 && return (positive_loggamma(at), 1)
    isnan(at) && return (at, 1)
    isinteger(at) && return (oftype(at, Inf), 1)
    s = sinpi(at)
    (1.1447298858494002 - log(abs(s)) - positive_loggamma(1 - at), s > 0 ? 1 : -1)
end
loggamma(x::Real) = ((y, s) = logabsgamma(x); s < 0 ? throw(DomainError(x, "`gamma(x)` must be non-negative")) : y)
const lgamma = loggamma
"Γ(x)."
function gamma(x::Real)
    at = float(x)
    iszero(at) && return 1 / at
    isinteger(at) && at < 0 && throw(DomainError(x, "NaN result for non-NaN input."))
    at > 171.7 && return oftype(at, Inf)
    at < 0.5 && return 3.141592653589793 / (sinpi(at) * gamma(1 - at))
    # A product with Γ of 1 to 2 keeps small whole numbers exact.
    p = one(at)
    y = at
    while y > 2
        y -= 1
        p *= y
    end
    while y < 1
        p /= y
        y += 1
    end
    y == 1 || y == 2 ? p * near_one(y) : p * exp(positive_loggamma(y))
end
"Γ at 1 and 2, with its derivatives."
near_one(y) = exp((g = positive_loggamma(y); g - __constant(g)))
__constant(g) = EnzymeAutodiff.ignore_derivatives(g)
import ..EnzymeAutodiff
logfactorial(n::Integer) = loggamma(n + 1.0)
"The derivative of loggamma."
function digamma(x::Real)
    at = float(x)
    at <= 0 && return isinteger(at) ? oftype(at, NaN) : digamma(1 - at) - 3.141592653589793 / tanpi(at)
    s = zero(at)
    y = at
    while y < 10
        s -= 1 / y
        y += 1
    end
    i = 1 / (y * y)
    s + log(y) - 0.5 / y - i * (1 / 12 - i * (1 / 120 - i * (1 / 252 - i * (1 / 240 - i * (1 / 132 - i * (691 / 32760 - i / 12))))))
end
trigamma(x::Real) = polygamma(1, x)
"The m-th derivative of digamma."
function polygamma(m::Integer, x::Real)
    m == 0 && return digamma(x)
    at = float(x)
    at == -Inf && return oftype(at, NaN)
    y = at
    s = zero(at)
    while y < 20
        s += 1 / y^(m + 1)
        y += 1
    end
    # The Euler and Maclaurin formula for the rest of the sum.
    rest = 1 / (m * y^m) + 0.5 / y^(m + 1)
    b = (1 / 6, -1 / 30, 1 / 42, -1 / 30, 5 / 66, -691 / 2730, 7 / 6)
    rising = 1.0
    for k in 1:7
        rising *= k == 1 ? (m + 1.0) / 2 : (m + 2.0 * k - 2) * (m + 2.0 * k - 1) / ((2.0 * k - 1) * (2.0 * k))
        rest += b[k] * rising / y^(m + 2 * k)
    end
    (isodd(m) ? 1 : -1) * Float64(factorial(m)) * (s + rest)
end
beta(a::Real, b::Real) = exp(logbeta(a, b))
"With large arguments the large parts of the three logarithms cancel, so they are left out (DLBETA of W. Fullerton's library)."
function logbeta(a::Real, b::Real)
    p, q = a < b ? (float(a), float(b)) : (float(b), float(a))
    (p <= 0 || q < 10) && return loggamma(p) + loggamma(q) - loggamma(p + q)
    rest = (stirling(q) - stirling(p + q)) + (q - 0.5) * log1p(-p / (p + q))
    p < 10 && return loggamma(p) + rest + p - p * log(p + q)
    rest + stirling(p) + 0.9189385332046728 - 0.5 * log(p + q) + (p - 0.5) * log(p / (p + q))
end
"The logarithm of `|beta(a, b)|` and its sign."
function logabsbeta(a::Real, b::Real)
    (la, sa), (lb, sb), (lab, sab) = logabsgamma(a), logabsgamma(b), logabsgamma(a + b)
    (la + lb - lab, sa * sb * sab)
end
logabsbinomial(n::Real, k::Real) = (-log(n + 1) - logbeta(n - k + 1, k + 1), 1)

# ---- The error function: a series of positive terms below 3, a continued fraction above

function erf(x::Real)
    at = float(x)
    isnan(at) && return at
    isinf(at) && return sign(at)
    abs(at) < 3 ? erf_series(at) : at > 0 ? 1 - erfc_fraction(at) * exp(-at * at) : erfc_fraction(-at) * exp(-at * at) - 1
end
"`exp(-x²)`, in which the square of a large number has the digits that rounding takes from it."
exp_of_square(x) = (s = x * x; exp(-s) * (1 - square_error(x, s)))
square_error(x, s) = zero(s)
square_error(x::Float64, s::Float64) = Base.__product_error(x, x, s)
function erfc(x::Real)
    at = float(x)
    isnan(at) && return at
    isinf(at) && return 1 - sign(at)
    at < 1 ? 1 - erf(at) : erfc_fraction(at) * exp_of_square(at)
end
"`exp(x²) erfc(x)`."
erfcx(x::Real) = (at = float(x); at == Inf ? zero(at) : at < 1 ? exp(at * at) * erfc(at) : erfc_fraction(at))
logerfc(x::Real) = x == Inf ? oftype(float(x), -Inf) : x > 0 ? log(erfcx(x)) - x * x : log(erfc(x))
logerfcx(x::Real) = x < 0 ? log(erfc(x)) + x * x : log(erfcx(x))
"erf(y) - erf(x), of the tails where both are on one side."
erf(x::Real, y::Real) = x > 0.5 && y > 0.5 ? erfc(x) - erfc(y) : x < -0.5 && y < -0.5 ? erfc(-y) - erfc(-x) : erf(y) - erf(x)
function erf_series(x)
    term = x
    s = x
    for n in 1:60
        term *= 2 * x * x / (2 * n + 1)
        s += term
    end
    2 / SQRT_PI * exp(-x * x) * s
end
function erfc_fraction(x)
    f = x
    for k in 0:(x < 2 ? 160 : 79)
        n = (x < 2 ? 161 : 80) - k
        f = x + n / 2 / f
    end
    1 / (SQRT_PI * f)
end
"The inverses, by Newton's steps: of erf near 0, of the logarithm of erfc in the tails, where erf has no digits left."
function erfinv(y::Real)
    at = float(y)
    isnan(at) && return at
    abs(at) <= 1 || throw(DomainError(y, "`abs(x)` cannot be greater than 1."))
    abs(at) == 1 && return at * Inf
    abs(at) > 0.5 && return at > 0 ? tail_inverse(1 - at) : -tail_inverse(1 + at)
    # The steps have the derivative; at 0 that of the guess is a root's.
    x = EnzymeAutodiff.ignore_derivatives(inverse_guess(log1p(-at * at), at))
    for _ in 1:4
        e = erf(x) - at
        x -= e / (2 / SQRT_PI * exp(-x * x) - x * e)
    end
    x
end
function erfcinv(y::Real)
    at = float(y)
    isnan(at) && return at
    0 <= at <= 2 || throw(DomainError(y, "`x` must be between 0 and 2."))
    (at == 0 || at == 2) && return (1 - at) * Inf
    at < 0.5 ? tail_inverse(at) : at > 1.5 ? -tail_inverse(2 - at) : erfinv(1 - at)
end
"Where erfc is `c`, which is between 0 and 1/2."
function tail_inverse(c)
    x = inverse_guess(log(c * (2 - c)), one(c))
    l = log(c)
    for _ in 1:6
        x += (logerfc(x) - l) * SQRT_PI / 2 * erfcx(x)
    end
    x
end
"Where erf is about y, for `l = log(1 - y²)` (S. Winitzki)."
inverse_guess(l, y) = (a = 4.330746750799873 + l / 2; copysign(sqrt(sqrt(a * a - l / 0.147) - a), y))
"`exp(-x²) ∫₀ˣ exp(t²) dt`, by its series for arguments of ordinary size."
function dawson(x::Real)
    at = float(x)
    if abs(at) > 8
        f, term = one(at), one(at)
        for k in 1:24
            term *= (2 * k - 1) / (2 * at * at)
            f += term
        end
        return f / (2 * at)
    end
    term = at
    s = at
    for n in 1:250
        term *= at * at / n
        s += term / (2 * n + 1)
    end
    exp(-at * at) * s
end

# ---- Integrals

"The lower and upper regularised incomplete gamma functions."
function gamma_inc(a::Real, x::Real, ind::Integer = 0)
    x < 0 && throw(DomainError((a, x), "`x` must be nonnegative"))
    iszero(x) && return (zero(float(x)), one(float(x)))
    isinf(x) && return (one(float(x)), zero(float(x)))
    below, l = smaller_gamma_tail(float(a), float(x))
    tail = exp(l)
    below ? (tail, 1 - tail) : (1 - tail, tail)
end
"Their logarithms, which have digits where the functions themselves are 0 or 1."
function log_gamma_inc(a::Real, x::Real)
    x <= 0 && return (oftype(float(x), -Inf), zero(float(x)))
    isinf(x) && return (zero(float(x)), oftype(float(x), -Inf))
    below, l = smaller_gamma_tail(float(a), float(x))
    below ? (l, log1mexp(l)) : (log1mexp(l), l)
end
"Whether the lower one is the one that is computed, and its logarithm: the series below, the continued fraction from its end above. Near `a` both need some √a terms."
function smaller_gamma_tail(a, x)
    front = log_gamma_front(a, x)
    terms = 400 + ceil(Int64, min(10 * sqrt(EnzymeAutodiff.ignore_derivatives(a)), 1.0e6))
    if x < a + 1
        term = 1 / a
        s = term
        for n in 1:terms
            term *= x / (a + n)
            s += term
        end
        return (true, front + log(s))
    end
    f = x + 2 * terms + 1 - a
    for n in terms:-1:1
        f = x + 2 * n - 1 - a - n * (n - a) / f
    end
    (false, front - log(f))
end
"The logarithm of `xᵃ exp(-x) / Γ(a)`, from the distance of x to a where all three are large."
log_gamma_front(a, x) = a < 10 ? a * log(x) - x - loggamma(a) : a * log_of_ratio(x, a, x - a) + log(a / 6.283185307179586) / 2 - stirling(a)
"`log(r) - (r - 1)` of `r = x / y`, where `x - y` is known."
log_of_ratio(x, y, difference) = (m = difference / y; abs(m) < 0.5 ? log1pmx(m) : log(x / y) - m)
end
