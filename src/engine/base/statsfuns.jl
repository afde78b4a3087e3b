# StatsFuns: densities, distribution functions and quantiles as plain functions of parameters and a point.
module StatsFuns
import ..SpecialFunctions: erf
import ..SpecialFunctions: erfc
import ..SpecialFunctions: erfinv
import ..SpecialFunctions: loggamma
import ..SpecialFunctions: logbeta
import ..SpecialFunctions: gamma_inc, log_gamma_inc, beta_inc, log_beta_inc, erfcinv, place_in_tail
import ..LogExpFunctions: xlogy
import ..LogExpFunctions: xlog1py
import ..LogExpFunctions: log1pexp, log1mexp
import ..LogExpFunctions: logistic
import ..LogExpFunctions: logit

export zval, xval, log2π, logπ, sqrt2π, invsqrt2π, twoπ, halfπ,
    normpdf, normlogpdf, normcdf, normccdf, normlogcdf, normlogccdf, norminvcdf, norminvccdf, norminvlogcdf, norminvlogccdf, poispdf, poislogpdf, poiscdf, poisccdf, poislogcdf, poislogccdf,
    binompdf, binomlogpdf, binomcdf, binomccdf, binomlogcdf, binomlogccdf, gammapdf, gammalogpdf, gammacdf, gammaccdf, gammalogcdf, gammalogccdf, gammainvcdf, gammainvccdf,
    betapdf, betalogpdf, betacdf, betaccdf, betalogcdf, betalogccdf, betainvcdf, betainvccdf, chisqpdf, chisqlogpdf, chisqcdf, chisqccdf, chisqlogcdf, chisqlogccdf, chisqinvcdf, chisqinvccdf,
    tdistpdf, tdistlogpdf, tdistcdf, tdistccdf, tdistlogcdf, tdistlogccdf, tdistinvcdf, tdistinvccdf, fdistpdf, fdistlogpdf, fdistcdf, fdistccdf, fdistlogcdf, fdistlogccdf, fdistinvcdf, fdistinvccdf

const log2π = 1.8378770664093456
const logπ = 1.1447298858494002
const sqrt2π = 2.5066282746310007
const invsqrt2π = 0.3989422804014327
const twoπ = 6.283185307179586
const halfπ = 1.5707963267948966
const sqrt2 = 1.4142135623730951

zval(μ::Real, σ::Real, x::Number) = (x - μ) / σ
xval(μ::Real, σ::Real, z::Number) = μ + σ * z

"""
Where the logarithm of the probability below is `lp`, by bisection of the smaller of the two tails, whose logarithms are `below` and `above`.
The derivative is that of a step of Newton's from there. With the tails changed over, where that of the probability above is.
"""
function place(below, above, logdensity, lp, low, high)
    isnan(lp) && return float(lp)
    lp <= 0 || throw(DomainError(lp, "a probability is between 0 and 1"))
    lp > -0.6931471805599453 ? place_in_tail(above, logdensity, log1mexp(lp), low, high) : place_in_tail(below, logdensity, lp, low, high)
end
"As `place`, of a probability instead of its logarithm."
function place_of(below, above, logdensity, p, low, high)
    isnan(p) && return float(p)
    0 <= p <= 1 || throw(DomainError(p, "a probability is between 0 and 1"))
    p > 0.5 ? place_in_tail(above, logdensity, log1p(-p), low, high) : place_in_tail(below, logdensity, log(p), low, high)
end

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
normlogccdf(z::Number) = normlogcdf(-z)
normlogccdf(μ::Real, σ::Real, x::Number) = normlogccdf(zval(μ, σ, x))
norminvcdf(p::Real) = -erfcinv(2 * p) * sqrt2
norminvccdf(p::Real) = erfcinv(2 * p) * sqrt2
norminvccdf(μ::Real, σ::Real, p::Real) = xval(μ, σ, norminvccdf(p))
norminvlogcdf(lp::Real) = place(normlogcdf, normlogccdf, normlogpdf, lp, -Inf, Inf)
norminvlogccdf(lp::Real) = -norminvlogcdf(lp)
norminvlogcdf(μ::Real, σ::Real, lp::Real) = xval(μ, σ, norminvlogcdf(lp))
norminvlogccdf(μ::Real, σ::Real, lp::Real) = xval(μ, σ, norminvlogccdf(lp))
norminvcdf(μ::Real, σ::Real, p::Real) = xval(μ, σ, norminvcdf(p))

