import { describe, expect, test } from 'vitest'
import { applied, tupleType, typeVar, unionAll } from '../../2-types/intern.ts'
import type { ArrayObject, StructObject } from '../../3-ir/memory.ts'
import { displayText, errorText, printText, reprText, textIn } from './show.ts'
import * as j from './test-types.ts'
import type { Value } from './value.ts'

const host = j.newShowHost()
const M = j.floatMatrix([1, 2], [3, 4])
const v3 = j.floats(1, 2, 3)
const E = { f: j.func('f'), sin: j.func('sin'), anonymous: j.func('#1#2', true) }
const P = applied(
  j.struct(
    'P',
    [],
    () => [
      ['x', j.Float64],
      ['n', j.Int64],
    ],
    { module: 'Main' },
  ),
  [],
)
const Q = j.struct('Q', ['T'], ([t]) => [['v', t!]], { module: 'Main' })
const T = typeVar('T')

// biome-ignore format: one value a line
const REPR: readonly (readonly [Value, string])[] = [
  // Floats
  [j.f64(1), '1.0'], [j.f64(-0), '-0.0'], [j.f64(0), '0.0'], [j.f64(0.1), '0.1'], [j.f64(1 / 3), '0.3333333333333333'], [j.f64(100000), '100000.0'],
  [j.f64(999999), '999999.0'], [j.f64(1e6), '1.0e6'], [j.f64(1234567), '1.234567e6'], [j.f64(123456.789), '123456.789'], [j.f64(1e-4), '0.0001'], [j.f64(1e-5), '1.0e-5'],
  [j.f64(0.00012345), '0.00012345'], [j.f64(1.5e-7), '1.5e-7'], [j.f64(1e22), '1.0e22'], [j.f64(1e100), '1.0e100'], [j.f64(5e-324), '5.0e-324'],
  [j.f64(1.7976931348623157e308), '1.7976931348623157e308'], [j.f64(2.2250738585072014e-308), '2.2250738585072014e-308'], [j.f64(9007199254740992), '9.007199254740992e15'],
  [j.f64(Number.NaN), 'NaN'], [j.f64(Infinity), 'Inf'], [j.f64(-Infinity), '-Inf'], [j.f64(Math.PI), '3.141592653589793'], [j.f64(-2.5), '-2.5'],
  [j.f32(1), '1.0f0'], [j.f32(0.1), '0.1f0'], [j.f32(1e6), '1.0f6'], [j.f32(1e-5), '1.0f-5'], [j.f32(3.14159274), '3.1415927f0'], [j.f32(Number.NaN), 'NaN32'], [j.f32(Infinity), 'Inf32'],
  [j.f32(-Infinity), '-Inf32'], [j.f32(1.17549435e-38), '1.1754944f-38'], [j.f32(16777216), '1.6777216f7'], [j.f32(3.4028234663852886e38), '3.4028235f38'], [j.f32(1.401298464324817e-45), '1.0f-45'],
  [j.f32(123456), '123456.0f0'], [j.f32(-0), '-0.0f0'],
  [j.of(j.Float16, 1), 'Float16(1.0)'], [j.of(j.Float16, 0.0999755859375), 'Float16(0.1)'], [j.of(j.Float16, 1234), 'Float16(1.234e3)'], [j.of(j.Float16, Infinity), 'Inf16'], [j.of(j.Float16, Number.NaN), 'NaN16'],
  // Integers, booleans
  [j.int(42), '42'], [j.int(-7), '-7'], [j.of(j.Int32, 5), '5'], [j.of(j.UInt8, 1), '0x01'], [j.of(j.UInt8, 255), '0xff'], [j.of(j.UInt64, 10), '0x000000000000000a'], [j.bool(true), 'true'], [j.bool(false), 'false'],
  // Text
  [j.str('abc'), '"abc"'], [j.str(''), '""'], [j.str('a"b\\c'), '"a\\"b\\\\c"'], [j.str('1\n2\t3'), '"1\\n2\\t3"'], [j.str('$x'), '"\\$x"'], [j.str('é∂\u{1d4b3}'), '"é∂\u{1d4b3}"'],
  [j.str('\u001b[31m\u0001\u007f\u202e'), '"\\e[31m\\x01\\x7f\\u202e"'], [j.str('\0'), '"\\0"'], [j.str('\u00001'), '"\\x001"'], [j.str("it's"), '"it\'s"'],
  [j.char('a'), "'a'"], [j.char("'"), "'\\''"], [j.char('"'), '\'"\''], [j.char('\n'), "'\\n'"], [j.char('α'), "'α'"], [j.char('\\'), "'\\\\'"],
  [j.sym('x'), ':x'], [j.sym('a b'), 'Symbol("a b")'], [j.sym('+'), ':+'], [j.sym('set!'), ':set!'],
  [j.nothing, 'nothing'], [j.missing, 'missing'],
  // Tuples
  [j.tuple(), '()'], [j.tuple(j.int(1)), '(1,)'], [j.tuple(j.int(1), j.f64(2)), '(1, 2.0)'], [j.tuple(j.str('a'), j.sym('b'), j.char('c')), '("a", :b, \'c\')'], [j.tuple(j.tuple(j.int(1)), j.nothing), '((1,), nothing)'],
  [j.tuple(j.f32(1), j.bool(true)), '(1.0f0, true)'], [j.tuple(v3, j.f64(1)), '([1.0, 2.0, 3.0], 1.0)'],
  [j.named({ a: j.int(1), b: j.f64(2) }), '(a = 1, b = 2.0)'], [j.named({ a: j.int(1) }), '(a = 1,)'], [j.named({}), 'NamedTuple()'],
  // Numbers made of numbers
  [j.complex(j.f64(1), j.f64(2)), '1.0 + 2.0im'], [j.complex(j.f64(1), j.f64(-2)), '1.0 - 2.0im'], [j.complex(j.f64(0), j.f64(-0)), '0.0 - 0.0im'], [j.complex(j.int(1), j.int(-2)), '1 - 2im'],
  [j.complex(j.f64(Number.NaN), j.f64(Infinity)), 'NaN + Inf*im'], [j.complex(j.f64(0), j.f64(Number.NaN)), '0.0 + NaN*im'], [j.complex(j.f32(1), j.f32(2)), '1.0f0 + 2.0f0im'], [j.complex(j.bool(false), j.bool(true)), 'im'],
  [j.complex(j.bool(true), j.bool(true)), 'Complex(true,true)'], [j.rational(1, 2), '1//2'], [j.rational(-3, 4), '-3//4'],
  [j.complex(j.rational(1, 2), j.rational(-1, 3)), '1//2 - 1//3*im'],
  // Ranges
  [j.unitRange(1, 3), '1:3'], [j.stepRange(1, 2, 5), '1:2:5'], [j.stepRange(5, -1, 1), '5:-1:1'], [j.floatRange(0, 0.1, 1, 11), '0.0:0.1:1.0'], [j.oneTo(4), 'Base.OneTo(4)'],
  // Vectors
  [v3, '[1.0, 2.0, 3.0]'], [j.vector(j.Int64, j.int(1), j.int(2)), '[1, 2]'], [j.floats(), 'Float64[]'], [j.vector(j.Int64), 'Int64[]'], [j.vector(j.Any), 'Any[]'], [j.vector(j.Any, j.int(1), j.f64(2)), 'Any[1, 2.0]'],
  [j.vector(j.Any, j.f32(1), j.str('a')), 'Any[1.0f0, "a"]'], [j.vector(j.Float32, j.f32(1), j.f32(1e7), j.f32(Infinity)), 'Float32[1.0, 1.0f7, Inf]'], [j.vector(j.Bool, j.bool(true), j.bool(false)), 'Bool[1, 0]'],
  [j.vector(j.Int32, j.of(j.Int32, 1)), 'Int32[1]'], [j.vector(j.UInt8, j.of(j.UInt8, 1), j.of(j.UInt8, 2)), 'UInt8[0x01, 0x02]'], [j.vector(j.Str, j.str('a'), j.str('b')), '["a", "b"]'], [j.vector(j.Str), 'String[]'],
  [j.vector(j.Sym, j.sym('a')), '[:a]'], [j.vector(j.Char, j.char('x')), "['x']"], [j.vector(v3.type, v3, j.floats(4)), '[[1.0, 2.0, 3.0], [4.0]]'], [j.vector(v3.type, j.floats()), '[Float64[]]'],
  [j.vector(j.vector(j.Float32).type, j.vector(j.Float32, j.f32(1))), 'Vector{Float32}[[1.0]]'], [j.vector(j.arrayType(j.Any, 1), j.vector(j.Any, j.int(1))), 'Vector{Any}[[1]]'],
  [j.vector(tupleType([j.Int64, j.Float64]), j.tuple(j.int(1), j.f64(2))), '[(1, 2.0)]'], [j.vector(tupleType([j.Float32]), j.tuple(j.f32(1))), 'Tuple{Float32}[(1.0,)]'],
  [j.vector(j.complexType(j.Float64), j.complex(j.f64(1), j.f64(2))), 'ComplexF64[1.0 + 2.0im]'], [j.vector(j.rationalType(j.Int64), j.rational(1, 2)), 'Rational{Int64}[1//2]'],
  [j.vector(j.union(j.Missing, j.Float64), j.f64(1), j.missing), 'Union{Missing, Float64}[1.0, missing]'], [j.vector(j.nothing.type, j.nothing), '[nothing]'],
  [j.vector(M.type, M), '[[1.0 2.0; 3.0 4.0]]'],
  // Matrices and more
  [M, '[1.0 2.0; 3.0 4.0]'], [j.floatMatrix([1], [2]), '[1.0; 2.0;;]'], [j.floatMatrix([1, 2]), '[1.0 2.0]'], [j.floatMatrix([1 / 3, 2 / 3]), '[0.3333333333333333 0.6666666666666666]'],
  [j.array(j.Float64, [0, 3], []), 'Matrix{Float64}(undef, 0, 3)'], [j.matrix(j.Float32, [[j.f32(1), j.f32(2)]]), 'Float32[1.0 2.0]'], [j.matrix(j.Any, [[j.int(1), j.str('a')]]), 'Any[1 "a"]'],
  [j.matrix(j.Bool, [[j.bool(true), j.bool(false)]]), 'Bool[1 0]'],
  [j.array(j.Int64, [2, 2, 2], [1, 2, 3, 4, 5, 6, 7, 8].map(j.int)), '[1 3; 2 4;;; 5 7; 6 8]'], [j.array(j.Int64, [1, 2, 1], [1, 2].map(j.int)), '[1 2;;;]'],
  [j.array(j.Int64, [1, 1, 2, 2], [1, 2, 3, 4].map(j.int)), '[1;;; 2;;;; 3;;; 4]'], [j.array(j.Float64, [], [j.f64(1)]), 'fill(1.0)'],
  // Structs, pairs, dictionaries, functions, types
  [j.of(P, 1, 2), 'P(1.0, 2)'], [j.of(applied(Q, [j.Float32]), 1), 'Q{Float32}(1.0f0)'], [j.of(applied(Q, [v3.type]), ...v3.leaves), 'Q{Vector{Float64}}([1.0, 2.0, 3.0])'], [j.vector(P, j.of(P, 1, 2)), 'P[P(1.0, 2)]'],
  [j.ref(j.f64(1)), 'Base.RefValue{Float64}(1.0)'], [j.ref(j.int(3)), 'Base.RefValue{Int64}(3)'],
  [j.pair(j.str('a'), j.int(1)), '"a" => 1'], [j.pair(j.sym('a'), j.pair(j.int(1), j.int(2))), ':a => (1 => 2)'], [j.vector(j.pairType(j.Str, j.Int64), j.pair(j.str('a'), j.int(1))), '["a" => 1]'],
  [E.f, 'f'], [E.sin, 'sin'], [E.anonymous, 'var"#1#2"()'],
  [j.typeValue(j.Float64), 'Float64'], [j.typeValue(v3.type), 'Vector{Float64}'], [j.typeValue(M.type), 'Matrix{Float64}'], [j.typeValue(j.arrayType(j.Float64, 3)), 'Array{Float64, 3}'],
  [j.typeValue(tupleType([j.Int64, j.Float64])), 'Tuple{Int64, Float64}'], [j.typeValue(j.union(j.nothing.type, j.Float64)), 'Union{Nothing, Float64}'], [j.typeValue(j.complexType(j.Float64)), 'ComplexF64'],
  [j.typeValue(applied(Q, [j.Int64])), 'Q{Int64}'], [j.typeValue(tupleType([j.Int64, j.Int64, j.Int64, j.Int64])), 'NTuple{4, Int64}'], [j.typeValue(j.named({ a: j.int(1) }).type), '@NamedTuple{a::Int64}'],
  [j.typeValue(unionAll(T, applied(Q, [T]))), 'Q'],
  [j.any(j.f64(1)), '1.0'], [j.vector(j.Any, j.any(j.int(1))), 'Any[1]'],
]

