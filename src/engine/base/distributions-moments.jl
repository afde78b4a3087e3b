# Modes, third and fourth moments and entropies of the families, where they have a closed form; what is asked of a distribution; sums, counts and fits.
module Distributions
using LinearAlgebra
import ..SpecialFunctions: gamma, loggamma, logbeta, digamma, trigamma, besseli, besselix
import ..LogExpFunctions: xlogx
export RealInterval, partype, ncomponents, modes, meanlogx, dof, islowerbounded, isupperbounded, isbounded, hasfinitesupport, cf, value_support, variate_form, isplatykurtic,
    isleptokurtic, ismesokurtic, NormalCanon, Hypergeometric, PoissonBinomial, convolve, UnivariateMixture, MultivariateMixture

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

# ---- What is asked of a distribution
"Numbers between two ends."
struct RealInterval{T<:Real}
    lb::T
    ub::T
end
RealInterval(lb::Real, ub::Real) = RealInterval(promote(lb, ub)...)
Base.in(x::Real, r::RealInterval) = r.lb <= x <= r.ub
Base.minimum(r::RealInterval) = r.lb
Base.maximum(r::RealInterval) = r.ub
support(d::ContinuousUnivariateDistribution) = RealInterval(minimum(d), maximum(d))
support(d::DiscreteUnivariateDistribution) = round(Int, minimum(d)):round(Int, maximum(d))
"The type of the parameters."
partype(d::UnivariateDistribution) = promote_type(map(typeof, params(d))...)
partype(::MvNormal{T}) where {T} = T
partype(::Dirichlet{T}) where {T} = T
islowerbounded(d::UnivariateDistribution) = minimum(d) > -Inf
isupperbounded(d::UnivariateDistribution) = maximum(d) < Inf
isbounded(d::UnivariateDistribution) = islowerbounded(d) && isupperbounded(d)
hasfinitesupport(d::DiscreteUnivariateDistribution) = isbounded(d)
hasfinitesupport(::ContinuousUnivariateDistribution) = false
isplatykurtic(d::UnivariateDistribution) = kurtosis(d) < 0
isleptokurtic(d::UnivariateDistribution) = kurtosis(d) > 0
ismesokurtic(d::UnivariateDistribution) = kurtosis(d) == 0
modes(d::Distribution) = [mode(d)]
meanlogx(d::Gamma) = digamma(d.α) + log(d.θ)
meanlogx(d::Beta) = digamma(d.α) - digamma(d.α + d.β)
dof(d::Union{Chisq,TDist}) = d.ν
ncomponents(d::MixtureModel) = length(d.components)
const UnivariateMixture{S<:ValueSupport,C<:Distribution} = MixtureModel{Univariate,S,C}
const MultivariateMixture{S<:ValueSupport,C<:Distribution} = MixtureModel{Multivariate,S,C}
entropy(d::Product) = sum(entropy, d.v)
entropy(d::Union{Poisson,NegativeBinomial,BetaBinomial}) = counted_entropy(d, minimum(d), quantile(d, 0.5))
function counted_entropy(d, from, middle)
    s = sum(k -> xlogx(pdf(d, k)), from:middle)
    k = middle + 1
    while k <= maximum(d)
        t = xlogx(pdf(d, k))
        s += t
        abs(t) < 1.0e-17 && break
        k += 1
    end
    -s
