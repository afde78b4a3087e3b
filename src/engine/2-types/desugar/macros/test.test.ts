/** Macros of Test. */
import { describe, expect, it } from 'vitest'
import { core } from '../test-core.ts'

describe('the macros of Test', () => {
  it('comparisons keep their sides', () => {
    expect(
      core(`
@test a ≈ b rtol=1e-3
@test f(x) == 2
@test isapprox(a, b; atol = 1)
`),
    ).toMatchInlineSnapshot(`
      "
      @Test.__test_compare("a ≈ b rtol=1e-3", 2, closure #1 []
        function ()
          @tuple(≈, a, b, @__namedtuple(@Val(@tuple(:rtol)), 0.001))
        end
      end)
      @Test.__test_compare("f(x) == 2", 3, closure #2 []
        function ()
          @tuple(==, f(x), 2, @__namedtuple(@Val(@tuple())))
        end
      end)
      @Test.__test_compare("isapprox(a, b; atol = 1)", 4, closure #3 []
        function ()
          @tuple(isapprox, a, b, @__namedtuple(@Val(@tuple(:atol)), 1))
        end
      end)
      "
    `)
  })
  it('other tests are run as they are', () => {
    expect(
      core(`
@test isempty(x)
@test a < b < c
@test !(a == b)
`),
    ).toMatchInlineSnapshot(`
      "
      @Test.__test_call("isempty(x)", 2, closure #1 []
        function ()
          @tuple(isempty, @tuple(x), @__namedtuple(@Val(@tuple())))
        end
      end)
      @Test.__test_chain("a < b < c", 3, closure #2 []
        function ()
          @tuple(a, <, b, <, c)
        end
      end)
      @Test.__test_compare("!(a == b)", 4, closure #3 []
        function ()
          @tuple(==, a, b, @__namedtuple(@Val(@tuple())))
        end
      end, @!)
      "
    `)
  })
  it('what is known to fail', () => {
    expect(
      core(`
@test_broken f(x) == 1
@test f(x) broken=true
@test_skip g()
@test_throws DomainError sqrt(-1)
@test_throws "text" f()
`),
    ).toMatchInlineSnapshot(`
      "
      @Test.__test_broken("f(x) == 1", 2, closure #1 []
        function ()
          ==(f(x), 1)
        end
      end)
      if true
        @Test.__test_broken("f(x)", 3, closure #3 []
          function ()
            f(x)
          end
        end)
      else
        @Test.__test("f(x)", 3, closure #2 []
          function ()
            f(x)
          end
        end)
      end
      @Test.__test_skip("g()", 4)
      @Test.__test_throws("sqrt(-1)", 5, closure #4 []
        function ()
          DomainError
        end
      end, closure #5 []
        function ()
          sqrt(-1)
        end
      end)
      @Test.__test_throws("f()", 6, closure #6 []
        function ()
          "text"
        end
      end, closure #7 []
        function ()
          f()
        end
      end)
      "
    `)
  })
  it('sets', () => {
    expect(
      core(`
@testset "outer $n" begin
    x = 1
    @testset "inner" begin
        @test x == 1
    end
end
`),
    ).toMatchInlineSnapshot(`
      "
      @Test.__testset(@string("outer ", n), 2, closure #1 []
        function ()
          x = 1
          @Test.__testset("inner", 4, closure #2 [x]
            function ()
              @Test.__test_compare("x == 1", 5, closure #3 [^x]
                function ()
                  @tuple(==, ^x, 1, @__namedtuple(@Val(@tuple())))
                end
              end)
            end
          end)
        end
      end)
      "
    `)
  })
  it('sets in loops', () => {
    expect(
      core(`
@testset "n = $n" for n in 1:3, m in [true, false]
    @test n > 0
end
@testset verbose = true "v" begin
    @test true
end
`),
    ).toMatchInlineSnapshot(`
      "
      #sets = @Test.no_sets()
      for n in :(1, 3)
        for m in @vect(true, false)
          @push!(#sets, @Test.__testset(@string("n = ", n), 2, closure #1 [n]
            function ()
              @Test.__test_compare("n > 0", 3, closure #2 [^n]
                function ()
                  @tuple(>, ^n, 0, @__namedtuple(@Val(@tuple())))
                end
              end)
            end
          end))
        end
      end
      #sets
      @Test.__testset("v", 5, closure #3 []
        function ()
          @Test.__test("true", 6, closure #4 []
            function ()
              true
            end
          end)
        end
      end)
      "
    `)
  })
})
