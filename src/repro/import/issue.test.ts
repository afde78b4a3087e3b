import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCase } from '../case-file.ts'
import { expectedIn } from './expected.ts'
import { importIssue } from './issue.ts'

describe('comments that say what is right', () => {
  it.each<[string, string | null, number | null]>([
    ['3.0', '3.0', null],
    ['=> [1.0, 2.0]', '[1.0, 2.0]', null],
    ['returns ((2.0, 4.0),)', '((2.0, 4.0),)', null],
    ['-> 0.5403', '0.5403', 1e-3],
    ['≈ 0.5403023058681398', '0.5403023058681398', null],
    ['expected 2.0, got 0.0', '2.0', null],
    ['0.0, should be 2.0!', '2.0', null],
    ['wrong: 0.0', null, null],
    ['this gives 0.0 but ForwardDiff says 1.0', null, null],
    ['works', null, null],
    ['1 of 3', null, null],
    ['correct answer is `[1.0 2.0; 3.0 4.0]`.', '[1.0 2.0; 3.0 4.0]', null],
    ['expected: 2cos(1)', '2cos(1)', null],
    ['expected [-sin1 -9sin3]', null, null],
    ['expected run(`rm -rf /`)', null, null],
    ['NaN instead of 1.25', '1.25', 1e-2],
    ['[20.0, 118.0]', '[20.0, 118.0]', null],
    ['[20.0, 118.25]', '[20.0, 118.25]', 1e-4],
    ['expected true', null, null],
    ['Enzyme 0.13: fails', null, null],
    ['', null, null],
  ])('%s', (comment, equals, rtol) => {
    const expected = expectedIn(comment)
    expect(expected?.equals ?? null).toBe(equals)
    expect(expected?.rtol ?? null).toBe(rtol)
  })
})

it.each([
  ['### Wrong gradient\n\nHi:\n', 'Wrong gradient'],
  ['### Describe the bug\n# Crash in `f`\n', 'Crash in `f`'],
  ['MWE:\n', 'MWE'],
  ['Code:\n\nThe gradient is zero.\n', 'The gradient is zero.'],
  ['**Describe the bug**\nThe *second* derivative is **zero**.\n', 'The *second* derivative is zero.'],
  ['<details><summary>Code</summary>\n\nIt <b>fails</b> in `f`.\n', 'It fails in `f`.'],
  ['### To reproduce\n', 'To reproduce'],
  ['The Hessian of `f` fails for me:\n', 'The Hessian of `f` fails for me'],
])('the title of %j', (text, title) => {
  expect(importIssue([text, '```julia', 'f(1)', '```', ''].join('\n'), { name: 'a.md', upstream: null })).toMatchObject({ title })
})

interface Issue {
  readonly issue: string
  readonly program: string
  /** `call` or `call is value`. */
  readonly checks: readonly string[]
  readonly ignored?: readonly string[]
}

