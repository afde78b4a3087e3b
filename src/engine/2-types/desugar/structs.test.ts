/** Definitions of types and modules. */
import { describe, expect, it } from 'vitest'
import { core } from './test-core.ts'

describe('types', () => {
  it('structs', () => {
    expect(
      core(`
struct P
    x
    y::Float64
end
mutable struct Q{T<:Real} <: A{T}
    const a::T
    b::Vector{T}
end
struct E end
`),
    ).toMatchInlineSnapshot(`
      "
      struct P
        x
        y::Float64
      end
      mutable struct Q{T <: Real} <: A{'T}
        const a::'T
        b::Vector{'T}
      end
      struct E
      end
      "
    `)
  })
  it('inner constructors', () => {
    expect(
      core(`
struct P{T}
    x::T
    P(x) = new{typeof(x)}(x)
    P{T}(x) where {T} = new{T}(x)
    function P{T}() where T
        p = new{T}(0)
        return p
    end
end
`),
    ).toMatchInlineSnapshot(`
      "
      struct P{T}
        x::'T
        function P(x)
          new{P{typeof(x)}}(x)
        end
        function P{'T}(x) where {T}
          new{P{'T}}(x)
        end
        function P{'T}() where {T}
          p = new{P{'T}}(0)
          return p
        end
      end
      "
    `)
  })
  it('incomplete objects', () => {
    expect(
      core(`
mutable struct L
    next
    L() = (l = new(); l.next = l; l)
end
`),
    ).toMatchInlineSnapshot(`
      "
      mutable struct L
        next
        function L()
          l = new()
          @setproperty!(l, :next, l)
          l
        end
      end
      "
    `)
  })
  it('keyword structs', () => {
    expect(
      core(`
Base.@kwdef struct P
    a::Int = 1
    b = a + 1
    c
end
@kwdef mutable struct Q
    x
end
`),
    ).toMatchInlineSnapshot(`
      "
      struct P
        a::Int
        b
        c
      end
      function P(; a = 1, b = +(a, 1), c)
        P(a, b, c)
      end
      mutable struct Q
        x
      end
      function Q(; x)
        Q(x)
      end
      "
    `)
  })
  it('abstract and primitive types', () => {
    expect(
      core(`
abstract type A end
abstract type B{T} <: A end
primitive type F8 <: AbstractFloat 8 end
`),
    ).toMatchInlineSnapshot(`
      "
      abstract A
      abstract B{T} <: A
      primitive F8 <: AbstractFloat 8
      "
    `)
  })
  it('modules', () => {
    expect(
      core(`
module M
using LinearAlgebra, Statistics
import Enzyme
using Enzyme: autodiff as ad, Reverse
import ..A.b
import Enzyme as E
export f, g
f(x) = x
end
`),
    ).toMatchInlineSnapshot(`
      "
      module M
      using LinearAlgebra
      using Statistics
      import Enzyme
      using Enzyme: autodiff as ad, Reverse
      import ././A/b
      import Enzyme as E
      export f, g
      function f(x)
        x
      end
      end
      "
    `)
  })
  it('enumerations', () => {
    expect(core('@enum Color red green = 5 blue')).toMatchInlineSnapshot(`
      "
      struct Color <: @getproperty(Base, :Enum){Int32}
        value::Int32
        function Color(x::Integer)
          if in(x, @tuple(0, 5, 6))
            new(x)
          else
            throw(ArgumentError(string("invalid value for Enum Color: ", x)))
          end
        end
      end
      const red = Color(0)
      const green = Color(5)
      const blue = Color(6)
      function Base.show(io::IO, x::Color)
        print(io, if ==(@getproperty(x, :value), 0)
          "red"
        else
          if ==(@getproperty(x, :value), 5)
            "green"
          else
            if ==(@getproperty(x, :value), 6) ? "blue" : ""
          end
        end)
      end
      function Base.Symbol(x::Color)
        Symbol(if ==(@getproperty(x, :value), 0)
          "red"
        else
          if ==(@getproperty(x, :value), 5)
            "green"
          else
            if ==(@getproperty(x, :value), 6) ? "blue" : ""
          end
        end)
      end
      function Base.instances(#arg1::Type{Color})
        @tuple(red, green, blue)
      end
      nothing
      "
    `)
  })
})
