/**
 * Random programs in two forms that compute the same: one whose types the compiler knows, and one where values come out of `Any[]`,
 * `Dict{Symbol,Any}`, `Ref{Any}`, fields without a type and the like, and functions are found when it runs.
 */
import { Choices } from './choices.ts'

export type Form = 'known' | 'hidden'

/** A text in both forms. */
type Both = Readonly<Record<Form, string>>

function both(texts: TemplateStringsArray, ...parts: readonly (Both | string)[]): Both {
  const of = (form: Form) => String.raw({ raw: texts }, ...parts.map(part => (typeof part === 'string' ? part : part[form])))
  return { known: of('known'), hidden: of('hidden') }
}

/** What both forms use. The rules say what differentiating would: a program has one derivative, with and without them. */
export const PRELUDE = `using Enzyme, ForwardDiff, LinearAlgebra, ChainRulesCore
import Zygote
using Enzyme.EnzymeRules: AugmentedReturn, needs_primal, needs_shadow, width
struct Pt{T,V}
    x::T
    v::V
end
mutable struct Cell{T}
    x::T
end
mutable struct Loose
    x
end
struct Frozen
    x
end
abstract type Shape end
struct Disk{T} <: Shape
    r::T
end
struct Rect{T,S} <: Shape
    a::T
    b::S
end
area(d::Disk) = 0.5 * d.r^2
area(r::Rect) = r.a * sin(r.b)
scale(d::Disk, n) = Disk(d.r * n)
scale(r::Rect, n) = Rect(r.a * n, r.b)
struct Adder{T}
    by::T
end
(a::Adder)(k) = k * a.by
kwf(x; k = 1.0) = x * sin(k)
opt(x, y = 2x) = x * y
various(xs...) = xs[1] * xs[end] + length(xs)
add!(v, n) = (v[1] += n; v)
each(f, config, d) = width(config) == 1 ? f(d) : map(f, d)
ruled(x) = x * sin(x)
slope(x) = sin(x) + x * cos(x)
function EnzymeRules.forward(config, ::Const{typeof(ruled)}, ::Type, x)
    needs_shadow(config) || return ruled(x.val)
    d = each(d -> slope(x.val) * d, config, x.dval)
    needs_primal(config) || return d
    width(config) == 1 ? Duplicated(ruled(x.val), d) : BatchDuplicated(ruled(x.val), d)
end
EnzymeRules.augmented_primal(config, ::Const{typeof(ruled)}, ::Type, x) = AugmentedReturn(needs_primal(config) ? ruled(x.val) : nothing, nothing, x.val)
EnzymeRules.reverse(config, ::Const{typeof(ruled)}, dy, tape, x) = (each(d -> slope(tape) * d, config, dy.val),)
ChainRulesCore.rrule(::typeof(ruled), x) = ruled(x), d -> (NoTangent(), slope(x) * d)
total(v) = sum(abs2, v)
EnzymeRules.augmented_primal(config, ::Const{typeof(total)}, ::Type, v) = AugmentedReturn(needs_primal(config) ? total(v.val) : nothing, nothing, copy(v.val))
function EnzymeRules.reverse(config, ::Const{typeof(total)}, dy, tape, v)
    foreach((s, d) -> (s .+= 2d .* tape), width(config) == 1 ? (v.dval,) : v.dval, width(config) == 1 ? (dy.val,) : dy.val)
    (nothing,)
end
ChainRulesCore.rrule(::typeof(total), v) = total(v), d -> (NoTangent(), 2d .* v)
easy(x, y) = x * cos(y)
EnzymeRules.@easy_rule(easy(x, y), (cos(y), -x * sin(y)))
ChainRulesCore.@scalar_rule easy(x, y) (cos(y), -x * sin(y))
const ONE = Ref(1)
const NAME = Ref(:a)
FUNS = Dict{Symbol,Any}(:sin => sin, :cos => cos, :tanh => tanh, :ruled => ruled, :easy => easy, :total => total, :area => area, :kwf => kwf, :opt => opt, :various => various)
GSIN = sin
`

type Kind = 'num' | 'vec' | 'mat' | 'tup' | 'named' | 'pt' | 'shape' | 'fun' | 'store'

