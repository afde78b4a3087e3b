import { expect, test } from 'vitest'
import { sessionOf } from './session-of.ts'

test('types and methods of global functions may be defined in a test set', () => {
  const session = sessionOf(`
using Test
@testset "a" begin
    struct Foo{T}
        a::T
    end
    "documented"
    Base.@kwdef struct Bar
        x::Float64 = 2.0
    end
    Base.:+(p::Foo, q::Foo) = Foo(p.a + q.a)
    (f::Foo)(x) = f.a * x
    k = 3
    g(x) = k * x
    @testset "b" begin
        abstract type Shape end
        struct Square <: Shape
            side::Float64
        end
        area(s::Square) = s.side^2
        Base.length(s::Square) = 4
        @test area(Square(2.0)) == 4.0
        @test length(Square(1.0)) == 4
    end
    @test (Foo(1) + Foo(2)).a == 3
    @test Foo(2.0)(3.0) == 6.0
    @test Bar().x == 2.0
    @test g(2) == 6
end`)
  expect(session.tests().map(t => t.status)).toEqual(Array(6).fill('pass'))
})

test('a method that needs a variable of the test set is refused when the set comes to it', () => {
  const session = sessionOf(`
using Test
@testset "a" begin
    k = 2
    @test k == 2
    Base.length(x::Symbol) = k
    @test false
end`)
  const found = session.tests().map(({ status, message }) => [status, /captures local variables/.test(message ?? '')])
  expect(found).toEqual([
    ['pass', false],
    ['error', true],
  ])
})

test('a method that a function may not come to is refused', () => {
  expect(() => sessionOf('function setup(flag)\n    if flag\n        Base.length(x::Symbol) = 7\n    end\nend\nsetup(false)')).toThrow(
    /method defined in a branch or loop of a function/,
  )
})
