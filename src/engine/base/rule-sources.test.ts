/** Which front door follows which rules: Enzyme those of EnzymeRules, Zygote rrules, ForwardDiff and ReverseDiff none that a program writes. */
import { describe } from 'vitest'
import { newSession, shows } from './check.ts'

const session = newSession(`
using Enzyme, Zygote, ChainRulesCore, ForwardDiff, ReverseDiff
import DifferentiationInterface as DI
using DifferentiationInterface: AutoEnzyme, AutoForwardDiff, AutoReverseDiff, AutoZygote
f(x) = x^2
ChainRulesCore.rrule(::typeof(f), x) = f(x), dy -> (NoTangent(), 1000dy)
g(x) = x^3
Zygote.@adjoint g(x) = g(x), dy -> (7dy,)
h(x) = x^2
EnzymeRules.augmented_primal(config, ::Const{typeof(h)}, ::Type{<:Active}, x::Active) =
    EnzymeRules.AugmentedReturn(EnzymeRules.needs_primal(config) ? h(x.val) : nothing, nothing, nothing)
EnzymeRules.reverse(config, ::Const{typeof(h)}, dy::Active, tape, x::Active) = (50dy.val,)
EnzymeRules.forward(config, ::Const{typeof(h)}, ::Type{<:Duplicated}, x::Duplicated) = Duplicated(h(x.val), 60x.dval)
EnzymeRules.forward(config, ::Const{typeof(h)}, ::Type{<:DuplicatedNoNeed}, x::Duplicated) = 60x.dval
k(x) = x^2
ChainRulesCore.rrule(::typeof(k), x::Float64) = k(x), dy -> (NoTangent(), 11dy)
ChainRulesCore.frule((_, dx), ::typeof(k), x::Float64) = k(x), 12dx
Enzyme.@import_rrule(typeof(k), Float64)
Enzyme.@import_frule(typeof(k), Float64)
looks(x) = x isa ForwardDiff.Dual ? 2x : 100x
fills(x, c) = (c .= x; eltype(c) <: ForwardDiff.Dual ? sum(c) : 100sum(c))
const both = Any[f, h]
called(x) = both[1](x) + both[2](x)
struct Lin{A,B}; W::A; b::B; end
(l::Lin)(x) = l.W * x .+ l.b
ChainRulesCore.rrule(l::Lin, x) = l(x), dy -> (Tangent{typeof(l)}(W = 100 * dy * x', b = dy), l.W' * dy)
struct Line; a::Float64; b::Float64; end
at(p::Line, x) = p.a * x + p.b
ChainRulesCore.rrule(::typeof(at), p::Line, x) = at(p, x), dy -> (NoTangent(), Tangent{Line}(a = 3dy), 5dy)
struct Mixed; a::Float64; v::Vector{Float64}; end
total(q::Mixed) = q.a * sum(q.v)
ChainRulesCore.rrule(::typeof(total), q::Mixed) = total(q), dy -> (NoTangent(), Tangent{Mixed}(a = 3dy, v = fill(4dy, 2)))
risky(x) = (x > 2 && error("no"); x^2)
ChainRulesCore.rrule(::typeof(risky), x) = risky(x), d -> (NoTangent(), 1000d)
tried(x) = try risky(x) catch; 5x end
two(x) = (x, 2x)
ChainRulesCore.rrule(::typeof(two), x) = two(x), dy -> (NoTangent(), 10dy[1] + 20dy[2])
opted(x) = x^2
ChainRulesCore.rrule(::typeof(opted), x) = opted(x), d -> (NoTangent(), 100d)
ChainRulesCore.@opt_out ChainRulesCore.rrule(::typeof(opted), x::Float64)
unknown(x) = x^2
ChainRulesCore.rrule(::typeof(unknown), x) = unknown(x), d -> (NoTangent(), @not_implemented("later"))
both_kinds(x) = (sum(x), x .^ 2)
ChainRulesCore.rrule(::typeof(both_kinds), x) = both_kinds(x), d -> (NoTangent(), 10 .* d[1] .+ 20 .* d[2])
added(x) = (s = 0.0; for i in 1:3; r = both_kinds(x); s += i * r[1] + sum(r[2]); end; s)
whole(x) = Mixed(sum(x), x .^ 2)
ChainRulesCore.rrule(::typeof(whole), x) = whole(x), d -> (NoTangent(), 10 .* d.a .+ 20 .* d.v)
times(x; n = 1) = n * x
ChainRulesCore.rrule(::typeof(times), x; n = 1) = times(x; n), dy -> (NoTangent(), 10n * dy)
veiled(x; n = 1) = n * x
perhaps(x; n = nothing) = n === nothing ? x : n * x
ChainRulesCore.rrule(::typeof(perhaps), x; n = nothing) = perhaps(x; n), dy -> (NoTangent(), n === nothing ? 10dy : 10n * dy)
chosen(x, c) = perhaps(x; n = c ? 3 : nothing)
ChainRulesCore.rrule(::typeof(veiled), x; n = 1) = veiled(x; n), dy -> (NoTangent(), Base.inferencebarrier(10n * dy))
`)

