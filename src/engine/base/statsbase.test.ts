/** StatsBase: weights, moments, counts, ranks, samples, series, histograms, data on another scale. */
import { describe } from 'vitest'
import { newSession, shows } from './check.ts'

const session = newSession(`
using StatsBase, Distributions, Statistics, LinearAlgebra, ForwardDiff, Random
import Enzyme, Zygote
using Enzyme: Reverse, Forward
const x = [1.0, 2, 2, 3, 5]
const y = [1.0, 2.5, 2, 3, 5]
const X = [1.0 2; 3 4; 5 9]
"Do all ways of differentiation agree with differences?"
function agree(f, v = y, h = 1e-6)
    n = length(v)
    differences = [(f(v .+ h .* (1:n .== k)) - f(v .- h .* (1:n .== k))) / 2h for k in 1:n]
    found = (ForwardDiff.gradient(f, v), Enzyme.gradient(Reverse, f, v)[1], Enzyme.gradient(Forward, f, v)[1], Zygote.gradient(f, v)[1])
    all(g -> isapprox(g, differences; atol=1e-5), found)
end
`)

describe('weights', () => {
  shows(
    () => session,
    `
    (mean(x, weights([1, 2, 1, 1, 1])), var(x, weights([1, 2, 1, 1, 1])) ≈ 9.5 / 6, var(x, fweights([1, 2, 1, 1, 1]); corrected=true) ≈ 1.9, var(x, aweights([1.0, 2, 1, 1, 1]); corrected=true) ≈ 57 / 28, var(x, pweights([1.0, 2, 1, 1, 1]); corrected=true) ≈ 9.5 * 5 / 24) => (2.5, true, true, true, true)
    var(x, weights(ones(5)); corrected=true) => !ArgumentError: Weights type does not support bias correction: use FrequencyWeights, AnalyticWeights or ProbabilityWeights if applicable.
    (median(x, weights([1, 2, 1, 1, 1])), quantile(x, weights([1, 2, 1, 1, 1]), [0.25, 0.5]), quantile([1, 2, 4], fweights([1, 1, 2]), 0.5), quantile(x, uweights(5), 0.25)) => (2.0, [2.0, 2.0], 3.0, 2.0)
    quantile(x, fweights([0.5, 1, 1, 1, 1]), 0.5) => !ArgumentError: The values of the vector of \`FrequencyWeights\`
    (mean(X, weights([1, 1, 2]); dims=1), sum(x, weights([1, 0, 0, 0, 2])), std([1, 3], weights([1, 1])), mean(x, uweights(5))) => ([3.5 6.0], 11.0, 1.0, 2.6)
    (cov(X, aweights([1, 1, 2])) ≈ [2.75 5.0; 5.0 9.5], scattermat(X) == [8.0 14.0; 14.0 26.0], mean_and_var([1, 3]), mean_and_std(X, 1)[1], diag(cor(X, weights([1, 1, 2])))) => (true, true, (2.0, 2.0), [3.0 5.0], [1.0, 1.0])
    let w = fweights([1, 2]); w[1] = 5; (sum(w), w, typeof(w)); end => (7, [5, 2], FrequencyWeights{Int64, Int64, Vector{Int64}})
    (eweights(1:3, 0.3), uweights(2), weights([1.0, NaN])) => !ArgumentError: weights cannot contain Inf or NaN values
    (eweights(1:3, 0.3), sum(uweights(3)), mean([1, 2], weights([0, 1]))) => ([0.3, 0.42857142857142855, 0.6122448979591837], 3, 2.0)
    mean([1, 2], weights([1])) => !DimensionMismatch: Inconsistent array dimension.
    `,
  )
})

