/** Does some method of a rule's function speak of a call with these argument types, under whatever annotations? */
import { invariant } from '../../../diagnostics/bug.ts'
import { RULE_SOURCES, type RuleSource } from '../../3-ir/ir.ts'
import type { Core } from '../core.ts'
import { dispatch } from '../dispatch.ts'
import { ANY, applied, unionAll, unwrapped } from '../intern.ts'
import { ancestors, type Method } from '../method-table.ts'
import type { Known } from '../module.ts'
import { isConcrete, matchTypes, mayIntersect, unionOf } from '../subtype.ts'
import type { DataType, JType, TypeName, TypeParam } from '../type.ts'
import type { World } from '../world.ts'

/** What is known of rules for a call: none, that it is inactive, or that some rule decides its derivative. */
export type RuleKind = 'none' | 'inactive' | 'rule'

/** Programs that neither differentiate nor name a rule do not load the rules of the library. */
export function mayHaveRules(world: World, differentiates: boolean): boolean {
  return differentiates || ['EnzymeRules', 'augmented_primal', 'inactive'].some(name => world.isNamed(name))
}

/** May there be a rule for some call of a value of this type, by whatever means? */
export function mayBeRuled(world: World, callee: JType, differentiates: boolean): boolean {
  return (mayHaveRules(world, differentiates) || pullbacks(world).length > 0) && spokenIn(world).about(callee)
}

/** `types`: the function's type, then those of its arguments. */
export function ruleKind(world: World, types: readonly JType[], source?: RuleSource): RuleKind {
  if (!spokenIn(world).about(types[0]!)) return 'none'
  if (isMarked(world, 'inactive', types, source) || isMarked(world, 'inactive_noinl', types, source)) return 'inactive'
  return hasRuleFor(world, 'forward', types, source) || hasRuleFor(world, 'augmented_primal', types, source) ? 'rule' : 'none'
}

/** Has the program rules of its own? Until it has, all sources are the same. */
export function hasOwnRules(world: World): boolean {
  return spokenIn(world).isOwn
}

/** The functions that rules are about. */
interface Spoken {
  /** All that was known to the world when it was looked at last. */
  extent: number
  /** Of how many methods these are the functions; there are more when the library loads some. */
  readonly methods: number
  readonly changes: number
  readonly isOwn: boolean
  /** May there be a rule for some call of a value of this type? Most functions have none, and are asked for again and again. */
  about(callee: JType): boolean
}

const DECIDING = ['inactive', 'inactive_noinl', 'forward', 'augmented_primal']
const spoken = new WeakMap<World, Spoken>()

function spokenIn(world: World): Spoken {
  let known = spoken.get(world)
  if (known?.extent === world.extent) return known
  const functions = [...DECIDING.map(name => ruleFunction(world, name)), ...pullbacks(world)]
  const lists = functions.map(f => world.methodsFor(f, false))
  const methods = lists.reduce((n, list) => n + list.length, 0)
  const changes = functions.reduce((n, f) => n + world.changesFor(f), 0)
  if (known?.methods !== methods || known.changes !== changes) {
    const found = lists.flat().map(({ params, module }) => ({ about: ruledFunctions(params[0] as DataType, params.slice(1)), module }))
    const types = found.flatMap(({ about }) => about)
    // What the library has for any function is what happens without a rule.
    const isAny = found.some(({ about, module }) => about.length === 0 && !module.isBase) || types.some(type => type.kind !== 'data')
    const isOwn = found.some(({ module }) => !module.isBase)
    // Names of the functions' types, or of types above them.
    const names = new Set(types.flatMap(type => (type.kind === 'data' ? [type.name] : [])))
    const about = (callee: JType): boolean => isAny || callee.kind !== 'data' || ancestors(callee).some(name => names.has(name))
    known = { extent: 0, methods, changes, isOwn, about }
    spoken.set(world, known)
  }
  known.extent = world.extent
  return known
}

/** Has `inactive` or its like a method for these types? */
export function isMarked(world: World, name: string, types: readonly JType[], source?: RuleSource): boolean {
  if (source) return methodsFrom(world, name, source).some(({ params, vars }) => matchTypes(types, params.slice(1), vars))
  const { kind } = dispatch(world, [ruleFunction(world, name), ...types])
  return kind === 'method' || kind === 'ambiguous'
}

