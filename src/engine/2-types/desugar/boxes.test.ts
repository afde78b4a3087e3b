/** Which captured variables live in boxes. */
import { describe, expect, it } from 'vitest'
import { core } from './test-core.ts'

describe('boxes', () => {
  it('the decision takes no longer for each level of loops, with what is captured in them or without', () => {
    const nested = (inner: string): string => {
      const turns = Array.from({ length: 40 }, (_, k) => k)
      const begun = turns.map(k => `for i${k} in 1:1\n  v${k} = i${k}\n  w${k} = 0`).join('\n')
      return `function f(fs)\n${begun}\n${inner}\n${turns.map(() => 'end').join('\n')}\nfs\nend`
    }
    expect(core(nested('w3 = v2'))).not.toContain('box')
    expect(core(nested('push!(fs, () -> v7 + w9); w9 += 1'))).toContain('box')
  })
  it('a variable assigned once before its capture is copied', () => {
    expect(
      core(`
function f(x)
    a = 2x
    y -> a * y
end
`),
    ).toMatchInlineSnapshot(`
      "
      function f(x)
        a = *(2, x)
        closure #1 [a]
          function (y)
            *(^a, y)
          end
        end
      end
      "
    `)
  })
  it('a variable assigned on both ways before its capture is copied', () => {
    expect(
      core(`
function f(c)
    if c
        a = 1
    else
        a = 2
    end
    y -> a * y
end
`),
    ).toMatchInlineSnapshot(`
      "
      function f(c)
        if c
          a = 1
        else
          a = 2
        end
        closure #1 [a]
          function (y)
            *(^a, y)
          end
        end
      end
      "
    `)
  })
  it('a variable that may be unassigned at its capture has a box', () => {
    expect(
      core(`
function f(c)
    c && (a = 1)
    y -> a * y
end
`),
    ).toMatchInlineSnapshot(`
      "
      function f(c)
        # box a
        if c
          a = 1
        end
        closure #1 [box a]
          function (y)
            *(^a, y)
          end
        end
      end
      "
    `)
  })
  it('a variable assigned after its capture has a box', () => {
    expect(
      core(`
function f(x)
    a = x
    g = y -> a * y
    a = 2
    g
end
`),
    ).toMatchInlineSnapshot(`
      "
      function f(x)
        # box a
        a = x
        g = closure #1 [box a]
          function (y)
            *(^a, y)
          end
        end
        a = 2
        g
      end
      "
    `)
  })
  it('a variable assigned inside the inner function has a box', () => {
    expect(
      core(`
function f(v)
    s = 0.0
    foreach(x -> s += x, v)
    s
end
`),
    ).toMatchInlineSnapshot(`
      "
      function f(v)
        # box s
        s = 0.0
        foreach(closure #1 [box s]
          function (x)
            ^s = +(^s, x)
          end
        end, v)
        s
      end
      "
    `)
  })
  it('a sum that is captured after its loop needs no box', () => {
    expect(
      core(`
function f(v)
    s = 0.0
    for x in v
        s += x
    end
    y -> s * y
end
`),
    ).toMatchInlineSnapshot(`
      "
      function f(v)
        s = 0.0
        for x in v
          s = +(s, x)
        end
        closure #1 [s]
          function (y)
            *(^s, y)
          end
        end
      end
      "
    `)
  })
  it('a capture in a loop meets the assignment of the next turn', () => {
    expect(
      core(`
function f(v)
    s = 0.0
    g = nothing
    for x in v
        s += x
        g = y -> s * y
    end
    g
end
`),
    ).toMatchInlineSnapshot(`
      "
      function f(v)
        # box s
        s = 0.0
        g = nothing
        for x in v
          s = +(s, x)
          g = closure #1 [box s]
            function (y)
              *(^s, y)
            end
          end
        end
        g
      end
      "
    `)
  })
  it('a variable of the body is new in each turn', () => {
    expect(
      core(`
function f(v)
    g = []
    for x in v
        s = x
        push!(g, y -> s * y)
    end
    g
end
`),
    ).toMatchInlineSnapshot(`
      "
      function f(v)
        g = @vect()
        for x in v
          s = x
          push!(g, closure #1 [s]
            function (y)
              *(^s, y)
            end
          end)
        end
        g
      end
      "
    `)
  })
  it('a variable of the body that is assigned after its capture has a new box in each turn', () => {
    expect(
      core(`
function f(v)
    g = []
    for x in v
        s = x
        push!(g, () -> s)
        s += 1
    end
    g
end
`),
    ).toMatchInlineSnapshot(`
      "
      function f(v)
        # box s
        g = @vect()
        for x in v
          fresh s
          s = x
          push!(g, closure #1 [box s]
            function ()
              ^s
            end
          end)
          s = +(s, 1)
        end
        g
      end
      "
    `)
  })
  it('a parameter that is assigned after its capture has a box', () => {
    expect(
      core(`
function f(x)
    g = () -> x
    x = 2
    g()
end
`),
    ).toMatchInlineSnapshot(`
      "
      function f(x)
        # box x
        g = closure #1 [box x]
          function ()
            ^x
          end
        end
        x = 2
        g()
      end
      "
    `)
  })
  it('a capture goes through all functions between', () => {
    expect(core('f(a) = x -> y -> z -> a + x + y + z')).toMatchInlineSnapshot(`
      "
      function f(a)
        closure #1 [a]
          function (x)
            closure #2 [^a, x]
              function (y)
                closure #3 [^a, ^x, y]
                  function (z)
                    +(^a, ^x, ^y, z)
                  end
                end
              end
            end
          end
        end
      end
      "
    `)
  })
  it('an inner function that calls itself needs no box', () => {
    expect(
      core(`
function f(n)
    fact(k) = k == 0 ? 1 : k * fact(k - 1)
    fact(n)
end
`),
    ).toMatchInlineSnapshot(`
      "
      function f(n)
        fact = closure fact []
          function (k)
            if ==(k, 0) ? 1 : *(k, (#self)(-(k, 1)))
          end
        end
        fact(n)
      end
      "
    `)
  })
  it('functions that call each other share a box', () => {
    expect(
      core(`
function f(n)
    ev(k) = k == 0 || od(k - 1)
    od(k) = k != 0 && ev(k - 1)
    ev(n)
end
`),
    ).toMatchInlineSnapshot(`
      "
      function f(n)
        # box od
        ev = closure ev [box od]
          function (k)
            if ==(k, 0) ? true : (^od)(-(k, 1))
          end
        end
        od = closure od [ev]
          function (k)
            if !=(k, 0) ? (^ev)(-(k, 1)) : false
          end
        end
        ev(n)
      end
      "
    `)
  })
  it('a variable rebound before each capture', () => {
    expect(
      core(`
function f(x)
    x = x + 1
    x = x * 2
    () -> x
end
`),
    ).toMatchInlineSnapshot(`
      "
      function f(x)
        x = +(x, 1)
        x = *(x, 2)
        closure #1 [x]
          function ()
            ^x
          end
        end
      end
      "
    `)
  })
  it('a typed variable is converted where an inner function assigns it', () => {
    expect(
      core(`
function f()
    s::Float64 = 0
    g() = (s = 1)
    g()
    s
end
`),
    ).toMatchInlineSnapshot(`
      "
      function f()
        # box s::Float64
        s = 0
        g = closure g [box s]
          function ()
            ^s = @convert(Float64, 1)
          end
        end
        g()
        s
      end
      "
    `)
  })
})
