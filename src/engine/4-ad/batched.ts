/**
 * A derived function for several shadows at once, of the one for a single shadow: what is primal stays as it is, and what is a shadow, an
 * adjoint or made of one is there once a *lane*. So a rule that a program wrote is called with all shadows, as in Enzyme's batched modes.
 */
import { invariant } from '../../diagnostics/bug.ts'
import { Builder } from '../3-ir/build.ts'
import { dynamicMode, readDynamicMode } from '../3-ir/dynamic-mode.ts'
import type { Block, DynamicMode, Func, Inst, Module, Param, Transform, ValueId } from '../3-ir/ir.ts'
import { blocksOf, mapInst, operands, outsOf } from '../3-ir/visit.ts'
import type { Noted } from './differentiation.ts'
import { requestDerived } from './transform-name.ts'

/** How many parameters and results the primal of a transform has. */
type Arity = (of: string) => { readonly params: number; readonly results: number }

/** Which parameters and results of a derived function there are once a lane. */
interface Lanes {
  param(i: number): boolean
  result(i: number): boolean
}

type AnyCall = Extract<Inst, { kind: 'call' | 'dyncall' }>

/** Of a function of `count` parameters that a mode made of one with so many parameters and results. */
function lanesOf(mode: Transform['mode'], count: number, primal: ReturnType<Arity>): Lanes {
  const isShadow = (i: number): boolean => i >= primal.params
  const result = (i: number): boolean => i >= primal.results
  switch (mode) {
    case 'forward':
    case 'gradient':
      return { param: isShadow, result }
    case 'augmented':
      return { param: i => isShadow(i) && i < count - 1, result }
    case 'reverse':
      return { param: i => i < count - 1, result: () => true }
    case 'caught':
      return { param: () => false, result: () => false }
  }
}

/** `single`: the function for one shadow, and what was noted when it was written. */
export function batched(
  single: Func,
  name: string,
  transform: Transform & { readonly width: number },
  noted: Noted,
  module: Module,
  arity: Arity,
): Func {
  return new Batching(single, transform, noted, module, arity).write(name)
}

class Batching {
  readonly #b = new Builder()
  readonly #single: Func
  readonly #transform: Transform & { readonly width: number }
  readonly #module: Module
  readonly #arity: Arity
  readonly #tape: ValueId | null
  /** Values that there is one of a lane. */
  readonly #wide: Set<ValueId>
  readonly #copies = new Map<ValueId, readonly ValueId[]>()

  constructor(single: Func, transform: Transform & { readonly width: number }, noted: Noted, module: Module, arity: Arity) {
    this.#single = single
    this.#transform = transform
    this.#module = module
    this.#arity = arity
    this.#tape = noted.tape
    this.#wide = new Set(noted.shadows)
  }

