/** The JavaScript of one function while it is being written: lines with their places, names of values, what the header must define. */
import { InternalError, invariant } from '../../diagnostics/bug.ts'
import type { Block, Func, Inst, Loc, Param, Type, ValueId } from '../3-ir/ir.ts'
import { blocksOf, forEachParam, operands, outsOf } from '../3-ir/visit.ts'
import { rangesOf } from '../5-passes/ranges.ts'
import { UNBOUNDED } from './op-js.ts'
import type { OpenStack } from './stacks.ts'

interface Line {
  readonly depth: number
  readonly text: string
  readonly at: Loc
}

export interface Emission {
  readonly func: Func
  /** Writes one instruction; here so that control flow and instructions, which need each other, are files of their own. */
  readonly inst: (e: Emission, inst: Inst) => void
  lines: Line[]
  depth: number
  /** How often a value is used, in any block. */
  readonly uses: ReadonlyMap<ValueId, number>
  /** Values of which the one use is an operand or yield of the block that defines them. */
  readonly local: ReadonlySet<ValueId>
  readonly types: ReadonlyMap<ValueId, Type>
  /** JavaScript of a value: its name, a literal, or an expression that is written at its one use. */
  readonly text: Map<ValueId, string>
  /** Upper bound of the bits of an integer, where one is known. */
  readonly bits: Map<ValueId, number>
  /** Integer operations that need no check, whatever the bits of their operands say. */
  readonly exact: ReadonlySet<Inst>
  /** Integers that are known to be at least 0. */
  readonly natural: Set<ValueId>
  /** Integer operations of operands that are at least 0. */
  readonly ofNaturals: ReadonlySet<Inst>
  /** Instructions that may change the size of an array. */
  readonly resizing: ReadonlySet<Inst>
  /** `const` definitions of the header by name: helpers, callees, cells. */
  readonly header: Map<string, string>
  /** Functions that are called, by the variable that holds them. */
  readonly callees: Map<string, string>
  /** Names in the header of primitives with the types of their operands. */
  readonly primitives: Map<string, string>
  /** Columns and lengths of arrays that a loop has put into a constant: `v3.c0` → `v3_c0`. */
  readonly hoisted: Map<string, string>
  /** Arrays that were used in this block or one around it, so that they are not null. */
  readonly used: Set<ValueId>
  /** How often a name of a hoisted field was given. */
  readonly taken: Map<string, number>
  /** Bounds checks that are known to pass where we are. */
  readonly passed: Set<Inst>
  /** Stacks of tapes that a loop has put into variables. */
  readonly stacks: OpenStack[]
  temporaries: number
}

export function newEmission(func: Func, inst: Emission['inst']): Emission {
  const { uses, local } = countUses(func.body)
  const ranges = rangesOf(func)
  const types = new Map<ValueId, Type>()
  forEachParam(func.body, param => types.set(param.id, param.type))
  return {
    func,
    inst,
    lines: [],
    depth: 1,
    uses,
    local,
    types,
    text: new Map(),
    bits: new Map(),
    exact: ranges.exact,
    natural: new Set(ranges.natural),
    ofNaturals: ranges.ofNaturals,
    resizing: ranges.resizing,
    header: new Map(),
    callees: new Map(),
    primitives: new Map(),
    hoisted: new Map(),
    used: new Set(),
    taken: new Map(),
    passed: new Set(),
    stacks: [],
    temporaries: 0,
  }
}

function countUses(root: Block): { uses: Map<ValueId, number>; local: Set<ValueId> } {
  const uses = new Map<ValueId, number>()
  const local = new Set<ValueId>()
  const visit = (block: Block): void => {
    const here = new Set<ValueId>()
    const use = (id: ValueId): void => {
      uses.set(id, (uses.get(id) ?? 0) + 1)
      if (here.has(id)) local.add(id)
      else local.delete(id)
    }
    for (const inst of block.body) {
      for (const id of operands(inst)) use(id)
      for (const inner of blocksOf(inst)) visit(inner)
      for (const out of outsOf(inst)) here.add(out.id)
    }
    for (const id of block.yields) use(id)
  }
  visit(root)
  return { uses, local }
}

