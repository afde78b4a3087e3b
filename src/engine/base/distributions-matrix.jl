# More distributions of vectors, and distributions of matrices.
module Distributions
using LinearAlgebra
import ..SpecialFunctions: loggamma, logbeta
export MvTDist, MvLogNormal, Wishart, InverseWishart, LKJ, LKJCholesky, Matrixvariate, MatrixDistribution, MvNormalCanon, MatrixNormal, DirichletMultinomial, invcov, logdetcov, sqmahal

struct MvTDist{T<:Real,V<:AbstractVector,M<:AbstractMatrix} <: ContinuousMultivariateDistribution
    df::T
    μ::V
    Σ::M
end
MvTDist(df::Real, Σ::AbstractMatrix) = MvTDist(df, zeros(size(Σ, 1)), Σ)
Base.length(d::MvTDist) = length(d.μ)
function logpdf(d::MvTDist, x::AbstractVector{<:Real})
    n, F, z = length(d.μ), cholesky(Symmetric(Matrix(d.Σ))), x - d.μ
    loggamma((d.df + n) / 2) - loggamma(d.df / 2) - n / 2 * log(d.df * π) - logdet(F) / 2 - (d.df + n) / 2 * log1p(dot(z, F \ z) / d.df)
end
Statistics.mean(d::MvTDist) = d.μ
Statistics.cov(d::MvTDist) = d.df / (d.df - 2) * d.Σ
draw(d::MvTDist) = d.μ + (cholesky(Symmetric(Matrix(d.Σ))).L * randn(length(d.μ))) / sqrt(draw(Chisq(d.df)) / d.df)

struct MvLogNormal{D<:MvNormal} <: ContinuousMultivariateDistribution
    normal::D
end
MvLogNormal(args...) = MvLogNormal(MvNormal(args...))
Base.length(d::MvLogNormal) = length(d.normal)
logpdf(d::MvLogNormal, x::AbstractVector{<:Real}) = logpdf(d.normal, log.(x)) - sum(log, x)
draw(d::MvLogNormal) = exp.(draw(d.normal))

struct Matrixvariate <: VariateForm end
const MatrixDistribution{S} = Distribution{Matrixvariate,S}
Base.rand(d::MatrixDistribution) = draw(d)
"The logarithm of the gamma function of `p` dimensions."
logmvgamma(p, a) = p * (p - 1) / 4 * StatsFuns.logπ + sum(j -> loggamma(a + (1 - j) / 2), 1:p)
struct Wishart{T<:Real,M<:AbstractMatrix} <: MatrixDistribution{Continuous}
    df::T
    S::M
end
struct InverseWishart{T<:Real,M<:AbstractMatrix} <: MatrixDistribution{Continuous}
    df::T
    Ψ::M
end
Base.size(d::Wishart) = size(d.S)
Base.size(d::InverseWishart) = size(d.Ψ)
function logpdf(d::Wishart, X::AbstractMatrix{<:Real})
    p, ν = size(d.S, 1), d.df
    (ν - p - 1) / 2 * logdet(X) - tr(d.S \ X) / 2 - ν * p / 2 * log(2) - ν / 2 * logdet(d.S) - logmvgamma(p, ν / 2)
end
function logpdf(d::InverseWishart, X::AbstractMatrix{<:Real})
    p, ν = size(d.Ψ, 1), d.df
    ν / 2 * logdet(d.Ψ) - ν * p / 2 * log(2) - logmvgamma(p, ν / 2) - (ν + p + 1) / 2 * logdet(X) - tr(X \ d.Ψ) / 2
end
Statistics.mean(d::Wishart) = d.df * d.S
Statistics.mean(d::InverseWishart) = d.Ψ / (d.df - size(d.Ψ, 1) - 1)
"By the factor of Bartlett."
function draw(d::Wishart)
    p = size(d.S, 1)
    A = [i == j ? sqrt(draw(Chisq(d.df - i + 1))) : i > j ? randn() : 0.0 for i in 1:p, j in 1:p]
    L = cholesky(Symmetric(Matrix(d.S))).L * A
    L * L'
end
draw(d::InverseWishart) = inv(draw(Wishart(d.df, inv(d.Ψ))))

"Of matrices of correlations, and of their Cholesky factors."
struct LKJ{T<:Real} <: MatrixDistribution{Continuous}
    d::Int64
    η::T
end
struct LKJCholesky{T<:Real} <: Distribution{Matrixvariate,Continuous}
    d::Int64
    η::T
    uplo::Char
end
LKJCholesky(d::Integer, η::Real=1.0, uplo=:L; check_args::Bool=true) =
    (check_args && check(η > 0, η, "LKJCholesky", "η > 0"); LKJCholesky{typeof(float(η))}(d, float(η), uplo in (:U, 'U') ? 'U' : 'L'))
Base.size(d::Union{LKJ,LKJCholesky}) = (d.d, d.d)
"The logarithm of the integral of the density's kernel: Lewandowski, Kurowicka and Joe (2009), equation 17."
function log_lkj_integral(d, η)
    d == 1 && return zero(float(η))
    a = η + d / 2 - 1
    (2 * η + d - 3) * log(2) + StatsFuns.logπ / 4 * (d * (d - 1) - 2) + logbeta(a, a) - (d - 2) * loggamma(η + (d - 1) / 2) +
    sum(k -> loggamma(η + (d - 1 - k) / 2), 2:d-1; init=zero(float(η)))
end
logpdf(d::LKJ, R::AbstractMatrix{<:Real}) = (d.η - 1) * logdet(R) - log_lkj_integral(d.d, d.η)
logpdf(d::LKJCholesky, R::Cholesky) = sum(i -> (d.d + 2 * (d.η - 1) - i) * log(R.factors[i, i]), 2:d.d; init=zero(d.η)) - log_lkj_integral(d.d, d.η)

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
end
