/** Accessors, Setfield and ConstructionBase: values with other parts. */
import { describe } from 'vitest'
import { newSession, shows } from './check.ts'

const session = newSession(`
using Accessors, ForwardDiff, Enzyme, Zygote, LinearAlgebra
import Setfield
using Setfield: @lens, @set!
using Accessors: PropertyLens, IndexLens
struct Inner{T}; a::T; b::Vector{T}; end
struct Outer; p::Inner{Float64}; t::Tuple{Int,Float64}; end
mutable struct Count; n::Int; end
const q = Outer(Inner(1.0, [1.0, 2.0]), (1, 2.0))
second(x) = x[2]
Accessors.set(x::Tuple, ::typeof(second), v) = (x[1], v, x[3:end]...)
@accessor inner_a(o::Outer) = o.p.a
struct Odd end
Accessors.OpticStyle(::Type{Odd}) = Accessors.ModifyBased()
Accessors.modify(f, x, ::Odd) = map(y -> isodd(y) ? f(y) : y, x)
function again(x)
    r = x
    @reset r.p.a *= 10
    @reset r.t = (5, r.p.a)
    r, x.p.a
end
function set_again(x)
    @set! x.p.b = [9.0]
    x
end
function through(x)
    s = @set q.p.a = x
    s = @set s.p.b[1] *= x
    s = @modify(b -> b .^ 2, s.p.b)
    s.p.a^2 + sum(s.p.b)
end
all_of(x) = sum(getall(@modify(y -> y * x, (1.0, 2.0) |> Elements()), Elements()))
`)

describe('macros', () => {
  shows(
    () => session,
    `
    ((@set q.p.a = 5.0), @set q.p.b[end] = 7.0) => (Outer(Inner{Float64}(5.0, [1.0, 2.0]), (1, 2.0)), Outer(Inner{Float64}(1.0, [1.0, 7.0]), (1, 2.0)))
    ((@set q.t[1] += 3).t, again(q), set_again(q).p.b, q.p.b) => ((4, 2.0), (Outer(Inner{Float64}(10.0, [1.0, 2.0]), (5, 10.0)), 1.0), [9.0], [1.0, 2.0])
    (@modify(x -> x^2, q.p.b[2]).p.b, (@modify(q.p.b) do b; reverse(b) end).p.b) => ([1.0, 4.0], [2.0, 1.0])
    ((@set (1, 2, 3)[2] = 5.0), (@set (a=1, b=2).b = "x"), (@set [1 2; 3 4][end, begin] = 9), let d = Dict(:a => 1); (@set d[:b] = 2)[:b]; end) => ((1, 5.0, 3), (a = 1, b = "x"), [1 2; 9 4], 2)
    ((@insert (a=1,).c = 3), (@delete (a=1, b=2).a), (@insert [1, 3][2] = 2), (@delete (1, 2, 3)[2]), @delete q.p.b[1]) => ((a = 1, c = 3), (b = 2,), [1, 2, 3], (1, 3), Outer(Inner{Float64}(1.0, [2.0]), (1, 2.0)))
    ((@set first([1, 2, 3]) = 9), (@set real(1 + 2im) = 3), (@set norm([3.0, 4.0]) = 10.0), (@set second((1, 2, 3)) = 0), @set q |> _.t |> first = 7) => ([9, 2, 3], 3 + 2im, [6.0, 8.0], (1, 0, 3), Outer(Inner{Float64}(1.0, [1.0, 2.0]), (7, 2.0)))
    (inner_a(q), (@set inner_a(q) = 3.0).p.a, set([1, 2, 3], Odd(), 0), let n = :a; @set (a=1, b=2).$n = 5; end) => (1.0, 3.0, [0, 2, 0], (a = 5, b = 2))
    (let c = Count(1); d = @set c.n = 2; (c.n, d.n); end, let x = [1.0]; @set x[1] = 2im; end) => ((1, 2), ComplexF64[0.0 + 2.0im])
    @set q.zz = 1 => !ArgumentError: Failed to assign properties (:zz,) to object with properties (:p, :t).
    @set sum([1, 2]) = 4 => !ArgumentError
    @set 2 => !This form of
    `,
  )
})

