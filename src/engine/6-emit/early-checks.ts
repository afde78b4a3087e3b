/**
 * Bounds checks of an innermost loop that can all be made before it: of indices that stay, or count up or down with the turns. Such a loop
 * is written twice, without its checks where they all pass, and with them for the error at its right place.
 */
import type { Block, Inst, ValueId } from '../3-ir/ir.ts'
import { blocksOf, outsOf, sizeOf } from '../3-ir/visit.ts'
import { type Emission, textOf } from './emission.ts'
import { sizeField } from './hoist.ts'

type For = Extract<Inst, { kind: 'for' }>
type Prim = Extract<Inst, { kind: 'prim' }>

export interface EarlyChecks {
  /** JavaScript that says, in front of the loop, whether none of them fails. */
  readonly test: string
  readonly checks: readonly Inst[]
}

/** Instructions up to which a loop is written twice, and tests up to which that is worth it. */
const MOST_INSTS = 48
const MOST_TESTS = 8

/** The sum of what is known before the loop and a literal, and how it changes from turn to turn. */
interface Course {
  readonly plus: readonly ValueId[]
  readonly minus: readonly ValueId[]
  readonly offset: number
  readonly step: -1 | 0 | 1
}

/** `count`: a name or literal of the number of turns. Null if there is nothing to gain. */
export function earlyChecks(e: Emission, loop: For, count: string): EarlyChecks | null {
  const inside = new Inside(loop)
  if (!inside.isInnermost || inside.checks.length === 0 || sizeOf(loop.body) > MOST_INSTS) return null
  const tests = new Set<string>()
  const checks: Inst[] = []
  for (const check of inside.checks) {
    const made = testsOf(e, check, inside, count)
    if (!made) continue
    for (const test of made) tests.add(test)
    checks.push(check)
  }
  if (tests.size === 0 || tests.size > MOST_TESTS) return null
  return { test: [...tests].join(' && '), checks }
}

/** What a loop defines. */
class Inside {
  readonly checks: Prim[] = []
  isInnermost = true
  readonly #index: ValueId
  /** Null for what changes in another way than by an instruction. */
  readonly #defs = new Map<ValueId, Inst | null>()

  constructor({ body }: For) {
    this.#index = body.params[0]!.id
    this.#collect(body)
  }

  #collect(block: Block): void {
    for (const param of block.params) this.#defs.set(param.id, null)
    for (const inst of block.body) {
      if (inst.kind === 'for' || inst.kind === 'while' || inst.kind === 'try') this.isInnermost = false
      if (inst.kind === 'prim' && (inst.prim === 'arr.check' || inst.prim === 'arr.check_dim')) this.checks.push(inst)
      for (const out of outsOf(inst)) this.#defs.set(out.id, inst)
      for (const inner of blocksOf(inst)) this.#collect(inner)
    }
  }

  stays(id: ValueId): boolean {
    return !this.#defs.has(id)
  }

  courseOf(id: ValueId): Course | null {
    if (id === this.#index) return { plus: [], minus: [], offset: 0, step: 1 }
    const def = this.#defs.get(id)
    if (def === undefined) return { plus: [id], minus: [], offset: 0, step: 0 }
    if (def?.kind === 'const' && typeof def.value === 'number') return { plus: [], minus: [], offset: def.value, step: 0 }
    if (def?.kind !== 'op' || (def.op !== 'i64.add' && def.op !== 'i64.sub')) return null
    const a = this.courseOf(def.args[0]!)
    const b = this.courseOf(def.args[1]!)
    if (!a || !b) return null
    return def.op === 'i64.add' ? sum(a, b) : sum(a, { plus: b.minus, minus: b.plus, offset: -b.offset, step: -b.step as Course['step'] })
  }
}

function sum(a: Course, b: Course): Course | null {
  const step = a.step + b.step
  if (step < -1 || step > 1) return null
  return { plus: [...a.plus, ...b.plus], minus: [...a.minus, ...b.minus], offset: a.offset + b.offset, step: step as Course['step'] }
}

/** What must hold before the loop so that the check passes on every turn; null if that cannot be said. */
function testsOf(e: Emission, { prim, args }: Prim, inside: Inside, count: string): string[] | null {
  const array = args[0]!
  const course = inside.courseOf(args[prim === 'arr.check' ? 1 : 2]!)
  if (!course || !inside.stays(array) || (prim === 'arr.check_dim' && !inside.stays(args[1]!))) return null
  const size = e.hoisted.get(prim === 'arr.check' ? `${textOf(e, array)}.n` : sizeField(textOf(e, array), textOf(e, args[1]!)))
  if (size === undefined) return null
  const { plus, minus, offset, step } = course
  const parts = [...plus.map(id => textOf(e, id)), ...(offset !== 0 || plus.length === 0 ? [String(offset)] : [])]
  const first = [parts.join(' + '), ...minus.map(id => textOf(e, id))].join(' - ')
  const isNatural = minus.length === 0 && offset >= 0 && plus.every(id => e.natural.has(id))
  const notBelow = isNatural ? [] : [`${first} >= 0`]
  // biome-ignore format: one step a line
  switch (step) {
    case 0: return [...notBelow, `${first} < ${size}`]
    case 1: return [...notBelow, `${first === '0' ? count : `${first} + ${count}`} <= ${size}`]
    case -1: return [`${first} - ${count} >= -1`, `${first} < ${size}`]
  }
}
