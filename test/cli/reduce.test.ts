import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { adrepro, folderWith } from './adrepro.ts'

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
