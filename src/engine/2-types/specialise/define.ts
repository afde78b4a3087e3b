/** Definitions: methods, types and names enter the world; modules are in `modules.ts`. */
import { fail } from '../../../diagnostics/report.ts'
import type { Span } from '../../../diagnostics/source.ts'
import type { Type as LeafType } from '../../3-ir/ir.ts'
import type { Code, Core, Definition, MethodDef, NamePath, ParamDef, TypeVarDef } from '../core.ts'
import { coreChildren } from '../core-children.ts'
import { ANY, ARRAY, applied, BOTTOM, TYPE, typeName, typeOfType, typeVar, unionAll, unionAllOf, varargType } from '../intern.ts'
import type { JType, TypeName, TypeParam, TypeVar } from '../type.ts'
import type { Module } from '../world.ts'
import { constantType } from './constant-expression.ts'
import { definitionFrame, type Frame, type Val } from './frame.ts'
import { defineModule, moduleNamed, useModule } from './modules.ts'
import { ruledFunctions } from './rule-signature.ts'
import type { Specialiser } from './specialiser.ts'
import { NOTHING_VAL, singleton } from './value.ts'

type Def<K extends Definition['kind']> = Extract<Definition, { kind: K }>

/** Of a definition at top level. */
const NO_VARS: readonly TypeVar[] = []
const NO_STATICS: ReadonlyMap<string, TypeParam> = new Map()

export function define(s: Specialiser, def: Definition, module: Module): Val {
  switch (def.kind) {
    case 'method':
      return defineMethod(s, def, module)
    case 'functor': {
      const first = def.method.params[0]!
      const { vars, frame } = methodVars(s, def.method, module, new Map(), [])
      const callee = paramType(s, frame, first) as JType
      addMethod(s, { def: def.method, module, callee, vars: [], statics: NO_STATICS, isNew: false, isFunctor: true, known: vars })
      return NOTHING_VAL
    }
    case 'struct':
      return defineStruct(s, def, module)
    case 'abstract':
    case 'primitive':
      return defineNominal(s, def, module)
    case 'module':
      return defineModule(s, def, module)
    case 'using':
      return useModule(s, def, module)
    case 'export':
      for (const name of def.names) module.exports.add(name)
      return NOTHING_VAL
    case 'declare-global': {
      const cell = s.world.cell(module, def.name)
      if (def.type) cell.declared = constantType(definitionFrame(s, module, new Map(), def.span), def.type)
      return NOTHING_VAL
    }
    case 'macro':
      s.world.macroHomes.set(def.name, module)
      return NOTHING_VAL
  }
}

// Methods --------------------------------------------------------------------------------------------------------------------------

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
}

/** A function that defines a method does so when it is compiled, which is before it first runs; so it must be sure to come to it. */
export function defineHere(frame: Frame, def: Definition): Val {
  if (!frame.isTopLevel && frame.builder.depth > 0)
    fail('lower', 'subset.no-syntax', { what: 'A method defined in a branch or loop of a function' }, def.span)
  return define(frame.s, def, frame.module)
}

function defineMethod(s: Specialiser, def: Def<'method'>, module: Module): Val {
  const callee = calleeOf(s, def.name, module, def.span)
  if (def.method) addMethod(s, { def: def.method, module, callee, vars: [], statics: NO_STATICS, isNew: false, isFunctor: false })
  return singleton(callee)
}

/** The type of the function (or `Type{T}` of the type) that a definition adds to. */
function calleeOf(s: Specialiser, name: NamePath, module: Module, span: Span): JType {
  let target = module
  for (const part of name.path) target = moduleNamed(s, target, part, span)
  const own = target.bindings.get(name.name)
  const found = own || name.path.length > 0 || target.isBase ? s.world.lookup(target, name.name) : undefined
  if (found?.kind === 'cell' && found.cell.type !== null) fail('lower', 'name.redefined', { name: name.name, found: 'a variable' }, span)
  const visible = s.world.lookup(target, name.name)
  // A type that is visible may get constructors without being imported.
  if (!found && visible?.kind === 'known' && isTypeOf(visible.known.type)) return visible.known.type
  return s.world.genericFunction(target, name.name, name.path.length > 0)
}

function isTypeOf(type: JType): boolean {
  return type.kind === 'data' && type.name === TYPE
}

