import { describe, expect, it } from 'vitest'
import { diagnostic } from '../diagnostics/report.ts'
import { crashReproducer } from './crash-reproducer.ts'
import { findHeader } from './header-text.ts'

const source = { name: 'a.jl', text: 'f(x) = x\n' }

describe('crashReproducer', () => {
  const found = diagnostic('verify', 'internal.bug', { stage: 'a stage', why: 'x =# y #= z \x1b[2J' }, null, {
    attachments: [{ title: 'IR', text: 'func @f =#' }],
  })
  const text = crashReproducer(source, 'f(1.0)', 'builtin', found)
  it('is the program and the call, with everything else in one comment', () => {
    expect(text.startsWith('f(x) = x\n\nf(1.0)\n\n#=\n')).toBe(true)
    expect(text.match(/#=/g)).toHaveLength(1)
    expect(text.match(/=#/g)).toHaveLength(1)
    expect(text.endsWith('=#\n')).toBe(true)
    expect(text).toContain('func @f')
    expect(text).not.toMatch(/(?!\n)\p{Cc}/u)
  })
  it('stays a case of its own, without a header that it had not', () => {
    expect(findHeader({ name: 'crash.jl', text })).toEqual({ kind: 'none' })
  })
})
