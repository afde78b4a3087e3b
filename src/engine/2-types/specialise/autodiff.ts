/**
 * The builtins behind Enzyme's API. `__forward`, `__gradient`, `__augmented` and `__reverse` make the function being differentiated an
 * IR function of its own and emit a call of what a transform makes of it (`Transform` in 3-ir/ir.ts).
 */
import { invariant } from '../../../diagnostics/bug.ts'
import type { Span } from '../../../diagnostics/source.ts'
import type { Passed } from '../../3-ir/dynamic-mode.ts'
import { RULE_SOURCES, type RuleSource, type Transform, type ValueId } from '../../3-ir/ir.ts'
import type { GlobalLeaf } from '../../3-ir/lift-globals.ts'
import { overwrittenAll } from '../../3-ir/overwritten.ts'
import { isFloat, isRef } from '../../3-ir/types.ts'
import { ANY, applied, BOTTOM, namedTupleType, TAPE, valueParam } from '../intern.ts'
import { fieldTypes, isBoxed, isOpen, isRecursive, leavesOf } from '../layout.ts'
import { isSubtype } from '../subtype.ts'
import type { Constant, DataType, JType } from '../type.ts'
import { dynamicForward, dynamicGradient } from './autodiff-dynamic.ts'
import { type Builtin, callLater } from './builtins/builtin.ts'
import { carriesDerivative } from './carries.ts'
import {
  type Argument,
  activeShadows,
  adjointTuple,
  adjointTypes,
  argumentsOf,
  lanes,
  leafTypesOf,
  mismatch,
  perShadow,
  repeated,
  resultShadowTypes,
  seeds,
  shadowed,
  widthOf,
} from './derivative-arguments.ts'
import type { Frame, Val } from './frame.ts'
import type { Instance } from './instances.ts'
import { boolVal, DEAD, isDead, isTuple, NOTHING_VAL, represent, stringVal, tupleItems, tupleVal, undefinedLeaf } from './value.ts'

/** The function of all leaves of `(f, args...)`: the method itself when one is certain, a wrapper around the call otherwise. */
function primal(frame: Frame, values: Val, span: Span): Instance {
  const types = tupleItems(values).map(v => v.type)
  return frame.s.callable(frame.module, types, span)
}

interface Wanted {
  readonly overwritten: boolean
  /** A `Val` of flags: is the primal's result used, are zeros strong? Without one, yes and no. */
  readonly flags: Val | undefined
  readonly width?: number
}

interface Flags {
  /** Primal, strong zero, runtime activity, function is read-only. */
  readonly switches: readonly boolean[]
  readonly rules: RuleSource | undefined
}

/** Of a `Val` of a tuple of these, the symbol last; there may be fewer. */
function flagsOf(flags: Val | undefined): Flags {
  const param = flags?.type.kind === 'data' ? flags.type.params[0] : undefined
  if (param?.kind !== 'value' || param.value.kind !== 'tuple') return { switches: [], rules: undefined }
  const { items } = param.value
  const last = items.at(-1)
  const rules = last?.kind === 'symbol' ? RULE_SOURCES.find(source => source === last.value) : undefined
  return { switches: items.flatMap(item => (item.kind === 'bool' ? [item.value] : [])), rules }
}

function request(
  frame: Frame,
  mode: Transform['mode'],
  of: Instance,
  args: readonly Argument[],
  { overwritten, flags, width = 1 }: Wanted,
): string {
  const { switches, rules } = flagsOf(flags)
  const [primal = true, strong = false, runtimeActivity = false, readOnly = false] = switches
  const modelled = frame.s.host.modelled && {
    ...(readOnly && args[0] && args[0].activity.length > 0 && { readOnly: args[0].activity.length }),
  }
  const more = {
    ...(!primal && { primal: false as const }),
    ...(strong && { strongZero: true as const }),
    ...(runtimeActivity && { runtimeActivity: true as const }),
    ...(rules && { rules }),
    ...(width > 1 && { width }),
    ...modelled,
  }
  const activity = args.flatMap(a => a.activity)
  const memory = overwrittenAll(activity.length, overwritten)
  return frame.s.host.derived({ mode, of: of.name, activity, interface: true, overwritten: memory, ...more })
}

function misuse(frame: Frame, name: string, given: readonly Val[], span: Span): Val {
  const message = `${name}: expected a tuple of the function and its arguments, and a tuple of as many shadows`
  return callLater(frame, name, given, span) ?? frame.s.emit.throwNew(frame, 'ArgumentError', [stringVal(frame, message, span)], span)
}

/** What a call that is resolved when it runs says of the transform. */
function passedOn(flags: Val | undefined, width: number): Passed {
  const { switches, rules } = flagsOf(flags)
  return {
    ...(switches[1] && { strongZero: true as const }),
    ...(switches[2] && { runtimeActivity: true as const }),
    ...(rules && { rules }),
    ...(width > 1 && { width }),
  }
}

