import { describe, expect, it } from 'vitest'
import { STEP_TITLE } from '../diagnostics/bug.ts'
import { diagnostic } from '../diagnostics/report.ts'
import { crashReproducer } from './crash-reproducer.ts'
import { findHeader } from './header-text.ts'

const source = { name: 'a.jl', text: 'f(x) = x\n' }

describe('crashReproducer', () => {
  const found = diagnostic('verify', 'internal.bug', { stage: 'a stage', why: 'x =# y #= z \x1b[2J' }, null, {
    attachments: [
      { title: 'IR', text: 'func @f =#' },
      { title: STEP_TITLE, text: '; {"func":"#=f=#"}\nfunc @f "=#f=#" () -> () {\n}\n' },
    ],
  })
  const circumstances = { engine: 'builtin', plant: null, call: 'f(1.0)', versions: { adrepro: '1', node: 'v20' } }
  const text = crashReproducer(source, circumstances, found)
  it('is the program and the call, with everything else in two comments', () => {
    expect(text.startsWith('f(x) = x\n\nf(1.0)\n\n#=\n')).toBe(true)
    expect(text.match(/#=/g)).toHaveLength(2)
    expect(text.match(/=#/g)).toHaveLength(2)
    expect(text.endsWith('=#\n')).toBe(true)
    expect(text).toContain('func @f')
    expect(text).not.toMatch(/(?!\n)\p{Cc}/u)
  })
  it('holds the step so that it reads back', () => {
    const lines = text.slice(text.indexOf('#= replay\n')).split('\n')
    expect(JSON.parse(lines[1]!)).toMatchObject({ ...circumstances, signature: 'verify/internal.bug' })
    expect(lines[2]!.startsWith('; ')).toBe(true)
    expect(JSON.parse(lines[2]!.slice(2))).toEqual({ func: '#=f=#' })
  })
  it('stays a case of its own, without a header that it had not', () => {
    expect(findHeader({ name: 'crash.jl', text })).toEqual({ kind: 'none' })
  })
})
