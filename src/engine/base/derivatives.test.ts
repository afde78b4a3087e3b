/**
 * The derivatives of Base by its table: reverse mode, forward mode and a numerical derivative agree on random inputs, and so do reverse
 * over reverse, forward over reverse and the numerical derivative of the gradient. First derivatives are of emitted code, second ones of
 * the interpreter, which has not to be compiled for; everything is verified on the way.
 */
import { describe, expect, it } from 'vitest'
import { emitted, interpreted, Program, type Run } from '../../../test/engine/transforms-of.ts'
import { type ArrayObject, arrayOf } from '../3-ir/memory.ts'
import { ofArrays, ofOneNumber, ofTwoNumbers } from './derivative-rows.ts'

/** Second order costs three times as much, so only every so many rows are checked. */
const SECOND_ORDER_EVERY = 5

const program = new Program(`
using Enzyme, LinearAlgebra, Statistics, Random
spd(x) = x * x' + I

flat(y::Real) = [float(y)]
flat(y::Complex) = [float(real(y)), float(imag(y))]
flat(y::AbstractArray{<:Real}) = vec(collect(float.(y)))
flat(y::AbstractArray{<:Complex}) = vcat(vec(real.(y)), vec(imag.(y)))
flat(y::AbstractArray) = reduce(vcat, map(flat, vec(collect(y))))
flat(y::Tuple) = reduce(vcat, map(flat, y))
flat(y::NamedTuple) = flat(values(y))
# One number of whatever comes out, in which no two numbers count alike.
function weighed(y)
    entries = flat(y)
    total = 0.0
    for k in 1:length(entries)
        total += entries[k] * (1.3 + sin(2.0k))
    end
    total
end
`)
const run = emitted(program)

/** An input: its sizes and its numbers. */
interface Input {
  readonly sizes: readonly number[]
  readonly numbers: readonly number[]
}

const memory = ({ sizes }: Input, numbers: readonly number[]): ArrayObject => arrayOf([...sizes], [Float64Array.from(numbers)])
const elements = (array: ArrayObject): number[] => [...(array.c0 as Float64Array)].slice(0, array.n)
const times = (some: readonly number[], others: readonly number[]): number => some.reduce((sum, a, k) => sum + a * others[k]!, 0)
const isFar = (found: readonly number[], wanted: readonly number[], tolerance: number): boolean =>
  !found.every((a, k) => Math.abs(a - wanted[k]!) / (1 + Math.abs(wanted[k]!)) < tolerance)

/** A central difference of two widths, extrapolated to none. */
function slope(f: (t: number) => readonly number[], h: number): number[] {
  const [far, back, near, behind] = [f(2 * h), f(-2 * h), f(h), f(-h)]
  return far.map((_, k) => {
    const wide = (far[k]! - back[k]!) / (4 * h)
    const narrow = (near[k]! - behind[k]!) / (2 * h)
    return narrow + (narrow - wide) / 3
  })
}

/** A Julia function of an array, weighed, with its derivatives at one input. */
class Weighed {
  readonly #input: Input
  readonly #primal: string

  constructor(body: string, input: Input) {
    this.#input = input
    this.#primal = program.define(`weighed(${body})::Float64`, `zeros(${input.sizes.map(() => 1).join(', ')})`)
  }

