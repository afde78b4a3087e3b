/**
 * Takes `try` apart before anything is differentiated: what was thrown becomes a value, null for nothing, and what would not run
 * after it stands in a branch. So the reverse sweep knows how far a body got, and undoes what it did until then. `caught` does it
 * to a whole function, for calls in a `try`.
 *
 *     try { a; b; c } catch e { h }        ea = a; r = if null? ea { eb = b; if null? eb { c; null } else { eb } } else { ea }
 *                                          if null? r { … } else { h with e = r }
 *
 * What is left of `try` holds one instruction that gives nothing with a derivative (a check, a division of integers), or the call of
 * a function that has a rule.
 */
import { Builder } from '../3-ir/build.ts'
import type { Block, Func, Inst, Loc, Module, Param, Transform, Type, ValueId } from '../3-ir/ir.ts'
import { isRef } from '../3-ir/types.ts'
import { blocksOf, cloneBlock, forEachInst, mapInst, outsOf, substitute } from '../3-ir/visit.ts'
import type { CustomRules } from './custom-rules.ts'
import type { MayThrow, MayThrowIn } from './may-throw.ts'
import { requestDerived } from './transform-name.ts'

export interface ExplicitContext {
  readonly module: Module
  readonly mayThrow: MayThrow
  readonly rules: CustomRules
}

type Of<K extends Inst['kind']> = Extract<Inst, { kind: K }>

/** The function without a `try` that something goes on in. */
export function explicitThrows(f: Func, cx: ExplicitContext): Func {
  let holds = false
  forEachInst(f.body, inst => {
    holds ||= inst.kind === 'try'
  })
  return holds ? new Explicit(f, cx).func() : f
}

/** `(p) → (r, what was thrown)`; the other results are undefined if something was. */
export function caught(f: Func, cx: ExplicitContext, name: string, made: Transform): Func {
  return { ...new Explicit(f, cx).caught(), name, made, inline: 'never' }
}

/** An instruction in a `try` of its own: nothing but it can throw, and nothing happens before it. */
export function isAtomic(inst: Of<'try'>, isRuled: (callee: string) => boolean): boolean {
  const { body, handler, outs } = inst
  if (outs.at(-1)?.type !== 'any' || handler.yields.at(-1) !== handler.params[0]?.id) return false
  if (!handler.body.every(inner => inner.kind === 'const')) return false
  const [first, ...others] = body.body.filter(inner => inner.kind !== 'const')
  if (!first || others.length > 0) return false
  switch (first.kind) {
    case 'op':
    case 'prim':
    case 'alloc':
    case 'get':
    case 'unbox':
      return outs.slice(0, -1).every(out => out.type === 'i64' || out.type === 'bool' || out.type === 'str')
    case 'call':
      return isRuled(first.callee)
    default:
      return false
  }
}

class Explicit {
  readonly #f: Func
  readonly #cx: ExplicitContext
  readonly #mayThrow: MayThrowIn
  readonly #b: Builder

  constructor(f: Func, cx: ExplicitContext) {
    this.#f = f
    this.#cx = cx
    this.#mayThrow = cx.mayThrow.within(f)
    this.#b = new Builder(f.nextId)
    for (const param of f.body.params) this.#b.declare(param)
    forEachInst(f.body, inst => this.#declareIn(inst))
  }

  #declareIn(inst: Inst): void {
    for (const out of outsOf(inst)) this.#b.declare(out)
    for (const block of blocksOf(inst)) for (const param of block.params) this.#b.declare(param)
  }

  func(): Func {
    this.#b.begin()
    for (const inst of this.#f.body.body) this.#plain(inst)
    const { body } = this.#b.end([])
    return this.#finished({ ...this.#f.body, body }, this.#f.results)
  }

  caught(): Func {
    this.#b.begin()
    const yields = this.#rest(this.#f.body.body, 0, this.#f.body.yields, this.#f.at)
    const { body } = this.#b.end([])
    return this.#finished({ ...this.#f.body, body, yields }, [...this.#f.results, 'any'])
  }

  #finished(body: Block, results: readonly Type[]): Func {
    return { ...this.#f, body, results, nextId: this.#b.fresh('i64', 'end').id }
  }

  // ── Where an exception leaves the function ──

  #plain(inst: Inst): void {
    const { at } = inst
    if (inst.kind === 'try' && !isAtomic(inst, callee => this.#isRuled(callee))) {
      const [yields, thrown] = this.#split(this.#inline(inst.body, at))
      const then = { params: [], body: [], yields }
      const handler = this.#plainBlock(withParam(inst.handler, thrown))
      this.#b.append({ kind: 'if', outs: inst.outs, test: this.#isNull(thrown, at), then, else: handler, at })
    } else this.#b.append(mapInst(inst, { block: block => this.#plainBlock(block) }))
  }

  #plainBlock(block: Block): Block {
    this.#b.begin(block.params)
    for (const inst of block.body) this.#plain(inst)
    return this.#b.end(block.yields)
  }

