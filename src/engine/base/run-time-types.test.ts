/** Types, tuples and argument lists that only the running program knows, against what Julia gives. */
import { describe } from 'vitest'
import { newSession, shows } from './check.ts'

const session = newSession(`
using Enzyme
const some = Any[1.0, 2]
const twelve = parse(Int, "12")
const v = collect(1.0:12.0)
firsttwo(x) = Vector{typeof(x)}(undef, 2)
kw(xs...; s = 1) = s * sum(xs) + length(xs)
struct Wrapped{T,V<:AbstractVector{T}}; v::V; end
struct Block{T,N,A<:AbstractArray{T,N}} <: AbstractArray{T,N}; a::A; end
Base.size(b::Block) = size(b.a)
Base.getindex(b::Block, i::Int...) = b.a[i...]
pair = (some[1] + 1, some[2] + 1)
const order = 3
atorder(::Val{order}) = "at"
atorder(::Val{order + 1}) = "above"
const Args{N} = Vararg{Int,N}
const Triple = NTuple{order,Float64}
oftriple(t::Triple) = sum(t)
const depth = length(some)
ofdepth(a::Array{Float64,depth}) = ndims(a)
struct Held; t::NTuple{order,Int}; end
@enum Method Euler RK4
steps(::Val{Euler}) = 1
steps(::Val{RK4}) = 4
steps(m::Method) = steps(Val(m))
struct Place; x::Int; y::Int; end
struct Void; n::Nothing; end
const void = Some((nothing, Void(nothing)))
const origin = Place(0, 0)
named(::Val{origin}) = "origin"
named(::Val) = "elsewhere"
inval(::Val{q}) where {q} = q
struct Window{R,T}
    w::Vector{T}
    Window(w::Vector{T}) where {T} = new{length(w) ÷ 2,T}(w)
end
reach(::Window{R}) where {R} = R
either(i, x=1) = i % 4 == 1 ? x : i % 4 == 2 ? 2.0 * x : i % 4 == 3 ? "a" : nothing
eithers(x=1) = (either(1, x), either(2, x), either(3, x), either(4, x), either(5, x), either(6, x), either(7, x), either(8, x), either(9, x), either(10, x))
@noinline turned(t, k) = k == 0 ? t : turned(t, k - 1)
numbers(t) = sum(v for v in turned(t, 2) if v isa Number)
reached(x) = (k = Window([x, 2x, x^2]); sum(k.w) * reach(k))
`)

describe('types', () => {
  shows(
    () => session,
    `
    typeof(Main) === Module, typeof(Any[Base][1]) === typeof(Main), Dict{Module,Int}(Main => 1)[Main] => (true, true, 1)
    typeof(firsttwo(some[1])) => Vector{Float64}
    Window([1, 2, 3]), autodiff(Forward, reached, Duplicated(3.0, 1.0)), autodiff(Reverse, reached, Active, Active(3.0)) => (Window{1, Int64}([1, 2, 3]), (9.0,), ((9.0,),))
    typeof.(firsttwo.(some))[2] => Vector{Int64}
    pair .+ pair => (4.0, 6)
    sin.(some[1]) == sin(1.0) => true
    (atorder(Val(3)), atorder(Val(4))) => ("at", "above")
    oftriple((1.0, 2.0, 3.0)) => 6.0
    let h(x::Args{2}) = 1; h(1, 2) end => !A name for a type
    ofdepth(zeros(1, 1)) => 2
    ofdepth(zeros(1)) => !MethodError
    Held((1, 2, 3)).t => (1, 2, 3)
    (steps(RK4), steps.([Euler, RK4])) => (4, [1, 4])
    (named(Val(Place(0, 0))), named(Val((0, 0))), named(Val(Place(0, 1)))) => ("origin", "elsewhere", "elsewhere")
    (inval(Val(Int32(4))), inval(Val(1 + 2im)), inval(Val((a=1, b=2.0)))) => (4, 1 + 2im, (a = 1, b = 2.0))
    map(x -> inval(Val(x)), Any[1, 0x02, 'c', (a=1,), Place(1, 1)]) => Any[1, 0x02, 'c', (a = 1,), Place(1, 1)]
    (Val(Place(1, 2)), Val(0x03), Val((a=1,)), Val(1.5f0)) => (Val{Place(1, 2)}(), Val{0x03}(), Val{(a = 1,)}(), Val{1.5f0}())
    void.value === (nothing, Void(nothing)), Val(void.value[2]) === Val(Void(nothing)), void == Some((nothing, Void(nothing))) => (true, true, true)
    isapprox.(pair, (2, 3); rtol=1e-5) => (true, true)
    `,
  )
})

