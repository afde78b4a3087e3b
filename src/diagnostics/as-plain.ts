/** A diagnostic in sentences, without drawing, columns or colour, for screen readers. */
import type { Diagnostic, Label } from './diagnostic.ts'
import { diffOf } from './fix.ts'
import { lineText, positionAt } from './source.ts'
import type { Frame } from './stack.ts'
import { visibleLine, visibleText } from './visible.ts'

/** A sentence ends in a full stop, so that a reader pauses. */
function sentence(text: string): string {
  const shown = visibleText(text).trim()
  return /[.!?:]$/.test(shown) ? shown : `${shown}.`
}

function placeText({ span }: Label): string {
  const { source, start, end } = span
  const from = positionAt(source, Math.min(start, source.text.length))
  const to = positionAt(source, Math.min(Math.max(end - 1, start), source.text.length))
  const file = visibleLine(source.name)
  if (from.line !== to.line) return `${file}, line ${from.line}, column ${from.column}, to line ${to.line}, column ${to.column}`
  return from.column === to.column
    ? `${file}, line ${from.line}, column ${from.column}`
    : `${file}, line ${from.line}, columns ${from.column} to ${to.column}`
}

function labelLines(label: Label, head: string): string[] {
  const { source, start } = label.span
  const line = lineText(source, positionAt(source, Math.min(start, source.text.length)).line).trim()
  const said = label.text ? `: ${sentence(label.text)}` : '.'
  return [`${head} ${placeText(label)}${said}`, ...(line ? [`The line reads: ${visibleLine(line)}`] : [])]
}

function frameText(frame: Frame, number: number): string {
  const place = frame.span
    ? `${visibleLine(frame.span.source.name)}, line ${positionAt(frame.span.source, Math.min(frame.span.start, frame.span.source.text.length)).line}`
    : frame.origin
  const made = frame.made.length > 0 ? `, made by ${[...frame.made].reverse().map(visibleLine).join(' of ')}` : ''
  return `Frame ${number}: ${visibleLine(frame.label)}, at ${place}${made}.`
}

function frameLines(stack: readonly Frame[], verbose: boolean): string[] {
  const numbered = stack.map((frame, i) => ({ frame, number: i + 1 }))
  const own = numbered.filter(({ frame }) => frame.origin === 'user')
  const kept = verbose ? numbered : own.length > 0 ? own.slice(0, 5) : numbered.slice(0, 1)
  const hidden = numbered.length - kept.length
  const lines = kept.map(({ frame, number }) => frameText(frame, number))
  return hidden > 0 ? [...lines, `${hidden} more ${hidden === 1 ? 'frame is' : 'frames are'} not shown.`] : lines
}

function changeText(line: string): string {
  const [, number, mark, text] = /^(\d+)([-+]) (.*)$/s.exec(line)!
  return `${mark === '-' ? 'Old' : 'New'} line ${number}: ${visibleLine(text!)}`
}

export function plainText(d: Diagnostic, verbose: boolean): string {
  const severity = d.severity === 'error' ? 'Error' : d.severity === 'warning' ? 'Warning' : 'Note'
  const lines = [`${severity} ${d.code}: ${sentence(d.message)}`]
  if (d.primary) lines.push(...labelLines(d.primary, 'Found in'))
  for (const label of d.secondary) lines.push(...labelLines(label, 'See also'))
  if (d.exception) lines.push(`Exception: ${sentence(d.exception)}`)
  for (const note of d.notes) lines.push(`Fact: ${sentence(note)}`)
  d.help.forEach((text, i) => lines.push(`Help ${i + 1} of ${d.help.length}: ${sentence(text)}`))
  for (const fix of d.fixes) lines.push(`Fix: ${sentence(fix.title)}`, ...diffOf(fix).map(changeText))
  lines.push(...frameLines(d.stack, verbose))
  if (verbose) for (const { title, text } of d.attachments) lines.push(sentence(title), visibleText(text).replace(/\n+$/, ''))
  else if (d.stack.length > 0 || d.attachments.length > 0) lines.push(`More: add --verbose-errors, or ask adrepro explain ${d.code}.`)
  return lines.join('\n')
}
