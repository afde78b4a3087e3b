/** Which element types need not be written before a list, because the list read back would have them anyway. */
import { fieldTypes, isSingleton } from '../../2-types/layout.ts'
import type { JType } from '../../2-types/type.ts'
import { ancestor, isNamed } from './context.ts'

const LITERALS = ['Float64', 'Int64', 'Char', 'String', 'Symbol']

export function isImplicit(type: JType): boolean {
  if (type.kind !== 'data') return false
  if (isNamed(type, ...LITERALS) || isSingleton(type)) return true
  if (type.name.form === 'array') return isImplicit(type.params[0] as JType)
  if (type.name.form === 'tuple' || type.name.form === 'namedtuple' || isNamed(type, 'Pair')) return fieldTypes(type).every(isImplicit)
  const dict = ancestor(type, 'AbstractDict')
  return dict !== null && dict.params.length === 2 && (dict.params as JType[]).every(isImplicit)
}

/** Element type that a context with this type info implies for a collection; null if none. */
export function elementInfo(typeInfo: JType): JType | null {
  if (typeInfo.kind === 'data' && typeInfo.name.form === 'array') return typeInfo.params[0] as JType
  const array = ancestor(typeInfo, 'AbstractArray') ?? ancestor(typeInfo, 'AbstractSet')
  return array ? (array.params[0] as JType) : null
}
