/** A session pasted from Julia's prompt: what was typed is the program, the rest is what it answered. */
import { readJulia } from './reading.ts'

const PROMPT = /^\s*julia> ?/
/** Prompts of the other modes, and of other programs. */
const OTHER = /^\s*(?:\([^)]*\) )?(?:pkg|shell|help\?|\w+)> |^\s*(?:In|Out)\s*\[\d+\]:|^\$ /

export interface SessionText {
  readonly program: string
  /** Lines that were not typed, or not at Julia's prompt. */
  readonly dropped: readonly string[]
}

export function isSession(lines: readonly string[]): boolean {
  return lines.some(line => PROMPT.test(line))
}

/** A statement goes on until it is complete; its later lines are indented by as much as the prompt is wide. */
export function sessionText(lines: readonly string[]): SessionText {
  const program: string[] = []
  const dropped: string[] = []
  for (let at = 0; at < lines.length; at++) {
    const prompt = PROMPT.exec(lines[at]!)
    if (!prompt) {
      if (lines[at]!.trim() !== '') dropped.push(lines[at]!)
      continue
    }
    const typed = [lines[at]!.slice(prompt[0].length)]
    const isMore = (line: string | undefined): line is string => line !== undefined && !PROMPT.test(line) && !OTHER.test(line)
    while (readJulia(typed.join('\n')).kind === 'incomplete' && isMore(lines[at + 1])) {
      at++
      typed.push(withoutIndent(lines[at]!, prompt[0].length))
    }
    program.push(...typed)
  }
  return { program: program.join('\n'), dropped }
}

function withoutIndent(line: string, columns: number): string {
  const spaces = /^ */.exec(line)![0].length
  return line.slice(Math.min(columns, spaces))
}