poislogpdf(λ::Real, x::Real) = isinteger(x) && x >= 0 ? xlogy(x, λ) - λ - loggamma(float(x) + 1) : oftype(float(λ), -Inf)
poispdf(λ::Real, x::Real) = exp(poislogpdf(λ, x))
# Sums of probabilities by the incomplete gamma function, whose parameter is a number of events.
poisson_tails(f, λ, x) = isnan(x) ? unknown(λ, x) : x < 0 ? swap(f(one(float(λ)), oftype(float(λ), Inf))) : isinf(x) ? swap(f(one(float(λ)), zero(float(λ)))) : swap(f(floor(x) + 1, λ))
swap(t) = (t[2], t[1])
unknown(xs...) = (s = oftype(float(sum(xs)), NaN); (s, s))
poiscdf(λ::Real, x::Real) = poisson_tails(gamma_inc, λ, x)[1]
poisccdf(λ::Real, x::Real) = poisson_tails(gamma_inc, λ, x)[2]
poislogcdf(λ::Real, x::Real) = poisson_tails(log_gamma_inc, λ, x)[1]
poislogccdf(λ::Real, x::Real) = poisson_tails(log_gamma_inc, λ, x)[2]
binomlogpdf(n::Real, p::Real, k::Real) = isinteger(k) && 0 <= k <= n ?
    loggamma(n + 1.0) - loggamma(k + 1.0) - loggamma(n - k + 1.0) + xlogy(k, p) + xlog1py(n - k, -p) : oftype(float(p), -Inf)
binompdf(n::Real, p::Real, k::Real) = exp(binomlogpdf(n, p, k))
binom_tails(f, n, p, k) = isnan(k) ? unknown(p, k) : k < 0 ? f(1.0, 1.0, zero(float(p)), one(float(p))) : k >= n ? f(1.0, 1.0, one(float(p)), zero(float(p))) : f(n - floor(k), floor(k) + 1, 1 - p, p)
binomcdf(n::Real, p::Real, k::Real) = binom_tails(beta_inc, n, p, k)[1]
binomccdf(n::Real, p::Real, k::Real) = binom_tails(beta_inc, n, p, k)[2]
binomlogcdf(n::Real, p::Real, k::Real) = binom_tails(log_beta_inc, n, p, k)[1]
binomlogccdf(n::Real, p::Real, k::Real) = binom_tails(log_beta_inc, n, p, k)[2]
gammalogpdf(k::Real, θ::Real, x::Real) = x < 0 || x == Inf ? oftype(float(x) / θ, -Inf) : xlogy(k - 1, x / θ) - x / θ - loggamma(k) - log(θ)
gammapdf(k::Real, θ::Real, x::Real) = exp(gammalogpdf(k, θ, x))
gammacdf(k::Real, θ::Real, x::Real) = gamma_inc(k, max(x / θ, zero(x / θ)))[1]
gammaccdf(k::Real, θ::Real, x::Real) = gamma_inc(k, max(x / θ, zero(x / θ)))[2]
gammalogcdf(k::Real, θ::Real, x::Real) = log_gamma_inc(k, x / θ)[1]
gammalogccdf(k::Real, θ::Real, x::Real) = log_gamma_inc(k, x / θ)[2]
gammainvcdf(k::Real, θ::Real, p::Real) = place_of(x -> gammalogcdf(k, θ, x), x -> gammalogccdf(k, θ, x), x -> gammalogpdf(k, θ, x), p, 0.0, Inf)
gammainvccdf(k::Real, θ::Real, p::Real) = place_of(x -> gammalogccdf(k, θ, x), x -> gammalogcdf(k, θ, x), x -> gammalogpdf(k, θ, x), p, 0.0, Inf)
betalogpdf(α::Real, β::Real, x::Real) = 0 <= x <= 1 ? xlogy(α - 1, x) + xlog1py(β - 1, -x) - logbeta(α, β) : oftype(float(x), -Inf)
betapdf(α::Real, β::Real, x::Real) = exp(betalogpdf(α, β, x))
beta_tails(f, α, β, x) = isnan(x) ? unknown(α, β, x) : (y = clamp(x, zero(x), one(x)); f(α, β, y, 1 - y))
betacdf(α::Real, β::Real, x::Real) = beta_tails(beta_inc, α, β, x)[1]
betaccdf(α::Real, β::Real, x::Real) = beta_tails(beta_inc, α, β, x)[2]
betalogcdf(α::Real, β::Real, x::Real) = beta_tails(log_beta_inc, α, β, x)[1]
betalogccdf(α::Real, β::Real, x::Real) = beta_tails(log_beta_inc, α, β, x)[2]
betainvcdf(α::Real, β::Real, p::Real) = place_of(x -> betalogcdf(α, β, x), x -> betalogccdf(α, β, x), x -> betalogpdf(α, β, x), p, 0.0, 1.0)
betainvccdf(α::Real, β::Real, p::Real) = place_of(x -> betalogccdf(α, β, x), x -> betalogcdf(α, β, x), x -> betalogpdf(α, β, x), p, 0.0, 1.0)
"A ratio of gamma variables is beta-distributed: the tails at `t` of `t / (1 + t)` and `1 / (1 + t)`."
ratio_tails(f, α, β, t) = isnan(t) ? unknown(α, β, t) : t <= 0 ? f(α, β, zero(t), one(t)) : t > 1 ? f(α, β, 1 / (1 + 1 / t), 1 / (1 + t)) : f(α, β, t / (1 + t), 1 / (1 + t))
function fdistlogpdf(ν1::Real, ν2::Real, x::Real)
    (x < 0 || x == Inf) && return oftype(float(x) * ν1, -Inf)
    a, b, t = ν1 / 2, ν2 / 2, ν1 * x / ν2
    log(ν1 / ν2) + xlogy(a - 1, t) - (a + b) * log1p(t) - logbeta(a, b)
