/** Which method a call reaches: the most specific one of those that the argument types match. */
import { mentions, TYPE, unionAll, unionAllOf, unwrapped } from './intern.ts'
import type { Method } from './method-table.ts'
import { isConcrete, isSubtype, matchTypes, mayIntersect } from './subtype.ts'
import type { JType, TypeParam, TypeVar } from './type.ts'
import type { World } from './world.ts'

export type Dispatch =
  | { readonly kind: 'method'; readonly method: Method; readonly bindings: ReadonlyMap<TypeVar, TypeParam> }
  /** Static types are too vague: the method depends on the types at run time. */
  | { readonly kind: 'dynamic' }
  | { readonly kind: 'none'; readonly candidates: readonly Method[] }
  | { readonly kind: 'ambiguous'; readonly methods: readonly Method[] }

/** What calls were found to reach, and how often the methods of the callee had changed then. */
const caches = new WeakMap<World, Map<string, { readonly changes: number; readonly dispatch: Dispatch }>>()

/** Only these are there for a call with keywords: a more specific method without them does not hide them. */
export function takesKeywords({ def }: Method): boolean {
  return def.kwparams.length > 0 || def.kwslurp !== null
}

/** `types`: the callee's type, then the positional arguments'. `withKeywords`: among the methods that take keywords. */
export function dispatch(world: World, types: readonly JType[], withKeywords = false): Dispatch {
  let cache = caches.get(world)
  if (!cache) {
    cache = new Map()
    caches.set(world, cache)
  }
  const key = `${withKeywords ? ';' : ''}${types.map(t => t.key).join(';')}`
  const changes = world.changesFor(types[0]!)
  const known = cache.get(key)
  if (known?.changes === changes) return known.dispatch
  const found = find(world, types, withKeywords)
  // Methods that are being loaded may come before those that were found.
  if (!world.isLoading) cache.set(key, { changes, dispatch: found })
  return found
}

function find(world: World, types: readonly JType[], withKeywords: boolean): Dispatch {
  const isCertain = types.every(t => isConcrete(t))
  const all = world.methodsFor(types[0]!, !isCertain)
  const methods = withKeywords ? all.filter(takesKeywords) : all
  const matching: { method: Method; bindings: ReadonlyMap<TypeVar, TypeParam> }[] = []
  for (const method of methods) {
    const bindings = matchTypes(types, method.params, method.vars)
    if (bindings) matching.push({ method, bindings })
  }
  if (!isCertain) {
    // Some argument's type is only known in part: a method is certain only if no other could be meant.
    const possible = methods.filter(m => couldMatch(types, m.params))
    if (possible.length === 0) return { kind: 'none', candidates: methods }
    const [only] = matching
    // A body is generated for the types at run time.
    if (possible.length === 1 && only && matching.length === 1 && !only.method.def.generated && !bindsVaguely(types, only.method))
      return { kind: 'method', ...only }
    return { kind: 'dynamic' }
  }
  if (matching.length === 0) return { kind: 'none', candidates: world.methodsFor(types[0]!, true) }
  if (matching.length === 1) return { kind: 'method', ...matching[0]! }
  const best = matching.find(m => matching.every(o => o === m || isMoreSpecific(m.method, o.method)))
  if (best) return { kind: 'method', ...best }
  return { kind: 'ambiguous', methods: matching.map(m => m.method) }
}

/** Would a type parameter of the method be bound to less than the type that the argument has at run time? */
function bindsVaguely(types: readonly JType[], { params, vars }: Method): boolean {
  if (vars.length === 0) return false
  return types.some((t, i) => {
    const p = params[Math.min(i, params.length - 1)]!
    return !isConcrete(t) && vars.some(v => mentions(p, v))
  })
}

export function isMoreSpecific(a: Method, b: Method): boolean {
  if (isSubtype(a.signature, b.signature)) return !isSubtype(b.signature, a.signature) || a.serial > b.serial
  if (isSubtype(b.signature, a.signature)) return false
  // Neither contains the other: position by position, and where those say nothing, fixed arguments win over a vararg that takes them.
  let better = false
  for (let i = 0; i < Math.min(a.params.length, b.params.length); i++) {
    const pa = open(a.params[i]!)
    const pb = open(b.params[i]!)
    if (pa === null || pb === null || pa === pb) continue
    const aInB = isSubtype(closed(pa, a.vars), closed(pb, b.vars))
    const bInA = isSubtype(closed(pb, b.vars), closed(pa, a.vars))
    const order = aInB === bInA ? (aInB ? 0 : byBound(a, b, pa, pb) || byName(a, b, pa, pb)) : aInB ? 1 : -1
    if (order === -1 || (order === 0 && !aInB)) return false
    if (order === 1) better = true
  }
  return better || (a.params.at(-1)?.kind !== 'vararg' && b.params.at(-1)?.kind === 'vararg')
}

/** `Type{<:Own}` comes before `Type{<:AbstractArray{T,N}}` with variables of the method, which no single one of its types takes in. */
function byBound(a: Method, b: Method, pa: JType, pb: JType): 1 | 0 | -1 {
  const [ua, ub] = [boundOfType(pa), boundOfType(pb)]
  if (!ua || !ub) return 0
  const aInB = isSubtype(closed(ua, a.vars), closed(ub, b.vars))
  const bInA = isSubtype(closed(ub, b.vars), closed(ua, a.vars))
  return aInB === bInA ? 0 : aInB ? 1 : -1
}

/** `U` of `Type{<:U}`. */
function boundOfType(type: JType): JType | null {
  const inner = unwrapped(type)
  const param = inner.kind === 'data' && inner.name === TYPE ? inner.params[0]! : null
  return param?.kind === 'var' ? param.upper : null
}

/**
 * Where neither type holds the other (`Array` and `AbstractVector`), Julia calls it ambiguous. The library's own methods are written
 * for the nominal type first: the one further down the hierarchy wins, 1 for a, -1 for b.
 */
function byName(a: Method, b: Method, pa: JType, pb: JType): 1 | 0 | -1 {
  if (!a.module.isBase || !b.module.isBase) return 0
  const na = unwrapped(pa.kind === 'var' ? pa.upper : pa)
  const nb = unwrapped(pb.kind === 'var' ? pb.upper : pb)
  if (na.kind !== 'data' || nb.kind !== 'data' || na.name === nb.name) return 0
  if (isSubtype(na, unionAllOf(nb.name))) return 1
  return isSubtype(nb, unionAllOf(na.name)) ? -1 : 0
}

function open(p: TypeParam): JType | null {
  if (p.kind === 'vararg') return p.element
  return p.kind === 'value' ? null : p
}

function closed(type: JType, vars: readonly TypeVar[]): JType {
  let result = type
  for (let i = vars.length - 1; i >= 0; i--) result = unionAll(vars[i]!, result)
  return result
}

function couldMatch(types: readonly JType[], params: readonly TypeParam[]): boolean {
  const last = params.at(-1)
  const rest = last?.kind === 'vararg' ? last : null
  const fixed = rest ? params.length - 1 : params.length
  if (types.length < fixed || (!rest && types.length > fixed)) return false
  return types.every((t, i) => {
    const p = i < fixed ? params[i]! : rest!.element
    return p.kind === 'value' || p.kind === 'vararg' || mayIntersect(t, p.kind === 'var' ? p.upper : p)
  })
}
