/** One instruction to statements: memory, calls, boxes, tapes. Control flow is in `emit-control.ts`, arithmetic in `emit-op.ts`. */
import { unreachable } from '../../diagnostics/bug.ts'
import type { Inst, Loc, Param, Type, ValueId } from '../3-ir/ir.ts'
import { columnField } from '../3-ir/memory.ts'
import { PRIMS } from '../3-ir/prims.ts'
import { columnsOf, isArray } from '../3-ir/types.ts'
import { bitsOf, declare, type Emission, isSimple, isUsed, lib, line, textOf, typeOf } from './emission.ts'
import { emitFor, emitIf, emitTry, emitWhile } from './emit-control.ts'
import { emitConst, emitOp } from './emit-op.ts'
import { sizeField } from './hoist.ts'
import { register } from './registers.ts'
import { emitPush, popText } from './stacks.ts'

type Of<K extends Inst['kind']> = Extract<Inst, { kind: K }>

export function emitInst(e: Emission, inst: Inst): void {
  switch (inst.kind) {
    case 'const':
      return emitConst(e, inst)
    case 'op':
      return emitOp(e, inst)
    case 'prim':
      return emitPrim(e, inst)
    case 'call':
      return emitCall(e, inst)
    case 'dyncall':
      return emitDynamicCall(e, inst)
    case 'if':
      return emitIf(e, inst)
    case 'for':
      return emitFor(e, inst)
    case 'while':
      return emitWhile(e, inst)
    case 'try':
      return emitTry(e, inst)
    case 'alloc':
      return emitAlloc(e, inst)
    case 'load':
      return emitLoad(e, inst)
    case 'store': {
      const stored =
        columnsOf(typeOf(e, inst.arr) as `arr<${string}>`)[inst.column] === 'bool'
          ? `${textOf(e, inst.value)} ? 1 : 0`
          : textOf(e, inst.value)
      return line(e, `${column(e, inst.arr, inst.column)}[${textOf(e, inst.index)}] = ${stored}`, inst.at)
    }
    case 'new': {
      const fields = inst.fields.map((id, i) => `f${i}: ${textOf(e, id)}`)
      return line(e, `const ${declare(e, inst.out)} = ${fields.length ? `{ ${fields.join(', ')} }` : '{}'}`, inst.at)
    }
    case 'get':
      return line(e, `const ${declare(e, inst.out)} = ${textOf(e, inst.obj)}.${fieldText(e, inst)}`, inst.at)
    case 'set':
      return line(e, `${textOf(e, inst.obj)}.${fieldText(e, inst)} = ${textOf(e, inst.value)}`, inst.at)
    case 'box':
      return line(e, `const ${declare(e, inst.out)} = new ${lib(e, 'Boxed')}(${inst.type}, [${texts(e, inst.leaves)}])`, inst.at)
    case 'unbox':
      return emitUnbox(e, inst)
    case 'tape-new':
      return line(e, `const ${declare(e, inst.out)} = new ${lib(e, 'Tape')}()${inst.shadow ? '.onZeros()' : ''}`, inst.at)
    case 'push':
      return emitPush(e, inst)
    case 'pop':
      return line(e, `const ${declare(e, inst.out)} = ${popText(e, inst)}`, inst.at)
    case 'throw':
      return line(e, `throw ${lib(e, 'thrown')}(${textOf(e, inst.value)})`, inst.at)
    case 'global-get':
      return line(e, `const ${declare(e, inst.out)} = ${cell(e, inst.cell)}[${inst.leaf}]`, inst.at)
    case 'global-set':
      return line(e, `${cell(e, inst.cell)}[${inst.leaf}] = ${textOf(e, inst.value)}`, inst.at)
    default:
      return unreachable(inst)
  }
}

/** A field of an object; of a boxed value, a leaf. */
function fieldText(e: Emission, inst: Of<'get'> | Of<'set'>): string {
  return typeOf(e, inst.obj) === 'any' ? `v[${inst.field}]` : `f${inst.field}`
}

function texts(e: Emission, ids: readonly ValueId[]): string {
  return ids.map(id => textOf(e, id)).join(', ')
}

/** The column of an array, from a constant where a loop has hoisted it. */
function column(e: Emission, arr: ValueId, index: number): string {
  const field = `${textOf(e, arr)}.${columnField(index)}`
  return e.hoisted.get(field) ?? field
}

function lengthOf(e: Emission, arr: ValueId): string {
  const field = `${textOf(e, arr)}.n`
  return e.hoisted.get(field) ?? field
}

