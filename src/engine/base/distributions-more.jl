# More distributions of one number: of extremes, on intervals, of directions, with heavy tails.
module Distributions
import ..SpecialFunctions: loggamma, logbeta, gamma, beta, besselix, erf, erfc, erfinv, erfcinv, logerfc
import ..LogExpFunctions: log1pexp, log1mexp, logistic, logit, xlogy
export Gumbel, Frechet, Kumaraswamy, VonMises, SkewNormal, Arcsine, Levy, GeneralizedPareto, GeneralizedExtremeValue, Chi, LogitNormal, BetaPrime, Erlang,
    LogUniform, BernoulliLogit, Dirac, BetaBinomial, DiscreteNonParametric, Skellam

"Nothing lies outside of the support; of the type that the density has inside."
outside(xs::Real...) = oftype(float(sum(xs)), -Inf)

# ---- Extremes
struct Gumbel{T<:Real} <: ContinuousUnivariateDistribution
    μ::T
    θ::T
    Gumbel{T}(μ::T, θ::T) where {T<:Real} = new{T}(μ, θ)
end
Gumbel(μ::Real, θ::Real; check_args::Bool=true) = (check_args && check(θ > 0, θ, "Gumbel", "θ > zero(θ)"); p = together(μ, θ); Gumbel{typeof(p[1])}(p...))
Gumbel(μ::Real=0.0) = Gumbel(μ, one(μ))
location(d::Gumbel) = d.μ
scale(d::Gumbel) = d.θ
pdf(d::Gumbel, x::Real) = (z = (x - d.μ) / d.θ; exp(-z - exp(-z)) / d.θ)
logpdf(d::Gumbel, x::Real) = (z = (x - d.μ) / d.θ; -(z + exp(-z) + log(d.θ)))
logcdf(d::Gumbel, x::Real) = -exp((d.μ - x) / d.θ)
Statistics.quantile(d::Gumbel, p::Real) = d.μ - d.θ * log(-log(p))
Statistics.mean(d::Gumbel) = d.μ + d.θ * MathConstants.eulergamma
Statistics.var(d::Gumbel) = (π * d.θ)^2 / 6
mode(d::Gumbel) = d.μ
entropy(d::Gumbel) = log(d.θ) + 1 + MathConstants.eulergamma
Base.minimum(::Gumbel) = -Inf
Base.maximum(::Gumbel) = Inf

struct Frechet{T<:Real} <: ContinuousUnivariateDistribution
    α::T
    θ::T
    Frechet{T}(α::T, θ::T) where {T<:Real} = new{T}(α, θ)
end
Frechet(α::Real, θ::Real; check_args::Bool=true) = (check_args && (check(α > 0, α, "Frechet", "α > zero(α)"); check(θ > 0, θ, "Frechet", "θ > zero(θ)"));
    p = together(α, θ); Frechet{typeof(p[1])}(p...))
Frechet(α::Real=1.0) = Frechet(α, one(α))
shape(d::Frechet) = d.α
scale(d::Frechet) = d.θ
pdf(d::Frechet, x::Real) = x > 0 ? (z = d.θ / x; d.α / d.θ * z^(1 + d.α) * exp(-z^d.α)) : zero(d.α)
logpdf(d::Frechet, x::Real) = x > 0 ? (z = d.θ / x; log(d.α / d.θ) + (1 + d.α) * log(z) - z^d.α) : outside(x, d.α)
logcdf(d::Frechet, x::Real) = -(d.θ / max(x, zero(x)))^d.α
Statistics.quantile(d::Frechet, p::Real) = d.θ * (-log(p))^(-1 / d.α)
Statistics.mean(d::Frechet) = d.α > 1 ? d.θ * gamma(1 - 1 / d.α) : oftype(d.θ, Inf)
Statistics.var(d::Frechet) = d.α > 2 ? abs2(d.θ) * (gamma(1 - 2 / d.α) - abs2(gamma(1 - 1 / d.α))) : oftype(d.θ, Inf)
Base.minimum(d::Frechet) = zero(d.θ)
Base.maximum(::Frechet) = Inf

