/**
 * Decides which captured variables need a box. A closure may hold a copy of a variable when no assignment to it can follow
 * the capture and one is sure to come before it. A loop that captures is gone through twice, so that a capture in one turn meets
 * the assignments of the next; the locals that a loop's body declares are new variables in each turn.
 */
import type { Core, LocalId } from '../core.ts'
import { coreChildren } from '../core-children.ts'
import type { Frame } from './scope.ts'

interface State {
  /** Assigned on every way that leads here. */
  assigned: Set<LocalId>
  /** Captured on some way that leads here, or that has left already. */
  captured: Set<LocalId>
}

interface Findings {
  readonly boxed: Set<LocalId>
  /** Read where they may be unassigned. */
  readonly unsure: Set<LocalId>
  /** What is assigned on every way to a label from elsewhere. */
  readonly jumps: Map<string, Set<LocalId>>
  /** Control may go back to before it: a variable that was captured may be assigned after that, be it in a new turn. */
  again: boolean
}

/** Sets `boxed` of the frame's locals and of all who capture them. `code` is in order of evaluation; `given` are assigned at entry. */
export function decideBoxes(frame: Frame, given: readonly LocalId[], code: readonly Core[]): void {
  const findings: Findings = { boxed: new Set(), unsure: new Set(), jumps: new Map(), again: false }
  const state: State = { assigned: new Set(given), captured: new Set() }
  for (const part of code) walk(part, state, findings)
  if (findings.jumps.size > 0) {
    findings.again = true
    state.assigned = new Set(given)
    for (const part of code) walk(part, state, findings)
  }
  for (const variable of frame.variables) {
    const { local, id } = variable
    local.boxed = variable.captures.length > 0 && (variable.assignedInside || findings.boxed.has(id))
    if (variable.assignedInside) local.assignedInside = true
    for (const entry of variable.captures) entry.boxed = local.boxed
  }
  for (const start of frame.starts) {
    const needed = start.locals.filter(id => frame.locals[id]!.boxed || findings.unsure.has(id))
    if (needed.length === 0) start.body.splice(0, 1)
    else start.locals.splice(0, start.locals.length, ...needed)
  }
}

/** Goes through `core`, updating `state`; false when control never comes past it. */
function walk(core: Core, state: State, findings: Findings): boolean {
  switch (core.kind) {
    case 'local':
      if (!state.assigned.has(core.id)) findings.unsure.add(core.id)
      return true
    case 'isdefined':
      if (core.what.kind === 'local') findings.unsure.add(core.what.id)
      return true
    case 'set-local': {
      const passes = walk(core.value, state, findings)
      if (state.captured.has(core.id)) findings.boxed.add(core.id)
      state.assigned.add(core.id)
      return passes
    }
    case 'fresh':
      for (const id of core.locals) forget(state, id, findings)
      return true
    case 'closure':
    case 'definition':
      for (const capture of core.captures) {
        if (capture.kind !== 'local') continue
        if (!state.assigned.has(capture.id)) findings.boxed.add(capture.id)
        state.captured.add(capture.id)
      }
      return true
    case 'if': {
      if (!walk(core.test, state, findings)) return false
      const other = copy(state)
      const thenPasses = walk(core.then, state, findings)
      const elsePasses = walk(core.else, other, findings)
      join(state, other, thenPasses, elsePasses)
      return thenPasses || elsePasses
    }
    case 'while':
      loop(state, turn => {
        const passes = walk(core.test, turn, findings)
        if (passes) walk(core.body, turn, findings)
      })
      return true
    case 'for':
      if (!walk(core.iter, state, findings)) return false
      loop(state, turn => {
        forget(turn, core.target, findings)
        turn.assigned.add(core.target)
        walk(core.body, turn, findings)
      })
      return true
    case 'try': {
      const entry = copy(state)
      let passes = walk(core.body, state, findings)
      if (core.else && passes) passes = walk(core.else, state, findings)
      for (const id of state.captured) entry.captured.add(id)
      if (core.handler) {
        const handled = copy(entry)
        if (core.caught !== null) handled.assigned.add(core.caught)
        const handlerPasses = walk(core.handler, handled, findings)
        join(state, handled, passes, handlerPasses)
        passes = passes || handlerPasses
      }
      if (core.finally) {
        for (const id of state.captured) entry.captured.add(id)
        const before = new Set(state.assigned)
        if (!walk(core.finally, entry, findings)) passes = false
        state.assigned = new Set([...before, ...entry.assigned])
        state.captured = entry.captured
      }
      return passes
    }
    case 'return':
      walk(core.value, state, findings)
      return false
    case 'break':
    case 'continue':
      return false
    case 'goto':
      findings.jumps.set(core.name, both(state.assigned, findings.jumps.get(core.name)))
      return false
    case 'label':
      state.assigned = both(state.assigned, findings.jumps.get(core.name))
      return true
    default: {
      let passes = true
      for (const child of coreChildren(core)) passes = walk(child, state, findings) && (passes || child.kind === 'label')
      return passes
    }
  }
}

/** A second turn finds no more than the first unless it begins with more captured; to go through each loop twice would double with each level. */
function loop(state: State, turn: (state: State) => void): void {
  for (let times = 0; times < 2; times++) {
    const before = state.captured.size
    const now = copy(state)
    turn(now)
    for (const id of now.captured) state.captured.add(id)
    if (state.captured.size === before) return
  }
}

function forget(state: State, id: LocalId, { again }: Findings): void {
  state.assigned.delete(id)
  if (!again) state.captured.delete(id)
}

function copy(state: State): State {
  return { assigned: new Set(state.assigned), captured: new Set(state.captured) }
}

function both(a: Set<LocalId>, b: Set<LocalId> | undefined): Set<LocalId> {
  return b ? new Set([...a].filter(id => b.has(id))) : new Set(a)
}

/** Leaves in `state` what holds after both ways; a way that does not come past says nothing about assignment. */
function join(state: State, other: State, passes: boolean, otherPasses: boolean): void {
  if (!passes) state.assigned = other.assigned
  else if (otherPasses) state.assigned = both(state.assigned, other.assigned)
  for (const id of other.captured) state.captured.add(id)
}
