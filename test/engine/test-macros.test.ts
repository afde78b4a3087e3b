/** What Julia's Test records, in its words. */
import { expect, test } from 'vitest'
import { sessionOf } from './session-of.ts'

const PROGRAM = `
using Test
@testset "outer" begin
    @test 1 == 1
    @test 1 == 2
    @testset "inner" begin
        @test 1.0 ≈ 1.1 atol=0.01
        @test isapprox(1.0, 1.1)
    end
    @test !(1 == 1)
    @test 3
    @test error("oh")
    @test_throws DomainError sqrt(-1.0)
    @test_throws DomainError 1 + 1
    @test_throws ArgumentError sqrt(-1.0)
    @test_throws "negative" sqrt(-1.0)
    @test_broken 1 == 2
    @test_broken 1 == 1
    @test_skip 1 == 2
    @test_logs (:info, r"l+o") @info "hello"
    error("outside")
    @test 1 == 1
end
@test 2 == 2
`

test('statuses, names and messages', () => {
  expect(
    sessionOf(PROGRAM)
      .tests()
      .map(t => `${t.status} | ${t.name} | ${t.message}`),
  ).toMatchInlineSnapshot(`
    [
      "pass | outer / 1 == 1 | ",
      "fail | outer / 1 == 2 |   Expression: 1 == 2
       Evaluated: 1 == 2",
      "fail | outer / inner / 1.0 ≈ 1.1 atol=0.01 |   Expression: 1.0 ≈ 1.1 atol=0.01
       Evaluated: 1.0 ≈ 1.1 (atol = 0.01)",
      "fail | outer / inner / isapprox(1.0, 1.1) |   Expression: isapprox(1.0, 1.1)
       Evaluated: isapprox(1.0, 1.1)",
      "fail | outer / !(1 == 1) |   Expression: !(1 == 1)
       Evaluated: !(1 == 1)",
      "error | outer / 3 | Expression evaluated to non-Boolean
      Expression: 3
           Value: 3",
      "error | outer / error("oh") | Test threw exception
      Expression: error("oh")
      oh",
      "pass | outer / sqrt(-1.0) | ",
      "fail | outer / 1 + 1 |   Expression: 1 + 1
        Expected: DomainError
      No exception thrown",
      "fail | outer / sqrt(-1.0) |   Expression: sqrt(-1.0)
        Expected: ArgumentError
          Thrown: DomainError",
      "pass | outer / sqrt(-1.0) | ",
      "broken | outer / 1 == 2 | ",
      "error | outer / 1 == 1 | Unexpected Pass
      Expression: 1 == 1
      Got correct result, please change to @test if no longer broken.",
      "broken | outer / 1 == 2 | ",
      "pass | outer / @info "hello" | ",
      "error | outer / outer | Got exception outside of a @test
      outside",
      "pass | 2 == 2 | ",
    ]
  `)
})
