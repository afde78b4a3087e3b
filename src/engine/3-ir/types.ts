/** What the text of a type says: leaves of an array type, the struct of an object type. The only file that takes these texts apart. */
import type { Ref, Scalar, Type } from './ir.ts'

const SCALARS: ReadonlySet<string> = new Set<Scalar>(['f64', 'f32', 'i64', 'bool', 'str'])

export function isRef(type: Type): type is Ref {
  return !SCALARS.has(type)
}

export function isFloat(type: Type): type is 'f64' | 'f32' {
  return type === 'f64' || type === 'f32'
}

export function isArray(type: Type): type is `arr<${string}>` {
  return type.startsWith('arr<')
}

export function isObject(type: Type): type is `obj<${string}>` {
  return type.startsWith('obj<')
}

const columnsCache = new Map<string, readonly Type[]>()

/** Leaves of one element, one column each: `arr<f64,i64>` gives `['f64', 'i64']`. */
export function columnsOf(type: `arr<${string}>`): readonly Type[] {
  let columns = columnsCache.get(type)
  if (!columns) {
    columns = splitLeaves(type.slice(4, -1))
    columnsCache.set(type, columns)
  }
  return columns
}

/** Key into `Module.structs`. */
export function structOf(type: `obj<${string}>`): string {
  return type.slice(4, -1)
}

/** Splits at the commas that stand outside of angle brackets. */
function splitLeaves(text: string): Type[] {
  const leaves: Type[] = []
  let depth = 0
  let start = 0
  for (let i = 0; i < text.length; i++) {
    const char = text[i]
    if (char === '<') depth++
    else if (char === '>') depth--
    else if (char === ',' && depth === 0) {
      leaves.push(text.slice(start, i) as Type)
      start = i + 1
    }
  }
  if (text !== '') leaves.push(text.slice(start) as Type)
  return leaves
}

/** Is this the text of a type? Used by the reader and the verifier. */
export function isType(text: string): text is Type {
  if (SCALARS.has(text) || text === 'any' || text === 'tape') return true
  if (text.startsWith('obj<') && text.endsWith('>')) return !/[<>]/.test(text.slice(4, -1))
  if (text.startsWith('arr<') && text.endsWith('>')) return columnsOf(text as `arr<${string}>`).every(isType)
  return false
}
