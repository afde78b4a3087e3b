/** Types and constants as Julia prints them. */
import { floatText } from '../1-syntax/literal-text.ts'
import { isOperatorName } from '../1-syntax/operators.ts'
import { ANY, BOTTOM, MODULE, mentions, NAMEDTUPLE, TUPLE, TYPE, typeParameterOf } from './intern.ts'
import type { Constant, DataType, JType, TypeName, TypeParam, TypeVar } from './type.ts'
import { type Alias, aliasOf, givenNameOf, hasGivenNames, opened } from './type-alias.ts'

export function constantText(c: Constant): string {
  switch (c.kind) {
    case 'int':
      return `${c.value}`
    case 'bool':
      return `${c.value}`
    case 'float':
      return Number.isInteger(c.value) ? `${c.value}.0` : `${c.value}`
    case 'symbol':
      return symbolText(c.value)
    case 'char':
      return `'${String.fromCodePoint(c.value)}'`
    case 'nothing':
      return 'nothing'
    case 'tuple':
      return `(${c.items.map(constantText).join(', ')}${c.items.length === 1 ? ',' : ''})`
    case 'number':
      return numberText(c.type.name.name, c.value)
    case 'struct': {
      const items = c.items.map(constantText)
      const [names] = c.type.params
      if (c.type.name.callable && items.length === 0) return c.type.name.callable.name
      if (names?.kind !== 'value' || names.value.kind !== 'tuple' || c.type.name !== NAMEDTUPLE)
        return `${typeText(c.type)}(${items.join(', ')})`
      const fields = names.value.items.map((name, i) => `${name.kind === 'symbol' ? name.value : '?'} = ${items[i]}`)
      return `(${fields.join(', ')}${items.length === 1 ? ',' : ''})`
    }
    case 'type':
      return typeText(c.type)
  }
}

/** A number as it shows with its type. */
function numberText(type: string, value: number): string {
  if (type === 'Float32') return floatText(value, true)
  if (type.startsWith('UInt')) return `0x${value.toString(16).padStart(Number(type.slice(4)) / 4, '0')}`
  return `${value}`
}

export function symbolText(name: string): string {
  if (ENCLOSED.has(name)) return `:(${name})`
  const isName = /^[\p{L}_\p{So}∂∇][\p{L}\p{N}_!′\p{M}\p{So}]*$/u.test(name)
  return isName || isOperatorName(name) || name === '.' ? `:${name}` : `Symbol(${JSON.stringify(name)})`
}
/** Operators that could not be read after a bare `:`. */
const ENCLOSED: ReadonlySet<string> = new Set([':', '::', ':=', '=', '==', '===', '=>'])

export function typeText(type: TypeParam): string {
  switch (type.kind) {
    case 'value':
      return constantText(type.value)
    case 'var':
      return type.name
    case 'vararg':
      if (type.element === ANY && !type.count) return 'Vararg'
      return type.count ? `Vararg{${typeText(type.element)}, ${typeText(type.count)}}` : `Vararg{${typeText(type.element)}}`
    case 'union':
      return type === BOTTOM ? 'Union{}' : `Union{${unionOrder(type.members).map(typeText).join(', ')}}`
    case 'unionall':
      return whereText(type)
    case 'data': {
      let text = withAliases ? texts.get(type) : undefined
      if (text === undefined) {
        const before = namedAnyHome
        namedAnyHome = false
        text = dataText(type)
        if (!namedAnyHome && withAliases) texts.set(type, text)
        namedAnyHome ||= before
      }
      return text
    }
  }
}

/** Types are made once and named in every signature. */
let texts = new WeakMap<DataType, string>()
/** Was a type named whose text depends on what Main sees? It is not kept then. */
let namedAnyHome = false

/** Are types shown by names like `Vector`? */
let withAliases = true

/** A type that is displayed: where its name is not its own, that too. `Vector{Int64} (alias for Array{Int64, 1})`. */
export function typeDisplay(type: JType): string {
  const text = typeText(type)
  withAliases = false
  try {
    const own = typeText(type)
    return text.split('{')[0] === own.split('{')[0] ? text : `${text} (alias for ${own})`
  } finally {
    withAliases = true
  }
}

