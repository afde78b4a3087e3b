import { describe, expect, it } from 'vitest'
import { diagnosticText, PLAIN } from './as-text.ts'
import type { Diagnostic, Label } from './diagnostic.ts'
import { diagnostic } from './report.ts'
import type { Source, Span } from './source.ts'

const source: Source = { name: 'a.jl', text: 'f(x) = x^2\ng(x) =\tf(x) + h(α)\nfor i in 1:2\n  f(i)\nend\n' }

function spanOf(text: string, of: Source = source): Span {
  const start = of.text.indexOf(text)
  return { source: of, start, end: start + text.length }
}

function wrong(span: Span | null, details: Parameters<typeof diagnostic>[4] = {}): Diagnostic {
  return diagnostic('infer', 'subset.no-syntax', { what: 'This' }, span, details)
}

function shown(d: Diagnostic, verbose = false): string {
  return diagnosticText(d, { paint: PLAIN, verbose })
}

describe('diagnosticText', () => {
  it('puts carets under the span, with tabs and wide characters counted as they are shown', () => {
    expect(shown(wrong(spanOf('h(α)'), { label: 'here' }))).toBe(
      [
        'error[subset.no-syntax]: This is outside the supported subset.',
        ' ┌─ a.jl:2:15',
        '2│ g(x) =    f(x) + h(α)',
        ' │                  ^^^^ here',
        ' = help: See docs/language.md for what is supported.',
      ].join('\n'),
    )
  })
  it('marks the first and the last line of a longer span', () => {
    expect(
      shown(wrong(spanOf('for i in 1:2\n  f(i)\nend'), { label: 'this loop' }))
        .split('\n')
        .slice(2, 7),
    ).toEqual(['3│ for i in 1:2', ' │ ^^^^^^^^^^^^ this loop', '4│   f(i)', '5│ end', ' │ ^^^'])
  })
  it('shows a reason in another place, and letters what can be done', () => {
    const because: Label = { span: spanOf('x^2'), text: 'active here' }
    const text = shown(wrong(spanOf('h(α)'), { secondary: [because], help: ['do this'], notes: ['while: testing'] }))
    expect(text).toContain(' │        --- active here')
    expect(text).toContain('= while: testing')
    expect(text).toContain('= help: a) do this\n         b) See docs/language.md')
  })
  it('folds frames that are not of the program and counts them; all are there when asked for', () => {
    const stack = [
      { label: 'hcat(::Vector{Float64})', span: null, origin: 'base' as const, made: ['augmented #1', 'reverse #2'] },
      { label: 'f(x::Float64)', span: spanOf('f(x)'), origin: 'user' as const, made: ['augmented #1'] },
      { label: 'top-level scope', span: spanOf('g(x)'), origin: 'user' as const, made: [] },
    ]
    const d = wrong(null, { stack, attachments: [{ title: 'IR', text: 'func @f\n' }] })
    expect(shown(d)).toContain(' [2] f(x::Float64)  a.jl:1  (augmented #1)\n [3] top-level scope  a.jl:2\n …   1 more frame hidden')
    expect(shown(d)).toContain('--verbose-errors')
    expect(shown(d)).not.toContain('func @f')
    expect(shown(d, true)).toContain(
      'Transformed by:\n [1] reverse #2 of augmented #1 of hcat(::Vector{Float64})\n [2] augmented #1 of f(x::Float64)\nIR:\n    func @f',
    )
  })
  it('lets nothing through that a terminal would obey', () => {
    const evil: Source = { name: 'a\x1b[2J.jl', text: 'x = "\x1b[31m\u202e\ud800"\r\n\x07y' }
    const text = shown(wrong(spanOf('\x1b[31m', evil), { label: '\x1b]0;title\x07', notes: ['\x9b2J', 'two\nlines'] }), true)
    expect(text).not.toMatch(/(?!\n)\p{Cc}|\p{Cf}/u)
    expect(text).not.toMatch(/[\ud800-\udfff]/u)
    expect(text).toContain('\\x1b[31m')
    expect(text).toContain('= two\n   lines')
  })
  it('cuts a very long line around what it is about', () => {
    const long: Source = { name: 'l.jl', text: `${'a'.repeat(5000)} BAD ${'b'.repeat(5000)}` }
    const lines = shown(wrong(spanOf('BAD', long))).split('\n')
    expect(Math.max(...lines.map(l => l.length))).toBeLessThan(200)
    expect(lines[2]!.indexOf('BAD')).toBe(lines[3]!.indexOf('^^^'))
  })
  it('shows the end of a file and an empty span', () => {
    const at = { source, start: source.text.length, end: source.text.length }
    expect(shown(wrong(at)).split('\n').slice(1, 4)).toEqual([' ┌─ a.jl:6:1', '6│ ', ' │ ^'])
  })
})
