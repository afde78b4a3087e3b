/** The text of an issue about one failing row: what was expected and found, the program, the error, both stacks, and what works instead. */
import { diagnosticText, framePlace, madeText, PLAIN } from '../../diagnostics/as-text.ts'
import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import { visibleLine } from '../../diagnostics/visible.ts'
import type { Check } from '../case-file.ts'
import { brief } from '../compare.ts'
import { PROGRAM, type Row } from '../runner.ts'
import { signature } from '../signature.ts'
import { type Composed, compose, NEEDED, type Section } from './compose.ts'
import { code, words } from './markdown.ts'

export interface Issue {
  readonly row: Row
  readonly found: Diagnostic
  /** The program as the report shows it and as it was run: it ends in the statement that fails. */
  readonly program: string
  readonly check: Check | null
  /** Markdown sentences. */
  readonly instead: readonly string[]
  /** `name: version`, in order. */
  /** Id of the fault that is planted in the engine. */
  readonly plant: string | null
  readonly environment: readonly (readonly [string, string])[]
}

export function issueTitle({ row, found }: Pick<Issue, 'row' | 'found'>): string {
  const bare = row.file.title === row.file.source.name
  return `[${row.engine}] ${bare ? found.message.split('\n')[0]!.slice(0, 120) : row.file.title} (${found.code})`
}

function oneSentence({ row, found, check }: Issue): string {
  const call = row.check === PROGRAM ? 'The program' : code(row.check)
  const wanted =
    check?.value !== undefined
      ? `should give ${code(brief(check.value))}`
      : check?.equals
        ? `should equal ${code(check.equals)}`
        : 'should work'
  const { outcome } = row
  const on = `on ${code(row.engine)}`
  if (outcome.kind === 'wrong-value')
    return `${call} ${wanted}; ${on} it gives ${code(brief(outcome.value.plain))} (${words(outcome.pattern)}).`
  return `${call} ${wanted}; ${on} it fails in the phase ${code(found.phase)}: ${words(found.message.split('\n')[0]!)}`
}

function writtenAt(found: Diagnostic): string {
  return found.stack.map((f, i) => `[${i + 1}] ${visibleLine(f.label)}  ${framePlace(f)}  [${f.origin}]`).join('\n')
}

function transformedBy(found: Diagnostic): string {
  return found.stack.flatMap((f, i) => (f.made.length > 0 ? [`[${i + 1}] ${madeText(f)} of ${visibleLine(f.label)}`] : [])).join('\n')
}

/** How somebody who has only this text sees the same. */
function again({ row, plant }: Issue): string {
  const planted = plant === null ? '' : ` --plant ${plant}`
  return `To see it again: save the program as ${code('mwe.jl')} and run ${code(`adrepro exec mwe.jl --engine ${row.engine} --verbose-errors${planted}`)}. The program was taken out of this very text and run in a fresh process before the text was written; it failed in the same way.`
}

function bullets(lines: readonly string[]): string {
  return lines.map(line => `- ${line}`).join('\n')
}

export function issueText(issue: Issue): Composed {
  const { row, found } = issue
  const sections: (Section | null)[] = [
    { kind: 'markdown', importance: NEEDED, text: `# ${words(issueTitle(issue))}` },
    { kind: 'markdown', importance: 1, text: oneSentence(issue) },
    row.file.upstream ? { kind: 'markdown', importance: 2, text: `Known as: ${code(row.file.upstream)}` } : null,
    { kind: 'program', importance: NEEDED, heading: '## Program', text: issue.program },
    row.check === PROGRAM ? null : { kind: 'markdown', importance: 1, text: `The failing call: ${code(row.check)}` },
    { kind: 'markdown', importance: NEEDED, text: again(issue) },
    {
      kind: 'output',
      importance: 1,
      heading: '## Error',
      summary: null,
      text: diagnosticText({ ...found, stack: [], attachments: [] }, { paint: PLAIN, verbose: false }),
    },
    {
      kind: 'output',
      importance: 3,
      heading: '',
      summary: `Where it was written (${found.stack.length} frames)`,
      text: writtenAt(found) || 'no frames',
    },
    {
      kind: 'output',
      importance: 3,
      heading: '',
      summary: 'How it was transformed',
      text: transformedBy(found) || 'nothing: no transform made this code',
    },
    issue.instead.length > 0 ? { kind: 'markdown', importance: 2, text: `## What works instead\n\n${bullets(issue.instead)}` } : null,
    {
      kind: 'markdown',
      importance: 2,
      text: `## Environment\n\n${bullets(issue.environment.map(([name, version]) => `${words(name)}: ${code(version)}`))}`,
    },
    { kind: 'markdown', importance: 1, text: `## Signature\n\n${code(signature(row.outcome))}` },
    ...found.attachments.map((a): Section => ({ kind: 'output', importance: 4, heading: '', summary: a.title, text: a.text })),
  ]
  return compose(sections.filter(s => s !== null))
}
