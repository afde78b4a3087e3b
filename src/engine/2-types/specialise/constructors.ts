/** The constructors that a struct has without being written. */
import type { Arg, Core, Definition, MethodDef } from '../core.ts'
import { ANY, applied, typeOfType, unionAll, unionAllOf } from '../intern.ts'
import type { Module } from '../module.ts'
import type { JType, TypeName, TypeVar } from '../type.ts'
import { NO_STATICS } from './define-method.ts'
import type { Specialiser } from './specialiser.ts'

type StructDef = Extract<Definition, { kind: 'struct' }>

/** A method of fields in, object out, as inner constructors are. */
function positional(def: StructDef): MethodDef {
  const { span } = def
  return {
    ...bare(def, { kind: 'new', type: null, args: fieldLocals(def), span }),
    params: def.fields.map((f, i) => ({ local: i, name: f.name, type: null, vararg: false, default: null, nospecialize: false })),
  }
}

/** The keywords are handed to the positional constructor, which finds the type's parameters. */
function byKeywords(def: StructDef): MethodDef {
  const { span } = def
  return {
    ...bare(def, { kind: 'call', callee: { kind: 'global', name: def.name, span }, args: fieldLocals(def), kwargs: [], span }),
    kwparams: def.fields.map((f, i) => ({ local: i, name: f.name, type: null, default: f.default })),
  }
}

function fieldLocals({ fields, span }: StructDef): Arg[] {
  return fields.map((_, id) => ({ value: { kind: 'local', id, span }, splat: false }))
}

function bare({ name, fields, span }: StructDef, body: Core): MethodDef {
  return {
    name,
    params: [],
    kwparams: [],
    kwslurp: null,
    whereVars: [],
    returnType: null,
    code: { locals: fields.map(f => ({ name: f.name, boxed: false, type: null, span })), body, captures: [] },
    span,
    inline: 'always',
    constprop: true,
  }
}

/** From the types of the fields, and from anything that converts to them. */
export function defaultConstructors(s: Specialiser, def: StructDef, module: Module, name: TypeName): void {
  const method = positional(def)
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
  const untyped = types.map(() => ANY)
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

/** What `@kwdef` adds. */
export function keywordConstructor(s: Specialiser, def: StructDef, module: Module, name: TypeName): void {
  s.world.addMethod({
    def: byKeywords(def),
    module,
    given: 0,
    vars: [],
    params: [typeOfType(unionAllOf(name))],
    isFunctor: false,
    statics: NO_STATICS,
  })
}
