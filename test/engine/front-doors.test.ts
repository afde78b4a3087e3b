/** ForwardDiff, ReverseDiff, Zygote and DifferentiationInterface give their own shapes over this engine. */
import { expect, test } from 'vitest'
import { unpassed } from './session-of.ts'

const FUNCTION = 'f(x) = sum(abs2, x) * x[1]\nx = [1.0, 2.0]\nH = [6.0 4.0; 4.0 2.0]\n'

test('ForwardDiff', () => {
  expect(
    unpassed(`
using Test
import ForwardDiff
${FUNCTION}
square!(y, x) = (y .= x .^ 2; nothing)
@test ForwardDiff.derivative(x -> x^3, 2) == 12.0
@test ForwardDiff.derivative(x -> 1, 2.0) == 0
@test ForwardDiff.derivative(x -> [x, x^2], 3.0) == [1.0, 6.0]
@test ForwardDiff.derivative((y, x) -> (y[1] = x^2; nothing), zeros(1), 3.0) == [6.0]
@test ForwardDiff.gradient(f, x) == [7.0, 4.0]
@test ForwardDiff.gradient(f, [1, 2]) == [7.0, 4.0]
@test ForwardDiff.gradient!(zeros(2), f, x) == [7.0, 4.0]
@test ForwardDiff.jacobian(x -> x .^ 2, x) == [2.0 0.0; 0.0 4.0]
@test ForwardDiff.jacobian(square!, zeros(2), x) == [2.0 0.0; 0.0 4.0]
@test ForwardDiff.jacobian(X -> sum(X; dims = 1), [1.0 2.0; 3.0 4.0]) == [1.0 1.0 0.0 0.0; 0.0 0.0 1.0 1.0]
@test ForwardDiff.hessian(f, x) == H
@test ForwardDiff.hessian!(zeros(2, 2), f, x) == H
@test_throws DimensionMismatch ForwardDiff.gradient(x -> 2x, x)
@test_throws DimensionMismatch ForwardDiff.jacobian(sum, x)
`),
  ).toEqual([])
})

test('ReverseDiff and Zygote', () => {
  expect(
    unpassed(`
using Test
import ReverseDiff, Zygote
${FUNCTION}
@test ReverseDiff.gradient(f, x) == [7.0, 4.0]
@test ReverseDiff.jacobian(x -> x .^ 2, x) == [2.0 0.0; 0.0 4.0]
@test ReverseDiff.hessian(f, x) == H
@test Zygote.gradient(f, x) == ([7.0, 4.0],)
@test Zygote.withgradient(f, x) == (val = 5.0, grad = ([7.0, 4.0],))
@test Zygote.pullback(f, x)[2](2.0) == ([14.0, 8.0],)
@test Zygote.jacobian(x -> x .^ 2, x) == ([2.0 0.0; 0.0 4.0],)
mixed(x) = [i == 1 ? 1 : x[i]^2 for i in 1:2]
@test Zygote.jacobian(mixed, x) == ([0.0 0.0; 0.0 4.0],)
@test ReverseDiff.jacobian(mixed, x) == [0.0 0.0; 0.0 4.0]
@test Zygote.hessian(f, x) == H
`),
  ).toEqual([])
})

