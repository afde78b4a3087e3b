/** The command line under which a process has no more memory than it may, and a deep stack. */

/** Kilobytes of stack: enough for recursion some hundred thousand calls deep. */
const STACK = 32_768
const SPARE_STACK = 2_048
/** Kilobytes that Node takes before the program starts, most of it stacks of threads: hence few of them. */
const OWN_DATA = 4 * STACK
const FEW_THREADS = '--v8-pool-size=1'
/** Goes with `limitedNode`. */
export const FEW_THREADS_ENV = { UV_THREADPOOL_SIZE: '1' } as const

export interface Command {
  readonly file: string
  readonly args: readonly string[]
}

/**
 * Two limits, for there are two kinds of memory: V8's heap, by its own flag; and everything, arrays included, by the limit of
 * the operating system on data (which macOS takes and ignores; there the engine's own budget for arrays is what holds).
 */
export function limitedNode(script: string, megabytes: number): Command {
  const heap = [`--max-old-space-size=${megabytes}`, FEW_THREADS]
  if (process.platform === 'win32') return { file: process.execPath, args: [...heap, script] }
  const data = Math.ceil(megabytes * 1024) + OWN_DATA
  const shell = `ulimit -c 0 2>/dev/null; ulimit -d ${data} 2>/dev/null; if ulimit -s ${STACK} 2>/dev/null; then exec "$0" --stack-size=${STACK - SPARE_STACK} "$@"; else exec "$0" "$@"; fi`
  return { file: '/bin/sh', args: ['-c', shell, process.execPath, ...heap, script] }
}