describe('rules by front door', () => {
  shows(
    () => session,
    `
    Zygote.gradient(x -> g(x) + f(x), 2.0), Zygote.gradient(h, 2.0) => ((1007.0,), (4.0,))
    Enzyme.gradient(Reverse, x -> g(x) + f(x), 2.0), Enzyme.gradient(Reverse, h, 2.0), Enzyme.gradient(Forward, h, 2.0) => ((16.0,), (50.0,), (60.0,))
    ForwardDiff.derivative(x -> f(x) + h(x), 3.0), ForwardDiff.gradient(x -> h(x[1]), [2.0]) => (12.0, [4.0])
    ReverseDiff.gradient(x -> h(x[1]) + f(x[2]), [2.0, 1.0]), ReverseDiff.jacobian(x -> h.(x), [2.0]) => ([4.0, 2.0], [4.0;;])
    Enzyme.gradient(Reverse, k, 2.0), Enzyme.gradient(Forward, k, 2.0), Zygote.gradient(k, 2.0), ForwardDiff.derivative(k, 2.0) => ((11.0,), (12.0,), (11.0,), 4.0)
    EnzymeRules.has_rrule_from_sig(Base.signature_type(f, Tuple{Float64})), EnzymeRules.has_rrule_from_sig(Base.signature_type(k, Tuple{Float64})) => (false, true)
    `,
  )
})

describe('rules by front door, in calls that are resolved when they run', () => {
  shows(
    () => session,
    `
    Zygote.gradient(called, 3.0) => (1006.0,)
    Enzyme.gradient(Reverse, called, 3.0), Enzyme.gradient(Forward, called, 3.0) => ((56.0,), (66.0,))
    ForwardDiff.derivative(called, 3.0) => 12.0
    `,
  )
})

