/** Macros of the program, quoted code as values, and evaluation at top level. */
import { describe } from 'vitest'
import { newSession, shows } from './check.ts'

const session = newSession(`
macro double(x)
    quote
        t = $(esc(x))
        t + t
    end
end
f(t) = @double t + 1
macro def(name, v)
    esc(:($name = $v))
end
@def made 3
macro text(ex)
    :(string($(string(ex)), " = ", $(esc(ex))))
end
macro summed(parts...)
    steps = map(p -> :(total += $p), parts)
    esc(quote
        total = 0
        $([s for s in steps]...)
        total
    end)
end
module M
export @m
helper() = 1
macro m(x)
    :(1 + $(esc(x)))
end
const r = @m 5
end
using .M
macro power(n::Int, x)
    ex = 1
    for _ in 1:n
        ex = :($ex * $(esc(x)))
    end
    ex
end
macro total(xs...)
    foldl((a, b) -> :($a + $(esc(b))), xs; init=0)
end
macro same(x)
    esc(Expr(x.head, x.args...))
end
macro method(name)
    quote
        $(esc(name))(x) = x + 100
    end
end
@method added
macro pair_str(s)
    s => length(s)
end
macro pair_cmd(s)
    s => length(s)
end
struct Wrapped
    v::Float64
end
macro fields()
    esc(quote
        id::Int
        name::String
    end)
end
struct Shared
    @fields
    w::Float64
end
Base.@kwdef mutable struct Keyed
    v::Float64 = 2.0
    @fields()
end
for op in (:+, :*)
    @eval Base.$op(a::Wrapped, b::Wrapped) = Wrapped($op(a.v, b.v))
end
for (name, value) in ((:one_of, 1), (:two_of, 2))
    @eval $name() = $value
end
define(name, value) = @eval $name() = $value
define(:from_inside, 7)
derivative(e::Number, x) = 0
derivative(e::Symbol, x) = e == x ? 1 : 0
function derivative(e::Expr, x)
    op, a, b = e.args
    op == :+ && return :($(derivative(a, x)) + $(derivative(b, x)))
    :($(derivative(a, x)) * $b + $a * $(derivative(b, x)))
end
using Enzyme
@eval slope(x) = $(derivative(:(x * x + x), :x))
power3(x) = @power 3 x
`)

describe('macros of the program', () => {
  shows(
    () => session,
    `
    Shared(1, "a", 2), fieldnames(Shared), Keyed(id=3, name="b").v => (Shared(1, "a", 2.0), (:id, :name, :w), 2.0)
    @NamedTuple{a::Int, b} === NamedTuple{(:a, :b), Tuple{Int, Any}} => true
    (@NamedTuple begin x::Float64 end)((1,)) => (x = 1.0,)
    (@deprecate old_f(x) f(x); @deprecate older f; (old_f(3), older(3))) => (8, 8)
    (@gensym a b; a isa Symbol && a != b) => true
    last(pair\`ls -l\`) => 5
    string(:((-x)^2)), string(:((-1)^2)), string(:(-x^2)), string(:((-x) * 2)) => ("(-x) ^ 2", "(-1) ^ 2", "-(x ^ 2)", "-x * 2")
    @showtime(1 + 1) => 2
    @NamedTuple{a, 1} => !This field of a
    f(3) => 8
    @summed(1 + 1, f(3), 5) => 15
    made => 3
    @text(made + 1) => "made + 1 = 4"
    (@m(2), M.@m(3), M.r) => (3, 4, 6)
    power3(2.0) => 8.0
    gradient(Reverse, power3, 2.0)[1] => 12.0
    @total(1, made, 2) => 6
    (v = [1.0, 2.0]; @same(v .= 3.0); @same(v .+= 1); (eval(:((w = [1]; w .= 5; w))), v)) => ([5], [4.0, 4.0])
    added(1) => 101
    last(pair"abc") => 3
  `,
  )
})

