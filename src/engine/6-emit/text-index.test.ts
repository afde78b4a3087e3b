/** Places in texts by character, byte and unit, against counting them one by one; several texts in turn, as long as what is remembered and longer. */
import { expect, test } from 'vitest'
import { byteOf, bytesOf, characterOfByte, characterOfUnit, codePointAt, findFrom, lengthOf, sliceOf, unitOf } from './text-index.ts'

const ALPHABETS = ['ab,', 'aé', 'aé𝒳b', '𝒳', '']
const texts = ALPHABETS.flatMap((alphabet, k) => {
  const letters = Array.from(alphabet)
  return [0, 1, 5, 23, 24, 100].map(n =>
    Array.from({ length: n }, (_, i) => letters[(i * 7 + k * i * i) % Math.max(letters.length, 1)] ?? '').join(''),
  )
})
const bytes = (text: string): number => new TextEncoder().encode(text).length

test('every place of a text is the same by all counts', () => {
  for (let turn = 0; turn < 2; turn++)
    for (const text of texts) {
      const characters = Array.from(text)
      expect([lengthOf(text), bytesOf(text)]).toEqual([characters.length, bytes(text)])
      let unit = 0
      let byte = 1
      for (const [k, character] of characters.entries()) {
        expect([codePointAt(text, k), unitOf(text, k), byteOf(text, k)]).toEqual([character.codePointAt(0), unit, byte])
        for (let b = 0; b < bytes(character); b++) expect(characterOfByte(text, byte + b)).toBe(k)
        expect(characterOfUnit(text, unit)).toBe(k)
        unit += character.length
        byte += bytes(character)
      }
      expect([byteOf(text, characters.length), unitOf(text, characters.length)]).toEqual([byte, text.length])
      expect([codePointAt(text, characters.length), codePointAt(text, -1)]).toEqual([null, null])
    }
})

test('slices and searches are by character', () => {
  for (const text of texts) {
    const characters = Array.from(text)
    for (const [from, to] of [
      [0, 3],
      [2, 9],
      [1, 1],
      [3, 2],
      [-2, 2],
      [0, 1000],
    ] as const)
      expect(sliceOf(text, from, to)).toBe(characters.slice(Math.max(from, 0), Math.max(to, from, 0)).join(''))
    for (const wanted of ['b', 'éa', '𝒳', 'zz'])
      for (const from of [0, 1, 7]) {
        const found = characters.findIndex((_, k) => k >= from && characters.slice(k, k + Array.from(wanted).length).join('') === wanted)
        expect(findFrom(text, wanted, from)).toBe(found)
      }
  }
})
