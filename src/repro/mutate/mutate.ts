/** Plants each fault in turn, and counts how many are noticed by the cases and by the rules alone, and how many `blame` finds at their place. */
import { type Fault, mayNotice } from '../../engine/index.ts'
import type { CaseFile } from '../case-file.ts'
import { type Answered, MutantChild } from './child.ts'
import type { Baseline, Found, Noticed } from './mutant.ts'
import type { MutantAnswers } from './protocol.ts'

export interface Mutant {
  readonly fault: Fault
  readonly noticed: Noticed | null
  /** Noticed by the audit of the rules, without a program. */
  readonly byItself: boolean
  /** Null when nobody noticed it, or `blame` came to no end. */
  readonly found: Found | null
  readonly seconds: number
}

export interface MutateOptions {
  readonly jobs: number
  /** For a case under a fault; `blame` has three times as long. */
  readonly seconds: number
  readonly onMutant: (mutant: Mutant) => void
}

/** The order in which cases are tried: the quick ones first. */
function candidates(fault: Fault, files: ReadonlyMap<string, CaseFile>, baselines: readonly Baseline[]) {
  return baselines
    .filter(({ touched, passing }) => passing.length > 0 && mayNotice(fault, new Set(touched)))
    .sort((a, b) => a.seconds - b.seconds)
    .map(({ file, passing }) => ({ file: files.get(file)!, passing }))
}

/** Runs `work` on each item, in so many lanes. */
async function inLanes<T>(items: readonly T[], jobs: number, work: (item: T, child: MutantChild) => Promise<void>): Promise<void> {
  let next = 0
  const lane = async (): Promise<void> => {
    const child = new MutantChild()
    try {
      for (let i = next++; i < items.length; i = next++) await work(items[i]!, child)
    } finally {
      child.close()
    }
  }
  await Promise.all(Array.from({ length: Math.max(1, Math.min(jobs, items.length)) }, lane))
}

function answerOf<K extends keyof MutantAnswers>(answered: Answered<K>): MutantAnswers[K] | null {
  return answered.kind === 'answer' ? answered.answer : null
}

export async function mutate(faults: readonly Fault[], cases: readonly CaseFile[], options: MutateOptions): Promise<Mutant[]> {
  const files = new Map(cases.map(file => [file.source.name, file]))
  const baselines: Baseline[] = []
  await inLanes(cases, options.jobs, async (file, child) => {
    const baseline = answerOf(await child.ask<'baseline'>({ kind: 'baseline', file }, options.seconds))
    if (baseline) baselines.push(baseline)
  })
  const mutants = new Map<string, Mutant>()
  await inLanes(faults, options.jobs, async (fault, child) => {
    const mutant = await tryFault(fault, candidates(fault, files, baselines), files, child, options.seconds)
    mutants.set(fault.id, mutant)
    options.onMutant(mutant)
  })
  return faults.map(({ id }) => mutants.get(id)!)
}

async function tryFault(
  fault: Fault,
  cases: ReturnType<typeof candidates>,
  files: ReadonlyMap<string, CaseFile>,
  child: MutantChild,
  seconds: number,
): Promise<Mutant> {
  const begun = performance.now()
  const byItself = answerOf(await child.ask<'by-itself'>({ kind: 'by-itself', fault: fault.id }, seconds)) ?? false
  let noticed: Noticed | null = null
  for (const { file, passing } of cases) {
    const asked = await child.ask<'notice'>({ kind: 'notice', fault: fault.id, file, passing }, seconds)
    // A program that does not come to its end is noticed as well.
    noticed = asked.kind === 'answer' ? asked.answer : { file: file.source.name, call: null, signature: `run/${asked.kind}` }
    if (noticed) break
  }
  const file = noticed && files.get(noticed.file)
  const found = file ? answerOf(await child.ask<'blame'>({ kind: 'blame', fault: fault.id, file, call: noticed!.call }, 3 * seconds)) : null
  return { fault, noticed, byItself, found, seconds: (performance.now() - begun) / 1000 }
}
