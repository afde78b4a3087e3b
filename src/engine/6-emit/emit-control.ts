/** Structured control flow: `if`, `for`, `while` and `try` of JavaScript, with carried values in variables. */
import type { Block, Inst, Loc, Param, ValueId } from '../3-ir/ir.ts'
import { type EarlyChecks, earlyChecks } from './early-checks.ts'
import { append, capture, declare, type Emission, identifiers, isFoldable, isUsed, isWord, lib, line, textOf } from './emission.ts'
import { hoistColumns, unhoist } from './hoist.ts'
import { closeStacks, makeRoom, openStacks, withoutRoom } from './stacks.ts'

type Of<K extends Inst['kind']> = Extract<Inst, { kind: K }>

/** Writes the instructions of a block; false if it throws on every way, so that its yields have no meaning. */
export function emitBody(e: Emission, block: Block): boolean {
  const used: ValueId[] = []
  let returns = true
  for (const inst of block.body) {
    e.inst(e, inst)
    const array = inst.kind === 'load' || inst.kind === 'store' ? inst.arr : inst.kind === 'prim' && isCheck(inst) ? inst.args[0]! : null
    if (array !== null && !e.used.has(array)) {
      e.used.add(array)
      used.push(array)
    }
    if (inst.kind === 'throw') {
      returns = false
      break
    }
  }
  for (const array of used) e.used.delete(array)
  return returns
}

function isCheck({ prim }: Of<'prim'>): boolean {
  return prim === 'arr.check' || prim === 'arr.check_dim'
}

interface Arm {
  readonly lines: Emission['lines']
  /** Texts of the yields; null if the arm throws. */
  readonly yields: readonly string[] | null
}

function emitArm(e: Emission, block: Block): Arm {
  const { lines, result } = capture(e, () => (emitBody(e, block) ? block.yields.map(id => textOf(e, id)) : null))
  return { lines, yields: result }
}

export function emitIf(e: Emission, inst: Of<'if'>): void {
  const test = textOf(e, inst.test)
  const then = emitArm(e, inst.then)
  const other = emitArm(e, inst.else)
  const used = inst.outs.map((out, i) => ({ out, i })).filter(({ out }) => isUsed(e, out))
  if (then.yields && other.yields && then.lines.length === 0 && other.lines.length === 0) {
    if (used.length === 0) return
    if (used.length === 1) {
      const { out, i } = used[0]!
      return choose(e, out, `(${test} ? ${then.yields[i]} : ${other.yields[i]})`, inst.at)
    }
  }
  const names = used.map(({ out }) => declare(e, out))
  if (names.length > 0) line(e, `let ${names.join(', ')}`, inst.at)
  const assign = (arm: Arm): void => {
    append(e, arm.lines)
    e.depth++
    if (arm.yields) used.forEach(({ i }, k) => line(e, `${names[k]} = ${arm.yields![i]}`, inst.at))
    e.depth--
  }
  if (then.lines.length === 0 && names.length === 0) {
    if (other.lines.length === 0) return
    line(e, `if (!${test}) {`, inst.at)
    assign(other)
    line(e, '}', inst.at)
    return
  }
  line(e, `if (${test}) {`, inst.at)
  assign(then)
  if (other.lines.length > 0 || (other.yields && used.length > 0)) {
    line(e, '} else {', inst.at)
    assign(other)
  }
  line(e, '}', inst.at)
}

function choose(e: Emission, out: Param, expression: string, at: Loc): void {
  if (isFoldable(e, out) && expression.length < 80) e.text.set(out.id, expression)
  else line(e, `const ${declare(e, out)} = ${expression}`, at)
}

/** One variable for a carried value: what is `init` before, the parameter inside, the result after. */
function declareCarried(e: Emission, inits: readonly ValueId[], params: readonly Param[], outs: readonly Param[], at: Loc): string[] {
  const texts = inits.map(id => textOf(e, id))
  const names = params.map(param => declare(e, param))
  if (names.length > 0) line(e, `let ${names.map((name, i) => `${name} = ${texts[i]}`).join(', ')}`, at)
  outs.forEach((out, i) => e.text.set(out.id, names[i]!))
  return names
}

/** Gives the carried variables their next values at once: through temporaries where one is read after it was set. */
function assignCarried(e: Emission, names: readonly string[], yields: readonly ValueId[], at: Loc): void {
  const moves = names.map((name, i) => ({ name, text: textOf(e, yields[i]!) })).filter(({ name, text }) => name !== text)
  const assigned = new Set<string>()
  const clash = moves.some(({ name, text }) => {
    const early = identifiers(text).some(word => assigned.has(word))
    assigned.add(name)
    return early
  })
  if (!clash) {
    for (const { name, text } of moves) line(e, `${name} = ${text}`, at)
    return
  }
  const staged = moves.map(move => ({ ...move, staged: `$t${e.temporaries++}` }))
  line(e, `const ${staged.map(move => `${move.staged} = ${move.text}`).join(', ')}`, at)
  for (const move of staged) line(e, `${move.name} = ${move.staged}`, at)
}

