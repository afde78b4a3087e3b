import { isDeepStrictEqual } from 'node:util'
import { describe, expect, it } from 'vitest'
import type { Source } from '../diagnostics/source.ts'
import type { Program } from './2-types/core.ts'
import { programAt } from './base-cache.ts'
import { coreOf, coreText } from './base-core.ts'
import { baseSource, indexBase } from './base-index.ts'

/** The span of what is kept without its place. */
const NO_PLACE = { source: { name: 'base', text: '' }, start: 0, end: 0 }

/** With the code of methods as a property like the others: it is read when it is asked for. */
function withCode(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withCode)
  if (typeof value !== 'object' || value === null) return value
  const object = value as Record<string, unknown>
  const keys = new Set([...Object.keys(object), ...('code' in object ? ['code'] : [])])
  return Object.fromEntries([...keys].map(key => [key, key === 'span' ? object[key] : withCode(object[key])]))
}

/** Parameters without defaults, and type variables, are kept without places. */
function withoutPlaces(program: unknown, isPart = false): unknown {
  if (Array.isArray(program)) return program.map(item => withoutPlaces(item, isPart))
  if (typeof program !== 'object' || program === null) return program
  const object = program as Record<string, unknown>
  const isMethod = 'params' in object && 'code' in object
  return Object.fromEntries(
    Object.entries(object).map(([key, value]) => {
      if (key === 'span') return [key, isPart ? NO_PLACE : value]
      if (isMethod && key === 'code') return [key, value]
      if (!isMethod || (key !== 'params' && key !== 'whereVars')) return [key, withoutPlaces(value, isPart)]
      return [key, (value as { default?: unknown }[]).map(part => (part.default ? part : withoutPlaces(part, true)))]
    }),
  )
}

/** Of all statements: what has one number is one text. */
const parts: string[] = []

/** Written and read again. */
function reread(program: Program, source: Source): unknown {
  const { statement, codes } = coreText(program, source, part => parts.push(part) - 1)
  return withCode(coreOf(statement, { codeText: n => codes[n]!, partText: n => parts[n]! }, source))
}

const index = indexBase()

describe('Base', () => {
  it('is definitions alone: nothing runs when it is loaded', () => {
    const running = index.entries.filter(entry => entry.names.length === 0 && entry.kind !== 'import')
    expect(running.map(entry => baseSource(index.files[entry.file]!).text.slice(entry.start).split('\n', 1)[0])).toEqual([])
  })
})

describe('Core as text', () => {
  it('is read as it was written, for every third statement of Base', () => {
    const sources = index.files.map(baseSource)
    for (const [k, entry] of index.entries.entries()) {
      if (k % 3 > 0) continue
      const source = sources[entry.file]!
      const program = programAt(source, entry)
      const read = reread(program, source)
      const kept = withoutPlaces(program)
      // What shows the difference takes ten times as long to find that there is none.
      if (!isDeepStrictEqual(read, kept)) expect(read).toEqual(kept)
    }
  })

  it('keeps numbers that JSON has no form for, and large integers', () => {
    const source = { name: 'numbers', text: 'f(x) = (-0.0, 9223372036854775807, 1e400)' }
    const entry = { ...index.entries[0]!, start: 0, module: '' }
    const program = programAt(source, entry)
    expect(reread(program, source)).toEqual(withoutPlaces(program))
  })
})
