import { describe, expect, it } from 'vitest'
import { programAt } from './base-cache.ts'
import { coreOf, coreText } from './base-core.ts'
import { baseSource, indexBase } from './base-index.ts'

describe('Core as text', () => {
  it('is read as it was written, for every statement of Base', () => {
    const index = indexBase()
    const sources = index.files.map(baseSource)
    for (const entry of index.entries) {
      const source = sources[entry.file]!
      const program = programAt(source, entry)
      const { statement, codes } = coreText(program, source)
      expect(coreOf(statement, n => codes[n]!, source)).toEqual(program)
    }
  })

  it('keeps numbers that JSON has no form for, and large integers', () => {
    const source = { name: 'numbers', text: 'f(x) = (-0.0, 9223372036854775807, 1e400)' }
    const entry = { ...indexBase().entries[0]!, start: 0, module: [] }
    const program = programAt(source, entry)
    const { statement, codes } = coreText(program, source)
    expect(coreOf(statement, n => codes[n]!, source)).toEqual(program)
  })
})
