/** Calls, operators, literals. */
import { describe, expect, it } from 'vitest'
import { core } from './test-core.ts'

describe('calls and operators', () => {
  it('positional and keyword arguments, splats', () => {
    expect(
      core(`
f(a, b...; c, d = 1, e.g, rest...)
f(a, k = 2)
f(; :x => 1)
`),
    ).toMatchInlineSnapshot(`
      "
      f(a, b...; c = c, d = 1, g = @getproperty(e, :g), rest...)
      f(a; k = 2)
      f(; x = 1)
      "
    `)
  })
  it('operators', () => {
    expect(
      core(`
a + b * c
-x
!p
a:b:c
x |> f
a => b
a ∘ b
x in y
x isa T
`),
    ).toMatchInlineSnapshot(`
      "
      +(a, *(b, c))
      -(x)
      !(p)
      :(a, b, c)
      |>(x, f)
      =>(a, b)
      ∘(a, b)
      in(x, y)
      isa(x, T)
      "
    `)
  })
  it('literal powers', () => {
    expect(
      core(`
x^2
x^-1
x^n
2^x
x^2.0
`),
    ).toMatchInlineSnapshot(`
      "
      @literal_pow(^, x, @Val(2))
      @literal_pow(^, x, @Val(-1))
      ^(x, n)
      ^(2, x)
      ^(x, 2.0)
      "
    `)
  })
  it('juxtaposition', () => {
    expect(
      core(`
2x
2(x + 1)
2x^2
(a)b
`),
    ).toMatchInlineSnapshot(`
      "
      *(2, x)
      *(2, +(x, 1))
      *(2, @literal_pow(^, x, @Val(2)))
      *(a, b)
      "
    `)
  })
  it('adjoint and transpose', () => {
    expect(
      core(`
x'
a' * b
`),
    ).toMatchInlineSnapshot(`
      "
      @adjoint(x)
      *(@adjoint(a), b)
      "
    `)
  })
  it('comparison chains evaluate the middle once', () => {
    expect(
      core(`
a < b
a < f(x) <= c == d
`),
    ).toMatchInlineSnapshot(`
      "
      <(a, b)
      #middle = f(x)
      if <(a, #middle)
        if <=(#middle, c) ? ==(c, d) : false
      else
        false
      end
      "
    `)
  })
  it('short circuits', () => {
    expect(
      core(`
a && b || c
x > 0 || error("no")
`),
    ).toMatchInlineSnapshot(`
      "
      if if a ? b : false ? true : c
      if >(x, 0) ? true : error("no")
      "
    `)
  })
  it('conditionals', () => {
    expect(
      core(`
a ? b : c
if a
    1
elseif b
    2
end
`),
    ).toMatchInlineSnapshot(`
      "
      if a ? b : c
      if a
        1
      else
        if b
          2
        else
        end
      end
      "
    `)
  })
  it('strings', () => {
    expect(
      core(`
"plain"
"a $x b $(y + 1)"
"$x"
`),
    ).toMatchInlineSnapshot(`
      "
      @string("a ", x, " b ", +(y, 1))
      @string(x)
      "
    `)
  })
  it('literals', () => {
    expect(
      core(`
1
0x1f
1.5
2f0
'c'
true
nothing
:sym
:+
:(a + b)
raw"a\\n"
`),
    ).toMatchInlineSnapshot(`
      "
      1
      0x1f
      1.5
      2f0
      'c'
      true
      nothing
      :sym
      :+
      @Intrinsics.expr_build("{\\"kind\\":\\"expr\\",\\"head\\":\\"call\\",\\"args\\":[{\\"kind\\":\\"symbol\\",\\"name\\":\\"+\\"},{\\"kind\\":\\"symbol\\",\\"name\\":\\"a\\"},{\\"kind\\":\\"symbol\\",\\"name\\":\\"b\\"}]}")
      "a\\\\n"
      "
    `)
  })
  it('tuples and named tuples', () => {
    expect(
      core(`
(1, 2)
(a,)
()
(a = 1, b = x)
(; x, p.y)
(; nt..., c = 3)
(a..., b)
`),
    ).toMatchInlineSnapshot(`
      "
      @tuple(1, 2)
      @tuple(a)
      @tuple()
      @__namedtuple(@Val(@tuple(:a, :b)), 1, x)
      @__namedtuple(@Val(@tuple(:x, :y)), x, @getproperty(p, :y))
      @merge(@merge(@__namedtuple(@Val(@tuple())), nt), @__namedtuple(@Val(@tuple(:c)), 3))
      @tuple(a..., b)
      "
    `)
  })
  it('types', () => {
    expect(
      core(`
Vector{Float64}
Array{T} where T
Tuple{Int,Vararg{T}} where {T<:Real}
Vector{<:Real}
Tuple{Ts...}
x::Int
A <: B
`),
    ).toMatchInlineSnapshot(`
      "
      Vector{Float64}
      Array{'T} where {T}
      Tuple{Int, Vararg{'T}} where {T <: Real}
      Vector{'#1} where {#1 <: Real}
      @Core.apply_type(Tuple, Ts...)
      x::Int
      <:(A, B)
      "
    `)
  })
  it('juxtaposed properties', () => {
    expect(
      core(`
Base.Math.sin(x)
a.b.c
a.:b
`),
    ).toMatchInlineSnapshot(`
      "
      @getproperty(Base, :Math).sin(x)
      @getproperty(@getproperty(a, :b), :c)
      @getproperty(a, :b)
      "
    `)
  })
  it('tests of the version are decided', () => {
    expect(
      core(`
if VERSION >= v"1.9"
    a
end
Sys.iswindows() && b
`),
    ).toMatchInlineSnapshot(`
      "
      if true
        a
      else
      end
      if false ? b : false
      "
    `)
  })
})
