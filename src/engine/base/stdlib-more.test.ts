/** Dates, formats of Printf, samplers of Random, and what Test has besides its macros. */
import { describe } from 'vitest'
import { newSession, shows } from './check.ts'

describe('dates', () => {
  shows(
    () => newSession('using Dates\nconst day_, moment = Date(2024, 2, 29), DateTime(2024, 2, 29, 13, 45, 30)'),
    `
    (day_ + Day(1), day_ + Year(1), Date(2024, 1, 31) + Month(1), Date(2024, 3, 1) - Date(2024, 1, 1)) => (Date("2024-03-01"), Date("2025-02-28"), Date("2024-02-29"), Day(60))
    (dayname(day_), monthname(day_), dayofyear(day_), week(Date(2024, 1, 1)), isleapyear(1900), lastdayofmonth(Date(2023, 2, 1))) => ("Thursday", "February", 60, 1, false, Date("2023-02-28"))
    Dates.days(Week(2)), Dates.days(Hour(50)), Dates.adjust(d -> dayofweek(d) == 1, Date(2020, 1, 5)) => (14, 2, Date("2020-01-06"))
    ceil(moment, Minute(15)), round(moment, Hour), floor(moment, Week), floor(day_, Month(3)), round(day_, Year), floor(day_, Day(7)) => (DateTime("2024-02-29T14:00:00"), DateTime("2024-02-29T14:00:00"), DateTime("2024-02-26T00:00:00"), Date("2024-01-01"), Date("2024-01-01"), Date("2024-02-24"))
    quarterofyear(day_), dayofquarter(day_), daysofweekinmonth(day_), firstdayofquarter(day_), Dates.datetime2julian(DateTime(2000, 1, 1, 12)), moment isa AbstractDateTime => (1, 60, 5, Date("2024-01-01"), 2.451545e6, true)
    (string(moment), Dates.format(moment, "E, d u yyyy HH:MM"), moment + Hour(12), hour(moment)) => ("2024-02-29T13:45:30", "Thursday, 29 Feb 2024 13:45", DateTime("2024-03-01T01:45:30"), 13)
    (Date("29/02/2024", "dd/mm/yyyy") == day_, DateTime("2024-02-29 13:45", dateformat"yyyy-mm-dd HH:MM"), parse(Date, "2024-02-29") == day_) => (true, DateTime("2024-02-29T13:45:00"), true)
    (Week(1) == Day(7), Hour(2) > Minute(90), string(canonicalize(Minute(90))), length(Date(2024):Month(1):Date(2024, 12, 31))) => (true, true, "1 hour, 30 minutes", 12)
    DateTime(2024, 1, 1, 0, 0, 0, 500), string(DateTime(2024, 1, 1, 0, 0, 0, 20)) => (DateTime("2024-01-01T00:00:00.500"), "2024-01-01T00:00:00.020")
    Time(1, 2, 3, 500), Time(1, 2, 3, 4, 5, 60), (t = Time(1, 2, 3, 4, 5, 6); (millisecond(t), microsecond(t), Nanosecond(t))) => (Time("01:02:03.5"), Time("01:02:03.00400506"), (4, 5, Nanosecond(6)))
    Time(1, 60) => !ArgumentError: Minute: 60 out of range (0:59)
    Date(2023, 2, 29) => !ArgumentError: Day: 29 out of range (1:28)
    `,
  )
})

