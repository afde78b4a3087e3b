import { describe, expect, it } from 'vitest'
import { adrepro } from './adrepro.ts'

describe('mutate', () => {
  it('plants a sample of faults of rules, which are noticed and found at their place', async () => {
    const ran = await adrepro(['mutate', 'cases/functions', '--filter', 'rule:', '--sample', '3', '--seed', '7', '--json'])
    expect([ran.code, ran.stderr]).toEqual([0, ''])
    const { mutants, planted, noticed, byCases, found } = JSON.parse(ran.stdout)
    expect([planted, noticed]).toEqual([3, 3])
    const missed = mutants.filter((m: { noticed: unknown; blamed: { isRight: boolean } | null }) => m.noticed && !m.blamed?.isRight)
    expect([byCases, missed]).toEqual([found, []])
  }, 120_000)
  it('says which faults nobody notices', async () => {
    const ran = await adrepro(['mutate', 'cases/control/recursion.jl', '--filter', 'clear:array'])
    expect(ran.code).toBe(1)
    expect(ran.stdout).toContain('0 of 1 (0 %) of the planted faults were noticed')
    expect(ran.stdout).toContain('No case notices:\n  clear:array')
  }, 120_000)
  it('refuses a filter that fits no fault', async () => {
    expect((await adrepro(['mutate', '--filter', 'no such fault'])).code).toBe(2)
  })
})
