/** What `reduce` says, to people and to programs, whatever it reduced by. */
import { join } from 'node:path'
import { diagnosticJson, type Json, jsonText } from '../diagnostics/as-json.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { visibleLine } from '../diagnostics/visible.ts'
import { interval, type Rate } from '../repro/reduce/flaky.ts'
import type { Program } from '../repro/reduce/language.ts'
import type { Progress, Searched } from '../repro/reduce/reduction.ts'
import { writeResult } from './files.ts'
import type { Terminal } from './terminal.ts'

export function count(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? '' : 's'}`
}

export function progressText({ statements, characters, counts, slips, edit }: Progress, seconds: number): string {
  const others = slips > 0 ? ` · ${count(slips, 'other failure')}` : ''
  return `${count(statements, 'statement')}, ${characters} characters · ${count(counts.runs, 'run')}${others} · ${edit} · ${seconds.toFixed(1)} s`
}

/** In which sense the result is minimal. */
export function minimality({ minimal, counts }: Pick<Searched<Program>, 'minimal' | 'counts'>): string {
  if (!minimal) return 'stopped before it was minimal'
  return counts.timeouts > 0
    ? `minimal: no single edit applies, but ${count(counts.timeouts, 'candidate')} took too long to tell`
    : 'minimal: no single edit applies'
}

/** Kinds of other failures that are told; all are kept by `--keep-slips`. */
const SHOWN_SLIPS = 5

function slipLines({ slips }: Pick<Searched<Program>, 'slips'>): string[] {
  const often = [...slips].sort((a, b) => b.seen - a.seen)
  const shown = often.slice(0, SHOWN_SLIPS)
  const more = often.length - shown.length
  return [
    ...shown.map(s => `another failure, ${s.seen === 1 ? 'once' : `${s.seen} times`}: ${visibleLine(s.signature)}`),
    ...(more > 0 ? [`${count(more, 'more kind')} of failure; --keep-slips FOLDER keeps them`] : []),
  ]
}

/** Lines that only one of two texts has. */
function differenceText(failing: string, passing: string): string[] {
  const [a, b] = [failing.trimEnd().split('\n'), passing.trimEnd().split('\n')]
  return [
    ...a.filter(line => !b.includes(line)).map(line => `  - ${visibleLine(line)}`),
    ...b.filter(line => !a.includes(line)).map(line => `  + ${visibleLine(line)}`),
  ]
}

export interface Told extends Searched<Program> {
  readonly rate: Rate
}

/** What is said beside the program; `own` comes before the last line, which is the shortest account of all. */
export function summary(reduced: Told, head: string, own: readonly string[], seconds: number): string[] {
  const { before, after, counts, passing, free, resumed, rate } = reduced
  const percent = interval(rate).map(p => `${Math.round(100 * p)} %`)
  return [
    head,
    ...(resumed === null ? [] : [`went on from an earlier run, after ${count(resumed, 'run')} of it`]),
    ...(rate.failed < rate.runs ? [`fails ${rate.failed} of ${rate.runs} times: between ${percent.join(' and ')}`] : []),
    ...slipLines(reduced),
    ...(free.length > 0 ? [`free: ${[...new Set(free.map(f => `${visibleLine(f.name)} in line ${f.line}`))].join(', ')}`] : []),
    ...(passing ? [`passes with ${visibleLine(passing.about)}:`, ...differenceText(after.text, passing.text)] : []),
    minimality(reduced),
    ...own,
    `${count(before.statements, 'statement')} → ${after.statements} in ${count(counts.runs, 'run')}, ${seconds.toFixed(1)} s`,
  ]
}

/** What is told of every reduction, as data. */
export function summaryJson(reduced: Told, output: string, seconds: number): { readonly [key: string]: Json } {
  const { before, after, counts, slips, minimal, tallies, passing, neighbours, resumed, free, rate } = reduced
  return {
    output,
    program: after.text,
    before: { statements: before.statements, characters: before.text.length },
    after: { statements: after.statements, characters: after.text.length },
    minimal,
    runs: counts.runs,
    cached: counts.cached,
    refused: counts.refused,
    timeouts: counts.timeouts,
    free: free.map(({ line, was, name, tried }) => ({ line, was, name, tried: [...tried] })),
    passing: passing && { about: passing.about, text: passing.text },
    neighbours: neighbours.length,
    resumed,
    rate: { failed: rate.failed, runs: rate.runs },
    slips: slips.map(({ signature, message, text, seen }) => ({ signature, message, text, seen })),
    edits: [...tallies].map(([id, { tried, accepted }]) => ({ id, tried, accepted })),
    seconds: Math.round(seconds * 1000) / 1000,
  }
}

export function keepSlips(folder: string, { slips }: Pick<Searched<Program>, 'slips'>, extension: string): Diagnostic | null {
  for (const [i, slip] of slips.entries()) {
    const name = slip.signature
      .replace(/[^A-Za-z0-9.]+/g, '-')
      .replace(/^[-.]+|[-.]+$/g, '')
      .slice(0, 80)
    const unwritten = writeResult(join(folder, `${i + 1}-${name || 'slip'}${extension}`), slip.text)
    if (unwritten) return unwritten
  }
  return null
}

/** Ends with diagnostics alone. */
export function finish(args: { readonly json: boolean }, terminal: Terminal, problems: readonly Diagnostic[], exit: number): number {
  if (args.json) terminal.out(`${jsonText({ problems: problems.map(diagnosticJson), exit })}\n`)
  else for (const problem of problems) terminal.tell(problem)
  return exit
}
