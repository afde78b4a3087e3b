# Distributions: what all of them have in common.
module Distributions
import ..Statistics
import ..StatsFuns
import ..Statistics: mean
import ..Statistics: var
import ..Statistics: std
import ..Statistics: median
import ..Statistics: quantile
import ..Statistics: cov
import ..Statistics: cor

export Distribution, VariateForm, ValueSupport, Univariate, Multivariate, Discrete, Continuous, UnivariateDistribution, MultivariateDistribution,
    ContinuousUnivariateDistribution, DiscreteUnivariateDistribution, ContinuousMultivariateDistribution,
    Normal, LogNormal, Uniform, Exponential, Gamma, InverseGamma, Beta, Chisq, TDist, Cauchy, Laplace, Logistic, Weibull,
    Bernoulli, Binomial, Poisson, Geometric, Categorical, DiscreteUniform, MvNormal, Dirichlet,
    pdf, logpdf, cdf, ccdf, logcdf, logccdf, quantile, mean, var, std, median, mode, cov, cor, entropy, params, loglikelihood, insupport,
    location, scale, shape, rate, succprob, failprob, ntrials, probs, ncategories

abstract type VariateForm end
struct Univariate <: VariateForm end
struct Multivariate <: VariateForm end
abstract type ValueSupport end
struct Discrete <: ValueSupport end
struct Continuous <: ValueSupport end
abstract type Distribution{F<:VariateForm,S<:ValueSupport} end
const UnivariateDistribution{S} = Distribution{Univariate,S}
const MultivariateDistribution{S} = Distribution{Multivariate,S}
const ContinuousUnivariateDistribution = Distribution{Univariate,Continuous}
const DiscreteUnivariateDistribution = Distribution{Univariate,Discrete}
const ContinuousMultivariateDistribution = Distribution{Multivariate,Continuous}

"Fails in the package's words when a parameter is out of its range."
check(ok, value, name, condition) = ok ? nothing : throw(DomainError(value, string(name, ": the condition ", condition, " is not satisfied.")))
"Parameters as floats of one type."
together(xs::Real...) = promote(map(float, xs)...)

Base.broadcastable(d::Distribution) = Ref(d)
Base.eltype(::Type{<:Distribution{F,Discrete}}) where {F} = Int64
Base.eltype(::Type{<:Distribution{F,Continuous}}) where {F} = Float64
Base.length(d::UnivariateDistribution) = 1
Base.show(io::IO, d::UnivariateDistribution) =
    print(io, typeof(d), "(", join([string(name, "=", repr(getfield(d, name))) for name in fieldnames(typeof(d))], ", "), ")")
"The parameters as a tuple."
params(d::Distribution) = __ntuple(i -> getfield(d, i), Val(fieldcount(typeof(d))))
"The density, or the probability of a value; its logarithm is what every distribution defines."
pdf(d::Distribution, x) = exp(logpdf(d, x))
"The probability of a value no larger, and of a larger one."
ccdf(d::UnivariateDistribution, x::Real) = 1 - cdf(d, x)
logcdf(d::UnivariateDistribution, x::Real) = log(cdf(d, x))
logccdf(d::UnivariateDistribution, x::Real) = log(ccdf(d, x))
"The logarithm of the joint density of independent observations."
loglikelihood(d::UnivariateDistribution, x::Real) = logpdf(d, x)
loglikelihood(d::UnivariateDistribution, xs::AbstractArray) = sum(x -> logpdf(d, x), xs)
loglikelihood(d::MultivariateDistribution, x::AbstractVector{<:Real}) = logpdf(d, x)
loglikelihood(d::MultivariateDistribution, xs::AbstractMatrix) = sum(j -> logpdf(d, xs[:, j]), 1:size(xs, 2))
Statistics.std(d::UnivariateDistribution) = sqrt(var(d))
Statistics.median(d::UnivariateDistribution) = quantile(d, 1 / 2)
insupport(d::UnivariateDistribution, x::Real) = minimum(d) <= x <= maximum(d)
insupport(d::DiscreteUnivariateDistribution, x::Real) = isinteger(x) && minimum(d) <= x <= maximum(d)
Base.extrema(d::UnivariateDistribution) = (minimum(d), maximum(d))

"Where a growing function is `p`, by bisection between places that lie around it."
function where_reached(f, p, low, high)
    while f(high) < p
        low, high = high, 2 * high + 1
    end
    for _ in 1:200
        middle = (low + high) / 2
        (middle <= low || middle >= high) && break
        f(middle) < p ? (low = middle) : (high = middle)
    end
    (low + high) / 2
end
"By bisection, where no distribution says better."
function Statistics.quantile(d::ContinuousUnivariateDistribution, p::Real)
    0 <= p <= 1 || throw(DomainError(p, "a probability is between 0 and 1"))
    low, high = float(minimum(d)), float(maximum(d))
    p == 0 && return low
    p == 1 && return high
    if isinf(low)
        low = -one(low)
        while cdf(d, low) > p
            low *= 2
        end
    end
    where_reached(x -> cdf(d, x), p, low, isfinite(high) ? high : low + 1)
end
"The least whole number with a probability of at least `p` below or at it."
function least_with(f, p, from)
    k = from
    while f(k) < p
        k += 1
    end
    k
end
Statistics.quantile(d::DiscreteUnivariateDistribution, p::Real) = least_with(k -> cdf(d, k), p, minimum(d))

Base.rand(d::UnivariateDistribution) = draw(d)
Base.rand(d::UnivariateDistribution, dims::Integer...) = Base.__drawn(() -> draw(d), eltype(typeof(d)), dims)
Base.rand(d::UnivariateDistribution, dims::Tuple) = Base.__drawn(() -> draw(d), eltype(typeof(d)), dims)
Base.rand(d::MultivariateDistribution) = draw(d)
Base.rand(d::MultivariateDistribution, n::Integer) = reduce(hcat, [draw(d) for _ in 1:n])
Base.rand!(d::UnivariateDistribution, xs::AbstractArray) = (for i in eachindex(xs); xs[i] = draw(d); end; xs)
"By inversion, unless a distribution has a way of its own."
draw(d::UnivariateDistribution) = quantile(d, rand())
end
