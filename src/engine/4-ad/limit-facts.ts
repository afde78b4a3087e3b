/** Facts that the limits of Enzyme.jl depend on, each found in the IR and its analyses. */
import type { Inst, Type, ValueId } from '../3-ir/ir.ts'
import { declarationOf } from '../3-ir/loc.ts'
import { columnsOf, isArray, isFloat, isObject, isRef, structOf } from '../3-ir/types.ts'
import type { Differentiation } from './differentiation.ts'
import type { Found, MetFunction } from './limits.ts'
import type { MemObject } from './memory-objects.ts'
import { userSpan } from './refusals.ts'

type Mark = Extract<Inst, { kind: 'prim' }>

/** Memory that has no shadow, and holds floats. */
function isConstantData({ transform }: Differentiation, { kind, param, type }: MemObject): boolean {
  if (type === null || !holdsFloats(type)) return false
  return kind === 'global' || ((kind === 'param' || kind === 'deep') && transform.activity[param] === 'const')
}

function holdsFloats(type: Type): boolean {
  return isArray(type) && columnsOf(type).some(isFloat)
}

function constantBehind(d: Differentiation, id: ValueId): MemObject | undefined {
  if (!isRef(d.activity.typeOf(id))) return undefined
  const { aliases } = d.activity
  return [...aliases.points(id)].map(index => aliases.object(index)).find(object => isConstantData(d, object))
}

function activeSecondary(d: Differentiation, id: ValueId): Found['secondary'] {
  const reason = d.activity.reasonOf(id)
  for (let at = reason; at; at = at.from) {
    const span = at.at && userSpan(at.at)
    if (span) return [{ span, text: `${at.what} is active: ${at.how}` }]
  }
  return []
}

/** Constant memory that is stored into active memory, that one reference may mean beside active memory, or that is returned as active. */
export function constantMeetsActive({ d }: MetFunction): Found | null {
  // What a dynamic call finds is asked by its caller, which knows the mode.
  if (d.transform.runtimeActivity || d.transform.guarded) return null
  const { activity } = d
  for (const inst of activity.liveInsts()) {
    if (inst.kind === 'store' || inst.kind === 'set') {
      const base = inst.kind === 'store' ? inst.arr : inst.obj
      const column = inst.kind === 'store' ? inst.column : inst.field
      const constant = activity.isActiveRef(base) && constantBehind(d, inst.value)
      if (!constant || !activity.isActiveSlot(base, column)) continue
      const what = `${constant.label} is constant and is stored where active memory is`
      return {
        inst,
        at: inst.at,
        what,
        label: 'this store puts constant memory among active memory',
        secondary: activeSecondary(d, base) ?? [],
      }
    }
    if (inst.kind !== 'if' && inst.kind !== 'for' && inst.kind !== 'while') continue
    const merged = inst.outs.find(out => isRef(out.type) && activity.isActiveRef(out.id) && constantBehind(d, out.id))
    if (!merged) continue
    const what = `\`${merged.name}\` may be constant memory or active memory`
    return { inst, at: inst.at, what, label: 'constant and active memory meet here', secondary: activeSecondary(d, merged.id) ?? [] }
  }
  const returned = d.func.body.yields.find((id, i) => isRef(d.func.results[i]!) && activity.isActiveResult(i) && constantBehind(d, id))
  if (returned === undefined) return null
  const what = `${constantBehind(d, returned)!.label} is constant and is returned where active memory is expected`
  return { inst: null, at: d.func.at, what, label: 'this returns constant memory' }
}

/** A variable of a module that is not constant, read for its value. */
export function readsGlobal({ d }: MetFunction): Found | null {
  for (const inst of d.activity.liveInsts()) {
    if (inst.kind !== 'global-get' || inst.at.made.length > 0) continue
    const cell = d.module.globals[inst.cell]
    if (cell && !cell.isConstant)
      return { inst, at: inst.at, what: `\`${cell.name}\``, label: 'its type may change while the program runs' }
  }
  return null
}