describe('code as values', () => {
  shows(
    () => session,
    `
    :(a + b * 2) => :(a + b * 2)
    string(:(x^2 + f(x, y))) => "x ^ 2 + f(x, y)"
    :(a + b).args => Any[:+, :a, :b]
    :(a.b).args[2] == QuoteNode(:b) => true
    (:(a += 1).head, :(x[1]).head, :(x -> x).head) => (:+=, :ref, :->)
    :(f(x; k=1)).args[2] == Expr(:parameters, Expr(:kw, :k, 1)) => true
    let y = 3; :(x + $y); end => :(x + 3)
    let xs = [1, 2]; :(f($(xs...))); end => :(f(1, 2))
    eval(:(1 + 2)) => 3
    eval(Meta.parse("let a = 2; a^3 end")) => 8
    (Wrapped(2) * Wrapped(3)).v => 6.0
    (one_of(), two_of(), from_inside()) => (1, 2, 7)
    slope(3) => 7
    gradient(Reverse, slope, 3.0)[1] => 2.0
    gradient(Reverse, x -> eval(:($x^2)), 3.0) => !Code that is made of values with derivatives is outside
  `,
  )
})

describe('tests as values', () => {
  const tests = newSession(`using Test
nested() = @testset "outer" begin
    @test 1 < 2
    @testset "inner $i" for i in 1:2
        @test i > 1
    end
end
texts(ts) = join([string(r) for r in ts.results], "|")
`)
  shows(
    () => tests,
    `
    map(string, ((@test 1 == 1), (@test_skip f()))) => ("Test Passed", "Test Broken\\n  Skipped: f()")
    (@test_throws DomainError sqrt(-1)).value isa DomainError => true
    (ts = nested(); (ts.n_passed, length(ts.results), ts.anynonpass)) => (1, 2, true)
    [(s.description, s.n_passed, length(s.results)) for s in nested().results] => [("inner 1", 0, 1), ("inner 2", 1, 0)]
    [s.description for s in @testset for i in 1:2, (a, b) in [(3, 4)]; @test true; end] => ["i = 1, (a, b) = (3, 4)", "i = 2, (a, b) = (3, 4)"]
    [s.n_passed for s in @testset for i in 1:3; i == 2 && continue; for j in 1:2; j == 2 && continue; @test true; end; end] => [1, 0, 1]
    texts(@testset "t" begin @test 1 < 3 < 2; end) => "Test Failed\\n  Expression: 1 < 3 < 2\\n   Evaluated: 1 < 3 < 2"
    texts(@testset "t" begin @test !occursin("b", "abc"); end) => "Test Failed\\n  Expression: !(occursin(\\"b\\", \\"abc\\"))\\n   Evaluated: !(occursin(\\"b\\", \\"abc\\"))"
    Test.get_testset_depth(), Test.get_testset() isa Test.FallbackTestSet => (0, true)
    (@test_throws r"neg.*real" sqrt(-1)).message_only => true
  `,
  )
})

