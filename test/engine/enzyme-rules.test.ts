/** Custom rules: where they are reached from, what they are given, and what is refused. Written as Julia tests. */
import { expect, test } from 'vitest'
import { unpassed } from './session-of.ts'

function passes(program: string): void {
  expect(unpassed(PRELUDE + program)).toEqual([])
}

const PRELUDE = `
using Enzyme, Test
using Enzyme.EnzymeRules
import Enzyme.EnzymeRules: forward, augmented_primal, reverse
`

// Rules that add numbers nobody would get otherwise show where they were reached.
const SQUARE = `
f(x) = x^2
function forward(config::FwdConfig, func::Const{typeof(f)}, ::Type{<:Annotation}, x::Duplicated)
    needs_primal(config) ? Duplicated(func.val(x.val), 100 + 2x.val * x.dval) : 10 + 2x.val * x.dval
end
function augmented_primal(config::RevConfigWidth{1}, func::Const{typeof(f)}, ::Type{<:Active}, x::Active)
    AugmentedReturn(needs_primal(config) ? func.val(x.val) : nothing, nothing, 2x.val)
end
reverse(config::RevConfigWidth{1}, func::Const{typeof(f)}, dret::Active, tape, x::Active) = (1000 + tape * dret.val,)
`

test('a rule is reached from loops, closures, dynamic calls and derivatives of derivatives', () => {
  passes(`${SQUARE}
g(x) = f(x)^2
looped(x) = (s = 0.0; for i in 1:3; s += f(i * x); end; s)
const anything = Any[f]
dynamic(x) = anything[1](x) + 0.0
@test autodiff(ForwardWithPrimal, f, Duplicated(2.0, 1.0)) == (104.0, 4.0)
@test autodiff(Forward, g, Duplicated(2.0, 1.0)) == (832.0,)
@test autodiff(Reverse, f, Active, Active(2.0)) == ((1004.0,),)
@test autodiff(Reverse, g, Active, Active(2.0)) == ((1032.0,),)
@test autodiff(Reverse, looped, Active, Active(2.0)) == ((6000 + 2.0 * 2 * 14,),)
@test autodiff(Forward, f, Duplicated(2.0, 1.0)) == (14.0,)
@test autodiff(Forward, x -> 2f(x), Duplicated(2.0, 1.0)) == (28.0,)
@test autodiff(ForwardWithPrimal, x -> 2f(x), Duplicated(2.0, 1.0)) == (208.0, 8.0)
@test autodiff(Forward, looped, Duplicated(2.0, 1.0)) == (30 + 56.0,)
@test autodiff(Reverse, dynamic, Active, Active(2.0)) == ((1004.0,),)
@test autodiff(Forward, y -> autodiff(Reverse, g, Active, Active(y))[1][1], Duplicated(2.0, 1.0))[1] isa Float64
@test autodiff(Forward, y -> autodiff(Reverse, f, Active, Active(y))[1][1], Duplicated(2.0, 1.0)) == (2.0,)
@test autodiff(Reverse, x -> f(3.0) * x, Active, Active(2.0)) == ((9.0,),)
`)
})

test('a rule that is defined or changed later is the one that counts', () => {
  passes(`
h(x) = 3x
twice(x) = h(h(x))
@test autodiff(Reverse, twice, Active, Active(1.0)) == ((9.0,),)
augmented_primal(c, func::Const{typeof(h)}, ::Type{<:Active}, x::Active) = AugmentedReturn(needs_primal(c) ? func.val(x.val) : nothing, nothing, nothing)
reverse(c, ::Const{typeof(h)}, dret::Active, tape, x::Active) = (5 * dret.val,)
@test autodiff(Reverse, twice, Active, Active(1.0)) == ((25.0,),)
reverse(c, ::Const{typeof(h)}, dret::Active, tape, x::Active) = (7 * dret.val,)
@test autodiff(Reverse, twice, Active, Active(1.0)) == ((49.0,),)
@test autodiff(Forward, twice, Duplicated(1.0, 1.0)) == (9.0,)
EnzymeRules.inactive(::typeof(twice), args...) = nothing
@test autodiff(Reverse, x -> twice(x) * x, Active, Active(2.0)) == ((18.0,),)
@test autodiff(Forward, x -> twice(x) * x, Duplicated(2.0, 1.0)) == (18.0,)
`)
})

