/** Which types there are because of one module. */

import type { Module } from './module.ts'
import type { Constant, DataType, TypeParam } from './type.ts'

/** Those that the module defines, closures in it included, and those that have such a type as a part. */
export function typesOf(module: Module): (param: TypeParam) => boolean {
  return typesWith(type => type.name.module === module.name || type === module.type)
}

/** Those that are meant, and those that have such a type as a part. */
export function typesWith(isMeant: (type: DataType) => boolean): (param: TypeParam) => boolean {
  const known = new WeakMap<TypeParam, boolean>()
  const isOfConstant = (constant: Constant): boolean => {
    switch (constant.kind) {
      case 'tuple':
        return constant.items.some(isOfConstant)
      case 'struct':
        return isOf(constant.type) || constant.items.some(isOfConstant)
      case 'type':
      case 'number':
        return isOf(constant.type)
      default:
        return false
    }
  }
  const hasPart = (param: TypeParam): boolean => {
    switch (param.kind) {
      case 'value':
        return isOfConstant(param.value)
      case 'vararg':
        return isOf(param.element) || (param.count !== null && isOf(param.count))
      case 'var':
        return isOf(param.upper) || isOf(param.lower)
      case 'union':
        return param.members.some(isOf)
      case 'unionall':
        return isOf(param.variable) || isOf(param.body)
      case 'data':
        return isMeant(param) || param.params.some(isOf)
    }
  }
  const isOf = (param: TypeParam): boolean => {
    const before = known.get(param)
    if (before !== undefined) return before
    // A bound may mention its own variable.
    known.set(param, false)
    const now = hasPart(param)
    known.set(param, now)
    return now
  }
  return isOf
}
