/** Runs the passes over one function, and says which one broke it if one did. */
import { InternalError } from '../../diagnostics/bug.ts'
import { effectsOfCalls } from '../3-ir/effects.ts'
import type { Func, Module } from '../3-ir/ir.ts'
import { printFunc } from '../3-ir/print.ts'
import { assertWellFormed } from '../3-ir/verify.ts'
import type { Pass, PassContext } from './pass.ts'
import { PASSES } from './passes.ts'
import { rangesOf } from './ranges.ts'

export type ContextOptions = Partial<Pick<PassContext, 'verify' | 'inlineDerived'>>

/** Optimised functions of each context; `null` while the optimisation is under way. */
const optimisedBy = new WeakMap<PassContext, WeakMap<Func, Func | null>>()

export function passContext(module: Module, options: ContextOptions = {}): PassContext {
  const done = new WeakMap<Func, Func | null>()
  const cx: PassContext = {
    module,
    effectsOfCall: effectsOfCalls(module),
    callee: name => {
      const f = module.funcs.get(name)
      return f ? optimise(f, cx) : null
    },
    verify: options.verify ?? false,
    inlineDerived: options.inlineDerived ?? false,
  }
  optimisedBy.set(cx, done)
  return cx
}

export interface OptimiseOptions {
  /** Told of the function after each pass; for dumps. */
  readonly after?: (pass: string, f: Func) => void
  /** The name of the last pass to run, or `null` for none; all of them if missing. */
  readonly upTo?: string | null
  readonly passes?: readonly Pass[]
}

/** Runs the passes. Without options the result is kept in the context, for calls of the function. */
export function optimise(f: Func, cx: PassContext, options: OptimiseOptions = {}): Func {
  if (options.upTo === null) return f
  const done = options.after || options.upTo || options.passes ? undefined : optimisedBy.get(cx)
  const before = done?.get(f)
  if (before !== undefined) return before ?? f
  done?.set(f, null)
  let now = f
  for (const pass of options.passes ?? PASSES) {
    now = runPass(pass, now, cx)
    options.after?.(pass.name, now)
    if (pass.name === options.upTo) break
  }
  done?.set(f, now)
  // The emitter asks again, and does not know the effects of calls.
  rangesOf(now, cx.effectsOfCall)
  return now
}

/** One pass, verified; on a crash the input is verified first, for the mistake may be older. */
function runPass(pass: Pass, f: Func, cx: PassContext): Func {
  let after: Func
  try {
    after = pass.run(f, cx)
  } catch (error) {
    assertWellFormed(f, cx.module, `what came before the pass \`${pass.name}\``, { open: true })
    const wrapped =
      error instanceof InternalError ? error : new InternalError(`the pass \`${pass.name}\` failed on ${f.label}: ${String(error)}`)
    wrapped.attachments.push({ title: `IR of ${f.label} before ${pass.name}`, text: printFunc(f) })
    throw wrapped
  }
  if (cx.verify && after !== f) {
    try {
      assertWellFormed(after, cx.module, `the pass \`${pass.name}\``, { open: true })
    } catch (error) {
      if (error instanceof InternalError) error.attachments.push({ title: `IR of ${f.label} before ${pass.name}`, text: printFunc(f) })
      throw error
    }
  }
  return after
}
