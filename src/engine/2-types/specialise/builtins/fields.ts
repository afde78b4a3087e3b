/** Fields of objects, by name or number. */
import { fail } from '../../../../diagnostics/report.ts'
import type { Span } from '../../../../diagnostics/source.ts'
import { ANY, BOX, hasFreeVars, MODULE, TUPLE } from '../../intern.ts'
import { fieldNames, fieldTypes } from '../../layout.ts'
import { unionOf } from '../../subtype.ts'
import type { DataType, JType, TypeParam } from '../../type.ts'
import { contentsAreSet, isContents, readContents } from '../box-contents.ts'
import { constructFields, convertTo, fieldCount, fieldIndex, fieldIsSet, readField, writeField } from '../construct.ts'
import type { Frame, Val } from '../frame.ts'
import { isGlobalDefined, setCell } from '../globals.ts'
import { fillBox, unsetBox, writeBox } from '../locals.ts'
import { unsetField } from '../unset.ts'
import { boolVal, constantVal, DEAD, intVal, isDead, NOTHING_VAL, stringVal, symbolVal, tupleVal, typeVal } from '../value.ts'
import { type Builtin, type BuiltinTable, dataTypeArgument, loosely, moduleArgument, noMethod, strictly, typeArgument } from './builtin.ts'

/** Up to so many fields are tried one after the other. */
const FEW_FIELDS = 8

/** The index of a field given by name or number; tests find it when it is only known at run time. */
function chooseField(frame: Frame, type: DataType, which: Val, use: (index: number) => Val, none: () => Val, span: Span): Val {
  const names = fieldNames(type)
  const { constant } = which
  if (constant?.kind === 'symbol' || constant?.kind === 'int') {
    const index = constant.kind === 'symbol' ? (type.name === TUPLE ? -1 : fieldIndex(type, constant.value)) : constant.value - 1
    return index >= 0 && index < names.length ? use(index) : none()
  }
  const { builder } = frame
  const at = frame.at(span)
  const [leaf] = which.leaves
  const isSymbol = which.type === frame.s.baseType('Symbol')
  const tried = (i: number): Val => {
    if (i === names.length) return none()
    const test = isSymbol
      ? builder.op('str.eq', [leaf!, builder.const('str', names[i]!, at)], at)
      : builder.op('i64.eq', [leaf!, builder.i64(i + 1, at)], at)
    return frame.s.branch(
      frame,
      test,
      () => use(i),
      () => tried(i + 1),
      span,
    )
  }
  const [first, ...others] = fieldTypes(type)
  if (isSymbol || names.length <= FEW_FIELDS || others.some(other => other !== first)) return tried(0)
  const isBelow = (index: number) => builder.op('i64.lt', [leaf!, builder.i64(index + 1, at)], at)
  const halved = (from: number, to: number): Val => {
    const middle = (from + to) >> 1
    if (middle === from) return use(from)
    return frame.s.branch(
      frame,
      isBelow(middle),
      () => halved(from, middle),
      () => halved(middle, to),
      span,
    )
  }
  const isInside = builder.op('bool.and', [builder.op('bool.not', [isBelow(0)], at), isBelow(names.length)], at)
  return frame.s.branch(frame, isInside, () => halved(0, names.length), none, span)
}

export const getfield: Builtin = (frame, args, _k, span) => {
  const [x, name] = args
  if (!x || !name || x.type.kind !== 'data') return noMethod(frame, 'getfield', args, span)
  const { type } = x
  const [index, symbol] = [frame.s.baseType('Int64'), frame.s.baseType('Symbol')]
  if (type.name === MODULE) {
    const module = frame.s.world.modulesByType.get(type)
    if (module && name.constant?.kind === 'symbol') return frame.s.readGlobal(frame, module, name.constant.value, span)
    if (module && name.type === symbol) {
      const global = frame.s.readGlobal(frame, frame.s.world.base, '__global_named', span)
      return frame.s.emit.call(frame, global, [x, name], [], span)
    }
  }
  if (name.type !== index && name.type !== symbol) {
    const parts = [symbolVal(frame, 'getfield', span), stringVal(frame, '', span), typeVal(unionOf([index, symbol])), name]
    return frame.s.emit.throwNew(frame, 'TypeError', parts, span)
  }
  const isIndex = name.type === index
  if (isContents(type, name)) return readContents(frame, x, span)
  return chooseField(
    frame,
    type,
    name,
    at => readField(frame, x, at, span),
    () => frame.s.emit.throwNew(frame, isIndex ? 'BoundsError' : 'FieldError', [isIndex ? x : typeVal(type), name], span),
    span,
  )
}