"Of three parameters, for tails beyond a bound and for largest values."
struct GeneralizedPareto{T<:Real} <: ContinuousUnivariateDistribution
    μ::T
    σ::T
    ξ::T
    GeneralizedPareto{T}(μ::T, σ::T, ξ::T) where {T<:Real} = new{T}(μ, σ, ξ)
end
GeneralizedPareto(μ::Real, σ::Real, ξ::Real; check_args::Bool=true) =
    (check_args && check(σ > 0, σ, "GeneralizedPareto", "σ > zero(σ)"); p = together(μ, σ, ξ); GeneralizedPareto{typeof(p[1])}(p...))
GeneralizedPareto(σ::Real, ξ::Real) = GeneralizedPareto(zero(σ), σ, ξ)
GeneralizedPareto() = GeneralizedPareto(0.0, 1.0, 1.0)
location(d::GeneralizedPareto) = d.μ
scale(d::GeneralizedPareto) = d.σ
shape(d::GeneralizedPareto) = d.ξ
logpdf(d::GeneralizedPareto, x::Real) =
    insupport(d, x) ? (z = (x - d.μ) / d.σ; abs(d.ξ) < eps(d.ξ) ? -z - log(d.σ) : -log(d.σ) - (1 / d.ξ + 1) * log1p(z * d.ξ)) : outside(x, d.μ)
logccdf(d::GeneralizedPareto, x::Real) = (z = max((x - d.μ) / d.σ, zero(x / d.σ)); abs(d.ξ) < eps(d.ξ) ? -z : -log1p(max(z * d.ξ, -one(z))) / d.ξ)
Statistics.quantile(d::GeneralizedPareto, p::Real) = d.μ + d.σ * (abs(d.ξ) < eps(d.ξ) ? -log1p(-p) : expm1(-d.ξ * log1p(-p)) / d.ξ)
Statistics.mean(d::GeneralizedPareto) = d.ξ < 1 ? d.μ + d.σ / (1 - d.ξ) : oftype(d.μ, Inf)
Statistics.var(d::GeneralizedPareto) = d.ξ < 0.5 ? abs2(d.σ / (1 - d.ξ)) / (1 - 2 * d.ξ) : oftype(d.σ, Inf)
Base.minimum(d::GeneralizedPareto) = d.μ
Base.maximum(d::GeneralizedPareto) = d.ξ < 0 ? d.μ - d.σ / d.ξ : oftype(d.μ, Inf)

struct GeneralizedExtremeValue{T<:Real} <: ContinuousUnivariateDistribution
    μ::T
    σ::T
    ξ::T
    GeneralizedExtremeValue{T}(μ::T, σ::T, ξ::T) where {T<:Real} = new{T}(μ, σ, ξ)
end
GeneralizedExtremeValue(μ::Real, σ::Real, ξ::Real; check_args::Bool=true) =
    (check_args && check(σ > 0, σ, "GeneralizedExtremeValue", "σ > zero(σ)"); p = together(μ, σ, ξ); GeneralizedExtremeValue{typeof(p[1])}(p...))
location(d::GeneralizedExtremeValue) = d.μ
scale(d::GeneralizedExtremeValue) = d.σ
shape(d::GeneralizedExtremeValue) = d.ξ
"The logarithm of the expected number of values beyond `x`."
log_beyond(d::GeneralizedExtremeValue, x) = (z = (x - d.μ) / d.σ; abs(d.ξ) < eps(d.ξ) ? -z : -log1p(max(z * d.ξ, -one(z))) / d.ξ)
logcdf(d::GeneralizedExtremeValue, x::Real) = -exp(log_beyond(d, x))
logpdf(d::GeneralizedExtremeValue, x::Real) = insupport(d, x) && isfinite(x) && x != minimum(d) ? (l = log_beyond(d, x); -log(d.σ) + (d.ξ + 1) * l - exp(l)) : outside(x, d.μ)
Statistics.quantile(d::GeneralizedExtremeValue, p::Real) = d.μ + d.σ * (abs(d.ξ) < eps(d.ξ) ? -log(-log(p)) : expm1(-d.ξ * log(-log(p))) / d.ξ)
Base.minimum(d::GeneralizedExtremeValue) = d.ξ > 0 ? d.μ - d.σ / d.ξ : oftype(d.μ, -Inf)
Base.maximum(d::GeneralizedExtremeValue) = d.ξ < 0 ? d.μ - d.σ / d.ξ : oftype(d.μ, Inf)
function Statistics.mean(d::GeneralizedExtremeValue)
    d.ξ >= 1 && return oftype(d.μ, Inf)
    d.μ + d.σ * (iszero(d.ξ) ? oftype(d.ξ, MathConstants.eulergamma) : (gamma(1 - d.ξ) - 1) / d.ξ)
