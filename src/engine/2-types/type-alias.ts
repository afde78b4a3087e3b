/** Other names of types with parameters: `Vector{T}` of an array with one dimension, and `const Point2 = Point{2}` of a program. */
import { ANY } from './intern.ts'
import { isSubtype } from './subtype.ts'
import type { DataType, JType, TypeName, TypeParam, TypeVar } from './type.ts'

export interface Alias {
  readonly name: string
  readonly params: readonly TypeParam[]
}

/** Names for one dimension and for two, of types whose last parameter is the number of dimensions. */
const ALIASES: Readonly<Record<string, readonly [string, string]>> = {
  Array: ['Vector', 'Matrix'],
  AbstractArray: ['AbstractVector', 'AbstractMatrix'],
  DenseArray: ['DenseVector', 'DenseMatrix'],
  BitArray: ['BitVector', 'BitMatrix'],
}

/** The same of types whose first parameter is their size and whose third is the number of dimensions. */
const STATIC_ALIASES: Readonly<Record<string, readonly [string, string]>> = {
  SArray: ['SVector', 'SMatrix'],
  MArray: ['MVector', 'MMatrix'],
  SizedArray: ['SizedVector', 'SizedMatrix'],
  StaticArray: ['StaticVector', 'StaticMatrix'],
  FieldArray: ['FieldVector', 'FieldMatrix'],
}

export function aliasOf({ name, params }: DataType): Alias | undefined {
  if (name.module === 'StaticArrays') return staticAliasOf(name.name, params)
  if (name.module !== 'Core' && name.module !== 'Base') return undefined
  const [first] = params
  if (name.name === 'Complex' && first?.kind === 'data' && /^Float(16|32|64)$/.test(first.name.name))
    return { name: `ComplexF${first.name.name.slice(5)}`, params: [] }
  const dimensions = params.at(-1)?.key
  const names = ALIASES[name.name]
  const alias = dimensions === '#1' ? names?.[0] : dimensions === '#2' ? names?.[1] : undefined
  return alias === undefined ? undefined : { name: alias, params: params.slice(0, -1) }
}

function staticAliasOf(name: string, [size, element, dimensions, ...rest]: readonly TypeParam[]): Alias | undefined {
  const alias = dimensions?.key === '#1' ? STATIC_ALIASES[name]?.[0] : dimensions?.key === '#2' ? STATIC_ALIASES[name]?.[1] : undefined
  if (alias === undefined || size?.kind !== 'data' || !element) return undefined
  // The length follows from the size of a vector; a SizedArray has the rank of its memory first.
  const others = name === 'SizedArray' ? rest.slice(1) : alias === 'SVector' || alias === 'MVector' ? [] : rest
  return { name: alias, params: [...size.params, element, ...others] }
}

// ---- Names that a program gives

interface GivenName {
  readonly name: string
  readonly type: JType
  /** As it is shown now; null where the module keeps it to itself. */
  readonly text: () => string | null
}

const namesOf = new WeakMap<TypeName, Map<string, GivenName>>()

/** The variables of a type and what they stand in. */
export function opened(type: JType): { readonly vars: TypeVar[]; readonly body: JType } {
  const vars: TypeVar[] = []
  let body = type
  while (body.kind === 'unionall') {
    vars.push(body.variable)
    body = body.body
  }
  return { vars, body }
}

/** The type that a name can stand for: some parameters of it must be given, and it must not be the type itself under another name. */
export function namedType(type: JType): DataType | null {
  const { vars, body } = opened(type)
  if (body.kind !== 'data' || body.name.callable || body.params.length === 0) return null
  const isBare = body.params.every((param, i) => param === vars[i]) && vars.every((v, i) => v === body.name.vars[i])
  return isBare ? null : body
}

export function giveName(to: TypeName, given: GivenName): void {
  const known = namesOf.get(to) ?? new Map<string, GivenName>()
  namesOf.set(to, known.set(given.name, given))
}

export function hasGivenNames(name: TypeName): boolean {
  return namesOf.has(name)
}

/** The name for a type and the parameters that it leaves; undefined where there is none, or more than one. */
export function givenNameOf(type: DataType): Alias | undefined {
  const found: Alias[] = []
  for (const { type: named, text } of namesOf.get(type.name)?.values() ?? []) {
    const params = paramsLeft(named, type)
    const name = params && text()
    if (name) found.push({ name, params })
  }
  return found.length === 1 ? found[0] : undefined
}

function paramsLeft(named: JType, type: DataType): readonly TypeParam[] | null {
  const found = new Map<TypeVar, TypeParam>()
  const { vars, body } = opened(named)
  if (!fits(body, type, vars, found)) return null
  const params = vars.map(variable => found.get(variable))
  return params.every(param => param !== undefined) ? params : null
}

function fits(pattern: TypeParam, actual: TypeParam, vars: readonly TypeVar[], found: Map<TypeVar, TypeParam>): boolean {
  if (pattern.kind === 'var' && vars.includes(pattern)) {
    const before = found.get(pattern)
    if (before) return before === actual || before.key === actual.key
    found.set(pattern, actual)
    return pattern.upper === ANY || (actual.kind === 'data' && isSubtype(actual, pattern.upper))
  }
  if (pattern.kind === 'data' && actual.kind === 'data' && pattern.name === actual.name && pattern.params.length === actual.params.length)
    return pattern.params.every((param, i) => fits(param, actual.params[i]!, vars, found))
  return pattern === actual || pattern.key === actual.key
}