const forward: Builtin = (frame, given, _k, span) => {
  const [values, tangents, flags, several] = given
  const width = widthOf(several)
  const args = values && tangents ? argumentsOf(frame, values, tangents, width) : null
  if (!values || !args) return misuse(frame, '__forward', given, span)
  const wrong = mismatch(frame, args, () => callLater(frame, '__forward', given, span), span)
  if (wrong) return wrong
  const of = primal(frame, values, span)
  if (frame.s.instances.isInCycle(of)) return dynamicForward(frame, args, passedOn(flags, width), span)
  const name = request(frame, 'forward', of, args, { overwritten: false, flags, width })
  const shadowTypes = of.result === BOTTOM ? [] : resultShadowTypes(of.result)
  const resultTypes = of.result === BOTTOM ? [] : leavesOf(of.result)
  const outs = frame.builder.call(
    name,
    [...values.leaves, ...activeShadows(args, leafTypesOf, () => true)],
    [...resultTypes, ...repeated(shadowTypes, width)],
    frame.at(span),
  )
  if (of.result === BOTTOM) return DEAD
  const y: Val = { type: of.result, leaves: outs.slice(0, resultTypes.length), constant: null }
  return tupleVal([y, perShadow(lanes(outs.slice(resultTypes.length), width).map(lane => shadowed(y, lane)))])
}

const gradient: Builtin = (frame, given, _k, span) => {
  const [values, shadows, seed, flags, several] = given
  const width = widthOf(several)
  const args = values && shadows ? argumentsOf(frame, values, shadows, width) : null
  if (!values || !args || !seed) return misuse(frame, '__gradient', given, span)
  const wrong = mismatch(frame, args, () => callLater(frame, '__gradient', given, span), span)
  if (wrong) return wrong
  const of = primal(frame, values, span)
  if (seed.type !== of.result && isOpen(seed.type)) return misuse(frame, '__gradient', given, span)
  if (width === 1 && frame.s.instances.isInCycle(of)) return dynamicGradient(frame, args, seed, passedOn(flags, width), span)
  const name = request(frame, 'gradient', of, args, { overwritten: false, flags, width })
  const resultTypes = of.result === BOTTOM ? [] : leavesOf(of.result)
  const seedLeaves = of.result === BOTTOM ? [] : seeds(frame, seed, of.result, span, width)
  if (!seedLeaves) return DEAD
  const outs = frame.builder.call(
    name,
    [...values.leaves, ...activeShadows(args, leafTypesOf, isRef), ...seedLeaves],
    [...resultTypes, ...repeated(adjointTypes(args), width)],
    frame.at(span),
  )
  if (of.result === BOTTOM) return DEAD
  const y: Val = { type: of.result, leaves: outs.slice(0, resultTypes.length), constant: null }
  return tupleVal([y, adjointTuple(frame, args, outs.slice(resultTypes.length), width)])
}

const augmented: Builtin = (frame, given, _k, span) => {
  const [values, shadows, flags, several] = given
  const width = widthOf(several)
  const args = values && shadows ? argumentsOf(frame, values, shadows, width) : null
  if (!values || !args) return misuse(frame, '__augmented', given, span)
  const wrong = mismatch(frame, args, () => callLater(frame, '__augmented', given, span), span)
  if (wrong) return wrong
  const of = primal(frame, values, span)
  const name = request(frame, 'augmented', of, args, { overwritten: true, flags, width })
  const at = frame.at(span)
  const tape = frame.builder.tapeNew(at)
  const resultTypes = of.result === BOTTOM ? [] : leavesOf(of.result)
  const refs = repeated(resultTypes.filter(isRef), width)
  const outs = frame.builder.call(name, [...values.leaves, ...activeShadows(args, leafTypesOf, isRef), tape], [...resultTypes, ...refs], at)
  if (of.result === BOTTOM) return DEAD
  const y: Val = { type: of.result, leaves: outs.slice(0, resultTypes.length), constant: null }
  const shadow = (lane: readonly ValueId[]): Val => {
    let next = 0
    const leaves = resultTypes.map((leaf, i) => (isRef(leaf) ? lane[next++]! : isFloat(leaf) ? undefinedLeaf(frame, leaf) : y.leaves[i]!))
    return { type: of.result, leaves, constant: null }
  }
  const tapeType = applied(TAPE, [valueParam({ kind: 'symbol', value: name })])
  const whole = perShadow(lanes(outs.slice(resultTypes.length), width).map(shadow))
  return tupleVal([{ type: tapeType, leaves: [tape], constant: null }, y, whole])
}