end
function Statistics.var(d::GeneralizedExtremeValue)
    d.ξ >= 0.5 && return oftype(d.σ, Inf)
    abs2(d.σ) * (iszero(d.ξ) ? oftype(d.ξ, π)^2 / 6 : (gamma(1 - 2 * d.ξ) - abs2(gamma(1 - d.ξ))) / abs2(d.ξ))
end

# ---- On an interval
struct Kumaraswamy{T<:Real} <: ContinuousUnivariateDistribution
    a::T
    b::T
    Kumaraswamy{T}(a::T, b::T) where {T<:Real} = new{T}(a, b)
end
Kumaraswamy(a::Real, b::Real; check_args::Bool=true) = (check_args && (check(a > 0, a, "Kumaraswamy", "a > zero(a)"); check(b > 0, b, "Kumaraswamy", "b > zero(b)"));
    p = together(a, b); Kumaraswamy{typeof(p[1])}(p...))
Kumaraswamy() = Kumaraswamy(1.0, 1.0)
logpdf(d::Kumaraswamy, x::Real) = 0 <= x <= 1 ? log(d.a) + log(d.b) + xlogy(d.a - 1, x) + xlogy(d.b - 1, -expm1(d.a * log(x))) : outside(x, d.a)
logccdf(d::Kumaraswamy, x::Real) = d.b * log1mexp(d.a * log(clamp(x, zero(x), one(x))))
Statistics.quantile(d::Kumaraswamy, p::Real) = (-expm1(log1p(-p) / d.b))^(1 / d.a)
cquantile(d::Kumaraswamy, p::Real) = (-expm1(log(p) / d.b))^(1 / d.a)
Statistics.mean(d::Kumaraswamy) = d.b * beta(1 + 1 / d.a, d.b)
Statistics.var(d::Kumaraswamy) = d.b * beta(1 + 2 / d.a, d.b) - abs2(mean(d))
Base.minimum(::Kumaraswamy) = 0
Base.maximum(::Kumaraswamy) = 1

struct Arcsine{T<:Real} <: ContinuousUnivariateDistribution
    a::T
    b::T
    Arcsine{T}(a::T, b::T) where {T<:Real} = new{T}(a, b)
end
Arcsine(a::Real, b::Real; check_args::Bool=true) = (check_args && check(a < b, (a, b), "Arcsine", "a < b"); p = together(a, b); Arcsine{typeof(p[1])}(p...))
Arcsine(b::Real) = Arcsine(zero(b), b)
Arcsine() = Arcsine(0.0, 1.0)
location(d::Arcsine) = d.a
scale(d::Arcsine) = d.b - d.a
pdf(d::Arcsine, x::Real) = d.a <= x <= d.b ? 1 / (π * sqrt((x - d.a) * (d.b - x))) : zero(d.a)
logpdf(d::Arcsine, x::Real) = d.a <= x <= d.b ? -(StatsFuns.logπ + log((x - d.a) * (d.b - x)) / 2) : outside(x, d.a)
cdf(d::Arcsine, x::Real) = x < d.a ? zero(d.a) : x > d.b ? one(d.a) : 2 / π * asin(sqrt((x - d.a) / (d.b - d.a)))
Statistics.quantile(d::Arcsine, p::Real) = d.a + abs2(sin(π / 2 * p)) * (d.b - d.a)
Statistics.mean(d::Arcsine) = (d.a + d.b) / 2
Statistics.var(d::Arcsine) = abs2(d.b - d.a) / 8
Base.minimum(d::Arcsine) = d.a
Base.maximum(d::Arcsine) = d.b

