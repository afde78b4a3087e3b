/** By which exits control may leave a piece of Core. */
import type { Core } from '../core.ts'
import { coreChildren } from '../core-children.ts'

interface Exits {
  readonly return: boolean
  readonly continue: boolean
  /** Levels of the deepest break that leaves this code; 0 for none. */
  readonly break: number
  /** Labels that are not among the statements of this code. */
  readonly gotos: readonly string[]
  /** Is there a label? */
  readonly label: boolean
  /** Is there a loop with an exit in its body, be it that loop's own? */
  readonly inLoop: boolean
}

const NONE: Exits = { return: false, continue: false, break: 0, gotos: [], label: false, inLoop: false }
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
            gotos: part.gotos.length === 0 ? all.gotos : [...all.gotos, ...part.gotos],
            label: all.label || part.label,
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
    case 'goto':
      return { ...NONE, gotos: [c.name] }
    case 'label':
      return { ...NONE, label: true }
    case 'block': {
      const all = merge(c.body.map(exitsOf))
      const own = all.label && all.gotos.length > 0 ? c.body.flatMap(labelsOf) : []
      return own.length === 0 ? all : { ...all, gotos: all.gotos.filter(name => !own.includes(name)) }
    }
    case 'while':
    case 'for': {
      const body = exitsOf(c.body)
      const head = exitsOf(c.kind === 'for' ? c.iter : c.test)
      if (body === NONE) return head
      const inLoop = body.inLoop || body.label || leaves(body)
      return merge([head, { ...body, continue: false, break: Math.max(0, body.break - 1), inLoop }])
    }
    default:
      return merge(coreChildren(c).map(exitsOf))
  }
}

function leaves(e: Exits): boolean {
  return e.return || e.continue || e.break > 0 || e.gotos.length > 0
}

/** The labels among these statements: those of a block, and of the blocks in it. */
function labelsOf(c: Core): readonly string[] {
  return c.kind === 'label' ? [c.name] : c.kind === 'block' && exitsOf(c).label ? c.body.flatMap(labelsOf) : []
}

/** The statements, with blocks that have labels opened. */
export function opened(statements: readonly Core[]): readonly Core[] {
  return statements.flatMap(s => (labelsOf(s).length > 0 && s.kind === 'block' ? opened(s.body) : [s]))
}

/** May control leave one of these for the label? */
export function goesTo(label: string, statements: readonly Core[]): boolean {
  return statements.some(s => exitsOf(s).gotos.includes(label))
}

/** May control leave one of these but for the labels? */
export function leavesElsewhere(labels: readonly string[], statements: readonly Core[]): boolean {
  return statements.some(s => leaves({ ...exitsOf(s), gotos: exitsOf(s).gotos.filter(name => !labels.includes(name)) }))
}

/** Is there a loop with an exit in its body, or a label? */
export function hasLoopWithExit(c: Core): boolean {
  return exitsOf(c).inLoop || exitsOf(c).label
}

/** Is there anything to do about this statement: does it exit, has it labels, or is it a loop with an exit inside? */
export function exits(c: Core): boolean {
  return mayLeave(c) || exitsOf(c).label || ((c.kind === 'while' || c.kind === 'for') && exits(c.body))
}

/** May control leave this code by an exit? */
export function mayLeave(c: Core): boolean {
  return leaves(exitsOf(c))
}

/** May control leave more than this loop from inside of it? That is how what follows the loop is skipped. */
export function escapesLoop(loop: Core & { kind: 'while' | 'for' }): boolean {
  const e = exitsOf(loop)
  return e.return || e.break > 0 || e.gotos.length > 0
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
    case 'goto':
      return true
    case 'block':
      return labelsOf(c).length === 0 && c.body.some(alwaysExits)
    case 'if':
      return alwaysExits(c.then) && alwaysExits(c.else)
    default:
      return false
  }
}
