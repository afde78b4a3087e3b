/** Starts the process of a task, listens to it, and ends it when it takes too long. */
import { type ChildProcess, spawn } from 'node:child_process'
import { constants } from 'node:os'
import { fileURLToPath } from 'node:url'
import type { EngineName } from './engines/table.ts'
import { fittingImage } from './image.ts'
import { CASE_MEGABYTES, childEnvironment, imageArguments, limitedNode } from './limits.ts'
import type { Message, Task } from './protocol.ts'

export interface Limits {
  /** For the program, and again for each check. */
  readonly seconds: number
  readonly megabytes: number
}

export const DEFAULT_LIMITS: Limits = { seconds: 20, megabytes: CASE_MEGABYTES }

export type End =
  /** `again`: the process waits for another task. */
  | { readonly kind: 'done'; readonly again: boolean }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'memory' }
  | { readonly kind: 'died'; readonly how: string }

export interface Listeners {
  readonly message: (message: Message) => void
  readonly output: (bytes: Buffer) => void
}

/** Starting Node and loading the engine is not the program's time. */
const START_SECONDS = 60
const KEPT_ERRORS = 4000

const WORKER = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '../../dist/repro/worker.js' : '../repro/worker.js', import.meta.url),
)

/** A process that is up but has no task yet, so that starting it overlaps with other work. */
export interface Waiting {
  readonly process: ChildProcess
  readonly megabytes: number
}

const ownProcesses = new Set<ChildProcess>()

/** Of whatever is started early, this module may be another copy. */
function own(child: ChildProcess): void {
  if (ownProcesses.has(child)) return
  ownProcesses.add(child)
  child.once('close', () => ownProcesses.delete(child))
}

const ENDING = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

function endAll(): void {
  for (const child of ownProcesses) child.kill('SIGKILL')
}

/**
 * Runs something that starts processes so that none is left behind when it is interrupted. `onInterrupt` says whether it will end by
 * itself, with what it has by then; the second interruption ends it at once.
 */
export async function guardingChildren<T>(run: () => Promise<T>, onInterrupt: () => boolean = () => false): Promise<T> {
  let isAsked = false
  const stop = (signal: NodeJS.Signals) => {
    if (!isAsked) {
      isAsked = true
      if (onInterrupt()) return
    }
    endAll()
    process.exit(128 + constants.signals[signal])
  }
  for (const signal of ENDING) process.on(signal, stop)
  process.once('exit', endAll)
  try {
    return await run()
  } finally {
    for (const signal of ENDING) process.removeListener(signal, stop)
    process.removeListener('exit', endAll)
  }
}

/** `engine` is what it will most likely be asked for. */
export function startChild(megabytes: number, engine: EngineName, image = fittingImage(engine, megabytes)): Waiting {
  const { file, args } = limitedNode(image ? imageArguments(image) : [WORKER], WORKER, megabytes)
  const child = spawn(file, args, {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    serialization: 'advanced',
    env: childEnvironment(),
    // An interrupt from the terminal is for the command, which may still need what the process is at.
    detached: process.platform !== 'win32',
  })
  own(child)
  return { process: child, megabytes }
}

export function discard(waiting: Waiting): void {
  waiting.process.kill('SIGKILL')
}

/**
 * Resolves when the process is done or gone, and all it printed has been heard, unless it stays for another task. `seconds` is null for no
 * limit.
 */
export function runTask(task: Task, waiting: Waiting, seconds: number | null, listeners: Listeners): Promise<End> {
  const child = waiting.process
  own(child)
  return new Promise(resolve => {
    let end: End | null = null
    let isSilent = false
    let errors = ''
    let timer: NodeJS.Timeout | undefined
    const leave = () => {
      if (end?.kind !== 'done') return
      if (end.again) {
        child.off('message', hear).off('error', fault).off('close', close)
        child.stdout!.off('data', listeners.output).off('end', silence).resume()
        child.stderr!.off('data', note)
        resolve(end)
      } else if (isSilent) {
        // Its memory is given back quicker by the system than by itself.
        child.kill('SIGKILL')
        resolve(end)
      }
    }
    const restart = (allowed: number) => {
      clearTimeout(timer)
      if (seconds === null) return
      timer = setTimeout(() => {
        end = { kind: 'timeout' }
        child.kill('SIGKILL')
      }, allowed * 1000)
    }
    const hear = (value: unknown) => {
      const message = value as Message
      if (message.kind === 'done') {
        end = { kind: 'done', again: message.again }
        clearTimeout(timer)
      } else restart(seconds ?? 0)
      listeners.message(message)
      leave()
    }
    const fault = (error: Error) => {
      end ??= { kind: 'died', how: error.message }
    }
    const close = (code: number | null, signal: string | null) => {
      clearTimeout(timer)
      resolve(end ?? endOf(code, signal, errors))
    }
    const silence = () => {
      isSilent = true
      leave()
    }
    const note = (bytes: Buffer) => {
      errors = (errors + bytes.toString()).slice(-KEPT_ERRORS)
    }
    restart(START_SECONDS)
    child.stdout!.on('data', listeners.output).once('end', silence)
    child.stderr!.on('data', note)
    child.on('message', hear).once('error', fault).once('close', close)
    if (child.exitCode !== null || child.signalCode !== null) {
      clearTimeout(timer)
      resolve(endOf(child.exitCode, child.signalCode, errors))
      return
    }
    child.send(task, error => {
      if (error) end ??= { kind: 'died', how: error.message }
    })
  })
}

function endOf(code: number | null, signal: string | null, errors: string): End {
  if (/heap out of memory|Array buffer allocation failed|std::bad_alloc|Fatal process out of memory/i.test(errors))
    return { kind: 'memory' }
  const lines = errors.trim().split('\n')
  const lastLine = lines.find(line => /^\w*Error\b/.test(line)) ?? lines.at(-1) ?? ''
  const how = signal ? `signal ${signal}` : `exit code ${code}`
  return { kind: 'died', how: lastLine ? `${how}: ${lastLine}` : how }
}
