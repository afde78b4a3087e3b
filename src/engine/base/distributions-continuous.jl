# Distributions of real numbers.
module Distributions
import ..SpecialFunctions: loggamma
import ..SpecialFunctions: digamma
import ..LogExpFunctions: log1pexp, log1mexp, log1psq, xlogy
import ..LogExpFunctions: logistic
import ..LogExpFunctions: logit

struct Normal{T<:Real} <: ContinuousUnivariateDistribution
    μ::T
    σ::T
    Normal{T}(μ::T, σ::T) where {T<:Real} = new{T}(μ, σ)
end
Normal(μ::Real, σ::Real; check_args::Bool=true) =
    (check_args && check(σ >= 0, σ, "Normal", "σ >= zero(σ)"); p = together(μ, σ); Normal{typeof(p[1])}(p...))
Normal(μ::Real=0.0) = Normal(μ, one(μ))
location(d::Normal) = d.μ
scale(d::Normal) = d.σ
pdf(d::Normal, x::Real) = StatsFuns.normpdf(d.μ, d.σ, x)
logpdf(d::Normal, x::Real) = StatsFuns.normlogpdf(d.μ, d.σ, x)
cdf(d::Normal, x::Real) = StatsFuns.normcdf(d.μ, d.σ, x)
ccdf(d::Normal, x::Real) = StatsFuns.normccdf(d.μ, d.σ, x)
logcdf(d::Normal, x::Real) = StatsFuns.normlogcdf(d.μ, d.σ, x)
logccdf(d::Normal, x::Real) = StatsFuns.normlogccdf(d.μ, d.σ, x)
Statistics.quantile(d::Normal, p::Real) = StatsFuns.norminvcdf(d.μ, d.σ, p)
cquantile(d::Normal, p::Real) = StatsFuns.norminvccdf(d.μ, d.σ, p)
invlogcdf(d::Normal, lp::Real) = StatsFuns.norminvlogcdf(d.μ, d.σ, lp)
invlogccdf(d::Normal, lp::Real) = StatsFuns.norminvlogccdf(d.μ, d.σ, lp)
Statistics.mean(d::Normal) = d.μ
Statistics.median(d::Normal) = d.μ
mode(d::Normal) = d.μ
Statistics.var(d::Normal) = abs2(d.σ)
Statistics.std(d::Normal) = d.σ
entropy(d::Normal) = (StatsFuns.log2π + 1) / 2 + log(d.σ)
Base.minimum(::Normal) = -Inf
Base.maximum(::Normal) = Inf
draw(d::Normal) = d.μ + d.σ * randn()

struct LogNormal{T<:Real} <: ContinuousUnivariateDistribution
    μ::T
    σ::T
    LogNormal{T}(μ::T, σ::T) where {T<:Real} = new{T}(μ, σ)
end
LogNormal(μ::Real, σ::Real; check_args::Bool=true) =
    (check_args && check(σ >= 0, σ, "LogNormal", "σ ≥ zero(σ)"); p = together(μ, σ); LogNormal{typeof(p[1])}(p...))
LogNormal(μ::Real=0.0) = LogNormal(μ, one(μ))
pdf(d::LogNormal, x::Real) = x <= 0 ? zero(d.μ) : StatsFuns.normpdf(d.μ, d.σ, log(x)) / x
logpdf(d::LogNormal, x::Real) = x <= 0 ? oftype(float(x) * d.μ, -Inf) : StatsFuns.normlogpdf(d.μ, d.σ, log(x)) - log(x)
Statistics.quantile(d::LogNormal, p::Real) = exp(StatsFuns.norminvcdf(d.μ, d.σ, p))
cquantile(d::LogNormal, p::Real) = exp(StatsFuns.norminvccdf(d.μ, d.σ, p))
Statistics.mean(d::LogNormal) = exp(d.μ + abs2(d.σ) / 2)
Statistics.median(d::LogNormal) = exp(d.μ)
mode(d::LogNormal) = exp(d.μ - abs2(d.σ))
Statistics.var(d::LogNormal) = expm1(abs2(d.σ)) * exp(2 * d.μ + abs2(d.σ))
Base.minimum(::LogNormal) = 0.0
Base.maximum(::LogNormal) = Inf
draw(d::LogNormal) = exp(d.μ + d.σ * randn())