struct LogUniform{T<:Real} <: ContinuousUnivariateDistribution
    a::T
    b::T
    LogUniform{T}(a::T, b::T) where {T<:Real} = new{T}(a, b)
end
LogUniform(a::Real, b::Real; check_args::Bool=true) = (check_args && check(0 < a < b, (a, b), "LogUniform", "0 < a < b"); p = together(a, b); LogUniform{typeof(p[1])}(p...))
pdf(d::LogUniform, x::Real) = d.a <= x <= d.b ? 1 / (x * log(d.b / d.a)) : zero(d.a)
logpdf(d::LogUniform, x::Real) = d.a <= x <= d.b ? -log(x * log(d.b / d.a)) : outside(x, d.a)
cdf(d::LogUniform, x::Real) = log(clamp(x, d.a, d.b) / d.a) / log(d.b / d.a)
Statistics.quantile(d::LogUniform, p::Real) = d.a * (d.b / d.a)^p
Base.minimum(d::LogUniform) = d.a
Base.maximum(d::LogUniform) = d.b

struct LogitNormal{T<:Real} <: ContinuousUnivariateDistribution
    μ::T
    σ::T
    LogitNormal{T}(μ::T, σ::T) where {T<:Real} = new{T}(μ, σ)
end
LogitNormal(μ::Real, σ::Real; check_args::Bool=true) = (check_args && check(σ > 0, σ, "LogitNormal", "σ > zero(σ)"); p = together(μ, σ); LogitNormal{typeof(p[1])}(p...))
LogitNormal(μ::Real=0.0) = LogitNormal(μ, one(μ))
logpdf(d::LogitNormal, x::Real) = 0 < x < 1 ? StatsFuns.normlogpdf(d.μ, d.σ, logit(x)) - log(x) - log1p(-x) : outside(x, d.μ)
Statistics.quantile(d::LogitNormal, p::Real) = logistic(StatsFuns.norminvcdf(d.μ, d.σ, p))
cquantile(d::LogitNormal, p::Real) = logistic(StatsFuns.norminvccdf(d.μ, d.σ, p))
Base.minimum(::LogitNormal) = 0.0
Base.maximum(::LogitNormal) = 1.0

"On a circle, around `μ`."
struct VonMises{T<:Real} <: ContinuousUnivariateDistribution
    μ::T
    κ::T
    VonMises{T}(μ::T, κ::T) where {T<:Real} = new{T}(μ, κ)
end
VonMises(μ::Real, κ::Real; check_args::Bool=true) = (check_args && check(κ > 0, κ, "VonMises", "κ > zero(κ)"); p = together(μ, κ); VonMises{typeof(p[1])}(p...))
VonMises(κ::Real=1.0) = VonMises(zero(κ), κ)
pdf(d::VonMises, x::Real) = minimum(d) <= x <= maximum(d) ? exp(d.κ * (cos(x - d.μ) - 1)) / besselix(0, d.κ) / StatsFuns.twoπ : zero(d.κ)
logpdf(d::VonMises, x::Real) = minimum(d) <= x <= maximum(d) ? d.κ * (cos(x - d.μ) - 1) - log(besselix(0, d.κ)) - StatsFuns.log2π : outside(x, d.μ)
"By the Fourier series of the density."
function cdf(d::VonMises, x::Real)
    z = x - d.μ
    z <= -π && return zero(d.κ)
    z >= π && return one(d.κ)
    s, c, j = zero(z * d.κ), one(d.κ), 0
    while abs(c) > 1.0e-17
        j += 1
        c = besselix(j, d.κ) / j
        s += c * sin(j * z)
    end
    (z + 2 * s / besselix(0, d.κ)) / (2 * oftype(z, π)) + 1 / 2
end
ccdf(d::VonMises, x::Real) = cdf(d, 2 * d.μ - x)
Statistics.median(d::VonMises) = d.μ
mode(d::VonMises) = d.μ
Base.minimum(d::VonMises) = d.μ - π
Base.maximum(d::VonMises) = d.μ + π

