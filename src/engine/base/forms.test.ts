/** Exits inside expressions, types that values decide, and constants that types are made of. */
import { describe } from 'vitest'
import { newSession, shows } from './check.ts'

const session = newSession(`
using Enzyme
@enum Fruit apple=1 orange=2 kiwi
const first_level = 4
@enum Level low=first_level middle=first_level + 2 high
struct Pick{T} end
struct Pair2; a::Int; b::Float64; end
struct Linked{T}; val::T; next::Union{Linked{T},Nothing}; end
struct Chained; next::Union{Chained,Nothing}; end
Base.show(io::IO, c::Chained) = print(io, "c", c.next === nothing ? "" : repr(c.next))
struct Bounded{T<:Real}; x::T; end
const two = Pair2(1, 2.0)
pick(::Pick{apple}) = :apple
pick(::Pick{orange}) = :orange
pick(::Pick) = :other
parameter(::Pick{T}) where {T} = T
unknown(x) = Base.inferencebarrier(x)
function tried(x)
    y = try
        x > 0 && return 5
        sqrt(x)
    catch
        return -1.0
    end
    y + 1
end
function looped(x)
    for i in 1:5
        z = try
            i == 3 && break
            i == 2 && continue
            x
        catch
            0
        end
        x += z
    end
    x
end
argument(x) = abs(x > 0 ? x : return -7) + 1
function tested(xs)
    i = 0
    s = 0
    while (i += 1; i > length(xs) && return s; xs[i] > 0)
        s += xs[i]
    end
    -s
end
ordered(x) = (x === nothing && return 0; x + (x < 0 ? (return 9) : 1))
parsed(x) = (v = try parse(Int, x) catch; return nothing; end; v + 1)
function after(x)
    y = try
        x
    catch
        1
    else
        x == 2 && return :two
        3
    finally
        4
    end
    y
end
function conditioned(x)
    if (y = x > 2 ? x : return :small) > 3
        return y
    end
    :middle
end
function branches(c)
    if c
        g(x) = 1
    else
        g(x) = 2
    end
    g(0), map(g, (1, 2))
end
function spread(c, n)
    k = 3
    g(x::Int) = k + x
    if c
        m = 10
        g(x::Float64) = m * x
    end
    k += 1
    g(n)
end
function turns()
    out = []
    for i in 1:3
        isodd(i) ? (q(x) = x + i) : (q(x) = x * i)
        push!(out, q(10))
    end
    out
end
using Test
struct Kept <: Test.AbstractTestSet; about::String; results::Vector{Any}; Kept(about; size=0) = new(about, Any[size]); end
Test.record(s::Kept, r) = (push!(s.results, r); r)
Test.finish(s::Kept) = s
function left(x)
    @testset "left" begin
        x == 1 && return :left
        @test true
    end
    :stayed
end
function sets(n)
    seen = []
    for i in 1:n
        @testset "set" begin
            i == 2 && continue
            i == 4 && break
            push!(seen, i)
        end
    end
    seen, Test.get_testset_depth()
end
function refused(x)
    x > 0 && return :fine
    struct Inside end
    :never
end
squares(v) = sum(map(x -> x^2, Any[v[1], v[2]]))
hidden(v) = (ys = [unknown(sin)(x) for x in v]; sum(ys .* ys))
`)

describe('exits inside expressions', () => {
  shows(
    () => session,
    `
    (tried(1.0), tried(0.0), tried(-1.0)) => (5, 1.0, -1.0)
    looped(1) => 2
    (argument(2), argument(-2)) => (3, -7)
    (tested([1, 2]), tested([1, -2])) => (3, -1)
    (ordered(nothing), ordered(2), ordered(-2)) => (0, 3, 9)
    (parsed("3"), parsed("x")) => (4, nothing)
    (after(1), after(2)) => (3, :two)
    (conditioned(1), conditioned(3), conditioned(5)) => (:small, :middle, 5)
    refused(1) => :fine
    refused(-1) => !A \`struct\` inside a function is outside the supported subset.
  `,
  )
})

describe('methods of a local function in several places', () => {
  shows(
    () => session,
    `
    branches(true), branches(false) => ((1, (1, 1)), (2, (2, 2)))
    spread(true, 2), spread(true, 2.0) => (6, 20.0)
    spread(false, 2.0) => !MethodError: no method matching (::var"#g"
    turns() => Any[11, 20, 13]
  `,
  )
})

