/** A session with a program loaded; fails the test when the program does. */
import { createSession, type Session } from '../../src/engine/index.ts'

export function sessionOf(text: string): Session {
  const session = createSession({ profile: 'none', write: () => {}, verbose: false })
  const { failure } = session.load({ name: 'program.jl', text })
  if (failure !== null) throw new Error(`${failure.code}: ${failure.message}`)
  return session
}

/** Names and messages of the tests of a program that did not pass. Each line that starts with `@test` must have been run once. */
export function unpassed(text: string): readonly string[] {
  const tests = sessionOf(text).tests()
  const written = text.split('\n').filter(line => line.startsWith('@test')).length
  if (tests.length !== written) throw new Error(`${written} tests are written, ${tests.length} were run`)
  return tests.filter(t => t.status !== 'pass').map(t => `${t.status} ${t.name}: ${t.message}`)
}