describe('rules of whose results only the running program knows the types', () => {
  const hidden = newSession(`
using Enzyme, Zygote, ChainRulesCore
using Enzyme.EnzymeRules: AugmentedReturn, needs_primal, width
hide(x) = Base.inferencebarrier(x)
each(f, config, d) = width(config) == 1 ? f(d) : map(f, d)
f(x) = x^3
function EnzymeRules.forward(config, ::Const{typeof(f)}, ::Type, x)
    d = each(d -> 7d, config, x.dval)
    needs_primal(config) || return hide(d)
    hide(width(config) == 1 ? Duplicated(f(x.val), d) : BatchDuplicated(f(x.val), d))
end
EnzymeRules.augmented_primal(config, ::Const{typeof(f)}, ::Type, x) = hide(AugmentedReturn(needs_primal(config) ? f(x.val) : nothing, nothing, hide(x.val)))
EnzymeRules.reverse(config, ::Const{typeof(f)}, dy, tape, x) = hide((each(d -> hide(tape * d), config, dy.val),))
g(v) = 2 .* v
function EnzymeRules.augmented_primal(config, ::Const{typeof(g)}, ::Type, v)
    y = g(v.val)
    dy = width(config) == 1 ? zero(y) : ntuple(_ -> zero(y), Val(width(config)))
    hide(AugmentedReturn(needs_primal(config) ? y : nothing, dy, hide(dy)))
end
function EnzymeRules.reverse(config, ::Const{typeof(g)}, ::Type, tape, v)
    foreach((d, dy) -> (d .+= 7dy), width(config) == 1 ? (v.dval,) : v.dval, width(config) == 1 ? (tape,) : tape)
    hide((nothing,))
end
h(x, y) = x * y
EnzymeRules.augmented_primal(config, ::Const{typeof(h)}, ::Type, x, y) = AugmentedReturn(needs_primal(config) ? h(x.val, y.val) : nothing, nothing, x.val > 1 ? 3.0 : nothing)
EnzymeRules.reverse(config, ::Const{typeof(h)}, d, tape, x, y) = tape === nothing ? (7d.val, 8d.val) : (tape * d.val, 9d.val)
r(x, y) = x * y
ChainRulesCore.rrule(::typeof(r), x, y) = hide(r(x, y)), hide(d -> y > 1 ? hide((NoTangent(), 7d, ZeroTangent())) : (NoTangent(), hide(8d), @thunk(hide(9d))))
w(v) = 2 .* v
ChainRulesCore.rrule(::typeof(w), v) = hide((w(v), d -> (hide(NoTangent()), @thunk(hide(7 .* d)))))
unknown(x) = hide(x^3)
ChainRulesCore.rrule(::typeof(unknown), x) = unknown(x), d -> (NoTangent(), 7d)
perhaps(x) = x > 1 ? x^3 : nothing
ChainRulesCore.rrule(::typeof(perhaps), x) = perhaps(x), d -> (NoTangent(), 7d)
struct Both; a::Float64; v::Vector{Float64}; end
whole(x) = hide(Both(x, [x, 2x]))
ChainRulesCore.rrule(::typeof(whole), x) = whole(x), d -> (NoTangent(), 7d.a + sum(d.v))
short(x) = x > 1 ? (x, 2x) : x
ChainRulesCore.rrule(::typeof(short), x) = short(x), d -> (NoTangent(), 7sum(d))
known(x) = x^3
ChainRulesCore.rrule(::typeof(known), x) = known(x), d -> (NoTangent(), 7d)
EnzymeRules.augmented_primal(config, ::Const{typeof(known)}, ::Type{<:Active}, x::Active) = AugmentedReturn(needs_primal(config) ? known(x.val) : nothing, nothing, nothing)
EnzymeRules.reverse(config, ::Const{typeof(known)}, d::Active, tape, x::Active) = (9d.val,)
eased(x) = hide(x^3)
EnzymeRules.@easy_rule(eased(x), (7.0,))
pairwise(x, y) = x * y
EnzymeRules.@easy_rule(pairwise(x, y), (y, x))
through(g, v) = sum(hide(g), v)
k(x) = x^2
ChainRulesCore.frule((_, dx), ::typeof(k), x) = hide((k(x), 7dx))
Enzyme.@import_frule typeof(k) Any
easy(x, y) = x * y
EnzymeRules.@easy_rule(easy(x, y), (hide(7y), 8x))
`)
  shows(
    () => hidden,
    `
    autodiff(Forward, f, Duplicated(2.0, 1.0)), autodiff(ForwardWithPrimal, x -> 2f(x), BatchDuplicated(2.0, (1.0, 2.0))) => ((7.0,), ((var"1" = 14.0, var"2" = 28.0), 16.0))
    Enzyme.gradient(Reverse, x -> 2f(x), 5.0), Enzyme.jacobian(Reverse, v -> [f(v[1]), 2f(v[2])], [2.0, 1.0]) => ((10.0,), ([2.0 0.0; 0.0 2.0],))
    Enzyme.gradient(Reverse, v -> sum(g(v)), [2.0, 1.0]), Enzyme.jacobian(Reverse, v -> g(v) .* v, [2.0, 1.0]) => (([7.0, 7.0],), ([18.0 0.0; 0.0 9.0],))
    Enzyme.gradient(Reverse, h, 2.0, 3.0), Enzyme.gradient(Reverse, (x, y) -> 2h(x, y), 0.5, 3.0) => ((3.0, 9.0), (14.0, 16.0))
    Zygote.gradient(r, 2.0, 3.0)[1], Zygote.gradient((x, y) -> 2r(x, y), 2.0, 0.5) => (7.0, (16.0, 18.0))
    Zygote.jacobian(v -> w(v) .* v, [2.0, 3.0]), Zygote.withgradient(v -> sum(w(v) .* v), [2.0, 3.0]) => (([18.0 0.0; 0.0 27.0],), (val = 26.0, grad = ([18.0, 27.0],)))
    Zygote.gradient(unknown, 2.0), Zygote.gradient(x -> 2perhaps(x), 2.0), Zygote.gradient(x -> (s = 0.0; for i in 1:3; s += i * unknown(x); end; s), 2.0) => ((7.0,), (14.0,), (42.0,))
    Zygote.gradient(x -> (b = whole(x); 2b.a + 3sum(b.v)), 2.0), Zygote.gradient(x -> 3sum(short(x)), 2.0), Zygote.gradient(x -> 3sum(short(x)), 0.5) => ((20.0,), (42.0,), (21.0,))
    Zygote.gradient(x -> 2known(hide(x)), 2.0), Zygote.hessian(x -> known(hide(x[1])) * x[1], [2.0]), Enzyme.gradient(Reverse, x -> 2known(hide(x)), 2.0) => ((14.0,), [19.0;;], (18.0,))
    Enzyme.gradient(Reverse, eased, 2.0), Enzyme.gradient(Forward, eased, 2.0), Enzyme.gradient(Reverse, v -> through(sin, v), [0.0]) => ((7.0,), (7.0,), ([1.0],))
    autodiff(Forward, x -> 2k(x), BatchDuplicated(2.0, (1.0, 2.0))), Enzyme.gradient(Reverse, (x, y) -> 2easy(x, y), 2.0, 3.0) => (((var"1" = 14.0, var"2" = 28.0),), (42.0, 32.0))
    `,
  )
})

