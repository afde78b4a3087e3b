/** Every derivative rule of the engine, audited at points where it is smooth: what can be checked without any program. */
import type { Inst, Scalar } from '../3-ir/ir.ts'
import { NOWHERE } from '../3-ir/loc.ts'
import { OPS, type SmoothOp } from '../3-ir/ops.ts'
import { isSmooth } from '../4-ad/rules.ts'
import { workingsUnder } from '../faults.ts'
import { Pipeline } from '../pipeline.ts'
import { auditOperation } from './operations.ts'

/** Arguments of the operations that are not defined everywhere; all others are tried at these. */
const EVERYWHERE = [
  [0.7, 1.3, 0.4],
  [-1.2, 0.6, -0.9],
  [1.9, 0.8, 1.1],
]
const ABOVE_ONE = [[1.6], [3.2]]
const POSITIVE = [
  [0.7, 1.3],
  [2.3, 0.8],
]
const INSIDE = [[0.4], [-0.7]]

const POINTS: Partial<Record<SmoothOp, readonly (readonly number[])[]>> = {
  'f64.sqrt': POSITIVE,
  'f64.log': POSITIVE,
  'f64.log2': POSITIVE,
  'f64.log10': POSITIVE,
  'f64.log1p': POSITIVE,
  'f64.pow': POSITIVE,
  'f64.asin': INSIDE,
  'f64.acos': INSIDE,
  'f64.atanh': INSIDE,
  'f64.acosh': ABOVE_ONE,
}

function argument(type: Scalar, value: number): unknown {
  if (type === 'bool') return value > 0
  if (type === 'i64') return Math.round(value)
  return type === 'f32' ? Math.fround(value) : value
}

/** Operations whose rule, under a fault or none, is wrong at one of these points. */
export function auditRules(fault: string | null, wanted: (op: string) => boolean = () => true): string[] {
  const ignore = (): void => undefined
  const pipeline = new Pipeline({
    profile: 'none',
    write: ignore,
    recordTest: ignore,
    interpret: true,
    verify: false,
    workings: workingsUnder(fault),
  })
  const ops = (Object.keys(OPS) as (keyof typeof OPS)[]).filter(isSmooth).filter(wanted)
  return ops.filter(op => {
    const { takes, gives } = OPS[op]
    const at: Extract<Inst, { kind: 'op' }> = { kind: 'op', op, out: { id: 0 as never, type: gives, name: 'y' }, args: [], at: NOWHERE }
    return (POINTS[op] ?? EVERYWHERE).some(point => {
      const args = takes.map((type, i) => argument(type, point[i]!))
      return auditOperation(pipeline, op, args, at).kind === 'wrong'
    })
  })
}
