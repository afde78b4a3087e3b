# Distributions made of others: mixtures, truncations, moved and scaled ones, products; more families; fits and divergences.
module Distributions
using LinearAlgebra
import ..SpecialFunctions: loggamma
import ..LogExpFunctions: logsumexp
import ..QuadGK
export MixtureModel, AbstractMixtureModel, Truncated, truncated, LocationScale, Product, product_distribution, fit, fit_mle, kldivergence, skewness, kurtosis, components, component,
    Pareto, Rayleigh, InverseGaussian, TriangularDist, FDist, NegativeBinomial, Multinomial, support

"Components with weights."
struct MixtureModel{F<:VariateForm,S<:ValueSupport,C<:Distribution,W<:AbstractVector} <: Distribution{F,S}
    components::Vector{C}
    prior::Categorical{W}
end
const AbstractMixtureModel = MixtureModel
form_of(::Distribution{F,S}) where {F,S} = (F, S)
function MixtureModel(cs::AbstractVector{C}, ps::AbstractVector{<:Real}=fill(1 / length(cs), length(cs))) where {C<:Distribution}
    length(cs) == length(ps) || throw(DimensionMismatch("prior and components have different lengths"))
    prior = Categorical(ps)
    F, S = form_of(cs[1])
    MixtureModel{F,S,C,typeof(probs(prior))}(convert(Vector{C}, cs), prior)
end
MixtureModel(cs::AbstractVector{<:Distribution}, prior::Categorical) = MixtureModel(cs, probs(prior))
MixtureModel(::Type{D}, ps::AbstractVector, weights...) where {D<:Distribution} = MixtureModel([D(p...) for p in ps], weights...)
components(d::MixtureModel) = d.components
component(d::MixtureModel, k::Integer) = d.components[k]
probs(d::MixtureModel) = probs(d.prior)
ncategories(d::MixtureModel) = length(d.components)
Base.length(d::MixtureModel) = length(d.components[1])
params(d::MixtureModel) = (map(params, d.components), probs(d))
logpdf(d::MixtureModel{Univariate}, x::Real) = logsumexp([log(p) + logpdf(c, x) for (p, c) in zip(probs(d), d.components)])
logpdf(d::MixtureModel{Multivariate}, x::AbstractVector{<:Real}) = logsumexp([log(p) + logpdf(c, x) for (p, c) in zip(probs(d), d.components)])
cdf(d::MixtureModel{Univariate}, x::Real) = sum(p * cdf(c, x) for (p, c) in zip(probs(d), d.components))
Statistics.mean(d::MixtureModel) = sum(p * mean(c) for (p, c) in zip(probs(d), d.components))
Statistics.var(d::MixtureModel{Univariate}) = (m = mean(d); sum(p * (var(c) + (mean(c) - m)^2) for (p, c) in zip(probs(d), d.components)))
Statistics.quantile(d::MixtureModel{Univariate}, p::Real) =
    where_reached(x -> cdf(d, x), p, Base.minimum(quantile(c, p) for c in d.components) - 1.0e-9, Base.maximum(quantile(c, p) for c in d.components) + 1.0e-9)
Base.minimum(d::MixtureModel) = Base.minimum(map(minimum, d.components))
Base.maximum(d::MixtureModel) = Base.maximum(map(maximum, d.components))
draw(d::MixtureModel) = draw(d.components[draw(d.prior)])
Base.show(io::IO, d::MixtureModel) = (println(io, "MixtureModel{", eltype(d.components), "}(K = ", length(d.components), ")"); for (p, c) in zip(probs(d), d.components); println(io, "components (prior = ", round(p; digits=4), "): ", c); end)

"What is left of a distribution between two bounds."
struct Truncated{D<:UnivariateDistribution,S<:ValueSupport,T<:Real} <: UnivariateDistribution{S}
    untruncated::D
    lower::T
    upper::T
    lcdf::T
    tp::T
end
function truncated(d::UnivariateDistribution{S}, low::Real, high::Real) where {S}
    low <= high || throw(DomainError((low, high), "the lower bound must be less or equal than the upper bound"))
    below = isinf(low) ? zero(float(low)) : S === Discrete ? cdf(d, low - 1) : cdf(d, low)
    mass = (isinf(high) ? one(float(high)) : cdf(d, high)) - below
    l, h, b, m = promote(float(low), float(high), below, mass)
    Truncated{typeof(d),S,typeof(l)}(d, l, h, b, m)