describe('repr', () => {
  test.each(REPR.map(([value, text]) => [text, value] as const))('%s', (text, value) => {
    expect(reprText(j.box(value), host)).toBe(text)
  })
})

// biome-ignore format: one value a line
const PRINT: readonly (readonly [Value, string])[] = [
  [j.f64(1), '1.0'], [j.f32(1), '1.0'], [j.f32(1e10), '1.0e10'], [j.f32(Number.NaN), 'NaN'], [j.of(j.Float16, 1.5), '1.5'], [j.of(j.UInt8, 200), '200'], [j.str('a"b\n'), 'a"b\n'], [j.char('x'), 'x'], [j.sym('a b'), 'a b'],
  [j.nothing, 'nothing'], [j.tuple(j.str('a'), j.char('b')), '("a", \'b\')'], [j.vector(j.Str, j.str('a')), '["a"]'], [M, '[1.0 2.0; 3.0 4.0]'], [j.any(j.str('q')), 'q'], [j.typeValue(j.Float64), 'Float64'],
]

describe('print', () => {
  test.each(PRINT.map(([value, text]) => [text, value] as const))('%s', (text, value) => {
    expect(printText(j.box(value), host)).toBe(text)
  })
})

const Nested = j.vector(v3.type, v3, j.floats(4))