describe('tuples and splats', () => {
  shows(
    () => session,
    `
    ntuple(i -> i^2, length(some) + 3) => (1, 4, 9, 16, 25)
    turned(eithers(), 2), turned(ntuple(either, 9), 1) => ((1, 2.0, "a", nothing, 1, 2.0, "a", nothing, 1, 2.0), (1, 2.0, "a", nothing, 1, 2.0, "a", nothing, 1))
    turned((a=eithers(), b=1), 1).a[3], numbers(eithers()), max(eithers()[1:2]...) => ("a", 9.0, 2.0)
    autodiff(Reverse, x -> numbers(eithers(x)), Active(3.0)), autodiff(Forward, x -> numbers(eithers(x)), Duplicated(3.0, 1.0)) => (((9.0,),), (9.0,))
    sum(ntuple(i -> i, twelve)) => 78
    ntuple(i -> i / 2, twelve) isa NTuple{12,Float64} => true
    [(1, 2) isa NTuple{n,Int} for n in 1:3] => Bool[0, 1, 0]
    [[1.0] isa Vector{T} for T in (Int, Float64)] => Bool[0, 1]
    getfield(Some(1), true) => !TypeError: in getfield, expected Union{Int64, Symbol}, got a value of type Bool
    getfield((a = 1, b = 2.5), Real) => !TypeError: in getfield
    getfield(Some(1), Any[:value][1]), getfield((1, 2.5), Any[2][1]) => (1, 2.5)
    last(Dict{Int,Int}()) => !ArgumentError: collection must be non-empty
    string(big(7); base=true) => !ArgumentError: base must be
    1::Any[Int, String][1], typeassert(2.5, Base.inferencebarrier(Float64)) => (1, 2.5)
    1::Any[Int, String][2] => !TypeError: in typeassert, expected String, got a value of type Int64
    typeassert(1, Base.inferencebarrier(String)) => !TypeError: in typeassert, expected String, got a value of type Int64
    Tuple(v)[12] => 12.0
    kw(v...) => 90.0
    kw(1, v..., 2, v...; s=2) => 344.0
    kw(some...) => 5.0
    size(zeros(ntuple(_ -> 2, length(some) + 2)...)) => (2, 2, 2, 2)
    length(collect(Iterators.product(ntuple(_ -> 1:2, length(some) + 2)...))) => 16
    gradient(Reverse, x -> prod(ntuple(i -> x[i] * i, length(x))), [1.0, 2.0, 1.0, 2.0])[1] => [96.0, 48.0, 96.0, 48.0]
    gradient(Reverse, x -> kw(map(abs2, x)...; s=2), v)[1] == 4v => true
    collect(gradient(Forward, x -> kw(map(abs2, x)...; s=2), v)[1]) == 4v => true
    `,
  )
})

