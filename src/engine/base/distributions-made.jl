# Distributions made of others: mixtures, truncations, moved and scaled ones, products; more families; fits and divergences.
module Distributions
using LinearAlgebra
import ..SpecialFunctions: loggamma
import ..LogExpFunctions: logsumexp, logsubexp, logaddexp, xlogy
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
ccdf(d::MixtureModel{Univariate}, x::Real) = sum(p * ccdf(c, x) for (p, c) in zip(probs(d), d.components))
Statistics.mean(d::MixtureModel) = sum(p * mean(c) for (p, c) in zip(probs(d), d.components))
Statistics.var(d::MixtureModel{Univariate}) = (m = mean(d); sum(p * (var(c) + (mean(c) - m)^2) for (p, c) in zip(probs(d), d.components)))
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
    logtp::T
end
function truncated(d::UnivariateDistribution{S}, low::Real, high::Real) where {S}
    low <= high || throw(DomainError((low, high), "the lower bound must be less or equal than the upper bound"))
    # By logarithms, for of two probabilities near 1 they keep what is missing from 1.
    below = isinf(low) ? oftype(float(low), -Inf) : logcdf(d, S === Discrete ? ceil(low) - 1 : low)
    upto = isinf(high) ? zero(float(high)) : logcdf(d, high)
    l, h, b, m = promote(float(low), float(high), exp(below), logsubexp(below, upto))
    Truncated{typeof(d),S,typeof(l)}(d, l, h, b, exp(m), m)
end
truncated(d::UnivariateDistribution; lower=-Inf, upper=Inf) = truncated(d, lower === nothing ? -Inf : lower, upper === nothing ? Inf : upper)
truncated(d::UnivariateDistribution, ::Nothing, high::Real) = truncated(d, -Inf, high)
truncated(d::UnivariateDistribution, low::Real, ::Nothing) = truncated(d, low, Inf)
params(d::Truncated) = (params(d.untruncated)..., d.lower, d.upper)
logpdf(d::Truncated, x::Real) = d.lower <= x <= d.upper ? logpdf(d.untruncated, x) - d.logtp : oftype(logpdf(d.untruncated, x) - d.logtp, -Inf)
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
ccdf(d::LocationScale, x::Real) = d.σ > 0 ? ccdf(d.ρ, (x - d.μ) / d.σ) : cdf(d.ρ, (x - d.μ) / d.σ)
logcdf(d::LocationScale, x::Real) = d.σ > 0 ? logcdf(d.ρ, (x - d.μ) / d.σ) : logccdf(d.ρ, (x - d.μ) / d.σ)
logccdf(d::LocationScale, x::Real) = d.σ > 0 ? logccdf(d.ρ, (x - d.μ) / d.σ) : logcdf(d.ρ, (x - d.μ) / d.σ)
Statistics.quantile(d::LocationScale, p::Real) = d.μ + d.σ * (d.σ > 0 ? quantile(d.ρ, p) : cquantile(d.ρ, p))
cquantile(d::LocationScale, p::Real) = d.μ + d.σ * (d.σ > 0 ? cquantile(d.ρ, p) : quantile(d.ρ, p))
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
"Independent normal variables are one of many dimensions."
product_distribution(ds::AbstractVector{<:Normal}) = MvNormal(map(mean, ds), LinearAlgebra.Diagonal(map(var, ds)))
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
    Pareto{T}(α::T, θ::T) where {T<:Real} = new{T}(α, θ)
end
Pareto(α::Real, θ::Real; check_args::Bool=true) =
    (check_args && (check(α > 0, α, "Pareto", "α > zero(α)"); check(θ > 0, θ, "Pareto", "θ > zero(θ)")); p = together(α, θ); Pareto{typeof(p[1])}(p...))
Pareto(α::Real=1.0) = Pareto(α, one(α))
pdf(d::Pareto, x::Real) = x >= d.θ ? d.α * (d.θ / x)^d.α / x : zero(float(d.α))
logpdf(d::Pareto, x::Real) = x >= d.θ ? log(d.α) + d.α * log(d.θ) - (d.α + 1) * log(x) : oftype(log(d.α), -Inf)
logccdf(d::Pareto, x::Real) = -d.α * log(max(x / d.θ, one(float(d.θ))))
Statistics.quantile(d::Pareto, p::Real) = d.θ * exp(-log1p(-p) / d.α)
cquantile(d::Pareto, p::Real) = d.θ / p^(1 / d.α)
Statistics.mean(d::Pareto) = d.α > 1 ? d.α * d.θ / (d.α - 1) : oftype(float(d.θ), Inf)
Statistics.var(d::Pareto) = d.α > 2 ? d.θ^2 * d.α / ((d.α - 1)^2 * (d.α - 2)) : oftype(float(d.θ), Inf)
Base.minimum(d::Pareto) = d.θ
Base.maximum(d::Pareto) = Inf
struct Rayleigh{T<:Real} <: ContinuousUnivariateDistribution
    σ::T
    Rayleigh{T}(σ::T) where {T<:Real} = new{T}(σ)
