/** Random Julia programs as text: pure functions of a list of numbers, with variables, vectors, loops, branches, closures and mutation. */
import { Choices } from './choices.ts'
import { captured, Expressions, type Scope } from './random-expression.ts'

/** The definitions that random programs use. */
export const PRELUDE = `using Enzyme
const FIXED = [0.3, -0.6, 0.9]
const FIXED_MATRIX = [0.5 0.1 -0.3; 0.2 -0.4 0.6; -0.1 0.7 0.2]
mutable struct Cell{T}
    value::T
end
struct Holder{V}
    data::V
    scale::Float64
end
spread(a, rest...; by = 0.5, more...) = a * by + sum(rest; init = 0.0) + sum(values(more); init = 0.0)
late(f, args...) = Base.inferencebarrier(f)(args...)::Float64
`

/** Most statements of a program; most programs are small, as every one is compiled in eight ways. */
const SIZES = [2, 1, 2, 3, 2, 4, 2, 10] as const

interface Step {
  readonly lines: readonly string[]
  readonly scope: Scope
}

class Statements {
  readonly expressions: Expressions
  private readonly pick: Choices
  private readonly most: number
  /** Also with shared and resized memory, containers, late calls and exceptions. */
  private readonly rich: boolean
  private names = 0
  private written = 0

  constructor(pick: Choices, program: string, rich: boolean) {
    this.pick = pick
    this.rich = rich
    this.most = pick.of(SIZES)
    this.expressions = new Expressions(pick, prefix => this.fresh(`${program}_${prefix}`))
  }

  private fresh(prefix: string): string {
    this.names += 1
    return `${prefix}${this.names}`
  }

  /** Statements, and the scope after them. */
  block(s: Scope, most: number, depth: number, indent: string): Step {
    const lines: string[] = []
    let scope = s
    const n = 1 + this.pick.below(most)
    for (let k = 0; k < n && this.written < this.most; k++) {
      this.written += 1
      const step = this.statement(scope, depth, indent)
      lines.push(...step.lines)
      scope = step.scope
    }
    return { lines, scope }
  }

  private statement(s: Scope, depth: number, indent: string): Step {
    const declare = () => this.declare(s, indent)
    const flat = [
      () => this.define(s, indent),
      declare,
      () => (s.assignable.length === 0 ? this.declare(s, indent) : this.assign(s, indent)),
      () => (s.assignable.length === 0 ? this.declare(s, indent) : this.assign(s, indent)),
      () => (s.writable.length === 0 ? this.declare(s, indent) : this.write(s, indent)),
      () => (s.writable.length === 0 ? this.declare(s, indent) : this.write(s, indent)),
      () => (s.cells.length === 0 ? this.declare(s, indent) : this.writeCell(s, indent)),
      () => this.closure(s, indent),
      ...(this.rich ? [() => this.shared(s, indent), () => this.resized(s, indent), () => this.container(s, indent)] : []),
    ]
    const nested = [
      () => this.branch(s, depth, indent),
      () => this.counted(s, depth, indent),
      () => this.whileLoop(s, depth, indent),
      () => this.leave(s, indent),
      ...(this.rich ? [() => this.tried(s, depth, indent)] : []),
    ]
    return this.pick.of(depth > 0 ? [...flat, ...nested] : flat)()
  }

  /** A new name that is assigned once. */
  private define(s: Scope, indent: string): Step {
    const { expressions } = this
    const one = () => {
      const t = this.fresh('t')
      return { lines: [`${indent}${t} = ${expressions.bounded(s, 2)}`], scope: { ...s, floats: [t, ...s.floats] } }
    }
    const vector = () => {
      const w = this.fresh('v')
      return { lines: [`${indent}${w} = sin.(${expressions.vector(s, 2)})`], scope: { ...s, vectors: [w, ...s.vectors] } }
    }
    const both = () => {
      const [p, q] = [this.fresh('p'), this.fresh('q')]
      return {
        lines: [`${indent}${p}, ${q} = ${expressions.bounded(s, 1)}, ${expressions.bounded(s, 1)}`],
        scope: { ...s, floats: [p, q, ...s.floats] },
      }
    }
    const pair = () => {
      const t = this.fresh('pair')
      return {
        lines: [`${indent}${t} = (${expressions.bounded(s, 1)}, ${expressions.float(s, 1)})`],
        scope: { ...s, tuples: [t, ...s.tuples] },
      }
    }
    return this.pick.of([one, one, vector, both, pair])()
  }

  /** Something that later statements can change: a variable, a vector or a cell. */
  private declare(s: Scope, indent: string): Step {
    const variable = () => {
      const t = this.fresh('r')
      return {
        lines: [`${indent}${t} = ${this.expressions.bounded(s, 1)}`],
        scope: { ...s, floats: [t, ...s.floats], assignable: [t, ...s.assignable] },
      }
    }
    const vector = () => {
      const w = this.fresh('w')
      const from = this.pick.recent(s.vectors)
      const start = this.pick.of([
        `${w} = copy(${from})`,
        `${w} = zeros(3)`,
        `${w} = similar(${from}); fill!(${w}, ${this.expressions.literal()})`,
      ])
      return { lines: [indent + start], scope: { ...s, vectors: [w, ...s.vectors], writable: [w, ...s.writable] } }
    }
    const cell = () => {
      const c = this.fresh('cell')
      return { lines: [`${indent}${c} = Cell(${this.expressions.bounded(s, 1)})`], scope: { ...s, cells: [c, ...s.cells] } }
    }
    return this.pick.of([variable, vector, cell])()
  }

