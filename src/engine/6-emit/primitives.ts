/** What each primitive of `PRIMS` does, one an entry. It is made once for each place in the program, with the types of its operands there. */

import { Failure } from '../../diagnostics/diagnostic.ts'
import { fail } from '../../diagnostics/report.ts'
import { floatOfWord, floatOfWords, highWord, lowWord, wordOf } from '../3-ir/bits.ts'
import type { Type } from '../3-ir/ir.ts'
import { anyLoss, forgetLosses, lossBehind, lossIn, lossOfHeld, markBehind, markLoss, markOn } from '../3-ir/losses.ts'
import { type ArrayObject, type Boxed, dimOf, reshape, resize, Trap } from '../3-ir/memory.ts'
import { isBehind } from '../3-ir/memory-behind.ts'
import { checkAxis, checkIndex, standIn } from '../3-ir/memory-prims.ts'
import type { Prim } from '../3-ir/prims.ts'
import { standsForConstant } from '../3-ir/stand-ins.ts'
import type { Tape } from '../3-ir/tape.ts'
import { zeroInPlace, zerosBeside, zerosLike } from '../3-ir/zeros.ts'
import type { Budget } from './budget.ts'
import { inCase, isOfClass } from './characters.ts'
import { exactDecimal } from './exact-decimal.ts'
import type { Host } from './host.ts'
import { egal, hashOf, identityKeyOf, keyOf, positionOf } from './identity.ts'
import type { Primitive } from './library.ts'
import { groupNames, matched, translated } from './pattern.ts'
import { ProgramEnd } from './program-end.ts'
import type { Random } from './random.ts'
import { displayText, errorText, printText, reprText, textIn } from './show/show.ts'
import {
  byteOf,
  bytesOf,
  characterOfByte,
  codePointAt,
  findFrom,
  findIn,
  lengthOf,
  parseFloat64,
  parseInt64,
  sliceOf,
} from './text-index.ts'
import { compareWide, parsedWide, wideOf, wideOfNumber, wideOperation, wideText, wideToInt, wrapWide } from './wide.ts'

/** What primitives work with. */
export interface Means {
  readonly host: Host
  readonly random: Random
  readonly budget: Budget
  /** What the globals of the program hold. */
  readonly globals: () => readonly unknown[]
  /** An exception that will be thrown later is of this place. */
  readonly place: (exception: Boxed) => void
}

/** Index of a Dict or Set: canonical text of a key to the number of its slot. Without leaves in the IR. */
export class HashIndex {
  readonly slots: Map<string, number>

  constructor(slots: Iterable<readonly [string, number]> = []) {
    this.slots = new Map(slots)
  }
}

