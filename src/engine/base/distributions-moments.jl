# Modes, third and fourth moments and entropies of the families, where they have a closed form.
module Distributions
import ..SpecialFunctions: gamma, loggamma, logbeta, digamma, besseli, besselix
import ..LogExpFunctions: xlogx

# ---- Where the density is largest
mode(d::Chisq) = d.ν > 2 ? d.ν - 2 : zero(d.ν)
mode(d::TDist) = zero(d.ν)
mode(d::Weibull) = d.α > 1 ? d.θ * (1 - 1 / d.α)^(1 / d.α) : zero(d.θ)
mode(d::Uniform) = mean(d)
mode(d::Pareto) = d.θ
mode(d::Rayleigh) = d.σ
mode(d::InverseGaussian) = (r = d.μ / d.λ; d.μ * (sqrt(1 + 9 * r^2 / 4) - 3 * r / 2))
mode(d::TriangularDist) = d.c
mode(d::Frechet) = d.θ * (d.α / (1 + d.α))^(1 / d.α)
mode(d::GeneralizedExtremeValue) = abs(d.ξ) < eps(d.ξ) ? d.μ : d.μ + d.σ * ((1 + d.ξ)^(-d.ξ) - 1) / d.ξ
mode(d::Levy) = d.μ + d.σ / 3
mode(d::Chi) = d.ν >= 1 ? sqrt(d.ν - 1) : error("Chi distribution has no mode when ν < 1")
mode(d::BetaPrime) = d.α > 1 ? (d.α - 1) / (d.β + 1) : zero(d.α)
mode(d::Bernoulli) = d.p > 1 / 2
mode(d::Binomial) = d.n > 0 ? floor(Int64, (d.n + 1) * d.p) - (d.p == 1) : 0
mode(::Geometric) = 0
mode(d::NegativeBinomial) = d.r > 1 ? floor(Int64, (d.r - 1) * failprob(d) / d.p) : 0
failprob(d::NegativeBinomial) = 1 - d.p
mode(d::DiscreteUniform) = d.a
mode(d::Dirac) = d.value

# ---- Third and fourth moments; the fourth is what it has beyond that of a normal distribution
skewness(d::Chisq) = sqrt(8 / d.ν)
kurtosis(d::Chisq) = 12 / d.ν
skewness(d::Beta) = d.α == d.β ? zero(d.α) : (s = d.α + d.β; 2 * (d.β - d.α) * sqrt(s + 1) / ((s + 2) * sqrt(d.α * d.β)))
kurtosis(d::Beta) = (a = d.α; b = d.β; s = a + b; p = a * b; 6 * (abs2(a - b) * (s + 1) - p * (s + 2)) / (p * (s + 2) * (s + 3)))
skewness(d::TDist) = d.ν > 3 ? zero(d.ν) : oftype(d.ν, NaN)
kurtosis(d::TDist) = d.ν > 4 ? 6 / (d.ν - 4) : d.ν > 2 ? oftype(d.ν, Inf) : oftype(d.ν, NaN)
skewness(d::Cauchy) = oftype(d.μ, NaN)
kurtosis(d::Cauchy) = oftype(d.μ, NaN)
kurtosis(::Logistic) = 1.2
skewness(d::LogNormal) = (v = exp(abs2(d.σ)); (v + 2) * sqrt(expm1(abs2(d.σ))))
kurtosis(d::LogNormal) = (v = exp(abs2(d.σ)); v^4 + 2 * v^3 + 3 * v^2 - 6)
skewness(d::InverseGamma) = d.α > 3 ? 4 * sqrt(d.α - 2) / (d.α - 3) : oftype(d.α, NaN)
kurtosis(d::InverseGamma) = d.α > 4 ? (30 * d.α - 66) / ((d.α - 3) * (d.α - 4)) : oftype(d.α, NaN)
skewness(d::Pareto) = d.α > 3 ? 2 * (1 + d.α) / (d.α - 3) * sqrt((d.α - 2) / d.α) : oftype(d.α, NaN)
kurtosis(d::Pareto) = (a = d.α; a > 4 ? 6 * (a^3 + a^2 - 6 * a - 2) / (a * (a - 3) * (a - 4)) : oftype(a, NaN))
skewness(::Rayleigh) = 0.6311106578189371
kurtosis(::Rayleigh) = 0.24508930068763806
skewness(d::InverseGaussian) = 3 * sqrt(d.μ / d.λ)
kurtosis(d::InverseGaussian) = 15 * d.μ / d.λ
skewness(::Gumbel) = 1.1395470994046486
kurtosis(::Gumbel) = 2.4
skewness(d::Bernoulli) = (1 - 2 * d.p) / sqrt(d.p * (1 - d.p))
kurtosis(d::Bernoulli) = 1 / var(d) - 6
skewness(d::Binomial) = (1 - 2 * d.p) / sqrt(d.n * d.p * (1 - d.p))
kurtosis(d::Binomial) = (u = d.p * (1 - d.p); (1 - 6 * u) / (d.n * u))
skewness(d::Geometric) = (2 - d.p) / sqrt(1 - d.p)
kurtosis(d::Geometric) = 6 + abs2(d.p) / (1 - d.p)
skewness(d::NegativeBinomial) = (2 - d.p) / sqrt((1 - d.p) * d.r)
kurtosis(d::NegativeBinomial) = 6 / d.r + abs2(d.p) / ((1 - d.p) * d.r)
skewness(::DiscreteUniform) = 0.0
kurtosis(d::DiscreteUniform) = (n = abs2(float(d.b - d.a + 1)); -1.2 * (n + 1) / (n - 1))
skewness(d::Skellam) = mean(d) / var(d)^1.5
kurtosis(d::Skellam) = 1 / var(d)
"From the moments about 0 by the gamma function, as the powers of an exponential time have them."
function of_moments(f, m2, m3, m4)
    v = m2 - f^2
    ((m3 - 3 * f * v - f^3) / v^1.5, (m4 - 4 * f * m3 + 6 * f^2 * m2 - 3 * f^4) / v^2 - 3)
