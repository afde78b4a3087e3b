/** Tries the patches of one edit: many together, the largest first, halved when they are refused. */
import type { Edit, Program } from './language.ts'
import { areApart, gain, type Patch } from './patch.ts'
import type { Answer, Problem, Traced } from './problem.ts'

/** What an edit came to. */
export interface Tally {
  tried: number
  accepted: number
}

interface Group {
  readonly ids: readonly string[]
}

interface Tried<P extends Program> {
  readonly group: Group
  readonly patches: readonly Patch[]
  readonly traced: Traced<P>
  readonly answer: Answer
}

/** Largest first; of equal ones, the first in the program. */
async function patchesOf<P extends Program>(problem: Problem<P>, edit: Edit<P>): Promise<Map<string, Patch>> {
  const all = [...(await edit.patches(problem.current.program, problem.originOf))]
    .map(p => ({ p, gain: gain(p) }))
    .sort((a, b) => b.gain - a.gain)
  return new Map(all.map(({ p }) => [problem.identity(edit.id, p), p]))
}

interface Grouping {
  readonly size: number
  readonly wanted: number
  /** Patches of one group never touch each other; may those of two? Then only one of the two can be accepted. */
  readonly mayTouch: boolean
}

/** Groups of patches, in order; what finds no place in them waits for a later round. */
function grouped(
  ids: readonly string[],
  patches: ReadonlyMap<string, Patch>,
  { size, wanted, mayTouch }: Grouping,
): { groups: Group[]; rest: string[] } {
  const groups: { readonly ids: string[]; readonly taken: Patch[] }[] = []
  const rest: string[] = []
  for (const id of ids) {
    const one = patches.get(id)
    if (!one) continue
    const isApart = (taken: readonly Patch[]) => taken.every(other => areApart(one, other))
    const mayJoin = mayTouch || groups.every(({ taken }) => isApart(taken))
    const open = groups.find(({ ids: own, taken }) => own.length < size && isApart(taken))
    if (mayJoin && open) {
      open.ids.push(id)
      open.taken.push(one)
    } else if (mayJoin && groups.length < wanted) groups.push({ ids: [id], taken: [one] })
    else rest.push(id)
  }
  return { groups, rest }
}

/**
 * One pass over all patches of an edit but those in `refused`, and over those that come up on the way. True if any was accepted;
 * those that were not are put into `refused`.
 */
export async function sweep<P extends Program>(problem: Problem<P>, edit: Edit<P>, tally: Tally, refused: Set<string>): Promise<boolean> {
  const { jobs } = problem.options
  let patches = await patchesOf(problem, edit)
  let waiting = [...patches.keys()].filter(id => !refused.has(id))
  /** Parts of groups that were refused, to be tried before anything else. */
  let halves: Group[] = []
  let size = edit.together
  /** Where nothing is accepted anyway, it costs nothing to try at once what could only be accepted one by one. */
  let mayTouch = false
  let changed = false
  while (!problem.isStopped) {
    const round: Group[] = []
    while (round.length < jobs && halves.length > 0) round.push(halves.shift()!)
    if (round.length < jobs && waiting.length > 0) {
      const { groups, rest } = grouped(waiting, patches, { size, wanted: jobs - round.length, mayTouch })
      round.push(...groups)
      waiting = rest
    }
    if (round.length === 0) break
    const tried = (await Promise.all(round.map(group => tryGroup(problem, patches, group)))).filter(t => t !== null)
    tally.tried += tried.length
    const good = tried.filter(t => t.answer.kind === 'same')
    for (const { group, answer } of tried) {
      if (answer.kind === 'same') continue
      if (group.ids.length === 1) refused.add(group.ids[0]!)
      else halves.push(...halvesOf(group))
    }
    if (tried.some(t => t.answer.kind !== 'not run')) size = good.length > 0 ? size * 2 : Math.max(1, size >> 1)
    mayTouch = good.length === 0
    if (good.length === 0) continue
    const left = await takeAll(problem, good)
    changed = true
    tally.accepted += good.length - left.length
    halves.unshift(...left)
    patches = await patchesOf(problem, edit)
    const queued = new Set([...waiting, ...halves.flatMap(h => h.ids), ...refused])
    waiting = [...waiting, ...[...patches.keys()].filter(id => !queued.has(id))]
    halves = halves.filter(h => h.ids.some(id => patches.has(id)))
  }
  return changed
}

function halvesOf({ ids }: Group): Group[] {
  const middle = (ids.length + 1) >> 1
  return [{ ids: ids.slice(0, middle) }, { ids: ids.slice(middle) }]
}

/** Null when nothing is left of the group, or nothing that could be run. */
async function tryGroup<P extends Program>(problem: Problem<P>, all: ReadonlyMap<string, Patch>, group: Group): Promise<Tried<P> | null> {
  const patches: Patch[] = []
  for (const id of group.ids) {
    const one = all.get(id)
    if (one && patches.every(other => areApart(one, other))) patches.push(one)
  }
  if (patches.length === 0) return null
  const traced = problem.candidate(patches)
  const answer: Answer = traced ? await problem.run(traced) : { kind: 'not run', why: 'not a smaller program' }
  return { group, patches, traced: traced ?? problem.current, answer }
}

/** Accepts what was found to be good at the same time: all of it if that is good as well, else the lightest. Gives what was not accepted. */
async function takeAll<P extends Program>(problem: Problem<P>, good: readonly Tried<P>[]): Promise<Group[]> {
  const best = good.reduce((a, b) => (b.traced.program.text.length < a.traced.program.text.length ? b : a))
  if (good.length > 1) {
    const apart: Patch[] = []
    for (const { patches } of good) apart.push(...patches.filter(p => apart.every(other => areApart(p, other))))
    const merged = apart.length > best.patches.length ? problem.candidate(apart) : null
    if (merged && (await problem.run(merged)).kind === 'same') {
      problem.accept(merged)
      return []
    }
  }
  problem.accept(best.traced)
  return good.filter(t => t !== best).map(t => t.group)
}