  value(numbers: readonly number[]): number {
    return run(this.#primal, [memory(this.#input, numbers)])[0] as number
  }

  gradient(numbers: readonly number[], by: Run = run): number[] {
    const [x, adjoint] = [
      memory(this.#input, numbers),
      memory(
        this.#input,
        numbers.map(() => 0),
      ),
    ]
    by(program.derived('gradient', this.#primal, 'a'), [x, adjoint, 1])
    return elements(adjoint)
  }

  first(): string {
    const { numbers } = this.#input
    const number = numbers.map((_, k) => slope(t => [this.value(numbers.map((x, i) => (i === k ? x + t : x)))], 1e-4)[0]!)
    const v = numbers.map((_, k) => Math.cos(3 * (k + 1)))
    const reverse = this.gradient(numbers)
    const [, forward] = run(program.derived('forward', this.#primal, 'a'), [
      memory(this.#input, numbers),
      memory(this.#input, v),
    ]) as number[]
    if (isFar(reverse, number, 1e-7)) return `reverse ${reverse.join(', ')}, numerical ${number.join(', ')}`
    if (isFar([forward!], [times(v, number)], 1e-7)) return `forward ${forward}, numerical ${times(v, number)}`
    return 'agree'
  }

  second(): string {
    const { numbers } = this.#input
    const by = interpreted(program)
    const gradient = program.derived('gradient', this.#primal, 'a')
    const v = numbers.map((_, k) => Math.cos(3 * (k + 1)))
    const at = (values: readonly number[]) => memory(this.#input, values)
    const zeros = () => at(numbers.map(() => 0))
    const number = slope(t => this.gradient(numbers.map((x, k) => x + t * v[k]!)), 1e-4)
    const [forward, reverse] = [zeros(), zeros()]
    by(program.derived('forward', gradient, 'aac'), [at(numbers), zeros(), 1, at(v), forward])
    by(program.derived('gradient', gradient, 'aac'), [at(numbers), zeros(), 1, reverse, at(v), 0])
    if (isFar(elements(forward), number, 1e-6))
      return `forward over reverse ${elements(forward).join(', ')}, numerical ${number.join(', ')}`
    if (isFar(elements(reverse), number, 1e-6))
      return `reverse over reverse ${elements(reverse).join(', ')}, numerical ${number.join(', ')}`
    return 'agree'
  }
}

function agrees(f: string, input: Input, order: 'first' | 'second'): void {
  const weighed = new Weighed(f, input)
  expect(program.explained(() => weighed[order]())).toBe('agree')
}

// Inputs between two ends for each number; the same ones in every run.
const PARTS = [0.137, 0.611, 0.893, 0.324, 0.476, 0.758]
const between = (k: number, low: number, high: number): number => low + (high - low) * PARTS[(k - 1) % PARTS.length]!

function table(
  name: string,
  rows: string,
  pattern: RegExp,
  call: (f: string) => string,
  inputOf: (given: readonly number[]) => Input,
): void {
  describe(name, () => {
    for (const [index, row] of rows.trim().split('\n').entries()) {
      const [, f = '', given = ''] = pattern.exec(row) ?? []
      const input = inputOf(given.trim().split(/\s+/).map(Number))
      it(row, () => agrees(call(f), input, 'first'))
      if (index % SECOND_ORDER_EVERY === 0) it(`${row}, second order`, () => agrees(call(f), input, 'second'))
    }
  })
}

const endingWith = (inputs: number): RegExp => new RegExp(`^(.*?)((?:\\s+-?[\\d.]+){${inputs}})$`)

table(
  'of one number',
  ofOneNumber,
  endingWith(2),
  f => `(${f})(x[1])`,
  ([a = 0, b = 0]) => ({ sizes: [1], numbers: [between(1, a, b)] }),
)
table(
  'of two numbers',
  ofTwoNumbers,
  endingWith(4),
  f => `(${f})(x[1], x[2])`,
  ([a = 0, b = 0, c = 0, d = 0]) => ({
    sizes: [2],
    numbers: [between(1, a, b), between(4, c, d)],
  }),
)
table(
  'of an array',
  ofArrays,
  /^(.*?) {2,}([\d ]+)$/,
  f => `(${f})(x)`,
  sizes => ({
    sizes,
    numbers: Array.from(
      { length: sizes.reduce((n, size) => n * size, 1) },
      (_, k) => Math.sin(5 * (k + 1)) + 0.3 * Math.cos(11 * (k + 1) ** 2),
    ),
  }),
)

// Inputs with zeros and equal entries where a library is tempted to see structure, and elements whose derivatives it would lose.
const structured = `
a -> a \\ [1.0, 2.0]
a -> a \\ [1.3 -0.4; 0.7 0.2]
a -> [1.3 -0.4; 0.7 0.2] / a
a -> inv(a)
a -> pinv(a)
a -> det(a)
a -> logdet(a)
a -> exp(a)
a -> a^2
a -> a^3
a -> kron(a, a)
a -> norm(a)
a -> lu(a) \\ [1.0, 2.0]
a -> qr(a) \\ [1.0, 2.0]
a -> Symmetric(a + a') \\ [1.0, 2.0]
a -> cholesky(Symmetric(a + a')) \\ [1.0, 2.0]
a -> sqrt(Symmetric(a + a'))
a -> log(Symmetric(a + a'))
a -> exp(Symmetric(a + a'))
a -> sum(abs2, svdvals(a))
a -> eigen(Symmetric([2a[1, 1] a[1, 2]; a[2, 1] 3a[2, 2]])).vectors
a -> svdvals([2a[1, 1] a[1, 2]; a[2, 1] 3a[2, 2]])
a -> prod(a)
a -> cumprod(a; dims=1)
a -> a .^ 2 .+ a .^ 3.0
`
/** The rows of a matrix as Julia writes it. */
function matrixOf(text: string): Input {
  const rows = text
    .slice(1, -1)
    .split(';')
    .map(row => row.trim().split(' ').map(Number))
  const columns = rows[0]!.length
  return { sizes: [rows.length, columns], numbers: Array.from({ length: columns }, (_, j) => rows.map(row => row[j]!)).flat() }
}

describe('at zeros and equal entries', () => {
  const inputs = ['[1.0 0.0; 0.0 1.0]', '[2.0 0.5; 0.0 3.0]', '[2.0 0.0; 0.5 2.0]']
  for (const [index, f] of structured.trim().split('\n').entries()) {
    const at = inputs[index % inputs.length]!
    it(`${f} at ${at}`, () => agrees(`(${f})(x)`, matrixOf(at), 'first'))
    it(`${f} at the identity, second order`, () => agrees(`(${f})(x)`, matrixOf(inputs[0]!), 'second'))
  }
  it.each([
    ['[1.0 1.0 1.0; 1.0 1.0 2.0; 1.0 1.0 3.0]', 'det'],
    ['[0.0 0.0 0.0; 0.0 1.0 2.0; 0.0 1.0 3.0]', 'det'],
    ['[2.0 0.0 1.0; 0.0 2.0 0.0; 1.0 0.0 3.0]', 'a -> eigen(Symmetric(a)).vectors'],
    ['[4.0 1.0; 0.5 3.0]', 'a -> sqrt(a)'],
    ['[4.0 1.0; 0.5 3.0]', 'a -> log(a)'],
  ])('%s, %s', (matrix, f) => agrees(`(${f})(x)`, matrixOf(matrix), 'first'))
})
