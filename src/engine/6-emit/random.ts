/**
 * Random numbers: xoshiro256++ seeded by splitmix64, as Julia's default generator, but not Julia's streams: a seed gives the same numbers
 * here on every run and machine, and others than in Julia. Normal numbers are Marsaglia's polar method.
 */

/** Generators by number, each with a state of its own. The numbers are drawn from the one in use; 0 is the program's. */
export interface Random {
  /** A new generator, in the state of the one in use. */
  readonly make: () => number
  /** Draws from this one from now on; gives the one before. */
  readonly use: (generator: number) => number
  readonly seed: (seed: number) => void
  /** As at the start. */
  readonly restart: () => void
  /** In [0, 1), 53 bits. */
  readonly uniform: () => number
  readonly normal: () => number
}

const MASK = (1n << 64n) - 1n

function* splitmix(seed: bigint): Generator<bigint, never> {
  let state = seed & MASK
  for (;;) {
    state = (state + 0x9e3779b97f4a7c15n) & MASK
    let z = state
    z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & MASK
    z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & MASK
    yield z ^ (z >> 31n)
  }
}

/** State words are pairs of 32 bits, high before low. */
export function newRandom(firstSeed: number): Random {
  let s = new Int32Array(8)
  let spare = Number.NaN
  let states = [{ s, spare }]
  let current = 0

  const make = (): number => states.push({ s: s.slice(), spare }) - 1
  const use = (generator: number): number => {
    const before = current
    states[before] = { s, spare }
    current = generator
    ;({ s, spare } = states[generator]!)
    return before
  }

  const seed = (value: number): void => {
    const words = splitmix(BigInt(Math.trunc(value)))
    for (let i = 0; i < 4; i++) {
      const word = words.next().value
      s[2 * i] = Number(word >> 32n)
      s[2 * i + 1] = Number(word & 0xffffffffn)
    }
    spare = Number.NaN
  }

  const restart = (): void => {
    s = new Int32Array(8)
    seed(firstSeed)
    states = [{ s, spare }]
    current = 0
  }

  /** Steps the state and gives rotl(s0 + s3, 23) + s0 as two words. */
  const next = (): readonly [number, number] => {
    const [h0, l0, h1, l1, h2, l2, h3, l3] = s as unknown as readonly [number, number, number, number, number, number, number, number]
    const sumLow = (l0 >>> 0) + (l3 >>> 0)
    const sumHigh = (h0 + h3 + (sumLow > 0xffffffff ? 1 : 0)) | 0
    const turnedHigh = (sumHigh << 23) | ((sumLow | 0) >>> 9)
    const turnedLow = ((sumLow | 0) << 23) | (sumHigh >>> 9)
    const low = (turnedLow >>> 0) + (l0 >>> 0)
    const high = (turnedHigh + h0 + (low > 0xffffffff ? 1 : 0)) >>> 0
    const shiftedHigh = (h1 << 17) | (l1 >>> 15)
    const shiftedLow = l1 << 17
    const [a2h, a2l] = [h2 ^ h0, l2 ^ l0]
    const [a3h, a3l] = [h3 ^ h1, l3 ^ l1]
    s[2] = h1 ^ a2h
    s[3] = l1 ^ a2l
    s[0] = h0 ^ a3h
    s[1] = l0 ^ a3l
    s[4] = a2h ^ shiftedHigh
    s[5] = a2l ^ shiftedLow
    // rotl(s3, 45) = rotl(swapped words, 13)
    s[6] = (a3l << 13) | (a3h >>> 19)
    s[7] = (a3h << 13) | (a3l >>> 19)
    return [high, low >>> 0]
  }

  const uniform = (): number => {
    const [high, low] = next()
    return (high * 2 ** 21 + (low >>> 11)) * 2 ** -53
  }

  const normal = (): number => {
    if (!Number.isNaN(spare)) {
      const kept = spare
      spare = Number.NaN
      return kept
    }
    for (;;) {
      const x = 2 * uniform() - 1
      const y = 2 * uniform() - 1
      const r = x * x + y * y
      if (r >= 1 || r === 0) continue
      const scale = Math.sqrt((-2 * Math.log(r)) / r)
      spare = y * scale
      return x * scale
    }
  }

  seed(firstSeed)
  return { make, use, seed, restart, uniform, normal }
}
