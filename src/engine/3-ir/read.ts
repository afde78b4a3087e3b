/** Reads the text that `print.ts` writes. Tests, dumps and the reducer use it; locations are not read. */
import { fail } from '../../diagnostics/report.ts'
import type { Source } from '../../diagnostics/source.ts'
import type {
  Block,
  ConstValue,
  DynamicMode,
  Func,
  Inst,
  Module,
  Param,
  ParamActivity,
  RuleSource,
  Transform,
  Type,
  ValueId,
} from './ir.ts'
import { NOWHERE } from './loc.ts'
import { OPS, type Op } from './ops.ts'
import { overwrittenAll } from './overwritten.ts'
import { PRIMS, type Prim } from './prims.ts'
import { isType } from './types.ts'

const MODES: readonly string[] = ['forward', 'augmented', 'reverse', 'gradient', 'caught'] satisfies Transform['mode'][]

class Reader {
  readonly #source: Source
  #at = 0
  #nextId = 0

  constructor(source: Source) {
    this.#source = source
    this.#skip()
  }

  get done(): boolean {
    return this.#at >= this.#source.text.length
  }

  // ── Characters ──

  #skip(): void {
    const blank = /(?:\s+|;[^\n]*)*/y
    blank.lastIndex = this.#at
    this.#at += blank.exec(this.#source.text)![0].length
  }

  #error(expected: string): never {
    const start = this.#at
    const found = this.done ? 'the end' : quoteShort(this.#source.text.slice(start, start + 20))
    return fail(
      'parse',
      'ir.unreadable',
      { found, expected },
      { source: this.#source, start, end: Math.min(start + 1, this.#source.text.length) },
    )
  }

  #match(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#source.text)
    if (!found) return null
    this.#at += found[0].length
    this.#skip()
    return found[0]
  }

  /** Takes `text` if it is next; a word must end there. */
  take(text: string): boolean {
    if (!this.#source.text.startsWith(text, this.#at)) return false
    if (/[\w-]$/.test(text) && /[\w-]/.test(this.#source.text[this.#at + text.length] ?? '')) return false
    this.#at += text.length
    this.#skip()
    return true
  }

  #expect(text: string): void {
    if (!this.take(text)) this.#error(`\`${text}\``)
  }

  #word(): string {
    return this.#match(/[\w.-]+/y) ?? this.#error('a word')
  }

  #integer(): number {
    return Number(this.#match(/\d+/y) ?? this.#error('a number'))
  }

  #string(): string {
    const text = this.#match(/"(?:[^"\\]|\\.)*"/y) ?? this.#error('a string')
    return JSON.parse(text) as string
  }

  #name(): string {
    this.#expect('@')
    return this.#source.text[this.#at] === '"' ? this.#string() : (this.#match(/[\w.#!]+/y) ?? this.#error('a name'))
  }

  #list<T>(open: string, item: () => T, close: string): T[] {
    this.#expect(open)
    const items: T[] = []
    if (this.take(close)) return items
    do items.push(item())
    while (this.take(','))
    this.#expect(close)
    return items
  }

  #type(): Type {
    const start = this.#at
    const { text } = this.#source
    let end = start
    if (/(?:arr|obj)</y.test(text.slice(start, start + 4))) {
      let depth = 0
      for (end = start + 3; end < text.length; end++) {
        if (text[end] === '<') depth++
        else if (text[end] === '>' && --depth === 0) break
      }
      end++
    } else {
      while (/\w/.test(text[end] ?? '')) end++
    }
    const type = text.slice(start, end)
    if (!isType(type)) this.#error('a type')
    this.#at = end
    this.#skip()
    return type
  }

  // ── Values ──

  #valueText(): { id: ValueId; name: string } {
    const text = this.#match(/%[^\s,()[\]{}=:%";]*\.\d+/y) ?? this.#error('a value')
    const dot = text.lastIndexOf('.')
    const id = Number(text.slice(dot + 1)) as ValueId
    this.#nextId = Math.max(this.#nextId, id + 1)
    return { id, name: text.slice(1, dot) }
  }

  #value(): ValueId {
    return this.#valueText().id
  }

  #values(): ValueId[] {
    if (this.#source.text[this.#at] !== '%' || this.#startsLine()) return []
    const values: ValueId[] = []
    do values.push(this.#value())
    while (this.take(','))
    return values
  }

  /** Is the next token the first of its line? Operands stand on the line of their instruction. */
  #startsLine(): boolean {
    return /\n\s*$/.test(this.#source.text.slice(Math.max(0, this.#at - 200), this.#at))
  }

  #param(): Param {
    const { id, name } = this.#valueText()
    this.#expect(':')
    return { id, name, type: this.#type() }
  }

  #const(): ConstValue {
    if (this.#source.text[this.#at] === '"') return this.#string()
    const word = this.#match(/[-+\w.]+/y) ?? this.#error('a literal')
    // biome-ignore format: one case a line
    switch (word) {
      case 'true': return true
      case 'false': return false
      case 'null': return null
      case 'NaN': return Number.NaN
      case 'Inf': return Infinity
      case '-Inf': return -Infinity
      default: return Number.isNaN(Number(word)) ? this.#error('a literal') : Number(word)
    }
  }

  // ── Blocks and instructions ──

  #block(): Block {
    const params = this.#source.text[this.#at] === '(' ? this.#list('(', () => this.#param(), ')') : []
    this.#expect('{')
    return { params, ...this.#rest() }
  }

  #rest(): { body: Inst[]; yields: ValueId[] } {
    const body: Inst[] = []
    let yields: ValueId[] = []
    while (!this.take('}')) {
      if (this.done) this.#error('`}`')
      if (this.take('yield')) {
        yields = [this.#value()]
        while (this.take(',')) yields.push(this.#value())
      } else body.push(this.#inst())
    }
    return { body, yields }
  }

  #inst(): Inst {
    const written: { id: ValueId; name: string; type: Type | null }[] = []
    if (this.#source.text[this.#at] === '%') {
      do written.push({ ...this.#valueText(), type: this.take(':') ? this.#type() : null })
      while (this.take(','))
      this.#expect('=')
    }
    const kind = this.#word()
    const outs = (missing: Type | null = null): Param[] =>
      written.map(({ id, name, type }) => ({ id, name, type: type ?? missing ?? this.#error(`a type for the results of \`${kind}\``) }))
    const out = (missing: Type | null = null): Param => outs(missing)[0] ?? this.#error(`a result of \`${kind}\``)
    const at = NOWHERE
    if (Object.hasOwn(OPS, kind)) {
      const op = kind as Op
      return { kind: 'op', out: out(OPS[op].gives), op, args: this.#values(), at }
    }
    // biome-ignore format: one case a line
    switch (kind) {
      case 'const': return { kind, out: out(), value: this.#const(), at }
      case 'prim': return { kind, outs: outs(), prim: this.#prim(), args: this.#values(), at }
      case 'call': return { kind, outs: outs(), callee: this.#name(), args: this.#values(), at }
      case 'dyncall': return { kind, outs: outs(), path: this.#list('[', () => this.#word() as DynamicMode, ']'), args: this.#values(), at }
      case 'if': {
        const test = this.#value()
        const then = this.#block()
        this.#expect('else')
        return { kind, outs: outs(), test, then, else: this.#block(), at }
      }
      case 'for': {
        const count = this.#value()
        const inits = this.take('with') ? this.#values() : []
        this.#expect('do')
        return { kind, outs: outs(), count, inits, body: this.#block(), at }
      }
      case 'while': {
        const inits = this.take('with') ? this.#values() : []
        this.#expect('cond')
        const cond = this.#block()
        this.#expect('do')
        return { kind, outs: outs(), inits, cond, body: this.#block(), at }
      }
      case 'try': {
        const body = this.#block()
        this.#expect('catch')
        return { kind, outs: outs(), body, handler: this.#block(), at }
      }
      case 'alloc': return { kind, out: out(), dims: this.#values(), at }
      case 'load': return { kind, out: out(), ...this.#element(), at }
      case 'store': return { kind, ...this.#element(), value: this.#assigned(), at }
      case 'new': return { kind, out: out(), fields: this.#values(), at }
      case 'get': return { kind, out: out(), obj: this.#value(), field: this.#numbered('field'), at }
      case 'set': return { kind, obj: this.#value(), field: this.#numbered('field'), value: this.#assigned(), at }
      case 'box': return { kind, out: out(), type: this.#numbered('type'), leaves: this.#values(), at }
      case 'unbox': return { kind, outs: outs(), type: this.#numbered('type'), value: this.#value(), at }
      case 'tape-new': return { kind, out: out(), ...(this.take('shadow') && { shadow: true }), at }
      case 'push': {
        const tape = this.#value()
        this.#expect(',')
        const value = this.#value()
        return { kind, tape, value, ...this.#slot(), at }
      }
      case 'pop': return { kind, out: out(), tape: this.#value(), ...this.#slot(), at }
      case 'throw': return { kind, value: this.#value(), at }
      case 'global-get': return { kind, out: out(), cell: this.#integer(), leaf: this.#numbered('leaf'), at }
      case 'global-set': return { kind, cell: this.#integer(), leaf: this.#numbered('leaf'), value: this.#assigned(), at }
      default: return this.#error(`an instruction instead of \`${kind}\``)
    }
  }

  #prim(): Prim {
    const word = this.#word()
    return Object.hasOwn(PRIMS, word) ? (word as Prim) : this.#error(`a primitive instead of \`${word}\``)
  }

  #slot(): { slot?: number } {
    return this.take('slot') ? { slot: this.#integer() } : {}
  }

  #numbered(word: string): number {
    this.#expect(word)
    return this.#integer()
  }

  #assigned(): ValueId {
    this.#expect('=')
    return this.#value()
  }

  #element(): { arr: ValueId; index: ValueId; column: number } {
    const arr = this.#value()
    this.#expect('[')
    const index = this.#value()
    this.#expect(']')
    return { arr, index, column: this.#numbered('column') }
  }

  // ── Functions and modules ──

  #transform(): Transform {
    const mode = this.#word()
    if (!MODES.includes(mode)) this.#error('a mode')
    this.#expect('of')
    const of = this.#name()
    const activity = this.#list('(', () => this.#word() as ParamActivity, ')')
    const isInterface = this.take('interface')
    const overwritten = this.take('overwritten')
      ? this.#list('(', () => this.#word() === 'true', ')')
      : overwrittenAll(activity.length, false)
    return {
      mode: mode as Transform['mode'],
      of,
      activity,
      interface: isInterface,
      overwritten,
      ...(this.take('shadows') && { primal: false }),
      ...(this.take('strong') && { strongZero: true }),
      ...(this.take('runtime') && { runtimeActivity: true }),
      ...(this.take('rules') && { rules: this.#word() as RuleSource }),
      ...(this.take('width') && { width: Number(this.#word()) }),
      ...(this.take('watched') && { watched: true }),
      ...(this.take('guarded') && { guarded: this.#list('(', () => Number(this.#word()), ')') }),
    }
  }

  func(): Func {
    this.#expect('func')
    this.#nextId = 0
    const name = this.#name()
    const label = this.#source.text[this.#at] === '"' ? this.#string() : name
    const inline = this.take('inline') ? (this.#word() as Func['inline']) : 'auto'
    const made = this.take('made') ? this.#transform() : null
    const params = this.#list('(', () => this.#param(), ')')
    this.#expect('->')
    const results = this.#list('(', () => this.#type(), ')')
    this.#expect('{')
    const body = { params, ...this.#rest() }
    return { name, label, body, results, nextId: this.#nextId, made, inline, at: NOWHERE }
  }

  module(): Module {
    const module: Module = { funcs: new Map(), derived: new Map(), structs: new Map(), types: [], globals: [] }
    while (!this.done) {
      if (this.take('struct')) {
        const name = this.#string()
        const field = () => {
          const fieldName = this.#string()
          this.#expect(':')
          return { name: fieldName, type: this.#type() }
        }
        module.structs.set(name, { name, fields: this.#list('(', field, ')') })
      } else if (this.take('type')) {
        module.types.push({ label: this.#string(), leaves: this.#list('(', () => this.#type(), ')') })
      } else if (this.take('global')) {
        module.globals.push({ name: this.#string(), leaves: this.#list('(', () => this.#type(), ')') })
      } else if (this.take('derived')) {
        module.derived.set(this.#name(), this.#transform())
      } else {
        const f = this.func()
        module.funcs.set(f.name, f)
      }
    }
    return module
  }

  end(): void {
    if (!this.done) this.#error('the end')
  }
}

function quoteShort(text: string): string {
  return `\`${text.split('\n')[0]}\``
}

function asSource(text: string | Source): Source {
  return typeof text === 'string' ? { name: 'ir', text } : text
}

/** Reads one function. */
export function readFunc(text: string | Source): Func {
  const reader = new Reader(asSource(text))
  const f = reader.func()
  reader.end()
  return f
}

/** Reads a module: any number of structs, types, globals, derived functions and functions. */
export function readModule(text: string | Source): Module {
  return new Reader(asSource(text)).module()
}
