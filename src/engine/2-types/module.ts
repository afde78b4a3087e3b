/** A module of a program or of the library: what its names mean, and what it uses of others. */
import { applied, MODULE, valueParam } from './intern.ts'
import type { Constant, DataType, JType } from './type.ts'

/** Something whose value is known when code is compiled: functions, types, modules and `nothing` by their type alone, others by `constant`. */
export interface Known {
  readonly type: JType
  readonly constant: Constant | null
}

/** A variable of a module: a cell of the run time. `type` is null until it is first assigned. */
export interface GlobalCell {
  /** Another one whenever its type changes. */
  index: number
  readonly name: string
  type: JType | null
  /** `yes`: it has its one value, which compiled code may contain. `under-way`: the statement that gives it has not run yet. */
  constant: 'no' | 'under-way' | 'yes'
  /** From `x::T` at top level: what is assigned is converted to it. */
  declared: JType | null
  /** A cell of a Bool: has the run time come to an assignment? Null when that is sure. */
  wasSet: GlobalCell | null
}

export type Binding =
  | { readonly kind: 'known'; readonly known: Known }
  | { readonly kind: 'cell'; readonly cell: GlobalCell }
  | { readonly kind: 'import'; readonly module: Module; readonly name: string }

/** What a name comes to when imports are followed. */
export type Meaning = Exclude<Binding, { kind: 'import' }>

export interface Module {
  readonly name: string
  readonly parent: Module | null
  readonly type: DataType
  readonly bindings: Map<string, Binding>
  readonly exports: Set<string>
  readonly usings: Module[]
  /** Names of used modules that code of this one has looked up. */
  readonly resolved: Map<string, Meaning>
  /** Part of the engine's library: its frames are folded, its methods may be evaluated at compile time. */
  readonly isBase: boolean
}

let moduleSerial = 0

export function newModule(name: string, parent: Module | null, isBase: boolean): Module {
  const path = [name]
  for (let at = parent; at && !at.isBase; at = at.parent) path.unshift(at.name)
  return {
    name,
    parent,
    type: applied(MODULE, [valueParam({ kind: 'symbol', value: `${path.join('.')}#${moduleSerial++}` })]),
    bindings: new Map(),
    exports: new Set(),
    usings: [],
    resolved: new Map(),
    isBase,
  }
}

/** From Main, or from a package, on. */
export function pathOf(module: Module): string[] {
  if (module.parent === null) return [module.isBase ? module.name : 'Main']
  // Packages stand inside of the library here.
  return module.isBase ? [module.name] : [...pathOf(module.parent), module.name]
}
