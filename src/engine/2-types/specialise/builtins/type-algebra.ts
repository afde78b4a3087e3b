/** What two types have in common, and the smallest that holds both. */
import {
  ANY,
  anyTuple,
  applied,
  BOTTOM,
  hasFreeVars,
  supertypeOf,
  TUPLE,
  tupleType,
  unionAll,
  unionAllOf,
  unwrapped,
  varargType,
} from '../../intern.ts'
import { isConcrete, isSubtype, mayIntersect, unionOf } from '../../subtype.ts'
import type { DataType, JType, TypeParam } from '../../type.ts'

/** Steps up from `a` until the type holds `b` as well; of a type with open parameters, those stay open. */
export function typejoin(a: JType, b: JType): JType {
  if (isSubtype(a, b)) return b
  if (isSubtype(b, a)) return a
  if (a.kind === 'union') return a.members.reduceRight((joined, member) => typejoin(member, joined), b)
  if (b.kind === 'union') return typejoin(b, a)
  const from = unwrapped(a)
  if (from.kind !== 'data') return ANY
  if (from.name === TUPLE) return a.kind === 'data' && b.kind === 'data' && b.name === TUPLE ? tupleJoin(a, b) : ANY
  for (let at: JType = from; at.kind === 'data' && at !== ANY; at = supertypeOf(at)) {
    if (!hasFreeVars(at) && isSubtype(b, at)) return at
    if (isSubtype(b, unionAllOf(at.name))) return sharing(at, b)
  }
  return ANY
}

/** Element by element; tuples of different lengths have any number of what all elements share. */
function tupleJoin(a: DataType, b: DataType): JType {
  const isType = (p: TypeParam): p is JType => p.kind !== 'vararg' && p.kind !== 'value'
  if (!a.params.every(isType) || !b.params.every(isType)) return anyTuple()
  if (a.params.length === b.params.length) return tupleType(a.params.map((p, i) => typejoin(p, b.params[i] as JType)))
  return tupleType([varargType([...a.params, ...b.params].reduce(typejoin, BOTTOM), null)])
}

/** `type` with those parameters open that `other` does not have in common with it. */
function sharing(type: DataType, other: JType): JType {
  const open = (isKept: (i: number) => boolean): JType => {
    const params = type.params.map((p, i) => (isKept(i) ? p : type.name.vars[i]!))
    return type.name.vars.reduceRight<JType>((body, v, i) => (isKept(i) ? body : unionAll(v, body)), applied(type.name, params))
  }
  const has = (i: number): boolean =>
    isSubtype(
      other,
      open(k => k === i),
    )
  const kept = type.params.map((p, i) => !hasFreeVars(p) && has(i))
  return open(i => kept[i]!)
}

/** What is in both, where one holds the other or they have nothing in common. */
export function typeintersect(a: JType, b: JType): JType | null {
  if (isSubtype(a, b)) return a
  if (isSubtype(b, a)) return b
  if (a.kind === 'union') return meet(a.members.map(m => typeintersect(m, b)))
  if (b.kind === 'union') return meet(b.members.map(m => typeintersect(a, m)))
  return mayIntersect(a, b) && !(isConcrete(a) || isConcrete(b)) ? null : BOTTOM
}

function meet(types: readonly (JType | null)[]): JType | null {
  return types.some(t => t === null) ? null : unionOf(types as JType[])
}
