/** Constant memory that is filled while differentiating: fine as long as no derivative depends on what is in it. */
import { expect, test } from 'vitest'
import { unpassed } from './session-of.ts'

test('caches of constants, logs, the best value so far and branches that are not run', () => {
  expect(
    unpassed(`
using Enzyme, Test
const CACHE = Dict{Int,Float64}()
basis(n) = get!(() -> sqrt(n + 1.0), CACHE, n)
f(x) = basis(3) * x^2
@test autodiff(Reverse, f, Active(2.0))[1][1] == 8.0
@test autodiff(Forward, f, Duplicated(2.0, 1.0))[1] == 8.0
const BUFFER = zeros(3)
function k(x, store)
    store || return x^2
    BUFFER[1] = x
    BUFFER[1]^2
end
@test autodiff(Reverse, k, Active(2.0), Const(false))[1][1] == 4.0
@test autodiff(Forward, k, Duplicated(2.0, 1.0), Const(false))[1] == 4.0
@test_throws Enzyme.Compiler.EnzymeRuntimeActivityError autodiff(Reverse, k, Active(2.0), Const(true))
const DATA = [1.0, 2.0]
const HISTORY = Float64[]
loss(p) = (l = sum(abs2, p .* DATA); push!(HISTORY, l); l)
@test gradient(Reverse, loss, [1.0, 2.0])[1] == [2.0, 16.0]
@test HISTORY == [17.0]
mutable struct Trace; best::Float64; n::Int; data::Vector{Float64}; points::Vector{Vector{Float64}}; end
function traced(p, tr)
    l = sum(abs2, p .* tr.data)
    tr.n += 1
    push!(tr.points, copy(p))
    if l < tr.best
        tr.best = l
    end
    l
end
const TRACE = Trace(Inf, 0, [1.0, 2.0], [])
dp = zeros(2)
autodiff(Reverse, traced, Active, Duplicated([1.0, 2.0], dp), Const(TRACE))
@test dp == [2.0, 16.0] && TRACE.best == 17.0 && TRACE.points == [[1.0, 2.0]]
@test gradient(Forward, p -> traced(p, TRACE), [1.0, 2.0])[1] == [2.0, 16.0]
const LAST = zeros(2)
copied(p) = (LAST .= p; sum(abs2, p .* DATA))
@test gradient(Reverse, copied, [1.0, 2.0])[1] == [2.0, 16.0]
const RESULTS = Dict{String,Float64}()
noted(p) = (v = sum(abs2, p); RESULTS["v"] = v; 2v)
@test gradient(Reverse, noted, [1.0, 2.0])[1] == [4.0, 8.0]
const SEEN = Vector{Float64}[]
seen(x) = (push!(SEEN, copy(x)); sum(abs2, x))
@test gradient(Reverse, seen, [1.0, 2.0])[1] == [2.0, 4.0]
cubed(x) = (push!(HISTORY, x); x^3 * DATA[2])
@test autodiff(Forward, x -> autodiff(Reverse, cubed, Active(x))[1][1], Duplicated(2.0, 1.0))[1] == 24.0
@test autodiff(Reverse, x -> autodiff(Reverse, cubed, Active(x))[1][1], Active(2.0))[1][1] == 24.0
`),
  ).toEqual([])
})

