# Optimisers: the rules that turn gradients into steps, with the package's names of fields and defaults. Numbers of a rule are taken in the precision of the array.
module Optimisers
using LinearAlgebra
export Descent, Momentum, Nesterov, RMSProp, Rprop, AdaGrad, AdaDelta, Adam, RAdam, AdaMax, OAdam, AMSGrad, NAdam, AdamW, AdaBelief, Lion, WeightDecay, SignDecay, ClipGrad,
    ClipNorm, OptimiserChain, AccumGrad

as_in(x, c) = c
as_in(x, c::AbstractFloat) = convert(real(float(eltype(x))), c)
as_in(x, c::Tuple) = map(y -> as_in(x, y), c)

struct Descent{T} <: AbstractRule
    eta::T
end
Descent(; eta=0.1) = Descent(eta)
init(o::Descent, x) = nothing
apply!(o::Descent, state, x, dx) = (state, as_in(x, o.eta) .* dx)

struct Momentum{T,R} <: AbstractRule
    eta::T
    rho::R
end
Momentum(eta=0.01; rho=0.9) = Momentum(eta, rho)
init(o::Momentum, x) = zero(x)
apply!(o::Momentum, v, x, dx) = (w = as_in(x, o.rho) .* v .+ as_in(x, o.eta) .* dx; (w, w))

struct Nesterov{T,R} <: AbstractRule
    eta::T
    rho::R
end
Nesterov(eta=0.001; rho=0.9) = Nesterov(eta, rho)
init(o::Nesterov, x) = zero(x)
function apply!(o::Nesterov, v, x, dx)
    (η, ρ) = as_in(x, (o.eta, o.rho))
    (ρ .* v .- η .* dx, (1 + ρ) * η .* dx .- ρ^2 .* v)
end

# Steps divided by the root of a running mean of squares -------------------------------------------------------------------------------

"With `centred`, the running mean is subtracted."
struct RMSProp{T,R,E} <: AbstractRule
    eta::T
    rho::R
    epsilon::E
    centred::Bool
end
RMSProp(eta=0.001, rho=0.9, epsilon=1.0e-8; centred::Bool=false) = RMSProp(eta, rho, epsilon, centred)
init(o::RMSProp, x) = (zero(x), o.centred ? zero(x) : false)
function apply!(o::RMSProp, (square, mean), x, dx)
    (η, ρ, ϵ) = as_in(x, (o.eta, o.rho, o.epsilon))
    square = ρ .* square .+ (1 - ρ) .* abs2.(dx)
    mean = o.centred ? ρ .* mean .+ (1 - ρ) .* dx : mean
    ((square, mean), dx .* η ./ (sqrt.(square .- abs2.(mean)) .+ ϵ))
end

struct AdaGrad{T,E} <: AbstractRule
    eta::T
    epsilon::E
end
AdaGrad(eta=0.1; epsilon=1.0e-8) = AdaGrad(eta, epsilon)
init(o::AdaGrad, x) = fill!(similar(x), o.epsilon)
function apply!(o::AdaGrad, s, x, dx)
    t = s .+ abs2.(dx)
    (t, dx .* as_in(x, o.eta) ./ (sqrt.(t) .+ as_in(x, o.epsilon)))
end

struct AdaDelta{R,E} <: AbstractRule
    rho::R
    epsilon::E
end
AdaDelta(rho=0.9; epsilon=1.0e-8) = AdaDelta(rho, epsilon)
init(o::AdaDelta, x) = (zero(x), zero(x))
function apply!(o::AdaDelta, (square, moved), x, dx)
    (ρ, ϵ) = as_in(x, (o.rho, o.epsilon))
    square = ρ .* square .+ (1 - ρ) .* abs2.(dx)
    step = dx .* sqrt.(moved .+ ϵ) ./ sqrt.(square .+ ϵ)
    ((square, ρ .* moved .+ (1 - ρ) .* abs2.(step)), step)
end

"Steps by the signs alone, longer while a sign stays and shorter when it changes."
struct Rprop{T,L,G} <: AbstractRule
    eta::T
    ell::L
    gamma::G
