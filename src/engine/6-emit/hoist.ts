/** Takes reads of `v.c0` and `v.n` out of loops in which no array can change its size. */
import type { Block, Loc, ValueId } from '../3-ir/ir.ts'
import { columnField } from '../3-ir/memory.ts'
import { blocksOf } from '../3-ir/visit.ts'
import { type Emission, isWord, lib, line } from './emission.ts'

interface Scan {
  /** `v.c0` → `v?.c0`, of arrays from outside of the loop. */
  readonly fields: Map<string, string>
  resizes: boolean
}

/** Defines constants before a loop for the fields of arrays that it reads; gives back what `unhoist` must forget after it. */
export function hoistColumns(e: Emission, blocks: readonly Block[], at: Loc): readonly string[] {
  const scan: Scan = { fields: new Map(), resizes: false }
  for (const block of blocks) scanBlock(e, block, scan)
  if (scan.resizes) return []
  const made: string[] = []
  for (const [field, read] of scan.fields) {
    if (e.hoisted.has(field)) continue
    const name = freshName(e, field.replace(/[.[]/g, '_').replace(']', ''))
    // A null array is an error only when it is read from: `?.` leaves that to the read, and no index is below undefined.
    line(e, `const ${name} = ${read}`, at)
    e.hoisted.set(field, name)
    made.push(field)
  }
  return made
}

/** The name under which the size of an array along an axis is hoisted. */
export function sizeField(arr: string, axis: string): string {
  return `${arr}.d${axis}`
}

/** Several loops of one block may hoist the same field. */
function freshName(e: Emission, name: string): string {
  const count = e.taken.get(name) ?? 0
  e.taken.set(name, count + 1)
  return count === 0 ? name : `${name}$${count}`
}

export function unhoist(e: Emission, fields: readonly string[]): void {
  for (const field of fields) e.hoisted.delete(field)
}

/** What is called on the way to a `throw` does not matter: nothing of the loop runs after it, unless it is caught inside. */
function scanBlock(e: Emission, block: Block, scan: Scan): void {
  const throws = block.body.at(-1)?.kind === 'throw'
  const note = (arr: ValueId, field: string): void => {
    const text = e.text.get(arr)
    if (text !== undefined && isWord(text)) scan.fields.set(`${text}.${field}`, `${text}?.${field}`)
  }
  const noteSize = (arr: ValueId, axis: ValueId): void => {
    const [text, k] = [e.text.get(arr), e.text.get(axis)]
    if (text === undefined || k === undefined || !isWord(text) || !/^\d+$/.test(k)) return
    scan.fields.set(sizeField(text, k), `(${text} && ${lib(e, 'dimOf')}(${text}, ${k}))`)
  }
  for (const inst of block.body) {
    switch (inst.kind) {
      case 'load':
      case 'store':
        note(inst.arr, columnField(inst.column))
        break
      case 'call':
      case 'dyncall':
        scan.resizes ||= !throws && e.resizing.has(inst)
        break
      case 'try':
        scan.resizes = true
        break
      case 'prim':
        if (inst.prim === 'arr.resize') scan.resizes = true
        else if (inst.prim === 'arr.check' || inst.prim === 'arr.len') note(inst.args[0]!, 'n')
        else if (inst.prim === 'arr.check_dim' || inst.prim === 'arr.dim') noteSize(inst.args[0]!, inst.args[1]!)
        break
    }
    for (const inner of blocksOf(inst)) scanBlock(e, inner, scan)
  }
}
