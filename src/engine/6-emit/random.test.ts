import { expect, test } from 'vitest'
import { newRandom } from './random.ts'

/** xoshiro256++ as its authors wrote it, in whole 64-bit words. */
function reference(seed: bigint, count: number): number[] {
  const mask = (1n << 64n) - 1n
  let z = seed
  const s = Array.from({ length: 4 }, () => {
    z = (z + 0x9e3779b97f4a7c15n) & mask
    let x = z
    x = ((x ^ (x >> 30n)) * 0xbf58476d1ce4e5b9n) & mask
    x = ((x ^ (x >> 27n)) * 0x94d049bb133111ebn) & mask
    return x ^ (x >> 31n)
  }) as [bigint, bigint, bigint, bigint]
  const rotl = (x: bigint, k: bigint): bigint => ((x << k) | (x >> (64n - k))) & mask
  return Array.from({ length: count }, () => {
    const result = (rotl((s[0] + s[3]) & mask, 23n) + s[0]) & mask
    const t = (s[1] << 17n) & mask
    s[2] ^= s[0]
    s[3] ^= s[1]
    s[1] ^= s[2]
    s[0] ^= s[3]
    s[2] ^= t
    s[3] = rotl(s[3], 45n)
    return Number(result >> 11n) * 2 ** -53
  })
}

test('uniform numbers are those of xoshiro256++', () => {
  for (const seed of [0, 1, 42, 2 ** 40]) {
    const random = newRandom(seed)
    expect(Array.from({ length: 50 }, () => random.uniform())).toEqual(reference(BigInt(seed), 50))
  }
})

test('a seed starts the same numbers again, normal ones too', () => {
  const random = newRandom(7)
  const draw = () => [random.normal(), random.uniform(), random.normal()]
  const first = draw()
  random.seed(7)
  expect(draw()).toEqual(first)
})

test('normal numbers have mean 0 and variance 1', () => {
  const random = newRandom(3)
  const sample = Array.from({ length: 20_000 }, () => random.normal())
  const mean = sample.reduce((sum, x) => sum + x, 0) / sample.length
  const variance = sample.reduce((sum, x) => sum + (x - mean) ** 2, 0) / sample.length
  expect(Math.abs(mean)).toBeLessThan(0.03)
  expect(Math.abs(variance - 1)).toBeLessThan(0.05)
})

test('a generator goes on where it was, whatever others draw meanwhile', () => {
  const random = newRandom(7)
  const expected = [random.uniform(), random.uniform()]
  random.seed(7)
  const other = random.make()
  const first = random.uniform()
  expect(random.use(other)).toBe(0)
  expect([random.uniform(), random.uniform()]).toEqual(expected)
  expect(random.use(0)).toBe(other)
  expect([first, random.uniform()]).toEqual(expected)
})