describe('text and macros as code', () => {
  const code = newSession(`
macro squared(x)
    :($(esc(x))^2)
end
macro positive(x)
    x isa Int && x > 0 || throw(ArgumentError("not positive"))
    x
end
outside() = @eval @positive -1
module Inner end
`)
  shows(
    () => code,
    `
    @macroexpand(@squared 3 + @squared(y)) => :((3 + y ^ 2) ^ 2)
    @macroexpand @assert x => !The code that \`@assert\` stands for
    @macroexpand(1 + @squared y), @macroexpand1(@squared @squared 3).args[2].head => (:(1 + y ^ 2), :macrocall)
    macroexpand(Main, :(f(@squared(3 + @squared y)))), macroexpand(Main, :x), macroexpand(Inner, :(@squared 2); recursive=false) => (:(f((3 + y ^ 2) ^ 2)), :x, :(2 ^ 2))
    macroexpand(Main, :(@squared $([1, 2]))) == :($([1, 2])^2) => true
    Meta.parse("1 + 2") |> eval, map(eval, [:(1 + 1), :(2 * 3)]), Inner.eval(:(zq = 4)), Base.isexpr(:(a + b), :call) => (3, [2, 6], 4, true)
    [try eval(ex) catch e; e end for ex in [:(@positive 2), :(@positive -2)]] => Any[2, LoadError("none", 1, ArgumentError("not positive"))]
    try outside() catch e; first(sprint(showerror, e), 40) end, try macroexpand(Main, :(@positive -1)) catch e; e end => ("LoadError: ArgumentError: not positive\\ni", ArgumentError("not positive"))
    @eval begin; try error("b") catch e; e end; end => ErrorException("b")
    eval(macroexpand(@__MODULE__, :(@squared 1 + 2))) => 9
    include_string(Inner, "q = 4; q + 1") => 5
    include_string(ex -> :(2 * $ex), Main, "3") => 6
    let ex = :(for i in 1:2, j in 3:4; end); (ex.args[1].head, ex.args[1].args) end => (:block, Any[:(i = 1:2), :(j = 3:4)])
    let ex = :([a for b in c for d in e if f]).args[1]; (ex.head, ex.args[1].args[1].head, ex.args[1].args[1].args[2].head, ex.args[1].args[2]) end => (:flatten, :generator, :filter, :(b = c))
    :((a for b in c, d in e)).args, :([1;;; 2]).args, :(T[1;; 2]).args => (Any[:a, :(b = c), :(d = e)], Any[3, 1, 2], Any[:T, 2, 1, 2])
    [length(ex.args) for ex in (:(try a catch; b end), :(try a catch e; b finally c end), :(try a catch; b else c end))], :(try a finally b end).args[2:3] => ([3, 4, 5], Any[false, false])
    let ex = :(import ..A: b as c, @m); (ex.args[1].head, [p.head for p in ex.args[1].args], ex.args[1].args[1].args) end => (:(:), [:., :as, :.], Any[:., :., :A])
    Meta.parse("module A end").args[1:2], Meta.parse("baremodule A end").args[1], Meta.parse("@A.b c").args[1] => (Any[true, :A], false, :(A.@b))
    let ex = Meta.parse("if a; b elseif c; d end").args[3]; (ex.head, ex.args[1].head, ex.args[1].args[2]) end => (:elseif, :block, :c)
    eval(Expr(:try, :(error("a")), :err, :(err.msg))), eval(Expr(:module, true, :FromData, quote q = 5 end)).q, eval(Expr(:comprehension, Expr(:flatten, Expr(:generator, Expr(:generator, :(x + y), :(y = 1:x)), :(x = 1:2))))) => ("a", 5, [2, 3, 4])
    string(:(all(==(1), x)), :((!).(x)), :(-(x)), :(!(x))) => "all((==)(1), x)(!).(x)-x!x"
    string(:(f(:a, x^2, 'c')), :(count(==('n'), [1:3;]))) => "f(:a, x ^ 2, 'c')count((==)('n'), [1:3;])"
    sprint(Meta.show_sexpr, :(f(x, 2) + "a")), sprint(Meta.show_sexpr, Expr(:block)) => ("(:call, :+, (:call, :f, :x, 2), \\"a\\")", "(:block,)")
    Meta.parse(""), Meta.parse("1 +"; raise=false).head => (nothing, :error)
    try Meta.parse("f(") catch e; e isa Meta.ParseError end => true
    Meta.parseall("a = 1\\nb = 2").args => Any[:(a = 1), :(b = 2)]
    eval(Meta.parse("x1 = 3; x1 + 1")) => 4
    :(:x) => :(:x)
    :(-0.0), eval(:(1 / (-0.0))), eval(:(1e400)) => (-0.0, -Inf, Inf)
    string(:(if a; b; elseif c; d; else; e; end)) => "if a\\n    b\\nelseif c\\n    d\\nelse\\n    e\\nend"
    string(:(for i in 1:3; x += i; end)) => "for i = 1:3\\n    x += i\\nend"
    string(:(function f(x::T; k=1) where T; return x; end)) => "function f(x::T; k = 1) where T\\n    return x\\nend"
    string(:(try; f(); catch e; g(e); finally; h(); end)) => "try\\n    f()\\ncatch e\\n    g(e)\\nfinally\\n    h()\\nend"
    repr(:(begin x; y end)), repr(:(let x = 1; x; end)) => ("quote\\n    x\\n    y\\nend", ":(let x = 1\\n      x\\n  end)")
  `,
  )
})

