/**
 * Random Julia programs as text: smooth where they are evaluated, inside every domain, and bounded, all by construction.
 * A program is a pure function of a list of numbers, so that shrinking the list shrinks the program; 0 is always the simplest choice.
 */

/** Inputs of every program; thresholds of branches keep a distance from them. */
export const INPUT = [0.37, -0.82, 1.24] as const
const THRESHOLDS = ['-1.5', '-0.3', '0.7', '2.0'] as const

/** What a program may use at one place. */
interface Scope {
  /** Float variables that may be read. */
  readonly floats: readonly string[]
  /** Those that may be assigned again. */
  readonly assignable: readonly string[]
  /** Vectors of three that may be read. */
  readonly vectors: readonly string[]
  /** Those that may be written to. */
  readonly writable: readonly string[]
  readonly tuples: readonly string[]
  readonly cells: readonly string[]
  readonly closures: readonly string[]
  /** An integer loop index from 1 to 3, if there is one. */
  readonly index: string | null
  readonly inLoop: boolean
}

/** Answers from a list of numbers, then zeros. */
class Choices {
  private position = 0
  private readonly list: readonly number[]

  constructor(list: readonly number[]) {
    this.list = list
  }

  below(n: number): number {
    const value = this.list[this.position++] ?? 0
    return value % n
  }

  of<T>(items: readonly T[]): T {
    const item = items[this.below(items.length)]
    if (item === undefined) throw new Error('no choice')
    return item
  }
}

class Writer {
  private readonly pick: Choices
  private readonly name: string
  private count = 0
  private statements = 0
  readonly helpers: string[] = []
  private readonly helperNames: { readonly name: string; readonly arity: number }[] = []

  constructor(pick: Choices, name: string) {
    this.pick = pick
    this.name = name
  }

  private fresh(prefix: string): string {
    this.count += 1
    return `${prefix}${this.count}`
  }

  literal(): string {
    return this.pick.of(['1.0', '0.5', '-0.7', '1.3', '2.0', '-1.1', '0.25'])
  }

  /** True or false at the inputs with a margin, or a question about a loop index. */
  condition(s: Scope): string {
    const i = s.index
    if (i !== null && this.pick.below(2) === 0) return this.pick.of([`${i} == 2`, `isodd(${i})`, `${i} < 3`, `${i} != 1`])
    const input = this.pick.of(['in1', 'in2', 'in3'])
    return `${input} ${this.pick.of(['>', '<', '>=', '<='])} ${this.pick.of(THRESHOLDS)}`
  }

  element(s: Scope): string {
    return this.pick.of(s.index === null ? ['1', '2', '3', 'end'] : [s.index, '1', '3', `4 - ${s.index}`])
  }

  float(s: Scope, depth: number): string {
    if (depth <= 0) return this.leaf(s)
    const e = () => this.float(s, depth - 1)
    switch (this.pick.below(24)) {
      case 0: return this.leaf(s)
      case 1: return `(${e()} + ${e()})`
      case 2: return `(${e()} - ${e()})`
      case 3: return `(${e()} * ${e()})`
      case 4: return `sin(${e()})`
      case 5: return `cos(${e()})`
      case 6: return `tanh(${e()})`
      case 7: return `(${e()} / (1.5 + sin(${e()})))`
      case 8: return `exp(0.4 * tanh(${e()}))`
      case 9: return `log(1.5 + abs2(sin(${e()})))`
      case 10: return `sqrt(1 + (${e()})^2)`
      case 11: return `atan(${e()})`
      case 12: return `sin(${e()})^3`
      case 13: return `ifelse(${this.condition(s)}, ${e()}, ${e()})`
      case 14: return `(${this.condition(s)} ? ${e()} : ${e()})`
      case 15: return `sum(${this.vector(s, depth - 1)})`
      case 16: return `sum(u -> ${this.float({ ...s, floats: ['u', ...s.floats] }, depth - 1)}, ${this.pick.of(s.vectors)})`
      case 17: return `(${this.pick.of(s.vectors)}' * ${this.vector(s, depth - 1)})`
      case 18: return `muladd(${e()}, ${e()}, ${e()})`
      case 19: return this.helperCall(s, depth)
      case 20: return s.closures.length === 0 ? `(2 * -${e()})` : `${this.pick.of(s.closures)}(${e()})`
      case 21: return `abs2(sin(${e()}))`
      case 22: return `sum(${e()} * v for v in ${this.pick.of(s.vectors)})`
      default: return `(2.5 + cos(${e()}))^(0.3 * sin(${e()}))`
    }
  }

