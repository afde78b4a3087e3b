/**
 * The file that an internal failure leaves behind without being asked: the program, all that is known, and the step of the compiler that failed with the
 * IR from which it can be run again (`replay.ts`), in one runnable file.
 */
import { createHash } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { diagnosticText, PLAIN } from '../diagnostics/as-text.ts'
import { STEP_TITLE } from '../diagnostics/bug.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import type { Source } from '../diagnostics/source.ts'
import { visibleText } from '../diagnostics/visible.ts'
import { diagnosticSignature } from './signature.ts'
import { writeWhole } from './write-whole.ts'

const FOLDER = '.adrepro'

/** How it was run. */
export interface Circumstances {
  readonly engine: string
  /** Id of a fault that was planted. */
  readonly plant: string | null
  /** The call after the program, if it is not part of it. */
  readonly call: string | null
  /** Of adrepro and of Node. */
  readonly versions: { readonly adrepro: string; readonly node: string }
}

/** The first line of what is replayed. */
export interface ReplayHeader extends Circumstances {
  readonly signature: string
  readonly message: string
}

/** Begins the comment that holds it. */
export const REPLAY_MARK = '#= replay'

/** Nothing inside may open or close the comment that holds it. */
function commented(text: string): string {
  return `#=\n${visibleText(text).replace(/#=/g, '# =').replace(/=#/g, '= #')}\n=#\n`
}

/** The same for JSON and IR, in which only quoted text can hold such a thing: it reads back as it was. */
function commentedData(text: string): string {
  return visibleText(text)
    .replace(/#(?==)/g, '\\u0023')
    .replace(/=#/g, '=\\u0023')
}

export function crashReproducer(source: Source, circumstances: Circumstances, found: Diagnostic): string {
  const { engine, plant, call } = circumstances
  const options = `--engine ${engine}${plant === null ? '' : ` --plant ${plant}`}`
  const facts = [
    `An internal failure of adrepro on the engine ${engine}.`,
    `Run again: adrepro exec THIS_FILE ${options} --verbose-errors`,
    'Run the step that failed again, from its IR alone: adrepro replay THIS_FILE',
  ]
  const last = call === null ? '' : `\n${visibleText(call)}\n`
  const step = found.attachments.find(({ title }) => title === STEP_TITLE)
  const told = diagnosticText({ ...found, attachments: found.attachments.filter(a => a !== step) }, { paint: PLAIN, verbose: true })
  const header: ReplayHeader = { ...circumstances, signature: diagnosticSignature(found), message: found.message }
  const replay = `${REPLAY_MARK}\n${commentedData([JSON.stringify(header), ...(step ? [step.text.replace(/\n+$/, '')] : [])].join('\n'))}\n=#\n`
  return `${source.text.replace(/\n*$/, '\n')}${last}\n${commented([...facts, '', told].join('\n'))}\n${replay}`
}

/** Named for its content, so that the same crash leaves one file. Gives the name, or null when it could not be written. */
export function leaveReproducer(source: Source, circumstances: Circumstances, found: Diagnostic): string | null {
  const text = crashReproducer(source, circumstances, found)
  const file = join(FOLDER, `crash-${createHash('sha256').update(text).digest('hex').slice(0, 12)}.jl`)
  try {
    mkdirSync(FOLDER, { recursive: true })
    writeWhole(file, text)
    return file
  } catch {
    return null
  }
}
