/**
 * The IR as text, which `read.ts` reads back. Values are `%name.number`, numbered by first appearance, so that texts of equal
 * functions are equal whatever their ids are. What follows `;` on a line is a remark.
 */
import { unreachable } from '../../diagnostics/bug.ts'
import { positionAt } from '../../diagnostics/source.ts'
import type { Block, ConstValue, Func, Inst, Loc, Module, Param, Transform, ValueId } from './ir.ts'
import { framesOf } from './loc.ts'
import { OPS } from './ops.ts'
import { blocksOf, forEachParam, outsOf } from './visit.ts'

export interface PrintOptions {
  /** Remarks with the location of each instruction. */
  readonly locs?: boolean
  /** Told of the text of each instruction's first line, without indentation and remark. */
  readonly onInst?: (inst: Inst, text: string) => void
}

/** Characters that a terminal or an editor could take for a command, or that would not be seen. */
const UNSAFE = /[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g

/** A string literal: JSON, with what is not safe to print escaped as well. */
export function quote(text: string): string {
  return JSON.stringify(text).replace(UNSAFE, char => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** A name after `@`: plain if it is a word, else quoted. */
export function nameText(name: string): string {
  return /^[\w.#!]+$/.test(name) ? `@${name}` : `@${quote(name)}`
}

/** A literal: `1.5`, `-0`, `NaN`, `-Inf`, `true`, `"text"`, `null`. */
export function constText(value: ConstValue): string {
  if (typeof value === 'string') return quote(value)
  if (typeof value !== 'number') return String(value)
  if (Object.is(value, -0)) return '-0'
  if (value === Infinity) return 'Inf'
  if (value === -Infinity) return '-Inf'
  return String(value)
}

/** `reverse of @f (const, active) interface overwritten (true, false, true)`. */
export function transformText(transform: Transform): string {
  const overwritten = transform.overwritten.includes(true) ? ` overwritten (${transform.overwritten.join(', ')})` : ''
  const flags = `${transform.interface ? ' interface' : ''}${overwritten}${transform.primal === false ? ' shadows' : ''}${transform.strongZero ? ' strong' : ''}${transform.runtimeActivity ? ' runtime' : ''}${transform.rules ? ` rules ${transform.rules}` : ''}${transform.width === undefined ? '' : ` width ${transform.width}`}${transform.watched ? ' watched' : ''}`
  return `${transform.mode} of ${nameText(transform.of)} (${transform.activity.join(', ')})${flags}`
}

/** `euler.jl:3:5 in f(::Float64) [reverse #1] at euler.jl:9:1 in g()`. */
export function locText(at: Loc): string {
  return framesOf(at)
    .map(({ span, label, made }) => {
      const position = span ? positionAt(span.source, span.start) : null
      const place = span && position ? `${span.source.name}:${position.line}:${position.column} in ` : ''
      return `${place}${label}${made.length > 0 ? ` [${made.join(', ')}]` : ''}`
    })
    .join(' at ')
    .replace(/\s/g, ' ')
    .replace(UNSAFE, '?')
}

class Printer {
  readonly lines: string[] = []
  readonly #options: PrintOptions
  readonly #names = new Map<ValueId, string>()
  readonly #texts = new Map<ValueId, string>()

  constructor(options: PrintOptions) {
    this.#options = options
  }

  func(f: Func): void {
    for (const param of f.body.params) this.#name(param)
    forEachParam(f.body, param => this.#name(param))
    const label = f.label === f.name ? '' : ` ${quote(f.label)}`
    const inline = f.inline === 'auto' ? '' : ` inline ${f.inline}`
    const made = f.made ? ` made ${transformText(f.made)}` : ''
    this.lines.push(`func ${nameText(f.name)}${label}${inline}${made} (${this.#params(f.body.params)}) -> (${f.results.join(', ')}) {`)
    this.#body(f.body, '  ')
    this.lines.push('}')
  }

  #name({ id, name }: Param): void {
    this.#names.set(id, name.replace(/[\s,()[\]{}=:%";]/g, '_').replace(UNSAFE, '_'))
  }

  #value(id: ValueId): string {
    let text = this.#texts.get(id)
    if (!text) {
      text = `%${this.#names.get(id) ?? 'undefined'}.${this.#texts.size}`
      this.#texts.set(id, text)
    }
    return text
  }

  #values(list: readonly ValueId[]): string {
    return list.map(id => this.#value(id)).join(', ')
  }

  #params(params: readonly Param[]): string {
    return params.map(param => `${this.#value(param.id)}: ${param.type}`).join(', ')
  }

  #body(block: Block, indent: string): void {
    for (const inst of block.body) this.#inst(inst, indent)
    if (block.yields.length > 0) this.lines.push(`${indent}yield ${this.#values(block.yields)}`)
  }

  #inst(inst: Inst, indent: string): void {
    const outs = inst.kind === 'op' && inst.out.type === OPS[inst.op]?.gives ? this.#value(inst.out.id) : this.#params(outsOf(inst))
    const text = `${outs}${outs ? ' = ' : ''}${this.#head(inst)}`
    this.#options.onInst?.(inst, text)
    const remark = this.#options.locs ? `  ; ${locText(inst.at)}` : ''
    const blocks = blocksOf(inst)
    if (blocks.length === 0) {
      this.lines.push(`${indent}${text}${remark}`)
      return
    }
    const words = joints(inst)
    blocks.forEach((block, i) => {
      const params = block.params.length > 0 ? ` (${this.#params(block.params)})` : ''
      this.lines.push(`${indent}${i === 0 ? text : '}'}${words[i] ? ` ${words[i]}` : ''}${params} {${i === 0 ? remark : ''}`)
      this.#body(block, `${indent}  `)
    })
    this.lines.push(`${indent}}`)
  }

  #head(inst: Inst): string {
    const v = (id: ValueId): string => this.#value(id)
    const list = (word: string, values: readonly ValueId[]): string => (values.length > 0 ? `${word} ${this.#values(values)}` : word)
    // biome-ignore format: one case a line
    switch (inst.kind) {
      case 'const': return `const ${constText(inst.value)}`
      case 'op': return list(inst.op, inst.args)
      case 'prim': return list(`prim ${inst.prim}`, inst.args)
      case 'call': return list(`call ${nameText(inst.callee)}`, inst.args)
      case 'dyncall': return list(`dyncall [${inst.path.join(', ')}]`, inst.args)
      case 'if': return `if ${v(inst.test)}`
      case 'for': return inst.inits.length > 0 ? list(`for ${v(inst.count)} with`, inst.inits) : `for ${v(inst.count)}`
      case 'while': return inst.inits.length > 0 ? list('while with', inst.inits) : 'while'
      case 'alloc': return list('alloc', inst.dims)
      case 'load': return `load ${v(inst.arr)}[${v(inst.index)}] column ${inst.column}`
      case 'store': return `store ${v(inst.arr)}[${v(inst.index)}] column ${inst.column} = ${v(inst.value)}`
      case 'new': return list('new', inst.fields)
      case 'get': return `get ${v(inst.obj)} field ${inst.field}`
      case 'set': return `set ${v(inst.obj)} field ${inst.field} = ${v(inst.value)}`
      case 'box': return list(`box type ${inst.type}`, inst.leaves)
      case 'unbox': return `unbox type ${inst.type} ${v(inst.value)}`
      case 'tape-new': return inst.shadow ? 'tape-new shadow' : 'tape-new'
      case 'push': return `push ${v(inst.tape)}, ${v(inst.value)}${slotText(inst.slot)}`
      case 'pop': return `pop ${v(inst.tape)}${slotText(inst.slot)}`
      case 'throw': return `throw ${v(inst.value)}`
      case 'try': return 'try'
      case 'global-get': return `global-get ${inst.cell} leaf ${inst.leaf}`
      case 'global-set': return `global-set ${inst.cell} leaf ${inst.leaf} = ${v(inst.value)}`
      default: return unreachable(inst)
    }
  }
}

