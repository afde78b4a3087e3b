/** Which values of a function its derivative needs as such, beside their shadows: a rule whose result is not among them need not compute it. */
import type { Block, Inst, Transform, ValueId } from '../3-ir/ir.ts'
import { instsOf, operands } from '../3-ir/visit.ts'
import type { Activity } from './activity.ts'
import type { RuleBook } from './rule-trees.ts'
import { isSmooth, RESULT } from './rules.ts'

/** Errs on the side of needed. */
export function neededValues(activity: Activity, transform: Transform, rules: RuleBook): ReadonlySet<ValueId> {
  const { body } = activity.aliases.func
  const needed = new Set<ValueId>(transform.primal === false ? [] : body.yields)
  const insts = [...instsOf(body)]
  const any = (ids: readonly ValueId[]): boolean => ids.some(id => needed.has(id))
  const need = (ids: readonly ValueId[]): void => {
    for (const id of ids) needed.add(id)
  }
  const visit = (inst: Inst): void => {
    switch (inst.kind) {
      case 'const':
        return
      case 'op': {
        if (needed.has(inst.out.id)) need(inst.args)
        if (!isSmooth(inst.op) || !activity.isActiveFloat(inst.out.id)) return
        rules.needs(inst.op, transform.rules).forEach((needs, i) => {
          if (needs === null || !activity.isActiveFloat(inst.args[i]!)) return
          for (const which of needs) need(which === RESULT ? [inst.out.id, ...inst.args] : [inst.args[which]!])
        })
        return
      }
      case 'if':
        need([inst.test])
        return flow(
          inst.outs.map(out => out.id),
          [inst.then, inst.else],
          0,
        )
      case 'for':
        need([inst.count])
        return flow(
          inst.outs.map(out => out.id),
          [inst.body],
          1,
          inst.inits,
        )
      case 'while':
        return need([...inst.inits, ...inst.cond.yields, ...inst.body.yields])
      case 'try':
        return need([...inst.body.yields, ...inst.handler.yields])
      default:
        // What may have an effect needs all it uses.
        return need(operands(inst))
    }
  }
  const flow = (outs: readonly ValueId[], blocks: readonly Block[], offset: number, inits: readonly ValueId[] = []): void => {
    outs.forEach((out, i) => {
      const params = inits.length > 0 ? blocks.map(block => block.params[i + offset]!.id) : []
      if (!any([out, ...params])) return
      need([out, ...params, ...inits.slice(i, i + 1), ...blocks.map(block => block.yields[i]!)])
    })
  }
  let before: number
  do {
    before = needed.size
    for (let i = insts.length - 1; i >= 0; i--) visit(insts[i]!)
  } while (needed.size > before)
  return needed
}
