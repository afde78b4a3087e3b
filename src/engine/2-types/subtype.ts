/**
 * Subtyping, and matching of argument types against method signatures.
 *
 * The variables of the right-hand side are existential: a match binds them. Those of the left-hand side are rigid. In a covariant
 * position (tuple elements) a variable collects lower bounds; in an invariant one (type parameters) it must be equal. A variable
 * that is only in covariant positions, and in more than one, must be one concrete type (Julia's diagonal rule).
 */
import {
  ANY,
  BOTTOM,
  DATATYPE,
  hasFreeVars,
  mentions,
  rawUnion,
  substituteParam,
  supertypeOf,
  TUPLE,
  TYPE,
  tableOfTypes,
  typeVar,
  UNIONALLTYPE,
  UNIONTYPE,
  unwrapped,
  valueParam,
} from './intern.ts'
import type { DataType, JType, TypeParam, TypeVar, UnionAll, VarargType } from './type.ts'

interface Bound {
  equal: TypeParam | null
  lower: JType[]
}

/** Existential variables in scope and what is known of them, copied on backtracking; and the rigid variables met, which bounds may mention. */
class Env {
  readonly rigid = new Set<TypeVar>()
  readonly bounds: Map<TypeVar, Bound>
  /** Inside of a type parameter. */
  isInvariant = false
  constructor(bounds: Map<TypeVar, Bound> = new Map()) {
    this.bounds = bounds
  }
  save(): Map<TypeVar, Bound> {
    return new Map([...this.bounds].map(([v, b]) => [v, { equal: b.equal, lower: [...b.lower] }]))
  }
  restore(saved: Map<TypeVar, Bound>): void {
    this.bounds.clear()
    for (const [v, b] of saved) this.bounds.set(v, b)
  }
}

/** By the one type, then by the other. */
const answers = tableOfTypes<JType, Map<JType, boolean>>()
let answered = 0
/** Types of sessions that are over are asked about no more. */
const MOST_KNOWN = 100_000

export function isSubtype(a: JType, b: JType): boolean {
  if (a === b || b === ANY || a === BOTTOM) return true
  const known = answers.get(a)?.get(b)
  if (known !== undefined) return known
  const result = sub(a, b, new Env())
  if (!hasFreeVars(a) && !hasFreeVars(b)) remember(a, b, result)
  return result
}

function remember(a: JType, b: JType, answer: boolean): void {
  if (++answered > MOST_KNOWN) {
    answers.clear()
    answered = 1
  }
  const ofOne = answers.get(a)
  if (ofOne) ofOne.set(b, answer)
  else answers.set(a, new Map([[b, answer]]))
}

export function isEqualType(a: JType, b: JType): boolean {
  return a === b || (isSubtype(a, b) && isSubtype(b, a))
}

/** Binds `vars` so that Tuple{actual…} is a subtype of Tuple{formal…}; null if it is not. A variable that nothing determines keeps itself. */
export function matchTypes(
  actual: readonly TypeParam[],
  formal: readonly TypeParam[],
  vars: readonly TypeVar[],
): Map<TypeVar, TypeParam> | null {
  const env = new Env()
  for (const v of vars) env.bounds.set(v, { equal: null, lower: [] })
  if (!subTuple(actual, formal, env)) return null
  return solve(vars, env)
}

function solve(vars: readonly TypeVar[], env: Env): Map<TypeVar, TypeParam> | null {
  const result = new Map<TypeVar, TypeParam>()
  // Innermost first: a bound may mention an earlier variable, and an earlier variable may be found through a later one's bound.
  for (let i = vars.length - 1; i >= 0; i--) {
    const v = vars[i]!
    const found = solution(v, env)
    if (found === null) return null
    if (found !== undefined) {
      if (found.kind !== 'value' && found.kind !== 'vararg') {
        if (v.upper !== ANY && !sub(found, v.upper, env)) return null
        if (v.lower !== BOTTOM && !sub(substituteParam(v.lower, result) as JType, found, env)) return null
      } else if (found.kind === 'value' && v.upper !== ANY) return null
      result.set(v, found)
    }
  }
  // Bounds may have been found while checking others.
  for (const v of vars) {
    if (result.has(v)) continue
    const found = solution(v, env)
    if (found === null) return null
    if (found !== undefined) result.set(v, found)
  }
  return result
}