# ---- On the line or its half
struct SkewNormal{T<:Real} <: ContinuousUnivariateDistribution
    ξ::T
    ω::T
    α::T
    SkewNormal{T}(ξ::T, ω::T, α::T) where {T<:Real} = new{T}(ξ, ω, α)
end
SkewNormal(ξ::Real, ω::Real, α::Real; check_args::Bool=true) =
    (check_args && check(ω > 0, ω, "SkewNormal", "ω > zero(ω)"); p = together(ξ, ω, α); SkewNormal{typeof(p[1])}(p...))
SkewNormal(α::Real=0.0) = SkewNormal(zero(α), one(α), α)
logpdf(d::SkewNormal, x::Real) = (z = (x - d.ξ) / d.ω; log(2) - log(d.ω) + StatsFuns.normlogpdf(z) + StatsFuns.normlogcdf(d.α * z))
Statistics.mean(d::SkewNormal) = d.ξ + d.ω * d.α / sqrt(1 + d.α^2) * sqrt(2 / π)
Statistics.var(d::SkewNormal) = abs2(d.ω) * (1 - 2 / π * d.α^2 / (1 + d.α^2))
Base.minimum(::SkewNormal) = -Inf
Base.maximum(::SkewNormal) = Inf
draw(d::SkewNormal) = (δ = d.α / sqrt(1 + d.α^2); u = randn(); v = δ * u + sqrt(1 - δ^2) * randn(); d.ξ + d.ω * (u >= 0 ? v : -v))

struct Levy{T<:Real} <: ContinuousUnivariateDistribution
    μ::T
    σ::T
    Levy{T}(μ::T, σ::T) where {T<:Real} = new{T}(μ, σ)
end
Levy(μ::Real, σ::Real; check_args::Bool=true) = (check_args && check(σ > 0, σ, "Levy", "σ > zero(σ)"); p = together(μ, σ); Levy{typeof(p[1])}(p...))
Levy(μ::Real=0.0) = Levy(μ, one(μ))
logpdf(d::Levy, x::Real) = x <= d.μ ? outside(x, d.μ) : (z = x - d.μ; (log(d.σ) - StatsFuns.log2π - d.σ / z - 3 * log(z)) / 2)
cdf(d::Levy, x::Real) = x <= d.μ ? zero(d.μ) : erfc(sqrt(d.σ / (2 * (x - d.μ))))
ccdf(d::Levy, x::Real) = x <= d.μ ? one(d.μ) : erf(sqrt(d.σ / (2 * (x - d.μ))))
logcdf(d::Levy, x::Real) = x <= d.μ ? oftype(d.μ, -Inf) : logerfc(sqrt(d.σ / (2 * (x - d.μ))))
Statistics.quantile(d::Levy, p::Real) = d.μ + d.σ / (2 * abs2(erfcinv(p)))
cquantile(d::Levy, p::Real) = d.μ + d.σ / (2 * abs2(erfinv(p)))
Base.minimum(d::Levy) = d.μ
Statistics.mean(d::Levy) = oftype(d.σ, Inf)
Statistics.var(d::Levy) = oftype(d.σ, Inf)
Base.maximum(::Levy) = Inf

struct Chi{T<:Real} <: ContinuousUnivariateDistribution
    ν::T
    Chi{T}(ν::T) where {T<:Real} = new{T}(ν)
end
Chi(ν::Real; check_args::Bool=true) = (check_args && check(ν > 0, ν, "Chi", "ν > zero(ν)"); t = float(ν); Chi{typeof(t)}(t))
logpdf(d::Chi, x::Real) = x > 0 ? (1 - d.ν / 2) * log(2) + (d.ν - 1) * log(x) - x^2 / 2 - loggamma(d.ν / 2) : outside(x, d.ν)
Statistics.mean(d::Chi) = sqrt(2) * exp(loggamma((d.ν + 1) / 2) - loggamma(d.ν / 2))
Statistics.var(d::Chi) = d.ν - mean(d)^2
Base.minimum(::Chi) = 0.0
Base.maximum(::Chi) = Inf

struct BetaPrime{T<:Real} <: ContinuousUnivariateDistribution
    α::T
    β::T
    BetaPrime{T}(α::T, β::T) where {T<:Real} = new{T}(α, β)
