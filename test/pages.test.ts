/** The pages of diagnostic codes: each has the same parts, and a program on one shows what the page is about. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createSession, type Profile } from '../src/engine/index.ts'

const folder = join(import.meta.dirname, '../docs/codes')
const pages = readdirSync(folder).map(name => ({ code: name.replace(/\.md$/, ''), text: readFileSync(join(folder, name), 'utf8') }))

/** What a session reports; other codes are told by commands. */
const OF_SESSIONS = /^(ad|lower|misuse|name|run|subset|syntax|type)\./
/** No program is known that comes to it. */
const WITHOUT_PROGRAM = ['subset.no-representation']

function programOf(text: string): string | null {
  return /\n## Example\n[\s\S]*?```julia\n([\s\S]*?)```/.exec(text)?.[1] ?? null
}

function profileOf(text: string): Profile {
  const engines = text.slice(text.indexOf('\n## Engines\n'))
  return (/^\n## Engines\n\n`builtin:(enzyme-0\.13|zygote)`/.exec(engines)?.[1] as Profile | undefined) ?? 'none'
}

/** Programs share a session, each in a module of its own. */
function sessionOf(profile: Profile): (program: string) => string[] {
  const session = createSession({ profile, write: () => undefined, verbose: false })
  let modules = 0
  return program => {
    const before = session.warnings().length
    const { failure } = session.load({ name: 'page.jl', text: `module Page${modules++}\n${program}\nend` })
    return [...session.warnings().slice(before), ...(failure ? [failure] : [])].map(found => found.code)
  }
}

describe('every page of a code of sessions', () => {
  it('says what to do and which engines have it', () => {
    const without = (part: string) =>
      pages.filter(page => OF_SESSIONS.test(page.code) && !page.text.includes(`\n## ${part}\n`)).map(page => page.code)
    expect(without('What to do')).toEqual([])
    expect(without('Engines')).toEqual([])
  })
})

describe('the program of a page shows it', () => {
  const sessions: Readonly<Record<Profile, (program: string) => string[]>> = {
    none: sessionOf('none'),
    'enzyme-0.13': sessionOf('enzyme-0.13'),
    zygote: sessionOf('zygote'),
  }
  for (const { code, text } of pages) {
    if (!OF_SESSIONS.test(code) || WITHOUT_PROGRAM.includes(code)) continue
    it(code, () => {
      const program = programOf(text)
      expect(program).not.toBeNull()
      const profile = profileOf(text)
      expect(sessions[profile](program!)).toContain(code)
    })
  }
})