end
Rayleigh(σ::Real; check_args::Bool=true) =
    (check_args && (check(σ > 0, σ, "Rayleigh", "σ > zero(σ)")); p = together(σ); Rayleigh{typeof(p[1])}(p...))
Rayleigh() = Rayleigh(1.0)
logpdf(d::Rayleigh, x::Real) = x > 0 ? log(x) - 2 * log(d.σ) - x^2 / (2 * d.σ^2) : oftype(log(float(d.σ)), -Inf)
logccdf(d::Rayleigh, x::Real) = -abs2(max(x / d.σ, zero(x / d.σ))) / 2
Statistics.quantile(d::Rayleigh, p::Real) = d.σ * sqrt(-2 * log1p(-p))
cquantile(d::Rayleigh, p::Real) = d.σ * sqrt(-2 * log(p))
Statistics.mean(d::Rayleigh) = d.σ * sqrt(pi / 2)
Statistics.var(d::Rayleigh) = (2 - pi / 2) * d.σ^2
Base.minimum(d::Rayleigh) = zero(d.σ)
Base.maximum(d::Rayleigh) = Inf
struct InverseGaussian{T<:Real} <: ContinuousUnivariateDistribution
    μ::T
    λ::T
    InverseGaussian{T}(μ::T, λ::T) where {T<:Real} = new{T}(μ, λ)
end
InverseGaussian(μ::Real, λ::Real; check_args::Bool=true) =
    (check_args && (check(μ > 0, μ, "InverseGaussian", "μ > zero(μ)"); check(λ > 0, λ, "InverseGaussian", "λ > zero(λ)")); p = together(μ, λ); InverseGaussian{typeof(p[1])}(p...))
logpdf(d::InverseGaussian, x::Real) = x > 0 ? (log(d.λ) - StatsFuns.log2π - 3 * log(x) - d.λ * (x - d.μ)^2 / (d.μ^2 * x)) / 2 : oftype(log(float(d.λ)), -Inf)
# Two normal tails, the second with a factor that may be too large for a number while they are small together.
tails_at(d::InverseGaussian, x) = (u = sqrt(d.λ / x); v = x / d.μ; (u * (v - 1), 2 * d.λ / d.μ + StatsFuns.normlogcdf(-u * (v + 1))))
cdf(d::InverseGaussian, x::Real) = x <= 0 ? zero(x / d.λ) : isinf(x) ? one(x / d.λ) : ((z, l) = tails_at(d, x); StatsFuns.normcdf(z) + exp(l))
ccdf(d::InverseGaussian, x::Real) = x <= 0 ? one(x / d.λ) : isinf(x) ? zero(x / d.λ) : ((z, l) = tails_at(d, x); StatsFuns.normccdf(z) - exp(l))
logcdf(d::InverseGaussian, x::Real) = x <= 0 ? oftype(x / d.λ, -Inf) : isinf(x) ? zero(x / d.λ) : ((z, l) = tails_at(d, x); logaddexp(StatsFuns.normlogcdf(z), l))
logccdf(d::InverseGaussian, x::Real) = x <= 0 ? zero(x / d.λ) : isinf(x) ? oftype(x / d.λ, -Inf) : ((z, l) = tails_at(d, x); logsubexp(StatsFuns.normlogccdf(z), l))
Statistics.mean(d::InverseGaussian) = d.μ
Statistics.var(d::InverseGaussian) = d.μ^3 / d.λ
Base.minimum(d::InverseGaussian) = zero(d.μ)
Base.maximum(d::InverseGaussian) = Inf
struct TriangularDist{T<:Real} <: ContinuousUnivariateDistribution
    a::T
    b::T
    c::T
    TriangularDist{T}(a::T, b::T, c::T) where {T<:Real} = new{T}(a, b, c)
end
TriangularDist(a::Real, b::Real, c::Real; check_args::Bool=true) =
    (check_args && (check(a < b, (a, b), "TriangularDist", "a < b"); check(a <= c <= b, (a, b, c), "TriangularDist", "a <= c <= b")); p = together(a, b, c); TriangularDist{typeof(p[1])}(p...))
TriangularDist(a::Real, b::Real) = TriangularDist(a, b, (a + b) / 2)
function pdf(d::TriangularDist, x::Real)
    w = d.b - d.a
    !(d.a <= x <= d.b) ? zero(w) : x < d.c ? 2 * (x - d.a) / (w * (d.c - d.a)) : x > d.c ? 2 * (d.b - x) / (w * (d.b - d.c)) : 2 / w
