import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { adrepro, folderWith } from './adrepro.ts'

const ISSUE =
  '# A slope\n\n```julia\nusing Enzyme\nf(x) = x^2\nautodiff(Reverse, f, Active, Active(3.0)) # ((6.0,),)\n```\n\n```\nERROR: no\n```\n'

describe('import', () => {
  it('writes a case that runs, says what it took and what it left, and overwrites nothing', async () => {
    const cwd = folderWith({ 'issue.md': ISSUE })
    const first = await adrepro(['import', 'issue.md', '--upstream', 'https://example.org/1'], { cwd })
    expect(first).toMatchObject({ code: 0, stdout: 'a-slope.jl\n' })
    expect(first.stderr).toBe(
      'Check: autodiff(Reverse, f, Active, Active(3.0)) is ((6.0,),), as the issue says\nIgnored at line 10: an error and its stack: ERROR: no\n',
    )
    const ran = await adrepro(['run', 'a-slope.jl', '--json'], { cwd })
    expect(JSON.parse(ran.stdout)).toMatchObject({ exit: 0, rows: [{ verdict: 'pass', title: 'A slope' }] })
    writeFileSync(join(cwd, 'a-slope.jl'), 'mine')
    const again = await adrepro(['import', 'issue.md', '--json'], { cwd })
    expect(again.code).toBe(2)
    expect(JSON.parse(again.stdout)).toMatchObject({ file: null, error: { code: 'output.not-writable' }, exit: 2 })
    expect(readFileSync(join(cwd, 'a-slope.jl'), 'utf8')).toBe('mine')
  })
  it('reads standard input, writes standard output, and refuses what holds no program', async () => {
    const made = await adrepro(['import', '-', '-o', '-'], { input: ISSUE })
    expect(made.stdout).toMatch(/^#= adrepro\ntitle: "A slope"\n/)
    const none = await adrepro(['import', '-', '-o', '-'], { input: 'words only, no code' })
    expect(none).toMatchObject({ code: 2, stdout: '' })
    expect(none.stderr).toContain('error[import.no-program]')
  })
})
