/** What is known while a value is printed: Julia's IOContext. */
import { ANY, supertypeOf, unwrapped } from '../../2-types/intern.ts'
import type { DataType, JType, TypeName } from '../../2-types/type.ts'
import type { Boxed } from '../../3-ir/memory.ts'
import type { Host } from '../host.ts'
import type { Screen } from './align.ts'
import type { Value } from './value.ts'

export type ShowHost = Pick<Host, 'typeAt' | 'box' | 'customShow' | 'collect' | 'methodCount' | 'code' | 'candidates' | 'isAmbiguous'>

export interface Context {
  readonly host: ShowHost
  /** `show(io, x)` of a part. */
  readonly show: (value: Value, cx: Context) => string
  /** `show(io, MIME"text/plain"(), x)` of a part. */
  readonly display: (value: Value, cx: Context) => string
  /** Type that the reader of the text already knows the value to have (`:typeinfo`). */
  readonly typeInfo: JType
  readonly compact: boolean
  /** Where no more is shown than fits: `display`, and `:limit`. */
  readonly screen: Screen | null
  /** Mutable objects that are being printed, outermost first. */
  readonly shown: readonly object[]
}

export function newContext(host: ShowHost, show: Context['show'], display: Context['display']): Context {
  return { host, show, display, typeInfo: ANY, compact: false, screen: null, shown: [] }
}

export function knowing(cx: Context, typeInfo: JType): Context {
  return cx.typeInfo === typeInfo ? cx : { ...cx, typeInfo }
}

/** The application of `name` (of Base) that a type is or inherits from: `AbstractArray{Float64, 2}` of a Matrix. */
export function ancestor(type: JType, name: string): DataType | null {
  for (let t: JType = type; t.kind === 'data'; t = unwrapped(supertypeOf(t))) {
    if (t.name.name === name && isOfLibrary(t.name)) return t
    if (t === ANY) return null
  }
  return null
}

function isOfLibrary(name: TypeName): boolean {
  return name.module !== 'Main' && !name.home?.isProgram
}

/** Is it a type of the engine's own library with this name? */
export function isNamed(type: JType, ...names: readonly string[]): boolean {
  return type.kind === 'data' && isOfLibrary(type.name) && names.includes(type.name.name)
}

/** The value in a box. */
export function boxOf({ type, leaves, box }: Value, host: ShowHost): Boxed {
  return box ?? host.box(type, leaves)
}
