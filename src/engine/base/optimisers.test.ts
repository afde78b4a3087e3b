/** Optimisers and Functors: single steps that were worked out by hand, models of several parts, flat parameters. */
import { describe } from 'vitest'
import { newSession, shows } from './check.ts'

const session = newSession(`
using Optimisers, Functors, Zygote, Enzyme, ForwardDiff
struct Dense{M,V,F}; W::M; b::V; σ::F; end
(d::Dense)(x) = d.σ.(d.W * x .+ d.b)
const x, g = [1.0, 2.0], [0.5, -1.0]
const m = (a=[1.0, 2.0], b=(c=[3.0], n=2))
stepped(rule, n) = (s = Optimisers.setup(rule, x); y = x; for _ in 1:n; s, y = Optimisers.update(s, y, g); end; y)
close_to(xs, ys) = all(isapprox.(xs, ys; atol=1e-6))
const d = Dense([0.1 0.2; 0.3 0.4], [0.5, 0.5], tanh)
loss(d) = sum(abs2, d([1.0, 2.0]))
function trained(n)
    θ = [5.0, -3.0]
    state = Optimisers.setup(Adam(0.5), θ)
    for _ in 1:n
        Optimisers.update!(state, θ, Zygote.gradient(t -> sum(abs2, t .- [1.0, 2.0]), θ)[1])
    end
    θ
end
struct Part; a; b; c; end
Functors.@functor Part (a, c)
Optimisers.trainable(p::Part) = (a = p.a,)
part(re, v) = (y = re(v); sum(abs2, y.a) + y.b.c[1])
`)

describe('rules', () => {
  shows(
    () => session,
    `
    close_to(stepped(Descent(0.1), 2), [0.9, 2.2]) && x == [1, 2] => true
    close_to(stepped(Momentum(0.1, 0.9), 2), x .- 0.1 .* g .* 2.9) => true
    close_to(stepped(Adam(0.1), 2), [0.8, 2.2]) && close_to(stepped(AdaGrad(0.1), 1), [0.9, 2.1]) => true
    close_to(stepped(Nesterov(0.1, 0.9), 1), x .- 0.19 .* g) => true
    close_to(stepped(RMSProp(0.1, 0.9), 1), x .- 0.1 .* sign.(g) ./ sqrt(0.1)) => true
    close_to(stepped(AdamW(0.1, (0.9, 0.999), 0.5), 1), [0.9, 2.1] .- 0.05 .* x) => true
    close_to(stepped(OptimiserChain(WeightDecay(0.1), ClipGrad(0.5), Descent(1.0)), 1), x .- [0.5, -0.5]) => true
    close_to(stepped(OptimiserChain(ClipNorm(0.5), Descent(1.0)), 1), x .- g ./ sqrt(5)) => true
    close_to(stepped(AdaMax(0.1), 1), x .- 0.1 .* sign.(g)) && close_to(stepped(OAdam(0.1), 1), x .- 0.2 .* sign.(g)) && close_to(stepped(AdaBelief(0.1), 1), x .- sign.(g) ./ 9) => true
    close_to(stepped(NAdam(0.1), 1), x .- 0.1 * (1 + 0.09 / 0.19) / sqrt(0.999) .* sign.(g)) && isapprox(stepped(AMSGrad(0.1), 1), x .- 0.1 * 0.1 / sqrt(0.001) .* sign.(g); rtol=1e-4) => true
    close_to(stepped(Lion(0.1), 2), x .- 0.2 .* sign.(g)) && close_to(stepped(Rprop(0.1), 2), x .- 0.22 .* sign.(g)) && close_to(stepped(RAdam(0.1), 1), x .- 0.1 .* g) => true
    close_to(stepped(RMSProp(0.1; centred=true), 1), x .- sign.(g) ./ 3) && close_to(stepped(OptimiserChain(SignDecay(0.5), Descent(1.0)), 1), x .- g .- 0.5) => true
    isapprox(stepped(AdaDelta(0.9), 1), x .- 1e-4 / sqrt(0.1) .* sign.(g); rtol=1e-7) && stepped(OptimiserChain(AccumGrad(2), Descent(1.0)), 1) == x && stepped(OptimiserChain(AccumGrad(2), Descent(1.0)), 2) == x .- g => true
    Optimisers.update(Optimisers.setup(ClipNorm(), x), x, [NaN, 1.0]) => !DomainError with NaN
    (typeof(Optimisers.setup(Adam(), Float32[1]).state[1]), eltype(Optimisers.update(Optimisers.setup(Adam(), Float32[1]), Float32[1], Float32[1])[1].state[1])) => (Vector{Float32}, Float32)
    OptimiserChain(ClipGrad(2), Adam(0.1)) => OptimiserChain(ClipGrad(2), Adam(0.1, (0.9, 0.999), 1.0e-8))
    `,
  )
})