end
Rprop(eta=0.001, ell=(0.5, 1.2); gamma=(1.0e-6, 50.0)) = Rprop(eta, ell, gamma)
init(o::Rprop, x) = (zero(x), fill!(similar(x), o.eta))
function apply!(o::Rprop, (before, lengths), x, dx)
    (ℓ, Γ) = as_in(x, (o.ell, o.gamma))
    lengths = map((g, d, l) -> g * d > 0 ? min(l * ℓ[2], Γ[2]) : g * d < 0 ? max(l * ℓ[1], Γ[1]) : l, before, dx, lengths)
    kept = map((g, d) -> g * d < 0 ? zero(d) : d, before, dx)
    ((kept, lengths), lengths .* sign.(kept))
end

# Adam and its kin: running means of the gradient and of its square ----------------------------------------------------------------------

struct Adam{T,B<:Tuple,E} <: AbstractRule
    eta::T
    beta::B
    epsilon::E
end
Adam(eta=0.001, beta=(0.9, 0.999); epsilon=1.0e-8) = Adam(eta, beta, epsilon)
init(o::Adam, x) = (zero(x), zero(x), o.beta)
running(β, m, dx) = β .* m .+ (1 - β) .* dx
function apply!(o::Adam, (m, v, βt), x, dx)
    (η, β, ϵ, t) = as_in(x, (o.eta, o.beta, o.epsilon, βt))
    m, v = running(β[1], m, dx), running(β[2], v, abs2.(dx))
    ((m, v, βt .* o.beta), m ./ (1 - t[1]) ./ (sqrt.(v ./ (1 - t[2])) .+ ϵ) .* η)
end

"Adam with a rectified rate while few squares were seen."
struct RAdam{T,B<:Tuple,E} <: AbstractRule
    eta::T
    beta::B
    epsilon::E
end
RAdam(eta=0.001, beta=(0.9, 0.999); epsilon=1.0e-8) = RAdam(eta, beta, epsilon)
init(o::RAdam, x) = (zero(x), zero(x), o.beta, 1)
function apply!(o::RAdam, (m, v, βt, k), x, dx)
    (η, β, ϵ, t) = as_in(x, (o.eta, o.beta, o.epsilon, βt))
    ρ∞ = 2 / (1 - β[2]) - 1
    m, v = running(β[1], m, dx), running(β[2], v, abs2.(dx))
    ρ = ρ∞ - 2k * t[2] / (1 - t[2])
    next = (m, v, βt .* o.beta, k + 1)
    ρ > 4 || return (next, m .* η ./ (1 - t[1]))
    r = sqrt((ρ - 4) * (ρ - 2) * ρ∞ / ((ρ∞ - 4) * (ρ∞ - 2) * ρ))
    (next, m .* (η * r) ./ (1 - t[1]) ./ (sqrt.(v ./ (1 - t[2])) .+ ϵ))
end

struct AdaMax{T,B<:Tuple,E} <: AbstractRule
    eta::T
    beta::B
    epsilon::E
end
AdaMax(eta=0.001, beta=(0.9, 0.999); epsilon=1.0e-8) = AdaMax(eta, beta, epsilon)
init(o::AdaMax, x) = (zero(x), zero(x), o.beta)
function apply!(o::AdaMax, (m, u, βt), x, dx)
    (η, β, ϵ, t) = as_in(x, (o.eta, o.beta, o.epsilon, βt))
    m, u = running(β[1], m, dx), max.(β[2] .* u, abs.(dx))
    ((m, u, βt .* o.beta), η / (1 - t[1]) .* m ./ (u .+ ϵ))
end

"Adam that looks a step ahead (optimistic)."
struct OAdam{T,B<:Tuple,E} <: AbstractRule
    eta::T
    beta::B
    epsilon::E