test('DifferentiationInterface', () => {
  expect(
    unpassed(`
using Test, ADTypes
import DifferentiationInterface as DI
import Enzyme
${FUNCTION}
@test DI.derivative(sin, AutoForwardDiff(), 1.0) == cos(1.0)
@test DI.gradient(f, AutoEnzyme(), x) == [7.0, 4.0]
@test DI.gradient(f, AutoEnzyme(; mode = Enzyme.Forward), x) == [7.0, 4.0]
@test DI.jacobian(X -> X .^ 2, AutoZygote(), [1.0 2.0]) == [2.0 0.0; 0.0 4.0]
@test DI.second_derivative(sin, AutoEnzyme(; mode = Enzyme.Reverse), 1.0) ≈ -sin(1.0)
@test DI.hessian(f, DI.SecondOrder(AutoForwardDiff(), AutoZygote()), x) == H
@test DI.hvp(f, AutoEnzyme(), x, ([1.0, 0.0],)) == ([6.0, 4.0],)
@test DI.pullback(x -> x .^ 2, AutoZygote(), x, ([1.0, 0.5],)) == ([2.0, 2.0],)
@test DI.value_and_gradient(f, AutoReverseDiff(), x) == (5.0, [7.0, 4.0])
@test DI.gradient((x, a, c) -> (c .= a .* x; sum(abs2, c)), AutoEnzyme(), x, DI.Constant(3.0), DI.Cache(zeros(2))) == [18.0, 36.0]
@test DI.hessian((x, a, c) -> (c .= a .* x; sum(abs2, c)), AutoEnzyme(), x, DI.Constant(3.0), DI.Cache(zeros(2))) == [18.0 0.0; 0.0 18.0]
@test DI.jacobian((y, x, c) -> (c.a .= x; c[2][1] .= c.a .^ 2; y .= c.b[1]; nothing), zeros(2), AutoEnzyme(), x, DI.Cache((a = zeros(2), b = (zeros(2),)))) == [2.0 0.0; 0.0 4.0]
@test_throws DI.PreparationMismatchError DI.gradient(sum, DI.prepare_gradient(f, AutoZygote(), x), AutoZygote(), x)
@test DI.gradient(sum, DI.prepare_gradient(f, AutoZygote(), x; strict = Val(false)), AutoZygote(), x) == [1.0, 1.0]
@test_throws DimensionMismatch DI.gradient(x -> 2x, AutoForwardDiff(), x)
branching(x) = x[1] > 0 ? x[1]^2 : -x[1]
in_place!(y, x) = (y[1] = branching(x); nothing)
taped, anew = AutoReverseDiff(compile=true), AutoReverseDiff()
@test DI.value_and_gradient(branching, DI.prepare_gradient(branching, taped, [1.0]), taped, [-2.0]) == (4.0, [-4.0])
@test DI.gradient(branching, DI.prepare_gradient(branching, anew, [1.0]), anew, [-2.0]) == [-1.0]
@test DI.gradient(branching, taped, [-2.0]) == [-1.0]
@test DI.jacobian(x -> [branching(x)], DI.prepare_jacobian(x -> [branching(x)], taped, [1.0]; strict = Val(false)), taped, [-2.0]) == [-4.0;;]
@test DI.value_and_jacobian(in_place!, [0.0], DI.prepare_jacobian(in_place!, [0.0], taped, [1.0]), taped, [-2.0]) == ([4.0], [-4.0;;])
@test DI.hessian(branching, DI.prepare_hessian(branching, taped, [1.0]), taped, [-2.0]) == [2.0;;]
@test DI.gradient(f, AutoFiniteDiff(), x) ≈ [7.0, 4.0]
`),
  ).toEqual([])
})

test('reverse mode of Enzyme inside of a derivative of ForwardDiff, in a program that names dual numbers', () => {
  expect(
    unpassed(`
using Enzyme, ForwardDiff, Test
using ForwardDiff: Dual
quartic(x) = x^4
function by_thunk(f)
    x -> begin
        fwd, rev = autodiff_thunk(ReverseSplitNoPrimal, Const{typeof(f)}, Active, Active{typeof(x)})
        tape = fwd(Const(f), Active(x))[1]
        rev(Const(f), Active(x), one(x), tape)[1][1]
    end
end
cubes!(y, x) = (y .= x .^ 3; nothing)
function in_place(x)
    dx = zero(x)
    autodiff(Reverse, cubes!, Const, Duplicated(similar(x), ones(eltype(x), length(x))), Duplicated(x, dx))
    dx
end
forward(f) = x -> ForwardDiff.derivative(f, x)
enzyme(f) = x -> autodiff(Forward, f, Duplicated(x, one(x)))[1]
const open = Any[quartic]
@test forward(by_thunk(open[1]))(2.0) == 48.0
@test enzyme(forward(by_thunk(open[1])))(2.0) == 48.0
@test enzyme(forward(x -> gradient(Reverse, open[1], x)[1]))(2.0) == 48.0
@test enzyme(forward(by_thunk(quartic)))(2.0) == 48.0
@test forward(x -> gradient(Forward, quartic, x)[1])(2.0) == 48.0
cube!(r) = (r[] = r[]^3; nothing)
by_ref(t) = (d = Ref(one(t)); autodiff(Reverse, cube!, Const, Duplicated(Ref(t), d)); d[])
@test ForwardDiff.derivative(by_ref, 2.0) == 12.0
@test ForwardDiff.jacobian(in_place, [1.0, 2.0]) == [6.0 0.0; 0.0 12.0]
`),
  ).toEqual([])
})
