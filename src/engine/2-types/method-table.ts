/** The methods of all functions and types, found by the type of what is called. When the library defines them is not known here. */
import type { MethodDef } from './core.ts'
import { impliedBounds } from './implied-bounds.ts'
import { ANY, applied, substituteParam, TUPLE, TYPE, unionAll, unwrapped } from './intern.ts'
import type { GlobalCell, Module } from './module.ts'
import { isSubtype } from './subtype.ts'
import type { DataType, JType, TypeName, TypeParam, TypeVar } from './type.ts'

export interface Method {
  readonly def: MethodDef
  readonly module: Module
  /** How many positional parameters the caller gives; later ones take their defaults. A vararg parameter takes any number more. */
  readonly given: number
  readonly vars: readonly TypeVar[]
  /** The callee's type first. */
  readonly params: readonly TypeParam[]
  /** `Tuple{…} where …` of `params`. */
  readonly signature: JType
  /** `(p::P)(x) = …`: the first parameter is the callee itself. */
  readonly isFunctor: boolean
  /** Static parameters of enclosing methods, for closures. */
  readonly statics: ReadonlyMap<string, TypeParam>
  /** Where a method of a global function finds the variables that it captures; a closure has them in itself. */
  readonly captured: readonly GlobalCell[]
  readonly serial: number
}

/** A method to be added. */
export type NewMethod = Omit<Method, 'serial' | 'signature' | 'captured'> & Partial<Pick<Method, 'captured'>>

const NO_CELLS: readonly GlobalCell[] = []

/** What a method is called by: a type that is constructed, or a function or functor of a type. A null name: any. */
interface Called {
  readonly kind: 'constructor' | 'function'
  readonly name: TypeName | null
}

/** Who adds a method. `program`: what was compiled may have looked for it; `closure`: nobody has called its type yet. */
export type AddedBy = 'library' | 'program' | 'closure'

export class MethodTable {
  readonly #functions = new Map<TypeName | null, Method[]>()
  /** Methods for `Type{X}`, by X's name; those for any type under null. */
  readonly #constructors = new Map<TypeName | null, Method[]>()
  /** How often each list has changed after calls may have looked at it. */
  readonly #changes = new Map<readonly Method[], number>()
  #serial = 0