end
truncated(d::UnivariateDistribution; lower=-Inf, upper=Inf) = truncated(d, lower === nothing ? -Inf : lower, upper === nothing ? Inf : upper)
truncated(d::UnivariateDistribution, ::Nothing, high::Real) = truncated(d, -Inf, high)
truncated(d::UnivariateDistribution, low::Real, ::Nothing) = truncated(d, low, Inf)
params(d::Truncated) = (params(d.untruncated)..., d.lower, d.upper)
logpdf(d::Truncated, x::Real) = d.lower <= x <= d.upper ? logpdf(d.untruncated, x) - log(d.tp) : oftype(logpdf(d.untruncated, x) - log(d.tp), -Inf)
cdf(d::Truncated, x::Real) = x < d.lower ? zero(d.tp) : x >= d.upper ? one(d.tp) : (cdf(d.untruncated, x) - d.lcdf) / d.tp
Statistics.quantile(d::Truncated, p::Real) = quantile(d.untruncated, d.lcdf + p * d.tp)
Base.minimum(d::Truncated) = Base.max(minimum(d.untruncated), d.lower)
Base.maximum(d::Truncated) = Base.min(maximum(d.untruncated), d.upper)
# Moments by the rule of Gauss over the quantiles.
moment(d::Truncated, f) = Base.sum(w * f(quantile(d, (1 + x) / 2)) for (x, w) in zip(QuadGK.gauss(60)...)) / 2
Statistics.mean(d::Truncated) = moment(d, identity)
Statistics.mean(d::Truncated{<:Normal}) = ((α, β) = bounds_of(d); d.untruncated.μ + d.untruncated.σ * (pdf(Normal(), α) - pdf(Normal(), β)) / d.tp)
Statistics.var(d::Truncated) = (m = mean(d); moment(d, x -> (x - m)^2))
function Statistics.var(d::Truncated{<:Normal})
    α, β = bounds_of(d)
    u, v = isinf(α) ? 0.0 : α * pdf(Normal(), α), isinf(β) ? 0.0 : β * pdf(Normal(), β)
    w = (pdf(Normal(), α) - pdf(Normal(), β)) / d.tp
    abs2(d.untruncated.σ) * (1 + (u - v) / d.tp - w * w)
end
bounds_of(d) = ((d.lower - d.untruncated.μ) / d.untruncated.σ, (d.upper - d.untruncated.μ) / d.untruncated.σ)
Base.show(io::IO, d::Truncated) = print(io, "Truncated(", d.untruncated, "; lower=", d.lower, ", upper=", d.upper, ")")

"Moved by `μ` and stretched by `σ`."
struct LocationScale{T<:Real,D<:ContinuousUnivariateDistribution} <: ContinuousUnivariateDistribution
    μ::T
    σ::T
    ρ::D
end
LocationScale(μ::Real, σ::Real, d::ContinuousUnivariateDistribution) = (p = together(μ, σ); LocationScale{typeof(p[1]),typeof(d)}(p[1], p[2], d))
LocationScale(μ::Real, σ::Real, d::Normal) = Normal(μ + σ * d.μ, abs(σ) * d.σ)
Base.:+(d::ContinuousUnivariateDistribution, x::Real) = LocationScale(x, one(x), d)
Base.:+(x::Real, d::ContinuousUnivariateDistribution) = d + x
Base.:-(d::ContinuousUnivariateDistribution, x::Real) = d + (-x)
Base.:*(x::Real, d::ContinuousUnivariateDistribution) = LocationScale(zero(x), x, d)
Base.:*(d::ContinuousUnivariateDistribution, x::Real) = x * d
Base.:/(d::ContinuousUnivariateDistribution, x::Real) = inv(x) * d
location(d::LocationScale) = d.μ
scale(d::LocationScale) = d.σ
logpdf(d::LocationScale, x::Real) = logpdf(d.ρ, (x - d.μ) / d.σ) - log(abs(d.σ))
cdf(d::LocationScale, x::Real) = d.σ > 0 ? cdf(d.ρ, (x - d.μ) / d.σ) : ccdf(d.ρ, (x - d.μ) / d.σ)
Statistics.quantile(d::LocationScale, p::Real) = d.μ + d.σ * quantile(d.ρ, d.σ > 0 ? p : 1 - p)
Statistics.mean(d::LocationScale) = d.μ + d.σ * mean(d.ρ)
Statistics.var(d::LocationScale) = d.σ^2 * var(d.ρ)
Base.minimum(d::LocationScale) = d.σ > 0 ? d.μ + d.σ * minimum(d.ρ) : d.μ + d.σ * maximum(d.ρ)
Base.maximum(d::LocationScale) = d.σ > 0 ? d.μ + d.σ * maximum(d.ρ) : d.μ + d.σ * minimum(d.ρ)
draw(d::LocationScale) = d.μ + d.σ * draw(d.ρ)

