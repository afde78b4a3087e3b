# Distributions: sums and images of random variables, the canonical normal of vectors, counts without replacement and of unlike trials, what is asked of a
# distribution, and fits that need an iteration.
module Distributions
using LinearAlgebra
import ..SpecialFunctions: digamma, trigamma, loggamma, logbeta
import ..LogExpFunctions: xlogx
export RealInterval, partype, ncomponents, modes, meanlogx, dof, islowerbounded, isupperbounded, isbounded, hasfinitesupport, cf, value_support, variate_form, isplatykurtic, isleptokurtic, ismesokurtic,
    invcov, logdetcov, sqmahal, MvNormalCanon, MatrixNormal, DirichletMultinomial, NormalCanon, Hypergeometric, PoissonBinomial, convolve, UnivariateMixture, MultivariateMixture

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

# ---- Normal vectors
Base.size(d::MultivariateDistribution) = (length(d),)
insupport(d::MvNormal, x::AbstractVector) = length(x) == length(d) && all(isfinite, x)
invcov(d::MvNormal) = inv(Matrix(d.Σ))
logdetcov(d::MvNormal) = logdet(d.Σ isa Diagonal ? d.Σ : Symmetric(Matrix(d.Σ)))
sqmahal(d::MvNormal, x::AbstractVector{<:Real}) = (r = x - d.μ; dot(r, d.Σ isa Diagonal ? r ./ d.Σ.diag : cholesky(Symmetric(Matrix(d.Σ))) \ r))
sqmahal(d::MvNormal, x::AbstractMatrix{<:Real}) = [sqmahal(d, x[:, j]) for j in axes(x, 2)]
Statistics.cor(d::MultivariateDistribution) = (c = cov(d); s = sqrt.(diag(c)); c ./ (s * s'))
Base.:+(d::MvNormal, x::AbstractVector{<:Real}) = MvNormal(d.μ + x, d.Σ)
Base.:+(x::AbstractVector{<:Real}, d::MvNormal) = d + x
Base.:-(d::MvNormal, x::AbstractVector{<:Real}) = MvNormal(d.μ - x, d.Σ)
Base.:*(a::AbstractMatrix{<:Real}, d::MvNormal) = MvNormal(a * d.μ, Matrix(Symmetric(a * d.Σ * a')))
"By the potential vector `h` and the precision matrix `J`: the mean is `J \\ h`."
struct MvNormalCanon{T<:Real,M<:AbstractMatrix,V<:AbstractVector} <: ContinuousMultivariateDistribution
    μ::V
    h::V
    J::M
end
MvNormalCanon(μ::AbstractVector, h::AbstractVector, J::AbstractMatrix) =
    ((m, k) = map(float, (μ, h)); MvNormalCanon{promote_type(eltype(k), eltype(J)),typeof(J),typeof(k)}(m, k, J))
MvNormalCanon(h::AbstractVector{<:Real}, J::AbstractMatrix{<:Real}) = MvNormalCanon(J \ h, h, J)
MvNormalCanon(J::AbstractMatrix{<:Real}) = (z = zeros(float(eltype(J)), size(J, 1)); MvNormalCanon(z, z, J))
MvNormalCanon(h::AbstractVector{<:Real}, s::UniformScaling) = MvNormalCanon(h, Diagonal(fill(float(s.λ), length(h))))
Base.length(d::MvNormalCanon) = length(d.μ)
params(d::MvNormalCanon) = (d.μ, d.h, d.J)
Statistics.mean(d::MvNormalCanon) = d.μ
mode(d::MvNormalCanon) = d.μ
invcov(d::MvNormalCanon) = Matrix(d.J)
Statistics.cov(d::MvNormalCanon) = inv(Matrix(d.J))
Statistics.var(d::MvNormalCanon) = diag(cov(d))
logdetcov(d::MvNormalCanon) = -logdet(Symmetric(Matrix(d.J)))
sqmahal(d::MvNormalCanon, x::AbstractVector{<:Real}) = (r = x - d.μ; dot(r, d.J * r))
insupport(d::MvNormalCanon, x::AbstractVector) = length(x) == length(d) && all(isfinite, x)
logpdf(d::MvNormalCanon, x::AbstractVector{<:Real}) = -(length(d) * StatsFuns.log2π + logdetcov(d) + sqmahal(d, x)) / 2
entropy(d::MvNormalCanon) = (length(d) * (StatsFuns.log2π + 1) + logdetcov(d)) / 2
draw(d::MvNormalCanon) = d.μ + cholesky(Symmetric(Matrix(d.J))).U \ randn(length(d))
meanform(d::MvNormalCanon) = MvNormal(d.μ, cov(d))
canonform(d::MvNormal) = (J = invcov(d); MvNormalCanon(d.μ, J * d.μ, J))
"Of matrices with mean `M`, whose columns vary by `U` and whose rows by `V`."
struct MatrixNormal{T<:Real,A<:AbstractMatrix{T},B<:AbstractMatrix,C<:AbstractMatrix} <: Distribution{Matrixvariate,Continuous}
    M::A
    U::B
    V::C
end
Base.size(d::MatrixNormal) = size(d.M)
Statistics.mean(d::MatrixNormal) = d.M
mode(d::MatrixNormal) = d.M
Statistics.var(d::MatrixNormal) = diag(d.U) * diag(d.V)'
Statistics.cov(d::MatrixNormal) = kron(Matrix(d.V), Matrix(d.U))
function logpdf(d::MatrixNormal, X::AbstractMatrix{<:Real})
    u, v = cholesky(Symmetric(Matrix(d.U))), cholesky(Symmetric(Matrix(d.V)))
    n, p = size(d)
    z = (u.L \ (X - d.M)) / v.U
    -(n * p * StatsFuns.log2π + n * logdet(v) + p * logdet(u) + sum(abs2, z)) / 2
end
draw(d::MatrixNormal) = d.M + cholesky(Symmetric(Matrix(d.U))).L * randn(size(d)...) * cholesky(Symmetric(Matrix(d.V))).U
Base.rand(d::MatrixNormal) = draw(d)

# ---- Counts
"Counts of `n` trials whose probabilities are Dirichlet-distributed."
struct DirichletMultinomial{T<:Real} <: Distribution{Multivariate,Discrete}
    n::Int
    α::Vector{T}
end
DirichletMultinomial(n::Integer, α::Vector{T}) where {T<:Real} = (check(all(>(0), α), α, "DirichletMultinomial", "all(x -> x > zero(x), α)"); DirichletMultinomial{float(T)}(Int(n), float.(α)))
Base.length(d::DirichletMultinomial) = length(d.α)
ncategories(d::DirichletMultinomial) = length(d.α)
ntrials(d::DirichletMultinomial) = d.n
Statistics.mean(d::DirichletMultinomial) = d.n .* d.α ./ sum(d.α)
Statistics.var(d::DirichletMultinomial) = (s = sum(d.α); p = d.α ./ s; d.n * (d.n + s) / (1 + s) .* p .* (1 .- p))
Statistics.cov(d::DirichletMultinomial) = (s = sum(d.α); p = d.α ./ s; d.n * (d.n + s) / (1 + s) .* (Diagonal(p) - p * p'))
insupport(d::DirichletMultinomial, x::AbstractVector) = length(x) == length(d) && all(k -> isinteger(k) && k >= 0, x) && sum(x) == d.n
function logpdf(d::DirichletMultinomial, x::AbstractVector{<:Real})
    s = sum(d.α)
    insupport(d, x) || return oftype(s, -Inf)
    loggamma(d.n + 1.0) + loggamma(s) - loggamma(d.n + s) + sum(loggamma(x[k] + d.α[k]) - loggamma(d.α[k]) - loggamma(x[k] + 1.0) for k in eachindex(x))
end
draw(d::DirichletMultinomial) = draw(Multinomial(d.n, draw(Dirichlet(d.α))))
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
