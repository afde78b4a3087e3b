/** Every program that one patch makes of the smallest one, with its verdict: what "minimal" means, and the nearest program that works. */
import type { Edit, Program } from './language.ts'
import { patch as newPatch, type Patch, replace } from './patch.ts'
import type { Answer, Problem } from './problem.ts'

export interface Neighbour {
  readonly edit: string
  readonly about: string
  readonly text: string
  readonly answer: Answer
}

/** All lighter neighbours. Most were run before, so this takes few runs. */
export async function neighboursOf<P extends Program>(problem: Problem<P>, edits: readonly Edit<P>[]): Promise<Neighbour[]> {
  const found: Neighbour[] = []
  for (const edit of edits) {
    for (const patch of await edit.patches(problem.current.program, problem.originOf)) {
      if (problem.isStopped) return found
      const neighbour = await oneNeighbour(problem, edit.id, patch, edit.list === 'pump')
      if (neighbour) found.push(neighbour)
    }
  }
  return found
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
  readonly tried: readonly string[]
}

/** Something that can be varied: where it stands, and what else it might be. */
export interface Variation {
  readonly start: number
  readonly end: number
  readonly others: readonly string[]
}

/** Which variations never matter. Those that do may have met a program that passes, which is told as well. */
export async function explain<P extends Program>(
  problem: Problem<P>,
  variations: readonly Variation[],
  neighbours: readonly Neighbour[],
): Promise<{ readonly free: readonly Free[]; readonly met: readonly Neighbour[] }> {
  const free: Free[] = []
  const met: Neighbour[] = []
  const { text } = problem.current.program
  for (const { start, end, others } of variations) {
    const was = text.slice(start, end)
    // A neighbour that differs here alone may have shown already that it matters.
    const isHere = (n: Neighbour) => n.text.startsWith(text.slice(0, start)) && n.text.endsWith(text.slice(end))
    if (neighbours.some(n => isHere(n) && n.answer.kind !== 'same' && n.answer.kind !== 'not run')) continue
    let isFree = others.length > 0
    for (const other of others) {
      if (problem.isStopped) return { free, met }
      const about = `${other} for ${was}`
      const neighbour = await oneNeighbour(problem, 'vary', newPatch(about, replace({ start, end }, other)), true)
      if (neighbour) met.push(neighbour)
      if (neighbour?.answer.kind === 'same') continue
      isFree = false
      break
    }
    if (isFree) free.push({ line: text.slice(0, start).split('\n').length, was, tried: others })
  }
  return { free, met }
}

/** The program with a remark behind each line that has something free in it. */
export function withRemarks(text: string, free: readonly Free[]): string {
  const lines = text.split('\n')
  for (const [i, line] of lines.entries()) {
    const here = [...new Set(free.filter(f => f.line === i + 1).map(f => f.was))]
    if (here.length > 0) lines[i] = `${line}  # any other number does for ${here.join(', ')}`
  }
  return lines.join('\n')
}