  private leaf(s: Scope): string {
    switch (this.pick.below(8)) {
      case 0:
      case 1:
      case 2: return this.pick.of(s.floats)
      case 3: return this.literal()
      case 4: return s.tuples.length === 0 ? this.pick.of(s.floats) : `${this.pick.of(s.tuples)}[${this.pick.of(['1', '2'])}]`
      case 5: return s.cells.length === 0 ? this.pick.of(s.floats) : `${this.pick.of(s.cells)}.value`
      default: return `${this.pick.of(s.vectors)}[${this.element(s)}]`
    }
  }

  private helperCall(s: Scope, depth: number): string {
    if (this.helperNames.length < 2) this.writeHelper()
    const helper = this.pick.of(this.helperNames)
    const args = Array.from({ length: helper.arity }, () => this.float(s, Math.min(depth - 1, 1)))
    return `${helper.name}(${args.join(', ')})`
  }

  private writeHelper(): void {
    const name = this.fresh(`${this.name}_h`)
    const inner: Scope = { floats: ['u'], assignable: [], vectors: ['FIXED'], writable: [], tuples: [], cells: [], closures: [], index: null, inLoop: false }
    const body = () => this.smoothPair(inner)
    switch (this.pick.below(3)) {
      case 0:
        this.helpers.push(`${name}(u) = ${body()}`)
        this.helperNames.push({ name, arity: 1 })
        return
      case 1:
        this.helpers.push(`${name}(u, w) = u < w ? ${body()} * sin(u - w)^3 : w * sin(u - w)^3`)
        this.helperNames.push({ name, arity: 2 })
        return
      default:
        this.helpers.push(`${name}(u, n = 3) = n == 0 ? sin(u) : tanh(u) + 0.5 * ${name}(${body()}, n - 1)`)
        this.helperNames.push({ name, arity: 1 })
    }
  }

  /** An expression without calls of helpers, so that helpers do not call each other without end. */
  private smoothPair(s: Scope): string {
    const leaf = () => this.leaf(s)
    switch (this.pick.below(5)) {
      case 0: return leaf()
      case 1: return `sin(${leaf()} * ${leaf()})`
      case 2: return `(0.6 * ${leaf()} + cos(${leaf()}))`
      case 3: return `tanh(${leaf()} + u)`
      default: return `(u / (2 + sin(${leaf()})))`
    }
  }

  vector(s: Scope, depth: number): string {
    const v = () => this.pick.of(s.vectors)
    const e = (more: readonly string[] = []) => this.float({ ...s, floats: [...more, ...s.floats] }, Math.min(depth - 1, 1))
    switch (this.pick.below(13)) {
      case 0: return v()
      case 1: return `sin.(${v()})`
      case 2: return `(${v()} .* ${v()})`
      case 3: return `(${v()} .+ ${e()})`
      case 4: return `(${v()} - ${v()})`
      case 5: return `[${e()}, ${e()}, ${e()}]`
      case 6: return `map(u -> ${e(['u'])}, ${v()})`
      case 7: return `[${e(['u'])} for u in ${v()}]`
      case 8: return `(FIXED_MATRIX * ${v()})`
      case 9: return `tanh.(${v()} ./ (2 .+ cos.(${v()})))`
      case 10: return `vcat(${v()}[2:3], ${e()})`
      case 11: return `(${e()} .* reverse(${v()}))`
      default: return `vec(reshape(${v()}, 3, 1) * 0.5)`
    }
  }

