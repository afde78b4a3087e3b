/** Loops, exceptions, blocks. */
import { describe, expect, it } from 'vitest'
import { core } from './test-core.ts'

describe('control', () => {
  it('for over names, tuples, several ranges', () => {
    expect(
      core(`
for (i, x) in enumerate(v)
    println(i)
end
for i in 1:2, j in 1:3
    println(i, j)
end
for i = 1:3 end
for _ in 1:3
    f()
end
`),
    ).toMatchInlineSnapshot(`
      "
      for #item in enumerate(v)
        #items = @__destructure(#item, @Val(2))
        i = @__tuple_get(#items, 1)
        x = @__tuple_get(#items, 2)
        println(i)
      end
      for i in :(1, 2)
        for j in :(1, 3)
          println(i, j)
        end
      end
      for i in :(1, 3)
        nothing
      end
      for #item in :(1, 3)
        f()
      end
      "
    `)
  })
  it('while with break and continue', () => {
    expect(
      core(`
while true
    if f()
        break
    end
    continue
end
`),
    ).toMatchInlineSnapshot(`
      "
      while true
        if f()
          break
        end
        continue
      end
      "
    `)
  })
  it('try in full', () => {
    expect(
      core(`
try
    f()
catch e
    g(e)
else
    h()
finally
    k()
end
try f() catch end
`),
    ).toMatchInlineSnapshot(`
      "
      try
        f()
      catch e
        g(e)
      else
        h()
      finally
        k()
      end
      try
        f()
      catch
        nothing
      end
      "
    `)
  })
  it('return', () => {
    expect(
      core(`
function f(x)
    x > 0 && return x
    return
end
`),
    ).toMatchInlineSnapshot(`
      "
      function f(x)
        if >(x, 0)
          return x
        end
        return nothing
      end
      "
    `)
  })
  it('let', () => {
    expect(
      core(`
let a = 1, b = a, c
    c = a + b
end
`),
    ).toMatchInlineSnapshot(`
      "
      a = 1
      b = a
      c = +(a, b)
      "
    `)
  })
  it('blocks', () => {
    expect(
      core(`
begin
    a = 1
    b = 2
end
x = (a; b)
y = begin
    1
    2
end
`),
    ).toMatchInlineSnapshot(`
      "
      global a = 1
      global b = 2
      global x = (a; b)
      global y = 2
      "
    `)
  })
  it('hints on loops', () => {
    expect(
      core(`
function f(x)
    s = 0.0
    @inbounds @simd for i in eachindex(x)
        s += x[i]
    end
    s
end
`),
    ).toMatchInlineSnapshot(`
      "
      function f(x)
        s = 0.0
        inbounds(for i in eachindex(x)
          s = +(s, @getindex(x, i))
        end)
        s
      end
      "
    `)
  })
  it('a variable that may be unassigned is forgotten in each turn', () => {
    expect(
      core(`
function f(n)
    for i in 1:n
        if i == 1
            y = 2
        end
        println(y)
    end
end
`),
    ).toMatchInlineSnapshot(`
      "
      function f(n)
        for i in :(1, n)
          fresh y
          if ==(i, 1)
            y = 2
          end
          println(y)
        end
      end
      "
    `)
  })
})
