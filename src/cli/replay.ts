/** `adrepro replay`: whether what a crash reproducer holds still fails in the same way. */
import { jsonText } from '../diagnostics/as-json.ts'
import { diagnostic } from '../diagnostics/report.ts'
import { visibleLine } from '../diagnostics/visible.ts'
import { type Replay, replay as runAgain } from '../repro/replay.ts'
import { readSource } from './files.ts'
import type { Terminal } from './terminal.ts'

interface ReplayArgs {
  readonly file: string
  readonly json: boolean
}

export async function replay(args: ReplayArgs, terminal: Terminal): Promise<number> {
  const reading = readSource(args.file)
  const refuse = (found: ReturnType<typeof diagnostic>): number => {
    if (args.json) terminal.out(`${jsonText({ replayed: null, error: found.message, exit: 2 })}\n`)
    else terminal.tell(found)
    return 2
  }
  if (reading.kind === 'unreadable') return refuse(reading.diagnostic)
  const replayed = runAgain(reading.source)
  if (replayed.kind === 'unreadable') return refuse(diagnostic('parse', 'replay.unreadable', { file: args.file, why: replayed.why }, null))
  if (replayed.kind === 'damaged') return refuse(replayed.diagnostic)
  const exit = replayed.kind === 'none' ? 0 : 1
  if (args.json) {
    const { header, what, found, kind } = replayed
    terminal.out(
      `${jsonText({ replayed: kind, what, signature: header.signature, recorded: header.message, found, versions: header.versions, exit })}\n`,
    )
  } else terminal.out(`${textOf(replayed).map(visibleLine).join('\n')}\n`)
  return exit
}

function textOf({ kind, what, header, found }: Exclude<Replay, { kind: 'unreadable' | 'damaged' }>): string[] {
  const from = `recorded by adrepro ${header.versions.adrepro} on ${header.versions.node}`
  switch (kind) {
    case 'none':
      return [`Fails no longer: ${what} (${from}).`]
    case 'same':
      return [`Fails in the same way: ${what} (${from}).`, `  ${found}`, `  signature: ${header.signature}`]
    case 'other':
      return [`Fails in another way: ${what} (${from}).`, `  now: ${found}`, `  then: ${header.message}`]
  }
}
