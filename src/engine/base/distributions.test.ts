/** Distributions and StatsFuns: values that were worked out otherwise, and derivatives by parameters against finite differences. */
import { describe } from 'vitest'
import { newSession, shows } from './check.ts'

const session = newSession(`
using Distributions, StatsFuns, LinearAlgebra, Random
using Enzyme, ForwardDiff
const t0 = 1.7
slope(f) = (f(t0 + 1e-6) - f(t0 - 1e-6)) / 2e-6
agree(f) = isapprox(ForwardDiff.derivative(f, t0), slope(f); rtol=1e-5) && isapprox(autodiff(Reverse, f, Active, Active(t0))[1][1], slope(f); rtol=1e-5)
close_to(xs, ys) = all(map((x, y) -> isapprox(x, y; rtol=1e-9, atol=1e-12), xs, ys))
is_mean(d) = (xs = rand(d, 10000); abs(sum(xs) / 10000 - mean(d)) < 0.05 * std(d))
const Σ = [2 0.5; 0.5 1]
`)

describe('densities, distribution functions and quantiles', () => {
  shows(
    () => session,
    `
    close_to((pdf(Normal(), 0), logpdf(Normal(1, 2), 3), cdf(Normal(), 1.96), quantile(Normal(), 0.975), quantile(Normal(), 1e-10)), (0.3989422804014327, -2.112085713764618, 0.9750021048517795, 1.959963984540054, -6.361340902404056)) => true
    close_to((logpdf(Gamma(2, 3), 4), cdf(Gamma(2, 3), 4), quantile(Gamma(2, 3), 1 - exp(-4/3) * 7/3)), (-2.1442635495496623, 1 - exp(-4/3) * 7/3, 4)) => true
    close_to((pdf(Beta(2, 3), 0.4), cdf(Beta(2, 3), 0.4), cdf(Beta(2, 3), 0.9), quantile(Beta(2, 3), 0.5248)), (1.728, 0.5248, 0.9963, 0.4)) => true
    close_to((pdf(TDist(3), 1), cdf(TDist(3), 1), cdf(TDist(3), -1), cdf(Chisq(2), 2)), (0.2067483357831720, 0.8044988905221148, 0.1955011094778852, 1 - exp(-1))) => true
    close_to((pdf(Poisson(3), 2), cdf(Poisson(3), 2), pdf(Binomial(10, 0.3), 3), cdf(Binomial(10, 0.3), 3), pdf(Geometric(0.5), 2)), (0.22404180765538775, 0.42319008112684353, 0.266827932, 0.6496107184, 0.125)) => true
    close_to((pdf(Exponential(2), 1), pdf(Laplace(), 1), pdf(Cauchy(), 1), pdf(Logistic(), 0), pdf(Weibull(2, 1), 1), pdf(LogNormal(), 1), pdf(InverseGamma(2, 3), 1.5)), (exp(-0.5) / 2, exp(-1) / 2, 1 / 2π, 0.25, 2exp(-1), 0.3989422804014327, 9 * 1.5^-3 * exp(-2))) => true
    close_to((logpdf(MvNormal([0.0, 0.0], Σ), [1, 2]), logpdf(MvNormal([1.0, 2.0], I), [1, 2]), logpdf(Dirichlet([1, 2, 3]), [0.2, 0.3, 0.5])), (-(2log(2π) + log(1.75) + 4) / 2, -log(2π), 1.504077396776274)) => true
    (pdf(Bernoulli(0.3), 1), pdf(Categorical([0.2, 0.8]), 2), logpdf(Uniform(0, 4), 5), quantile(Poisson(3), 0.5), insupport(Beta(2, 3), 2)) => (0.3, 0.8, -Inf, 3, false)
    (mean(Normal(1, 2)), var(Normal(1, 2)), mean(Beta(2, 3)), std(Exponential(2)), median(Uniform(1, 2)), params(Gamma(2)), mode(Poisson(3.5)), cov(MvNormal([1.0, 2.0], I))) => (1.0, 4.0, 0.4, 2.0, 1.5, (2.0, 1.0), 3, [1.0 0.0; 0.0 1.0])
    loglikelihood(Normal(), [1.0, 2.0]) == sum(logpdf.(Normal(), [1.0, 2.0])) => true
    (Normal(), Bernoulli(0.5), Uniform(1, 2), Categorical([0.5, 0.5])) => (Normal{Float64}(μ=0.0, σ=1.0), Bernoulli{Float64}(p=0.5), Uniform{Float64}(a=1.0, b=2.0), Categorical(p=[0.5, 0.5]))
    Normal(0, -1) => !DomainError with -1:
    (typeof(rand(Bernoulli(0.5))), typeof(rand(Poisson(3), 2)), size(rand(MvNormal([0.0, 0.0], Σ), 3)), sum(rand(Dirichlet([1, 2, 3]))) ≈ 1) => (Bool, Vector{Int64}, (2, 3), true)
    map(is_mean, (Gamma(2, 3), Gamma(0.5, 1), Beta(2, 3), Poisson(4), Geometric(0.3), Exponential(2), TDist(5))) => (true, true, true, true, true, true, true)
    close_to((normcdf(0), norminvcdf(0, 2, 0.5), normlogcdf(-10.0), poislogpdf(3, 2), betalogpdf(2, 3, 0.4)), (0.5, 0, -53.23128515051247, log(0.22404180765538775), log(1.728))) => true
    `,
  )
})