struct Uniform{T<:Real} <: ContinuousUnivariateDistribution
    a::T
    b::T
    Uniform{T}(a::T, b::T) where {T<:Real} = new{T}(a, b)
end
Uniform(a::Real, b::Real; check_args::Bool=true) = (check_args && check(a < b, (a, b), "Uniform", "a < b"); p = together(a, b); Uniform{typeof(p[1])}(p...))
Uniform() = Uniform(0.0, 1.0)
pdf(d::Uniform, x::Real) = d.a <= x <= d.b ? inv(d.b - d.a) : zero(d.a)
logpdf(d::Uniform, x::Real) = d.a <= x <= d.b ? -log(d.b - d.a) : oftype(d.a, -Inf)
cdf(d::Uniform, x::Real) = clamp((x - d.a) / (d.b - d.a), 0, 1)
ccdf(d::Uniform, x::Real) = clamp((d.b - x) / (d.b - d.a), 0, 1)
Statistics.quantile(d::Uniform, p::Real) = d.a + p * (d.b - d.a)
cquantile(d::Uniform, p::Real) = d.b + p * (d.a - d.b)
Statistics.mean(d::Uniform) = (d.a + d.b) / 2
Statistics.median(d::Uniform) = mean(d)
Statistics.var(d::Uniform) = abs2(d.b - d.a) / 12
entropy(d::Uniform) = log(d.b - d.a)
Base.minimum(d::Uniform) = d.a
Base.maximum(d::Uniform) = d.b

struct Exponential{T<:Real} <: ContinuousUnivariateDistribution
    θ::T
    Exponential{T}(θ::T) where {T<:Real} = new{T}(θ)
end
Exponential(θ::Real=1.0; check_args::Bool=true) = (check_args && check(θ > 0, θ, "Exponential", "θ > zero(θ)"); t = float(θ); Exponential{typeof(t)}(t))
scale(d::Exponential) = d.θ
rate(d::Exponential) = inv(d.θ)
pdf(d::Exponential, x::Real) = (λ = rate(d); x < 0 ? zero(λ) : λ * exp(-λ * x))
logpdf(d::Exponential, x::Real) = x < 0 ? oftype(x / d.θ, -Inf) : -x / d.θ - log(d.θ)
logccdf(d::Exponential, x::Real) = -max(x / d.θ, zero(x / d.θ))
Statistics.quantile(d::Exponential, p::Real) = -d.θ * log1p(-p)
cquantile(d::Exponential, p::Real) = -d.θ * log(p)
invlogcdf(d::Exponential, lp::Real) = -d.θ * log1mexp(lp)
invlogccdf(d::Exponential, lp::Real) = -d.θ * lp
Statistics.mean(d::Exponential) = d.θ
mode(d::Exponential) = zero(d.θ)
Statistics.var(d::Exponential) = abs2(d.θ)
entropy(d::Exponential) = 1 + log(d.θ)
Base.minimum(::Exponential) = 0.0
Base.maximum(::Exponential) = Inf

struct Gamma{T<:Real} <: ContinuousUnivariateDistribution
    α::T
    θ::T
    Gamma{T}(α::T, θ::T) where {T<:Real} = new{T}(α, θ)
end
Gamma(α::Real, θ::Real; check_args::Bool=true) = (check_args && (check(α > 0, α, "Gamma", "α > zero(α)"); check(θ > 0, θ, "Gamma", "θ > zero(θ)"));
    p = together(α, θ); Gamma{typeof(p[1])}(p...))