describe('front doors inside of others: each differentiates what the other made', () => {
  shows(
    () => session,
    `
    Enzyme.gradient(Forward, x -> Zygote.gradient(y -> y * f(y), x)[1], 3.0) => (1006.0,)
    Enzyme.gradient(Reverse, x -> Zygote.gradient(y -> y * f(y), x)[1], 3.0) => (1006.0,)
    Zygote.gradient(x -> Enzyme.gradient(Reverse, y -> y * f(y), x)[1], 3.0)[1] ≈ 18 => true
    ForwardDiff.derivative(x -> Zygote.gradient(y -> y * f(y), x)[1], 3.0) => 1006.0
    Zygote.hessian(y -> y[1] * f(y[1]), [3.0]) => [1006.0;;]
    `,
  )
})

describe('rules by backend', () => {
  shows(
    () => session,
    `
    DI.derivative(h, AutoForwardDiff(), 2.0), DI.derivative(h, AutoEnzyme(), 2.0) => (4.0, 60.0)
    map(b -> DI.gradient(x -> h(x[1]) + f(x[1]), b, [2.0]), (AutoEnzyme(mode=Reverse), AutoZygote(), AutoReverseDiff())) => ([54.0], [1004.0], [8.0])
    DI.derivative(looks, AutoForwardDiff(), 2.0), DI.derivative(looks, AutoEnzyme(), 2.0) => (2.0, 100.0)
    DI.gradient(fills, AutoForwardDiff(), [2.0], DI.Cache([0.0])) => [1.0]
    `,
  )
})