describe('models', () => {
  shows(
    () => session,
    `
    Optimisers.update(Optimisers.setup(Descent(1.0), m), m, (a=[1.0, 1.0], b=(c=[1.0], n=nothing)))[2] => (a = [0.0, 1.0], b = (c = [2.0], n = 2))
    Optimisers.update(Optimisers.setup(Descent(1.0), m), m, (a=nothing, b=nothing))[2] => (a = [1.0, 2.0], b = (c = [3.0], n = 2))
    loss(Optimisers.update(Optimisers.setup(Adam(0.01), d), d, Zygote.gradient(loss, d)[1])[2]) < loss(d) => true
    isapprox(trained(200), [1, 2]; atol=1e-2) => true
    Optimisers.adjust!(Optimisers.setup(Adam(0.1), m), 0.5).b.c.rule.eta => 0.5
    (s = Optimisers.setup(Descent(1.0), m); Optimisers.freeze!(s.b); y = Optimisers.update(s, m, (a=[1.0, 1.0], b=(c=[1.0], n=nothing)))[2]; Optimisers.thaw!(s); (y, s.b.c)) => ((a = [0.0, 1.0], b = (c = [3.0], n = 2)), Leaf(Descent(1.0), nothing))
    (s = Optimisers.setup(Momentum(), [1.0]); Optimisers.freeze!(s); Optimisers.adjust!(s, 0.5); s) => Leaf(Momentum(0.01, 0.9), [0.0], true)
    (w = [1.0, 2.0]; t = (a=w, b=w); s = Optimisers.setup(Momentum(0.1), t); y = Optimisers.update(s, t, (a=[1.0, 1.0], b=[2.0, 2.0]))[2]; (s.a === s.b, y.a === y.b, y.a, destructure(t)[1], length(trainables(t)))) => (true, true, [0.7, 1.7], [1.0, 2.0], 1)
    (Optimisers.setup(Descent(1.0), Part([1.0], [2.0], [3.0])), Functors.children(Part(1, 2, 3)), destructure(Part([1.0], [2.0], [3.0]))[1]) => ((a = Leaf(Descent(1.0), nothing), c = ()), (a = 1, c = 3), [1.0])
    Optimisers.update(Optimisers.setup(Descent(1.0), Part([1.0], [2.0], [3.0])), Part([1.0], [2.0], [3.0]), (a=[1.0], b=[1.0], c=[1.0]))[2] => Part([0.0], [2.0], [3.0])
    Optimisers.adjust(Optimisers.setup(Momentum(0.1), m), rho=0.5).a.rule, Optimisers.adjust(OptimiserChain(ClipGrad(2), Descent(0.1)), 0.5) => (Momentum(0.1, 0.5), OptimiserChain(ClipGrad(2), Descent(0.5)))
    destructure(m)[2]([1.0]) => !DimensionMismatch: Rebuild expected a vector of length 3, got 1
    (trainables(m; path=true)[2][1], fmap_with_path((path, y) -> y isa Int ? path : 0, m).b.n, getkeypath(m, KeyPath(:b, :n)), haskeypath(m, KeyPath(:b, :x))) => (KeyPath(:b, :c), KeyPath(:b, :n), 2, false)
    (n = Ref(0); w = [1.0]; fmap(y -> (n[] += 1; y), (w, w)); n[]), fmapstructure(size, (a=[1 2; 3 4],)), fcollect((1, (2,))) => (1, (a = (2, 2),), Any[(1, (2,)), 1, (2,), 2])
    (destructure(m)[1], destructure(m)[2]([2.0, 4.0, 6.0])) => ([1.0, 2.0, 3.0], (a = [2.0, 4.0], b = (c = [6.0], n = 2)))
    ((v, re) = destructure(m); ForwardDiff.gradient(v -> part(re, v), v) == Zygote.gradient(v -> part(re, v), v)[1] == Enzyme.gradient(Reverse, v -> part(re, v), v)[1] == [2, 4, 1]) => true
    (fmap(y -> y isa Array ? 2y : y, m), fmap(+, (a=[1],), (a=[2],)), length(fleaves(m)), fmap(y -> y isa Array ? zero(y) : y, d).b) => ((a = [2.0, 4.0], b = (c = [6.0], n = 2)), (a = [3],), 3, [0.0, 0.0])
    `,
  )
})
