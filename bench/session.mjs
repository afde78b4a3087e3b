/** Programs in sessions of the built engine; what fails is an error with the engine's message. */
import { createSession } from '../dist/engine/index.js'

export function loaded(name, text, more = {}) {
  const session = createSession({ profile: 'none', write: () => {}, verbose: false, ...more })
  const { failure } = session.load({ name, text })
  if (failure) throw new Error(`${name}: ${failure.message}`)
  return session
}

export function evaluate(session, text) {
  const result = session.evaluate({ name: 'bench', text })
  if (result.kind === 'failure') throw new Error(`${text}: ${result.diagnostic.message}`)
  return result.value
}