describe('moments and entropies', () => {
  shows(
    () => session,
    `
    (skewness(x) ≈ 1.872 / 1.84^1.5, kurtosis(x) ≈ 8.0032 / 1.84^2 - 3, moment(x, 3) ≈ 1.872, cumulant(x, 4) ≈ 8.0032 - 3 * 1.84^2, cumulant(x, 1:2) ≈ [2.6, 1.84]) => (true, true, true, true, true)
    (geomean([1, 4]), harmmean([1, 3]), genmean([3, 4], 2) ≈ sqrt(12.5), genmean([1, 4], 0), percentile(x, 50), nquantile(x, 2), iqr(x), span([3, 1, 5])) => (2.0, 1.5, true, 2.0, 2.0, [1.0, 2.0, 5.0], 1.0, 1:5)
    (mode([1, 2, 2, 3]), modes([1, 1, 2, 2, 3]), mode([1, 2, 3], weights([1, 5, 2])), mode(Normal()), mad([1, 2, 4]), mad([1, 2, 4]; normalize=false), sem([1, 3]), variation([1, 3])) => (2, [1, 2], 2, 0.0, 1.4826022185056018, 1.0, 1.0, 0.7071067811865476)
    (zscore([1, 2, 3]), zscore(X, 1)[:, 1], entropy([0.5, 0.5], 2), crossentropy([0.5, 0.5], [0.5, 0.5], 2), kldivergence([0.5, 0.5, 0], [0.25, 0.75, 0]) ≈ log(4 / 3) / 2, kldivergence([1.0, 0], [0, 1]), renyientropy([0.5, 0.5], 2) ≈ log(2)) => ([-1.0, 0.0, 1.0], [-1.0, 0.0, 1.0], 1.0, 1.0, true, Inf, true)
    (counteq([1, 2], [1, 3]), countne([1, 2], [1, 3]), sqL2dist([1, 2], [1, 3]), L2dist([1, 2], [4, 6]), L1dist([1, 2], [4, 6]), Linfdist([1, 2], [2, 4]), msd([1, 2], [2, 4]), rmsd([1, 2], [1, 2]), meanad([1, 2], [2, 4]), maxad([1, 2], [2, 4]), gkldiv([1.0], [2.0]) ≈ 1 - log(2)) => (1, 1, 1, 5.0, 7, 2, 2.5, 0.0, 1.5, 2, true)
    (collect(trim([1, 2, 3, 4, 100]; prop=0.2)), collect(winsor([1, 2, 3, 4, 100]; count=1)), trimvar([1.0, 2, 3, 4, 100]; prop=0.2) ≈ 1 / (5 * 0.36)) => ([2, 3, 4], [2, 2, 3, 4, 4], true)
    trim([1]; prop=0.7) => !ArgumentError: prop must satisfy 0 ≤ prop < 0.5.
    repr(summarystats([1, 2, 3, 4])) => "Summary Stats:\\nLength:         4\\nMissing Count:  0\\nMean:           2.500000\\nStd. Deviation: 1.290994\\nMinimum:        1.000000\\n1st Quartile:   1.750000\\nMedian:         2.500000\\n3rd Quartile:   3.250000\\nMaximum:        4.000000\\n"
    (quantilerank([1, 2, 3, 4], 3) ≈ 2 / 3, percentilerank([1, 2, 3, 4], 2.5), quantilerank([1, 2, 3], 2; method=:weak) ≈ 2 / 3) => (true, 50.0, true)
    (entropy(Normal()) ≈ 1.4189385332046727, skewness(Exponential()), fit(Normal, [1.0, 3.0]).μ) => (true, 2.0, 2.0)
    `,
  )
})

describe('counts, ranks, samples', () => {
  shows(
    () => session,
    `
    (countmap([1, 1, 2])[1], proportionmap(["a", "b"])["a"], counts([1, 2, 2, 4]), counts([1, 2, 2], 3), proportions([1, 2, 2, 2]), counts([1, 2], [1, 1]), countmap([1, 1], weights([0.5, 1]))[1]) => (2, 0.5, [1, 2, 0, 1], [1, 2, 0], [0.25, 0.75], [1; 1;;], 1.5)
    (rle([1, 1, 2]), inverse_rle([1, 2], [2, 1]), levelsmap(["a", "b", "a"])["b"], indicatormat([1, 2], 2)) => (([1, 2], [2, 1]), [1, 1, 2], 2, Bool[1 0; 0 1])
    (ordinalrank([3, 1, 2, 2]), competerank([3, 1, 2, 2]), denserank([3, 1, 2, 2]), tiedrank([3, 1, 2, 2]), ordinalrank([3, 1, 2]; rev=true)) => ([4, 1, 2, 3], [4, 1, 2, 2], [3, 1, 2, 2], [4.0, 1.0, 2.5, 2.5], [1, 3, 2])
    (corspearman([1, 2, 3, 4], [1, 3, 2, 4]), corkendall([1, 2, 3, 4], [1, 3, 2, 4]), corkendall([1, 1, 2], [1, 2, 3]) ≈ 2 / sqrt(6), corspearman([1 2; 2 1])) => (0.8, 0.6666666666666666, true, [1.0 -1.0; -1.0 1.0])
    (sort(sample(1:5, 5; replace=false)), sample([7], 2), sample(weights([0, 1])), wsample([1, 2], [0.0, 1.0], 2), sample(1:3, weights([0, 0, 2.0])), issorted(sample(1:9, 5; ordered=true)), size(sample(1:2, (2, 3)))) => ([1, 2, 3, 4, 5], [7, 7], 2, [2, 2], 3, true, (2, 3))
    sample(1:2, 3; replace=false) => !Cannot draw more samples without replacement.
    sample(MersenneTwister(1), 1:9, 4) == sample(MersenneTwister(1), 1:9, 4) => true
    (ecdf([1.0, 2, 3, 3])(2.5), ecdf([1.0, 2, 3, 3])([0, 3]), ecdf([1, 2]; weights=[1, 3]).([1, 2]), extrema(ecdf([2, 1])), pairwise(-, [1, 2])) => (0.5, [0.0, 1.0], [0.25, 1.0], (1, 2), [0 -1; 1 0])
    `,
  )
})

