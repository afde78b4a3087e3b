/** The outputs for machines: whatever the strings of a case are, they come back from a reader of the format, or are made harmless. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { githubText } from './as-github.ts'
import { diagnosticJson, jsonText } from './as-json.ts'
import { junitText } from './as-junit.ts'
import { plainText } from './as-plain.ts'
import { sarifText } from './as-sarif.ts'
import { tapText } from './as-tap.ts'
import { diagnosticText, PLAIN } from './as-text.ts'
import type { Diagnostic } from './diagnostic.ts'
import { diffOf } from './fix.ts'
import { diagnostic } from './report.ts'
import type { Result } from './result.ts'
import { positionAt } from './source.ts'
import { visibleText, wellFormed } from './visible.ts'

const HOSTILE = '50%, a:b\r\n::error::x ]]> <b> & "q" \x1b[31m \u009b2J \ud800 ```'
const strings = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constant(HOSTILE),
  fc.string({ unit: fc.constantFrom('%', ':', ',', '\n', '\r', ']', '>', '<', '&', '\ud800', '\x1b', '`') }),
)

describe('JSON', () => {
  it('comes back as it was, on one line of harmless characters', () => {
    fc.assert(
      fc.property(strings, text => {
        const json = jsonText({ text })
        expect(JSON.parse(json)).toEqual({ text })
        expect(json).not.toMatch(/(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}]/u)
      }),
    )
  })
  it('spells the numbers that it does not have', () => {
    expect(jsonText([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1.5])).toBe('["NaN","Inf","-Inf",1.5]')
  })
  it('has lines and columns beside offsets', () => {
    const source = { name: 'a.jl', text: 'x\nyz' }
    const json = diagnosticJson(diagnostic('parse', 'subset.no-syntax', { what: 'y' }, { source, start: 2, end: 4 }))
    expect(json).toMatchObject({ primary: { file: 'a.jl', start: 2, end: 4, line: 2, column: 1, endLine: 2, endColumn: 3 } })
  })
})

/** How GitHub's runner reads a command back. */
function readCommand(line: string): { properties: Record<string, string>; message: string } {
  const match = /^::(?:error|warning|notice) (.*?)::(.*)$/.exec(line)!
  const data = (s: string) => s.replace(/%0D/g, '\r').replace(/%0A/g, '\n').replace(/%25/g, '%')
  const property = (s: string) => data(s.replace(/%3A/g, ':').replace(/%2C/g, ','))
  return {
    properties: Object.fromEntries(match[1]!.split(',').map(p => [p.slice(0, p.indexOf('=')), property(p.slice(p.indexOf('=') + 1))])),
    message: data(match[2]!),
  }
}

const plainResult: Result = {
  state: 'fail',
  file: 'f',
  name: 'n',
  engine: null,
  seconds: 0.5,
  why: 'm',
  diagnostic: null,
  at: null,
  signature: '',
}

/** A fix whose title, program and new text are whatever the strings are. */
function fixable(title: string, program: string, text: string): Diagnostic {
  const source = { name: 'a.jl', text: program }
  const end = program.length
  const fixes = [
    { title, edits: [{ span: { source, start: 0, end }, text }] },
    { title, edits: [{ span: { source, start: end, end }, text }] },
  ]
  return { ...diagnostic('parse', 'subset.no-syntax', { what: 'y' }, { source, start: 0, end }), fixes }
}