test('a derivative that depends on it is an error, however it comes there and back', () => {
  expect(
    unpassed(`
using Enzyme, Test
const A = zeros(3)
const B = zeros(3)
@noinline set!(x) = (A[1] = x; nothing)
@noinline use() = A[1]
f1(x) = (A[1] = x; A[1] * x)
f2(x) = (set!(x^2); use())
f3(x) = (set!(x^2); z = use(); z * z + x)
@noinline cp() = (B[1] = A[1]; nothing)
f4(x) = (set!(x); cp(); B[1])
const V = Vector{Float64}[]
f5(x) = (push!(V, [x, 2x]); sum(V[end]))
const D = Dict{Int,Float64}()
f6(x) = (for i in 1:40; D[i] = i * x; end; D[7] + D[33])
mutable struct S; a::Float64; v::Vector{Float64}; end
const s = S(0.0, zeros(2))
f7(x) = (s.a = x; s.a^2)
f8(x) = (s.v = [x, x]; sum(s.v))
f9(x) = (s.v[1] = x; reshape(s.v, 1, 2)[1, 1])
const anyfs = Any[use, set!]
f10(x) = (set!(x); anyfs[1]() + x)
const BUFS = Dict{Int,Vector{Float64}}()
getbuf(n) = get!(() -> zeros(n), BUFS, n)
f11(x) = (b = getbuf(2); b .= x; sum(getbuf(2)))
const C = [zeros(2) for _ in 1:2]
f12(x) = (C[1] .= x; w = C[1]; w[1] + w[2])
const R = Ref(0.0)
f13(x) = (R[] = x; t = 0.0; for i in 1:3; t += R[]; R[] = R[] * 2; end; t)
f14(x) = (v = view(A, 1:2); v .= x; sum(A))
const W = Ref([zeros(2)])
f15(x) = (outer = [zeros(2)]; W[] = outer; outer[1] = [x, x]; sum(W[][1]))
f16(x) = (v = [x]; push!(V, v); V[end][1] = 5.0; v[1])
f17(x) = (v = [x]; push!(V, v); push!(V[end], 2x); sum(v))
f18(x) = (o = S(x, [x]); W[] = [o.v]; W[][1][1] = 3.0; o.v[1] * x)
function is_refused(f)
    try
        autodiff(Reverse, f, Active(2.0))
    catch e
        e isa Enzyme.Compiler.EnzymeRuntimeActivityError || rethrow()
        try
            autodiff(Forward, f, Duplicated(2.0, 1.0))
        catch e
            return e isa Enzyme.Compiler.EnzymeRuntimeActivityError
        end
    end
    false
end
@test all(is_refused, [f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17, f18])
@test_throws Enzyme.Compiler.EnzymeRuntimeActivityError autodiff(Forward, x -> autodiff(Reverse, f2, Active(x))[1][1], Duplicated(2.0, 1.0))
`),
  ).toEqual([])
})

/** Ways on which the floats of a vector get into another. */
const WAYS = [
  'b',
  '[v for v in b]',
  'sort(b)',
  'view(b, 1:2)',
  'filled(zeros(2), b)',
  '[Held(copy(b))][1].v',
  'Dict(1 => copy(b))[1]',
  'Any[copy(b)][1]::Vector{Float64}',
  'kept(Held(kept(b)).v .+ 1)',
]
/** Ways to use a vector that have a derivative. */
const USES = ['c[1]', 'c[1] * x', 'first_of(c)', 'c .* x |> sum', '(d = copy(c); d[1] + x)']
/** And some that have none. */
const NO_USES = ['c[1] > 3 ? x : 2x', '(push!(LOG, copy(c)); x)', '(println(devnull, c); x)', 'argmax(c) * x']
const PRELUDE = `using Enzyme
struct Held; v::Vector{Float64}; end
const LOG = Vector{Float64}[]
@noinline first_of(c) = c[1]
@noinline kept(b) = copy(b)
@noinline filled(c, b) = (for i in eachindex(c); c[i] = b[i]; end; c)
outcome(f, b) = try
    y = autodiff(Reverse, Const(f), Active, Active(0.7), Const(b))[1][1]
    z = autodiff(Forward, Const(f), Duplicated(0.7, 1.0), Const(b))[1]
    isapprox(y, z) ? y : :differ
catch e
    e isa Enzyme.Compiler.EnzymeRuntimeActivityError ? :refused : rethrow()
end
`

// A number that is stored and loaded at one place needs no memory, and has its derivative.
const IS_TOLD = `
slope(f) = (f(0.701, [0.1, 0.2]) - f(0.699, [0.1, 0.2])) / 0.002
is_told(f) = (y = outcome(f, [0.1, 0.2]); y === :refused || isapprox(y, slope(f); rtol = 1e-3))
`

test.each(WAYS)('what was lost is missed behind `%s`', way => {
  const uses = USES.map((use, i) => `f${i}(x, b) = (b[1] = x; c = ${way}; ${use})\n@test is_told(f${i})\n`)
  expect(unpassed(`${PRELUDE}${IS_TOLD}using Test\n${uses.join('')}`)).toEqual([])
})

test.each(WAYS)('what is not lost is not missed behind `%s`, nor what does not matter', way => {
  const others = NO_USES.map((use, i) => `g${i}(x, b) = (b[1] = x; c = ${way}; ${use})\n@test is_right(g${i})\n`)
  const before = USES.slice(1, 4).map((use, i) => `h${i}(x, a) = (b = DATA; a[1] = x; c = ${way}; ${use})\n@test is_right(h${i})\n`)
  const isRight = 'is_right(f) = isapprox(outcome(f, [0.1, 0.2]), slope(f); rtol = 1e-3)\nconst DATA = [0.3, 0.2]\n'
  expect(unpassed(`${PRELUDE}${IS_TOLD}${isRight}using Test\n${others.join('')}${before.join('')}`)).toEqual([])
})

