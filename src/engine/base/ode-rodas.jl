# OrdinaryDiffEq: Rosenbrock methods of higher order by their coefficients, and TR-BDF2.
module OrdinaryDiffEq
abstract type Rodas <: Implicit end
struct Rodas4 <: Rodas
    Rodas4(; kw...) = new()
end
struct Rodas5P <: Rodas
    Rodas5P(; kw...) = new()
end
struct TRBDF2 <: Implicit
    TRBDF2(; kw...) = new()
end
order(::Rodas4) = 4
order(::Rodas5P) = 5
order(::TRBDF2) = 2

# Where the stages are, what they take of the others, their times, and their weights of the derivative in time; the last ones are at the end of the step.
diagonal(::Rodas4) = 0.25
stage_rows(::Rodas4) = ((), (1.544,), (0.9466785280815826, 0.2557011698983284), (3.314825187068521, 2.896124015972201, 0.9986419139977817),
    (1.221224509226641, 6.019134481288629, 12.53708332932087, -0.687886036105895), (1.221224509226641, 6.019134481288629, 12.53708332932087, -0.687886036105895, 1.0),
    (1.221224509226641, 6.019134481288629, 12.53708332932087, -0.687886036105895, 1.0, 1.0))
shares(::Rodas4) = ((), (-5.6688,), (-2.430093356833875, -0.2063599157091915), (-0.1073529058151375, -9.594562251023355, -20.47028614809616),
    (7.496443313967647, -10.24680431464352, -33.99990352819905, 11.7089089320616), (8.083246795921522, -7.981132988064893, -31.52159432874371, 16.31930543123136, -6.058818238834054))
times(::Rodas4) = (0.0, 0.386, 0.21, 0.63, 1.0, 1.0)
in_time(::Rodas4) = (0.25, -0.1043, 0.1035, -0.0362, 0.0, 0.0)
dense_rows(::Rodas4) = ((10.12623508344586, -7.487995877610167, -34.80091861555747, -7.992771707568823, 1.025137723295662, 0.0), (-0.6762803392801253, 6.087714651680015, 16.43084320892478, 24.76722511418386, -6.594389125716872, 0.0))
diagonal(::Rodas5P) = 0.21193756319429014
const RODAS5P_LAST = (-7.502846399306121, 2.561846144803919, -11.627539656261098, -0.18268767659942256, 0.030198172008377946)
stage_rows(::Rodas5P) = ((), (3.0,), (2.849394379747939, 0.45842242204463923), (-6.954028509809101, 2.489845061869568, -10.358996098473584),
    (2.8029986275628964, 0.5072464736228206, -0.3988312541770524, -0.04721187230404641), RODAS5P_LAST, (RODAS5P_LAST..., 1.0), (RODAS5P_LAST..., 1.0, 1.0), (RODAS5P_LAST..., 1.0, 1.0, 1.0))
shares(::Rodas5P) = ((), (-14.155112264123755,), (-17.97296035885952, -2.859693295451294), (147.12150275711716, -1.41221402718213, 71.68940251302358),
    (165.43517024871676, -0.4592823456491126, 42.90938336958603, -5.961986721573306), (24.854864614690072, -3.0009227002832186, 47.4931110020768, 5.5814197821558125, -0.6610691825249471),
    (30.91273214028599, -3.1208243349937974, 77.79954646070892, 34.28646028294783, -19.097331116725623, -28.087943162872662),
    (37.80277123390563, -3.2571969029072276, 112.26918849496327, 66.9347231244047, -40.06618937091002, -54.66780262877968, -9.48861652309627))
times(::Rodas5P) = (0.0, 0.6358126895828704, 0.4095798393397535, 0.9769306725060716, 0.4288403609558664, 1.0, 1.0, 1.0)
in_time(::Rodas5P) = (0.21193756319429014, -0.42387512638858027, -0.3384627126235924, 1.8046452872882734, 2.325825639765069, 0.0, 0.0, 0.0)
dense_rows(::Rodas5P) = ((25.948786856663858, -2.5579724845846235, 10.433815404888879, -2.3679251022685204, 0.524948541321073, 1.1241088310450404, 0.4272876194431874, -0.17202221070155493),
    (-9.91568850695171, -0.9689944594115154, 3.0438037242978453, -24.495224566215796, 20.176138334709044, 15.98066361424651, -6.789040303419874, -6.710236069923372),
    (11.419903575922262, 2.8879645146136994, 72.92137995996029, 80.12511834622643, -52.072871366152654, -59.78993625266729, -0.15582684282751913, 4.883087185713722))

slopes(alg::Rodas, k) = map(_ -> k, dense_rows(alg))
function step_of(alg::Rodas, q, u, p, t, dt, f0)
    γ = oftype(dt, diagonal(alg) * dt)
    W = shifted(jacobian(q, u, p, t), γ)
    T = change_in_time(q, u, p, t)
    k1 = γ .* solved(W, f0 .+ oftype(dt, in_time(alg)[1] * dt) .* T)
    ks = rodas_stages(q, u, p, t, dt, γ, W, T, (k1,), map(Base.tail, (Base.front(stage_rows(alg)), shares(alg), times(alg), in_time(alg)))...)
    v = moved(u, one(dt), stage_rows(alg)[end], ks)
    (v, map(h -> combined(one(dt), h, ks), dense_rows(alg)), (ks[end],), slope(q, v, p, t + dt))
end
rodas_stages(q, u, p, t, dt, γ, W, T, ks, ::Tuple{}, c, times, d) = ks
function rodas_stages(q, u, p, t, dt, γ, W, T, ks, a, c, times, d)
    f = slope(q, moved(u, one(dt), a[1], ks), p, t + oftype(dt, times[1] * dt))
    b = f .+ oftype(dt, d[1] * dt) .* T .+ combined(inv(dt), c[1], ks)
    rodas_stages(q, u, p, t, dt, γ, W, T, (ks..., γ .* solved(W, b)), Base.tail(a), Base.tail(c), Base.tail(times), Base.tail(d))
end
SciMLBase.between(::Rodas, q, u, v, ks, t, h, θ) = (1 - θ) .* u .+ θ .* (v .+ (1 - θ) .* nested(ks, θ))
nested(ks::Tuple{Any}, θ) = ks[1]
nested(ks, θ) = ks[1] .+ θ .* nested(Base.tail(ks), θ)
SciMLBase.dense_summary(::Rodas4) = "specialized 3rd order \"free\" stiffness-aware interpolation"
SciMLBase.dense_summary(::Rodas5P) = "specialized 4th order \"free\" stiffness-aware interpolation"

# The trapezoidal rule up to a point within the step, and a backward difference from there.
function step_of(::TRBDF2, q, u, p, t, dt, k)
    γ, ω = oftype(dt, 2 - sqrt(2)), oftype(dt, sqrt(2) / 4)
    d = γ / 2
    m = implicit_step(q, u .+ γ * dt .* k, u .+ d * dt .* k, d * dt, p, t + γ * dt)
    l = slope(q, m, p, t + γ * dt)
    v = implicit_step(q, m .+ (1 - γ) * dt .* l, u .+ ω * dt .* (k .+ l), d * dt, p, t + dt)
    f = slope(q, v, p, t + dt)
    (v, (k, f), (dt .* ((ω - (1 - ω) / 3) .* k .+ (ω - (3ω + 1) / 3) .* l .+ (d - d / 3) .* f),), f)
end
end