  /** A bounded expression: what variables that live on are set to. */
  bounded(s: Scope, depth: number): string {
    return this.pick.below(2) === 0 ? `sin(${this.float(s, depth)})` : `tanh(${this.float(s, depth)})`
  }

  /** Statements and the scope after them. */
  block(s: Scope, size: number, depth: number, indent: string): { readonly lines: readonly string[]; readonly scope: Scope } {
    const lines: string[] = []
    let scope = s
    const n = 1 + this.pick.below(size)
    for (let k = 0; k < n && this.statements < 14; k++) {
      this.statements += 1
      const step = this.statement(scope, depth, indent)
      lines.push(...step.lines)
      scope = step.scope
    }
    return { lines, scope }
  }

  private statement(s: Scope, depth: number, indent: string): { readonly lines: readonly string[]; readonly scope: Scope } {
    const one = (line: string, scope: Scope = s) => ({ lines: [indent + line], scope })
    switch (this.pick.below(depth > 0 ? 20 : 14)) {
      case 0:
      case 1: {
        const t = this.fresh('t')
        return one(`${t} = ${this.bounded(s, 2)}`, { ...s, floats: [t, ...s.floats] })
      }
      case 2: {
        const t = this.fresh('r')
        return one(`${t} = ${this.bounded(s, 1)}`, { ...s, floats: [t, ...s.floats], assignable: [t, ...s.assignable] })
      }
      case 3:
      case 4: {
        if (s.assignable.length === 0) return one('nothing')
        const t = this.pick.of(s.assignable)
        return this.pick.below(2) === 0 ? one(`${t} = ${this.bounded(s, 2)}`) : one(`${t} += ${this.bounded(s, 2)}`)
      }
      case 5: {
        const w = this.fresh('w')
        const start = this.pick.of([`copy(${this.pick.of(s.vectors)})`, 'zeros(3)', `similar(${this.pick.of(s.vectors)})`])
        const fill = start.startsWith('similar') ? `; fill!(${w}, ${this.literal()})` : ''
        return one(`${w} = ${start}${fill}`, { ...s, vectors: [w, ...s.vectors], writable: [w, ...s.writable] })
      }
      case 6: {
        const w = this.fresh('v')
        return one(`${w} = sin.(${this.vector(s, 2)})`, { ...s, vectors: [w, ...s.vectors] })
      }
      case 7:
      case 8: {
        if (s.writable.length === 0) return one('nothing')
        const w = this.pick.of(s.writable)
        const place = `${w}[${this.element(s)}]`
        switch (this.pick.below(5)) {
          case 0: return one(`${place} = ${this.bounded(s, 2)}`)
          case 1: return one(`${place} += ${this.bounded(s, 1)}`)
          case 2: return one(`${place} *= ${this.bounded(s, 1)}`)
          case 3: return one(`${w} .= tanh.(${this.vector(s, 1)})`)
          default: return one(`${w} .+= ${this.bounded(s, 1)}`)
        }
      }
      case 9: {
        const p = this.fresh('p')
        const q = this.fresh('q')
        return one(`${p}, ${q} = ${this.bounded(s, 1)}, ${this.bounded(s, 1)}`, { ...s, floats: [p, q, ...s.floats] })
      }
      case 10: {
        const t = this.fresh('pair')
        return one(`${t} = (${this.bounded(s, 1)}, ${this.float(s, 1)})`, { ...s, tuples: [t, ...s.tuples] })
      }
      case 11: {
        const c = this.fresh('c')
        const fixed = { ...s, floats: ['u', ...s.floats.filter((f) => !s.assignable.includes(f))], index: null, inLoop: false }
        const write = s.writable.length > 0 && this.pick.below(3) === 2 ? `(${this.pick.of(s.writable)}[2] = tanh(u); ` : ''
        const line = write === '' ? `${c} = u -> ${this.bounded(fixed, 1)}` : `${c} = u -> ${write}${this.bounded(fixed, 1)})`
        return one(line, { ...s, closures: [c, ...s.closures] })
      }
      case 12: {
        const c = this.fresh('cell')
        return one(`${c} = Cell(${this.bounded(s, 1)})`, { ...s, cells: [c, ...s.cells] })
      }
      case 13: {
        if (s.cells.length === 0) return one('nothing')
        const c = this.pick.of(s.cells)
        return one(`${c}.value = ${this.bounded(s, 1)}`)
      }
      case 14:
      case 15: return { lines: this.branch(s, depth, indent), scope: s }
      case 16:
      case 17: return { lines: this.counted(s, depth, indent), scope: s }
      case 18: return { lines: this.whileLoop(s, depth, indent), scope: s }
      default:
        return s.inLoop ? one(`${this.condition(s)} && ${this.pick.of(['continue', 'break'])}`) : one(`${this.condition(s)} && return 1.0 * ${this.float(s, 1)}`)
    }
  }

