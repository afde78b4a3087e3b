/**
 * Says whether a function is well-formed IR. The rules are the specification of the IR:
 *
 *   1. A value is defined once, and its id is below `nextId`.
 *   2. A value is used only after its definition, in the block of the definition or in a block inside of it.
 *   3. A literal has the type of its value; null is the null reference, and stands for a value that never exists, after a throw.
 *   4. A scalar operation takes and gives what `OPS` says.
 *   5. A primitive takes and gives what `PRIMS` says; `T` is one reference type throughout, `ref` any.
 *   6. A call names a function of the module and has its parameters and results. One that is still to be derived may have any.
 *   7. A dynamic call takes and gives boxed values, tapes and shadows of boxed values only; the first is the function.
 *   8. Both blocks of an `if` have no parameters and yield its results; the test is a bool.
 *   9. The body of a `for` takes an index and the carried values; it yields the next ones; the count is an i64.
 *  10. Both blocks of a `while` take the carried values; `cond` yields one bool and changes no memory; `body` yields the next carried.
 *  11. An array is made with i64 sizes; elements are read and written at an i64 index, in a column that the type has.
 *  12. An object is made with all fields of its struct; fields are read and written with their types. Of a boxed value, its leaves are.
 *  13. Boxing and unboxing a Julia type of the module has the leaves of that type.
 *  14. Pushes and pops are on a tape.
 *  15. What is thrown is boxed.
 *  16. The body of a `try` has no parameters, the handler takes the boxed exception; both yield its results.
 *  17. A global cell and its leaf exist in the module and have the leaf's type.
 *  18. The function yields its results.
 */

import { InternalError } from '../../diagnostics/bug.ts'
import { type EffectsOfCall, effectsOfBlock, PURE } from './effects.ts'
import type { Block, ConstValue, Func, Inst, InstKind, Module, Param, Type, ValueId } from './ir.ts'
import { OPS } from './ops.ts'
import { PRIMS } from './prims.ts'
import { printFunc } from './print.ts'
import { isInteger64 } from './scalar.ts'
import { columnsOf, isArray, isObject, isRef, structOf } from './types.ts'
import { blocksOf, operands, outsOf } from './visit.ts'

export interface VerifyOptions {
  /** Calls of functions that are not in the module yet are not looked at. */
  readonly open?: boolean
  /** Effects of calls, for rule 10; without it calls in conditions are trusted. */
  readonly effectsOfCall?: EffectsOfCall
}

type Of<K extends InstKind> = Extract<Inst, { kind: K }>

/** Everything that is wrong with a function, each with its line; empty if it is well-formed. */
export function verify(f: Func, module: Module, options: VerifyOptions = {}): string[] {
  const checker = new Checker(f, module, options)
  checker.run()
  if (checker.problems.length === 0) return []
  const lines = new Map<Inst, string>()
  printFunc(f, { onInst: (inst, text) => lines.set(inst, text) })
  return checker.problems.map(({ inst, text }) => (inst ? `${text}, in \`${lines.get(inst)}\`` : text))
}

/** Throws if the function is ill-formed; `made` says what made it so: a pass, a transform, a stage. */
export function assertWellFormed(f: Func, module: Module, made: string, options: VerifyOptions = {}): void {
  const problems = verify(f, module, options)
  if (problems.length === 0) return
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : ''
  const error = new InternalError(`ir.ill-typed: the IR of ${f.label} is ill-typed after ${made}: ${problems[0]}${more}`)
  error.attachments.push({ title: `problems of ${f.label} after ${made}`, text: problems.join('\n') })
  error.attachments.push({ title: `IR of ${f.label} after ${made}`, text: printFunc(f) })
  throw error
}

class Checker {
  readonly problems: { inst: Inst | null; text: string }[] = []
  readonly module: Module
  readonly options: VerifyOptions
  readonly #func: Func
  readonly #types: (Type | undefined)[] = []
  readonly #inScope: boolean[] = []
  #inst: Inst | null = null

  constructor(f: Func, module: Module, options: VerifyOptions) {
    this.#func = f
    this.module = module
    this.options = options
  }

