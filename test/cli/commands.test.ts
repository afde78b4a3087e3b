import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { COMMANDS } from '../../src/cli/commands.ts'
import { adrepro, folderWith, root } from './adrepro.ts'

describe('help', () => {
  it('is there for the whole and for each command, with an example and --json', async () => {
    const whole = await adrepro(['--help'])
    expect(whole).toMatchObject({ code: 0, stderr: '' })
    for (const { name, about } of COMMANDS) {
      expect(whole.stdout).toContain(about)
      const one = await adrepro([name, '--help'])
      expect(one).toMatchObject({ code: 0, stderr: '' })
      expect(one.stdout).toContain('--json')
      expect(one.stdout).toContain(`adrepro ${name} `)
    }
  })
  it('follows a mistake in the command line', async () => {
    for (const args of [
      [],
      ['rnu'],
      ['run', '--what'],
      ['exec'],
      ['show', 'x.jl'],
      ['show', 'x.jl', '--call', 'f', '--stage', 'llvm'],
      ['exec', 'a', 'b'],
    ]) {
      const ran = await adrepro(args)
      expect([args, ran.code, ran.stdout]).toEqual([args, 2, ''])
      expect(ran.stderr).toMatch(/^error\[cli\.bad-usage\]: .+\nSee adrepro .*--help\n$/)
    }
  })
  it('is what README says of the commands', () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8')
    for (const { name } of COMMANDS) expect(readme).toContain(`adrepro ${name}`)
  })
})

describe('parse', () => {
  it('prints the tree of a file or of standard input', async () => {
    const cwd = folderWith({ 'a.jl': '2x^2\n' })
    const file = await adrepro(['parse', 'a.jl', '--sexpr'], { cwd })
    expect(file.code).toBe(0)
    expect(file.stdout).toContain('(juxtapose 2 (call-i x ^ 2))')
    expect(await adrepro(['parse', '-', '--sexpr'], { input: '2x^2\n' })).toEqual(file)
  })
  it('says what is wrong, with a caret, and ends with 2', async () => {
    const ran = await adrepro(['parse', '-'], { input: 'f(x = 1' })
    expect(ran).toMatchObject({ code: 2, stdout: '' })
    expect(ran.stderr).toMatch(/^error\[syntax\.[\s\S]*\^/)
  })
  it('answers one line for each line of a batch', async () => {
    const lines = ['a + b', 'x = [1 -2]', 'f(', '"s\n$t"']
    const ran = await adrepro(['parse', '-', '--sexpr', '--batch'], { input: lines.map(l => `${JSON.stringify(l)}\n`).join('') })
    expect(ran.code).toBe(0)
    const answers = ran.stdout
      .trimEnd()
      .split('\n')
      .map(l => JSON.parse(l) as unknown)
    expect(answers).toHaveLength(4)
    expect(answers[0]).toContain('(call-i a + b)')
    expect(answers[2]).toMatchObject({ error: { code: expect.stringMatching(/^syntax\./) } })
    expect((await adrepro(['parse', '-', '--batch'], { input: 'no json\n' })).code).toBe(2)
  })
})

describe('show', () => {
  it('prints each stage', async () => {
    const cwd = folderWith({ 'f.jl': 'import Enzyme\nf(x) = sin(x) * x\nd(mode, x) = Enzyme.gradient(mode, f, x)\n' })
    for (const stage of ['ast', 'types', 'ir', 'forward', 'augmented', 'reverse', 'optimised', 'js']) {
      const mode = stage === 'forward' ? 'Forward' : 'Reverse'
      const ran = await adrepro(['show', 'f.jl', '--call', `d(Enzyme.${mode}, 1.0)`, '--stage', stage], { cwd })
      expect([stage, ran.code, ran.stderr]).toEqual([stage, 0, ''])
      expect(ran.stdout).not.toContain('(none)')
      expect(ran.stdout).toMatch(/\bd\b|\bf\b/)
    }
    const ir = await adrepro(['show', 'f.jl', '--call', 'f(1.0)', '--stage', 'ir'], { cwd })
    expect(ir.stdout).toContain('f64.')
    expect((await adrepro(['show', 'f.jl', '--call', 'f(1.0)', '--stage', 'ir', '--after', 'fold'], { cwd })).code).toBe(0)
    expect((await adrepro(['show', 'f.jl', '--call', 'f(1.0)', '--stage', 'ir', '--after', 'nonsense'], { cwd })).code).not.toBe(0)
    expect((await adrepro(['show', 'f.jl', '--call', 'f(('], { cwd })).code).toBe(2)
  })
})

describe('explain', () => {
  it('prints the page of a code', async () => {
    const ran = await adrepro(['explain', 'ad.mixed-tape'])
    expect(ran.code).toBe(0)
    expect(ran.stdout).toBe(readFileSync(join(root, 'docs/codes/ad.mixed-tape.md'), 'utf8'))
  })
  it('names the nearest codes for one that there is not', async () => {
    const ran = await adrepro(['explain', 'ad.mixed-tap'])
    expect(ran.code).toBe(2)
    expect(ran.stderr).toContain('`ad.mixed-tape`')
  })
})