function emitLoad(e: Emission, inst: Of<'load'>): void {
  if (!isUsed(e, inst.out)) return
  const element = `${column(e, inst.arr, inst.column)}[${textOf(e, inst.index)}]`
  line(e, `const ${declare(e, inst.out)} = ${inst.out.type === 'bool' ? `${element} !== 0` : element}`, inst.at)
}

function emitAlloc(e: Emission, inst: Of<'alloc'>): void {
  const dims = `[${texts(e, inst.dims)}]`
  const made =
    inst.out.type === 'arr<f64>' ? `${lib(e, 'newFloats')}(${dims})` : `${lib(e, 'newArray')}(${JSON.stringify(inst.out.type)}, ${dims})`
  line(e, `const ${declare(e, inst.out)} = ${made}`, inst.at)
}

function emitUnbox(e: Emission, inst: Of<'unbox'>): void {
  const value = textOf(e, inst.value)
  line(e, `if (${value}.t !== ${inst.type}) ${lib(e, 'wrongType')}(${inst.type}, ${value})`, inst.at)
  inst.outs.forEach((out, i) => {
    if (isUsed(e, out)) line(e, `const ${declare(e, out)} = ${value}.v[${i}]`, inst.at)
  })
}

/** The array of leaves of a global; its identity never changes. */
function cell(e: Emission, index: number): string {
  const name = `$cell${index}`
  e.header.set(name, `$lib.cell(${index})`)
  return name
}

function emitCall(e: Emission, inst: Of<'call'>): void {
  const callee = inst.callee === e.func.name ? '$self' : calleeName(e, inst.callee)
  const first = inst.outs[0]
  line(e, `${first && isUsed(e, first) ? `const ${declare(e, first)} = ` : ''}${callee}(${texts(e, inst.args)})`, inst.at)
  inst.outs.forEach((out, i) => {
    if (i > 0 && isUsed(e, out)) line(e, `const ${declare(e, out)} = ${readRegister(e, out.type, i)}`, inst.at)
  })
}

function calleeName(e: Emission, callee: string): string {
  let name = e.callees.get(callee)
  if (!name) {
    name = `$f${e.callees.size}`
    e.callees.set(callee, name)
  }
  return name
}

function readRegister(e: Emission, type: Type, index: number): string {
  return `${lib(e, register(type, index))}[${index}]`
}

/** Results after the first travel in registers that all functions share; written right before the return. */
export function emitReturn(e: Emission, yields: readonly ValueId[], at: Loc): void {
  if (yields.length === 0) return
  yields.forEach((id, i) => {
    const { results } = e.func
    if (i > 0) line(e, `${readRegister(e, results[i]!, i)} = ${textOf(e, id)}`, at)
  })
  line(e, `return ${textOf(e, yields[0]!)}`, at)
}

function emitDynamicCall(e: Emission, inst: Of<'dyncall'>): void {
  const call = `${lib(e, 'dynamicCall')}(${JSON.stringify(inst.path)}, [${texts(e, inst.args)}])`
  if (!inst.outs.some(out => isUsed(e, out))) return line(e, call, inst.at)
  destructure(e, call, inst.outs, inst.at)
}

function destructure(e: Emission, list: string, outs: readonly Param[], at: Loc): void {
  const name = `$t${e.temporaries++}`
  line(e, `const ${name} = ${list}`, at)
  outs.forEach((out, i) => {
    if (isUsed(e, out)) line(e, `const ${declare(e, out)} = ${name}[${i}]`, at)
  })
}

