/** Floats as the words of 32 bits that they are stored in, and back. */

const f64 = new Float64Array(1)
const f32 = new Float32Array(1)
const words = new Uint32Array(f64.buffer)
const word = new Uint32Array(f32.buffer)
const LOW = new Uint32Array(new Float64Array([1]).buffer)[0] === 0 ? 0 : 1

export function highWord(x: number): number {
  f64[0] = x
  return words[1 - LOW]!
}

export function lowWord(x: number): number {
  f64[0] = x
  return words[LOW]!
}

export function floatOfWords(high: number, low: number): number {
  words[1 - LOW] = high
  words[LOW] = low
  return f64[0]!
}

export function wordOf(x: number): number {
  f32[0] = x
  return word[0]!
}

export function floatOfWord(n: number): number {
  word[0] = n
  return f32[0]!
}
