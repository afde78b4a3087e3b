/** Reflection, dispatch errors, keywords, exceptions, display and loggers against what Julia gives. */
import { describe } from 'vitest'
import { newSession, shows } from './check.ts'

const session = newSession(`
using Test, Logging
abstract type Animal end
struct Dog <: Animal end
struct Cat <: Animal end
struct Optional; items::Union{Nothing,Vector{Float64}}; n::Float64; end
mutable struct Linked; next::Union{Nothing,Vector{Float64}}; first::Optional; Linked() = new(); end
mutable struct Partial
    a::Int
    b
    Partial(a) = new(a)
end
mutable struct Nested
    c
end
ambiguous(x::Int, y) = 1
ambiguous(x, y::Int) = 2
struct Limited{T<:Real,V<:AbstractVector{T}}; v::V; end
Limited(v::AbstractVector{T}) where {T} = Limited{T,typeof(v)}(v)
alike(a::Limited{T,V}, b::Limited{T,V}) where {T,V} = 1
alike(a::Limited{T}, b::Limited{T}) where {T} = 2
alike(a::Limited, b::Limited) = 3
globals_of(m, name) = (getfield(m, name), getproperty(m, name))
area(x::Number) = 1
area(x::Int) = 2
near(x::Int) = 1
keywords(; x, y=2) = x + y
assigning(x, n=(begun = x; begun + 1); a=(held = 2x; held + 1), b=held * a) = (n, a, b)
function sharing(x)
    held = 0
    inner(; a=(held = 2x; held + 1)) = a
    (inner(), held)
end
hidden(x::Int) = 1
hidden(x; a=1) = 2a
typed(x; n::Int=3) = x^n
named_type(f::F=1; k::K=identity) where {F,K} = (F, K)
bound(; v::AbstractVector{T}=[1.0]) where {T} = T
# Each of the two pairs is met first while the other one is being compiled.
ping(n, x) = n < 0 ? ping_of(-n, x) : x
pong(n, x) = n < 0 ? pong_of(-n, x) : 3x
ping_of(n, x) = 2ping(n, x) - 5pong(n, x)
pong_of(n, x) = 7ping(n, x) + 11pong(n, x)
struct Shown
    v::Int
end
Base.show(io::IO, s::Shown) = print(io, "#", s.v)
struct Plain end
module Outer
export Seen
struct Seen end
struct Hidden{T}; v::T; end
@enum Color red=1 green
end
using .Outer
@enum Level::UInt8 low high
struct Dense; v::Int; end
Base.show(io::IO, d::Dense) = print(io, get(io, :compact, false) ? "D" : "Dense", d.v)
Base.show(io::IO, ::MIME"text/plain", p::Plain) = print(io, "fancy")
struct Custom <: Exception
    code::Int
end
Base.showerror(io::IO, e::Custom) = print(io, "code ", e.code)
message(f) = try f(); "none" catch e; sprint(showerror, e) end
function again()
    try
        try
            error("a")
        catch
            rethrow()
        end
    catch e
        e.msg * "!"
    end
end
module Left
export only_left, both, kept
only_left() = 1
both() = 2
kept() = 3
end
using .Left
kept()
module Right
export both, kept
both() = 4
kept() = 5
end
using .Right
module Around
g(x) = 3x
module Within
import ..g
import ..g as other
import ..Around
g(x::String) = "text"
r(x) = g(x) + other(x) + Around.g(1)
end
end
module Started
const r = Ref(0)
__init__() = (r[] = 5)
end
uniform(::Tuple) = false
uniform(::Tuple{Vararg{T}}) where {T} = T
function limited_by(T)
    inner(x::S) where {S<:T} = x
    inner(x) = "other"
    inner
end
dispatched(::Val{:a}) = 1
struct Evens <: AbstractDict{Int,Int}
    n::Int
end
Base.length(e::Evens) = e.n
Base.get(e::Evens, k, default) = 1 <= k <= e.n ? 2k : default
Base.iterate(e::Evens, k=1) = k > e.n ? nothing : ((k => 2k), k + 1)
dispatched(::Val{:b}) = 2
`)