end
fdistpdf(ν1::Real, ν2::Real, x::Real) = exp(fdistlogpdf(ν1, ν2, x))
fdistcdf(ν1::Real, ν2::Real, x::Real) = ratio_tails(beta_inc, ν1 / 2, ν2 / 2, ν1 * x / ν2)[1]
fdistccdf(ν1::Real, ν2::Real, x::Real) = ratio_tails(beta_inc, ν1 / 2, ν2 / 2, ν1 * x / ν2)[2]
fdistlogcdf(ν1::Real, ν2::Real, x::Real) = ratio_tails(log_beta_inc, ν1 / 2, ν2 / 2, ν1 * x / ν2)[1]
fdistlogccdf(ν1::Real, ν2::Real, x::Real) = ratio_tails(log_beta_inc, ν1 / 2, ν2 / 2, ν1 * x / ν2)[2]
fdistinvcdf(ν1::Real, ν2::Real, p::Real) = place_of(x -> fdistlogcdf(ν1, ν2, x), x -> fdistlogccdf(ν1, ν2, x), x -> fdistlogpdf(ν1, ν2, x), p, 0.0, Inf)
fdistinvccdf(ν1::Real, ν2::Real, p::Real) = place_of(x -> fdistlogccdf(ν1, ν2, x), x -> fdistlogcdf(ν1, ν2, x), x -> fdistlogpdf(ν1, ν2, x), p, 0.0, Inf)
chisqlogpdf(k::Real, x::Real) = gammalogpdf(k / 2, 2, x)
chisqpdf(k::Real, x::Real) = exp(chisqlogpdf(k, x))
chisqcdf(k::Real, x::Real) = gammacdf(k / 2, 2, x)
chisqccdf(k::Real, x::Real) = gammaccdf(k / 2, 2, x)
chisqlogcdf(k::Real, x::Real) = gammalogcdf(k / 2, 2, x)
chisqlogccdf(k::Real, x::Real) = gammalogccdf(k / 2, 2, x)
chisqinvcdf(k::Real, p::Real) = gammainvcdf(k / 2, 2, p)
chisqinvccdf(k::Real, p::Real) = gammainvccdf(k / 2, 2, p)
function tdistlogpdf(ν::Real, x::Real)
    u = abs2(x) / ν
    isinf(u) && isfinite(x) ? t_front(ν) - (ν + 1) * (log(abs(x)) - log(ν) / 2) : t_front(ν) - (ν + 1) / 2 * log1p(u)
end
"The logarithm of the density at 0."
t_front(ν) = loggamma((ν + 1) / 2) - loggamma(ν / 2) - (log(ν) + logπ) / 2
tdistpdf(ν::Real, x::Real) = exp(tdistlogpdf(ν, x))
"About the middle by the hypergeometric series: the incomplete beta function is at its end there, where it has no digits and no slope."
is_middle(ν, x) = (ν + 1) / 2 * (x * x / ν) < 0.01
function t_middle(ν, x)
    b, u = (ν + 1) / 2, x * x / ν
    s = term = one(u)
    for k in 1:7
        term *= -(b + k - 1) * u / k
        s += term / (2 * k + 1)
    end
    1 / 2 + x * s * tdistpdf(ν, zero(ν))
end
t_tails(f, ν, x) = ratio_tails(f, ν / 2, oftype(float(ν), 0.5), (ν / x) / x)
function tdistcdf(ν::Real, x::Real)
    is_middle(ν, x) && return t_middle(ν, x)
    half = t_tails(beta_inc, ν, x)[1] / 2
    x > 0 ? 1 - half : half
end
tdistccdf(ν::Real, x::Real) = tdistcdf(ν, -x)
function tdistlogcdf(ν::Real, x::Real)
    is_middle(ν, x) && return log(t_middle(ν, x))
    half = t_tails(log_beta_inc, ν, x)[1] - log(oftype(float(ν), 2))
    x > 0 ? log1mexp(half) : half
end
tdistlogccdf(ν::Real, x::Real) = tdistlogcdf(ν, -x)
tdistinvcdf(ν::Real, p::Real) = place_of(x -> tdistlogcdf(ν, x), x -> tdistlogccdf(ν, x), x -> tdistlogpdf(ν, x), p, -Inf, Inf)
tdistinvccdf(ν::Real, p::Real) = -tdistinvcdf(ν, p)
end
