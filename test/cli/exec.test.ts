import { spawn } from 'node:child_process'
import { existsSync, lstatSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { adrepro, folderWith, root } from './adrepro.ts'

/** Where the system can be asked to end a process with the one that started it. */
const SETPRIV = '/usr/bin/setpriv'

interface Executed {
  readonly tests: readonly {
    readonly name: string
    readonly status: string
    readonly file: string
    readonly line: number
    readonly message: string
  }[]
  readonly error: { readonly code: string; readonly exception: string | null; readonly primary: { readonly line: number } | null } | null
  readonly exit: number
}

async function execJson(text: string): Promise<Executed & { readonly code: number | null; readonly stderr: string }> {
  const cwd = folderWith({ 'p.jl': text })
  const ran = await adrepro(['exec', 'p.jl', '--json'], { cwd })
  expect(ran.stdout.trim().split('\n')).toHaveLength(1)
  return { ...(JSON.parse(ran.stdout) as Executed), code: ran.code, stderr: ran.stderr }
}

describe('exec', () => {
  it('prints what the program prints, and nothing else', async () => {
    const cwd = folderWith({ 'p.jl': 'println("a\\e[31mé")\nprint(1, " ", 2.5)\n' })
    expect(await adrepro(['exec', 'p.jl'], { cwd })).toEqual({ code: 0, stdout: 'a\x1b[31mé\n1 2.5', stderr: '' })
  })
  it('sums up tests as Julia does', async () => {
    const cwd = folderWith({ 'p.jl': 'using Test\n@test 1 == 1\n@testset "s" begin\n  @test 1 == 2\n  @test_broken false\nend\n' })
    const ran = await adrepro(['exec', 'p.jl'], { cwd })
    expect(ran.code).toBe(1)
    expect(ran.stdout).toContain('Test Failed at p.jl:4')
    expect(ran.stdout).toContain('Evaluated: 1 == 2')
    expect(ran.stdout).toContain('Test Summary: | Pass  Fail  Broken  Total\np.jl          |    1     1       1      3\n')
  })
  it('gives the tests before an error that nobody caught', async () => {
    const done = await execJson('using Test\n@test 2 == 2\nprintln("out")\nerror("no")\n@test 3 == 3\n')
    expect(done).toMatchObject({ exit: 1, code: 1, error: { code: 'run.exception', exception: 'ErrorException', primary: { line: 4 } } })
    expect(done.tests).toEqual([{ name: expect.stringContaining('2 == 2'), status: 'pass', file: 'p.jl', line: 2, message: '' }])
    expect(done.stderr).toContain('out\n')
  })
  it('tells the kinds of result apart', async () => {
    const done = await execJson('using Test\n@test true\n@test false\n@test error("x")\n@test_broken 1 == 2\n')
    expect(done.tests.map(t => t.status)).toEqual(['pass', 'fail', 'error', 'broken'])
    expect(done.error).toBeNull()
    expect(done.exit).toBe(1)
  })
  it('ends with 2 for what cannot be run', async () => {
    expect(await execJson('f(x = 1\n')).toMatchObject({ exit: 2, code: 2, tests: [] })
    const missing = await adrepro(['exec', 'nowhere.jl', '--json'])
    expect(missing.code).toBe(2)
    expect(JSON.parse(missing.stdout)).toMatchObject({ tests: [], error: { code: 'case.not-readable' }, exit: 2 })
  })
  it('has a stack as deep as recursion needs', async () => {
    const done = await execJson('using Test\ndepth(n) = n == 0 ? 0 : 1 + depth(n - 1)\n@test depth(50_000) == 50_000\n')
    expect(done.tests.map(t => t.status)).toEqual(['pass'])
  })
  it('shows a frame of the program and a caret for an error', async () => {
    const cwd = folderWith({ 'p.jl': 'f(x) = x[4]\nf([1, 2, 3])\n' })
    const ran = await adrepro(['exec', 'p.jl'], { cwd })
    expect(ran).toMatchObject({ code: 1, stdout: '' })
    expect(ran.stderr).toContain('BoundsError')
    expect(ran.stderr).toContain('p.jl:1')
    expect(ran.stderr).toContain('^')
  })
  it.runIf(existsSync(SETPRIV) && !lstatSync(SETPRIV).isSymbolicLink())('leaves no process behind when it is killed outright', async () => {
    const cwd = folderWith({ 'p.jl': 'println("begun")\nwhile true\nend\n' })
    const command = spawn(process.execPath, [join(root, 'bin', 'adrepro.js'), 'exec', 'p.jl'], { cwd, stdio: ['ignore', 'pipe', 'ignore'] })
    await new Promise(resolve => command.stdout.once('data', resolve))
    const children = readFileSync(`/proc/${command.pid}/task/${command.pid}/children`, 'utf8').trim().split(' ')
    expect(children.every(pid => existsSync(`/proc/${pid}`))).toBe(true)
    command.kill('SIGKILL')
    await expect.poll(() => children.some(pid => existsSync(`/proc/${pid}`)), { timeout: 10_000 }).toBe(false)
  })
})
