/** Macros that the program defines. */
import { describe, expect, it } from 'vitest'
import { core } from '../test-core.ts'

describe('macros of the program', () => {
  it('an escaped argument keeps its meaning, a local of the macro is apart', () => {
    expect(
      core(`
macro double(x)
    quote
        t = $(esc(x))
        t + t
    end
end
function f(t)
    @double t + 1
end
`),
    ).toMatchInlineSnapshot(`
      "
      macro double
      function f(t)
        t#1 = +(t, 1)
        +(t#1, t#1)
      end
      "
    `)
  })
  it('a fully escaped body', () => {
    expect(
      core(`
macro def(name, v)
    esc(:($name = $v))
end
@def a 3
`),
    ).toMatchInlineSnapshot(`
      "
      macro def
      global a = 3
      "
    `)
  })
  it('slurped arguments and texts', () => {
    expect(
      core(`
macro text(ex)
    :(println($(string(ex)), " = ", $(esc(ex))))
end
@text a+b
`),
    ).toMatchInlineSnapshot(`
      "
      macro text
      println("a + b", " = ", +(a, b))
      "
    `)
  })
  it('a macro of a module', () => {
    expect(
      core(`
module M
macro m(x)
    :(1 + $(esc(x)))
end
end
using .M
M.@m y
@m z
`),
    ).toMatchInlineSnapshot(`
      "
      module M
      macro m
      end
      using ./M
      +(1, y)
      +(1, z)
      "
    `)
  })
})
