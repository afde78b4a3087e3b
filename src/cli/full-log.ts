/** The full text of failures of which a person is shown the short one: both stacks, and all that is attached. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { diagnosticText, PLAIN } from '../diagnostics/as-text.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { visibleLine } from '../diagnostics/visible.ts'
import { writeWhole } from '../repro/write-whole.ts'
import type { Terminal } from './terminal.ts'

const FOLDER = '.adrepro'

/** Has it parts that the short text leaves out? */
function hasMore({ stack, attachments }: Diagnostic): boolean {
  return attachments.length > 0 || stack.some(frame => frame.origin !== 'user' || frame.made.length > 0)
}

/** Says where it is; where nothing can be written, nothing is said. */
export function leaveFullLog(found: readonly Diagnostic[], terminal: Terminal): void {
  if (!found.some(hasMore)) return
  const file = join(FOLDER, 'failures.log')
  try {
    mkdirSync(FOLDER, { recursive: true })
    writeWhole(file, `${found.map(d => diagnosticText(d, { paint: PLAIN, verbose: true, width: null })).join('\n\n')}\n`)
  } catch {
    return
  }
  terminal.talk(`In full, with both stacks, IR, activity and tape: ${visibleLine(file)}\n`)
}
