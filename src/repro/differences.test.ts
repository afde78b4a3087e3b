import { describe, expect, it } from 'vitest'
import { differencesOf } from './differences.ts'

/** Stands for an engine that can evaluate one function: `f` at the numbers of a tuple. */
function evaluating(f: (x: number) => number) {
  return (text: string) => {
    const numbers = [...text.matchAll(/f\((-?[\d.e+-]+)\)/g)].map(m => f(Number(m[1])))
    const plain = text.startsWith('let') ? numbers : Number(text)
    return { kind: 'value' as const, value: { shown: '', type: '', plain, size: null } }
  }
}

const at = (x: string, f: (x: number) => number, found: number) => differencesOf(`ForwardDiff.derivative(k, ${x})`, found, evaluating(f))

describe('differences', () => {
  it('find a derivative to many digits, and the order of its Taylor remainder', () => {
    const estimate = at('1.0', Math.sin, Math.cos(1))!
    expect(estimate.value as number).toBeCloseTo(Math.cos(1), 9)
    expect(estimate.kinks).toEqual([])
    expect(estimate.slope).toBeCloseTo(2, 1)
  })
  it('find the order 1 for what is not the derivative, whatever its size', () => {
    for (const wrong of [0, -Math.cos(1), 1.01 * Math.cos(1)]) expect(at('1.0', Math.sin, wrong)!.slope).toBeCloseTo(1, 0)
  })
  it('find nothing left of a linear function', () => {
    expect(at('1.0', x => 3 * x, 3)!.slope).toBeNull()
  })
  it('are no witness where a function jumps', () => {
    expect(at('1.0', x => (x > 1.003 ? 5 * x : x), 1)).toBeNull()
  })

  // The function, where, what was found, the derivatives on both sides, and what is taken to be right.
  const kinks: readonly [string, (x: number) => number, string, number, number, number, number][] = [
    ['abs at 0, the right side', Math.abs, '0.0', 1, -1, 1, 1],
    ['abs at 0, between the sides', Math.abs, '0.0', 0, -1, 1, 0],
    ['abs at 0, outside', Math.abs, '0.0', 3, -1, 1, 1],
    ['abs at 0, outside on the other side', Math.abs, '0.0', -2, -1, 1, -1],
    ['relu at 0', x => Math.max(x, 0), '0.0', 0, 0, 1, 0],
    ['a minimum of two curves', x => Math.min(x * x, x), '1.0', 1, 2, 1, 1],
  ]
  for (const [name, f, x, found, left, right, taken] of kinks)
    it(`name a kink: ${name}`, () => {
      const estimate = at(x, f, found)!
      expect(estimate.kinks).toHaveLength(1)
      expect(estimate.kinks[0]!.left).toBeCloseTo(left, 6)
      expect(estimate.kinks[0]!.right).toBeCloseTo(right, 6)
      expect(estimate.value as number).toBeCloseTo(taken, 6)
    })
  it('see no kink in a curve that is only steep', () => {
    for (const f of [(x: number) => Math.exp(20 * x), (x: number) => Math.tanh(30 * x), (x: number) => x ** 7])
      expect(at('0.2', f, 1)?.kinks ?? []).toEqual([])
  })
})