describe('tuples of which only the running program knows the length', () => {
  const hidden = newSession(`
using Enzyme, ForwardDiff
import ForwardDiff
const t = Any[(1.5, 2, 3.0)]
const nt = Any[(a = 1.5, b = 2)]
named(x...; a, b, c = 0) = sum(x) + a + b + c
turns(t) = (s = 0.0; for x in t::Tuple; s += x; end; s)
cubed(x) = Base.inferencebarrier(x^3)
const two = Any[(1.0, 2.0)]
hide(x) = Base.inferencebarrier(x)
summed(x) = (s = 0.0; foreach(k -> (s += k * hide(x)), hide([x])); s)
held(x) = (s = 0.0; g = Any[k -> (s += k * x)]; g[1](x); g[1](2.0); s)
failing(x) = try; hide("a") * x; catch; x^3; end
squares(v) = hide(v .^ 2)
square(x) = hide(x^2)
split(f, A, x) = autodiff_thunk(ReverseSplitWithPrimal, Const{typeof(f)}, A, typeof(x))
function splits()
    ahead, back = split(square, Active, Active(3.0))
    tape, y, _ = ahead(Const(square), Active(3.0))
    x, dx = [1.0, 2.0], zeros(2)
    ahead2, back2 = split(squares, Duplicated, Duplicated(x, dx))
    tape2, _, dy = ahead2(Const(squares), Duplicated(x, dx))
    dy .= [1.0, 2.0]
    back2(Const(squares), Duplicated(x, dx), tape2)
    (y, back(Const(square), Active(3.0), 1.0, tape), dx)
end
function seeded(f, x, seed)
    ahead, back = split(f, Active, Active(x))
    tape, y, _ = ahead(Const(f), Active(x))
    (y, back(Const(f), Active(x), seed, tape)[1][1])
end
function filled(f, x)
    dx = zero(x)
    ahead, back = split(f, Duplicated, Duplicated(x, dx))
    tape, y, dy = ahead(Const(f), Duplicated(x, dx))
    foreach(d -> d isa Array && (d .= 1), (dy isa Tuple ? dy : (dy,)))
    back(Const(f), Duplicated(x, dx), tape)
    dx
end
late(x) = (s = 0; g = k::Float64 -> (s += k * x); Base.invokelatest(g, 2.0); s)
`)
  shows(
    () => hidden,
    `
    turns(t[1]), (s = 0.0; for x in t[1]::Tuple{Float64,Vararg{Any}}; s += x; end; s), (s = 0.0; for x in nt[1]::NamedTuple; s += x; end; s) => (6.5, 6.5, 3.5)
    Base.front(t[1]::Tuple), reverse(t[1]::Tuple), values(nt[1]::NamedTuple), Base.setindex(t[1]::Tuple, 0, 2) => ((1.5, 2), (3.0, 2, 1.5), (1.5, 2), (1.5, 0, 3.0))
    named(t[1]...; c = 1, nt[1]...), named((t[1]::Tuple)...; (nt[1]::NamedTuple)...), named([1, 2]..., 3; nt[1]...) => (11.0, 10.0, 9.5)
    map(f -> (f(2.0), gradient(Reverse, f, 2.0)[1], ForwardDiff.derivative(f, 2.0)), (summed, held, late)) => ((4.0, 4.0, 4.0), (8.0, 6.0, 6.0), (4.0, 2.0, 2.0))
    seeded(x -> (x > 0 ? x^2 : 1, x), 0.5, (1.0, 2.0)), seeded(x -> (x > 1 ? x^2 : 1, x), 0.5, (1, 2.0)), seeded(x -> (a = x > 0 ? x^2 : nothing, b = x), 0.5, (a = 1.0, b = 2.0)) => (((0.25, 0.5), 3.0), ((1, 0.5), 2.0), ((a = 0.25, b = 0.5), 3.0))
    map(collect, (make_zero(0.7:0.5:3.0), autodiff(Forward, x -> x:0.5:3.0, Duplicated(0.7, 1.0))[1], ForwardDiff.derivative(x -> x:0.5:3.0, 0.7))) == (zeros(5), ones(5), ones(5)) => true
    filled(v -> v[1] > 0 ? v .^ 2 : nothing, [0.5]), filled(v -> (v[1] > 0 ? v .^ 2 : nothing, 1.0), [0.5]) => ([1.0], [1.0])
    seeded(x -> (x > 0 ? x^2 : 1, x), 0.5, 1.0) => !ArgumentError: the seed of a result of type Tuple{Float64, Float64} must be of that type, found Float64
    autodiff(Reverse, x -> (x > 0 ? x^2 : 1, x), Active, Active(0.5)) => !The gradient expected a function that returns a float, found one that returns a
    gradient(Reverse, failing, 0.5), gradient(Reverse, x -> gradient(Reverse, failing, x)[1], 0.5), splits() => ((0.75,), (3.0,), (9.0, ((6.0,),), [2.0, 8.0]))
    gradient(Reverse, x -> turns(Any[(x, 2x, x^2)][1]), 3.0), gradient(Forward, x -> turns(Any[(x, 2x, x^2)][1]), 3.0) => ((9.0,), (9.0,))
    autodiff(Forward, cubed, BatchDuplicated(2.0, Any[(1.0, 2.0)][1])), autodiff(ForwardWithPrimal, cubed, BatchDuplicated(2.0, two[1])) => (((var"1" = 12.0, var"2" = 24.0),), ((var"1" = 12.0, var"2" = 24.0), 8.0))
    `,
  )
})

