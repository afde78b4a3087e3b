/** `adrepro blame`: the first operation, pass or step that makes a call wrong. */
import { diagnosticJson, type Json, jsonText } from '../diagnostics/as-json.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { diagnostic } from '../diagnostics/report.ts'
import { visibleLine, visibleText } from '../diagnostics/visible.ts'
import type { Blamed } from '../engine/index.ts'
import { finding } from '../repro/blame/finding.ts'
import { searchPlace } from '../repro/blame/search.ts'
import { guardingChildren } from '../repro/child.ts'
import { isEngine, profileOf, unknownEngine } from '../repro/engines/table.ts'
import { secondsOf } from './duration.ts'
import { readSource } from './files.ts'
import { unknownFault } from './plant.ts'
import type { Terminal } from './terminal.ts'

interface BlameArgs {
  readonly file: string
  readonly call: string
  readonly engine: string
  readonly verboseErrors: boolean
  readonly json: boolean
  readonly budget: string
  readonly plant?: string
}

export async function blame(args: BlameArgs, terminal: Terminal): Promise<number> {
  if (!isEngine(args.engine)) return refuse(unknownEngine(args.engine, null), args, terminal)
  const [unknown] = await unknownFault(args.plant)
  if (unknown) return refuse(unknown, args, terminal)
  const reading = readSource(args.file)
  if (reading.kind === 'unreadable') return refuse(reading.diagnostic, args, terminal)
  const seconds = secondsOf(args.budget)
  if (!(seconds > 0))
    return refuse(diagnostic('parse', 'cli.bad-usage', { why: '--budget must be a time such as 60s, 5m or 1h' }, null), args, terminal)
  const call = { name: '--call', text: args.call }
  const work = { kind: 'blame', program: reading.source, call, profile: profileOf(args.engine), fault: args.plant ?? null } as const
  const searched = await guardingChildren(() => searchPlace(work, seconds))
  if (searched.kind !== 'found') {
    const why = searched.kind === 'timeout' ? `The time was over (${args.budget})` : 'The process of the search died'
    return refuse(diagnostic('compare', 'blame.unfinished', { why, at: searched.at }, null), args, terminal)
  }
  const { found } = searched
  const exit = found.kind === 'nothing' ? 0 : found.kind === 'failure' ? 2 : 1
  const told = finding(found)
  if (args.json) terminal.out(`${jsonText({ found: found.kind, ...factsOf(found), diagnostic: told && diagnosticJson(told), exit })}\n`)
  else if (told) {
    // What a pass did is what one wants to see.
    const [difference] = (found.kind === 'pass' || found.kind === 'step') && !args.verboseErrors ? told.attachments : []
    terminal.out(`${terminal.textOf(told, args.verboseErrors)}\n`)
    if (difference) terminal.out(`${visibleLine(difference.title)}:\n${visibleText(difference.text)}\n`)
    if (found.kind === 'failure') terminal.talk('The call fails, and not by a mistake of the engine: there is nothing to blame.\n')
  } else terminal.out(nothingText(found as Extract<Blamed, { kind: 'nothing' }>))
  return exit
}

/** What a program wants to know without reading text. */
function factsOf(found: Blamed): { readonly [key: string]: Json } {
  switch (found.kind) {
    case 'operation': {
      const { kind, operation, text, shared, products } = found.culprit
      return { kind, operation, text, shared, products: { ...products } }
    }
    case 'not-finite':
      return { made: found.found.origin.made, operation: found.found.origin.operation, inDerivative: found.found.origin.isDerivative }
    case 'pass':
      return { pass: found.run.pass, of: found.run.of, run: found.run.number, runs: found.run.total }
    case 'step':
      return { step: found.step, of: found.of, number: found.number }
    case 'nothing':
      return { value: found.value, derivatives: found.derivatives, audited: found.audited }
    case 'failure':
      return {}
  }
}

function nothingText({ value, derivatives, audited }: Extract<Blamed, { kind: 'nothing' }>): string {
  const runs = `${derivatives} ${derivatives === 1 ? 'run of a derivative was' : 'runs of derivatives were'} audited`
  const none =
    derivatives === 0
      ? 'The call differentiates nothing, so there was no derivative to audit.'
      : `${runs} (${audited} ${audited === 1 ? 'piece' : 'pieces'}).`
  return `Nothing wrong found: ${visibleLine(value)}\nWith and without passes the call gives the same. ${none}\n`
}

function refuse(found: Diagnostic, args: BlameArgs, terminal: Terminal): number {
  if (args.json) terminal.out(`${jsonText({ found: null, diagnostic: diagnosticJson(found), exit: 2 })}\n`)
  else terminal.tell(found)
  return 2
}