describe('reflection', () => {
  shows(
    () => session,
    `
    fieldtypes(Tuple{Int,Float64}) => (Int64, Float64)
    let p = Partial(1); before = isdefined(p, :b); p.b = 2; (before, isdefined(p, :b), p.b); end => (false, true, 2)
    Partial(1).b => !UndefRefError
    Ref(Optional(nothing, 1.0))[], [Optional(nothing, 1.0), Optional([2.0], 1.0)][1].n, Ref{Union{Nothing,Vector{Float64}}}(nothing)[] => (Optional(nothing, 1.0), 1.0, nothing)
    let l = Linked(); before = isdefined(l, :next), isdefined(l, :first); l.next = nothing; l.first = Optional(nothing, 1.0); (before, l.next, l.first.n) end => ((false, false), nothing, 1.0)
    Linked().next => !UndefRefError
    Vector{Vector{Int}}(undef, 2)[1] => !UndefRefError
    Vector{Vector{Int}}(undef, 2)[1]' * [1] => !UndefRefError
    for x in Vector{Any}(undef, 1) end => !UndefRefError
    foreach(k -> Ref{Any}()[] isa Number, 1:2) => !UndefRefError
    (s -> foreach(k -> length(s()[]), 1:2))(Ref{String}) => !UndefRefError
    Matrix{Dict{Int,Int}}(undef, 2, 2)[1, 2] => !UndefRefError
    let v = Vector{Any}(undef, 2); v[2] = [1]; ([isassigned(v, i) for i in 0:3], v) end => (Bool[0, 0, 1, 0], Any[#undef, [1]])
    push!(copy(Vector{Vector{Int}}(undef, 1)), [3]) => [#undef, [3]]
    let n = Nested(Nested(1)); n.c.c = 5; n.c.c += 3; n.c.c; end => 8
    (ismutable(Partial(1)), isbitstype(Int), isbits([1]), isprimitivetype(Int)) => (true, true, false, true)
    (typejoin(Int, Float64), typejoin(Int, String), typeintersect(Int, Real)) => (Real, Any, Int64)
    typejoin(Vector, Set{Int}), typejoin(Vector, UnitRange{Int}), typejoin(Union{Int,Float64}, Int8), typeof([[1], ["a"]]), typeof(collect((1, 2.0))) => (Any, AbstractVector, Real, Vector{Vector}, Vector{Real})
    subtypes(Animal) => Any[Cat, Dog]
    [Dog(), Cat()] isa Vector{Animal} => true
    supertypes(Int)[1:3] => (Int64, Signed, Integer)
    (invoke(area, Tuple{Number}, 1), @invoke(area(1::Number)), invokelatest(area, 1)) => (1, 1, 2)
    length(methods(area)) => 2
    let counts = Int[]; @eval (grows(x::Real) = 1); push!(counts, length(methods(grows))); @eval (grows(x::String) = 2); push!(counts, length(methods(grows))); push!(counts, length(methods(grows, (Int,))), length(methods(grows, Tuple{Any}))); (counts, hasmethod(grows, (String,))) end => ([1, 2, 1, 2], true)
    [applicable(f, a...) for f in Any[x -> x, () -> 1, area], a in Any[(), (1,), ("",)]] => Bool[0 1 1; 1 0 0; 0 1 0]
    (hasmethod(k -> 1, Tuple{Any}), hasmethod((x::Int) -> 1, Tuple{Any}), hasmethod((x::Int) -> 1, Tuple{Int}), hasmethod((x::Real, y) -> 1, Tuple{Integer,Any}), hasmethod((x::Vector{Float64}) -> 1, Tuple{Vector})) => (true, false, true, true, false)
    (hasmethod(area, (Int,)), hasmethod(area, Tuple{Int,Int}), applicable(area, 1)) => (true, false, true)
    Around.Within.r(2), Around.g("a") => (15, "text")
    include_string(Main, "module Lost; import ..absent; end") => !\`absent\` is not defined
    (nameof(Started), Started.r[]) => (:Started, 5)
    (only_left(), kept(), Left.both(), Right.both()) => (1, 3, 2, 4)
    [isdefined(Left, name) for name in [:both, :neither]] => Bool[1, 0]
    both() => !UndefVarError: \`both\` not defined in \`Main\`
    Int[dispatched(Val(x)) for x in [:a, :b, :a]] => [1, 2, 1]
    let n = parse(Int, "3"); NTuple{n,Int}; end => Tuple{Int64, Int64, Int64}
    [nothing, 1] => Union{Nothing, Int64}[nothing, 1]
  `,
  )
})

