/** For tests: a module from IR text in which values have names only, its transforms, and running them in the interpreter. */

import { readDynamicMode } from '../3-ir/dynamic-mode.ts'
import { interpret } from '../3-ir/interpret.ts'
import type { DynamicMode, Func, Module, ParamActivity, Transform } from '../3-ir/ir.ts'
import { type ArrayObject, arrayOf, Boxed } from '../3-ir/memory.ts'
import { overwrittenAll } from '../3-ir/overwritten.ts'
import { printFunc } from '../3-ir/print.ts'
import { readModule } from '../3-ir/read.ts'
import { Tape } from '../3-ir/tape.ts'
import { assertWellFormed } from '../3-ir/verify.ts'
import { type DeriveOptions, Deriver } from './derive.ts'
import { requestDerived } from './transform-name.ts'

/** Gives each name a number of its own, as the reader wants it. */
export function numbered(text: string): string {
  const numbers = new Map<string, number>()
  return text.replace(/%([A-Za-z_]\w*)(?![\w.])/g, (_all, name: string) => {
    if (!numbers.has(name)) numbers.set(name, numbers.size)
    return `%${name}.${numbers.get(name)}`
  })
}

export class TestModule {
  readonly module: Module
  readonly deriver: Deriver
  /** Leaves of each global cell. */
  readonly globals: unknown[][]

  constructor(source: string | Module, options: Partial<DeriveOptions> = {}) {
    this.module = typeof source === 'string' ? readModule(numbered(source)) : source
    this.globals = this.module.globals.map(({ leaves }) => leaves.map(() => null))
    for (const f of this.module.funcs.values()) assertWellFormed(f, this.module, 'reading', { open: true })
    this.deriver = new Deriver(this.module, {
      prepare: f => f,
      check: (f, made) => assertWellFormed(f, this.module, made, { open: true }),
      ...options,
    })
  }

  /** The name of a transform; `activity` has one letter a parameter: `ac`. */
  derived(mode: Transform['mode'], of: string, activity: string, more: Partial<Transform> = {}): string {
    const list: ParamActivity[] = [...activity].map(letter => (letter === 'a' ? 'active' : 'const'))
    return requestDerived(this.module, {
      mode,
      of,
      activity: list,
      interface: false,
      overwritten: overwrittenAll(list.length, false),
      ...more,
    })
  }

  resolve(name: string): Func {
    return this.deriver.resolve(name)
  }

  text(name: string): string {
    return printFunc(this.resolve(name))
  }

  run(name: string, args: readonly unknown[]): unknown[] {
    this.resolve(name)
    return interpret(this.module, name, args, {
      prim: () => [],
      dyncall: (given, path) => this.run(this.dynamic(path), given),
      function: callee => this.resolve(callee),
      globals: this.globals,
      exception: trap => new Boxed(-1, [trap.reason]),
    })
  }

  /** Every dynamic call is one of `dynamic`, `(any, …) → any`, under the transforms of its path. */
  dynamic(path: readonly DynamicMode[]): string {
    let name = 'dynamic'
    for (const step of path) {
      const { params } = this.resolve(name).body
      name = this.derived(readDynamicMode(step).mode, name, params.map(() => 'a').join(''), {
        interface: true,
        overwritten: overwrittenAll(params.length, true),
      })
    }
    return name
  }

  /** More functions, which may call any transform that was asked for. */
  add(text: string): void {
    for (const [name, f] of readModule(numbered(text)).funcs) this.module.funcs.set(name, f)
  }

  tape(): Tape {
    return new Tape()
  }

  numbers(name: string, args: readonly unknown[]): number[] {
    return this.run(name, args) as number[]
  }
}

export function vector(values: readonly number[]): ArrayObject {
  return arrayOf([values.length], [Float64Array.from(values)])
}

export function entries(array: unknown): number[] {
  const { c0, n } = array as ArrayObject
  return Array.from(c0 as Float64Array).slice(0, n)
}
