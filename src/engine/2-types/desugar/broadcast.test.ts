/** Fused broadcasting. */
import { describe, expect, it } from 'vitest'
import { core } from './test-core.ts'

describe('dots', () => {
  it('one call', () => {
    expect(core('sin.(x)')).toMatchInlineSnapshot(`
      "
      @materialize(@broadcasted(sin, x))
      "
    `)
  })
  it('nested dots fuse, calls without a dot do not', () => {
    expect(core('sin.(x .* 2 .+ f(y)) .^ 2')).toMatchInlineSnapshot(`
      "
      @materialize(@broadcasted(closure #1 []
        function (#x)
          @literal_pow(^, #x, @Val(2))
        end
      end, @broadcasted(sin, @broadcasted(+, @broadcasted(*, x, 2), f(y)))))
      "
    `)
  })
  it('parentheses do not end a fusion', () => {
    expect(core('(a .+ b) .* c')).toMatchInlineSnapshot(`
      "
      @materialize(@broadcasted(*, @broadcasted(+, a, b), c))
      "
    `)
  })
  it('comparisons', () => {
    expect(
      core(`
a .< b .<= c
a .== b
`),
    ).toMatchInlineSnapshot(`
      "
      @materialize(@broadcasted(&, @broadcasted(<, a, b), @broadcasted(<=, b, c)))
      @materialize(@broadcasted(==, a, b))
      "
    `)
  })
  it('short circuits', () => {
    expect(core('a .&& b .|| c')).toMatchInlineSnapshot(`
      "
      @materialize(@broadcasted(@oror, @broadcasted(@andand, a, b), c))
      "
    `)
  })
  it('keywords are evaluated once', () => {
    expect(core('round.(x; digits = g())')).toMatchInlineSnapshot(`
      "
      @materialize((#keyword = round; #keyword.2 = g(); @broadcasted(closure #1 [#keyword.2, #keyword]
        function (#xs...)
          (^#keyword)(#xs...; digits = ^#keyword)
        end
      end, x)))
      "
    `)
  })
  it('splatted arguments', () => {
    expect(core('f.(xs...)')).toMatchInlineSnapshot(`
      "
      @materialize(@broadcasted(f, xs...))
      "
    `)
  })
  it('unary operators', () => {
    expect(
      core(`
.-x
.!x
`),
    ).toMatchInlineSnapshot(`
      "
      @materialize(@broadcasted(-, x))
      @materialize(@broadcasted(!, x))
      "
    `)
  })
  it('an operator as a value', () => {
    expect(core('map(.+, a, b)')).toMatchInlineSnapshot(`
      "
      map(closure #1 []
        function (#xs...)
          @materialize(@broadcasted(+, #xs...))
        end
      end, a, b)
      "
    `)
  })
  it('the dot macro', () => {
    expect(
      core(`
@. y = a * sin(x)^2 + $f(z)
@. x += 1
`),
    ).toMatchInlineSnapshot(`
      "
      @materialize!(y, @broadcasted(+, @broadcasted(*, a, @broadcasted(closure #1 []
        function (#x)
          @literal_pow(^, #x, @Val(2))
        end
      end, @broadcasted(sin, x))), f(z)))
      @materialize!(x, @broadcasted(+, x, 1))
      "
    `)
  })
  it('a constructor and a property as callee', () => {
    expect(
      core(`
P.(x)
m.f.(x)
`),
    ).toMatchInlineSnapshot(`
      "
      @materialize(@broadcasted(P, x))
      @materialize(@broadcasted(@getproperty(m, :f), x))
      "
    `)
  })
})
