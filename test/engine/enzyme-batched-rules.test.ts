/** Rules under several shadows at once: they are called once, with all of them. Written as Julia tests. */
import { expect, test } from 'vitest'
import { unpassed } from './session-of.ts'

const PRELUDE = `
using Enzyme, Test, LinearAlgebra
using Enzyme.EnzymeRules
import Enzyme.EnzymeRules: forward, augmented_primal, reverse
`

test('a rule is given the whole batch wherever it is reached from, in both modes', () => {
  expect(
    unpassed(`${PRELUDE}
f(x) = x^2
function f_ip(x)
    x[1] *= x[1]
    return nothing
end
function forward(config, ::Const{typeof(f)}, ::Type{<:DuplicatedNoNeed}, x::Duplicated)
    return 10 + 2 * x.val * x.dval
end
function forward(config, ::Const{typeof(f)}, ::Type{<:BatchDuplicatedNoNeed}, x::BatchDuplicated{T,N}) where {T,N}
    return NTuple{N,T}(1000 + 2 * x.val * dv for dv in x.dval)
end
function forward(config, func::Const{typeof(f)}, ::Type{<:Duplicated}, x::Duplicated)
    return Duplicated(func.val(x.val), 100 + 2 * x.val * x.dval)
end
function forward(config, func::Const{typeof(f)}, ::Type{<:BatchDuplicated}, x::BatchDuplicated{T,N}) where {T,N}
    return BatchDuplicated(func.val(x.val), NTuple{N,T}(10000 + 2 * x.val * dv for dv in x.dval))
end
function forward(config, ::Const{Core.typeof(f_ip)}, ::Type{<:Const}, x::Duplicated)
    ld = x.val[1]
    x.val[1] *= ld
    x.dval[1] *= 2 * ld + 10
    return nothing
end
function forward(config, ::Const{Core.typeof(f_ip)}, ::Type{<:Const}, x::BatchDuplicated{T,N}) where {T,N}
    ld = x.val[1]
    x.val[1] *= ld
    for dv in x.dval
        dv[1] *= 2 * ld + 1000
    end
    return nothing
end
@test autodiff(Forward, f, Duplicated(2.0, 1.0))[1] ≈ 14.0
@test autodiff(Forward, x -> f(x)^2, Duplicated(2.0, 1.0))[1] ≈ 832.0
res = autodiff(Forward, f, BatchDuplicated(2.0, (1.0, 3.0)))[1]
@test res[1] ≈ 1004.0
@test res[2] ≈ 1012.0
res = autodiff(Forward, x -> f(x)^2, BatchDuplicated(2.0, (1.0, 3.0)))[1]
@test res[1] ≈ 80032.0
@test res[2] ≈ 80096.0
vx = [2.0]; dx = [1.0]
autodiff(Forward, f_ip, Duplicated(vx, dx))
@test vx ≈ [4.0]
@test dx ≈ [14.0]
vx = [2.0]; dx1 = [1.0]; dx2 = [3.0]
autodiff(Forward, f_ip, BatchDuplicated(vx, (dx1, dx2)))
@test vx ≈ [4.0]
@test dx1 ≈ [1004.0]
@test dx2 ≈ [3 * 1004.0]
function looped(x)
    s = 0.0
    v = Float64[]
    for i in 1:3
        push!(v, f(x) * i)
        if i > 1
            s += v[end]
        end
    end
    w = [v[1], s]
    s + sum(w)
end
r = autodiff(Forward, looped, BatchDuplicated(2.0, (1.0, 3.0)))[1]
# d f = 10000+4dv ; g = 5f + f + 5f = 11 f
@test r[1] ≈ 11 * 10004
@test r[2] ≈ 11 * 10012
@test gradient(Forward, v -> f(v[1]) + v[2], [2.0, 3.0])[1] ≈ [1004.0, 1001.0]
@test gradient(Forward, v -> f(v[1]) + v[2], [2.0, 3.0]; chunk = Val(1))[1] ≈ [14.0, 11.0]
@test gradient(Forward, v -> f(v[1]) + v[2]+v[3], [2.0, 3.0, 1.0]; chunk = Val(2))[1] ≈ [1004.0, 1001.0, 11.0]
h(x) = x^3
function augmented_primal(config, func::Const{typeof(h)}, ::Type{<:Active}, x::Active)
    tape = EnzymeRules.overwritten(config)[2] ? x.val : x.val
    primal = needs_primal(config) ? func.val(x.val) : nothing
    return AugmentedReturn(primal, nothing, (tape, EnzymeRules.width(config)))
end
function reverse(config, ::Const{typeof(h)}, dret::Active, tape, x::Active{T}) where {T}
    w = EnzymeRules.width(config)
    tape[2] == w || error("another width")
    if w == 1
        return (10 + 3 * x.val^2 * dret.val,)
    end
    return (ntuple(i -> 100i + 3 * x.val^2 * dret.val[i], Val(w)),)
end
function h2(out, x)
    for i in eachindex(x)
        out[i] = h(x[i]) * 2
    end
    return nothing
end
x = [1.0, 2.0]; dx = ([0.0, 0.0], [0.0, 0.0])
out = zeros(2); dout = ([1.0, 0.0], [0.0, 1.0])
autodiff(Reverse, h2, BatchDuplicated(out, dout), BatchDuplicated(x, dx))
@test out ≈ [2.0, 16.0]
@test dx[1] ≈ [100 + 6.0, 100.0]
@test dx[2] ≈ [200.0, 200 + 24.0]
@test dout[1] ≈ [0, 0]
fwd, rev = autodiff_thunk(ReverseSplitWidth(ReverseSplitNoPrimal, Val(2)), Const{typeof(h2)}, Const, BatchDuplicated{Vector{Float64},2}, BatchDuplicated{Vector{Float64},2})
dx = ([0.0, 0.0], [0.0, 0.0]); dout = ([1.0, 0.0], [0.0, 1.0])
tape, r, s = fwd(Const(h2), BatchDuplicated(out, dout), BatchDuplicated(x, dx))
rev(Const(h2), BatchDuplicated(out, dout), BatchDuplicated(x, dx), tape)
@test dx[1] ≈ [100 + 6.0, 100.0]
@test dx[2] ≈ [200.0, 200 + 24.0]
k(x, y) = h(x) * y[1]
dy = ([0.0], [0.0])
r = autodiff(Reverse, k, Active(2.0), BatchDuplicated([3.0], dy))[1]
@test r[1][1] ≈ 100 + 36
@test r[1][2] ≈ 200 + 36
@test dy[1] ≈ [8.0] && dy[2] ≈ [8.0]
`),
  ).toEqual([])
})

