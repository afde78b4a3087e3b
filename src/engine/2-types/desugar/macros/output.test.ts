/** Macros of Base. */
import { describe, expect, it } from 'vitest'
import { core } from '../test-core.ts'

describe('macros that print', () => {
  it('show', () => {
    expect(
      core(`
@show x
@show a+1 f(b,c)[1]
`),
    ).toMatchInlineSnapshot(`
      "
      @println("x = ", @repr(x))
      x
      #shown = +(a, 1)
      @println("a + 1 = ", @repr(#shown))
      #shown.2 = @getindex(f(b, c), 1)
      @println("f(b, c)[1] = ", @repr(#shown.2))
      #shown.2
      "
    `)
  })
  it('show of loops, as Julia prints them', () => {
    expect(
      core(`
@show [f(x) for x in v, y in w if x>y] sum(x for x in v) T["a" for x in v for (y,z) in x]
`).match(/@println\("[^@]*/g),
    ).toMatchInlineSnapshot(`
      [
        "@println("[f(x) for x = v, y = w if x > y] = ", ",
        "@println("sum((x for x = v)) = ", ",
        "@println("T[\\"a\\" for x = v for (y, z) = x] = ", ",
      ]
    `)
  })
  it('assertions', () => {
    expect(
      core(`
@assert x > 0
@assert x > 0 "negative $x"
`),
    ).toMatchInlineSnapshot(`
      "
      if >(x, 0) ? nothing : @throw(@AssertionError("x > 0"))
      if >(x, 0) ? nothing : @throw(@AssertionError(@string("negative ", x)))
      "
    `)
  })
  it('formats', () => {
    expect(
      core(`
@printf("%d %.2f\\n", a, b)
s = @sprintf "%d" x
`),
    ).toMatchInlineSnapshot(`
      "
      @print(@Printf.__format("%d %.2f\\n", a, b))
      global s = @Printf.__format("%d", x)
      "
    `)
  })
  it('logging', () => {
    expect(
      core(`
@info "here"
@warn "bad" x k = 2
`),
    ).toMatchInlineSnapshot(`
      "
      #level = @getproperty(@CoreLogging, :Info)
      if @CoreLogging.is_taken(#level, Main, :test, :Main_test_1)
        if @CoreLogging.is_given() ? @CoreLogging.give(#level, "here", Main, :test, :Main_test_1, "test.jl", 2, @tuple(), @getindex(@Any)) : @CoreLogging.message(#level, @string("here"), Main, "test.jl", 2, @tuple(), @tuple())
      end
      #level = @getproperty(@CoreLogging, :Warn)
      if @CoreLogging.is_taken(#level, Main, :test, :Main_test_14)
        if @CoreLogging.is_given() ? @CoreLogging.give(#level, "bad", Main, :test, :Main_test_14, "test.jl", 3, @tuple(:x, :k), @getindex(@Any, x, 2)) : @CoreLogging.message(#level, @string("bad"), Main, "test.jl", 3, @tuple("x", "k"), @tuple(@CoreLogging.shown(x), @CoreLogging.shown(2)))
      end
      "
    `)
  })
  it('timing', () => {
    expect(
      core(`
t = @elapsed f()
@time f()
`),
    ).toMatchInlineSnapshot(`
      "
      global t = (#start = @Intrinsics.time_now(); #timed = f(); #seconds = @-(@Intrinsics.time_now(), #start); #seconds)
      #start = @Intrinsics.time_now()
      #timed = f()
      #seconds = @-(@Intrinsics.time_now(), #start)
      @println("  ", @__in_microseconds(#seconds), " seconds")
      #timed
      "
    `)
  })
  it('the first that is there', () => {
    expect(core('@something a b error("none")')).toMatchInlineSnapshot(`
      "
      if @isnothing(a)
        if @isnothing(b)
          #first = error("none")
          if @isnothing(#first) ? @throw(@ArgumentError("No value arguments present")) : @something(#first)
        else
          @something(b)
        end
      else
        @something(a)
      end
      "
    `)
  })
  it('small ones', () => {
    expect(
      core(`
@isdefined(x)
@__LINE__
@fastmath x + 1
@static if Sys.iswindows()
    a
else
    b
end
@nospecialize x
`),
    ).toMatchInlineSnapshot(`
      "
      isdefined(x)
      3
      +(x, 1)
      b
      nothing
      "
    `)
  })
})
