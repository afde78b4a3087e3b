/**
 * Random programs of functions that have rules, and the same programs of the same functions without. The rules say what differentiating
 * would, and count how often they were asked.
 */
import { Choices } from './choices.ts'

/** Functions with rules; with a `0` after the name they have none. */
const RULED = /\b(?:sq|easy|pair|tot|dbl|upd!)(?=[^\w!]|$)/g

export const PRELUDE = `using Enzyme, ForwardDiff, ChainRulesCore
import Zygote
using Enzyme.EnzymeRules: AugmentedReturn, FwdConfig, RevConfig, needs_primal, needs_shadow, overwritten, width
import Enzyme.EnzymeRules: forward, augmented_primal, reverse
const HITS = Ref(0)
hit() = (HITS[] += 1; nothing)
Enzyme.EnzymeRules.inactive(::typeof(hit)) = nothing
ChainRulesCore.@non_differentiable hit()
struct Held{F}; f::F; end
struct Loose; f; end
by(x; f) = f(x)
split(f, x) = (ways = autodiff_thunk(ReverseSplitWithPrimal, Const{typeof(f)}, Active, Active{Float64}); ways[2](Const(f), Active(x), 1.0, ways[1](Const(f), Active(x))[1])[1][1])

slope(x) = 2x * sin(x) + x^2 * cos(x)
dot2(a, b) = sum(a .* b)
for (sq, easy, pair, tot, dbl, upd!) in ((:sq0, :easy0, :pair0, :tot0, :dbl0, :upd0!), (:sq, :easy, :pair, :tot, :dbl, :upd!))
    @eval $sq(x) = x^2 * sin(x)
    @eval $easy(x, y) = x^2 * sin(y)
    @eval $pair(x) = (x^2, sin(x))
    @eval $tot(v) = sum(abs2, v) * v[1]
    @eval $dbl(v) = v .^ 2 .+ v[1]
    @eval $upd!(v) = (v .= v .^ 2; nothing)
end
moved(c, ds, one) = width(c) == 1 ? one(ds) : map(one, ds)
given(c, f, x, d) = !needs_primal(c) ? d : width(c) == 1 ? Duplicated(f.val(x.val), d) : BatchDuplicated(f.val(x.val), d)
shadows(c, x) = width(c) == 1 ? (x.dval,) : x.dval
zeros_of(c, y) = ntuple(_ -> zero(y), Val(width(c)))
one_or_all(c, all) = width(c) == 1 ? all[1] : all
function forward(c::FwdConfig, f::Const{typeof(sq)}, ::Type{<:Annotation}, x)
    hit()
    given(c, f, x, moved(c, x.dval, d -> slope(x.val) * d))
end
augmented_primal(c::RevConfig, f::Const{typeof(sq)}, ::Type{<:Active}, x::Active) = AugmentedReturn(needs_primal(c) ? f.val(x.val) : nothing, nothing, slope(x.val))
reverse(c::RevConfig, ::Const{typeof(sq)}, d::Active, slope, x::Active) = (hit(); (moved(c, d.val, d -> d * slope),))
Enzyme.EnzymeRules.@easy_rule(easy(x, y), @setup(hit()), (2x * sin(y), x^2 * cos(y)))
function forward(c::FwdConfig, f::Const{typeof(tot)}, ::Type{<:Annotation}, v)
    hit()
    given(c, f, v, moved(c, v.dval, d -> 2dot2(v.val, d) * v.val[1] + sum(abs2, v.val) * d[1]))
end
augmented_primal(c::RevConfig, f::Const{typeof(tot)}, ::Type{<:Active}, v) = AugmentedReturn(needs_primal(c) ? f.val(v.val) : nothing, nothing, overwritten(c)[2] ? copy(v.val) : nothing)
function reverse(c::RevConfig, ::Const{typeof(tot)}, d::Active, tape, v)
    hit()
    x = overwritten(c)[2] ? tape : v.val
    for (dv, dy) in zip(shadows(c, v), width(c) == 1 ? (d.val,) : d.val)
        dv .+= 2dy * x[1] .* x
        dv[1] += dy * sum(abs2, x)
    end
    (nothing,)
end
function forward(c::FwdConfig, f::Const{typeof(dbl)}, ::Type{<:Annotation}, v)
    hit()
    given(c, f, v, moved(c, v.dval, d -> 2 .* v.val .* d .+ d[1]))
end
function augmented_primal(c::RevConfig, f::Const{typeof(dbl)}, ::Type{<:Annotation}, v)
    y = f.val(v.val)
    kept = zeros_of(c, y)
    AugmentedReturn(needs_primal(c) ? y : nothing, needs_shadow(c) ? one_or_all(c, kept) : nothing, (kept, overwritten(c)[2] ? copy(v.val) : v.val))
end
function reverse(c::RevConfig, ::Const{typeof(dbl)}, ::Type{<:Annotation}, (kept, x), v)
    hit()
    for (dv, dy) in zip(shadows(c, v), kept)
        dv .+= 2 .* x .* dy
        dv[1] += sum(dy)
        dy .= 0
    end
    (nothing,)
end
function forward(c::FwdConfig, f::Const{typeof(upd!)}, ::Type{<:Const}, v)
    hit()
    foreach(d -> (d .*= 2 .* v.val), shadows(c, v))
    f.val(v.val)
end
augmented_primal(c::RevConfig, f::Const{typeof(upd!)}, ::Type{<:Const}, v) = (old = copy(v.val); f.val(v.val); AugmentedReturn(nothing, nothing, old))
reverse(c::RevConfig, ::Const{typeof(upd!)}, ::Type{<:Const}, old, v) = (hit(); foreach(d -> (d .*= 2 .* old), shadows(c, v)); (nothing,))

ChainRulesCore.rrule(::typeof(sq), x::Number) = (hit(); d = slope(x); (sq(x), dy -> (NoTangent(), dy * d)))
ChainRulesCore.@scalar_rule(easy(x, y), (2x * sin(y), x^2 * cos(y)))
ChainRulesCore.rrule(::typeof(pair), x) = (hit(); (pair(x), d -> (NoTangent(), 2x * d[1] + cos(x) * d[2])))
ChainRulesCore.rrule(::typeof(tot), v::AbstractArray) = (hit(); (tot(v), d -> (NoTangent(), @thunk(2d * v[1] .* v .+ [i == 1 ? d * sum(abs2, v) : 0.0 for i in eachindex(v)]))))
ChainRulesCore.rrule(::typeof(dbl), v::AbstractArray) = (hit(); (dbl(v), d -> (NoTangent(), 2 .* v .* unthunk(d) .+ [i == 1 ? sum(unthunk(d)) : 0.0 for i in eachindex(v)])))
`

