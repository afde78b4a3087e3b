/** What is known in the middle of a reduction, beside the output: enough to go on after the process was ended. */
import { readFileSync, rmSync } from 'node:fs'
import { writeWhole } from '../write-whole.ts'
import { type Answer, keyOf } from './problem.ts'

export interface State {
  /** The lightest program that was seen failing. */
  readonly program: string
  readonly runs: number
  readonly known: ReadonlyMap<string, Answer>
}

interface Written {
  readonly adrepro: 'reduction'
  /** Of what was to be reduced, and how. */
  readonly of: string
  readonly program: string
  readonly runs: number
  readonly known: readonly (readonly [string, Answer])[]
}

export function stateFile(output: string): string {
  return `${output}.state`
}

/** What a reduction is about: another program, engine or failure makes another key. */
export function stateKey(...about: readonly string[]): string {
  return keyOf(about.join('\0'))
}

export function writeState(output: string, of: string, { program, runs, known }: State): void {
  const written: Written = { adrepro: 'reduction', of, program, runs, known: [...known] }
  writeWhole(stateFile(output), JSON.stringify(written))
}

/** Null if there is none, or it is about something else. */
export function readState(output: string, of: string): State | null {
  try {
    const read = JSON.parse(readFileSync(stateFile(output), 'utf8')) as Written
    return read.adrepro === 'reduction' && read.of === of ? { program: read.program, runs: read.runs, known: new Map(read.known) } : null
  } catch {
    return null
  }
}

export function removeState(output: string): void {
  rmSync(stateFile(output), { force: true })
}
