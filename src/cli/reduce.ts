/** `adrepro reduce`: makes the smallest program that still fails in the same way. */
import { type Json, jsonText } from '../diagnostics/as-json.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { visibleLine } from '../diagnostics/visible.ts'
import { type CaseFile, readCase } from '../repro/case-file.ts'
import { DEFAULT_LIMITS, guardingChildren } from '../repro/child.ts'
import type { EarlyChildren } from '../repro/early-children.ts'
import { type EngineName, unknownEngines } from '../repro/engines/table.ts'
import { certificateText } from '../repro/reduce/certificate.ts'
import { emitted } from '../repro/reduce/emission.ts'
import { type Reduced, reduceCase } from '../repro/reduce/reduce-case.ts'
import { readSource, writeResult } from './files.ts'
import { unknownFault } from './plant.ts'
import { badOptions, type ReduceArgs, Watched } from './reduce-options.ts'
import { finish, keepSlips, minimality, summary, summaryJson } from './reduce-text.ts'
import type { Terminal } from './terminal.ts'

export async function reduce(args: ReduceArgs, terminal: Terminal, early: EarlyChildren): Promise<number> {
  const read = await readFailing(args)
  if (read.kind === 'bad') return finish(args, terminal, read.diagnostics, 2)
  const { file } = read
  const watched = new Watched(args, terminal, '.jl')
  const reducing = await guardingChildren(
    () =>
      reduceCase(file, {
        // Candidates of the built-in engine take a twentieth of a second in a process that has run some; another one would have to become as quick first.
        ...watched.means(1),
        engines: args.engine ? [args.engine as EngineName] : null,
        plant: args.plant ?? null,
        wanted: (_, check) => !args.check || check.includes(args.check),
        seconds: file.seconds ?? args.timeout ?? DEFAULT_LIMITS.seconds,
        megabytes: file.megabytes ?? args.memory ?? DEFAULT_LIMITS.megabytes,
        early,
        onBest: watched.onBest,
      }),
    () => watched.interrupt(),
  )
  terminal.progress(null)
  if (reducing.kind === 'refused')
    return finish(args, terminal, [reducing.diagnostic], reducing.diagnostic.code === 'reduce.nothing-fails' ? 1 : 2)
  const { reduced } = reducing
  const { seconds, output } = watched
  const problem =
    watched.unwritten ??
    (args.keepSlips ? keepSlips(args.keepSlips, reduced, '.jl') : null) ??
    (args.certificate ? writeResult(args.certificate, certificateOf(reduced)) : null)
  if (problem) return finish(args, terminal, [problem], 2)
  if (args.json || args.emit === 'json') terminal.out(`${jsonText(resultJson(reduced, output, seconds))}\n`)
  else {
    terminal.out(emitted(reduced, args.emit ?? 'case'))
    const { engine, target, verified } = reduced
    const head = `${visibleLine(output)}   ${engine}   ${visibleLine(target.signature)}`
    const own = `run once more as it is, in a fresh process: ${verified ? 'the same failure' : 'NOT the same failure'}`
    for (const line of summary(reduced, head, [own], seconds)) terminal.talk(`${line}\n`)
  }
  return reduced.verified ? 0 : 1
}

type Failing = { readonly kind: 'file'; readonly file: CaseFile } | { readonly kind: 'bad'; readonly diagnostics: readonly Diagnostic[] }

async function readFailing(args: ReduceArgs): Promise<Failing> {
  const wrong = [...badOptions(args), ...unknownEngines(args.engine ? [args.engine] : []), ...(await unknownFault(args.plant))]
  if (wrong.length > 0) return { kind: 'bad', diagnostics: wrong }
  const reading = readSource(args.file)
  if (reading.kind === 'unreadable') return { kind: 'bad', diagnostics: [reading.diagnostic] }
  const result = readCase(reading.source)
  return result.kind === 'bad' ? result : { kind: 'file', file: result.file }
}

function certificateOf(reduced: Reduced): string {
  const { engine, plant, target, after, neighbours } = reduced
  return certificateText({ engine, plant, target, program: after.text, minimal: minimality(reduced) }, neighbours)
}

function resultJson(reduced: Reduced, output: string, seconds: number): Json {
  const { target, engine, check, expected, message, verified } = reduced
  return {
    ...summaryJson(reduced, output, seconds),
    engine,
    check,
    signature: target.signature,
    message,
    case: reduced.text,
    verified,
    expected: (expected.value ?? null) as Json,
    found: (expected.found ?? null) as Json,
    exit: verified ? 0 : 1,
  }
}