describe('lines in code, and code that is changed', () => {
  shows(
    () => session,
    `
    :(f(x) = x + 1).args[2].args[end], (quote; a; end).args[2], :(x -> x + 1).args[2].args[end] => (:(x + 1), :a, :(x + 1))
    map(typeof, :(begin; a; b + 1; end).args) => DataType[LineNumberNode, Symbol, LineNumberNode, Expr]
    Base.remove_linenums!(:(begin; x; end)) == Expr(:block, :x) => true
    (e = :(x = 1); e.head = :(+=); e.args[2] = 5; e), :(0xffffffffffffffff), :(100000000000000000000) => (:(x += 5), 0xffffffffffffffff, 100000000000000000000)
    eval(:(begin; y1 = 3; y1 + 1; end)), typeof(:(@show x).args[2]) => (4, LineNumberNode)
  `,
  )
})

const generating = newSession(`
using Enzyme
@generated function powers(t::NTuple{N,T}) where {N,T}
    ex = :(zero(T))
    for i in 1:N
        ex = :($ex + t[$i]^$i)
    end
    quote
        $(Expr(:meta, :inline))
        $ex
    end
end
@generated named(x, ys...) = string(x, " ", length(ys))
@generated of_floats(x) = x <: AbstractFloat ? :(2x) : :(x + 1)
@generated total(s) = Expr(:call, :+, [:(s.$n) for n in fieldnames(s)]...)
@generated (p::Pair{A,B})(x) where {A,B} = :(p.first * x, $B)
@inline @generated with_default(x, y=2; n) = :(x * y * n, $y, $(string(n)))
@generated unrolled(f, ::Val{N}, x) where {N} = quote
    Base.Cartesian.@nexprs $N i -> y_i = f(x, i)
    Base.Cartesian.@ncall $N (+) y
end
@generated fails(x) = error("no $x")
either(x) = if @generated
    :(x + 1)
else
    x + 1
end
caught(x) = try
    fails(x)
catch e
    e.msg
end
`)

describe('generated functions', () => {
  shows(
    () => generating,
    `
    powers((1.0, 2.0, 3.0)), powers((1, 2)) => (32.0, 5)
    named(1.0, 2, "a"), named([1]), [named(v) for v in Any[1, 2.0, "x"]] => ("Float64 2", "Vector{Int64} 0", ["Int64 0", "Float64 0", "String 0"])
    of_floats(1), of_floats(1.0), map(of_floats, (1, 2.5)) => (2, 2.0, (2, 5.0))
    total(1 + 2im), (2 => 3.0)(5), either(2) => (3, (10, Float64), 3)
    with_default(2; n=3), with_default(2, 3.0; n=1) => ((12, Int64, "Int64"), (6.0, Float64, "Int64"))
    unrolled((x, i) -> x^i, Val(3), 2.0) => 14.0
    caught(1), caught(1.0) => ("no Int64", "no Float64")
    fails("a") => !no String
    gradient(Reverse, x -> powers((x[1], x[2], x[1] * x[2])), [1.0, 2.0]) => ([25.0, 16.0],)
    gradient(Forward, powers, (1.0, 2.0)), autodiff(Reverse, x -> unrolled((x, i) -> x^i, Val(3), x), Active(2.0)) => (((1.0, 4.0),), ((17.0,),))
    gradient(Reverse, x -> sum(of_floats(v) for v in Any[x, 3]), 1.0) => (2.0,)
  `,
  )
})

