/** Which locals a loop assigns, and which of them anything outside of it looks at. */

import type { Code, Core, LocalId } from '../core.ts'
import { coreChildren } from '../core-children.ts'

export interface LoopLocals {
  readonly assigned: ReadonlySet<LocalId>
  readonly usedOutside: ReadonlySet<LocalId>
}

interface Uses {
  readonly total: Map<LocalId, number>
}

const usesOfCode = new WeakMap<Code, Uses>()
const loops = new WeakMap<Core, LoopLocals>()

export function loopLocals(code: Code, loop: Core & { kind: 'while' | 'for' }): LoopLocals {
  let found = loops.get(loop)
  if (!found) {
    let uses = usesOfCode.get(code)
    if (!uses) {
      uses = { total: new Map() }
      count(code.body, uses.total, null)
      usesOfCode.set(code, uses)
    }
    const inside = new Map<LocalId, number>()
    const assigned = new Set<LocalId>()
    count(loop, inside, assigned)
    const usedOutside = new Set([...assigned].filter(id => (uses.total.get(id) ?? 0) > (inside.get(id) ?? 0)))
    found = { assigned, usedOutside }
    loops.set(loop, found)
  }
  return found
}

function count(core: Core, uses: Map<LocalId, number>, assigned: Set<LocalId> | null): void {
  const use = (id: LocalId | null, sets: boolean) => {
    if (id === null) return
    uses.set(id, (uses.get(id) ?? 0) + 1)
    if (sets) assigned?.add(id)
  }
  switch (core.kind) {
    case 'local':
      use(core.id, false)
      break
    case 'set-local':
      use(core.id, true)
      break
    case 'for':
      use(core.target, true)
      use(core.until, false)
      break
    case 'while':
      use(core.until, false)
      break
    case 'try':
      use(core.caught, true)
      break
    case 'fresh':
      break
    default:
      break
  }
  for (const child of coreChildren(core)) count(child, uses, assigned)
}