function emitPrim(e: Emission, inst: Of<'prim'>): void {
  const [a, b, c] = inst.args
  const out = inst.outs[0]
  const { effect, traps } = PRIMS[inst.prim]
  if ((effect === 'pure' || effect === 'read') && !traps && !inst.outs.some(one => isUsed(e, one))) return
  switch (inst.prim) {
    case 'arr.len':
      e.bits.set(out!.id, LENGTH_BITS)
      e.natural.add(out!.id)
      return emitSize(e, inst, `${textOf(e, a!)}.n`, `${textOf(e, a!)}.n`)
    case 'arr.dim':
      e.bits.set(out!.id, LENGTH_BITS)
      e.natural.add(out!.id)
      return emitSize(e, inst, sizeField(textOf(e, a!), textOf(e, b!)), `${lib(e, 'dimOf')}(${textOf(e, a!)}, ${textOf(e, b!)})`)
    case 'arr.check': {
      if (e.passed.has(inst)) return
      const index = nameIt(e, b!, inst.at)
      return line(
        e,
        `if (!${inside(e, b!, index, lengthOf(e, a!))}) ${lib(e, 'outOfBounds')}(${textOf(e, a!)}, null, ${index}, ${arrayType(e, a!, inst.at)})`,
        inst.at,
      )
    }
    case 'arr.check_dim': {
      if (e.passed.has(inst)) return
      const index = nameIt(e, c!, inst.at)
      const axis = nameIt(e, b!, inst.at)
      const other = inst.args[3] === undefined ? '' : `, ${textOf(e, inst.args[3])}`
      const size = e.hoisted.get(sizeField(textOf(e, a!), axis)) ?? `${lib(e, 'dimOf')}(${textOf(e, a!)}, ${axis})`
      return line(
        e,
        `if (!${inside(e, c!, index, size)}) ${lib(e, 'outOfBounds')}(${textOf(e, a!)}, ${axis}, ${index}, ${arrayType(e, a!, inst.at)}${other})`,
        inst.at,
      )
    }
    case 'arr.same':
    case 'ref.same':
      return line(e, `const ${declare(e, out!)} = ${textOf(e, a!)} === ${textOf(e, b!)}`, inst.at)
    case 'ref.is_null':
    case 'str.is_null':
      return line(e, `const ${declare(e, out!)} = ${textOf(e, a!)} === null`, inst.at)
    case 'str.concat':
      return line(e, `const ${declare(e, out!)} = ${inst.args.length ? inst.args.map(id => textOf(e, id)).join(' + ') : "''"}`, inst.at)
    default:
      return emitPrimCall(e, inst)
  }
}

/** A size of an array: the one that a loop has read, where the array is surely not null. */
function emitSize(e: Emission, inst: Of<'prim'>, field: string, read: string): void {
  const out = inst.outs[0]!
  const hoisted = e.used.has(inst.args[0]!) ? e.hoisted.get(field) : undefined
  if (hoisted) e.text.set(out.id, hoisted)
  else line(e, `const ${declare(e, out)} = ${read}`, inst.at)
}

/** Is 0 ≤ index < size? The first half is left out where it is known; a size of undefined or NaN is below every index. */
function inside(e: Emission, id: ValueId, index: string, size: string): string {
  return e.natural.has(id) ? `(${index} < ${size})` : `(${index} >= 0 && ${index} < ${size})`
}

/** Arrays have fewer than 2^33 elements. */
const LENGTH_BITS = 33

/** For the message of a BoundsError: the type of the reference, and Julia's, which is that of the first argument of whatever checks an index. */
function arrayType(e: Emission, arr: ValueId, at: Loc): string {
  const type = typeOf(e, arr)
  return `${JSON.stringify(isArray(type) ? type : 'arr<any>')}, ${JSON.stringify(firstArgument(at.fn))}`
}

/** `Vector{Tuple{A, B}}` of `getindex(::Vector{Tuple{A, B}}, ::Int64)`. */
function firstArgument(signature: string): string | undefined {
  const start = signature.indexOf('(::')
  if (start < 0) return undefined
  let depth = 0
  for (let i = start + 3; i < signature.length; i++) {
    const c = signature[i]
    if (c === '{' || c === '(') depth++
    else if (depth > 0) depth -= c === '}' || c === ')' ? 1 : 0
    else if (c === ',' || c === ')') return signature.slice(start + 3, i)
  }
  return undefined
}

/** A name or literal for a value whose text is written twice. */
function nameIt(e: Emission, id: ValueId, at: Loc): string {
  const text = textOf(e, id)
  if (isSimple(text)) return text
  const name = `$t${e.temporaries++}`
  line(e, `const ${name} = ${text}`, at)
  e.text.set(id, name)
  e.bits.set(id, bitsOf(e, id))
  return name
}

function emitPrimCall(e: Emission, inst: Of<'prim'>): void {
  const types = inst.args.map(id => typeOf(e, id))
  const made = `$lib.primitive(${JSON.stringify(inst.prim)}, ${JSON.stringify(types)})`
  let name = e.primitives.get(made)
  if (!name) {
    name = `$${inst.prim.replace('.', '_')}_${e.primitives.size}`
    e.primitives.set(made, name)
    e.header.set(name, made)
  }
  const call = `${name}(${texts(e, inst.args)})`
  if (!inst.outs.some(out => isUsed(e, out))) return line(e, call, inst.at)
  if (inst.outs.length === 1) return line(e, `const ${declare(e, inst.outs[0]!)} = ${call}`, inst.at)
  destructure(e, call, inst.outs, inst.at)
}
