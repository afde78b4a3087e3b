/**
 * Random well-formed functions for property tests: scalars, branches, bounded loops, arrays, objects, tapes, boxes, exceptions, calls.
 * A program is decoded from a list of numbers, so that a shorter list is a smaller program and shrinking works.
 */
import fc from 'fast-check'
import { Builder } from './build.ts'
import type { Func, Module, Type, ValueId } from './ir.ts'
import { NOWHERE } from './loc.ts'
import { type ArrayObject, newFloats } from './memory.ts'
import { OPS, type Op } from './ops.ts'

/** Which operations and constructs may appear. */
export interface ProgramOptions {
  /** Scalar operations to draw from; all but those on strings if missing. */
  readonly ops?: readonly Op[]
  /** Objects, boxes, tapes and exceptions too. */
  readonly references?: boolean
  /** With references: globals and `try` as well, unless false. */
  readonly unsafe?: boolean
}

/** A module whose function `f` takes `SIGNATURE` and gives two floats, an integer and a bool; it calls `g`. */
export const SIGNATURE: readonly Type[] = ['f64', 'f64', 'i64', 'bool', 'arr<f64>']
const RESULTS: readonly Type[] = ['f64', 'f64', 'i64', 'bool']

/** Length of every array, a power of two so that any integer makes an index. */
const LENGTH = 4
const POINT = 'obj<Point>'
const PAIRS = 'arr<f64,i64>'
const at = NOWHERE

export function emptyModule(): Module {
  return {
    funcs: new Map(),
    derived: new Map(),
    structs: new Map([
      [
        'Point',
        {
          name: 'Point',
          fields: [
            { name: 'x', type: 'f64' },
            { name: 'n', type: 'i64' },
          ],
        },
      ],
    ]),
    types: [
      { label: 'Float64', leaves: ['f64'] },
      { label: 'Tuple{Float64, Int64}', leaves: ['f64', 'i64'] },
    ],
    globals: [{ name: 'counter', leaves: ['f64'] }],
  }
}

/** The program that a list of numbers stands for. */
export function programOf(choices: readonly number[], options: ProgramOptions = {}): Module {
  const module = emptyModule()
  const writer = new Writer(choices, options)
  const g = writer.func('g', [])
  module.funcs.set('g', g)
  module.funcs.set('f', writer.func('f', [g]))
  return module
}

export function arbitraryProgram(options: ProgramOptions = {}): fc.Arbitrary<Module> {
  return fc.noBias(fc.array(fc.nat(4095), { maxLength: 240, size: 'max' })).map(choices => programOf(choices, options))
}

export interface Arguments {
  readonly x: number
  readonly y: number
  readonly n: number
  readonly c: boolean
  readonly a: readonly number[]
}

const aFloat = fc.oneof(
  fc.constantFrom(0, -0, 1, -1, 2, 0.5, Infinity, -Infinity, Number.NaN, 5e-324),
  fc.double({ noNaN: true, min: -100, max: 100 }),
)

export const arbitraryArguments: fc.Arbitrary<Arguments> = fc.record({
  x: aFloat,
  y: aFloat,
  n: fc.integer({ min: -3, max: 9 }),
  c: fc.boolean(),
  a: fc.array(aFloat, { minLength: LENGTH, maxLength: LENGTH }),
})

/** The arguments as run-time values, with a new array each time. */
export function asValues({ x, y, n, c, a }: Arguments): unknown[] {
  const array: ArrayObject = newFloats([LENGTH])
  ;(array.c0 as Float64Array).set(a)
  return [x, y, n, c, array]
}

type Statement = (scope: Scope) => void

/** Operations that stop a program too often to be drawn like the others. */
const TRAPPING = ['i64.mul', 'i64.div', 'i64.rem', 'i64.shl', 'i64.shr', 'i64.from_f64', 'i64.trunc_f64'] as const satisfies readonly Op[]

