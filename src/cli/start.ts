/** What is started: first the processes that the command will need, then the command line with its compiled code. */
import { fileURLToPath } from 'node:url'
import { startEarly } from './early.ts'
import { runScript } from './kept-code.ts'
import type { main } from './main.ts'

const argv = process.argv.slice(2)
const early = startEarly(argv)
const { exports } = runScript(fileURLToPath(new URL('main.cjs', import.meta.url)))
void (exports as { readonly main: typeof main }).main(argv, early).then(code => {
  // All output is out by now, and nothing is waited for: neither the end of processes that were killed nor the clearing up of this one.
  process.exit(code)
})