describe('rrules of functions with fields, of structs, with tuples and keywords', () => {
  shows(
    () => session,
    `
    Zygote.gradient((l, x) -> sum(l(x)), Lin([1.0 2.0], [3.0]), [1.0, 2.0]) => ((W = [100.0 200.0], b = [1.0]), [1.0, 2.0])
    Zygote.gradient(at, Line(1.0, 2.0), 3.0) => ((a = 3.0, b = 0.0), 5.0)
    Zygote.gradient(total, Mixed(1.0, [1.0, 2.0])) => ((a = 3.0, v = [4.0, 4.0]),)
    Zygote.gradient(x -> sum(two(x)), 1.0) => (30.0,)
    Zygote.gradient(tried, 1.0) => !A call of risky(x::Float64), which has a rule and may throw, in a \`try\` is outside
    Enzyme.gradient(Reverse, tried, 1.0), Enzyme.gradient(Reverse, tried, 3.0) => ((2.0,), (5.0,))
    Zygote.gradient(opted, 3.0), Zygote.gradient(opted, 3.0f0) => ((6.0,), (100.0f0,))
    Zygote.gradient(unknown, 3.0) => !differentiation rule not implemented: later
    Zygote.gradient(added, [1.0, 2.0]), Zygote.gradient(x -> (r = whole(x); r.a + 3sum(r.v)), [1.0, 2.0]) => (([120.0, 120.0],), ([70.0, 70.0],))
    Zygote.gradient(x -> times(x) + times(x; n = 3), 1.0), Zygote.gradient(x -> veiled(x) + veiled(x; n = Base.inferencebarrier(3)), 1.0) => ((40.0,), (40.0,))
    [Zygote.gradient(f, 1.0)[1] for f in (x -> times(x; n = Base.inferencebarrier(3)), x -> chosen(x, true), x -> chosen(x, false))] => [30.0, 30.0, 10.0]
    `,
  )
})

describe('tangents', () => {
  const tangents = newSession(`
using ChainRulesCore, LinearAlgebra
using ChainRulesCore: backing, canonicalize, extern
struct Pair2; x; y; end
const t, z = Tangent{Pair2}(x = 1.5), ZeroTangent()
parted(x) = (sin(x), cos(x))
@scalar_rule(parted(x), @setup((s, c) = Ω), c, -s)
`)
  shows(
    () => tangents,
    `
    Tangent{Pair2}(y = 2.5, x = 0.1) == Tangent{Pair2}(x = 0.1, y = 2.5), t == Tangent{Pair2}(x = 1.5, y = z), hash(t) == hash(Tangent{Pair2}(x = 1.5, y = z)) => (true, true, true)
    Pair2(1.0, 2.0) + t, t / 2, -t, t - t => (Pair2(2.5, 2.0), Tangent{Pair2}(x = 0.75, y = ZeroTangent()), Tangent{Pair2}(x = -1.5, y = ZeroTangent()), Tangent{Pair2}(x = 0.0, y = ZeroTangent()))
    (1.0, 2.0) + Tangent{Tuple{Float64,Float64}}(2.0, 3.0), (a = 1.0,) + Tangent{@NamedTuple{a::Float64}}(a = 2.0) => ((3.0, 5.0), (a = 3.0,))
    convert(NamedTuple, t), haskey(t, :y), t.y, Tangent{Tuple{Int,Int}}(1, 2)[2], iszero(Tangent{Pair2}()) => ((x = 1.5,), false, ZeroTangent(), 2, true)
    canonicalize(Tangent{Pair2}(q = 1)) => !ArgumentError: Tangent fields do not match primal fields.
    z + 1, z * 2, 1 - z, z', dot(z, 1.0), convert(Float64, z), real(NoTangent()) => (1, ZeroTangent(), 1, ZeroTangent(), ZeroTangent(), 0.0, NoTangent())
    (seen = Ref(0); u = @thunk((seen[] += 1; 3.0)); (u isa Thunk, seen[], u + 1, unthunk(u), seen[])) => (true, 0, 4.0, 3.0, 2)
    add!!([1.0, 2.0], InplaceableThunk(x -> (x .+= 10), @thunk([0.0, 0.0]))), (x = [1.0]; add!!(x, [1.0]) === x) => ([11.0, 12.0], true)
    ProjectTo([1.0 2.0])(@thunk [1 2]) isa Thunk, ProjectTo(:a)(1.0), ProjectTo((1.0, true))((2.0 + im, 3.0)) => (true, NoTangent(), Tangent{Tuple{Float64, Bool}}(2.0, NoTangent()))
    ProjectTo([1.0, 2.0])([1.0, 2.0, 3.0]) => !DimensionMismatch: variable with size(x) == (2,) cannot have a gradient with size(dx) == (3,)
    frule((z, 1.0), parted, 0.0)[2], rrule(parted, 0.0)[2](Tangent{Tuple{Float64,Float64}}(2.0, 3.0)) => (Tangent{Tuple{Float64, Float64}}(1.0, -0.0), (NoTangent(), 2.0))
    extern(@not_implemented("later")) => !differentiation rule not implemented: later
    `,
  )
})