function methodVars(
  s: Specialiser,
  def: MethodDef,
  module: Module,
  statics: ReadonlyMap<string, TypeParam>,
  known: readonly TypeVar[],
): { vars: readonly TypeVar[]; frame: Frame } {
  if (def.whereVars.length === 0) return { vars: NO_VARS, frame: definitionFrame(s, module, statics, def.span) }
  const all = new Map(statics)
  const frame = definitionFrame(s, module, all, def.span)
  const vars = typeVars(s, frame, def.whereVars, all, known)
  return { vars, frame }
}

function typeVars(
  _s: Specialiser,
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

function paramType(_s: Specialiser, frame: Frame, p: ParamDef): TypeParam {
  const type: TypeParam = p.type ? constantType(frame, p.type) : ANY
  return p.vararg ? varargType(type, null) : type
}

export function addMethod(s: Specialiser, m: NewMethod): void {
  const { def, module, callee } = m
  const { vars, frame } = methodVars(s, def, module, m.statics, m.known ?? [])
  const params = def.params.map(p => paramType(s, frame, p))
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
        vars: [...m.vars, ...vars],
        params: [callee, ...own.slice(0, given)],
        isFunctor: m.isFunctor,
        statics: m.statics,
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

// Types ----------------------------------------------------------------------------------------------------------------------------

const PRIMITIVE_LEAVES: Readonly<Record<string, LeafType>> = {
  Float64: 'f64',
  Float32: 'f32',
  Float16: 'f64',
  Bool: 'bool',
  String: 'str',
  SubString: 'str',
  Symbol: 'str',
}

/**
 * Types by their definitions. Base's definitions are the same objects in every session of a process, and so are its types: the built-in
 * Array is below one of them, and what is known of types (layout, subtyping) is kept for the process.
 */
const namesOf = new WeakMap<Definition, TypeName>()

function defineNominal(s: Specialiser, def: Def<'abstract' | 'primitive'>, module: Module): Val {
  const name = knownName(s, def, module) ?? nominalName(s, def, module)
  s.world.defineType(module, def.name, unionAllOf(name))
  return NOTHING_VAL
}

/** A type that another session has made. What its definition names is looked up all the same: this world has to load it too. */
function knownName(s: Specialiser, def: Def<'abstract' | 'primitive' | 'struct'>, module: Module): TypeName | undefined {
  const name = namesOf.get(def)
  if (!name) return undefined
  s.world.defineType(module, def.name, unionAllOf(name))
  const statics = new Map<string, TypeParam>(name.vars.map(v => [v.name, v]))
  const frame = definitionFrame(s, module, statics, def.span)
  const types = [def.supertype, ...(def.kind === 'struct' ? def.fields.map(f => f.type) : [])]
  for (const type of types) if (type) constantType(frame, type)
  return name
}

function nominalName(s: Specialiser, def: Def<'abstract' | 'primitive'>, module: Module): TypeName {
  const statics = new Map<string, TypeParam>()
  const frame = definitionFrame(s, module, statics, def.span)
  const vars = typeVars(s, frame, def.typeParams, statics)
  const supertype = def.supertype ? constantType(frame, def.supertype) : ANY
  const leaf = def.kind === 'primitive' ? { leaf: PRIMITIVE_LEAVES[def.name] ?? 'i64' } : {}
  const name = typeName({ name: def.name, module: module.name, form: def.kind, vars, supertype, ...leaf })
  namesOf.set(def, name)
  // Array is built in, below a type that Base defines.
  if (module === s.world.base && def.name === 'DenseArray') ARRAY.supertype = applied(name, ARRAY.vars)
  return name
}

/** The type with its fields; its name is bound first, since a field may mention it. */
function structName(s: Specialiser, def: Def<'struct'>, module: Module): TypeName {
  const statics = new Map<string, TypeParam>()
  const frame = definitionFrame(s, module, statics, def.span)
  const vars = typeVars(s, frame, def.typeParams, statics)
  const supertype = def.supertype ? constantType(frame, def.supertype) : ANY
  const name = typeName({ name: def.name, module: module.name, form: def.mutable ? 'mutable' : 'struct', vars, supertype })
  s.world.defineType(module, def.name, unionAllOf(name))
  name.fields = def.fields.map(f => ({
    name: f.name,
    type: f.type ? constantType(frame, f.type) : ANY,
    isConst: f.isConst || !def.mutable,
  }))
  namesOf.set(def, name)
  return name
}

function defineStruct(s: Specialiser, def: Def<'struct'>, module: Module): Val {
  const name = knownName(s, def, module) ?? structName(s, def, module)
  name.lacksFields = def.constructors.some(({ method }) => leavesOut(method.code.body, def.fields.length))
  for (const { ctor, method } of def.constructors) {
    const { vars: own, frame: inner } = methodVars(s, method, module, new Map(), [])
    const made = constantType(inner, ctor)
    addMethod(s, {
      def: method,
      module,
      callee: typeOfType(made),
      vars: [],
      statics: NO_STATICS,
      isNew: false,
      isFunctor: false,
      known: own,
    })
  }
  if (def.constructors.length === 0) defaultConstructors(s, def, module, name)
  if (def.kwdef) keywordConstructor(s, def, module, name)
  return NOTHING_VAL
}

/** Does this code make an object with fewer values than it has fields? */
function leavesOut(core: Core, fields: number): boolean {
  if (core.kind === 'new' && core.args.length < fields && !core.args.some(arg => arg.splat)) return true
  return coreChildren(core).some(child => leavesOut(child, fields))
}

function local(name: string, span: Span): Code['locals'][number] {
  return { name, boxed: false, type: null, span }
}

/** A method of fields in, object out, as inner constructors are. */
function constructor(def: Def<'struct'>, keywords: boolean): MethodDef {
  const { span } = def
  const code: Code = {
    locals: def.fields.map(f => local(f.name, span)),
    body: {
      kind: 'new',
      type: null,
      args: def.fields.map((_, id) => ({ value: { kind: 'local', id, span } as Core, splat: false })),
      span,
    },
    captures: [],
  }
  const params = def.fields.map(
    (f, i): ParamDef => ({ local: i, name: f.name, type: null, vararg: false, default: null, nospecialize: false }),
  )
  return {
    name: def.name,
    params: keywords ? [] : params,
    kwparams: keywords ? def.fields.map((f, i) => ({ local: i, name: f.name, type: null, default: f.default })) : [],
    kwslurp: null,
    whereVars: [],
    returnType: null,
    code,
    span,
    inline: 'always',
    constprop: true,
  }
}

function defaultConstructors(s: Specialiser, def: Def<'struct'>, module: Module, name: TypeName): void {
  const method = constructor(def, false)
  const add = (callee: JType, vars: readonly TypeVar[], types: readonly JType[]) => {
    s.world.addMethod({
      def: method,
      module,
      given: types.length,
      vars,
      params: [typeOfType(callee), ...types],
      isFunctor: false,
      statics: NO_STATICS,
    })
  }
  const types = name.fields.map(f => f.type)
  const untyped = types.map(() => ANY as JType)
  if (name.vars.length === 0) {
    const self = applied(name, [])
    if (types.some(t => t !== ANY)) add(self, [], types)
    add(self, [], untyped)
  } else {
    if (name.vars.every(v => isDetermined(v, name.vars, types))) add(unionAllOf(name), name.vars, types)
    add(applied(name, name.vars), name.vars, untyped)
  }
  s.changed(typeOfType(unionAllOf(name)))
}

/** Whether the types of the fields say what a parameter is: `T` and `V` of `struct S{T,V<:AbstractVector{T}}` with a field of type `V`. */
function isDetermined(v: TypeVar, vars: readonly TypeVar[], types: readonly JType[]): boolean {
  return types.some(t => mentionsVar(t, v)) || vars.some(w => w !== v && mentionsVar(w.upper, v) && types.some(t => mentionsVar(t, w)))
}

function mentionsVar(type: JType, v: TypeVar): boolean {
  return unionAll(v, type) !== type
}

function keywordConstructor(s: Specialiser, def: Def<'struct'>, module: Module, name: TypeName): void {
  const keyword = constructor(def, true)
  const { span } = def
  // The keywords are handed to the positional constructor, which finds the type's parameters.
  const body: Core = {
    kind: 'call',
    callee: { kind: 'global', name: def.name, span },
    args: def.fields.map((_, id) => ({ value: { kind: 'local', id, span } as Core, splat: false })),
    kwargs: [],
    span,
  }
  const method = { ...keyword, code: { ...keyword.code, body } }
  s.world.addMethod({
    def: method,
    module,
    given: 0,
    vars: [],
    params: [typeOfType(unionAllOf(name))],
    isFunctor: false,
    statics: NO_STATICS,
  })
}