end
OAdam(eta=0.001, beta=(0.5, 0.9); epsilon=1.0e-8) = OAdam(eta, beta, epsilon)
init(o::OAdam, x) = (zero(x), zero(x), o.beta, zero(x))
function apply!(o::OAdam, (m, v, βt, before), x, dx)
    (η, β, ϵ, t) = as_in(x, (o.eta, o.beta, o.epsilon, βt))
    m, v = running(β[1], m, dx), running(β[2], v, abs2.(dx))
    term = η .* m ./ (1 - t[1]) ./ (sqrt.(v ./ (1 - t[2])) .+ ϵ)
    ((m, v, βt .* o.beta, term), 2 .* term .- before)
end

struct AMSGrad{T,B<:Tuple,E} <: AbstractRule
    eta::T
    beta::B
    epsilon::E
end
AMSGrad(eta=0.001, beta=(0.9, 0.999); epsilon=1.0e-8) = AMSGrad(eta, beta, epsilon)
init(o::AMSGrad, x) = (fill!(similar(x), o.epsilon), fill!(similar(x), o.epsilon), fill!(similar(x), o.epsilon))
function apply!(o::AMSGrad, (m, v, most), x, dx)
    (η, β, ϵ) = as_in(x, (o.eta, o.beta, o.epsilon))
    m, v = running(β[1], m, dx), running(β[2], v, abs2.(dx))
    most = max.(most, v)
    ((m, v, most), η .* m ./ (sqrt.(most) .+ ϵ))
end

"Adam with Nesterov's momentum."
struct NAdam{T,B<:Tuple,E} <: AbstractRule
    eta::T
    beta::B
    epsilon::E
end
NAdam(eta=0.001, beta=(0.9, 0.999); epsilon=1.0e-8) = NAdam(eta, beta, epsilon)
init(o::NAdam, x) = (zero(x), zero(x), o.beta)
function apply!(o::NAdam, (m, v, βt), x, dx)
    (η, β, ϵ, t) = as_in(x, (o.eta, o.beta, o.epsilon, βt))
    m, v = running(β[1], m, dx), running(β[2], v, abs2.(dx))
    step = (β[1] .* m ./ (1 - β[1] * t[1]) .+ (1 - β[1]) .* dx ./ (1 - t[1])) ./ (sqrt.(v .* β[2] ./ (1 - t[2])) .+ ϵ) .* η
    ((m, v, βt .* o.beta), step)
end

"Adam, and a decay of the weights themselves, scaled by the rate if it is coupled."
struct AdamW{T,B<:Tuple,L,E} <: AbstractRule
    eta::T
    beta::B
    lambda::L
    epsilon::E
    couple::Bool
end
AdamW(eta=0.001, beta=(0.9, 0.999), lambda=0.0, epsilon=1.0e-8; couple::Bool=true) = AdamW(eta, beta, lambda, epsilon, couple)
init(o::AdamW, x) = init(Adam(o.eta, o.beta, o.epsilon), x)
function apply!(o::AdamW, state, x, dx)
    next, step = apply!(Adam(o.eta, o.beta, o.epsilon), state, x, dx)
    (η, λ) = as_in(x, (o.eta, o.lambda))
    (next, step .+ (o.couple ? η * λ : λ) .* x)
end

"Adam by the distance of the gradient from its mean."
struct AdaBelief{T,B<:Tuple,E} <: AbstractRule
    eta::T
    beta::B
    epsilon::E
end
AdaBelief(eta=0.001, beta=(0.9, 0.999); epsilon=1.0e-16) = AdaBelief(eta, beta, epsilon)
init(o::AdaBelief, x) = (zero(x), zero(x), o.beta)
function apply!(o::AdaBelief, (m, s, βt), x, dx)
    (η, β, ϵ, t) = as_in(x, (o.eta, o.beta, o.epsilon, βt))
    m = running(β[1], m, dx)
    s = running(β[2], s, abs2.(dx .- m)) .+ ϵ
    ((m, s, βt .* o.beta), η .* m ./ (1 - t[1]) ./ (sqrt.(s ./ (1 - t[2])) .+ ϵ))
end

