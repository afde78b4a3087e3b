/** Making types: interned application, unions, tuples, substitution. Two equal types are the same object. */
import { invariant } from '../../diagnostics/bug.ts'
import type { Type as LeafType } from '../3-ir/ir.ts'
import type { Constant, DataType, JType, TypeName, TypeParam, TypeVar, UnionAll, UnionType, ValueParam, VarargType } from './type.ts'

let serial = 0
const interned = new Map<string, DataType | UnionType | UnionAll | VarargType | ValueParam>()

function intern<T extends DataType | UnionType | UnionAll | VarargType | ValueParam>(key: string, make: () => T): T {
  const known = interned.get(key)
  if (known) return known as T
  const made = make()
  interned.set(key, made)
  return made
}

/** What is known of types, by the types; see `letGoOfTypes`. */
const tables: Map<TypeParam, unknown>[] = []

export function tableOfTypes<T extends TypeParam, V>(): Map<T, V> {
  const table = new Map<T, V>()
  tables.push(table as Map<TypeParam, unknown>)
  return table
}

/** Forgets types that no program will name again. */
export function letGoOfTypes(isOver: (param: TypeParam) => boolean): void {
  for (const [key, type] of interned) if (isOver(type)) interned.delete(key)
  for (const table of tables) for (const type of table.keys()) if (isOver(type)) table.delete(type)
}

/**
 * Lets go of all types, and gives what takes those back that something else still has. In between the garbage must have been collected, and
 * nothing else done. What is gone and needed again is made anew, under a key that no other had.
 */
export function weakTypes(): () => void {
  const refs = [...interned].map(([key, type]) => [key, new WeakRef(type)] as const)
  interned.clear()
  return () => {
    for (const [key, ref] of refs.splice(0)) {
      const type = ref.deref()
      if (type) interned.set(key, type)
    }
  }
}

let keys = 0

/** Keys are short, so that the key of a deeply nested type is no longer than that of its parts. */
function shortKey(): string {
  return `t${keys++}`
}

export interface TypeNameSpec {
  readonly name: string
  readonly module: string
  readonly form: TypeName['form']
  readonly vars?: TypeVar[]
  readonly supertype?: JType
  readonly leaf?: LeafType
  readonly callable?: TypeName['callable']
}

export function typeName(spec: TypeNameSpec): TypeName {
  return {
    name: spec.name,
    module: spec.module,
    form: spec.form,
    vars: spec.vars ?? [],
    supertype: spec.supertype ?? ANY,
    fields: [],
    leaf: spec.leaf ?? null,
    callable: spec.callable ?? null,
    serial: serial++,
  }
}

export function applied(name: TypeName, params: readonly TypeParam[]): DataType {
  let text = `${name.serial}`
  for (const p of params) text += `,${p.key}`
  const known = interned.get(text)
  if (known) return known as DataType
  // Of one piece: a text that was added to stays a chain of its parts for as long as it is kept.
  const kept = [name.serial, ...params.map(p => p.key)].join()
  return intern(kept, () => ({ kind: 'data', name, params, key: shortKey() }))
}

const anyName: TypeName = {
  name: 'Any',
  module: 'Core',
  form: 'abstract',
  vars: [],
  supertype: undefined as unknown as JType,
  fields: [],
  leaf: null,
  callable: null,
  serial: serial++,
}
export const ANY: DataType = applied(anyName, [])
anyName.supertype = ANY

export const BOTTOM: UnionType = intern('U{}', () => ({ kind: 'union', members: [], key: 'U{}' }))

export function typeVar(name: string, lower: JType = BOTTOM, upper: JType = ANY): TypeVar {
  const id = serial++
  return { kind: 'var', name, lower, upper, serial: id, key: `'${id}` }
}

function builtin(name: string, form: TypeName['form'], vars: string[] = [], more: Partial<TypeNameSpec> = {}): TypeName {
  return typeName({ name, module: 'Core', form, vars: vars.map(v => typeVar(v)), ...more })
}