describe('series, histograms, scales', () => {
  shows(
    () => session,
    `
    (autocor([1, 2, 3, 4, 5], 0:2), autocov([1, 2, 3, 4, 5], [1]), crosscor([1, 2, 3], [3, 2, 1], [-1, 0, 1]), length(autocor(1:50)), size(autocor(X, 0:1))) => ([1.0, 0.4, -0.1], [0.8], [0.0, -1.0, 0.0], 18, (2, 2))
    autocor([1, 2], [2]) => !lags must be less than the sample length.
    repr(fit(Histogram, [1.0, 2.0, 2.5, 7.0])) => "Histogram{Int64, 1, Tuple{StepRangeLen{Float64, Base.TwicePrecision{Float64}, Base.TwicePrecision{Float64}, Int64}}}\\nedges:\\n  0.0:2.0:8.0\\nweights: [1, 2, 0, 1]\\nclosed: left\\nisdensity: false"
    (fit(Histogram, [0.1, 0.2, 0.35]; nbins=3).edges[1], fit(Histogram, [1, 2, 3, 4, 5], 0:2:6).weights, fit(Histogram, [1, 2, 3], weights([2, 3, 4]), 0:2:4).weights, fit(Histogram, ([1, 2], [1, 3]), (0:2:4, 0:2:4)).weights, fit(Histogram, [1, 2], 0:2; closed=:right).weights) => (0.1:0.1:0.4, [1, 2, 2], [2, 7], [1 0; 0 1], [1, 1])
    (normalize(fit(Histogram, [1, 2, 3, 3], 0:2:4); mode=:pdf).weights, normalize(fit(Histogram, [1, 2, 3, 3], 0:2:4); mode=:probability).weights, norm(normalize(fit(Histogram, [1, 2, 3, 3], 0:2:4); mode=:pdf)), StatsBase.midpoints(0:2:4)) => ([0.125, 0.375], [0.25, 0.75], 1.0, 1.0:2.0:3.0)
    let t = fit(ZScoreTransform, X; dims=1); (t.mean, StatsBase.transform(t, X)[:, 1], StatsBase.reconstruct(t, StatsBase.transform(t, X)) ≈ X); end => ([3.0, 5.0], [-1.0, 0.0, 1.0], true)
    (standardize(UnitRangeTransform, X; dims=1)[:, 1], standardize(ZScoreTransform, [1.0, 2, 3]; dims=1), fit(UnitRangeTransform, X; dims=1)) => ([0.0, 0.5, 1.0], [-1.0, 0.0, 1.0], UnitRangeTransform{Float64, Vector{Float64}}(2, 1, true, [1.0, 2.0], [0.25, 0.14285714285714285]))
    `,
  )
})

describe('derivatives', () => {
  shows(
    () => session,
    `
    map(agree, (skewness, kurtosis, geomean, harmmean, v -> mad(v[1:4]), iqr, sem, variation, v -> moment(v, 3), v -> cumulant(v, 3), v -> genmean(v, 1.5))) => (true, true, true, true, true, true, true, true, true, true, true)
    map(agree, (v -> var(v, aweights([1.0, 2, 1, 1, 1])), v -> quantile(v, weights([1.0, 2, 1, 1, 1]), 0.3), v -> mean(x, weights(v)), v -> var(x, pweights(v)), v -> sum(abs2, zscore(v) .* (1:5)))) => (true, true, true, true, true)
    map(agree, (v -> sum(autocor(v, [1, 2])), v -> crosscor(v, x, [1])[1], v -> entropy(v ./ sum(v)), v -> kldivergence(v ./ sum(v), fill(0.2, 5)), v -> rmsd(v, x), v -> sum(winsor(v; count=1)))) => (true, true, true, true, true, true)
    map(agree, (v -> sum(standardize(UnitRangeTransform, v; dims=1) .^ 2), v -> sum(abs2, standardize(ZScoreTransform, v; dims=1)[1:2]))) => (true, true)
    `,
  )
})
