/** Scopes, the variables they declare, and how an inner function comes to a variable of an outer one. */
import type { Span } from '../../../diagnostics/source.ts'
import type { Node, Tree } from '../../1-syntax/ast.ts'
import type { Code, Core, Local, LocalId } from '../core.ts'
import { type Assigned, assignedNames, type ScopedCode } from './assigned.ts'
import { baseCall } from './build.ts'
import type { Filled } from './form.ts'
import { unsupported } from './shapes.ts'

/** Macros of the program, as the module sees them that is being loaded, and the means to run them. */
export interface Macros {
  /** The module, from Main on, of the macro of the program that a name means (with what stands before it: `A.B.@m`); null if there is none. */
  readonly homeOf: (path: readonly string[], name: string) => readonly string[] | null
  /** Runs code of the module that is being loaded, for what it gives as data. */
  readonly run: (code: Code) => Filled
  /** Does a name mean something in a module that it does not mean in the one that is being loaded? */
  readonly isOf: (home: readonly string[], name: string) => boolean
}

/** What all code of one module shares while it is desugared. */
export interface Unit {
  readonly moduleName: string
  /** Variables assigned at top level so far: a loop at top level assigns these, as in the REPL. */
  readonly globals: Set<string>
  readonly macros: Macros
  /** Names of an expansion that skip the locals where it is used. */
  readonly globalNames: WeakSet<Node>
  readonly counts: { anonymous: number; hygiene: number }
  readonly scoped: ScopedCode
  /** What a call of a rewriting macro stands for; null when the macro lowers its call itself. */
  readonly expand: (call: Tree) => Node | null
  readonly lower: (scope: Scope, node: Node) => Core
  readonly effect: (scope: Scope, node: Node) => Core
}

/** A local of some frame. */
export interface Variable {
  readonly name: string
  readonly frame: Frame
  readonly id: LocalId
  readonly local: Local
  /** An inner function assigns it. */
  assignedInside: boolean
  /** Declared type as written: an inner function that assigns the variable converts to it. */
  typeNode: Node | null
  /** Entries of inner functions that capture it; they learn whether it is boxed when its frame is done. */
  readonly captures: { name: string; boxed: boolean }[]
}

/** Captured variables; the methods of one closure share it. */
export interface Captures {
  readonly entries: { name: string; boxed: boolean }[]
  readonly variables: Variable[]
}

/** One method body, or one top-level statement. */
export interface Frame {
  readonly unit: Unit
  /** Where the function stands, when locals of outer functions may be seen from it; null otherwise. */
  readonly around: Scope | null
  readonly locals: Local[]
  readonly variables: Variable[]
  readonly captures: Captures
  /** Starts of scopes inside loops; those that turn out to be needless are taken out when the frame is done. */
  readonly starts: { readonly locals: LocalId[]; readonly body: Core[] }[]
  /** Of a top-level statement, not of a method. */
  readonly topLevel: boolean
  /** Of a function that the program has, or inside one; what some macros make a function of here is none in Julia. */
  readonly inFunction: boolean
  /** The variable that holds this very closure and is never assigned anything else. */
  readonly self: Variable | null
}

export type Meaning =
  | { readonly kind: 'variable'; readonly variable: Variable }
  | { readonly kind: 'static-param' }
  | { readonly kind: 'global' }
  /** `new` inside a struct; `type` is the struct as a bare name. */
  | { readonly kind: 'new'; readonly type: Core }

/** The array that `end` and `begin` of an index refer to. */
export interface Indexed {
  readonly array: { readonly node: Node } | { readonly variable: Variable }
  readonly position: number
  readonly count: number
  /** Splatted indices before this one: their lengths count too. */
  readonly splatsBefore: readonly Variable[]
  readonly hasSplat: boolean
}