  run(): void {
    this.#block(this.#func.body)
    this.#inst = null
    this.same('results', this.#typesOf(this.#func.body.yields), this.#func.results)
  }

  #block(block: Block): void {
    const defined: ValueId[] = []
    for (const param of block.params) this.#define(param, defined)
    for (const inst of block.body) {
      this.#inst = inst
      for (const id of operands(inst)) this.#use(id)
      for (const inner of blocksOf(inst)) this.#block(inner)
      this.#inst = inst
      ;(RULES[inst.kind] as (inst: Inst, checker: Checker) => void)(inst, this)
      for (const out of outsOf(inst)) this.#define(out, defined)
    }
    for (const id of block.yields) this.#use(id)
    if (block !== this.#func.body) for (const id of defined) this.#inScope[id] = false
  }

  /** Rule 1: a value is defined once, and its id is below `nextId`. */
  #define({ id, type, name }: Param, defined: ValueId[]): void {
    if (this.#types[id] !== undefined) this.wrong(`\`${name}\` (id ${id}) is defined twice`)
    if (id >= this.#func.nextId) this.wrong(`\`${name}\` has the id ${id}, which is not below ${this.#func.nextId}`)
    this.#types[id] = type
    this.#inScope[id] = true
    defined.push(id)
  }

  /** Rule 2: a value is used only after its definition, in the block of the definition or in a block inside of it. */
  #use(id: ValueId): void {
    if (!this.#inScope[id])
      this.wrong(this.#types[id] ? `value ${id} is used outside of its block` : `value ${id} is used before its definition`)
  }

  wrong(text: string): void {
    this.problems.push({ inst: this.#inst, text })
  }

  /** The type of a value, or null when it is not defined (which rule 2 reports). */
  typeOf(id: ValueId): Type | null {
    return this.#types[id] ?? null
  }

  #typesOf(ids: readonly ValueId[]): (Type | null)[] {
    return ids.map(id => this.typeOf(id))
  }

  expect(what: string, id: ValueId, expected: Type): void {
    const found = this.typeOf(id)
    if (found !== expected && found !== null) this.wrong(`${what} is ${found} where ${expected} is expected`)
  }

  same(what: string, found: readonly (Type | null)[], expected: readonly Type[]): void {
    if (found.length !== expected.length) this.wrong(`${found.length} ${what} where ${expected.length} are expected`)
    for (let i = 0; i < Math.min(found.length, expected.length); i++) {
      if (found[i] !== expected[i] && found[i] !== null)
        this.wrong(`${what}: number ${i + 1} is ${found[i]} where ${expected[i]} is expected`)
    }
  }

  operands(what: string, ids: readonly ValueId[], expected: readonly Type[]): void {
    if (ids.length !== expected.length) this.wrong(`${ids.length} ${what}s where ${expected.length} are expected`)
    for (let i = 0; i < Math.min(ids.length, expected.length); i++) this.expect(`${what} ${i + 1}`, ids[i]!, expected[i]!)
  }

  /** A nested block with parameters of these types that yields these types. */
  shape(what: string, block: Block, params: readonly Type[], yields: readonly Type[]): void {
    this.same(`parameters of ${what}`, typesOf(block.params), params)
    this.same(`values that ${what} yields`, this.#typesOf(block.yields), yields)
  }
}

const RULES: { readonly [K in InstKind]: (inst: Of<K>, c: Checker) => void } = {
  /** Rule 3: a literal has the type of its value; null is the null reference, and stands for a value that never exists, after a throw. */
  const: (inst, c) => {
    if (!fits(inst.value, inst.out.type)) c.wrong(`${inst.value} is no ${inst.out.type}`)
  },

  /** Rule 4: a scalar operation takes and gives what `OPS` says. */
  op: (inst, c) => {
    const spec = OPS[inst.op]
    if (!spec) return c.wrong(`there is no operation ${inst.op}`)
    c.operands('operand', inst.args, spec.takes)
    c.same('result', [inst.out.type], [spec.gives])
  },

  /** Rule 5: a primitive takes and gives what `PRIMS` says; `T` is one reference type throughout, `ref` any. */
  prim: (inst, c) => {
    const spec = PRIMS[inst.prim]
    if (!spec) return c.wrong(`there is no primitive ${inst.prim}`)
    const takes: readonly string[] = spec.takes
    const rest = takes.at(-1)?.startsWith('...') ? (takes.at(-1)!.slice(3) as Type) : null
    const slots = rest === null ? takes : takes.slice(0, -1)
    if (rest === null ? inst.args.length !== slots.length : inst.args.length < slots.length) {
      return c.wrong(`${inst.args.length} operands where ${slots.length} are expected`)
    }
    let reference: Type | null = null
    const check = (what: string, slot: string, found: Type | null): void => {
      if (found === null) return
      if (slot === 'ref') {
        if (!isRef(found)) c.wrong(`${what} is ${found} where a reference is expected`)
      } else if (slot !== 'T') {
        if (found !== slot) c.wrong(`${what} is ${found} where ${slot} is expected`)
      } else if (reference === null) {
        if (!isRef(found)) c.wrong(`${what} is ${found} where a reference is expected`)
        reference = found
      } else if (reference !== found) c.wrong(`${what} is ${found} where ${reference} is expected`)
    }
    inst.args.forEach((id, i) => check(`operand ${i + 1}`, slots[i] ?? rest!, c.typeOf(id)))
    const gives: readonly string[] = spec.gives
    if (inst.outs.length !== gives.length) c.wrong(`${inst.outs.length} results where ${gives.length} are expected`)
    inst.outs.forEach((out, i) => gives[i] !== undefined && check(`result ${i + 1}`, gives[i], out.type))
  },

  /** Rule 6: a call names a function of the module and has its parameters and results. One that is still to be derived may have any. */
  call: (inst, c) => {
    const callee = c.module.funcs.get(inst.callee)
    if (callee) {
      c.operands('argument', inst.args, typesOf(callee.body.params))
      c.same('results', typesOf(inst.outs), callee.results)
    } else if (!c.options.open && !c.module.derived.has(inst.callee)) c.wrong(`there is no function ${inst.callee}`)
  },

  /** Rule 7: a dynamic call takes and gives boxed values, tapes and shadows of boxed values only; the first is the function. */
  dyncall: (inst, c) => {
    if (inst.args.length === 0) c.wrong('the function is missing')
    const types = [...inst.args.map(id => c.typeOf(id)), ...typesOf(inst.outs)]
    for (const type of types) if (type !== 'any' && type !== 'tape' && type !== null) c.wrong(`${type} where a boxed value is expected`)
  },

  /** Rule 8: both blocks of an `if` have no parameters and yield its results; the test is a bool. */
  if: (inst, c) => {
    c.expect('the test', inst.test, 'bool')
    c.shape('the first block', inst.then, [], typesOf(inst.outs))
    c.shape('the second block', inst.else, [], typesOf(inst.outs))
  },

  /** Rule 9: the body of a `for` takes an index and the carried values; it yields the next ones; the count is an i64. */
  for: (inst, c) => {
    const carried = typesOf(inst.outs)
    c.expect('the count', inst.count, 'i64')
    c.operands('initial value', inst.inits, carried)
    c.shape('the body', inst.body, ['i64', ...carried], carried)
  },

  /** Rule 10: both blocks of a `while` take the carried values; `cond` yields one bool and changes no memory; `body` yields the next carried. */
  while: (inst, c) => {
    const carried = typesOf(inst.outs)
    c.operands('initial value', inst.inits, carried)
    c.shape('the condition', inst.cond, carried, ['bool'])
    c.shape('the body', inst.body, carried, carried)
    if (effectsOfBlock(inst.cond, c.options.effectsOfCall ?? (() => PURE)).writes) c.wrong('the condition changes memory')
  },

  /** Rule 11: an array is made with i64 sizes; elements are read and written at an i64 index, in a column that the type has. */
  alloc: (inst, c) => {
    if (!isArray(inst.out.type)) c.wrong(`${inst.out.type} is no array`)
    for (const id of inst.dims) c.expect('a size', id, 'i64')
  },
  load: (inst, c) => element(inst, inst.out.type, c),
  store: (inst, c) => element(inst, c.typeOf(inst.value), c),

  /** Rule 12: an object is made with all fields of its struct; fields are read and written with their types. */
  new: (inst, c) => {
    const fields = fieldsOf(inst.out.type, c)
    if (fields) c.operands('field', inst.fields, fields)
  },
  get: (inst, c) => field(inst, inst.out.type, c),
  set: (inst, c) => field(inst, c.typeOf(inst.value), c),

  /** Rule 13: boxing and unboxing a Julia type of the module has the leaves of that type. */
  box: (inst, c) => {
    c.same('result', [inst.out.type], ['any'])
    const leaves = leavesOf(inst.type, c)
    if (leaves) c.operands('boxed value', inst.leaves, leaves)
  },
  unbox: (inst, c) => {
    c.expect('the boxed value', inst.value, 'any')
    const leaves = leavesOf(inst.type, c)
    if (leaves) c.same('leaves', typesOf(inst.outs), leaves)
  },

  /** Rule 14: pushes and pops are on a tape. */
  'tape-new': (inst, c) => c.same('result', [inst.out.type], ['tape']),
  push: (inst, c) => c.expect('what is pushed on', inst.tape, 'tape'),
  pop: (inst, c) => c.expect('what is popped from', inst.tape, 'tape'),

  /** Rule 15: what is thrown is boxed. */
  throw: (inst, c) => c.expect('what is thrown', inst.value, 'any'),

  /** Rule 16: the body of a `try` has no parameters, the handler takes the boxed exception; both yield its results. */
  try: (inst, c) => {
    c.shape('the body', inst.body, [], typesOf(inst.outs))
    c.shape('the handler', inst.handler, ['any'], typesOf(inst.outs))
  },

  /** Rule 17: a global cell and its leaf exist in the module and have the leaf's type. */
  'global-get': (inst, c) => globalLeaf(inst, inst.out.type, c),
  'global-set': (inst, c) => globalLeaf(inst, c.typeOf(inst.value), c),
}

function typesOf(params: readonly Param[]): Type[] {
  return params.map(param => param.type)
}

function fits(value: ConstValue, type: Type): boolean {
  if (value === null) return true
  // biome-ignore format: one case a line
  switch (type) {
    case 'f64': return typeof value === 'number'
    case 'f32': return typeof value === 'number' && (Math.fround(value) === value || Number.isNaN(value))
    case 'i64': return typeof value === 'number' && (isInteger64(value) || Math.abs(value) === 2 ** 63) && !Object.is(value, -0)
    case 'bool': return typeof value === 'boolean'
    case 'str': return typeof value === 'string'
    default: return false
  }
}

function element(inst: Of<'load'> | Of<'store'>, type: Type | null, c: Checker): void {
  c.expect('the index', inst.index, 'i64')
  const array = c.typeOf(inst.arr)
  if (array === null) return
  if (!isArray(array)) return c.wrong(`${array} is no array`)
  const column = columnsOf(array)[inst.column]
  if (column === undefined) c.wrong(`${array} has no column ${inst.column}`)
  else if (type !== null && type !== column) c.wrong(`the element is ${type} where the column has ${column}`)
}

function fieldsOf(type: Type, c: Checker): Type[] | null {
  const struct = isObject(type) ? c.module.structs.get(structOf(type)) : undefined
  if (struct) return struct.fields.map(f => f.type)
  c.wrong(`${type} is no object of a struct of the module`)
  return null
}

function field(inst: Of<'get'> | Of<'set'>, type: Type | null, c: Checker): void {
  const object = c.typeOf(inst.obj)
  // Leaf number `field` of a boxed value: how derivatives read and write the shadow of a box, whose type only the run time knows.
  if (object === 'any') return
  const fields = object && fieldsOf(object, c)
  if (!fields) return
  const expected = fields[inst.field]
  if (expected === undefined) c.wrong(`${object} has no field ${inst.field}`)
  else if (type !== null && type !== expected) c.wrong(`the field is ${type} where the struct has ${expected}`)
}

function leavesOf(type: number, c: Checker): readonly Type[] | null {
  const known = c.module.types[type]
  if (!known) c.wrong(`there is no type ${type} in the module`)
  return known?.leaves ?? null
}

function globalLeaf(inst: Of<'global-get'> | Of<'global-set'>, type: Type | null, c: Checker): void {
  const leaf = c.module.globals[inst.cell]?.leaves[inst.leaf]
  if (leaf === undefined) c.wrong(`there is no leaf ${inst.leaf} of a global ${inst.cell} in the module`)
  else if (type !== null && type !== leaf) c.wrong(`${type} where the global has ${leaf}`)
}
