/** What `run`, `gate` and `report` have in common: from paths and options to cases and rows. */

import { availableParallelism } from 'node:os'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { diagnostic } from '../diagnostics/report.ts'
import { visibleLine } from '../diagnostics/visible.ts'
import { type CaseFile, readCase } from '../repro/case-file.ts'
import { guardingChildren } from '../repro/child.ts'
import { type EarlyChildren, noneEarly } from '../repro/early-children.ts'
import { type EngineName, unknownEngines } from '../repro/engines/table.ts'
import { isGreen } from '../repro/gate.ts'
import { proveNeeds, unknownLimits, type Warned } from '../repro/needs.ts'
import { countJobs, PROGRAM, type Row, type RunOptions, runCases } from '../repro/runner.ts'
import { circumstances } from './circumstances.ts'
import { findFiles, readSource } from './files.ts'
import { unknownFault } from './plant.ts'
import type { Terminal } from './terminal.ts'

export interface SuiteArgs {
  readonly engine?: readonly string[]
  readonly verboseErrors?: boolean
  readonly without?: readonly string[]
  /** Prove that limits which cases record are needed: those that are met, or all that there are. */
  readonly needs?: 'met' | 'all'
  readonly filter?: string
  readonly jobs?: number
  readonly timeout?: number
  readonly memory?: number
  readonly bareOnAll?: boolean
  readonly plant?: string
}

export interface Suite {
  readonly rows: readonly Row[]
  /** What could not be run at all. */
  readonly problems: readonly Diagnostic[]
  /** What engines warned of. */
  readonly warnings: readonly Diagnostic[]
  /** Crash reproducers that were written. */
  readonly left: readonly string[]
  readonly exit: 0 | 1 | 2
}

function badNumbers(args: SuiteArgs): Diagnostic[] {
  const wrong = (['jobs', 'timeout', 'memory'] as const).filter(name => args[name] !== undefined && !(args[name]! > 0 && args[name]! < 1e7))
  return wrong.map(name => diagnostic('parse', 'cli.bad-usage', { why: `--${name} must be a number above 0` }, null))
}

/** Reads all cases before any is run: a mistake in one header is found at once. */
export function readCases(paths: readonly string[]): { readonly cases: readonly CaseFile[]; readonly problems: readonly Diagnostic[] } {
  const found = findFiles(paths)
  const problems = [...found.problems]
  const cases: CaseFile[] = []
  for (const file of found.files) {
    const reading = readSource(file)
    if (reading.kind === 'unreadable') {
      problems.push(reading.diagnostic)
      continue
    }
    const result = readCase(reading.source)
    if (result.kind === 'bad') problems.push(...result.diagnostics)
    else cases.push(result.file)
  }
  return { cases, problems }
}

function wantedBy(filter: string | undefined): RunOptions['wanted'] {
  if (!filter) return () => true
  const text = filter.toLowerCase()
  return (file, check) => [file.source.name, file.title, check, ...file.tags].some(t => t.toLowerCase().includes(text))
}

export async function runSuite(
  paths: readonly string[],
  args: SuiteArgs,
  terminal: Terminal,
  early: EarlyChildren = noneEarly(),
): Promise<Suite> {
  const unknown = [...(await unknownFault(args.plant)), ...(await unknownLimits(args.without ?? []))]
  const wrongUse = [...unknownEngines(args.engine ?? []), ...unknown, ...badNumbers(args)]
  if (wrongUse.length > 0) return { rows: [], problems: wrongUse, warnings: [], left: [], exit: 2 }
  const { cases, problems } = readCases(paths)
  const engines = args.engine && args.engine.length > 0 ? ([...new Set(args.engine)] as EngineName[]) : null
  let seen = 0
  let red = 0
  const bareOnAll = args.bareOnAll ?? false
  const total = countJobs(cases, { engines, bareOnAll })
  const done = new Set<string>()
  const warned: Warned[] = []
  const options: RunOptions = {
    engines,
    bareOnAll,
    verbose: args.verboseErrors ?? false,
    plant: args.plant ?? null,
    without: args.without ?? [],
    jobs: Math.floor(args.jobs ?? availableParallelism()) || 1,
    seconds: args.timeout ?? null,
    megabytes: args.memory ?? null,
    wanted: wantedBy(args.filter),
    early,
    onRow: row => {
      seen += 1
      done.add(`${row.file.source.name} ${row.engine}`)
      if (!isGreen(row.verdict)) red += 1
      terminal.progress(
        `${done.size}/${total} · ${seen} ${seen === 1 ? 'check' : 'checks'}${red > 0 ? ` · ${red} red` : ''} · ${visibleLine(row.file.source.name)}`,
      )
    },
    onWarning: (found, file, engine) => warned.push({ found, file, engine }),
  }
  const { rows, unproved } = await guardingChildren(async () => {
    const first = await runCases(cases, options)
    if (args.needs === undefined || options.without!.length > 0) return { rows: first, unproved: [] }
    const proved = await proveNeeds({ rows: first, warned }, options, args.needs === 'all')
    return { rows: [...first, ...proved.rows], unproved: proved.problems }
  })
  terminal.progress(null)
  const nothing = rows.length === 0 && problems.length === 0
  const where = `${paths.map(p => `\`${p}\``).join(', ')}${args.filter ? ` with the filter \`${args.filter}\`` : ''}`
  const all = nothing ? [diagnostic('parse', 'case.none-found', { where }, null)] : [...problems, ...unproved]
  return { rows, problems: all, warnings: warned.map(w => w.found), left: await reproducers(rows, args.plant), exit: exitOf(rows, all) }
}

/** A program that does not parse could not be run; the rest of red is a finding. */
function exitOf(rows: readonly Row[], problems: readonly Diagnostic[]): 0 | 1 | 2 {
  const bad = rows.filter(r => !isGreen(r.verdict))
  if (problems.length > 0 || bad.some(r => r.verdict === 'unexpected failure' && r.diagnostic?.phase === 'parse')) return 2
  return bad.length > 0 ? 1 : 0
}

async function reproducers(rows: readonly Row[], plant: string | undefined): Promise<string[]> {
  const internal = rows.filter(row => row.diagnostic?.blame === 'internal' && !isGreen(row.verdict))
  if (internal.length === 0) return []
  const { leaveReproducer } = await import('../repro/crash-reproducer.ts')
  const files = internal.flatMap(row => {
    const call = row.check === PROGRAM || row.span === null ? null : row.check
    const file = leaveReproducer(row.file.source, circumstances(row.engine, plant, call), row.diagnostic!)
    return file ? [file] : []
  })
  return [...new Set(files)]
}
