/** Julia's exceptions for what can go wrong while a program runs: traps, an exhausted stack, a null reference. */
import { Failure } from '../../diagnostics/diagnostic.ts'
import { asTrap, type Boxed, type TrapReason } from '../3-ir/memory.ts'
import type { ExceptionField, Host } from './host.ts'
import { UNIT_PREFIX } from './units.ts'

/** The Julia exception that an error stands for; null if it is none of the program's. */
export function exceptionOf(error: unknown, host: Host): Boxed | null {
  if (error instanceof Failure) return host.exceptionOfFailure(error)
  if (error instanceof TypeError) return isNullReference(error) ? host.exception('UndefRefError', []) : null
  const trap = asTrap(error)
  return trap && exceptionOfReason(trap.reason, host)
}

/** Emitted code reads a property of null only where Julia reads an undefined reference; anywhere else it is a bug of ours. */
function isNullReference(error: TypeError): boolean {
  return /^Cannot (read|set) properties of (null|undefined)/.test(error.message) && firstFrame(error).includes(UNIT_PREFIX)
}

function firstFrame(error: Error): string {
  return error.stack?.split('\n').find(one => /^\s+at /.test(one)) ?? ''
}

function exceptionOfReason(reason: TrapReason, host: Host): Boxed {
  switch (reason.kind) {
    case 'thrown':
      return reason.value
    case 'overflow':
      return host.exception('OverflowError', [text(`${reason.what} overflowed for type Int64`)])
    case 'divide':
      return host.exception('DivideError', [])
    case 'inexact':
      return host.exception('InexactError', [
        { kind: 'symbol', value: 'Int64' },
        { kind: 'type-name', value: 'Int64' },
        { kind: 'float', value: reason.value },
      ])
    case 'bounds':
      return host.exception('BoundsError', [
        { kind: 'array', value: reason.array, type: reason.type ?? null, julia: reason.julia ?? null },
        indexOf(reason),
      ])
    case 'string-bounds':
      return host.exception('BoundsError', [text(reason.text), { kind: 'int', value: reason.index + 1 }])
    case 'type':
      return host.exception('TypeError', [
        { kind: 'symbol', value: 'typeassert' },
        text(''),
        { kind: 'type', value: reason.expected },
        { kind: 'boxed', value: reason.found as Boxed },
      ])
    case 'stack-overflow':
      return host.exception('StackOverflowError', [])
    case 'undefined':
      return host.exception('UndefRefError', [])
    case 'dimension':
      return host.exception('DimensionMismatch', [text(reason.message)])
    case 'argument':
      return host.exception('ArgumentError', [text(reason.message)])
    case 'out-of-memory':
      return host.exception('OutOfMemoryError', [])
  }
}

function text(value: string): ExceptionField {
  return { kind: 'string', value }
}

/** Julia names all indices of an access; along one axis we know that one, and the others are shown as 1. */
function indexOf(reason: Extract<TrapReason, { kind: 'bounds' }>): ExceptionField {
  if (reason.axis === null) return { kind: 'ints', value: [reason.index + 1] }
  return { kind: 'ints', value: reason.array.d.map((_, axis) => (axis === reason.axis ? reason.index + 1 : (reason.other ?? 1))) }
}