const modules = newSession(`
using Enzyme
module One
export @same
macro same() "one" end
macro show(x) "my own show" end
inside() = (@same, @show 1)
end
module Two
macro same() "two" end
inside() = @same
end
using .One
import .Two: @same
macro twice(x) :($(esc(x)) .+ $(esc(x))) end
byname(v; k) = (sum(v), k)
macro run_cmd(s) "cmd " * s end
macro adds(T)
    quote
        struct $(esc(T)); x::Float64; end
        Base.zero(::Type{$(esc(T))}) = $(esc(T))(0.0)
    end
end
@adds Added
module Outer
module M
export @run, @bumped, @point, @defined, @scaled, @joined, @through, @written, @typed, @locals
struct P; x::Float64; end
const K = 10
hits = 0
bump() = (global hits += 1)
helper(x; scale = 1) = scale * x + K
⊕(a, b) = a + 100b
macro run(x) :(helper($(esc(x)))) end
macro bumped() :(bump()) end
macro point(x)
    quote
        p = P($(esc(x)))
        p isa P ? p.x : error("no")
    end
end
macro defined(name, v)
    quote
        $(esc(name))(x::P) = x.x + $(esc(v))
        helper(y::P) = "the caller's"
    end
end
macro scaled(x) :(helper($(esc(x)); scale = K)) end
macro joined(a, b) :($(esc(a)) ⊕ $(esc(b)) .⊕ [1, 2]) end
macro private(x) :(helper($(esc(x))) + 1) end
macro through(x) :(@private($(esc(x)))) end
macro written(x) :("$(helper($(esc(x)))) of $K") end
macro chosen(v) :(P[P(x) for x in $(esc(v)) if x < K]) end
macro later(x) :(y -> helper(y) + $(esc(x))) end
abstract type Above{T} end
default() = P(7.0)
macro typed(name)
    quote
        "Docs."
        Base.@kwdef struct $(esc(name)){T<:Real} <: Above{T}
            x::T = one(T)
            p::P = default()
        end
        M.bump(t::$(esc(name)){T}, k::Int = helper(1); p = default(), scale) where {T<:Real} = t.x * k * p.x * scale
    end
end
macro locals(v)
    quote
        let f = (a; b = default().x) -> a + b
            g(p::P; more = K) = p.x + more
            try
                error("caught")
            catch e
                (f(1), f(1; b = 2), g(default()), g(default(); more = 1), map(w -> w + helper(w), $(esc(v))), e.msg)
            end
        end
    end
end
end
end
using .Outer.M
K = -1
helper(x) = "the program's"
@defined made 3
@typed Typed
begin
    Base.@kwdef struct InBlock; a::Int = 1; end
    @enum Colour red green
end
inside(x) = (K = 3; helper = 2; @run(x) + K + helper)
`)

describe('names in what a macro of a module gives mean those of the module', () => {
  shows(
    () => modules,
    `
    @run(3), @bumped(), @bumped(), @point(2.5) => (13, 1, 2, 2.5)
    @scaled(2), @joined(1, 2), @through(5), @written(1) => (30, [301, 401], 16, "11 of 10")
    Outer.M.@chosen([0.0, 11.0]), (Outer.M.@later 1)(2) => (Main.Outer.M.P[Main.Outer.M.P(0.0)], 13)
    made(Outer.M.P(1.0)), helper(Outer.M.P(1.0)), helper(1), inside(1), K => (4.0, "the caller's", "the program's", 16, -1)
    @same, One.@same(), Two.@same, One.inside(), Two.inside(), (@show 1) => ("two", "one", "two", ("one", "my own show"), "two", 1)
    (@twice round.([1.26]; digits = 1)), (@twice max((q = 3), 2)), (@twice byname(sum.(x -> x[1], [[1], [2]]); k = 2)), eval(:(round.([1.26], digits = 1))), eval(:(UInt64(9007199254740993))) => ([2.6], 6, (6, 4), [1.3], 0x0020000000000001)
    run\`ls -l\`, zero(Added), :($(Symbol("a b")) + 1) => ("cmd ls -l", Added(0.0), :(var"a b" + 1))
    (t = Typed(x = 2.0); (t.p.x, supertype(typeof(t)), Outer.M.bump(t; scale = 2), Outer.M.bump(t, 1; p = Outer.M.P(3.0), scale = 1))) => (7.0, Main.Outer.M.Above{Float64}, 308.0, 6.0)
    @locals([1, 2]), InBlock(a = 3), green => ((8.0, 3, 17.0, 8.0, [12, 14], "caught"), InBlock(3), green)
    autodiff(Reverse, x -> Outer.M.bump(Typed(x = x), 2; scale = x), Active(1.5)) => ((42.0,),)
    @macroexpand @run 3 => :(Main.Outer.M.helper(3))
    autodiff(Reverse, x -> @scaled(x)^2, Active(2.0)) => ((600.0,),)
  `,
  )
})
