/**
 * Programs written against the analyses: memory that is shared, swapped, overwritten, kept for later, or left half done. Each is a
 * function of one number. First derivatives agree with differences, second ones with differences of first ones in all four mixtures
 * of modes, and of every third program third ones with each other in three.
 */
import { describe, expect, it } from 'vitest'
import { sessionOf } from './session-of.ts'

const CHECK = `using Enzyme, LinearAlgebra
rev(f, x) = autodiff(Reverse, f, Active, Active(x))[1][1]
fwd(f, x) = autodiff(Forward, f, Duplicated(x, 1.0))[1]
differences(f, x, h) = (8 * (f(x + h) - f(x - h)) - (f(x + 2h) - f(x - 2h))) / 12h
near(a, b, tolerance) = abs(a - b) <= tolerance * max(1.0, abs(a), abs(b))
function orders(f, x, most)
    f(x) isa Float64 || return "no number"
    first = differences(f, x, 1e-4)
    for d in (rev(f, x), fwd(f, x))
        near(d, first, 1e-8) || return "first: $d, differences $first"
    end
    second = differences(z -> rev(f, z), x, 1e-4)
    for d in (rev(z -> rev(f, z), x), fwd(z -> rev(f, z), x), rev(z -> fwd(f, z), x), fwd(z -> fwd(f, z), x))
        near(d, second, 1e-7) || return "second: $d, differences $second"
    end
    most == 2 && return first == 0 ? "constant" : "agrees"
    third = fwd(y -> fwd(z -> rev(f, z), y), x)
    for d in (rev(y -> rev(z -> rev(f, z), y), x), rev(y -> fwd(z -> rev(f, z), y), x))
        near(d, third, 1e-9) || return "third: $d, forward $third"
    end
    return first == 0 ? "constant" : "agrees"
end
`

const PRELUDE = `
struct Stop <: Exception
    v::Float64
end
mutable struct Node
    v::Float64
    next::Union{Node, Nothing}
end
mutable struct Pair2{T}
    a::T
    b::T
end
struct Holder{V}
    data::V
    scale::Float64
end
mutable struct Counter
    total::Float64
    n::Int
end
abstract type Shape end
struct Disc <: Shape
    r::Float64
end
struct Box <: Shape
    w::Float64
    h::Float64
end
area(s::Disc) = 3.0 * s.r^2
area(s::Box) = s.w * s.h
const TABLE = [0.5, -0.25, 1.5]
const FUNCTIONS = Any[z -> z^2, z -> z > 0 ? throw(Stop(z)) : z, z -> sin(z)]
function squares!(v, x, n)
    for i in 1:n
        v[i] = v[i]^2 * x
        i == 3 && error("stop")
    end
    return v[n] * x
end
function through(x, n)
    n == 0 && error("bottom")
    y = try
        through(x * 1.1, n - 1)
    catch
        x^2
    end
    return y * x
end
even!(v, n) = n == 0 ? v[1] : (v[1] = sin(v[1]) * v[2]; odd!(v, n - 1))
odd!(v, n) = n == 0 ? v[2] : (v[2] = v[1] + v[2]^2; even!(v, n - 1))
fib(x, n) = n < 2 ? x^n : fib(x, n - 1) * TABLE[1] + fib(x, n - 2)
tree(x, n) = n == 0 ? Node(x, nothing) : Node(x^n, tree(x * 0.9, n - 1))
sumlist(l) = l === nothing ? 0.0 : l.v^2 + sumlist(l.next)
scale!(v, a) = (v .*= a; v)
swap!(p) = ((p.a, p.b) = (p.b, p.a); p)
`