Gamma(α::Real=1.0) = Gamma(α, one(α))
shape(d::Gamma) = d.α
scale(d::Gamma) = d.θ
rate(d::Gamma) = inv(d.θ)
logpdf(d::Gamma, x::Real) = StatsFuns.gammalogpdf(d.α, d.θ, x)
Statistics.mean(d::Gamma) = d.α * d.θ
mode(d::Gamma) = d.α >= 1 ? d.θ * (d.α - 1) : error("Gamma has no mode when shape < 1")
Statistics.var(d::Gamma) = d.α * abs2(d.θ)
entropy(d::Gamma) = d.α + loggamma(d.α) + (1 - d.α) * digamma(d.α) + log(d.θ)
Base.minimum(::Gamma) = 0.0
Base.maximum(::Gamma) = Inf
draw(d::Gamma) = d.θ * gamma_draw(d.α)
"A draw of shape `α` by rejection (Marsaglia and Tsang)."
function gamma_draw(α)
    α < 1 && return gamma_draw(α + 1) * rand()^(1 / α)
    d = α - 1 / 3
    c = 1 / sqrt(9 * d)
    while true
        z = randn()
        v = (1 + c * z)^3
        v > 0 && log(rand()) < z * z / 2 + d - d * v + d * log(v) && return d * v
    end
end

struct InverseGamma{T<:Real} <: ContinuousUnivariateDistribution
    α::T
    θ::T
    InverseGamma{T}(α::T, θ::T) where {T<:Real} = new{T}(α, θ)
end
InverseGamma(α::Real, θ::Real=1.0; check_args::Bool=true) =
    (check_args && (check(α > 0, α, "InverseGamma", "α > zero(α)"); check(θ > 0, θ, "InverseGamma", "θ > zero(θ)")); p = together(α, θ); InverseGamma{typeof(p[1])}(p...))
InverseGamma() = InverseGamma(1.0, 1.0)
Base.show(io::IO, d::InverseGamma) = print(io, typeof(d), "(\ninvd: ", Gamma(d.α, inv(d.θ)), "\nθ: ", d.θ, "\n)\n")
logpdf(d::InverseGamma, x::Real) = x <= 0 ? oftype(float(x) * d.α, -Inf) : d.α * log(d.θ) - loggamma(d.α) - (d.α + 1) * log(x) - d.θ / x
Statistics.mean(d::InverseGamma) = d.α > 1 ? d.θ / (d.α - 1) : oftype(d.α, Inf)
mode(d::InverseGamma) = d.θ / (d.α + 1)
Statistics.var(d::InverseGamma) = d.α > 2 ? abs2(d.θ) / (abs2(d.α - 1) * (d.α - 2)) : oftype(d.α, Inf)
Base.minimum(::InverseGamma) = 0.0
Base.maximum(::InverseGamma) = Inf
draw(d::InverseGamma) = d.θ / gamma_draw(d.α)

struct Beta{T<:Real} <: ContinuousUnivariateDistribution
    α::T
    β::T
    Beta{T}(α::T, β::T) where {T<:Real} = new{T}(α, β)
end
Beta(α::Real, β::Real; check_args::Bool=true) = (check_args && (check(α > 0, α, "Beta", "α > zero(α)"); check(β > 0, β, "Beta", "β > zero(β)"));
    p = together(α, β); Beta{typeof(p[1])}(p...))
Beta(α::Real=1.0) = Beta(α, α)
logpdf(d::Beta, x::Real) = StatsFuns.betalogpdf(d.α, d.β, x)
Statistics.mean(d::Beta) = d.α / (d.α + d.β)
mode(d::Beta) = d.α > 1 && d.β > 1 ? (d.α - 1) / (d.α + d.β - 2) : error("mode is defined only when α > 1 and β > 1.")
Statistics.var(d::Beta) = (s = d.α + d.β; d.α * d.β / (abs2(s) * (s + 1)))
Base.minimum(::Beta) = 0.0
Base.maximum(::Beta) = 1.0
draw(d::Beta) = (x = gamma_draw(d.α); x / (x + gamma_draw(d.β)))

struct Chisq{T<:Real} <: ContinuousUnivariateDistribution
    ν::T
    Chisq{T}(ν::T) where {T<:Real} = new{T}(ν)
end
Chisq(ν::Real; check_args::Bool=true) = (check_args && check(ν > 0, ν, "Chisq", "ν > zero(ν)"); t = float(ν); Chisq{typeof(t)}(t))
logpdf(d::Chisq, x::Real) = StatsFuns.chisqlogpdf(d.ν, x)
Statistics.mean(d::Chisq) = d.ν
Statistics.var(d::Chisq) = 2 * d.ν
Base.minimum(::Chisq) = 0.0
Base.maximum(::Chisq) = Inf
draw(d::Chisq) = 2 * gamma_draw(d.ν / 2)

