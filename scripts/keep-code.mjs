/** Runs the command line once, with the arguments that are given, and keeps the code that this compiled; a step of the build. */
import { fileURLToPath } from 'node:url'
import { startEarly } from '../dist/cli/early.js'
import { keepCode, runScript } from '../dist/cli/kept-code.js'

const file = fileURLToPath(new URL('../dist/cli/main.cjs', import.meta.url))
const argv = process.argv.slice(2)
const { script, exports } = runScript(file)
process.exitCode = await exports.main(argv, startEarly(argv))
keepCode(script, file)
