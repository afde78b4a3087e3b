/** IR to JavaScript: one function of text for one function of the IR, with the place of every line beside it. */
import type { Func, Loc } from '../3-ir/ir.ts'
import { declare, type Emission, newEmission } from './emission.ts'
import { emitBody } from './emit-control.ts'
import { emitInst, emitReturn } from './emit-inst.ts'

export interface Emitted {
  /** A function body over `$lib` (the runtime's library) and `$link` (gives a callee by its index); returns the function. */
  readonly code: string
  /** The place of each line of `code`. */
  readonly lines: readonly Loc[]
  /** Names of the functions that are called, by the index that the code asks `$link` for. */
  readonly callees: readonly string[]
}

export function emitFunc(func: Func): Emitted {
  const e = newEmission(func, emitInst)
  const params = func.body.params.map(param => declare(e, param))
  if (emitBody(e, func.body)) emitReturn(e, func.body.yields, func.at)
  const header = headerOf(e)
  // In parentheses V8 compiles it at once. Without, it would read it twice: to find its end, and again when it is called, which it is soon.
  const open = `return (function $self(${params.join(', ')}) { // ${func.label.replace(/[\r\n\u2028\u2029]/g, ' ')}`
  const code = [...header, open, ...e.lines.map(one => '  '.repeat(one.depth) + one.text), '})']
  const lines = [...header.map(() => func.at), func.at, ...e.lines.map(one => one.at), func.at]
  return { code: code.join('\n'), lines, callees: [...e.callees.keys()] }
}

/** Callees are variables: a stub at first, which puts the compiled function in its place when it is called. */
function headerOf(e: Emission): string[] {
  const header = ["'use strict'"]
  for (const [name, definition] of e.header) header.push(`const ${name} = ${definition}`)
  for (const [i, name] of [...e.callees.values()].entries()) header.push(`let ${name} = $link(${i}, linked => { ${name} = linked })`)
  return header
}
