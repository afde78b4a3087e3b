/** Proof that a limit of an engine is needed: what is recorded as failing by it passes when it is switched off. */
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { diagnostic } from '../diagnostics/report.ts'
import type { LimitInfo } from '../engine/index.ts'
import type { CaseFile } from './case-file.ts'
import { noneEarly } from './early-children.ts'
import { type EngineName, isEngine, profileOf } from './engines/table.ts'
import { failed } from './outcome.ts'
import { PROGRAM, type Row, type RunOptions, runCases } from './runner.ts'

/** A warning, and the case in which it came. */
export interface Warned {
  readonly found: Diagnostic
  readonly file: CaseFile
  readonly engine: EngineName
}

interface Touched {
  readonly limit: LimitInfo
  readonly file: CaseFile
  readonly engine: EngineName
  /** The check that fails by it; null where it only warns. */
  readonly check: string | null
}

/** Which limits the rows of a run have met, each with the first check that shows it. */
function touchedLimits(table: readonly LimitInfo[], rows: readonly Row[], warned: readonly Warned[]): Touched[] {
  return table.flatMap((limit): Touched[] => {
    const isOf = (engine: string) => isEngine(engine) && profileOf(engine).startsWith(limit.profile)
    const row = rows.find(r => r.verdict === 'known failure' && isOf(r.engine) && showsLimit(limit, r))
    if (row) return [{ limit, file: row.file, engine: row.engine as EngineName, check: row.check }]
    const warning = warned.find(w => isOf(w.engine) && w.found.code === limit.code)
    return warning ? [{ limit, file: warning.file, engine: warning.engine, check: null }] : []
  })
}

/** A wrong value says nothing of the limit it comes from, so the case has to name the same issue. */
function showsLimit(limit: LimitInfo, { outcome, file }: Row): boolean {
  if (outcome.kind === 'wrong-value') return (limit.code === null || outcome.diagnostic.code !== limit.code) && file.upstream === limit.url
  return outcome.kind !== 'pass' && outcome.diagnostic.code === limit.code
}

/** One row a limit that was met: green if what it breaks is whole without it. With `all`, limits that no case needs are problems. */
export async function proveNeeds(
  run: { readonly rows: readonly Row[]; readonly warned: readonly Warned[] },
  options: RunOptions,
  all: boolean,
): Promise<{ readonly rows: readonly Row[]; readonly problems: readonly Diagnostic[] }> {
  const { limitTable } = await import('../engine/index.ts')
  const table = limitTable()
  const touched = touchedLimits(table, run.rows, run.warned)
  const rows: Row[] = []
  for (const one of touched) {
    const row = await without(one, options)
    options.onRow(row)
    rows.push(row)
  }
  const missing = all ? table.filter(limit => !touched.some(t => t.limit === limit)) : []
  return { rows, problems: missing.map(({ id }) => diagnostic('compare', 'limit.no-case', { limit: id }, null)) }
}

async function without({ limit, file, engine, check }: Touched, options: RunOptions): Promise<Row> {
  const warnings: Diagnostic[] = []
  const found = await runCases([file], {
    ...options,
    engines: [engine],
    without: [limit.id],
    wanted: (_file, call) => check === null || call === check || call === PROGRAM,
    onRow: () => undefined,
    onWarning: warning => warnings.push(warning),
    early: noneEarly(),
  })
  const again = found.find(row => check === null || row.check === check)
  const isWhole = again?.outcome.kind === 'pass' && !warnings.some(w => w.code === limit.code)
  const outcome = isWhole
    ? again.outcome
    : failed(diagnostic('compare', 'limit.not-needed', { limit: limit.id, engine }, again?.span ?? null))
  return {
    file,
    check: `${check ?? PROGRAM} without ${limit.id}`,
    span: again?.span ?? null,
    engine,
    outcome,
    expected: { kind: 'pass' },
    verdict: isWhole ? 'pass' : 'stale',
    diagnostic: outcome.kind === 'pass' ? null : outcome.diagnostic,
    seconds: again?.seconds ?? 0,
  }
}

/** Ids that no limit has. */
export async function unknownLimits(ids: readonly string[]): Promise<Diagnostic[]> {
  if (ids.length === 0) return []
  const { limitTable } = await import('../engine/index.ts')
  const known = limitTable().map(limit => limit.id)
  return ids
    .filter(id => !known.includes(id))
    .map(id => diagnostic('parse', 'limit.unknown', { limit: id, known: known.map(k => `\`${k}\``).join(', ') }, null))
}
