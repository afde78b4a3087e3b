/**
 * Faults that can be planted in the engine, to see whether the tools notice them and name their place: made from the tables of rules,
 * decisions and passes. Nothing is planted unless it is asked for (`SessionOptions.fault`, `--plant`).
 */
import { type Decisions, RIGHT } from './4-ad/decisions.ts'
import { ruleFaults } from './4-ad/rule-faults.ts'
import { withRule } from './4-ad/rule-trees.ts'
import { SWEEP_FAULTS } from './4-ad/sweep-faults.ts'
import type { Pass } from './5-passes/pass.ts'
import { passFaults } from './5-passes/pass-faults.ts'
import { PASSES } from './5-passes/passes.ts'

/** `rule:sin:sign`, `sum:value`, `pass:fold:wrong`, `pass:fold:crash`. */
export type FaultId = string

export interface Fault {
  readonly id: FaultId
  readonly about: string
  /** Where it sits, which is what is to be found: an operation, kinds of instructions, a transform, a pass. */
  readonly place: { readonly kind: 'rule' | 'sweep' | 'transform' | 'pass'; readonly names: readonly string[] }
  readonly crashes: boolean
  readonly decisions: Partial<Decisions>
  readonly passes: readonly Pass[]
}

/** What the engine works with; some of it may be wrong on purpose. */
export interface Workings {
  readonly decisions: Decisions
  readonly passes: readonly Pass[]
}

/** Operations on Float64 go without their type. */
function shortName(op: string): string {
  return op.replace(/^f64\./, '')
}

function makeFaults(): Fault[] {
  return [
    ...ruleFaults().map(({ op, kind, about, trees }) => ({
      id: `rule:${shortName(op)}:${kind}`,
      about,
      place: { kind: 'rule' as const, names: [op] },
      crashes: false,
      decisions: { rules: withRule(op, trees) },
      passes: PASSES,
    })),
    ...SWEEP_FAULTS.map(({ id, about, at, decisions }) => {
      const crashes = id.startsWith('transform:')
      return {
        id,
        about,
        place: { kind: crashes ? ('transform' as const) : ('sweep' as const), names: at },
        crashes,
        decisions,
        passes: PASSES,
      }
    }),
    ...passFaults().map(({ pass, kind, about, passes }) => ({
      id: `pass:${pass}:${kind}`,
      about,
      place: { kind: 'pass' as const, names: [pass] },
      crashes: kind === 'crash',
      decisions: {},
      passes,
    })),
  ]
}

let made: ReadonlyMap<FaultId, Fault> | null = null

/** All of them, by id; made when they are first asked for. */
export function faults(): ReadonlyMap<FaultId, Fault> {
  made ??= new Map(makeFaults().map(fault => [fault.id, fault]))
  return made
}

/** What to work with under a fault; null for none. An unknown id is a mistake of the caller, who can look at `faults`. */
export function workingsUnder(id: FaultId | null): Workings {
  const fault = id === null ? undefined : faults().get(id)
  return fault ? { decisions: { ...RIGHT, ...fault.decisions }, passes: fault.passes } : { decisions: RIGHT, passes: PASSES }
}

/** The engine as it is, with a note of each place of a fault that it comes by: `rule:sin`, `sum:value`, `transform:forward`. */
export function recordingWorkings(touched: Set<string>): Workings {
  const noting =
    <A extends readonly unknown[], R>(place: string, run: (...args: A) => R, isMet: (...args: A) => boolean = () => true) =>
    (...args: A): R => {
      if (isMet(...args)) touched.add(place)
      return run(...args)
    }
  const entries = <T>(of: Readonly<Record<string, T>>, note: (name: string, value: T) => T) =>
    Object.fromEntries(Object.entries(of).map(([name, value]) => [name, note(name, value)]))
  const isLong = (list: readonly unknown[]): boolean => list.length > 1
  const decisions: Decisions = {
    ...RIGHT,
    rules: {
      needs: (op, source) => {
        touched.add(`rule:${shortName(op)}`)
        return RIGHT.rules.needs(op, source)
      },
      trees: (op, source) => {
        touched.add(`rule:${shortName(op)}`)
        return RIGHT.rules.trees(op, source)
      },
    },
    clears: {
      get element() {
        touched.add('clear:element')
        return RIGHT.clears.element
      },
      get field() {
        touched.add('clear:field')
        return RIGHT.clears.field
      },
      get array() {
        touched.add('clear:array')
        return RIGHT.clears.array
      },
    },
    sums: entries(RIGHT.sums, (name, sum) => noting(`sum:${name}`, sum)) as Decisions['sums'],
    trips: noting('loop:short', RIGHT.trips),
    turn: noting('loop:index', RIGHT.turn),
    popped: pushed => {
      if (isLong(pushed)) touched.add('tape:order')
      return RIGHT.popped(pushed)
    },
    branches: (then, otherwise) => {
      touched.add('branch:swap')
      return RIGHT.branches(then, otherwise)
    },
    adjointsOfCall: noting('call:swap', RIGHT.adjointsOfCall, isLong),
    begin: transform => {
      touched.add(`transform:${transform.mode}`)
    },
  }
  return { decisions, passes: PASSES }
}

/** May a program that comes by these places notice the fault? What is decided without a call of a function, every program comes by. */
export function mayNotice({ id, place }: Fault, touched: ReadonlySet<string>): boolean {
  const isNoted = place.kind === 'rule' || place.kind === 'transform' || /^(sum|clear|loop|branch|call):|^tape:order/.test(id)
  return !isNoted || touched.has(id.split(':').slice(0, 2).join(':'))
}
