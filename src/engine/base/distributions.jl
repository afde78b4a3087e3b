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
    pdf, logpdf, cdf, ccdf, logcdf, logccdf, quantile, mean, var, std, median, mode, cov, cor, entropy, params, loglikelihood, insupport, cquantile, invlogcdf, invlogccdf,
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
# Near 1 it is the other tail that has the digits.
logcdf(d::UnivariateDistribution, x::Real) = (c = cdf(d, x); c > 1 / 2 ? log1p(-ccdf(d, x)) : log(c))
logccdf(d::UnivariateDistribution, x::Real) = (c = ccdf(d, x); c > 1 / 2 ? log1p(-cdf(d, x)) : log(c))
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

# Of what a distribution does not say better, by bisection of the smaller tail. The derivative is that of a step of Newton's.
tails_of(d) = (x -> logcdf(d, x), x -> logccdf(d, x), x -> logpdf(d, x))
Statistics.quantile(d::ContinuousUnivariateDistribution, p::Real) = ((f, g, h) = tails_of(d); StatsFuns.place_of(f, g, h, p, minimum(d), maximum(d)))
cquantile(d::ContinuousUnivariateDistribution, p::Real) = ((f, g, h) = tails_of(d); StatsFuns.place_of(g, f, h, p, minimum(d), maximum(d)))
invlogcdf(d::ContinuousUnivariateDistribution, lp::Real) = ((f, g, h) = tails_of(d); StatsFuns.place(f, g, h, lp, minimum(d), maximum(d)))
invlogccdf(d::ContinuousUnivariateDistribution, lp::Real) = ((f, g, h) = tails_of(d); StatsFuns.place(g, f, h, lp, minimum(d), maximum(d)))
"The least whole number from `low` on that passes a test, which all that are larger pass too."
function least_with(passes, low)
    passes(low) && return low
    step = 1
    while !passes(low + step)
        low, step = low + step, 2 * step
    end
    high = low + step
    while high - low > 1
        m = low + (high - low) ÷ 2
        passes(m) ? (high = m) : (low = m)
    end
    high
end
# What is less than a probability by rounding alone has it.
const LITTLE_LESS = 1 - 64 * eps()
in_order(p) = 0 <= p <= 1 || throw(DomainError(p, "a probability is between 0 and 1"))
Statistics.quantile(d::DiscreteUnivariateDistribution, p::Real) =
    (in_order(p); p == 0 ? minimum(d) : p == 1 ? maximum(d) : least_with(k -> cdf(d, k) >= p * LITTLE_LESS, minimum(d)))
cquantile(d::DiscreteUnivariateDistribution, p::Real) =
    (in_order(p); p == 0 ? maximum(d) : p == 1 ? minimum(d) : least_with(k -> ccdf(d, k) * LITTLE_LESS <= p, minimum(d)))
invlogcdf(d::DiscreteUnivariateDistribution, lp::Real) = quantile(d, exp(lp))
invlogccdf(d::DiscreteUnivariateDistribution, lp::Real) = cquantile(d, exp(lp))

Base.rand(d::UnivariateDistribution) = draw(d)
Base.rand(d::UnivariateDistribution, dims::Integer...) = Base.__drawn(() -> draw(d), eltype(typeof(d)), dims)
Base.rand(d::UnivariateDistribution, dims::Tuple) = Base.__drawn(() -> draw(d), eltype(typeof(d)), dims)
Base.rand(d::MultivariateDistribution) = draw(d)
Base.rand(d::MultivariateDistribution, n::Integer) = reduce(hcat, [draw(d) for _ in 1:n])
Base.rand!(d::UnivariateDistribution, xs::AbstractArray) = (for i in eachindex(xs); xs[i] = draw(d); end; xs)
"By inversion, unless a distribution has a way of its own."
draw(d::UnivariateDistribution) = quantile(d, rand())
end
