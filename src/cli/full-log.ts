/** The full text of failures of which a person is shown the short one: both stacks, and all that is attached. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { diagnosticText, PLAIN } from '../diagnostics/as-text.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { visibleLine } from '../diagnostics/visible.ts'
import { writeWhole } from '../repro/write-whole.ts'
import type { Terminal } from './terminal.ts'

const FOLDER = '.adrepro'

/** Says where it is; where nothing can be written, nothing is said. */
export function leaveFullLog(found: readonly Diagnostic[], terminal: Terminal): void {
  if (!found.some(d => d.stack.length > 0 || d.attachments.length > 0)) return
  const file = join(FOLDER, 'failures.log')
  try {
    mkdirSync(FOLDER, { recursive: true })
    writeWhole(file, `${found.map(d => diagnosticText(d, { paint: PLAIN, verbose: true, width: null })).join('\n\n')}\n`)
  } catch {
    return
  }
  terminal.talk(`In full, with both stacks: ${visibleLine(file)}\n`)
}
