/** Julia values for tests of printing: the types of Base that have a form of their own, made by hand, and constructors of values. */
import {
  ANY,
  applied,
  NOTHING,
  namedTupleType,
  rawUnion,
  tupleType,
  typeName,
  typeOfType,
  typeVar,
  valueParam,
} from '../../2-types/intern.ts'
import { leavesOf } from '../../2-types/layout.ts'
import type { DataType, JType, TypeName, TypeParam } from '../../2-types/type.ts'
import type { Type } from '../../3-ir/ir.ts'
import { arrayOf, Boxed, type Column, newColumn, type StructObject } from '../../3-ir/memory.ts'
import { withoutCode } from '../host.ts'
import type { ShowHost } from './context.ts'
import type { Value } from './value.ts'

function abstract(name: string, supertype: JType = ANY, vars: string[] = []): TypeName {
  return typeName({ name, module: 'Base', form: 'abstract', supertype, vars: vars.map(v => typeVar(v)) })
}

const NUMBER = applied(abstract('Number'), [])
const REAL = applied(abstract('Real', NUMBER), [])
const INTEGER = applied(abstract('Integer', REAL), [])
const ABSTRACT_FLOAT = applied(abstract('AbstractFloat', REAL), [])
const ABSTRACT_ARRAY = abstract('AbstractArray', ANY, ['T', 'N'])
const ABSTRACT_RANGE = abstract('AbstractRange', ANY, ['T'])
ABSTRACT_RANGE.supertype = applied(ABSTRACT_ARRAY, [ABSTRACT_RANGE.vars[0]!, valueParam({ kind: 'int', value: 1 })])
const ABSTRACT_DICT = abstract('AbstractDict', ANY, ['K', 'V'])
const ABSTRACT_SET = abstract('AbstractSet', ANY, ['T'])
const FUNCTION = applied(abstract('Function'), [])
const EXCEPTION = applied(abstract('Exception'), [])

function primitive(name: string, leaf: Type, supertype: JType): DataType {
  return applied(typeName({ name, module: 'Base', form: 'primitive', leaf, supertype }), [])
}

export const Float64 = primitive('Float64', 'f64', ABSTRACT_FLOAT)
export const Float32 = primitive('Float32', 'f32', ABSTRACT_FLOAT)
export const Float16 = primitive('Float16', 'f64', ABSTRACT_FLOAT)
export const Int64 = primitive('Int64', 'i64', INTEGER)
export const Int32 = primitive('Int32', 'i64', INTEGER)
export const UInt8 = primitive('UInt8', 'i64', INTEGER)
export const UInt64 = primitive('UInt64', 'i64', INTEGER)
export const Bool = primitive('Bool', 'bool', INTEGER)
export const Char = primitive('Char', 'i64', ANY)
export const Str = primitive('String', 'str', ANY)
export const Sym = primitive('Symbol', 'str', ANY)

/** A type constructor; fields are in terms of its variables, given by position. */
export function struct(
  name: string,
  vars: string[],
  fields: (v: TypeParam[]) => [string, TypeParam][],
  more: { module?: string; form?: TypeName['form']; supertype?: (v: TypeParam[]) => JType } = {},
): TypeName {
  const variables = vars.map(v => typeVar(v))
  const made = typeName({
    name,
    module: more.module ?? 'Base',
    form: more.form ?? 'struct',
    vars: variables,
    supertype: more.supertype?.(variables) ?? ANY,
  })
  made.fields = fields(variables).map(([field, type]) => ({ name: field, type: type as JType, isConst: false }))
  return made
}

