/** Widens the boxes of a function that is done for what its inner functions will assign later. */
import { Failure } from '../../../diagnostics/diagnostic.ts'
import type { Span } from '../../../diagnostics/source.ts'
import { dispatch } from '../dispatch.ts'
import { ANY, BOX } from '../intern.ts'
import type { Method } from '../method-table.ts'
import type { DataType, JType, TypeParam } from '../type.ts'
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

/** Called with anything that it takes. Where no call stands for all, whatever the inner functions assign without a type is for any. */
function settleFor(frame: Frame, type: JType, { params, def, vars }: Method, boxes: readonly DataType[]): void {
  if (vars.length > 0 || def.kwparams.length > 0 || def.kwslurp !== null) open(frame, boxes)
  else if (!anythingGiven(params.slice(1)).every(given => make(frame, [type, ...given], def.span))) open(frame, boxes)
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