/** Name of what it shows, and the body of `function (x)`. */
const PROGRAMS: Readonly<Record<string, string>> = {
  // Exceptions
  'a body that is left at once': 'try; x > 0 ? throw(Stop(x)) : x; catch e; e.v^3; end',
  'a body that ends': 'try; sqrt(x) * x; catch; x^3; end',
  'domain errors': 'try; sqrt(-x) * x; catch e; e isa DomainError ? x^3 : 0.0; end',
  'stores of a loop that is left by a bounds error count': `
    v = [x, x^2, x^3]
    s = 0.0
    try
        for i in 1:5
            v[i] = v[i] * x + sin(x)
            s += v[i]
        end
    catch
        s = s * x + v[1]
    end
    return s + sum(v)`,
  'stores of a callee that throws count': `
    v = [x, 2x, 3x, 4x]
    a = 0.0
    try
        a += squares!(v, x, 4)
    catch
        a += x^2
    finally
        a += x * v[2]
    end
    b = try squares!(v, x, 2) catch; 0.0 end
    return a * b + sum(v)`,
  'nested tries, thrown again from a handler, with finally': `
    try
        y = x^2
        try
            y > 1 && throw(Stop(y))
            return y * x
        catch e
            y = y * x^2
            throw(Stop(e.v * y))
        finally
            y += x
        end
    catch e
        return e.v * x^2
    end`,
  'break, continue and throw out of the bodies of a loop': `
    s = x^2
    for k in 1:6
        try
            k == 3 && continue
            k == 5 && break
            k == 2 && error("a")
            s = s * x + k
        catch
            s += x^3
        end
    end
    return s`,
  'a missing key': `
    d = Dict(:a => x^2)
    try
        return d[:b]
    catch e
        return e isa KeyError ? d[:a] * x : 0.0
    end`,
  'dynamic calls that throw': `
    s = 0.0
    for f in FUNCTIONS
        s += try f(x) catch e; e.v * sin(x) end
    end
    return s`,
  'recursion through tries': 'through(x, 3)',
  'a while loop left by an exception, with a vector that grows': `
    i, acc = 1, [x]
    while true
        try
            push!(acc, acc[i] * x)
            i += 1
            i > 4 && throw(DomainError(x, "done"))
        catch e
            e isa DomainError && break
        end
    end
    return sum(acc)`,
  'fields written before a division by zero': `
    a, out = Counter(x^2, 0), Ref(0.0)
    for k in 1:4
        try
            a.total *= x
            a.n += 1
            out[] += a.total
            div(10, 2 - k)
            out[] += a.total^2
        catch
            out[] += a.total * x
        end
    end
    return out[] + a.n * x^2`,
  'a vector changed before sizes do not fit': `
    v = [x, x]
    try
        v .*= x
        w = v .* [1.0, 2.0, 3.0]
        return sum(w)
    catch
        return sum(v) * x
    end`,
  'the test of a while loop throws': `
    v, i, s = [x, x^2, x^3], 1, 0.0
    try
        while v[i] < 100.0
            s += v[i] * i
            i += 1
        end
    catch
        s *= x
    end
    return s`,
  // References
  'arrays swapped in a loop': `
    a, b = [x, 2x], [x^2, 1.0]
    for k in 1:5
        b[1] = a[1] * b[2] + x
        a[2] = sin(b[1])
        a, b = b, a
    end
    return a[1] + 2b[2]`,
  'fields that hold arrays, swapped': `
    p = Pair2([x, 1.0], [x^2, 2.0])
    q = p.a
    for k in 1:3
        swap!(p)
        p.a[1] *= x
        q[2] += p.b[1]
    end
    return sum(p.a) * sum(q)`,
  'one array in two fields': `
    v = [x, x^2]
    p = Pair2(v, v)
    p.a[1] = p.b[2] * x
    p.b[2] = p.a[1]^2
    return sum(p.a) + v[2]`,
  'arrays of arrays that share': `
    row = [x, x^2]
    m = [row, row, copy(row)]
    m[1][1] = sin(m[2][2])
    m[3][2] *= m[2][1]
    m[2] = m[3]
    m[2][1] += x
    return sum(sum, m)`,
  'views that overlap': `
    v = [x, x^2, x^3, x^4]
    a, b = view(v, 1:3), view(v, 2:4)
    c = view(a, 2:3)
    a .= b .* x
    c[1] = b[3] * a[1]
    b[1] += c[2]^2
    return sum(v)`,
  'views of columns and a reshaped matrix': `
    m = [x x^2; x^3 1.0]
    r = vec(m)
    c = view(m, :, 2)
    c .*= r[1]
    r[3] += m[2, 1]
    m[1, 1] = c[1] * r[4]
    return sum(r) + c[2]^2`,
  'a callee overwrites what the caller used': `
    v = [x, x^2]
    y = v[1] * v[2]
    scale!(v, v[1])
    z = v[1] * y
    scale!(v, z)
    return y * z + sum(v)`,
  'memory held by a closure': `
    v = [x, 1.0]
    bump = a -> (v[1] *= a; v[2] += v[1]; v[2])
    r = bump(x) * bump(2.0)
    v = [x^2, x]
    return r * v[1] + bump(x)`,
  'a captured variable that is assigned': `
    s = x
    add = a -> (s = s * a + x; s)
    foreach(add, (x, 2.0, x^2))
    return s * add(x)`,
  'references in references': `
    a, b = Node(x, nothing), Node(x^2, nothing)
    r = Ref(a)
    r[].v *= x
    r[] = b
    r[].v += a.v
    return a.v * b.v`,
  'a list made and walked by recursion': 'sumlist(tree(x, 4))',
  'a list turned round': `
    l = tree(x, 4)
    done = nothing
    while l !== nothing
        next = l.next
        l.next = done
        l.v *= x
        done = l
        l = next
    end
    return done.v + sumlist(done)`,
  'functions that call each other': 'v = [x, x^2]; even!(v, 5) * v[1] + v[2]',
  'recursion beside constant memory': 'fib(x, 6) + TABLE[2] * x',
  // Control
  'early exits of nested loops': `
    v, s = [x, x^2, x^3], 0.0
    for i in 1:4
        for j in 1:3
            t = v[j] * i
            j == i && continue
            s += t * x
            i * j > 5 && return s * v[1] + t
            v[j] = t + sin(s)
        end
        i == 3 && break
    end
    return s`,
  'integers computed of active values': `
    n = floor(Int, 3x)
    v = zeros(n)
    for i in 1:n
        v[i] = i == n ? x^i : x * i
    end
    k = round(Int, v[1])
    return sum(v) * v[k]`,
  'a bound of a loop that changes in it': `
    n, s, v = 2, x, [x]
    i = 0
    while i < length(v)
        i += 1
        s += v[i]^2
        length(v) < 4 && push!(v, s * v[i])
    end
    return s`,
  'values of the first pass used in the second': `
    keep = Float64[]
    for i in 1:4
        push!(keep, sin(i * x))
    end
    s = 0.0
    while !isempty(keep)
        a = pop!(keep)
        s = s * a + a^2
        length(keep) == 2 && (keep[1] = s)
    end
    return s`,
  'a vector that shrinks and grows over old elements': `
    v = [x, x^2, x^3]
    y = v[3]
    resize!(v, 1)
    push!(v, v[1] * y)
    resize!(v, 3)
    v[3] = v[2]^2
    return sum(v) * y`,
  'insert, delete, splice': `
    v = [x, x^2, x^3]
    insert!(v, 2, v[1] * v[3])
    d = popfirst!(v)
    deleteat!(v, 2)
    append!(v, [d, d^2])
    pushfirst!(v, sum(v))
    return v[1] * v[end] + v[2]`,
  // Types known late
  'boxes of several types': `
    shapes = Any[Disc(x), Box(x, x^2), Disc(2x)]
    shapes[2] = Box(area(shapes[1]), x)
    return sum(area(s) for s in shapes)`,
  'abstract elements': `
    shapes = Shape[Disc(x), Box(x, x^2)]
    s = 0.0
    for k in 1:3
        s += area(shapes[mod1(k, 2)])
        shapes[1] = Box(s, x)
    end
    return s`,
  'arrays in a box': `
    b = Any[[x, x^2], 2.0, [1.0, x]]
    b[1][1] *= b[2]
    b[3] = b[1]
    b[3][2] += x
    return sum(b[1]) * b[3][1]`,
  'a dynamic call that changes its argument': `
    f = Base.inferencebarrier(scale!)
    v = [x, x^2]
    w = f(v, x)
    f(w, v[1])
    return sum(v) + w[1]`,
  'a closure in a box that changes what it holds': `
    v = [x, 1.0]
    fs = Any[a -> (v[1] *= a), a -> (v[2] += a * v[1])]
    for k in 1:4
        fs[mod1(k, 2)](x)
    end
    return v[1] * v[2]`,
  'a dictionary of vectors': `
    d = Dict("a" => [x, x^2])
    d["b"] = d["a"]
    d["b"][1] *= x
    d["c"] = copy(d["a"])
    d["c"][2] += d["b"][1]
    return sum(d["a"]) * d["c"][2]`,
  'keywords, defaults and varargs': `
    g(a, b...; k = a * 2, rest...) = a * sum(b) + k^2 + sum(values(rest); init = 0.0)
    return g(x, x^2, 1.0; z = x^3) + g(x, 2.0; k = x)`,
  'union of number and nothing': `
    best = nothing
    for a in (x, 2x, x^2)
        if best === nothing || a * 1.0 > best
            best = a
        end
    end
    return best^2`,
  // Constants and active memory
  'constant or active memory, by a branch': `
    v = x > 0 ? [x, x^2] : TABLE
    w = x < 0 ? [x, x^2] : TABLE
    return v[1] * w[1] + v[2] * w[3]`,
  'constant memory beside active memory in one array': `
    rows = [TABLE, [x, x^2, x^3]]
    s = 0.0
    for r in rows
        s += r[1] * r[3]
    end
    return s + dot(rows[1], rows[2])`,
  'a structure of constant and active memory': `
    h = Holder(TABLE, x)
    g = Holder([x, x^2, 1.0], 2.0)
    k = x > 0 ? g : h
    return sum(h.data) * h.scale + sum(k.data) * k.scale`,
  'a vector of constants that grows beside one that is active': `
    c = [1.0, 2.0]
    v = [x, x^2]
    for k in 1:3
        w = isodd(k) ? v : c
        push!(c, w[1] + k)
        v[1] += c[end] * w[2]
    end
    return sum(v) + sum(c)`,
  'overwritten between a branch and its use': `
    v = [x, x^2]
    t = v[1] > 0 ? v : copy(v)
    y = t[2] * x
    v[2] = sin(v[2])
    y += t[2] * v[1]
    t[1] = y
    return v[1] * y`,
}

