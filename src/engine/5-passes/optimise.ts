/** Runs the passes over one function, and says which one broke it if one did. */
import { InternalError } from '../../diagnostics/bug.ts'
import { effectsOfCalls } from '../3-ir/effects.ts'
import type { Func, Module } from '../3-ir/ir.ts'
import { printFunc } from '../3-ir/print.ts'
import { during } from '../3-ir/step.ts'
import { assertWellFormed } from '../3-ir/verify.ts'
import { forEachInst, sizeOf } from '../3-ir/visit.ts'
import { type Content, contentsOf } from './contents.ts'
import type { Pass, PassContext } from './pass.ts'
import { PASSES } from './passes.ts'

export interface ContextOptions extends Partial<Pick<PassContext, 'passes' | 'verify' | 'inlineDerived' | 'keepsCalls'>> {
  /** A context without inlining of derived functions, whose results this one starts from. */
  readonly before?: PassContext
}

/** What was made of functions in a context; `null` while it is being made. */
interface Made {
  readonly inlined: WeakMap<Func, Func | null>
  readonly optimised: WeakMap<Func, Func | null>
  readonly before: PassContext | null
}

const madeBy = new WeakMap<PassContext, Made>()

/** Instructions up to which it costs less to simplify a function in each of its callers than by itself. */
const TINY = 12

export function passContext(module: Module, options: ContextOptions = {}): PassContext {
  const made: Made = { inlined: new WeakMap(), optimised: new WeakMap(), before: options.before ?? null }
  const cx: PassContext = {
    module,
    passes: options.passes ?? PASSES,
    effectsOfCall: effectsOfCalls(module),
    callee: name => {
      const f = module.funcs.get(name)
      if (!f) return null
      const inlined = made.optimised.get(f) ?? withInlined(f, cx, made)
      return sizeOf(inlined.body) <= TINY ? inlined : optimise(f, cx)
    },
    verify: options.verify ?? false,
    inlineDerived: options.inlineDerived ?? false,
    keepsCalls: options.keepsCalls ?? (() => false),
  }
  madeBy.set(cx, made)
  return cx
}

/** What `make` gives, made once for each function; the function itself for one that is being made. */
function once(known: WeakMap<Func, Func | null>, f: Func, make: () => Func): Func {
  const before = known.get(f)
  if (before !== undefined) return before ?? f
  known.set(f, null)
  try {
    const now = make()
    known.set(f, now)
    return now
  } catch (error) {
    // Whoever asks again is to meet the same failure.
    known.delete(f)
    throw error
  }
}

/** A function after the first pass alone. */
function withInlined(f: Func, cx: PassContext, made: Made): Func {
  return once(made.inlined, f, () => {
    const start = startOf(f, made, withInlined)
    if (isDone(start, f, cx)) return start
    // What a transform makes is verified where it is made.
    if (cx.verify && start === f && !f.made) assertWellFormed(f, cx.module, 'it was specialised', { open: true })
    return runPass(cx.passes[0]!, start, cx)
  })
}

/** What the context before this one made of a function; not of a derived one that it has not seen, for it may never need it. */
function startOf(f: Func, { before }: Made, step: (f: Func, cx: PassContext, made: Made) => Func): Func {
  if (!before) return f
  const earlier = madeBy.get(before)!
  return f.made ? (earlier.optimised.get(f) ?? f) : step(f, before, earlier)
}

/** The contexts differ in what they do with calls of derived functions alone. */
function isDone(start: Func, f: Func, { module }: PassContext): boolean {
  return start !== f && !callsDerived(start, module)
}

function callsDerived(f: Func, { derived }: Module): boolean {
  let found = false
  forEachInst(f.body, inst => {
    found ||= inst.kind === 'call' && derived.has(inst.callee)
  })
  return found
}

function optimised(f: Func, cx: PassContext, made: Made): Func {
  return once(made.optimised, f, () => {
    const start = startOf(f, made, optimised)
    if (isDone(start, f, cx)) return start
    const inlined = start === f ? withInlined(f, cx, made) : runPass(cx.passes[0]!, start, cx)
    const step = steps(cx)
    return cx.passes.slice(1).reduce((now, pass) => step(pass, now), inlined)
  })
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
  if (!options.after && !options.upTo && !options.passes) return optimised(f, cx, madeBy.get(cx)!)
  let now = f
  const step = steps(cx)
  for (const pass of options.passes ?? cx.passes) {
    now = step(pass, now)
    options.after?.(pass.name, now)
    if (pass.name === options.upTo) break
  }
  return now
}

/** Runs the passes over one function, in order, but for those that have nothing to do. */
function steps(cx: PassContext): (pass: Pass, f: Func) => Func {
  /** What passes may be about; none after inlining makes any of it. */
  let contents: ReadonlySet<Content> | null = null
  /** What each pass made when it ran last. */
  const settled = new Map<Pass['run'], Func>()
  return (pass, f) => {
    if (settled.get(pass.run) === f) return f
    if (pass.about) {
      contents ??= contentsOf(f.body)
      if (!contents.has(pass.about)) return f
    }
    const after = runPass(pass, f, cx)
    settled.set(pass.run, after)
    return after
  }
}

/** One pass, verified; on a crash the input is verified first, for the mistake may be older. */
function runPass(pass: Pass, f: Func, cx: PassContext): Func {
  let after: Func
  try {
    const step = { kind: 'pass', pass: pass.name, inlineDerived: cx.inlineDerived, verify: cx.verify } as const
    after = during(step, f, cx.module, () => pass.run(f, cx))
  } catch (error) {
    if (error instanceof InternalError) {
      assertWellFormed(f, cx.module, `what came before the pass \`${pass.name}\``, { open: true })
      error.attachments.push({ title: `IR of ${f.label} before ${pass.name}`, text: printFunc(f) })
    }
    throw error
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
