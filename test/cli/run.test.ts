import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { adrepro, folderWith, INERT } from './adrepro.ts'

const MODEL = 'cases/nested/reverse-over-reverse-matrix.jl'

interface Row {
  readonly file: string
  readonly check: string
  readonly engine: string
  readonly verdict: string
  readonly ok: boolean
  readonly outcome: string
  readonly code: string | null
  readonly phase: string | null
  readonly signature: string
  readonly value: { readonly plain: unknown } | null
  readonly evidence: readonly string[]
}

interface Suite {
  readonly rows: readonly Row[]
  readonly problems: readonly { readonly code: string; readonly primary: { readonly line: number; readonly column: number } | null }[]
  readonly exit: number
}

async function rowsOf(args: readonly string[], cwd?: string): Promise<Suite & { readonly code: number | null }> {
  const ran = await adrepro(['run', ...args, '--json'], cwd ? { cwd } : {})
  return { ...(JSON.parse(ran.stdout) as Suite), code: ran.code }
}

describe('the model failure', () => {
  it('is right on builtin, and fails on builtin:enzyme-0.13 at the limit, as recorded', async () => {
    const suite = await rowsOf([MODEL])
    expect(suite.rows.map(r => [r.check, r.engine, r.verdict, r.code])).toEqual([
      ['derivative(num_to_mat, 1.0)', 'builtin', 'pass', null],
      ['second_derivative(num_to_mat, 1.0)', 'builtin', 'pass', null],
      ['derivative(num_to_mat, 1.0)', 'builtin:enzyme-0.13', 'pass', null],
      ['second_derivative(num_to_mat, 1.0)', 'builtin:enzyme-0.13', 'known failure', 'ad.mixed-tape'],
    ])
    const second = suite.rows[1]!.value!.plain as number[][]
    const right = [
      [-Math.sin(1), -9 * Math.sin(3)],
      [-4 * Math.sin(2), -36 * Math.sin(6)],
    ]
    right.forEach((row, i) => {
      row.forEach((x, j) => {
        expect(Math.abs(second[i]![j]! - x)).toBeLessThan(1e-12 * Math.abs(x))
      })
    })
    expect(suite.code).toBe(0)
    expect(suite.exit).toBe(0)
  })
  it('says in a few lines what, where, why, what to do, and how to see more', async () => {
    const { stdout, code } = await adrepro(['run', MODEL, '--engine', 'builtin:enzyme-0.13'])
    expect(code).toBe(0)
    expect(stdout).toContain('error[ad.mixed-tape]')
    expect(stdout).toContain(`${MODEL}:`)
    expect(stdout).toMatch(/\^\^\^/)
    expect(stdout).toMatch(/help: a\)/)
    expect(stdout).toContain('EnzymeAD/Enzyme.jl#2640')
    expect(stdout).toContain('--verbose-errors')
    expect(stdout.split('\n').length).toBeLessThan(40)
  })
  it('shows both stacks, the IR, activity and the tape when asked for all', async () => {
    const { stdout } = await adrepro(['run', MODEL, '--engine', 'builtin:enzyme-0.13', '--verbose-errors'])
    expect(stdout).toContain('Written at:')
    expect(stdout).toContain('num_to_mat(')
    expect(stdout).toMatch(/Transformed by:\n \[\d+\] .*#\d/)
    for (const title of [/IR/, /[Aa]ctivity/, /[Tt]ape/]) expect(stdout).toMatch(title)
  })
})

describe('a bare program', () => {
  it('is a case whose checks are its tests and its end', async () => {
    const cwd = folderWith({ 'a.jl': 'using Test\n@test 1 + 1 == 2\n@test 1 == 2\n', 'b.jl': 'x = [1, 2]\nx[3]\n' })
    const suite = await rowsOf(['.'], cwd)
    expect(suite.code).toBe(1)
    expect(suite.rows.map(r => [r.file, r.verdict, r.code])).toEqual([
      ['a.jl', 'pass', null],
      ['a.jl', 'unexpected failure', 'test.failed'],
      ['a.jl', 'pass', null],
      ['b.jl', 'unexpected failure', 'run.exception'],
    ])
    expect(suite.rows[3]!.signature).toMatch(/^run\/run\.exception:BoundsError/)
  })
})

