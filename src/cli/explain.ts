/** `adrepro explain`: the page of a diagnostic code. */
import { readFileSync } from 'node:fs'
import { jsonText } from '../diagnostics/as-json.ts'
import { CATALOGUE, type Code } from '../diagnostics/catalogue.ts'
import { diagnostic } from '../diagnostics/report.ts'
import type { Terminal } from './terminal.ts'

function isCode(code: string): code is Code {
  return Object.hasOwn(CATALOGUE, code)
}

/** Codes that share the most three-letter pieces with what was asked. */
function nearest(asked: string): string[] {
  const pieces = (text: string) => new Set(Array.from({ length: Math.max(1, text.length - 2) }, (_, i) => text.slice(i, i + 3)))
  const wanted = pieces(asked)
  return Object.keys(CATALOGUE)
    .map(code => ({ code, shared: [...pieces(code)].filter(p => wanted.has(p)).length }))
    .filter(c => c.shared > 0)
    .sort((a, b) => b.shared - a.shared || (a.code < b.code ? -1 : 1))
    .slice(0, 3)
    .map(c => c.code)
}

export async function explain(args: { readonly code: string; readonly json: boolean }, terminal: Terminal): Promise<number> {
  const { code } = args
  if (!isCode(code)) {
    const near = nearest(code)
    const why = `There is no diagnostic code \`${code}\`${near.length > 0 ? `; the nearest are ${near.map(c => `\`${c}\``).join(', ')}` : ''}`
    const found = diagnostic('parse', 'cli.bad-usage', { why }, null)
    if (args.json) terminal.out(`${jsonText({ error: found.message, exit: 2 })}\n`)
    else terminal.tell(found)
    return 2
  }
  const page = readFileSync(new URL(`../../docs/codes/${code}.md`, import.meta.url), 'utf8')
  const { severity, blame, help } = CATALOGUE[code]
  terminal.out(args.json ? `${jsonText({ code, severity, blame, help, page })}\n` : page)
  return 0
}
