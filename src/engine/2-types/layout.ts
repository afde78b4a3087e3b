/**
 * How values of a type lie in the IR: the leaves a value is flattened into.
 *
 * Immutable structs, tuples and closures are their fields' leaves one after the other; a union of few concrete types is a tag (the
 * member's index) and then the leaves of every member; arrays and mutable structs are one reference; everything else is a boxed `any`.
 */
import type { Type as LeafType, Struct } from '../3-ir/ir.ts'
import { ANY, BOTTOM, BOX, hasFreeVars, MODULE, NAMEDTUPLE, substitute, TAPE, TUPLE, TYPE, tableOfTypes } from './intern.ts'
import { isConcrete } from './subtype.ts'
import type { DataType, JType, TypeName, UnionType } from './type.ts'
import { typeText } from './type-text.ts'

/** A union of more members than this, or of more leaves, is boxed. */
const MAX_UNION_MEMBERS = 4
const MAX_UNION_LEAVES = 24

const cache = tableOfTypes<JType, readonly LeafType[]>()
const inProgress = new Set<JType>()
const recursive = new Set<TypeName>()

export function leavesOf(type: JType): readonly LeafType[] {
  const known = cache.get(type)
  if (known) return known
  if (inProgress.has(type)) {
    if (type.kind === 'data') recursive.add(type.name)
    return ['any']
  }
  inProgress.add(type)
  let leaves = computeLeaves(type)
  inProgress.delete(type)
  if (isRecursive(type)) leaves = ['any']
  // What was computed inside an unfinished type may have seen a stand-in; only finished answers are kept.
  if (inProgress.size === 0) cache.set(type, leaves)
  return leaves
}

/** Immutable and containing itself: such values are boxed. */
export function isRecursive(type: JType): boolean {
  return type.kind === 'data' && recursive.has(type.name)
}

function computeLeaves(type: JType): readonly LeafType[] {
  if (type.kind === 'union') {
    if (type === BOTTOM) return []
    if (!isFlatUnion(type)) return ['any']
    return ['i64', ...type.members.flatMap(m => leavesOf(m))]
  }
  if (type.kind !== 'data') return ['any']
  if (isOpenTuple(type)) return fieldTypes(type).flatMap(t => leavesOf(t))
  if (!isConcrete(type)) return ['any']
  const { name } = type
  if (name === TYPE || name === MODULE) return []
  if (name === TAPE) return ['tape']
  switch (name.form) {
    case 'abstract':
      return ['any']
    case 'primitive':
      return [name.leaf ?? 'any']
    case 'array':
      return [`arr<${leavesOf(type.params[0] as JType).join(',')}>`]
    case 'mutable':
      return [`obj<${structName(type)}>`]
    case 'struct':
    case 'tuple':
    case 'namedtuple':
      return fieldTypes(type).flatMap(t => leavesOf(t))
  }
}

declare const flat: unique symbol
/** A union of few concrete types. Its leaves are an integer, which of them it is, and those of all. The mark is there because other unions are none. */
type FlatUnion = UnionType & { readonly [flat]: true }

export function isFlatUnion(type: JType): type is FlatUnion {
  if (type.kind !== 'union' || type.members.length > MAX_UNION_MEMBERS || type.members.length === 0) return false
  return type.members.every(m => isConcrete(m)) && type.members.reduce((n, m) => n + leavesOf(m).length, 0) <= MAX_UNION_LEAVES
}

/** Calls with more combinations of argument types than this are resolved when they run. */
const MAX_COMBINATIONS = 64

/** Do the members of flat unions among these, and among the elements of open tuples, make too many combinations to take each by itself? */
export function hasManyCombinations(types: readonly JType[]): boolean {
  let n = 1
  for (const type of types) {
    n *= combinations(type)
    if (n > MAX_COMBINATIONS) return true
  }
  return false
}

function combinations(type: JType): number {
  if (isFlatUnion(type)) return type.members.length
  if (!isOpenTuple(type)) return 1
  const { name, params } = type as DataType
  const items = name === TUPLE ? params : (params[1] as DataType).params
  return items.reduce((n, item) => n * combinations(item as JType), 1)
}

/**
 * A tuple of known length some of whose elements are only known as a union or not at all: `Tuple{Any, Int64}`. No value has this
 * type, but what is known of it lies flat.
 */
export function isOpenTuple(type: JType): boolean {
  if (type.kind !== 'data' || isConcrete(type)) return false
  if (type.name === TUPLE) return type.params.every(p => p.kind !== 'vararg' && p.kind !== 'value' && !hasFreeVars(p))
  const types = type.name === NAMEDTUPLE ? type.params[1] : undefined
  return types?.kind === 'data' && type.params[0]?.kind === 'value' && isOpenTuple(types)
}

/** Is a value of this type one boxed `any`? */
export function isBoxed(type: JType): boolean {
  if (type.kind === 'union') return type !== BOTTOM && !isFlatUnion(type)
  if (isOpenTuple(type)) return false
  return type.kind !== 'data' || !isConcrete(type) || (leavesOf(type), isRecursive(type))
}