describe('arguments and results of rules whose types only the running program knows, alone and as parts', () => {
  const open = newSession(`
using Enzyme, Zygote, ChainRulesCore
hide(x) = Base.inferencebarrier(x)
sq(x) = x^2
ChainRulesCore.rrule(::typeof(sq), x) = x^2, dy -> (NoTangent(), 1000dy)
pair(t) = t[1] * t[2]
ChainRulesCore.rrule(::typeof(pair), t::Tuple) = pair(t), d -> (NoTangent(), Tangent{typeof(t)}(10d, 20d))
struct Half; a; c::Float64; end
prod_of(s) = s.a * s.c
ChainRulesCore.rrule(::typeof(prod_of), s) = prod_of(s), d -> (NoTangent(), Tangent{typeof(s)}(a = 10d, c = 20d))
struct Gain; a; end
(g::Gain)(x) = g.a * x
ChainRulesCore.rrule(g::Gain, x) = g(x), d -> (Tangent{Gain}(a = 7d), 5d)
firsts(v) = v[1] * v[2]
ChainRulesCore.rrule(::typeof(firsts), v) = firsts(v), d -> (NoTangent(), [10d, 20d])
nested(v) = v[1][1] * v[2][1]
ChainRulesCore.rrule(::typeof(nested), v) = nested(v), d -> (NoTangent(), [[10d], [20d]])
named(d) = d[:a] * d[:b]
ChainRulesCore.rrule(::typeof(named), s) = named(s), d -> (NoTangent(), Dict(:a => 10d, :b => 20d))
held(r) = r[]^2
ChainRulesCore.rrule(::typeof(held), r) = held(r), d -> (NoTangent(), Tangent{typeof(r)}(x = 10d))
any_result(x) = hide(x^2)
ChainRulesCore.rrule(::typeof(any_result), x) = any_result(x), d -> (NoTangent(), 10d)
any_memory(x) = hide(x .^ 2)
ChainRulesCore.rrule(::typeof(any_memory), x) = any_memory(x), d -> (NoTangent(), 10 .* d)
either(x) = x > 0 ? x^2 : 1
ChainRulesCore.rrule(::typeof(either), x) = either(x), d -> (NoTangent(), 10d)
with_either(x) = (x > 0 ? x^2 : 1, x)
ChainRulesCore.rrule(::typeof(with_either), x) = with_either(x), d -> (NoTangent(), 10d[1] + d[2])
with_any(x) = (hide(x^2), x)
ChainRulesCore.rrule(::typeof(with_any), x) = with_any(x), d -> (NoTangent(), 10d[1] + d[2])
or_none(x) = x > 0 ? (x^2, x) : nothing
ChainRulesCore.rrule(::typeof(or_none), x) = or_none(x), d -> (NoTangent(), d isa ZeroTangent ? 0.0 : 10d[1] + d[2])
shapes(x) = x > 0 ? [x, 2x] : x^2
ChainRulesCore.rrule(::typeof(shapes), x) = shapes(x), d -> (NoTangent(), 10sum(d))
ChainRulesCore.frule((_, dx), ::typeof(any_result), x) = any_result(x), 10dx
Enzyme.@import_rrule(typeof(any_result), Float64)
Enzyme.@import_frule(typeof(any_result), Float64)
EnzymeRules.@easy_rule(either(x), (10.0,))
function split_at(f, A, seed...)
    augment, pull = autodiff_thunk(ReverseSplitWithPrimal, Const{typeof(f)}, A, Active{Float64})
    pull(Const(f), Active(3.0), seed..., augment(Const(f), Active(3.0))[1])
end
`)
  shows(
    () => open,
    `
    Zygote.gradient(x -> sq(hide(x)) + x, 1.0), Zygote.gradient(x -> (v = Any[x]; sq(v[1]) + x), 1.0) => ((1001.0,), (1001.0,))
    Zygote.gradient(x -> Zygote.hook(d -> 2d, hide(x))^2, 3.0) => (12.0,)
    Zygote.gradient(x -> pair((x, 2.0)) + pair((hide(x), 2.0)) + pair(hide((hide(x), 2.0))), 3.0) => (30.0,)
    Zygote.gradient(x -> prod_of(Half(x, x)), 3.0), Zygote.gradient(x -> prod_of(hide(Half(x, x))), 3.0), Zygote.gradient(prod_of, Half(2.0, 3.0)) => ((30.0,), (30.0,), ((a = 10.0, c = 20.0),))
    Zygote.gradient((a, x) -> Gain(a)(x), 3.0, 4.0), Zygote.gradient((a, x) -> hide(Gain(hide(a)))(hide(x)), 3.0, 4.0) => ((7.0, 5.0), (7.0, 5.0))
    map(make -> Zygote.gradient(x -> firsts(make(x)), 3.0)[1], (x -> [x, 2x], x -> Any[x, 2x], x -> hide([x, 2x]))) => (50.0, 50.0, 50.0)
    map(make -> Zygote.gradient(x -> nested(make(x)), 3.0)[1], (x -> [[x], [2x]], x -> Any[[x], [2x]])) => (50.0, 50.0)
    Zygote.gradient(x -> named(Dict(:a => x, :b => 2x)), 3.0), Zygote.gradient(x -> named(Dict{Symbol,Any}(:a => x, :b => 2x)), 3.0) => ((50.0,), (50.0,))
    Zygote.gradient(x -> held(Ref(x)), 3.0), Zygote.gradient(x -> held(Ref{Any}(x)), 3.0) => ((10.0,), (10.0,))
    Zygote.gradient(x -> 2any_result(x), 2.0), Zygote.gradient(x -> 2any_result(hide(x)), 2.0) => ((20.0,), (20.0,))
    Zygote.gradient(x -> 2sum(any_memory(x)), [2.0]), Zygote.gradient(x -> 2sum(any_memory(hide(x))), [2.0]) => (([20.0],), ([20.0],))
    map(x -> Zygote.gradient(x -> 2either(x), x)[1], (2.0, -2.0)), Zygote.gradient(v -> sum(either, v), [2.0, 3.0]) => ((20.0, 0.0), ([10.0, 10.0],))
    map(f -> map(x -> Zygote.gradient(x -> (r = f(x); 2r[1] + 3r[2]), x)[1], (2.0, -2.0)), (with_either, with_any)) => ((23.0, 3.0), (23.0, 23.0))
    map(x -> Zygote.gradient(x -> (r = or_none(x); r === nothing ? 7x : 2r[1] + 3r[2]), x)[1], (2.0, -2.0)) => (23.0, 7.0)
    map(x -> Zygote.gradient(x -> 3sum(shapes(x)), x)[1], (2.0, -2.0)), Zygote.gradient(x -> 3sum(shapes(hide(x))), 2.0) => ((60.0, 30.0), (60.0,))
    Zygote.gradient(x -> Zygote.gradient(y -> either(y)^2, x)[1], 2.0) => (200.0,)
    Enzyme.gradient(Reverse, x -> 2any_result(x), 2.0), Enzyme.gradient(Forward, x -> 2any_result(hide(x)), 2.0) => ((20.0,), (20.0,))
    Enzyme.jacobian(Reverse, x -> [2any_result(hide(x[1])), any_result(x[2]) * x[1]], [2.0, 3.0]) => ([20.0 0.0; 9.0 20.0],)
    Enzyme.gradient(Forward, x -> 2either(x), 2.0) => (20.0,)
    split_at(x -> hide(x^2), Active, 1.0), split_at(x -> hide((x^2, 2x)), Active, (1.0, 1.0)), split_at(x -> hide([x^2]), Duplicated) => (((6.0,),), ((8.0,),), ((0.0,),))
    try Enzyme.gradient(Reverse, x -> 2either(x), 2.0) catch e; nameof(typeof(e)) end => :UnionSretReturnException
    `,
  )
})

