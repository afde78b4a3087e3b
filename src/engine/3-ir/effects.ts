/** What running an instruction, a block or a function may do besides giving its results. */
import { unreachable } from '../../diagnostics/bug.ts'
import type { Block, Func, Inst, Module, ValueId } from './ir.ts'
import { OPS, type Op } from './ops.ts'
import { PRIMS } from './prims.ts'
import { blocksOf, forEachInst } from './visit.ts'

export interface Effects {
  /** Its results depend on memory, globals, a tape or the outside. */
  readonly reads: boolean
  /** Changes memory that exists outside of it, or the outside sees it. */
  readonly writes: boolean
  /** Changes the size of an array. */
  readonly resizes: boolean
  readonly traps: Traps
}

/**
 * May it stop the program? `limit`: only where an integer leaves the range that we compute exactly, which needs no refusal when
 * nobody uses the number. `may`: with an error of the program, or by never ending. Neither is moved to where it would not have run.
 */
export type Traps = 'never' | 'limit' | 'may'

/** The effects of calling a function of the module. */
export type EffectsOfCall = (callee: string) => Effects

export const PURE: Effects = { reads: false, writes: false, resizes: false, traps: 'never' }
export const ANY_EFFECT: Effects = { reads: true, writes: true, resizes: true, traps: 'may' }
const LIMITED: Effects = { ...PURE, traps: 'limit' }
const TRAPS: Effects = { ...PURE, traps: 'may' }
const READS: Effects = { ...PURE, reads: true }
const READS_TRAPS: Effects = { ...READS, traps: 'may' }
const WRITES: Effects = { ...PURE, writes: true }
const WRITES_TRAPS: Effects = { ...WRITES, traps: 'may' }
const READS_WRITES: Effects = { ...READS, writes: true }

/** Operations that trap only where the result leaves the exact integers. */
const LIMITED_OPS: ReadonlySet<Op> = new Set<Op>(['i64.add', 'i64.sub', 'i64.mul', 'i64.shl', 'i64.shr'])

const anyCall: EffectsOfCall = () => ANY_EFFECT

/** Effects of one instruction with everything in it. */
export function effectsOf(inst: Inst, ofCall: EffectsOfCall = anyCall): Effects {
  // biome-ignore format: one case a line
  switch (inst.kind) {
    case 'const':
    case 'new':
    case 'box':
    case 'tape-new': return PURE
    case 'op': return OPS[inst.op].effect === 'pure' ? PURE : LIMITED_OPS.has(inst.op) ? LIMITED : TRAPS
    case 'prim': {
      const { effect, traps } = PRIMS[inst.prim]
      return { reads: effect !== 'pure', writes: effect === 'write' || effect === 'io', resizes: inst.prim === 'arr.resize', traps: traps ? 'may' : 'never' }
    }
    case 'call': return ofCall(inst.callee)
    case 'dyncall': return ANY_EFFECT
    // A size may be negative.
    case 'alloc': return TRAPS
    case 'load':
    case 'global-get': return READS
    case 'get':
    case 'unbox': return READS_TRAPS
    case 'store':
    case 'push':
    case 'global-set': return WRITES
    case 'set': return WRITES_TRAPS
    case 'pop': return READS_WRITES
    case 'throw': return TRAPS
    case 'if':
    case 'for': return joinBlocks(inst, ofCall)
    case 'while': return join(joinBlocks(inst, ofCall), TRAPS)
    case 'try': return { ...joinBlocks(inst, ofCall), traps: effectsOfBlock(inst.handler, ofCall).traps }
    default: return unreachable(inst)
  }
}

/** Effects of all instructions of a block. */
export function effectsOfBlock(block: Block, ofCall: EffectsOfCall = anyCall): Effects {
  let all = PURE
  for (const inst of block.body) all = join(all, effectsOf(inst, ofCall))
  return all
}

function joinBlocks(inst: Inst, ofCall: EffectsOfCall): Effects {
  let all = PURE
  for (const block of blocksOf(inst)) all = join(all, effectsOfBlock(block, ofCall))
  return all
}

function join(a: Effects, b: Effects): Effects {
  if (a === b || b === PURE) return a
  return {
    reads: a.reads || b.reads,
    writes: a.writes || b.writes,
    resizes: a.resizes || b.resizes,
    traps: a.traps === 'may' || b.traps === 'may' ? 'may' : a.traps === 'limit' || b.traps === 'limit' ? 'limit' : 'never',
  }
}

/** Must it stay even if nobody uses its results? */
export function hasEffect(inst: Inst, ofCall: EffectsOfCall = anyCall): boolean {
  const { writes, traps } = effectsOf(inst, ofCall)
  return writes || traps === 'may'
}

/**
 * The effects of the module's functions, each computed once, when first asked for. Writes to memory that a function made itself are
 * none of its effects. What is recursive or not there yet may do anything.
 */
export function effectsOfCalls(module: Module): EffectsOfCall {
  const known = new WeakMap<Func, Effects>()
  /** How many functions that are not there yet were asked for. */
  let missing = 0
  const ofCall: EffectsOfCall = callee => {
    const f = module.funcs.get(callee)
    if (!f) {
      missing++
      return ANY_EFFECT
    }
    const before = known.get(f)
    if (before) return before
    known.set(f, ANY_EFFECT)
    const missingBefore = missing
    const found = effectsOfFunc(f, ofCall)
    if (missing === missingBefore) known.set(f, found)
    else known.delete(f)
    return found
  }
  return ofCall
}

function effectsOfFunc(f: Func, ofCall: EffectsOfCall): Effects {
  const own = new Set<ValueId>()
  forEachInst(f.body, inst => {
    if (inst.kind === 'alloc' || inst.kind === 'new' || inst.kind === 'tape-new') own.add(inst.out.id)
  })
  const ofBlock = (block: Block): Effects => {
    let all = PURE
    for (const inst of block.body) {
      const blocks = blocksOf(inst)
      if (blocks.length === 0) all = join(all, isOwnWrite(inst, own) ? PURE : effectsOf(inst, ofCall))
      else if (inst.kind === 'try')
        all = join(all, { ...join(ofBlock(inst.body), ofBlock(inst.handler)), traps: ofBlock(inst.handler).traps })
      else {
        for (const inner of blocks) all = join(all, ofBlock(inner))
        if (inst.kind === 'while') all = join(all, TRAPS)
      }
    }
    return all
  }
  return ofBlock(f.body)
}

function isOwnWrite(inst: Inst, own: ReadonlySet<ValueId>): boolean {
  // biome-ignore format: one case a line
  switch (inst.kind) {
    case 'store': return own.has(inst.arr)
    case 'set': return own.has(inst.obj)
    case 'push':
    case 'pop': return own.has(inst.tape)
    default: return false
  }
}