describe('optics as values', () => {
  shows(
    () => session,
    `
    ((@optic _.a.b[1]), (@optic _.p.a)(q), (@optic _), (PropertyLens(:a) ⨟ IndexLens(2))((a=[1, 2],)), (@optic _[2]) ∘ (@optic _.t)) => ((@o _.a.b[1]), 1.0, identity, 2, (@o _.t[2]))
    (set((a=1, b=2), (@optic _.a), 4), modify(sqrt, [4.0, 9.0], @optic(_[1])), set((b=[1, 2],), (@optic _.b[end]), 3), modify(+, [1, 2], @optic(_[1]), 5)) => ((a = 4, b = 2), [2.0, 9.0], (b = [1, 3],), [6, 2])
    (@modify(x -> 2x, (1, 2) |> Elements()), @modify(x -> 2x, (a=(1, 2), b=3).a[∗]), @modify(-, (a=1, b=2) |> Properties()), @modify(x -> x + 1, [1, 2] |> Elements() |> If(iseven))) => ((2, 4), (a = (2, 4), b = 3), (a = -1, b = -2), [1, 3])
    (getall([(a=1,), (a=2,)], @optic(_ |> Elements() |> _.a)), setall([(a=1,), (a=2,)], @optic(_ |> Elements() |> _.a), (5, 6)), getall((1, (2, 3)), Recursive(x -> x isa Tuple, Elements()))) => ((1, 2), [(a = 5,), (a = 6,)], (1, 2, 3))
    setall((1, 2), Elements(), (1,)) => !DimensionMismatch: tried to assign 1 elements to 2 destinations
    ((@optic _ + 1)(2), set(10, (@optic _ * 2), 4), set(1.0, log, 0.0), set(-2.0, abs, 3)) => (3, 2.0, 1.0, -3.0)
    (constructorof(Inner{Int})(1.0, [2.0]), setproperties((a=1, b=2), b=3), setproperties(q.p; a=9.0), getproperties(q.p), constructorof(typeof((a=1,)))(2)) => (Inner{Float64}(1.0, [2.0]), (a = 1, b = 3), Inner{Float64}(9.0, [1.0, 2.0]), (a = 1.0, b = [1.0, 2.0]), (a = 2,))
    `,
  )
})

describe('lenses', () => {
  shows(
    () => session,
    `
    (Setfield.get(q, @lens(_.p.b[2])), Setfield.set(q, @lens(_.p.a), 2.0).p.a, Setfield.modify(x -> 2x, q, @lens(_.t[end])).t, (@lens _.p)(q).a) => (2.0, 2.0, (1, 4.0), 1.0)
    ((@lens _.p) ∘ (@lens _.a), get(q, (@lens _.p) ∘ (@lens _.a)), @lens(_), @lens(first(_.t)), Setfield.set(q, @lens(first(_.t)), 4).t) => ((@lens _.p.a), 1.0, (@lens _), (@lens first(_.t)), (4, 2.0))
    `,
  )
})

describe('derivatives', () => {
  shows(
    () => session,
    `
    (through(3.0), ForwardDiff.derivative(x -> (s = @set (a=1.0, b=2.0).a = x; s.a^2 + s.b), 3.0)) => (22.0, 6.0)
    (autodiff(Reverse, through, Active, Active(3.0)), autodiff(Forward, through, Duplicated(3.0, 1.0)), Zygote.gradient(through, 3.0)) => (((12.0,),), (12.0,), (12.0,))
    (autodiff(Reverse, all_of, Active, Active(3.0))[1][1], ForwardDiff.derivative(all_of, 3.0)) => (3.0, 3.0)
    Enzyme.gradient(Reverse, v -> sum(abs2, @set v[1] = v[2]^2), [1.0, 2.0])[1] => [0.0, 36.0]
    Zygote.gradient(p -> (r = @set p.a = 2 * p.b; r.a * r.b), (a=1.0, b=3.0))[1].b => 12.0
    `,
  )
})
