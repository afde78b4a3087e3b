import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { adrepro, folderWith } from './adrepro.ts'

const PROGRAM = `using Enzyme, Test
square!(y, x) = (y .= x .^ 2)
x, dx = [3.0], [0.0]
autodiff(Reverse, square!, Duplicated([0.0], [1.0]), Duplicated(x, dx))
@test dx == [6.0]
`

describe('run --fix', () => {
  it('shows what would change, and changes nothing', async () => {
    const cwd = folderWith({ 'mwe.jl': PROGRAM })
    const { stdout, stderr, code } = await adrepro(['run', 'mwe.jl', '--fix'], { cwd })
    expect(code).toBe(1)
    expect(stdout).toContain('2+ square!(y, x) = (y .= x .^ 2; nothing)')
    expect(readFileSync(join(cwd, 'mwe.jl'), 'utf8')).toBe(PROGRAM)
    expect(stderr).toContain('.adrepro/failures.log')
    expect(readFileSync(join(cwd, '.adrepro/failures.log'), 'utf8')).toContain('Transformed by:')
  })
  it('names the file with all that is known of a failure, as exec does', async () => {
    const cwd = folderWith({ 'mwe.jl': 'using Enzyme\ninner(x) = [1.0][2] * x\nautodiff(Reverse, inner, Active, Active(1.0))\n' })
    const { stderr, code } = await adrepro(['exec', 'mwe.jl'], { cwd })
    expect(code).toBe(1)
    expect(stderr).toContain('.adrepro/failures.log')
    const log = readFileSync(join(cwd, '.adrepro/failures.log'), 'utf8')
    for (const part of ['Written at:', 'Transformed by:', 'IR of inner(x::Float64) before', 'activity of inner'])
      expect(log).toContain(part)
  })
  it('changes the program and runs it again when asked to', async () => {
    const cwd = folderWith({ 'mwe.jl': PROGRAM })
    const { stdout, code } = await adrepro(['run', 'mwe.jl', '--fix=apply'], { cwd })
    expect(code).toBe(0)
    expect(stdout).toContain('2 checks: 2 pass')
    expect(readFileSync(join(cwd, 'mwe.jl'), 'utf8')).toContain('(y .= x .^ 2; nothing)')
  })
})

describe('explain', () => {
  it('takes the name of an error of another tool, as it is printed there', async () => {
    const { stdout, code } = await adrepro(['explain', 'Enzyme.Compiler.EnzymeRuntimeActivityError'])
    expect(code).toBe(0)
    expect(stdout).toContain('# ad.runtime-activity')
    expect(stdout).toContain('# ad.active-store-to-const')
    const wrong = await adrepro(['explain', 'EnzymeRuntimActivityError', '--json'])
    expect(wrong.code).toBe(2)
    expect(wrong.stdout).toContain('EnzymeRuntimeActivityError')
  })
})
