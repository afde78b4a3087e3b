/**
 * Functions of a program and their derivatives, called as the transforms make them, without Julia code around: by emitted code and by the
 * interpreter. The interpreter runs everything as it was made, before any pass, so where both give the same bits the passes and the
 * emitter changed nothing.
 */
import { parseExpression } from '../../src/engine/1-syntax/parse.ts'
import { desugarExpression } from '../../src/engine/2-types/desugar/program.ts'
import type { JType } from '../../src/engine/2-types/type.ts'
import { interpret } from '../../src/engine/3-ir/interpret.ts'
import type { ParamActivity, Transform } from '../../src/engine/3-ir/ir.ts'
import { type ArrayObject, arrayOf } from '../../src/engine/3-ir/memory.ts'
import { overwrittenAll } from '../../src/engine/3-ir/overwritten.ts'
import { Tape } from '../../src/engine/3-ir/tape.ts'
import { requestDerived } from '../../src/engine/4-ad/transform-name.ts'
import { interpreterHost } from '../../src/engine/6-emit/interpreter-host.ts'
import { errorText } from '../../src/engine/6-emit/show/show.ts'
import type { Pipeline } from '../../src/engine/pipeline.ts'
import { testPipeline } from '../../src/engine/test-pipeline.ts'
import { INPUT } from './random-expression.ts'
import type { Shape } from './random-program.ts'

export const DIRECTION = [0.6, -0.35, 0.8] as const
export const STEP = 1e-3

/** A program in a pipeline in which everything is verified, after every stage and every pass. */
export class Program {
  readonly pipeline: Pipeline
  readonly #types: Readonly<Record<Shape, readonly JType[]>>
  #defined = 0

  constructor(text: string) {
    this.pipeline = testPipeline()
    this.pipeline.load({ name: 'random.jl', text }, this.pipeline.specialiser.world.main)
    const number = this.#valueType('1.0')
    this.#types = { scalars: [number, number, number], vector: [this.#valueType('[1.0]')] }
  }

  #valueType(text: string): JType {
    const value = this.pipeline.statements.execute(
      desugarExpression(parseExpression({ name: 'value', text })),
      this.pipeline.specialiser.world.main,
    )
    if (!value) throw new Error(`${text} has no value`)
    return this.pipeline.typeOf(value)
  }

  /** The name of the IR function of a Julia function that takes the inputs in this shape. */
  primal(name: string, shape: Shape): string {
    return this.#callable(name, this.#types[shape])
  }

  #callable(name: string, types: readonly JType[]): string {
    const { specialiser } = this.pipeline
    const { main } = specialiser.world
    const found = specialiser.world.lookup(main, name)
    if (found?.kind !== 'known') throw new Error(`${name} is not defined`)
    const span = { source: { name: 'call', text: '' }, start: 0, end: 0 }
    return specialiser.callable(main, [found.known.type, ...types], span).name
  }

  /** Defines a function of `x` with this body; the name of its IR function for arguments like the one given. */
  define(body: string, like: string): string {
    const name = `defined_${this.#defined++}`
    this.pipeline.load({ name: 'defined.jl', text: `${name}(x) = ${body}` }, this.pipeline.specialiser.world.main)
    return this.#callable(name, [this.#valueType(like)])
  }

  /** What `work` gives, or why it failed. */
  explained<T>(work: () => T): T | string {
    try {
      return work()
    } catch (error) {
      const exception = this.pipeline.runtime.exceptionOf(error)
      return exception ? errorText(exception, this.pipeline.host) : String(error)
    }
  }

  /** The name of a transform; `activity` has one letter a parameter: `aac`. */
  derived(mode: Transform['mode'], of: string, activity: string): string {
    const list = [...activity].map((letter): ParamActivity => (letter === 'a' ? 'active' : 'const'))
    const isSplit = mode === 'augmented' || mode === 'reverse'
    return requestDerived(this.pipeline.ir, {
      mode,
      of,
      activity: list,
      interface: true,
      overwritten: overwrittenAll(list.length, isSplit),
    })
  }
}

/** How a function of the IR is run. */
export type Run = (name: string, args: readonly unknown[]) => readonly unknown[]

export function emitted({ pipeline }: Program): Run {
  return (name, args) => pipeline.call(name, args)
}

export function interpreted({ pipeline }: Program): Run {
  const host = interpreterHost(pipeline.runtime, name => pipeline.deriver.resolve(name))
  return (name, args) => interpret(pipeline.ir, name, args, host)
}

const floats = (values: readonly number[]): ArrayObject => arrayOf([values.length], [Float64Array.from(values)])
const zeros = (): ArrayObject => floats([0, 0, 0])
const input = (): ArrayObject => floats(INPUT)
const direction = (): ArrayObject => floats(DIRECTION)

function numbers(values: readonly unknown[]): number[] {
  return values.map(value => {
    if (typeof value !== 'number') throw new Error(`expected a number, found ${String(value)}`)
    return value
  })
}

function elements(array: ArrayObject): number[] {
  return [...(array.c0 as Float64Array)].slice(0, array.n)
}

