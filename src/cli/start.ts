/** What is started: the command line with its compiled code. */
import { fileURLToPath } from 'node:url'
import { runScript } from './kept-code.ts'

runScript(fileURLToPath(new URL('main.cjs', import.meta.url)))
