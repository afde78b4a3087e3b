/** `adrepro parse`: the syntax tree as s-expressions. */
import { diagnosticJson, type Json, jsonText } from '../diagnostics/as-json.ts'
import { type Diagnostic, Failure } from '../diagnostics/diagnostic.ts'
import { diagnostic } from '../diagnostics/report.ts'
import type { Source } from '../diagnostics/source.ts'
import { parseSexpr } from '../engine/index.ts'
import { readSource } from './files.ts'
import type { Terminal } from './terminal.ts'

interface ParseArgs {
  readonly file: string
  readonly batch: boolean
  readonly json: boolean
}

type Parsed = { readonly sexpr: string } | { readonly failure: Diagnostic }

function parsed(source: Source): Parsed {
  try {
    return { sexpr: parseSexpr(source) }
  } catch (error) {
    if (error instanceof Failure) return { failure: error.diagnostic }
    throw error
  }
}

export async function parse(args: ParseArgs, terminal: Terminal): Promise<number> {
  const reading = readSource(args.file)
  if (reading.kind === 'unreadable') return refuse(reading.diagnostic, args, terminal)
  if (args.batch) return batch(reading.source, terminal)
  const result = parsed(reading.source)
  if ('failure' in result) return refuse(result.failure, args, terminal)
  terminal.out(`${args.json ? jsonText({ sexpr: result.sexpr, error: null, exit: 0 }) : result.sexpr.replace(/\n$/, '')}\n`)
  return 0
}

function refuse(failure: Diagnostic, args: ParseArgs, terminal: Terminal): number {
  if (args.json) terminal.out(`${jsonText({ sexpr: null, error: diagnosticJson(failure), exit: 2 })}\n`)
  else terminal.tell(failure)
  return 2
}

/** One answer a line, in order, whatever the lines hold; only a line that is no JSON string makes the whole end with 2. */
function batch(source: Source, terminal: Terminal): number {
  let exit = 0
  const lines = source.text.split('\n')
  if (lines.at(-1) === '') lines.pop()
  const answers = lines.map((line, i): Json => {
    const text = stringOf(line)
    if (text === null) {
      exit = 2
      return {
        error: diagnosticJson(diagnostic('parse', 'cli.bad-usage', { why: `Line ${i + 1} of the batch is not a JSON string` }, null)),
      }
    }
    const result = parsed({ name: `line ${i + 1}`, text })
    return 'failure' in result ? { error: diagnosticJson(result.failure) } : result.sexpr
  })
  terminal.out(answers.map(a => `${jsonText(a)}\n`).join(''))
  return exit
}

function stringOf(line: string): string | null {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'string' ? value : null
  } catch {
    return null
  }
}