test('a rule that always throws is differentiated again, one may have a shadow that is a range, or a result in a box that nobody needs', () => {
  passes(`
f(x) = x^2
forward(config::FwdConfig, ::Const{typeof(f)}, ::Type{<:Annotation}, x) = error("ahead")
augmented_primal(config::RevConfig, f::Const{typeof(f)}, ::Type{<:Active}, x::Active) = error("first")
g(x) = x * f(x)
ahead(h, x) = autodiff(Forward, h, Duplicated(x, 1.0))[1]
back(h, x) = autodiff(Reverse, h, Active, Active(x))[1][1]
text(h) = try; h(); catch e; e.msg; end
texts() = [text(() -> outer(x -> inner(h, x), 1.0)) for h in (f, g) for outer in (ahead, back) for inner in (ahead, back)]
@test texts() == repeat(["ahead", "first"], 4)
augmented_primal(config::RevConfig, f::Const{typeof(f)}, ::Type{<:Active}, x::Active) = AugmentedReturn(needs_primal(config) ? f.val(x.val) : nothing, nothing, nothing)
reverse(config::RevConfig, f::Const{typeof(f)}, dret, tape, x::Active) = error("second")
# The primal of \`f\` is asked for inside of \`g\`, and forward mode has a rule for that.
@test texts() == ["ahead", "second", "ahead", "second", "ahead", "ahead", "ahead", "second"]

total(v) = sum(abs2, v) * v[1]
function forward(config::FwdConfig, f::Const{typeof(total)}, ::Type{<:Annotation}, v)
    d = 2sum(v.val .* v.dval) * v.val[1] + sum(abs2, v.val) * v.dval[1]
    needs_primal(config) ? Duplicated(f.val(v.val), d) : d
end
plain(v) = sum(abs2, v) * v[1]
@test ahead(x -> total(x:0.5:3), 0.7) ≈ ahead(x -> plain(x:0.5:3), 0.7)
@test ahead(x -> total(Any[x, 2x]), 0.7) ≈ ahead(x -> plain([x, 2x]), 0.7)
boxed(v) = (v[1] *= 2; Any[nothing][1])
forward(c::FwdConfig, ::Const{typeof(boxed)}, ::Type{<:Annotation}, v) = (boxed(v.val); v.dval[1] *= 20; nothing)
@test ahead(x -> (v = [x]; boxed(v); v[1]), 1.0) == 20.0
@test autodiff(Forward, boxed, Duplicated([1.0], [1.0])) == (nothing,)
`)
})

test('rules for arrays change them in place, and keep what they need', () => {
  passes(`
square!(x) = (x[1] *= x[1]; nothing)
function forward(config, ::Const{typeof(square!)}, ::Type{<:Const}, x::Duplicated)
    old = x.val[1]
    x.val[1] *= old
    x.dval[1] *= 2old + 10
    nothing
end
function augmented_primal(config::RevConfig, ::Const{typeof(square!)}, ::Type{<:Const}, x::Duplicated)
    old = x.val[1]
    x.val[1] *= old
    AugmentedReturn(nothing, nothing, old)
end
function reverse(config::RevConfig, ::Const{typeof(square!)}, ::Type{<:Const}, tape, x::Duplicated)
    x.dval[1] = 100 + x.dval[1] * tape
    (nothing,)
end
x, dx = [2.0], [1.0]
@test autodiff(Forward, square!, Duplicated(x, dx)) == ()
@test (x, dx) == ([4.0], [14.0])
x, dx = [2.0], [1.0]
autodiff(Reverse, square!, Const, Duplicated(x, dx))
@test (x, dx) == ([4.0], [102.0])
function thrice(x)
    y = copy(x)
    for _ in 1:2
        square!(y)
    end
    y[1]
end
dx = [0.0]
autodiff(Reverse, thrice, Active, Duplicated([2.0], dx))
@test dx == [100 + 2 * (100 + 4 * 1.0)]

double(x) = 2 .* x
function augmented_primal(config::RevConfig, func::Const{typeof(double)}, ::Type{<:Duplicated}, x::Duplicated)
    y = func.val(x.val)
    dy = zero(y)
    AugmentedReturn(y, dy, dy)
end
function reverse(config::RevConfig, func::Const{typeof(double)}, ::Type{<:Duplicated}, dy, x::Duplicated)
    x.dval .+= 20 .* dy
    dy .= 0
    (nothing,)
end
@test gradient(Reverse, x -> sum(abs2, double(x)), [1.0, 2.0])[1] == [80.0, 160.0]
@test gradient(Reverse, x -> gradient(Reverse, y -> sum(abs2, double(y)), x)[1][2], [1.0, 2.0])[1] == [0.0, 800.0]
`)
})

