/** The only file that writes to standard output and standard error, and the only one that knows whether they are a terminal. */
import { writeSync } from 'node:fs'
import { plainText } from '../diagnostics/as-plain.ts'
import { diagnosticText, type Paint, PLAIN } from '../diagnostics/as-text.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { fit } from '../diagnostics/text-width.ts'

export interface Terminal {
  /** The result. */
  readonly out: (text: string | Uint8Array) => void
  /** Talk: everything that is not the result. */
  readonly talk: (text: string | Uint8Array) => void
  /** One line that is overwritten by the next; only on a terminal. Null takes it away. */
  readonly progress: (line: string | null) => void
  /** Colours for `out`. */
  readonly paint: Paint
  /** Sentences instead of drawings and columns. */
  readonly plain: boolean
  /** A diagnostic as text for `out`. */
  readonly textOf: (d: Diagnostic, verbose: boolean) => string
  /** Tells a diagnostic. */
  readonly tell: (d: Diagnostic, verbose?: boolean) => void
}

/** Writes all of it, whatever kind of file it is; a reader that went away ends the program as it would end `cat`. */
function writeAll(fd: 1 | 2, text: string | Uint8Array): void {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text
  let at = 0
  while (at < bytes.length) {
    try {
      at += writeSync(fd, bytes, at)
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'EPIPE') process.exit(0)
      if (code !== 'EAGAIN') throw error
    }
  }
}

/** FORCE_COLOR decides first, then NO_COLOR, then whether it is a terminal that can. */
function wantsColour(stream: NodeJS.WriteStream): boolean {
  const { FORCE_COLOR, NO_COLOR, TERM } = process.env
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false'
  if (NO_COLOR) return false
  return stream.isTTY === true && TERM !== 'dumb'
}

async function paintFor(coloured: boolean): Promise<Paint> {
  if (!coloured) return PLAIN
  const { Chalk } = await import('chalk')
  const chalk = new Chalk({ level: 1 })
  return { bad: chalk.red.bold, good: chalk.green, odd: chalk.yellow, place: chalk.cyan, quiet: chalk.dim, strong: chalk.bold }
}

/** What a terminal shows in a line; null where there is none to ask. */
function widthOf(stream: NodeJS.WriteStream): number | null {
  return stream.isTTY === true && stream.columns > 0 ? stream.columns : null
}

export async function openTerminal(plain: boolean): Promise<Terminal> {
  const live = process.stderr.isTTY === true && !plain
  const paint = await paintFor(!plain && wantsColour(process.stdout))
  const talkPaint = await paintFor(!plain && wantsColour(process.stderr))
  const shownBy = (stream: NodeJS.WriteStream, own: Paint) => (d: Diagnostic, verbose: boolean) =>
    plain ? plainText(d, verbose) : diagnosticText(d, { paint: own, verbose, width: widthOf(stream) })
  const talkText = shownBy(process.stderr, talkPaint)
  let shown = false
  const clear = () => {
    if (shown) writeAll(2, '\r\x1b[K')
    shown = false
  }
  const talk = (text: string | Uint8Array) => {
    clear()
    writeAll(2, text)
  }
  return {
    out: text => {
      clear()
      writeAll(1, text)
    },
    talk,
    progress: line => {
      clear()
      if (!live || line === null) return
      writeAll(2, fit(line, (process.stderr.columns || 80) - 1))
      shown = true
    },
    paint,
    plain,
    textOf: shownBy(process.stdout, paint),
    tell: (d, verbose = false) => talk(`${talkText(d, verbose)}\n`),
  }
}
