/**
 * Random programs whose closures read and assign the variables around them, in two forms: as Julia writes them, where each captured
 * variable gets the types that are found for it, and with a `Ref{Any}` in the place of each such variable.
 */
import { Choices } from './choices.ts'

export type Form = 'captured' | 'referenced'

/** In a text of both forms: `$v` uses variable `v`, `{v}` binds it, `declare v = e` and `declare v` make it, `rebind v` follows `{v}`. */
export function inForm(text: string, form: Form): string {
  const boxed = form === 'referenced'
  return text
    .replace(/^declare (\w+)$/gm, boxed ? 'local $1 = Ref{Any}()' : 'local $1')
    .replace(/^declare (\w+) = (.*)$/gm, boxed ? 'local $1 = Ref{Any}($2)' : 'local $1 = $2')
    .replace(/^rebind (\w+)\n/gm, boxed ? 'local $1 = Ref{Any}($1_)\n' : '')
    .replace(/\{(\w+)\}/g, (_, name: string) => (/^v\d/.test(name) ? (boxed ? `${name}_` : name) : `{${name}}`))
    .replace(/\$(\w+)/g, boxed ? '$1[]' : '$1')
}

/** What both kinds of programs use. `FUEL` ends those that would not; a variable that is not set is an error of another type in each form. */
export const PRELUDE = `using Enzyme, ForwardDiff
struct Holder{F,G}
    f::F
    g::G
end
(h::Holder)() = num(h.f()) + num(h.g())
mutable struct Slot
    f
end
num(x) = x isa Number ? x : x isa AbstractArray{<:Number} ? sum(x) : x isa Tuple ? num(x[1]) : 1
see(x...) = println(x...)
err(e) = e isa UndefVarError || e isa UndefRefError ? :unset : nameof(typeof(e))
const FUEL = Ref(0)
tick() = (FUEL[] += 1) > 60 ? error("no fuel") : nothing
`

interface Scope {
  readonly variables: readonly string[]
  readonly functions: readonly Callable[]
  /** Inside of a function that may return early. */
  readonly mayReturn: boolean
}

/** How to call a function that is in scope. */
interface Callable {
  readonly text: string
  readonly arity: 0 | 1
}

interface Step {
  readonly lines: readonly string[]
  readonly scope: Scope
}

type Make = () => Step

/** `smooth`: a function of numbers `x`, to be differentiated; else whatever prints. */
class Programs {
  private readonly pick: Choices
  private readonly smooth: boolean
  private names = 0
  private budget: number

  constructor(pick: Choices, smooth: boolean) {
    this.pick = pick
    this.smooth = smooth
    this.budget = 3 + pick.below(smooth ? 7 : 11)
  }

  private fresh(prefix: string): string {
    this.names += 1
    return `${prefix}${this.names}`
  }

  // Expressions ----------------------------------------------------------------------------------------------------------------------

  number(s: Scope): string {
    const { pick } = this
    const known = s.variables.length > 0 ? [() => `num($${pick.recent(s.variables)})`, () => `num($${pick.recent(s.variables)})`] : []
    const called = s.functions.length > 0 ? [() => `num(${this.call(s)})`] : []
    const literals = this.smooth ? [() => 'x', () => '0.5', () => '0.5x', () => 'sin(x)'] : [() => '1', () => '2.5', () => '3']
    return pick.of([...literals, ...known, ...called])()
  }

  value(s: Scope): string {
    const { pick } = this
    const n = () => this.number(s)
    const plain = [
      n,
      () => (this.smooth ? `sin(${n()} * ${n()})` : `${n()} + ${n()}`),
      () => (this.smooth ? `0.5 * ${n()} * ${n()}` : `${n()} - ${n()}`),
      () => `[${n()}, ${n()}]`,
      () => `(${n()}, ${n()})`,
      () => 'nothing',
      () => `[${n()} ${n()}; ${n()} ${n()}]`,
      () => `[${n()} * k for k in 1:2]`,
      () => `sum(${n()} * k for k in 1:2)`,
      () => `map(k -> k * ${n()}, [1.0, 2.0])`,
    ]
    const rest = [
      () => '"s"',
      () => ':q',
      () => `filter(k -> k > ${n()}, [1, 2, 3])`,
      () => `sort([2, 1, 3], by = k -> k * ${n()})`,
      () => 'true',
    ]
    const held = s.variables.length > 0 ? [() => `$${pick.recent(s.variables)}`, () => `($${pick.recent(s.variables)}, ${n()})`] : []
    const called = s.functions.length > 0 ? [() => this.call(s)] : []
    return pick.of([...plain, ...held, ...called, ...(this.smooth ? [] : rest)])()
  }