test('rules as the tutorial has them, with caches, keywords, functors and their mistakes', () => {
  passes(`
myf(x) = sum(x .^ 2)
function augmented_primal(config::RevConfigWidth{1}, func::Const{typeof(myf)}, ::Type{<:Active}, x::Duplicated)
    primal = needs_primal(config) ? func.val(x.val) : nothing
    tape = overwritten(config)[2] ? copy(x.val) : nothing
    return AugmentedReturn(primal, nothing, tape)
end
function reverse(config::RevConfigWidth{1}, ::Const{typeof(myf)}, dret::Active, tape, x::Duplicated)
    xval = overwritten(config)[2] ? tape : x.val
    x.dval .+= 2 .* xval .* dret.val
    return (nothing,)
end
@test gradient(Reverse, myf, [1.0,2.0])[1] == [2.0,4.0]
@test gradient(Reverse, x->myf(x)*x[1], [1.0,2.0])[1] == [2.0+5.0,4.0]
function f(y, x)
    y .= x.^2
    return sum(y)
end
g(y, x) = f(y, x)^2
function forward(config::FwdConfig, func::Const{typeof(f)}, ::Type{<:Duplicated}, y::Duplicated, x::Duplicated)
    ret = func.val(y.val, x.val)
    y.dval .= 2 .* x.val .* x.dval
    return Duplicated(ret, sum(y.dval))
end
x  = [3.0, 1.0]; dx = [1.0, 0.0]; y  = [0.0, 0.0]; dy = [0.0, 0.0]
@test autodiff(Forward, g, Duplicated(y, dy), Duplicated(x, dx)) == (120.0,)
@test dy == [6.0, 0.0]
@test_throws MethodError autodiff(Forward, g, Const(y), Duplicated(x, dx))
function augmented_primal(config::RevConfigWidth{1}, func::Const{typeof(f)}, ::Type{<:Active}, y::Duplicated, x::Duplicated)
    if needs_primal(config)
        primal = func.val(y.val, x.val)
    else
        y.val .= x.val.^2
        primal = nothing
    end
    if overwritten(config)[3]
        tape = copy(x.val)
    else
        tape = nothing
    end
    return AugmentedReturn(primal, nothing, tape)
end
function reverse(config::RevConfigWidth{1}, func::Const{typeof(f)}, dret::Active, tape, y::Duplicated, x::Duplicated)
    xval = overwritten(config)[3] ? tape : x.val
    x.dval .+= 2 .* xval .* dret.val
    x.dval .+= 2 .* xval .* y.dval
    make_zero!(y.dval)
    return (nothing, nothing)
end
x  = [3.0, 1.0]; dx = [0.0, 0.0]; y  = [0.0, 0.0]; dy = [0.0, 0.0]
autodiff(Reverse, g, Duplicated(y, dy), Duplicated(x, dx))
@test dx == [120.0, 40.0] && dy == [0.0, 0.0]
function h(y, x)
    ret = f(y, x)
    x .= x.^2
    return ret^2
end
x  = [3.0, 1.0]; dx = [0.0, 0.0]; y  = [0.0, 0.0]; dy = [0.0, 0.0]
autodiff(Reverse, h, Duplicated(y, dy), Duplicated(x, dx))
@test dx == [120.0, 40.0]
mulf(a, b) = a * b
function augmented_primal(config, func::Const{typeof(mulf)}, RT::Type{<:Annotation}, a::Annotation, b::Annotation)
    AugmentedReturn(needs_primal(config) ? func.val(a.val,b.val) : nothing, nothing, nothing)
end
function reverse(config, func::Const{typeof(mulf)}, dret::Active, tape, a::Annotation, b::Annotation)
    da = a isa Const ? nothing : dret.val * b.val
    db = b isa Const ? nothing : dret.val * a.val
    return (da, db)
end
@test autodiff(Reverse, mulf, Active(2.0), Active(3.0)) == ((3.0,2.0),)
@test autodiff(Reverse, mulf, Active(2.0), Const(3.0)) == ((3.0,nothing),)
@test autodiff(Reverse, x->mulf(x,x), Active(3.0)) == ((6.0,),)
@test autodiff(Reverse, mulf, Const(2.0), Active(3.0)) == ((nothing,2.0),)
struct Lin{T}; W::T; end
(l::Lin)(x) = l.W * x
function augmented_primal(config, l::Duplicated{<:Lin}, ::Type{<:Annotation}, x::Annotation)
    y = l.val(x.val)
    dy = zero(y)
    AugmentedReturn(needs_primal(config) ? y : nothing, needs_shadow(config) ? dy : nothing, dy)
end
function reverse(config, l::Duplicated{<:Lin}, ::Type{<:Annotation}, dy, x::Annotation)
    l.dval.W .+= dy * x.val'
    x isa Const || (x.dval .+= l.val.W' * dy)
    dy .= 0
    (nothing,)
end
W=[1.0 2.0;3.0 4.0]; dW=zeros(2,2); dx=zeros(2)
autodiff(Reverse, (l,x)->sum(l(x)), Active, Duplicated(Lin(W),Lin(dW)), Duplicated([1.0,2.0],dx))
@test dW == [1.0 2.0;1.0 2.0]
@test dx == [4.0,6.0]
kwf(x; n=1) = x^n
function augmented_primal(config, func::Const{typeof(kwf)}, ::Type{<:Active}, x::Active; n=1)
    AugmentedReturn(needs_primal(config) ? func.val(x.val; n) : nothing, nothing, nothing)
end
reverse(config, func::Const{typeof(kwf)}, dret::Active, tape, x::Active; n=1) = (100 + n*x.val^(n-1)*dret.val,)
@test autodiff(Reverse, x->kwf(x; n=3), Active(2.0)) == ((112.0,),)
@test autodiff(Reverse, x->kwf(x), Active(2.0)) == ((101.0,),)
@test_throws Enzyme.Compiler.NonConstantKeywordArgException autodiff(Reverse, (x,y)->kwf(x; n=y), Active(2.0), Active(3.0))
bad1(x) = x
augmented_primal(config, ::Const{typeof(bad1)}, ::Type{<:Active}, x::Active) = 3
@test_throws Enzyme.Compiler.AugmentedRuleReturnError autodiff(Reverse, bad1, Active(1.0))
bad2(x) = x
augmented_primal(config, ::Const{typeof(bad2)}, ::Type{<:Active}, x::Active) = AugmentedReturn(nothing,nothing,nothing)
reverse(config, ::Const{typeof(bad2)}, d::Active, tape, x::Active) = (nothing,)
@test_throws Enzyme.Compiler.ReverseRuleReturnError autodiff(Reverse, bad2, Active(1.0))
@test_throws Enzyme.Compiler.AugmentedRuleReturnError autodiff(ReverseWithPrimal, bad2, Active(1.0))
bad3(x) = x
forward(config, ::Const{typeof(bad3)}, ::Type{<:Annotation}, x::Annotation) = "x"
@test_throws Enzyme.Compiler.ForwardRuleReturnError autodiff(Forward, bad3, Duplicated(1.0,1.0))
tf(x) = (x, 2x)
function forward(config, func::Const{typeof(tf)}, ::Type{<:Annotation}, x::Duplicated)
  y = func.val(x.val); dy = (x.dval, 3*x.dval)
  needs_primal(config) ? Duplicated(y, dy) : dy
end
@test autodiff(Forward, x->tf(x)[2], Duplicated(1.0,1.0)) == (3.0,)
c = FwdConfig{true,true,1,false,false}()
@test EnzymeRules.forward_rule_return_type(c, Duplicated{Float64}) == Duplicated{Float64}
@test EnzymeRules.augmented_rule_return_type(RevConfig{true,false,1,(false,false),false,false}(), Active{Float64}, Nothing) == AugmentedReturn{Float64,Nothing,Nothing}
@test EnzymeRules.tape_type(AugmentedReturn{Float64,Nothing,Int}) == Int
@test EnzymeRules.tape_type(AugmentedReturn(1.0, nothing, (1, 2.0))) == Tuple{Int,Float64}
@test width(c) == 1
@test EnzymeRules.has_frule_from_sig(Base.signature_type(f, Tuple{Vector{Float64},Vector{Float64}}))
@test EnzymeRules.has_rrule_from_sig(Base.signature_type(myf, Tuple{Vector{Float64}}))
@test !EnzymeRules.has_frule_from_sig(Base.signature_type(myf, Tuple{Vector{Float64}}))
lg(x) = (println("hi"); nothing)
EnzymeRules.inactive(::typeof(lg), args...) = nothing
@test autodiff(Reverse, x->(lg(x); x^2), Active(2.0)) == ((4.0,),)
sc(x) = 2 .* x
EnzymeRules.inactive(::typeof(sc), args...; kwargs...) = true
@test gradient(Reverse, x->sum(sc(x).*x), [1.0,2.0])[1] == [2.0,4.0]
@test gradient(Forward, x->sum(sc(x).*x), [1.0,2.0])[1] == [2.0,4.0]
struct IT; x::Float64; end
EnzymeRules.inactive_type(::Type{IT}) = true
@test Enzyme.guess_activity(IT, Reverse) <: Const
@test EnzymeRules.is_inactive_from_sig(Base.signature_type(sc, Tuple{Vector{Float64}}))
er(x, y) = x^2*y
EnzymeRules.@easy_rule(er(x, y), (2*x*y, x^2 + 100))
@test autodiff(Reverse, er, Active(2.0), Active(3.0)) == ((12.0,104.0),)
@test autodiff(Forward, er, Duplicated(2.0,1.0), Duplicated(3.0,1.0)) == (116.0,)
@test autodiff(Forward, er, Duplicated(2.0,1.0), Const(3.0)) == (12.0,)
er2(x) = (sin(x), cos(x))
EnzymeRules.@easy_rule(er2(x), @setup((s, c) = sincos(x)), (c,), (-s,))
@test autodiff(Forward, er2, Duplicated(1.0,1.0))[1] == (cos(1.0), -sin(1.0))
er3(x,n) = x^n
EnzymeRules.@easy_rule(er3(x,n), (n*Ω/x, @Constant))
@test autodiff(Reverse, er3, Active(2.0), Const(3)) == ((12.0,nothing),)
`)
})

