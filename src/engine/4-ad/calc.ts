/**
 * The arithmetic that derivative rules are written in, abstract in what an element `E` is: a value of the IR being built, a number,
 * the set of values a result depends on, or text. A rule read with each of these gives code, tests, what the tape keeps, and docs.
 */
export interface Calc<E> {
  readonly num: (value: number) => E
  readonly add: (a: E, b: E) => E
  readonly sub: (a: E, b: E) => E
  readonly mul: (a: E, b: E) => E
  readonly div: (a: E, b: E) => E
  readonly neg: (a: E) => E
  readonly pow: (a: E, b: E) => E
  readonly sqrt: (a: E) => E
  readonly exp: (a: E) => E
  readonly log: (a: E) => E
  readonly sin: (a: E) => E
  readonly cos: (a: E) => E
  readonly sinh: (a: E) => E
  readonly cosh: (a: E) => E
  readonly trunc: (a: E) => E
  readonly lt: (a: E, b: E) => E
  readonly eq: (a: E, b: E) => E
  readonly signbit: (a: E) => E
  readonly sameBool: (a: E, b: E) => E
  /** `a` where the condition holds, else `b`; what is not chosen leaves no trace, not even a NaN. */
  readonly select: (condition: E, a: E, b: E) => E
  /** Between Float64 and Float32. */
  readonly widen: (a: E) => E
  readonly narrow: (a: E) => E
  /** A zero of the precision of `d`. */
  readonly zeroOf: (d: E) => E
}

/** Numbers: what a rule is worth at a point. Conditions are 1 and 0. */
export const NUMBERS: Calc<number> = {
  num: value => value,
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  neg: a => -a,
  pow: (a, b) => a ** b,
  sqrt: Math.sqrt,
  exp: Math.exp,
  log: Math.log,
  sin: Math.sin,
  cos: Math.cos,
  sinh: Math.sinh,
  cosh: Math.cosh,
  trunc: Math.trunc,
  lt: (a, b) => (a < b ? 1 : 0),
  eq: (a, b) => (a === b ? 1 : 0),
  signbit: a => (a < 0 || Object.is(a, -0) ? 1 : 0),
  sameBool: (a, b) => (a === b ? 1 : 0),
  select: (condition, a, b) => (condition ? a : b),
  widen: a => a,
  narrow: a => Math.fround(a),
  zeroOf: () => 0,
}

/** Whether no operator is outside of parentheses. */
function isOneTerm(text: string): boolean {
  const outside = text.replace(/\([^()]*\)/g, '')
  return outside === text ? !/[ */]/.test(text) : isOneTerm(outside)
}

/** Text, for documentation and messages. */
export const TEXT: Calc<string> = {
  num: value => String(value),
  add: (a, b) => `(${a} + ${b})`,
  sub: (a, b) => `(${a} - ${b})`,
  mul: (a, b) => `${a} * ${b}`,
  div: (a, b) => `${a} / ${isOneTerm(b) ? b : `(${b})`}`,
  neg: a => `-${a}`,
  pow: (a, b) => `${a}^${b}`,
  sqrt: a => `sqrt(${a})`,
  exp: a => `exp(${a})`,
  log: a => `log(${a})`,
  sin: a => `sin(${a})`,
  cos: a => `cos(${a})`,
  sinh: a => `sinh(${a})`,
  cosh: a => `cosh(${a})`,
  trunc: a => `trunc(${a})`,
  lt: (a, b) => `${a} < ${b}`,
  eq: (a, b) => `${a} == ${b}`,
  signbit: a => `signbit(${a})`,
  sameBool: (a, b) => `${a} == ${b}`,
  select: (condition, a, b) => `(${condition} ? ${a} : ${b})`,
  widen: a => `Float64(${a})`,
  narrow: a => `Float32(${a})`,
  zeroOf: () => '0',
}

type Names = ReadonlySet<number>
const NOTHING: Names = new Set()
const join = (...sets: Names[]): Names => {
  const some = sets.filter(set => set.size > 0)
  return some.length === 0 ? NOTHING : some.length === 1 ? some[0]! : new Set(some.flatMap(set => [...set]))
}
const one = (a: Names): Names => a
const two = (a: Names, b: Names): Names => join(a, b)

/** Which values a result depends on, as a set of numbers: what must be known where the rule is applied. */
export const DEPENDS: Calc<Names> = {
  num: () => NOTHING,
  add: two,
  sub: two,
  mul: two,
  div: two,
  neg: one,
  pow: two,
  sqrt: one,
  exp: one,
  log: one,
  sin: one,
  cos: one,
  sinh: one,
  cosh: one,
  trunc: one,
  lt: two,
  eq: two,
  signbit: one,
  sameBool: two,
  select: (c, a, b) => join(c, a, b),
  widen: one,
  narrow: one,
  zeroOf: () => NOTHING,
}