const setfield: Builtin = (frame, args, _k, span) => {
  const [x, name, value] = args
  if (!x || !name || !value || x.type.kind !== 'data') return noMethod(frame, 'setfield!', args, span)
  const { type } = x
  const refuse = (what: string): Val => frame.s.emit.throwNew(frame, 'ErrorException', [stringVal(frame, `setfield!: ${what}`, span)], span)
  if (isContents(type, name)) {
    // The function that has the variable may be done, and then the box has the type that it has.
    if (type.params[0] !== ANY && type.params[0] !== value.type)
      fail('infer', 'subset.no-syntax', { what: 'A captured variable that is set as a field to a value of another type' }, span)
    writeBox(frame, x, value, span)
    return value
  }
  if (type.name.form !== 'mutable') return refuse(`immutable struct of type ${type.name.name} cannot be changed`)
  return chooseField(
    frame,
    type,
    name,
    index => {
      const field = type.name.fields[index]
      if (field?.isConst) return refuse(`const field .${field.name} of type ${type.name.name} cannot be changed`)
      return writeField(frame, x, index, value, span)
    },
    () => frame.s.emit.throwNew(frame, 'FieldError', [typeVal(type), name], span),
    span,
  )
}

/** `setglobal!(M, :name, value)`: only a variable that the module has. */
const setglobal: Builtin = (frame, args, _k, span) => {
  const [home, name, value] = args
  const module = moduleArgument(frame, home)
  if (!module || !name || !value || name.type !== frame.s.baseType('Symbol')) return noMethod(frame, 'setglobal!', args, span)
  if (name.constant?.kind !== 'symbol') {
    const named = frame.s.readGlobal(frame, frame.s.world.base, '__set_global_named', span)
    return frame.s.emit.call(frame, named, [home!, name, value], [], span)
  }
  const binding = module.bindings.get(name.constant.value)
  if (binding?.kind === 'cell') return setCell(frame, binding.cell, value, span)
  const path = `${module.name}.${name.constant.value}`
  const message = binding ? `invalid assignment to constant ${path}` : `Global ${path} does not exist and cannot be assigned.`
  return frame.s.emit.throwNew(frame, 'ErrorException', [stringVal(frame, message, span)], span)
}

const isdefined: Builtin = (frame, args, _k, span) => {
  const [x, name] = args
  if (!x || !name) return noMethod(frame, 'isdefined', args, span)
  const module = moduleArgument(frame, x)
  if (module) {
    if (name.type === frame.s.baseType('Symbol') && name.constant === null)
      return frame.s.emit.base(frame, '__is_defined_in', [x, name], span)
    if (name.constant?.kind !== 'symbol') return noMethod(frame, 'isdefined', args, span)
    return isGlobalDefined(frame, module, name.constant.value, span)
  }
  if (x.type.kind !== 'data' || !['struct', 'mutable', 'tuple', 'namedtuple'].includes(x.type.name.form)) return boolVal(frame, false, span)
  if (isContents(x.type, name)) return contentsAreSet(frame, x, span)
  return chooseField(
    frame,
    x.type,
    name,
    index => fieldIsSet(frame, x, index, span),
    () => boolVal(frame, false, span),
    span,
  )
}

/** What a type has for a field: `Tuple{Int, 3}` has a number. */
function typeOrValue(frame: Frame, field: TypeParam, span: Span): Val {
  if (hasFreeVars(field)) fail('infer', 'subset.no-syntax', { what: 'The type of a field that is a type variable, or has one,' }, span)
  return field.kind === 'value' ? constantVal(frame, field.value, span) : typeVal(field as JType)
}

const fieldtype: Builtin = (frame, args, _k, span) => {
  const type = dataTypeArgument(args[0])
  if (!type || !args[1]) return noMethod(frame, 'fieldtype', args, span)
  const types = fieldTypes(type)
  if (isContents(type, args[1])) return typeVal(ANY)
  return chooseField(
    frame,
    type,
    args[1],
    index => typeOrValue(frame, types[index]!, span),
    () => frame.s.emit.throwNew(frame, 'FieldError', [typeVal(type), args[1]!], span),
    span,
  )
}