  write(name: string): Func {
    const { body, at, label, inline } = this.#single
    const lanes = lanesOf(this.#transform.mode, body.params.length, this.#arity(this.#transform.of))
    body.params.forEach((param, i) => {
      if (lanes.param(i)) this.#wide.add(param.id)
    })
    for (let before = -1; before !== this.#wide.size; ) {
      before = this.#wide.size
      this.#spread(body)
    }
    for (const param of body.params) {
      const count = this.#wide.has(param.id) ? this.#transform.width : 1
      this.#copies.set(
        param.id,
        Array.from({ length: count }, () => this.#b.param(param.type, param.name, param.span)),
      )
    }
    for (const inst of body.body) this.#inst(inst)
    const results = body.yields.flatMap((id, i) => (lanes.result(i) ? this.#all(id) : [this.#one(id)]))
    return this.#b.finish(name, results, at, { label, made: this.#transform, inline })
  }

  // ── What there is one of a lane ──

  #spread(block: Block): void {
    for (const inst of block.body) {
      for (const inner of blocksOf(inst)) this.#spread(inner)
      switch (inst.kind) {
        case 'const':
          this.#wide.delete(inst.out.id)
          break
        case 'call':
        case 'dyncall':
          if (this.#isOwn(inst)) {
            const lanes = this.#lanesOfCall(inst)
            inst.outs.forEach((out, i) => {
              if (lanes.result(i)) this.#wide.add(out.id)
            })
          }
          break
        case 'if':
          this.#link(inst.outs, [[], []], [inst.then.yields, inst.else.yields])
          break
        case 'try':
          this.#link(inst.outs, [], [inst.body.yields, inst.handler.yields])
          break
        case 'for':
          this.#link(inst.outs, [inst.body.params.slice(1)], [inst.inits, inst.body.yields])
          break
        case 'while':
          this.#link(inst.outs, [inst.cond.params, inst.body.params], [inst.inits, inst.body.yields])
          break
        default:
          if (operands(inst).some(id => this.#wide.has(id))) for (const out of outsOf(inst)) this.#wide.add(out.id)
      }
    }
  }

  /** Results, and the parameters that stand for them, are wide when something that they come from is, or one of them. */
  #link(outs: readonly Param[], params: readonly (readonly Param[])[], sources: readonly (readonly ValueId[])[]): void {
    outs.forEach((out, i) => {
      const group = [out, ...params.flatMap(list => list[i] ?? [])]
      const isWide = group.some(param => this.#wide.has(param.id)) || sources.some(list => this.#wide.has(list[i]!))
      if (isWide) for (const param of group) this.#wide.add(param.id)
    })
  }

  /** Has the sweep written this call, or is it a call of the primal? */
  #isOwn(inst: AnyCall): boolean {
    return [...inst.args, ...inst.outs.map(out => out.id)].some(id => id === this.#tape || this.#wide.has(id))
  }

  #lanesOfCall(inst: AnyCall): Lanes {
    const count = inst.args.length
    if (inst.kind === 'call') {
      const made = this.#module.derived.get(inst.callee)
      invariant(made, `a call of ${inst.callee} has shadows`)
      return lanesOf(made.mode, count, this.#arity(made.of))
    }
    const { mode } = readDynamicMode(inst.path.at(-1)!)
    const params = Math.floor(count / 2)
    return lanesOf(mode, count, { params, results: inst.outs.length / 2 })
  }

  // ── Writing ──

  #one(id: ValueId): ValueId {
    const copies = this.#copies.get(id)
    invariant(copies?.length === 1, `value ${id} of ${this.#single.label} is ${copies ? 'there once a lane' : 'not there'}`)
    return copies[0]!
  }

  #lane(id: ValueId, k: number): ValueId {
    const copies = this.#copies.get(id)
    invariant(copies, `value ${id} of ${this.#single.label} is not there`)
    return copies.length === 1 ? copies[0]! : copies[k]!
  }

  #all(id: ValueId): ValueId[] {
    return Array.from({ length: this.#transform.width }, (_, k) => this.#lane(id, k))
  }

  #fresh(param: Param): Param {
    return this.#b.fresh(param.type, param.name)
  }

  /** Values at places that are there once a lane where what stands there is. */
  #values(ids: readonly ValueId[], places: readonly Param[]): ValueId[] {
    return ids.flatMap((id, i) => (this.#wide.has(places[i]!.id) ? this.#all(id) : [this.#one(id)]))
  }

  /** New parameters or results. */
  #places(params: readonly Param[]): Param[] {
    return params.flatMap(param => {
      const copies = Array.from({ length: this.#wide.has(param.id) ? this.#transform.width : 1 }, () => this.#fresh(param))
      this.#copies.set(
        param.id,
        copies.map(copy => copy.id),
      )
      return copies
    })
  }

  #block(block: Block, yields: () => ValueId[]): Block {
    this.#b.begin(this.#places(block.params))
    for (const inst of block.body) this.#inst(inst)
    return this.#b.end(yields())
  }

  #inst(inst: Inst): void {
    const { at } = inst
    switch (inst.kind) {
      case 'if': {
        const then = this.#block(inst.then, () => this.#values(inst.then.yields, inst.outs))
        const otherwise = this.#block(inst.else, () => this.#values(inst.else.yields, inst.outs))
        return this.#b.append({ kind: 'if', outs: this.#places(inst.outs), test: this.#one(inst.test), then, else: otherwise, at })
      }
      case 'try': {
        const body = this.#block(inst.body, () => this.#values(inst.body.yields, inst.outs))
        const handler = this.#block(inst.handler, () => this.#values(inst.handler.yields, inst.outs))
        return this.#b.append({ kind: 'try', outs: this.#places(inst.outs), body, handler, at })
      }
      case 'for': {
        const inits = this.#values(inst.inits, inst.outs)
        const body = this.#block(inst.body, () => this.#values(inst.body.yields, inst.outs))
        return this.#b.append({ kind: 'for', outs: this.#places(inst.outs), count: this.#one(inst.count), inits, body, at })
      }
      case 'while': {
        const inits = this.#values(inst.inits, inst.outs)
        const cond = this.#block(inst.cond, () => inst.cond.yields.map(id => this.#one(id)))
        const body = this.#block(inst.body, () => this.#values(inst.body.yields, inst.outs))
        return this.#b.append({ kind: 'while', outs: this.#places(inst.outs), inits, cond, body, at })
      }
      case 'call':
      case 'dyncall':
        if (this.#isOwn(inst)) return this.#call(inst)
    }
    const isWide = [...operands(inst), ...outsOf(inst).map(out => out.id)].some(id => this.#wide.has(id))
    this.#repeat(inst, isWide ? this.#transform.width : 1)
  }

  /** The instruction once a lane. What was pushed last is popped first. */
  #repeat(inst: Inst, count: number): void {
    const outs = outsOf(inst)
    const copies = outs.map(() => new Array<ValueId>(count))
    const lanes = Array.from({ length: count }, (_, k) => k)
    if (inst.kind === 'pop') lanes.reverse()
    for (const k of lanes) {
      const value = (id: ValueId): ValueId => (count === 1 ? this.#one(id) : this.#lane(id, k))
      const copy = mapInst(inst, {
        value,
        param: out => this.#fresh(out),
        block: block => this.#block(block, () => block.yields.map(value)),
      })
      this.#b.append(copy)
      outsOf(copy).forEach((out, i) => {
        copies[i]![k] = out.id
      })
    }
    outs.forEach((out, i) => this.#copies.set(out.id, copies[i]!))
  }

  #call(inst: AnyCall): void {
    const lanes = this.#lanesOfCall(inst)
    const args = inst.args.flatMap((id, i) => (lanes.param(i) ? this.#all(id) : [this.#one(id)]))
    const outs = this.#places(inst.outs)
    const { width } = this.#transform
    if (inst.kind === 'dyncall') {
      const path: DynamicMode[] = inst.path.map((step, i) => (i === inst.path.length - 1 ? wideMode(step, width) : step))
      return this.#b.append({ kind: 'dyncall', outs, args, path, at: inst.at })
    }
    const callee = requestDerived(this.#module, { ...this.#module.derived.get(inst.callee)!, width })
    this.#b.append({ kind: 'call', outs, callee, args, at: inst.at })
  }
}

function wideMode(step: DynamicMode, width: number): DynamicMode {
  const { mode, passed } = readDynamicMode(step)
  invariant(mode !== 'caught', 'a call for its exception has shadows')
  return dynamicMode({ ...passed, width }, mode)
}