export function line(e: Emission, text: string, at: Loc): void {
  e.lines.push({ depth: e.depth, text, at })
}

/** Runs `write` and gives back the lines it wrote instead of keeping them. */
export function capture<T>(e: Emission, write: () => T): { lines: Line[]; result: T } {
  const outer = e.lines
  e.lines = []
  e.depth++
  const result = write()
  e.depth--
  const lines = e.lines
  e.lines = outer
  return { lines, result }
}

export function append(e: Emission, lines: readonly Line[]): void {
  for (const one of lines) e.lines.push(one)
}

/** What stands for a value in an expression. */
export function textOf(e: Emission, id: ValueId): string {
  const text = e.text.get(id)
  invariant(text !== undefined, `value ${id} of ${e.func.name} is used before it is defined`)
  return text
}

export function typeOf(e: Emission, id: ValueId): Type {
  const type = e.types.get(id)
  invariant(type !== undefined, `value ${id} of ${e.func.name} has no type`)
  return type
}

export function bitsOf(e: Emission, id: ValueId): number {
  return e.bits.get(id) ?? UNBOUNDED
}

/** A fresh name for a value; from now on it stands for the value. */
export function declare(e: Emission, param: Param): string {
  const name = nameOf(param)
  e.text.set(param.id, name)
  return name
}

/** Most names are this, and a pattern of Unicode's classes takes a millisecond to be made. */
const ASCII_WORD = /^[A-Za-z_]\w{0,39}$/

/** `s.4` becomes `s_4`, what has no name `v4`. The id makes it unique. */
function nameOf(param: Param): string {
  if (ASCII_WORD.test(param.name)) return `${param.name}_${param.id}`
  const word = param.name
    .normalize('NFC')
    .replace(/[^\p{ID_Continue}]/gu, '')
    .slice(0, 40)
  return /^\p{ID_Start}/u.test(word) ? `${word}_${param.id}` : `v${param.id}`
}

export function isUsed(e: Emission, param: Param): boolean {
  return e.uses.has(param.id)
}

/** May the value be written as an expression at its use instead of getting a name? */
export function isFoldable(e: Emission, param: Param): boolean {
  return e.uses.get(param.id) === 1 && e.local.has(param.id)
}

/** A name of the runtime's library: `lib(e, 'newFloats')` is `$newFloats`, defined in the header. */
export function lib(e: Emission, name: string): string {
  const local = `$${name}`
  e.header.set(local, `$lib.${name}`)
  return local
}

/** A literal of a type. */
export function literal(value: number | boolean | string | null): string {
  switch (typeof value) {
    case 'number':
      return Object.is(value, -0) || value < 0 ? `(${Object.is(value, -0) ? '-0' : value})` : `${value}`
    case 'boolean':
      return `${value}`
    case 'string':
      return stringLiteral(value)
    case 'object':
      return 'null'
    default:
      throw new InternalError(`no literal for ${String(value)}`)
  }
}

/** JSON, but for the two line separators, which would end a line of the table of places. */
function stringLiteral(text: string): string {
  return JSON.stringify(text).replace(/[\u2028\u2029]/g, char => `\\u${char.charCodeAt(0).toString(16)}`)
}

/** Is an expression a name or a literal, which may be written twice? Punctuation of JavaScript is all ASCII. */
export function isWord(text: string): boolean {
  return /^[\w$\u0080-\uffff]+$/.test(text)
}

/** The same, of any number: constants stand where they are used, in whatever block that is, so they must not be given a name in one. */
export function isSimple(text: string): boolean {
  return isWord(text) || /^(?:[\d.]+(?:e[+-]?\d+)?|\(-[\w.+-]+\))$/.test(text)
}

/** The words of an expression, variables among them. */
export function identifiers(text: string): readonly string[] {
  if (/^[\0-\x7f]*$/.test(text)) return text.match(/[A-Za-z_$][\w$]*/g) ?? []
  return text.match(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu) ?? []
}
