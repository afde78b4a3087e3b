/** Runs one step of the compiler again, from the IR that was noted when it failed. */
import { InternalError } from '../diagnostics/bug.ts'
import { Failure } from '../diagnostics/diagnostic.ts'
import { locAt } from './3-ir/loc.ts'
import { readModule } from './3-ir/read.ts'
import { readStep, stepText } from './3-ir/step.ts'
import { Deriver } from './4-ad/derive.ts'
import { limitsOf } from './4-ad/limits.ts'
import { optimise, passContext } from './5-passes/optimise.ts'
import { emitFunc } from './6-emit/emit.ts'
import { workingsUnder } from './faults.ts'
import type { Profile } from './session.ts'

export interface Replayed {
  /** `the pass fold`. */
  readonly step: string
  readonly label: string
  /** What it failed with; null when it did not fail. */
  readonly message: string | null
}

/** `text` is the attachment of a failed step; null if it is none. A text that is not IR is a failure of its own (`ir.unreadable`). */
export function replayStep(text: string, profile: Profile, fault: string | null): Replayed | null {
  const failed = readStep(text)
  if (!failed) return null
  const { step, func, label, program, ir } = failed
  const module = readModule({ name: `${label} as it was`, text: ir })
  for (const name of program) {
    const known = module.funcs.get(name)
    if (known) module.funcs.set(name, { ...known, at: locAt(null, known.label, 'user') })
  }
  const { decisions, passes } = workingsUnder(fault)
  const run = (): void => {
    switch (step.kind) {
      case 'pass': {
        const cx = passContext(module, { passes, verify: step.verify, inlineDerived: step.inlineDerived })
        optimise(module.funcs.get(func)!, cx, { passes: passes.filter(pass => pass.name === step.pass) })
        return
      }
      case 'transform': {
        const cx = passContext(module, { passes })
        // The function itself was prepared already.
        const prepare = (f: Parameters<typeof optimise>[0]) => (f.name === func ? f : optimise(f, cx))
        module.derived.set(step.name, step.transform)
        new Deriver(module, { limits: limitsOf(profile, []), decisions, prepare }).resolve(step.name)
        return
      }
      case 'emit':
        emitFunc(module.funcs.get(func)!)
    }
  }
  return { step: stepText(step), label, message: messageOf(run) }
}

function messageOf(run: () => void): string | null {
  try {
    run()
    return null
  } catch (error) {
    if (error instanceof Failure) return error.diagnostic.message
    if (error instanceof InternalError) return error.message
    return error instanceof Error ? error.message : String(error)
  }
}
