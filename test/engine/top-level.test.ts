/** Programs, and what they print: what statements of the top level define and assign, when, and for whom. */
import { describe, expect, test } from 'vitest'
import { createSession } from '../../src/engine/index.ts'

/** What a program prints; then the code and message of what stopped it. */
function printed(text: string): string {
  const written: string[] = []
  const session = createSession({ profile: 'none', write: piece => void written.push(piece), verbose: false })
  const { failure } = session.load({ name: 'program.jl', text })
  const stopped = failure ? [`${failure.code}: ${failure.message}`] : []
  return [written.join('').trimEnd(), ...stopped].filter(line => line !== '').join('\n')
}

/** Title, program, output; lines of both are parted by ` ; ` where they stand in one. */
const rows: Readonly<Record<string, readonly (readonly [string, string, string])[]>> = {
  'one branch of an `if` is run, and defines': [
    ['methods', 'on = isempty(ARGS)\nif on\n f(x) = 2x\nelse\n f(x) = 3x\nend\nprint(f(2))', '4'],
    ['methods in elseif', 'n = 2\nif n == 1\n f() = 1\nelseif n == 2\n f() = 2\nelse\n f() = 3\nend\nprint(f())', '2'],
    ['a method added in no branch', 'f(x) = 1\nif !isempty(ARGS)\n f(x::Int) = 2\nend\nprint(f(0))', '1'],
    ['types', 'on = isempty(ARGS)\nif on\n struct A; x::Float64; end\nelse\n struct A; x::Int; end\nend\nprint(A(1))', 'A(1.0)'],
    ['what is used', 'if isempty(ARGS)\n using LinearAlgebra\nend\nprint(norm([3, 4]))', '5.0'],
    ['constants and variables', 'if isempty(ARGS)\n const C = 2\n v = 3\nend\nv = v + C\nprint(v)', '5'],
    ['after &&', 'on = isempty(ARGS)\non && (f() = 1)\non || (f() = 2)\nprint(f())', '1'],
    ['in a conditional', 'on = isempty(ARGS)\non ? (f() = 1) : (f() = 2)\nprint(f())', '1'],
    ['in a module', 'module M\nconst ON = isempty(ARGS)\nif ON\n f() = 1\nelse\n f() = 2\nend\nend\nprint(M.f())', '1'],
    ['its value', 'print(eval(:(if true; 1; else; 2; end)), eval(:(if false; 1; end)))', '1nothing'],
    ['a test that is no Bool', 'if 1\n f() = 1\nend', 'run.exception: TypeError: non-boolean (Int64) used in boolean context'],
    ['@static', 'const ON = !isempty(ARGS)\n@static if ON\n f() = 1\nelse\n f() = 2\nend\ng() = @static ON ? 1 : 2\nprint(f(), g())', '22'],
    ['in a loop it is refused', 'f() = 1\nfor i in 1:0\n global f() = 2\nend', 'subset.no-syntax: A definition in a branch or loop'],
  ],
  'a global is unset until its assignment is done': [
    [
      'one that is not come to',
      'set(on) = on ? (global q = 1.5) : nothing\nset(false)\nread() = q\nread()',
      'run.exception: UndefVarError: `q` not',
    ],
    [
      '@isdefined',
      'set(on) = on ? (global q = 1) : nothing\nset(false)\nprint(@isdefined(q))\nset(true)\nprint(@isdefined(q), q)',
      'falsetrue1',
    ],
    [
      'one whose value throws',
      'try eval(:(q = error("no"))) catch end\nprint(@isdefined(q))\nq',
      'false\nrun.exception: UndefVarError: `q`',
    ],
    [
      'one in a branch',
      'x = rand()\nfor i in 1:2\n if x > 2\n  global q = 1\n end\nend\nq',
      'run.exception: UndefVarError: `q` not defined',
    ],
    ['the old value while the new one is computed', 'x = [1, 2]\ng() = sum(x)\nfs = Any[g]\nx = fs[1]() / 2\nprint(x)', '1.5'],
    ['types that alternate', 'f() = (global g = 1)\nh() = (global g = 2.5)\nf(); print(g)\nh(); print(g)\nf(); print(g)', '12.51'],
  ],
  'names that code gives a meaning while it runs': [
    ['in a loop', 'for i in 1:3\n eval(:(f() = $i))\n print(Base.invokelatest(f))\nend', '123'],
    ['a variable', 'let\n @eval v = 3\n print(v)\nend', '3'],
    ['in a function', 'function go()\n @eval f(x) = 3x\n Base.invokelatest(f, 4)\nend\nprint(go())', '12'],
    ['none', 'let\n eval(:(v = 3))\n w\nend', 'run.exception: UndefVarError: `w` not defined in `Main`'],
  ],
  'a block may have locals': [
    ['begin', 'begin\n local a = 5\n b = a + 1\nend\nprint(b, @isdefined(a))', '6false'],
    ['if', 'if true\n local a = 5\n print(a)\nend\nprint(@isdefined(a))', '5false'],
  ],
  'variables of a module are assigned from outside': [
    ['by name', 'module M\nx = 1\nget() = x\nend\nM.x = 2.5\nprint(M.get(), M.x)', '2.52.5'],
    [
      'setglobal!',
      'module M\nx = 1\nend\nsetglobal!(M, :x, 3)\nfor n in [:x]\n setglobal!(M, n, getglobal(M, n) + 1)\nend\nprint(M.x)',
      '4',
    ],
    ['a symbol', 'module M\nx = 1\nend\nfor n in [:x]\n setglobal!(M, n, :y)\nend\nprint(M.x)', 'y'],
    ['of a declared type', 'module M\nx::Float64 = 1\nend\nM.x = 2\nprint(M.x)', '2.0'],
    ['none', 'module M\nend\nM.x = 2', 'run.exception: Global M.x does not exist and cannot be assigned.'],
    ['a function', 'module M\nf() = 1\nend\nM.f = 2', 'run.exception: invalid assignment to constant M.f'],
  ],
  'a type may be defined again as it is': [
    ['struct', 'struct A; x::Int; end\na = A(1)\nf(::A) = 1\nstruct A; x::Int; end\nprint(a isa A, f(A(2)))', 'true1'],
    [
      'with parameters',
      'struct A{T<:Real}; x::Vector{T}; end\na = A([1])\nstruct A{T<:Real}; x::Vector{T}; end\nprint(a isa A{Int})',
      'true',
    ],
    ['abstract', 'abstract type T end\nstruct B <: T end\nabstract type T end\nprint(B() isa T)', 'true'],
    [
      'with other fields',
      'struct A; x::Int; end\nstruct A; x::Float64; end',
      'name.redefined: `A` is a type already, so it cannot be defined as',
    ],
    ['with another supertype', 'abstract type T end\nabstract type T <: Real end', 'name.redefined'],
    ['in another module', 'struct A; x::Int; end\nmodule M\nstruct A; y::Float64; end\nend\nprint(A(1), M.A(2))', 'A(1)Main.M.A(2.0)'],
  ],
  'a package may be tried': [
    ['one that is not there', 'try\n using CUDA\ncatch e\n print(e isa ArgumentError)\nend', 'true'],
    ['one that is', 'try\n using LinearAlgebra\n print(norm([3, 4]))\ncatch\n print("no")\nend', '5.0'],
    ['one without a try', 'using CUDA', 'subset.no-package: The package `CUDA`'],
  ],
  'a global may change its type': [
    [
      'in a function that is called between two reads',
      'x = 7\nset(v) = (global x = v)\nfunction go()\n a = x\n set(2.5)\n (a, x)\nend\nprint(go(), go())',
      '(7, 2.5)(2.5, 2.5)',
    ],
    [
      'through another function',
      'x = 7\nget() = x\nset(v) = (global x = v)\nfunction go()\n a = get()\n set(2.5)\n (a, get())\nend\nprint(go(), go())',
      '(7, 2.5)(2.5, 2.5)',
    ],
    [
      'a sum',
      's = 0\nadd(v) = (global s += v)\nfunction go()\n print(s)\n for i in 1:3\n  add(0.5)\n end\n print(" ", s)\nend\ngo()',
      '0 1.5',
    ],
    [
      'under code that runs with its old type',
      'x = 1\nget() = x\nfor w in Any[2, 2.5]\n eval(:(x = $w))\n print(get(), " ")\nend',
      '2\nsubset.retyped-global: The global `x` was given a value of another type',
    ],
    [
      'back to the type of code that runs',
      'x = 1\nget() = x\nput() = (global x = 3)\nf = Any[() -> eval(:(x = "s"))]\nfunction go()\n f[1]()\n put()\n get()\nend\nprint(go())',
      'subset.retyped-global',
    ],
    [
      'in a call that only the running program knows',
      'x = 1\nget() = x\nset(v::Int) = (global x = v)\nset(v::Float64) = (global x = 2v)\nfs = Any[set]\nfunction go(vs)\n for v in vs\n  fs[1](v)\n  print(get(), " ")\n end\nend\ngo(Any[2, 2.5])',
      '2\nsubset.retyped-global',
    ],
    [
      'and is written by code that runs with its old type',
      'x = 1\nput() = (global x = 3)\nset(v::Int) = v\nset(v::Float64) = (global x = v)\nfs = Any[set]\nfunction go()\n fs[1](2.5)\n put()\nend\ngo()\nprint(x)',
      '3',
    ],
    [
      'a tuple of several types',
      'a = 1\nf() = (global a = 2.5)\nf()\na = (a, 1)\nlet y = a\n global a = 1\n print(y, a)\nend',
      '(2.5, 1)1',
    ],
    ['several at once', 'a, b = 1, "x"\na, b = b, a\n(c, (d, e)) = (a, (b, 2.5))\nprint(a, b, c, d, e)', 'x1x12.5'],
    ['one after the other', '(u = 2; v = u + 1)\nf() = u\n(u = "z"; w = f())\nprint(v, w)', '3z'],
  ],
  'a captured variable that holds nothing yet gets any value later': [
    [
      'of a function that has returned',
      'function make()\n s = nothing\n set(v) = (s = v)\n get() = s\n (set, get)\nend\nset, get = make()\nprint(get())\nset(1.5)\nprint(get())\nset("a")\nprint(get())',
      'nothing1.5a',
    ],
    ['of a let', 'let k\n global set(v) = (k = v)\n global get() = k\nend\nset(3)\nprint(get())\nset(2.5)\nprint(get())', '32.5'],
    [
      'a cache',
      'let c = nothing\n global get() = (c === nothing && (print("made "); c = [1, 2]); c)\nend\nprint(sum(get()), sum(get()))',
      'made 33',
    ],
    [
      'but not what is assigned while the function runs',
      'function best(v)\n b = nothing\n foreach(x -> (b = x), v)\n b\nend\nprint(Base.return_types(best, (Vector{Float64},)))',
      'Any[Union{Nothing, Float64}]',
    ],
  ],
  'who looked for a name in vain looks again': [
    ['a variable', 'f() = y\ntry f() catch; print("no ") end\ny = 2\nprint(f())', 'no 2'],
    ['a function', 'f() = g(3)\ntry f() catch; print("no ") end\ng(x) = x + 1\nprint(f())', 'no 4'],
    ['a name that is used', 'f() = norm([3, 4])\ntry f() catch; print("no ") end\nusing LinearAlgebra\nprint(f())', 'no 5.0'],
    [
      'in a call that only the running program knows',
      'f() = y\nfs = Any[f]\ntry fs[1]() catch; print("no ") end\ny = 2\nprint(fs[1]())',
      'no 2',
    ],
    ['after code was evaluated', 'x = 1\nf() = x\nfs = Any[f]\nfor i in 1:2\n print(fs[1]())\n eval(:(x = 2.5))\nend', '12.5'],
    ['@isdefined', 'f() = @isdefined(y)\nprint(f())\ny = 1\nprint(f())', 'falsetrue'],
    ['isdefined', 'f() = isdefined(Main, :y)\nprint(f())\ny() = 1\nprint(f())', 'falsetrue'],
  ],
  'a captured variable gets a value of another type from an inner function without arguments later': [
    [
      'of a function that has returned',
      'function make()\n n = 1\n half() = (n = n / 2)\n list() = (n = [n, 2])\n (half, list)\nend\nhalf, list = make()\nprint(half())\nlist()\nprint(half())',
      '0.5[0.25, 1.0]',
    ],
    ['by a function in it', 'function make()\n n = 1\n () -> (foreach(k -> (n = string(n, k)), 1:1); n)\nend\nprint(make()())', '11'],
    [
      'of a turn of a loop, through a container',
      'kept = Any[]\nfor i in 1:2\n n = i\n push!(kept, () -> (n = n == i ? "s" : n * "t"))\nend\nprint(kept[1](), kept[1](), kept[2]())',
      'ssts',
    ],
    ['in one that fails', 'let n = 1\n global f = () -> (n = "s" + n)\nend\nprint(try f() catch e; typeof(e) end)', 'MethodError'],
  ],
  'a method of a global function captures variables around it': [
    ['beside others', 'f(x) = 2x\nlet n = 0\n global f() = (n += 1)\nend\nprint(f(3), f(), f(), f(3))', '6126'],
    ['of another module', 'let k = 2\n Base.length(::Val{:a}) = k\n print(length(Val(:a)))\nend\nprint(length(Val(:a)))', '22'],
    ['of a type', 'struct P; a; end\nlet k = 2\n (p::P)(x) = k * p.a * x\nend\nprint(P(3)(4))', '24'],
    [
      'in defaults and keywords',
      'let d = 10\n global h(x, z=d; y=d, w...) = (x, y, z)\nend\nprint(h(1), h(1, 2), h(1; y=3))',
      '(1, 10, 10)(1, 10, 2)(1, 3, 10)',
    ],
    [
      'a function and a type',
      'let g = x -> 2x, T = Float32\n global f(x::T) = g(x)\n global f(x) = T(g(x))\nend\nprint(f(1.0f0), " ", f(2))',
      '2.0 4.0',
    ],
    ['one that is not set yet', 'let k\n global f() = k\n k = 1\nend\nprint(f())', '1'],
    ['one that is never set', 'let k\n global f() = k\nend\nf()', 'run.exception: UndefVarError: `k` not defined in local scope'],
    ['a constant', 'let k = 3\n global const c = k + 1\n print(length([c]), c)\nend', '14'],
    ['of another type later', 'let k = 1\n global f() = k\n k = "a"\nend\nprint(f())', 'a'],
    ['array that both change', 'let v = [1, 2]\n global f() = sum(v)\n v[1] = 5\nend\nprint(f())', '7'],
  ],
}

test('calls may be nested deeper than any recursion over types that ends', () => {
  const chain = Array.from({ length: 700 }, (_, k) => `f${k + 1}(x) = f${k}(x) + 1`)
  expect(printed(`f0(x) = x\n${chain.join('\n')}\nprint(f700(1))`)).toBe('701')
})

for (const [title, programs] of Object.entries(rows)) {
  describe(title, () => {
    test.each(programs)('%s', (_name, program, expected) => {
      expect(printed(program).slice(0, expected.length)).toBe(expected)
    })
  })
}