end
BetaPrime(α::Real, β::Real; check_args::Bool=true) = (check_args && (check(α > 0, α, "BetaPrime", "α > zero(α)"); check(β > 0, β, "BetaPrime", "β > zero(β)"));
    p = together(α, β); BetaPrime{typeof(p[1])}(p...))
logpdf(d::BetaPrime, x::Real) = x > 0 ? (d.α - 1) * log(x) - (d.α + d.β) * log1p(x) - logbeta(d.α, d.β) : outside(x, d.α)
Statistics.mean(d::BetaPrime) = d.β > 1 ? d.α / (d.β - 1) : oftype(d.α, NaN)
Statistics.var(d::BetaPrime) = d.β > 2 ? d.α * (d.α + d.β - 1) / ((d.β - 2) * abs2(d.β - 1)) : oftype(d.α, NaN)
Base.minimum(::BetaPrime) = 0.0
Base.maximum(::BetaPrime) = Inf

"The sum of a whole number of exponential times, and the normal distribution by its natural parameters."
Erlang(α::Integer, θ::Real=1.0) = Gamma(float(α), θ)

# ---- Of whole numbers and of given values
struct BernoulliLogit{T<:Real} <: DiscreteUnivariateDistribution
    logitp::T
end
BernoulliLogit() = BernoulliLogit(0.0)
Base.eltype(::Type{<:BernoulliLogit}) = Bool
logpdf(d::BernoulliLogit, x::Real) = x == 1 ? -log1pexp(-d.logitp) : x == 0 ? -log1pexp(d.logitp) : outside(d.logitp)
succprob(d::BernoulliLogit) = logistic(d.logitp)
failprob(d::BernoulliLogit) = logistic(-d.logitp)
cdf(d::BernoulliLogit, x::Real) = cdf(Bernoulli(succprob(d)), x)
Statistics.mean(d::BernoulliLogit) = succprob(d)
Statistics.var(d::BernoulliLogit) = succprob(d) * failprob(d)
Base.minimum(::BernoulliLogit) = false
Base.maximum(::BernoulliLogit) = true
draw(d::BernoulliLogit) = rand() <= succprob(d)

"Always one value."
struct Dirac{T} <: DiscreteUnivariateDistribution
    value::T
end
logpdf(d::Dirac, x::Real) = x == d.value ? 0.0 : -Inf
cdf(d::Dirac, x::Real) = x < d.value ? 0.0 : 1.0
Statistics.quantile(d::Dirac, p::Real) = d.value
Statistics.mean(d::Dirac) = d.value
Statistics.var(d::Dirac) = zero(d.value)
Base.minimum(d::Dirac) = d.value
Base.maximum(d::Dirac) = d.value
Base.eltype(::Type{Dirac{T}}) where {T} = T
draw(d::Dirac) = d.value
insupport(d::Dirac, x::Real) = x == d.value

struct BetaBinomial{T<:Real} <: DiscreteUnivariateDistribution
    n::Int64
    α::T
    β::T
    BetaBinomial{T}(n::Integer, α::T, β::T) where {T<:Real} = new{T}(n, α, β)
end
BetaBinomial(n::Integer, α::Real, β::Real; check_args::Bool=true) =
    (check_args && (check(n >= 0, n, "BetaBinomial", "n >= zero(n)"); check(α >= 0, α, "BetaBinomial", "α >= zero(α)"); check(β >= 0, β, "BetaBinomial", "β >= zero(β)"));
        p = together(α, β); BetaBinomial{typeof(p[1])}(n, p...))
ntrials(d::BetaBinomial) = d.n
logpdf(d::BetaBinomial, k::Real) = insupport(d, k) ?
    -log1p(d.n) - logbeta(k + 1.0, d.n - k + 1.0) + logbeta(k + d.α, d.n - k + d.β) - logbeta(d.α, d.β) : outside(d.α)
