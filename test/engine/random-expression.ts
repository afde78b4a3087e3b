/** Random Julia expressions: smooth where they are evaluated and inside every domain, by construction. */
import type { Choices } from './choices.ts'

/** Inputs of every program. Thresholds of branches keep a distance from them, so that no branch sits on its edge. */
export const INPUT = [0.37, -0.82, 1.24] as const
const THRESHOLDS = ['-1.5', '-0.3', '0.7', '2.0'] as const
const LITERALS = ['1.0', '0.5', '-0.7', '1.3', '2.0', '-1.1', '0.25'] as const

/** What an expression may use at one place; the newest names come first. */
export interface Scope {
  readonly floats: readonly string[]
  /** Those of the floats that are assigned more than once. */
  readonly assignable: readonly string[]
  /** Vectors of three. */
  readonly vectors: readonly string[]
  /** Those of the vectors that are written to. */
  readonly writable: readonly string[]
  /** Pairs of floats. */
  readonly tuples: readonly string[]
  readonly cells: readonly string[]
  readonly closures: readonly string[]
  /** An integer variable from 1 to 3, if there is one. */
  readonly index: string | null
  readonly inLoop: boolean
}

/** What a function inside may use: not what is assigned again, which would be in a box and lose its type. */
export function captured(s: Scope, more: readonly string[]): Scope {
  const index = s.index?.startsWith('k') ? null : s.index
  return { ...s, floats: [...more, ...s.floats.filter(f => !s.assignable.includes(f))], assignable: [], index, inLoop: false }
}

export class Expressions {
  /** Definitions of the functions that the expressions call. */
  readonly helpers: string[] = []
  private readonly callable: { readonly name: string; readonly arity: number }[] = []
  private readonly pick: Choices
  private readonly fresh: (prefix: string) => string

  constructor(pick: Choices, fresh: (prefix: string) => string) {
    this.pick = pick
    this.fresh = fresh
  }

  literal(): string {
    return this.pick.of(LITERALS)
  }

  /** A question about an input, with a margin, or about a loop index. */
  condition(s: Scope): string {
    const i = s.index
    if (i !== null && this.pick.below(2) === 0) return this.pick.of([`${i} == 2`, `isodd(${i})`, `${i} < 3`, `${i} != 1`])
    return `${this.pick.of(['in1', 'in2', 'in3'])} ${this.pick.of(['>', '<', '>=', '<='])} ${this.pick.of(THRESHOLDS)}`
  }

  /** An index into a vector. */
  element(s: Scope): string {
    return this.pick.of(s.index === null ? ['1', '2', '3', 'end'] : [s.index, '1', '3', `4 - ${s.index}`])
  }

  float(s: Scope, depth: number): string {
    if (depth <= 0) return this.leaf(s)
    const e = () => this.float(s, depth - 1)
    const v = () => this.pick.recent(s.vectors)
    // biome-ignore format: one form a line
    const forms = [
      () => this.leaf(s),
      () => `(${e()} + ${e()})`,
      () => `(${e()} - ${e()})`,
      () => `(${e()} * ${e()})`,
      () => `(2 * -${e()})`,
      () => `sin(${e()})`,
      () => `cos(${e()})`,
      () => `tanh(${e()})`,
      () => `atan(${e()})`,
      () => `exp(0.4 * tanh(${e()}))`,
      () => `log(1.5 + abs2(sin(${e()})))`,
      () => `sqrt(1 + (${e()})^2)`,
      () => `sin(${e()})^3`,
      () => `abs2(sin(${e()}))`,
      () => `(${e()} / (1.5 + sin(${e()})))`,
      () => `(2.5 + cos(${e()}))^(0.3 * sin(${e()}))`,
      () => `muladd(${e()}, ${e()}, ${e()})`,
      () => `ifelse(${this.condition(s)}, ${e()}, ${e()})`,
      () => `(${this.condition(s)} ? ${e()} : ${e()})`,
      () => `sum(${this.vector(s, depth - 1)})`,
      () => `sum(u -> ${this.float(captured(s, ['u']), depth - 1)}, ${v()})`,
      () => `sum(${this.float(captured(s, []), depth - 1)} * v for v in ${v()})`,
      () => `(${v()}' * ${this.vector(s, depth - 1)})`,
      () => this.helperCall(s, depth),
      () => s.closures.length === 0 ? e() : `${this.pick.recent(s.closures)}(${e()})`,
    ]
    return this.pick.of(forms)()
  }

