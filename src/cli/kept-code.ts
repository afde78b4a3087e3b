/**
 * A script whose compiled code is kept in a file beside it: compiling the command line takes longer than most of what it is called for. V8 takes
 * kept code only from its own version, with its own options and for a text of the same length; otherwise it compiles the script as usual.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { Script } from 'node:vm'

type ModuleFunction = (exports: object, require: NodeJS.Require, module: object, filename: string, folder: string) => void

function codeFile(file: string): string {
  return `${file}.code`
}

/** The text of a CommonJS module as the function that it is the body of. */
export function wrapped(text: string): string {
  return `(function (exports, require, module, __filename, __dirname) {${text}\n})`
}

interface Loaded {
  readonly script: Script
  readonly exports: object
}

const loaded = new Map<string, Loaded>()

/** Runs a CommonJS module, once. */
export function runScript(file: string): Loaded {
  const before = loaded.get(file)
  if (before) return before
  const code = codeFile(file)
  const cachedData = existsSync(code) ? readFileSync(code) : undefined
  // The build leaves nothing but ASCII in it, and this is read fastest.
  const script = new Script(wrapped(readFileSync(file, 'latin1')), { filename: file, ...(cachedData && { cachedData }) })
  const module = { exports: {} }
  const run = script.runInThisContext() as ModuleFunction
  run(module.exports, createRequire(file), module, file, dirname(file))
  const now = { script, exports: module.exports }
  loaded.set(file, now)
  return now
}

/** Called after the script has run, so that what it called is kept, and what it did not need is not. */
export function keepCode(script: Script, file: string): void {
  writeFileSync(codeFile(file), script.createCachedData())
}
