/** Runs the IR as it stands: slow, obvious, and the judge of the emitted code. One rule an instruction kind. */
import { invariant } from '../../diagnostics/bug.ts'
import type { Block, DynamicMode, Func, Inst, InstKind, Module, Param, Type, ValueId } from './ir.ts'
import { type ArrayObject, asTrap, Boxed, getColumn, newArray, newStruct, type StructObject, Trap } from './memory.ts'
import { MEMORY_PRIMS, type MemoryPrim } from './memory-prims.ts'
import type { Prim } from './prims.ts'
import { evaluate } from './scalar.ts'
import { stackOf, Tape } from './tape.ts'
import { isArray } from './types.ts'

/** Looks on while a function runs. */
export interface Watch {
  /** `from` is the call it was entered by; null when the runtime called it. */
  readonly enter?: (f: Func, args: readonly unknown[], from: Inst | null) => void
  /** However it ended. */
  readonly leave?: (f: Func) => void
  /** Before each run of a block; `get` gives values that are defined around it. */
  readonly block?: (block: Block, args: readonly unknown[], get: (id: ValueId) => unknown) => void
  /** May put another value in the place of a result. */
  readonly after?: (inst: Inst, get: (id: ValueId) => unknown, put: (out: Param, value: unknown) => void) => void
}

/** What the interpreter needs of the runtime. */
export interface Host {
  readonly watch?: Watch | null
  /** Primitives that are not about memory (`MEMORY_PRIMS`): gives the results. */
  prim(prim: Exclude<Prim, MemoryPrim>, args: readonly unknown[]): readonly unknown[]
  dyncall(args: readonly unknown[], path: readonly DynamicMode[]): readonly unknown[]
  /** A function of the module that is not there yet: one that a transform has to make. */
  function(name: string): Func
  /** Leaves of each cell of `Module.globals`. */
  readonly globals: unknown[][]
  /** The boxed Julia exception of a run-time error; not called for `thrown`. */
  exception(trap: Trap): Boxed
}

/** A host without a runtime, for functions that need none. */
export function bareHost(module: Module): Host {
  return {
    prim: prim => invariantFails(`primitive ${prim} without a runtime`),
    dyncall: () => invariantFails('dynamic call without a runtime'),
    function: name => invariantFails(`there is no function ${name}`),
    globals: module.globals.map(({ leaves }) => leaves.map(zeroOf)),
    exception: trap => new Boxed(-1, [trap.reason]),
  }
}

function invariantFails(why: string): never {
  invariant(false, why)
}

/** What an element of a new array is. */
export function zeroOf(type: Type): unknown {
  // biome-ignore format: one case a line
  switch (type) {
    case 'f64':
    case 'f32':
    case 'i64': return 0
    case 'bool': return false
    default: return null
  }
}

/** Calls a function of the module; gives its results. Run-time errors of the program are thrown as `Trap`. */
export function interpret(module: Module, name: string, args: readonly unknown[], host: Host = bareHost(module)): unknown[] {
  return callFunc(module.funcs.get(name) ?? host.function(name), args, { module, host })
}

interface World {
  readonly module: Module
  readonly host: Host
}

/** One call: the values defined so far, by id. */
class Activation {
  readonly world: World
  readonly #values: unknown[] = []
  readonly #types: Type[] = []

  constructor(world: World) {
    this.world = world
  }