/** What programs are made of unless the options say otherwise. */
const USUAL = (Object.keys(OPS) as Op[]).filter(
  op => !op.startsWith('str.') && !op.includes('f32') && !op.startsWith('i64.wrap') && !(TRAPPING as readonly Op[]).includes(op),
)

/** Values that may be used, by type, innermost last. */
type Scope = Map<Type, ValueId[]>

const MAX_DEPTH = 3

class Writer {
  readonly #choices: readonly number[]
  readonly #ops: readonly Op[]
  readonly #references: boolean
  readonly #unsafe: boolean
  #at = 0
  #b = new Builder()
  #callees: readonly Func[] = []
  #depth = 0
  /** Number of choices that the function being written may use. */
  #limit = 0

  constructor(choices: readonly number[], options: ProgramOptions) {
    this.#choices = choices
    this.#ops = options.ops ?? USUAL
    this.#references = options.references ?? true
    this.#unsafe = options.unsafe ?? true
  }

  /** A number below `n`; 0 when the list is used up. */
  #next(n: number): number {
    const choice = this.#choices[this.#at++] ?? 0
    return choice % n
  }

  #pick<T>(list: readonly T[]): T {
    return list[this.#next(list.length)]!
  }

  func(name: string, callees: readonly Func[]): Func {
    this.#b = new Builder()
    this.#callees = callees
    const scope: Scope = new Map()
    SIGNATURE.forEach((type, i) => this.#add(scope, this.#b.param(type, 'xynca'[i]!)))
    // `g` gets about a quarter of the choices.
    this.#limit = callees.length === 0 ? this.#choices.length / 4 : this.#choices.length
    this.#statements(scope, 16)
    return this.#b.finish(
      name,
      RESULTS.map(type => this.#value(scope, type)),
      at,
    )
  }

  #add(scope: Scope, id: ValueId): void {
    const type = this.#b.typeOf(id)
    scope.set(type, [...(scope.get(type) ?? []), id])
  }

  #has(scope: Scope, type: Type): boolean {
    return (scope.get(type)?.length ?? 0) > 0
  }

  /** A value of a scalar type, or of a type that the scope has; now and then a new literal. */
  #value(scope: Scope, type: Type): ValueId {
    const known = scope.get(type) ?? []
    const choice = this.#next(known.length + 1)
    if (choice > 0) return known[known.length - choice]!
    // biome-ignore format: one case a line
    switch (type) {
      case 'f64': return this.#b.f64(this.#pick([0, 1, -1, 2, -0, 0.5, 3]), at)
      case 'i64': return this.#b.i64(this.#pick([0, 1, -1, 2, 3, 7]), at)
      case 'bool': return this.#b.bool(this.#pick([true, false]), at)
      default: return known.at(-1)!
    }
  }

  #statements(scope: Scope, most: number): void {
    for (let i = 0; i < most && this.#at < this.#limit; i++) this.#pick(this.#statementsFor(scope))(scope)
  }

  #statementsFor(scope: Scope): Statement[] {
    const list: Statement[] = [this.#op, this.#op, this.#op, this.#load, this.#store, this.#alloc]
    if (this.#depth < MAX_DEPTH) list.push(this.#if, this.#for, this.#while)
    // Outside of loops few integers are indices.
    if (this.#depth > 0) list.push(this.#check)
    if (this.#callees.length > 0) list.push(this.#call)
    if (this.#references) {
      list.push(this.#new, this.#box, this.#pushPop)
      if (this.#unsafe) list.push(this.#global)
      if (this.#has(scope, POINT)) list.push(this.#get, this.#set)
      if (this.#has(scope, PAIRS)) list.push(this.#pairs)
      if (this.#unsafe && this.#depth < MAX_DEPTH) list.push(this.#try)
    }
    return list
  }

  #op: Statement = scope => {
    const op = this.#ops === USUAL && this.#next(40) === 39 ? this.#pick(TRAPPING) : this.#pick(this.#ops)
    const args = OPS[op].takes.map(type => this.#value(scope, type))
    this.#add(scope, this.#b.op(op, args, at))
  }

  /** A literal index, or any integer cut to the length of the arrays. */
  #index(scope: Scope): ValueId {
    if (this.#next(2)) return this.#b.i64(this.#next(LENGTH), at)
    return this.#b.op('i64.and', [this.#value(scope, 'i64'), this.#b.i64(LENGTH - 1, at)], at, 'k')
  }

  /** The length of an array, plus or minus a little. */
  #length(scope: Scope): ValueId {
    const [length] = this.#b.prim('arr.len', [this.#value(scope, 'arr<f64>')], ['i64'], at)
    return this.#b.op('i64.add', [length!, this.#b.i64(this.#pick([0, -1, 1]), at)], at)
  }

  /** A check of a value that is often an index of a loop, and often fails. */
  #check: Statement = scope => {
    const array = this.#value(scope, 'arr<f64>')
    const index = this.#value(scope, 'i64')
    this.#b.prim('arr.check', [array, index], [], at)
    this.#add(scope, this.#b.load(array, index, 0, at))
  }

  #load: Statement = scope => this.#add(scope, this.#b.load(this.#value(scope, 'arr<f64>'), this.#index(scope), 0, at))
  #store: Statement = scope => this.#b.store(this.#value(scope, 'arr<f64>'), this.#index(scope), 0, this.#value(scope, 'f64'), at)
  #alloc: Statement = scope => {
    const type = this.#pick(['arr<f64>', PAIRS] as const)
    const dims = this.#next(2) ? [this.#b.i64(2, at), this.#b.i64(2, at)] : [this.#b.i64(LENGTH, at)]
    const array = this.#b.alloc(type, dims, at)
    this.#add(scope, array)
    this.#addAll(scope, this.#b.prim('arr.dim', [array, this.#b.i64(this.#next(2), at)], ['i64'], at))
  }
  #pairs: Statement = scope => {
    const column = this.#next(2)
    const array = this.#value(scope, PAIRS)
    if (this.#next(2)) this.#add(scope, this.#b.load(array, this.#index(scope), column, at))
    else this.#b.store(array, this.#index(scope), column, this.#value(scope, column ? 'i64' : 'f64'), at)
  }

  /** Writes a nested block; what it defines ends with it. */
  #block(
    scope: Scope,
    params: readonly Type[],
    yields: readonly Type[],
    write: (inner: Scope, ids: readonly ValueId[]) => void = () => {},
  ) {
    this.#depth++
    const block = this.#b.block(this.#b.freshList(params, ['i']), ids => {
      const inner: Scope = new Map(scope)
      for (const id of ids) this.#add(inner, id)
      write(inner, ids)
      this.#statements(inner, 4)
      return yields.map(type => this.#value(inner, type))
    })
    this.#depth--
    return block
  }

  #types(scope: Scope): Type[] {
    const types: Type[] = ['f64', 'i64', 'bool', 'arr<f64>']
    if (this.#has(scope, POINT)) types.push(POINT)
    return Array.from({ length: this.#next(4) }, () => this.#pick(types))
  }

  #addAll(scope: Scope, ids: readonly ValueId[]): void {
    for (const id of ids) this.#add(scope, id)
  }

  #if: Statement = scope => {
    const outs = this.#types(scope)
    const test = this.#value(scope, 'bool')
    const then = this.#block(scope, [], outs)
    this.#addAll(scope, this.#b.ifBlocks(test, then, this.#block(scope, [], outs), outs, at))
  }

  #for: Statement = scope => {
    const carried = this.#types(scope)
    const counts = [() => this.#b.i64(this.#next(4), at), () => this.#index(scope), () => this.#length(scope)]
    const count = this.#pick(counts)()
    const inits = carried.map(type => this.#value(scope, type))
    this.#addAll(scope, this.#b.forBlock(count, inits, this.#block(scope, ['i64', ...carried], carried), at))
  }

  /** Ends because it counts down. */
  #while: Statement = scope => {
    const carried = this.#types(scope)
    const inits = [this.#index(scope), ...carried.map(type => this.#value(scope, type))]
    const types: Type[] = ['i64', ...carried]
    const cond = this.#b.block(this.#b.freshList(types), ([left]) => [this.#b.op('i64.lt', [this.#b.i64(0, at), left!], at)])
    let next = inits[0]!
    const body = this.#block(scope, types, carried, (_inner, ids) => {
      next = this.#b.op('i64.sub', [ids[0]!, this.#b.i64(1, at)], at)
    })
    this.#addAll(scope, this.#b.whileBlocks(inits, cond, { ...body, yields: [next, ...body.yields] }, at))
  }

  #call: Statement = scope => {
    const g = this.#pick(this.#callees)
    this.#addAll(
      scope,
      this.#b.call(
        g.name,
        SIGNATURE.map(type => this.#value(scope, type)),
        g.results,
        at,
      ),
    )
  }

  #new: Statement = scope => this.#add(scope, this.#b.new(POINT, [this.#value(scope, 'f64'), this.#value(scope, 'i64')], at))
  #get: Statement = scope => {
    const field = this.#next(2)
    this.#add(scope, this.#b.get(this.#value(scope, POINT), field, field ? 'i64' : 'f64', at))
  }
  #set: Statement = scope => {
    const field = this.#next(2)
    this.#b.set(this.#value(scope, POINT), field, this.#value(scope, field ? 'i64' : 'f64'), at)
  }

  #box: Statement = scope => {
    const boxed = this.#b.box(1, [this.#value(scope, 'f64'), this.#value(scope, 'i64')], at)
    // Now and then the wrong type, which is a TypeError.
    if (this.#next(50) === 49) this.#addAll(scope, this.#b.unbox(0, boxed, ['f64'], at))
    else this.#addAll(scope, this.#b.unbox(1, boxed, ['f64', 'i64'], at))
  }

  /** Pushes, in a loop now and then, and pops what it has pushed. */
  #pushPop: Statement = scope => {
    const types: Type[] = Array.from({ length: 1 + this.#next(3) }, () => this.#pick<Type>(['f64', 'i64', 'bool', 'arr<f64>']))
    const tape = this.#b.tapeNew(at)
    const count = this.#b.i64(1 + this.#next(2), at)
    if (this.#next(2)) {
      for (const type of types) this.#b.push(tape, this.#value(scope, type), at)
      this.#statements(scope, 2)
      for (const type of [...types].reverse()) this.#add(scope, this.#b.pop(tape, type, at))
      return
    }
    const pushes = this.#block(scope, ['i64'], [], inner => {
      for (const type of types) this.#b.push(tape, this.#value(inner, type), at)
    })
    this.#b.forBlock(count, [], pushes, at)
    const pops = this.#block(scope, ['i64', 'f64'], ['f64'], inner => {
      for (const type of [...types].reverse()) this.#add(inner, this.#b.pop(tape, type, at))
    })
    this.#addAll(scope, this.#b.forBlock(count, [this.#value(scope, 'f64')], pops, at))
  }

  #global: Statement = scope => {
    if (this.#next(2)) this.#add(scope, this.#b.globalGet(0, 0, 'f64', at))
    else this.#b.globalSet(0, 0, this.#value(scope, 'f64'), at)
  }

  #try: Statement = scope => {
    const outs = this.#types(scope)
    const body = this.#block(scope, [], outs, inner => {
      const thrown = this.#b.box(0, [this.#value(inner, 'f64')], at)
      const test = this.#value(inner, 'bool')
      const then = this.#b.block([], () => {
        this.#b.throw(thrown, at)
        return []
      })
      this.#b.ifBlocks(test, then, { params: [], body: [], yields: [] }, [], at)
    })
    this.#addAll(scope, this.#b.tryBlocks(body, this.#block(scope, ['any'], outs), outs, at))
  }
}
