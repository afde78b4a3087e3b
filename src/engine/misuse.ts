/**
 * Common mistakes in the use of derivatives, recognised while a program runs. Base asks and tells through primitives; what is told is a
 * warning, or the explanation of an exception that Base throws as Enzyme does.
 */
import type { Code } from '../diagnostics/catalogue.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { diagnostic } from '../diagnostics/report.ts'
import type { ArrayObject, Boxed } from './3-ir/memory.ts'
import { framesOfError } from './6-emit/errors.ts'
import type { MisuseHost } from './6-emit/host.ts'
import { egal } from './6-emit/identity.ts'

/** Codes without parameters, but for what was found. */
type MisuseCode = Extract<Code, `misuse.${string}`>

export interface Mistake {
  readonly code: MisuseCode
  /** A type or sizes; null where nothing is said of it. */
  readonly found: string | null
}

export interface Misuse extends MisuseHost {
  /** The mistake behind an exception, if Base has named one. */
  readonly behind: (exception: Boxed) => Mistake | null
}

export function newMisuse(warn: (found: Diagnostic) => void, sameType: Parameters<typeof egal>[2]): Misuse {
  let hint: { readonly exception: Boxed; readonly mistake: Mistake } | null = null
  const told = new Set<string>()
  /** What a reverse sweep has left in a shadow: a few of its numbers stand for all. */
  const leftIn = new WeakMap<ArrayObject, readonly number[]>()
  return {
    hint: (exception, told) => {
      const [code, found] = /^(\S+)(?: (.*))?$/s.exec(told)!.slice(1)
      hint = { exception, mistake: { code: code as MisuseCode, found: found ?? null } }
    },
    behind: exception => (hint && egal(hint.exception, exception, sameType) ? hint.mistake : null),
    notice: code => {
      const stack = framesOfError(new Error(code))
      const span = stack.find(frame => frame.origin === 'user' && frame.span)?.span ?? null
      const key = `${code} ${span?.source.name} ${span?.start}`
      if (told.has(key)) return
      told.add(key)
      warn(diagnostic('run', code as MisuseCode, {}, span, { stack }))
    },
    isNonzero: shadow => sampleOf(shadow, shadow.n).some(x => x !== 0),
    enteredAsLeft: shadow => {
      const left = leftIn.get(shadow)
      return left?.every((x, i) => x === sampleOf(shadow)[i]) ?? false
    },
    left: shadow => {
      const sample = sampleOf(shadow)
      if (sample.some(x => x !== 0)) leftIn.set(shadow, sample)
      else leftIn.delete(shadow)
    },
  }
}

function sampleOf(array: ArrayObject, size = 8): number[] {
  const column = array.c0 as Float64Array
  const step = Math.max(1, Math.floor(array.n / size))
  const sample: number[] = []
  for (let i = 0; i < array.n; i += step) sample.push(column[i]!)
  return sample
}
