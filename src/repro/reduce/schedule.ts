/** In which order edits are tried, and when that ends. */
import type { Edit, List, Program } from './language.ts'
import type { Problem } from './problem.ts'
import { sweep, type Tally } from './search.ts'

/** What each edit came to, by its name. */
export type Tallies = Map<string, Tally>

export interface ScheduleOptions {
  /** The edit that is being tried. */
  readonly onEdit: (id: string) => void
}

/** Ends when no edit applies, or when the problem is stopped; true in the first case. */
export async function reduceAll<P extends Program>(
  problem: Problem<P>,
  edits: readonly Edit<P>[],
  tallies: Tallies,
  options: ScheduleOptions,
): Promise<boolean> {
  const pass = async (list: List): Promise<boolean> => {
    let changed = false
    for (const edit of edits.filter(e => e.list === list)) {
      if (problem.isStopped) return changed
      options.onEdit(edit.id)
      const tally = tallies.get(edit.id) ?? { tried: 0, accepted: 0 }
      tallies.set(edit.id, tally)
      if (await sweep(problem, edit, tally)) changed = true
    }
    return changed
  }
  await pass('first')
  do {
    let changed = true
    while (changed && !problem.isStopped) changed = await pass('main')
  } while (!problem.isStopped && (await pass('last')))
  return !problem.isStopped
}