/** What derivatives of first order say. */
export interface First {
  readonly value: number
  /** Along `DIRECTION`. */
  readonly forward: number
  readonly gradient: readonly number[]
}

/** The gradient by two functions and a tape that is handed from one to the other; the hessian times `DIRECTION` in all ways, and that once more times `DIRECTION`. */
export interface Second {
  readonly split: readonly number[]
  readonly forwardReverse: readonly number[]
  readonly reverseReverse: readonly number[]
  readonly reverseForward: readonly number[]
  readonly forwardForward: number
}

/** One function of a program, under derivatives. */
export interface Subject {
  value(run: Run, at: readonly number[]): number
  first(run: Run): First
  second(run: Run): Second
}

export function subjectOf(program: Program, name: string, shape: Shape): Subject {
  const primal = program.primal(name, shape)
  return shape === 'vector' ? new OfVector(program, primal) : new OfScalars(program, primal)
}

class OfScalars implements Subject {
  readonly #program: Program
  readonly #primal: string

  constructor(program: Program, primal: string) {
    this.#program = program
    this.#primal = primal
  }

  value(run: Run, at: readonly number[]): number {
    return numbers(run(this.#primal, at))[0]!
  }

  first(run: Run): First {
    const made = (mode: Transform['mode']) => this.#program.derived(mode, this.#primal, 'aaa')
    const [value = Number.NaN, forward = Number.NaN] = numbers(run(made('forward'), [...INPUT, ...DIRECTION]))
    const [, ...gradient] = numbers(run(made('gradient'), [...INPUT, 1]))
    return { value, forward, gradient }
  }

  second(run: Run): Second {
    const made = (mode: Transform['mode'], of: string, activity: string) => this.#program.derived(mode, of, activity)
    const forward = made('forward', this.#primal, 'aaa')
    const gradient = made('gradient', this.#primal, 'aaa')
    const [, , , forwardForward = Number.NaN] = numbers(run(made('forward', forward, 'aaaccc'), [...INPUT, ...DIRECTION, ...DIRECTION]))
    const tape = new Tape()
    run(made('augmented', this.#primal, 'aaa'), [...INPUT, tape])
    return {
      split: numbers(run(made('reverse', this.#primal, 'aaa'), [1, tape])),
      forwardReverse: numbers(run(made('forward', gradient, 'aaac'), [...INPUT, 1, ...DIRECTION])).slice(5),
      reverseReverse: numbers(run(made('gradient', gradient, 'aaac'), [...INPUT, 1, 0, ...DIRECTION])).slice(4),
      reverseForward: numbers(run(made('gradient', forward, 'aaaccc'), [...INPUT, ...DIRECTION, 0, 1])).slice(2),
      forwardForward,
    }
  }
}

class OfVector implements Subject {
  readonly #program: Program
  readonly #primal: string

  constructor(program: Program, primal: string) {
    this.#program = program
    this.#primal = primal
  }

  value(run: Run, at: readonly number[]): number {
    const x = floats(at)
    const [value = Number.NaN] = numbers(run(this.#primal, [x]))
    if (elements(x).some((e, k) => e !== at[k])) throw new Error('the input was changed')
    return value
  }

  first(run: Run): First {
    const made = (mode: Transform['mode']) => this.#program.derived(mode, this.#primal, 'a')
    const [x, v, adjoint] = [input(), direction(), zeros()]
    const [value = Number.NaN, forward = Number.NaN] = numbers(run(made('forward'), [x, v]))
    run(made('gradient'), [x, adjoint, 1])
    const isIntact = elements(x).every((e, k) => e === INPUT[k]) && elements(v).every((e, k) => e === DIRECTION[k])
    if (!isIntact) throw new Error('the inputs were changed')
    return { value, forward, gradient: elements(adjoint) }
  }

  second(run: Run): Second {
    const made = (mode: Transform['mode'], of: string, activity: string) => this.#program.derived(mode, of, activity)
    const forward = made('forward', this.#primal, 'a')
    const gradient = made('gradient', this.#primal, 'a')
    const [split, forwardReverse, reverseReverse, reverseForward] = [zeros(), zeros(), zeros(), zeros()]
    const tape = new Tape()
    run(made('augmented', this.#primal, 'a'), [input(), split, tape])
    run(made('reverse', this.#primal, 'a'), [split, 1, tape])
    const [, , , forwardForward = Number.NaN] = numbers(run(made('forward', forward, 'aa'), [input(), direction(), direction(), zeros()]))
    run(made('forward', gradient, 'aac'), [input(), zeros(), 1, direction(), forwardReverse])
    run(made('gradient', gradient, 'aac'), [input(), zeros(), 1, reverseReverse, direction(), 0])
    run(made('gradient', forward, 'aa'), [input(), direction(), reverseForward, zeros(), 0, 1])
    return {
      split: elements(split),
      forwardReverse: elements(forwardReverse),
      reverseReverse: elements(reverseReverse),
      reverseForward: elements(reverseForward),
      forwardForward,
    }
  }
}
