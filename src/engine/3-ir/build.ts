/** Builds one function, instruction by instruction. Knows the type of every value; checks nothing, the verifier does. */
import { invariant } from '../../diagnostics/bug.ts'
import type { Span } from '../../diagnostics/source.ts'
import type { Block, ConstValue, DynamicMode, Func, Inst, Loc, Param, Transform, Type, ValueId } from './ir.ts'
import { OPS, type Op } from './ops.ts'
import type { Prim } from './prims.ts'
import { columnsOf, isArray } from './types.ts'
import { outsOf } from './visit.ts'

/** A block that is being written. Constants are shared with the blocks inside of it. */
interface OpenBlock {
  readonly params: readonly Param[]
  readonly body: Inst[]
  readonly constants: Map<string, ValueId>
}

/** What `finish` adds to the body. */
export interface FuncOptions {
  readonly label?: string
  readonly made?: Transform | null
  readonly inline?: Func['inline']
}

export class Builder {
  readonly #params: Param[] = []
  readonly #values: (Param | undefined)[] = []
  readonly #open: OpenBlock[]
  #current: OpenBlock
  #nextId: number

  /** Ids below `firstId` are taken; values among them that are used must be made known with `declare`. */
  constructor(firstId = 0) {
    this.#nextId = firstId
    this.#current = { params: this.#params, body: [], constants: new Map() }
    this.#open = [this.#current]
  }

  /** A new parameter of the function. */
  param(type: Type, name: string, span?: Span): ValueId {
    const made = this.fresh(type, name)
    const param = span ? { id: made.id, type, name, span } : made
    this.#params.push(param)
    return param.id
  }

