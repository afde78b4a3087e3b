/** Arrays, indices, comprehensions. */
import { describe, expect, it } from 'vitest'
import { core } from './test-core.ts'

describe('arrays', () => {
  it('literals', () => {
    expect(
      core(`
[1, 2]
[a b]
[a; b]
[a b; c d]
[a b; c]
[]
[x...]
[a;;; b]
[1 2; 3 4;;; 5 6; 7 8]
[a;; b]
`),
    ).toMatchInlineSnapshot(`
      "
      @vect(1, 2)
      @hcat(a, b)
      @vcat(a, b)
      @hvcat(@tuple(2, 2), a, b, c, d)
      @hvcat(@tuple(2, 1), a, b, c)
      @vect()
      @vect(x...)
      @hvncat(3, a, b)
      @hvncat(3, @vcat(@hcat(1, 2), @hcat(3, 4)), @vcat(@hcat(5, 6), @hcat(7, 8)))
      @hcat(a, b)
      "
    `)
  })
  it('typed literals', () => {
    expect(
      core(`
Float64[]
Float64[1, 2]
Int[a b]
Int[a; b]
Int[a b; c d]
`),
    ).toMatchInlineSnapshot(`
      "
      @getindex(Float64)
      @getindex(Float64, 1, 2)
      @typed_hcat(Int, a, b)
      @typed_vcat(Int, a, b)
      @typed_hvcat(Int, @tuple(2, 2), a, b, c, d)
      "
    `)
  })
  it('rows with splats', () => {
    expect(core('[a... b; c d]')).toMatchInlineSnapshot(`
      "
      @vcat(@hcat(a..., b), @hcat(c, d))
      "
    `)
  })
  it('indices', () => {
    expect(
      core(`
a[1]
a[1, :, end]
a[end]
a[begin + 1]
a[]
`),
    ).toMatchInlineSnapshot(`
      "
      @getindex(a, 1)
      @getindex(a, 1, :, @lastindex(a, 3))
      @getindex(a, @lastindex(a))
      @getindex(a, +(@firstindex(a), 1))
      @getindex(a)
      "
    `)
  })
  it('the end of an expression is asked of its one value', () => {
    expect(
      core(`
f(x)[end]
a[b[end], end - 1]
a[i..., end]
`),
    ).toMatchInlineSnapshot(`
      "
      #array = f(x)
      @getindex(#array, @lastindex(#array))
      @getindex(a, @getindex(b, @lastindex(b)), -(@lastindex(a, 2), 1))
      #splat = i
      @getindex(a, #splat..., @lastindex(a, @+(1, @length(#splat))))
      "
    `)
  })
  it('views', () => {
    expect(
      core(`
@view a[1:2, :]
@views f(a[1:end], b[2])
`),
    ).toMatchInlineSnapshot(`
      "
      @view(a, :(1, 2), :)
      f(@maybeview(a, :(1, @lastindex(a))), @maybeview(b, 2))
      "
    `)
  })
  it('comprehensions', () => {
    expect(
      core(`
[x^2 for x in a]
[x + y for x in a, y in b]
Float64[f(x) for x in a if x > 0]
[x for x in a for y in x]
[i + x for (i, x) in enumerate(v)]
`),
    ).toMatchInlineSnapshot(`
      "
      @collect(@Generator(closure #1 []
        function (x)
          @literal_pow(^, x, @Val(2))
        end
      end, a))
      @collect(@Generator(closure #2 []
        function (#arg1)
          #items = @__destructure(#arg1, @Val(2))
          x = @__tuple_get(#items, 1)
          y = @__tuple_get(#items, 2)
          +(x, y)
        end
      end, @Iterators.product(a, b)))
      @collect(Float64, @Generator(closure #4 []
        function (x)
          f(x)
        end
      end, @Iterators.filter(closure #3 []
        function (x)
          >(x, 0)
        end
      end, a)))
      @collect(@Iterators.flatten(@Generator(closure #5 []
        function (x)
          @Generator(closure #6 [x]
            function (y)
              ^x
            end
          end, x)
        end
      end, a)))
      @collect(@Generator(closure #7 []
        function (#arg1)
          #items = @__destructure(#arg1, @Val(2))
          i = @__tuple_get(#items, 1)
          x = @__tuple_get(#items, 2)
          +(i, x)
        end
      end, enumerate(v)))
      "
    `)
  })
  it('generators', () => {
    expect(
      core(`
sum(x for x in a)
Dict(k => v for (k, v) in p)
`),
    ).toMatchInlineSnapshot(`
      "
      sum(@Generator(closure #1 []
        function (x)
          x
        end
      end, a))
      Dict(@Generator(closure #2 []
        function (#arg1)
          #items = @__destructure(#arg1, @Val(2))
          k = @__tuple_get(#items, 1)
          v = @__tuple_get(#items, 2)
          =>(k, v)
        end
      end, p))
      "
    `)
  })
})
