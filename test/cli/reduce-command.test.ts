import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { adrepro, folderWith, root } from './adrepro.ts'

const PYTHON = `def mean(values, shift=0):
    total = 0.0
    for v in values:
        total += v
    return total / (len(values) - shift)

print(mean([1.0, 2.0], 2))
`
const JAVASCRIPT = `function show(key) { console.log(key); return null.length }
if (1 < 2) show('c')
`

describe('reduce --command', () => {
  it.skipIf(spawnSync('python3', ['-c', '0']).status !== 0)('a Python program, with python3 as the oracle', async () => {
    const cwd = folderWith({ 'a.py': PYTHON })
    // Without what a site adds it starts sooner.
    const command = ['--command', 'python3 -IS {file}', '--repeats', '1']
    const { code, stdout, stderr } = await adrepro(['reduce', 'a.py', ...command, '--certificate', 'proof.json'], { cwd })
    expect(stderr).toContain('Looking for: exit 1: ZeroDivisionError: float division by zero')
    expect(code).toBe(0)
    expect(stdout.split('\n').length).toBeLessThan(8)
    const out = readFileSync(join(cwd, 'a.reduced.py'), 'utf8')
    expect(spawnSync('python3', ['-c', out], { encoding: 'utf8' }).stderr).toContain('ZeroDivisionError: float division by zero')
    expect(stderr).toMatch(/\n\d+ statements → \d in \d+ runs, [\d.]+ s\n$/)
    // A certificate is no reason to run what it says: the command comes from the user.
    const again = await adrepro(['reduce', 'proof.json'], { cwd })
    expect([again.code, again.stderr]).toEqual([2, expect.stringContaining('It was made with: python3 -IS {file}')])
    expect(JSON.parse((await adrepro(['reduce', 'proof.json', ...command, '--json'], { cwd })).stdout)).toMatchObject({ differences: [] })
  })
  it('a JavaScript program, with node as the oracle', async () => {
    const cwd = folderWith({ 'a.js': JAVASCRIPT })
    const { code, stdout } = await adrepro(['reduce', 'a.js', '--command', `'${process.execPath}' {file}`, '--json', '--repeats', '1'], {
      cwd,
    })
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ program: 'null.length\n', minimal: true, after: { statements: 1 } })
  })
  it('what is free is told, and written into the program where that can have remarks', async () => {
    const cwd = folderWith({ 'a.js': 'const value = 12\nvalue()\n' })
    const command = ['--command', `'${process.execPath}' {file}`, '--match', 'is not a function', '--repeats', '1']
    const { stdout, stderr } = await adrepro(['reduce', 'a.js', ...command], { cwd })
    expect(stdout).toMatch(/\d+\(\).* \/\/ any other number does for \d+\n/)
    expect(stderr).toMatch(/free: \d+ in line 1/)
  })
  it('a Julia program: what the built-in engine sees to be wrong is not run', async () => {
    const cwd = folderWith({ 'a.jl': 'f(x) = sqrt(x) + 1\ng(x) = 2x\ny = g(3.0)\nprintln(y)\nf(-y)\n' })
    const command = `'${process.execPath}' '${join(root, 'bin', 'adrepro.js')}' exec {file}`
    const { code, stdout } = await adrepro(['reduce', 'a.jl', '--command', command, '--json', '--repeats', '1'], { cwd })
    expect(code).toBe(0)
    const result = JSON.parse(stdout) as { program: string; runs: number; screened: number }
    expect(result.program).toMatch(/^sqrt\(- ?\d(?:\.0)?\)\n$/)
    expect(result.runs).toBeLessThan(60)
  })
  it('a text, with what is printed as the failure; what hangs is ended with all that it started', async () => {
    const cwd = folderWith({ 'a.txt': 'one\ntwo (bad) three\nsleep\n' })
    const command = `if grep -q bad {file}; then echo it is BAD; elif grep -q sleep {file}; then sleep 60 & wait; fi`
    const args = ['reduce', 'a.txt', '--command', command, '--match', 'BAD', '--timeout', '3', '--repeats', '1']
    const { code, stdout } = await adrepro(args, { cwd })
    expect(code).toBe(0)
    expect(stdout.trim()).toBe('bad')
  })
  it('killed at any moment leaves a text that fails, and comes to the same with 1 job and with 4', async () => {
    const cwd = folderWith({ 'a.txt': Array.from({ length: 60 }, (_, i) => (i === 41 ? 'so bad it is' : `line ${i} is fine`)).join('\n') })
    const output = join(cwd, 'a.reduced.txt')
    const args = ['reduce', 'a.txt', '--command', '! grep -q bad {file}', '--repeats', '1']
    for (const wait of [0, 40, 150, 400]) {
      const child = spawn(process.execPath, [join(root, 'bin', 'adrepro.js'), ...args], { cwd, stdio: 'ignore' })
      while (!existsSync(output)) await new Promise(resolve => setTimeout(resolve, 10))
      await new Promise(resolve => setTimeout(resolve, wait))
      child.kill('SIGKILL')
      expect(readFileSync(output, 'utf8')).toContain('bad')
    }
    for (const jobs of ['1', '4']) {
      const { code, stdout } = await adrepro([...args, '--jobs', jobs], { cwd })
      expect([code, stdout.trim()]).toEqual([0, 'bad'])
    }
  })
  it.each([
    ['a command that does not fail', ['--command', 'true {file}'], 1, 'reduce.command-passes'],
    ['no place for the program', ['--command', 'false'], 2, 'cli.bad-usage'],
    ['a bad expression', ['--command', 'false {file}', '--match', '('], 2, 'cli.bad-usage'],
    ['an option of the other kind', ['--command', 'false {file}', '--engine', 'builtin'], 2, 'cli.bad-usage'],
    ['a failure whatever the program is', ['--command', 'false {file}'], 2, 'reduce.empty-fails'],
  ])('refuses %s', async (_, more, exit, diagnostic) => {
    const cwd = folderWith({ 'a.txt': 'text\n' })
    const { code, stderr } = await adrepro(['reduce', 'a.txt', '--repeats', '1', ...more], { cwd })
    expect(code).toBe(exit)
    expect(stderr).toContain(diagnostic)
    expect(existsSync(join(cwd, 'a.reduced.txt'))).toBe(false)
  })
})
