/** Exits inside expressions, types that values decide, and constants that types are made of. */
import { describe } from 'vitest'
import { newSession, shows } from './check.ts'

const session = newSession(`
using Enzyme
@enum Fruit apple=1 orange=2 kiwi
const first_level = 4
@enum Level low=first_level middle=first_level + 2 high
struct Pick{T} end
struct Named; data::Matrix{Float64}; end
Base.getindex(n::Named, i...; row=:, col=:) = n.data[(isempty(i) ? (row, col) : i)...]
Base.setindex!(n::Named, v; row, col) = (n.data[row, col] = v)
Base.lastindex(n::Named, d) = size(n.data, d)
Base.view(n::Named; row=:, col=:) = view(n.data, row, col)
const byname = Named([1.0 2; 3 4])
at_row(x, row) = (n = Named([x 2x; x^2 1]); n[row=row, col=2] += x; n[row=1, col=1] = 3x; n[row=row, col=2] + n[row=1, col=1])
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
function found_in(n)
    for i in 1:n, j in 1:n
        if i * j > 6
            @goto found
        end
    end
    return 0
    @label found
    return 1
end
function summed(x)
    s = 0
    @label again
    s += x
    x -= 1
    x > 0 && @goto again
    s
end
function next_of(v)
    out = Int[]
    for x in v
        if x < 0
            @goto next
        end
        for k in 1:x
            k == 3 && @goto next
            push!(out, k)
        end
        push!(out, 100)
        @label next
        push!(out, -x)
    end
    out
end
function out_of_try(x)
    try
        x > 1 && @goto done
        x < 0 && error("neg")
        x = 10
    catch
        x = 20
        @goto done
    end
    x += 1
    @label done
    x
end
function two_labels(n)   # retry with two labels
    k = 0
    @label start
    k += 1
    k < 3 && @goto start
    if n > 0
        n -= 1
        @goto start
    elseif n < 0
        @goto out
    end
    return k, :end
    @label out
    k, :out
end
function automaton(s)
    i = 0; r = ""
    @label A
    i += 1; i > length(s) && @goto fin
    s[i] == 'a' ? @goto(A) : @goto(B)
    @label B
    r *= s[i]
    i += 1; i > length(s) && @goto fin
    if s[i] == 'b'; @goto B else @goto A end
    @label fin
    r
end
function captured()
    fs = []
    i = 0
    @label x
    i += 1
    j = i
    push!(fs, () -> (i, j))
    i < 3 && @goto x
    [f() for f in fs]
end
function turned()
    for i in 1:3
        k = 0
        @label r
        k += 1
        k == 2 && continue
        i == 3 && break
        @goto r
    end
    7
end
function sized(x)
    if x > 0
          if x > 5; @goto big; end
          return "small"
    else
          @goto neg
    end
    @label big
    return "big"
    @label neg
    "neg"
end
function inward(x)
    if x > 0
        @label inn
        x += 1
    end
    x < 0 && @goto inn
    x
end
macro retry(ex, n)
    quote
        k = 0
        @label retry
        k += 1
        v = $(esc(ex))
        v < k && k < $n && @goto retry
        v
    end
end
retried() = (@retry(1, 3), @retry(2, 4))
function newton(a)
    x = a
    @label step
    x = (x + a / x) / 2
    abs(x * x - a) > 1e-12 && @goto step
    x
end
function early(v)
    s = 0.0
    for x in v, k in 1:3
        s += x^k
        s > 10 && @goto out
    end
    s *= 2
    @label out
    s^2
end
function typed_by(T, op)
    g(x::T) = 1
    g(x) = 2
    h(::typeof(op), x::T) = op(x)
    h(::Any, x) = :other
    g(1), g(1.0), h(op, 4), h(op, 4.0), h(abs2, 4.0)
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
    byname[row=1], byname[col=2, row=1], byname[2, end], byname[col=1:1], @view(byname[col=2]) => ([1.0, 2.0], 2.0, 4.0, [1.0; 3.0;;], [2.0, 4.0])
    at_row(2.0, 2), at_row(2.0, 1), autodiff(Reverse, at_row, Active(2.0), Const(1)) => (9.0, 12.0, ((6.0, nothing),))
    (argument(2), argument(-2)) => (3, -7)
    (tested([1, 2]), tested([1, -2])) => (3, -1)
    (ordered(nothing), ordered(2), ordered(-2)) => (0, 3, 9)
    (parsed("3"), parsed("x")) => (4, nothing)
    (after(1), after(2)) => (3, :two)
    (conditioned(1), conditioned(3), conditioned(5)) => (:small, :middle, 5)
  `,
  )
})

describe('labels', () => {
  shows(
    () => session,
    `
    found_in(2), found_in(5) => (0, 1)
    summed(5) => 15
    next_of([1, -2, 5]) => [1, 100, -1, 2, 1, 2, -5]
    out_of_try(0.5), out_of_try(2), out_of_try(-1) => (11, 2, 20)
    two_labels(0), two_labels(2), two_labels(-1) => ((3, :end), (5, :end), (3, :out))
    automaton("abbabcab") => "bbbb"
    captured() => [(3, 3), (3, 3), (3, 3)]
    turned() => 7
    sized(1), sized(9), sized(-1) => ("small", "big", "neg")
    retried() => (1, 2)
    inward(1) => !\`@goto inn\` to no label of a block around it is outside the supported subset.
    round(autodiff(Reverse, newton, Active, Active(4.0))[1][1], digits=6) => 0.25
    gradient(Reverse, early, [1.0, 0.5]), gradient(Forward, early, [1.0, 3.0]) => (([186.0, 85.25],), ([180.0, 210.0],))
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
    typed_by(Int, sqrt), typed_by(Float64, cbrt)[1:3] => ((1, 2, 2.0, :other, :other), (2, 1, :other))
    typed_by(Any[Int][1], sqrt) => !A type parameter of type \`Any\` is only known at run time.
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
