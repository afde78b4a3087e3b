/** `adrepro run --fix`: shows what the fixes of a run would change; with `--fix=apply`, changes it, and runs the result. */

import type { Diagnostic, Fix } from '../diagnostics/diagnostic.ts'
import { diffOf, fixed } from '../diagnostics/fix.ts'
import { visibleLine } from '../diagnostics/visible.ts'
import { isGreen } from '../repro/gate.ts'
import { writeResult } from './files.ts'
import type { Suite } from './suite.ts'
import type { Terminal } from './terminal.ts'

export type FixChoice = 'show' | 'apply'

/** Nobody can edit the library, or a text that is no file. */
function isOfFiles(fix: Fix, files: ReadonlySet<string>): boolean {
  return fix.edits.length > 0 && fix.edits.every(edit => files.has(edit.span.source.name))
}

/** The first fix of each red row and of each warning, if it is about a file of the run; each once. */
export function fixesOf(suite: Suite): Fix[] {
  const files = new Set(suite.rows.map(row => row.file.source.name))
  const red = suite.rows.filter(row => !isGreen(row.verdict))
  const found: Diagnostic[] = [...red.flatMap(row => row.diagnostic ?? []), ...suite.warnings]
  const fixes = new Map<string, Fix>()
  for (const fix of found.flatMap(d => d.fixes.filter(one => isOfFiles(one, files)).slice(0, 1))) {
    const key = fix.edits.map(({ span, text }) => `${span.source.name} ${span.start} ${span.end} ${text}`).join(';')
    if (!fixes.has(key)) fixes.set(key, fix)
  }
  return [...fixes.values()]
}

export function showFixes(fixes: readonly Fix[], { out, paint }: Terminal): void {
  if (fixes.length === 0) return out('No fix is known.\n')
  for (const fix of fixes) {
    out(`${paint.strong(`fix: ${visibleLine(fix.title)}`)}   ${visibleLine(fix.edits[0]!.span.source.name)}\n`)
    for (const line of diffOf(fix)) out(`    ${(/^\d+\+/.test(line) ? paint.good : paint.bad)(visibleLine(line))}\n`)
  }
}

/** Applies one fix a file, for the next may be about what the first has changed. True if a file was changed. */
export function applyFixes(fixes: readonly Fix[], terminal: Terminal): boolean {
  const done = new Set<string>()
  for (const fix of fixes) {
    const { source } = fix.edits[0]!.span
    if (done.has(source.name) || fix.edits.some(edit => edit.span.source.name !== source.name)) continue
    const unwritten = writeResult(source.name, fixed(source, fix))
    if (unwritten) terminal.tell(unwritten)
    else done.add(source.name)
  }
  return done.size > 0
}
