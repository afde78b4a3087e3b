/** Where operands, results and nested blocks are in an instruction. The only file that knows; everything else walks with these. */
import { unreachable } from '../../diagnostics/bug.ts'
import type { Block, Inst, Loc, Param, ValueId } from './ir.ts'

const NONE: readonly never[] = []

/** The values an instruction itself uses, in order; those used inside of its blocks are not among them. */
export function operands(inst: Inst): readonly ValueId[] {
  // biome-ignore format: one case a line
  switch (inst.kind) {
    case 'const':
    case 'tape-new':
    case 'try':
    case 'global-get': return NONE
    case 'op':
    case 'prim':
    case 'call':
    case 'dyncall': return inst.args
    case 'if': return [inst.test]
    case 'for': return [inst.count, ...inst.inits]
    case 'while': return inst.inits
    case 'alloc': return inst.dims
    case 'load': return [inst.arr, inst.index]
    case 'store': return [inst.arr, inst.index, inst.value]
    case 'new': return inst.fields
    case 'get': return [inst.obj]
    case 'set': return [inst.obj, inst.value]
    case 'box': return inst.leaves
    case 'unbox': return [inst.value]
    case 'push': return [inst.tape, inst.value]
    case 'pop': return [inst.tape]
    case 'throw': return [inst.value]
    case 'global-set': return [inst.value]
    default: return unreachable(inst)
  }
}

/** The values an instruction defines. */
export function outsOf(inst: Inst): readonly Param[] {
  // biome-ignore format: one case a line
  switch (inst.kind) {
    case 'const':
    case 'op':
    case 'alloc':
    case 'load':
    case 'new':
    case 'get':
    case 'box':
    case 'tape-new':
    case 'pop':
    case 'global-get': return [inst.out]
    case 'prim':
    case 'call':
    case 'dyncall':
    case 'if':
    case 'for':
    case 'while':
    case 'unbox':
    case 'try': return inst.outs
    case 'store':
    case 'set':
    case 'push':
    case 'throw':
    case 'global-set': return NONE
    default: return unreachable(inst)
  }
}

/** The blocks nested in an instruction, in the order in which they are printed. */
export function blocksOf(inst: Inst): readonly Block[] {
  // biome-ignore format: one case a line
  switch (inst.kind) {
    case 'if': return [inst.then, inst.else]
    case 'for': return [inst.body]
    case 'while': return [inst.cond, inst.body]
    case 'try': return [inst.body, inst.handler]
    default: return NONE
  }
}

/** What `mapInst` puts in the place of operands, of nested blocks, of defined values and of the location. Missing: as it is. */
export interface Mapping {
  readonly value?: (id: ValueId) => ValueId
  readonly block?: (block: Block) => Block
  readonly param?: (param: Param) => Param
  readonly loc?: (at: Loc) => Loc
}

/** The same list when nothing in it changes. */
export function mapList<T>(list: readonly T[], f: (item: T) => T): readonly T[] {
  let copy: T[] | null = null
  for (let i = 0; i < list.length; i++) {
    const before = list[i]!
    const after = f(before)
    if (copy) copy.push(after)
    else if (after !== before) {
      copy = list.slice(0, i)
      copy.push(after)
    }
  }
  return copy ?? list
}

const same = <T>(x: T): T => x