function solution(v: TypeVar, env: Env): TypeParam | null | undefined {
  const bound = env.bounds.get(v)!
  if (bound.equal) {
    const { equal } = bound
    if (bound.lower.length && equal.kind === 'value') return null
    return bound.lower.every(l => isSubtype(l, equal as JType)) ? equal : null
  }
  const [first, ...rest] = bound.lower
  if (!first) return undefined
  if (rest.length === 0) return first
  return rest.every(r => r === first) && (isConcrete(first) || first.kind === 'var') ? first : null
}

function sub(a: JType, b: JType, env: Env): boolean {
  if (a === b) return true
  if (b.kind === 'var' && env.bounds.has(b)) {
    const bound = env.bounds.get(b)!
    bound.lower.push(a)
    return b.upper === ANY || subQuiet(a, b.upper, env)
  }
  if (b === ANY || a === BOTTOM) return true
  if (a.kind === 'union') return a.members.every(m => sub(m, b, env))
  if (a.kind === 'unionall') {
    if (b.kind === 'unionall' && a === b) return true
    const { variable, body } = opened(a, b, env)
    env.rigid.add(variable)
    return sub(body, b, env) && !(env.isInvariant && hasEscaped(variable, env))
  }
  if (b.kind === 'union') {
    for (const m of b.members) {
      const saved = env.save()
      if (sub(a, m, env)) return true
      env.restore(saved)
    }
    return a.kind === 'var' && sub(a.upper, b, env)
  }
  // Each member of a bound may need other values of the variables of `b`.
  if (a.kind === 'var' && b.kind === 'unionall') return a.upper !== ANY && sub(a.upper, b, env)
  if (b.kind === 'unionall') {
    const { variable, body } = opened(b, a, env)
    env.bounds.set(variable, { equal: null, lower: [] })
    if (!sub(a, body, env)) return false
    const found = solve([variable], env)
    env.bounds.delete(variable)
    return found !== null
  }
  if (a.kind === 'var') return a.upper !== ANY && sub(a.upper, b, env)
  if (b.kind === 'var') return b.lower !== BOTTOM && sub(a, b.lower, env)
  return subData(a, b, env)
}

/**
 * The body of a type, with its variable free in it. Where that variable stands for something already, another takes its place; only there, for every
 * variable made is kept for ever, with all types that mention it.
 */
function opened(type: UnionAll, other: JType, env: Env): { variable: TypeVar; body: JType } {
  const { variable, body } = type
  if (!env.bounds.has(variable) && !env.rigid.has(variable) && !(hasFreeVars(other) && mentions(other, variable))) return type
  const fresh = typeVar(variable.name, variable.lower, variable.upper)
  return { variable: fresh, body: substituteParam(body, new Map([[variable, fresh]])) as JType }
}

/**
 * In a type parameter, a variable of an outer scope cannot equal what only an inner one knows: `Type{Array}` is no `Type{Array{T}} where T`.
 * Elsewhere it can: `Tuple{Array}` is the same as `Tuple{Array{T}} where T`.
 */
function hasEscaped(variable: TypeVar, env: Env): boolean {
  for (const { equal } of env.bounds.values()) if (equal && isFreeIn(equal, variable)) return true
  return false
}

function isFreeIn(type: TypeParam, variable: TypeVar): boolean {
  if (!mentions(type, variable)) return false
  switch (type.kind) {
    case 'unionall':
      return type.variable !== variable && isFreeIn(type.body, variable)
    case 'data':
      return type.params.some(p => isFreeIn(p, variable))
    case 'union':
      return type.members.some(m => isFreeIn(m, variable))
    default:
      return true
  }
}

/** Checks a bound with variables in it; may learn about variables that the bound mentions. */
function subQuiet(a: JType, b: JType, env: Env): boolean {
  return hasFreeVars(b) ? sub(a, b, env) : isSubtype(a, b)
}