  get(id: ValueId): unknown {
    invariant(id in this.#types, `value ${id} is not defined`)
    return this.#values[id]
  }

  all(ids: readonly ValueId[]): unknown[] {
    return ids.map(id => this.get(id))
  }

  number(id: ValueId): number {
    return this.get(id) as number
  }

  typeOf(id: ValueId): Type {
    return this.#types[id]!
  }

  define(params: readonly { readonly id: ValueId; readonly type: Type }[], values: readonly unknown[]): void {
    invariant(params.length === values.length, `${values.length} values for ${params.length} names`)
    params.forEach(({ id, type }, i) => {
      this.#values[id] = values[i]
      this.#types[id] = type
    })
  }

  run(block: Block, args: readonly unknown[]): unknown[] {
    const { watch } = this.world.host
    watch?.block?.(block, args, id => this.get(id))
    this.define(block.params, args)
    for (const inst of block.body) {
      try {
        ;(RULES[inst.kind] as (inst: Inst, a: Activation) => void)(inst, this)
      } catch (error) {
        const trap = asTrap(error)
        // An instruction that holds blocks passes on what one of its own instructions has noted.
        if (trap && !holdsBlocks(inst)) trap.locs.push(inst.at)
        throw trap ?? error
      }
      watch?.after?.(
        inst,
        id => this.get(id),
        (out, value) => this.define([out], [value]),
      )
    }
    return this.all(block.yields)
  }
}

function holdsBlocks(inst: Inst): boolean {
  return inst.kind === 'if' || inst.kind === 'for' || inst.kind === 'while' || inst.kind === 'try'
}

function callFunc(f: Func, args: readonly unknown[], world: World, from: Inst | null = null): unknown[] {
  const { watch } = world.host
  watch?.enter?.(f, args, from)
  try {
    return new Activation(world).run(f.body, args)
  } finally {
    watch?.leave?.(f)
  }
}

/** The object a reference names; using the null reference is Julia's UndefRefError. */
function deref<T>(reference: unknown): T {
  if (reference === null) throw new Trap({ kind: 'undefined' })
  return reference as T
}

function columnAt(a: Activation, arr: ValueId, index: ValueId, column: number): { data: unknown[]; i: number } {
  const data = getColumn(deref<ArrayObject>(a.get(arr)), column) as unknown[]
  const i = a.number(index)
  invariant(i >= 0 && i < data.length, `index ${i} of ${data.length} was not checked`)
  return { data, i }
}

const RULES: { readonly [K in InstKind]: (inst: Extract<Inst, { kind: K }>, a: Activation) => void } = {
  const: ({ out, value }, a) => a.define([out], [value]),
  op: ({ out, op, args }, a) => a.define([out], [evaluate(op, a.all(args))]),
  prim: ({ outs, prim, args }, a) => {
    const own = (MEMORY_PRIMS as Partial<Record<Prim, (typeof MEMORY_PRIMS)[MemoryPrim]>>)[prim]
    const given = a.all(args)
    const results = own ? own(given, a.typeOf(args[0]!), a.world.module) : a.world.host.prim(prim as Exclude<Prim, MemoryPrim>, given)
    a.define(outs, results)
  },
  call: (inst, a) => {
    const { outs, callee, args } = inst
    const { module, host } = a.world
    a.define(outs, callFunc(module.funcs.get(callee) ?? host.function(callee), a.all(args), a.world, inst))
  },
  dyncall: ({ outs, args, path }, a) => a.define(outs, a.world.host.dyncall(a.all(args), path)),
  if: ({ outs, test, then, else: otherwise }, a) => a.define(outs, a.run(a.get(test) ? then : otherwise, [])),
  for: ({ outs, count, inits, body }, a) => {
    const n = a.number(count)
    let carried = a.all(inits)
    for (let i = 0; i < n; i++) carried = a.run(body, [i, ...carried])
    a.define(outs, carried)
  },
  while: ({ outs, inits, cond, body }, a) => {
    let carried = a.all(inits)
    while (a.run(cond, carried)[0]) carried = a.run(body, carried)
    a.define(outs, carried)
  },
  alloc: ({ out, dims }, a) => {
    invariant(isArray(out.type), `${out.type} is no array`)
    a.define([out], [newArray(out.type, a.all(dims) as number[])])
  },
  load: ({ out, arr, index, column }, a) => {
    const { data, i } = columnAt(a, arr, index, column)
    a.define([out], [out.type === 'bool' ? data[i] !== 0 : data[i]])
  },
  store: ({ arr, index, column, value }, a) => {
    const { data, i } = columnAt(a, arr, index, column)
    data[i] = a.typeOf(value) === 'bool' ? Number(a.get(value)) : a.get(value)
  },
  new: ({ out, fields }, a) => a.define([out], [newStruct(a.all(fields))]),
  get: ({ out, obj, field }, a) => {
    const object = deref<StructObject | Boxed>(a.get(obj))
    a.define([out], [object instanceof Boxed ? object.v[field] : object[`f${field}`]])
  },
  set: ({ obj, field, value }, a) => {
    const object = deref<StructObject | Boxed>(a.get(obj))
    if (object instanceof Boxed) object.v[field] = a.get(value)
    else object[`f${field}`] = a.get(value)
  },
  box: ({ out, type, leaves }, a) => a.define([out], [new Boxed(type, a.all(leaves))]),
  unbox: ({ outs, type, value }, a) => {
    const boxed = deref<Boxed>(a.get(value))
    if (boxed.t !== type) throw new Trap({ kind: 'type', expected: type, found: boxed })
    a.define(outs, boxed.v.slice(0, outs.length))
  },
  'tape-new': ({ out, shadow }, a) => a.define([out], [shadow ? new Tape().onZeros() : new Tape()]),
  push: ({ tape, value }, a) => {
    const stacks = a.get(tape) as Tape
    const x = a.get(value)
    // biome-ignore format: one case a line
    switch (stackOf(a.typeOf(value))) {
      case 'Float': return stacks.pushFloat(x as number)
      case 'Int': return stacks.pushInt(x as number)
      case 'Bool': return stacks.pushBool(x as boolean)
      case 'Ref': return stacks.pushRef(x)
    }
  },
  pop: ({ out, tape }, a) => a.define([out], [(a.get(tape) as Tape)[`pop${stackOf(out.type)}`]()]),
  throw: ({ value }, a) => {
    throw new Trap({ kind: 'thrown', value: a.get(value) as Boxed })
  },
  try: ({ outs, body, handler }, a) => {
    try {
      a.define(outs, a.run(body, []))
    } catch (error) {
      const trap = asTrap(error)
      if (!trap) throw error
      const caught = trap.reason.kind === 'thrown' ? trap.reason.value : a.world.host.exception(trap)
      a.define(outs, a.run(handler, [caught]))
    }
  },
  'global-get': ({ out, cell, leaf }, a) => a.define([out], [a.world.host.globals[cell]![leaf]]),
  'global-set': ({ cell, leaf, value }, a) => {
    a.world.host.globals[cell]![leaf] = a.get(value)
  },
}
