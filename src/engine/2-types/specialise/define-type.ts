/** Types enter the world, with their fields and inner constructors. */
import { fail } from '../../../diagnostics/report.ts'
import type { Span } from '../../../diagnostics/source.ts'
import type { Type as LeafType } from '../../3-ir/ir.ts'
import type { Core, Definition } from '../core.ts'
import { coreChildren } from '../core-children.ts'
import { ANY, ARRAY, applied, typeName, typeOfType, typeParameterOf, unionAllOf, unwrapped } from '../intern.ts'
import type { Module } from '../module.ts'
import type { TypeName, TypeParam } from '../type.ts'
import { typeText } from '../type-text.ts'
import { constantType } from './constant-expression.ts'
import { defaultConstructors, keywordConstructor } from './constructors.ts'
import { addMethod, methodVars, NO_STATICS, typeVars } from './define-method.ts'
import { definitionFrame, type Val } from './frame.ts'
import { homeOf } from './home.ts'
import type { Specialiser } from './specialiser.ts'
import { NOTHING_VAL } from './value.ts'

type Def<K extends Definition['kind']> = Extract<Definition, { kind: K }>

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

export function defineNominal(s: Specialiser, def: Def<'abstract' | 'primitive'>, module: Module): Val {
  const before = typeOfProgram(module, def.name)
  const name = asBefore(s, module, before, knownName(s, def, module) ?? nominalName(s, def, module), def.span)
  s.world.defineType(module, def.name, unionAllOf(name))
  return NOTHING_VAL
}

/** The type that a module of the program has under a name by a definition of its own. */
function typeOfProgram(module: Module, name: string): TypeName | null {
  const binding = module.isBase ? undefined : module.bindings.get(name)
  const type = binding?.kind === 'known' ? typeParameterOf(binding.known.type) : null
  const inner = type && unwrapped(type)
  return inner?.kind === 'data' && inner.name.name === name && inner.name.module === module.name ? inner.name : null
}

/** A type may be defined again by the same definition, and stays the type that it is. */
function asBefore(s: Specialiser, module: Module, before: TypeName | null, made: TypeName, span: Span): TypeName {
  if (!before || before === made) return made
  s.world.defineType(module, made.name, unionAllOf(before))
  if (definitionText(before) === definitionText(made)) return before
  return fail('lower', 'name.redefined', { name: made.name, found: 'a type', as: 'another one' }, span)
}

/** All that a definition says, but for constructors. */
function definitionText({ form, vars, supertype, fields, leaf }: TypeName): string {
  const params = vars.map(v => `${typeText(v.lower)} <: ${v.name} <: ${typeText(v.upper)}`)
  const members = fields.map(f => `${f.isConst} ${f.name}::${typeText(f.type)}`)
  return [form, leaf ?? '', params.join(', '), typeText(supertype), ...members].join('\n')
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
  const vars = typeVars(frame, def.typeParams, statics)
  const supertype = def.supertype ? constantType(frame, def.supertype) : ANY
  const leaf = def.kind === 'primitive' ? { leaf: PRIMITIVE_LEAVES[def.name] ?? 'i64' } : {}
  const name = typeName({ name: def.name, module: module.name, form: def.kind, vars, supertype, ...leaf })
  setHome(name, module)
  namesOf.set(def, name)
  // Array is built in, below a type that Base defines.
  if (module === s.world.base && def.name === 'DenseArray') ARRAY.supertype = applied(name, ARRAY.vars)
  return name
}

/** The type with its fields; its name is bound first, since a field may mention it, and so may the parameters of its supertype. */
function structName(s: Specialiser, def: Def<'struct'>, module: Module): TypeName {
  const statics = new Map<string, TypeParam>()
  const frame = definitionFrame(s, module, statics, def.span)
  const vars = typeVars(frame, def.typeParams, statics)
  const isBelowItself = def.supertype?.kind === 'apply-type' && def.supertype.args.some(arg => mentions(arg, def.name))
  const above = def.supertype && !isBelowItself ? constantType(frame, def.supertype) : ANY
  const name = typeName({ name: def.name, module: module.name, form: def.mutable ? 'mutable' : 'struct', vars, supertype: above })
  setHome(name, module)
  s.world.defineType(module, def.name, unionAllOf(name))
  if (def.supertype && isBelowItself) name.supertype = constantType(frame, def.supertype)
  name.fields = def.fields.map(f => ({
    name: f.name,
    type: f.type ? constantType(frame, f.type) : ANY,
    isConst: f.isConst || !def.mutable,
  }))
  namesOf.set(def, name)
  return name
}

/** `struct A <: AbstractArray{B{A}}`, as a type is whose elements know where they are from. */
function mentions(core: Core, name: string): boolean {
  return (core.kind === 'global' && core.name === name) || coreChildren(core).some(child => mentions(child, name))
}

function setHome(name: TypeName, module: Module): void {
  const home = homeOf(name, module)
  if (home) name.home = home
}

export function defineStruct(s: Specialiser, def: Def<'struct'>, module: Module): Val {
  const before = typeOfProgram(module, def.name)
  const name = asBefore(s, module, before, knownName(s, def, module) ?? structName(s, def, module), def.span)
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