describe('type parameters from bounds', () => {
  shows(
    () => session,
    `
    typeof(Wrapped([1.0])) => Wrapped{Float64, Vector{Float64}}
    sum(Block([1 2; 3 4])) => 10
    typeof(Block([1 2; 3 4])) => Block{Int64, 2, Matrix{Int64}}
    complex([1.0, 2.0]) => ComplexF64[1.0 + 0.0im, 2.0 + 0.0im]
    step(make_zero((1:3, 0.0:0.5:1.0, [1.0]))[2]) => 0.0
    `,
  )
})

describe('functions that only the running program knows, given to packages', () => {
  const packages = newSession(`
using ForwardDiff, Zygote, ReverseDiff
import Random
const known = Dict("cube" => x -> sum(x .^ 3))
each(g) = [g(f) for (_, f) in known][1]
`)
  shows(
    () => packages,
    `
    each(f -> ForwardDiff.gradient(f, [1.0, 2.0])) => [3.0, 12.0]
    each(f -> ForwardDiff.hessian(f, [1.0, 2.0])) => [6.0 0.0; 0.0 12.0]
    each(f -> Zygote.hessian(f, [1.0, 2.0])) => [6.0 0.0; 0.0 12.0]
    each(f -> ReverseDiff.hessian(f, [1.0, 2.0])) => [6.0 0.0; 0.0 12.0]
    rand(Random.default_rng()) < 1 => true
    length(Random.rand!(zeros(2))) => 2
    `,
  )
})