  private leaf(s: Scope): string {
    const variable = () => this.pick.recent(s.floats)
    const element = () => `${this.pick.recent(s.vectors)}[${this.element(s)}]`
    // biome-ignore format: one form a line
    const forms = [
      variable,
      variable,
      variable,
      () => this.literal(),
      () => s.tuples.length === 0 ? variable() : `${this.pick.recent(s.tuples)}[${this.pick.of(['1', '2'])}]`,
      () => s.cells.length === 0 ? variable() : `${this.pick.recent(s.cells)}.value`,
      element,
      element,
    ]
    return this.pick.of(forms)()
  }

  vector(s: Scope, depth: number): string {
    const v = () => this.pick.recent(s.vectors)
    const e = () => this.float(s, Math.min(depth - 1, 1))
    const ofElement = () => this.float(captured(s, ['u']), Math.min(depth - 1, 1))
    // biome-ignore format: one form a line
    const forms = [
      () => v(),
      () => `sin.(${v()})`,
      () => `(${v()} .* ${v()})`,
      () => `(${v()} .+ ${e()})`,
      () => `(${v()} - ${v()})`,
      () => `[${e()}, ${e()}, ${e()}]`,
      () => `map(u -> ${ofElement()}, ${v()})`,
      () => `[${ofElement()} for u in ${v()}]`,
      () => `(FIXED_MATRIX * ${v()})`,
      () => `tanh.(${v()} ./ (2 .+ cos.(${v()})))`,
      () => `vcat(${v()}[2:3], ${e()})`,
      () => `(${e()} .* reverse(${v()}))`,
      () => `vec(reshape(${v()}, 3, 1) * 0.5)`,
    ]
    return this.pick.of(forms)()
  }

  /** An expression between -1 and 1: what variables are set to, so that nothing grows in a loop. */
  bounded(s: Scope, depth: number): string {
    return `${this.pick.of(['sin', 'tanh'])}(${this.float(s, depth)})`
  }

  private helperCall(s: Scope, depth: number): string {
    if (this.callable.length < 2) this.writeHelper()
    const helper = this.pick.of(this.callable)
    const args = Array.from({ length: helper.arity }, () => this.float(s, Math.min(depth - 1, 1)))
    return `${helper.name}(${args.join(', ')})`
  }

  /** A helper of one argument, one of two with a branch that is smooth at its edge, or a recursion. */
  private writeHelper(): void {
    const name = this.fresh('h')
    // biome-ignore format: one form a line
    const forms = [
      () => ({ arity: 1, text: `${name}(u) = ${this.helperBody()}` }),
      () => ({ arity: 2, text: `${name}(u, w) = u < w ? ${this.helperBody()} * sin(u - w)^3 : w * sin(u - w)^3` }),
      () => ({ arity: 1, text: `${name}(u, n = 3) = n == 0 ? sin(u) : tanh(u) + 0.5 * ${name}(${this.helperBody()}, n - 1)` }),
    ]
    const { arity, text } = this.pick.of(forms)()
    this.helpers.push(text)
    this.callable.push({ name, arity })
  }

  /** Calls no helper, so that helpers do not call each other without end. */
  private helperBody(): string {
    const leaf = () => this.pick.of(['u', 'FIXED[2]', this.literal()])
    const forms = [`sin(${leaf()} * u)`, `(0.6 * u + cos(${leaf()}))`, `tanh(${leaf()} + u)`, `(u / (2 + sin(${leaf()} * u)))`]
    return this.pick.of(forms)
  }
}