describe('formats, samplers, tests of messages', () => {
  shows(
    () =>
      newSession(`
using Printf, Random, Test, SparseArrays
struct Die; n::Int; end
Random.rand(rng::AbstractRNG, d::Random.SamplerTrivial{Die}) = rand(rng, 1:d[].n)
`),
    `
    (@sprintf("%.20f", 0.1), @sprintf("%.17g", 0.1), @sprintf("%.1f %.0f", 0.25, 2.5), @sprintf("%.2f", 9.999)) => ("0.10000000000000000555", "0.10000000000000001", "0.2 2", "10.00")
    @sprintf("%#g %#.3g %#g", 1.0, 1e10, 0.5), length(rand(Tuple{Int,Bool})) => ("1.00000 1.00e+10 0.500000", 2)
    (@sprintf("%*d|%-*d|%.*f", 5, 3, 3, 4, 2, 1.0), @sprintf("%#x %.5d %a", 255, 42, 1.5), @sprintf("%05.1f", Inf), @sprintf("%d", true)) => ("    3|4  |1.00", "0xff 00042 0x1.8p+0", "  Inf", "1")
    (Printf.format(Printf.Format("%d-%s"), 1, "a"), @sprintf("%.3f", 1e20)) => ("1-a", "100000000000000000000.000")
    Printf.Format("%z") => !ArgumentError: invalid format string
    (r = Xoshiro(1); s = copy(r); (r == s, (rand(r); r == s), (rand(s); r == s), Xoshiro(1) == Xoshiro(2), MersenneTwister(3) == MersenneTwister(3))) => (true, false, true, false, true)
    (1 <= rand(Die(6)) <= 6, length(rand(Xoshiro(1), Die(6), 3)), sort(randperm!(zeros(Int, 3))), length(randstring('a':'c', 5))) => (true, 3, [1, 2, 3], 5)
    (d = Dict{Tuple{Int,Int},Int}(); d[1, 2] = 3; d[1, 2]) => 3
    (GenericString("abc") == "abc", GenericArray([1, 2])[2], GenericOrder(1) < GenericOrder(2), rowvals(sparsevec([0, 3]))) => (true, 2, true, [2])
    `,
  )
})

describe('what closures assign, and asserted structs', () => {
  shows(
    () =>
      newSession(`
using Enzyme, ForwardDiff, Parameters
@with_kw struct G; β::Float64 = 0.9; @assert 0 < β < 1; end
@with_kw struct H{T<:Real}; a::T = 1.0; b::T = 2.0; @assert a < b "a must be below b"; end
total(xs, us) = sum(u[1]^2 for (x, u) in zip(xs, us))
kept() = (us = [[0.3]]; v -> (us = [v[i:i] for i in eachindex(v)]; total([1.0, 2.0], us)))
lost() = (us = [[0.3 * i] for i in 1:3]; v -> (us = [v[i:i] for i in eachindex(v)]; xs = [[1.0], [2.0]]; push!(xs, [v[1]]); total(xs, us)))
`),
    `
    ForwardDiff.gradient(kept(), [1.0, 2.0]) => [2.0, 4.0]
    Enzyme.gradient(Reverse, lost(), [1.0, 2.0]) => !Constant memory is stored into
    ForwardDiff.derivative(x -> x * round(x) + round(x; digits=1), 2.3) => 2.0
    (G(β=0.5).β, H(a=1, b=2) isa H{Int}, G(G(); β=0.4).β) => (0.5, true, 0.4)
    G(β=1.5) => !AssertionError: 0 < β < 1
    H(a=3.0) => !AssertionError: a must be below b
    `,
  )
})

