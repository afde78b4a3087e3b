/** Small tools of programs that differentiate: StableRNGs, PreallocationTools. */
import { describe } from 'vitest'
import { newSession, shows } from './check.ts'

const session = newSession(`
using StableRNGs, PreallocationTools, ForwardDiff, Enzyme, Random
using ForwardDiff: Dual
import DifferentiationInterface as DI
using DifferentiationInterface: AutoForwardDiff, AutoEnzyme
struct Model{C}; cache::C; end
(m::Model)(x) = squares(x, m.cache)
function squares(x, cache)
    t = get_tmp(cache, x)
    t .= x .^ 2
    sum(get_tmp(cache, x))
end
function doubled(x, cache)
    t = cache[x]
    t .= 2 .* x
    sum(abs2, t)
end
const v = [1.0, 2.0, 3.0]
const pair = Dual{Nothing}(1.0, 1.0, 2.0)
drawn(x) = x^2 * rand(StableRNG(3))
`)

describe('stable random numbers', () => {
  shows(
    () => session,
    `
    (rand(StableRNG(1)) == rand(StableRNG(1)), rand(StableRNG(1)) == rand(StableRNG(2)), randn(LehmerRNG(5), 2) == randn(StableRNG(5), 2)) => (true, false, true)
    let a = StableRNG(7), b = copy(a); (a == b, rand(a, 1:9, 3) == rand(b, 1:9, 3), (rand(a); a == b)); end => (true, true, false)
    let a = StableRNG(7); x = rand(a); (Random.seed!(a, 7); rand(a) == x); end => true
    sort(shuffle(StableRNG(1), 1:4)) => [1, 2, 3, 4]
    (StableRNG === LehmerRNG, StableRNG(1) isa AbstractRNG) => (true, true)
    StableRNG(-1) => !ArgumentError: seed must be non-negative
    ForwardDiff.derivative(drawn, 3.0) ≈ 6rand(StableRNG(3)) ≈ autodiff(Reverse, drawn, Active, Active(3.0))[1][1] => true
    `,
  )
})

describe('memory for dual numbers', () => {
  shows(
    () => session,
    `
    (squares(v, DiffCache(zeros(3))), squares(v, FixedSizeDiffCache(zeros(3)))) => (14.0, 14.0)
    ForwardDiff.gradient(x -> squares(x, DiffCache(zeros(3))), v) => [2.0, 4.0, 6.0]
    ForwardDiff.gradient(x -> squares(x, FixedSizeDiffCache(zeros(3), 2)), v, ForwardDiff.GradientConfig(nothing, v, ForwardDiff.Chunk{2}())) => [2.0, 4.0, 6.0]
    let c = DiffCache(zeros(3)); (ForwardDiff.hessian(x -> squares(x, c), v), squares(v, c)); end => ([2.0 0.0 0.0; 0.0 2.0 0.0; 0.0 0.0 2.0], 14.0)
    let c = dualcache(zeros(2), 1; levels=2); ForwardDiff.derivative(a -> ForwardDiff.derivative(b -> squares([a, a * b], c), 2.0), 3.0); end => 24.0
    (eltype(get_tmp(DiffCache(zeros(2, 2)), pair)) === typeof(pair), size(get_tmp(DiffCache(zeros(2, 2)), [pair])), length(DiffCache(zeros(4), 3).dual_du)) => (true, (2, 2), 16)
    (get_tmp(DiffCache(v), 1.0) === v, get_tmp(DiffCache(v), [1]) === v, get_tmp(DiffCache(v), Float32) === v, eltype(get_tmp(DiffCache(v), 1im))) => (true, true, true, Any)
    let c = DiffCache(zeros(2), Val(1)); get_tmp(c, pair)[2] = pair; (get_tmp(c, pair)[2], length(c.dual_du), length(resize!(c, 3).dual_du)); end => (Dual{Nothing}(1.0,1.0,2.0), 6, 9)
    (length(get_tmp(FixedSizeDiffCache(zeros(3), 4), pair)), get_tmp(FixedSizeDiffCache(zeros(2), 2), pair)) => (3, Dual{Nothing, Float64, 2}[Dual{Nothing}(0.0,0.0,0.0), Dual{Nothing}(0.0,0.0,0.0)])
    let b = LazyBufferCache(); (doubled(v, b), ForwardDiff.gradient(x -> doubled(x, b), v), length(b.bufs), b[v] === b[v]); end => (56.0, [8.0, 16.0, 24.0], 2, true)
    (LazyBufferCache(s -> 2 .* s; initializer! = b -> fill!(b, 1))[[0.0]], get_tmp(LazyBufferCache(; initializer! = b -> fill!(b, 0)), [1], (2, 1))) => ([1.0, 1.0], [0; 0;;])
    let b = LazyBufferCache(); ForwardDiff.derivative(a -> ForwardDiff.derivative(b_ -> doubled([a, a * b_], b), 2.0), 3.0); end => 96.0
    let b = GeneralLazyBufferCache(x -> similar(x)); ForwardDiff.gradient(x -> (t = get_tmp(b, x); copyto!(t, x); sum(abs2, t)), v); end => [2.0, 4.0, 6.0]
    let dx = zeros(3); autodiff(Reverse, squares, Active, Duplicated(v, dx), Duplicated(DiffCache(zeros(3)), DiffCache(zeros(3)))); dx; end => [2.0, 4.0, 6.0]
    (ForwardDiff.gradient(Model(DiffCache(zeros(3))), v), DI.gradient(Model(DiffCache(zeros(3))), AutoForwardDiff(), v), DI.gradient(Model(DiffCache(zeros(3))), AutoEnzyme(; function_annotation=Duplicated), v)) => ([2.0, 4.0, 6.0], [2.0, 4.0, 6.0], [2.0, 4.0, 6.0])
    DI.gradient(Model(DiffCache(zeros(3))), AutoEnzyme(), v) => !Constant memory is stored into
    autodiff(Forward, squares, Duplicated(v, [1.0, 0.0, 0.0]), Duplicated(DiffCache(zeros(3)), DiffCache(zeros(3)))) => (2.0,)
    `,
  )
})
