/** By which exits control may leave a piece of Core. */
import type { Core } from '../core.ts'
import { coreChildren } from '../core-children.ts'

interface Exits {
  readonly return: boolean
  readonly continue: boolean
  /** Levels of the deepest break that leaves this code; 0 for none. */
  readonly break: number
  /** Is there a loop with an exit in its body, be it that loop's own? */
  readonly inLoop: boolean
}

const NONE: Exits = { return: false, continue: false, break: 0, inLoop: false }
const known = new WeakMap<Core, Exits>()

function exitsOf(core: Core): Exits {
  let found = known.get(core)
  if (!found) {
    found = compute(core)
    known.set(core, found)
  }
  return found
}

function merge(parts: readonly Exits[]): Exits {
  let all = NONE
  for (const part of parts) {
    if (part === NONE || part === all) continue
    all =
      all === NONE
        ? part
        : {
            return: all.return || part.return,
            continue: all.continue || part.continue,
            break: Math.max(all.break, part.break),
            inLoop: all.inLoop || part.inLoop,
          }
  }
  return all
}

function compute(c: Core): Exits {
  switch (c.kind) {
    case 'return':
      return merge([{ ...NONE, return: true }, exitsOf(c.value)])
    case 'break':
      return { ...NONE, break: c.levels }
    case 'continue':
      return { ...NONE, continue: true }
    case 'while':
    case 'for': {
      const body = exitsOf(c.body)
      const head = exitsOf(c.kind === 'for' ? c.iter : c.test)
      if (body === NONE) return head
      const inLoop = body.inLoop || body.return || body.continue || body.break > 0
      return merge([head, { return: body.return, continue: false, break: Math.max(0, body.break - 1), inLoop }])
    }
    default:
      return merge(coreChildren(c).map(exitsOf))
  }
}

/** Is there a loop with an exit in its body? */
export function hasLoopWithExit(c: Core): boolean {
  return exitsOf(c).inLoop
}

/** Is there anything to do about this statement: does it exit, or is it a loop with an exit inside? */
export function exits(c: Core): boolean {
  return mayLeave(c) || ((c.kind === 'while' || c.kind === 'for') && mayLeave(c.body))
}

/** May control leave this code by an exit? */
export function mayLeave(c: Core): boolean {
  const e = exitsOf(c)
  return e.return || e.continue || e.break > 0
}

/** May control leave more than this loop from inside of it? That is how what follows the loop is skipped. */
export function escapesLoop(loop: Core & { kind: 'while' | 'for' }): boolean {
  const e = exitsOf(loop)
  return e.return || e.break > 0
}

export function mayContinue(c: Core): boolean {
  return exitsOf(c).continue
}

/** Levels of the deepest break that leaves this code; 0 for none. */
export function deepestBreak(c: Core): number {
  return exitsOf(c).break
}

export function alwaysExits(c: Core): boolean {
  switch (c.kind) {
    case 'return':
    case 'break':
    case 'continue':
      return true
    case 'block':
      return c.body.some(alwaysExits)
    case 'if':
      return alwaysExits(c.then) && alwaysExits(c.else)
    default:
      return false
  }
}
