/** `adrepro explain`: the page of a diagnostic code, or those of an error of another tool. */
import { readFileSync } from 'node:fs'
import { jsonText } from '../diagnostics/as-json.ts'
import { CATALOGUE, type Code } from '../diagnostics/catalogue.ts'
import { diagnostic } from '../diagnostics/report.ts'
import { UPSTREAM_NAMES } from '../diagnostics/upstream-names.ts'
import type { Terminal } from './terminal.ts'

function isCode(code: string): code is Code {
  return Object.hasOwn(CATALOGUE, code)
}

/** Codes that share the most three-letter pieces with what was asked. */
function nearest(asked: string): string[] {
  const pieces = (text: string) =>
    new Set(Array.from({ length: Math.max(1, text.length - 2) }, (_, i) => text.toLowerCase().slice(i, i + 3)))
  const wanted = pieces(asked)
  return [...Object.keys(CATALOGUE), ...Object.keys(UPSTREAM_NAMES)]
    .map(code => ({ code, shared: [...pieces(code)].filter(p => wanted.has(p)).length }))
    .filter(c => c.shared > 0)
    .sort((a, b) => b.shared - a.shared || (a.code < b.code ? -1 : 1))
    .slice(0, 3)
    .map(c => c.code)
}

/** Of a code, itself; of an error of another tool, however qualified and capitalised, all codes that it may be here. */
function codesOf(asked: string): readonly Code[] {
  if (isCode(asked)) return [asked]
  const name = asked.replace(/^(?:Enzyme(?:Core)?|Zygote|Base|Core)\.(?:Compiler\.)?/, '').toLowerCase()
  return Object.entries(UPSTREAM_NAMES).find(([known]) => known.toLowerCase() === name)?.[1] ?? []
}

function pageOf(code: Code): string {
  return readFileSync(new URL(`../../docs/codes/${code}.md`, import.meta.url), 'utf8')
}

function asJson(code: Code) {
  const { severity, blame, help } = CATALOGUE[code]
  return { code, severity, blame, help, page: pageOf(code) }
}

export async function explain(args: { readonly code: string; readonly json: boolean }, terminal: Terminal): Promise<number> {
  const { code: asked } = args
  const codes = codesOf(asked)
  const [first] = codes
  if (!first) {
    const near = nearest(asked)
    const why = `There is no diagnostic code \`${asked}\`${near.length > 0 ? `; the nearest are ${near.map(c => `\`${c}\``).join(', ')}` : ''}`
    const found = diagnostic('parse', 'cli.bad-usage', { why }, null)
    if (args.json) terminal.out(`${jsonText({ error: found.message, exit: 2 })}\n`)
    else terminal.tell(found)
    return 2
  }
  if (args.json) terminal.out(`${jsonText(isCode(asked) ? asJson(first) : { asked, codes: codes.map(asJson) })}\n`)
  else if (isCode(asked)) terminal.out(pageOf(first))
  else terminal.out(`${[`\`${asked}\` is here ${codes.map(code => `\`${code}\``).join(', ')}.\n`, ...codes.map(pageOf)].join('\n')}`)
  return 0
}