test('rules of ChainRulesCore are imported', () => {
  passes(`
using ChainRulesCore
fdiff(x) = x^2
fdiff(x, y) = x*y
ChainRulesCore.rrule(::typeof(fdiff), x) = (fdiff(x), dy -> (NoTangent(), 100*x*dy))
function ChainRulesCore.frule((_, dx), ::typeof(fdiff), x)
  return fdiff(x), 50*x*dx
end
Enzyme.@import_rrule(typeof(fdiff), Float64)
Enzyme.@import_frule(typeof(fdiff), Float64)
@test autodiff(Reverse, fdiff, Active(2.0)) == ((200.0,),)
@test autodiff(Forward, fdiff, Duplicated(2.0,1.0)) == (100.0,)
@test autodiff(ForwardWithPrimal, fdiff, Duplicated(2.0,1.0)) == (100.0,4.0)
@test autodiff(Reverse, fdiff, Active(2.0), Active(3.0)) == ((3.0,2.0),)
fv(x) = sum(x.^2)
function ChainRulesCore.rrule(::typeof(fv), x::AbstractVector)
  pb(dy) = (NoTangent(), @thunk(10 .* x .* unthunk(dy)))
  return fv(x), pb
end
Enzyme.@import_rrule typeof(fv) Vector{Float64}
@test gradient(Reverse, fv, [1.0,2.0])[1] == [10.0,20.0]
gv(x) = 2 .* x
ChainRulesCore.rrule(::typeof(gv), x) = (gv(x), dy -> (NoTangent(), 7 .* dy))
Enzyme.@import_rrule typeof(gv) Vector{Float64}
@test gradient(Reverse, x->sum(gv(x)), [1.0,2.0])[1] == [7.0,7.0]
kv(x; n=2) = x^n
ChainRulesCore.rrule(::typeof(kv), x::Float64; n=2) = (kv(x; n), dy -> (NoTangent(), 1000n*dy))
ChainRulesCore.frule((_, dx), ::typeof(kv), x::Float64; n=2) = (kv(x; n), 500n*dx)
Enzyme.@import_rrule typeof(kv) Float64
Enzyme.@import_frule typeof(kv) Float64
@test autodiff(Reverse, x -> kv(x; n=3) + kv(x), Active(2.0)) == ((5000.0,),)
@test autodiff(Forward, x -> kv(x; n=3), Duplicated(2.0, 1.0)) == (1500.0,)
sr(x,y) = x^2*y
@scalar_rule sr(x,y) (2*x*y, x^2)
@test ChainRulesCore.rrule(sr, 2.0, 3.0)[2](1.0) == (NoTangent(), 12.0, 4.0)
@test ChainRulesCore.frule((NoTangent(), 1.0, 0.0), sr, 2.0, 3.0) == (12.0, 12.0)
@test rrule(sin, "x") === nothing
`)
})

