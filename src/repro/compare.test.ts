import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Plain } from '../engine/index.ts'
import { compare, identical } from './compare.ts'

const EXACT = { rtol: 1e-9, atol: null }

function pattern(expected: Plain, found: Plain): string {
  const result = compare(expected, found, EXACT)
  return result.kind === 'agrees' ? 'agrees' : result.pattern
}

describe('compare', () => {
  it('names the way in which a value is wrong', () => {
    expect(pattern([1, 2, 3], [0, 0, 0])).toBe('zero')
    expect(pattern([1, -2], [-1, 2])).toBe('sign')
    expect(pattern([1, 2], [2, 4])).toBe('factor 2')
    expect(pattern(3, 1)).toBe('factor 1/3')
    expect(pattern([1, 2], [-1.5, -3])).toBe('factor -3/2')
    expect(
      pattern(
        [
          [1, 2],
          [3, 4],
        ],
        [
          [1, 3],
          [2, 4],
        ],
      ),
    ).toBe('transposed')
    expect(pattern([[1, 2, 3]], [[1], [2], [3]])).toBe('transposed')
    expect(pattern([1, 2, 3], [3, 1, 2])).toBe('permuted')
    expect(pattern([1, 2, 3], [1, 0, 3])).toBe('missing entries')
    expect(pattern([1, 2], [1, Number.NaN])).toBe('nan')
    expect(pattern([Number.NaN, Number.NaN], [1, Number.NaN])).toBe('nan')
    expect(pattern([1, Number.NaN], [0, 0])).toBe('zero')
    expect(pattern([1, 2], [1, Number.POSITIVE_INFINITY])).toBe('infinite')
    // A part of what should be there is there, and more than that.
    expect(pattern([1, 2, -3.1], [1, 1.9, -3])).toBe('missing term')
    expect(pattern(Math.E, 1)).toBe('missing term')
    expect(pattern([1, 2], [1, 2.1])).toBe('extra term')
    expect(pattern([-1, 2], [-1, 2 * Math.E])).toBe('extra term')
    expect(pattern([3, 2], [3.1, 1.9])).toBe('other')
    expect(pattern([0, 2], [0.1, 2.1])).toBe('other')
    expect(pattern([1, 2], [1, -2.1])).toBe('other')
    expect(pattern([1, 2], [1, 2, 3])).toBe('shape')
    expect(pattern([1], 1)).toBe('shape')
    expect(pattern({ re: 1, im: 2 }, { re: 1, im: 3 })).toBe('extra term')
    expect(pattern('a', 'b')).toBe('other')
    expect(pattern(null, 0)).toBe('other')
    expect(pattern(true, 1)).toBe('other')
  })
  it('takes the names of a header for numbers that YAML and JSON spell otherwise', () => {
    expect(pattern(['NaN', 'Inf', '-Inf'], [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])).toBe('agrees')
    expect(pattern('Inf', 1)).toBe('other')
  })
  it('forgives rounding around zero only next to larger numbers', () => {
    expect(pattern([0, 1], [1e-15, 1])).toBe('agrees')
    expect(pattern([0, 1], [1e-11, 1])).toBe('other')
    expect(pattern(0, 1e-300)).not.toBe('agrees')
    expect(compare(0, 1e-300, { rtol: 0, atol: 1e-12 }).kind).toBe('agrees')
  })
  it('never lets a number pass that is further off than the tolerance', () => {
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }),
        fc.double({ noNaN: true, min: 1e-6, max: 1 }),
        (x, off) => {
          fc.pre(Math.abs(x) > 1e-3)
          expect(compare(x, x * (1 + off), EXACT).kind).toBe('differs')
          expect(compare(x, x, EXACT).kind).toBe('agrees')
        },
      ),
    )
  })
  it('says where', () => {
    expect(
      compare(
        [
          [1, 2],
          [3, 4],
        ],
        [
          [1, 2],
          [3, 5],
        ],
        EXACT,
      ),
    ).toMatchObject({ where: '[2][2]' })
  })
})

describe('identical', () => {
  it('is bit for bit', () => {
    expect(identical([1, Number.NaN], [1, Number.NaN])).toBe(true)
    expect(identical(0, -0)).toBe(false)
    expect(identical(0.1 + 0.2, 0.3)).toBe(false)
  })
})