// biome-ignore format: one value an entry
const DISPLAY: readonly (readonly [Value, string])[] = [
  [j.f64(1), '1.0'], [j.str('a'), '"a"'], [j.char('a'), "'a': ASCII/Unicode U+0061 (category Ll: Letter, lowercase)"], [j.char('∂'), "'∂': Unicode U+2202 (category Sm: Symbol, math)"],
  [v3, '3-element Vector{Float64}:\n 1.0\n 2.0\n 3.0'],
  [j.floats(1, -2.5, 100), '3-element Vector{Float64}:\n   1.0\n  -2.5\n 100.0'],
  [j.floats(1 / 3, 1e-10), '2-element Vector{Float64}:\n 0.3333333333333333\n 1.0e-10'],
  [j.floats(1, Number.NaN, -Infinity), '3-element Vector{Float64}:\n   1.0\n NaN\n -Inf'],
  [j.floats(), 'Float64[]'], [j.vector(j.Any), 'Any[]'],
  [j.vector(j.Int64, j.int(1), j.int(100)), '2-element Vector{Int64}:\n   1\n 100'],
  [j.vector(j.Bool, j.bool(true)), '1-element Vector{Bool}:\n 1'],
  [j.vector(j.Str, j.str('a'), j.str('bcd')), '2-element Vector{String}:\n "a"\n "bcd"'],
  [j.vector(j.Any, j.int(1), j.str('a'), j.f64(2.5)), '3-element Vector{Any}:\n 1\n  "a"\n 2.5'],
  [j.vector(j.union(j.Missing, j.Float64), j.f64(1), j.missing), '2-element Vector{Union{Missing, Float64}}:\n 1.0\n  missing'],
  [j.vector(j.complexType(j.Float64), j.complex(j.f64(1), j.f64(-2)), j.complex(j.f64(10.5), j.f64(2))), '2-element Vector{ComplexF64}:\n  1.0 - 2.0im\n 10.5 + 2.0im'],
  [j.vector(j.rationalType(j.Int64), j.rational(1, 2), j.rational(10, 3)), '2-element Vector{Rational{Int64}}:\n  1//2\n 10//3'],
  [Nested, '2-element Vector{Vector{Float64}}:\n [1.0, 2.0, 3.0]\n [4.0]'],
  [j.vector(j.Char, j.char('a')), "1-element Vector{Char}:\n 'a': ASCII/Unicode U+0061 (category Ll: Letter, lowercase)"],
  [M, '2×2 Matrix{Float64}:\n 1.0  2.0\n 3.0  4.0'],
  [j.floatMatrix([1, 20], [3.25, 4]), '2×2 Matrix{Float64}:\n 1.0   20.0\n 3.25   4.0'],
  [j.floatMatrix([-Math.sin(1), -9 * Math.sin(3)], [-4 * Math.sin(2), -36 * Math.sin(6)]), '2×2 Matrix{Float64}:\n -0.841471  -1.27008\n -3.63719   10.059'],
  [j.floatMatrix([123456.7, 1e-7], [1234567.8, 0]), '2×2 Matrix{Float64}:\n 123457.0        1.0e-7\n      1.23457e6  0.0'],
  [j.floatMatrix([1 / 3], [2]), '2×1 Matrix{Float64}:\n 0.3333333333333333\n 2.0'],
  [j.array(j.Float64, [0, 3], []), '0×3 Matrix{Float64}'],
  [j.matrix(j.Int64, [[j.int(1), j.int(-2)], [j.int(10), j.int(3)]]), '2×2 Matrix{Int64}:\n  1  -2\n 10   3'],
  [j.matrix(j.Float32, [[j.f32(1), j.f32(2.5)]]), '1×2 Matrix{Float32}:\n 1.0  2.5'],
  [j.matrix(j.Any, [[j.int(1), j.str('a')], [j.f64(2), j.nothing]]), '2×2 Matrix{Any}:\n 1    "a"\n 2.0  nothing'],
  [j.array(j.Int64, [2, 1, 2], [1, 2, 3, 4].map(j.int)), '2×1×2 Array{Int64, 3}:\n[:, :, 1] =\n 1\n 2\n\n[:, :, 2] =\n 3\n 4'],
  [j.array(j.Float64, [], [j.f64(1)]), '0-dimensional Array{Float64, 0}:\n1.0'],
  [j.unitRange(1, 3), '1:3'], [E.f, 'f (generic function with 1 method)'], [j.typeValue(v3.type), 'Vector{Float64} (alias for Array{Float64, 1})'], [j.tuple(v3, j.int(1)), '([1.0, 2.0, 3.0], 1)'], [j.of(P, 1, 2), 'P(1.0, 2)'],
]

