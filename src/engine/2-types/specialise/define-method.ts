/** Methods enter the world: what they are added to, the types of their parameters, and those that are compiled with an older meaning. */
import { fail } from '../../../diagnostics/report.ts'
import type { Span } from '../../../diagnostics/source.ts'
import type { Definition, MethodDef, NamePath, ParamDef, TypeVarDef } from '../core.ts'
import { ANY, BOTTOM, TYPE, typeParameterOf, typeVar, varargType } from '../intern.ts'
import type { GlobalCell, Module } from '../module.ts'
import type { JType, TypeParam, TypeVar } from '../type.ts'
import { constantType } from './constant-expression.ts'
import { definitionFrame, type Frame, type Val } from './frame.ts'
import { moduleNamed } from './modules.ts'
import { ruledFunctions } from './rule-signature.ts'
import type { Specialiser } from './specialiser.ts'
import { singleton } from './value.ts'

type Def<K extends Definition['kind']> = Extract<Definition, { kind: K }>

const NO_VARS: readonly TypeVar[] = []
export const NO_STATICS: ReadonlyMap<string, TypeParam> = new Map()

/** Variables around a definition that its method reads: what they are there, and where the method finds them. */
export interface Captured {
  readonly vals: readonly Val[]
  readonly cells: readonly GlobalCell[]
}

export const NOTHING_CAPTURED: Captured = { vals: [], cells: [] }

interface NewMethod {
  readonly def: MethodDef
  readonly module: Module
  readonly callee: JType
  /** Variables of the callee's type. */
  readonly vars: readonly TypeVar[]
  readonly statics: ReadonlyMap<string, TypeParam>
  readonly isNew: boolean
  readonly isFunctor: boolean
  /** Variables that were made already, for the same `where`. */
  readonly known?: readonly TypeVar[]
  readonly captured?: Captured
  /** What a closure captures where it is made, which the types of its parameters may be made of. */
  readonly around?: readonly Val[]
}

export function defineMethod(s: Specialiser, def: Def<'method'>, module: Module, captured: Captured): Val {
  const callee = calleeOf(s, def.name, module, def.span)
  if (def.method) addMethod(s, { def: def.method, module, callee, vars: [], statics: NO_STATICS, isNew: false, isFunctor: false, captured })
  return singleton(callee)
}

/** The type of the function (or `Type{T}` of the type) that a definition adds to. */
function calleeOf(s: Specialiser, name: NamePath, module: Module, span: Span): JType {
  let target = module
  for (const part of name.path) target = moduleNamed(s, target, part, span)
  const own = target.bindings.get(name.name)
  const found = own || name.path.length > 0 || target.isBase ? s.world.lookup(target, name.name) : undefined
  if (found?.kind === 'cell' && found.cell.type !== null)
    fail('lower', 'name.redefined', { name: name.name, found: 'a variable', as: 'a function' }, span)
  const visible = s.world.lookup(target, name.name)
  // A type that is visible may get constructors without being imported.
  if (!found && visible?.kind === 'known' && typeParameterOf(visible.known.type)) return visible.known.type
  return s.world.genericFunction(target, name.name, name.path.length > 0)
}

export function methodVars(
  s: Specialiser,
  def: MethodDef,
  module: Module,
  statics: ReadonlyMap<string, TypeParam>,
  known: readonly TypeVar[],
  captured: readonly Val[] = NOTHING_CAPTURED.vals,
): { vars: readonly TypeVar[]; frame: Frame } {
  const all = new Map(statics)
  const frame = definitionFrame(s, module, all, def.span)
  frame.captures = captured
  if (def.whereVars.length === 0) return { vars: NO_VARS, frame }
  const vars = typeVars(frame, def.whereVars, all, known)
  return { vars, frame }
}

export function typeVars(
  frame: Frame,
  defs: readonly TypeVarDef[],
  statics: Map<string, TypeParam>,
  known: readonly TypeVar[] = [],
): TypeVar[] {
  return defs.map((v, i) => {
    const made = known[i] ?? typeVar(v.name, v.lower ? constantType(frame, v.lower) : BOTTOM, v.upper ? constantType(frame, v.upper) : ANY)
    statics.set(v.name, made)
    return made
  })
}

export function paramType(frame: Frame, p: ParamDef): TypeParam {
  const type: TypeParam = p.type ? constantType(frame, p.type) : ANY
  return p.vararg ? varargType(type, null) : type
}

export function addMethod(s: Specialiser, m: NewMethod): void {
  const { def, module, callee } = m
  const { vars, frame } = methodVars(s, def, module, m.statics, m.known ?? [], m.around ?? m.captured?.vals)
  const params = def.params.map(p => paramType(frame, p))
  const own = m.isFunctor ? params.slice(1) : params
  const defaults = (m.isFunctor ? def.params.slice(1) : def.params).map(p => p.default !== null)
  const least = defaults.includes(true) ? defaults.indexOf(true) : own.length
  for (let given = least; given <= own.length; given++) {
    // A slurped last parameter belongs to the method that gives all others.
    if (given === own.length - 1 && def.params.at(-1)?.vararg) continue
    s.world.addMethod(
      {
        def,
        module,
        given,
        vars: m.vars.length === 0 ? vars : [...m.vars, ...vars],
        params: [callee, ...own.slice(0, given)],
        isFunctor: m.isFunctor,
        statics: m.statics,
        ...(m.captured && { captured: m.captured.cells }),
      },
      m.isNew,
    )
  }
  if (!m.isNew && callee.kind === 'data') {
    s.changed(callee)
    s.changed(callee.name === TYPE ? callee : callee.name)
    for (const func of ruledFunctions(callee, params)) s.changed(func)
  }
}
