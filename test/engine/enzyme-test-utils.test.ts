/** `test_forward` and `test_reverse`: they pass what is right and find what is wrong. */
import { expect, test } from 'vitest'
import { sessionOf } from './session-of.ts'

test('right derivatives pass', () => {
  const tests = sessionOf(`
using Enzyme, EnzymeTestUtils, Test
f(x) = x^2
@testset "scalar" begin
 @testset for Tret in (Const, Duplicated, DuplicatedNoNeed), Tx in (Const, Duplicated)
   test_forward(f, Tret, (2.0, Tx))
 end
 test_forward(f, BatchDuplicated, (2.0, BatchDuplicated))
 @testset for Tx in (Const, Active)
  test_reverse(f, Active, (2.0, Tx))
 end
end
g!(y, x) = (y .= x .^ 2; nothing)
@testset "inplace" begin
  y=zeros(3); x=[1.0,2.0,3.0]
  test_forward(g!, Const, (y, Duplicated), (x, Duplicated))
  test_reverse(g!, Const, (y, Duplicated), (x, Duplicated))
  test_reverse(g!, Const, (y, BatchDuplicated), (x, BatchDuplicated))
  test_reverse(g!, Const, (y, Duplicated), (x, Const))
end
h(x, a) = a .* sin.(x)
@testset "out" begin
  for Tx in (Const, Duplicated), Ta in (Const, Active)
    are_activities_compatible(Duplicated, Tx, Ta) || continue
    test_reverse(h, Duplicated, ([1.0,2.0], Tx), (3.0, Ta))
  end
  test_forward(h, Duplicated, ([1.0,2.0], Duplicated), (3.0, Duplicated))
  test_forward(h, BatchDuplicated, ([1.0,2.0], BatchDuplicated), (3.0, BatchDuplicated))
end
k(x; n=2) = sum(x.^n)
test_reverse(k, Active, ([1.0,2.0], Duplicated); fkwargs=(n=3,))
test_forward(k, Duplicated, ([1.0,2.0], Duplicated); fkwargs=(n=3,), rtol=1e-7)
struct TP; a::Float64; b::Vector{Float64}; end
m(t) = t.a*sum(t.b)
test_forward(m, Duplicated, (TP(2.0,[1.0,2.0]), Duplicated))
test_reverse(m, Active, (TP(2.0,[1.0,2.0]), MixedDuplicated))
struct Fn; w::Vector{Float64}; end
(f::Fn)(x) = sum(f.w .* x)
test_reverse((Fn([1.0,2.0]), Duplicated), Active, ([3.0,4.0], Duplicated))
test_forward(x->(x,[x,2x]), Duplicated, (2.0, Duplicated))
`).tests()
  expect(tests.filter(t => t.status !== 'pass')).toEqual([])
  expect(tests.length).toBeGreaterThan(100)
})

test('a wrong rule is found', () => {
  const tests = sessionOf(`
using Enzyme, EnzymeTestUtils, Test
import Enzyme.EnzymeRules
using .EnzymeRules: RevConfig, AugmentedReturn
bad(x) = x^3
EnzymeRules.augmented_primal(c::RevConfig, func::Const{typeof(bad)}, ::Type{<:Active}, x::Active) = AugmentedReturn(EnzymeRules.needs_primal(c) ? func.val(x.val) : nothing, nothing, nothing)
EnzymeRules.reverse(c::RevConfig, ::Const{typeof(bad)}, d::Active, tape, x::Active) = (2*x.val^2*d.val,)
test_reverse(bad, Active, (2.0, Active))
`).tests()
  expect(tests.map(t => t.status)).toEqual(['pass', 'pass', 'pass', 'fail'])
})