const ARRAY = struct('Array', ['T', 'N'], () => [], { form: 'array', supertype: v => applied(ABSTRACT_ARRAY, v) })
const COMPLEX = struct(
  'Complex',
  ['T'],
  ([t]) => [
    ['re', t!],
    ['im', t!],
  ],
  { supertype: () => NUMBER },
)
const RATIONAL = struct(
  'Rational',
  ['T'],
  ([t]) => [
    ['num', t!],
    ['den', t!],
  ],
  { supertype: () => REAL },
)
const PAIR = struct('Pair', ['A', 'B'], ([a, b]) => [
  ['first', a!],
  ['second', b!],
])
const UNIT_RANGE = struct(
  'UnitRange',
  ['T'],
  ([t]) => [
    ['start', t!],
    ['stop', t!],
  ],
  { supertype: ([t]) => applied(ABSTRACT_RANGE, [t!]) },
)
const STEP_RANGE = struct(
  'StepRange',
  ['T', 'S'],
  ([t, s]) => [
    ['start', t!],
    ['step', s!],
    ['stop', t!],
  ],
  { supertype: ([t]) => applied(ABSTRACT_RANGE, [t!]) },
)
const STEP_RANGE_LEN = struct(
  'StepRangeLen',
  ['T'],
  ([t]) => [
    ['start', t!],
    ['step', t!],
    ['stop', t!],
    ['len', Int64],
  ],
  { supertype: ([t]) => applied(ABSTRACT_RANGE, [t!]) },
)
const ONE_TO = struct('OneTo', ['T'], ([t]) => [['stop', t!]], { supertype: ([t]) => applied(ABSTRACT_RANGE, [t!]) })
const MATRIX_WRAPPER = { supertype: ([t]: TypeParam[]) => applied(ABSTRACT_ARRAY, [t!, valueParam({ kind: 'int', value: 2 })]) }
const TRANSPOSE = struct('Transpose', ['T', 'S'], ([, s]) => [['parent', s!]], MATRIX_WRAPPER)
const ADJOINT = struct('Adjoint', ['T', 'S'], ([, s]) => [['parent', s!]], MATRIX_WRAPPER)
const DIAGONAL = struct('Diagonal', ['T', 'V'], ([, v]) => [['diag', v!]], MATRIX_WRAPPER)
const UPPER = struct('UpperTriangular', ['T', 'S'], ([, s]) => [['data', s!]], MATRIX_WRAPPER)
const SYMMETRIC = struct(
  'Symmetric',
  ['T', 'S'],
  ([, s]) => [
    ['data', s!],
    ['uplo', Char],
  ],
  MATRIX_WRAPPER,
)
const SUB_ARRAY = struct(
  'SubArray',
  ['T', 'N', 'P', 'I'],
  ([, , p, i]) => [
    ['parent', p!],
    ['indices', i!],
  ],
  { supertype: ([t, n]) => applied(ABSTRACT_ARRAY, [t!, n!]) },
)
const DICT = struct(
  'Dict',
  ['K', 'V'],
  ([k, v]) => [
    ['keys', applied(ARRAY, [k!, valueParam({ kind: 'int', value: 1 })])],
    ['vals', applied(ARRAY, [v!, valueParam({ kind: 'int', value: 1 })])],
  ],
  { form: 'mutable', supertype: v => applied(ABSTRACT_DICT, v) },
)
const SET = struct('Set', ['T'], ([t]) => [['items', applied(ARRAY, [t!, valueParam({ kind: 'int', value: 1 })])]], {
  form: 'mutable',
  supertype: v => applied(ABSTRACT_SET, v),
})
const REF = struct('RefValue', ['T'], ([t]) => [['x', t!]], { form: 'mutable' })
export const Missing = applied(
  struct('Missing', [], () => []),
  [],
)

export function exception(name: string, fields: [string, JType][] = []): DataType {
  return applied(
    struct(name, [], () => fields, { supertype: () => EXCEPTION }),
    [],
  )
}

export const complexType = (t: JType): DataType => applied(COMPLEX, [t])
export const rationalType = (t: JType): DataType => applied(RATIONAL, [t])
export const pairType = (a: JType, b: JType): DataType => applied(PAIR, [a, b])
export const arrayType = (t: JType, rank: number): DataType => applied(ARRAY, [t, valueParam({ kind: 'int', value: rank })])
export const union = (...types: JType[]): JType => rawUnion(types)
export const refType = (t: JType): DataType => applied(REF, [t])
export { ANY as Any }

/** A function object. */
export function func(name: string, closure = false): Value {
  return {
    type: applied(
      typeName({ name: closure ? `var"${name}"` : name, module: 'Main', form: 'struct', supertype: FUNCTION, callable: { name, closure } }),
      [],
    ),
    leaves: [],
  }
}

const typeNumbers: JType[] = []

function numberOf(type: JType): number {
  const known = typeNumbers.indexOf(type)
  return known >= 0 ? known : typeNumbers.push(type) - 1
}

export function box({ type, leaves }: Value): Boxed {
  return new Boxed(numberOf(type), [...leaves])
}

export const of = (type: JType, ...leaves: unknown[]): Value => ({ type, leaves })
export const f64 = (x: number): Value => of(Float64, x)
export const f32 = (x: number): Value => of(Float32, Math.fround(x))
export const int = (x: number): Value => of(Int64, x)
export const bool = (x: boolean): Value => of(Bool, x)
export const str = (x: string): Value => of(Str, x)
export const sym = (x: string): Value => of(Sym, x)
export const char = (x: string): Value => of(Char, x.codePointAt(0)!)
export const nothing: Value = of(NOTHING)
export const missing: Value = of(Missing)
export const typeValue = (type: JType): Value => of(typeOfType(type))
export const any = (value: Value): Value => of(ANY, box(value))

