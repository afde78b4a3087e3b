/** Widens the boxes of a function that is done for what its inner functions will assign later. */
import { Failure } from '../../../diagnostics/diagnostic.ts'
import type { Span } from '../../../diagnostics/source.ts'
import { dispatch } from '../dispatch.ts'
import { ANY, BOX } from '../intern.ts'
import { leavesOf } from '../layout.ts'
import type { Method } from '../method-table.ts'
import { isConcrete } from '../subtype.ts'
import type { DataType, JType, TypeParam } from '../type.ts'
import { carriesDerivative } from './carries.ts'
import type { Frame } from './frame.ts'

/**
 * Inner functions that are called without arguments do the same whenever they are called, and those that are boxed or handed out may be called
 * with anything. They may outlive this function, or be called by what is only known when it runs. So they are made now, for a box to be wide
 * enough for what they assign: afterwards it has the type that it has.
 */
export function settleBoxes(frame: Frame, result: JType): void {
  const { world } = frame.s
  for (const type of frame.closures) {
    const boxes = type.params.filter(isNarrow)
    if (boxes.length === 0) continue
    const found = dispatch(world, [type])
    if (found.kind === 'method' && !found.method.def.params.some(p => p.vararg)) make(frame, [type], found.method.def.span)
    if (!frame.s.isHandedOut(type) && !holds(result, type)) continue
    for (const method of world.methodsFor(type, false)) settleFor(frame, type, method, boxes)
  }
  for (const [def, { type, shared }] of frame.definitions) {
    const boxes = shared.filter(isNarrow)
    if (type === null) open(frame, boxes)
    else for (const method of world.methodsFor(type, false)) if (method.def === def) settleFor(frame, type, method, boxes)
  }
}

const isNarrow = (type: TypeParam): type is DataType => type.kind === 'data' && type.name === BOX && type.params[0] !== ANY

/** May a value of type `result` have one of this type in it? */
function holds(result: JType, type: DataType): boolean {
  const isIn = (part: TypeParam): boolean =>
    part === type ||
    ('params' in part ? part.params.some(isIn) : 'members' in part ? part.members.some(isIn) : 'body' in part && isIn(part.body))
  return isIn(result)
}

/**
 * Called with anything that it takes; where no call stands for all, whatever the inner functions assign without a type is for any. But what
 * carries derivatives does so only as a value of a known type: there it is called with numbers, and with what it holds so far.
 */
function settleFor(frame: Frame, type: JType, method: Method, boxes: readonly DataType[]): void {
  const { params, def, vars } = method
  const given = params.slice(1)
  const makeFor = (types: readonly JType[]): boolean => make(frame, [type, ...types], def.span)
  const held = boxes.map(box => box.params[0] as JType).filter(content => leavesOf(content).some(leaf => carriesDerivative(frame.s, leaf)))
  if (held.length > 0) for (const types of numbersGiven(frame, given, held)) makeFor(types)
  else if (vars.length > 0 || def.kwparams.length > 0 || def.kwslurp !== null || !anythingGiven(given).every(makeFor)) open(frame, boxes)
}

/** Types of arguments of calls where each parameter without a type has one of these. */
function numbersGiven(frame: Frame, params: readonly TypeParam[], held: readonly JType[]): JType[][] {
  const { s } = frame
  return [s.baseType('Float64'), s.baseType('Int64'), ...held].map(candidate =>
    params.map(param => {
      const taken =
        param.kind === 'vararg' ? param.element : param.kind === 'var' ? param.upper : param.kind === 'value' ? candidate : param
      return isConcrete(taken) ? taken : candidate
    }),
  )
}

function open(frame: Frame, boxes: readonly DataType[]): void {
  for (const box of boxes) frame.s.instances.openBox(box)
}

/** Types of arguments; after a parameter for any number of them, of calls with one and with two for it. */
function anythingGiven(params: readonly TypeParam[]): JType[][] {
  const last = params.at(-1)
  const rest = last?.kind === 'vararg' ? anythingOf(last.element) : null
  const single = (rest === null ? params : params.slice(0, -1)).map(anythingOf)
  if (!single.every(type => type !== null)) return []
  return rest === null
    ? [single]
    : [
        [...single, rest],
        [...single, rest, rest],
      ]
}

/** Can it be? Nobody may ever call it. */
function make(frame: Frame, types: readonly JType[], span: Span): boolean {
  try {
    frame.s.callable(frame.module, types, span)
    return true
  } catch (error) {
    if (error instanceof Failure) return false
    throw error
  }
}

/** Whatever a parameter takes; null for what is no single argument. */
function anythingOf(param: TypeParam): JType | null {
  return param.kind === 'value' || param.kind === 'vararg' || param.kind === 'var' ? null : param
}
