/** Strings by character, that is by code point, while JavaScript counts UTF-16 units. */

import { numberOfInteger } from '../3-ir/scalar.ts'

let lastText = ''
let lastPoints: readonly string[] = []

/** The characters of a text with surrogate pairs; the last one asked for is remembered, because loops ask again and again. */
function pointsOf(text: string): readonly string[] {
  if (text !== lastText) {
    lastPoints = Array.from(text)
    lastText = text
  }
  return lastPoints
}

let lastPlain = ''

/** Is every character one UTF-16 unit? */
function isPlain(text: string): boolean {
  if (text === lastPlain) return true
  if (text === lastText || /[\ud800-\udbff]/.test(text)) return false
  lastPlain = text
  return true
}

export function lengthOf(text: string): number {
  return isPlain(text) ? text.length : pointsOf(text).length
}

/** Code point at a 0-based index; null outside. */
export function codePointAt(text: string, index: number): number | null {
  if (isPlain(text)) return index >= 0 && index < text.length ? text.charCodeAt(index) : null
  return pointsOf(text)[index]?.codePointAt(0) ?? null
}

/** Characters [from, to). */
export function sliceOf(text: string, from: number, to: number): string {
  const start = Math.max(from, 0)
  const end = Math.max(to, start)
  return isPlain(text) ? text.slice(start, end) : pointsOf(text).slice(start, end).join('')
}

/** 0-based character index of the first occurrence, or -1. */
export function findIn(text: string, wanted: string): number {
  const at = text.indexOf(wanted)
  return at <= 0 || isPlain(text) ? at : Array.from(text.slice(0, at)).length
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