  private call(s: Scope): string {
    const { text, arity } = this.pick.recent(s.functions)
    if (arity === 0) return `${text}()`
    const held = s.variables.length > 0 ? [`$${this.pick.recent(s.variables)}`] : []
    return `${text}(${this.pick.of([this.smooth ? '0.7' : '1', this.smooth ? 'x' : '2.5', ...held])})`
  }

  // Statements -----------------------------------------------------------------------------------------------------------------------

  block(s: Scope, most: number, depth: number): Step {
    const lines: string[] = []
    let scope = s
    const n = 1 + this.pick.below(most)
    for (let k = 0; k < n && this.budget > 0; k++) {
      this.budget -= 1
      const step = this.statement(scope, depth)
      lines.push(...step.lines)
      scope = step.scope
    }
    return { lines, scope }
  }

  private inner(s: Scope, depth: number): readonly string[] {
    return this.block(s, 3, depth - 1).lines
  }

  private statement(s: Scope, depth: number): Step {
    const { pick } = this
    const one = (...lines: string[]): Step => ({ lines, scope: s })
    const simple: Make[] = [() => this.declared(s, pick.below(7) < 6)]
    if (s.variables.length > 0) {
      const v = () => pick.recent(s.variables)
      const assign = () => one(`$${v()} = ${this.value(s)}`)
      const add = () => {
        const name = v()
        return one(`$${name} = num($${name}) + ${this.number(s)}`)
      }
      simple.push(assign, assign, assign, add, add)
      simple.push(() => one(`if ${this.number(s)} > 1`, `$${v()} = ${this.value(s)}`, 'end'))
      simple.push(() => one(`foreach(k -> ($${v()} = num($${v()}) + k), 1:2)`))
      simple.push(() => this.mutated(s, v()))
      if (!this.smooth)
        simple.push(
          () => one(`see($${v()})`),
          () => one(`see($${v()}, " ", $${v()})`),
        )
    }
    if (s.functions.length > 0) {
      simple.push(() => one(this.call(s)))
      if (!this.smooth) simple.push(() => one(`see(${this.call(s)})`))
      simple.push(
        () => this.stored(s),
        () => this.stored(s),
      )
    }
    if (s.mayReturn) simple.push(() => one(`if ${this.number(s)} > 3`, `return ${this.value(s)}`, 'end'))
    if (depth === 0) return pick.of(simple)()
    const nested: Make[] = [
      ...[0, 1, 2].map(() => () => this.closure(s, depth)),
      () => this.maker(s, depth),
      () => this.recursive(s, depth),
      () => this.mutual(s),
      () => this.loop(s, depth),
      () => this.loop(s, depth),
      () => this.turns(s, depth),
      () => one(`if ${this.number(s)} > 1`, ...this.inner(s, depth), 'else', ...this.inner(s, depth), 'end'),
      () => this.rebound(s, depth),
      () => this.attempt(s, depth),
      () => this.doBlock(s, depth),
    ]
    return pick.of([...simple, ...nested])()
  }

  private declared(s: Scope, set: boolean): Step {
    const name = this.fresh('v')
    const line = set ? `declare ${name} = ${this.value(s)}` : `declare ${name}`
    return { lines: [line], scope: { ...s, variables: [name, ...s.variables] } }
  }

  private mutated(s: Scope, name: string): Step {
    const n = this.number(s)
    const line = this.pick.of([
      `$${name} isa Vector && push!($${name}, ${n})`,
      `$${name} isa Vector && ($${name}[1] = ${n})`,
      `$${name} isa Vector{Float64} && ($${name} .+= ${n})`,
      `$${name} isa Vector{Float64} && map!(k -> k * ${n}, $${name}, $${name})`,
    ])
    return { lines: [line], scope: s }
  }

  /** The body of a function of one variable, or of none. */
  private body(s: Scope, depth: number, parameter: string | null): readonly string[] {
    const variables = parameter ? [parameter, ...s.variables] : s.variables
    const inside = this.block({ variables, functions: s.functions, mayReturn: true }, 3, depth - 1)
    return [...(parameter ? [`rebind ${parameter}`] : []), 'tick()', ...inside.lines, this.value(inside.scope)]
  }