describe('display', () => {
  test.each(DISPLAY.map(([value, text]) => [text, value] as const))('%s', (text, value) => {
    expect(displayText(j.box(value), host)).toBe(text)
  })
})

describe('wrappers, dictionaries and sets', () => {
  const collecting = (elements: Value) => j.newShowHost(() => elements)
  const flipped = j.floatMatrix([1, 3], [2, 4])

  test('the summary names the wrapper', () => {
    expect(displayText(j.box(j.transpose(M)), collecting(flipped))).toBe(
      '2×2 transpose(::Matrix{Float64}) with eltype Float64:\n 1.0  3.0\n 2.0  4.0',
    )
    expect(displayText(j.box(j.adjoint(v3)), collecting(j.floatMatrix([1, 2, 3])))).toBe(
      '1×3 adjoint(::Vector{Float64}) with eltype Float64:\n 1.0  2.0  3.0',
    )
    expect(displayText(j.box(j.symmetric(M)), collecting(M))).toBe('2×2 Symmetric{Float64, Matrix{Float64}}:\n 1.0  2.0\n 3.0  4.0')
    expect(displayText(j.box(j.view(v3, j.tuple(j.unitRange(1, 2)))), collecting(j.floats(1, 2)))).toBe(
      '2-element view(::Vector{Float64}, 1:2) with eltype Float64:\n 1.0\n 2.0',
    )
    expect(reprText(j.box(j.transpose(M)), collecting(flipped))).toBe('[1.0 3.0; 2.0 4.0]')
  })

  test('zeros that the type fixes are dots', () => {
    expect(displayText(j.box(j.diagonal(j.floats(1, 2))), collecting(j.floatMatrix([1, 0], [0, 2])))).toBe(
      '2×2 Diagonal{Float64, Vector{Float64}}:\n 1.0   ⋅ \n  ⋅   2.0',
    )
    expect(displayText(j.box(j.upper(M)), collecting(j.floatMatrix([1, 2], [0, 4])))).toBe(
      '2×2 UpperTriangular{Float64, Matrix{Float64}}:\n 1.0  2.0\n  ⋅   4.0',
    )
  })

  test('without Base, a wrapper is shown as a struct', () => {
    expect(reprText(j.box(j.transpose(M)), host)).toBe('Transpose{Float64, Matrix{Float64}}([1.0 2.0; 3.0 4.0])')
  })

  const pairs = j.vector(j.pairType(j.Str, j.Float64), j.pair(j.str('a'), j.f64(1)), j.pair(j.str('bcd'), j.f64(2)))

  test('dictionaries', () => {
    const d = j.dict(j.Str, j.Float64, [j.str('a'), j.f64(1)])
    expect(reprText(j.box(d), collecting(pairs))).toBe('Dict("a" => 1.0, "bcd" => 2.0)')
    expect(textIn(j.box(d), collecting(pairs), true, false, { rows: 24, columns: 80 })).toBe(
      'Dict{String, Float64} with 2 entries:\n  "a"   => 1.0\n  "bcd" => 2.0',
    )
    expect(reprText(j.box(d), collecting(j.vector(j.pairType(j.Str, j.Float64))))).toBe('Dict{String, Float64}()')
    expect(displayText(j.box(d), collecting(j.vector(j.pairType(j.Str, j.Float64))))).toBe('Dict{String, Float64}()')
    const untyped = j.pairType(j.Any, j.Any)
    expect(reprText(j.box(j.dict(j.Any, j.Any)), collecting(j.vector(untyped, j.of(untyped, j.box(j.sym('a')), j.box(j.f32(1))))))).toBe(
      'Dict{Any, Any}(:a => 1.0f0)',
    )
  })

  test('sets', () => {
    expect(reprText(j.box(j.set(j.Int64)), collecting(j.vector(j.Int64, j.int(2), j.int(3))))).toBe('Set([2, 3])')
    expect(displayText(j.box(j.set(j.Int64)), collecting(j.vector(j.Int64, j.int(2))))).toBe('Set{Int64} with 1 element:\n  2')
    expect(reprText(j.box(j.set(j.Int64)), collecting(j.vector(j.Int64)))).toBe('Set{Int64}()')
  })
})

