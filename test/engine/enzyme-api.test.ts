/** Enzyme's functions as its documentation has them: shapes, annotations, modes, errors. Written as Julia tests. */
import { expect, test } from 'vitest'
import { unpassed } from './session-of.ts'

test('gradients have the shape of each argument', () => {
  expect(
    unpassed(`
using Enzyme, Test
struct Power{T}
    base::T
    exponent::Int
end
value(p) = p.base^p.exponent
mixed(t) = t[1] * sum(t[2])
@test gradient(Reverse, mixed, (2.0, [1.0, 2.0])) == ((3.0, [2.0, 2.0]),)
@test gradient(Reverse, value, Power(3.0, 2)) == (Power(6.0, 2),)
@test gradient(Reverse, (x, y) -> x * y, 2.0, 3) == (3.0, nothing)
@test gradient(Forward, x -> sum(abs2, x), [1.0 2.0; 3.0 4.0])[1] == [2.0 4.0; 6.0 8.0]
@test jacobian(Forward, t -> t[1] * t[2], (2.0, 3.0)) == ((3.0, 2.0),)
@test jacobian(Reverse, t -> [t[1] * t[2], t[1]], (2.0, 3.0))[1] == [(3.0, 2.0), (1.0, 0.0)]
@test size(jacobian(Reverse, x -> [x x; x x], [1.0, 2.0, 3.0])[1]) == (6, 2, 3)
@test jacobian(ReverseWithPrimal, x -> [x[1], x[2]^2], [1.0, 2.0]).val == [1.0, 4.0]
@test jacobian(Forward, (x, y) -> x .* y, [1.0, 2.0], [3.0, 4.0]) == ([3.0 0.0; 0.0 4.0], [1.0 0.0; 0.0 2.0])
@test gradient(Reverse, sum, Float64[]) == (Float64[],)
dx = [5.0, 5.0]
@test gradient!(Reverse, dx, x -> x[1] * x[2], [2.0, 3.0]) == ([3.0, 2.0],)
@test dx == [3.0, 2.0]
`),
  ).toEqual([])
})

test('products with the hessian fill what they are given', () => {
  expect(
    unpassed(`
using Enzyme, Test
f(x) = x[1]^2 * x[2]
res, grad = zeros(2), zeros(2)
@test hvp(f, [2.0, 3.0], [1.0, 0.0]) == [6.0, 4.0]
@test hvp!(res, f, [2.0, 3.0], [0.0, 1.0]) === nothing
@test res == [4.0, 0.0]
@test hvp_and_gradient!(res, grad, f, [2.0, 3.0], [1.0, 1.0]) === nothing
@test res == [10.0, 4.0]
@test grad == [12.0, 4.0]
@test hvp(X -> sum(X .^ 3), [1.0 2.0; 3.0 4.0], ones(2, 2)) == [6.0 12.0; 18.0 24.0]
`),
  ).toEqual([])
})

test('modes, annotations and their modifiers', () => {
  expect(
    unpassed(`
using Enzyme, Test
@test Active(3) === Active(3.0)
@test WithPrimal(Reverse) === ReverseWithPrimal
@test NoPrimal(ForwardWithPrimal) === Forward
@test runtime_activity(set_runtime_activity(Reverse))
@test !runtime_activity(clear_runtime_activity(set_runtime_activity(Reverse)))
@test gradient(set_runtime_activity(Reverse), sum, [1.0]) == ([1.0],)
@test autodiff(Reverse, Active(2.0)) do x
    x^3
end == ((12.0,),)
@test autodiff(Forward, x -> x^2, Const, Duplicated(3.0, 1.0)) == ()
@test autodiff(ForwardWithPrimal, x -> x^2, Const, Duplicated(3.0, 1.0))[1] == 9.0
@test values(autodiff(Forward, x -> x^2, BatchDuplicated(3.0, (1.0, 2.0)))[1]) == (6.0, 12.0)
x, d1, d2 = [1.0, 2.0], zeros(2), zeros(2)
autodiff(Reverse, v -> v[1] * v[2], Active, BatchDuplicated(x, (d1, d2)))
@test d1 == d2 == [2.0, 1.0]
@test autodiff(ReverseHolomorphic, z -> z * z, Active, Active(1.0 + 2.0im)) == ((2.0 + 4.0im,),)
@test autodiff(Forward, z -> z * z, Duplicated(1.0 + 2.0im, 1.0 + 0.0im)) == (2.0 + 4.0im,)
`),
  ).toEqual([])
})

