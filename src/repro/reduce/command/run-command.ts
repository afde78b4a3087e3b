/** Runs a command on a program, in a process group of its own with a hard time limit. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'

export type How =
  | { readonly kind: 'exit'; readonly code: number }
  | { readonly kind: 'signal'; readonly signal: string }
  | { readonly kind: 'timeout' }

export interface CommandEnd {
  readonly how: How
  /** Standard output and standard error as they came, and standard error alone: the last part of each. */
  readonly output: string
  readonly errors: string
  readonly seconds: number
}

/** Characters that are kept of each output. */
const KEPT = 65_536

const running = new Set<ChildProcess>()

/** A command may start others; all of them are its group. */
function endGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}

process.on('exit', () => running.forEach(endGroup))

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}

/** Where the program goes, in a command. */
export const FILE_PLACE = '{file}'

/** Keeps programs under the name of the original, each in a folder of its own. */
export class CommandRunner {
  readonly #command: string
  readonly #name: string
  readonly #folder = mkdtempSync(join(tmpdir(), 'adrepro-reduce-'))
  #serial = 0

  constructor(command: string, file: string) {
    this.#command = command
    this.#name = basename(file)
  }

  run(text: string, seconds: number): Promise<CommandEnd> {
    const folder = mkdtempSync(join(this.#folder, `${this.#serial++}-`))
    const file = join(folder, this.#name)
    writeFileSync(file, text)
    return runIn(this.#command.replaceAll(FILE_PLACE, quoted(file)), seconds).finally(() =>
      rmSync(folder, { recursive: true, force: true }),
    )
  }

  close(): void {
    running.forEach(endGroup)
    rmSync(this.#folder, { recursive: true, force: true })
  }
}

function runIn(command: string, seconds: number): Promise<CommandEnd> {
  return new Promise((resolve, reject) => {
    const from = performance.now()
    const child = spawn('/bin/sh', ['-c', command], { stdio: ['ignore', 'pipe', 'pipe'], detached: true })
    running.add(child)
    let output = ''
    let errors = ''
    let late = false
    const timer = setTimeout(() => {
      late = true
      endGroup(child)
    }, seconds * 1000)
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-KEPT)
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-KEPT)
      errors = (errors + text).slice(-KEPT)
    })
    child.once('error', reject)
    // What it started may hold its output open when it has ended.
    child.once('exit', () => setTimeout(() => endGroup(child), 100).unref())
    child.once('close', (code, signal) => {
      clearTimeout(timer)
      running.delete(child)
      endGroup(child)
      const how: How = late ? { kind: 'timeout' } : code !== null ? { kind: 'exit', code } : { kind: 'signal', signal: signal ?? 'unknown' }
      resolve({ how, output, errors, seconds: (performance.now() - from) / 1000 })
    })
  })
}
