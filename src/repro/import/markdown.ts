/** The text of an issue as blocks. Of Markdown only what says where code is: fences, indented code, quotes. */

export type Block =
  | { readonly kind: 'prose'; readonly lines: readonly string[]; readonly line: number }
  /** `language` is the first word after the fence, in lower case; empty when there is none or the code is indented. */
  | { readonly kind: 'code'; readonly language: string; readonly lines: readonly string[]; readonly line: number }

const FENCE = /^( {0,3}|\s*(?:[-*+]|\d+[.)])\s+)(`{3,}|~{3,})[ \t]*([^`\s]*)[^`]*$/

function withoutQuote(line: string): string {
  return line.replace(/^ {0,3}>[ ]?/, '')
}

/** A fence may be quoted or in a list; its closing fence is of the same kind and at least as long. An unclosed one goes to the end. */
export function blocksOf(text: string): Block[] {
  const lines = text
    .replace(/^\ufeff/, '')
    .replace(/\r\n?/g, '\n')
    .split('\n')
  const blocks: Block[] = []
  let prose: string[] = []
  let proseFrom = 1
  const endProse = () => {
    if (prose.some(line => line.trim() !== '')) blocks.push({ kind: 'prose', lines: prose, line: proseFrom })
    prose = []
  }
  let at = 0
  while (at < lines.length) {
    const raw = lines[at]!
    const quoted = FENCE.exec(raw) ? false : FENCE.test(withoutQuote(raw))
    const line = quoted ? withoutQuote(raw) : raw
    const open = FENCE.exec(line)
    if (!open) {
      if (prose.length === 0) proseFrom = at + 1
      prose.push(raw)
      at++
      continue
    }
    endProse()
    const [, lead, fence, language] = open
    const closing = new RegExp(`^\\s*${fence![0] === '~' ? '~' : '`'}{${fence!.length},}\\s*$`)
    const from = at + 2
    const code: string[] = []
    for (at++; at < lines.length; at++) {
      const inner = quoted ? withoutQuote(lines[at]!) : lines[at]!
      if (closing.test(inner)) break
      code.push(withoutLead(inner, lead!.length))
    }
    at++
    blocks.push({ kind: 'code', language: language!.toLowerCase().replace(/^\{?\.?|[,}].*$/g, ''), lines: code, line: from })
  }
  endProse()
  return blocks
}

/** The code of a fence that is indented is indented as well. */
function withoutLead(line: string, lead: number): string {
  const spaces = /^ */.exec(line)![0].length
  return line.slice(Math.min(lead, spaces))
}

/** Runs of lines of prose that four spaces or a tab make code. */
export function indentedCode({ lines, line }: Block): Block[] {
  const found: Block[] = []
  let code: string[] = []
  let from = 0
  const end = () => {
    while (code.at(-1) === '') code.pop()
    if (code.length > 0) found.push({ kind: 'code', language: '', lines: code, line: from })
    code = []
  }
  lines.forEach((text, i) => {
    const blankBefore = i === 0 || lines[i - 1]!.trim() === ''
    if (/^(?: {4}|\t)/.test(text) && (code.length > 0 || blankBefore)) {
      if (code.length === 0) from = line + i
      code.push(text.replace(/^(?: {4}|\t)/, ''))
    } else if (text.trim() === '' && code.length > 0) code.push('')
    else end()
  })
  end()
  return found
}
