# Distributions of whole numbers, and of vectors.
module Distributions
using LinearAlgebra
import ..LogExpFunctions: xlogy

struct Bernoulli{T<:Real} <: DiscreteUnivariateDistribution
    p::T
    Bernoulli{T}(p::T) where {T<:Real} = new{T}(p)
end
Bernoulli(p::Real=0.5; check_args::Bool=true) = (check_args && check(0 <= p <= 1, p, "Bernoulli", "zero(p) <= p <= one(p)"); q = float(p); Bernoulli{typeof(q)}(q))
Base.eltype(::Type{<:Bernoulli}) = Bool
succprob(d::Bernoulli) = d.p
failprob(d::Bernoulli) = 1 - d.p
logpdf(d::Bernoulli, x::Real) = x == 1 ? log(d.p) : x == 0 ? log(1 - d.p) : oftype(d.p, -Inf)
pdf(d::Bernoulli, x::Real) = x == 1 ? d.p : x == 0 ? 1 - d.p : zero(d.p)
cdf(d::Bernoulli, x::Real) = isnan(x) ? oftype(d.p, NaN) : x < 0 ? zero(d.p) : x < 1 ? 1 - d.p : one(d.p)
ccdf(d::Bernoulli, x::Real) = isnan(x) ? oftype(d.p, NaN) : x < 0 ? one(d.p) : x < 1 ? d.p : zero(d.p)
Statistics.quantile(d::Bernoulli, p::Real) = (in_order(p); p > 1 - d.p)
cquantile(d::Bernoulli, p::Real) = (in_order(p); p < d.p)
Statistics.mean(d::Bernoulli) = d.p
Statistics.var(d::Bernoulli) = d.p * (1 - d.p)
entropy(d::Bernoulli) = -xlogy(d.p, d.p) - xlogy(1 - d.p, 1 - d.p)
Base.minimum(::Bernoulli) = false
Base.maximum(::Bernoulli) = true
draw(d::Bernoulli) = rand() <= d.p

struct Binomial{T<:Real} <: DiscreteUnivariateDistribution
    n::Int64
    p::T
    Binomial{T}(n::Integer, p::T) where {T<:Real} = new{T}(n, p)
end
Binomial(n::Integer=1, p::Real=0.5; check_args::Bool=true) = (check_args && (check(n >= 0, n, "Binomial", "n >= zero(n)"); check(0 <= p <= 1, p, "Binomial", "zero(p) <= p <= one(p)"));
    q = float(p); Binomial{typeof(q)}(n, q))
ntrials(d::Binomial) = d.n
succprob(d::Binomial) = d.p
failprob(d::Binomial) = 1 - d.p
logpdf(d::Binomial, k::Real) = StatsFuns.binomlogpdf(d.n, d.p, k)
cdf(d::Binomial, k::Real) = StatsFuns.binomcdf(d.n, d.p, k)
ccdf(d::Binomial, k::Real) = StatsFuns.binomccdf(d.n, d.p, k)
logcdf(d::Binomial, k::Real) = StatsFuns.binomlogcdf(d.n, d.p, k)
logccdf(d::Binomial, k::Real) = StatsFuns.binomlogccdf(d.n, d.p, k)
Statistics.mean(d::Binomial) = d.n * d.p
Statistics.var(d::Binomial) = d.n * d.p * (1 - d.p)
Base.minimum(::Binomial) = 0
Base.maximum(d::Binomial) = d.n
draw(d::Binomial) = count(_ -> rand() <= d.p, 1:d.n)

struct Poisson{T<:Real} <: DiscreteUnivariateDistribution
    λ::T
    Poisson{T}(λ::T) where {T<:Real} = new{T}(λ)
end
Poisson(λ::Real=1.0; check_args::Bool=true) = (check_args && check(λ >= 0, λ, "Poisson", "λ >= zero(λ)"); l = float(λ); Poisson{typeof(l)}(l))
rate(d::Poisson) = d.λ
logpdf(d::Poisson, k::Real) = StatsFuns.poislogpdf(d.λ, k)
cdf(d::Poisson, k::Real) = StatsFuns.poiscdf(d.λ, k)
ccdf(d::Poisson, k::Real) = StatsFuns.poisccdf(d.λ, k)
logcdf(d::Poisson, k::Real) = StatsFuns.poislogcdf(d.λ, k)
logccdf(d::Poisson, k::Real) = StatsFuns.poislogccdf(d.λ, k)
Statistics.mean(d::Poisson) = d.λ
mode(d::Poisson) = floor(Int64, d.λ)
Statistics.var(d::Poisson) = d.λ
Base.minimum(::Poisson) = 0
Base.maximum(::Poisson) = Inf
function draw(d::Poisson)
    k, t = 0, -log(rand())
    while t < d.λ
        k += 1
        t -= log(rand())
    end
    k
