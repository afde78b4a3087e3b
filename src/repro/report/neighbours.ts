/** What works instead: near programs and other engines, each of them run. */
import type { Source } from '../../diagnostics/source.ts'
import { positionAt } from '../../diagnostics/source.ts'
import type { Value } from '../../engine/index.ts'
import type { EngineName } from '../engines/table.ts'
import type { Outcome } from '../outcome.ts'
import type { CheckTask } from '../protocol.ts'
import { PROGRAM, type Row } from '../runner.ts'
import { modesIn, withModeExchangedAt } from '../twin.ts'
import { code } from './markdown.ts'

/** Runs one check (or, without one, the whole program) in a fresh process. */
export type RunFresh = (source: Source, engine: EngineName, check: CheckTask | null) => Promise<Outcome>

/** More places than this are not tried. */
const MOST_MODES = 6

/** Beside the failing row: the same call on other engines, and other calls on the same engine. */
export function passingRows(failing: Row, rows: readonly Row[]): string[] {
  return rows.flatMap(row => {
    if (row.outcome.kind !== 'pass' || row.file !== failing.file) return []
    const sameCall = row.check === failing.check
    if (!sameCall && row.engine !== failing.engine) return []
    const value = row.outcome.value
    const gives = value ? `gives ${shownValue(value)}` : 'works'
    const what = row.check === PROGRAM ? 'The program' : code(row.check)
    return [`${what} ${gives} on ${code(row.engine)}${sameCall ? '' : ', the same engine'}.`]
  })
}

function shownValue(value: Value): string {
  const { shown } = value
  return code(shown.length > 300 ? `${shown.slice(0, 300)}…` : shown)
}

/** Exchanges forward and reverse mode at one place after the other, and says which of the programs work. */
export async function workingModes(program: Source, engine: EngineName, check: CheckTask | null, runFresh: RunFresh): Promise<string[]> {
  const out: string[] = []
  for (const { at, mode } of modesIn(program.text).slice(0, MOST_MODES)) {
    const text = withModeExchangedAt(program.text, at)
    const outcome = await runFresh({ name: program.name, text }, engine, check)
    if (outcome.kind !== 'pass') continue
    const other = mode.startsWith('Reverse') ? mode.replace('Reverse', 'Forward') : mode.replace('Forward', 'Reverse')
    const line = positionAt(program, at).line
    const result = outcome.value ? `gives ${shownValue(outcome.value)}` : 'runs'
    const held = outcome.evidence.filter(e => e.startsWith('the given') || e.startsWith('`'))
    out.push(
      `With ${code(other)} in place of ${code(mode)} in line ${line} of the program, ${check ? 'the same call' : 'it'} ${result}${held.length > 0 ? `, which is ${held[0]}` : ''}.`,
    )
  }
  return out
}
