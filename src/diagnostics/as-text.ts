/** A diagnostic as a person reads it in a terminal. Everything in it that others wrote goes through `visible`. */

import type { Diagnostic, Severity } from './diagnostic.ts'
import { excerpt } from './excerpt.ts'
import { diffOf } from './fix.ts'
import { positionAt } from './source.ts'
import type { Frame } from './stack.ts'
import { wrapped } from './text-width.ts'
import { visibleLine, visibleText } from './visible.ts'

/** Colours by meaning; `PLAIN` has none. `terminal` makes the coloured one. */
export interface Paint {
  readonly bad: (text: string) => string
  readonly good: (text: string) => string
  readonly odd: (text: string) => string
  readonly place: (text: string) => string
  readonly quiet: (text: string) => string
  readonly strong: (text: string) => string
}

const same = (text: string) => text
export const PLAIN: Paint = { bad: same, good: same, odd: same, place: same, quiet: same, strong: same }

export interface TextOptions {
  readonly paint: Paint
  readonly verbose: boolean
  /** Columns of the terminal; without it lines may be as long as they are. */
  readonly width?: number | null
}

/** Narrower terminals wrap by themselves: there is nothing left to lay out. */
const NARROWEST = 40

function painted(severity: Severity, paint: Paint): (text: string) => string {
  return severity === 'error' ? paint.bad : severity === 'warning' ? paint.odd : paint.place
}

/** `reverse #2 of augmented #1`: transforms innermost first are read from the outside in. */
export function madeText(frame: Frame): string {
  return [...frame.made].reverse().map(visibleLine).join(' of ')
}

export function framePlace(frame: Frame): string {
  if (!frame.span) return frame.origin
  const { source, start } = frame.span
  return `${visibleLine(source.name)}:${positionAt(source, Math.min(start, source.text.length)).line}`
}

function frameLines(frames: readonly { frame: Frame; number: number }[], tail: (frame: Frame) => string): string[] {
  const width = String(frames.at(-1)?.number ?? 1).length
  return frames.map(({ frame, number }) => ` [${String(number).padStart(width)}] ${visibleLine(frame.label)}  ${tail(frame)}`)
}

/** The frames of the program; those of Base and the engine are counted. With only those, the innermost stays. */
function foldedStack(stack: readonly Frame[], paint: Paint): string[] {
  const numbered = stack.map((frame, i) => ({ frame, number: i + 1 }))
  const own = numbered.filter(({ frame }) => frame.origin === 'user')
  const kept = (own.length > 0 ? own : numbered).slice(0, own.length > 0 ? 5 : 1)
  const hidden = stack.length - kept.length
  const tail = (frame: Frame) => paint.quiet(framePlace(frame) + (frame.made.length > 0 ? `  (${madeText(frame)})` : ''))
  const lines = [paint.strong('Stacktrace:'), ...frameLines(kept, tail)]
  if (hidden > 0) lines.push(paint.quiet(` …   ${hidden} more ${hidden === 1 ? 'frame' : 'frames'} hidden`))
  return lines
}

/** Both stacks in full: where the operations were written, and which transforms made the code that failed. */
function bothStacks(stack: readonly Frame[], paint: Paint): string[] {
  const numbered = stack.map((frame, i) => ({ frame, number: i + 1 }))
  const made = numbered.filter(({ frame }) => frame.made.length > 0)
  const lines = [paint.strong('Written at:'), ...frameLines(numbered, frame => paint.quiet(`${framePlace(frame)}  [${frame.origin}]`))]
  lines.push(paint.strong('Transformed by:'))
  if (made.length === 0) lines.push('  nothing: no transform made this code')
  else lines.push(...made.map(({ frame, number }) => ` [${number}] ${madeText(frame)} of ${visibleLine(frame.label)}`))
  return lines
}

function letters(help: readonly string[]): string[] {
  if (help.length === 1) return [...help]
  return help.map((text, i) => `${String.fromCharCode(97 + (i % 26))}) ${text}`)
}

/** Indents the lines of a text after its first, and breaks those that are too long. */
function hanging(head: string, text: string, width: number | null): string {
  const room = width === null || width < NARROWEST ? null : width - head.length
  const lines = visibleText(text)
    .split('\n')
    .flatMap(line => (room === null ? [line] : wrapped(line, room)))
  return lines.map((line, i) => (i === 0 ? head : ' '.repeat(head.length)) + line).join('\n')
}

/** The message goes on under the start of its first line: its head is long. */
function opening(head: string, text: string, width: number | null): string {
  if (width === null || width < NARROWEST) return hanging(head, text, null)
  return wrapped(head + visibleText(text), width)
    .map((line, i) => (i === 0 ? line : `  ${line}`))
    .join('\n')
}

export function diagnosticText(d: Diagnostic, options: TextOptions): string {
  const { paint, width = null } = options
  const loud = painted(d.severity, paint)
  const lines: string[] = [
    opening(`${d.severity}[${d.code}]: `, d.message, width).replace(`${d.severity}[${d.code}]`, loud(`${d.severity}[${d.code}]`)),
  ]
  let margin = '  '
  if (d.primary) {
    for (const line of excerpt(d.primary, d.secondary, width)) {
      if (line.kind === 'header') {
        margin = ' '.repeat(line.gutter)
        lines.push(`${margin}${paint.place('┌─')} ${line.text}`)
      } else if (line.kind === 'code') lines.push(`${paint.place(`${line.number}│`)} ${line.text}`)
      else if (line.kind === 'gap') lines.push(paint.place(`${line.blank}·`))
      else {
        const tint = line.primary ? loud : paint.place
        lines.push(`${paint.place(`${line.blank}│`)} ${line.indent}${tint([line.marks, line.text].filter(Boolean).join(' '))}`)
      }
    }
  }
  const fact = (text: string) => lines.push(hanging(`${margin}= `, text, width))
  if (d.exception) fact(`exception: ${d.exception}`)
  for (const note of d.notes) fact(note)
  letters(d.help).forEach((text, i) => {
    const head = i === 0 ? `${margin}= help: ` : `${margin}        `
    lines.push(hanging(head, text, width))
  })
  for (const fix of d.fixes) {
    fact(`fix: ${fix.title}`)
    for (const line of diffOf(fix)) lines.push(`${margin}    ${tintOf(line, paint)(visibleLine(line))}`)
  }
  if (d.stack.length > 0) lines.push(...(options.verbose ? bothStacks(d.stack, paint) : foldedStack(d.stack, paint)))
  if (options.verbose) {
    for (const { title, text } of d.attachments) lines.push(paint.strong(`${visibleLine(title)}:`), indent(visibleText(text)))
  } else if (d.stack.length > 0 || d.attachments.length > 0 || d.blame === 'internal') {
    lines.push(paint.quiet(`${margin}= more: --verbose-errors shows both stacks, the IR, activity and tape · adrepro explain ${d.code}`))
  }
  return lines.join('\n')
}

function tintOf(line: string, paint: Paint): (text: string) => string {
  return /^\d+\+/.test(line) ? paint.good : paint.bad
}

function indent(text: string): string {
  return text
    .replace(/\n+$/, '')
    .split('\n')
    .map(line => `    ${line}`)
    .join('\n')
}