end
skewness(d::Weibull) = of_moments(gamma(1 + 1 / d.α), gamma(1 + 2 / d.α), gamma(1 + 3 / d.α), gamma(1 + 4 / d.α))[1]
kurtosis(d::Weibull) = of_moments(gamma(1 + 1 / d.α), gamma(1 + 2 / d.α), gamma(1 + 3 / d.α), gamma(1 + 4 / d.α))[2]
skewness(d::Frechet) = d.α > 3 ? of_moments(gamma(1 - 1 / d.α), gamma(1 - 2 / d.α), gamma(1 - 3 / d.α), one(d.α))[1] : oftype(d.α, Inf)
kurtosis(d::Frechet) = d.α > 4 ? of_moments(gamma(1 - 1 / d.α), gamma(1 - 2 / d.α), gamma(1 - 3 / d.α), gamma(1 - 4 / d.α))[2] : oftype(d.α, Inf)

# ---- Entropies
entropy(d::LogNormal) = (1 + StatsFuns.log2π) / 2 + log(d.σ) + d.μ
entropy(d::InverseGamma) = d.α + loggamma(d.α) - (1 + d.α) * digamma(d.α) + log(d.θ)
entropy(d::Beta) = (s = d.α + d.β; logbeta(d.α, d.β) - (d.α - 1) * digamma(d.α) - (d.β - 1) * digamma(d.β) + (s - 2) * digamma(s))
entropy(d::Chisq) = (h = d.ν / 2; h + log(2) + loggamma(h) + (1 - h) * digamma(h))
entropy(d::TDist) = (h = d.ν / 2; k = h + 1 / 2; k * (digamma(k) - digamma(h)) + log(d.ν) / 2 + logbeta(h, oftype(h, 0.5)))
entropy(d::Cauchy) = log(4 * π) + log(d.σ)
entropy(d::Laplace) = log(2 * d.θ) + 1
entropy(d::Logistic) = log(d.θ) + 2
entropy(d::Weibull) = MathConstants.eulergamma * (1 - 1 / d.α) + log(d.θ / d.α) + 1
entropy(d::Pareto) = log(d.θ / d.α) + 1 / d.α + 1
entropy(d::Rayleigh) = 0.942034242170793 + log(d.σ)
entropy(d::TriangularDist) = 1 / 2 + log((d.b - d.a) / 2)
entropy(d::Frechet) = 1 + MathConstants.eulergamma / d.α + MathConstants.eulergamma + log(d.θ / d.α)
entropy(d::GeneralizedExtremeValue) = log(d.σ) + MathConstants.eulergamma * d.ξ + (1 + MathConstants.eulergamma)
entropy(d::Arcsine) = -0.24156447527049044 + log(d.b - d.a)
entropy(d::Levy) = (1 - 3 * digamma(1.0) + log(16 * d.σ^2 * π)) / 2
entropy(d::Chi) = (h = d.ν / 2; loggamma(h) - log(oftype(h, 2)) / 2 - (d.ν - 1) / 2 * digamma(h) + h)
entropy(d::VonMises) = log(2 * π * besselix(0, d.κ)) + d.κ * (1 - besselix(1, d.κ) / besselix(0, d.κ))
entropy(d::Geometric) = -(xlogx(1 - d.p) + xlogx(d.p)) / d.p
entropy(d::DiscreteUniform) = log(d.b - d.a + 1)
entropy(::Dirac) = 0.0
entropy(d::Binomial) = -sum(k -> (l = logpdf(d, k); l == -Inf ? zero(l) : exp(l) * l), 0:d.n)
end
