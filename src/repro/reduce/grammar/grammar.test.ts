import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Program } from '../language.ts'
import type { Oracle } from '../oracle.ts'
import { applied } from '../patch.ts'
import { Problem } from '../problem.ts'
import { reduceAll } from '../schedule.ts'
import { GRAMMAR_EDITS } from './edits.ts'
import { grammarLanguage } from './program.ts'
import { grammarOf } from './table.ts'

const PYTHON = `import math

class Config:
    def __init__(self, rate, steps=10):
        self.rate = rate
        self.steps = steps

def scale(values, factor):  # of all
    if factor > 0:
        return [KEEP(v, factor) for v in values]
    else:
        return values

def main():
    c = Config(0.1)
    data = [1.0, 2.0]
    for step in range(c.steps):
        print(scale(data, 3))

main()
`
const JAVASCRIPT = `const a = require('a')
class Vec { constructor(x, y = 2) { this.x = x } len() { return KEEP(this.x) } }
function f(v, unused) { if (v) { return new Vec(v, 3).len() } else { return { k: [1, 2] } } }
for (const i of [1, 2, 3]) console.log(f(i, 'text'))
`
const CPP = `#include <cmath>
struct P { double a; int b; };
template <class T> T sq(T x, int n) { return x * KEEP(x); }
int main() { P p = {1.0, 2}; for (int i = 0; i < 3; i++) { p.a += sq(p.a, 4); } return 0; }
`
const RUST = `use std::f64;
struct P { a: f64 }
fn f(x: f64, n: usize) -> f64 { let y = x * 2.0; if n > 1 { return KEEP(y); } y }
fn main() { let p = P { a: 1.0 }; for i in 0..3 { println!("{}", f(p.a, i)); } }
`
const TEXT = `[section one]
a = 1, b = (2, 3)
KEEP = [4, {5: 6}]

[section two]
c = 7
`

/** As a command would say, but at once. */
function holding(test: (text: string) => boolean): Oracle {
  return {
    describe: 'a test',
    signature: 'a test',
    test: async text => (test(text) ? { kind: 'same', at: null } : { kind: 'pass' }),
    close: () => {},
  }
}

async function reduced(file: string, text: string, test: (text: string) => boolean) {
  const grammar = await grammarOf(file)
  const language = grammarLanguage(grammar)
  const start = language.read(text)!.program
  const problem = new Problem(start, null, {
    language,
    oracle: holding(test),
    jobs: 1,
    stopped: () => false,
    onBest: () => {},
    onRun: () => {},
  })
  const minimal = await reduceAll(problem, GRAMMAR_EDITS, new Map(), { onEdit: () => {} })
  return { text: problem.current.program.text, runs: problem.counts.runs, minimal, start, language }
}

describe('programs of which only a grammar is known', () => {
  it.each([
    ['x.py', PYTHON, 'KEEP\n', 100],
    ['x.js', JAVASCRIPT, 'KEEP\n', 60],
    ['x.cpp', CPP, 'KEEP\n', 100],
    ['x.rs', RUST, 'KEEP\n', 100],
    ['x.toml', TEXT, 'KEEP\n', 40],
  ])('%s becomes the smallest that holds a word', async (file, text, expected, runs) => {
    const result = await reduced(file, text, t => t.includes('KEEP'))
    expect(result.text.replaceAll(/[();]|fn \w+|\{\s*|\s*\}/g, '').trim()).toBe(expected.trim())
    expect(result.minimal).toBe(true)
    expect(result.runs).toBeLessThan(runs)
  })

  it('parameters go with their arguments', async () => {
    const items = (list: string | undefined) => list?.split(',').filter(item => item.trim() !== '').length
    const program = 'def scale(values, factor):\n    return values\n\nprint(scale([1.0], 3))\n'
    const { text } = await reduced('x.py', program, t => {
      const parameters = items(/def scale\((.*)\):/.exec(t)?.[1])
      return parameters !== undefined && parameters > 0 && items(/(?<!def )scale\((.*?)\)/.exec(t)?.[1]) === parameters
    })
    expect(text).toMatch(/^def scale\(values\):\n {4}\S+\n\nscale\((?:\[\]|0)\)\n$/)
  })

  it('a statement that calls a function becomes its body, whatever is done with the value', async () => {
    const called = (name: string, t: string) => new RegExp(`^(?:\\w+ = )?${name}\\(\\)`, 'm').test(t)
    const runs = (t: string) =>
      /^KEEP/m.test(t) || (/def f\(\):\s+KEEP/.test(t) && (called('f', t) || (/(?<!def) f\(\)/.test(t) && called('g', t))))
    const { text } = await reduced('x.py', 'def f():\n    KEEP\n\ndef g():\n    s = f()\n\nr = g()\n', runs)
    expect(text).toBe('KEEP\n')
  })

  it('what still uses a name keeps its definition', async () => {
    const seen: string[] = []
    await reduced('x.js', 'const a = 1\nconst b = a + 1\nprint(b)\n', t => {
      seen.push(t)
      return t.includes('print(b')
    })
    for (const text of seen) if (/\bb\)/.test(text)) expect(text).toContain('const b')
  })

  it.each([
    ['x.py', PYTHON],
    ['x.js', JAVASCRIPT],
    ['x.cpp', CPP],
    ['x.rs', RUST],
    ['x.toml', TEXT],
  ])('%s: what an edit makes reads back as it is', async (file, text) => {
    const language = grammarLanguage(await grammarOf(file))
    const program = language.read(text)!.program
    for (const edit of GRAMMAR_EDITS) {
      for (const patch of await edit.patches(program, () => '')) {
        const candidate = language.read(applied(program.text, [patch]).text)!.program
        const again = language.read(candidate.text)!.program
        expect(again.text).toBe(candidate.text)
        expect(again.weight).toEqual(candidate.weight)
      }
    }
  })

  it('any text is a program, and its pieces stand where they are', async () => {
    for (const file of ['x.py', 'x.js', 'x.txt']) {
      const language = grammarLanguage(await grammarOf(file))
      fc.assert(
        fc.property(fc.string({ unit: fc.constantFrom(...'ab1 \n\t()[]{},;:="#'.split('')) }), text => {
          const reading = language.read(text)!
          const program: Program = reading.program
          expect(reading.from).toHaveLength(program.marks.length)
          program.marks.forEach((mark, i) => {
            const visible = program.text[mark]
            if (visible?.trim()) expect(text[reading.from[i]!]).toBe(visible)
          })
        }),
        { numRuns: 100 },
      )
    }
  })
})
