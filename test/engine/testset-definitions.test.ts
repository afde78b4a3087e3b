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
    Bar(text::String) = Bar(parse(Float64, text))
    Foo() = Foo(0)
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
    @test Bar("3").x == 3.0
    @test Foo().a === 0
    @test g(2) == 6
end
@testset "$i" for i in 1:2
    using LinearAlgebra
    struct Counted
        i::Int
    end
    @test norm([3 * Counted(i).i, 4i]) == 5i
end`)
  expect(session.tests().map(t => t.status)).toEqual(Array(10).fill('pass'))
})

test('a method may need variables of the test set', () => {
  const session = sessionOf(`
using Test, ChainRulesCore, Zygote
struct Box
    v::Float64
end
square(x) = x^2
@testset "a" begin
    k = 2
    Base.show(io::IO, b::Box) = print(io, k, "*", b.v)
    @test string(Box(1.0)) == "2*1.0"
    (b::Box)(x) = k * b.v * x
    @test Box(2.0)(3.0) == 12.0
    k = 5
    @test string(Box(1.0)) == "5*1.0"
    ChainRulesCore.rrule(::typeof(square), x) = x^2, d -> (NoTangent(), 100k * d)
    @test Zygote.gradient(square, 3.0) == (500.0,)
    mine(x) = x + 1
    ChainRulesCore.rrule(::typeof(mine), x) = mine(x), d -> (NoTangent(), k * d)
    @test Zygote.gradient(mine, 3.0) == (5.0,)
end
@testset "for $v" for v in (1, 2.5)
    Base.size(::Box) = v
    @test size(Box(1.0)) === v
end
@testset "of $T" for T in (Float32, Float64)
    Base.zero(::Type{Vector{T}}) = T[]
    @test zero(Vector{T}) isa Vector{T}
end`)
  expect(session.tests().map(t => [t.status, t.message])).toEqual(Array(9).fill(['pass', '']))
})

test('a method that a function may not come to is refused', () => {
  expect(() => sessionOf('function setup(flag)\n    if flag\n        Base.length(x::Symbol) = 7\n    end\nend\nsetup(false)')).toThrow(
    /definition in a branch or loop/,
  )
})