/** The instruction with its parts replaced, in the order operands, blocks, results; the same object when nothing changes. */
export function mapInst(inst: Inst, mapping: Mapping): Inst {
  const v = mapping.value ?? same
  const b = mapping.block ?? same
  const p = mapping.param ?? same
  const at = mapping.loc ? mapping.loc(inst.at) : inst.at
  const moved = at !== inst.at
  switch (inst.kind) {
    case 'const':
    case 'tape-new':
    case 'global-get': {
      const out = p(inst.out)
      return moved || out !== inst.out ? { ...inst, out, at } : inst
    }
    case 'op': {
      const args = mapList(inst.args, v)
      const out = p(inst.out)
      return moved || args !== inst.args || out !== inst.out ? { kind: 'op', out, op: inst.op, args, at } : inst
    }
    case 'prim':
    case 'call':
    case 'dyncall': {
      const args = mapList(inst.args, v)
      const outs = mapList(inst.outs, p)
      return moved || args !== inst.args || outs !== inst.outs ? { ...inst, outs, args, at } : inst
    }
    case 'if': {
      const test = v(inst.test)
      const then = b(inst.then)
      const otherwise = b(inst.else)
      const outs = mapList(inst.outs, p)
      const same = test === inst.test && then === inst.then && otherwise === inst.else && outs === inst.outs
      return moved || !same ? { kind: 'if', outs, test, then, else: otherwise, at } : inst
    }
    case 'for': {
      const count = v(inst.count)
      const inits = mapList(inst.inits, v)
      const body = b(inst.body)
      const outs = mapList(inst.outs, p)
      const same = count === inst.count && inits === inst.inits && body === inst.body && outs === inst.outs
      return moved || !same ? { kind: 'for', outs, count, inits, body, at } : inst
    }
    case 'while': {
      const inits = mapList(inst.inits, v)
      const cond = b(inst.cond)
      const body = b(inst.body)
      const outs = mapList(inst.outs, p)
      const same = inits === inst.inits && cond === inst.cond && body === inst.body && outs === inst.outs
      return moved || !same ? { kind: 'while', outs, inits, cond, body, at } : inst
    }
    case 'alloc': {
      const dims = mapList(inst.dims, v)
      const out = p(inst.out)
      return moved || dims !== inst.dims || out !== inst.out ? { ...inst, out, dims, at } : inst
    }
    case 'load': {
      const arr = v(inst.arr)
      const index = v(inst.index)
      const out = p(inst.out)
      return moved || arr !== inst.arr || index !== inst.index || out !== inst.out ? { ...inst, out, arr, index, at } : inst
    }
    case 'store': {
      const arr = v(inst.arr)
      const index = v(inst.index)
      const value = v(inst.value)
      return moved || arr !== inst.arr || index !== inst.index || value !== inst.value ? { ...inst, arr, index, value, at } : inst
    }
    case 'new': {
      const fields = mapList(inst.fields, v)
      const out = p(inst.out)
      return moved || fields !== inst.fields || out !== inst.out ? { ...inst, out, fields, at } : inst
    }
    case 'get': {
      const obj = v(inst.obj)
      const out = p(inst.out)
      return moved || obj !== inst.obj || out !== inst.out ? { ...inst, out, obj, at } : inst
    }
    case 'set': {
      const obj = v(inst.obj)
      const value = v(inst.value)
      return moved || obj !== inst.obj || value !== inst.value ? { ...inst, obj, value, at } : inst
    }
    case 'box': {
      const leaves = mapList(inst.leaves, v)
      const out = p(inst.out)
      return moved || leaves !== inst.leaves || out !== inst.out ? { ...inst, out, leaves, at } : inst
    }
    case 'unbox': {
      const value = v(inst.value)
      const outs = mapList(inst.outs, p)
      return moved || value !== inst.value || outs !== inst.outs ? { ...inst, outs, value, at } : inst
    }
    case 'push': {
      const tape = v(inst.tape)
      const value = v(inst.value)
      return moved || tape !== inst.tape || value !== inst.value ? { ...inst, tape, value, at } : inst
    }
    case 'pop': {
      const tape = v(inst.tape)
      const out = p(inst.out)
      return moved || tape !== inst.tape || out !== inst.out ? { ...inst, out, tape, at } : inst
    }
    case 'throw':
    case 'global-set': {
      const value = v(inst.value)
      return moved || value !== inst.value ? { ...inst, value, at } : inst
    }
    case 'try': {
      const body = b(inst.body)
      const handler = b(inst.handler)
      const outs = mapList(inst.outs, p)
      return moved || body !== inst.body || handler !== inst.handler || outs !== inst.outs ? { kind: 'try', outs, body, handler, at } : inst
    }
    default:
      return unreachable(inst)
  }
}

/** The instruction with other operands; its nested blocks are left alone. */
export function mapOperands(inst: Inst, value: (id: ValueId) => ValueId): Inst {
  return mapInst(inst, { value })
}