function subData(a: DataType, b: DataType, env: Env): boolean {
  if (a.name === TYPE && b.name !== TYPE) {
    if (b === DATATYPE) return (a.params[0] as JType).kind === 'data'
    if (b === UNIONALLTYPE) return (a.params[0] as JType).kind === 'unionall'
    if (b === UNIONTYPE) return (a.params[0] as JType).kind === 'union'
  }
  if (a === DATATYPE && b.name === TYPE) return b.params[0]!.kind === 'var'
  let up: JType = a
  while (up.kind === 'data' && up.name !== b.name) {
    if (up === ANY) return false
    up = supertypeOf(up)
  }
  if (up.kind !== 'data') return sub(up, b, env)
  if (up.name === TUPLE) return subTuple(up.params, b.params, env)
  if (up.params.length !== b.params.length) return false
  return up.params.every((p, i) => equalParam(p, b.params[i]!, env))
}

function subTuple(as: readonly TypeParam[], bs: readonly TypeParam[], env: Env): boolean {
  const lastA = as.at(-1)
  const lastB = bs.at(-1)
  const openA = lastA?.kind === 'vararg' ? lastA : null
  const openB = lastB?.kind === 'vararg' ? lastB : null
  const fixedA = openA ? as.length - 1 : as.length
  const fixedB = openB ? bs.length - 1 : bs.length
  if (openA && !openB) return false
  if (fixedA < fixedB || (!openB && fixedA !== fixedB)) return false
  for (let i = 0; i < fixedB; i++) if (!subItem(as[i]!, bs[i]!, env)) return false
  if (!openB) return true
  for (let i = fixedB; i < fixedA; i++) if (!subItem(as[i]!, openB.element, env)) return false
  // Of however many there are, so a variable is met more than once.
  if (openA && !(sub(openA.element, openB.element, env) && sub(openA.element, openB.element, env))) return false
  if (!openB.count) return true
  if (!openA) return equalParam(valueParam({ kind: 'int', value: fixedA - fixedB }), openB.count, env)
  return openA.count !== null && fixedA === fixedB && equalParam(openA.count, openB.count, env)
}

/** A place of a tuple type; `Tuple{3}` has a number there. */
function subItem(a: TypeParam, b: TypeParam, env: Env): boolean {
  if (a.kind === 'value' || b.kind === 'value') return b === ANY || equalParam(a, b, env)
  return sub(a as JType, b as JType, env)
}

/** Invariant position. */
function equalParam(a: TypeParam, b: TypeParam, env: Env): boolean {
  if (a === b) return true
  if (b.kind === 'var' && env.bounds.has(b)) {
    const bound = env.bounds.get(b)!
    if (bound.equal) return bound.equal === a || (isTypeParam(bound.equal) && isTypeParam(a) && isEqualType(bound.equal, a))
    bound.equal = a
    return a.kind === 'value' || a.kind === 'vararg' || b.upper === ANY || subQuiet(a, b.upper, env)
  }
  if (a.kind === 'value' || b.kind === 'value' || a.kind === 'vararg' || b.kind === 'vararg') {
    return a.kind === 'vararg' && b.kind === 'vararg' && equalVararg(a, b, env)
  }
  if (b.kind === 'data' && a.kind === 'data' && a.name === b.name && a.params.length === b.params.length) {
    return a.params.every((p, i) => equalParam(p, b.params[i]!, env))
  }
  // A type with free parameters is no type without them.
  if (a.kind === 'data' && (b.kind === 'data' || b.kind === 'unionall')) return false
  if (a.kind === 'unionall' && b.kind === 'data') return false
  // Array{Int} is no AbstractArray{Int}, however few of their parameters are given.
  if (a.kind === 'unionall' && b.kind === 'unionall') {
    const [insideA, insideB] = [unwrapped(a), unwrapped(b)]
    if (insideA.kind === 'data' && insideB.kind === 'data' && insideA.name !== insideB.name) return false
  }
  // What needs no variable of a union must be in the other type as well: Float64 is no Union{Missing,T}.
  const known = b.kind === 'union' ? b.members.filter(m => !hasExistentials(m, env)) : []
  if (known.length > 0 && !known.every(m => isSubtype(m, a))) return false
  const before = env.isInvariant
  env.isInvariant = true
  const isContained = sub(a, b, env)
  env.isInvariant = before
  return isContained && isContainedAsFound(b, a, env)
}

/** With what was found for its variables: Union{Array{Int,0},Array{Int,1}} is no Array{T}, which has arrays of all dimensions. */
function isContainedAsFound(b: JType, a: JType, env: Env): boolean {
  if (!hasExistentials(b, env)) return isSubtype(b, a)
  const found = new Map<TypeVar, TypeParam>()
  for (const [variable, { equal }] of env.bounds) if (equal) found.set(variable, equal)
  const closed = substituteParam(b, found) as JType
  return hasExistentials(closed, env) || isSubtype(closed, a)
}