const ISSUES: Readonly<Record<string, Issue>> = {
  'a fence': {
    issue: 'It fails:\n\n```julia\nusing Enzyme\nf(x) = x^2\nautodiff(Reverse, f, Active, Active(1.0)) # ((2.0,),)\n```\n',
    program: 'using Enzyme\nf(x) = x^2\n',
    checks: ['autodiff(Reverse, f, Active, Active(1.0)) is ((2.0,),)'],
  },
  'a session, with a statement of several lines': {
    issue: '```\njulia> function f(x)\n           2x\n       end\nf (generic function with 1 method)\n\njulia> f(1.0)\n2.0\n```',
    program: 'function f(x)\n    2x\nend\n',
    checks: ['f(1.0)'],
    ignored: ['output: f (generic function with 1 method)'],
  },
  'a shadow that is shown, with its right value': {
    issue:
      '```julia\nusing Enzyme\nx = [1.0]; dx = [0.0]\nautodiff(Reverse, sum, Duplicated(x, dx))\n@show dx # should be [1.0]\n@show x\n```',
    program: 'using Enzyme\nx = [1.0]; dx = [0.0]\nautodiff(Reverse, sum, Duplicated(x, dx))\n@show x\n',
    checks: ['dx is [1.0]'],
  },
  'a right value that a sentence tells': {
    issue:
      '```julia\njulia> dx = zeros(2);\n\njulia> g!(dx)\n\njulia> dx\n2-element Vector{Float64}:\n 0.0\n 0.0\n```\nExpected (by differences): `[20.0, 18.0]`, and not 2 zeros.\n',
    program: 'dx = zeros(2);\ng!(dx)\n',
    checks: ['dx is [20.0, 18.0]'],
    ignored: ['output: 2-element Vector{Float64}:'],
  },
  'a right value that stands in a block of its own': {
    issue: '```julia\nf(x) = 2x\nf(3.0)\n```\nThe correct result:\n```\n(6.0,)\n```\n',
    program: 'f(x) = 2x\n',
    checks: ['f(3.0) is (6.0,)'],
    ignored: ['output: (6.0,)'],
  },
  'a comment that says what came, where a sentence tells what is right': {
    issue: '```julia\nf(x) = 2x\nf(3.0) # NaN\n```\nI would expect `6.0`.\n',
    program: 'f(x) = 2x\n',
    checks: ['f(3.0) is 6.0'],
  },
  'sentences that tell two values, or none': {
    issue:
      '```julia\nf(x) = 2x\nf(3.0)\n```\nExpected `6.0` here and correct is `7.0` there.\nIt should give 3 errors.\nThe correct value is `8.0`.\n',
    program: 'f(x) = 2x\n',
    checks: ['f(3.0)'],
  },
  'what `@show` printed, with an error after it': {
    issue: '```julia\ng = f(1)\n@show g\nf(2)\n```\nOutput\n```\ng = [0.5, 2.0]\nERROR: boom\n```\n',
    program: 'g = f(1)\n@show g\n',
    checks: ['f(2)'],
    ignored: ['an error and its stack: ERROR: boom', 'output: g = [0.5, 2.0]'],
  },
  'a session without a fence': {
    issue: 'julia> f(x) = 2x\nf (generic function with 1 method)\njulia> f(2)\n4\n',
    program: 'f(x) = 2x\n',
    checks: ['f(2)'],
    ignored: ['output: f (generic function with 1 method)'],
  },
  'nothing but the program': { issue: 'f(x) = 2x\n@show f(3)\n', program: 'f(x) = 2x\n', checks: ['f(3)'] },
  'indented code': { issue: 'See\n\n    f(x) = 2x\n\n    f(3)\n\nso.', program: 'f(x) = 2x\n', checks: ['f(3)'] },
  'a quoted fence in a list': { issue: '> - ```jl\n>   f(x) = 2x\n>   f(3)\n>   ```\n', program: 'f(x) = 2x\n', checks: ['f(3)'] },
  'several fences of one program': {
    issue: '```julia\nf(x) = 2x\n```\nand then\n```julia\nf(3)\n```\n',
    program: 'f(x) = 2x\n',
    checks: ['f(3)'],
  },
  'another version of the program': {
    issue: '```julia\nusing Enzyme\nf(x) = 2x\nf(1)\n```\nsmaller:\n```julia\nusing Enzyme\nf(x) = x\nf(1)\n```\n',
    program: 'using Enzyme\nf(x) = 2x\n',
    checks: ['f(1)'],
    ignored: ['another version of the program: using Enzyme'],
  },
  'other languages, errors and versions': {
    issue:
      '```bash\njulia x.jl\n```\n```julia\nf(x) = 2x\nf(1)\n```\n```\nERROR: boom\nStacktrace:\n [1] f\n```\n```\nJulia Version 1.11.2\n  OS: Linux\n```\n',
    program: 'f(x) = 2x\n',
    checks: ['f(1)'],
    ignored: ['code in `bash`: julia x.jl', 'an error and its stack: ERROR: boom'],
  },
  'code that is cut off': {
    issue: '```julia\nf(x) = 2x\nf(1)\n```\n```julia\nfor i in 1:3\n  ...\n```\n',
    program: 'f(x) = 2x\n',
    checks: ['f(1)'],
    ignored: ['code that is not Julia: Found the end of the line before `...` where an expression is expected.: for i in 1:3'],
  },
  'what writes stays in the program, and so does what it writes': {
    issue: 'x = [1.0]\nsum(x)\nx[1] = 2.0\nsum(x)\n',
    program: 'x = [1.0]\nsum(x)\nx[1] = 2.0\n',
    checks: ['sum(x)'],
  },
  'writing through a function': {
    issue: 'x = [1.0]\ny = 2.0\nf() = sum(x)\ng() = y\nf()\ng()\nfill!(x, 3.0)\n',
    program: 'x = [1.0]\ny = 2.0\nf() = sum(x)\ng() = y\nf()\nfill!(x, 3.0)\n',
    checks: ['g()'],
  },
  'a shadow is written in reverse mode only': {
    issue: 'dx = [0.0]\nsum(dx)\nautodiff(Reverse, sum, Active, Duplicated([1.0], dx))\nautodiff(Forward, sum, Duplicated([1.0], dx))\n',
    program: 'dx = [0.0]\nsum(dx)\nautodiff(Reverse, sum, Active, Duplicated([1.0], dx))\n',
    checks: ['autodiff(Forward, sum, Duplicated([1.0], dx))'],
  },
  'work on packages': {
    issue: 'using Pkg; Pkg.activate("."); Pkg.add("Enzyme")\nusing Enzyme\nf(1)\n',
    program: 'using Enzyme\n',
    checks: ['f(1)'],
    ignored: ['work on packages: using Pkg', 'work on packages: Pkg.activate(".")', 'work on packages: Pkg.add("Enzyme")'],
  },
}