describe('calls and their errors', () => {
  shows(
    () => session,
    `
    limited_by(Int)(3), limited_by(Int)(2.0), fieldcount(NamedTuple{(:a, :b)}), fullname(LinearAlgebra.BLAS) => (3, "other", 2, (:LinearAlgebra, :BLAS))
    uniform((1, 2)), uniform((1, 2.0)), (1, 2.0) isa Tuple{Vararg{T}} where {T} => (Int64, false, false)
    collect(Evens(2)) == [1=>2, 2=>4], sum(values(Evens(3))), 3 in keys(Evens(2)) => (true, 12, false)
    alike(Limited([1]), Limited([2])), alike(Limited([1]), Limited(1:2)), alike(Limited([1]), Limited([2.0])) => (1, 2, 3)
    globals_of(Base, only([:sin])), globals_of(Base, only([:sinner])) => !UndefVarError
    globals_of(Base, only([:sin])) => (sin, sin)
    ambiguous(1, 1) => !MethodError: ambiguous(::Int64, ::Int64) is ambiguous.
    occursin("Closest candidates are:\\n  near(::Int64)", message(() -> near("a"))) => true
    Outer.Hidden(1), [Outer.Hidden(1)], typeof(Outer.Hidden(1)), Outer.Hidden, Seen(), Vector{Seen} => (Main.Outer.Hidden{Int64}(1), Main.Outer.Hidden{Int64}[Main.Outer.Hidden{Int64}(1)], Main.Outer.Hidden{Int64}, Main.Outer.Hidden, Seen(), Vector{Seen})
    UInt8(high), repr("text/plain", Outer.Color), repr("text/plain", Outer.red) => (0x01, "Enum Main.Outer.Color:\\nred = 1\\ngreen = 2", "red::Color = 1")
    repr("text/plain", [Dense(1) Dense(2)]), repr("text/plain", [Dense(1)]) => ("1×2 Matrix{Dense}:\\n D1  D2", "1-element Vector{Dense}:\\n Dense1")
    occursin("keywords(; x, y) got unsupported keyword argument \\"z\\"", message(() -> keywords(x=1, z=2))) => true
    keywords(x=1, w=3) => !MethodError: no method matching keywords(; x::Int64, w::Int64)
    (named_type(), named_type(2.0), named_type(; k=1)) => ((Int64, typeof(identity)), (Float64, typeof(identity)), (Int64, Int64))
    typed(2; n=2.0) => !TypeError: in keyword argument n, expected Int64, got a value of type Float64
    bound(v=[1, 2]) => Int64
    let (a, b..., c) = (1, 2, 3, 4); (b, c); end => ((2, 3), 4)
    let (a..., b) = [1, 2, 3]; (a, b); end => ([1, 2], 3)
    (hidden(3), hidden(3; a=5)) => (1, 10)
    keywords(; Dict(:x => 1)..., y=5) => 6
    assigning(1), assigning(1, 5; b=0), (@isdefined held), (@isdefined begun), sharing(3) => ((2, 3, 6), (5, 3, 0), false, false, (7, 6))
    ping(-0.5, 1.0), pong(-0.5, 1.0), pong_of(0.5, 1.0) => (-13.0, 40.0, 40.0)
    keywords(; [:x => 1, :y => 3]...) => 4
    (; zip([:a, :b], [1, 2])...) => (a = 1, b = 2)
    again() => "a!"
    message(() -> [1, 2][5]) => "BoundsError: attempt to access 2-element Vector{Int64} at index [5]"
    message(() -> UInt8(300)) => "InexactError: trunc(UInt8, 300)"
    message(() -> throw(Custom(3))) => "code 3"
    promote("a", 1) => !promotion of types String and Int64 failed to change any arguments
    big(2.0) => !A float of arbitrary precision (\`BigFloat\`) is outside the supported subset.
    isfile("x") => !The file system (\`isfile\`) is outside the supported subset.
    big(2) + 1.5 => !A float of arbitrary precision (\`BigFloat\`) is outside the supported subset.
  `,
  )
})

describe('showing', () => {
  shows(
    () => session,
    `
    (Shown(1), [Shown(2)]) => (#1, Shown[#2])
    sprint(show, MIME("text/plain"), [1, 2]) => "2-element Vector{Int64}:\\n 1\\n 2"
    repr("text/plain", Plain()) => "fancy"
    sprint(io -> show(IOContext(io, :compact => true), 1.123456789)) => "1.12346"
    @test_logs((:warn, "hey"), @warn("hey")) => nothing
    with_logger(() -> (@info("x"); 3), NullLogger()) => 3
    @inferred(sin(1.0)) == sin(1.0) => true
    @inferred((x -> x > 0 ? 1 : 1.0)(1)) => !return type Int64 does not match inferred return type Union{
  `,
  )
})