  /** A value with a new id that nothing defines yet. */
  fresh(type: Type, name: string): Param {
    const param: Param = { id: this.#nextId++ as ValueId, type, name }
    this.#values[param.id] = param
    return param
  }

  freshList(types: readonly Type[], names: readonly string[] = []): Param[] {
    return types.map((type, i) => this.fresh(type, names[i] ?? 't'))
  }

  /** Makes the type of a value known that was made elsewhere. */
  declare(param: Param): void {
    this.#values[param.id] = param
    if (param.id >= this.#nextId) this.#nextId = param.id + 1
  }

  valueOf(id: ValueId): Param {
    const param = this.#values[id]
    invariant(param, `value ${id} is not known to the builder`)
    return param
  }

  typeOf(id: ValueId): Type {
    return this.valueOf(id).type
  }

  nameOf(id: ValueId): string {
    return this.valueOf(id).name
  }

  /** Appends an instruction made elsewhere; its results become known. */
  append(inst: Inst): void {
    for (const out of outsOf(inst)) this.declare(out)
    this.#current.body.push(inst)
  }

  /** Number of instructions in the current block so far. */
  get length(): number {
    return this.#current.body.length
  }

  // ── Blocks ──

  /** Opens a nested block; instructions go there until `end` or `discard`. */
  begin(params: readonly Param[] = []): void {
    this.#current = { params, body: [], constants: new Map() }
    this.#open.push(this.#current)
  }

  /** Closes the block that was opened last and gives it; it must become part of an instruction, or be forgotten. */
  end(yields: readonly ValueId[]): Block {
    const { params, body } = this.#close()
    return { params, body, yields }
  }

  /** Opens a closed block again, to write behind what it holds; its constants are not shared any more. */
  reopen(block: Block): void {
    this.#current = { params: block.params, body: [...block.body], constants: new Map() }
    this.#open.push(this.#current)
  }

  /** Throws away the block that was opened last with everything in it. */
  discard(): void {
    this.#close()
  }

  /** How many blocks are open besides the function's own; for `discardTo`. */
  get depth(): number {
    return this.#open.length - 1
  }

  /** Throws away open blocks until `depth` are left; for a failure that leaves several blocks at once. */
  discardTo(depth: number): void {
    while (this.depth > depth) this.#close()
  }

  #close(): OpenBlock {
    invariant(this.#open.length > 1, 'no block is open')
    const closed = this.#open.pop()!
    this.#current = this.#open[this.#open.length - 1]!
    return closed
  }

  /** Writes a nested block with `write`, which gives the yields. */
  block(params: readonly Param[], write: (params: readonly ValueId[]) => readonly ValueId[]): Block {
    this.begin(params)
    const yields = write(params.map(param => param.id))
    return this.end(yields)
  }

  // ── Instructions, one method a kind ──

  const(type: Type, value: ConstValue, at: Loc, name = 'c'): ValueId {
    const key = `${type}:${typeof value}:${Object.is(value, -0) ? '-0' : value}`
    for (let i = this.#open.length - 1; i >= 0; i--) {
      const known = this.#open[i]!.constants.get(key)
      if (known !== undefined) return known
    }
    const out = this.fresh(type, name)
    this.#current.body.push({ kind: 'const', out, value, at })
    this.#current.constants.set(key, out.id)
    return out.id
  }

  f64(value: number, at: Loc): ValueId {
    return this.const('f64', value, at)
  }

  i64(value: number, at: Loc): ValueId {
    return this.const('i64', value, at)
  }

  bool(value: boolean, at: Loc): ValueId {
    return this.const('bool', value, at)
  }

  op(op: Op, args: readonly ValueId[], at: Loc, name = 't'): ValueId {
    const out = this.fresh(OPS[op].gives, name)
    this.#current.body.push({ kind: 'op', out, op, args, at })
    return out.id
  }

  /** `outTypes` are given because a `T` in the signature stands for any reference type. */
  prim(prim: Prim, args: readonly ValueId[], outTypes: readonly Type[], at: Loc, names: readonly string[] = []): ValueId[] {
    const outs = this.freshList(outTypes, names)
    this.#current.body.push({ kind: 'prim', outs, prim, args, at })
    return ids(outs)
  }

  call(callee: string, args: readonly ValueId[], outTypes: readonly Type[], at: Loc, names: readonly string[] = []): ValueId[] {
    const outs = this.freshList(outTypes, names)
    this.#current.body.push({ kind: 'call', outs, callee, args, at })
    return ids(outs)
  }

  dyncall(
    args: readonly ValueId[],
    path: readonly DynamicMode[],
    outTypes: readonly Type[],
    at: Loc,
    names: readonly string[] = [],
  ): ValueId[] {
    const outs = this.freshList(outTypes, names)
    this.#current.body.push({ kind: 'dyncall', outs, args, path, at })
    return ids(outs)
  }

  if(
    test: ValueId,
    writeThen: () => readonly ValueId[],
    writeElse: () => readonly ValueId[],
    outTypes: readonly Type[],
    at: Loc,
    names: readonly string[] = [],
  ): ValueId[] {
    const then = this.block([], writeThen)
    const otherwise = this.block([], writeElse)
    return this.ifBlocks(test, then, otherwise, outTypes, at, names)
  }

  ifBlocks(test: ValueId, then: Block, otherwise: Block, outTypes: readonly Type[], at: Loc, names: readonly string[] = []): ValueId[] {
    const outs = this.freshList(outTypes, names)
    this.#current.body.push({ kind: 'if', outs, test, then, else: otherwise, at })
    return ids(outs)
  }

  /** `write(index, carried)` gives the next carried values; the results have the types of `inits`. */
  for(
    count: ValueId,
    inits: readonly ValueId[],
    write: (index: ValueId, carried: readonly ValueId[]) => readonly ValueId[],
    at: Loc,
    names: readonly string[] = inits.map(id => this.nameOf(id)),
    indexName = 'i',
  ): ValueId[] {
    const types = inits.map(id => this.typeOf(id))
    const params = [this.fresh('i64', indexName), ...this.freshList(types, names)]
    const body = this.block(params, ([index, ...carried]) => write(index!, carried))
    return this.forBlock(count, inits, body, at, names)
  }

  forBlock(count: ValueId, inits: readonly ValueId[], body: Block, at: Loc, names: readonly string[] = []): ValueId[] {
    const outs = this.freshList(
      inits.map(id => this.typeOf(id)),
      names,
    )
    this.#current.body.push({ kind: 'for', outs, count, inits, body, at })
    return ids(outs)
  }

  /** `writeCond(carried)` gives the test, `writeBody(carried)` the next carried values. */
  while(
    inits: readonly ValueId[],
    writeCond: (carried: readonly ValueId[]) => ValueId,
    writeBody: (carried: readonly ValueId[]) => readonly ValueId[],
    at: Loc,
    names: readonly string[] = inits.map(id => this.nameOf(id)),
  ): ValueId[] {
    const types = inits.map(id => this.typeOf(id))
    const cond = this.block(this.freshList(types, names), carried => [writeCond(carried)])
    const body = this.block(this.freshList(types, names), writeBody)
    return this.whileBlocks(inits, cond, body, at, names)
  }

  whileBlocks(inits: readonly ValueId[], cond: Block, body: Block, at: Loc, names: readonly string[] = []): ValueId[] {
    const outs = this.freshList(
      inits.map(id => this.typeOf(id)),
      names,
    )
    this.#current.body.push({ kind: 'while', outs, inits, cond, body, at })
    return ids(outs)
  }

  alloc(type: `arr<${string}>`, dims: readonly ValueId[], at: Loc, name = 'a'): ValueId {
    const out = this.fresh(type, name)
    this.#current.body.push({ kind: 'alloc', out, dims, at })
    return out.id
  }

  load(arr: ValueId, index: ValueId, column: number, at: Loc, name = 't'): ValueId {
    const out = this.fresh(this.columnType(arr, column), name)
    this.#current.body.push({ kind: 'load', out, arr, index, column, at })
    return out.id
  }

  columnType(arr: ValueId, column: number): Type {
    const type = this.typeOf(arr)
    invariant(isArray(type), `${type} is not an array`)
    const leaf = columnsOf(type)[column]
    invariant(leaf, `${type} has no column ${column}`)
    return leaf
  }

  store(arr: ValueId, index: ValueId, column: number, value: ValueId, at: Loc): void {
    this.#current.body.push({ kind: 'store', arr, index, column, value, at })
  }

  new(type: `obj<${string}>`, fields: readonly ValueId[], at: Loc, name = 'o'): ValueId {
    const out = this.fresh(type, name)
    this.#current.body.push({ kind: 'new', out, fields, at })
    return out.id
  }

  get(obj: ValueId, field: number, type: Type, at: Loc, name = 't'): ValueId {
    const out = this.fresh(type, name)
    this.#current.body.push({ kind: 'get', out, obj, field, at })
    return out.id
  }

  set(obj: ValueId, field: number, value: ValueId, at: Loc): void {
    this.#current.body.push({ kind: 'set', obj, field, value, at })
  }

  box(type: number, leaves: readonly ValueId[], at: Loc, name = 'boxed'): ValueId {
    const out = this.fresh('any', name)
    this.#current.body.push({ kind: 'box', out, type, leaves, at })
    return out.id
  }

  unbox(type: number, value: ValueId, outTypes: readonly Type[], at: Loc, names: readonly string[] = []): ValueId[] {
    const outs = this.freshList(outTypes, names)
    this.#current.body.push({ kind: 'unbox', outs, type, value, at })
    return ids(outs)
  }

  tapeNew(at: Loc, name = 'tape'): ValueId {
    const out = this.fresh('tape', name)
    this.#current.body.push({ kind: 'tape-new', out, at })
    return out.id
  }

  shadowTape(at: Loc, name: string): ValueId {
    const out = this.fresh('tape', name)
    this.#current.body.push({ kind: 'tape-new', out, shadow: true, at })
    return out.id
  }

  push(tape: ValueId, value: ValueId, at: Loc, slot?: number): void {
    this.#current.body.push({ kind: 'push', tape, value, ...(slot === undefined ? {} : { slot }), at })
  }

  pop(tape: ValueId, type: Type, at: Loc, name = 't', slot?: number): ValueId {
    const out = this.fresh(type, name)
    this.#current.body.push({ kind: 'pop', out, tape, ...(slot === undefined ? {} : { slot }), at })
    return out.id
  }

  throw(value: ValueId, at: Loc): void {
    this.#current.body.push({ kind: 'throw', value, at })
  }

  try(
    writeBody: () => readonly ValueId[],
    writeHandler: (caught: ValueId) => readonly ValueId[],
    outTypes: readonly Type[],
    at: Loc,
    names: readonly string[] = [],
  ): ValueId[] {
    const body = this.block([], writeBody)
    const handler = this.block([this.fresh('any', 'caught')], ([caught]) => writeHandler(caught!))
    return this.tryBlocks(body, handler, outTypes, at, names)
  }

  tryBlocks(body: Block, handler: Block, outTypes: readonly Type[], at: Loc, names: readonly string[] = []): ValueId[] {
    const outs = this.freshList(outTypes, names)
    this.#current.body.push({ kind: 'try', outs, body, handler, at })
    return ids(outs)
  }

  globalGet(cell: number, leaf: number, type: Type, at: Loc, name = 'g'): ValueId {
    const out = this.fresh(type, name)
    this.#current.body.push({ kind: 'global-get', out, cell, leaf, at })
    return out.id
  }

  globalSet(cell: number, leaf: number, value: ValueId, at: Loc): void {
    this.#current.body.push({ kind: 'global-set', cell, leaf, value, at })
  }

  /** The function, with the results it hands out. All nested blocks must be closed. */
  finish(name: string, yields: readonly ValueId[], at: Loc, options: FuncOptions = {}): Func {
    invariant(this.depth === 0, `${this.depth} blocks of ${name} are still open`)
    return {
      name,
      label: options.label ?? name,
      body: { params: this.#params, body: this.#current.body, yields },
      results: yields.map(id => this.typeOf(id)),
      nextId: this.#nextId,
      made: options.made ?? null,
      inline: options.inline ?? 'auto',
      at,
    }
  }
}

function ids(params: readonly Param[]): ValueId[] {
  return params.map(param => param.id)
}