  /** Replaces a method of the same signature. */
  add(method: NewMethod, by: AddedBy): Method {
    // Part by part: what is spread and then added to has a hidden class of its own in V8, and there are a thousand methods in a startup image.
    const { def, module, given, vars, params, isFunctor, statics, captured = NO_CELLS } = method
    const signature = signatureOf(method)
    const full: Method = { def, module, given, vars, params, signature, isFunctor, statics, captured, serial: this.#serial++ }
    const { kind, name } = calledBy(method)
    const list = entry(kind === 'constructor' ? this.#constructors : this.#functions, name)
    // The library gives a function no two methods of one signature, and it has thousands: only the program's own are looked at.
    const isDistinct = by === 'library' && module.isBase && kind === 'function'
    const same = list.findIndex(m => !(isDistinct && m.module.isBase) && isSameSignature(m, full))
    // The library's own method may be loaded after the program has replaced it.
    if (same >= 0 && by === 'library' && !list[same]!.module.isBase) return list[same]!
    if (same >= 0) list[same] = full
    else list.push(full)
    if (by === 'program') this.#changes.set(list, (this.#changes.get(list) ?? 0) + 1)
    return full
  }

  /** How many were added so far. */
  get added(): number {
    return this.#serial
  }

  /** Those that a call of a value of this type may reach. */
  reachedBy(callee: JType): readonly Method[] {
    const lists = this.#listsFor(callee)
    return lists.length === 1 ? lists[0]! : lists.flat()
  }

  /** Rises whenever a call of a value of this type may reach another method than before. */
  changesFor(callee: JType): number {
    let changes = 0
    for (const list of this.#listsFor(callee)) changes += this.#changes.get(list) ?? 0
    return changes
  }

  /** The methods of what a module has defined. */
  letGo(module: string): void {
    for (const table of [this.#functions, this.#constructors])
      for (const name of table.keys()) if (name?.module === module) table.delete(name)
  }

  #listsFor(callee: JType): (readonly Method[])[] {
    if (callee.kind !== 'data') return []
    if (callee.name === TYPE) {
      const name = constructedName(callee)
      const general = entry(this.#constructors, null)
      return name ? [entry(this.#constructors, name), general] : [general]
    }
    if (callee.name.callable) return [entry(this.#functions, callee.name)]
    return ancestors(callee).map(name => entry(this.#functions, name))
  }
}

/** `Tuple{…} where …` of the parameters. */
function signatureOf({ vars, params }: Pick<Method, 'vars' | 'params'>): JType {
  const narrowed = impliedBounds(vars, params)
  let signature: JType = applied(
    TUPLE,
    params.map(p => substituteParam(p, narrowed)),
  )
  for (const v of [...vars].reverse()) signature = unionAll((narrowed.get(v) as TypeVar | undefined) ?? v, signature)
  return signature
}

/** A functor's name is that of the type that its values have; a constructor's that of the type it makes, but for an abstract one. */
export function calledBy({ params }: Pick<Method, 'params'>): Called {
  const callee = params[0] as JType
  const inner = unwrapped(callee.kind === 'var' ? callee.upper : callee)
  if (inner.kind !== 'data') return { kind: 'constructor', name: null }
  if (inner.name !== TYPE) return { kind: 'function', name: inner.name }
  const of = inner.params[0]
  const made = of?.kind === 'data' || of?.kind === 'unionall' ? unwrapped(of) : of?.kind === 'var' ? unwrapped(of.upper) : null
  return { kind: 'constructor', name: made?.kind === 'data' && made !== ANY && made.name.form !== 'abstract' ? made.name : null }
}

/** The names under which the library keeps what a call of a value of this type may reach. */
export function namesFor(callee: JType): string[] {
  if (callee.kind !== 'data') return []
  if (callee.name === TYPE) {
    const name = constructedName(callee)
    return name ? ['#constructor', name.name] : ['#constructor']
  }
  return callee.name.callable ? [callee.name.callable.name] : ancestors(callee).map(name => name.name)
}

/** The name of the type that a call of a type makes a value of; null for a variable. */
function constructedName({ params: [of] }: DataType): TypeName | null {
  const constructed = of && of.kind !== 'value' && of.kind !== 'vararg' ? unwrapped(of) : null
  return constructed?.kind === 'data' ? constructed.name : null
}

/** A type and those above it, but for `Any`: a functor may be defined for an abstract supertype. */
export function ancestors(type: DataType): TypeName[] {
  const names: TypeName[] = []
  for (let at: JType = type; at.kind === 'data' && at !== ANY; at = unwrapped(at.name.supertype)) names.push(at.name)
  return names
}

/** Do two methods of one function take the very same arguments? */
export function isSameSignature(a: Method, b: Method): boolean {
  if (a.signature === b.signature) return true
  if (!mayBeSame(a.params, b.params)) return false
  return isSubtype(a.signature, b.signature) && isSubtype(b.signature, a.signature)
}

/** A quick look at the names of types tells most methods apart. */
function mayBeSame(a: readonly TypeParam[], b: readonly TypeParam[]): boolean {
  const isFixed = (params: readonly TypeParam[]): boolean => params.at(-1)?.kind !== 'vararg'
  if (isFixed(a) && isFixed(b) && a.length !== b.length) return false
  const n = Math.min(a.length, b.length)
  for (let i = 0; i < n; i++) {
    const [one, other] = [headOf(a[i]!), headOf(b[i]!)]
    if (one && other && one !== other) return false
  }
  return true
}

/** The name that all types which equal this one have; null where types of other names may. */
function headOf(param: TypeParam): TypeName | null {
  if (param.kind === 'value' || param.kind === 'vararg') return null
  const type = unwrapped(param)
  return type.kind === 'data' ? type.name : null
}

function entry<K>(map: Map<K, Method[]>, key: K): Method[] {
  let list = map.get(key)
  if (!list) {
    list = []
    map.set(key, list)
  }
  return list
}