describe('recursion over derivatives and over types', () => {
  const recursive = newSession(`
using Enzyme, ForwardDiff
import Zygote
D(f, n) = n == 0 ? f : x -> ForwardDiff.derivative(D(f, n - 1), x)
R(f, n) = n == 0 ? f : x -> gradient(Reverse, R(f, n - 1), x)[1]
Z(f, n) = n == 0 ? f : x -> Zygote.gradient(Z(f, n - 1), x)[1]
mixed(f, n) = n == 0 ? f : isodd(n) ? x -> autodiff(Reverse, mixed(f, n - 1), Active, Active(x))[1][1] : x -> autodiff(Forward, mixed(f, n - 1), Duplicated(x, 1.0))[1]
held(f, n) = n == 0 ? f : v -> (dv = zero(v); autodiff(Reverse, Const(held(f, n - 1)), Active, Duplicated(v, dv)); dv[1])
nth(f, x, n) = n == 0 ? f(x) : autodiff(Forward, y -> nth(f, y, n - 1), Duplicated(x, 1.0))[1]
again(f, n) = n < 1 ? f : again(x -> ForwardDiff.derivative(f, x), n - 1)
newton(f, x, k) = k == 0 ? x : (z = newton(f, x, k - 1); z - f(z) / ForwardDiff.derivative(f, z))
wrap(x, n) = n == 0 ? x : wrap((x,), n - 1)
build(n, l) = n == 0 ? l : build(n - 1, x -> l(tanh(2x)))
anything(x) = Base.inferencebarrier(x)
struct Held; t::Tuple; end
counted(x, c::Vararg{Real,C}) where {C} = (x, c)
spread(h) = counted(1, h.t...)
struct NT{N,V}
    values::NTuple{N,V}
end
`)
  shows(
    () => recursive,
    `
    [D(x -> x^4, n)(2.0) for n in 0:5] => [16.0, 32.0, 48.0, 48.0, 24.0, 0.0]
    [nth(x -> x^4, 2.0, n) for n in 0:4], again(x -> x^4, 2)(2.0) => ([16.0, 32.0, 48.0, 48.0, 24.0], 48.0)
    [R(x -> x^4, n)(2.0) for n in 0:5], [mixed(x -> x^4, n)(2.0) for n in 0:4] => ([16.0, 32.0, 48.0, 48.0, 24.0, 0.0], [16.0, 32.0, 48.0, 48.0, 24.0])
    [Z(x -> x^4, n)(2.0) for n in 1:3], held(v -> v[1]^4 * v[2], 3)([2.0, 3.0]) => ([32.0, 48.0, 48.0], 144.0)
    ForwardDiff.derivative(x -> nth(y -> y^4, x, 2) * x, 2.0), autodiff(Reverse, x -> nth(y -> y^4, x, 2), Active, Active(2.0)) => (144.0, ((48.0,),))
    ForwardDiff.derivative(a -> newton(x -> x^2 - a, 1.0, 6), 4.0) => 0.25
    first([(s = anything(1), t = anything(2)) for _ in 1:2]), typeof([(a = anything(x),) for x in (1, "b")]) => ((s = 1, t = 2), Vector{NamedTuple{(:a,)}})
    NT(()) => !UndefVarError
    spread(Held((1, 2))), spread(Held(())), Base.power_by_squaring([1 1; 0 1], 5) => ((1, (1, 2)), (1, ()), [1 5; 0 1])
    ForwardDiff.Dual(1) + 1.5 => Dual{Nothing}(2.5)
    wrap(1, 9) == foldl((x, _) -> (x,), 1:9; init=1), autodiff(Reverse, build(3, identity), Active, Active(0.0)) => (true, ((8.0,),))
    sum(x -> anything(x)^2, [1 2; 3 4]; dims=1), maximum(anything, [1.0 2; 3 4]; dims=2), sum(anything, Any[1 2]; dims=2) => ([10 20], [2.0; 4.0;;], Any[3;;])
    (g = (anything(i)^2 for i in 1:4); (first(g, 2), collect(Iterators.drop(g, 2)), typeof(collect(zip(g, 1:4))), typeof(collect(enumerate(g))), collect(Iterators.accumulate(+, g)))) => ([1, 4], [9, 16], Vector{Tuple{Int64, Int64}}, Vector{Tuple{Int64, Int64}}, [1, 5, 14, 30])
    gradient(Forward, v -> v[1] * v[2], Union{Int,Float64}[1.5, 2.0]), gradient(Forward, v -> v[1] * v[2], Any[1.5, 2.0]) => (([2.0, 1.5],), ([2.0, 1.5],))
    gradient(Forward, v -> v[1] * v[2], Real[1.5, 2]) => !ArgumentError: element 2 of type Int64 has no derivative; make the elements floats
    `,
  )
})

describe('what is iterated without its type being known', () => {
  const iterated = newSession(`
known(xs) = (out = Any[]; for x in xs; push!(out, x); end; out)
hidden(xs) = known(Base.inferencebarrier(xs))
function stepped(xs)
    out, next = Any[], iterate(xs)
    while next !== nothing
        push!(out, next[1])
        next = iterate(xs, next[2])
    end
    out
end
alike(xs) = known(xs) == hidden(xs) == stepped(xs)
const d = Dict(:a => 1, :b => 2)
const M = [1 2; 3 4]
struct Branch; value::Float64; under::Dict{Symbol,Branch}; end
total(b) = (s = b.value; for c in values(b.under); s += total(Base.inferencebarrier(c)); end; s)
`)
  shows(
    () => iterated,
    `
    map(alike, (d, keys(d), values(d), pairs(d), IdDict(:a => 1), keys(IdDict(:a => 1)), values(IdDict(:a => 1)), Set([1, 2]), BitSet([3, 1]))) => (true, true, true, true, true, true, true, true, true)
    map(alike, ("añb", 'a', 3.0, (1, 2.0), (a=1, b=2), pairs((a=1,)), pairs([5, 6]), 1:2:5, 0.0:0.5:1.0, M, M', view(M, 1, :))) => (true, true, true, true, true, true, true, true, true, true, true, true)
    map(alike, (enumerate("ab"), zip([1, 2], "ab"), Iterators.product(1:2, "ab"), Iterators.reverse([1, 2]), Iterators.take(1:5, 2), Iterators.drop(1:5, 2), Iterators.filter(isodd, 1:5))) => (true, true, true, true, true, true, true)
    map(alike, (Iterators.flatten([[1], [2, 3]]), Iterators.partition(1:5, 2), Iterators.take(Iterators.cycle(1:2), 5), Iterators.map(abs, -1:1), Iterators.accumulate(+, 1:3), (x^2 for x in 1:3 if x > 1))) => (true, true, true, true, true, true)
    map(alike, (eachrow(M), eachcol(M), eachslice(M; dims=1), CartesianIndices(M), LinearIndices(M), eachindex(M), skipmissing([1, missing]), split("a b"), eachsplit("a b"), codeunits("ab"))) => (true, true, true, true, true, true, true, true, true, true)
    total(Branch(1.0, Dict(:a => Branch(2.0, Dict{Symbol,Branch}())))), iterate(values(d)) => (3.0, (1, 1))
    `,
  )
})

