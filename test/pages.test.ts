/** The pages of diagnostic codes: each has the same parts, and a program on one shows what the page is about. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { diagnosticText, PLAIN } from '../src/diagnostics/as-text.ts'
import type { Fix } from '../src/diagnostics/diagnostic.ts'
import { fixed } from '../src/diagnostics/fix.ts'
import { createSession, type LimitInfo, type Profile } from '../src/engine/index.ts'
import { OF_SESSIONS } from './session-codes.ts'

const folder = join(import.meta.dirname, '../docs/codes')
const pages = readdirSync(folder).map(name => ({ code: name.replace(/\.md$/, ''), text: readFileSync(join(folder, name), 'utf8') }))

type Listed = 'none' | LimitInfo['profile']

function programOf(text: string): string | null {
  return /\n## Example\n[\s\S]*?```julia\n([\s\S]*?)```/.exec(text)?.[1] ?? null
}

function profileOf(text: string): Listed {
  const engines = text.slice(text.indexOf('\n## Engines\n'))
  return (/^\n## Engines\n\n`builtin:(enzyme-0\.13|zygote)`/.exec(engines)?.[1] as Listed | undefined) ?? 'none'
}

/** Programs share a session. What is reported, and how a person is told. */
function sessionOf(profile: Profile): (name: string, program: string) => { codes: string[]; fixes: readonly Fix[]; text: string } {
  const session = createSession({ profile, write: () => undefined, verbose: false })
  return (name, program) => {
    session.restart()
    const { failure } = session.load({ name: `${name}.jl`, text: program })
    const found = [...session.warnings(), ...(failure ? [failure] : [])]
    const text = found.map(d => diagnosticText(d, { paint: PLAIN, verbose: false, width: null })).join('\n')
    return { codes: found.map(d => d.code), fixes: found.flatMap(d => d.fixes), text }
  }
}

/** The library grows: in which of its lines something stands is no part of the message. */
function withoutBaseLines(text: string): string {
  let isBase = false
  const lines = text.split('\n').map(line => {
    if (/^ *┌─ /.test(line)) isBase = line.includes('┌─ base/')
    else if (!/^[\d ]*[│·]/.test(line)) isBase = false
    return isBase ? line.replace(/^ *\d+│/, digits => `${'#'.repeat(digits.length - 1)}│`) : line
  })
  return lines.join('\n').replace(/(base\/[\w-]+\.jl):\d+(?::\d+)?/g, '$1')
}

describe('every page', () => {
  it('says what it is, why, what to do, which engines have it, and shows it', () => {
    const parts = ['Why', 'What to do', 'Engines', 'Example']
    const without = pages.flatMap(({ code, text }) => {
      const [title, , about] = text.split('\n')
      const missing = parts.filter(part => !text.includes(`\n## ${part}\n`))
      return title === `# ${code}` && /^\S.*\.$/.test(about!) ? missing.map(part => `${code}: ${part}`) : [code]
    })
    expect(without).toEqual([])
  })
})

describe('the program of a page shows it, and does so no more when it is fixed', () => {
  const sessions = { none: sessionOf('none'), 'enzyme-0.13': sessionOf('enzyme-0.13'), zygote: sessionOf('zygote') }
  const told: string[] = []
  for (const { code, text } of pages) {
    if (!OF_SESSIONS.test(code)) continue
    it(code, () => {
      const program = programOf(text)
      expect(program).not.toBeNull()
      const found = sessions[profileOf(text)](code, program!)
      expect(found.codes).toContain(code)
      const [fix] = found.fixes
      if (fix) {
        const mended = fixed(fix.edits[0]!.span.source, fix)
        expect(sessions[profileOf(text)](`${code} mended`, mended).codes).not.toContain(code)
      }
      told.push(`── ${code} ──\n\n${program}\n${withoutBaseLines(found.text)}\n`)
    })
  }
  it('as a person reads it', async () => {
    expect(told.length).toBeGreaterThan(40)
    await expect(told.join('\n')).toMatchFileSnapshot('failures.snapshot.txt')
  })
})