export const PRIMITIVES: { readonly [K in Prim]: (runtime: Means, types: readonly Type[]) => Primitive } = {
  'arr.len': () => (a: ArrayObject) => a.n,
  'arr.dim': () => dimOf,
  'arr.check': () => checkIndex,
  'arr.check_dim': () => checkAxis,
  'arr.reshape':
    () =>
    (a: ArrayObject, ...dims: number[]) =>
      reshape(a, dims),
  'arr.resize':
    ({ budget }, [type]) =>
    (a: ArrayObject, n: number) => {
      if (n > a.c0.length) budget.take(n, 16 * n)
      resize(type as `arr<${string}>`, a, n)
    },
  'arr.same': () => (a: unknown, b: unknown) => a === b,
  'arr.zeros_like':
    ({ host, budget }, [type]) =>
    (value: unknown) => {
      if (isArray(value)) budget.take(value.n, 8 * value.n)
      return zerosLike(type!, value, host.module)
    },
  'arr.zeros_beside':
    ({ host, budget }, [type]) =>
    (value: unknown) => {
      if (isArray(value)) budget.take(value.n, 8 * value.n)
      return zerosBeside(type!, value, host.module)
    },
  'arr.stand_in':
    ({ host, budget }, [type]) =>
    (value: unknown) => {
      if (isArray(value)) budget.take(value.n, 8 * value.n)
      return standIn(type!, value, host.module, null)
    },
  'arr.stand_in_of_call':
    ({ host }) =>
    (value: unknown, ...args: unknown[]) =>
      standIn('any', value, host.module, args),
  'ad.storable':
    ({ globals }) =>
    (shadow: unknown, name: string, fn: string, what: string) => {
      if (!standsForConstant(shadow, (values, wanted) => isBehind([...values, ...globals()], wanted))) return
      fail('run', 'ad.active-store-to-const', { name, fn, what }, null, { exception: 'EnzymeRuntimeActivityError' })
    },
  'ad.watch': () => forgetLosses,
  'ad.lost': () => markLoss,
  'ad.lost_in': () => markBehind,
  'ad.lost_on': () => (from: unknown, into: unknown) => markOn(from === null ? null : [from], into),
  'ad.lost_on_globals':
    ({ globals }) =>
    (into: unknown) =>
      markOn(anyLoss() === null ? [] : globals(), into),
  'ad.lost_doubtful':
    ({ globals }) =>
    (shadow: unknown, memory: object, failure: number) => {
      if (standsForConstant(shadow, (values, wanted) => isBehind([...values, ...globals()], wanted))) markLoss(memory, failure)
    },
  'ad.lost_in_doubt':
    ({ globals }) =>
    (shadow: object, value: unknown, failure: number) => {
      if (standsForConstant(shadow, (values, wanted) => isBehind([...values, ...globals()], wanted))) markBehind(shadow, value, failure)
    },
  'ad.not_lost':
    ({ host }) =>
    (memory: object) => {
      const n = lossIn(memory)
      if (n !== null) throw new Failure(host.module.failures![n]!)
    },
  'ad.not_held':
    ({ host }) =>
    (memory: object) => {
      const n = lossOfHeld(memory)
      if (n !== null) throw new Failure(host.module.failures![n]!)
    },
  'ad.none_lost_behind':
    ({ host }) =>
    (value: unknown) => {
      const n = lossBehind([value])
      if (n !== null) throw new Failure(host.module.failures![n]!)
    },
  'ad.none_lost':
    ({ host }) =>
    () => {
      const n = anyLoss()
      if (n !== null) throw new Failure(host.module.failures![n]!)
    },
  'arr.zero':
    ({ host }, [type]) =>
    (value: unknown) =>
      zeroInPlace(type!, value, host.module),
  'ref.is_null': () => (a: unknown) => a === null,
  'ref.same': () => (a: unknown, b: unknown) => a === b,
  'any.call':
    ({ host }) =>
    (...args: Boxed[]) =>
      host.dynamicCall([], args)[0],
  'any.type': ({ host }) => host.typeOf,
  'any.isa':
    ({ host }) =>
    (a: Boxed, type: number) =>
      host.isSubtype(a.t, type),
  'any.type_is': () => (a: Boxed, type: number) => a.t === type,
  'any.position':
    ({ host }) =>
    (items: ArrayObject, sought: Boxed) =>
      positionOf(items, sought, host),
  'any.same':
    ({ host }) =>
    (a: Boxed, b: Boxed) =>
      egal(a, b, host),
  'any.print':
    ({ host }) =>
    (a: Boxed) =>
      host.write(printText(a, host)),
  'any.string':
    ({ host }) =>
    (a: Boxed) =>
      printText(a, host),
  'any.repr':
    ({ host }) =>
    (a: Boxed) =>
      reprText(a, host),
  'any.display':
    ({ host }) =>
    (a: Boxed) =>
      displayText(a, host),
  'any.shown':
    ({ host }) =>
    (a: Boxed, plain: boolean, compact: boolean, rows: number, columns: number) =>
      textIn(a, host, plain, compact, rows > 0 ? { rows, columns } : null),
  'any.showerror':
    ({ host }) =>
    (a: Boxed) =>
      errorText(a, host),
  'any.hash':
    ({ host }) =>
    (a: Boxed) =>
      hashOf(keyOf(a, host)),
  'any.identity':
    ({ host }) =>
    (a: Boxed) =>
      hashOf(identityKeyOf(a, host)),
  'str.concat':
    () =>
    (...parts: string[]) =>
      parts.join(''),
  'str.length': () => lengthOf,
  'str.bytes': () => bytesOf,
  'str.byte': () => byteOf,
  'str.character': () => characterOfByte,
  'str.char': () => (text: string, index: number) => {
    const point = codePointAt(text, index)
    if (point === null) throw new Trap({ kind: 'string-bounds', text, index })
    return point
  },
  'char.is': () => isOfClass,
  'char.in_case': () => inCase,
  'str.from_char': () => (point: number) => String.fromCodePoint(point),
  'str.slice': () => sliceOf,
  'str.find': () => findIn,
  'str.find_from': () => findFrom,
  'str.is_null': () => (text: string | null) => text === null,
  'str.print': ({ host }) => host.write,
  'str.decimal': () => exactDecimal,
  'str.parse_f64': () => (text: string) => parsed(parseFloat64(text)),
  'str.parse_i64': () => (text: string) => parsed(parseInt64(text)),
  'str.pattern': () => translated,
  'str.match': () => matched,
  'str.groups': () => groupNames,
  'bits.high': () => highWord,
  'bits.low': () => lowWord,
  'bits.f64': () => floatOfWords,
  'bits.word': () => wordOf,
  'bits.f32': () => floatOfWord,
  'wide.op': () => wideOperation,
  'wide.compare': () => compareWide,
  'wide.wrap': () => wrapWide,
  'wide.of_i64': () => (a: number) => wideOfNumber(a, false),
  'wide.of_f64': () => (a: number) => wideOfNumber(a, true),
  'wide.to_i64': () => wideToInt,
  'wide.to_f64': () => (text: string) => Number(wideOf(text)),
  'wide.text': () => wideText,
  'wide.parse': () => parsedWide,
  'expr.build':
    ({ host }) =>
    (form: string, ...holes: Boxed[]) =>
      host.code.build(form, holes),
  'expr.parse':
    ({ host }) =>
    (text: string) =>
      host.code.parse(text),
  'expr.eval':
    ({ host }) =>
    (module: Boxed, code: Boxed) =>
      host.code.evaluate(module, code),
  'expr.expand':
    ({ host }) =>
    (module: Boxed, code: Boxed, deep: boolean) =>
      host.code.expand(module, code, deep),
  'dict.new': () => () => new HashIndex(),
  'dict.find':
    ({ host }) =>
    (index: HashIndex, key: Boxed) =>
      index.slots.get(keyOf(key, host)) ?? -1,
  'dict.insert':
    ({ host }) =>
    (index: HashIndex, key: Boxed, slot: number) => {
      index.slots.set(keyOf(key, host), slot)
    },
  'dict.remove':
    ({ host }) =>
    (index: HashIndex, key: Boxed) => {
      index.slots.delete(keyOf(key, host))
    },
  'rng.seed': ({ random }) => random.seed,
  'rng.make': ({ random }) => random.make,
  'rng.use': ({ random }) => random.use,
  'rng.uniform': ({ random }) => random.uniform,
  'rng.normal': ({ random }) => random.normal,
  'ad.within': () => () => false,
  'tape.mark': () => (tape: Tape) => tape.mark(),
  'tape.rewind': () => (tape: Tape) => tape.rewind(),
  'tape.set_aside': () => (tape: Tape) => tape.setAside(),
  'tape.add_aside': () => (tape: Tape) => tape.addAside(),
  'exc.place': ({ place }) => place,
  'ad.hint':
    ({ host }) =>
    (exception: Boxed, code: string) => {
      host.misuse?.hint(exception, code)
    },
  'ad.notice':
    ({ host }) =>
    (code: string) => {
      host.misuse?.notice(code)
    },
  'ad.entered':
    ({ host }) =>
    (shadow: ArrayObject) =>
      host.misuse?.enteredAsLeft(shadow) ?? false,
  'ad.left':
    ({ host }) =>
    (shadow: ArrayObject) => {
      host.misuse?.left(shadow)
    },
  'ad.seeded':
    ({ host }) =>
    (shadow: ArrayObject, code: string) => {
      if (host.misuse?.isNonzero(shadow)) host.misuse.notice(code)
    },
  'ad.mark': () => () => {},
  'ad.fail':
    ({ host }) =>
    (n: number) => {
      throw new Failure(host.module.failures![n]!)
    },
  'time.now': () => () => (performance.timeOrigin + performance.now()) / 1000,
  'time.elapsed': () => () => performance.now() / 1000,
  'sys.exit': () => (code: number) => {
    throw new ProgramEnd(code)
  },
  'sys.sleep': () => (seconds: number) => {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, seconds * 1000)
  },
  'sys.cwd': () => () => process.cwd(),
  'test.record': ({ host }) => host.recordTest,
}

function parsed(value: number | null): readonly [number, boolean] {
  return [value ?? 0, value !== null]
}

function isArray(value: unknown): value is ArrayObject {
  return value !== null && typeof value === 'object' && 'n' in value && 'd' in value
}