interface Variable {
  readonly name: string
  readonly kind: Kind
  /** Of a store: how its number is read and written. */
  readonly at?: string
}

type Make = () => Both

const KINDS: readonly Kind[] = ['num', 'vec', 'vec', 'mat', 'tup', 'named', 'pt', 'shape', 'fun', 'store']

/** Stores of a number: how each form makes it, and where the number is in it. */
const STORES: readonly (readonly [known: string, hidden: string, at: string])[] = [
  ['Cell', 'Loose', '.x'],
  ['Ref', 'Ref{Any}', '[]'],
  ['(n -> [n])', '(n -> Any[n])', '[1]'],
  ['(n -> Dict(:k => n))', '(n -> Dict{Symbol,Any}(:k => n))', '[:k]'],
  ['(n -> [n, n])', '(n -> Any[n, nothing])', '[1]'],
]

class Programs {
  private readonly pick: Choices
  private names = 0
  private budget: number

  constructor(pick: Choices) {
    this.pick = pick
    this.budget = 4 + pick.below(16)
  }

  private fresh(prefix: string): string {
    this.names += 1
    return `${prefix}${this.names}`
  }

  // Hiding ---------------------------------------------------------------------------------------------------------------------------

  /** The same value, of a type that only the running program knows in the one form. */
  private hide(e: Both): Both {
    const { hidden } = e
    const n = this.fresh('q')
    const ways = [
      `Base.inferencebarrier(${hidden})`,
      `Any[${hidden}][1]`,
      `Dict{Symbol,Any}(:k => ${hidden})[:k]`,
      `Ref{Any}(${hidden})[]`,
      `Loose(${hidden}).x`,
      `Frozen(${hidden}).x`,
      `Base.invokelatest(identity, ${hidden})`,
      `(ONE[] == 1 ? (${hidden}) : nothing)`,
      `(${hidden}, "s")[ONE[]]`,
      `getfield((a = ${hidden}, b = nothing), NAME[])`,
      `only(Any[${hidden}])`,
      `(Any[${hidden}]...,)[1]`,
      `pop!(push!(Any[], ${hidden}))`,
      `[${n} for ${n} in Any[${hidden}]][1]`,
      `map(identity, Any[${hidden}, nothing])[1]`,
      `(let (${n}, _) = Base.inferencebarrier((${hidden}, 1)); ${n}; end)`,
      `(let ${n} = nothing; (() -> (${n} = ${hidden}))(); ${n}; end)`,
      `Base.inferencebarrier((k = ${hidden}, l = 1)).k`,
      `first(Base.inferencebarrier((${hidden}, 1)))`,
      `Union{Nothing,Any}[${hidden}][end]`,
      `get(Dict{Symbol,Any}(:k => ${hidden}), :k, nothing)`,
      `something(Any[nothing][1], ${hidden})`,
      `identity.(Any[${hidden}, "s"])[1]`,
    ]
    const way = this.pick.of(ways)
    return { known: /^\w+$/.test(e.known) ? e.known : `(${e.known})`, hidden: way }
  }

  private maybe(e: Both): Both {
    return this.pick.below(3) === 2 ? this.hide(e) : e
  }

  /** A call of a function with a name. */
  private called(f: string, ...args: readonly Both[]): Both {
    const known = `${f}(${args.map(a => a.known).join(', ')})`
    const list = args.map(a => a.hidden).join(', ')
    const hidden = this.pick.of([
      `${f}(${list})`,
      `Any[${f}, sin][1](${list})`,
      `FUNS[:${f}](${list})`,
      `Base.invokelatest(${f}, ${list})`,
      `Base.inferencebarrier(${f})(${list})`,
      `Frozen(${f}).x(${list})`,
      `${f}(Any[${list}]...)`,
      `${f}(Base.inferencebarrier((${list},))...)`,
      `map(${f}, ${args.map(a => `Any[${a.hidden}]`).join(', ')})[1]`,
      `(ONE[] == 1 ? ${f} : cos)(${list})`,
      `${f}(${list}; Dict{Symbol,Any}()...)`,
      `only(${f}(${args.map((_, i) => `a[${i + 1}]`).join(', ')}) for a in Any[Any[${list}]])`,
    ])
    return { known, hidden }
  }