/** Memory within reach of the function object that is written to, whatever is written. */
export function writesFunctionObject({ d }: MetFunction): Found | null {
  const { readOnly } = d.transform
  if (readOnly === undefined) return null
  const { activity } = d
  const { aliases } = activity
  const isOwn = (index: number): boolean => {
    const { kind, param, type } = aliases.object(index)
    if (kind !== 'param' && kind !== 'deep') return false
    return param < readOnly && d.transform.activity[param] === 'const' && (type === null || holdsFloats(type) || isObject(type))
  }
  for (const inst of activity.liveInsts()) {
    const written = [...aliases.writes(inst)].find(isOwn)
    if (written === undefined) continue
    const what = 'memory that it holds is written to'
    return { inst, at: inst.at, what, label: 'this writes to memory that the function object holds' }
  }
  return null
}

/** A mark of one of these routines on active memory. */
function marked({ d }: MetFunction, routines: readonly string[]): { mark: Mark; routine: string } | null {
  const literals = new Map<ValueId, string>()
  for (const inst of d.activity.liveInsts()) {
    if (inst.kind === 'const' && typeof inst.value === 'string') literals.set(inst.out.id, inst.value)
    if (inst.kind !== 'prim' || inst.prim !== 'ad.mark') continue
    const routine = literals.get(inst.args[0]!) ?? ''
    if (routines.includes(routine) && d.activity.isActiveRef(inst.args[1]!)) return { mark: inst, routine }
  }
  return null
}

export function foreignRoutine(met: MetFunction, routines: readonly string[]): Found | null {
  const found = marked(met, routines)
  if (!found) return null
  const { mark, routine } = found
  const label = `this calls \`${routine}\``
  return { inst: mark, at: mark.at, what: `\`${routine}\``, label, secondary: activeSecondary(met.d, mark.args[1]!) ?? [] }
}

export function matrixOnTheRight(met: MetFunction): Found | null {
  const found = marked(met, ['getrs_matrix'])
  return found && { inst: found.mark, at: found.mark.at, what: 'matrix', label: 'the right-hand side is a matrix' }
}

export function splatWhenNested(met: MetFunction): Found | null {
  const found = met.d.level > 1 ? marked(met, ['apply_iterate']) : null
  return found && { inst: found.mark, at: found.mark.at, what: met.d.func.label, label: 'nobody knows how many arguments this makes' }
}

export function concatenatesUntyped(met: MetFunction): Found | null {
  const found = marked(met, ['concatenate'])
  if (!found || met.d.activity.typeOf(found.mark.args[1]!) !== 'arr<any>') return null
  return { inst: found.mark, at: found.mark.at, what: '`Any`', label: 'the elements of this have no common type' }
}

/** A call of a matrix product whose factors are one array of the shape 1×n, made by reshaping. */
export function reshapedRowProduct({ d, standsFor }: MetFunction): Found | null {
  const { activity } = d
  const rows = new Set<ValueId>()
  const constants = new Map<ValueId, unknown>()
  for (const inst of activity.liveInsts()) {
    if (inst.kind === 'const') constants.set(inst.out.id, inst.value)
    if (inst.kind !== 'prim' || inst.prim !== 'arr.reshape' || inst.args.length !== 3) continue
    if (constants.get(inst.args[1]!) === 1) rows.add(inst.outs[0]!.id)
  }
  if (rows.size === 0) return null
  for (const inst of activity.liveInsts()) {
    if (inst.kind !== 'call') continue
    const factors = inst.args.map((id, i) => ({ id, i })).filter(({ id }) => rows.has(id) && activity.isActiveRef(id))
    const [one, two] = factors
    if (!one || !two || one.id !== two.id || !standsFor(inst.callee, 'syrk')) continue
    return { inst, at: inst.at, what: 'the product', label: '', argument: two.i }
  }
  return null
}

/** Marks of a routine, on active memory or not. */
export function markedObjects(d: Differentiation, routine: string): Mark[] {
  const literals = new Set<ValueId>()
  return d.activity.liveInsts().flatMap(inst => {
    if (inst.kind === 'const' && inst.value === routine) literals.add(inst.out.id)
    return inst.kind === 'prim' && inst.prim === 'ad.mark' && literals.has(inst.args[0]!) ? [inst] : []
  })
}