  private closure(s: Scope, depth: number): Step {
    const name = this.fresh('f')
    const arity = this.pick.below(2) as 0 | 1
    const parameter = arity === 1 ? this.fresh('v') : null
    const shown = parameter ? `{${parameter}}` : ''
    const head = this.pick.below(3)
    const lines =
      head === 0
        ? [`${name} = (${shown}) -> begin`]
        : head === 1
          ? [`function ${name}(${shown})`]
          : [`function ${name}(${shown ? `${shown}, ` : ''}d = ${this.value(s)}; w = ${this.number(s)})`]
    const body = [...lines, ...this.body(s, depth, parameter), 'end']
    const functions = [{ text: name, arity }, ...s.functions]
    return { lines: body, scope: { ...s, functions } }
  }

  /** A function that returns closures over its own variables; two of them are made. */
  private maker(s: Scope, depth: number): Step {
    const [make, parameter, counter] = [this.fresh('m'), this.fresh('v'), this.fresh('v')]
    const inside = { ...s, variables: [counter, parameter, ...s.variables], mayReturn: true }
    const lines = [
      `function ${make}({${parameter}})`,
      `rebind ${parameter}`,
      'tick()',
      `declare ${counter} = ${this.value(inside.variables.length > 2 ? s : { ...s, functions: [] })}`,
      `step() = begin`,
      ...this.body(inside, depth, null),
      'end',
      `bump() = ($${counter} = num($${counter}) + ${this.number({ ...inside, functions: [] })})`,
      '(step, bump)',
      'end',
    ]
    const made = [this.fresh('t'), this.fresh('t')]
    for (const name of made) lines.push(`${name} = ${make}(${this.value(s)})`)
    const functions = made.flatMap(name => [1, 2].map(i => ({ text: `${name}[${i}]`, arity: 0 as const })))
    return { lines, scope: { ...s, functions: [...functions, ...s.functions] } }
  }

  private recursive(s: Scope, depth: number): Step {
    const name = this.fresh('v')
    const inner = { ...s, mayReturn: true }
    const lines = [
      `declare ${name}`,
      `$${name} = n -> begin`,
      'tick()',
      'if n <= 0',
      `return ${this.value(inner)}`,
      'end',
      ...this.inner(inner, depth),
      `${this.number(inner)} + num($${name}(n - 1))`,
      'end',
    ]
    const call = { text: `(k -> $${name}(2))`, arity: 1 as const }
    return { lines, scope: { ...s, functions: [call, ...s.functions] } }
  }

  private mutual(s: Scope): Step {
    const [even, odd] = [this.fresh('g'), this.fresh('g')]
    const change = s.variables.length > 0 ? `($${this.pick.recent(s.variables)} = ${this.value(s)}; 0)` : '0'
    const lines = [
      `${even}(n) = n <= 0 ? ${this.value(s)} : (tick(); ${odd}(n - 1))`,
      `${odd}(n) = n <= 0 ? ${this.value(s)} : (${change}; ${even}(n - 1))`,
    ]
    const functions = [{ text: `(k -> ${even}(3))`, arity: 1 as const }, ...s.functions]
    return { lines, scope: { ...s, functions } }
  }

  private loop(s: Scope, depth: number): Step {
    const name = this.fresh('v')
    const over = this.pick.of(['1:2', '[1.5, 2.0]', '(1, 2.5)', 'Any[1, nothing]'])
    const inside = { ...s, variables: [name, ...s.variables] }
    return { lines: [`for {${name}} in ${over}`, `rebind ${name}`, ...this.kept(inside, depth), 'end'], scope: this.after(s) }
  }

  private turns(s: Scope, depth: number): Step {
    const turn = this.fresh('n')
    const lines = [`${turn} = 0`, `while ${turn} < 2`, `${turn} += 1`, 'tick()', ...this.kept(s, depth), 'end']
    return { lines, scope: this.after(s) }
  }

  /** A turn of a loop; some keep a closure for after it. */
  private kept(s: Scope, depth: number): readonly string[] {
    const step = this.block(s, 3, depth - 1)
    const none = step.scope.functions.filter(f => f.arity === 0)
    const kept = none.length > 0 && this.pick.below(2) === 0 ? [`push!(KEPT, ${this.pick.recent(none).text})`] : []
    const own = step.scope.variables
    const held = own.length > 0 && this.pick.below(2) === 0 ? [`push!(KEPT, () -> ($${own[0]} = num($${own[0]}) + 1))`] : []
    const leave = this.pick.below(5) === 0 ? [`${this.number(s)} > 2 && ${this.pick.of(['continue', 'break'])}`] : []
    return [...leave, ...step.lines, ...kept, ...held]
  }

  private after(s: Scope): Scope {
    return { ...s, functions: [{ text: 'last_kept', arity: 0 }, ...s.functions] }
  }

