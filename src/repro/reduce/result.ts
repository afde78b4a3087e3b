/** The reduced program as a case file, and the proof that this very file fails in the same way. */
import type { Plain } from '../../engine/index.ts'
import { type CaseFile, readCase } from '../case-file.ts'
import { caseText } from '../case-text.ts'
import type { EarlyChildren } from '../early-children.ts'
import type { EngineName } from '../engines/table.ts'
import { type Row, runCases } from '../runner.ts'
import { signature } from '../signature.ts'
import type { Target } from './candidates/oracle.ts'
import type { JuliaProgram } from './julia/program.ts'
import { type Free, withRemarks } from './neighbours.ts'

/** For a wrong value: the right one, if it is known, and the one that was found. */
export interface Expected {
  readonly value: Plain | undefined
  readonly isExact: boolean
  readonly found: Plain | undefined
  /** The Julia type of what was found; empty if nothing was. */
  readonly type: string
}

export interface Result {
  readonly file: CaseFile
  readonly row: Row
  readonly target: Target
  readonly before: JuliaProgram
  readonly program: JuliaProgram
  readonly expected: Expected
  readonly free: readonly Free[]
}

/** Null where it is no wrong value. */
function patternText({ signature: of }: Target): string | null {
  return /^compare\/wrong-value:(.*)$/.exec(of)?.[1]?.replace(/(?<=[a-z])-/g, ' ') ?? null
}

/** `fails CODE`, or `wrong PATTERN`. */
function expectation({ target, row }: Result): string {
  const pattern = patternText(target)
  if (pattern !== null) return `wrong ${pattern}`
  return row.outcome.kind === 'pass' ? 'pass' : `fails ${target.code}`
}

/** `asCase`: with a header, which needs a last statement that can be a check. */
export function resultText(result: Result, asCase: boolean): string {
  const { file, row, target, before, program, expected, free } = result
  const last = program.tree.args.at(-1)
  const text = withRemarks(program.text, free, '#')
  if (!asCase || !last) return text
  const message = row.outcome.kind === 'pass' ? `A wrong value (${patternText(target)})` : row.outcome.diagnostic.message.split('\n')[0]!
  const given = target.check?.oracle.kind === 'given' ? target.check.oracle : null
  const value = (expected.isExact ? expected.value : undefined) ?? given?.value
  return caseText({
    title: file.checks ? file.title : message,
    upstream: file.upstream,
    tags: file.tags,
    notes: [`Reduced from ${before.statements} statements by adrepro.`],
    checks: [
      {
        call: program.text.slice(last.span.start, last.span.end),
        ...(value === undefined ? {} : { value }),
        ...(given?.equals ? { equals: given.equals } : {}),
        on: { [row.engine]: expectation(result) },
      },
    ],
    program: text,
  })
}

interface Verification {
  readonly plant: string | null
  readonly seconds: number
  readonly megabytes: number
  /** A process that is up for it. */
  readonly early: EarlyChildren
}

/** The case file, or the bare program where only that fails in the same way; each was run as it is, in a fresh process. */
export async function verifiedText(
  result: Result,
  { plant, seconds, megabytes, early }: Verification,
  wanted: string,
): Promise<{ readonly text: string; readonly isVerified: boolean }> {
  const texts = [resultText(result, true), resultText(result, false)]
  for (const text of texts) {
    const read = readCase({ name: result.file.source.name, text })
    if (read.kind === 'bad') continue
    const rows = await runCases([read.file], {
      engines: [result.row.engine as EngineName],
      verbose: false,
      plant,
      jobs: 1,
      seconds,
      megabytes,
      wanted: () => true,
      onRow: () => {},
      early,
    })
    if (rows.some(row => signature(row.outcome) === wanted)) return { text, isVerified: true }
  }
  return { text: texts[0]!, isVerified: false }
}
