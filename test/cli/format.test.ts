import { describe, expect, it } from 'vitest'
import { adrepro, folderWith, INERT } from './adrepro.ts'

const HOSTILE = `#= adrepro
title: "]]> ::error::x \\x1b[31m \`\`\`"
checks:
  - call: f(1.0)
    value: 3.0
  - call: "f(2.0) # ]]> %0A::error file=x::y"
=#
f(x) = 2x
`

describe('every form', () => {
  it.each([
    ['json', /^\{"rows":\[/, /\n$/],
    ['sarif', /^\{"\$schema":/, /\n$/],
    ['github', /^::error file=bad\.jl,line=4,endLine=4,col=11,endColumn=17,title=f\(1\.0\) on builtin::wrong value: /, /\n$/],
    ['junit', /^<\?xml /, /<\/testsuites>\n$/],
    ['tap', /^TAP version 14\n1\.\.2\nnot ok 1 - bad\.jl: f\(1\.0\) on builtin\n {2}---\n/, /\nok 2 - .*\n$/],
  ])('--format %s has standard output for itself, inert, and keeps the exit code', async (format, starts, ends) => {
    const { code, stdout, stderr } = await adrepro(['run', 'bad.jl', '--format', format], { cwd: folderWith({ 'bad.jl': HOSTILE }) })
    expect(stdout).toMatch(starts)
    expect(stdout).toMatch(ends)
    expect(stdout).toMatch(INERT)
    expect(stderr).toBe('')
    expect(code).toBe(1)
  })
  it('of exec: tests and the error are results', async () => {
    const program = 'using Test\n@test 1 == 1\n@test 1 == 2\n@test_broken false\nprintln("said")\nerror("done")\n'
    const { code, stdout, stderr } = await adrepro(['exec', 'p.jl', '--format', 'tap'], { cwd: folderWith({ 'p.jl': program }) })
    expect(stdout.split('\n').filter(line => /^(not )?ok/.test(line))).toEqual([
      expect.stringMatching(/^ok 1 - p\.jl: /),
      expect.stringMatching(/^not ok 2 - p\.jl: /),
      expect.stringMatching(/^not ok 3 - p\.jl: .* # TODO /),
      expect.stringMatching(/^not ok 4 - p\.jl: run\.exception/),
    ])
    expect(stderr).toBe('said\n')
    expect(code).toBe(1)
  })
  it('--plain is sentences: no drawing, no columns, no colour', async () => {
    const { stdout } = await adrepro(['run', 'bad.jl', '--plain'], { cwd: folderWith({ 'bad.jl': HOSTILE }), env: { FORCE_COLOR: '1' } })
    expect(stdout).not.toMatch(/[│┌─✓✗·\x1b]| {3}/)
    expect(stdout).toContain('f(1.0) on builtin: wrong value')
    expect(stdout).toContain('Error check.wrong-value: ')
    expect(stdout).toMatch(/Found in bad\.jl, line 4, columns 11 to 16/)
  })
  it('that does not exist is refused with the ones there are', async () => {
    const { code, stderr } = await adrepro(['run', 'bad.jl', '--format', 'xml'])
    expect(code).toBe(2)
    expect(stderr).toContain('"sarif"')
  })
})
