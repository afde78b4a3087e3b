import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
// @ts-expect-error a script without types
import { TWO_FAILURES } from '../../bench/reduce-corpus.mjs'
import { adrepro, folderWith, root } from './adrepro.ts'

/** One bounds error among statements that have nothing to do with it. */
const PROGRAM = `using Enzyme
scale(x) = 2x
unused(x) = x + 1
function pick(x)
    # a comment
    v = [x, 2x]
    w = scale(x)
    return v[3]
end
println(unused(2))
total = unused(1.0)
gradient(Reverse, pick, 1.0)
println(total)
`

const WRONG = `#= adrepro
title: A sine with the wrong sign
checks:
  - call: gradient(Reverse, model, 0.5)[1]
    value: 0.8775825618903728
=#
using Enzyme
wave(x) = sin(x)
other(x) = log(x)
table = [other(k) for k in 1:3]
model(x) = wave(x)
println(sum(table))
`

describe('reduce', () => {
  it('leaves a case that fails in the same way', async () => {
    const cwd = folderWith({ 'a.jl': PROGRAM })
    const ran = await adrepro(['reduce', 'a.jl', '--json'], { cwd })
    expect([ran.code, ran.stderr]).toEqual([0, ''])
    const result = JSON.parse(ran.stdout)
    expect(result).toMatchObject({ output: 'a.reduced.jl', minimal: true, signature: 'run/run.exception:BoundsError@getindex' })
    expect(result.after.statements).toBeLessThan(result.before.statements)
    expect(readFileSync(join(cwd, 'a.reduced.jl'), 'utf8')).not.toMatch(/println|unused|scale/)
    const again = JSON.parse((await adrepro(['run', 'a.reduced.jl', '--json'], { cwd })).stdout)
    expect(again).toMatchObject({ exit: 0, rows: [{ verdict: 'known failure', signature: result.signature }] })
  })
  it('keeps a wrong value wrong in its way, goes on after it was killed, and leaves what cannot be reduced', async () => {
    const cwd = folderWith({ 'a.jl': WRONG })
    const args = ['reduce', 'a.jl', '--plant', 'rule:sin:sign', '--json', '--certificate', 'proof.json']
    // Another failure is near: without the sine the value is right, with the logarithm there is none.
    const killed = spawn(process.execPath, [join(root, 'bin', 'adrepro.js'), ...args], { cwd, stdio: 'ignore' })
    while (!existsSync(join(cwd, 'a.reduced.jl.state'))) await new Promise(resolve => setTimeout(resolve, 20))
    killed.kill('SIGKILL')
    const left = JSON.parse((await adrepro(['run', 'a.reduced.jl', '--plant', 'rule:sin:sign', '--json'], { cwd })).stdout)
    expect(left).toMatchObject({ exit: 0, rows: [{ verdict: 'known failure', signature: 'compare/wrong-value:sign' }] })
    const result = JSON.parse((await adrepro(args, { cwd })).stdout)
    expect(result).toMatchObject({ exit: 0, verified: true, minimal: true, signature: 'compare/wrong-value:sign' })
    expect(result.resumed).toBeGreaterThan(0)
    expect(result.program).toBe('using Enzyme\ngradient(Reverse, x -> sin(x), 0.0)\n')
    expect(existsSync(join(cwd, 'a.reduced.jl.state'))).toBe(false)
    const replayed = JSON.parse((await adrepro(['reduce', 'proof.json', '--json'], { cwd })).stdout)
    expect(replayed).toMatchObject({ differences: [], exit: 0 })
    const again = JSON.parse(
      (await adrepro(['reduce', 'a.reduced.jl', '--plant', 'rule:sin:sign', '--emit', 'json', '--jobs', '1'], { cwd })).stdout,
    )
    expect(again.program).toBe(result.program)
  })
  // A sample of the programs that hold two failures; `node bench/reduce.mjs --two` runs them all.
  it.each(['domain; another method as a branch not taken', 'sign of sin; another origin of NaN as a branch not taken'])(
    'does not slip to the failure beside it: %s',
    async name => {
      const one = TWO_FAILURES.find((program: { readonly name: string }) => program.name === name)!
      const cwd = folderWith({ 'a.jl': one.text })
      const plant = one.plant ? ['--plant', one.plant] : []
      const { stdout } = await adrepro(['reduce', 'a.jl', '--json', '--repeats', '1', ...plant], { cwd })
      const result = JSON.parse(stdout)
      expect(result).toMatchObject({ exit: 0, minimal: true, verified: true })
      expect(`${result.signature} ${result.message}`).toMatch(one.says)
      expect(`${result.signature} ${result.message}`).not.toMatch(one.not)
    },
  )
  it('ends with the smallest program so far when the terminal interrupts it', async () => {
    const cwd = folderWith({ 'a.jl': PROGRAM })
    // A terminal sends the signal to all processes of the command.
    const child = spawn(process.execPath, [join(root, 'bin', 'adrepro.js'), 'reduce', 'a.jl', '--json'], { cwd, detached: true })
    const output = text(child.stdout)
    while (!existsSync(join(cwd, 'a.reduced.jl'))) await new Promise(resolve => setTimeout(resolve, 20))
    process.kill(-child.pid!, 'SIGINT')
    const result = JSON.parse(await output)
    expect(result).toMatchObject({ exit: 0, verified: true, signature: 'run/run.exception:BoundsError@getindex' })
    expect(result.after.statements).toBeLessThanOrEqual(result.before.statements)
    const again = JSON.parse((await adrepro(['run', 'a.reduced.jl', '--json'], { cwd })).stdout)
    expect(again.rows).toContainEqual(expect.objectContaining({ signature: result.signature }))
  })
  it('says when there is nothing to reduce, and when it is told nonsense', async () => {
    const cwd = folderWith({ 'a.jl': '1 + 1\n' })
    const nothing = await adrepro(['reduce', 'a.jl'], { cwd })
    expect(nothing.code).toBe(1)
    expect(nothing.stderr).toContain('reduce.nothing-fails')
    const wrong = await adrepro(['reduce', 'a.jl', '--budget', 'soon'], { cwd })
    expect(wrong.code).toBe(2)
    expect(wrong.stderr).toContain('--budget')
  })
})