export interface Scope {
  readonly unit: Unit
  readonly frame: Frame
  readonly outer: Scope | null
  /** `top`: globals; `soft`: the body of `for`, `while`, `try`; `hard`: functions, `let`. */
  readonly form: 'top' | 'soft' | 'hard'
  readonly names: Map<string, Meaning>
  /** Locals without a name made for the scope's code. */
  readonly temporaries: LocalId[]
  /** Function definitions of names of this scope, to find those that refer to themselves only. */
  readonly assigned: Assigned
  readonly inLoop: boolean
  /** Loops that `break` leaves: 2 inside `for i in a, j in b`. 0 is outside any loop. */
  readonly breakLevels: number
  readonly indexed: Indexed | null
  /** Inside `@views`. */
  readonly views: boolean
  /** The exception of the `catch` that this is inside of: what `rethrow()` throws. */
  readonly caught: Variable | null
}

/** The frame of one method of a closure or of a global function. */
export function methodFrame(unit: Unit, around: Scope | null, captures: Captures, self: Variable | null, inFunction: boolean): Frame {
  return { unit, around, locals: [], variables: [], captures, starts: [], topLevel: false, inFunction, self }
}

/** The frame of a top-level statement, with its scope. */
export function topLevelScope(unit: Unit): Scope {
  return topScope({
    unit,
    around: null,
    locals: [],
    variables: [],
    captures: noCaptures(),
    starts: [],
    topLevel: true,
    inFunction: false,
    self: null,
  })
}

export function noCaptures(): Captures {
  return { entries: [], variables: [] }
}

function topScope(frame: Frame): Scope {
  return {
    unit: frame.unit,
    frame,
    outer: null,
    form: 'top',
    names: new Map(),
    temporaries: [],
    assigned: assignedNames(frame.unit.scoped, []),
    inLoop: false,
    breakLevels: 0,
    indexed: null,
    views: false,
    caught: null,
  }
}

export function addLocal(frame: Frame, name: string, span: Span): Variable {
  const local: Local = { name, boxed: false, type: null, span }
  const variable: Variable = {
    name,
    frame,
    id: frame.locals.length,
    local,
    assignedInside: false,
    typeNode: null,
    captures: [],
  }
  frame.locals.push(local)
  frame.variables.push(variable)
  return variable
}

/** A local that no program can name. */
export function temporary(scope: Scope, hint: string, span: Span): Variable {
  const variable = addLocal(scope.frame, `#${hint}`, span)
  scope.temporaries.push(variable.id)
  return variable
}

export interface ScopeOptions {
  /** The frame of the scope when it is not that of `outer`. */
  readonly frame?: Frame
  /** The scope is the body of a loop. */
  readonly loop?: boolean
  /** How many loops `break` leaves from here. */
  readonly breakLevels?: number
  /** Names that the scope declares itself: parameters, loop variables. */
  readonly names?: readonly (readonly [string, Meaning])[]
  /** Whether to declare what `nodes` assign at once; otherwise the caller does, with `declareAssigned`. */
  readonly declare?: boolean
  readonly caught?: Variable | null
}

/** A new scope inside `outer` (of the same frame, unless `frame` is given) that declares what `nodes` assign in it. */
export function openScope(outer: Scope, form: 'soft' | 'hard', nodes: readonly Node[], options: ScopeOptions = {}): Scope {
  const frame = options.frame ?? outer.frame
  const crosses = frame !== outer.frame
  const scope: Scope = {
    unit: outer.unit,
    frame,
    outer,
    form,
    names: new Map(options.names ?? []),
    temporaries: [],
    assigned: assignedNames(outer.unit.scoped, nodes),
    inLoop: options.loop === true || (outer.inLoop && !crosses),
    breakLevels: options.breakLevels ?? (crosses ? 0 : outer.breakLevels),
    indexed: outer.indexed,
    views: outer.views,
    caught: options.caught ?? outer.caught,
  }
  if (options.declare !== false) declareAssigned(scope)
  return scope
}

