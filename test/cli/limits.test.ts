import { describe, expect, it } from 'vitest'
import { adrepro, folderWith } from './adrepro.ts'

interface Listed {
  readonly id: string
  readonly engine: string
  readonly upstream: string
  readonly url: string
}

describe('the limits of engines', () => {
  it('are listed with their issues', async () => {
    const { stdout, code } = await adrepro(['limits', '--json'])
    const listed = JSON.parse(stdout) as Listed[]
    expect(code).toBe(0)
    expect(listed.filter(l => l.engine === 'builtin:enzyme-0.13').length).toBeGreaterThanOrEqual(15)
    for (const { upstream, url } of listed) expect(url).toBe(`https://github.com/${upstream.replace('#', '/issues/')}`)
    const text = await adrepro(['limits', 'builtin:enzyme-0.13'])
    for (const { id, engine, url } of listed) {
      if (engine === 'builtin:enzyme-0.13') expect(text.stdout).toContain(`  ${id}  ${url}`)
    }
  })

  it('are proved to be needed by the cases that record them', async () => {
    const ran = await adrepro(['gate', 'cases/limits/branch-gives-an-integer-zero.jl', 'cases/limits/linked-list-is-summed.jl', '--json'])
    const suite = JSON.parse(ran.stdout) as { rows: { check: string; ok: boolean }[] }
    expect(suite.rows.filter(row => !row.ok)).toEqual([])
    const proved = suite.rows.flatMap(row => / without (\S+)$/.exec(row.check)?.[1] ?? [])
    expect(proved).toEqual(['union-return', 'deep-type'])
  })

  it('of which a case needs none are red with --all-limits, and so is a case that fails without its limit as well', async () => {
    const text = `#= adrepro
title: Two limits in one call
checks:
  - call: slope(2.0)
    on:
      builtin:enzyme-0.13: fails ad.union-return
=#
using Enzyme
f(x) = try x > 0 ? x : 0 catch; 0 end
slope(x) = autodiff(Forward, f, Duplicated(x, 1.0))[1]
`
    const cwd = folderWith({ 'both.jl': text })
    const ran = await adrepro(['gate', 'both.jl', '--all-limits', '--json'], { cwd })
    const suite = JSON.parse(ran.stdout) as { rows: { check: string; verdict: string }[]; problems: { message: string }[] }
    expect(suite.rows.find(row => row.check.endsWith(' without union-return'))?.verdict).toBe('stale')
    expect(suite.problems.map(problem => problem.message)).toContain('No case needs the limit `mixed-tape`.')
  })

  it('are those of one release where the engine names it, and an unknown release is refused', async () => {
    const idsOf = async (engine: string): Promise<string[]> =>
      (JSON.parse((await adrepro(['limits', engine, '--json'])).stdout) as Listed[]).map(({ id }) => id)
    const all = await idsOf('builtin:enzyme-0.13')
    expect(await idsOf('builtin:enzyme-0.13.82')).toEqual(all)
    expect(await idsOf('builtin:enzyme-0.13.83')).toEqual(all.filter(id => id !== 'untyped-tape'))
    const others = ['exception-frame', 'untyped-growth']
    expect(await idsOf('builtin:enzyme-0.13@julia-1.10')).toEqual(all.filter(id => !others.includes(id)))
    for (const engine of ['builtin:enzyme-0.13.200', 'builtin:enzyme-0.13.030', 'builtin:enzyme-0.12', 'builtin:enzyme-0.13@julia-1.9']) {
      const wrong = await adrepro(['limits', engine, '--json'])
      expect(wrong.code).toBe(2)
      expect(wrong.stdout).toContain('`builtin:enzyme-0.13.N` up to 199')
    }
    const ran = await adrepro([
      ...['run', 'cases/limits/hvp-through-a-loop-of-run-time-length.jl', '--filter', 'slope_of_slope', '--json'],
      ...['--engine', 'builtin:enzyme-0.13.82', '--engine', 'builtin:enzyme-0.13.83'],
    ])
    const { rows } = JSON.parse(ran.stdout) as { rows: { engine: string; code: string | null }[] }
    expect(rows.map(({ engine, code }) => [engine, code])).toEqual([
      ['builtin:enzyme-0.13.82', 'ad.untyped-tape'],
      ['builtin:enzyme-0.13.83', null],
    ])
  })

  it('are switched off by name, and only by a name that there is', async () => {
    const model = ['run', 'cases/nested/reverse-over-reverse-matrix.jl', '--engine', 'builtin:enzyme-0.13', '--json']
    const off = JSON.parse((await adrepro([...model, '--without', 'mixed-tape'])).stdout) as { rows: { outcome: string }[] }
    expect(off.rows.map(row => row.outcome)).toEqual(['pass', 'pass'])
    const wrong = await adrepro([...model, '--without', 'mixed-tapes'])
    expect(wrong.code).toBe(2)
    expect(wrong.stdout).toContain('limit.unknown')
  })
})
