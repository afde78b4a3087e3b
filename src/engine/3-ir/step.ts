/** A step of the compiler on one function: when it fails by our mistake, the error says which it was, and holds the IR from which it can be run again. */
import { InternalError, STEP_TITLE } from '../../diagnostics/bug.ts'
import { type Attachment, Failure } from '../../diagnostics/diagnostic.ts'
import type { Func, Module, Transform } from './ir.ts'
import { asTrap } from './memory.ts'
import { printModule } from './print.ts'
import { forEachInst } from './visit.ts'

export type Step =
  | { readonly kind: 'pass'; readonly pass: string; readonly inlineDerived: boolean; readonly verify: boolean }
  | { readonly kind: 'transform'; readonly name: string; readonly transform: Transform }
  | { readonly kind: 'emit' }

export function stepText(step: Step): string {
  switch (step.kind) {
    case 'pass':
      return `the pass ${step.pass}`
    case 'transform':
      return `the ${step.transform.mode} transform`
    case 'emit':
      return 'the emitter'
  }
}

/** What a failed step was, as data that crosses processes. */
export interface FailedStep {
  readonly step: Step
  /** Name and label of the function. */
  readonly func: string
  readonly label: string
  /** Functions of the program among those of the IR, whose text does not say where they come from. */
  readonly program: readonly string[]
  /** The function as it was, with all that it calls. */
  readonly ir: string
}

/** IR that reads back, with the step in a remark before it. */
export function stepAttachment({ ir, ...step }: FailedStep): Attachment {
  return { title: STEP_TITLE, text: `; ${JSON.stringify(step)}\n${ir}` }
}

/** Null for a text that is no such attachment. */
export function readStep(text: string): FailedStep | null {
  const [, json, ir] = /^; (\{[^\n]*\})\n(.*)$/s.exec(text) ?? []
  return json === undefined ? null : { ...(JSON.parse(json) as Omit<FailedStep, 'ir'>), ir: ir! }
}

/** Runs a step. The innermost step that fails is the one that is noted. */
export function during<T>(step: Step, f: Func, module: Module, run: () => T): T {
  try {
    return run()
  } catch (error) {
    if (error instanceof Failure || asTrap(error)) throw error
    const why = error instanceof Error ? error.message : String(error)
    const wrapped = error instanceof InternalError ? error : new InternalError(`${stepText(step)} failed on ${f.label}: ${why}`)
    if (wrapped.step === null) {
      const closure = closureOf(f, module)
      const program = [...closure.funcs.values()].filter(func => func.at.origin === 'user').map(func => func.name)
      const noted: FailedStep = { step, func: f.name, label: f.label, program, ir: printModule(closure) }
      wrapped.step = noted
    }
    throw wrapped
  }
}

/** The part of a module that a function needs. */
function closureOf(f: Func, module: Module): Module {
  const funcs = new Map<string, Func>([[f.name, f]])
  const derived = new Map<string, Transform>()
  const visit = (name: string): void => {
    const transform = module.derived.get(name)
    if (transform && !derived.has(name)) {
      derived.set(name, transform)
      visit(transform.of)
    }
    const known = funcs.get(name)
    const func = known ?? module.funcs.get(name)
    if (!func || (known && known !== f)) return
    funcs.set(name, func)
    forEachInst(func.body, inst => {
      if (inst.kind === 'call' && !(funcs.has(inst.callee) || derived.has(inst.callee))) visit(inst.callee)
    })
  }
  visit(f.name)
  return { ...module, funcs, derived }
}