struct TDist{T<:Real} <: ContinuousUnivariateDistribution
    ν::T
    TDist{T}(ν::T) where {T<:Real} = new{T}(ν)
end
TDist(ν::Real; check_args::Bool=true) = (check_args && check(ν > 0, ν, "TDist", "ν > zero(ν)"); t = float(ν); TDist{typeof(t)}(t))
logpdf(d::TDist, x::Real) = StatsFuns.tdistlogpdf(d.ν, x)
cdf(d::TDist, x::Real) = StatsFuns.tdistcdf(d.ν, x)
ccdf(d::TDist, x::Real) = StatsFuns.tdistccdf(d.ν, x)
logcdf(d::TDist, x::Real) = StatsFuns.tdistlogcdf(d.ν, x)
logccdf(d::TDist, x::Real) = StatsFuns.tdistlogccdf(d.ν, x)
cquantile(d::TDist, p::Real) = -quantile(d, p)
Statistics.mean(d::TDist) = d.ν > 1 ? zero(d.ν) : oftype(d.ν, NaN)
Statistics.var(d::TDist) = d.ν > 2 ? d.ν / (d.ν - 2) : d.ν > 1 ? oftype(d.ν, Inf) : oftype(d.ν, NaN)
Base.minimum(::TDist) = -Inf
Base.maximum(::TDist) = Inf
draw(d::TDist) = randn() / sqrt(2 * gamma_draw(d.ν / 2) / d.ν)

# Those with a location and a scale.
struct Cauchy{T<:Real} <: ContinuousUnivariateDistribution
    μ::T
    σ::T
    Cauchy{T}(μ::T, σ::T) where {T<:Real} = new{T}(μ, σ)
end
Cauchy(μ::Real=0.0, σ::Real=1.0; check_args::Bool=true) = (check_args && check(σ > 0, σ, "Cauchy", "σ > zero(σ)"); p = together(μ, σ); Cauchy{typeof(p[1])}(p...))
pdf(d::Cauchy, x::Real) = 1 / (π * d.σ * (1 + abs2((x - d.μ) / d.σ)))
logpdf(d::Cauchy, x::Real) = -log1psq((x - d.μ) / d.σ) - StatsFuns.logπ - log(d.σ)
cdf(d::Cauchy, x::Real) = atan(one(d.σ), (d.μ - x) / d.σ) / π
ccdf(d::Cauchy, x::Real) = atan(one(d.σ), (x - d.μ) / d.σ) / π
Statistics.quantile(d::Cauchy, p::Real) = (in_order(p); p < 1 / 4 ? d.μ - d.σ / tan(π * p) : p > 3 / 4 ? d.μ + d.σ / tan(π * (1 - p)) : d.μ + d.σ * tan(π * (p - 1 / 2)))
cquantile(d::Cauchy, p::Real) = 2 * d.μ - quantile(d, p)
Statistics.mean(d::Cauchy) = oftype(d.μ, NaN)
Statistics.var(d::Cauchy) = oftype(d.μ, NaN)
Statistics.median(d::Cauchy) = d.μ
mode(d::Cauchy) = d.μ
struct Laplace{T<:Real} <: ContinuousUnivariateDistribution
    μ::T
    θ::T
    Laplace{T}(μ::T, θ::T) where {T<:Real} = new{T}(μ, θ)