  // Expressions ----------------------------------------------------------------------------------------------------------------------

  value(kind: Kind, scope: readonly Variable[]): Both {
    this.budget -= 1
    const known = scope.filter(v => v.kind === kind)
    const read = (v: Variable) => both`${v.name}`
    if (known.length > 0 && this.pick.below(this.budget > 0 ? 3 : 1) === 0) return this.maybe(read(this.pick.recent(known)))
    return this.maybe(this.pick.of(this.makers(kind, scope))())
  }

  private makers(kind: Kind, scope: readonly Variable[]): readonly Make[] {
    const n = () => this.value('num', scope)
    const v = () => this.value('vec', scope)
    const m = () => this.value('mat', scope)
    const of = (kind: Kind) => this.value(kind, scope)
    const isShort = this.budget <= 0
    switch (kind) {
      case 'num':
        return isShort ? [() => both`x`, () => both`0.5`, () => both`0.3`] : this.numbers(scope, n, v, of)
      case 'vec':
        if (isShort) return [() => both`[x, 0.5]`, () => both`[0.3, x]`]
        return [
          () => both`[${n()}, ${n()}]`,
          () => both`${v()} .+ ${n()}`,
          () => both`${n()} .* ${v()}`,
          () => both`sin.(${v()})`,
          () => both`${v()} + ${v()}`,
          () => both`map(${of('fun')}, ${v()})`,
          () => both`(${of('fun')}).(${v()})`,
          () => both`${m()} * ${v()}`,
          () => both`${of('tup')}[2]`,
          () => both`${of('named')}.b`,
          () => both`${of('pt')}.v`,
          () => both`reverse(${v()})`,
          () => both`cumsum(${v()})`,
          () => both`[k * ${n()} for k in ${v()}]`,
          () => both`copy(${v()})`,
          () => both`collect(${n()} * k for k in 1:2)`,
          () => both`${v()}[[2, 1]]`,
          () => both`vcat(${n()}, ${n()})`,
          () => both`add!(copy(${v()}), ${n()})`,
          () => both`(k -> ${n()} .* k)(${v()})`,
        ]
      case 'mat':
        if (isShort) return [() => both`[x 0.5; 0.2 x]`]
        return [
          () => both`[${n()} ${n()}; ${n()} ${n()}]`,
          () => both`hcat(${v()}, ${v()})`,
          () => both`0.5 .* ${m()}`,
          () => both`${v()} * ${v()}'`,
          () => both`permutedims(${m()})`,
          () => both`0.5 * ${m()} * ${m()}`,
        ]
      case 'tup':
        if (isShort) return [() => both`(x, [x, 0.4])`]
        return [() => both`(${n()}, ${v()})`, () => both`(${of('tup')}[1], ${v()})`, () => both`map(identity, ${of('tup')})`]
      case 'named':
        if (isShort) return [() => both`(a = x, b = [x, 0.4])`]
        return [
          () => both`(a = ${n()}, b = ${v()})`,
          () => both`merge(${of('named')}, (a = ${n()},))`,
          () => both`(; ${of('named')}..., a = ${n()})`,
        ]
      case 'pt':
        return [() => both`Pt(${n()}, ${v()})`, () => both`Pt(${of('tup')}...)`]
      case 'shape':
        return isShort
          ? [() => both`Disk(x)`]
          : [() => both`Disk(${n()})`, () => both`Rect(${n()}, ${n()})`, () => both`scale(${of('shape')}, ${n()})`]
      case 'fun':
        if (isShort) return [() => both`sin`, () => both`cos`]
        return [
          () => both`tanh`,
          () => both`ruled`,
          () => both`(k -> k * ${n()})`,
          () => both`(k -> sin(k) + ${n()})`,
          () => both`(k -> ${this.value('num', [{ name: 'k', kind: 'num' }, ...scope])})`,
          () => both`Adder(${n()})`,
          () => both`Base.Fix1(*, ${n()})`,
          () => both`(${of('fun')} ∘ cos)`,
        ]
      case 'store':
        return [() => both`Ref(${n()})`]
    }
  }