end

struct Geometric{T<:Real} <: DiscreteUnivariateDistribution
    p::T
    Geometric{T}(p::T) where {T<:Real} = new{T}(p)
end
Geometric(p::Real=0.5; check_args::Bool=true) = (check_args && check(0 < p < 1, p, "Geometric", "zero(p) < p < one(p)"); q = float(p); Geometric{typeof(q)}(q))
logpdf(d::Geometric, k::Real) = isinteger(k) && k >= 0 ? log(d.p) + k * log1p(-d.p) : oftype(d.p, -Inf)
logccdf(d::Geometric, k::Real) = k < 0 ? zero(d.p) : (floor(k) + 1) * log1p(-d.p)
Statistics.mean(d::Geometric) = (1 - d.p) / d.p
Statistics.var(d::Geometric) = (1 - d.p) / abs2(d.p)
Base.minimum(::Geometric) = 0
Base.maximum(::Geometric) = Inf
draw(d::Geometric) = floor(Int64, log(rand()) / log1p(-d.p))

struct DiscreteUniform <: DiscreteUnivariateDistribution
    a::Int64
    b::Int64
    DiscreteUniform(a::Real, b::Real; check_args::Bool=true) = (check_args && check(a <= b, (a, b), "DiscreteUniform", "a <= b"); new(a, b))
end
DiscreteUniform(b::Real=1) = DiscreteUniform(0, b)
pdf(d::DiscreteUniform, k::Real) = insupport(d, k) ? 1 / (d.b - d.a + 1) : 0.0
logpdf(d::DiscreteUniform, k::Real) = insupport(d, k) ? -log(d.b - d.a + 1) : -Inf
cdf(d::DiscreteUniform, k::Real) = clamp((floor(k) - d.a + 1) / (d.b - d.a + 1), 0.0, 1.0)
ccdf(d::DiscreteUniform, k::Real) = clamp((d.b - floor(k)) / (d.b - d.a + 1), 0.0, 1.0)
Statistics.mean(d::DiscreteUniform) = (d.a + d.b) / 2
Statistics.var(d::DiscreteUniform) = (abs2(d.b - d.a + 1) - 1) / 12
Base.minimum(d::DiscreteUniform) = d.a
Base.maximum(d::DiscreteUniform) = d.b
draw(d::DiscreteUniform) = rand(d.a:d.b)

"Over `1:k`, by the probability of each."
struct Categorical{V<:AbstractVector} <: DiscreteUnivariateDistribution
    p::V
    Categorical(p::V; check_args::Bool=true) where {V<:AbstractVector{<:Real}} =
        (check_args && check(all(x -> x >= 0, p) && isapprox(sum(p), 1), p, "Categorical", "isprobvec(p)"); new{V}(p))
end
Categorical(k::Integer) = Categorical(fill(1 / k, k))
Base.show(io::IO, d::Categorical) = print(io, "Categorical(p=", repr(d.p), ")")
probs(d::Categorical) = d.p
ncategories(d::Categorical) = length(d.p)
pdf(d::Categorical, k::Real) = insupport(d, k) ? d.p[Int64(k)] : zero(eltype(d.p))
logpdf(d::Categorical, k::Real) = log(pdf(d, k))
cdf(d::Categorical, k::Real) = isnan(k) ? oftype(float(d.p[1]), NaN) : k < 1 ? zero(eltype(d.p)) : k >= length(d.p) ? one(eltype(d.p)) : sum(d.p[1:floor(Int64, k)])
ccdf(d::Categorical, k::Real) = isnan(k) ? oftype(float(d.p[1]), NaN) : k < 1 ? one(eltype(d.p)) : k >= length(d.p) ? zero(eltype(d.p)) : sum(d.p[floor(Int64, k)+1:end])
Statistics.mean(d::Categorical) = sum(k * d.p[k] for k in eachindex(d.p))
Statistics.var(d::Categorical) = (m = mean(d); sum(abs2(k - m) * d.p[k] for k in eachindex(d.p)))
entropy(d::Categorical) = -sum(x -> xlogy(x, x), d.p)
mode(d::Categorical) = argmax(d.p)
Base.minimum(::Categorical) = 1
Base.maximum(d::Categorical) = length(d.p)
draw(d::Categorical) = quantile(d, rand())

# ---- Vectors

