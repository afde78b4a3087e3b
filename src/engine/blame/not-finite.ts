/**
 * Where a NaN or an infinity in a result comes from: the first operation that made one of finite numbers, and without which the result would be
 * another. Much that is not finite is made and never used (the branch of a `select` that is not taken), so each is tried.
 */
import type { Frame } from '../../diagnostics/stack.ts'
import type { Watch } from '../3-ir/interpret.ts'
import type { Inst, ValueId } from '../3-ir/ir.ts'
import { framesOf } from '../3-ir/loc.ts'
import type { Plain } from '../session.ts'

export interface Origin {
  readonly made: 'NaN' | 'Inf'
  readonly operation: string
  /** `f64.div(1, 0) = Inf`. */
  readonly text: string
  readonly isDerivative: boolean
  readonly stack: readonly Frame[]
}

/** The first operation, and the first that made NaN of it if that is another. */
export interface NotFinite {
  readonly origin: Origin
  readonly then: Origin | null
}

/** Operations that are tried. */
const MOST_TRIED = 40

type Op = Extract<Inst, { kind: 'op' }>
type After = NonNullable<Watch['after']>

/** Where the numbers of a value are not finite, and how. */
export function patternOf(value: Plain): string {
  if (typeof value === 'number') return Number.isFinite(value) ? '.' : String(value)
  if (value === null || typeof value !== 'object') return '-'
  return `[${(Array.isArray(value) ? value : Object.values(value)).map(patternOf).join(' ')}]`
}

export function isFiniteValue(value: Plain): boolean {
  return !/NaN|Infinity/.test(patternOf(value))
}

function isFiniteOperand(value: unknown): boolean {
  return typeof value !== 'number' || Number.isFinite(value)
}

/** Does this run of an operation make something that is not finite of what is? */
function makes(inst: Inst, get: (id: ValueId) => unknown): inst is Op {
  if (inst.kind !== 'op') return false
  const result = get(inst.out.id)
  return typeof result === 'number' && !Number.isFinite(result)
}

/** `evaluate` runs the call anew, with somebody looking on; null if it failed. */
export function originOf(found: Plain, evaluate: (watch: Watch) => Plain | null): NotFinite | null {
  const events = new Map<Op, Origin>()
  /** Calls that are under way, innermost first. */
  const calls: (Inst | null)[] = []
  const note: After = (inst, get) => {
    if (!makes(inst, get) || events.has(inst)) return
    const args = inst.args.map(get)
    const result = get(inst.out.id)
    const isNew = args.every(isFiniteOperand) || (Number.isNaN(result) && !args.some(Number.isNaN))
    if (!isNew) return
    events.set(inst, {
      made: Number.isNaN(result) ? 'NaN' : 'Inf',
      operation: inst.op,
      text: `${inst.op}(${args.join(', ')}) = ${result}`.replaceAll('Infinity', 'Inf'),
      isDerivative: inst.at.made.length > 0,
      stack: [inst, ...calls].flatMap(call => (call ? framesOf(call.at) : [])),
    })
  }
  evaluate({ after: note, enter: (_f, _args, from) => calls.unshift(from), leave: () => calls.shift() })
  const before = patternOf(found)
  const matter = (some: ReadonlySet<Inst>): boolean => {
    const after = evaluate({
      after: (inst, get, put) => {
        if (some.has(inst) && makes(inst, get)) put(inst.out, 0)
      },
    })
    return after !== null && patternOf(after) !== before
  }
  const matters = (inst: Op): boolean => matter(new Set([inst]))
  const tried = [...events].slice(0, MOST_TRIED)
  const alone = tried.findIndex(([inst]) => matters(inst))
  const first =
    alone >= 0
      ? alone
      : firstOfSeveral(
          tried.map(([inst]) => inst),
          matter,
        )
  if (first < 0) return null
  const origin = tried[first]![1]
  const then = origin.made === 'NaN' ? undefined : tried.slice(first + 1).find(([inst, event]) => event.made === 'NaN' && matters(inst))
  return { origin, then: then?.[1] ?? null }
}

/** None of them matters alone: the first of those that matter together, and do not without it. */
function firstOfSeveral(all: readonly Inst[], matter: (some: ReadonlySet<Inst>) => boolean): number {
  const count = all.findIndex((_inst, i) => matter(new Set(all.slice(0, i + 1)))) + 1
  if (count === 0) return -1
  let start = 0
  while (start + 1 < count && matter(new Set(all.slice(start + 1, count)))) start++
  return start
}