const reverse: Builtin = (frame, given, _k, span) => {
  const [tape, values, shadows, resultShadow, seed, flags, several] = given
  const width = widthOf(several)
  const args = values && shadows ? argumentsOf(frame, values, shadows, width) : null
  if (!tape || !values || !args || !resultShadow || !seed) return misuse(frame, '__reverse', given, span)
  const wrong = mismatch(frame, args, () => callLater(frame, '__reverse', given, span), span)
  if (wrong) return wrong
  const of = primal(frame, values, span)
  if ([tape, resultShadow, seed].some(({ type }) => type !== of.result && isOpen(type))) return misuse(frame, '__reverse', given, span)
  const name = request(frame, 'reverse', of, args, { overwritten: true, flags, width })
  const key = (tape.type as DataType).params[0]
  const made = request(frame, 'augmented', of, args, { overwritten: true, flags, width })
  const found = width === 1 ? [resultShadow] : isTuple(resultShadow) ? tupleItems(resultShadow) : []
  const resultShadows = found.flatMap(shadow => shadowOf(frame, shadow, of.result, span) ?? [])
  const fits = resultShadows.length === width
  if (key?.kind !== 'value' || key.value.kind !== 'symbol' || key.value.value !== made || !fits) {
    return frame.s.emit.throwNew(
      frame,
      'ArgumentError',
      [stringVal(frame, 'the tape belongs to another function, other argument types or other activities', span)],
      span,
    )
  }
  const seedLeaves = seeds(frame, seed, of.result, span, width)
  if (!seedLeaves) return DEAD
  const refShadows = leavesOf(of.result).flatMap((leaf, i) => (isRef(leaf) ? resultShadows.map(shadow => shadow.leaves[i]!) : []))
  const outs = frame.builder.call(
    name,
    [...activeShadows(args, leafTypesOf, isRef), ...refShadows, ...seedLeaves, tape.leaves[0]!],
    repeated(adjointTypes(args), width),
    frame.at(span),
  )
  return adjointTuple(frame, args, outs, width)
}

/** The shadow of a result as one of its type: of a type that leaves something open, memory is still the same memory. */
function shadowOf(frame: Frame, shadow: Val, type: JType, span: Span): Val | null {
  if (shadow.type === type) return shadow
  return isBoxed(type) && !leavesOf(shadow.type).some(isFloat) && isSubtype(shadow.type, type) ? represent(frame, shadow, type, span) : null
}

/**
 * `__gradient_of_globals((f,), (shadow,), seed, flags)`: the value of `f()`, whether it can come to no other globals
 * than these, and for each global variable that it reads, and that has a derivative, a tuple of the value and its shadow, into which the adjoint has gone.
 */
const gradientOfGlobals: Builtin = (frame, given, kwargs, span) => {
  const [values, shadows, seed, flags] = given
  const args = values && shadows ? argumentsOf(frame, values, shadows) : null
  if (!values || !args || !seed) return misuse(frame, '__gradient_of_globals', given, span)
  const of = primal(frame, values, span)
  const lifted = of.result === BOTTOM ? null : frame.s.host.lifted(of.name)
  if (!lifted || lifted.leaves.length === 0) {
    const made = gradient(
      frame,
      [values, shadows, seed, flags].filter(val => val !== undefined),
      kwargs,
      span,
    )
    return isDead(made) ? made : tupleVal([tupleItems(made)[0]!, boolVal(frame, lifted?.isWhole ?? false, span)])
  }
  const globals = globalArguments(frame, lifted.leaves, span)
  const seedLeaves = seeds(frame, seed, of.result, span)
  if (!seedLeaves) return DEAD
  const all = [...args, ...globals.lifted]
  const name = request(frame, 'gradient', { ...of, name: lifted.name }, all, { overwritten: false, flags })
  const resultTypes = leavesOf(of.result)
  const outs = frame.builder.call(
    name,
    [...values.leaves, ...globals.lifted.flatMap(a => a.val.leaves), ...activeShadows(all, leafTypesOf, isRef), ...seedLeaves],
    [...resultTypes, ...adjointTypes(all)],
    frame.at(span),
  )
  const y: Val = { type: of.result, leaves: outs.slice(0, resultTypes.length), constant: null }
  return tupleVal([y, boolVal(frame, lifted.isWhole, span), ...globals.pairs.map(pair => tupleVal(pair))])
}