describe('test sets', () => {
  shows(
    () => session,
    `
    left(1), left(2), Test.get_testset_depth() => (:left, :stayed, 0)
    sets(5) => (Any[1, 3], 0)
    (@testset Kept size=4 "mine" begin; @test 1 == 1; @testset "inner" begin; @test_broken false; end; end).results[1:2] => Any[4, Test Passed]
    (@testset sets(1)).description => "sets"
    @testset let x = 2, y = 3; @test x + y == 5; end => Test Passed
    length(@testset for i in 1:3, j in 1:3; j == 2 && break; end) => 1
  `,
  )
})

describe('element types that the elements decide', () => {
  shows(
    () => session,
    `
    map(x -> x, Any[1, 2]) => [1, 2]
    [x for x in Any[1, 2.0]] => Real[1, 2.0]
    [x for x in Any[]] => Any[]
    unknown(sqrt).([1.0, 4]) => [1.0, 2.0]
    Any[1, 2] .+ 1 => [2, 3]
    [unknown(x) for x in 1:3 if x > 1] => [2, 3]
    [i == 2 ? nothing : i for i in 1:3] => Union{Nothing, Int64}[1, nothing, 3]
    [i == 5 ? nothing : i for i in 1:3] => [1, 2, 3]
    [missing, 1] .+ 1 => Union{Missing, Int64}[missing, 2]
    (collect(Any[1, 2]), filter(isodd, Any[1])) => (Any[1, 2], Any[1])
    [(1, "a"), (2.0, "b")] => Tuple{Real, String}[(1, "a"), (2.0, "b")]
    [x for x in [(1, "a"), (2, :b)]] => Tuple{Int64, Any}[(1, "a"), (2, :b)]
    typejoin(Tuple{Int,Int}, Tuple{Int}) => Tuple{Vararg{Int64}}
    gradient(Reverse, squares, [1.0, 2.0]) => ([2.0, 4.0],)
    gradient(Reverse, hidden, [1.0, 2.0])[1] ≈ [sin(2.0), sin(4.0)] => true
  `,
  )
})

describe('values in types', () => {
  shows(
    () => session,
    `
    (Val(0x01), Val(Int32(1)), Val(1.0f0), Pick{sin}()) => (Val{0x01}(), Val{1}(), Val{1.0f0}(), Pick{sin}())
    Int(low), Int(middle), Int(high), Level(7), instances(Level) => (4, 6, 7, high, (low, middle, high))
    (pick(Pick{apple}()), pick(Pick{kiwi}())) => (:apple, :other)
    parameter(Pick{two}()) => Pair2(1, 2.0)
    parameter(Pick{(a=1,)}()) => (a = 1,)
    [pick(Pick{x}()) for x in [apple, orange, kiwi]] => [:apple, :orange, :other]
    [typeof(Pick{x}()) for x in Any[1.0f0, 0x01]] => DataType[Pick{1.0f0}, Pick{0x01}]
    Pick{"a"} => !TypeError: in Type, in parameter, expected Type, got a value of type String
    repr("text/plain", apple) => "apple::Fruit = 1"
  `,
  )
})

describe('code and errors as Julia prints them', () => {
  shows(
    () => session,
    `
    (:(1 + 2 * x), :(2x^2), :((2x)^2), :(2(x + 1))) => (:(1 + 2x), :(2 * x ^ 2), :((2x) ^ 2), :(2 * (x + 1)))
    (:(a - b - c), :((a * b) + c), :(a * (b + c)), :(a^b^c)) => (:((a - b) - c), :(a * b + c), :(a * (b + c)), :(a ^ (b ^ c)))
    (:(!isempty(x)), :(-(x + a)), :((1:a) .+ 1), :((a + b)')) => (:(!(isempty(x))), :(-(x + a)), :((1:a) .+ 1), :((a + b)'))
    (:(isa(x, Int)), :(+(a, b)), :(x < 1e-6)) => (:(x isa Int), :(a + b), :(x < 1.0e-6))
    Bounded{String}("a") => !TypeError: in Bounded, in T, expected T<:Real, got Type{String}
    (Linked(1, Linked(2, nothing)), string(Linked(1, nothing))) => (Linked{Int64}(1, Linked{Int64}(2, nothing)), "Linked{Int64}(1, nothing)")
    ("$(Chained(Chained(nothing)))", Any[Chained(nothing)], Tuple{}()) => ("cc", Any[c], ())
    Bounded(1).y => !FieldError: type Bounded has no field \`y\`, available fields: \`x\`
    (a = 1,).b => !FieldError: type NamedTuple has no field \`b\`, available fields: \`a\`
    repr("text/plain", π) => "π = 3.1415926535897..."
    repr("text/plain", LinRange(0, 1, 3)) => "3-element LinRange{Float64, Int64}:\\n 0.0, 0.5, 1.0"
  `,
  )
})
