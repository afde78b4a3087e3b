/** What each edit makes of a program: one row a candidate. And of all candidates: their text reads back as it is. */
import { describe, expect, it } from 'vitest'
import type { Oracle } from '../../oracle.ts'
import { Problem } from '../../problem.ts'
import { JULIA, type JuliaProgram, readJulia } from '../program.ts'
import { juliaEdits } from './table.ts'

const oracle: Oracle = { describe: '', signature: '', test: async () => ({ kind: 'pass' }), close: () => {} }

function problemOf(text: string): Problem<JuliaProgram> {
  const { program } = readJulia(text)!
  return new Problem(program, null, { language: JULIA, oracle, jobs: 1, stopped: () => false, onBest: () => {}, onRun: () => {} })
}

/** What a run of the program with watched expressions would print: `k sort value`, k counting the watched expressions. */
const printed = (...lines: string[]) => lines.map(line => `\u0001${line}`).join('\n')

async function candidates(id: string, text: string, output = ''): Promise<string[]> {
  const problem = problemOf(text)
  const edit = juliaEdits(async () => output).find(e => e.id === id)!
  const patches = [...(await edit.patches(problem.current.program, problem.originOf))]
  return patches.flatMap(patch => {
    const made = problem.candidate([patch], true)
    return made ? [made.program.text.trimEnd()] : []
  })
}

