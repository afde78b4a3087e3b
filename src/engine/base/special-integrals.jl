# SpecialFunctions: integrals of exponentials and of circular functions over their argument.
module SpecialFunctions
export expint, expintx, expinti, sinint, cosint

"∫ₓ^∞ exp(-t)/t dt for x > 0."
function expint(x::Real)
    at = float(x)
    at > 0 || throw(DomainError(x, "the exponential integral is supported for positive arguments"))
    if at < 2
        s = -0.5772156649015329 - log(at)
        term = one(at)
        for n in 1:60
            term *= -at / n
            s -= term / n
        end
        return s
    end
    f = at + 401
    for k in 0:198
        n = 199 - k
        f = at + 2 * n + 1 - (n + 1) * (n + 1) / f
    end
    exp(-at) / (at + 1 - 1 / f)
end
"∫₁^∞ exp(-x t) / t^ν dt for x > 0: by its continued fraction, and near 0 by its series, which for a whole ν above 0 has a logarithm."
function expint(ν::Real, x::Real)
    at = float(x)
    at > 0 || (iszero(at) && ν > 1) || throw(DomainError(x, "the exponential integral is supported for positive arguments"))
    iszero(at) && return 1 / (ν - 1) + at
    if at < 0.5
        isinteger(ν) && ν > 0 && return expint_near_zero(Int(ν), at)
        return gamma(1 - ν) * at^(ν - 1) - expint_series(ν, at, -1)
    end
    f = at + ν + 400
    for k in 0:199
        n = 200 - k
        f = at + ν + 2 * (n - 1) - n * (n + ν - 1) / f
    end
    exp(-at) / f
end
"Of a whole order n above 0: the term of the series that has no denominator is a logarithm, and digamma of n."
expint_near_zero(n, x) = (-x)^(n - 1) / gamma(float(n)) * (digamma(n) - log(x)) - expint_series(n, x, n - 1)
"The sum of (-x)ᵏ / (k! (k + 1 - ν)) without the term `left`."
function expint_series(ν, x, left)
    term = one(x)
    s = left == 0 ? zero(x) : term / (1 - ν)
    for k in 1:30
        term *= -x / k
        k == left || (s += term / (k + 1 - ν))
    end
    s
end
"`e^x E₁(x)`."
expintx(x::Real) = exp(float(x)) * expint(x)
"The principal value of the integral of `e^t / t` up to x."
function expinti(v::Real)
    x = float(v)
    x == 0 && return oftype(x, -Inf)
    x == Inf && return x
    x < 0 && return -expint(-x)
    if x > 40
        s, t = one(x), one(x)
        for k in 1:30
            t *= k / x
            s += t
        end
        return exp(x) / x * s
    end
    s, t = zero(x), one(x)
    for k in 1:150
        t *= x / k
        s += t / k
    end
    0.5772156649015329 + log(x) + s
end
"∫₀ˣ sin(t)/t dt."
function sinint(v::Real)
    x = float(v)
    x < 0 && return -sinint(-x)
    x == Inf && return oftype(x, 1.5707963267948966)
    x > 4 && return 1.5707963267948966 + imag(expint_turned(x))
    s, t = x, x
    for k in 1:25
        t *= -x * x / (2k * (2k + 1))
        s += t / (2k + 1)
    end
    s
end
"γ + log(x) + ∫₀ˣ (cos(t) - 1)/t dt."
function cosint(v::Real)
    x = float(v)
    x < 0 && throw(DomainError(v, "`x` must be nonnegative."))
    x == 0 && return oftype(x, -Inf)
    x == Inf && return zero(x)
    x > 4 && return -real(expint_turned(x))
    s, t = zero(x), one(x)
    for k in 1:25
        t *= -x * x / ((2k - 1) * 2k)
        s += t / 2k
    end
    0.5772156649015329 + log(x) + s
end
"E₁(i x) by its continued fraction."
function expint_turned(x)
    z = complex(zero(x), x)
    t = zero(z)
    for k in 120:-1:1
        t = k / (1 + k / (z + t))
    end
    exp(-z) / (z + t)
end

end