export interface RuledProgram {
  readonly ruled: string
  readonly plain: string
  /** Writes no memory: Zygote takes it too. */
  readonly isPure: boolean
}

class Programs {
  private readonly pick: Choices
  private budget = 30
  private names = 0
  isPure = true

  constructor(pick: Choices) {
    this.pick = pick
  }

  private fresh(): string {
    return `t${this.names++}`
  }

  number(depth: number): string {
    this.budget--
    const simple = ['x', 's', '(0.5x)', '(s - x)', 'v[1]', 'v[2]']
    if (depth <= 0 || this.budget < 0) return this.pick.of(simple)
    const n = () => this.number(depth - 1)
    const v = () => this.vector(depth - 1)
    const f = () => this.callable(depth - 1)
    const k = this.fresh()
    return this.pick.of([
      () => `sq(${n()})`,
      () => `0.5 * (${n()} + ${n()})`,
      () => `sin(${n()})`,
      () => `easy(${n()}, ${n()})`,
      () => `tot(${v()})`,
      () => `sum(pair(${n()}))`,
      () => `(let (a, b) = pair(${n()}); a * b; end)`,
      () => `(${f()})(${n()})`,
      () => `sum(${f()}, ${v()})`,
      () => `sum((${f()}).(${v()}))`,
      () => `sum(map(${f()}, ${v()}))`,
      () => `sum(map(${f()}, (${n()}, ${n()})))`,
      () => `mapreduce(${f()}, +, ${v()})`,
      () => `mapfoldl(${f()}, (a, b) -> 0.5 * (a + b), ${v()})`,
      () => `foldl((a, b) -> 0.5 * easy(a, b), ${v()})`,
      () => `sum([sq(${k} * x) for ${k} in ${v()}])`,
      () => `sum(sq(${k}) for ${k} in ${v()})`,
      () => `sum(ntuple(${k} -> sq(${k} * x / 3), 3))`,
      () => `sum(dbl(${v()}))`,
      () => `sum(sum, map(dbl, [${v()}, ${v()}]))`,
      () => `by(${n()}; f = ${f()})`,
      () => `easy([${n()}, ${n()}]...)`,
      () => `(${n()} > 0.3 ? sq(${n()}) : ${n()})`,
      () => `(let r = (i, y) -> i == 0 ? y : sq(y); r(1, ${n()}); end)`,
    ])()
  }