"The sign of one running mean; another is kept."
struct Lion{T,B<:Tuple} <: AbstractRule
    eta::T
    beta::B
end
Lion(eta=0.001) = Lion(eta, (0.9, 0.999))
init(o::Lion, x) = zero(x)
function apply!(o::Lion, m, x, dx)
    (η, β) = as_in(x, (o.eta, o.beta))
    (running(β[2], m, dx), η .* sign.(running(β[1], m, dx)))
end

# Rules that change the gradient for others ----------------------------------------------------------------------------------------------

struct WeightDecay{T} <: AbstractRule
    lambda::T
end
WeightDecay(; lambda=5.0e-4) = WeightDecay(lambda)
init(o::WeightDecay, x) = nothing
apply!(o::WeightDecay, state, x, dx) = (state, dx .+ as_in(x, o.lambda) .* x)

struct SignDecay{T} <: AbstractRule
    lambda::T
end
SignDecay(; lambda=1.0e-3) = SignDecay(lambda)
init(o::SignDecay, x) = nothing
apply!(o::SignDecay, state, x, dx) = (state, dx .+ as_in(x, o.lambda) .* sign.(x))

struct ClipGrad{T} <: AbstractRule
    delta::T
end
ClipGrad(; delta=10.0) = ClipGrad(delta)
init(o::ClipGrad, x) = nothing
apply!(o::ClipGrad, state, x, dx) = (δ = as_in(x, o.delta); (state, clamp.(dx, -δ, δ)))

"A longer gradient is shortened to `omega` in the p-norm; one that is not finite is an error, unless `throw` is false."
struct ClipNorm{T,P} <: AbstractRule
    omega::T
    p::P
    throw::Bool
end
ClipNorm(omega=10.0, p=2.0; throw::Bool=true) = ClipNorm(omega, p, throw)
init(o::ClipNorm, x) = nothing
function apply!(o::ClipNorm, state, x, dx)
    n = norm(dx, o.p)
    o.throw && !isfinite(n) && throw(DomainError(n, "gradient has $(o.p)-norm $n, for array $(summary(x))"))
    (state, dx .* min(as_in(x, o.omega) / n, 1))
end

"The mean of n gradients makes one step."
struct AccumGrad <: AbstractRule
    n::Int64
    AccumGrad(n::Integer=2) = n > 0 ? new(n) : throw(ArgumentError("AccumGrad requires n > 0"))
end
init(o::AccumGrad, x) = (zero(x), 1)
function apply!(o::AccumGrad, (sum, k), x, dx)
    sum = k == 1 ? dx ./ o.n : sum .+ dx ./ o.n
    k == o.n ? ((sum, 1), sum) : ((sum, k + 1), nothing)
end

"Rules one after the other: each is given the step of the one before."
struct OptimiserChain{O<:Tuple} <: AbstractRule
    opts::O
end
OptimiserChain(opts::AbstractRule...) = OptimiserChain(opts)
Base.show(io::IO, o::OptimiserChain) = (print(io, "OptimiserChain("); join(io, map(rule -> repr(rule; context=io), o.opts), ", "); print(io, ")"))
init(o::OptimiserChain, x) = map(rule -> init(rule, x), o.opts)
apply!(o::OptimiserChain, states, x, dx) = chained(o.opts, states, x, dx)
chained(::Tuple{}, ::Tuple{}, x, dx) = ((), dx)
function chained(rules::Tuple, states::Tuple, x, dx)
    state, step = applied(rules[1], states[1], x, dx)
    rest, last = chained(Base.tail(rules), Base.tail(states), x, step)
    ((state, rest...), last)
end
applied(rule, state, x, dx) = apply!(rule, state, x, dx)
applied(rule, state, x, ::Nothing) = (state, nothing)
adjust(o::OptimiserChain, eta::Real) = OptimiserChain(map(rule -> adjust(rule, eta), o.opts))
adjust(o::OptimiserChain; options...) = OptimiserChain(map(rule -> any(name -> hasfield(typeof(rule), name), keys(options)) ? adjust(rule; options...) : rule, o.opts))
end
