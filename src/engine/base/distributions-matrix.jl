# More distributions of vectors, and distributions of matrices.
module Distributions
using LinearAlgebra
import ..SpecialFunctions: loggamma, logbeta
export MvTDist, MvLogNormal, Wishart, InverseWishart, LKJ, LKJCholesky, Matrixvariate, MatrixDistribution

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

end
