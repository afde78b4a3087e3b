/** Which processes a command line will need, by a look at it and at its first file, before either is read in earnest. */
import { readFileSync, statSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { EarlyChildren, type Kind } from '../repro/early-children.ts'
import { ENGINE_NAMES, type EngineName, isEngine } from '../repro/engines/table.ts'
import type { Purpose } from '../repro/image.ts'
import { CASE_MEGABYTES, EXEC_MEGABYTES } from '../repro/limits.ts'

/** What is started for a command: one process for its program, or one for each of the first jobs of a suite. */
type Early = 'program' | 'case' | 'suite'

export const EARLY: Readonly<Record<string, Early>> = { exec: 'program', gate: 'suite', reduce: 'case', run: 'suite' }

/** Bytes of a file that are looked at for names of engines: a header comes first. */
const LONGEST_LOOK = 1 << 20

function textOf(path: string): string {
  try {
    const stat = statSync(path)
    return stat.isFile() && stat.size <= LONGEST_LOOK ? readFileSync(path, 'utf8') : ''
  } catch {
    return ''
  }
}

/** Engines of the first jobs: those that the file names, or for a folder the engine that all cases are run on. */
function enginesOf(paths: readonly string[]): EngineName[] {
  if (paths.length !== 1) return ['builtin', 'builtin']
  const text = textOf(paths[0]!)
  return text === '' ? ['builtin', 'builtin'] : ENGINE_NAMES.filter(name => name === 'builtin' || text.includes(name))
}

/** A program that names no package of derivatives finds none, as far as can be seen. */
function purposeOf(text: string): Purpose {
  return /Enzyme|Zygote|Diff/.test(text) ? 'derivatives' : 'plain'
}

/** The processes that the command will need, at most one a processor. */
export function earlyKinds([command = '', ...words]: readonly string[], processors: number): Kind[] {
  const early = EARLY[command]
  if (early === undefined || words.length === 0 || words.includes('--help') || words.includes('--memory')) return []
  const megabytes = early === 'program' ? EXEC_MEGABYTES : CASE_MEGABYTES
  const named = words.filter(isEngine)
  const paths = words.filter(word => !word.startsWith('-') && !isEngine(word))
  const engines = named.length > 0 ? named : early === 'suite' ? enginesOf(paths) : (['builtin'] as const)
  const most = early === 'suite' && !words.includes('--jobs') ? processors : 1
  const purpose = early === 'program' && paths.length > 0 ? purposeOf(textOf(paths[0]!)) : 'derivatives'
  return engines.slice(0, most).map(engine => ({ engine, megabytes, purpose }))
}

/** What is not taken is discarded, so a wrong guess costs time and nothing else. */
export function startEarly(argv: readonly string[]): EarlyChildren {
  return new EarlyChildren(earlyKinds(argv, availableParallelism()))
}
