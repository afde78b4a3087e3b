/** A local that a `try` body assigns and others read must survive the throw: it lives in a box. */

import type { Code, Core, LocalId } from '../core.ts'
import { coreChildren } from '../core-children.ts'

export function boxTryLocals(code: Code): Code {
  const assignedInTry = new Set<LocalId>()
  const total = new Map<LocalId, number>()
  const inTry = new Map<LocalId, number>()
  visit(code.body, total, null)
  findTries(code.body, body => visit(body, inTry, assignedInTry))
  const escaping = [...assignedInTry].filter(id => (total.get(id) ?? 0) > (inTry.get(id) ?? 0) && !code.locals[id]?.boxed)
  if (escaping.length === 0) return code
  return { ...code, locals: code.locals.map((l, id) => (escaping.includes(id) ? { ...l, boxed: true, forTry: true as const } : l)) }
}

function visit(core: Core, uses: Map<LocalId, number>, assigned: Set<LocalId> | null): void {
  if (core.kind === 'local' || core.kind === 'set-local') uses.set(core.id, (uses.get(core.id) ?? 0) + 1)
  if (core.kind === 'set-local') assigned?.add(core.id)
  for (const child of coreChildren(core)) visit(child, uses, assigned)
}

function findTries(core: Core, use: (body: Core) => void): void {
  if (core.kind === 'try') use(core.body)
  else for (const child of coreChildren(core)) findTries(child, use)
}
