/** `adrepro mutate`: how many planted faults the cases notice, and how many `blame` finds at their place. */
import { availableParallelism } from 'node:os'
import { diagnosticJson, type Json, jsonText } from '../diagnostics/as-json.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { diagnostic } from '../diagnostics/report.ts'
import { visibleLine } from '../diagnostics/visible.ts'
import { type Fault, faults } from '../engine/index.ts'
import { guardingChildren } from '../repro/child.ts'
import { type Mutant, mutate as tryAll } from '../repro/mutate/mutate.ts'
import { readCases } from './suite.ts'
import type { Terminal } from './terminal.ts'

interface MutateArgs {
  readonly paths: readonly string[]
  readonly filter?: string
  readonly sample?: number
  readonly seed: number
  readonly jobs?: number
  readonly timeout: number
  readonly json: boolean
}

export async function mutate(args: MutateArgs, terminal: Terminal): Promise<number> {
  const all = [...faults().values()].filter(({ id }) => !args.filter || id.includes(args.filter))
  const chosen = args.sample === undefined ? all : sampled(all, args.sample, args.seed)
  if (chosen.length === 0) return refuse([diagnostic('parse', 'cli.bad-usage', { why: 'There is no such fault' }, null)], args, terminal)
  const { cases, problems } = readCases(args.paths)
  if (problems.length > 0) return refuse(problems, args, terminal)
  const done: Mutant[] = []
  const mutants = await guardingChildren(() =>
    tryAll(chosen, cases, {
      jobs: Math.max(1, Math.floor(args.jobs ?? availableParallelism())),
      seconds: args.timeout,
      onMutant: mutant => {
        done.push(mutant)
        terminal.progress(
          `${done.length}/${chosen.length} · ${done.filter(isNoticed).length} noticed · ${done.filter(isFound).length} found`,
        )
      },
    }),
  )
  terminal.progress(null)
  const exit = mutants.every(isNoticed) ? 0 : 1
  if (args.json) terminal.out(`${jsonText({ mutants: mutants.map(mutantJson), ...countsOf(mutants), exit })}\n`)
  else terminal.out(textOf(mutants))
  return exit
}

/** Taken at equal distances, so that every kind is among them; the seed says where to begin. */
function sampled(all: readonly Fault[], count: number, seed: number): Fault[] {
  const size = Math.min(Math.max(1, Math.floor(count)), all.length)
  const step = all.length / size
  return Array.from({ length: size }, (_, i) => all[Math.floor(i * step + ((seed * 0.618_034) % 1) * step) % all.length]!)
}

function isNoticed({ noticed, byItself }: Mutant): boolean {
  return noticed !== null || byItself
}

function isFound({ found }: Mutant): boolean {
  return found?.isRight ?? false
}

function countsOf(mutants: readonly Mutant[]) {
  return {
    planted: mutants.length,
    byCases: mutants.filter(({ noticed }) => noticed !== null).length,
    byRules: mutants.filter(({ byItself }) => byItself).length,
    noticed: mutants.filter(isNoticed).length,
    blamed: mutants.filter(({ found }) => found !== null).length,
    found: mutants.filter(isFound).length,
  }
}

function mutantJson({ fault, noticed, byItself, found, seconds }: Mutant): Json {
  return {
    fault: fault.id,
    about: fault.about,
    noticed: noticed && { ...noticed },
    byRules: byItself,
    blamed: found && { ...found },
    seconds,
  }
}

function textOf(mutants: readonly Mutant[]): string {
  const { planted, byCases, byRules, noticed, blamed, found } = countsOf(mutants)
  const share = (n: number, of: number): string => `${n} of ${of} (${of === 0 ? 100 : Math.floor((100 * n) / of)} %)`
  const survivors = mutants.filter(mutant => mutant.noticed === null)
  const missed = mutants.filter(mutant => mutant.noticed !== null && !isFound(mutant))
  const lines = [
    `${share(noticed, planted)} of the planted faults were noticed: ${byCases} by cases, ${byRules} by the rules alone.`,
    `${share(found, blamed)} of those that blame looked at were found at their place.`,
    ...section(
      'No case notices',
      survivors,
      ({ fault, byItself }) => `${fault.id}  ${fault.about}${byItself ? '  (the rules alone do)' : ''}`,
    ),
    ...section(
      'Not found at their place',
      missed,
      ({ fault, noticed: by, found: at }) =>
        `${fault.id}  ${by!.file}: ${by!.call ?? 'the program'}  →  ${at ? `${at.kind} ${at.what}` : 'no answer'}`,
    ),
  ]
  return `${lines.map(visibleLine).join('\n')}\n`
}

function section(title: string, mutants: readonly Mutant[], line: (mutant: Mutant) => string): string[] {
  return mutants.length === 0 ? [] : ['', `${title}:`, ...mutants.map(mutant => `  ${line(mutant)}`)]
}

function refuse(problems: readonly Diagnostic[], args: MutateArgs, terminal: Terminal): number {
  if (args.json) terminal.out(`${jsonText({ mutants: [], problems: problems.map(diagnosticJson), exit: 2 })}\n`)
  else for (const problem of problems) terminal.tell(problem)
  return 2
}