  private vector(depth: number): string {
    if (depth <= 0 || this.budget < 0) return this.pick.of(['v', '[x, 0.5x]', 'w'])
    const n = () => this.number(depth - 1)
    return this.pick.of([
      () => `[${n()}, ${n()}]`,
      () => `dbl(${this.vector(depth - 1)})`,
      () => `(0.5 .* ${this.vector(depth - 1)})`,
      () => `map(${this.callable(depth - 1)}, ${this.vector(depth - 1)})`,
      () => `(sq.(${this.vector(depth - 1)}) .+ ${n()})`,
    ])()
  }

  private callable(depth: number): string {
    const k = this.fresh()
    return this.pick.of([
      () => 'sq',
      () => `${k} -> sq(${k}) * x`,
      () => 'Held(sq).f',
      () => 'Loose(sq).f',
      () => 'Any[sq, sin][1]',
      () => '(sq, sin)[1]',
      () => 'Dict(:f => sq)[:f]',
      () => 'sq ∘ sin',
      () => `Base.Fix1(easy, ${this.number(depth - 1)})`,
      () => `${k} -> easy(${k}, ${this.number(depth - 1)})`,
    ])()
  }

  private statement(depth: number): readonly string[] {
    const n = () => this.number(2)
    const k = this.fresh()
    const inner = () => (depth === 0 ? [`s += 0.1 * ${n()}`] : this.statement(depth - 1))
    const writes = (...lines: string[]): readonly string[] => {
      this.isPure = false
      return lines
    }
    return this.pick.of([
      () => [`s = ${n()}`],
      () => [`s += ${n()}`],
      () => [`w = ${this.vector(2)}`],
      () => [`for ${k} in 1:2`, ...inner(), 'end'],
      () => [`if s > 0.3`, ...inner(), 'else', ...inner(), 'end'],
      () => [`${k} = 0`, `while true`, `${k} += 1`, ...inner(), `(${k} > 2 || s > 1) && break`, 'end'],
      () => writes(`v[1] = ${n()}`),
      () => writes(`v .= 0.5 .* dbl(v)`),
      () => writes(`w = copy(w)`, `upd!(w)`),
      () => writes(`upd!(v)`),
      () => writes(`upd!(view(v, 1:1))`),
      () => writes(`foreach(${k} -> (s += sq(${k})), v)`),
      () => writes('try', ...inner(), `s > 0.2 && error("high")`, 'catch', ...inner(), 'finally', 's += 0.1x', 'end'),
      () => writes('try', ...inner(), 'v[3]', 'catch', ...inner(), 'end'),
    ])()
  }

  body(): readonly string[] {
    const lines = ['s = sq(x)', 'w = [s, x]']
    const steps = 1 + this.pick.below(4)
    for (let i = 0; i < steps; i++) lines.push(...this.statement(1))
    return [...lines, `s + sq(x) + tot(v) + sum(w)`]
  }
}

/** A function `f` of a number, in both forms. */
export function ruledProgram(choices: readonly number[]): RuledProgram {
  const programs = new Programs(new Choices(choices))
  const lines = programs.body()
  const ruled = ['function f(x)', 'v = [x, 0.5x]', ...lines, 'end'].join('\n')
  const plain = ruled.replaceAll(RULED, name => (name === 'upd!' ? 'upd0!' : `${name}0`))
  return { ruled, plain, isPure: programs.isPure }
}