const START = 1.3

/** Third derivatives of calls that only the run resolves take long to compile. */
function isThird(k: number, name: string): boolean {
  return k % 3 === 0 && !/box|abstract|dynamic/.test(name)
}

describe('derivatives of all orders agree', () => {
  const names = Object.keys(PROGRAMS)
  const texts = names.map((name, k) => `function p${k}(x)\n${PROGRAMS[name]}\nend`)
  const session = sessionOf([CHECK, PRELUDE, ...texts].join('\n'))
  it.each(names.map((name, k) => [name, k] as const))('%s', (name, k) => {
    const result = session.evaluate({ name: 'call', text: `orders(p${k}, ${START}, ${isThird(k, name) ? 3 : 2})` })
    expect(result.kind === 'value' ? result.value.plain : `${result.diagnostic.code} ${result.diagnostic.message}`).toBe('agrees')
  })
})

const CONSTANT = `using Enzyme
const BUFFER = [0.0]
const WRITES = Any[a -> (BUFFER[1] = a^2; a)]
const READS = Any[(x, d) -> sum(d) * x, (x, d) -> d[1] * x^2]
function grows(x, c)
    w = x > 0 ? c : [x]
    push!(c, 2.0)
    return w[end] * x + w[1]
end
reads(x, data) = sum(h(x, data) for h in READS)
function behind(x, buffer)
    h = Base.inferencebarrier(a -> (buffer[1] = a^2; a))
    h(x)
    return buffer[1] * x
end
function deeper(x, buffer)
    call(h) = h(x)
    call(Base.inferencebarrier(a -> (buffer[1] = a^2; a)))
    return buffer[1] * x
end
function argument(x, buffer)
    Base.inferencebarrier((b, a) -> (b[1] = a^2; a))(buffer, x)
    return buffer[1] * x
end
numbers(x, d) = x * d[:a] * d[:a]
function kept(x, d)
    v = Base.inferencebarrier(d[:b])
    first!(v, x)
    return v[1] * x
end
first!(v, x) = (v[1] = x; nothing)
globally(x, _) = (WRITES[1](x); BUFFER[1] * x)
late(f, args...) = Base.inferencebarrier(f)(args...)
fill_first!(v, x) = (v[1] = x; nothing)
gives_global(x, _) = (v = late(() -> BUFFER); late(fill_first!, v, x); BUFFER[1] * x)
gives_global_known(x, _) = (v = late(() -> BUFFER)::Vector{Float64}; v[1] = x; BUFFER[1] * x)
gives_back(x, c) = (v = late(identity, c); late(fill_first!, v, x); c[1] * x)
gives_one_of(x, c) = (v = late((a, b) -> b, x, c); late(fill_first!, v, x); c[1] * x)
gives_part(x, c) = (v = late(() -> reshape(BUFFER, 1, 1)); late(fill_first!, v, x); BUFFER[1] * x)
gives_new(x, _) = (v = late(() -> zeros(2)); late(fill_first!, v, x); v[1] * x)
gives_new_known(x, _) = (v = late(zeros, 2)::Vector{Float64}; v[1] = x; v[1] * x)
struct Seen
    last::Vector{Float64}
end
(s::Seen)(v) = (s.last .= 2 .* v; s.last .+ v)
function layers(x, c)
    for l in Any[v -> x .* v, Seen([0.0, 0.0]), v -> v .* v]
        c = l(c)
    end
    return sum(c)
end
function beside(x, c)
    list = Any[sin(x), c]
    return tanh(list[1] * list[2][2])::Float64
end
slope(x, c) = autodiff(Reverse, beside, Active, Active(x), Const(c))[1][1]
reverse_of(f, c) = autodiff(Reverse, f, Active, Active(1.5), Const(copy(c)))[1][1]
forward_of(f, c) = autodiff(Forward, f, Duplicated(1.5, 1.0), Const(copy(c)))[1]
`