test('interpreters of code that is a constant, whose environment holds what is differentiated', () => {
  expect(
    unpassed(`
using Enzyme, Test
struct Lambda; args::Vector{Symbol}; body::Any; env::Any; end
mutable struct Env; vars::Dict{Symbol,Any}; parent::Union{Nothing,Env}; end
find(env::Env, s) = haskey(env.vars, s) ? env.vars[s] : env.parent === nothing ? error("unbound") : find(env.parent, s)
apply(f, args) = f(args...)
function run(x, env)
    x isa Number && return x
    x isa Symbol && return find(env, x)
    x.head === :(=) && return env.vars[x.args[1]] = run(x.args[2], env)
    x.head === :block && return last([run(a, env) for a in x.args if !(a isa LineNumberNode)])
    apply(run(x.args[1], env), Any[run(a, env) for a in x.args[2:end]])
end
const CODE = :(begin y = x * x; y + x end)
of(x) = run(CODE, Env(Dict{Symbol,Any}(:x => x, :+ => +, :* => *), nothing))
@test gradient(Forward, of, 1.5)[1] == 4.0
@test gradient(Reverse, of, 1.5)[1] == 4.0
function value(x, env)
    x isa Number && return x
    x isa Symbol && return env.vars[x]
    x.head === :(=) && return env.vars[x.args[1]] = value(x.args[2], env)
    called(value(x.args[1], env), Any[value(a, env) for a in x.args[2:end]])
end
function called(f, args)
    f isa Lambda || return f(args...)
    env = Env(Dict{Symbol,Any}(), f.env)
    for (p, a) in zip(f.args, args)
        env.vars[p] = a
    end
    value(f.body, env)
end
const PRODUCT = :(x * x)
by_value(x) = value(PRODUCT, Env(Dict{Symbol,Any}(:x => x, :* => *), nothing))
@test gradient(Reverse, by_value, 1.5)[1] == 3.0
@test gradient(Forward, by_value, 1.5)[1] == 3.0
`),
  ).toEqual([])
})

// Which of them it is, is known when the program runs.
test('memory that is a global on one path and new on another', () => {
  expect(
    unpassed(`
using Enzyme, Test
const BUF = zeros(3)
const NAMES = Dict{Symbol,Any}()
pick(b) = b ? BUF : zeros(3)
names(b) = b ? NAMES : Dict{Symbol,Any}()
filled(x, b) = (v = pick(b); v[1] = x; v)
stored = Any[pick, filled, names]
mistaken = Enzyme.Compiler.EnzymeRuntimeActivityError
along(f, b) = autodiff(Forward, f, Duplicated(2.0, 1.0), Const(b))[1]
back(f, b) = autodiff(Reverse, f, Active, Active(2.0), Const(b))[1][1]
function is_mistaken(way, f)
    try
        way(f, true)
        false
    catch e
        e isa mistaken
    end
end
made = [
    (x, b) -> (v = b ? BUF : zeros(3); v[1] = x; v),
    filled,
    (x, b) -> (v = stored[1](b); v[1] = x; v),
    (x, b) -> stored[2](x, b),
]
@test all(f -> along(f, false) == [1.0, 0.0, 0.0], made)
@test all(f -> is_mistaken(along, f), made)
@test along((x, b) -> (e = names(b); e[:x] = [x]; e), false)[:x] == [1.0]
@test along((x, b) -> (v = pick(b); b || (v[1] = x); v), true) == zeros(3)
numbers = [
    (x, b) -> sum(stored[2](x, b)) * x,
    (x, b) -> (e = names(b); e[:x] = x; e[:x] * x),
    (x, b) -> (e = stored[3](b); e[:x] = x; e[:x] * x),
    (x, b) -> (v = pick(b); for i in 1:2; v[i] = x * i; end; v[1] * v[2] / 2),
]
@test all(f -> along(f, false) == back(f, false) == 4.0, numbers)
@test all(f -> is_mistaken(along, f) && is_mistaken(back, f), numbers)
# What a dynamic call has lost there, its caller would miss.
leaves(x) = (BUF[1] = x; BUF[2] > 5 && println("high"); 2x)
calls = Any[leaves]
outer(x, i) = calls[i](x) + BUF[1]
@test_throws mistaken along(outer, 1)
@test_throws mistaken back(outer, 1)
# A closure's own memory.
own = let buf = zeros(2)
    (x, b) -> (b && (buf[1] = x); buf)
end
@test along(own, false) == zeros(2)
@test_throws Enzyme.Compiler.EnzymeMutabilityException along(own, true)
`),
  ).toEqual([])
})
