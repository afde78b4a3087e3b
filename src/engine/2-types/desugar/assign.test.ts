/** Assignment to every kind of target. */
import { describe, expect, it } from 'vitest'
import { core } from './test-core.ts'

describe('assignment', () => {
  it('an index', () => {
    expect(core('a[1, i] = f(x)')).toMatchInlineSnapshot(`
      "
      #value = f(x)
      @setindex!(a, #value, 1, i)
      #value
      "
    `)
  })
  it('the value of an assignment is its right-hand side', () => {
    expect(
      core(`
y = a[1] = f()
z = (p.x = 3)
`),
    ).toMatchInlineSnapshot(`
      "
      global y = (#value = f(); @setindex!(a, #value, 1); #value)
      global z = (@setproperty!(p, :x, 3); 3)
      "
    `)
  })
  it('calls among the indices come first', () => {
    expect(
      core(`
a[f()] = g()
a[i + 1] = g()
`),
    ).toMatchInlineSnapshot(`
      "
      #index = f()
      #value = g()
      @setindex!(a, #value, #index)
      #value
      #value = g()
      @setindex!(a, #value, +(i, 1))
      #value
      "
    `)
  })
  it('properties', () => {
    expect(
      core(`
p.x = 1
p.q.r = 2
`),
    ).toMatchInlineSnapshot(`
      "
      @setproperty!(p, :x, 1)
      1
      @setproperty!(@getproperty(p, :q), :r, 2)
      2
      "
    `)
  })
  it('tuples', () => {
    expect(
      core(`
a, b = f()
(a, (b, c)) = t
a, b... = t
(; x, y) = p
`),
    ).toMatchInlineSnapshot(`
      "
      #value = f()
      #items = @__destructure(#value, @Val(2))
      global a = @__tuple_get(#items, 1)
      global b = @__tuple_get(#items, 2)
      #value
      #items = @__destructure(t, @Val(2))
      global a = @__tuple_get(#items, 1)
      #items.2 = @__destructure(@__tuple_get(#items, 2), @Val(2))
      global b = @__tuple_get(#items.2, 1)
      global c = @__tuple_get(#items.2, 2)
      t
      #items = @__destructure_rest(t, @Val(1))
      global a = @__tuple_get(#items, 1)
      global b = @__tuple_get(#items, 2)
      t
      global x = @getproperty(p, :x)
      global y = @getproperty(p, :y)
      p
      "
    `)
  })
  it('tuples against tuples need no tuple', () => {
    expect(
      core(`
function f(a, b)
    a, b = b, a + b
    x, y[1] = 1, a
    b
end
`),
    ).toMatchInlineSnapshot(`
      "
      function f(a, b)
        #right = b
        #right.2 = +(a, b)
        a = #right
        b = #right.2
        #right.3 = a
        x = 1
        @setindex!(y, #right.3, 1)
        b
      end
      "
    `)
  })
  it('updates evaluate their target once', () => {
    expect(
      core(`
a[f()] += 1
f().x *= 2
x -= 1
a[end] += 2
`),
    ).toMatchInlineSnapshot(`
      "
      #index = f()
      #value = +(@getindex(a, #index), 1)
      @setindex!(a, #value, #index)
      #value
      #object = f()
      #value = *(@getproperty(#object, :x), 2)
      @setproperty!(#object, :x, #value)
      #value
      global x = -(x, 1)
      #index = @lastindex(a)
      #value = +(@getindex(a, #index), 2)
      @setindex!(a, #value, #index)
      #value
      "
    `)
  })
  it('updates with dots', () => {
    expect(
      core(`
x .+= y
a[1:2] .*= f.(y)
p.x .-= 1
`),
    ).toMatchInlineSnapshot(`
      "
      @materialize!(x, @broadcasted(+, x, y))
      #target = @dotview(a, :(1, 2))
      @materialize!(#target, @broadcasted(*, #target, @broadcasted(f, y)))
      #target = @getproperty(p, :x)
      @materialize!(#target, @broadcasted(-, #target, 1))
      "
    `)
  })
  it('dotted assignment', () => {
    expect(
      core(`
x .= 0
x .= y .+ 1
a[1, :] .= v
p.x .= 2
`),
    ).toMatchInlineSnapshot(`
      "
      @materialize!(x, @broadcasted(@identity, 0))
      @materialize!(x, @broadcasted(+, y, 1))
      @materialize!(@dotview(a, 1, :), @broadcasted(@identity, v))
      @materialize!(@getproperty(p, :x), @broadcasted(@identity, 2))
      "
    `)
  })
  it('several targets', () => {
    expect(core('a = b = 1')).toMatchInlineSnapshot(`
      "
      global a = global b = 1
      "
    `)
  })
  it('typed locals', () => {
    expect(
      core(`
function f()
    x::Int = 1
    local y::Float64
    local a, b = 1, 2
    x
end
`),
    ).toMatchInlineSnapshot(`
      "
      function f()
        # y::Float64, x::Int
        x = 1
        a = 1
        b = 2
        x
      end
      "
    `)
  })
})