test('a struct that holds itself ends', () => {
  const node = applied(
    j.struct('Node', [], () => [['next', j.Any]], { module: 'Main', form: 'mutable' }),
    [],
  )
  const object: StructObject = {}
  const value = j.of(node, object)
  object.f0 = j.box(value)
  expect(reprText(j.box(value), host)).toBe('Node(Node(#= circular reference @-1 =#))')
  const list = j.vector(j.Any, j.int(1))
  ;((list.leaves[0] as ArrayObject).c0 as unknown[])[0] = j.box(list)
  expect(reprText(j.box(list), host)).toBe('Any[Any[#= circular reference @-1 =#]]')
})

test('what the program defines as show is used', () => {
  const custom = { ...j.newShowHost(), customShow: (value: { t: number }) => (custom.typeAt(value.t) === P ? '<p>' : null) }
  expect(reprText(j.box(j.vector(P, j.of(P, 1, 2))), custom)).toBe('P[<p>]')
  expect(printText(j.box(j.of(P, 1, 2)), custom)).toBe('<p>')
})

test('undefined references', () => {
  expect(reprText(j.box(j.array(j.Any, [1], [])), host)).toBe('Any[#undef]')
})

const AnyFields = (...names: string[]): [string, typeof j.Any][] => names.map(name => [name, j.Any])
const message = (name: string, text: string): Value => j.of(j.exception(name, [['msg', j.Str]]), text)
const symbolError = (name: string, variable: string): Value => j.of(j.exception(name, [['var', j.Sym]]), variable)
const boxes = (...values: Value[]) => values.map(value => j.box(value))
const bounds = (a: Value, i: Value): Value => j.of(j.exception('BoundsError', AnyFields('a', 'i')), ...boxes(a, i))
const method = (f: Value, ...args: Value[]): Value =>
  j.of(j.exception('MethodError', AnyFields('f', 'args')), ...boxes(f, j.tuple(...args)))
