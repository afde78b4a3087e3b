/** In which order edits are tried, and when that ends. */
import { type Edit, isLighter, type List, type Program } from './language.ts'
import type { Problem } from './problem.ts'
import { sweep, type Tally } from './search.ts'

/** What each edit came to, by its name. */
export type Tallies = Map<string, Tally>

export interface ScheduleOptions {
  /** The edit that is being tried. */
  readonly onEdit: (id: string) => void
}

/** A pump that has not paid after this many runs is taken back. */
const RUNS_OF_A_PUMP = 60

/** Ends when no edit applies, or when the problem is stopped; true in the first case. */
export async function reduceAll<P extends Program>(
  problem: Problem<P>,
  edits: readonly Edit<P>[],
  tallies: Tallies,
  options: ScheduleOptions,
): Promise<boolean> {
  const tallyOf = (edit: Edit<P>): Tally => {
    const tally = tallies.get(edit.id) ?? { tried: 0, accepted: 0 }
    tallies.set(edit.id, tally)
    return tally
  }
  /** With a fresh set of refused patches every one is tried; with that of an earlier pass, only those that are new since then. */
  const pass = async (list: List, refused = new Set<string>()): Promise<boolean> => {
    let changed = false
    for (const edit of edits.filter(e => e.list === list)) {
      if (problem.isStopped) return changed
      options.onEdit(edit.id)
      if (await sweep(problem, edit, tallyOf(edit), refused)) changed = true
    }
    return changed
  }
  const settle = async (): Promise<void> => {
    do {
      let refused: Set<string>
      do {
        refused = new Set()
        if (!(await pass('main', refused))) break
        // What was refused in a larger program is most often refused in a smaller one, so it is tried again at the end only.
        while (!problem.isStopped && (await pass('main', refused)));
      } while (!problem.isStopped)
    } while (!problem.isStopped && (await pass('last')))
  }
  await pass('first')
  await settle()
  for (let paid = true; paid && !problem.isStopped; ) {
    paid = false
    for (const edit of edits.filter(e => e.list === 'pump')) {
      options.onEdit(edit.id)
      if (await pump(problem, edit, tallyOf(edit), settle)) paid = true
    }
  }
  return !problem.isStopped
}

/** Makes the program larger in one way after the other, and keeps that only if what follows makes it smaller than it was. */
async function pump<P extends Program>(problem: Problem<P>, edit: Edit<P>, tally: Tally, settle: () => Promise<void>): Promise<boolean> {
  const before = problem.current
  for (const patch of [...(await edit.patches(before.program, problem.originOf))]) {
    if (problem.isStopped) return false
    const larger = problem.candidate([patch], true)
    if (!larger || (await problem.run(larger)).kind !== 'same') continue
    tally.tried++
    problem.accept(larger)
    await problem.within(RUNS_OF_A_PUMP, settle)
    if (isLighter(problem.current.program, before.program)) {
      tally.accepted++
      return true
    }
    problem.current = before
  }
  return false
}