"Independent ones together."
struct Product{S<:ValueSupport,V<:AbstractVector} <: MultivariateDistribution{S}
    v::V
end
product_distribution(ds::AbstractVector{<:UnivariateDistribution}) = Product{form_of(ds[1])[2],typeof(ds)}(ds)
product_distribution(d::UnivariateDistribution, more::UnivariateDistribution...) = product_distribution([d, more...])
Base.length(d::Product) = length(d.v)
logpdf(d::Product, x::AbstractVector{<:Real}) = sum(k -> logpdf(d.v[k], x[k]), 1:length(d.v))
Statistics.mean(d::Product) = map(mean, d.v)
Statistics.var(d::Product) = map(var, d.v)
Statistics.cov(d::Product) = Diagonal(var(d))
draw(d::Product) = map(draw, d.v)

# ---- More families
struct Pareto{T<:Real} <: ContinuousUnivariateDistribution
    α::T
    θ::T
end
Pareto(α::Real=1.0) = Pareto(α, one(α))
logpdf(d::Pareto, x::Real) = x >= d.θ ? log(d.α) + d.α * log(d.θ) - (d.α + 1) * log(x) : oftype(log(d.α), -Inf)
cdf(d::Pareto, x::Real) = x >= d.θ ? 1 - (d.θ / x)^d.α : zero(float(d.θ))
Statistics.quantile(d::Pareto, p::Real) = d.θ / (1 - p)^(1 / d.α)
Statistics.mean(d::Pareto) = d.α > 1 ? d.α * d.θ / (d.α - 1) : oftype(float(d.θ), Inf)
Statistics.var(d::Pareto) = d.α > 2 ? d.θ^2 * d.α / ((d.α - 1)^2 * (d.α - 2)) : oftype(float(d.θ), Inf)
Base.minimum(d::Pareto) = d.θ
Base.maximum(d::Pareto) = Inf
struct Rayleigh{T<:Real} <: ContinuousUnivariateDistribution
    σ::T
end
Rayleigh() = Rayleigh(1.0)
logpdf(d::Rayleigh, x::Real) = x > 0 ? log(x) - 2 * log(d.σ) - x^2 / (2 * d.σ^2) : oftype(log(float(d.σ)), -Inf)
cdf(d::Rayleigh, x::Real) = x > 0 ? 1 - exp(-x^2 / (2 * d.σ^2)) : zero(float(d.σ))
Statistics.quantile(d::Rayleigh, p::Real) = d.σ * sqrt(-2 * log1p(-p))
Statistics.mean(d::Rayleigh) = d.σ * sqrt(pi / 2)
Statistics.var(d::Rayleigh) = (2 - pi / 2) * d.σ^2
Base.minimum(d::Rayleigh) = zero(d.σ)
Base.maximum(d::Rayleigh) = Inf
struct InverseGaussian{T<:Real} <: ContinuousUnivariateDistribution
    μ::T
    λ::T
end
logpdf(d::InverseGaussian, x::Real) = x > 0 ? (log(d.λ) - StatsFuns.log2π - 3 * log(x) - d.λ * (x - d.μ)^2 / (d.μ^2 * x)) / 2 : oftype(log(float(d.λ)), -Inf)
cdf(d::InverseGaussian, x::Real) = (u = sqrt(d.λ / x); v = x / d.μ; StatsFuns.normcdf(u * (v - 1)) + exp(2 * d.λ / d.μ) * StatsFuns.normcdf(-u * (v + 1)))
Statistics.quantile(d::InverseGaussian, p::Real) = where_reached(x -> cdf(d, x), p, 0.0, float(d.μ))
Statistics.mean(d::InverseGaussian) = d.μ
Statistics.var(d::InverseGaussian) = d.μ^3 / d.λ
Base.minimum(d::InverseGaussian) = zero(d.μ)
Base.maximum(d::InverseGaussian) = Inf
struct TriangularDist{T<:Real} <: ContinuousUnivariateDistribution
    a::T
    b::T
    c::T
