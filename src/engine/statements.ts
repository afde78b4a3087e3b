/** Statements of the top level: each is compiled and run before the next one is looked at, which then sees what it defined and assigned. */
import { invariant } from '../diagnostics/bug.ts'
import type { Code, Core, TopLevel } from './2-types/core.ts'
import { boolLiteral } from './2-types/desugar/build.ts'
import { BOTTOM } from './2-types/intern.ts'
import { leavesOf } from './2-types/layout.ts'
import type { GlobalCell, Module } from './2-types/module.ts'
import { define } from './2-types/specialise/define.ts'
import type { Instance } from './2-types/specialise/instances.ts'
import type { Specialiser } from './2-types/specialise/specialiser.ts'
import { type Assignment, assignAtTop, emitStatement } from './2-types/specialise/top-level.ts'
import type { JType } from './2-types/type.ts'
import type { Boxed } from './3-ir/memory.ts'
import type { GlobalCells } from './global-cells.ts'

interface Means {
  readonly specialiser: Specialiser
  readonly box: (type: JType, leaves: readonly unknown[]) => Boxed
  /** Runs a function of the IR. */
  readonly call: (name: string) => readonly unknown[]
  readonly cells: GlobalCells
}

/** A top-level expression, compiled. */
export interface Statement {
  readonly module: Module
  readonly instance: Instance
  readonly assigned: readonly Assignment[]
  readonly isEmpty: boolean
  /** Globals that it gives their one value. */
  readonly constants: readonly GlobalCell[]
  /** Of the world, when it was compiled. */
  readonly age: number
}

export class Statements {
  readonly #means: Means
  /** The module whose statements are being run. */
  #module: Module | null = null

  constructor(means: Means) {
    this.#means = means
  }

  get module(): Module {
    return this.#module ?? this.#means.specialiser.world.main
  }

  /** The value of the last statement, if it has one. */
  run(program: Iterable<TopLevel>, module: Module): Boxed | null {
    const outer = this.#module
    let value: Boxed | null = null
    try {
      // Statements are made when they are asked for, by what their module has by then.
      this.#module = module
      for (const statement of program) value = this.#step(statement, module)
    } finally {
      this.#module = outer
    }
    return value
  }

  #step(statement: TopLevel, module: Module): Boxed | null {
    switch (statement.kind) {
      case 'definition': {
        const defined = define(this.#means.specialiser, statement.def, module)
        return defined.leaves.length === 0 && defined.type !== BOTTOM ? this.#means.box(defined.type, []) : null
      }
      case 'expression':
        return this.execute(statement.code, module)
      case 'if': {
        const holds = this.execute(asBool(statement.test), module)?.v[0]
        return this.run(holds === true ? statement.then : statement.else, module)
      }
    }
  }

  /** Compiles and runs one expression; its value, boxed. */
  execute(code: Code, module: Module): Boxed | null {
    return this.globalValue(code, module) ?? this.runCompiled(this.compile(code, module))
  }

  compile(code: Code, module: Module): Statement {
    const { specialiser } = this.#means
    const assigned: Assignment[] = []
    const { instance, constants } = specialiser.withConstants(() => this.instance(code, module, assigned))
    const func = specialiser.ir.funcs.get(instance.name)
    invariant(func, 'a statement was not compiled')
    // Definitions of constants and the like leave nothing to run.
    const isEmpty = func.body.body.length === 0
    return { module, instance, assigned, isEmpty, constants, age: specialiser.world.age }
  }

  /** The function of a statement, and in `assigned` the globals that it computes new values for. */
  instance(code: Code, module: Module, assigned: Assignment[] = []): Instance {
    return this.#means.specialiser.standalone({ name: 'top-level', label: 'top-level scope', code, module, params: null }, frame =>
      emitStatement(frame, frame.code.body, assigned),
    )
  }

  runCompiled({ module, instance, assigned, isEmpty, constants }: Statement): Boxed | null {
    const { specialiser, call, box } = this.#means
    const { result } = instance
    const all = isEmpty ? [] : call(instance.name)
    let at = leavesOf(result).length
    const leaves = all.slice(0, at)
    for (const one of assigned) {
      const start = at
      at += leavesOf(one.type).length
      assignAtTop(specialiser, module, one, all.slice(start, at))
    }
    for (const cell of constants) if (cell.constant === 'under-way') cell.constant = 'yes'
    return result === BOTTOM ? null : box(result, leaves)
  }

  /** Would compiling it once more give the same? */
  isCurrent({ assigned, constants, age, instance }: Statement): boolean {
    const { world, instances } = this.#means.specialiser
    return assigned.length === 0 && constants.length === 0 && age === world.age && instances.isCurrent(instance)
  }

  /** The value of a statement that is the name of a variable or function, for which there is nothing to compile. */
  globalValue({ body }: Code, module: Module): Boxed | null {
    if (body.kind !== 'global' || body.name.startsWith('@')) return null
    const { specialiser, box, cells } = this.#means
    const found = specialiser.world.lookup(module, body.name)
    if (found?.kind === 'known') return found.known.constant ? null : box(found.known.type, [])
    if (!found || found.cell.type === null || found.cell.wasSet) return null
    return box(found.cell.type, [...cells.leaves(found.cell)])
  }
}

/** The same, but the TypeError of an `if` when the value is no Bool. */
function asBool({ locals, body, captures }: Code): Code {
  const { span } = body
  const test: Core = { kind: 'if', test: body, then: boolLiteral(true, span), else: boolLiteral(false, span), span }
  return { locals, body: test, captures }
}