  private rebound(s: Scope, depth: number): Step {
    const name = this.fresh('v')
    const inside = { ...s, variables: [name, ...s.variables] }
    return { lines: [`let {${name}} = ${this.value(s)}`, `rebind ${name}`, ...this.inner(inside, depth), 'end'], scope: s }
  }

  private attempt(s: Scope, depth: number): Step {
    const fails = this.pick.below(3) > 0 ? [`${this.number(s)} > 1 && error("e")`] : []
    const caught = this.smooth ? [] : ['see(err(e))']
    const lines = [
      'try',
      ...this.inner(s, depth),
      ...fails,
      'catch e',
      'e isa ErrorException && e.msg == "no fuel" && rethrow()',
      ...caught,
    ]
    lines.push(...this.inner(s, depth))
    if (this.pick.below(2) === 0) lines.push('finally', ...this.inner({ ...s, mayReturn: false }, depth))
    return { lines: [...lines, 'end'], scope: s }
  }

  private doBlock(s: Scope, depth: number): Step {
    const name = this.fresh('v')
    const over = this.pick.of(['1:2', '[1.5, 2.0]', '(1, 2.5)'])
    const target = s.variables.length > 0 && this.pick.below(2) === 0 ? `$${this.pick.recent(s.variables)} = ` : ''
    return { lines: [`${target}map(${over}) do {${name}}`, ...this.body(s, depth, name), 'end'], scope: s }
  }

  /** Closures in a container, to be called from there. */
  private stored(s: Scope): Step {
    const name = this.fresh('c')
    const none = s.functions.filter(f => f.arity === 0).map(f => f.text)
    const f = none.length > 0 ? this.pick.recent(none) : '() -> 1'
    const g = none.length > 0 ? this.pick.recent(none) : '() -> 2'
    const [made, call] = this.pick.of([
      [`(${f}, ${g})`, `${name}[1]`],
      [`[${f}, ${g}]`, `${name}[2]`],
      [`Any[${f}, ${g}]`, `${name}[1]`],
      [`Dict(:f => ${f}, :g => ${g})`, `${name}[:g]`],
      [`Holder(${f}, ${g})`, `${name}`],
      [`Holder(${f}, ${g})`, `${name}.g`],
      [`Slot(${f})`, `${name}.f`],
      [`(f = ${f}, g = ${g})`, `${name}.f`],
    ] as const)
    return { lines: [`${name} = ${made}`], scope: { ...s, functions: [{ text: call, arity: 0 }, ...s.functions] } }
  }
}

const EMPTY: Scope = { variables: [], functions: [], mayReturn: false }
const KEPT = ['KEPT = Any[() -> 0]', 'last_kept() = KEPT[end]()']

/** A program that prints: a function, or a `let` of the top level, and then what it returned is called. */
export function printingProgram(choices: readonly number[]): string {
  const pick = new Choices(choices)
  const programs = new Programs(pick, false)
  const isFunction = pick.below(3) > 0
  const first = programs.block(EMPTY, 3, 0)
  const { lines, scope } = programs.block(first.scope, 9, 2)
  const last = [...first.lines, ...lines, ...scope.variables.slice(0, 3).map(v => `see($${v})`)]
  const none = scope.functions.filter(f => f.arity === 0).slice(0, 2)
  const body = isFunction
    ? ['function main()', ...KEPT, ...last, `(${none.map(f => `${f.text}, `).join('')}last_kept,)`, 'end', 'made = main()']
    : ['let', ...KEPT, ...last, 'end']
  const later = isFunction && none.length > 0 ? ['see(made[1]())', 'see(made[end]())', 'see(made[1]())'] : []
  return [...body, ...later].join('\n')
}

/** A function `f` of a number, and one `g` of a vector that calls it. */
export function smoothProgram(choices: readonly number[]): string {
  const pick = new Choices(choices)
  const programs = new Programs(pick, true)
  const first = programs.block(EMPTY, 3, 0)
  const { lines, scope } = programs.block(first.scope, 8, 2)
  const result = scope.variables.slice(0, 3).map(v => `num($${v})`)
  return [
    'function f(x)',
    'FUEL[] = 0',
    ...KEPT,
    ...first.lines,
    ...lines,
    `sin(x) + ${[
      ...result,
      ...scope.functions
        .slice(0, 1)
        .filter(f => f.arity === 0)
        .map(f => `num(${f.text}())`),
    ].join(' + ')} * 0.5`,
    'end',
    'function g(y)',
    'total = 0.0',
    'foreach(k -> (total += f(k) * k), y)',
    'total',
    'end',
  ].join('\n')
}
