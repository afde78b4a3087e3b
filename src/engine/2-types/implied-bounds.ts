/** What a type demands of its parameters holds for the variables of a method too: of `P{T}`, with `struct P{T<:Real}`, `T` is a `Real`. */
import { hasFreeVars, mentions, type Substitution, substitute, typeVar } from './intern.ts'
import { isSubtype } from './subtype.ts'
import type { JType, TypeParam, TypeVar } from './type.ts'

/** Variables to put for those that are bound more narrowly than they say. */
export function impliedBounds(vars: readonly TypeVar[], params: readonly TypeParam[]): Substitution {
  const narrowed = new Map<TypeVar, TypeParam>()
  vars.forEach((variable, i) => {
    const later = vars.slice(i)
    const bounds = params
      .flatMap(param => demandsOn(variable, param))
      .filter(bound => !later.some(v => mentions(bound, v)))
      .map(bound => substitute(bound, narrowed))
    const upper = bounds.reduce((least, bound) => (isSubtype(bound, least) ? bound : least), substitute(variable.upper, narrowed))
    if (upper !== variable.upper) narrowed.set(variable, typeVar(variable.name, variable.lower, upper))
  })
  return narrowed
}

function demandsOn(variable: TypeVar, param: TypeParam): JType[] {
  if (param.kind === 'unionall')
    return param.variable === variable ? [] : demandsOn(variable, param.body).filter(b => !mentions(b, param.variable))
  if (param.kind !== 'data') return []
  const declared = param.name.vars
  if (declared.length !== param.params.length) return []
  return param.params.flatMap((p, i): JType[] => {
    if (p !== variable) return demandsOn(variable, p)
    const { upper } = declared[i]!
    return [hasFreeVars(upper) ? substitute(upper, new Map(declared.map((v, k) => [v, param.params[k]!]))) : upper]
  })
}