test('defaults and keywords of a call with a rule', () => {
  passes(`
df(x, y=2.0; n=1) = x*y*n
function augmented_primal(config, func::Const{typeof(df)}, ::Type{<:Active}, x::Annotation, y::Annotation; n=1)
  AugmentedReturn(needs_primal(config) ? func.val(x.val, y.val; n) : nothing, nothing, nothing)
end
reverse(config, func::Const{typeof(df)}, d::Active, tape, x::Annotation, y::Annotation; n=1) = (x isa Active ? 100.0*n : nothing, y isa Active ? 200.0 : nothing)
@test autodiff(Reverse, x->df(x), Active(1.0)) == ((100.0,),)
@test autodiff(Reverse, df, Active(1.0)) == ((100.0,),)
@test autodiff(Reverse, x->df(x; n=3), Active(1.0)) == ((300.0,),)
@test autodiff(Reverse, x->df(x,x), Active(1.0)) == ((300.0,),)
kf(x; tol=1e-3) = x^2
augmented_primal(config, func::Const{typeof(kf)}, ::Type{<:Active}, x::Annotation; tol=1.0) = AugmentedReturn(needs_primal(config) ? x.val^2 : nothing, nothing, nothing)
reverse(config, func::Const{typeof(kf)}, d::Active, tape, x::Annotation; tol=1.0) = (7.0,)
@test_throws Enzyme.Compiler.NonConstantKeywordArgException autodiff(Reverse, (x,t)->kf(x; tol=t), Active(1.0), Active(1.0))
EnzymeRules.inactive_kwarg(::typeof(kf), x; tol=1.0) = nothing
@test autodiff(Reverse, (x,t)->kf(x; tol=t), Active(1.0), Active(1.0)) == ((7.0,0.0),)
`)
})