end
TriangularDist(a::Real, b::Real, c::Real=(a + b) / 2) = (p = together(a, b, c); TriangularDist{typeof(p[1])}(p...))
function logpdf(d::TriangularDist, x::Real)
    w = d.b - d.a
    y = x < d.a || x > d.b ? zero(w) : x < d.c ? 2 * (x - d.a) / (w * (d.c - d.a)) : x > d.c ? 2 * (d.b - x) / (w * (d.b - d.c)) : 2 / w
    log(y)
end
cdf(d::TriangularDist, x::Real) = x <= d.a ? 0.0 : x >= d.b ? 1.0 : x <= d.c ? (x - d.a)^2 / ((d.b - d.a) * (d.c - d.a)) : 1 - (d.b - x)^2 / ((d.b - d.a) * (d.b - d.c))
Statistics.quantile(d::TriangularDist, p::Real) =
    (w = d.b - d.a; p * w < d.c - d.a ? d.a + sqrt(p * w * (d.c - d.a)) : d.b - sqrt((1 - p) * w * (d.b - d.c)))
Statistics.mean(d::TriangularDist) = (d.a + d.b + d.c) / 3
Statistics.var(d::TriangularDist) = (d.a^2 + d.b^2 + d.c^2 - d.a * d.b - d.a * d.c - d.b * d.c) / 18
Base.minimum(d::TriangularDist) = d.a
Base.maximum(d::TriangularDist) = d.b
struct FDist{T<:Real} <: ContinuousUnivariateDistribution
    ν1::T
    ν2::T
end
function logpdf(d::FDist, x::Real)
    x > 0 || return oftype(float(d.ν1), -Inf)
    a, b = d.ν1 / 2, d.ν2 / 2
    a * log(d.ν1 / d.ν2) + (a - 1) * log(x) - (a + b) * log1p(d.ν1 * x / d.ν2) + loggamma(a + b) - loggamma(a) - loggamma(b)
end
cdf(d::FDist, x::Real) = x > 0 ? StatsFuns.betacdf(d.ν1 / 2, d.ν2 / 2, d.ν1 * x / (d.ν1 * x + d.ν2)) : 0.0
Statistics.quantile(d::FDist, p::Real) = where_reached(x -> cdf(d, x), p, 0.0, 1.0)
Statistics.mean(d::FDist) = d.ν2 > 2 ? d.ν2 / (d.ν2 - 2) : NaN
Statistics.var(d::FDist) = d.ν2 > 4 ? 2 * abs2(d.ν2) * (d.ν1 + d.ν2 - 2) / (d.ν1 * abs2(d.ν2 - 2) * (d.ν2 - 4)) : NaN
mode(d::FDist) = d.ν1 > 2 ? (d.ν1 - 2) / d.ν1 * d.ν2 / (d.ν2 + 2) : zero(d.ν1)
Base.minimum(d::FDist) = 0.0
Base.maximum(d::FDist) = Inf
"Failures before the r-th success."
struct NegativeBinomial{T<:Real} <: DiscreteUnivariateDistribution
    r::T
    p::T
end
NegativeBinomial(r::Real, p::Real=0.5) = (q = together(r, p); NegativeBinomial{typeof(q[1])}(q...))
succprob(d::NegativeBinomial) = d.p
logpdf(d::NegativeBinomial, k::Real) = isinteger(k) && k >= 0 ? loggamma(k + d.r) - loggamma(d.r) - loggamma(k + 1) + d.r * log(d.p) + k * log1p(-d.p) : oftype(d.p, -Inf)
cdf(d::NegativeBinomial, k::Real) = k < 0 ? zero(d.p) : sum(j -> pdf(d, j), 0:floor(Int64, k))
Statistics.mean(d::NegativeBinomial) = d.r * (1 - d.p) / d.p
Statistics.var(d::NegativeBinomial) = d.r * (1 - d.p) / d.p^2
Base.minimum(d::NegativeBinomial) = 0
Base.maximum(d::NegativeBinomial) = Inf
struct Multinomial{T<:Real,V<:AbstractVector{T}} <: MultivariateDistribution{Discrete}
    n::Int64
    p::V