  private assign(s: Scope, indent: string): Step {
    return {
      lines: [`${indent}${this.pick.recent(s.assignable)} ${this.pick.of(['=', '+='])} ${this.expressions.bounded(s, 2)}`],
      scope: s,
    }
  }

  private write(s: Scope, indent: string): Step {
    const w = this.pick.recent(s.writable)
    const { expressions } = this
    const forms = [
      () => `${w}[${expressions.element(s)}] = ${expressions.bounded(s, 2)}`,
      () => `${w}[${expressions.element(s)}] += ${expressions.bounded(s, 1)}`,
      () => `${w}[${expressions.element(s)}] *= ${expressions.bounded(s, 1)}`,
      () => `${w} .= tanh.(${expressions.vector(s, 1)})`,
      () => `${w} .+= ${expressions.bounded(s, 1)}`,
    ]
    return { lines: [indent + this.pick.of(forms)()], scope: s }
  }

  private writeCell(s: Scope, indent: string): Step {
    return {
      lines: [`${indent}${this.pick.recent(s.cells)}.value ${this.pick.of(['=', '+='])} ${this.expressions.bounded(s, 1)}`],
      scope: s,
    }
  }

  /** It captures what is assigned once, and sometimes writes to a vector. */
  private closure(s: Scope, indent: string): Step {
    const c = this.fresh('c')
    const inside = captured(s, ['u'])
    const value = this.expressions.bounded(inside, 1)
    const writes = s.writable.length > 0 && this.pick.below(3) === 2
    const body = writes ? `(${this.pick.recent(s.writable)}[2] = tanh(u); ${value})` : value
    return { lines: [`${indent}${c} = u -> ${body}`], scope: { ...s, closures: [c, ...s.closures] } }
  }

  /** Another name for memory, a part of it, or something that holds it. */
  private shared(s: Scope, indent: string): Step {
    if (s.writable.length === 0) return this.declare(s, indent)
    const w = this.pick.recent(s.writable)
    const [name, value] = [this.fresh('s'), this.expressions.bounded(s, 1)]
    const forms = [`${name} = ${w}`, `${name} = view(${w}, 1:3)`, `${name} = Holder(${w}, ${value}).data`, `${name} = (${w}, ${value})[1]`]
    return { lines: [indent + this.pick.of(forms)], scope: { ...s, vectors: [name, ...s.vectors], writable: [name, ...s.writable] } }
  }

  /** A vector that ends with three elements, whatever happens to it until then. */
  private resized(s: Scope, indent: string): Step {
    const g = this.fresh('g')
    const { expressions } = this
    const [a, b] = [expressions.bounded(s, 1), expressions.bounded(s, 1)]
    const forms = [
      [`${g} = Float64[]`, `for n in 1:3`, `    push!(${g}, n * ${a})`, 'end'],
      [`${g} = [${a}]`, `push!(${g}, ${g}[1] * ${b})`, `append!(${g}, ${g}[1:1])`],
      [`${g} = copy(${this.pick.recent(s.vectors)})`, `resize!(${g}, 2)`, `push!(${g}, pop!(${g}) * ${a})`, `pushfirst!(${g}, ${b})`],
      [`${g} = [${a} * n for n in 1:4 if n != 2]`],
      [`${g} = FIXED_MATRIX * ${this.pick.recent(s.vectors)}`, `${g}[2] *= ${a}`],
    ]
    const lines = this.pick.of(forms).map(line => indent + line)
    return { lines, scope: { ...s, vectors: [g, ...s.vectors], writable: [g, ...s.writable] } }
  }

  /** A number out of a dictionary, a matrix, a box, a call with keywords, or a call that is found when it runs. */
  private container(s: Scope, indent: string): Step {
    const [t, c] = [this.fresh('t'), this.fresh('h')]
    const { expressions } = this
    const [a, b, v] = [expressions.bounded(s, 1), expressions.bounded(s, 1), this.pick.recent(s.vectors)]
    const forms = [
      [`${c} = Dict(:a => ${a}, :b => ${b})`, `${c}[:c] = ${c}[:a] * ${c}[:b]`, `${t} = sin(${c}[:c]) + get(${c}, :d, 0.5)`],
      [`${c} = FIXED_MATRIX .* ${a}`, `${c}[:, 2] .= ${v}`, `${c}[1, :] .*= ${b}`, `${t} = tanh(sum(${c} * ${v}))`],
      [`${c} = Any[${a}, ${v}]`, `${t} = tanh(${c}[1] * ${c}[2][2])::Float64`],
      [`${t} = tanh(spread(${a}, ${b}, ${a}; by = ${b}, more = ${a}))`],
      [`${t} = late((p, q) -> sin(p * q[1]), ${a}, ${v})`],
      [`${c} = (first = ${a}, second = ${v})`, `${t} = sin(${c}.first + ${c}.second[end])`],
      [`${c} = mapreduce(e -> sin(e) * ${s.assignable.length === 0 ? a : '0.5'}, +, ${v})`, `${t} = tanh(${c})`],
    ]
    const lines = this.pick.of(forms).map(line => indent + line)
    return { lines, scope: { ...s, floats: [t, ...s.floats] } }
  }

