/** Closures: a type of its own for each inner function, whose fields are what it captures. */
import type { ClosureDef, Core } from '../core.ts'
import { coreChildren } from '../core-children.ts'
import { applied, constantKey, FUNCTION, typeName, typeVar } from '../intern.ts'
import type { TypeName } from '../type.ts'
import { paramKey } from './apply-type.ts'
import { addMethod } from './define-method.ts'
import type { Frame, Val } from './frame.ts'
import { freshLocal } from './locals.ts'
import { DEAD, isDead } from './value.ts'

/** One type constructor for each closure expression under each choice of the enclosing static parameters, and of what its signature reads. */
const namesOf = new WeakMap<ClosureDef, Map<string, TypeName>>()

export function makeClosure(frame: Frame, core: Core & { kind: 'closure' }): Val {
  const captures: Val[] = []
  for (const [i, variable] of core.captures.entries()) {
    const val = captured(frame, variable, core.def.captures[i]!.boxed)
    if (!val) return DEAD
    captures.push(val)
  }
  const name = closureName(frame, core.def, captures)
  const type = applied(
    name,
    captures.map(c => c.type),
  )
  if (core.def.captures.some(c => c.boxed)) frame.closures.add(type)
  return { type, leaves: captures.flatMap(c => c.leaves), constant: null }
}

/** What a closure or a method captures: the value that a variable has now, or the box that it lives in. Null if control ends there. */
export function captured(frame: Frame, core: Core, boxed: boolean): Val | null {
  const val = boxed ? boxOf(frame, core) : frame.s.emit.expression(frame, core)
  return isDead(val) ? null : val
}

/** The box itself, not what is in it. */
function boxOf(frame: Frame, captured: Core): Val {
  if (captured.kind === 'local') {
    if (!frame.env[captured.id]) freshLocal(frame, captured.id)
    return frame.env[captured.id]!.val
  }
  if (captured.kind === 'captured') return frame.captures[captured.index]!
  return frame.s.emit.expression(frame, captured)
}

/** Are types of parameters made of variables around the closure? */
function isTypedByCaptures({ methods }: ClosureDef): boolean {
  const reads = (core: Core | null): boolean => core !== null && (core.kind === 'captured' || coreChildren(core).some(reads))
  return methods.some(m => m.params.some(p => reads(p.type)) || m.whereVars.some(v => reads(v.lower) || reads(v.upper)))
}

function captureKey({ type, constant }: Val): string {
  return `${paramKey(type)}${constant ? `=${constantKey(constant)}` : ''}`
}

function closureName(frame: Frame, def: ClosureDef, captures: readonly Val[]): TypeName {
  let names = namesOf.get(def)
  if (!names) {
    names = new Map()
    namesOf.set(def, names)
  }
  const outer = `${frame.s.serial}:${[...frame.statics].map(([n, p]) => `${n}=${paramKey(p)}`).join(';')}`
  const around = isTypedByCaptures(def) ? captures : null
  const key = around ? `${outer}:${around.map(captureKey).join(';')}` : outer
  let name = names.get(key)
  if (!name) {
    const vars = def.captures.map((_, i) => typeVar(`C${i + 1}`))
    name = typeName({
      name: def.name.startsWith('#') ? `var"${def.name}"` : `var"#${def.name}"`,
      module: frame.module.name,
      form: 'struct',
      vars,
      supertype: FUNCTION,
      callable: { name: def.name, closure: true },
    })
    name.fields = def.captures.map((c, i) => ({ name: c.name, type: vars[i]!, isConst: true }))
    names.set(key, name)
    const { module, statics } = frame
    for (const method of def.methods) {
      addMethod(frame.s, {
        def: method,
        module,
        callee: applied(name, vars),
        vars,
        statics,
        isNew: true,
        isFunctor: false,
        ...(around && { around }),
      })
    }
  }
  return name
}
