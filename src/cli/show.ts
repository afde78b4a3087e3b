/** `adrepro show`: any stage of what a call compiles to, as text. */
import { diagnosticJson, jsonText } from '../diagnostics/as-json.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { createSession, type Stage } from '../engine/index.ts'
import { isEngine, profileOf, unknownEngine } from '../repro/engines/table.ts'
import { unknownLimits } from '../repro/needs.ts'
import { readSource } from './files.ts'
import { unknownFault } from './plant.ts'
import type { Terminal } from './terminal.ts'

interface ShowArgs {
  readonly file: string
  readonly call: string
  readonly stage: Stage
  readonly after?: string
  readonly engine: string
  readonly without?: readonly string[]
  readonly json: boolean
  readonly plant?: string
}

export async function show(args: ShowArgs, terminal: Terminal): Promise<number> {
  const refuse = (failure: Diagnostic, exit: number) => {
    if (args.json) terminal.out(`${jsonText({ text: null, error: diagnosticJson(failure), exit })}\n`)
    else terminal.tell(failure)
    return exit
  }
  if (!isEngine(args.engine)) return refuse(unknownEngine(args.engine, null), 2)
  const [unknown] = [...(await unknownFault(args.plant)), ...(await unknownLimits(args.without ?? []))]
  if (unknown) return refuse(unknown, 2)
  const reading = readSource(args.file)
  if (reading.kind === 'unreadable') return refuse(reading.diagnostic, 2)
  const session = createSession({
    profile: profileOf(args.engine),
    write: terminal.talk,
    verbose: false,
    fault: args.plant ?? null,
    without: args.without ?? [],
  })
  const { failure } = session.load(reading.source)
  if (failure?.phase === 'parse') return refuse(failure, 2)
  const shown = session.show({ name: '--call', text: args.call }, args.stage, args.after ?? null)
  if ('failure' in shown) return refuse(shown.failure, shown.failure.phase === 'parse' ? 2 : 1)
  terminal.out(args.json ? `${jsonText({ text: shown.text, error: null, exit: 0 })}\n` : shown.text.replace(/\n*$/, '\n'))
  return 0
}