  /** A body that is left half done, or not. */
  private tried(s: Scope, depth: number, indent: string): Step {
    const inner = `${indent}    `
    const body = this.block({ ...s, inLoop: false }, 2, depth - 1, inner).lines
    const thrown = this.pick.of([`error("stop")`, `throw(DomainError(${this.expressions.float(s, 1)}, "stop"))`])
    const way = `${inner}${this.expressions.condition(s)} && ${thrown}`
    const after = this.block({ ...s, inLoop: false }, 1, depth - 1, inner).lines
    const handler = this.block({ ...s, inLoop: false }, 1, depth - 1, inner).lines
    const last = this.pick.below(3) === 2 ? [`${indent}finally`, ...this.block({ ...s, inLoop: false }, 1, 0, inner).lines] : []
    return { lines: [`${indent}try`, ...body, way, ...after, `${indent}catch`, ...handler, ...last, `${indent}end`], scope: s }
  }

  private branch(s: Scope, depth: number, indent: string): Step {
    const then = this.block(s, 2, depth - 1, `${indent}    `).lines
    const otherwise = this.pick.below(2) === 0 ? [] : [`${indent}else`, ...this.block(s, 2, depth - 1, `${indent}    `).lines]
    return { lines: [`${indent}if ${this.expressions.condition(s)}`, ...then, ...otherwise, `${indent}end`], scope: s }
  }

  /** A loop over a range or over the elements of a vector. */
  private counted(s: Scope, depth: number, indent: string): Step {
    const overRange = this.pick.below(3) < 2
    const variable = this.fresh(overRange ? 'i' : 'e')
    const range = overRange ? this.pick.of(['1:3', '3:-1:1', '1:2:3', '2:3']) : this.pick.recent(s.vectors)
    const inside = overRange ? { ...s, index: variable, inLoop: true } : { ...s, floats: [variable, ...s.floats], inLoop: true }
    const body = this.block(inside, 3, depth - 1, `${indent}    `).lines
    return { lines: [`${indent}for ${variable} in ${range}`, ...body, `${indent}end`], scope: s }
  }

  private whileLoop(s: Scope, depth: number, indent: string): Step {
    const k = this.fresh('k')
    const body = this.block({ ...s, index: k, inLoop: true }, 3, depth - 1, `${indent}    `).lines
    return { lines: [`${indent}${k} = 0`, `${indent}while ${k} < 3`, `${indent}    ${k} += 1`, ...body, `${indent}end`], scope: s }
  }

  /** Leaves the loop, its round, or the function. */
  private leave(s: Scope, indent: string): Step {
    const way = s.inLoop ? this.pick.of(['continue', 'break']) : `return 1.0 * ${this.expressions.float(s, 1)}`
    return { lines: [`${indent}${this.expressions.condition(s)} && ${way}`], scope: s }
  }

  /** An expression in which the newest things that the program made take part. */
  result(s: Scope): string {
    const made = s.floats.filter(f => !f.startsWith('in')).slice(0, 3)
    const cells = s.cells.slice(0, 2).map(c => `${c}.value`)
    const vectors = s.writable.slice(0, 2).map(w => `sum(${w} .* FIXED)`)
    return [
      `1.0 * ${this.expressions.float(s, this.pick.of([1, 2, 1]))}`,
      ...new Set([...made, ...s.assignable.slice(0, 2), ...cells, ...vectors]),
    ].join(' + ')
  }
}

/** How a program takes its three inputs. */
export type Shape = 'vector' | 'scalars'

/** A function called `name` of a vector of three, or of three floats, as Julia text. */
export function randomProgram(list: readonly number[], name: string, rich = false): { readonly shape: Shape; readonly text: string } {
  const pick = new Choices(list)
  const shape = pick.of<Shape>(['vector', 'scalars'])
  const statements = new Statements(pick, name, rich)
  const floats = ['in1', 'in2', 'in3']
  const vectors = ['x', 'FIXED']
  const scope: Scope = { floats, assignable: [], vectors, writable: [], tuples: [], cells: [], closures: [], index: null, inLoop: false }
  const { lines, scope: after } = statements.block(scope, 8, 2, '    ')
  const result = `    return ${statements.result(after)}`
  const head =
    shape === 'vector' ? [`function ${name}(x)`, '    in1, in2, in3 = x'] : [`function ${name}(in1, in2, in3)`, '    x = [in1, in2, in3]']
  return { shape, text: [...statements.expressions.helpers, ...head, ...lines, result, 'end'].join('\n') }
}