cdf(d::BetaBinomial, k::Real) = isnan(k) ? oftype(d.α, NaN) : k < 0 ? zero(d.α) : k >= d.n ? one(d.α) : sum(j -> pdf(d, j), 0:floor(Int64, k))
ccdf(d::BetaBinomial, k::Real) = isnan(k) ? oftype(d.α, NaN) : k < 0 ? one(d.α) : k >= d.n ? zero(d.α) : sum(j -> pdf(d, j), floor(Int64, k)+1:d.n)
Statistics.mean(d::BetaBinomial) = d.n * d.α / (d.α + d.β)
Statistics.var(d::BetaBinomial) = (s = d.α + d.β; d.n * d.α * d.β * (s + d.n) / (s^2 * (s + 1)))
Base.minimum(::BetaBinomial) = 0
Base.maximum(d::BetaBinomial) = d.n

struct DiscreteNonParametric{X<:AbstractVector,P<:AbstractVector} <: DiscreteUnivariateDistribution
    support::X
    p::P
end
support(d::DiscreteNonParametric) = d.support
probs(d::DiscreteNonParametric) = d.p
Base.eltype(::Type{<:DiscreteNonParametric{X}}) where {X} = eltype(X)
"The place of a value among those that there are."
place(d::DiscreteNonParametric, x) = findfirst(==(x), d.support)
logpdf(d::DiscreteNonParametric, x::Real) = (k = place(d, x); k === nothing ? outside(d.p[1]) : log(d.p[k]))
cdf(d::DiscreteNonParametric, x::Real) = sum(k -> d.support[k] <= x ? d.p[k] : zero(d.p[k]), eachindex(d.p))
insupport(d::DiscreteNonParametric, x::Real) = x in d.support
Statistics.mean(d::DiscreteNonParametric) = dot(d.p, d.support)
Statistics.var(d::DiscreteNonParametric) = (m = mean(d); sum(d.p .* (d.support .- m) .^ 2))
Statistics.quantile(d::DiscreteNonParametric, p::Real) = (o = sortperm(d.support); d.support[o[something(findfirst(>=(p), cumsum(d.p[o])), length(o))]])
Base.minimum(d::DiscreteNonParametric) = Base.minimum(d.support)
Base.maximum(d::DiscreteNonParametric) = Base.maximum(d.support)
draw(d::DiscreteNonParametric) = quantile(d, rand())

"The difference of two counts."
struct Skellam{T<:Real} <: DiscreteUnivariateDistribution
    μ1::T
    μ2::T
    Skellam{T}(μ1::T, μ2::T) where {T<:Real} = new{T}(μ1, μ2)
end
Skellam(μ1::Real, μ2::Real=μ1) = (p = together(μ1, μ2); Skellam{typeof(p[1])}(p...))
logpdf(d::Skellam, k::Real) = isinteger(k) ? -(sqrt(d.μ1) - sqrt(d.μ2))^2 + k / 2 * log(d.μ1 / d.μ2) + log(besselix(abs(k), 2 * sqrt(d.μ1 * d.μ2))) : outside(d.μ1)
# Over what the second of the two counts may be.
cdf(d::Skellam, k::Real) = isinf(k) ? oftype(d.μ1, k > 0) : sum(j -> StatsFuns.poispdf(d.μ2, j) * StatsFuns.poiscdf(d.μ1, k + j), 0:likely_count(d.μ2))
ccdf(d::Skellam, k::Real) = isinf(k) ? oftype(d.μ1, k < 0) : sum(j -> StatsFuns.poispdf(d.μ2, j) * StatsFuns.poisccdf(d.μ1, k + j), 0:likely_count(d.μ2))
likely_count(λ) = ceil(Int64, λ + 40 * sqrt(λ) + 60)
Statistics.quantile(d::Skellam, p::Real) = (in_order(p); least_with(k -> cdf(d, k) >= p * LITTLE_LESS, -likely_count(d.μ2)))
Base.minimum(::Skellam) = -Inf
Base.maximum(::Skellam) = Inf
Statistics.mean(d::Skellam) = d.μ1 - d.μ2
Statistics.var(d::Skellam) = d.μ1 + d.μ2
insupport(::Skellam, k::Real) = isinteger(k)
draw(d::Skellam) = draw(Poisson(d.μ1)) - draw(Poisson(d.μ2))

end