function slotText(slot: number | undefined): string {
  return slot === undefined ? '' : ` slot ${slot}`
}

/** The word before each block of an instruction. */
function joints(inst: Inst): readonly string[] {
  // biome-ignore format: one case a line
  switch (inst.kind) {
    case 'if': return ['', 'else']
    case 'for': return ['do']
    case 'while': return ['cond', 'do']
    case 'try': return ['', 'catch']
    default: return []
  }
}

export function printFunc(f: Func, options: PrintOptions = {}): string {
  const printer = new Printer(options)
  printer.func(f)
  return `${printer.lines.join('\n')}\n`
}

/** The whole module: structs, types, globals, functions still to be derived, functions. */
export function printModule(module: Module): string {
  const parts: string[] = []
  for (const { name, fields } of module.structs.values()) {
    parts.push(`struct ${quote(name)} (${fields.map(field => `${quote(field.name)}: ${field.type}`).join(', ')})\n`)
  }
  for (const { label, leaves } of module.types) parts.push(`type ${quote(label)} (${leaves.join(', ')})\n`)
  for (const { name, leaves } of module.globals) parts.push(`global ${quote(name)} (${leaves.join(', ')})\n`)
  for (const [name, transform] of module.derived) parts.push(`derived ${nameText(name)} ${transformText(transform)}\n`)
  for (const f of module.funcs.values()) parts.push(printFunc(f))
  return parts.join('')
}

/** The first line of one instruction as it stands in the text of its function. */
export function instText(f: Func, wanted: Inst): string {
  let found = ''
  printFunc(f, {
    onInst: (inst, text) => {
      if (inst === wanted) found = text
    },
  })
  return found
}