test('a rule is told of the modes: runtime activity and strong zeros, through calls and dynamic calls', () => {
  passes(`
told(x) = x^2
const modes = []
function augmented_primal(config::RevConfig, func::Const{typeof(told)}, ::Type{<:Active}, x::Active)
    push!(modes, (runtime_activity(config), strong_zero(config)))
    AugmentedReturn(needs_primal(config) ? func.val(x.val) : nothing, nothing, nothing)
end
reverse(config::RevConfig, func::Const{typeof(told)}, d::Active, tape, x::Active) = (2x.val * d.val,)
function forward(config::FwdConfig, func::Const{typeof(told)}, ::Type{<:Annotation}, x::Annotation)
    push!(modes, (runtime_activity(config), strong_zero(config)))
    needs_primal(config) ? Duplicated(func.val(x.val), 2x.val * x.dval) : 2x.val * x.dval
end
const told_by = Any[told]
for mode in (Reverse, set_runtime_activity(Reverse), set_strong_zero(set_runtime_activity(Reverse)))
    autodiff(mode, x -> told(x)^2, Active, Active(2.0))
    autodiff(mode, x -> told_by[1](x) + 0.0, Active, Active(2.0))
end
autodiff(set_runtime_activity(Forward), told, Duplicated(2.0, 1.0))
@test modes == [(false, false), (false, false), (true, false), (true, false), (true, true), (true, true), (true, false)]
`)
})
