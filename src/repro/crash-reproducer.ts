/** The file that an internal failure leaves behind without being asked: the program, and all that is known, in one runnable file. */
import { createHash } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { diagnosticText, PLAIN } from '../diagnostics/as-text.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import type { Source } from '../diagnostics/source.ts'
import { visibleText } from '../diagnostics/visible.ts'
import { writeWhole } from './write-whole.ts'

const FOLDER = '.adrepro'

/** Nothing inside may open or close the comment that holds it. */
function commented(text: string): string {
  return `#=\n${visibleText(text).replace(/#=/g, '# =').replace(/=#/g, '= #')}\n=#\n`
}

export function crashReproducer(source: Source, call: string | null, engine: string, found: Diagnostic): string {
  const facts = [
    `An internal failure of adrepro on the engine ${engine}.`,
    `Run again: adrepro exec THIS_FILE --engine ${engine} --verbose-errors`,
  ]
  const last = call === null ? '' : `\n${visibleText(call)}\n`
  return `${source.text.replace(/\n*$/, '\n')}${last}\n${commented([...facts, '', diagnosticText(found, { paint: PLAIN, verbose: true })].join('\n'))}`
}

/** Named for its content, so that the same crash leaves one file. Gives the name, or null when it could not be written. */
export function leaveReproducer(source: Source, call: string | null, engine: string, found: Diagnostic): string | null {
  const text = crashReproducer(source, call, engine, found)
  const file = join(FOLDER, `crash-${createHash('sha256').update(text).digest('hex').slice(0, 12)}.jl`)
  try {
    mkdirSync(FOLDER, { recursive: true })
    writeWhole(file, text)
    return file
  } catch {
    return null
  }
}