// biome-ignore format: a table
const ROWS: readonly (readonly [string, string, string, string?])[] = [
  ['slice', 'a = 1\nb = 2\nprint(b)', 'b = 2\nprint(b)'],
  ['drop-statement', 'if a\n  f()\n  g()\nend', 'if a\n  g()\nend'],
  ['drop-with-users', 'v = [1]\npush!(v, 2)\nw = 2\nw', 'w = 2\nw'],
  ['unwrap-body', 'for i in 1:3\n  f(i)\nend', 'i = first(1:3)\nf(i)'],
  ['unwrap-body', 'if a\n  f()\nelse\n  g()\nend', 'g()'],
  ['unwrap-body', 'if a\n  f()\nelseif b\n  g()\nend', 'if b\n  g()\nend'],
  ['unwrap-body', 'let a = 1\n  f(a)\nend', 'a = 1\nf(a)'],
  ['unwrap-body', 'try\n  f()\ncatch e\n  g()\nend', 'f()'],
  ['unwrap-body', '@testset "t" begin\n  f()\n  g()\nend', 'f()\ng()'],
  ['unwrap-body', 'module M\nf()\nend', 'f()'],
  ['inline-function', 'f(x, y) = x + y\n2 * f(a, 3)', '2 * (a + 3)'],
  ['inline-function', 'function f(x)\n  return 2x\nend\nmap(f, v)', 'map(x -> 2x, v)'],
  ['inline-lambda', '(x -> x + 1)(2)', '2 + 1'],
  ['inline-variable', 'y = f(2)\ng(y)', 'g(f(2))'],
  ['inline-variable', 'y = 2\ng(y, y)', 'g(2, 2)'],
  ['inline-statements', 'function f(x)\n  y = 2x\n  return y\nend\nz = f(3)', 'x = 3\ny = 2x\nz = y'],
  ['inline-call', 'f(x) = x + 1\nf(2) + f(3)', 'f(x) = x + 1\n(2 + 1) + f(3)'],
  ['drop-annotation', 'f(x::Float64) = x', 'f(x) = x'],
  ['drop-annotation', 'f(x::T) where T = x', 'f(x::T) = x'],
  ['drop-annotation', '@inbounds f(x)', 'f(x)'],
  ['drop-annotation', '"About f."\nf(x) = x', 'f(x) = x'],
  ['drop-annotation', 'struct A <: B\nend', 'struct A\nend'],
  ['drop-type-parameters', 'struct P{T}\n  x::T\nend\nP{Int}(1)', 'struct P\n  x\nend\nP(1)'],
  ['drop-parameter', 'f(x, y) = x\nf(1, 2)', 'f(x) = x\nf(1)'],
  ['drop-parameter', 'f(x, y) = x + y\nf(1, 2)', 'f(x) = x + 2\nf(1)'],
  ['drop-keyword', 'f(x; k = 2) = x * k\nf(1; k = 2)', 'f(x) = x * 2\nf(1)'],
  ['drop-field', 'struct P\n  x\n  y\nend\nP(1, 2)', 'struct P\n  x\nend\nP(1)'],
  ['drop-derivative', 'gradient(Reverse, f, 2.0)', 'f(2.0)'],
  ['drop-derivative', 'Enzyme.autodiff(Reverse, f, Active, Active(2.0), Const(3))', 'f(2.0, 3)'],
  ['value', 'g(2)\nf(g(1))\nh()', 'g(2)\nf(5)\nh()', printed('2 number 5')],
  ['value', 'f(P(1))\nh()', 'f(0.0)\nh()', printed('1 other …')],
  ['surrogate', 'g(t) = t^3\nf(x) = g(x) + 1\nf(2.0)', 'g(t) = t^3\nf(x) = (8.0 + 12.0 * (x - 2.0)) + 1\nf(2.0)', `${printed('3 number 8.0', '4 number 2.0')}\n\u00020 | 12.0 | 12.0`],
  ['surrogate', 'g(t) = t^3\nf(x) = g(x) + 1\nf(2.0)', 'g(t) = t^3\nf(x) = (8.0 + 12.0 * (x - 2.0) + 6 * (x - 2.0)^2) + 1\nf(2.0)', `${printed('3 number 8.0', '4 number 2.0')}\n\u00020 | 12.0 | 12.0`],
  ['surrogate', 'g(t) = [t, t]\nf(x) = g(x)\nf(2.0)', 'g(t) = [t, t]\nf(x) = [2.0, 2.0] + [1.0, 1.0] * (x - 2.0)\nf(2.0)', `${printed('3 1-dimensional [2.0, 2.0]', '4 number 2.0')}\n\u00020 | [1.0, 1.0] | `],
  ['surrogate', 'g(t) = sum(t)\nf(x) = g(x)\nf([2.0])', 'g(t) = sum(t)\nf(x) = 2.0 + sum([1.0] .* (x - [2.0]))\nf([2.0])', `${printed('2 number 2.0', '3 1-dimensional [2.0]')}\n\u00020 | [1.0] | [0.0;;]`],
  ['surrogate', 'g(t) = 2t\nf(x) = g(x)\nf([2.0])', 'g(t) = 2t\nf(x) = [4.0] + [2.0;;] * (x - [2.0])\nf([2.0])', `${printed('2 1-dimensional [4.0]', '3 1-dimensional [2.0]')}\n\u00020 | [2.0;;] | `],
  ['while-to-for', 'i = 1\nwhile i <= n\n  f(i)\n  i += 1\nend', 'for i in 1:n\n  f(i)\nend'],
  ['while-to-for', 'while f(x) < 2\n  g()\nend', 'for _ in 1:2\n  g()\nend'],
  ['unroll-loop', 'for i in 1:2\n  f(i)\nend', 'i = 1\nf(i)\ni = 2\nf(i)'],
  ['unroll-loop', 'v = [5.0, 6.0]\nfor x in v\n  f(x)\nend\ng()', 'v = [5.0, 6.0]\nx = v[1]\nf(x)\nx = v[2]\nf(x)\ng()', printed('1 1-dimensional [5.0, 6.0]')],
  ['split-broadcast', 'y = a .* sin.(x)', 'step = sin.(x)\ny = a .* step'],
  ['split-broadcast', 'f(x) = sum(a .* sin.(x))', 'f(x) = begin\n  step = sin.(x)\n  sum(a .* step)\nend'],
  ['to-broadcast', 'map(f, v)', 'f.(v)'],
  ['to-broadcast', '[f(x) for x in v]', 'f.(v)'],
  ['struct-to-tuple', 'struct P{T}\n  x::T\n  y\nend\ng(p::P) = p.x + p.y\ng(P(1, P(2, 3).y))', 'g(p) = p[1] + p[2]\ng((1, (2, 3)[2]))'],
  ['plain-autodiff', 'Enzyme.jacobian(Enzyme.Forward, f, x)', 'Enzyme.autodiff(Enzyme.Forward, f, Enzyme.Duplicated(x, 1.0))'],
  ['plain-autodiff', 'jacobian(Reverse, f, 2.0)', 'autodiff(Reverse, f, Active(2.0))'],
  ['inline-function', 'd(f, x) = g(f, x)[1]\nd(y -> d(h, y), x)', 'g(y -> g(h, y)[1], x)[1]'],
  ['hoist', 'f(g(x), 2)', 'g(x)'],
  ['hoist', 'f(g(x), 2)', 'x'],
  ['drop-splat', 'f((a, b)..., c)', 'f(a, b, c)'],
  ['drop-element', 'f(a, b, c)', 'f(a, c)'],
  ['drop-element', '[a, b]', '[b]'],
  ['drop-element', 'a + b + c', 'a + b'],
  ['drop-element', 'f(a; k = 1)', 'f(a)'],
  ['unqualify', 'import Enzyme\nEnzyme.gradient(Enzyme.Reverse, f, x)', 'using Enzyme\ngradient(Reverse, f, x)'],
  ['plainer-derivative', 'jacobian(Reverse, f, x)', 'gradient(Reverse, f, x)'],
  ['drop-dot', 'sin.(x) .+ 1', 'sin.(x) + 1'],
  ['drop-dot', 'sin.(x) .+ 1', 'sin(x) .+ 1'],
  ['simpler-everywhere', 'f(10)\ng(10)', 'f(1)\ng(1)'],
  ['simpler-literal', 'f(2.718)', 'f(0.0)'],
  ['simpler-literal', 'f(2.718)', 'f(3.0)'],
  ['simpler-literal', 'f(2.718)', 'f(2.7)'],
  ['canonical-order', 'scale(value) = 2value + 1\nhalf(x) = x\nscale(3)', 'half(x) = x\nscale(value) = 2value + 1\nscale(3)'],
  ['canonical-names', 'struct Point\nend\nPoint()', 'struct A\nend\nA()'],
  ['canonical-names', 'scale(value) = 2value\nscale(3)', 'f(x) = 2x\nf(3)'],
]

describe('edits', () => {
  for (const [id, before, after, output = ''] of ROWS) {
    it(`${id}: ${JSON.stringify(before)} becomes ${JSON.stringify(after)}`, async () => {
      expect(await candidates(id, before, output)).toContain(after)
    })
  }
  it('each have a row', () => {
    const ids = juliaEdits(async () => '').map(edit => edit.id)
    expect(ids.filter(id => !ROWS.some(row => row[0] === id))).toEqual([])
  })
  it('make texts that read back as they are', async () => {
    for (const edit of juliaEdits(async () => '')) {
      for (const [, before] of ROWS) {
        for (const text of await candidates(edit.id, before)) {
          const again = readJulia(text)
          expect(again?.program.text.trimEnd(), `${edit.id} of ${before}`).toBe(text)
        }
      }
    }
  })
})

it.each([
  ['(((0(0.0))))', '0(0.0)'],
  ['2((x + 1))', '2(x + 1)'],
  ['((2x) + (1))', '2x + 1'],
])('%s keeps no parentheses that say nothing', (text, canonical) => {
  expect(readJulia(text)!.program.text).toBe(`${canonical}\n`)
})
