/** Faults of the transforms, one a line: each puts something wrong in the place of one decision. */
import { invariant } from '../../diagnostics/bug.ts'
import { instsOf } from '../3-ir/visit.ts'
import { type Decisions, RIGHT, type Sum } from './decisions.ts'

export interface SweepFault {
  readonly id: string
  readonly about: string
  /** The kinds of instructions whose derivative is wrong. */
  readonly at: readonly string[]
  readonly decisions: Partial<Decisions>
}

/** Only what came last counts. */
const last: Sum = (_b, _before, part) => part

const lost = (where: keyof Decisions['sums']): Partial<Decisions> => ({ sums: { ...RIGHT.sums, [where]: last } })
const left = (where: keyof Decisions['clears']): Partial<Decisions> => ({ clears: { ...RIGHT.clears, [where]: false } })

function crash(mode: string, on: string): Partial<Decisions> {
  return {
    begin: (transform, func) => {
      const meets = transform.mode === mode && func.at.origin === 'user' && [...instsOf(func.body)].some(inst => inst.kind === on)
      invariant(!meets, `a planted fault: the ${mode} transform met \`${on}\``)
    },
  }
}

// biome-ignore format: one fault a line
export const SWEEP_FAULTS: readonly SweepFault[] = [
  { id: 'sum:value', about: 'a value that is used twice receives from one use only', at: ['op', 'load', 'call', 'if', 'for', 'while'], decisions: lost('value') },
  { id: 'sum:element', about: 'an element of an array that is read twice receives from one read only', at: ['load'], decisions: lost('element') },
  { id: 'sum:field', about: 'a field that is read twice receives from one read only', at: ['get', 'unbox'], decisions: lost('field') },
  { id: 'sum:loop', about: 'a value from outside of a loop receives from one turn only', at: ['for', 'while'], decisions: lost('loop') },
  { id: 'sum:tangent', about: 'forward mode takes one operand for all', at: ['op'], decisions: lost('tangent') },
  { id: 'clear:element', about: 'the shadow of an overwritten element is not zeroed', at: ['store'], decisions: left('element') },
  { id: 'clear:field', about: 'the shadow of an overwritten field is not zeroed', at: ['set'], decisions: left('field') },
  { id: 'clear:array', about: 'the shadow of an array that was filled with zeros is not zeroed', at: ['prim'], decisions: left('array') },
  { id: 'loop:short', about: 'a reversed loop takes one turn too few', at: ['for', 'while'], decisions: { trips: (b, count, at) => b.op('i64.sub', [count, b.i64(1, at)], at, 'trips') } },
  { id: 'loop:index', about: 'a reversed loop counts up', at: ['for', 'while'], decisions: { turn: (_b, _count, index) => index } },
  { id: 'branch:swap', about: 'the branch that was not taken is reversed', at: ['if', 'try'], decisions: { branches: (then, otherwise) => [otherwise, then] } },
  { id: 'tape:order', about: 'what was pushed first is popped first', at: ['for', 'while', 'if', 'op'], decisions: { popped: pushed => pushed } },
  { id: 'tape:stale', about: 'memory is read again after it was overwritten', at: ['store', 'op', 'load', 'call'], decisions: { seesWrites: false } },
  { id: 'tangent:store', about: 'forward mode stores no tangent', at: ['store', 'set'], decisions: { storesTangents: false } },
  { id: 'call:swap', about: 'the adjoints of the arguments of a call are exchanged', at: ['call'], decisions: { adjointsOfCall: adjoints => [...adjoints].reverse() } },
  { id: 'transform:forward:crash', about: 'forward mode fails on a function with a branch', at: ['forward'], decisions: crash('forward', 'if') },
  { id: 'transform:augmented:crash', about: 'the augmented sweep fails on a function with a loop', at: ['augmented'], decisions: crash('augmented', 'for') },
  { id: 'transform:reverse:crash', about: 'the reverse sweep fails on a function with a call', at: ['reverse'], decisions: crash('reverse', 'call') },
  { id: 'transform:gradient:crash', about: 'reverse mode in one function fails on one with a store', at: ['gradient'], decisions: crash('gradient', 'store') },
]
