# Censored distributions; derivatives of densities by their arguments, and what a distribution function says of logarithms.
module Distributions
import ..LogExpFunctions: logsubexp
export censored, Censored, gradlogpdf, mgf, logdiffcdf

# ---- What lies beyond the bounds is seen at the bounds
struct Censored{D<:UnivariateDistribution,S<:ValueSupport,L,U} <: UnivariateDistribution{S}
    uncensored::D
    lower::L
    upper::U
end
censored(d::UnivariateDistribution{S}, low, high) where {S} = Censored{typeof(d),S,typeof(low),typeof(high)}(d, low, high)
censored(d::UnivariateDistribution; lower=nothing, upper=nothing) = censored(d, lower, upper)
below(x, ::Nothing) = false
below(x, low) = x < low
above(x, ::Nothing) = false
above(x, high) = x > high
log_at_least(d::ContinuousUnivariateDistribution, x) = logccdf(d, x)
log_at_least(d::DiscreteUnivariateDistribution, x) = logccdf(d, ceil(x) - 1)
function logpdf(d::Censored, x::Real)
    (below(x, d.lower) || above(x, d.upper)) && return oftype(logpdf(d.uncensored, x), -Inf)
    x == d.lower ? logcdf(d.uncensored, x) : x == d.upper ? log_at_least(d.uncensored, x) : logpdf(d.uncensored, x)
end
cdf(d::Censored, x::Real) = below(x, d.lower) ? zero(cdf(d.uncensored, x)) : above(x, d.upper) || x == d.upper ? one(cdf(d.uncensored, x)) : cdf(d.uncensored, x)
Base.minimum(d::Censored) = d.lower === nothing ? minimum(d.uncensored) : d.lower
Base.maximum(d::Censored) = d.upper === nothing ? maximum(d.uncensored) : d.upper
draw(d::Censored) = (x = draw(d.uncensored); below(x, d.lower) ? oftype(x, d.lower) : above(x, d.upper) ? oftype(x, d.upper) : x)

# ---- Derivatives of the logarithm of the density by the value, and what the distribution function says of logarithms
gradlogpdf(d::Normal, x::Real) = (d.μ - x) / abs2(d.σ)
gradlogpdf(d::LogNormal, x::Real) = x > 0 ? -((log(x) - d.μ) / abs2(d.σ) + 1) / x : zero(d.μ)
gradlogpdf(d::Exponential, x::Real) = x > 0 ? -1 / d.θ : zero(d.θ)
gradlogpdf(d::Gamma, x::Real) = x > 0 ? (d.α - 1) / x - 1 / d.θ : zero(d.α)
gradlogpdf(d::Beta, x::Real) = 0 < x < 1 ? (d.α - 1) / x - (d.β - 1) / (1 - x) : zero(d.α)
gradlogpdf(d::Chisq, x::Real) = x > 0 ? (d.ν / 2 - 1) / x - 1 / 2 : zero(d.ν)
gradlogpdf(d::TDist, x::Real) = -((d.ν + 1) * x) / (x^2 + d.ν)
gradlogpdf(d::Laplace, x::Real) = x == d.μ ? error("Gradient is undefined at the location point") : x > d.μ ? -1 / d.θ : 1 / d.θ
gradlogpdf(d::Gumbel, x::Real) = expm1(-(x - d.μ) / d.θ) / d.θ
gradlogpdf(d::MvNormal, x::AbstractVector{<:Real}) = -(d.Σ \ (x - d.μ))
mgf(d::Normal, t::Real) = exp(t * d.μ + abs2(d.σ * t) / 2)
mgf(d::Exponential, t::Real) = t < 1 / d.θ ? inv(1 - t * d.θ) : oftype(d.θ, Inf)
mgf(d::Gamma, t::Real) = (1 - t * d.θ)^-d.α
mgf(d::Poisson, t::Real) = exp(d.λ * expm1(t))
mgf(d::Bernoulli, t::Real) = failprob(d) + succprob(d) * exp(t)
mgf(d::Binomial, t::Real) = (failprob(d) + succprob(d) * exp(t))^d.n
logdiffcdf(d::UnivariateDistribution, x::Real, y::Real) = x < y ? throw(ArgumentError("requires x >= y.")) : logsubexp(logcdf(d, x), logcdf(d, y))

end
