/**
 * Strings by character and by byte, as Julia counts them, while JavaScript counts UTF-16 units. What is not all ASCII gets a table of places,
 * and the last few texts that were asked about are remembered: loops ask again and again, of two or three texts in turn.
 */

import { lastStart } from '../../diagnostics/starts.ts'
import { numberOfInteger } from '../3-ir/scalar.ts'

/** Where each character begins, from 0, and after the last one the whole; null where each character is one. */
type Starts = Int32Array | null

const REMEMBERED = 4
/** Shorter texts are looked through each time. */
const SHORT = 24

/** What is found out of a text, remembered of the last few. */
function remembering(look: (text: string) => Starts): (text: string) => Starts {
  const texts: string[] = []
  const found: Starts[] = []
  let oldest = 0
  return text => {
    if (text.length < SHORT) return look(text)
    const known = texts.indexOf(text)
    if (known >= 0) return found[known]!
    const starts = look(text)
    texts[oldest] = text
    found[oldest] = starts
    oldest = (oldest + 1) % REMEMBERED
    return starts
  }
}

/** By UTF-16 unit. V8 knows without looking that a text of one-byte characters has no pairs. */
const unitsIn = remembering(text => (/[\ud800-\udbff]/.test(text) ? startsIn(text, point => (point > 0xffff ? 2 : 1)) : null))
/** By byte of UTF-8. */
const bytesIn = remembering(text => (/[^\0-\x7f]/.test(text) ? startsIn(text, widthOf) : null))

function widthOf(point: number): number {
  return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4
}

function startsIn(text: string, width: (point: number) => number): Int32Array {
  const starts = new Int32Array(text.length + 1)
  let count = 0
  for (const character of text) {
    starts[count + 1] = starts[count]! + width(character.codePointAt(0)!)
    count++
  }
  return starts.subarray(0, count + 1)
}

export function lengthOf(text: string): number {
  return (unitsIn(text)?.length ?? text.length + 1) - 1
}

export function bytesOf(text: string): number {
  return bytesIn(text)?.at(-1) ?? text.length
}

/** Where a character begins; the end for one that is not there. */
function startOf(starts: Starts, index: number, end: number): number {
  const at = Math.max(index, 0)
  return starts ? (starts[at] ?? starts.at(-1)!) : Math.min(at, end)
}

/** The byte, from 1, at which the character with a 0-based index begins; for the number of all characters, the byte after the last. */
export function byteOf(text: string, index: number): number {
  return 1 + startOf(bytesIn(text), index, text.length)
}

/** The 0-based index of the character that a byte, from 1, belongs to. */
export function characterOfByte(text: string, byte: number): number {
  const starts = bytesIn(text)
  return starts ? lastStart(starts, byte - 1) : byte - 1
}

/** The 0-based index of the character that begins at a UTF-16 unit. */
export function characterOfUnit(text: string, unit: number): number {
  const starts = unitsIn(text)
  return starts ? lastStart(starts, unit) : unit
}

/** The UTF-16 unit at which a character begins. */
export function unitOf(text: string, index: number): number {
  return startOf(unitsIn(text), index, text.length)
}

/** Code point at a 0-based index; null outside. */
export function codePointAt(text: string, index: number): number | null {
  return index < 0 ? null : (text.codePointAt(unitOf(text, index)) ?? null)
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
