/** The process in which one program runs, as it is kept in a startup image: the engine is loaded, and what programs have in common is compiled. */
import { readFileSync } from 'node:fs'
import { queryObjects, startupSnapshot } from 'node:v8'
import { createSession, weakTypes } from '../engine/index.ts'
import { type EngineName, profileOf } from './engines/table.ts'
import { serve, write } from './serve.ts'

const [engine, ...warmUps] = process.argv.slice(2) as [EngineName, ...string[]]
const session = createSession({
  profile: profileOf(engine),
  write,
  verbose: false,
  warmUp: { name: 'warm-up.jl', text: warmUps.map(file => readFileSync(file, 'utf8')).join('\n') },
})
// Node loads the clock, and what the channel to the parent is made of, when they are first asked for.
performance.now()
process.getBuiltinModule('node:child_process')
const takeTypesBack = weakTypes()
// What is referred to weakly is held until the end of the task that did so.
setImmediate(() => {
  // Counting objects begins with a collection of all garbage.
  queryObjects(class {})
  takeTypesBack()
})
startupSnapshot.setDeserializeMainFunction(() => serve({ engine, session }))
