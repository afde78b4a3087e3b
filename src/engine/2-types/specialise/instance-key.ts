/** What an instance is made for, its key, and how its signature prints. */
import { constantKey } from '../intern.ts'
import type { Method } from '../method-table.ts'
import type { Constant, JType, TypeParam, TypeVar } from '../type.ts'
import { typeText } from '../type-text.ts'

export interface Spec {
  readonly type: JType
  readonly constant: Constant | null
}

export interface Request {
  readonly method: Method
  readonly bindings: ReadonlyMap<TypeVar, TypeParam>
  readonly callee: Spec
  readonly args: readonly Spec[]
  readonly kwargs: readonly (Spec & { readonly name: string })[]
}

/** The callee, the arguments and those with keywords. */
export function specsOf({ callee, args, kwargs }: Request): Spec[] {
  return [callee, ...args, ...kwargs]
}

/** Static parameters of the method and of those around it. */
export function staticsOf({ method, bindings }: Request): Map<string, TypeParam> {
  const statics = new Map<string, TypeParam>(method.statics)
  for (const v of method.vars) {
    const bound = bindings.get(v)
    if (bound !== undefined) statics.set(v.name, bound)
  }
  return statics
}

function specKey(spec: Spec): string {
  return spec.constant ? `${spec.type.key}=${constantKey(spec.constant)}` : spec.type.key
}

export function instanceKey(r: Request): string {
  const kw = r.kwargs.map(k => `${k.name}:${specKey(k)}`).join(',')
  return `${r.method.serial}|${specKey(r.callee)}|${r.args.map(specKey).join(',')}|${kw}`
}

/** `hcat(::Vector{Float64}, ::Vector{Float64})` */
export function signatureLabel(r: Request): string {
  const { callee } = r
  const isCtor = callee.type.kind === 'data' && callee.type.name.name === 'Type'
  // Julia's way to say it of a callable object.
  const { isFunctor, def } = r.method
  const name = isFunctor
    ? `(::${typeText(callee.type)})`
    : isCtor
      ? typeText((callee.type as { params: readonly TypeParam[] }).params[0]!)
      : def.name
  const args = r.args.map((a, i) => {
    const param = def.params[isFunctor ? i + 1 : i]
    const named = param && !param.vararg && !param.name.startsWith('#') && !r.method.module.isBase ? param.name : ''
    return `${named}::${typeText(a.type)}`
  })
  const kw = r.kwargs.map(k => `${k.name}::${typeText(k.type)}`)
  return `${name}(${args.join(', ')}${kw.length ? `; ${kw.join(', ')}` : ''})`
}

const weights = new WeakMap<JType, number>()

function weightOf(param: TypeParam): number {
  switch (param.kind) {
    case 'value':
      return param.value.kind === 'int' ? 1 + Math.abs(param.value.value) : 1
    case 'vararg':
      return 1 + weightOf(param.element)
    case 'var':
      return 1
    default: {
      let weight = weights.get(param)
      if (weight === undefined) {
        const parts = param.kind === 'data' ? param.params : param.kind === 'union' ? param.members : [param.body]
        weight = parts.reduce((sum, part) => sum + weightOf(part), 1)
        weights.set(param, weight)
      }
      return weight
    }
  }
}

/** How much the types of the arguments hold: a recursion in which that gets less from call to call ends. */
export function requestWeight({ args, kwargs }: Request): number {
  return [...args, ...kwargs].reduce((sum, spec) => sum + weightOf(spec.type), 0)
}
