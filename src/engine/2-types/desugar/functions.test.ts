/** Definitions of functions, parameters, closures. */
import { describe, expect, it } from 'vitest'
import { core } from './test-core.ts'

describe('functions', () => {
  it('short and long form', () => {
    expect(
      core(`
f(x) = 2x
function g(x, y)
    return x * y
end
`),
    ).toMatchInlineSnapshot(`
      "
      function f(x)
        *(2, x)
      end
      function g(x, y)
        return *(x, y)
      end
      "
    `)
  })
  it('types, defaults, varargs', () => {
    expect(core('f(x::Int, y = x + 1, zs::Float64...) = (x, y, zs)')).toMatchInlineSnapshot(`
      "
      function f(x::Int, y = +(x, 1), zs::Float64...)
        @tuple(x, y, zs)
      end
      "
    `)
  })
  it('keywords, required, typed, with earlier ones in defaults, slurped', () => {
    expect(core('f(x; k, m::Int = 2x, n = m + 1, rest...) = k')).toMatchInlineSnapshot(`
      "
      function f(x; k, m::Int = *(2, x), n = +(m, 1), rest...)
        k
      end
      "
    `)
  })
  it('where, return type', () => {
    expect(
      core(`
(f(x::T, y::Vector{S})::S) where {T<:Real, S>:Int} = y[1]
g(x::T) where T<:Number where N = x
`),
    ).toMatchInlineSnapshot(`
      "
      function f(x::'T, y::Vector{'S})::'S where {T <: Real, S >: Int}
        @getindex(y, 1)
      end
      function g(x::'T) where {N, T <: Number}
        x
      end
      "
    `)
  })
  it('bounded parameters inside a type', () => {
    expect(core('f(x::Vector{<:Real}, ::Type{T}, ::Val{2}) where T = T')).toMatchInlineSnapshot(`
      "
      function f(x::Vector{'#1} where {#1 <: Real}, #arg2::Type{'T}, #arg3::Val{2}) where {T}
        'T
      end
      "
    `)
  })
  it('parameters are taken apart', () => {
    expect(
      core(`
f((a, (b, c)), d) = a + b + c + d
g((; x, y)) = x + y
h = ((a, b),) -> a
`),
    ).toMatchInlineSnapshot(`
      "
      function f(#arg1, d)
        #items = @__destructure(#arg1, @Val(2))
        a = @__tuple_get(#items, 1)
        #items.2 = @__destructure(@__tuple_get(#items, 2), @Val(2))
        b = @__tuple_get(#items.2, 1)
        c = @__tuple_get(#items.2, 2)
        +(a, b, c, d)
      end
      function g(#arg1)
        x = @getproperty(#arg1, :x)
        y = @getproperty(#arg1, :y)
        +(x, y)
      end
      global h = closure #1 []
        function (#arg1)
          #items = @__destructure(#arg1, @Val(2))
          a = @__tuple_get(#items, 1)
          b = @__tuple_get(#items, 2)
          a
        end
      end
      "
    `)
  })
  it('methods of qualified names and operators', () => {
    expect(
      core(`
Base.show(io::IO, p::P) = print(io, p.x)
Base.:+(a::P, b::P) = P(a.x + b.x)
a::P * b::P = 1
-(a::P) = a
function f end
`),
    ).toMatchInlineSnapshot(`
      "
      function Base.show(io::IO, p::P)
        print(io, @getproperty(p, :x))
      end
      function Base.+(a::P, b::P)
        P(+(@getproperty(a, :x), @getproperty(b, :x)))
      end
      function *(a::P, b::P)
        1
      end
      function -(a::P)
        a
      end
      function f end
      "
    `)
  })
  it('functors and constructors', () => {
    expect(
      core(`
(p::P)(x) = p.a * x
(::Q)(x) = x
P{T}(x) where {T} = P(T(x))
P(x) = P(x, 1)
`),
    ).toMatchInlineSnapshot(`
      "
      function functor(p::P, x)
        *(@getproperty(p, :a), x)
      end
      function functor(#arg1::Q, x)
        x
      end
      function functor(#arg1::Type{P{'T}}, x) where {T}
        P(('T)(x))
      end
      function P(x)
        P(x, 1)
      end
      "
    `)
  })
  it('inner functions with several methods are one closure', () => {
    expect(
      core(`
function f(x)
    g(a) = a + x
    g(a, b) = a * b
    g(1) + g(1, 2)
end
`),
    ).toMatchInlineSnapshot(`
      "
      function f(x)
        g = closure g [x]
          function (a)
            +(a, ^x)
          end
          function (a, b)
            *(a, b)
          end
        end
        +(g(1), g(1, 2))
      end
      "
    `)
  })
  it('anonymous functions', () => {
    expect(
      core(`
x -> x
(x, y = 1; k = 2) -> x
() -> 1
function (x::Int)
    x
end
`),
    ).toMatchInlineSnapshot(`
      "
      closure #1 []
        function (x)
          x
        end
      end
      closure #2 []
        function (x, y = 1; k = 2)
          x
        end
      end
      closure #3 []
        function ()
          1
        end
      end
      closure #4 []
        function (x::Int)
          x
        end
      end
      "
    `)
  })
  it('do-blocks', () => {
    expect(
      core(`
map(xs) do x
    x + 1
end
open(f, "a"; w = true) do (a, b), c
    a
end
`),
    ).toMatchInlineSnapshot(`
      "
      map(closure #1 []
        function (x)
          +(x, 1)
        end
      end, xs)
      open(closure #2 []
        function (#arg1, c)
          #items = @__destructure(#arg1, @Val(2))
          a = @__tuple_get(#items, 1)
          b = @__tuple_get(#items, 2)
          a
        end
      end, f, "a"; w = true)
      "
    `)
  })
  it('hints before a definition', () => {
    expect(
      core(`
@inline f(x) = x
Base.@constprop :aggressive @noinline function g(x)
    x
end
`),
    ).toMatchInlineSnapshot(`
      "
      @always function f(x)
        x
      end
      @never @constprop function g(x)
        x
      end
      "
    `)
  })
  it('nospecialize', () => {
    expect(core('f(@nospecialize(x), @nospecialize(y::Int)) = x')).toMatchInlineSnapshot(`
      "
      function f(x, y::Int)
        x
      end
      "
    `)
  })
  it('a function inside let captures its variable', () => {
    expect(
      core(`
let n = 3
    f() = n
    f()
end
`),
    ).toMatchInlineSnapshot(`
      "
      n = 3
      f = closure f [n]
        function ()
          ^n
        end
      end
      f()
      "
    `)
  })
  it('a function in an if at top level is global', () => {
    expect(
      core(`
if true
    f(x) = x
end
`),
    ).toMatchInlineSnapshot(`
      "
      if true
        function f(x)
          x
        end
      else
      end
      "
    `)
  })
  it('docstrings are taken off', () => {
    expect(
      core(`
"Doubles."
f(x) = 2x
"""
A thing.
"""
struct P
    "the field"
    x::Int
end
`),
    ).toMatchInlineSnapshot(`
      "
      function f(x)
        *(2, x)
      end
      struct P
        x::Int
      end
      "
    `)
  })
  it('a default that is a function', () => {
    expect(core('f(x, g = y -> x + y) = g(1)')).toMatchInlineSnapshot(`
      "
      function f(x, g = closure #1 [x]
        function (y)
          +(^x, y)
        end
      end)
        g(1)
      end
      "
    `)
  })
  it('a global function that captures the variable of a let is a method with captures', () => {
    expect(
      core(`
let n = 0
    global count() = (n += 1)
end
`),
    ).toMatchInlineSnapshot(`
      "
      # box n
      n = 0
      capturing [box n] function count()
        ^n = +(^n, 1)
      end
      "
    `)
  })
})
