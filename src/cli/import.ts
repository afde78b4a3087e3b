/** `adrepro import`: makes a case of the text of an issue. */
import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { diagnosticJson, jsonText } from '../diagnostics/as-json.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { diagnostic } from '../diagnostics/report.ts'
import { visibleLine } from '../diagnostics/visible.ts'
import { type Ignored, type Imported, importIssue } from '../repro/import/issue.ts'
import { readSource, writeResult } from './files.ts'
import type { Terminal } from './terminal.ts'

interface ImportArgs {
  readonly file: string
  readonly output: string
  readonly upstream?: string
  readonly json: boolean
}

const LONGEST_NAME = 60

/** A folder gets a file named after the title. */
function targetOf(output: string, title: string): string {
  if (output.endsWith('.jl')) return output
  const slug = title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST_NAME)
    .replace(/^-+|-+$/g, '')
  return join(output, `${slug || 'imported'}.jl`)
}

/** Nothing is overwritten: a case may have been worked on. */
function write(file: string, text: string): Diagnostic | null {
  if (!existsSync(file)) return writeResult(file, text)
  if (readFileSync(file, 'utf8') === text) return null
  return diagnostic('parse', 'output.not-writable', { file, why: 'there is such a file, with other contents' }, null)
}

function isAddress(text: string): boolean {
  return /^https?:\/\/\S+$/.test(text) && URL.canParse(text)
}

export async function importCase(args: ImportArgs, terminal: Terminal): Promise<number> {
  const refuse = (failure: Diagnostic, ignored: readonly Ignored[]) => {
    if (args.json)
      terminal.out(
        `${jsonText({ file: null, checks: [], ignored: ignored.map(i => ({ ...i })), error: diagnosticJson(failure), exit: 2 })}\n`,
      )
    else {
      showIgnored(ignored, terminal)
      terminal.tell(failure)
    }
    return 2
  }
  const { upstream } = args
  if (upstream !== undefined && !isAddress(upstream))
    return refuse(diagnostic('parse', 'cli.bad-usage', { why: `--upstream must be an address, found \`${upstream}\`` }, null), [])
  const reading = readSource(args.file)
  if (reading.kind === 'unreadable') return refuse(reading.diagnostic, [])
  const { name, text } = reading.source
  const made = importIssue(text, { upstream: upstream ?? null, name: basename(name).replace(/\.\w+$/, '') })
  if (made.kind === 'nothing') return refuse(diagnostic('parse', 'import.no-program', { file: name }, null), made.ignored)
  if (args.output === '-') {
    terminal.out(made.text)
    showIgnored(made.ignored, terminal)
    return 0
  }
  const file = targetOf(args.output, made.title)
  const unwritten = write(file, made.text)
  if (unwritten) return refuse(unwritten, made.ignored)
  if (args.json) {
    const checks = made.checks.map(({ call, equals = null, rtol = null }) => ({ call, equals, rtol }))
    terminal.out(`${jsonText({ file, checks, ignored: made.ignored.map(i => ({ ...i })), error: null, exit: 0 })}\n`)
  } else showMade(file, made, terminal)
  return 0
}

function showMade(file: string, made: Imported & { kind: 'case' }, terminal: Terminal): void {
  terminal.out(`${visibleLine(file)}\n`)
  if (made.checks.length === 0) terminal.talk('No call was taken out as a check: the program is run as it is.\n')
  for (const { call, equals } of made.checks)
    terminal.talk(`Check: ${visibleLine(call)}${equals === undefined ? '' : ` is ${visibleLine(equals)}, as the issue says`}\n`)
  showIgnored(made.ignored, terminal)
}

function showIgnored(ignored: readonly Ignored[], terminal: Terminal): void {
  for (const { line, what, text } of ignored)
    terminal.talk(`Ignored${line > 0 ? ` at line ${line}` : ''}: ${visibleLine(what)}: ${visibleLine(text)}\n`)
}
