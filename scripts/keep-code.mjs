/** Runs the command line once, with the arguments that are given, and keeps the code that this compiled; a step of the build. */
import { fileURLToPath } from 'node:url'
import { keepCode, runScript } from '../dist/cli/kept-code.js'

const main = fileURLToPath(new URL('../dist/cli/main.cjs', import.meta.url))
const script = runScript(main)
process.on('exit', () => keepCode(script, main))