/** Variables that the type itself binds may be those of a constructor's signature too, and are not meant. */
function hasExistentials(t: TypeParam, env: Env, own: readonly TypeVar[] = []): boolean {
  switch (t.kind) {
    case 'var':
      return env.bounds.has(t) && !own.includes(t)
    case 'data':
      return t.params.some(p => hasExistentials(p, env, own))
    case 'union':
      return t.members.some(m => hasExistentials(m, env, own))
    case 'unionall':
      return hasExistentials(t.body, env, [...own, t.variable])
    case 'value':
      return false
    case 'vararg':
      return hasExistentials(t.element, env, own)
  }
}

function equalVararg(a: VarargType, b: VarargType, env: Env): boolean {
  return (
    equalParam(a.element, b.element, env) &&
    (a.count === b.count || (a.count !== null && b.count !== null && equalParam(a.count, b.count, env)))
  )
}

function isTypeParam(p: TypeParam): p is JType {
  return p.kind !== 'value' && p.kind !== 'vararg'
}

/** Can a value have exactly this type (Type{X} counts: it is the type of one value)? */
export function isConcrete(type: JType): boolean {
  if (type.kind !== 'data') return false
  if (type.name === TYPE) return !hasFreeVars(type)
  if (type.name.form === 'abstract') return false
  if (type.name === TUPLE) return type.params.every(p => p.kind !== 'vararg' && p.kind !== 'value' && isConcrete(p))
  if (type.name.form === 'namedtuple')
    return type.params.length === 2 && type.params[1]!.kind === 'data' && isConcrete(type.params[1] as JType)
  return !hasFreeVars(type)
}

/** Union without members that others contain. */
export function unionOf(types: readonly JType[]): JType {
  const flat = rawUnion(types)
  if (flat.kind !== 'union') return flat
  const kept = flat.members.filter((m, i) => !flat.members.some((o, j) => i !== j && isSubtype(m, o) && (!isSubtype(o, m) || j < i)))
  return rawUnion(kept)
}

/** Could some type be a subtype of both? Errs on the side of yes. */
export function mayIntersect(a: JType, b: JType): boolean {
  const [ua, ub] = [unwrapped(a), unwrapped(b)]
  if (ua.kind === 'data' && ub.kind === 'data' && ua.name === TYPE && ub.name === TYPE) return paramsMayBeEqual(ua, ub)
  if (a === b || isSubtype(a, b) || isSubtype(b, a)) return true
  if (a.kind === 'union') return a.members.some(m => mayIntersect(m, b))
  if (b.kind === 'union') return b.members.some(m => mayIntersect(a, m))
  if (a.kind === 'var') return mayIntersect(a.upper, b)
  if (b.kind === 'var') return mayIntersect(a, b.upper)
  if (ua.kind !== 'data' || ub.kind !== 'data') return true
  if (ua.name === TUPLE && ub.name === TUPLE) return true
  if (ua.name === ub.name) return paramsMayBeEqual(ua, ub)
  // Two different constructors meet only along the chain of supertypes.
  return nameChain(ua).includes(ub.name) || nameChain(ub).includes(ua.name)
}

function paramsMayBeEqual(a: DataType, b: DataType): boolean {
  return a.params.every((p, i) => {
    const q = b.params[i]
    if (q === undefined || p === q) return true
    if (p.kind === 'var') return isWithin(q, p)
    if (q.kind === 'var') return isWithin(p, q)
    return p.kind !== 'value' && q.kind !== 'value' && (hasFreeVars(p) || hasFreeVars(q))
  })
}

/** May the parameter stand where the variable does? */
function isWithin(param: TypeParam, variable: TypeVar): boolean {
  return param.kind === 'value' || param.kind === 'vararg' || mayIntersect(param, variable.upper)
}

function nameChain(type: DataType): DataType['name'][] {
  const chain: DataType['name'][] = []
  let t: JType = type
  for (;;) {
    t = unwrapped(t)
    if (t.kind !== 'data' || t === ANY) return chain
    chain.push(t.name)
    t = supertypeOf(t)
  }
}