  private branch(s: Scope, depth: number, indent: string): readonly string[] {
    const then = this.block(s, 2, depth - 1, `${indent}    `).lines
    const otherwise = this.pick.below(2) === 0 ? [] : [`${indent}else`, ...this.block(s, 2, depth - 1, `${indent}    `).lines]
    return [`${indent}if ${this.condition(s)}`, ...then, ...otherwise, `${indent}end`]
  }

  private counted(s: Scope, depth: number, indent: string): readonly string[] {
    if (this.pick.below(3) === 2) {
      const v = this.fresh('e')
      const body = this.block({ ...s, floats: [v, ...s.floats], inLoop: true }, 3, depth - 1, `${indent}    `).lines
      return [`${indent}for ${v} in ${this.pick.of(s.vectors)}`, ...body, `${indent}end`]
    }
    const i = this.fresh('i')
    const body = this.block({ ...s, index: i, inLoop: true }, 3, depth - 1, `${indent}    `).lines
    return [`${indent}for ${i} in ${this.pick.of(['1:3', '3:-1:1', '1:2:3', '2:3'])}`, ...body, `${indent}end`]
  }

  private whileLoop(s: Scope, depth: number, indent: string): readonly string[] {
    const k = this.fresh('k')
    const body = this.block({ ...s, index: k, inLoop: true }, 3, depth - 1, `${indent}    `).lines
    return [`${indent}${k} = 0`, `${indent}while ${k} < 3`, `${indent}    ${k} += 1`, ...body, `${indent}end`]
  }
}

/** The definitions that random programs use. */
export const PRELUDE = `using Enzyme
const FIXED = [0.3, -0.6, 0.9]
const FIXED_MATRIX = [0.5 0.1 -0.3; 0.2 -0.4 0.6; -0.1 0.7 0.2]
mutable struct Cell{T}
    value::T
end
`

/** How a program takes its inputs. */
export type Shape = 'vector' | 'scalars'

/** A function called `name` of a vector of three, or of three floats, as Julia text. */
export function randomProgram(list: readonly number[], name: string): { readonly shape: Shape; readonly text: string } {
  const pick = new Choices(list)
  const shape = pick.of<Shape>(['vector', 'scalars'])
  const writer = new Writer(pick, name)
  const scope: Scope = {
    floats: ['in1', 'in2', 'in3'],
    assignable: [],
    vectors: shape === 'vector' ? ['x'] : ['FIXED', 'x'],
    writable: [],
    tuples: [],
    cells: [],
    closures: [],
    index: null,
    inLoop: false,
  }
  const { lines, scope: after } = writer.block(scope, 7, 2, '    ')
  const result = writer.float(after, 3)
  const head = shape === 'vector' ? [`function ${name}(x)`, '    in1, in2, in3 = x'] : [`function ${name}(in1, in2, in3)`, '    x = [in1, in2, in3]']
  return { shape, text: [...writer.helpers, ...head, ...lines, `    return 1.0 * ${result}`, 'end'].join('\n') }
}
