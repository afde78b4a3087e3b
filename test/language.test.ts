/** docs/language.md says what the tables of the engine say. */
import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { PACKAGES } from '../src/diagnostics/packages.ts'
import { indexBase } from '../src/engine/base-index.ts'
import { LANGUAGE_TABLES } from './language-tables.ts'

const FILE = new URL('../docs/language.md', import.meta.url)
const PART = /(<!-- made from tables: (\w+) -->\n)([\s\S]*?)(<!-- end -->)/g

function isTable(name: string): name is keyof typeof LANGUAGE_TABLES {
  return Object.hasOwn(LANGUAGE_TABLES, name)
}

describe('docs/language.md', () => {
  if (process.env.UPDATE_DOCS) {
    const text = readFileSync(FILE, 'utf8')
    writeFileSync(
      FILE,
      text.replace(PART, (all, start: string, name: string, _old, end: string) =>
        isTable(name) ? `${start}${LANGUAGE_TABLES[name]()}\n${end}` : all,
      ),
    )
  }
  const parts = [...readFileSync(FILE, 'utf8').matchAll(PART)].map(([, , name, body]) => [name!, body!] as const)

  it('has a part for every table', () => {
    expect(parts.map(([name]) => name).sort()).toEqual(Object.keys(LANGUAGE_TABLES).sort())
  })

  // To write them anew: UPDATE_DOCS=1 npx vitest run test/language.test.ts
  it.each(parts)('%s is up to date', (name, body) => {
    expect(isTable(name)).toBe(true)
    if (isTable(name)) expect(body).toBe(`${LANGUAGE_TABLES[name]()}\n`)
  })

  it('names the packages that the message about others names, and each is a module', () => {
    const rows = readFileSync(FILE, 'utf8').match(/\| Module \|[^\n]*\n[^\n]*\n((?:\|.*\n)+)/)![1]!
    const named = rows.split('\n').flatMap(row => [...(row.split('|')[1]?.matchAll(/`(\w+)`/g) ?? [])].map(([, name]) => name!))
    const parts = ['Base', 'EnzymeCore', 'EnzymeRules']
    expect(named.filter(name => !parts.includes(name)).sort()).toEqual([...PACKAGES].sort())
    const modules = new Set(indexBase().modules.map(({ path }) => path))
    expect(PACKAGES.filter(name => !modules.has(name))).toEqual([])
  })

  it('lists names that are there, if only where a module has them from', () => {
    const { entries, modules } = indexBase()
    const known = new Set([...entries.flatMap(entry => entry.names), ...modules.map(({ path }) => path.split('.').at(-1)!)])
    const listed = modules.flatMap(({ path, exports, publics }) => [...exports, ...publics].map(name => [path, name] as const))
    expect(listed.filter(([, name]) => !known.has(name)).map(listing => listing.join('.'))).toEqual([])
  })
})
