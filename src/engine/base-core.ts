/** Statements of Base as Core in text, which the build makes: reading it takes a fraction of the time of parsing and desugaring. */
import { invariant } from '../diagnostics/bug.ts'
import type { Source, Span } from '../diagnostics/source.ts'
import type { Code, Definition, MethodDef, ParamDef, Program, TypeVarDef } from './2-types/core.ts'

type SignaturePart = ParamDef | TypeVarDef

/** A statement, and apart from it the code of its methods: most methods are looked at by dispatch only. */
export interface CoreText {
  readonly statement: string
  readonly codes: readonly string[]
}

/** A span is one number: all are of one source, and none is as long as this. */
const LONGEST = 2 ** 16

/** Values that JSON has no number for. */
interface Special {
  readonly $: 'bigint' | 'number'
  readonly text: string
}

/**
 * A method without its code. What its signature is made of is kept elsewhere, by number: many signatures have it in common. It has no places,
 * and needs none: what is wrong with a type of the library is wrong with the statement that it stands in. Parameters with defaults are as
 * they are.
 */
interface Outline extends Omit<MethodDef, 'params' | 'whereVars' | 'code'> {
  readonly params: readonly (number | ParamDef)[]
  readonly whereVars: readonly number[]
  /** Which of the codes is its own. */
  readonly code: number
}

/** `numberOf` keeps the text of a part of a signature, the same one once. */
export function coreText(program: Program, source: Source, numberOf: (part: string) => number): CoreText {
  const replacer = (key: string, value: unknown): unknown => {
    if (typeof value === 'bigint') return { $: 'bigint', text: String(value) } satisfies Special
    if (typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0))) {
      return { $: 'number', text: Object.is(value, -0) ? '-0' : String(value) } satisfies Special
    }
    if (key !== 'span') return value
    const { start, end, source: of } = value as Span
    invariant(of === source && end - start < LONGEST, 'a span outside of its statement')
    return start * LONGEST + (end - start)
  }
  const codes: string[] = []
  const kept = (part: SignaturePart) => numberOf(JSON.stringify(part, (key, value) => (key === 'span' ? 0 : replacer(key, value))))
  const outlined = (method: MethodDef): Outline => {
    codes.push(JSON.stringify(method.code, replacer))
    const params = method.params.map(p => (p.default ? p : kept(p)))
    return { ...method, params, whereVars: method.whereVars.map(kept), code: codes.length - 1 }
  }
  const outline = program.map(s =>
    s.kind === 'definition' ? { ...s, def: mapMethods(s.def, method => outlined(method) as unknown as MethodDef) } : s,
  )
  return { statement: JSON.stringify(outline, replacer), codes }
}

/** Where the codes of the methods of a statement are. */
export interface CodeTexts {
  readonly codeText: (n: number) => string
  readonly partText: (number: number) => string
}

/** Methods whose code was read. */
const read: StoredMethod[] = []

/** Lets go of the code of methods; it is read again where it is needed. */
export function releaseCodes(): void {
  for (const method of read.splice(0)) method.release()
}

/** Reads the code of a method when it is first asked for. A class and no function: there are a thousand of them in a startup image. */
class StoredMethod implements MethodDef {
  readonly name: string
  readonly params: MethodDef['params']
  readonly kwparams: MethodDef['kwparams']
  readonly kwslurp: MethodDef['kwslurp']
  readonly whereVars: MethodDef['whereVars']
  readonly returnType: MethodDef['returnType']
  readonly span: Span
  readonly inline: MethodDef['inline']
  readonly constprop: boolean
  readonly #texts: CodeTexts
  readonly #number: number
  #code: Code | null = null

  constructor(outline: Outline, texts: CodeTexts) {
    this.name = outline.name
    this.params = listOf(outline.params, texts)
    this.kwparams = outline.kwparams
    this.kwslurp = outline.kwslurp
    this.whereVars = listOf<TypeVarDef>(outline.whereVars, texts)
    this.returnType = outline.returnType
    this.span = outline.span
    this.inline = outline.inline
    this.constprop = outline.constprop
    this.#texts = texts
    this.#number = outline.code
  }

  get code(): Code {
    if (!this.#code) {
      this.#code = revived(JSON.parse(this.#texts.codeText(this.#number)), this.span.source) as Code
      read.push(this)
    }
    return this.#code
  }

  release(): void {
    this.#code = null
  }
}

/** The statement again; `texts` is asked for the code of a method when that is needed. */
export function coreOf(statement: string, texts: CodeTexts, source: Source): Program {
  const program = revived(JSON.parse(statement), source) as Program
  return program.map(s =>
    s.kind === 'definition' ? { ...s, def: mapMethods(s.def, method => new StoredMethod(method as unknown as Outline, texts)) } : s,
  )
}

function mapMethods(def: Definition, f: (method: MethodDef) => MethodDef): Definition {
  switch (def.kind) {
    case 'method':
      return def.method ? { ...def, method: f(def.method) } : def
    case 'functor':
      return { ...def, method: f(def.method) }
    case 'struct':
      return { ...def, constructors: def.constructors.map(c => ({ ...c, method: f(c.method) })) }
    default:
      return def
  }
}

/** Of thousands of lists in a startup image. */
const EMPTY: readonly never[] = []

const parts = new Map<number, SignaturePart>()
/** By the numbers of their parts. */
const lists = new Map<string, readonly SignaturePart[]>()
const NO_PLACE: Span = { source: { name: 'base', text: '' }, start: 0, end: 0 }

function listOf<T extends SignaturePart>(items: readonly (number | T)[], texts: CodeTexts): readonly T[] {
  if (items.length === 0) return EMPTY
  const read = () => items.map(item => (typeof item === 'number' ? partOf<T>(item, texts) : item))
  if (items.some(item => typeof item !== 'number')) return read()
  const key = items.join()
  let list = lists.get(key)
  if (!list) {
    list = read()
    lists.set(key, list)
  }
  return list as readonly T[]
}

function partOf<T extends SignaturePart>(number: number, texts: CodeTexts): T {
  let part = parts.get(number)
  if (!part) {
    part = revived(JSON.parse(texts.partText(number)), NO_PLACE.source) as T
    parts.set(number, part)
  }
  return part as T
}

/** Puts back, in place, what JSON has no form for. */
function revived(value: object, source: Source): unknown {
  if (Array.isArray(value)) {
    if (value.length === 0) return EMPTY
    for (let i = 0; i < value.length; i++) {
      const item: unknown = value[i]
      if (typeof item === 'object' && item !== null) value[i] = revived(item, source)
    }
    return value
  }
  const { $, text } = value as Partial<Special>
  if ($ !== undefined) return $ === 'bigint' ? BigInt(text!) : Number(text)
  const object = value as Record<string, unknown>
  for (const key in object) {
    const part = object[key]
    if (key === 'span') {
      object[key] = part === 0 ? NO_PLACE : spanOf(part as number, source)
    } else if (typeof part === 'object' && part !== null) object[key] = revived(part, source)
  }
  return value
}

function spanOf(number: number, source: Source): Span {
  const start = Math.floor(number / LONGEST)
  return { source, start, end: start + (number % LONGEST) }
}