export const TYPE = builtin('Type', 'abstract', ['T'])
export const DATATYPE = applied(builtin('DataType', 'abstract', [], { supertype: unionAllOf(TYPE) }), [])
export const UNIONTYPE = applied(builtin('Union', 'abstract', [], { supertype: unionAllOf(TYPE) }), [])
export const UNIONALLTYPE = applied(builtin('UnionAll', 'abstract', [], { supertype: unionAllOf(TYPE) }), [])
export const TUPLE = builtin('Tuple', 'tuple')
/** Marks `Vararg` in type expressions. */
export const VARARG = applied(builtin('Vararg', 'abstract'), [])
export const NAMEDTUPLE = builtin('NamedTuple', 'namedtuple', ['names', 'T'])
export const ARRAY = builtin('Array', 'array', ['T', 'N'])
export const FUNCTION = applied(builtin('Function', 'abstract'), [])
export const NOTHING = applied(builtin('Nothing', 'struct'), [])
/** What a variable holds that was never assigned; never a value of the program. */
export const MODULE = builtin('Module', 'struct', ['name'])
/** Shared cell of a captured, reassigned variable. */
/** `owner` says which local of which function it is for, so that its type can be widened there. */
export const BOX = builtin('Box', 'mutable', ['T', 'owner'])
export const TAPE = builtin('Tape', 'struct', ['key'])

const valueKeys = {
  int: (c: Constant & { kind: 'int' }) => `#${c.value}`,
  bool: (c: Constant & { kind: 'bool' }) => `#${c.value}`,
  float: (c: Constant & { kind: 'float' }) => `#f${Object.is(c.value, -0) ? '-0' : c.value}`,
  symbol: (c: Constant & { kind: 'symbol' }) => `#:${JSON.stringify(c.value)}`,
  char: (c: Constant & { kind: 'char' }) => `#c${c.value}`,
  nothing: () => '#nothing',
  tuple: (c: Constant & { kind: 'tuple' }): string => `#(${c.items.map(constantKey).join(',')})`,
  number: (c: Constant & { kind: 'number' }) => `#n${c.type.key}:${Object.is(c.value, -0) ? '-0' : c.value}`,
  struct: (c: Constant & { kind: 'struct' }): string => `#s${c.type.key}(${c.items.map(constantKey).join(',')})`,
  type: (c: Constant & { kind: 'type' }) => `#T${c.type.key}`,
} as const

export function constantKey(c: Constant): string {
  return (valueKeys[c.kind] as (c: Constant) => string)(c)
}

export function valueParam(value: Constant): TypeParam {
  if (value.kind === 'type') return value.type
  const key = constantKey(value)
  return intern(key, () => ({ kind: 'value', value, key }))
}

export function varargType(element: JType, count: VarargType['count']): VarargType {
  return intern(`...${element.key}${count ? `*${count.key}` : ''}`, () => ({ kind: 'vararg', element, count, key: shortKey() }))
}

/** Expands a trailing Vararg of known count. `Tuple` alone is `anyTuple()`. */
export function tupleType(params: readonly TypeParam[]): DataType {
  const last = params.at(-1)
  if (last === VARARG) return tupleType([...params.slice(0, -1), varargType(ANY, null)])
  if (last?.kind === 'vararg' && last.count?.kind === 'value' && last.count.value.kind === 'int') {
    return applied(TUPLE, [...params.slice(0, -1), ...Array.from({ length: last.count.value.value }, () => last.element)])
  }
  return applied(TUPLE, params)
}

export function anyTuple(): DataType {
  return applied(TUPLE, [varargType(ANY, null)])
}

export function namedTupleType(names: readonly string[], types: readonly JType[]): DataType {
  return applied(NAMEDTUPLE, [valueParam({ kind: 'tuple', items: names.map(value => ({ kind: 'symbol', value })) }), tupleType(types)])
}

export function typeOfType(type: JType): DataType {
  return applied(TYPE, [type])
}

/** `Type{T}` gives T; undefined for other types. */
export function typeParameterOf(type: JType): JType | undefined {
  return type.kind === 'data' && type.name === TYPE ? (type.params[0] as JType) : undefined
}

export function unionAll(variable: TypeVar, body: JType): JType {
  if (!mentions(body, variable)) return body
  return intern(`A${variable.serial}.${body.key}`, () => ({ kind: 'unionall', variable, body, key: shortKey() }))
}

/** `Array` means `Array{T,N} where {T,N}`. */
export function unionAllOf(name: TypeName): JType {
  let body: JType = applied(name, name.vars)
  for (let i = name.vars.length - 1; i >= 0; i--) body = unionAll(name.vars[i]!, body)
  return body
}