test('results whose type is not known before they are there', () => {
  expect(
    unpassed(`
using Enzyme, Test
either(x) = x > 0 ? x : 0
hidden(x) = Base.inferencebarrier(x)^2
@test autodiff(Reverse, either, Active, Active(2.0)) == ((1.0,),)
@test autodiff(Reverse, either, Active, Active(-2.0)) == ((0.0,),)
@test autodiff(Reverse, hidden, Active, Active(3.0)) == ((6.0,),)
@test_throws DomainError autodiff(Reverse, sqrt, Active, Active(-1.0))
@test_throws UndefVarError autodiff(Reverse, x -> missing_function(x), Active, Active(1.0))
`),
  ).toEqual([])
})

test('zeros, directions and values cut from derivatives', () => {
  expect(
    unpassed(`
using Enzyme, Test
@test make_zero((1.0, [2.0], 3)) == (0.0, [0.0], 3)
a = [1.0, 2.0]
make_zero!(a)
@test a == [0.0, 0.0]
@test_throws ArgumentError make_zero!((1.0, [2.0]))
@test onehot([1.0, 2.0]) == ([1.0, 0.0], [0.0, 1.0])
@test onehot((1.0, 2.0)) == ((1.0, 0.0), (0.0, 1.0))
@test gradient(Reverse, x -> ignore_derivatives(x) * x, 3.0) == (3.0,)
@test all(ignore_derivatives(x) === x for x in (0.0, -0.0, 1.1, -1.0e300, 5.0e-324, Inf, -Inf, 0.1))
@test isnan(ignore_derivatives(NaN))
`),
  ).toEqual([])
})

test('what Enzyme refuses, in its own exceptions', () => {
  expect(
    unpassed(`
using Enzyme, Test
@test_throws "Unsupported Active{Vector{Float64}}, consider Duplicated or Const" Active([1.0])
@test_throws MethodError Duplicated([1.0], 1.0)
@test_throws AssertionError Duplicated([1.0], [1.0, 2.0])
@test_throws "not allowed in forward mode" autodiff(Forward, sin, Active(1.0))
@test_throws "not allowed in forward mode" autodiff(Forward, sin, Active, Duplicated(1.0, 1.0))
@test_throws "Duplicated Returns not yet handled" autodiff(Reverse, x -> 2x, Duplicated([1.0], [0.0]))
@test_throws "guaranteed to be constant" autodiff(Reverse, length, Active, Duplicated([1.0], [0.0]))
@test_throws "ambiguous" autodiff(Reverse, z -> z * z, Active, Active(1.0im))
@test_throws Enzyme.Compiler.EnzymeNonScalarReturnException gradient(Reverse, x -> 2x, [1.0])
@test_throws Enzyme.Compiler.NonInferredActiveReturn autodiff(Reverse, sin, Active{Float32}, Active(1.0))
@test_throws AssertionError jacobian(Reverse, x -> (x, x), 1.0)
@test_throws "Multiple distinct batch sizes: 2 and 1" autodiff(Forward, (x, y) -> x * y, BatchDuplicated(1.0, (1.0, 1.0)), Duplicated(1.0, 1.0))
double(x) = 2x
fwd, rev = autodiff_thunk(ReverseSplitNoPrimal, Const{typeof(double)}, Active, Active{Float64})
@test_throws Enzyme.Compiler.ThunkCallError fwd(Const(double), Const(1.0))
`),
  ).toEqual([])
})
