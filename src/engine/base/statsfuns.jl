# StatsFuns: densities, distribution functions and quantiles as plain functions of parameters and a point.
module StatsFuns
import ..SpecialFunctions: erf
import ..SpecialFunctions: erfc
import ..SpecialFunctions: erfinv
import ..SpecialFunctions: loggamma
import ..SpecialFunctions: logbeta
import ..SpecialFunctions: gamma_inc
import ..LogExpFunctions: xlogy
import ..LogExpFunctions: xlog1py
import ..LogExpFunctions: log1pexp
import ..LogExpFunctions: logistic
import ..LogExpFunctions: logit

export zval, xval, normpdf, normlogpdf, normcdf, normccdf, normlogcdf, norminvcdf, poispdf, poislogpdf, poiscdf, binompdf, binomlogpdf, binomcdf, gammapdf,
    gammalogpdf, gammacdf, betapdf, betalogpdf, betacdf, chisqpdf, chisqlogpdf, chisqcdf, tdistpdf, tdistlogpdf, tdistcdf, log2π, logπ, sqrt2π, invsqrt2π, twoπ, halfπ

const log2π = 1.8378770664093456
const logπ = 1.1447298858494002
const sqrt2π = 2.5066282746310007
const invsqrt2π = 0.3989422804014327
const twoπ = 6.283185307179586
const halfπ = 1.5707963267948966
const sqrt2 = 1.4142135623730951

zval(μ::Real, σ::Real, x::Number) = (x - μ) / σ
xval(μ::Real, σ::Real, z::Number) = μ + σ * z

"The normal distribution, standard or with mean and standard deviation."
normlogpdf(z::Number) = -(abs2(z) + log2π) / 2
normlogpdf(μ::Real, σ::Real, x::Number) = normlogpdf(zval(μ, σ, x)) - log(σ)
normpdf(z::Number) = exp(-abs2(z) / 2) * invsqrt2π
normpdf(μ::Real, σ::Real, x::Number) = normpdf(zval(μ, σ, x)) / σ
normcdf(z::Number) = erfc(-z / sqrt2) / 2
normcdf(μ::Real, σ::Real, x::Number) = normcdf(zval(μ, σ, x))
normccdf(z::Number) = erfc(z / sqrt2) / 2
normccdf(μ::Real, σ::Real, x::Number) = normccdf(zval(μ, σ, x))
normlogcdf(z::Number) = z < -1 ? log(SpecialFunctions.erfcx(-z / sqrt2) / 2) - abs2(z) / 2 : log1p(-erfc(z / sqrt2) / 2)
normlogcdf(μ::Real, σ::Real, x::Number) = normlogcdf(zval(μ, σ, x))
"Where the distribution function is `p`: Newton's steps on the error function keep small probabilities exact."
function norminvcdf(p::Real)
    0 < p < 1 || return p == 0 ? oftype(float(p), -Inf) : p == 1 ? oftype(float(p), Inf) : oftype(float(p), NaN)
    z = sqrt2 * erfinv(2 * p - 1)
    isfinite(z) || (z = -sqrt(-2 * log(p)))
    for _ in 1:3
        z -= (normcdf(z) - p) / normpdf(z)
    end
    z
end
norminvcdf(μ::Real, σ::Real, p::Real) = xval(μ, σ, norminvcdf(p))

poislogpdf(λ::Real, x::Real) = isinteger(x) && x >= 0 ? xlogy(x, λ) - λ - loggamma(float(x) + 1) : oftype(float(λ), -Inf)
poispdf(λ::Real, x::Real) = exp(poislogpdf(λ, x))
poiscdf(λ::Real, x::Real) = x < 0 ? zero(float(λ)) : gamma_inc(floor(x) + 1, λ)[2]
binomlogpdf(n::Real, p::Real, k::Real) = isinteger(k) && 0 <= k <= n ?
    loggamma(n + 1.0) - loggamma(k + 1.0) - loggamma(n - k + 1.0) + xlogy(k, p) + xlog1py(n - k, -p) : oftype(float(p), -Inf)
binompdf(n::Real, p::Real, k::Real) = exp(binomlogpdf(n, p, k))
binomcdf(n::Real, p::Real, k::Real) = k < 0 ? zero(float(p)) : k >= n ? one(float(p)) : betacdf(n - floor(k), floor(k) + 1, 1 - p)
gammalogpdf(k::Real, θ::Real, x::Real) = x < 0 ? oftype(float(x) / θ, -Inf) : xlogy(k - 1, x / θ) - x / θ - loggamma(k) - log(θ)
gammapdf(k::Real, θ::Real, x::Real) = exp(gammalogpdf(k, θ, x))
gammacdf(k::Real, θ::Real, x::Real) = x <= 0 ? zero(float(x) / θ) : gamma_inc(k, x / θ)[1]
betalogpdf(α::Real, β::Real, x::Real) = 0 <= x <= 1 ? xlogy(α - 1, x) + xlog1py(β - 1, -x) - logbeta(α, β) : oftype(float(x), -Inf)
betapdf(α::Real, β::Real, x::Real) = exp(betalogpdf(α, β, x))
"The regularised incomplete beta function, by its continued fraction on the side where that converges."
function betacdf(α::Real, β::Real, x::Real)
    x <= 0 && return zero(float(x))
    x >= 1 && return one(float(x))
    front = exp(α * log(x) + β * log1p(-x) - logbeta(α, β))
    x < (α + 1) / (α + β + 2) ? front * beta_fraction(α, β, x) / α : 1 - front * beta_fraction(β, α, 1 - x) / β
end
function beta_fraction(a, b, x)
    f = one(float(x) * a * b)
    for k in 0:119
        m = 120 - k
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        f = 1 + even / (1 + odd / f)
    end
    1 / (1 - (a + b) * x / (a + 1) / f)
end
chisqlogpdf(k::Real, x::Real) = gammalogpdf(k / 2, 2, x)
chisqpdf(k::Real, x::Real) = exp(chisqlogpdf(k, x))
chisqcdf(k::Real, x::Real) = gammacdf(k / 2, 2, x)
tdistlogpdf(ν::Real, x::Real) = loggamma((ν + 1) / 2) - loggamma(ν / 2) - (log(ν) + logπ) / 2 - (ν + 1) / 2 * log1p(abs2(x) / ν)
tdistpdf(ν::Real, x::Real) = exp(tdistlogpdf(ν, x))
function tdistcdf(ν::Real, x::Real)
    b, u = (ν + 1) / 2, x * x / ν
    # About the middle by the hypergeometric series: the incomplete beta function is at its end there, where it has no digits and no slope.
    if b * u < 0.01
        s = term = one(u)
        for k in 1:7
            term *= -(b + k - 1) * u / k
            s += term / (2 * k + 1)
        end
        return 1 / 2 + x * s * tdistpdf(ν, zero(ν))
    end
    half = betacdf(ν / 2, oftype(float(ν), 0.5), ν / (ν + x * x)) / 2
    x > 0 ? 1 - half : half
end
end
