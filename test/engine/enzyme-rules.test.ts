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