  private numbers(scope: readonly Variable[], n: Make, v: Make, of: (kind: Kind) => Both): readonly Make[] {
    const stores = scope.filter(s => s.kind === 'store')
    const stored = stores.map(s => () => both`${s.name}${s.at ?? '[]'}`)
    const p = this.fresh('p')
    return [
      () => both`x`,
      () => both`${n()} + ${n()}`,
      () => both`0.5 * (${n()} - ${n()})`,
      () => both`${n()} * ${n()}`,
      () => both`${n()} / (1 + ${n()}^2)`,
      () => both`exp(-abs2(${n()}))`,
      () => both`${this.hide(both`2`)} * ${n()}`,
      () => this.called('sin', n()),
      () => this.called('tanh', n()),
      () => this.called('ruled', n()),
      () => this.called('easy', n(), n()),
      () => this.called('total', v()),
      () => this.called('area', of('shape')),
      () => this.called('opt', n()),
      () => this.called('opt', n(), n()),
      () => this.called('various', n(), n(), n()),
      () => this.keyed(n(), n()),
      () => both`${of('fun')}(${n()})`,
      () => both`sum(${v()})`,
      () => both`${v()}[1]`,
      () => both`${v()}[${this.hide(both`2`)}]`,
      () => both`dot(${v()}, ${v()})`,
      () => both`sum(${of('fun')}, ${v()})`,
      () => both`mapreduce(${of('fun')}, +, ${v()})`,
      () => both`foldl((a, b) -> a * b + ${n()}, ${v()})`,
      () => both`sum(${n()} * k for k in ${v()})`,
      () => both`${of('tup')}[1]`,
      () => both`sum(${of('tup')}[2])`,
      () => both`${of('named')}.a`,
      () => both`${of('pt')}.x`,
      () => both`${of('mat')}[1, 2]`,
      () => both`tr(${of('mat')})`,
      () => both`(${n()} > 0.4 ? ${n()} : ${n()})`,
      () => both`(let (${p}, r) = ${of('tup')}; ${p} * sum(r); end)`,
      () => both`(let (; a, b) = ${of('named')}; a * b[1]; end)`,
      () => both`(let s = 0.0; for k in ${v()}; s += k * ${n()}; end; s; end)`,
      () => both`(let s = 0.0; foreach(k -> (s += k * ${n()}), ${v()}); s; end)`,
      () => both`convert(Float64, 2) * ${n()}`,
      () => both`abs2(complex(${n()}, ${n()}))`,
      () => both`invoke(sin, Tuple{Real}, ${n()})`,
      ...stored,
      ...stored,
      ...stored,
    ]
  }

  private keyed(x: Both, k: Both): Both {
    const hidden = this.pick.of([
      `kwf(${x.hidden}; k = ${k.hidden})`,
      `kwf(${x.hidden}; Any[:k => ${k.hidden}]...)`,
      `kwf(${x.hidden}; Dict{Symbol,Any}(:k => ${k.hidden})...)`,
      `kwf(Any[${x.hidden}]...; Base.inferencebarrier((k = ${k.hidden},))...)`,
      `FUNS[:kwf](${x.hidden}; k = ${k.hidden})`,
    ])
    return { known: `kwf(${x.known}; k = ${k.known})`, hidden }
  }

  // Statements -----------------------------------------------------------------------------------------------------------------------

  private declared(scope: readonly Variable[]): { readonly lines: readonly Both[]; readonly scope: readonly Variable[] } {
    const kind = this.pick.of(KINDS)
    const name = this.fresh('v')
    if (kind === 'store') {
      const [known, hidden, at] = this.pick.of(STORES)
      const n = this.value('num', scope)
      return { lines: [both`${name} = ${{ known, hidden }}(${n})`], scope: [{ name, kind, at }, ...scope] }
    }
    const value = both`${name} = ${this.value(kind, scope)}`
    const first: Both = { known: 'nothing', hidden: `${name} = nothing` }
    return { lines: this.pick.below(5) === 0 ? [first, value] : [value], scope: [{ name, kind }, ...scope] }
  }

