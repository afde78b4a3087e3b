/**
 * The stacks of a tape in a loop that uses them for nothing but pushing and popping: the chunk at the top and its count are in variables there,
 * and room is made once before a loop instead of at each push.
 */
import type { Block, Inst, Loc, ValueId } from '../3-ir/ir.ts'
import { stackOf } from '../3-ir/tape.ts'
import { blocksOf, operands } from '../3-ir/visit.ts'
import { type Emission, line, textOf, typeOf } from './emission.ts'

type Push = Extract<Inst, { kind: 'push' }>
type Pop = Extract<Inst, { kind: 'pop' }>
type Numbers = 'float' | 'int'

/** A stack that is in variables. */
export interface OpenStack {
  readonly tape: ValueId
  readonly numbers: Numbers
  readonly count: string
  readonly data: string
  /** Is there room for all pushes of the loop that is being written? */
  hasRoom: boolean
}

/** Puts the stacks that a loop pushes and pops into variables; gives back what `closeStacks` must write back after it. */
export function openStacks(e: Emission, loop: Inst, at: Loc): readonly OpenStack[] {
  const opened: OpenStack[] = []
  for (const { tape, numbers } of stacksIn(e, blocksOf(loop))) {
    if (e.stacks.some(open => open.tape === tape && open.numbers === numbers)) continue
    const number = e.temporaries++
    const stack: OpenStack = { tape, numbers, count: `$n${number}`, data: `$s${number}`, hasRoom: false }
    line(e, `let ${stack.count} = ${stackText(e, stack)}.count, ${stack.data} = ${stackText(e, stack)}.data`, at)
    e.stacks.push(stack)
    opened.push(stack)
  }
  return opened
}

export function closeStacks(e: Emission, opened: readonly OpenStack[], at: Loc): void {
  for (const stack of opened) {
    line(e, `${stackText(e, stack)}.count = ${stack.count}`, at)
    e.stacks.splice(e.stacks.indexOf(stack), 1)
  }
}

/** Makes room for all turns of a loop, where only the loop itself pushes, and not a loop inside of it; gives back how to end that. */
export function makeRoom(e: Emission, body: Block, count: string, at: Loc): () => void {
  const before = e.stacks.map(stack => ({ stack, hasRoom: stack.hasRoom }))
  for (const stack of e.stacks) {
    const pushes = pushesIn(e, body, stack)
    stack.hasRoom = Number.isFinite(pushes)
    if (!stack.hasRoom || pushes === 0) continue
    const room = pushes === 1 ? count : `${pushes} * ${count}`
    line(e, `if (${stack.count} + ${room} > ${stack.data}.length) ${above(e, stack, room)}`, at)
  }
  return () => {
    for (const { stack, hasRoom } of before) stack.hasRoom = hasRoom
  }
}

/** In a loop of which nobody knows how often it runs, there is no room. */
export function withoutRoom(e: Emission): () => void {
  const before = e.stacks.map(stack => ({ stack, hasRoom: stack.hasRoom }))
  for (const stack of e.stacks) stack.hasRoom = false
  return () => {
    for (const { stack, hasRoom } of before) stack.hasRoom = hasRoom
  }
}

function stackText(e: Emission, { tape, numbers }: OpenStack): string {
  return `${textOf(e, tape)}.${numbers}s`
}

function above(e: Emission, stack: OpenStack, room: string): string {
  return `{ ${stack.data} = ${stackText(e, stack)}.above(${stack.count}, ${room}); ${stack.count} = 0 }`
}

export function emitPush(e: Emission, inst: Push): void {
  const type = typeOf(e, inst.value)
  const value = textOf(e, inst.value)
  const stack = openStack(e, inst)
  if (!stack) return line(e, `${textOf(e, inst.tape)}.push${stackOf(type)}(${value})`, inst.at)
  if (!stack.hasRoom) line(e, `if (${stack.count} === ${stack.data}.length) ${above(e, stack, '1')}`, inst.at)
  line(e, `${stack.data}[${stack.count}++] = ${type === 'bool' ? `${value} ? 1 : 0` : value}`, inst.at)
}

/** The expression that pops, after what makes that there is something to pop. */
export function popText(e: Emission, inst: Pop): string {
  const stack = openStack(e, inst)
  if (!stack) return `${textOf(e, inst.tape)}.pop${stackOf(inst.out.type)}()`
  line(
    e,
    `if (${stack.count} === 0) { ${stack.data} = ${stackText(e, stack)}.below(); ${stack.count} = ${stackText(e, stack)}.count }`,
    inst.at,
  )
  const popped = `${stack.data}[--${stack.count}]`
  return inst.out.type === 'bool' ? `${popped} !== 0` : popped
}

function openStack(e: Emission, inst: Push | Pop): OpenStack | undefined {
  const numbers = numbersOf(e, inst)
  return e.stacks.find(stack => stack.tape === inst.tape && stack.numbers === numbers)
}

/** Null for the stack of references. */
function numbersOf(e: Emission, inst: Push | Pop): Numbers | null {
  const stack = stackOf(inst.kind === 'push' ? typeOf(e, inst.value) : inst.out.type)
  return stack === 'Ref' ? null : stack === 'Float' ? 'float' : 'int'
}

/** Stacks of tapes from outside of the blocks that are only pushed and popped there. With two tapes none: nobody knows that they are not one. */
function stacksIn(e: Emission, blocks: readonly Block[]): { readonly tape: ValueId; readonly numbers: Numbers }[] {
  const used = { float: false, int: false }
  const tapes = new Set<ValueId>()
  let others = false
  const visit = (block: Block): void => {
    for (const inst of block.body) {
      if (inst.kind === 'push' || inst.kind === 'pop') {
        tapes.add(inst.tape)
        const numbers = numbersOf(e, inst)
        if (numbers) used[numbers] = true
        if (inst.kind === 'push' && typeOf(e, inst.value) === 'tape') others = true
      } else if (inst.kind === 'try') others = true
      else others ||= operands(inst).some(id => typeOf(e, id) === 'tape')
      for (const inner of blocksOf(inst)) visit(inner)
    }
  }
  for (const block of blocks) visit(block)
  const [tape, ...more] = tapes
  if (others || tape === undefined || more.length > 0 || !e.text.has(tape)) return []
  return (['float', 'int'] as const).filter(numbers => used[numbers]).map(numbers => ({ tape, numbers }))
}

/** Pushes of one turn, at most; infinitely many if a loop inside pushes. */
function pushesIn(e: Emission, block: Block, stack: OpenStack): number {
  let pushes = 0
  for (const inst of block.body) {
    if (inst.kind === 'push' && openStack(e, inst) === stack) pushes++
    const inner = blocksOf(inst).map(one => pushesIn(e, one, stack))
    const most = Math.max(0, ...inner)
    pushes += (inst.kind === 'for' || inst.kind === 'while') && most > 0 ? Infinity : most
  }
  return pushes
}