/** `__map_fields(f, x)`: an object of x's type whose fields are f of x's fields; what is not set in x is not set in it. */
const mapFields: Builtin = (frame, args, _k, span) => {
  const [f, x] = args
  if (!f || x?.type.kind !== 'data') return noMethod(frame, '__map_fields', args, span)
  const fields: Val[] = []
  for (const [i, type] of fieldTypes(x.type).entries()) {
    const mapped = (): Val => convertTo(frame, frame.s.emit.call(frame, f, [readField(frame, x, i, span, false)], [], span), type, span)
    const isSet = fieldIsSet(frame, x, i, span)
    const field = isSet.constant ? mapped() : frame.s.branch(frame, isSet.leaves[0]!, mapped, () => unsetField(frame, type), span)
    if (isDead(field)) return DEAD
    fields.push(field)
  }
  return constructFields(frame, x.type, fields, span)
}

/** `__blank(x)`: an object of the mutable type of x in which nothing is set. */
const blank: Builtin = (frame, args, _k, span) => {
  const [x] = args
  if (x?.type.kind !== 'data' || x.type.name.form !== 'mutable') return noMethod(frame, '__blank', args, span)
  return x.type.name === BOX ? unsetBox(frame, x.type, span) : constructFields(frame, x.type, [], span)
}

/** `__map_fields!(f, y, x)`: sets the fields of y, constant ones too, to f of those that are set in x, of the same mutable type. */
const fillFields: Builtin = (frame, args, _k, span) => {
  const [f, y, x] = args
  if (!f || !y || x?.type.kind !== 'data' || y.type !== x.type) return noMethod(frame, '__map_fields!', args, span)
  if (x.type.name === BOX) return fillBox(frame, y, x, contents => frame.s.emit.call(frame, f, [contents], [], span), span)
  for (const i of fieldTypes(x.type).keys()) {
    const fill = (): Val => {
      const field = frame.s.emit.call(frame, f, [readField(frame, x, i, span, false)], [], span)
      return isDead(field) || isDead(writeField(frame, y, i, field, span)) ? DEAD : NOTHING_VAL
    }
    const isSet = fieldIsSet(frame, x, i, span)
    const filled = isSet.constant ? fill() : frame.s.branch(frame, isSet.leaves[0]!, fill, () => NOTHING_VAL, span)
    if (isDead(filled)) return DEAD
  }
  return NOTHING_VAL
}

export const FIELD_BUILTINS: BuiltinTable = {
  getfield: strictly(getfield),
  'setfield!': strictly(setfield),
  'setglobal!': strictly(setglobal),
  isdefined: strictly(isdefined),
  fieldtype: strictly(fieldtype),
  fieldtypes: strictly((frame, args, _k, span) => {
    const type = dataTypeArgument(args[0])
    return type ? tupleVal(fieldTypes(type).map(t => typeOrValue(frame, t, span))) : noMethod(frame, 'fieldtypes', args, span)
  }),
  nfields: strictly((frame, args, _k, span) =>
    args[0]?.type.kind === 'data' ? fieldCount(frame, args[0].type, span) : noMethod(frame, 'nfields', args, span),
  ),
  fieldnames: strictly((frame, args, _k, span) => {
    const type = dataTypeArgument(args[0])
    if (!type) return noMethod(frame, 'fieldnames', args, span)
    if (type.name === TUPLE) return tupleVal(fieldTypes(type).map((_, i) => intVal(frame, i + 1, span)))
    return tupleVal(fieldNames(type).map(n => symbolVal(frame, n, span)))
  }),
  fieldcount: strictly((frame, args, _k, span) => {
    const type = dataTypeArgument(args[0])
    return type ? fieldCount(frame, type, span) : noMethod(frame, 'fieldcount', args, span)
  }),
  __map_fields: strictly(mapFields),
  __blank: strictly(blank),
  '__map_fields!': strictly(fillFields),
  __new: loosely((frame, [type, ...fields], _k, span) => {
    const made = typeArgument(type)
    return made ? constructFields(frame, made, fields, span) : noMethod(frame, '__new', [type!, ...fields], span)
  }),
}