end
value_support(::Type{<:Distribution{F,S}}) where {F,S} = S
variate_form(::Type{<:Distribution{F}}) where {F} = F
succprob(d::Geometric) = d.p
failprob(d::Geometric) = 1 - d.p
mgf(d::Geometric, t::Real) = (p = succprob(d); p / (1 - (1 - p) * exp(t)))
mgf(d::NegativeBinomial, t::Real) = (p = succprob(d); (p / (1 - (1 - p) * exp(t)))^d.r)
mgf(d::DiscreteUniform, t::Real) = iszero(t) ? one(float(t)) : (n = d.b - d.a + 1; exp(t * d.a) * expm1(t * n) / (n * expm1(t)))
mgf(d::Categorical, t::Real) = sum(k -> d.p[k] * exp(t * k), eachindex(d.p))
"The characteristic function."
cf(d::Normal, t::Real) = cis(t * d.μ) * exp(-(t * d.σ)^2 / 2)
cf(d::Uniform, t::Real) = iszero(t) ? complex(one(float(t))) : cis(t * (d.a + d.b) / 2) * (h = t * (d.b - d.a) / 2; sin(h) / h)
cf(d::Exponential, t::Real) = 1 / (1 - t * im * d.θ)
cf(d::Gamma, t::Real) = (1 - im * t * d.θ)^(-d.α)
cf(d::Chisq, t::Real) = (1 - 2 * im * t)^(-d.ν / 2)
cf(d::Laplace, t::Real) = cis(t * d.μ) / (1 + (t * d.θ)^2)
cf(d::Cauchy, t::Real) = cis(t * d.μ) * exp(-d.σ * abs(t))
cf(d::Bernoulli, t::Real) = 1 - d.p + d.p * cis(t)
cf(d::Binomial, t::Real) = (1 - d.p + d.p * cis(t))^d.n
cf(d::Poisson, t::Real) = exp(d.λ * (cis(t) - 1))
cf(d::Geometric, t::Real) = d.p / (1 - (1 - d.p) * cis(t))
mode(d::Dirichlet) = all(>(1), d.alpha) ? (d.alpha .- 1) ./ (sum(d.alpha) - length(d.alpha)) : error("Dirichlet has a mode only when alpha[i] > 1 for all i")
Statistics.cov(d::Dirichlet) = (s = sum(d.alpha); p = d.alpha ./ s; (Diagonal(p) - p * p') ./ (s + 1))
entropy(d::Dirichlet) = (s = sum(d.alpha); k = length(d.alpha); sum(loggamma, d.alpha) - loggamma(s) + (s - k) * digamma(s) - sum(a -> (a - 1) * digamma(a), d.alpha))
Statistics.mean(d::LogUniform) = (d.b - d.a) / log(d.b / d.a)
Statistics.var(d::LogUniform) = (l = log(d.b / d.a); (d.b^2 - d.a^2) / 2l - ((d.b - d.a) / l)^2)
mode(d::LogUniform) = d.a
entropy(d::LogUniform) = log(d.a * d.b) / 2 + log(log(d.b / d.a))

"By the precision `λ`, and `η`, the mean times the precision."
struct NormalCanon{T<:Real} <: ContinuousUnivariateDistribution
    η::T
    λ::T
    μ::T
    NormalCanon{T}(η::T, λ::T, μ::T) where {T<:Real} = new{T}(η, λ, μ)
end
function NormalCanon(η::Real=0.0, λ::Real=1.0; check_args::Bool=true)
    check_args && check(λ > 0, λ, "NormalCanon", "λ > zero(λ)")
    a, b = together(η, λ)
    NormalCanon{typeof(a)}(a, b, a / b)
end
meanform(d::NormalCanon) = Normal(d.μ, 1 / sqrt(d.λ))
canonform(d::Normal) = (λ = 1 / d.σ^2; NormalCanon(λ * d.μ, λ))
params(d::NormalCanon) = (d.η, d.λ)
Base.minimum(::NormalCanon) = -Inf
Base.maximum(::NormalCanon) = Inf
Statistics.mean(d::NormalCanon) = d.μ
Statistics.var(d::NormalCanon) = 1 / d.λ
mode(d::NormalCanon) = d.μ
skewness(d::NormalCanon) = zero(d.μ)
kurtosis(d::NormalCanon) = zero(d.μ)
entropy(d::NormalCanon) = entropy(meanform(d))
pdf(d::NormalCanon, x::Real) = pdf(meanform(d), x)
logpdf(d::NormalCanon, x::Real) = logpdf(meanform(d), x)
cdf(d::NormalCanon, x::Real) = cdf(meanform(d), x)
ccdf(d::NormalCanon, x::Real) = ccdf(meanform(d), x)
logcdf(d::NormalCanon, x::Real) = logcdf(meanform(d), x)
logccdf(d::NormalCanon, x::Real) = logccdf(meanform(d), x)
Statistics.quantile(d::NormalCanon, p::Real) = quantile(meanform(d), p)
cquantile(d::NormalCanon, p::Real) = cquantile(meanform(d), p)
mgf(d::NormalCanon, t::Real) = mgf(meanform(d), t)
cf(d::NormalCanon, t::Real) = cf(meanform(d), t)
gradlogpdf(d::NormalCanon, x::Real) = gradlogpdf(meanform(d), x)
draw(d::NormalCanon) = draw(meanform(d))

# ---- Moved, stretched, added
Base.:-(d::ContinuousUnivariateDistribution) = -1 * d
LocationScale(μ::Real, σ::Real, d::Uniform) = Uniform(minmax(μ + σ * d.a, μ + σ * d.b)...)
truncated(d::Uniform, low::Real, high::Real) = Uniform(max(d.a, low), min(d.b, high))
"The distribution of the sum of two independent variables."
convolve(a::Normal, b::Normal) = Normal(a.μ + b.μ, hypot(a.σ, b.σ))
convolve(a::Cauchy, b::Cauchy) = Cauchy(a.μ + b.μ, a.σ + b.σ)
convolve(a::Chisq, b::Chisq) = Chisq(a.ν + b.ν)
convolve(a::Poisson, b::Poisson) = Poisson(a.λ + b.λ)
convolve(a::Gamma, b::Gamma) = alike(a.θ, b.θ, "Gamma", "scale") && Gamma(a.α + b.α, a.θ)
convolve(a::Exponential, b::Exponential) = alike(a.θ, b.θ, "Exponential", "scale") && Gamma(2one(a.θ), a.θ)
convolve(a::Binomial, b::Binomial) = alike(a.p, b.p, "Binomial", "success") && Binomial(a.n + b.n, a.p)
convolve(a::Bernoulli, b::Bernoulli) = alike(a.p, b.p, "Bernoulli", "success") && Binomial(2, a.p)
convolve(a::NegativeBinomial, b::NegativeBinomial) = alike(a.p, b.p, "NegativeBinomial", "success") && NegativeBinomial(a.r + b.r, a.p)
convolve(a::Geometric, b::Geometric) = alike(succprob(a), succprob(b), "Geometric", "success") && NegativeBinomial(2, succprob(a))
convolve(a::MvNormal, b::MvNormal) = MvNormal(a.μ + b.μ, a.Σ + b.Σ)
alike(x, y, family, what) = x ≈ y || throw(ArgumentError("$(family)s must have the same $what parameter to be convolved"))

# ---- Counts
"How many of `ns` good ones are among `n` drawn from them and `nf` others."
struct Hypergeometric <: DiscreteUnivariateDistribution
    ns::Int
    nf::Int
    n::Int
    function Hypergeometric(ns::Real, nf::Real, n::Real; check_args::Bool=true)
        check_args && check(ns >= 0 && nf >= 0 && 0 <= n <= ns + nf, (ns, nf, n), "Hypergeometric", "zero(n) <= n <= ns + nf")
        new(ns, nf, n)
    end
end
Base.minimum(d::Hypergeometric) = max(0, d.n - d.nf)
Base.maximum(d::Hypergeometric) = min(d.ns, d.n)
log_choices(n, k) = loggamma(n + 1.0) - loggamma(k + 1.0) - loggamma(n - k + 1.0)
logpdf(d::Hypergeometric, k::Real) = insupport(d, k) ? log_choices(d.ns, k) + log_choices(d.nf, d.n - k) - log_choices(d.ns + d.nf, d.n) : -Inf
cdf(d::Hypergeometric, k::Real) = isnan(k) ? NaN : k < minimum(d) ? 0.0 : k >= maximum(d) ? 1.0 : sum(j -> pdf(d, j), minimum(d):floor(Int, k))
ccdf(d::Hypergeometric, k::Real) = isnan(k) ? NaN : k < minimum(d) ? 1.0 : k >= maximum(d) ? 0.0 : sum(j -> pdf(d, j), floor(Int, k)+1:maximum(d))
Statistics.mean(d::Hypergeometric) = d.n * d.ns / (d.ns + d.nf)
Statistics.var(d::Hypergeometric) = (N = d.ns + d.nf; p = d.ns / N; d.n * p * (1 - p) * (N - d.n) / (N - 1))
mode(d::Hypergeometric) = floor(Int, (d.n + 1) * (d.ns + 1) / (d.ns + d.nf + 2))
entropy(d::Hypergeometric) = -sum(k -> xlogx(pdf(d, k)), support(d))
"How many of independent trials succeed, each with a probability of its own."
struct PoissonBinomial{T<:Real,P<:AbstractVector{T}} <: DiscreteUnivariateDistribution
    p::P
    pmf::Vector{T}
end
PoissonBinomial(p::AbstractVector{T}; check_args::Bool=true) where {T<:Real} =
    (check_args && check(all(x -> 0 <= x <= 1, p), p, "PoissonBinomial", "all(x -> zero(x) <= x <= one(x), p)"); PoissonBinomial{T,typeof(p)}(p, counts_of(p)))
function counts_of(p)
    w = [one(eltype(p))]
    for q in p
        w = [(k <= length(w) ? w[k] * (1 - q) : zero(q)) + (k > 1 ? w[k-1] * q : zero(q)) for k in 1:length(w)+1]
    end
    w
end
params(d::PoissonBinomial) = (d.p,)
ntrials(d::PoissonBinomial) = length(d.p)
succprob(d::PoissonBinomial) = d.p
probs(d::PoissonBinomial) = d.pmf
Base.minimum(::PoissonBinomial) = 0
Base.maximum(d::PoissonBinomial) = length(d.p)
pdf(d::PoissonBinomial, k::Real) = insupport(d, k) ? d.pmf[Int(k)+1] : zero(eltype(d.pmf))
logpdf(d::PoissonBinomial, k::Real) = log(pdf(d, k))
cdf(d::PoissonBinomial, k::Real) = k < 0 ? zero(eltype(d.pmf)) : k >= maximum(d) ? one(eltype(d.pmf)) : sum(d.pmf[1:floor(Int, k)+1])
Statistics.mean(d::PoissonBinomial) = sum(d.p)
Statistics.var(d::PoissonBinomial) = sum(x -> x * (1 - x), d.p)
mode(d::PoissonBinomial) = argmax(d.pmf) - 1
entropy(d::PoissonBinomial) = -sum(xlogx, d.pmf)

# ---- Fits
fit_mle(::Type{<:Binomial}, n::Integer, xs) = Binomial(n, sum(xs) / (n * length(xs)))
fit_mle(::Type{<:Normal}, xs, w) = (s = sum(w); m = dot(w, xs) / s; Normal(m, sqrt(sum(w[k] * abs2(xs[k] - m) for k in eachindex(xs)) / s)))
fit_mle(::Type{<:Rayleigh}, xs) = Rayleigh(sqrt(sum(abs2, xs) / 2length(xs)))
fit_mle(::Type{<:Pareto}, xs) = (θ = Base.minimum(xs); Pareto(1 / (mean(map(log, xs)) - log(θ)), θ))
fit_mle(::Type{<:InverseGaussian}, xs) = (μ = mean(xs); InverseGaussian(μ, 1 / (mean(map(inv, xs)) - 1 / μ)))
fit_mle(::Type{<:Categorical}, k::Integer, xs) = Categorical([count(==(j), xs) / length(xs) for j in 1:k])
fit_mle(::Type{<:Categorical}, xs) = fit_mle(Categorical, Base.maximum(xs), xs)
"Minka's iteration."
function fit_mle(::Type{<:Gamma}, xs; maxiter=1000, tol=1.0e-16)
    m, l = mean(xs), mean(map(log, xs))
    s = log(m) - l
    a = 1 / 2s
    for _ in 1:maxiter
        next = 1 / (1 / a + (l - log(m) + log(a) - digamma(a)) / (a^2 * (1 / a - trigamma(a))))
        isdone = abs(next - a) <= max(tol, eps(a))
        a = next
        isdone && break
    end
    Gamma(a, m / a)
end
function fit_mle(::Type{<:Weibull}, xs; alpha0=1.0, maxiter=1000, tol=1.0e-16)
    l, a = map(log, xs), float(alpha0)
    m = mean(l)
    for _ in 1:maxiter
        w = map(x -> x^a, xs)
        s = sum(w)
        r, r′ = dot(w, l) / s, dot(w, map(abs2, l)) / s
        f = r - m - 1 / a
        step = f / (r′ - r^2 + 1 / a^2)
        a -= step
        abs(step) <= max(tol, eps(a)) && break
    end
    Weibull(a, mean(map(x -> x^a, xs))^(1 / a))
end
"By the mean and variance; by Newton's method."
fit(::Type{<:Beta}, xs::AbstractVector{<:Real}) = (m = mean(xs); v = var(xs); t = m * (1 - m) / v - 1; Beta(m * t, (1 - m) * t))
function fit_mle(::Type{<:Beta}, xs::AbstractVector{<:Real}; maxiter=1000, tol=1.0e-14)
    start = fit(Beta, xs)
    a, b = start.α, start.β
    g, h = mean(map(log, xs)), mean(map(x -> log1p(-x), xs))
    for _ in 1:maxiter
        u, v, t = digamma(a) - digamma(a + b) - g, digamma(b) - digamma(a + b) - h, trigamma(a + b)
        p, q = trigamma(a) - t, trigamma(b) - t
        w = p * q - t * t
        da, db = (q * u + t * v) / w, (p * v + t * u) / w
        a, b = max(a - da, a / 10), max(b - db, b / 10)
        abs(da) + abs(db) <= tol * (a + b) && break
    end
    Beta(a, b)
end
end