/** A trip count beyond this is never reached, so that the index is small enough to add to without a check. */
const INDEX_BITS = 50

export function emitFor(e: Emission, inst: Of<'for'>): void {
  const [index, ...params] = inst.body.params as [Param, ...Param[]]
  const hoisted = hoistColumns(e, [inst.body], inst.at)
  const count = nameCount(e, inst)
  const opened = openStacks(e, inst, inst.at)
  const endRoom = makeRoom(e, inst.body, count, inst.at)
  const names = declareCarried(e, inst.inits, params, inst.outs, inst.at)
  const i = declare(e, index)
  e.bits.set(index.id, INDEX_BITS)
  e.natural.add(index.id)
  const write = (): void => {
    line(e, `for (let ${i} = 0; ${i} < ${count}; ${i}++) {`, inst.at)
    emitLoopBody(e, inst.body, names, inst.at)
    line(e, '}', inst.at)
  }
  const early = earlyChecks(e, inst, count)
  if (early) eitherWay(e, early, inst.at, write)
  else write()
  endRoom()
  closeStacks(e, opened, inst.at)
  unhoist(e, hoisted)
}

/** A loop without the checks that pass on every turn, and with them. */
function eitherWay(e: Emission, { test, checks }: EarlyChecks, at: Loc, write: () => void): void {
  line(e, `if (${test}) {`, at)
  e.depth++
  for (const check of checks) e.passed.add(check)
  write()
  for (const check of checks) e.passed.delete(check)
  e.depth--
  line(e, '} else {', at)
  e.depth++
  write()
  e.depth--
  line(e, '}', at)
}

function emitLoopBody(e: Emission, body: Block, names: readonly string[], at: Loc): void {
  e.depth++
  if (emitBody(e, body)) assignCarried(e, names, body.yields, at)
  e.depth--
}

/** The count is read on every turn, so it must be a name or a literal. */
function nameCount(e: Emission, inst: Of<'for'>): string {
  const text = textOf(e, inst.count)
  if (isWord(text)) return text
  const name = `$t${e.temporaries++}`
  line(e, `const ${name} = ${text}`, inst.at)
  return name
}

export function emitWhile(e: Emission, inst: Of<'while'>): void {
  const hoisted = hoistColumns(e, [inst.cond, inst.body], inst.at)
  const opened = openStacks(e, inst, inst.at)
  const endRoom = withoutRoom(e)
  const names = declareCarried(e, inst.inits, inst.cond.params, inst.outs, inst.at)
  inst.body.params.forEach((param, i) => e.text.set(param.id, names[i]!))
  const cond = capture(e, () => (emitBody(e, inst.cond) ? textOf(e, inst.cond.yields[0]!) : null))
  if (cond.result !== null && cond.lines.length === 0) line(e, `while (${cond.result}) {`, inst.at)
  else {
    line(e, 'while (true) {', inst.at)
    append(e, cond.lines)
    e.depth++
    if (cond.result !== null) line(e, `if (!${cond.result}) break`, inst.at)
    e.depth--
  }
  if (cond.result !== null) emitLoopBody(e, inst.body, names, inst.at)
  line(e, '}', inst.at)
  endRoom()
  closeStacks(e, opened, inst.at)
  unhoist(e, hoisted)
}

export function emitTry(e: Emission, inst: Of<'try'>): void {
  const names = inst.outs.map(out => declare(e, out))
  if (names.length > 0) line(e, `let ${names.join(', ')}`, inst.at)
  const arm = (block: Block): void => {
    e.depth++
    if (emitBody(e, block)) names.forEach((name, i) => line(e, `${name} = ${textOf(e, block.yields[i]!)}`, inst.at))
    e.depth--
  }
  line(e, 'try {', inst.at)
  arm(inst.body)
  line(e, '} catch ($error) {', inst.at)
  const caught = inst.handler.params[0]
  e.depth++
  // Called even if the handler ignores the exception: a bug of ours must not be swallowed.
  line(e, `${caught ? `const ${declare(e, caught)} = ` : ''}${lib(e, 'caught')}($error)`, inst.at)
  e.depth--
  arm(inst.handler)
  line(e, '}', inst.at)
}
