/** Every program that one patch makes of the smallest one, with its verdict: what "minimal" means, and the nearest program that works. */
import type { Edit, Program } from './language.ts'
import { patch as newPatch, type Patch, replace } from './patch.ts'
import type { Answer, Problem } from './problem.ts'
import { sideBySide } from './side-by-side.ts'

export interface Neighbour {
  readonly edit: string
  readonly about: string
  readonly text: string
  readonly answer: Answer
}

/** All lighter neighbours. Most were run before, so this takes few runs. */
export async function neighboursOf<P extends Program>(problem: Problem<P>, edits: readonly Edit<P>[]): Promise<Neighbour[]> {
  const patches: { readonly edit: Edit<P>; readonly patch: Patch }[] = []
  for (const edit of edits) for (const patch of await edit.patches(problem.current.program, problem.originOf)) patches.push({ edit, patch })
  const found = await sideBySide(
    patches,
    problem.options.jobs,
    ({ edit, patch }) => oneNeighbour(problem, edit.id, patch, edit.list === 'pump'),
    () => problem.isStopped,
  )
  return found.filter(neighbour => neighbour !== null)
}

async function oneNeighbour<P extends Program>(
  problem: Problem<P>,
  edit: string,
  patch: Patch,
  mayGrow: boolean,
): Promise<Neighbour | null> {
  const traced = problem.candidate([patch], mayGrow)
  if (!traced) return null
  return { edit, about: patch.about, text: traced.program.text, answer: await problem.run(traced) }
}

/** How many characters differ between two texts that share a beginning and an end. */
function distance(a: string, b: string): number {
  let start = 0
  while (start < a.length && a[start] === b[start]) start++
  let end = 0
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++
  return Math.max(a.length, b.length) - start - end
}

/** The neighbour that passes and differs least. */
export function nearestPassing(program: Program, neighbours: readonly Neighbour[]): Neighbour | null {
  const passing = neighbours.filter(n => n.answer.kind === 'pass')
  const far = (n: Neighbour) => distance(program.text, n.text)
  return passing.reduce<Neighbour | null>((best, n) => (best === null || far(n) < far(best) ? n : best), null)
}

/** A piece of the program that may be anything. */
export interface Free {
  /** 1-based line of the program. */
  readonly line: number
  readonly was: string
  /** What it is called where the line has it more than once: `0.0 (the 2nd of 3)`. */
  readonly name: string
  readonly tried: readonly string[]
}

/** Something that can be varied: where it stands, and what else it might be. */
export interface Variation {
  readonly start: number
  readonly end: number
  readonly others: readonly string[]
}

interface Explained {
  readonly free: readonly Free[]
  readonly met: readonly Neighbour[]
}

/** How often all that may be free is varied together, before parts of it are tried. */
const TOGETHER = 2

/** Which variations never matter. Those that do may have met a program that passes, which is told as well. */
export async function explain<P extends Program>(
  problem: Problem<P>,
  variations: readonly Variation[],
  neighbours: readonly Neighbour[],
): Promise<Explained> {
  const { text } = problem.current.program
  // A neighbour that differs here alone may have shown already that it matters.
  const matters = ({ start, end }: Variation) =>
    neighbours.some(n => {
      const isHere = n.text.startsWith(text.slice(0, start)) && n.text.endsWith(text.slice(end))
      return isHere && n.answer.kind !== 'same' && n.answer.kind !== 'not run'
    })
  const met: Neighbour[] = []
  const isSame = async (some: readonly Variation[], turn: number): Promise<boolean> => {
    const changes = some.map(({ start, end, others }) => replace({ start, end }, others[turn % others.length]!))
    const about = some.map(({ start, end, others }) => `${others[turn % others.length]} for ${text.slice(start, end)}`).join(', ')
    const neighbour = await oneNeighbour(problem, 'vary', newPatch(about, ...changes), true)
    if (neighbour) met.push(neighbour)
    return neighbour?.answer.kind === 'same'
  }
  /** Halves what does not hold together, so that few free numbers among many cost few runs. */
  const freeOf = async (some: readonly Variation[]): Promise<readonly Variation[]> => {
    if (some.length === 0 || problem.isStopped) return []
    let turn = 0
    while (turn < TOGETHER && (await isSame(some, turn))) turn++
    if (turn === TOGETHER) return some
    if (some.length === 1) return []
    const middle = some.length >> 1
    return [...(await freeOf(some.slice(0, middle))), ...(await freeOf(some.slice(middle)))]
  }
  const found = await freeOf(variations.filter(v => v.others.length > 0 && !matters(v)))
  const free = found.map(({ start, end, others }) => {
    const was = text.slice(start, end)
    const line = text.slice(0, start).split('\n').length
    // Beside those that matter, one that does not has to be told from them.
    const alike = variations.filter(v => text.slice(v.start, v.end) === was && text.slice(0, v.start).split('\n').length === line)
    const isAlone = alike.every(v => found.includes(v))
    const name = isAlone ? was : `${was} (the ${ordinal(alike.findIndex(v => v.start === start) + 1)} of ${alike.length})`
    return { line, was, name, tried: others }
  })
  return { free, met }
}

function ordinal(n: number): string {
  return `${n}${n % 100 > 10 && n % 100 < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th')}`
}

/** The program with a remark behind each line that has something free in it; `mark` begins a remark. */
export function withRemarks(text: string, free: readonly Free[], mark: string): string {
  const lines = text.split('\n')
  for (const [i, line] of lines.entries()) {
    const here = [...new Set(free.filter(f => f.line === i + 1).map(f => f.name))]
    if (here.length > 0) lines[i] = `${line}  ${mark} any other number does for ${here.join(', ')}`
  }
  return lines.join('\n')
}
