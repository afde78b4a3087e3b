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
  /** The same as one number, of which equal effects are one object. */
  readonly bits: number
}

/**
 * May it stop the program? `limit`: only where an integer leaves the range that we compute exactly, which needs no refusal when
 * nobody uses the number. `may`: with an error of the program, or by never ending. Neither is moved to where it would not have run.
 */
export type Traps = 'never' | 'limit' | 'may'

/** The effects of calling a function of the module. */
export type EffectsOfCall = (callee: string) => Effects

const READS = 1
const WRITES = 2
const RESIZES = 4
const LIMITED = 8
const TRAPS = 16

const ALL: readonly Effects[] = Array.from({ length: 32 }, (_, bits) => ({
  reads: (bits & READS) !== 0,
  writes: (bits & WRITES) !== 0,
  resizes: (bits & RESIZES) !== 0,
  traps: bits & TRAPS ? 'may' : bits & LIMITED ? 'limit' : 'never',
  bits,
}))

const ANY_BITS = READS | WRITES | RESIZES | TRAPS
const ANY_EFFECT = ALL[ANY_BITS]!
export const PURE: Effects = ALL[0]!

/** Operations that trap only where the result leaves the exact integers. */
const LIMITED_OPS: ReadonlySet<Op> = new Set<Op>(['i64.add', 'i64.sub', 'i64.mul', 'i64.and', 'i64.or', 'i64.xor', 'i64.shl', 'i64.shr'])

const anyCall: EffectsOfCall = () => ANY_EFFECT

/** Effects of one instruction with everything in it. */
export function effectsOf(inst: Inst, ofCall: EffectsOfCall = anyCall): Effects {
  return ALL[bitsOf(inst, ofCall)]!
}

function bitsOf(inst: Inst, ofCall: EffectsOfCall): number {
  // biome-ignore format: one case a line
  switch (inst.kind) {
    case 'const':
    case 'new':
    case 'box':
    case 'tape-new': return 0
    case 'op': return OPS[inst.op].effect === 'pure' ? 0 : LIMITED_OPS.has(inst.op) ? LIMITED : TRAPS
    case 'prim': {
      const { effect, traps } = PRIMS[inst.prim]
      return (effect !== 'pure' ? READS : 0) | (effect === 'write' || effect === 'io' ? WRITES : 0) | (inst.prim === 'arr.resize' ? RESIZES : 0) | (traps ? TRAPS : 0)
    }
    case 'call': return ofCall(inst.callee).bits
    case 'dyncall': return ANY_BITS
    // A size may be negative.
    case 'alloc': return TRAPS
    case 'load':
    case 'global-get': return READS
    case 'get':
    case 'unbox': return READS | TRAPS
    case 'store':
    case 'push':
    case 'global-set': return WRITES
    case 'set': return WRITES | TRAPS
    case 'pop': return READS | WRITES
    case 'throw': return TRAPS
    case 'if': return bitsOfBlock(inst.then, ofCall) | bitsOfBlock(inst.else, ofCall)
    case 'for': return bitsOfBlock(inst.body, ofCall)
    case 'while': return bitsOfBlock(inst.cond, ofCall) | bitsOfBlock(inst.body, ofCall) | TRAPS
    case 'try': return caught(bitsOfBlock(inst.body, ofCall), bitsOfBlock(inst.handler, ofCall))
    default: return unreachable(inst)
  }
}

/** What a body throws is caught; what its handler throws is not. */
function caught(body: number, handler: number): number {
  return (body & ~(LIMITED | TRAPS)) | handler
}

/** Effects of all instructions of a block. */
export function effectsOfBlock(block: Block, ofCall: EffectsOfCall): Effects {
  return ALL[bitsOfBlock(block, ofCall)]!
}

function bitsOfBlock(block: Block, ofCall: EffectsOfCall): number {
  let all = 0
  for (const inst of block.body) all |= bitsOf(inst, ofCall)
  return all
}

/** May an instruction of a block change the size of an array? */
export function mayResize(block: Block, ofCall: EffectsOfCall): boolean {
  return block.body.some(inst => {
    const blocks = blocksOf(inst)
    return blocks.length > 0 ? blocks.some(inner => mayResize(inner, ofCall)) : (bitsOf(inst, ofCall) & RESIZES) !== 0
  })
}

/** Must it stay even if nobody uses its results? */
export function hasEffect(inst: Inst, ofCall: EffectsOfCall): boolean {
  return (bitsOf(inst, ofCall) & (WRITES | TRAPS)) !== 0
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
  const ofBlock = (block: Block): number => {
    let all = 0
    for (const inst of block.body) {
      const blocks = blocksOf(inst)
      if (blocks.length === 0) all |= isOwnWrite(inst, own) ? 0 : bitsOf(inst, ofCall)
      else if (inst.kind === 'try') all |= caught(ofBlock(inst.body), ofBlock(inst.handler))
      else {
        for (const inner of blocks) all |= ofBlock(inner)
        if (inst.kind === 'while') all |= TRAPS
      }
    }
    return all
  }
  return ALL[ofBlock(f.body)]!
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
