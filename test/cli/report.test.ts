import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { firstBlock } from '../../src/repro/report/markdown.ts'
import { adrepro, folderWith, root } from './adrepro.ts'

const MODEL = join(root, 'cases/nested/reverse-over-reverse-matrix.jl')

describe('the report of the model failure', () => {
  it('holds a program that shows the failure by itself, and everything an issue needs', async () => {
    const cwd = folderWith({})
    const ran = await adrepro(['report', MODEL, '-o', 'out'], { cwd })
    expect(ran.code).toBe(0)
    const file = 'out/reverse-over-reverse-matrix.builtin-enzyme-0.13.ad.mixed-tape.md'
    expect(ran.stdout).toBe(`${file}\n`)
    expect(readdirSync(join(cwd, 'out'))).toEqual([file.slice(4)])
    const text = readFileSync(join(cwd, file), 'utf8')
    expect(text.length).toBeLessThanOrEqual(65_536)
    for (const part of [
      '# \\[builtin',
      'should give',
      '## Program',
      '## Error',
      'Where it was written',
      'How it was transformed',
      '## What works instead',
      '## Environment',
      '## Signature',
      'issues/2640',
    ]) {
      expect(text).toContain(part)
    }
    expect(text).toMatch(/`Forward` in place of `Reverse`/)
    const program = firstBlock(text, 'julia')!
    expect(program.startsWith('import Enzyme\n')).toBe(true)
    const again = await adrepro(['exec', '-', '--json', '--engine', 'builtin:enzyme-0.13'], { input: program })
    expect(again.code).toBe(1)
    expect(JSON.parse(again.stdout)).toMatchObject({ error: { code: 'ad.mixed-tape' } })
    const builtin = await adrepro(['exec', '-', '--json'], { input: program })
    expect(JSON.parse(builtin.stdout)).toMatchObject({ error: null, exit: 0 })
  })
})

describe('report', () => {
  it('says when there is nothing to report, and writes nothing', async () => {
    const cwd = folderWith({ 'a.jl': '1 + 1\n' })
    const ran = await adrepro(['report', 'a.jl'], { cwd })
    expect(ran.code).toBe(1)
    expect(ran.stderr).toContain('report.nothing-fails')
    expect(existsSync(join(cwd, 'reports'))).toBe(false)
  })
  it('handles a bare program, a wrong value and hostile text', async () => {
    const cwd = folderWith({
      'bare.jl': '# ``` \x1b[2J\nf(x) = error("```\\n# Title @who <script>")\nf(1)\n',
      'wrong.jl': '#= adrepro\ntitle: "``` <b>"\nchecks:\n  - call: f(1)\n    value: 2\n=#\nf(x) = x\n',
    })
    for (const name of ['bare.jl', 'wrong.jl']) {
      const ran = await adrepro(['report', name, '-o', `${name}.md`], { cwd })
      expect([name, ran.code, ran.stderr]).toEqual([name, 0, ''])
      const text = readFileSync(join(cwd, `${name}.md`), 'utf8')
      expect(text).not.toContain('\x1b')
      expect(firstBlock(text, 'julia')).toContain('f(x) = ')
      expect(text).not.toMatch(/^# Title/m)
    }
    expect(readFileSync(join(cwd, 'wrong.jl.md'), 'utf8')).toContain('factor 1/2')
  })
  it('refuses a program that an issue cannot hold', async () => {
    const cwd = folderWith({ 'long.jl': `${'# filler\n'.repeat(8000)}error("no")\n` })
    const ran = await adrepro(['report', 'long.jl'], { cwd })
    expect(ran.code).toBe(1)
    expect(ran.stderr).toContain('report.too-long')
    expect(existsSync(join(cwd, 'reports'))).toBe(false)
  })
})
