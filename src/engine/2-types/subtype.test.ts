import { describe, expect, it } from 'vitest'
import {
  ANY,
  ARRAY,
  applied,
  BOTTOM,
  FUNCTION,
  TUPLE,
  TYPE,
  tupleType,
  typeName,
  typeOfType,
  typeVar,
  unionAll,
  unionAllOf,
  valueParam,
  varargType,
} from './intern.ts'
import { isSubtype, matchTypes, unionOf } from './subtype.ts'
import type { JType, TypeParam } from './type.ts'
import { typeText } from './type-text.ts'

const abstract = (name: string, supertype: JType = ANY) => applied(typeName({ name, module: 'Test', form: 'abstract', supertype }), [])
const primitive = (name: string, supertype: JType) =>
  applied(typeName({ name, module: 'Test', form: 'primitive', supertype, leaf: 'f64' }), [])
const Num = abstract('Number')
const Real = abstract('Real', Num)
const F64 = primitive('Float64', Real)
const I64 = primitive('Int64', Real)
const int = (value: number): TypeParam => valueParam({ kind: 'int', value })
const vec = (t: JType) => applied(ARRAY, [t, int(1)])
const mat = (t: JType) => applied(ARRAY, [t, int(2)])
const T = typeVar('T')
const N = typeVar('N')
const R = typeVar('R', BOTTOM, Real)
const R2 = typeVar('M')
const vecOf = (length: TypeParam) => applied(ARRAY, [F64, length])
const Vector = unionAll(T, applied(ARRAY, [T, int(1)]))
const VecReal = unionAll(R, applied(ARRAY, [R, int(1)]))

describe('a type is a subtype', () => {
  const rows: readonly [JType, JType, boolean][] = [
    [F64, Real, true],
    [Real, F64, false],
    [BOTTOM, F64, true],
    [F64, ANY, true],
    [vec(F64), Vector, true],
    [mat(F64), Vector, false],
    [vec(F64), VecReal, true],
    [vec(F64), vec(Real), false],
    [vec(FUNCTION), VecReal, false],
    [VecReal, Vector, true],
    [Vector, VecReal, false],
    [vec(F64), unionAllOf(ARRAY), true],
    [tupleType([F64, I64]), tupleType([Real, Real]), true],
    [tupleType([F64, I64]), applied(TUPLE, [varargType(Real, null)]), true],
    [tupleType([F64, I64]), applied(TUPLE, [varargType(F64, null)]), false],
    [tupleType([F64, F64]), unionAll(T, tupleType([T, T])), true],
    [tupleType([F64, I64]), unionAll(T, tupleType([T, T])), false],
    [tupleType([vec(F64), F64]), unionAll(T, tupleType([vec(T), T])), true],
    [typeOfType(unionOf([vec(F64), mat(F64)])), unionAll(T, typeOfType(unionAll(N, applied(ARRAY, [T, N])))), false],
    [tupleType([vec(F64), I64]), unionAll(T, tupleType([vec(T), T])), false],
    // Two types that bind the same variable are not of one length.
    [tupleType([unionAll(N, vecOf(N)), unionAll(N, vecOf(N))]), unionAll(R2, tupleType([vecOf(R2), vecOf(R2)])), false],
    [tupleType([F64, F64]), unionAll(N, applied(TUPLE, [varargType(F64, N)])), true],
    [unionOf([F64, I64]), Real, true],
    [F64, unionOf([F64, I64]), true],
    [Real, unionOf([F64, I64]), false],
    [typeOfType(F64), unionAll(T, applied(TYPE, [T])), true],
    [typeOfType(F64), unionAll(R, applied(TYPE, [R])), true],
    [typeOfType(FUNCTION), unionAll(R, applied(TYPE, [R])), false],
    [typeOfType(F64), typeOfType(Real), false],
  ]
  it.each(rows.map(([a, b, yes]) => [typeText(a), typeText(b), yes, a, b] as const))('%s <: %s is %s', (_a, _b, yes, a, b) => {
    expect(isSubtype(a, b)).toBe(yes)
  })
})

describe('matching binds variables', () => {
  it('an invariant position decides', () => {
    expect(matchTypes([vec(F64)], [applied(ARRAY, [T, N])], [T, N])).toEqual(
      new Map<unknown, unknown>([
        [N, int(1)],
        [T, F64],
      ]),
    )
  })
  it('a covariant position takes the type itself', () => {
    expect(matchTypes([F64], [T], [T])?.get(T)).toBe(F64)
  })
  it('a bound is kept', () => {
    expect(matchTypes([FUNCTION], [R], [R])).toBeNull()
  })
  it('a bound that mentions another variable finds it', () => {
    const S = typeVar('S')
    const A = typeVar('A', BOTTOM, applied(ARRAY, [S, int(1)]))
    expect(matchTypes([vec(F64)], [A], [S, A])?.get(S)).toBe(F64)
  })
  it('a slurped tail has one element type', () => {
    expect(matchTypes([F64, F64, F64], [varargType(T, null)], [T])?.get(T)).toBe(F64)
    expect(matchTypes([F64, I64], [varargType(T, null)], [T])).toBeNull()
  })
})