  private statement(scope: readonly Variable[], depth: number): readonly Both[] {
    const n = () => this.value('num', scope)
    const vectors = scope.filter(v => v.kind === 'vec' && v.name !== 'y')
    const stores = scope.filter(v => v.kind === 'store')
    const numbers = scope.filter(v => v.kind === 'num' && v.name !== 'x')
    const ways: (() => readonly Both[])[] = []
    if (vectors.length > 0) {
      const name = this.pick.recent(vectors).name
      const v = () => this.maybe(both`${name}`)
      ways.push(
        () => [both`${v()}[1] = ${n()}`],
        () => [both`${v()}[${this.hide(both`2`)}] += ${n()}`],
        () => [both`${name} .+= ${n()}`],
        () => [both`${v()} .= ${this.value('vec', scope)}`],
        () => [both`fill!(${v()}, ${n()})`],
        () => [both`copyto!(${v()}, ${this.value('vec', scope)})`],
        () => [both`map!(${this.value('fun', scope)}, ${v()}, ${name})`],
        () => [both`add!(${v()}, ${n()})`],
        () => [both`push!(${v()}, ${n()})`, both`pop!(${v()})`],
        () => [both`${name} = ${this.value('vec', scope)}`],
      )
    }
    if (stores.length > 0) {
      const store = this.pick.recent(stores)
      const s = () => both`${this.maybe(both`${store.name}`)}${store.at ?? '[]'}`
      const add = () => [both`${s()} = ${s()} * ${n()}`]
      ways.push(
        () => [both`${s()} = ${n()}`],
        add,
        add,
        () => [both`foreach(k -> (${s()} += k * ${n()}), [0.5, 1.5])`],
      )
    }
    if (numbers.length > 0) {
      const { name } = this.pick.recent(numbers)
      ways.push(
        () => [both`${name} += ${n()}`],
        () => [both`${name} = ${n()}`],
      )
    }
    if (ways.length === 0) return []
    const simple = () => this.pick.of(ways)()
    if (depth === 0) return simple()
    const inner = () => [...this.statement(scope, depth - 1), ...this.statement(scope, depth - 1)]
    return this.pick.of([
      simple,
      simple,
      simple,
      () => [both`if ${n()} > 0.4`, ...inner(), both`else`, ...inner(), both`end`],
      () => [both`for k in ${this.hide(both`1:2`)}`, ...inner(), both`end`],
      () => [both`for k in ${this.value('vec', scope)}`, ...inner(), both`end`],
      () => [both`(() -> begin`, ...inner(), both`end)()`],
      () => [both`try`, ...inner(), both`catch`, ...inner(), both`end`],
    ])()
  }

  /** A function of a number and a vector. */
  body(): readonly Both[] {
    let scope: readonly Variable[] = [
      { name: 'x', kind: 'num' },
      { name: 'y', kind: 'vec' },
    ]
    const lines: Both[] = []
    const steps = 1 + this.pick.below(5)
    for (let k = 0; k < steps && this.budget > 0; k++) {
      const declared = this.declared(scope)
      lines.push(...declared.lines)
      scope = declared.scope
      if (this.pick.below(2) === 0) lines.push(...this.statement(scope, 2))
    }
    const last = scope.slice(0, 4).flatMap(v => this.read(v))
    return [...lines, both`${this.maybe(both`sin(x) + ${this.value('num', scope)}`)}${last.map(l => ` + ${l}`).join('')}`]
  }

  private read({ name, kind, at }: Variable): readonly string[] {
    // biome-ignore format: one kind a line
    switch (kind) {
      case 'num': return [name]
      case 'vec': return [`sum(${name})`]
      case 'mat': return [`sum(abs2, ${name})`]
      case 'tup': return [`${name}[1]`]
      case 'named': return [`${name}.a`]
      case 'pt': return [`${name}.x`, `sum(${name}.v)`]
      case 'shape': return [`area(${name})`]
      case 'fun': return [`${name}(0.4)`]
      case 'store': return [`${name}${at ?? '[]'}`]
    }
  }
}

/** A function `f` of a number, and `g` of a vector, of the same body. */
export function dynamicProgram(choices: readonly number[]): Readonly<Record<Form, string>> {
  const lines = new Programs(new Choices(choices)).body()
  const text = (form: Form) =>
    ['function body(x, y)', ...lines.map(line => line[form]), 'end', 'f(x) = body(x, [x, 0.5x])', 'g(y) = body(0.5 * y[1], copy(y))'].join(
      '\n',
    )
  return { known: text('known'), hidden: text('hidden') }
}