"Of vectors with mean `μ` and covariance `Σ`."
struct MvNormal{T<:Real,M<:AbstractMatrix,V<:AbstractVector} <: ContinuousMultivariateDistribution
    μ::V
    Σ::M
    MvNormal(μ::V, Σ::M) where {V<:AbstractVector{<:Real},M<:AbstractMatrix{<:Real}} =
        size(Σ) == (length(μ), length(μ)) ? new{promote_type(eltype(μ), eltype(Σ)),M,V}(μ, Σ) :
        throw(DimensionMismatch("The dimensions of mu and Sigma are inconsistent."))
end
MvNormal(μ::AbstractVector{<:Real}, s::UniformScaling) = MvNormal(μ, Diagonal(fill(float(s.λ), length(μ))))
MvNormal(Σ::AbstractMatrix{<:Real}) = MvNormal(zeros(eltype(Σ), size(Σ, 1)), Σ)
MvNormal(μ::AbstractVector{<:Real}, σ::Real) = MvNormal(μ, Diagonal(fill(abs2(float(σ)), length(μ))))
MvNormal(μ::AbstractVector{<:Real}, σ::AbstractVector{<:Real}) = MvNormal(μ, Diagonal(abs2.(float.(σ))))
MvNormal(n::Integer, σ::Real) = MvNormal(zeros(n), σ)
Base.length(d::MvNormal) = length(d.μ)
Base.show(io::IO, d::MvNormal) = print(io, d.Σ isa Diagonal ? "DiagNormal" : "FullNormal", "(\ndim: ", length(d.μ), "\nμ: ", repr(d.μ), "\nΣ: ", repr(Matrix(d.Σ)), "\n)\n")
params(d::MvNormal) = (d.μ, d.Σ)
logpdf(d::MvNormal, x::AbstractVector{<:Real}) = normal_logpdf(d.Σ, x - d.μ)
logpdf(d::MvNormal, xs::AbstractMatrix{<:Real}) = [logpdf(d, xs[:, j]) for j in 1:size(xs, 2)]
pdf(d::MvNormal, xs::AbstractMatrix{<:Real}) = exp.(logpdf(d, xs))
normal_logpdf(Σ::Diagonal, r) = -(length(r) * StatsFuns.log2π + sum(log, Σ.diag) + sum(abs2.(r) ./ Σ.diag)) / 2
function normal_logpdf(Σ::AbstractMatrix, r)
    c = cholesky(Symmetric(Matrix(Σ)))
    z = c.L \ r
    -(length(r) * StatsFuns.log2π + logdet(c) + sum(abs2, z)) / 2
end
Statistics.mean(d::MvNormal) = d.μ
mode(d::MvNormal) = d.μ
Statistics.cov(d::MvNormal) = Matrix(d.Σ)
Statistics.var(d::MvNormal) = diag(d.Σ)
entropy(d::MvNormal) = (length(d.μ) * (StatsFuns.log2π + 1) + logdet(Matrix(d.Σ))) / 2
draw(d::MvNormal) = d.μ + cholesky(Symmetric(Matrix(d.Σ))).L * randn(length(d.μ))

"Of probability vectors."
struct Dirichlet{T<:Real,V<:AbstractVector{T}} <: ContinuousMultivariateDistribution
    alpha::V
    Dirichlet(α::V; check_args::Bool=true) where {T<:Real,V<:AbstractVector{T}} =
        (check_args && check(all(x -> x > 0, α), α, "Dirichlet", "all(x -> x > zero(x), alpha)"); new{T,V}(α))
end
Dirichlet(n::Integer, α::Real) = Dirichlet(fill(float(α), n))
Base.length(d::Dirichlet) = length(d.alpha)
Base.show(io::IO, d::Dirichlet) = print(io, typeof(d), "(alpha=", repr(d.alpha), ")")
logpdf(d::Dirichlet, x::AbstractVector{<:Real}) = insupport(d, x) ? inner_logpdf(d.alpha, x) : oftype(inner_logpdf(d.alpha, d.alpha ./ sum(d.alpha)), -Inf)
inner_logpdf(α, x) = sum(xlogy.(α .- 1, x)) - sum(loggamma, α) + loggamma(sum(α))
Statistics.mean(d::Dirichlet) = d.alpha ./ sum(d.alpha)
Statistics.var(d::Dirichlet) = (s = sum(d.alpha); d.alpha .* (s .- d.alpha) ./ (s * s * (s + 1)))
insupport(d::Dirichlet, x::AbstractVector) = length(x) == length(d.alpha) && all(y -> y >= 0, x) && sum(x) ≈ 1
draw(d::Dirichlet) = (g = map(gamma_draw, d.alpha); g ./ sum(g))
end
