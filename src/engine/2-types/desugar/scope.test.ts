/** What each name means: Julia's scope rules. */
import { describe, expect, it } from 'vitest'
import { core } from './test-core.ts'

describe('scope', () => {
  it('a loop at top level assigns a global that the program has assigned before', () => {
    expect(
      core(`
s = 0
for i in 1:3
    s += i
end
`),
    ).toMatchInlineSnapshot(`
      "
      global s = 0
      for i in :(1, 3)
        global s = +(s, i)
      end
      "
    `)
  })
  it('a loop at top level keeps a name of its own that no global has', () => {
    expect(
      core(`
for i in 1:3
    t = i
    println(t)
end
`),
    ).toMatchInlineSnapshot(`
      "
      for i in :(1, 3)
        t = i
        println(t)
      end
      "
    `)
  })
  it('a function assigns its own local, whatever globals there are', () => {
    expect(
      core(`
x = 1
function f()
    x = 2
    x
end
`),
    ).toMatchInlineSnapshot(`
      "
      global x = 1
      function f()
        x = 2
        x
      end
      "
    `)
  })
  it('global inside a function assigns the global', () => {
    expect(
      core(`
function f()
    global x
    x = 2
end
`),
    ).toMatchInlineSnapshot(`
      "
      function f()
        global x = 2
      end
      "
    `)
  })
  it('let makes its name new and leaves the outer one alone', () => {
    expect(
      core(`
x = 1
let x = x + 1
    x = x * 2
end
`),
    ).toMatchInlineSnapshot(`
      "
      global x = 1
      x = +(x, 1)
      x = *(x, 2)
      "
    `)
  })
  it('let at top level assigns locals only', () => {
    expect(
      core(`
x = 1
let
    x = 2
    x
end
`),
    ).toMatchInlineSnapshot(`
      "
      global x = 1
      x = 2
      x
      "
    `)
  })
  it('a loop in a function assigns the local of the function, also when it is assigned later', () => {
    expect(
      core(`
function f(n)
    for i in 1:n
        s = i
    end
    s = 0
    s
end
`),
    ).toMatchInlineSnapshot(`
      "
      function f(n)
        for i in :(1, n)
          s = i
        end
        s = 0
        s
      end
      "
    `)
  })
  it('an inner function assigns the variable of the outer one', () => {
    expect(
      core(`
function f()
    c = 0
    g() = (c += 1)
    g()
    c
end
`),
    ).toMatchInlineSnapshot(`
      "
      function f()
        # box c
        c = 0
        g = closure g [box c]
          function ()
            ^c = +(^c, 1)
          end
        end
        g()
        c
      end
      "
    `)
  })
  it('local inside an inner function keeps it apart', () => {
    expect(
      core(`
function f()
    c = 0
    function g()
        local c = 1
        c
    end
    g() + c
end
`),
    ).toMatchInlineSnapshot(`
      "
      function f()
        c = 0
        g = closure g []
          function ()
            c = 1
            c
          end
        end
        +(g(), c)
      end
      "
    `)
  })
  it('if has no scope', () => {
    expect(
      core(`
function f(a)
    if a
        x = 1
    else
        x = 2
    end
    x
end
`),
    ).toMatchInlineSnapshot(`
      "
      function f(a)
        if a
          x = 1
        else
          x = 2
        end
        x
      end
      "
    `)
  })
  it('the parts of try have scopes', () => {
    expect(
      core(`
function f()
    try
        x = 1
    catch e
        x = e
    end
end
`),
    ).toMatchInlineSnapshot(`
      "
      function f()
        try
          x = 1
        catch e
          x.2 = e
        end
      end
      "
    `)
  })
  it('a comprehension does not assign what is outside', () => {
    expect(
      core(`
function f(v)
    x = 1
    y = [x + z for x in v for z in 1:x]
    x
end
`),
    ).toMatchInlineSnapshot(`
      "
      function f(v)
        x = 1
        y = @collect(@Iterators.flatten(@Generator(closure #1 []
          function (x)
            @Generator(closure #2 [x]
              function (z)
                +(^x, z)
              end
            end, :(1, x))
          end
        end, v)))
        x
      end
      "
    `)
  })
  it('loops over several ranges leave together', () => {
    expect(
      core(`
for i in 1:3, j in i:3
    i == j && break
    j == 2 && continue
end
`),
    ).toMatchInlineSnapshot(`
      "
      for i in :(1, 3)
        for j in :(i, 3)
          if ==(i, j)
            break 2
          end
          if ==(j, 2)
            continue
          end
        end
      end
      "
    `)
  })
  it('a loop variable that the body assigns is a variable of its own', () => {
    expect(
      core(`
function f(n)
    for i in 1:n
        i += 1
        println(i)
    end
end
`),
    ).toMatchInlineSnapshot(`
      "
      function f(n)
        for #item in :(1, n)
          i = #item
          i = +(i, 1)
          println(i)
        end
      end
      "
    `)
  })
  it('a while loop in a function', () => {
    expect(
      core(`
function f(x)
    while x > 1
        x = x / 2
    end
    x
end
`),
    ).toMatchInlineSnapshot(`
      "
      function f(x)
        while >(x, 1)
          x = /(x, 2)
        end
        x
      end
      "
    `)
  })
  it('outer reuses the variable', () => {
    expect(
      core(`
function f(n)
    i = 0
    for outer i in 1:n
    end
    i
end
`),
    ).toMatchInlineSnapshot(`
      "
      function f(n)
        i = 0
        for #item in :(1, n)
          i = #item
        end
        i
      end
      "
    `)
  })
  it('a constant and typed globals', () => {
    expect(
      core(`
const a = 1
b::Int = 2
global c::Float64
const V{T} = Array{T,1}
`),
    ).toMatchInlineSnapshot(`
      "
      const a = 1
      global b::Int = 2
      2
      global c::Float64
      const V = Array{'T, 1} where {T}
      "
    `)
  })
  it('underscore takes any value and keeps none', () => {
    expect(core('_, b = f()')).toMatchInlineSnapshot(`
      "
      #value = f()
      #items = @__destructure(#value, @Val(2))
      @__tuple_get(#items, 1)
      global b = @__tuple_get(#items, 2)
      #value
      "
    `)
  })
})