/** Texts are made anew: a type was given a name. */
export function forgetTexts(): void {
  texts = new WeakMap()
}

/** A call of a value of `types[0]` with arguments of the others, as Julia prints it. */
export function callLabel([callee, ...args]: readonly JType[]): string {
  return `${typeText(callee!)}(${args.map(t => `::${typeText(t)}`).join(', ')})`
}

/** Julia shows types of one value first, then those that are plain bits, then the others, and types with free parameters last. */
function unionOrder(members: readonly JType[]): JType[] {
  return [...members].sort((a, b) => unionRank(a) - unionRank(b) || (typeText(a) < typeText(b) ? -1 : 1))
}

function unionRank(type: JType): number {
  if (type.kind !== 'data') return 3
  const { form, fields, leaf } = type.name
  if (form === 'struct' && fields.length === 0) return 0
  return isPlain(type) ? 1 : leaf === null || leaf === 'str' ? 2 : 1
}

/** Is a value of the type nothing but numbers? */
function isPlain({ name, params }: DataType): boolean {
  if (name.form === 'primitive') return name.leaf !== 'str'
  const fields = name.form === 'tuple' ? params : name.form === 'struct' ? name.fields.map(field => field.type) : [null]
  return fields.every(field => {
    const at = field?.kind === 'var' ? params[name.vars.indexOf(field)] : field
    return at?.kind === 'data' && isPlain(at)
  })
}

function whereText(type: JType): string {
  const { vars, body: whole } = opened(type)
  let body = whole
  const given = body.kind === 'data' && withAliases && hasGivenNames(body.name) ? givenNameOf(body) : undefined
  if (given && vars.every(v => given.params.includes(v) && v.lower === BOTTOM)) {
    namedAnyHome = true
    const kept = given.params.findLastIndex(param => param.kind !== 'var' || param.upper !== ANY || !vars.includes(param))
    const bounded = (p: TypeParam) => (p.kind === 'var' && vars.includes(p) ? `<:${typeText(p.upper)}` : typeText(p))
    return applied(given.name, given.params.slice(0, kept + 1), bounded)
  }
  // `Array{Int64}` and `Array`: parameters at the end that may be anything are left out.
  if (body.kind === 'data') {
    let kept: DataType = body
    while (vars.length > 0 && isLoose(kept, vars.at(-1)!)) {
      vars.pop()
      kept = { ...kept, params: kept.params.slice(0, -1) }
    }
    if (vars.length === 0) return kept.params.length === 0 ? nameText(kept.name) : dataText(kept)
    body = kept
  }
  const alias = body.kind === 'data' && withAliases ? aliasOf(body) : undefined
  if (alias) {
    const loose = alias.params.length - vars.length
    if (loose >= 0 && vars.every((v, i) => alias.params[loose + i] === v && v.upper === ANY))
      return applied(alias.name, alias.params.slice(0, loose))
  }
  if (
    vars.length === 1 &&
    body.kind === 'data' &&
    body.params.includes(vars[0]!) &&
    !body.params.some(p => p !== vars[0] && p.kind !== 'value' && p.kind !== 'var' && mentionsVar(p, vars[0]!)) &&
    vars[0]!.upper !== ANY
  ) {
    return dataText(body, p => (p === vars[0] ? `<:${typeText(vars[0]!.upper)}` : typeText(p)))
  }
  const texts = vars.map(varText)
  return `${typeText(body)} where ${texts.length === 1 ? texts[0] : `{${texts.join(', ')}}`}`
}

/** Is the last parameter this variable, which no other mentions and which has no bounds but the type's own? */
function isLoose({ name, params }: DataType, variable: TypeVar): boolean {
  const at = params.length - 1
  return (
    name !== TUPLE && params[at] === variable && plain(variable, name.vars[at]) && !params.slice(0, at).some(p => mentionsVar(p, variable))
  )
}