end
logpdf(d::TriangularDist, x::Real) = log(pdf(d, x))
cdf(d::TriangularDist, x::Real) = x <= d.a ? 0.0 : x >= d.b ? 1.0 : x <= d.c ? (x - d.a)^2 / ((d.b - d.a) * (d.c - d.a)) : 1 - (d.b - x)^2 / ((d.b - d.a) * (d.b - d.c))
ccdf(d::TriangularDist, x::Real) = x <= d.a ? 1.0 : x >= d.b ? 0.0 : x <= d.c ? 1 - (x - d.a)^2 / ((d.b - d.a) * (d.c - d.a)) : (d.b - x)^2 / ((d.b - d.a) * (d.b - d.c))
Statistics.quantile(d::TriangularDist, p::Real) =
    (w = d.b - d.a; p * w < d.c - d.a ? d.a + sqrt(p * w * (d.c - d.a)) : d.b - sqrt((1 - p) * w * (d.b - d.c)))
Statistics.mean(d::TriangularDist) = (d.a + d.b + d.c) / 3
Statistics.var(d::TriangularDist) = (d.a^2 + d.b^2 + d.c^2 - d.a * d.b - d.a * d.c - d.b * d.c) / 18
Base.minimum(d::TriangularDist) = d.a
Base.maximum(d::TriangularDist) = d.b
struct FDist{T<:Real} <: ContinuousUnivariateDistribution
    ν1::T
    ν2::T
    FDist{T}(ν1::T, ν2::T) where {T<:Real} = new{T}(ν1, ν2)
end
FDist(ν1::Real, ν2::Real; check_args::Bool=true) =
    (check_args && (check(ν1 > 0, ν1, "FDist", "ν1 > zero(ν1)"); check(ν2 > 0, ν2, "FDist", "ν2 > zero(ν2)")); p = together(ν1, ν2); FDist{typeof(p[1])}(p...))
logpdf(d::FDist, x::Real) = StatsFuns.fdistlogpdf(d.ν1, d.ν2, x)
cdf(d::FDist, x::Real) = StatsFuns.fdistcdf(d.ν1, d.ν2, x)
ccdf(d::FDist, x::Real) = StatsFuns.fdistccdf(d.ν1, d.ν2, x)
logcdf(d::FDist, x::Real) = StatsFuns.fdistlogcdf(d.ν1, d.ν2, x)
logccdf(d::FDist, x::Real) = StatsFuns.fdistlogccdf(d.ν1, d.ν2, x)
Statistics.mean(d::FDist) = d.ν2 > 2 ? d.ν2 / (d.ν2 - 2) : NaN
Statistics.var(d::FDist) = d.ν2 > 4 ? 2 * abs2(d.ν2) * (d.ν1 + d.ν2 - 2) / (d.ν1 * abs2(d.ν2 - 2) * (d.ν2 - 4)) : NaN
mode(d::FDist) = d.ν1 > 2 ? (d.ν1 - 2) / d.ν1 * d.ν2 / (d.ν2 + 2) : zero(d.ν1)
Base.minimum(d::FDist) = 0.0
Base.maximum(d::FDist) = Inf
"Failures before the r-th success."
struct NegativeBinomial{T<:Real} <: DiscreteUnivariateDistribution
    r::T
    p::T
    NegativeBinomial{T}(r::T, p::T) where {T<:Real} = new{T}(r, p)
end
NegativeBinomial(r::Real, p::Real; check_args::Bool=true) =
    (check_args && (check(r > 0, r, "NegativeBinomial", "r > zero(r)"); check(0 < p <= 1, p, "NegativeBinomial", "zero(p) < p <= one(p)")); q = together(r, p); NegativeBinomial{typeof(q[1])}(q...))
NegativeBinomial(r::Real) = NegativeBinomial(r, 0.5)
succprob(d::NegativeBinomial) = d.p
logpdf(d::NegativeBinomial, k::Real) = isinteger(k) && k >= 0 ? loggamma(k + d.r) - loggamma(d.r) - loggamma(k + 1) + d.r * log(d.p) + k * log1p(-d.p) : oftype(d.p, -Inf)
beta_place(f, d::NegativeBinomial, k) = isnan(k) ? StatsFuns.unknown(d.p, k) : k < 0 ? f(1.0, 1.0, zero(d.p), one(d.p)) : isinf(k) ? f(1.0, 1.0, one(d.p), zero(d.p)) : f(d.r, floor(k) + 1, d.p, 1 - d.p)
cdf(d::NegativeBinomial, k::Real) = beta_place(StatsFuns.beta_inc, d, k)[1]
ccdf(d::NegativeBinomial, k::Real) = beta_place(StatsFuns.beta_inc, d, k)[2]
logcdf(d::NegativeBinomial, k::Real) = beta_place(StatsFuns.log_beta_inc, d, k)[1]
logccdf(d::NegativeBinomial, k::Real) = beta_place(StatsFuns.log_beta_inc, d, k)[2]
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