/** The globals with shadows, and of each those leaves that a lifted function is given as arguments of their own. */
function globalArguments(
  frame: Frame,
  leaves: readonly GlobalLeaf[],
  span: Span,
): { readonly pairs: readonly (readonly [Val, Val])[]; readonly lifted: readonly Argument[] } {
  const { s } = frame
  const cells = new Map<number, readonly [Val, Val]>()
  for (const { cell } of leaves) {
    const { type } = s.world.cells[cell]!
    if (cells.has(cell) || type === null) continue
    s.instances.depend(s.world.cells[cell]!)
    const whole = leavesOf(type).map((leaf, i) => frame.builder.globalGet(cell, i, leaf, frame.at(span)))
    const val: Val = { type, leaves: whole, constant: null }
    cells.set(cell, [val, zeroShadow(frame, [val], [], span)])
  }
  const lifted = leaves.map(({ cell, leaf, type }): Argument => {
    const [val, shadow] = cells.get(cell)!
    const one = (whole: Val): Val => ({ type: ANY, leaves: [whole.leaves[leaf]!], constant: null })
    return { val: one(val), shadows: [one(shadow)], kind: 'duplicated', activity: [carriesDerivative(s, type) ? 'active' : 'const'] }
  })
  return { pairs: [...cells.values()], lifted }
}

/**
 * `__influences((f, args...), flags)`: a tuple with a `Val` for each argument, the function first: may it have a part in the result? For
 * an immutable struct or tuple that may, one entry a field.
 */
const influences: Builtin = (frame, given, _k, span) => {
  const [values, flags] = given
  if (!values || !isTuple(values)) return misuse(frame, '__influences', given, span)
  const of = primal(frame, values, span)
  const { rules } = flagsOf(flags)
  // Of a function that is differentiated inside of itself not all is known yet.
  const isOpen = frame.s.instances.isInCycle(of)
  const found = isOpen ? null : frame.s.host.influences(of.name, rules)
  const leaves = [...(found ?? leavesOf(values.type).map(() => true))]
  return tupleVal(fieldTypes(values.type as DataType).map(type => frame.s.valOf(valueParam(influencesOf(type, leaves)))))
}

/** Takes as many of the leaves as the type has. */
function influencesOf(type: JType, leaves: boolean[]): Constant {
  const isRecord = type.kind === 'data' && (type.name.form === 'struct' || type.name.form === 'tuple' || type.name.form === 'namedtuple')
  if (!isRecord || isRecursive(type)) return { kind: 'bool', value: leaves.splice(0, leavesOf(type).length).includes(true) }
  const items = fieldTypes(type).map(field => influencesOf(field, leaves))
  return items.every(item => item.kind === 'bool' && !item.value) ? { kind: 'bool', value: false } : { kind: 'tuple', items }
}

/** `__zero_shadow(x)`: floats 0, fresh zeroed memory, everything else as it is. */
const zeroShadow: Builtin = (frame, [x], kwargs, span) => {
  if (!x || isDead(x)) return DEAD
  // Two references may share memory, and then their shadows do.
  if (leavesOf(x.type).filter(isRef).length > 1) {
    const whole = zeroShadow(frame, [represent(frame, x, ANY, span)], kwargs, span)
    return represent(frame, whole, x.type, span)
  }
  const leaves = leavesOf(x.type).map((leaf, i): ValueId => {
    if (isFloat(leaf)) return undefinedLeaf(frame, leaf)
    if (!isRef(leaf)) return x.leaves[i]!
    invariant(leaf !== 'tape', 'a tape has no zero shadow here')
    return frame.builder.prim('arr.zeros_like', [x.leaves[i]!], [leaf], frame.at(span))[0]!
  })
  return { type: x.type, leaves, constant: null }
}

const zeroInPlace: Builtin = (frame, [x], _k, span) => {
  if (!x) return NOTHING_VAL
  leavesOf(x.type).forEach((leaf, i) => {
    if (isRef(leaf)) frame.builder.prim('arr.zero', [x.leaves[i]!], [], frame.at(span))
  })
  return NOTHING_VAL
}

/** A tuple under the names 1, 2, …: how Enzyme gives a batch of tangents. */
const numbered: Builtin = (frame, given, _k, span) => {
  const [tuple] = given
  if (!tuple || isDead(tuple)) return DEAD
  if (!isTuple(tuple)) return misuse(frame, '__numbered', given, span)
  const types = tupleItems(tuple).map(item => item.type)
  return {
    type: namedTupleType(
      types.map((_type, i) => String(i + 1)),
      types,
    ),
    leaves: tuple.leaves,
    constant: null,
  }
}

export const AUTODIFF_BUILTINS: Readonly<Record<string, Builtin>> = {
  __forward: forward,
  __gradient: gradient,
  __augmented: augmented,
  __reverse: reverse,
  __gradient_of_globals: gradientOfGlobals,
  __influences: influences,
  __zero_shadow: zeroShadow,
  '__zero_shadow!': zeroInPlace,
  __numbered: numbered,
  __within_autodiff: (frame, _args, _k, span) => ({
    type: frame.s.baseType('Bool'),
    leaves: frame.builder.prim('ad.within', [], ['bool'], frame.at(span)),
    constant: null,
  }),
}