function anyAliasOf(type: DataType): Alias | undefined {
  const { name } = type
  if (!withAliases) return undefined
  if (!hasGivenNames(name)) return aliasOf(type)
  namedAnyHome = true
  return givenNameOf(type)
}

function applied(name: string, params: readonly TypeParam[], param: (p: TypeParam) => string = typeText): string {
  return params.length === 0 ? name : `${name}{${params.map(param).join(', ')}}`
}

function mentionsVar(p: TypeParam, v: TypeVar): boolean {
  return mentions(p, v)
}

function plain(v: TypeVar, own: TypeVar | undefined): boolean {
  return v === own || (v.upper === ANY && v.lower === BOTTOM)
}

export function varText(v: TypeVar): string {
  const lower = v.lower === BOTTOM ? '' : `${typeText(v.lower)}<:`
  const upper = v.upper === ANY ? '' : `<:${typeText(v.upper)}`
  return `${lower}${v.name}${upper}`
}

function dataText(type: DataType, param: (p: TypeParam) => string = typeText): string {
  const { name, params } = type
  if (name === TUPLE) {
    const first = params[0]
    if (params.length === 1 && first?.kind === 'vararg' && first.element === ANY && !first.count) return 'Tuple'
    if (params.length > 3 && params.every(p => p === first)) return `NTuple{${params.length}, ${typeText(first!)}}`
    return `Tuple{${params.map(param).join(', ')}}`
  }
  if (name === MODULE) return 'Module'
  if (name.callable && !name.callable.closure) return `typeof(${name.callable.name})`
  if (name.callable) return params.length ? `${name.name}{${params.map(param).join(', ')}}` : name.name
  if (name === TYPE) return `Type{${params.map(param).join(', ')}}`
  if (name === NAMEDTUPLE && params[0]?.kind === 'value' && params[0].value.kind === 'tuple' && params[1]?.kind === 'data') {
    const types = params[1].params
    const items = params[0].value.items.map(
      (n, i) => `${n.kind === 'symbol' ? fieldText(n.value) : '?'}::${types[i] ? typeText(types[i]) : '?'}`,
    )
    return `@NamedTuple{${items.join(', ')}}`
  }
  const alias = anyAliasOf(type)
  if (alias) return applied(alias.name, alias.params, param)
  const own = COUNTED.has(name.name) && (name.module === 'Base' || name.module === 'Iterators') ? params.slice(0, -1) : params
  return own.length ? `${nameText(name)}{${own.map(param).join(', ')}}` : nameText(name)
}

/** Sequences whose last parameter says whether their length is known before they run, which Julia's have not. */
const COUNTED: ReadonlySet<string> = new Set(['Generator', 'Zip', 'Enumerate', 'Take', 'Drop', 'ProductIterator'])

/** Types that programs reach through `Base` only are shown with it. */
const UNEXPORTED: ReadonlySet<string> = new Set([
  'OneTo',
  'ReshapedArray',
  'Slice',
  'TwicePrecision',
  'RefValue',
  'RefArray',
  'Generator',
  'Pairs',
  'KeySet',
  'ValueIterator',
  'Fix1',
  'Fix2',
  'SkipMissing',
  'HasShape',
  'HasLength',
  'SizeUnknown',
  'IsInfinite',
  'RedirectStdStream',
  'HasEltype',
  'EltypeUnknown',
])

function nameText(name: TypeName): string {
  if (name.home) {
    namedAnyHome = true
    return name.home.isVisible() ? name.name : `${name.home.path}.${name.name}`
  }
  if (name.module === 'Iterators') return `Base.Iterators.${name.name}`
  return name.module === 'Base' && UNEXPORTED.has(name.name) ? `Base.${name.name}` : name.name
}

function fieldText(name: string): string {
  return /^[\p{L}_][\p{L}\p{N}_!′]*$/u.test(name) ? name : `var"${name}"`
}

/** `typeof(x)`, which for a type does not say which one. */
export function typeOfText(type: JType): string {
  const value = typeParameterOf(type)
  if (!value) return typeText(type)
  return value.kind === 'unionall' ? 'UnionAll' : value.kind === 'union' ? 'Union' : 'DataType'
}