describe('variables of functions that are done', () => {
  const outlived = newSession(`
using Enzyme, ForwardDiff
summing() = (n = 0; bump(k) = (n = n + k); bump)
parts() = (n = 0; (add = k -> (n += k), all = (ks...) -> (n += sum(ks)), by = (k=1; scale=1) -> (n += k * scale), get = () -> n))
bounded() = (n = 0; f(k::T) where {T<:Number} = (n += k); f)
let n = 0
    global shared(k) = (n += k)
end
struct Factor{T}; a::T; end
let n = 0
    (f::Factor)(x) = (n += x * f.a)
end
struct Kept{F}; f::F; end
kept() = (last = 1; Kept(x -> (old = last; last = x; old)))
best() = (least = Inf; at = nothing; (x, v) -> (v < least && (least = v; at = x); (at, least)))
swapped() = (step = x -> x + 1; (f -> (step = f), x -> step(x)))
counting(f) = (n = 0; ((args...; kws...) -> (n += 1; f(args...; kws...)), () -> n))
squares(start) = (s = start; x -> (s += x^2; s))
twice(x) = (add = squares(0); add(x); add(2x))
`)
  shows(
    () => outlived,
    `
    let add = summing(); [add(1), add(2.5), add(1)] end => [1.0, 3.5, 4.5]
    let p = parts(); (p.add(1), p.all(2.5, 1), p.by(2), p.by(1; scale = 0.5), p.get()) end => (1, 4.5, 6.5, 7.0, 7.0)
    let add = summing(); add(1); add.n.contents = 2.5; add(1) end => 3.5
    let f = bounded(); (f(1), f(2.5), f(1//2)) end => (1, 3.5, 4.0)
    shared(1), shared(2.5), Factor(2)(1), Factor(1)(2.5) => (1, 3.5, 2, 4.5)
    let k = kept(); (k.f(2.5), k.f("a"), k.f([1])) end => (1, 2.5, "a")
    let f = best(); (f([1.0], 3), f([2], 1.5), f("a", 1)) end => (([1.0], 3), ([2], 1.5), ("a", 1))
    let (set, run) = swapped(); (run(1), set(x -> 2x)(0), run(4), set(string) isa Function, run(:a)) end => (2, 0, 8, true, "a")
    let (f, count) = counting(round); (f(1.26; digits = 1), f(2.5), count()) end => (1.3, 2.0, 2)
    twice(3.0), autodiff(Reverse, twice, Active(3.0))[1][1], autodiff(Forward, twice, Duplicated(3.0, 1.0))[1], ForwardDiff.derivative(twice, 3.0) => (45.0, 30.0, 30.0, 30.0)
    let (f, count) = counting(x -> sum(abs2, x)); (gradient(Reverse, Const(f), [1.0, 2.0])[1], count()) end => ([2.0, 4.0], 1)
    let (f, count) = counting(x -> sum(abs2, x)); (gradient(Reverse, f, [1.0, 2.0])[1], count()) end => ([2.0, 4.0], 1)
    `,
  )
})
