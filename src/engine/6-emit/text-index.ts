/**
 * Strings by character and by byte, as Julia counts them, while JavaScript counts UTF-16 units. What is not all ASCII gets a table of places,
 * and the last few texts that were asked about are remembered: loops ask again and again, of two or three texts in turn.
 */

import { numberOfInteger } from '../3-ir/scalar.ts'

/** Where each character begins, from 0, and after the last one the whole: in UTF-16 units and in bytes of UTF-8. */
interface Places {
  readonly units: Int32Array
  readonly bytes: Int32Array
}

/** `places` is null for ASCII, where all three counts are one. */
interface Known {
  readonly text: string
  readonly places: Places | null
}

const REMEMBERED = 4
/** Shorter texts are looked through each time. */
const SHORT = 24
const recent: Known[] = []
let oldest = 0

function placesOf(text: string): Places | null {
  if (text.length < SHORT) return placesIn(text)
  for (const known of recent) if (known.text === text) return known.places
  const places = placesIn(text)
  recent[oldest] = { text, places }
  oldest = (oldest + 1) % REMEMBERED
  return places
}

const BEYOND_ASCII = /[^\0-\x7f]/

function placesIn(text: string): Places | null {
  if (!BEYOND_ASCII.test(text)) return null
  const units = new Int32Array(text.length + 1)
  const bytes = new Int32Array(text.length + 1)
  let count = 0
  let byte = 0
  for (let unit = 0; unit < text.length; count++) {
    const point = text.codePointAt(unit)!
    units[count] = unit
    bytes[count] = byte
    unit += point > 0xffff ? 2 : 1
    byte += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4
  }
  units[count] = text.length
  bytes[count] = byte
  return { units: units.subarray(0, count + 1), bytes: bytes.subarray(0, count + 1) }
}

/** The last entry that is not above `at`. */
function characterAt(starts: Int32Array, at: number): number {
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (starts[middle]! <= at) low = middle
    else high = middle - 1
  }
  return low
}

export function lengthOf(text: string): number {
  const places = placesOf(text)
  return places ? places.units.length - 1 : text.length
}

export function bytesOf(text: string): number {
  const places = placesOf(text)
  return places ? places.bytes.at(-1)! : text.length
}

/** The byte, from 1, at which the character with a 0-based index begins; for the number of all characters, the byte after the last. */
export function byteOf(text: string, index: number): number {
  const places = placesOf(text)
  return 1 + (places ? (places.bytes[Math.max(index, 0)] ?? places.bytes.at(-1)!) : Math.min(Math.max(index, 0), text.length))
}

/** The 0-based index of the character that a byte, from 1, belongs to. */
export function characterOfByte(text: string, byte: number): number {
  const places = placesOf(text)
  return places ? characterAt(places.bytes, byte - 1) : byte - 1
}

/** The 0-based index of the character that begins at a UTF-16 unit. */
export function characterOfUnit(text: string, unit: number): number {
  const places = placesOf(text)
  return places ? characterAt(places.units, unit) : unit
}

/** The UTF-16 unit at which a character begins. */
export function unitOf(text: string, index: number): number {
  const places = placesOf(text)
  return places ? (places.units[Math.max(index, 0)] ?? text.length) : Math.min(Math.max(index, 0), text.length)
}

/** Code point at a 0-based index; null outside. */
export function codePointAt(text: string, index: number): number | null {
  if (index < 0) return null
  const places = placesOf(text)
  const unit = places ? places.units[index] : index
  return unit === undefined ? null : (text.codePointAt(unit) ?? null)
}

/** Characters [from, to). */
export function sliceOf(text: string, from: number, to: number): string {
  const start = Math.max(from, 0)
  return text.slice(unitOf(text, start), unitOf(text, Math.max(to, start)))
}

/** 0-based character index of the first occurrence, or -1. */
export function findIn(text: string, wanted: string): number {
  return findFrom(text, wanted, 0)
}

/** The same from a character on. */
export function findFrom(text: string, wanted: string, from: number): number {
  const at = text.indexOf(wanted, unitOf(text, from))
  return at < 0 ? at : characterOfUnit(text, at)
}

/** Julia's `tryparse(Float64, text)`. */
export function parseFloat64(text: string): number | null {
  const word = text.trim()
  const special = /^([+-]?)(inf|infinity|nan)$/i.exec(word)
  if (special) return special[2]!.toLowerCase() === 'nan' ? Number.NaN : special[1] === '-' ? -Infinity : Infinity
  if (!/^[+-]?(\d+\.?\d*|\.\d+)([eEf][+-]?\d+)?$/.test(word)) return null
  return Number(word.replace('f', 'e'))
}

/** Julia's `tryparse(Int, text)`; null too beyond 2^53, which an Int cannot hold exactly here. */
export function parseInt64(text: string): number | null {
  const found = /^\s*([+-]?)(0x[\da-fA-F]+|0b[01]+|0o[0-7]+|\d+)\s*$/.exec(text)
  if (!found) return null
  const value = BigInt(found[2]!) * (found[1] === '-' ? -1n : 1n)
  return numberOfInteger(value)
}