describe('derivatives by parameters', () => {
  shows(
    () => session,
    `
    agree(t -> logpdf(Normal(t, 2.0), 1.3) * logpdf(Normal(1.0, t), 1.3)) => true
    agree(t -> logpdf(Gamma(t, 2.0), 1.3) * logpdf(Gamma(2.0, t), 1.3) + cdf(Gamma(2.0, t), 1.3)) => true
    agree(t -> logpdf(Beta(t, 2.0), 0.3) + logpdf(TDist(t), 1.3) + logpdf(Exponential(t), 1.3)) => true
    agree(t -> logpdf(Poisson(t), 3) + logpdf(Bernoulli(t / 3), 1) + logpdf(Binomial(5, t / 3), 2) + cdf(Normal(t, 1.0), 1.3)) => true
    agree(t -> logpdf(MvNormal([t, 1.0], [1 + t^2 0.3; 0.3 1.0]), [1.0, 2.0]) + logpdf(Dirichlet([t, 2.0]), [0.3, 0.7])) => true
    agree(t -> loglikelihood(Normal(t, 1.0), [1.0, 2.0]) + sum(logpdf.(Normal(t, t), [1.0, 2.0])) + quantile(Normal(t, 2.0), 0.7)) => true
    `,
  )
})

describe('made of others', () => {
  shows(
    () =>
      newSession(
        'using Distributions, ForwardDiff, Zygote, LinearAlgebra\nconst M = MixtureModel([Normal(-1, 1), Normal(2, 0.5)], [0.3, 0.7])\nnear(x, y) = isapprox(x, y; rtol=1e-9)',
      ),
    `
    (near(pdf(M, 0.3), 0.3 * pdf(Normal(-1, 1), 0.3) + 0.7 * pdf(Normal(2, 0.5), 0.3)), near(mean(M), 1.1), near(var(M), 0.3 * 1 + 0.7 * 0.25 + 0.3 * 4.41 + 0.7 * 0.81), near(cdf(M, quantile(M, 0.4)), 0.4)) => (true, true, true, true)
    (t = truncated(Normal(0, 1), 0, Inf); (near(pdf(t, 0.5), 2pdf(Normal(), 0.5)), pdf(t, -1), near(mean(t), sqrt(2 / pi)), near(var(t), 1 - 2 / pi), near(quantile(t, 0.5), quantile(Normal(), 0.75)))) => (true, 0.0, true, true, true)
    (kldivergence(Normal(0, 1), Normal(1, 2)) ≈ log(2) - 0.25, fit(Normal, [1.0, 2, 3]) == Normal(2.0, sqrt(2 / 3)), 2.0 * Exponential(1.0) + 1.0 isa LocationScale, 2Normal() + 1.0) => (true, true, true, Normal{Float64}(μ=1.0, σ=2.0))
    near.((pdf(NegativeBinomial(3, 0.4), 2), pdf(Multinomial(3, [0.2, 0.3, 0.5]), [1, 1, 1]), pdf(Pareto(2.0, 1.0), 2.0), cdf(FDist(2, 2), 1.0), pdf(TriangularDist(0, 2, 1), 1), cdf(InverseGaussian(1.0, 1.0), 1.0)), (6 * 0.064 * 0.36, 0.18, 0.25, 0.5, 1.0, 0.6681020012231706)) => (true, true, true, true, true, true)
    near(logpdf(product_distribution([Normal(0, 1), Normal(1, 2)]), [0.5, 0.5]), logpdf(Normal(0, 1), 0.5) + logpdf(Normal(1, 2), 0.5)) => true
    near(ForwardDiff.derivative(m -> logpdf(MixtureModel([Normal(m, 1), Normal(2, 0.5)], [0.3, 0.7]), 0.3), -1.0), 1.3 * 0.3 * pdf(Normal(-1, 1), 0.3) / pdf(M, 0.3)) => true
    near(Zygote.gradient(m -> logpdf(truncated(Normal(m, 1.0), 0.0, Inf), 0.5), 0.2)[1], 0.3 - pdf(Normal(), 0.2) / cdf(Normal(), 0.2)) => true
    # A factor of zero has its derivative: the shape of a Gamma, Beta or Dirichlet distribution at 1.
    near.(Zygote.gradient(p -> logpdf(Gamma(p[1], p[2]), 0.3), [1.0, 1.0])[1], ForwardDiff.gradient(p -> logpdf(Gamma(p[1], p[2]), 0.3), [1 + 1e-11, 1.0])) => Bool[1, 1]
    near.(Zygote.gradient(p -> logpdf(Dirichlet(p), [0.2, 0.8]), [1.0, 2.0])[1], ForwardDiff.gradient(p -> logpdf(Dirichlet(p), [0.2, 0.8]), [1 + 1e-11, 2.0])) => Bool[1, 1]
    near(Zygote.gradient(a -> logpdf(Beta(a, 1.0), 0.3), 1.0)[1], log(0.3) + 1), logpdf(Gamma(1.0, 2.0), 0.0) => (true, -0.6931471805599453)
    # Families of extremes, of circles and of matrices: against the derivative of the distribution function, or a family of one dimension.
    all(d -> near(ForwardDiff.derivative(x -> cdf(d, x), 0.6), pdf(d, 0.6)), (Gumbel(0.3, 1.2), Frechet(2.0, 1.5), GeneralizedPareto(0.2, 1.1, 0.3), GeneralizedExtremeValue(0.1, 1.0, -0.2), Levy(0.1, 1.2))) => true
    all(d -> near(ForwardDiff.derivative(x -> cdf(d, x), 0.6), pdf(d, 0.6)), (Kumaraswamy(1.5, 2.5), Arcsine(-1, 2), LogUniform(0.5, 3), LogitNormal(0.3, 0.8), Chi(2.5), BetaPrime(1.5, 3.0))) => true
    near(logpdf(Wishart(3.0, [2.0;;]), [1.3;;]), logpdf(Gamma(1.5, 4.0), 1.3)), near(logpdf(MvTDist(4.0, [0.3], [2.25;;]), [0.9]), logpdf(TDist(4.0), 0.4) - log(1.5)), near(exp(logpdf(LKJ(3, 1.0), [1.0 0 0; 0 1 0; 0 0 1])), 2 / pi^2) => (true, true, true)
    (L = cholesky([1 0.3 -0.2; 0.3 1 0.4; -0.2 0.4 1.0]); near(logpdf(LKJCholesky(3, 1.7), L), logpdf(LKJ(3, 1.7), L.L * L.U) + log(L.L[2, 2]))), logpdf(censored(Normal(), -1, 1), -1) == logcdf(Normal(), -1) => (true, true)
    near(gradlogpdf(Gumbel(0.3, 2.0), 0.9), Zygote.gradient(x -> logpdf(Gumbel(0.3, 2.0), x), 0.9)[1]), logpdf(BernoulliLogit(0.0), 1) ≈ -log(2) => (true, true)
    Gumbel(0.0, -1.0) => !DomainError
    # In the middle, where the incomplete beta function has no slope; quantiles that only bisection finds; variances against formulas of their own.
    ForwardDiff.derivative(x -> cdf(TDist(4.5), x), 0.0) == pdf(TDist(4.5), 0.0), near(cdf(TDist(4.5), 0.05), 0.51886773358551785) => (true, true)
    all(d -> near(cdf(d, quantile(d, 0.3)), 0.3), (Levy(0.1, 1.2), FDist(3.0, 7.5), BetaPrime(1.5, 3.0))), var(FDist(2.0, 6.0)), mode(FDist(4.0, 8.0)), var(BetaPrime(2.0, 4.0)) => (true, 6.75, 0.4, 0.5555555555555556)
    near.((mean(Kumaraswamy(1.0, 2.0)), var(Kumaraswamy(1.0, 2.0)), var(GeneralizedPareto(0.0, 1.0, 0.0)), var(GeneralizedExtremeValue(0.0, 1.0, 0.0)), mean(Frechet(2.0, 1.0))), (1 / 3, 1 / 18, 1.0, pi^2 / 6, sqrt(pi))) => (true, true, true, true, true)
    # Against formulas at 50 digits: tails that 1 - cdf has no digits of, and logarithms of what is too small for a number.
    near.((logccdf(Normal(), 45.0), logcdf(Normal(), 8.5), ccdf(Gamma(2.3, 1.4), 700.0), logccdf(Gamma(2.3, 1.4), 700.0)), (-1017.2260942419524, -9.4795348222033184e-18, 1.9750804927484112e-214, -492.07260074738121)) => (true, true, true, true)
    near.((ccdf(Exponential(1.7), 40.0), ccdf(Pareto(3.5, 1.1), 1e5), cdf(InverseGamma(3.2, 1.5), 0.03), ccdf(Beta(2.2, 3.1), 0.999999), ccdf(TDist(30.0), 41.0)), (6.0437474495933514e-11, 4.4144275959630384e-18, 4.5459512587701589e-19, 1.2742521334127743e-18, 3.3143541947851682e-28)) => (true, true, true, true, true)
    near.((ccdf(Poisson(3.7), 60), logccdf(Binomial(70, 0.02), 60), ccdf(NegativeBinomial(3.2, 0.4), 200), cdf(InverseGaussian(2.0, 800.0), 0.4), cdf(Cauchy(0.2, 1.1), -1e10)), (2.3692254180968355e-51, -213.91409313158894, 1.6986718450975026e-41, 2.0913271540863622e-280, 3.5014087479516695e-11)) => (true, true, true, true, true)
    near.((cquantile(Gamma(2.3, 1.4), 1e-30), cquantile(Normal(), 1e-20), quantile(Beta(2.2, 3.1), 1e-30), invlogcdf(Normal(), -1000.0)), (104.36377543799497, 9.2623400897984076, 9.4485683863376164e-15, -44.615747731969403)) => (true, true, true, true)
    near.((logpdf(truncated(Normal(), 10, 11), 10.5), cdf(Gamma(1.0e5, 1.0), 1.0e5), cdf(Poisson(1.0e6), 1.0e6)), (-2.8126283076215479, 0.50042052211036518, 0.50026596148628365)) => (true, true, true)
    # At the ends, beyond them, and where there is no number.
    map(d -> (cdf(d, -Inf), cdf(d, Inf), logpdf(d, Inf)), (Normal(), Gamma(2.3, 1.4), Weibull(1.7, 0.9))) => ((0.0, 1.0, -Inf), (0.0, 1.0, -Inf), (0.0, 1.0, -Inf))
    all(d -> isnan(cdf(d, NaN)) && isnan(quantile(d, NaN)), (Normal(), Gamma(2.0), Beta(2.0, 3.0), TDist(3.0), Exponential())), isnan(cdf(Poisson(3.7), NaN)) => (true, true)
    pdf(Uniform(0, 3), 1), pdf(DiscreteUniform(1, 6), 3), pdf(Normal(), 1.0), pdf(TriangularDist(0.0, 2.0, 0.7), NaN) => (0.3333333333333333, 0.16666666666666666, 0.24197072451914337, 0.0)
    Pareto(-1.0, 2.0) => !DomainError
    FDist(3, 4.5), NegativeBinomial(2) => (FDist{Float64}(ν1=3.0, ν2=4.5), NegativeBinomial{Float64}(r=2.0, p=0.5))
    # Quantiles by bisection have the derivative of the equation that they solve.
    near(ForwardDiff.derivative(a -> quantile(Gamma(a, 2.0), 0.3), 1.5), 1.4946520301205742), near(Zygote.gradient(a -> quantile(Beta(a, 2.0), 0.3), 1.5)[1], 0.19915675725841392) => (true, true)
    near.((skewness(Beta(2.0, 3.0)), kurtosis(Weibull(1.0, 2.0)), entropy(Beta(2.0, 3.0)), entropy(TDist(3.0))), (2 / 7, 6.0, 2.25 - log(12), 1.7734775718632909)) => (true, true, true, true)
    # Sums and images, vectors by their precision, counts of unlike trials; what is asked of a distribution; fits.
    (convolve(Normal(0, 1), Normal(1, 2)) == Normal(1, sqrt(5)), 2 * Uniform(0, 1) - 1, -Normal(1, 2), truncated(Uniform(0, 2), 1, 3), params(NormalCanon(1.0, 2.0))) => (true, Uniform{Float64}(a=-1.0, b=1.0), Normal{Float64}(μ=-1.0, σ=2.0), Uniform{Float64}(a=1.0, b=2.0), (1.0, 2.0))
    (C = MvNormalCanon([1.0, 2], [2.0 0.5; 0.5 1]); N = MvNormal(mean(C), cov(C)); (near(logpdf(C, [0.3, 0.4]), logpdf(N, [0.3, 0.4])), near(sqmahal(C, [1, 2]), sqmahal(N, [1, 2])), near(logdetcov(C), logdetcov(N)), mean([1.0 2; 3 4] * N + [1, 0]) ≈ [1.0 2; 3 4] * mean(N) + [1, 0])) => (true, true, true, true)
    (near(logpdf(MatrixNormal(zeros(2, 2), [1.0 0.2; 0.2 2], [1.0 0; 0 3]), [1.0 2; 3 4]), logpdf(MvNormal(kron([1.0 0; 0 3], [1.0 0.2; 0.2 2])), [1.0, 3, 2, 4])), near(sum(k -> pdf(DirichletMultinomial(3, [1.0, 2.0]), [k, 3 - k]), 0:3), 1)) => (true, true)
    (near.((pdf(Hypergeometric(5, 6, 4), 2), mean(Hypergeometric(5, 6, 4)), pdf(PoissonBinomial([0.1, 0.5, 0.7]), 0), mean(LogUniform(1.0, 10.0)), entropy(Poisson(3.5)), mgf(Geometric(0.3), 0.1)), (150 / 330, 20 / 11, 0.135, 9 / log(10), 2.01517252251297, 1.32520331496824))) => (true, true, true, true, true, true)
    logpdf(Dirichlet([1.0, 2, 3]), [0.2, 0.3, 0.6]), insupport(MvNormal([1.0;;]), [NaN]), support(Gamma(2.0)), support(Binomial(3, 0.2)), partype(Normal(1f0)), value_support(Poisson{Float64}), cf(Normal(0, 1), 0.0) => (-Inf, false, RealInterval{Float64}(0.0, Inf), 0:3, Float32, Discrete, 1.0 + 0.0im)
    (g = fit_mle(Gamma, [1.0, 2, 3, 4, 7]); b = fit_mle(Beta, [0.1, 0.3, 0.4, 0.6]); w = fit_mle(Weibull, [1.0, 2, 3, 4]); near.((g.α * g.θ, Zygote.gradient(a -> loglikelihood(Gamma(a, g.θ), [1.0, 2, 3, 4, 7]), g.α)[1] + 1, Zygote.gradient(a -> loglikelihood(Beta(a, b.β), [0.1, 0.3, 0.4, 0.6]), b.α)[1] + 1, Zygote.gradient(a -> loglikelihood(Weibull(a, w.θ), [1.0, 2, 3, 4]), w.α)[1] + 1), (3.4, 1, 1, 1))) => (true, true, true, true)
    # Quantiles found between infinite ends, by the scale and by the degrees of freedom: not a number in reverse.
    isapprox(Zygote.gradient(q -> quantile(Gamma(2.0, q), 0.3), 3.0)[1], quantile(Gamma(2.0, 1.0), 0.3); rtol=1e-9), isapprox(Zygote.gradient(q -> quantile(TDist(q), 0.3), 9.0)[1], ForwardDiff.derivative(q -> quantile(TDist(q), 0.3), 9.0); rtol=1e-9) => (true, true)
    `,
  )
})