/** Gives each name that the scope's code assigns its meaning, by Julia's rules of hard and soft scope. */
export function declareAssigned(scope: Scope): void {
  const { assigned, names } = scope
  for (const name of assigned.globals) names.set(name, { kind: 'global' })
  for (const [name, span] of assigned.locals) {
    if (!names.has(name)) names.set(name, { kind: 'variable', variable: addLocal(scope.frame, name, span) })
  }
  for (const [name, span] of assigned.names) {
    if (names.has(name)) continue
    const existing = scope.outer ? lookup(scope.outer, name) : null
    if (existing?.kind === 'static-param') unsupported(`Assigning the type parameter \`${name}\``, span)
    if (existing && existing.kind !== 'new') continue
    if (!existing && isSoftToTop(scope) && scope.unit.globals.has(name) && !assigned.functions.has(name)) continue
    names.set(name, { kind: 'variable', variable: addLocal(scope.frame, name, span) })
  }
}

/** Nothing but soft scopes between here and the top level. */
function isSoftToTop(scope: Scope): boolean {
  let at: Scope | null = scope
  while (at && at.form === 'soft') at = at.outer
  return at === null || at.form === 'top'
}

/** The locals declared by this very scope, and those made for it. */
export function ownLocals(scope: Scope): LocalId[] {
  const found: LocalId[] = [...scope.temporaries]
  for (const meaning of scope.names.values()) {
    if (meaning.kind === 'variable' && meaning.variable.frame === scope.frame) found.push(meaning.variable.id)
  }
  return found
}

/** The code of `scope` as one block, with a `fresh` when it begins anew in each turn of a loop; `item` is set by the loop itself. */
export function scopeBlock(scope: Scope, body: Core, span: Span, item: Variable | null = null): Core {
  const locals = scope.inLoop ? ownLocals(scope).filter(id => id !== item?.id) : []
  if (locals.length === 0) return body
  const items: Core[] = [{ kind: 'fresh', locals, span }, ...(body.kind === 'block' && body.body[0]?.kind !== 'fresh' ? body.body : [body])]
  scope.frame.starts.push({ locals, body: items })
  return { kind: 'block', body: items, span }
}

/** What `name` means at `scope`; null is a global nobody declared. */
export function lookup(scope: Scope, name: string): Meaning | null {
  for (let at: Scope | null = scope; at; at = at.outer) {
    const meaning = at.names.get(name)
    if (meaning) return meaning
  }
  return null
}

/** Reads `variable` from code of `frame`. */
export function refer(frame: Frame, variable: Variable, span: Span): Core {
  if (variable.frame === frame) return { kind: 'local', id: variable.id, span }
  if (frame.self === variable) return { kind: 'self', span }
  return { kind: 'captured', index: captureIndex(frame, variable), span }
}

/** Assigns `variable` from code of `frame`. */
export function assignVariable(scope: Scope, variable: Variable, value: Core, span: Span): Core {
  if (isItself(scope.frame, variable)) unsupported(`Assigning \`${variable.name}\` inside the function of that name`, span)
  if (variable.frame === scope.frame) return { kind: 'set-local', id: variable.id, value, span }
  variable.assignedInside = true
  const converted = variable.typeNode ? baseCall('convert', [scope.unit.lower(scope, variable.typeNode), value], span) : value
  return { kind: 'set-captured', index: captureIndex(scope.frame, variable), value: converted, span }
}

/** `variable` holds the closure whose code this is, or one around it. */
function isItself(frame: Frame, variable: Variable): boolean {
  for (let at: Frame | undefined = frame; at; at = at.around?.frame) if (at.self === variable) return true
  return false
}

function captureIndex(frame: Frame, variable: Variable): number {
  const { entries, variables } = frame.captures
  const known = variables.indexOf(variable)
  if (known >= 0) return known
  if (!frame.around) unsupported(`Reading the local \`${variable.name}\` from a function of the top level`, variable.local.span)
  // Every function between here and the variable's own captures it as well.
  refer(frame.around.frame, variable, variable.local.span)
  const entry = { name: variable.name, boxed: false }
  variable.captures.push(entry)
  entries.push(entry)
  variables.push(variable)
  return variables.length - 1
}
