/** The run of a pass from which on a call fails, or gives something else: the passes run up to a number, and that is halved. */
import type { Func } from '../3-ir/ir.ts'
import type { Pass } from '../5-passes/pass.ts'

export interface PassRun {
  readonly pass: string
  /** Label of the function. */
  readonly of: string
  /** Counted from the first pass of the program, and of how many. */
  readonly number: number
  readonly total: number
  readonly before: Func
  /** Null when the pass did not come to an end. */
  readonly after: Func | null
}

interface Counted {
  readonly passes: readonly Pass[]
  readonly count: () => number
  readonly last: () => { readonly pass: string; readonly func: Func; readonly after: Func | null } | null
}

/** Passes that do nothing after `limit` runs of them all. */
function counted(passes: readonly Pass[], limit: number): Counted {
  let count = 0
  let last: { pass: string; func: Func; after: Func | null } | null = null
  const run =
    (pass: Pass): Pass['run'] =>
    (f, cx) => {
      count += 1
      if (count > limit) return f
      const own = { pass: pass.name, func: f, after: null as Func | null }
      if (count === limit) last = own
      const after = pass.run(f, cx)
      own.after = after
      return after
    }
  return { passes: passes.map(pass => ({ name: pass.name, run: run(pass) })), count: () => count, last: () => last }
}

/** `isBad` runs the call with these passes; null when it is bad without any pass, or good with all. */
export function bisect(passes: readonly Pass[], isBad: (passes: readonly Pass[]) => boolean): PassRun | null {
  if (isBad(counted(passes, 0).passes)) return null
  const all = counted(passes, Number.POSITIVE_INFINITY)
  if (!isBad(all.passes)) return null
  let good = 0
  let bad = all.count()
  while (bad - good > 1) {
    const middle = (good + bad) >> 1
    if (isBad(counted(passes, middle).passes)) bad = middle
    else good = middle
  }
  const final = counted(passes, bad)
  isBad(final.passes)
  const last = final.last()
  if (!last) return null
  return {
    pass: last.pass,
    of: last.func.label,
    number: bad,
    total: all.count(),
    before: last.func,
    after: last.after,
  }
}