/** Which of the leaves are tags of unions. */
export function tagsOf(type: JType): readonly number[] {
  if (isFlatUnion(type)) return [0, ...tagsOfParts(type.members, 1)]
  return isFlatRecord(type) ? tagsOfParts(fieldTypes(type), 0) : []
}

/** A struct, tuple or named tuple whose leaves are those of its fields. */
export function isFlatRecord(type: JType): type is DataType {
  return type.kind === 'data' && !isBoxed(type) && (FLAT_FORMS as readonly string[]).includes(type.name.form)
}

const FLAT_FORMS = ['struct', 'tuple', 'namedtuple'] as const satisfies readonly TypeName['form'][]

function tagsOfParts(parts: readonly JType[], start: number): number[] {
  let at = start
  return parts.flatMap(part => {
    const tags = tagsOf(part).map(tag => at + tag)
    at += leavesOf(part).length
    return tags
  })
}

/** Is no value of just this type, so that only the running program knows more? */
export function isOpen(type: JType): boolean {
  return isFlatUnion(type) || isOpenTuple(type) || (isBoxed(type) && !isConcrete(type))
}

const fieldCache = tableOfTypes<DataType, readonly JType[]>()

/** Types of the fields of an applied struct, tuple or named tuple. */
export function fieldTypes(type: DataType): readonly JType[] {
  if (type.name === TUPLE) return type.params as readonly JType[]
  if (type.name === NAMEDTUPLE) return (type.params[1] as DataType).params as readonly JType[]
  let types = fieldCache.get(type)
  if (!types) {
    const by = new Map(type.name.vars.map((v, i) => [v, type.params[i] ?? v] as const))
    types = type.name.fields.map(f => substitute(f.type, by))
    fieldCache.set(type, types)
  }
  return types
}

export function fieldNames(type: DataType): readonly string[] {
  if (type.name === TUPLE) return type.params.map((_, i) => `${i + 1}`)
  if (type.name === NAMEDTUPLE) {
    const names = type.params[0]
    return names?.kind === 'value' && names.value.kind === 'tuple' ? names.value.items.map(n => (n.kind === 'symbol' ? n.value : '?')) : []
  }
  return type.name.fields.map(f => f.name)
}

/** Where the leaves of each field begin, and where those of the last one end. */
const fieldStarts = tableOfTypes<DataType, readonly number[]>()

/** Leaves [start, end) of field `index`. */
export function fieldSlice(type: DataType, index: number): readonly [number, number] {
  let starts = fieldStarts.get(type)
  if (!starts) {
    let at = 0
    starts = [0, ...fieldTypes(type).map(field => (at += leavesOf(field).length))]
    fieldStarts.set(type, starts)
  }
  return [starts[index]!, starts[index + 1]!]
}

/** Leaves [start, end) of a member of a flat union; the tag is leaf 0. */
export function memberSlice(members: readonly JType[], index: number): readonly [number, number] {
  let start = 1
  for (let i = 0; i < index; i++) start += leavesOf(members[i]!).length
  return [start, start + leavesOf(members[index]!).length]
}

const structNames = new Map<JType, string>()
const usedNames = new Set<string>()

function structName(type: DataType): string {
  let name = structNames.get(type)
  if (!name) {
    const base = typeText(type)
      .replace(/[^A-Za-z0-9]+/g, '_')
      .replace(/_$/, '')
    name = base
    for (let n = 1; usedNames.has(name); n++) name = `${base}.${n}`
    usedNames.add(name)
    structNames.set(type, name)
  }
  return name
}

/** Leaves inside the box of a boxed value of this type: those of its fields even where the value itself is one `any`. */
export function boxedLeaves(type: JType): readonly LeafType[] {
  return isRecursive(type) ? fieldTypes(type as DataType).flatMap(t => leavesOf(t)) : leavesOf(type)
}

/** The IR's struct of a mutable type: one field a leaf, named after the Julia field. A box has a flag, "was it set", before its contents. */
export function structOf(type: DataType): Struct {
  if (type.name === BOX) {
    const leaves = type.params[0] === BOTTOM ? [] : leavesOf(type.params[0] as JType)
    return {
      name: structName(type),
      fields: [{ name: 'set', type: 'bool' }, ...leaves.map((leaf, k) => ({ name: `contents.${k}`, type: leaf }))],
      isBox: true,
    }
  }
  const names = fieldNames(type)
  const fields = fieldTypes(type).flatMap((t, i) => {
    const leaves = leavesOf(t)
    return leaves.map((leaf, k) => ({ name: leaves.length === 1 ? names[i]! : `${names[i]}.${k}`, type: leaf }))
  })
  return { name: structName(type), fields }
}

/** A type with exactly one value, which therefore needs no leaf: `nothing`, functions, types, empty structs. */
export function isSingleton(type: JType): boolean {
  return type.kind === 'data' && isConcrete(type) && type.name.form !== 'mutable' && leavesOf(type).length === 0 && type !== ANY
}
