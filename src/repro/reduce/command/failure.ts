/** What "the same failure" means for a command: how it ended, and the last error that it told. */
import type { CommandEnd, How } from './run-command.ts'

export interface CommandTarget {
  readonly how: How | null
  /** Null: it tells no error, or how it ended is enough. */
  readonly error: string | null
  /** In place of both. */
  readonly match: RegExp | null
}

/** How shells say that what they started ended by a signal. */
const SIGNAL_CODES = 128

/** A line that names an error, as languages print them: `ValueError: …`, `error[E0308]: …`, `ERROR: …`, `thread 'main' panicked at …`. */
const ERROR_LINE =
  /(?:^|[\s.:])(?:(?:[A-Z]\w*)?(?:Error|Exception|Failure|Warning|Interrupt)\b|(?:fatal |internal |runtime |compiler )?error\b|ERROR\b|panicked\b|Assertion\b|assertion\b|Segmentation fault|terminate called|what\(\):|FAILED?\b|Unreachable|LLVM ERROR)/

/** Places, numbers, addresses and temporary names out of a line: they change while a program is reduced. */
export function normalised(line: string): string {
  return line
    .replace(/\x1b\[[0-9;]*[A-Za-z]/g, '')
    .replace(/(?:[A-Za-z]:)?(?:[\w.@~+-]*[/\\])+[\w.@~+-]+(?::\d+)*/g, 'PATH')
    .replace(/\b0x[0-9a-fA-F]+\b/g, '0')
    .replace(/(?<![\p{L}\p{N}_])-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/gu, '0')
    .replace(/\s+/g, ' ')
    .trim()
}

/** The last line that names an error, of standard error if it has one; else the last line of standard error. */
export function lastError({ output, errors }: CommandEnd): string | null {
  for (const text of [errors, output]) {
    const line = text.split('\n').findLast(l => ERROR_LINE.test(l))
    if (line !== undefined) return normalised(line)
  }
  const last = errors.split('\n').findLast(l => l.trim() !== '')
  return last === undefined ? null : normalised(last)
}

function howText(how: How): string {
  switch (how.kind) {
    case 'exit':
      return how.code > SIGNAL_CODES ? `exit ${how.code} (signal ${how.code - SIGNAL_CODES})` : `exit ${how.code}`
    case 'signal':
      return how.signal
    case 'timeout':
      return 'time-out'
  }
}

export function isFailure({ how }: CommandEnd): boolean {
  return how.kind !== 'exit' || how.code !== 0
}

/** What the first run showed. */
export function targetOf(end: CommandEnd, match: RegExp | null): CommandTarget {
  if (match) return { how: null, error: null, match }
  return { how: end.how, error: end.how.kind === 'timeout' ? null : lastError(end), match: null }
}

export function targetText({ how, error, match }: CommandTarget): string {
  if (match) return `output that matches ${match}`
  return `${how ? howText(how) : 'any end'}${error === null ? '' : `: ${error}`}`
}

export function endText(end: CommandEnd): string {
  return targetText(targetOf(end, null))
}

export function isSame(end: CommandEnd, target: CommandTarget): boolean {
  if (target.match) return target.match.test(end.output)
  return howText(end.how) === howText(target.how!) && (target.error === null || lastError(end) === target.error)
}
