import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { spanText } from '../diagnostics/source.ts'
import { readCase } from './case-file.ts'
import { caseJsonSchema } from './case-schema.ts'
import { withoutHeader } from './header-text.ts'

function read(text: string) {
  return readCase({ name: 'a.jl', text })
}

/** What is wrong, and the text it is shown at. */
function mistakes(yaml: string): { why: string; at: string }[] {
  const reading = read(`#= adrepro\n${yaml}\n=#\nf(x) = x\n`)
  if (reading.kind === 'case') return []
  return reading.diagnostics.map(d => ({
    why: d.message.replace('The header of this case is not valid: ', ''),
    at: spanText(d.primary!.span),
  }))
}

describe('readCase', () => {
  it('reads a header, with its defaults', () => {
    const reading = read(
      '#= adrepro\ntitle: T\ntags: [a]\nchecks:\n  - call: f(1)\n    value: [[1, .nan], [-.inf, 2]]\n    on:\n      builtin: fails ad.no-rule\n=#\nf(x) = x\n',
    )
    expect(reading).toMatchObject({
      kind: 'case',
      file: {
        title: 'T',
        tags: ['a'],
        upstream: null,
        checks: [
          {
            call: 'f(1)',
            value: [
              [1, 'NaN'],
              ['-Inf', 2],
            ],
            rtol: 1e-9,
            atol: null,
            stateful: false,
            on: [{ engine: 'builtin', expectation: { kind: 'fails', as: 'ad.no-rule' } }],
          },
        ],
      },
    })
  })
  it('takes a program without header, or whose first comment is something else, as it is', () => {
    for (const text of ['f(x) = x', '#= a note =#\nf(x) = x', '# adrepro\n', '', '#= adrepro is nice =#']) {
      expect(read(text)).toMatchObject({ kind: 'case', file: { checks: null, title: 'a.jl' } })
    }
  })
  it('finds the end of a comment with comments in it', () => {
    const text = '#= adrepro\ntitle: "a #= b =# c"\nchecks: [{call: x}]\n=#\nx = 1\n'
    expect(read(text)).toMatchObject({ kind: 'case', file: { title: 'a #= b =# c' } })
    expect(withoutHeader({ name: '', text })).toBe('x = 1\n')
  })
  it('shows each mistake at its place', () => {
    expect(mistakes('title: T\nchekcs: []')).toEqual([
      { why: '`checks`: Invalid input: expected array, received undefined.', at: 'title: T\nchekcs: []' },
      { why: 'there is no `chekcs` in a header.', at: 'chekcs' },
    ])
    expect(mistakes('title: T\nchecks:\n  - call: f(1)\n    rtol: small')[0]).toEqual({
      why: '`checks.0.rtol`: Invalid input: expected number, received string.',
      at: 'small',
    })
    expect(mistakes('title: T\nchecks:\n  - call: f(1)\n    on: {builtin: broken}')[0]).toMatchObject({ at: 'broken' })
    expect(mistakes('title: T\ntitle: U\nchecks: [{call: x}]')).toEqual([{ why: 'Map keys must be unique.', at: 'title' }])
    expect(mistakes('title: "T\nchecks: []').length).toBeGreaterThan(0)
    expect(mistakes('title: T\nupstream: nowhere\nchecks: [{call: x}]')).toEqual([{ why: '`upstream`: Invalid URL.', at: 'nowhere' }])
    expect(mistakes('title: T\nchecks: [{call: x, value: 1, equals: "2"}]')[0]?.why).toContain('both `value` and `equals`')
    expect(mistakes('title: T\nchecks: [{call: x}, {call: x}]')[0]?.why).toContain('same call')
    expect(mistakes('- 1')[0]?.why).toContain('expected object')
  })
  it('refuses what YAML would expand without end', () => {
    const rows = Array.from(
      { length: 20 },
      (_, i) =>
        `x${i}: &x${i} [${
          i === 0
            ? 'a'
            : Array(9)
                .fill(`*x${i - 1}`)
                .join(', ')
        }]`,
    )
    expect(mistakes(`title: T\n${rows.join('\n')}`)[0]?.why).toMatch(/alias/i)
  })
  it('says that a header is not closed', () => {
    expect(read('#= adrepro\ntitle: T\n')).toMatchObject({
      kind: 'bad',
      diagnostics: [{ code: 'case.bad-header', primary: { span: { start: 0, end: 2 } } }],
    })
  })
})

describe('docs/case-schema.json', () => {
  it('is what the zod types say', () => {
    const file = new URL('../../docs/case-schema.json', import.meta.url)
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(JSON.parse(JSON.stringify(caseJsonSchema())))
  })
})
