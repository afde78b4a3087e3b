import { isDeepStrictEqual } from 'node:util'
import { describe, expect, it } from 'vitest'
import { programAt } from './base-cache.ts'
import { coreOf, coreText } from './base-core.ts'
import { baseSource, indexBase } from './base-index.ts'

/** With the code of methods as a property like the others: it is read when it is asked for. */
function withCode(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withCode)
  if (typeof value !== 'object' || value === null) return value
  const object = value as Record<string, unknown>
  const keys = new Set([...Object.keys(object), ...('code' in object ? ['code'] : [])])
  return Object.fromEntries([...keys].map(key => [key, key === 'span' ? object[key] : withCode(object[key])]))
}

const index = indexBase()

describe('Core as text', () => {
  it('is read as it was written, for every statement of Base', () => {
    const sources = index.files.map(baseSource)
    for (const entry of index.entries) {
      const source = sources[entry.file]!
      const program = programAt(source, entry)
      const { statement, codes } = coreText(program, source)
      const read = withCode(coreOf(statement, { codeText: n => codes[n]! }, source))
      // What shows the difference takes ten times as long to find that there is none.
      if (!isDeepStrictEqual(read, program)) expect(read).toEqual(program)
    }
  })

  it('keeps numbers that JSON has no form for, and large integers', () => {
    const source = { name: 'numbers', text: 'f(x) = (-0.0, 9223372036854775807, 1e400)' }
    const entry = { ...index.entries[0]!, start: 0, module: '' }
    const program = programAt(source, entry)
    const { statement, codes } = coreText(program, source)
    expect(withCode(coreOf(statement, { codeText: n => codes[n]! }, source))).toEqual(program)
  })
})
