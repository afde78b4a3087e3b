/**
 * Floats whose bits become a float again. Integers carry no derivative, so it would be lost on that way, and that is refused; bits that nothing
 * is done to are no such way any more (`fold.ts`). Bits may be looked at, hashed, compared and printed.
 */
import type { Block, Func, Inst, Module, ValueId } from '../3-ir/ir.ts'
import { isFloat, isRef } from '../3-ir/types.ts'
import { blocksOf, operands, outsOf } from '../3-ir/visit.ts'
import type { Differentiation } from './differentiation.ts'

const TAKES: ReadonlySet<string> = new Set(['bits.high', 'bits.low', 'bits.word'])
const MAKES: ReadonlySet<string> = new Set(['bits.f64', 'bits.f32'])

/** What a function does itself. */
interface Own {
  readonly takes: boolean
  readonly makes: boolean
  readonly callees: readonly string[]
}

const known = new WeakMap<Func, Own>()

function ownOf(f: Func): Own {
  let own = known.get(f)
  if (!own) {
    const insts: Inst[] = []
    const walk = (block: Block): void => {
      for (const inst of block.body) {
        insts.push(inst)
        for (const inner of blocksOf(inst)) walk(inner)
      }
    }
    walk(f.body)
    own = {
      takes: insts.some(inst => inst.kind === 'prim' && TAKES.has(inst.prim)),
      makes: insts.some(inst => inst.kind === 'prim' && MAKES.has(inst.prim)),
      callees: [...new Set(insts.flatMap(inst => (inst.kind === 'call' ? [inst.callee] : [])))],
    }
    known.set(f, own)
  }
  return own
}

/** The same with all that a function calls. */
function reached(module: Module, from: readonly Own[]): Pick<Own, 'takes' | 'makes'> {
  const seen = new Set<string>()
  const open = [...from]
  let [takes, makes] = [false, false]
  for (let own = open.pop(); own && !(takes && makes); own = open.pop()) {
    takes ||= own.takes
    makes ||= own.makes
    for (const callee of own.callees) {
      const f = module.funcs.get(callee)
      if (!f || seen.has(callee)) continue
      seen.add(callee)
      open.push(ownOf(f))
    }
  }
  return { takes, makes }
}

/** The first instruction on which bits of something that is differentiated become a float again. */
export function bitsMadeFloat({ module, func, activity, planOf }: Differentiation): Inst | null {
  const all = reached(module, [ownOf(func)])
  if (!all.takes || !all.makes) return null
  const insts = activity.liveInsts()
  const tainted = new Set<ValueId>()
  let inMemory = false
  const isTainted = (id: ValueId): boolean => tainted.has(id)
  const taint = (outs: readonly { readonly id: ValueId; readonly type: string }[], of = true): void => {
    if (of) for (const out of outs) if (out.type === 'i64') tainted.add(out.id)
  }
  const link = (outs: readonly { readonly id: ValueId; readonly type: string }[], ...sources: (readonly ValueId[])[]): void =>
    outs.forEach((out, i) =>
      taint(
        [out],
        sources.some(list => isTainted(list[i]!)),
      ),
    )
  const isMoving = (id: ValueId): boolean => {
    const type = activity.typeOf(id)
    return isFloat(type) ? activity.isVaried(id) : isRef(type) && activity.isActiveRef(id)
  }
  const visit = (inst: Inst): boolean => {
    const given = operands(inst).some(isTainted)
    switch (inst.kind) {
      case 'op':
        taint([inst.out], given)
        return false
      case 'prim':
        if (MAKES.has(inst.prim)) return given
        taint(inst.outs, given || (TAKES.has(inst.prim) && inst.args.some(isMoving)))
        return false
      case 'if':
        link(inst.outs, inst.then.yields, inst.else.yields)
        return false
      case 'try':
        link(inst.outs, inst.body.yields, inst.handler.yields)
        return false
      case 'for':
        link(inst.body.params.slice(1), inst.inits, inst.body.yields)
        link(inst.outs, inst.inits, inst.body.yields)
        return false
      case 'while':
        for (const params of [inst.cond.params, inst.body.params, inst.outs]) link(params, inst.inits, inst.body.yields)
        return false
      case 'call': {
        const f = module.funcs.get(inst.callee)
        const does = f ? reached(module, [ownOf(f)]) : { takes: false, makes: false }
        const moves = does.takes && inst.args.some(isMoving)
        taint(inst.outs, given || moves)
        const gives = inst.outs.some(out => isFloat(out.type) || isRef(out.type))
        // What is differentiated itself is asked itself.
        return does.makes && gives && (given || (moves && planOf(inst).kind === 'plain'))
      }
      default:
        if (inst.kind !== 'load' && inst.kind !== 'get' && inst.kind !== 'pop' && inst.kind !== 'unbox') inMemory ||= given
        taint(outsOf(inst), inMemory)
        return false
    }
  }
  for (let before = -1; before !== tainted.size + Number(inMemory); ) {
    before = tainted.size + Number(inMemory)
    const found = insts.find(visit)
    if (found) return found
  }
  return null
}
