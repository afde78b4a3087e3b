import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compose, NEEDED, type Section } from './compose.ts'
import { code, details, fence, firstBlock, words } from './markdown.ts'

const strings = fc.string({
  unit: fc.oneof(fc.constantFrom('`', '\n', '~', '#', '<', '@', '\x1b', '\ud800', 'a', ' '), fc.string({ unit: 'binary', maxLength: 1 })),
})

describe('firstBlock', () => {
  it('gives back what fence wrote, whatever stands before it', () => {
    fc.assert(
      fc.property(strings, strings, (program, output) => {
        const markdown = [
          `# ${words(output)}`,
          code(output),
          fence('text', output),
          details('more', fence('text', program)),
          fence('julia', program),
        ].join('\n\n')
        const shown = fence('julia', program).split('\n').slice(1, -1).join('\n')
        expect(firstBlock(markdown, 'julia')).toBe(`${shown}\n`)
      }),
    )
  })
  it('finds nothing where there is nothing', () => {
    expect(firstBlock('```text\n```julia\n', 'julia')).toBeNull()
  })
})

describe('words and code', () => {
  it('leave no line break, control, HTML, mention, reference or address', () => {
    fc.assert(
      fc.property(strings, text => {
        for (const out of [words(text), code(text)]) expect(out).not.toMatch(/\n|(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}]/u)
        expect(words(text).replaceAll('<!-- -->', '')).not.toMatch(/[<>]/)
      }),
    )
    expect(words('@who #12 https://a.b **x** `y`')).toBe('@<!-- -->who \\#<!-- -->12 https<!-- -->://a.b \\*\\*x\\*\\* \\`y\\`')
    expect(code('a`b')).toBe('``a`b``')
  })
})

/** Every fence that is opened is closed, and so is every fold. */
function isWhole(markdown: string): boolean {
  let open: string | null = null
  for (const line of markdown.split('\n')) {
    const ticks = /^(`{3,})(.*)$/.exec(line)
    if (!ticks) continue
    if (open === null) open = ticks[1]!
    else if (ticks[2]!.trim() === '' && ticks[1]!.length >= open.length) open = null
  }
  return open === null && markdown.split('<details>').length === markdown.split('</details>').length
}

describe('compose', () => {
  const sections = (output: string): Section[] => [
    { kind: 'markdown', importance: NEEDED, text: '# T' },
    { kind: 'program', importance: NEEDED, heading: '## Program', text: 'f(x) = x\n' },
    { kind: 'output', importance: 2, heading: '## Error', summary: null, text: output },
    { kind: 'output', importance: 3, heading: '', summary: 'IR', text: output },
  ]
  it('keeps to the limit, whole fences and the whole program, whatever the output', () => {
    fc.assert(
      fc.property(strings, fc.integer({ min: 80, max: 400 }), (output, limit) => {
        const result = compose(sections(output.repeat(20)), limit)
        if (result.kind === 'too-long') throw new Error('the needed sections fit')
        expect(result.text.length).toBeLessThanOrEqual(limit)
        expect(isWhole(result.text)).toBe(true)
        expect(firstBlock(result.text, 'julia')).toBe('f(x) = x\n')
      }),
    )
  })
  it('cuts the least important first, and says how much', () => {
    const lines = Array.from({ length: 40 }, (_, i) => `line ${i}`).join('\n')
    const result = compose(sections(lines), 560)
    expect(result).toMatchObject({ kind: 'whole' })
    const { text } = result as { text: string }
    expect(text).toContain('line 39')
    expect(text).toMatch(/… \d+ more lines left out/)
    expect(text.indexOf('left out')).toBeGreaterThan(text.indexOf('<details>'))
  })
  it('refuses a program that does not fit', () => {
    expect(compose(sections(''), 30)).toMatchObject({ kind: 'too-long' })
  })
})
