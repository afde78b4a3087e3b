/** The outputs for machines: whatever the strings of a case are, they come back from a reader of the format, or are made harmless. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { githubText } from './as-github.ts'
import { diagnosticJson, jsonText } from './as-json.ts'
import { junitText } from './as-junit.ts'
import { diagnostic } from './report.ts'
import { wellFormed } from './visible.ts'

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

describe('GitHub annotations', () => {
  it('come back as they were, one command a line', () => {
    fc.assert(
      fc.property(strings, strings, (title, message) => {
        const at = { file: title, line: 1, column: 2, endLine: 1, endColumn: 3 }
        const lines = githubText([{ severity: 'error', title, message, at }]).split('\n')
        expect(lines).toHaveLength(2)
        const kept = (s: string) => wellFormed(s).replace(/(?![\r\n])\p{Cc}/gu, ' ')
        expect(readCommand(lines[0]!)).toEqual({
          properties: { file: kept(title), line: '1', endLine: '1', col: '2', endColumn: '3', title: kept(title) },
          message: kept(message),
        })
      }),
    )
  })
  it('say how many GitHub would not show', () => {
    const one = { severity: 'error' as const, title: 't', message: 'm', at: null }
    const lines = githubText(Array.from({ length: 25 }, () => one))
      .trimEnd()
      .split('\n')
    expect(lines).toHaveLength(10)
    expect(lines[9]).toContain('16 more')
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
      fc.property(strings, strings, (name, details) => {
        const xml = junitText('s', [{ name, group: 'g', file: 'f', seconds: 0.5, status: 'fail', message: name, details }])
        const kept = (s: string) => wellFormed(s).replace(/(?![\n\r\t])[\p{Cc}\ufffe\uffff]/gu, '\ufffd')
        const match =
          /<testcase name="([^"<]*)" classname="g" file="f" time="0\.500"><failure message="[^"<]*">([^<]*)<\/failure><\/testcase>/.exec(
            xml,
          )!
        expect(unescaped(match[1]!)).toBe(kept(name))
        expect(unescaped(match[2]!)).toBe(kept(details))
        expect(xml.replace(/&(#\d+|amp|lt|gt|quot|apos);/g, '')).not.toContain('&')
      }),
    )
  })
  it('counts', () => {
    const test = { name: 'n', group: 'g', file: 'f', seconds: 1, message: 'm', details: '' }
    const xml = junitText('s', [
      { ...test, status: 'pass' },
      { ...test, status: 'skipped' },
      { ...test, status: 'error' },
    ])
    expect(xml).toContain('<testsuites tests="3" failures="0" errors="1" skipped="1" time="3.000">')
  })
})