end
Laplace(μ::Real=0.0, θ::Real=1.0; check_args::Bool=true) = (check_args && check(θ > 0, θ, "Laplace", "θ > zero(θ)"); p = together(μ, θ); Laplace{typeof(p[1])}(p...))
pdf(d::Laplace, x::Real) = exp(-abs(x - d.μ) / d.θ) / (2 * d.θ)
logpdf(d::Laplace, x::Real) = -abs(x - d.μ) / d.θ - log(2 * d.θ)
cdf(d::Laplace, x::Real) = half_exponential((x - d.μ) / d.θ)
ccdf(d::Laplace, x::Real) = half_exponential((d.μ - x) / d.θ)
logcdf(d::Laplace, x::Real) = log_half_exponential((x - d.μ) / d.θ)
logccdf(d::Laplace, x::Real) = log_half_exponential((d.μ - x) / d.θ)
half_exponential(z) = z < 0 ? exp(z) / 2 : 1 - exp(-z) / 2
log_half_exponential(z) = z < 0 ? z - log(oftype(z, 2)) : log1p(-exp(-z) / 2)
Statistics.quantile(d::Laplace, p::Real) = p < 1 / 2 ? d.μ + d.θ * log(2 * p) : d.μ - d.θ * log(2 * (1 - p))
cquantile(d::Laplace, p::Real) = p < 1 / 2 ? d.μ - d.θ * log(2 * p) : d.μ + d.θ * log(2 * (1 - p))
Statistics.mean(d::Laplace) = d.μ
Statistics.var(d::Laplace) = 2 * abs2(d.θ)
mode(d::Laplace) = d.μ
struct Logistic{T<:Real} <: ContinuousUnivariateDistribution
    μ::T
    θ::T
    Logistic{T}(μ::T, θ::T) where {T<:Real} = new{T}(μ, θ)
end
Logistic(μ::Real=0.0, θ::Real=1.0; check_args::Bool=true) = (check_args && check(θ > 0, θ, "Logistic", "θ > zero(θ)"); p = together(μ, θ); Logistic{typeof(p[1])}(p...))
pdf(d::Logistic, x::Real) = (e = exp(-abs((x - d.μ) / d.θ)); e / (d.θ * abs2(1 + e)))
logpdf(d::Logistic, x::Real) = (u = -abs((x - d.μ) / d.θ); u - 2 * log1pexp(u) - log(d.θ))
cdf(d::Logistic, x::Real) = logistic((x - d.μ) / d.θ)
ccdf(d::Logistic, x::Real) = logistic((d.μ - x) / d.θ)
logcdf(d::Logistic, x::Real) = -log1pexp((d.μ - x) / d.θ)
logccdf(d::Logistic, x::Real) = -log1pexp((x - d.μ) / d.θ)
Statistics.quantile(d::Logistic, p::Real) = d.μ + d.θ * logit(p)
cquantile(d::Logistic, p::Real) = d.μ - d.θ * logit(p)
Statistics.mean(d::Logistic) = d.μ
Statistics.var(d::Logistic) = abs2(π * d.θ) / 3
mode(d::Logistic) = d.μ
const OnTheLine = Union{Cauchy,Laplace,Logistic}
Base.minimum(::OnTheLine) = -Inf
Base.maximum(::OnTheLine) = Inf
struct Weibull{T<:Real} <: ContinuousUnivariateDistribution
    α::T
    θ::T
    Weibull{T}(α::T, θ::T) where {T<:Real} = new{T}(α, θ)
end
Weibull(α::Real=1.0, θ::Real=1.0; check_args::Bool=true) = (check_args && (check(α > 0, α, "Weibull", "α > zero(α)"); check(θ > 0, θ, "Weibull", "θ > zero(θ)"));
    p = together(α, θ); Weibull{typeof(p[1])}(p...))
pdf(d::Weibull, x::Real) = x < 0 || x == Inf ? zero(d.α) : (z = x / d.θ; d.α / d.θ * z^(d.α - 1) * exp(-z^d.α))
logpdf(d::Weibull, x::Real) = x < 0 || x == Inf ? oftype(d.α, -Inf) : (z = x / d.θ; log(d.α / d.θ) + xlogy(d.α - 1, z) - z^d.α)
logccdf(d::Weibull, x::Real) = -max(x / d.θ, zero(x / d.θ))^d.α
Statistics.quantile(d::Weibull, p::Real) = d.θ * (-log1p(-p))^(1 / d.α)
cquantile(d::Weibull, p::Real) = d.θ * (-log(p))^(1 / d.α)
Statistics.mean(d::Weibull) = d.θ * exp(loggamma(1 + 1 / d.α))
Statistics.var(d::Weibull) = abs2(d.θ) * exp(loggamma(1 + 2 / d.α)) - abs2(mean(d))
Base.minimum(::Weibull) = 0.0
Base.maximum(::Weibull) = Inf
end