/** The leaves of `value` as they are in a place of type `slot`. */
export function into(slot: JType, value: Value): readonly unknown[] {
  if (slot === value.type) return value.leaves
  if (slot.kind === 'union' && leavesOf(slot)[0] === 'i64') {
    const tag = slot.members.indexOf(value.type)
    return [tag, ...slot.members.flatMap((member, i) => (i === tag ? value.leaves : leavesOf(member).map(() => 0)))]
  }
  return [box(value)]
}

export const complex = (re: Value, im: Value): Value => of(complexType(re.type), ...re.leaves, ...im.leaves)
export const rational = (num: number, den: number): Value => of(rationalType(Int64), num, den)
export const pair = (a: Value, b: Value): Value => of(pairType(a.type, b.type), ...a.leaves, ...b.leaves)
export const tuple = (...items: Value[]): Value => of(tupleType(items.map(item => item.type)), ...items.flatMap(item => item.leaves))
export const named = (items: Readonly<Record<string, Value>>): Value =>
  of(
    namedTupleType(
      Object.keys(items),
      Object.values(items).map(item => item.type),
    ),
    ...Object.values(items).flatMap(item => item.leaves),
  )
export const unitRange = (a: number, b: number): Value => of(applied(UNIT_RANGE, [Int64]), a, b)
export const stepRange = (a: number, s: number, b: number): Value => of(applied(STEP_RANGE, [Int64, Int64]), a, s, b)
export const floatRange = (a: number, s: number, b: number, n: number): Value => of(applied(STEP_RANGE_LEN, [Float64]), a, s, b, n)
export const oneTo = (n: number): Value => of(applied(ONE_TO, [Int64]), n)
export const ref = (value: Value): Value => of(refType(value.type), Object.fromEntries(value.leaves.map((leaf, i) => [`f${i}`, leaf])))

/** An array of any rank, elements in memory order. */
export function array(element: JType, size: readonly number[], items: readonly Value[]): Value {
  const columns = leavesOf(element).map((leaf, k) => {
    const column = newColumn(leaf, items.length) as unknown[]
    items.forEach((item, i) => {
      const stored = into(element, item)[k]
      column[i] = typeof stored === 'boolean' && leaf === 'bool' ? Number(stored) : stored
    })
    return column as Column
  })
  return of(arrayType(element, size.length), arrayOf([...size], columns))
}

export const vector = (element: JType, ...items: Value[]): Value => array(element, [items.length], items)
export const floats = (...items: number[]): Value => vector(Float64, ...items.map(f64))
/** Row by row. */
export function matrix(element: JType, rows: readonly (readonly Value[])[]): Value {
  const columns = rows[0]?.length ?? 0
  return array(element, [rows.length, columns], Array.from({ length: columns }, (_, j) => rows.map(row => row[j]!)).flat())
}
export const floatMatrix = (...rows: number[][]): Value =>
  matrix(
    Float64,
    rows.map(row => row.map(f64)),
  )

const typeParam = (value: Value): JType => (value.type as DataType).params[0] as JType
export const transpose = (parent: Value): Value => of(applied(TRANSPOSE, [typeParam(parent), parent.type]), ...parent.leaves)
export const adjoint = (parent: Value): Value => of(applied(ADJOINT, [typeParam(parent), parent.type]), ...parent.leaves)
export const diagonal = (diag: Value): Value => of(applied(DIAGONAL, [typeParam(diag), diag.type]), ...diag.leaves)
export const upper = (data: Value): Value => of(applied(UPPER, [typeParam(data), data.type]), ...data.leaves)
export const symmetric = (data: Value): Value => of(applied(SYMMETRIC, [typeParam(data), data.type]), ...data.leaves, 85)
export const view = (parent: Value, indices: Value): Value =>
  of(
    applied(SUB_ARRAY, [typeParam(parent), valueParam({ kind: 'int', value: 1 }), parent.type, indices.type]),
    ...parent.leaves,
    ...indices.leaves,
  )
export const dict = (key: JType, value: JType, ...entries: [Value, Value][]): Value =>
  of(applied(DICT, [key, value]), {
    f0: vector(key, ...entries.map(([k]) => k)).leaves[0],
    f1: vector(value, ...entries.map(([, v]) => v)).leaves[0],
  } satisfies StructObject)
export const set = (element: JType, ...items: Value[]): Value =>
  of(applied(SET, [element]), { f0: vector(element, ...items).leaves[0] } satisfies StructObject)

/** A host that knows the types above; `collected` gives the elements of wrappers, which Base would compute. */
export function newShowHost(collected: (value: Boxed) => Value | null = () => null): ShowHost {
  return {
    typeAt: n => typeNumbers[n]!,
    box: (type, leaves) => box({ type, leaves }),
    customShow: () => null,
    collect(value) {
      const made = collected(value)
      return made && box(made)
    },
    methodCount: () => 1,
    code: withoutCode(),
    isAmbiguous: () => false,
    candidates: () => ({ ambiguous: false, methods: [] }),
  }
}