export function hasRuleFor(world: World, name: string, types: readonly JType[], source?: RuleSource): boolean {
  if (methodsFrom(world, name, source).some(method => speaksOf(method, types))) return true
  return name === 'augmented_primal' && isPulledBack(world, types, source)
}

function methodsFrom(world: World, name: string, source: RuleSource | undefined): readonly Method[] {
  const methods = world.methodsFor(ruleFunction(world, name), false)
  return source ? methods.filter(({ module }) => module.isBase && (KEPT_TO[module.name] ?? source) === source) : methods
}

/** Modules of the library whose rules one source has, and no other. */
const KEPT_TO: { readonly [module: string]: RuleSource } = { ChainRulesCore: 'chain', Zygote: 'chain', ReverseDiff: 'tracked' }

/** Zygote takes the rules of ChainRulesCore without being told, ReverseDiff those of `@grad`: what has them, in a program that names it. */
const PULLBACKS: { readonly [S in RuleSource]?: readonly [module: string, name: string] } = {
  chain: ['ChainRulesCore', 'rrule'],
  tracked: ['ReverseDiff', 'tracked_rule'],
}

function pullback(world: World, source: RuleSource | undefined): JType | null {
  const found = source && PULLBACKS[source]
  return found && world.isNamed(found[1]) ? functionOf(world, ...found) : null
}

function pullbacks(world: World): JType[] {
  return RULE_SOURCES.flatMap(source => pullback(world, source) ?? [])
}

/** Has the program an rrule, or the like, for such a call? One that is `nothing` says that there is none. */
export function isPulledBack(world: World, types: readonly JType[], source: RuleSource | undefined): boolean {
  const rrule = pullback(world, source)
  if (!rrule) return false
  const rules = world.methodsFor(rrule, false).filter(method => !method.module.isBase)
  return [types, [configuration(world), ...types]].some(given => {
    if (!rules.some(method => matchTypes(given, method.params.slice(1), method.vars))) return false
    const found = dispatch(world, [rrule, ...given])
    return found.kind !== 'method' || !isNothing(found.method.def.code.body)
  })
}

/** What an rrule that asks for the system that calls it is given. */
function configuration(world: World): JType {
  return knownType(world, 'ChainRulesCore', 'ZygoteRuleConfig')
}

function isNothing(body: Core): boolean {
  if (body.kind === 'block') return body.body.length === 1 && isNothing(body.body[0]!)
  return body.kind === 'literal' && body.value.kind === 'nothing'
}

/** The type of a function of the module EnzymeRules. */
export function ruleFunction(world: World, name: string): JType {
  let functions = ruleFunctions.get(world)
  if (!functions) {
    functions = new Map()
    ruleFunctions.set(world, functions)
  }
  let found = functions.get(name)
  if (!found) {
    found = functionOf(world, 'EnzymeRules', name)
    functions.set(name, found)
  }
  return found
}

const ruleFunctions = new WeakMap<World, Map<string, JType>>()

function functionOf(world: World, moduleName: string, name: string): JType {
  return knownIn(world, moduleName, name).type
}

/** The type of this name in a module of the library. */
export function knownType(world: World, moduleName: string, name: string): JType {
  // What the name stands for has the type `Type{ZygoteRuleConfig}`.
  return (knownIn(world, moduleName, name).type as DataType).params[0] as JType
}

function knownIn(world: World, moduleName: string, name: string): Known {
  const module = world.lookup(world.base, moduleName)
  const home = module?.kind === 'known' && module.known.type.kind === 'data' ? world.modulesByType.get(module.known.type) : undefined
  const found = home && world.lookup(home, name)
  invariant(found?.kind === 'known', `${moduleName} has no ${name}`)
  return found.known
}

/** The callee's type, a configuration, the function, the type of the result's annotation. */
const BEFORE_ARGUMENTS = 4

function speaksOf(method: Method, types: readonly JType[]): boolean {
  const func = method.params[2]
  if (func === undefined || func.kind === 'value' || func.kind === 'vararg') return false
  const name = annotationOf(func)
  if (!name) return false
  const wanted = [func, ...method.params.slice(BEFORE_ARGUMENTS)].map(param => plain(param, name))
  const actual = types.map(type => applied(name, [type]))
  if (matchTypes(actual, wanted, method.vars)) return true
  // A type that is not known exactly may be one that the rule is for.
  return types.some(type => !isConcrete(type)) && mayMatch(actual, wanted)
}