describe('adjoints that rrules give for arrays of every kind, and keywords', () => {
  const kinds = newSession(`
using Zygote, ChainRulesCore, StaticArrays, LinearAlgebra
total(v) = sum(v)
ChainRulesCore.rrule(::typeof(total), v) = total(v), d -> (NoTangent(), 10d .* one.(v))
filled(A) = sum(A)
ChainRulesCore.rrule(::typeof(filled), A) = filled(A), d -> (NoTangent(), fill(10d, size(A)))
inner(v) = sum(sum, v)
ChainRulesCore.rrule(::typeof(inner), v) = inner(v), d -> (NoTangent(), [10d .* one.(x) for x in v])
pairs_of(v) = sum(x -> x[1] * x[2], v)
ChainRulesCore.rrule(::typeof(pairs_of), v) = pairs_of(v), d -> (NoTangent(), [Tangent{Tuple{Float64,Float64}}(10d, 20d) for x in v])
struct Mine <: AbstractVector{Float64}; half::Vector{Float64}; end
Base.size(m::Mine) = (2length(m.half),)
Base.getindex(m::Mine, i::Int) = m.half[cld(i, 2)]
scaled(x; p = 1.0) = x * p
ChainRulesCore.rrule(::typeof(scaled), x; p = 1.0) = scaled(x; p), d -> (NoTangent(), 10d * p)
`)
  shows(
    () => kinds,
    `
    Zygote.gradient(total, SVector(1.0, 2.0)), Zygote.gradient(x -> total(SVector(x, 2x)), 1.0) => (([10.0, 10.0],), (30.0,))
    Zygote.gradient(inner, [SVector(1.0, 2.0)]), Zygote.gradient(x -> inner([SVector(x, 2.0), SVector(3.0, x)]), 1.0) => ((SVector{2, Float64}[[10.0, 10.0]],), (20.0,))
    Zygote.gradient(x -> pairs_of([(x, 2.0), (3.0, x)]), 1.0) => (30.0,)
    Zygote.gradient(x -> filled(Diagonal(x)), [1.0, 2.0]), Zygote.gradient(x -> filled(Symmetric(x)), [1.0 2.0; 3.0 4.0]) => (([10.0, 10.0],), ([10.0 20.0; 0.0 10.0],))
    Zygote.gradient(x -> filled(UpperTriangular(x)), [1.0 2.0; 3.0 4.0]), Zygote.gradient(x -> filled(view(x', 1, :)), [1.0 2.0; 3.0 4.0]) => (([10.0 10.0; 0.0 10.0],), ([10.0 0.0; 10.0 0.0],))
    Zygote.gradient(x -> filled(Mine(x)), [1.0, 2.0]) => ([20.0, 20.0],)
    Zygote.gradient(x -> scaled(x; p = x), 2.0), Zygote.gradient(x -> sum(scaled.(x; p = 3.0)), [1.0, 2.0]) => ((20.0,), ([30.0, 30.0],))
    `,
  )
})
