/** The process in which one program runs, as it is kept in a startup image: the engine is loaded, and what programs have in common is compiled. */
import { readFileSync } from 'node:fs'
import { startupSnapshot } from 'node:v8'
import { createSession } from '../engine/index.ts'
import { type EngineName, profileOf } from './engines/table.ts'
import { serve, write } from './serve.ts'

const engine = process.argv.at(-2) as EngineName
const warmUp = process.argv.at(-1)!
const session = createSession({
  profile: profileOf(engine),
  write,
  verbose: false,
  warmUp: { name: 'warm-up.jl', text: readFileSync(warmUp, 'utf8') },
})
// Node loads the clock, and what the channel to the parent is made of, when they are first asked for.
performance.now()
process.getBuiltinModule('node:child_process')
startupSnapshot.setDeserializeMainFunction(() => serve({ engine, session }))