describe('the suite goes on', () => {
  it('after an endless loop, and after a program that wants a gigabyte', async () => {
    const cwd = folderWith({
      '1.jl': 'while true\nend\n',
      '2.jl': 'x = zeros(125_000_000)\nx[1] = 1.0\n',
      '3.jl':
        '#= adrepro\ntitle: T\nchecks:\n  - call: f(1)\n  - call: g(1)\n  - call: f(2)\n=#\nf(x) = x\nfunction g(x)\n  while x > 0\n    x += 1\n    x > 1000 && (x = 1)\n  end\nend\n',
      '4.jl': '1 + 1\n',
    })
    const suite = await rowsOf(['.', '--timeout', '3'], cwd)
    expect(suite.code).toBe(1)
    expect(suite.rows.map(r => [r.file, r.check, r.outcome])).toEqual([
      ['1.jl', '(program)', 'timeout'],
      ['2.jl', '(program)', 'crash'],
      ['3.jl', 'f(1)', 'pass'],
      ['3.jl', 'g(1)', 'timeout'],
      ['3.jl', 'f(2)', 'pass'],
      ['4.jl', '(program)', 'pass'],
    ])
    expect(suite.rows[1]!.signature).toBe('run/crash:memory')
  })
  it('after a program that takes memory bit by bit', async () => {
    const cwd = folderWith({
      'a.jl': 'function grow()\n  kept = Any[]\n  while true\n    push!(kept, (length(kept), 2.0))\n  end\nend\ngrow()\n',
      'b.jl': '1\n',
    })
    const suite = await rowsOf(['.', '--timeout', '100', '--memory', '160'], cwd)
    expect(suite.rows.map(r => [r.file, r.signature])).toEqual([
      ['a.jl', 'run/crash:memory'],
      ['b.jl', 'pass'],
    ])
  })
})