describe('special functions', () => {
  shows(
    () =>
      newSession(
        'using SpecialFunctions, ForwardDiff, Enzyme, Zygote\nnear(x, y) = isapprox(x, y; rtol=1e-12)\nslope(f, x) = isapprox(ForwardDiff.derivative(f, x), (f(x + 1e-5) - f(x - 1e-5)) / 2e-5; rtol=1e-7)',
      ),
    `
    (erf(0.5f0), gamma(Float16(4)), besselj(1, 2f0), gamma_inc(1f0, 2f0), logabsgamma(-0.5f0), beta(2f0, 3f0), zeta(2f0)) => (0.5204999f0, Float16(6.0), 0.5767248f0, (0.86466473f0, 0.13533528f0), (1.2655121f0, -1), 0.083333336f0, 1.644934f0)
    (gamma(0.0), gamma(-0.0), near(gamma(0, 1.0), expint(1.0)), near(gamma(-1, 1.0), 0.148495506775922)) => (Inf, -Inf, true, true)
    near.((zeta(2.0), zeta(3), zeta(2.0, 1.5), zeta(-1.5), eta(1.0)), (pi^2 / 6, 1.2020569031595942, pi^2 / 2 - 4, -0.02548520188983304, log(2))) => (true, true, true, true, true)
    near.((airyai(1.0), airybi(1.0), airyaiprime(1.0), airybiprime(1.0), airyai(-2.0)), (0.13529241631288141, 1.2074235949528713, -0.1591474412967932, 0.9324359333927756, 0.22740742820168557)) => (true, true, true, true, true)
    near.((airyai(5.0), airyai(-5.0), airybi(4.0)), (0.00010834442813607442, 0.35076100902413431, 83.84707140846815)) => (true, true, true)
    near.((ellipk(0.5), ellipe(0.5), expinti(1.0), cosint(1.0), cosint(10.0), erfi(0.5)), (1.8540746773013719, 1.3506438810476755, 1.8951178163559368, 0.33740392290096813, -0.0454564330044554, 0.6149520946965110)) => (true, true, true, true, true, true)
    near.((beta_inc(2.0, 3.0, 0.4)[1], beta_inc_inv(2.0, 3.0, 0.5248)[1], gamma(2.0, 1.0), gamma_inc_inv(2.0, 1 - 2exp(-1), 2exp(-1)), invdigamma(digamma(2.5))), (0.5248, 0.4, 2exp(-1), 1.0, 2.5)) => (true, true, true, true, true)
    near.((erfcinv(1e-12), erfcinv(2 - 1e-9), erfinv(1 - 1e-9), erfc(24.1), erf(5.0, 5.5), dawson(11.7)), (5.0420297456390594, -4.3200053755753149, 4.320005388105362, 1.3380024800495292e-254, 1.5301019465100605e-12, 0.042892877854069962)) => (true, true, true, true, true, true)
    near.((gamma_inc_inv(2.0, 1e-300, 1.0), gamma_inc_inv(2.0, 1.0, 1e-20), besseli(60, 28.0), besselix(0, 900.0), gamma_inc(1.0e5, 1.0e5)[1]), (1.4142135623730951e-150, 49.983197987090745, 1.618214853715869e-12, 0.013299924124068152, 0.50042052211036518)) => (true, true, true, true, true)
    (beta_inc_inv(2.0, 3.0, 1.0), erf(-Inf), erfc(Inf), loggamma(Inf), besselk(0, 0.0), zeta(Inf), sinint(Inf)) => ((1.0, 0.0), -1.0, 0.0, Inf, Inf, 1.0, 1.5707963267948966)
    ForwardDiff.derivative(expm1, -40.0) == exp(-40.0), autodiff(Reverse, expm1, Active, Active(-40.0))[1][1] == exp(-40.0) => (true, true)
    near.((sinint(19.2), sinint(-50.0), logbeta(3e5, 2.5), loggamma(0.99), loggamma(2.01)), (1.5212190862820996, -1.5516170724859359, -31.244167763609037, 0.0058548067647097815, 0.0042600229070983458)) => (true, true, true, true, true)
    near.((expint(30, 0.1), expint(200, 0.1)), (0.031090268231976728, 0.0045446264386764051)) => (true, true)
    near.((expint(2, 0.3), expint(1.5, 0.3), expint(0, 2.0), expint(-1.5, 0.4), expint(3, 5.0), expint(2, 0)), (0.46911522517896386, 0.63008198124703714, 0.067667641618306346, 12.834992132544068, 0.00087780089277063827, 1.0)) => (true, true, true, true, true, true)
    isapprox(gamma(1.0 + 2im), 0.15190400267003614 + 0.019804880161855im; rtol=1e-12) => true
    slope.((erfinv, erfcinv, besselj1, x -> besseli(1, x)), (0.0, 1.0, 0.0, 0.0)), map(f -> Zygote.gradient(f, 0.0)[1], (besselj1, x -> besseli(1, x))) => ((true, true, true, true), (0.5, 0.5))
    slope.((zeta, airyai, airybi, ellipk, ellipe, expinti, cosint, x -> beta_inc(2.0, 3.0, x)[1]), (2.5, 0.8, 0.8, 0.3, 0.3, 1.1, 1.2, 0.4)) => (true, true, true, true, true, true, true, true)
    slope.((erfinv, erfcinv, sinint, sinint, x -> expint(2, x), x -> expint(1.5, x), x -> logbeta(x, 12.0), loggamma), (0.9, 1.9, 2.5, 9.0, 0.3, 2.0, 3.0, 1.9)) => (true, true, true, true, true, true, true, true)
    isapprox(ForwardDiff.derivative(p -> gamma_inc_inv(2.0, p, 1 - p), 0.3), 1 / (ForwardDiff.derivative(x -> gamma_inc(2.0, x)[1], gamma_inc_inv(2.0, 0.3, 0.7))); rtol=1e-8) => true
    `,
  )
})