test('batches through arrays, dynamic calls, structs, exceptions and recursion; easy and imported rules; what does not fit', () => {
  expect(
    unpassed(`${PRELUDE}
# array valued rule, reverse, batched
sq(x) = x .^ 2
function augmented_primal(config::RevConfig, func::Const{typeof(sq)}, ::Type{<:Annotation}, x::Annotation)
    primal = needs_primal(config) ? func.val(x.val) : nothing
    shadow = if needs_shadow(config)
        width(config) == 1 ? zero(x.val) : ntuple(_ -> zero(x.val), Val(width(config)))
    else
        nothing
    end
    return AugmentedReturn(primal, shadow, (copy(x.val), shadow))
end
const seen = Int[]
function reverse(config::RevConfig, ::Const{typeof(sq)}, ::Type{RT}, tape, x::Annotation) where {RT}
    push!(seen, width(config))
    xv, shadow = tape
    if width(config) == 1
        x.dval .+= 2 .* xv .* shadow
        shadow .= 0
    else
        for i in 1:width(config)
            x.dval[i] .+= 2 .* xv .* shadow[i]
            shadow[i] .= 0
        end
    end
    return (nothing,)
end
loss(x) = sum(sq(x) .* x)
function store(out, x)
    y = sq(x)
    for i in eachindex(y)
        out[i] = y[i] > 2 ? y[i] * x[i] : y[i]
    end
    return nothing
end
@test gradient(Reverse, loss, [1.0, 2.0])[1] ≈ [3.0, 12.0]
dx = (zeros(2), zeros(2), zeros(2))
autodiff(Reverse, loss, Active, BatchDuplicated([1.0, 2.0], dx))
@test all(d -> d ≈ [3.0, 12.0], dx)
@test 3 in seen
dx = (zeros(2), zeros(2)); dout = ([1.0, 0.0], [1.0, 2.0])
autodiff(Reverse, store, BatchDuplicated(zeros(2), dout), BatchDuplicated([1.0, 2.0], dx))
@test dx[1] ≈ [2.0, 0.0]
@test dx[2] ≈ [2.0, 24.0]
# dynamic call
g(x) = 3x
function forward(config::FwdConfig, func::Const{typeof(g)}, ::Type{<:Annotation}, x::Annotation{T}) where {T}
    w = width(config)
    if w == 1
        needs_primal(config) ? Duplicated(g(x.val), 3 * x.dval) : 3 * x.dval
    else
        d = ntuple(i -> 3 * x.dval[i] + 1, Val(w))
        needs_primal(config) ? BatchDuplicated(g(x.val), d) : d
    end
end
fs = Any[g, sin]
dyn(x) = fs[1](x) * 2
struct P{T}; a::T; v::Vector{T}; end
mixed(p) = g(p.a) * p.v[1] + sum(abs2, p.v)
@test autodiff(Forward, dyn, BatchDuplicated(2.0, (1.0, 2.0)))[1] == (var"1" = 8.0, var"2" = 14.0)
r = autodiff(ForwardWithPrimal, mixed, BatchDuplicated(P(1.0, [2.0, 3.0]), (P(1.0, [0.0, 0.0]), P(0.0, [1.0, 0.0]))))
@test r[1][1] == 4 * 2.0
@test r[1][2] == 2.0 + 3.0 + 4.0
@test r[2] == 6 + 13
function tc(x)
    try
        x > 100 && error("no")
        g(x) * x
    catch
        0.0
    end
end
r = autodiff(Forward, tc, BatchDuplicated(2.0, (1.0, 2.0)))[1]
@test r[1] == 6.0 + 8 && r[2] == 12.0 + 14
rec(x, n) = n == 0 ? g(x) : rec(x * x, n - 1)
r = autodiff(Forward, rec, BatchDuplicated(2.0, (1.0, 0.0)), Const(1))[1]
@test r[1] == 3 * 4 + 1 && r[2] == 1
# forward over reverse
q(x) = g(x[1]) * x[2]^2
# while, tuple
function wh(x)
    t = (x, 2x)
    while t[1] < 50
        t = (g(t[1]), t[2] + 1)
    end
    t[1] + t[2]
end
r = autodiff(Forward, wh, BatchDuplicated(2.0, (1.0, 0.0)))[1]
# t1: 2->6->18->54: d: 1 -> 4 -> 13 -> 40 ; other 0->1->4->13
@test r[1] == 40 + 2 && r[2] == 13
# only for width 1: Enzyme has no method for it
only1(x) = x^2
forward(::FwdConfigWidth{1}, ::Const{typeof(only1)}, ::Type{<:Annotation}, x::Duplicated) = 2 * x.val * x.dval
@test autodiff(Forward, only1, Duplicated(3.0, 1.0)) == (6.0,)
@test_throws MethodError autodiff(Forward, only1, BatchDuplicated(3.0, (1.0, 2.0)))
@test_throws MethodError autodiff(Forward, x -> 2only1(x), BatchDuplicated(3.0, (1.0, 2.0)))
bad(x) = x^2
forward(c::FwdConfig, ::Const{typeof(bad)}, ::Type{<:Annotation}, x::Annotation) = 2 * x.val
@test_throws Enzyme.Compiler.ForwardRuleReturnError autodiff(Forward, bad, BatchDuplicated(3.0, (1.0, 2.0)))
bad2(x) = x^2
augmented_primal(c::RevConfig, f::Const{typeof(bad2)}, ::Type{<:Active}, x::Active) = AugmentedReturn(needs_primal(c) ? f.val(x.val) : nothing, nothing, nothing)
reverse(c::RevConfig, ::Const{typeof(bad2)}, dret::Active, tape, x::Active) = (1.0,)
bad2s(out, x) = (out[1] = bad2(x[1]); nothing)
@test_throws Enzyme.Compiler.ReverseRuleReturnError autodiff(Reverse, bad2s, BatchDuplicated([0.0], ([1.0], [1.0])), BatchDuplicated([1.0], ([0.0], [0.0])))

# easy rule in batches
er(x, y) = x * y^2
EnzymeRules.@easy_rule(er(x, y), (y^2, 2 * x * y))
@test autodiff(Forward, (a, b) -> 2er(a, b), BatchDuplicated(2.0, (1.0, 0.0)), BatchDuplicated(3.0, (0.0, 1.0)))[1] == (var"1" = 18.0, var"2" = 24.0)
ers(out, x) = (out[1] = er(x[1], x[2]); out[2] = er(x[2], x[1]); nothing)
dx = (zeros(2), zeros(2))
autodiff(Reverse, ers, BatchDuplicated(zeros(2), ([1.0, 0.0], [0.0, 1.0])), BatchDuplicated([2.0, 3.0], dx))
@test dx[1] ≈ [9.0, 12.0]
@test dx[2] ≈ [2 * 3 * 2.0, 4.0]
# imported rules
using ChainRulesCore
cr(x) = sin(x)
ChainRulesCore.frule((_, dx), ::typeof(cr), x) = (sin(x), 10 * cos(x) * dx)
ChainRulesCore.rrule(::typeof(cr), x) = (sin(x), d -> (NoTangent(), 10 * cos(x) * d))
Enzyme.@import_frule typeof(cr) Float64
Enzyme.@import_rrule typeof(cr) Float64
@test collect(autodiff(Forward, x -> cr(x) * 2, BatchDuplicated(1.0, (1.0, 2.0)))[1]) ≈ [20cos(1), 40cos(1)]
crs(out, x) = (out[1] = cr(x[1]); nothing)
dx = ([0.0], [0.0])
autodiff(Reverse, crs, BatchDuplicated(zeros(1), ([1.0], [2.0])), BatchDuplicated([1.0], dx))
@test dx[1][1] ≈ 10cos(1.0) && dx[2][1] ≈ 20cos(1.0)
# Hessian forward over reverse, batched outer
hh(x) = g(x[1])^2 * x[2]
ng(dx, x) = (gradient!(Reverse, dx, y -> y[1]^2 * y[2] * 9, x); nothing)
x = [1.0, 2.0]; dx = zeros(2); vs = ([1.0, 0.0], [0.0, 1.0]); hs = (zeros(2), zeros(2))
autodiff(Forward, ng, BatchDuplicated(dx, hs), BatchDuplicated(x, vs))
@test hs[1] ≈ [36.0, 18.0] && hs[2] ≈ [18.0, 0.0]
@test jacobian(Forward, x -> [g(x[1]), x[2]^2], [1.0, 2.0])[1] == [4.0 1.0; 0.0 4.0]
`),
  ).toEqual([])
})

