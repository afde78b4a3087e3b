/** Every scalar operation that a run executes, audited by itself with the values of the run: for code that cannot be taken apart in another way. */
import type { Func, Inst, Param, ValueId } from '../3-ir/ir.ts'
import { OPS, type SmoothOp } from '../3-ir/ops.ts'
import { isSmooth } from '../4-ad/rules.ts'
import type { Pipeline } from '../pipeline.ts'
import { auditUnit, type Products } from './adjoint.ts'

type Operation = Extract<Inst, { kind: 'op' }>

export interface WrongRule {
  readonly inst: Operation
  readonly products: Products
}

/** Runs of one instruction, and runs of all, that are audited. */
const RUNS = 2
const MOST = 4000

function opFunc(pipeline: Pipeline, op: SmoothOp, like: Operation): Func {
  const name = `unit of ${op}`
  const known = pipeline.ir.funcs.get(name)
  if (known) return known
  const { takes, gives } = OPS[op]
  const params = takes.map((type, i): Param => ({ id: i as ValueId, type, name: 'abc'[i] ?? 'x' }))
  const out: Param = { id: takes.length as ValueId, type: gives, name: 'y' }
  const inst: Operation = { kind: 'op', op, out, args: params.map(param => param.id), at: like.at }
  const func: Func = {
    name,
    label: op,
    body: { params, body: [inst], yields: [out.id] },
    results: [gives],
    nextId: takes.length + 1,
    made: null,
    inline: 'auto',
    at: like.at,
  }
  pipeline.ir.funcs.set(name, func)
  return func
}

/** The rule of one operation at these arguments, as `auditUnit` finds it. */
export function auditOperation(pipeline: Pipeline, op: SmoothOp, args: readonly unknown[], like: Operation) {
  const func = opFunc(pipeline, op, like)
  const activity = func.body.params.map(({ type }) => (type === 'f64' || type === 'f32' ? ('active' as const) : ('const' as const)))
  return auditUnit(pipeline, { func, activity, args, tapes: null })
}

/** The first operation that `run` executes whose rule is wrong there, or where the arguments are larger by the part `away`. */
export function wrongRuleIn(pipeline: Pipeline, run: () => void, away = 0): WrongRule | null {
  const met: { readonly inst: Operation; readonly op: SmoothOp; readonly args: readonly unknown[] }[] = []
  const counts = new Map<Inst, number>()
  const outer = pipeline.watch
  pipeline.watch = {
    after: (inst, get) => {
      if (inst.kind !== 'op' || !isSmooth(inst.op) || met.length >= MOST) return
      const count = counts.get(inst) ?? 0
      if (count >= RUNS) return
      counts.set(inst, count + 1)
      met.push({ inst, op: inst.op, args: inst.args.map((id, i) => moved(get(id), OPS[inst.op].takes[i]!, away)) })
    },
  }
  try {
    run()
  } finally {
    pipeline.watch = outer
  }
  for (const { inst, op, args } of met) {
    const found = auditOperation(pipeline, op, args, inst)
    if (found.kind === 'wrong') return { inst, products: found.products }
  }
  return null
}

function moved(value: unknown, type: string, away: number): unknown {
  if (typeof value !== 'number' || away === 0) return value
  return type === 'f64' ? value * (1 + away) : type === 'f32' ? Math.fround(value * (1 + away)) : value
}
