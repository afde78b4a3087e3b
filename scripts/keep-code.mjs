/** Runs the command line once, with the arguments that are given, and keeps the code that this compiled; a step of the build. */
import { fileURLToPath } from 'node:url'
import { startEarly } from '../dist/cli/early.js'
import { keepCode, runScript } from '../dist/cli/kept-code.js'

const fileOf = name => fileURLToPath(new URL(`../dist/cli/${name}`, import.meta.url))
const argv = process.argv.slice(2)
const [main, apart] = [fileOf('main.cjs'), fileOf('apart.cjs')]
const { script, exports } = runScript(main)
process.exitCode = await exports.main(argv, startEarly(argv))
keepCode(script, main)
// Of the other commands only what loading them takes.
const others = runScript(apart)
for (const name of ['cli/reduce-any', 'cli/report']) void others.exports[name]
keepCode(others.script, apart)
