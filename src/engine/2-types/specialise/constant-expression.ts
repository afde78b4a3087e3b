/** Expressions whose value must be known without running anything: types, sizes, names. */
import { fail } from '../../../diagnostics/report.ts'
import { Builder } from '../../3-ir/build.ts'
import type { Core } from '../core.ts'
import { coreChildren } from '../core-children.ts'
import { ANY, typeParameterOf } from '../intern.ts'
import { leavesOf } from '../layout.ts'
import type { JType } from '../type.ts'
import { typeText } from '../type-text.ts'
import { Frame, type Val } from './frame.ts'
import { outsideName } from './outside.ts'
import { isDead } from './value.ts'

/** Null if the value is not known. */
export function constantExpression(frame: Frame, core: Core): Val | null {
  const val = valueOf(frame, core)
  return isDead(val) || val.leaves.length > 0 ? null : val
}

export function constantType(frame: Frame, core: Core): JType {
  const val = valueOf(frame, core)
  const type = typeParameterOf(val.type)
  if (type) return type
  if (val.type === ANY) fail('infer', 'type.not-constant', { found: 'Any' }, core.span)
  const undefinedName = isDead(val) ? undefinedIn(frame, core) : null
  const text = undefinedName ?? (core.kind === 'global' ? core.name : typeText(val.type))
  const outside = core.kind === 'global' && isDead(val) ? outsideName(core.name) : undefined
  if (outside) fail('infer', 'subset.no-syntax', { what: outside }, core.span)
  return fail('infer', isDead(val) ? 'name.undefined' : 'type.not-a-type', { found: text, name: text }, core.span)
}

/** The first name in an expression that has no meaning. */
function undefinedIn(frame: Frame, core: Core): string | null {
  if (core.kind === 'global') return frame.s.world.isDefined(frame.module, core.name) ? null : core.name
  for (const child of coreChildren(core)) {
    const name = undefinedIn(frame, child)
    if (name !== null) return name
  }
  return null
}

/** Emits it where nobody looks. */
function valueOf({ s, code, module, label, statics, captures }: Frame, core: Core): Val {
  const builder = new Builder()
  const inner = new Frame({ s, builder, code, module, label, statics })
  inner.captures = captures.map(val => ({ ...val, leaves: leavesOf(val.type).map(leaf => builder.param(leaf, 'captured')) }))
  return s.emit.expression(inner, core)
}
