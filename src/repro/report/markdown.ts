/** Markdown as GitHub reads it. The one place that encodes it: whatever a case says stays what it says, and does nothing. */
import { visibleLine, visibleText } from '../../diagnostics/visible.ts'

/** The longest run of `character` in a text. */
function longestRun(text: string, character: '`' | '~'): number {
  let longest = 0
  for (const run of text.match(character === '`' ? /`+/g : /~+/g) ?? []) longest = Math.max(longest, run.length)
  return longest
}

/** Words in a sentence: nothing in them is markup, a mention, a reference or HTML. */
export function words(text: string): string {
  return visibleLine(text)
    .replace(/[\\`*_{}[\]()<>#+!|~$^=:&-]/g, c =>
      c === '<' ? '&lt;' : c === '>' ? '&gt;' : c === '&' ? '&amp;' : /[:-]/.test(c) ? c : `\\${c}`,
    )
    .replace(/@(?=[\w-])/g, '@<!-- -->')
    .replace(/\\#(?=\d)/g, '\\#<!-- -->')
    .replace(/\b(GH-)(?=\d)/gi, '$1<!-- -->')
    .replace(/(https?|www)(:\/\/|\.)/gi, '$1<!-- -->$2')
}

/** Code within a sentence. */
export function code(text: string): string {
  const line = visibleLine(text)
  const ticks = '`'.repeat(longestRun(line, '`') + 1)
  const pad = line.startsWith('`') || line.endsWith('`') || line.trim() === '' ? ' ' : ''
  return `${ticks}${pad}${line}${pad}${ticks}`
}

/** A block of code whose fence is longer than any in the text. */
export function fence(info: string, text: string): string {
  const body = visibleText(text).replace(/\n+$/, '')
  const ticks = '`'.repeat(Math.max(3, longestRun(body, '`') + 1))
  return `${ticks}${info}\n${body}\n${ticks}`
}

/** A fold. Its summary stands in HTML, where Markdown's escapes mean nothing; `body` is Markdown. */
export function details(summary: string, body: string): string {
  const text = visibleLine(summary)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/[@#](?=\w)/g, '$&<!-- -->')
  return `<details>\n<summary>${text}</summary>\n\n${body}\n\n</details>`
}

/** The text of the first block with this info string, as `fence` wrote it; null when there is none or it is not closed. */
export function firstBlock(markdown: string, info: string): string | null {
  const lines = markdown.split('\n')
  for (let i = 0; i < lines.length; i++) {
    const open = /^(`{3,})(.*)$/.exec(lines[i]!)
    if (!open) continue
    const end = lines.findIndex((line, j) => j > i && /^`{3,}\s*$/.test(line) && line.trim().length >= open[1]!.length)
    if (end < 0) return null
    if (open[2]!.trim() === info) return `${lines.slice(i + 1, end).join('\n')}\n`
    i = end
  }
  return null
}