describe('what is not a case', () => {
  it('is said with a caret in the header, and ends with 2 while the rest is run', async () => {
    const cwd = folderWith({ 'bad.jl': '#= adrepro\ntitle: T\nchecks:\n  - cal: f(1)\n=#\n', 'good.jl': '1\n' })
    const ran = await adrepro(['run', '.'], { cwd })
    expect(ran.code).toBe(2)
    expect(ran.stderr).toContain('bad.jl:4:5')
    expect(ran.stderr).toContain('4│   - cal: f(1)\n │     ^^^')
    expect(ran.stdout).toContain('good.jl')
  })
  it('is a missing file, an empty folder, or a filter that matches nothing', async () => {
    const cwd = folderWith({ 'good.jl': '1\n', 'empty/x.txt': '' })
    for (const args of [
      ['nowhere.jl'],
      ['empty'],
      ['good.jl', '--filter', 'zzz'],
      ['good.jl', '--engine', 'what'],
      ['good.jl', '--jobs', '0'],
    ]) {
      const ran = await adrepro(['run', ...args], { cwd })
      expect([args, ran.code]).toEqual([args, 2])
      expect(ran.stderr).toMatch(/^error\[/)
      expect(ran.stdout).toBe('')
    }
  })
  it('is a program that does not parse', async () => {
    const cwd = folderWith({ 'a.jl': 'f(x) = (x +\n' })
    const ran = await adrepro(['run', 'a.jl'], { cwd })
    expect(ran.code).toBe(2)
    expect(ran.stdout).toContain('error[syntax.')
    expect(ran.stdout).toMatch(/a\.jl:[12]:\d+/)
  })
})

describe('the gate', () => {
  it('is red for a known failure that is fixed or fails otherwise, for a wrong value and for a stale record', async () => {
    const head = (checks: string) => `#= adrepro\ntitle: T\nchecks:\n${checks}\n=#\nf(x) = 2x\ng(x) = [1][x]\n`
    const cwd = folderWith({
      'a.jl': head('  - call: f(1)\n    on: {builtin: fails run.exception}'),
      'b.jl': head('  - call: g(2)\n    on: {builtin: fails ad.mixed-tape}'),
      'c.jl': head('  - call: g(2)\n    on: {builtin: fails run.exception}'),
      'd.jl': head('  - call: f(1)\n    value: 4'),
      'e.jl': head('  - call: f(1)\n    value: 4\n    on: {builtin: wrong factor 1/2}'),
      'f.jl': head('  - call: f(1)\n    on: {enzyme-9: fails run.exception}'),
    })
    const { code, stdout } = await adrepro(['gate', '.', '--json'], { cwd })
    expect(code).toBe(1)
    expect((JSON.parse(stdout) as Suite).rows.map(r => [r.file, r.verdict])).toEqual([
      ['a.jl', 'unexpected pass'],
      ['b.jl', 'other failure'],
      ['c.jl', 'known failure'],
      ['d.jl', 'wrong value'],
      ['e.jl', 'known failure'],
      ['f.jl', 'pass'],
      ['f.jl', 'stale'],
    ])
  })
  it('writes JUnit and annotations beside the text', async () => {
    const cwd = folderWith({ 'a.jl': 'x = 1\n[1][2]\n', 'b.jl': '1\n' })
    const { code, stdout } = await adrepro(['gate', '.', '--github', '--junit', 'out.xml'], { cwd })
    expect(code).toBe(1)
    expect(stdout).toMatch(/^::error file=a\.jl,line=2,endLine=2,col=1,endColumn=7,title=\(program\) on builtin::unexpected failure: /m)
    expect(readdirSync(cwd)).toContain('out.xml')
    expect(readdirSync(cwd).filter(name => name.endsWith('.part'))).toEqual([])
    const unwritten = await adrepro(['gate', 'b.jl', '--junit', 'a.jl/out.xml'], { cwd })
    expect(unwritten.code).toBe(2)
    expect(unwritten.stderr).toContain('error[output.not-writable]')
  })
})

describe('hostile text', () => {
  const evil = '\x1b[2J\x1b]0;owned\x07 ``` ::error::x ]]> <script> \u202e 50%'
  const header = `#= adrepro\ntitle: ${JSON.stringify(evil)}\nchecks:\n  - call: ${JSON.stringify('f("\x1b[31m ``` ]]> ::error::x")')}\n    value: 1\n=#\n`
  const text = `${header}# ${evil}\nprintln("\x1b[2J\`\`\`")\nf(s) = error(s)\n`
  it('does nothing in any output', async () => {
    const cwd = folderWith({ 'evil.jl': text })
    for (const args of [
      ['run', 'evil.jl'],
      ['run', 'evil.jl', '--verbose-errors'],
      ['run', 'evil.jl', '--json'],
      ['gate', '.', '--github', '--junit', 'o.xml'],
    ]) {
      const ran = await adrepro(args, { cwd })
      expect(ran.code).toBe(1)
      expect(ran.stdout).toMatch(INERT)
      expect(ran.stderr).toMatch(INERT)
      for (const line of ran.stdout.split('\n')) if (line.startsWith('::')) expect(line).toMatch(/^::error file=evil\.jl,/)
    }
    expect(existsSync(join(cwd, 'o.xml'))).toBe(true)
  })
})

describe('colours', () => {
  it('are for terminals, or on demand', async () => {
    const cwd = folderWith({ 'a.jl': '1\n' })
    expect((await adrepro(['run', 'a.jl'], { cwd })).stdout).toMatch(INERT)
    expect((await adrepro(['run', 'a.jl'], { cwd, env: { FORCE_COLOR: '1' } })).stdout).toContain('\x1b[')
    expect((await adrepro(['run', 'a.jl'], { cwd, env: { NO_COLOR: '1' } })).stdout).toMatch(INERT)
  })
})