const left = newSession(`
tuple_of(x::Tuple{Int,Vararg}) = 1
tuple_of(x) = 2
tuple_of(x::Tuple{Vararg{Float64}}) = 3
function left(x)
    r = Int[]
    for i in 1:3
        try
            i == x && break
            i + 1 == x && continue
            push!(r, i)
        catch
        else
            push!(r, 10i)
        finally
            push!(r, 100i)
        end
    end
    r
end
`)

describe('what leaves a try, and tuples of any length', () => {
  shows(
    () => left,
    `
    left(3) => [1, 10, 100, 200, 300]
    left(9) => [1, 10, 100, 2, 20, 200, 3, 30, 300]
    (function (x) try x == 1 && return 5; 7 catch; 8 else 9 end end).((1, 2)) => (5, 9)
    (function (x) try x == 1 ? 1 : 4 finally x == 2 && return 3 end end).((1, 2, 3)) => (1, 3, 4)
    (function (x) try x == 1 && error("a"); 7 catch; x == 5 && return 2; 8 else 9 finally nothing end end).((1, 2)) => (8, 9)
    tuple_of((1, 2)), tuple_of((1, "a")), tuple_of(("a",)), tuple_of((1.0, 2.0)) => (1, 1, 2, 3)
    Tuple{Int,Vararg}, Tuple, Tuple{Vararg{Int}} => (Tuple{Int64, Vararg}, Tuple, Tuple{Vararg{Int64}})
    let x = 1 end => nothing
    Union{Nothing,Missing,Int}, Union{AbstractString,Int}, Union{Symbol,String,Int} => (Union{Missing, Nothing, Int64}, Union{Int64, AbstractString}, Union{Int64, String, Symbol})
    typeof([1]).name.name, nameof(typeof(1 + 2im)), one(Any) => !MethodError: no method matching one(::Type{Any})
    typeof([1]).name.name, Vector{Int}.name.module => (:Array, Core)
    Char(-1) => !InexactError: trunc(UInt32, -1)
    ntuple(identity, -1) => !ArgumentError: tuple length should be ≥ 0, got -1
    (a=1, b=2, c=3)[(:c, :a)], (a=1, b=2)[[:b]] => ((c = 3, a = 1), (b = 2,))
  `,
  )
})

describe('tests that are no Bool, and types that are made of values', () => {
  const session = newSession(`
said(f, xs...) = try f(xs...) catch e; sprint(showerror, e) end
one_or(x) = x > 0 ? 1 : true
unknown(x) = x > 0 ? missing : true
Base.@noinline asked(x) = x ? 1 : 2
turns(x) = (k = 0; while x; k += 1; x = false; end; k)
kept(f, n) = [i for i in 1:n if f(i)]
struct Holds{T} x::T end
struct Lists{T} x::Vector{T} end
`)
  shows(
    () => session,
    `
    map(x -> said(y -> one_or(y) ? 1 : 2, x), (1, -1)) => ("TypeError: non-boolean (Int64) used in boolean context", 1)
    map(x -> said(y -> unknown(y) && 3, x), (1, -1)) => ("TypeError: non-boolean (Missing) used in boolean context", 3)
    map(x -> said(y -> turns(one_or(y)), x), (1, -1)) => ("TypeError: non-boolean (Int64) used in boolean context", 1)
    said(turns, nothing), said(asked, Int), said(asked, Vector) => ("TypeError: non-boolean (Nothing) used in boolean context", "TypeError: non-boolean (DataType) used in boolean context", "TypeError: non-boolean (UnionAll) used in boolean context")
    said(kept, i -> i, 2), said(kept, i -> unknown(2 - i), 2) => ("TypeError: non-boolean (Int64) used in boolean context", "TypeError: non-boolean (Missing) used in boolean context")
    said(x -> (x > 0 ? 1 : nothing) || 2, 1) => "TypeError: non-boolean (Int64) used in boolean context"
    said(() -> Holds{1}), said(() -> Ref{:a}()), Lists{1} => ("TypeError: in Holds, in type definition, expected Type, got a value of type Int64", "TypeError: in RefValue, in type definition, expected Type, got a value of type Symbol", Lists{1})
    said(() -> Union{1,Int}), said(count, x -> 2, [1]) => ("TypeError: in Union, expected Type, got a value of type Int64", "TypeError: non-boolean (Int64) used in boolean context")
    `,
  )
})
