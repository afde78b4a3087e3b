/** For the tests of Base: Julia expressions and how Julia shows their values. */
import { expect, it } from 'vitest'
import { createSession, type Session } from '../index.ts'

/** One session for a file of tests: an expression leaves nothing behind. */
export function newSession(program = ''): Session {
  const session = createSession({ profile: 'none', write: () => undefined, verbose: false })
  const { failure } = session.load({ name: 'test.jl', text: program })
  if (failure) throw new Error(failure.message)
  return session
}

/** What Julia shows for the value, or `!` and the beginning of the error's message. */
export function shown(session: Session, expression: string): string {
  const result = session.evaluate({ name: 'test.jl', text: expression })
  return result.kind === 'value' ? result.value.shown : `!${result.diagnostic.message}`
}

/** A test for each line `expression => what it shows`. */
export function shows(session: () => Session, lines: string): void {
  for (const line of lines.split('\n').filter(l => !/^\s*(#|$)/.test(l))) {
    const at = line.lastIndexOf(' => ')
    if (at < 0) throw new Error(`this row does not say what is expected: ${line}`)
    const [expression, expected] = [line.slice(0, at).trim(), line.slice(at + 4).trim()]
    it(expression, () => {
      const found = shown(session(), expression)
      if (expected.startsWith('!')) expect(found.slice(0, expected.length)).toBe(expected)
      else expect(found).toBe(expected)
    })
  }
}