test('the chunks of a reverse jacobian, and what is in boxes there', () => {
  expect(
    unpassed(`${PRELUDE}
h(x) = x^3
const seen = Int[]
augmented_primal(config, func::Const{typeof(h)}, ::Type{<:Active}, x::Active) =
    AugmentedReturn(needs_primal(config) ? func.val(x.val) : nothing, nothing, x.val)
function reverse(config, ::Const{typeof(h)}, dret::Active, tape, x::Active{T}) where {T}
    w = EnzymeRules.width(config)
    push!(seen, w)
    w == 1 ? (10 + 3 * tape^2 * dret.val,) : (ntuple(i -> 100i + 3 * tape^2 * dret.val[i], Val(w)),)
end
f(v) = [h(v[1]), v[2], v[1] * v[2]]
function widths(f, args...; options...)
    empty!(seen)
    (jacobian(Reverse, f, args...; options...), copy(seen))
end
@test widths(f, [2.0, 3.0]) == (([22.0 0.0; 10.0 1.0; 13.0 2.0],), [1, 1, 1])
@test widths(f, [2.0, 3.0]; chunk = Val(1))[2] == [1, 1, 1]
@test widths(f, [2.0, 3.0]; chunk = Val(2)) == (([112.0 0.0; 200.0 1.0; 13.0 2.0],), [2, 1])
@test widths(f, [2.0, 3.0]; chunk = Val(5), n_outs = Val((3,))) == (([112.0 0.0; 200.0 1.0; 303.0 2.0],), [3])
@test widths(x -> [h(x), 2x], 2.0; chunk = Val(2)) == (([112.0, 202.0],), [2])
@test widths(((a, b),) -> [h(a), b * a], (2.0, 3.0); chunk = Val(2)) == (([(112.0, 0.0), (203.0, 2.0)],), [2])
@test widths((x, y) -> x .* h(y[1]), [1.0, 2.0], [3.0]; chunk = Val(2))[1] == ([27.0 0.0; 0.0 27.0], [127.0; 254.0;;])
stored = Any[h]
@test widths(x -> [stored[1](x[1]), x[2]], [1.0, 2.0]; chunk = Val(2)) == (([103.0 0.0; 200.0 1.0],), [2])
@test widths(x -> x[1] > 0 ? Real[h(x[1]), x[2]] : [x[1], x[2]], [1.0, 2.0]; chunk = Val(2))[1] == ([103.0 0.0; 200.0 1.0],)
# What a dynamic call finds its method by are the types of its arguments, with a shadow a lane.
boxed(x) = (y = Any[x[1], x[2]]; 2y[1] * y[2])
dx = (zeros(2), zeros(2))
autodiff(Reverse, boxed, Active, BatchDuplicated([1.0, 3.0], dx))
@test dx == ([6.0, 2.0], [6.0, 2.0])
`),
  ).toEqual([])
})

// Each shadow costs the same: what is done with one is not handed the others (120 took ten seconds).
test('forty shadows at once, with and without rules', () => {
  const forty = `
h(v) = 2sum(abs2, v)
shadows = ntuple(k -> [1.0, k], Val(40))
@test collect(autodiff(Forward, h, BatchDuplicated([1.0, 2.0], shadows))[1]) == [4 + 8k for k in 1:40]
shadows = ntuple(k -> zeros(2), Val(40))
autodiff(Reverse, h, Active, BatchDuplicated([1.0, 2.0], shadows))
@test all(==([4.0, 8.0]), shadows)`
  expect(unpassed(`using Enzyme, Test${forty}`)).toEqual([])
  expect(unpassed(`${PRELUDE}g(x) = x^2\nforward(c, ::Const{typeof(g)}, ::Type{<:Annotation}, x) = error("not called")${forty}`)).toEqual(
    [],
  )
})