/** A block with each instruction and the yields replaced; the same object when nothing changes. */
export function mapBlock(block: Block, inst: (inst: Inst) => Inst, value: (id: ValueId) => ValueId = same): Block {
  const body = mapList(block.body, inst)
  const yields = mapList(block.yields, value)
  return body === block.body && yields === block.yields ? block : { params: block.params, body, yields }
}

/** The block with another body and other yields; the same object when they are its own. */
export function withBody(block: Block, body: readonly Inst[], yields: readonly ValueId[] = block.yields): Block {
  const same = yields === block.yields && body.length === block.body.length && body.every((inst, i) => inst === block.body[i])
  return same ? block : { params: block.params, body, yields }
}

/** A block, everything in it, with values from outside replaced. Shares what does not change. */
export function substitute(block: Block, value: (id: ValueId) => ValueId): Block {
  const inner = (b: Block): Block => substitute(b, value)
  return mapBlock(block, inst => mapInst(inst, { value, block: inner }), value)
}

const freeCache = new WeakMap<Block, readonly ValueId[]>()

/** Values that a block or anything in it uses and that come from outside, by first use. */
export function freeValues(block: Block): readonly ValueId[] {
  const known = freeCache.get(block)
  if (known) return known
  const defined = new Set<ValueId>()
  const free = new Set<ValueId>()
  const use = (id: ValueId): void => {
    if (!defined.has(id)) free.add(id)
  }
  for (const param of block.params) defined.add(param.id)
  for (const inst of block.body) {
    for (const id of operands(inst)) use(id)
    for (const inner of blocksOf(inst)) for (const id of freeValues(inner)) use(id)
    for (const out of outsOf(inst)) defined.add(out.id)
  }
  for (const id of block.yields) use(id)
  const found = [...free]
  freeCache.set(block, found)
  return found
}

/** Every instruction of a block and of the blocks in it, an instruction before those inside of it. */
export function* instsOf(block: Block): Generator<Inst> {
  for (const inst of block.body) {
    yield inst
    for (const inner of blocksOf(inst)) yield* instsOf(inner)
  }
}

/** Calls `f` for every instruction, as `instsOf` orders them; faster than the generator. */
export function forEachInst(block: Block, f: (inst: Inst) => void): void {
  for (const inst of block.body) {
    f(inst)
    for (const inner of blocksOf(inst)) forEachInst(inner, f)
  }
}

/** Calls `f` for every value a block defines, parameters of nested blocks included. */
export function forEachParam(block: Block, f: (param: Param) => void): void {
  for (const param of block.params) f(param)
  for (const inst of block.body) {
    for (const inner of blocksOf(inst)) forEachParam(inner, f)
    for (const out of outsOf(inst)) f(out)
  }
}

/** Is there anything in it that may run many times? */
export function hasLoop(block: Block): boolean {
  return block.body.some(inst => inst.kind === 'for' || inst.kind === 'while' || blocksOf(inst).some(hasLoop))
}

/** Number of instructions, nested ones included. */
export function sizeOf(block: Block): number {
  let size = 0
  forEachInst(block, () => size++)
  return size
}

/**
 * A copy of a block in which everything it defines has a new id. `outer` says what stands for values from outside, and is extended with the
 * copies; `fresh` gives the next free id.
 */
export function cloneBlock(
  block: Block,
  fresh: () => ValueId,
  mapLoc: (at: Loc) => Loc = same,
  outer: Map<ValueId, ValueId> = new Map(),
): Block {
  const value = (id: ValueId): ValueId => outer.get(id) ?? id
  const param = (old: Param): Param => {
    const id = fresh()
    outer.set(old.id, id)
    return { ...old, id }
  }
  const mapping: Mapping = { value, param, loc: mapLoc, block: inner => cloneBlock(inner, fresh, mapLoc, outer) }
  const params = block.params.map(param)
  const body = block.body.map(inst => mapInst(inst, mapping))
  return { params, body, yields: block.yields.map(value) }
}

/** Does not compile if an instruction lacks its location. */
type Lacking = Exclude<Inst, { readonly at: Loc }>
const lacking: [Lacking] extends [never] ? null : Lacking = null
void lacking