const REFUSED = 'EnzymeRuntimeActivityError'

/** A function of a number and constant memory, the memory, and the derivative or that it is refused. */
const WITH_CONSTANTS: readonly (readonly [string, string, number | typeof REFUSED])[] = [
  ['grows', '[1.0]', 2],
  ['reads', '[1.0, 2.0]', 6],
  ['behind', '[0.0]', REFUSED],
  ['deeper', '[0.0]', REFUSED],
  ['argument', '[0.0]', REFUSED],
  ['globally', '[0.0]', REFUSED],
  ['gives_global', '[0.0]', REFUSED],
  ['gives_global_known', '[0.0]', REFUSED],
  ['gives_back', '[0.0]', REFUSED],
  ['gives_one_of', '[0.0]', REFUSED],
  ['gives_part', '[0.0]', REFUSED],
  ['gives_new', '[0.0]', 3],
  ['gives_new_known', '[0.0]', 3],
  // 9x² times the sum of squares.
  ['layers', '[1.0, 2.0]', 135],
  // Twice of tanh(2sin(x)).
  ['slope', '[1.0, 2.0]', -0.14506739151960385],
  ['numbers', 'Dict{Symbol,Any}(:a => 2.0)', 4],
  ['kept', 'Dict{Symbol,Any}(:b => [0.0])', REFUSED],
]