describe('fixes', () => {
  const one = (d: Diagnostic): Result[] => [{ ...plainResult, diagnostic: d }]
  const triples = fc
    .tuple(strings, strings, strings)
    .map(([title, program, text]) => ({ title, program, text, d: fixable(title, program, text) }))

  it('are in SARIF as edits that give the program that the fix gives', () => {
    fc.assert(
      fc.property(triples, ({ title, program, text, d }) => {
        const [result] = (JSON.parse(sarifText(one(d), '1.0.0')) as Sarif).runs[0]!.results
        const fixes = result!.fixes as readonly SarifFix[]
        expect(fixes.map(fix => fix.description.text)).toEqual([visibleText(title), visibleText(title)])
        const replacements = fixes.map(fix => fix.artifactChanges[0]!.replacements[0]!)
        for (const { insertedContent } of replacements) expect(insertedContent.text).toBe(wellFormed(text))
        const last = positionAt({ name: '', text: program }, program.length)
        const there = { endLine: last.line, endColumn: last.column }
        expect(replacements.map(r => r.deletedRegion)).toEqual([
          { startLine: 1, startColumn: 1, ...there },
          { startLine: last.line, startColumn: last.column, ...there },
        ])
      }),
    )
  })
  it('are text in a GitHub annotation, on its one line', () => {
    fc.assert(
      fc.property(triples, ({ title, d }) => {
        const lines = githubText(one(d)).split('\n')
        expect(lines).toHaveLength(2)
        const kept = (s: string) => wellFormed(s).replace(/(?![\r\n])\p{Cc}/gu, ' ')
        expect(readCommand(lines[0]!).message).toContain(kept(`\nfix: ${title}\n`))
      }),
    )
  })
  it('are in the YAML of TAP, and come back from it', () => {
    fc.assert(
      fc.property(triples, ({ title, d }) => {
        const lines = tapText(one(d)).trimEnd().split('\n')
        expect(lines.filter(line => !line.startsWith(' '))).toHaveLength(3)
        const yaml = lines.slice(lines.indexOf('  ---') + 1, lines.indexOf('  ...')).map(line => line.slice(2))
        const { fixes } = parse(yaml.join('\n')) as { fixes: readonly { title: string; diff: readonly string[] }[] }
        expect(fixes).toEqual(d.fixes.map(fix => ({ title, diff: diffOf(fix) })))
      }),
    )
  })
  it('are in the text of a JUnit failure', () => {
    fc.assert(
      fc.property(triples, ({ d }) => {
        const body = /<failure message="[^"<]*">([^<]*)<\/failure>/.exec(junitText('s', one(d)))![1]!
        const kept = (s: string) => wellFormed(s).replace(/(?![\n\r\t])[\p{Cc}\ufffe\uffff]/gu, '\ufffd')
        expect(unescaped(body)).toBe(kept(diagnosticText(d, { paint: PLAIN, verbose: false })))
        expect(unescaped(body)).toContain('fix: ')
      }),
    )
  })
  it('give way in SARIF when there is too much of them', () => {
    const d = fixable('t', 'x', 'y'.repeat(20_000))
    const text = sarifText(
      Array.from({ length: 1_000 }, () => ({ ...plainResult, diagnostic: d })),
      '1.0.0',
    )
    expect(Buffer.byteLength(text)).toBeLessThan(10_000_000)
    expect((JSON.parse(text) as Sarif).runs[0]!.results).toHaveLength(1_000)
  })
})

type SarifFix = {
  readonly description: { readonly text: string }
  readonly artifactChanges: readonly {
    readonly replacements: readonly { readonly deletedRegion: object; readonly insertedContent: { readonly text: string } }[]
  }[]
}

describe('GitHub annotations', () => {
  it('come back as they were, one command a line', () => {
    fc.assert(
      fc.property(strings, strings, (name, why) => {
        const at = { source: { name, text: 'x = 1' }, start: 1, end: 2 }
        const lines = githubText([{ ...plainResult, file: name, name, why, at }]).split('\n')
        expect(lines).toHaveLength(2)
        const kept = (s: string) => wellFormed(s).replace(/(?![\r\n])\p{Cc}/gu, ' ')
        expect(readCommand(lines[0]!)).toEqual({
          properties: { file: kept(name), line: '1', endLine: '1', col: '2', endColumn: '3', title: kept(name) },
          message: kept(why),
        })
      }),
    )
  })
  it('say how many GitHub would not show', () => {
    const lines = githubText(Array.from({ length: 25 }, () => plainResult))
      .trimEnd()
      .split('\n')
    expect(lines).toHaveLength(10)
    expect(lines[9]).toContain('16 more')
  })
  it('are of what is red only', () => {
    expect(
      githubText([
        { ...plainResult, state: 'pass' },
        { ...plainResult, state: 'known' },
      ]),
    ).toBe('')
  })
})