function mayMatch(actual: readonly JType[], wanted: readonly TypeParam[]): boolean {
  const last = wanted.at(-1)
  const rest = last?.kind === 'vararg' ? last.element : null
  const fixed = rest ? wanted.length - 1 : wanted.length
  if (actual.length < fixed || (!rest && actual.length > fixed)) return false
  return actual.every((type, i) => {
    const given = i < fixed ? wanted[i]! : rest!
    if (given.kind === 'value' || given.kind === 'vararg') return false
    // `Annotation{<:F}` speaks of what may be an F.
    const param = unwrapped(given)
    const inner = type.kind === 'data' ? (type.params[0] as JType) : ANY
    const of = param.kind === 'data' ? param.params[0] : ANY
    return of === undefined || of.kind === 'value' || of.kind === 'vararg' || mayIntersect(inner, of.kind === 'var' ? of.upper : of)
  })
}

/** `Annotation`, the root of the annotation that this is a type of. */
function annotationOf(type: JType): TypeName | null {
  switch (type.kind) {
    case 'var':
      return annotationOf(type.upper)
    case 'unionall':
      return annotationOf(type.body)
    case 'union':
      return type.members.map(annotationOf).find(name => name !== null) ?? null
    case 'data': {
      if (type.name.name === 'Annotation') return type.name
      const up = type.name.supertype
      return type === ANY || up === ANY ? null : annotationOf(up)
    }
  }
}

/** Every annotation of a type replaced by `Annotation` of it. */
function plain(param: TypeParam, name: TypeName): TypeParam {
  switch (param.kind) {
    case 'value':
      return param
    case 'vararg':
      return { ...param, element: plain(param.element, name) as JType, key: `${param.key}~` }
    case 'union':
      return unionOf(param.members.map(m => plain(m, name) as JType))
    case 'unionall':
      return unionAll(param.variable, plain(param.body, name) as JType)
    case 'var': {
      // A variable for the whole annotation stands for any annotation of what its bound says.
      const bound = plain(param.upper, name) as JType
      return bound === ANY || bound === param.upper ? param : bound
    }
    case 'data': {
      const isAnnotation = param !== ANY && annotationOf(param) === name && param.params.length > 0
      return isAnnotation ? applied(name, [param.params[0]!]) : param
    }
  }
}

/** Does a method of this name decide a derivative? Others only say something of a call. */
export function isDeciding(name: string): boolean {
  return RULES.has(name)
}

const RULES: ReadonlySet<string> = new Set(['forward', 'augmented_primal', 'reverse'])
const MARKS: ReadonlySet<string> = new Set(['inactive', 'inactive_noinl', 'inactive_kwarg', 'inactive_arg', 'noalias', 'has_easy_rule'])

/** Types of the functions that a new method of EnzymeRules is about: what was compiled before must look again for their rules. */
export function ruledFunctions(callee: DataType, params: readonly TypeParam[]): JType[] {
  if (!callee.name.callable) return []
  const { name } = callee.name.callable
  const isPullback = Object.values(PULLBACKS).some(([module, rule]) => callee.name.module === module && name === rule)
  if (!isPullback && callee.name.module !== 'EnzymeRules') return []
  const isAsking = isPullback && params[0] !== undefined && rootName(params[0]) === 'RuleConfig'
  const about = isPullback ? params[isAsking ? 1 : 0] : RULES.has(name) ? params[1] : MARKS.has(name) ? params[0] : undefined
  const found: JType[] = []
  if (about) collectFunctions(about, found)
  return found
}

/** `RuleConfig` of `RuleConfig{>:HasReverseMode}`. */
function rootName(param: TypeParam): string | null {
  switch (param.kind) {
    case 'value':
    case 'vararg':
    case 'union':
      return null
    case 'var':
      return rootName(param.upper)
    case 'unionall':
      return rootName(param.body)
    case 'data':
      return param.name.name
  }
}

function collectFunctions(param: TypeParam, found: JType[]): void {
  switch (param.kind) {
    case 'value':
    case 'vararg':
      return
    case 'var':
      return collectFunctions(param.upper, found)
    case 'unionall':
      return collectFunctions(param.body, found)
    case 'union':
      for (const member of param.members) collectFunctions(member, found)
      return
    case 'data': {
      if (param === ANY) return
      if (annotationOf(param)) return param.params[0] && collectFunctions(param.params[0], found)
      found.push(param)
    }
  }
}