it('constant memory beside dynamic calls keeps its derivative or is refused', () => {
  const session = sessionOf(CONSTANT)
  const found = WITH_CONSTANTS.map(([name, memory, wanted]) => {
    const both = ['reverse_of', 'forward_of'].map(mode => {
      const result = session.evaluate({ name: 'call', text: `${mode}(${name}, ${memory})` })
      return result.kind === 'value' ? result.value.plain : result.diagnostic.exception
    })
    const isWanted = (one: unknown) => (typeof one === 'number' ? Math.abs(one - Number(wanted)) < 1e-12 : one === wanted)
    return both.every(isWanted) ? null : `${name}: ${both.join(', ')}, not ${wanted}`
  })
  expect(found.filter(line => line !== null)).toEqual([])
})

const FOURTH = `using Enzyme
rev(f, x) = autodiff(Reverse, f, Active, Active(x))[1][1]
fwd(f, x) = autodiff(Forward, f, Duplicated(x, 1.0))[1]
function f(x)
    v, s = [x, x^2], 0.0
    for i in 1:3
        v[1] = sin(v[1]) * v[2]
        s += try i == 2 ? error("a") : v[1] * x; catch; v[2] * x; end
    end
    return s
end
fourth(a, b, c, d) = d(w -> c(z -> b(y -> a(f, y), z), w), 0.7)
`

it('fourth derivatives agree in any mixture of modes', () => {
  const session = sessionOf(FOURTH)
  const [wanted, ...others] = [
    'fwd, fwd, fwd, fwd',
    'rev, fwd, rev, fwd',
    'fwd, rev, fwd, rev',
    'rev, rev, fwd, fwd',
    'fwd, fwd, rev, rev',
  ].map(modes => {
    const result = session.evaluate({ name: 'call', text: `fourth(${modes})` })
    return result.kind === 'value' ? Number(result.value.plain) : Number.NaN
  })
  for (const found of others) expect(found / wanted!).toBeCloseTo(1, 10)
})
