/** Means, variances, covariances and quantiles of what is not a plain vector of floats: complex, empty, infinite, missing, iterated. */
import { describe } from 'vitest'
import { newSession, shows } from './check.ts'

describe('statistics', () => {
  shows(
    () =>
      newSession(`
using Statistics
const u, v = [2.7 - 3.3im, 0.9 + 5.4im, -1.7 - 5.8im], [-1.7 - 1.6im, 0.8 - 10.0im, 2.7 - 5.5im]
"The covariance by its definition, in which the second factor is conjugated."
by_definition(x, y) = sum((x .- sum(x) / 3) .* conj.(y .- sum(y) / 3)) / 2
struct Grade; mark; end
Statistics.middle(a::Grade, b::Grade) = Grade(middle(a.mark, b.mark))
Base.isless(a::Grade, b::Grade) = isless(a.mark, b.mark)
`),
    `
    cov(u, v) ≈ by_definition(u, v), cov(v, u) ≈ conj(cov(u, v)), cov([u v]) ≈ [cov(u, u) cov(u, v); cov(v, u) cov(v, v)] => (true, true, true)
    cor(u, v) ≈ cov(u, v) / (std(u) * std(v)), cor([u v])[1, 2] ≈ cor(u, v), cov(u, reshape(v, :, 1)) ≈ [cov(u, v);;], cor([u v], v) ≈ [cor(u, v); 1;;] => (true, true, true, true)
    cov([1.0, 2, 4], [1.0 2; 3 5; 0 1]) ≈ [cov([1, 2, 4], [1, 3, 0]) cov([1, 2, 4], [2, 5, 1])], cov([[1.0, 2.0], [3.0, 5.0]]) => (true, [2.0 3.0; 3.0 4.5])
    cor([0], Int8[81]), cor(1:17, 18:34), cor(Any[1, 2], Any[1, 2]), cor([im]) => (NaN, 1.0, 1.0, 1.0 + 0.0im)
    cor(Int[], Int[]) => !ArgumentError: correlation only defined for non-empty vectors
    cov([1, 2], [1, 2, 3]) => !DimensionMismatch: lengths mismatch
    Statistics.covm([1.0, 2.0], 0), Statistics.corm([3.0 4.0; 4.0 3.0], 0)[1, 2], cov((x for x in 1:3)) => (5.0, 0.96, 1.0)
    (mean(fill(typemax(Int), 4)), mean(v for v in Int8[127, 127]), mean([true, false]), mean(Number[1, 1.5, 2 + 3im])) => (9.223372036854776e18, 127.0, 0.5, 1.5 + 1.0im)
    (mean(Int[]), mean(Float32[]), mean(ComplexF64[]), mean(abs, ComplexF64[]), mean(skipmissing(Union{Missing,Int}[]))) => (NaN, NaN32, NaN + NaN*im, NaN, NaN)
    mean([]) => !MethodError: no method matching zero(::Type{Any})
    mean(x for x in 2:1) => !ArgumentError: reducing over an empty collection
    mean(-, [1 2; 3 4]; dims=()), mean([1 2; 3 4]; dims=(1, 1)), sum([true false]; dims=()), maximum([1, 2]; dims=()) => ([-1.0 -2.0; -3.0 -4.0], [2.0 3.0], [1 0], [1, 2])
    sum(abs, ComplexF64[]), maximum(abs2, Float64[]), mean([missing 1.0; 2.0 3.0]; dims=1) => (0.0, 0.0, Union{Missing, Float64}[missing 2.0])
    var((1, 2, 3)), std(x for x in (1.0, 3.0)), var([1 + im, 2 - im]), isnan(var(Int[])), var(skipmissing([1, missing, 2])), varm((1, 2, 3), 2) => (1.0, 1.4142135623730951, 2.5, true, 0.5, 1.0)
    var([]) => !MethodError: no method matching zero(::Type{Any})
    var((1, 2); mean="a") => !ArgumentError: invalid value of mean, a::String
    quantile([Inf, Inf], 0.5), quantile([-Inf, 1], 0.5), quantile([-1.0e308, 1.0e308], 0.5), quantile(1:5, [0.25 0.5; 0.75 1.0]) => (Inf, -Inf, 0.0, [2.0 3.0; 4.0 5.0])
    (q = zeros(2); (quantile!(q, [3, 1, 2], [0.0, 0.75]) === q, q)) => (true, [1.0, 2.5])
    quantile([1, 2], 0.5; alpha=2) => !ArgumentError: alpha parameter out of [0,1] range
    quantile([1, missing], 0.5) => !ArgumentError: quantiles are undefined in presence of NaNs or missing values
    quantile!(zeros(3), [1, 2], [0.1, 0.2]) => !DimensionMismatch: size of p, (2,), must equal size of q, (3,)
    median([Grade(1), Grade(2)]), median!([4 1; 3 2]), median(Float16[1, 2, NaN]), median((3, 1, 2)), median(reshape(1:8, 2, 2, 2); dims=(1, 2)) => (Grade(1.5), 2.5, NaN16, 2.0, [2.5;;; 6.5])
    middle(Float32(2)), middle(0:10), middle(3, 4im), middle(true) => (2.0f0, 5.0, 1.5 + 2.0im, 1.0)
    `,
  )
})