/** Floats that are read out of a box of a captured variable whose value is an aggregate. */
export function boxedAggregate({ d }: MetFunction): Found | null {
  return boxedRead(d, 3)
}

/** A read of an active float out of a box with at least so many fields: a flag that says whether it is assigned, and the leaves of its value. */
export function boxedRead(d: Differentiation, fields: number): Found | null {
  const boxes = new Set(markedObjects(d, 'box').flatMap(mark => [...d.activity.aliases.points(mark.args[1]!)]))
  for (const inst of d.activity.liveInsts()) {
    if (inst.kind !== 'get' || !isFloat(inst.out.type) || !d.activity.isActiveFloat(inst.out.id)) continue
    const type = d.activity.typeOf(inst.obj)
    const struct = isObject(type) ? d.module.structs.get(structOf(type)) : undefined
    const isCaptured = [...d.activity.aliases.points(inst.obj)].some(index => boxes.has(index))
    if (struct?.isBox && isCaptured && struct.fields.length >= fields)
      return { inst, at: inst.at, what: `\`${inst.out.name}\``, label: 'this is captured, and assigned again' }
  }
  return null
}

/** An active object with an untyped vector beside one of floats. */
export function untypedKeys({ d }: MetFunction): Found | null {
  for (const inst of d.activity.liveInsts()) {
    const base = inst.kind === 'get' ? inst.obj : inst.kind === 'call' ? inst.args.find(id => isTable(d, id)) : undefined
    if (base === undefined || !isTable(d, base) || !d.activity.isActiveRef(base)) continue
    return { inst, at: inst.at, what: `\`${d.activity.nameOf(base)}\``, label: 'its keys have no known type' }
  }
  return null
}

function isTable(d: Differentiation, id: ValueId): boolean {
  const type = d.activity.typeOf(id)
  const fields = isObject(type) ? (d.module.structs.get(structOf(type))?.fields ?? []) : []
  return fields.some(field => field.type === 'arr<any>') && fields.some(field => field.type === 'arr<f64>' || field.type === 'arr<f32>')
}

const DEEPEST = 6

export function nestedDeeply({ d }: MetFunction): Found | null {
  const index = d.func.body.params.findIndex(({ type }, i) => d.transform.activity[i] === 'active' && depthOf(d, type) > DEEPEST)
  const param = d.func.body.params[index]
  return param
    ? { inst: null, at: declarationOf(d.func, param), what: `\`${param.name}\``, label: 'this argument is nested that deeply' }
    : null
}

/** A type that holds itself is as deep as it gets. */
function depthOf(d: Pick<Differentiation, 'module'>, type: Type, around: readonly Type[] = []): number {
  if (!isRef(type)) return 0
  if (around.includes(type)) return Infinity
  const inside = isArray(type)
    ? columnsOf(type)
    : isObject(type)
      ? (d.module.structs.get(structOf(type))?.fields.map(f => f.type) ?? [])
      : []
  return 1 + Math.max(0, ...inside.map(one => depthOf(d, one, [...around, type])))
}

/** An untyped array changes its length and is given a float with a derivative. */
export function growsUntyped({ d }: MetFunction): Found | null {
  const { activity } = d
  const insts = activity.liveInsts()
  const floats = new Set(insts.flatMap(inst => (inst.kind === 'box' && inst.leaves.some(id => activity.isVaried(id)) ? [inst.out.id] : [])))
  const given = new Set(
    insts.flatMap(inst => (inst.kind === 'store' && floats.has(inst.value) ? [...activity.aliases.points(inst.arr)] : [])),
  )
  const grows = (inst: Inst): boolean => {
    if (inst.kind !== 'prim' || inst.prim !== 'arr.resize' || activity.typeOf(inst.args[0]!) !== 'arr<any>') return false
    return [...activity.aliases.points(inst.args[0]!)].some(index => given.has(index))
  }
  const inst = insts.find(grows)
  return inst ? { inst, at: inst.at, what: d.func.label, label: 'an active value goes into an array of `Any` that grows' } : null
}