end
ntrials(d::Multinomial) = d.n
probs(d::Multinomial) = d.p
Base.length(d::Multinomial) = length(d.p)
logpdf(d::Multinomial, x::AbstractVector{<:Real}) =
    sum(x) == d.n ? loggamma(d.n + 1.0) + sum(k -> (iszero(x[k]) ? zero(float(d.p[k])) : x[k] * log(d.p[k])) - loggamma(x[k] + 1.0), eachindex(x)) : oftype(float(d.p[1]), -Inf)
Statistics.mean(d::Multinomial) = d.n .* d.p
Statistics.var(d::Multinomial) = d.n .* d.p .* (1 .- d.p)
Statistics.cov(d::Multinomial) = d.n .* (Diagonal(d.p) - d.p * d.p')
function draw(d::Multinomial)
    out = zeros(Int64, length(d.p))
    for _ in 1:d.n
        out[draw(Categorical(d.p))] += 1
    end
    out
end

# ---- Third and fourth moments, divergences, fits
skewness(::Union{Normal,Uniform,Laplace,Logistic}) = 0.0
skewness(::Exponential) = 2.0
skewness(d::Gamma) = 2 / sqrt(shape(d))
skewness(d::Poisson) = 1 / sqrt(mean(d))
kurtosis(::Normal) = 0.0
kurtosis(::Uniform) = -1.2
kurtosis(::Exponential) = 6.0
kurtosis(::Laplace) = 3.0
kurtosis(d::Gamma) = 6 / shape(d)
kurtosis(d::Poisson) = 1 / mean(d)
"The interval in which values lie."
support(d::UnivariateDistribution) = (lb=minimum(d), ub=maximum(d))
"The divergence of Kullback and Leibler."
kldivergence(p::Normal, q::Normal) = log(q.σ / p.σ) + (p.σ^2 + (p.μ - q.μ)^2) / (2 * q.σ^2) - 1 / 2
kldivergence(p::Exponential, q::Exponential) = (r = mean(p) / mean(q); r - 1 - log(r))
kldivergence(p::Poisson, q::Poisson) = p.λ * log(p.λ / q.λ) + q.λ - p.λ
kldivergence(p::MvNormal, q::MvNormal) = (d = q.μ - p.μ; S = Matrix(q.Σ); (tr(S \ Matrix(p.Σ)) + dot(d, S \ d) - length(d) + logdet(S) - logdet(Matrix(p.Σ))) / 2)
kldivergence(p::ContinuousUnivariateDistribution, q::ContinuousUnivariateDistribution) =
    QuadGK.quadgk(x -> (a = logpdf(p, x); isfinite(a) ? exp(a) * (a - logpdf(q, x)) : 0.0), quantile(p, 1.0e-12), quantile(p, 1 - 1.0e-12))[1]
"The distribution of a family that makes the observations likeliest."
fit(::Type{D}, xs) where {D<:Distribution} = fit_mle(D, xs)
fit_mle(::Type{<:Normal}, xs) = (m = mean(xs); Normal(m, sqrt(sum(x -> abs2(x - m), xs) / length(xs))))
fit_mle(::Type{<:LogNormal}, xs) = (d = fit_mle(Normal, map(log, xs)); LogNormal(d.μ, d.σ))
fit_mle(::Type{<:Exponential}, xs) = Exponential(mean(xs))
fit_mle(::Type{<:Poisson}, xs) = Poisson(mean(xs))
fit_mle(::Type{<:Bernoulli}, xs) = Bernoulli(sum(xs) / length(xs))
fit_mle(::Type{<:Uniform}, xs) = Uniform(Base.minimum(xs), Base.maximum(xs))
fit_mle(::Type{<:Laplace}, xs) = (m = median(xs); Laplace(m, sum(x -> abs(x - m), xs) / length(xs)))
fit_mle(::Type{<:Geometric}, xs) = Geometric(1 / (mean(xs) + 1))
fit_mle(::Type{<:MvNormal}, x::AbstractMatrix) = (m = vec(sum(x; dims=2)) ./ size(x, 2); e = x .- m; MvNormal(m, e * e' / size(x, 2)))
end