  // ── Where it is a value ──

  /** A block's instructions here; its yields, then what was thrown. */
  #inline(block: Block, at: Loc): ValueId[] {
    return this.#rest(block.body, 0, block.yields, at)
  }

  #caughtBlock(block: Block, at: Loc): Block {
    this.#b.begin(block.params)
    return this.#b.end(this.#inline(block, at))
  }

  #split(ids: readonly ValueId[]): [ValueId[], ValueId] {
    return [ids.slice(0, -1), ids.at(-1)!]
  }

  /** The instructions from number `from` on; then the yields and what was thrown. */
  #rest(body: readonly Inst[], from: number, yields: readonly ValueId[], at: Loc): ValueId[] {
    const b = this.#b
    for (let i = from; i < body.length; i++) {
      const inst = body[i]!
      if (inst.kind === 'throw') {
        b.prim('exc.place', [inst.value], [], inst.at)
        return [...this.#undefined(yields, at), inst.value]
      }
      if (!this.#mayThrow.inst(inst)) {
        this.#plain(inst)
        continue
      }
      const thrown = this.#throwing(inst)
      const then = b.block([], () => {
        if (isRepeated(inst)) b.append(inst)
        return this.#rest(body, i + 1, yields, at)
      })
      const otherwise = b.block([], () => [...this.#undefined(yields, at), thrown])
      const types: Type[] = [...yields.map(id => b.typeOf(id)), 'any']
      const names = [...yields.map(id => b.nameOf(id)), 'thrown']
      return b.ifBlocks(this.#isNull(thrown, inst.at), then, otherwise, types, inst.at, names)
    }
    return [...yields, this.#nothing(at)]
  }

  /** The instruction, or a trial of one that is repeated when it does not throw; gives what was thrown. */
  #throwing(inst: Inst): ValueId {
    const { at } = inst
    const b = this.#b
    switch (inst.kind) {
      case 'call': {
        const thrown = b.fresh('any', 'thrown')
        if (this.#isRuled(inst.callee)) return this.#atomic(inst, inst.outs)
        b.append({ ...inst, outs: [...inst.outs, thrown], callee: caughtCallee(this.#cx.module, inst.callee) })
        return thrown.id
      }
      case 'dyncall': {
        const thrown = b.fresh('any', 'thrown')
        b.append({ ...inst, outs: [...inst.outs, thrown], path: [...inst.path, 'caught'] })
        return thrown.id
      }
      case 'if': {
        const thrown = b.fresh('any', 'thrown')
        const [then, otherwise] = [this.#caughtBlock(inst.then, at), this.#caughtBlock(inst.else, at)]
        b.append({ ...inst, outs: [...inst.outs, thrown], then, else: otherwise })
        return thrown.id
      }
      case 'for':
        return this.#loop(inst)
      case 'while':
        return this.#whileLoop(inst)
      case 'try': {
        const thrown = b.fresh('any', 'thrown')
        const [yields, first] = this.#split(this.#inline(inst.body, at))
        const then = b.block([], () => [...yields, this.#nothing(at)])
        const handler = this.#caughtBlock(withParam(inst.handler, first), at)
        b.append({ kind: 'if', outs: [...inst.outs, thrown], test: this.#isNull(first, at), then, else: handler, at })
        return thrown.id
      }
      case 'alloc': {
        const zero = b.i64(0, at)
        const negative = inst.dims.map(id => b.op('i64.lt', [id, zero], at)).reduce((some, one) => b.op('bool.or', [some, one], at))
        const writeTrial = (): ValueId[] => [this.#atomic(inst, [])]
        return b.if(negative, writeTrial, () => [this.#nothing(at)], ['any'], at, ['thrown'])[0]!
      }
      case 'set': {
        const out = b.fresh(b.typeOf(inst.value), 'trial')
        return this.#atomic({ kind: 'get', out, obj: inst.obj, field: inst.field, at }, [])
      }
      default:
        return this.#atomic(inst, isRepeated(inst) ? [] : outsOf(inst))
    }
  }

  /** A `try` around one instruction. It hands out `given` under their own names, if it does hand them out. */
  #atomic(inst: Inst, given: readonly Param[]): ValueId {
    const b = this.#b
    const { at } = inst
    const thrown = b.fresh('any', 'thrown')
    const copy = mapInst(inst, { param: out => b.fresh(out.type, out.name) })
    const body = b.block([], () => {
      b.append(copy)
      return [...outsOf(copy).slice(0, given.length), b.const('any', null, at)].map(out => (typeof out === 'number' ? out : out.id))
    })
    const param = b.fresh('any', 'caught')
    const handler = b.block([param], () => [...given.map(out => this.#undefinedOf(out.type, at)), param.id])
    b.append({ kind: 'try', outs: [...given, thrown], body, handler, at })
    return thrown.id
  }

  /** A `for` that stops at the first exception is a `while`. */
  #loop(inst: Of<'for'>): ValueId {
    const { at, body } = inst
    const b = this.#b
    const [index, ...carried] = body.params
    const names = ['i', ...carried.map(param => param.name), 'thrown']
    const types: Type[] = ['i64', ...carried.map(param => param.type), 'any']
    const copies = b.freshList(types, names)
    const cond = b.block(copies, ids => {
      const goes = b.if(
        this.#isNull(ids.at(-1)!, at),
        () => [b.op('i64.lt', [ids[0]!, inst.count], at)],
        () => [b.bool(false, at)],
        ['bool'],
        at,
        ['goes'],
      )
      return goes
    })
    const before = b.fresh('any', 'thrown')
    const inner = b.block([index!, ...carried, before], () => {
      const [next, thrown] = this.#split(this.#inline(body, at))
      return [b.op('i64.add', [index!.id, b.i64(1, at)], at, 'next'), ...next, thrown]
    })
    const [last, thrown] = [b.fresh('i64', 'last'), b.fresh('any', 'thrown')]
    const inits = [b.i64(0, at), ...inst.inits, this.#nothing(at)]
    b.append({ kind: 'while', outs: [last, ...inst.outs, thrown], inits, cond, body: inner, at })
    return thrown.id
  }

  /** The test is made before the loop and at the end of its body, where an exception in it can be had as a value. */
  #whileLoop(inst: Of<'while'>): ValueId {
    const { at } = inst
    const b = this.#b
    const testOn = (values: readonly ValueId[]): [ValueId, ValueId] => {
      const outer = new Map(inst.cond.params.map((param, i) => [param.id, values[i]!]))
      const copy = cloneBlock({ ...inst.cond, params: [] }, () => b.fresh('i64', 't').id, undefined, outer)
      forEachInst(copy, inner => this.#declareIn(inner))
      const [goes, thrown] = this.#inline(copy, at)
      return [goes!, thrown!]
    }
    const [goes, first] = testOn(inst.inits)
    const params = inst.body.params
    const names = [...params.map(param => param.name), 'goes', 'thrown']
    const types: Type[] = [...params.map(param => param.type), 'bool', 'any']
    const cond = b.block(b.freshList(types, names), ids => [ids.at(-2)!])
    const inner = b.block([...params, b.fresh('bool', 'goes'), b.fresh('any', 'thrown')], () => {
      const [next, thrown] = this.#split(this.#inline(inst.body, at))
      const test = b.if(
        this.#isNull(thrown, at),
        () => testOn(next),
        () => [b.bool(false, at), thrown],
        ['bool', 'any'],
        at,
        ['goes', 'thrown'],
      )
      return [...next, ...test]
    })
    const [last, thrown] = [b.fresh('bool', 'goes'), b.fresh('any', 'thrown')]
    b.append({ kind: 'while', outs: [...inst.outs, last, thrown], inits: [...inst.inits, goes, first], cond, body: inner, at })
    return thrown.id
  }

  // ── Values ──

  #isRuled(callee: string): boolean {
    return this.#cx.rules.kindOf(callee, undefined) === 'rule'
  }

  #isNull(id: ValueId, at: Loc): ValueId {
    return this.#b.prim('ref.is_null', [id], ['bool'], at, ['fine'])[0]!
  }

  #nothing(at: Loc): ValueId {
    return this.#b.const('any', null, at, 'nothing')
  }

  #undefined(ids: readonly ValueId[], at: Loc): ValueId[] {
    return ids.map(id => this.#undefinedOf(this.#b.typeOf(id), at))
  }

  #undefinedOf(type: Type, at: Loc): ValueId {
    return this.#b.const(type, isRef(type) ? null : type === 'bool' ? false : type === 'str' ? '' : 0, at, 'none')
  }
}

/** Is it tried first, and done when the trial went well? For what has a shadow to be done beside it. */
function isRepeated(inst: Inst): boolean {
  switch (inst.kind) {
    case 'get':
    case 'set':
    case 'unbox':
    case 'alloc':
      return true
    case 'prim':
      return inst.prim === 'arr.reshape' || inst.prim === 'arr.resize'
    default:
      return false
  }
}

function withParam(handler: Block, thrown: ValueId): Block {
  const [param] = handler.params
  const body = { ...handler, params: [] }
  return param ? substitute(body, id => (id === param.id ? thrown : id)) : body
}

function caughtCallee(module: Module, callee: string): string {
  return requestDerived(module, { mode: 'caught', of: callee, activity: [], interface: false, overwritten: [] })
}