/** The union of exactly these, flattened and without repeats; subsumption is the caller's (see `subtype.ts`). */
export function rawUnion(types: readonly JType[]): JType {
  const members = new Map<string, JType>()
  for (const t of types) for (const m of t.kind === 'union' ? t.members : [t]) members.set(m.key, m)
  if (members.size === 1) return [...members.values()][0]!
  const sorted = [...members.values()].sort((a, b) => (a.key < b.key ? -1 : 1))
  return intern(`U{${sorted.map(m => m.key).join(',')}}`, () => ({ kind: 'union', members: sorted, key: shortKey() }))
}

export function mentions(type: TypeParam, variable: TypeVar): boolean {
  switch (type.kind) {
    case 'data':
      return type.params.some(p => mentions(p, variable))
    case 'union':
      return type.members.some(m => mentions(m, variable))
    case 'unionall':
      return mentions(type.body, variable) || mentions(type.variable.upper, variable) || mentions(type.variable.lower, variable)
    case 'var':
      return type === variable
    case 'value':
      return false
    case 'vararg':
      return mentions(type.element, variable) || (type.count !== null && mentions(type.count, variable))
  }
}

const free = new WeakMap<TypeParam, boolean>()

/** Does it mention a variable that no `where` around it binds? */
export function hasFreeVars(type: TypeParam): boolean {
  if (type.kind === 'value') return false
  let known = free.get(type)
  if (known === undefined) {
    known = findsFreeVar(type, [])
    free.set(type, known)
  }
  return known
}

function findsFreeVar(type: TypeParam, bound: readonly TypeVar[]): boolean {
  switch (type.kind) {
    case 'data':
      return type.params.some(p => hasFreeVars(p) && findsFreeVar(p, bound))
    case 'union':
      return type.members.some(m => findsFreeVar(m, bound))
    case 'unionall':
      return findsFreeVar(type.body, [...bound, type.variable])
    case 'var':
      return !bound.includes(type)
    case 'value':
      return false
    case 'vararg':
      return findsFreeVar(type.element, bound) || (type.count !== null && findsFreeVar(type.count, bound))
  }
}

export type Substitution = ReadonlyMap<TypeVar, TypeParam>

export function substitute(type: JType, by: Substitution): JType {
  if (by.size === 0) return type
  const result = substituteParam(type, by)
  invariant(result.kind !== 'vararg' && result.kind !== 'value', 'a type became a parameter')
  return result
}

export function substituteParam(type: TypeParam, by: Substitution): TypeParam {
  switch (type.kind) {
    case 'data': {
      if (type.params.length === 0) return type
      const params = type.params.map(p => substituteParam(p, by))
      if (params.every((p, i) => p === type.params[i])) return type
      return type.name === TUPLE ? tupleType(params) : applied(type.name, params)
    }
    case 'union':
      return rawUnion(type.members.map(m => substituteParam(m, by) as JType))
    case 'unionall': {
      const { variable } = type
      // The variable that this type binds is not the one outside.
      if (by.has(variable)) return substituteParam(type, new Map([...by].filter(([v]) => v !== variable)))
      const upper = substituteParam(variable.upper, by) as JType
      const lower = substituteParam(variable.lower, by) as JType
      if (upper === variable.upper && lower === variable.lower) return unionAll(variable, substituteParam(type.body, by) as JType)
      const fresh = typeVar(variable.name, lower, upper)
      return unionAll(fresh, substituteParam(type.body, new Map([...by, [variable, fresh]])) as JType)
    }
    case 'var':
      return by.get(type) ?? type
    case 'value':
      return type
    case 'vararg': {
      const element = substituteParam(type.element, by) as JType
      const count = type.count ? substituteParam(type.count, by) : null
      return varargType(element, count && (count.kind === 'value' || count.kind === 'var') ? count : null)
    }
  }
}

/** `Array{Float64}` applies the outermost variables of `Array`. */
export function instantiate(type: JType, params: readonly TypeParam[]): JType {
  let result = type
  for (const param of params) {
    invariant(result.kind === 'unionall', 'too many parameters for a type')
    result = substitute(result.body, new Map([[result.variable, param]]))
  }
  return result
}

export function supertypeOf(type: DataType): JType {
  const { name } = type
  if (name.vars.length === 0) return name.supertype
  return substitute(name.supertype, new Map(name.vars.map((v, i) => [v, type.params[i] ?? v] as const)))
}

/** The type under all its `where`s. */
export function unwrapped(type: JType): JType {
  let t = type
  while (t.kind === 'unionall') t = t.body
  return t
}
