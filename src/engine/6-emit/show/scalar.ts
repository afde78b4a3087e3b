/** Values of primitive types. */

import type { DataType } from '../../2-types/type.ts'
import { symbolText } from '../../2-types/type-text.ts'
import type { Context } from './context.ts'
import { charLiteral, stringLiteral } from './escape.ts'
import { floatText } from './float.ts'

/** `show` of a scalar, or `print` of it, which leaves out quotes, types and the zeros of unsigned numbers. */
export function scalarText(type: DataType, leaf: unknown, cx: Context, forPrint: boolean): string {
  const { name } = type.name
  const known = cx.typeInfo === type
  switch (name) {
    case 'Float64':
      return floatText(leaf as number, { bits: 64, compact: cx.compact, typed: false, exponent: 'e' })
    case 'Float32':
      return floatText(leaf as number, {
        bits: 32,
        compact: cx.compact,
        typed: !forPrint && !cx.compact && !known,
        exponent: forPrint ? 'e' : 'f',
      })
    case 'Float16':
      return floatText(leaf as number, { bits: 16, compact: cx.compact, typed: !forPrint && !cx.compact && !known, exponent: 'e' })
    case 'Bool':
      return known ? `${Number(leaf)}` : `${leaf as boolean}`
    case 'Char':
      return forPrint ? String.fromCodePoint(leaf as number) : charLiteral(leaf as number)
    case 'String':
    case 'SubString':
      return forPrint ? (leaf as string) : stringLiteral(leaf as string)
    case 'Symbol':
      return forPrint ? (leaf as string) : symbolText(leaf as string)
    default: {
      const bits = /^UInt(\d+)$/.exec(name)?.[1]
      // The ends of Int64.
      if (Math.abs(leaf as number) === 2 ** 63) return (leaf as number) > 0 ? '9223372036854775807' : '-9223372036854775808'
      if (!Number.isSafeInteger(leaf)) return `${BigInt(leaf as number)}`
      return bits && !forPrint ? `0x${(leaf as number).toString(16).padStart(Number(bits) / 4, '0')}` : `${leaf as number}`
    }
  }
}
