# Distribution functions and their logarithms of the families that have one tail in closed form, or come from the gamma, beta or normal distribution.
module Distributions
import ..LogExpFunctions: log1mexp, logit
import ..SpecialFunctions: gamma_inc, log_gamma_inc, beta_inc, log_beta_inc

# Those that say `logccdf`, and those that say `logcdf`.
const ByUpperTail = Union{Exponential,Weibull,Pareto,Rayleigh,GeneralizedPareto,Kumaraswamy,Geometric}
# The difference from zero makes no negative zero.
cdf(d::ByUpperTail, x::Real) = (l = logccdf(d, x); zero(l) - expm1(l))
ccdf(d::ByUpperTail, x::Real) = exp(logccdf(d, x))
logcdf(d::ByUpperTail, x::Real) = log1mexp(logccdf(d, x))
const ByLowerTail = Union{Gumbel,Frechet,GeneralizedExtremeValue}
cdf(d::ByLowerTail, x::Real) = exp(logcdf(d, x))
ccdf(d::ByLowerTail, x::Real) = (l = logcdf(d, x); zero(l) - expm1(l))
logccdf(d::ByLowerTail, x::Real) = log1mexp(logcdf(d, x))

# Both tails at once from a function of the incomplete gamma or beta function that gives both, or their logarithms.
const OfGamma = Union{Gamma,Chisq,Chi,InverseGamma,Beta,BetaPrime}
tails(f, d::Gamma, x) = f(d.α, at_least_zero(x / d.θ))
tails(f, d::Chisq, x) = f(d.ν / 2, at_least_zero(x / 2))
tails(f, d::Chi, x) = f(d.ν / 2, abs2(at_least_zero(x)) / 2)
tails(f, d::InverseGamma, x) = StatsFuns.swap(f(d.α, d.θ / at_least_zero(x)))
tails(f, d::Beta, x) = StatsFuns.beta_tails(f, d.α, d.β, x)
tails(f, d::BetaPrime, x) = StatsFuns.ratio_tails(f, d.α, d.β, x)
at_least_zero(x) = max(x, zero(x))
plainly(::Union{Gamma,Chisq,Chi,InverseGamma}) = gamma_inc
plainly(::Union{Beta,BetaPrime}) = beta_inc
by_logarithm(::Union{Gamma,Chisq,Chi,InverseGamma}) = log_gamma_inc
by_logarithm(::Union{Beta,BetaPrime}) = log_beta_inc
cdf(d::OfGamma, x::Real) = tails(plainly(d), d, x)[1]
ccdf(d::OfGamma, x::Real) = tails(plainly(d), d, x)[2]
logcdf(d::OfGamma, x::Real) = tails(by_logarithm(d), d, x)[1]
logccdf(d::OfGamma, x::Real) = tails(by_logarithm(d), d, x)[2]

"Functions of a normal variable."
const OfNormal = Union{LogNormal,LogitNormal}
normal_of(::LogNormal, x) = log(at_least_zero(x))
normal_of(::LogitNormal, x) = logit(clamp(x, zero(x), one(x)))
cdf(d::OfNormal, x::Real) = StatsFuns.normcdf(d.μ, d.σ, normal_of(d, x))
ccdf(d::OfNormal, x::Real) = StatsFuns.normccdf(d.μ, d.σ, normal_of(d, x))
logcdf(d::OfNormal, x::Real) = StatsFuns.normlogcdf(d.μ, d.σ, normal_of(d, x))
logccdf(d::OfNormal, x::Real) = StatsFuns.normlogccdf(d.μ, d.σ, normal_of(d, x))

end