const domain = (val: Value, msg: Value): Value => j.of(j.exception('DomainError', AnyFields('val', 'msg')), ...boxes(val, msg))
const typeError = (func: string, context: string, expected: Value, got: Value): Value =>
  j.of(
    j.exception('TypeError', [['func', j.Sym], ...AnyFields('context', 'expected', 'got')]),
    func,
    ...boxes(j.str(context), expected, got),
  )
const inexact = (type: Value, val: Value): Value =>
  j.of(j.exception('InexactError', [['func', j.Sym], ...AnyFields('T', 'val')]), 'Int64', ...boxes(type, val))

// biome-ignore format: one exception a line
const ERRORS: readonly (readonly [Value, string])[] = [
  [message('ErrorException', 'boom'), 'boom'],
  [message('ArgumentError', 'bad'), 'ArgumentError: bad'],
  [message('DimensionMismatch', 'a has 2'), 'DimensionMismatch: a has 2'],
  [message('OverflowError', '1 + 1 overflowed'), 'OverflowError: 1 + 1 overflowed'],
  [message('AssertionError', 'x > 0'), 'AssertionError: x > 0'],
  [symbolError('UndefKeywordError', 'k'), 'UndefKeywordError: keyword argument `k` not assigned'],
  [bounds(v3, j.int(4)), 'BoundsError: attempt to access 3-element Vector{Float64} at index [4]'],
  [bounds(v3, j.tuple(j.int(0))), 'BoundsError: attempt to access 3-element Vector{Float64} at index [0]'],
  [bounds(M, j.tuple(j.int(3), j.int(1))), 'BoundsError: attempt to access 2×2 Matrix{Float64} at index [3, 1]'],
  [bounds(j.tuple(j.int(1), j.int(2)), j.int(3)), 'BoundsError: attempt to access Tuple{Int64, Int64} at index [3]'],
  [bounds(j.str('añ'), j.int(5)), 'BoundsError: attempt to access 3-codeunit String at index [5]'],
  [bounds(v3, j.unitRange(2, 5)), 'BoundsError: attempt to access 3-element Vector{Float64} at index [2:5]'],
  [bounds(j.nothing, j.nothing), 'BoundsError'],
  [domain(j.f64(-1), j.str('sqrt was called')), 'DomainError with -1.0:\nsqrt was called'],
  [domain(j.f64(-1), j.nothing), 'DomainError with -1.0'],
  [inexact(j.typeValue(j.Int64), j.f64(1.5)), 'InexactError: Int64(1.5)'],
  [inexact(j.typeValue(j.Int32), j.f64(1.5)), 'InexactError: Int64(Int32, 1.5)'],
  [method(E.f, j.int(1), j.str('a')), 'MethodError: no method matching f(::Int64, ::String)\nThe function `f` exists, but no method is defined for this combination of argument types.'],
  [method(E.f), 'MethodError: no method matching f()\nThe function `f` exists, but no method is defined for this combination of argument types.'],
  [method(j.typeValue(P), j.int(1)), 'MethodError: no method matching P(::Int64)\nThe type `P` exists, but no method is defined for this combination of argument types when trying to construct it.'],
  [method(E.f, v3, j.typeValue(j.Float64)), 'MethodError: no method matching f(::Vector{Float64}, ::Type{Float64})\nThe function `f` exists, but no method is defined for this combination of argument types.'],
  [j.of(j.exception('KeyError', AnyFields('key')), j.box(j.str('a'))), 'KeyError: key "a" not found'],
  [typeError('typeassert', '', j.typeValue(j.Int64), j.f64(1)), 'TypeError: in typeassert, expected Int64, got a value of type Float64'],
  [typeError('if', '', j.typeValue(j.Bool), j.int(1)), 'TypeError: non-boolean (Int64) used in boolean context'],
  [typeError('f', 'n', j.typeValue(j.Int64), j.typeValue(j.Float64)), 'TypeError: in f, in n, expected Int64, got Type{Float64}'],
  [j.of(j.exception('DivideError')), 'DivideError: integer division error'],
  [j.of(j.exception('StackOverflowError')), 'StackOverflowError:'],
  [j.of(j.exception('UndefRefError')), 'UndefRefError: access to undefined reference'],
  [j.of(j.exception('OutOfMemoryError')), 'OutOfMemoryError()'],
  [j.str('thrown'), '"thrown"'],
  [j.of(P, 1, 2), 'P(1.0, 2)'],
]

describe('showerror', () => {
  test.each(ERRORS.map(([value, text]) => [text, value] as const))('%s', (text, value) => {
    expect(errorText(j.box(value), host)).toBe(text)
  })
})