/** Entities back to characters, as any XML reader does. */
function unescaped(text: string): string {
  const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
  return text.replace(/&(#\d+|\w+);/g, (_, name: string) =>
    name.startsWith('#') ? String.fromCharCode(Number(name.slice(1))) : named[name]!,
  )
}

describe('JUnit', () => {
  it('is well formed whatever the names are, and gives them back', () => {
    fc.assert(
      fc.property(strings, strings, (name, what) => {
        const details = diagnostic('parse', 'subset.no-syntax', { what }, null)
        const xml = junitText('s', [{ ...plainResult, name, why: name, diagnostic: details }])
        const kept = (s: string) => wellFormed(s).replace(/(?![\n\r\t])[\p{Cc}\ufffe\uffff]/gu, '\ufffd')
        const match =
          /<testcase name="([^"<]*)" classname="f" file="f" time="0\.500"><failure message="[^"<]*">([^<]*)<\/failure><\/testcase>/.exec(
            xml,
          )!
        expect(unescaped(match[1]!)).toBe(kept(name))
        expect(unescaped(match[2]!)).toBe(kept(diagnosticText(details, { paint: PLAIN, verbose: false })))
        expect(xml.replace(/&(#\d+|amp|lt|gt|quot|apos);/g, '')).not.toContain('&')
      }),
    )
  })
  it('counts', () => {
    const states = ['pass', 'known', 'error'] as const
    const xml = junitText(
      's',
      states.map(state => ({ ...plainResult, seconds: 1, state })),
    )
    expect(xml).toContain('<testsuites tests="3" failures="0" errors="1" skipped="1" time="3.000">')
  })
})

describe('TAP', () => {
  it('has a line a result that no name can break, and a block that reads as YAML', () => {
    fc.assert(
      fc.property(strings, strings, (name, why) => {
        const lines = tapText([
          { ...plainResult, name, why },
          { ...plainResult, name, why, state: 'known' },
          { ...plainResult, name, why: '', state: 'pass' },
        ])
          .trimEnd()
          .split('\n')
        expect(lines.slice(0, 2)).toEqual(['TAP version 14', '1..3'])
        const points = lines.filter(line => !line.startsWith(' ')).slice(2)
        expect(points.map(line => /^(not )?ok \d - /.exec(line)?.[0])).toEqual(['not ok 1 - ', 'not ok 2 - ', 'ok 3 - '])
        // A reader takes the first `#` that no backslash stands before for a directive.
        const directives = points.map(line => line.replace(/\\./g, '').split('#').slice(1))
        expect(directives.map(d => d.length)).toEqual([0, 1, 0])
        const yaml = lines.slice(lines.indexOf('  ---') + 1, lines.indexOf('  ...')).map(line => line.slice(2))
        expect(parse(yaml.join('\n'))).toMatchObject({ message: why, severity: 'fail', at: { file: 'f' } })
      }),
    )
  })
})

type Sarif = {
  readonly runs: readonly { readonly results: readonly Record<string, unknown>[]; readonly invocations: readonly unknown[] }[]
}

describe('SARIF', () => {
  const many = (count: number, more: Partial<Result>): Result[] => Array.from({ length: count }, () => ({ ...plainResult, ...more }))
  const read = (results: readonly Result[]) => JSON.parse(sarifText(results, '1.0.0')) as Sarif

  it('holds any text, and file names as URIs', () => {
    fc.assert(
      fc.property(strings, strings, (name, why) => {
        const [result] = read([{ ...plainResult, file: name, name, why }]).runs[0]!.results
        const shown = (result!.message as { text: string }).text
        expect(shown).toBe(visibleText(`${name}: ${why}`))
        const { uri } = (result!.locations as { physicalLocation: { artifactLocation: { uri: string } } }[])[0]!.physicalLocation
          .artifactLocation
        expect(uri).toMatch(/^[\w\-.~%/!*'():]*$/)
        expect(decodeURIComponent(uri.replace(/^file:\/\//, ''))).toBe(wellFormed(name).replaceAll('\\', '/'))
      }),
    )
  })
  it('has a run an engine, but no more than are taken', () => {
    const engines = Array.from({ length: 25 }, (_, i) => ({ ...plainResult, engine: `e${i}` }))
    const { runs } = read(engines)
    expect(runs).toHaveLength(20)
    expect(runs.flatMap(run => run.results)).toHaveLength(25)
    expect(read([]).runs).toHaveLength(1)
  })
  it('keeps what is red when there is too much, and says how much it left out', () => {
    const [run] = read([...many(6_000, { state: 'known' }), ...many(10, {})]).runs
    expect(run!.results).toHaveLength(5_000)
    expect(run!.results.filter(r => !('suppressions' in r))).toHaveLength(10)
    expect(JSON.stringify(run!.invocations)).toContain('1010 more')
  })
  it('stays below the size that is taken', () => {
    const text = sarifText(many(3_000, { why: 'x'.repeat(5_000) }), '1.0.0')
    expect(Buffer.byteLength(text)).toBeLessThan(10_000_000)
    expect((JSON.parse(text) as Sarif).runs[0]!.results.length).toBeGreaterThan(1_000)
  })
  it('shows how the failing operation came to be, and other places', () => {
    const source = { name: 'a.jl', text: 'f(x) = x\ng(x) = f(x)' }
    const span = { source, start: 9, end: 13 }
    const d = diagnostic('parse', 'subset.no-syntax', { what: 'y' }, span)
    const frame = { label: 'f(::Float64)', span, origin: 'user', made: ['augmented #1', 'reverse #2'] } as const
    const full = {
      ...d,
      secondary: [{ span, text: 'here' }],
      stack: [frame, { ...frame, label: 'engine', span: null, origin: 'engine' } as const],
    }
    const [result] = read([{ ...plainResult, diagnostic: full, at: span }]).runs[0]!.results
    expect(result).toMatchObject({
      ruleId: 'subset.no-syntax',
      locations: [{ physicalLocation: { region: { startLine: 2, startColumn: 1, endLine: 2, endColumn: 5 } } }],
      relatedLocations: [{ message: { text: 'here' } }],
      codeFlows: [{ threadFlows: [{ locations: [{ location: { message: { text: 'f(::Float64) (reverse #2 of augmented #1)' } } }] }] }],
    })
  })
})

describe('sentences', () => {
  it('are inert whatever they say', () => {
    fc.assert(
      fc.property(strings, what => {
        const d = diagnostic('parse', 'subset.no-syntax', { what }, { source: { name: what, text: what }, start: 0, end: what.length })
        expect(plainText(d, true)).toMatch(/^(?:[\n\t]|(?![\p{Cc}\p{Cs}]).)*$/su)
      }),
    )
  })
  it('name places in words', () => {
    const source = { name: 'a.jl', text: 'x = 1\ny = foo(x)' }
    const d = diagnostic('parse', 'subset.no-syntax', { what: '`foo`' }, { source, start: 10, end: 13 })
    expect(plainText(d, false).split('\n')).toEqual([
      'Error subset.no-syntax: `foo` is outside the supported subset.',
      'Found in a.jl, line 2, columns 5 to 7.',
      'The line reads: y = foo(x)',
      'Help 1 of 1: See docs/language.md for what is supported.',
    ])
  })
})
