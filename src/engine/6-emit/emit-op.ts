/** Constants and scalar operations: folded into the expression that uses them, or a statement of their own when they may trap. */

import type { Inst, Param } from '../3-ir/ir.ts'
import { OPS, type Op } from '../3-ir/ops.ts'
import { bitsOf, declare, type Emission, isFoldable, isUsed, line, literal, textOf } from './emission.ts'
import { boundOf, EXACT_BITS, GUARDED, INLINE, OF_NATURALS, UNBOUNDED } from './op-js.ts'

type Of<K extends Inst['kind']> = Extract<Inst, { kind: K }>

/** Of natural numbers these give natural numbers. */
const KEEPS_SIGN: ReadonlySet<Op> = new Set<Op>(['i64.add', 'i64.mul', 'i64.div', 'i64.rem', 'i64.and', 'i64.or', 'i64.shr'])

/** An expression that is longer gets a name, so that nesting stays shallow. */
const LONGEST_FOLDED = 160

export function emitConst(e: Emission, inst: Of<'const'>): void {
  const text = literal(inst.value)
  if (typeof inst.value === 'string' && text.length > 40 && (e.uses.get(inst.out.id) ?? 0) > 1) {
    line(e, `const ${declare(e, inst.out)} = ${text}`, inst.at)
    return
  }
  e.text.set(inst.out.id, text)
  if (inst.out.type !== 'i64') return
  const value = inst.value as number
  e.bits.set(inst.out.id, Math.ceil(Math.log2(Math.abs(value) + 1)))
  if (value >= 0) e.natural.add(inst.out.id)
}

export function emitOp(e: Emission, inst: Of<'op'>): void {
  const { op, out } = inst
  const ofNaturals = e.ofNaturals.has(inst) || inst.args.every(id => e.natural.has(id)) ? OF_NATURALS[op] : undefined
  const bits = boundOf(op, ...(inst.args.map(id => bitsOf(e, id)) as [number, number]))
  noteBits(e, inst, bits)
  const guarded = GUARDED[op]
  const args = inst.args.map(id => textOf(e, id)) as [string, string, string]
  if (guarded && bits > EXACT_BITS && !e.exact.has(inst)) {
    const [a, b] = args.map(arg => named(e, inst, arg)) as [string, string]
    const name = declare(e, out)
    line(e, `let ${name} = ${(ofNaturals ?? guarded.fast)(a, b, '')}`, inst.at)
    line(e, `if (${guarded.slow(name, a, b)}) ${name} = ${scalar(e, inst)}(${[a, b].slice(0, inst.args.length).join(', ')})`, inst.at)
    return
  }
  const write = ofNaturals ?? INLINE[op] ?? guarded?.fast
  define(e, inst, out, write ? write(...args) : `${scalar(e, inst)}(${args.join(', ')})`)
}

/** Gives `out` the value of a pure expression: at its one use, or by name. */
function define(e: Emission, inst: Of<'op'>, out: Param, expression: string): void {
  if (OPS[inst.op].effect === 'pure' || GUARDED[inst.op]) {
    if (!isUsed(e, out)) return
    if (isFoldable(e, out) && expression.length <= LONGEST_FOLDED) {
      e.text.set(out.id, expression)
      return
    }
  }
  line(e, `const ${declare(e, out)} = ${expression}`, inst.at)
}

/** A text that may be written several times. */
function named(e: Emission, inst: Of<'op'>, text: string): string {
  if (/^[\w$.\u0080-\uffff]+$/.test(text) || /^\(-[\d.e+]+\)$/.test(text)) return text
  const name = `$t${e.temporaries++}`
  line(e, `const ${name} = ${text}`, inst.at)
  return name
}

function scalar(e: Emission, inst: Of<'op'>): string {
  const name = `$${inst.op.replace('.', '_')}`
  e.header.set(name, `$lib.scalar['${inst.op}']`)
  return name
}

/** What is known of the size and sign of an integer result. */
function noteBits(e: Emission, inst: Of<'op'>, bits: number): void {
  if (KEEPS_SIGN.has(inst.op) && inst.args.every(id => e.natural.has(id))) e.natural.add(inst.out.id)
  if (bits <= EXACT_BITS) {
    e.bits.set(inst.out.id, bits)
    return
  }
  const [a, b, c] = inst.args
  switch (inst.op) {
    case 'i64.div':
      keep(e, inst.out, bitsOf(e, a!))
      break
    case 'i64.rem':
      keep(e, inst.out, Math.min(bitsOf(e, a!), bitsOf(e, b!)))
      break
    case 'i64.select':
      keep(e, inst.out, Math.max(bitsOf(e, b!), bitsOf(e, c!)))
      break
    case 'i64.from_bool':
      keep(e, inst.out, 1)
      break
  }
}

function keep(e: Emission, out: Param, bits: number): void {
  if (bits < UNBOUNDED) e.bits.set(out.id, bits)
}