describe('issues', () => {
  it.each(Object.entries(ISSUES))('%s', (_, { issue, program, checks, ignored = [] }) => {
    const made = importIssue(issue, { upstream: null, name: 'issue' })
    if (made.kind !== 'case') throw new Error('nothing was found')
    expect(made.text.replace(/^#= adrepro\n[\s\S]*?\n=#\n/, '')).toBe(program)
    expect(made.checks.map(c => (c.equals === undefined ? c.call : `${c.call} is ${c.equals}`))).toEqual(checks)
    expect(made.ignored.map(i => `${i.what}: ${i.text}`)).toEqual(ignored)
  })

  it('says where it stands upstream, what it is called, and what was reported', () => {
    const issue =
      'title:\tBoom =# here\nstate:\tOPEN\nurl:\thttps://example.org/1\n--\n```julia\nf(1)\n```\n```\nERROR: LoadError: bad =# thing\n```\nJulia Version 1.10.4\n[7da242da] Enzyme v0.13.5\n'
    const made = importIssue(issue, { upstream: null, name: 'issue' })
    if (made.kind !== 'case') throw new Error('nothing was found')
    const read = readCase({ name: 'x.jl', text: made.text })
    expect(read).toMatchObject({ kind: 'case', file: { title: 'Boom =# here', upstream: 'https://example.org/1' } })
    expect(made.text).toContain('Reported with Julia 1.10.4, Enzyme 0.13.5.')
    expect(made.text).toContain('Reported failure: bad =\\u0023 thing')
  })

  it('finds nothing where there is nothing', () => {
    for (const text of ['', 'just words, no code', '```python\nx = 1\n```', '```julia\nfor\n```'])
      expect(importIssue(text, { upstream: null, name: 'issue' }).kind).toBe('nothing')
  })

  it('makes a case that reads, whatever the text is', () => {
    const pieces = fc.constantFrom(
      ...['```julia\n', '```\n', '~~~\n', 'julia> ', 'f(x) = 2x\n', 'f(1) # 2.0\n', '=#', '#=', '"""', '\n\n', '    ', '> ', '# title\n'],
      ...[
        'ERROR: x\n',
        'title:\t\u202e\n--\n',
        '\ud800',
        '\r\n',
        'end\n',
        'begin\n',
        'Julia Version 1.10.4\n',
        '@show f(1)\n',
        'x[1] = 2\n',
        ';',
        '\0',
      ],
    )
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), parts => {
        const made = importIssue(parts.join(''), { upstream: null, name: 'issue' })
        if (made.kind !== 'case') return
        const read = readCase({ name: 'x.jl', text: made.text })
        expect(read.kind).toBe('case')
        if (read.kind === 'case') expect(read.file.checks?.length ?? 0).toBe(made.checks.length)
      }),
      { numRuns: 500 },
    )
  })
})
