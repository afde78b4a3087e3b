/**
 * Julia's types. Concrete and abstract applied types are interned, so equality of types is identity; a type prints with `typeText`.
 */
import type { Type as LeafType } from '../3-ir/ir.ts'

/** A value as a type parameter: `Val{2}`, `Val{:x}`, `Array{T,2}`, `Val{(1, 2)}`. */
export interface ValueParam {
  readonly kind: 'value'
  readonly value: Constant
  readonly key: string
}

/** A compile-time constant that can stand in a type. */
export type Constant =
  | { readonly kind: 'int'; readonly value: number }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'symbol'; readonly value: string }
  | { readonly kind: 'char'; readonly value: number }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'tuple'; readonly items: readonly Constant[] }
  /** A number of another primitive type than the above: `Int32(1)`, `0x01`, `1.0f0`. */
  | { readonly kind: 'number'; readonly type: DataType; readonly value: number }
  /** An immutable struct or named tuple of constants. */
  | { readonly kind: 'struct'; readonly type: DataType; readonly items: readonly Constant[] }
  | { readonly kind: 'type'; readonly type: JType }

export interface TypeVar {
  readonly kind: 'var'
  readonly name: string
  lower: JType
  upper: JType
  /** Distinguishes variables of one name. */
  readonly serial: number
  readonly key: string
}

export interface FieldDef {
  readonly name: string
  /** In terms of the type name's `vars`. */
  readonly type: JType
  readonly isConst: boolean
}

/** Where a type of a module of the program or of a package stands, for those who print its name. */
export interface Home {
  /** `Main.A.B`, `ForwardDiff`. */
  readonly path: string
  readonly isProgram: boolean
  /** Does its name alone mean it in Main, as things are now? */
  readonly isVisible: () => boolean
}

/** What all applications of one type constructor share: `Array` of `Array{Float64, 2}`. */
export interface TypeName {
  readonly name: string
  readonly module: string
  readonly vars: TypeVar[]
  /** In terms of `vars`. */
  supertype: JType
  readonly form: 'abstract' | 'primitive' | 'struct' | 'mutable' | 'tuple' | 'array' | 'namedtuple'
  fields: FieldDef[]
  /** A constructor of it leaves trailing fields unset. */
  lacksFields?: boolean
  /** Leaf of a primitive type: Float64 is `f64`; Int32 and Char are `i64`; String and Symbol are `str`. */
  readonly leaf: LeafType | null
  /** The function object of a `typeof(f)` type, the captures of a closure type; null otherwise. */
  readonly callable: { readonly name: string; readonly closure: boolean } | null
  /** Absent for types of Main and of Base. */
  home?: Home
  readonly serial: number
}

export interface DataType {
  readonly kind: 'data'
  readonly name: TypeName
  readonly params: readonly TypeParam[]
  readonly key: string
}

/** Trailing `Vararg{T}` / `Vararg{T,N}` of a Tuple type; `count` null is any number, a TypeVar or a ValueParam otherwise. */
export interface VarargType {
  readonly kind: 'vararg'
  readonly element: JType
  readonly count: TypeVar | ValueParam | null
  readonly key: string
}

export interface UnionType {
  readonly kind: 'union'
  /** Two or more members, none a subtype of another, sorted by key. None at all is `Union{}`. */
  readonly members: readonly JType[]
  readonly key: string
}

export interface UnionAll {
  readonly kind: 'unionall'
  readonly variable: TypeVar
  readonly body: JType
  readonly key: string
}

export type JType = DataType | UnionType | UnionAll | TypeVar
export type TypeParam = JType | ValueParam | VarargType
