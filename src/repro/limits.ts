/** The command line under which a process has no more memory than it may, and a deep stack. */

/** Kilobytes of stack: enough for recursion some hundred thousand calls deep. */
const STACK = 32_768
const SPARE_STACK = 2_048
/** Kilobytes that Node takes before the program starts, most of it stacks of threads: hence few of them. */
const OWN_DATA = 4 * STACK
const FEW_THREADS = '--v8-pool-size=1'
/**
 * Megabytes of young objects at first, and of old ones until they are collected for the first time. V8 begins with one and some ten, and doubles
 * them: a process of a few seconds would spend a tenth of its time on collections that find almost everything alive.
 */
const FEW_COLLECTIONS = ['--min-semi-space-size=8', '--initial-old-space-size=256']
/** Megabytes of the process of a case, if nothing else is said. */
export const CASE_MEGABYTES = 768
/** A program that is run for itself gets what a machine of today has. */
export const EXEC_MEGABYTES = 4096

/**
 * How the C library of Linux gets memory from the system: pages of two megabytes where the system has them, and blocks that are kept when
 * they are free. A page that is touched first is a visit to the kernel, and a process with an image touched fifteen thousand small ones, which
 * was a third of its start. Other systems ignore it.
 */
const FEW_PAGES = 'glibc.malloc.hugetlb=1:glibc.malloc.mmap_threshold=33554432:glibc.malloc.trim_threshold=67108864'

/** Goes with `limitedNode`. Node reads the certificates of NODE_EXTRA_CA_CERTS at each start, which takes longer than the rest of it; the child never connects. */
export function childEnvironment(): NodeJS.ProcessEnv {
  const { NODE_EXTRA_CA_CERTS: _, GLIBC_TUNABLES: own, ...environment } = process.env
  return { ...environment, GLIBC_TUNABLES: own ? `${FEW_PAGES}:${own}` : FEW_PAGES, UV_THREADPOOL_SIZE: '1', NODE_OPTIONS: '' }
}

/**
 * Node with an image, both when it is made and when it is used. Its strings keep the hashes that they have in it: to compute all anew guards
 * against programs that would have many of one hash, takes time at each start, and here the program is the user's own.
 */
export function imageArguments(image: string): string[] {
  return ['--no-rehash-snapshot', '--snapshot-blob', image]
}

/**
 * On Linux a process can ask to end with the one that started it, which a program in an endless loop never notices by itself when the command is
 * killed outright. The tool for it is part of util-linux; a link of that name is another's, which may not know the option.
 */
const DIES_WITH_US = `w=/usr/bin/setpriv; if [ -x $w ] && [ ! -L $w ]; then set -- $w --pdeathsig KILL "$0"; else set -- "$0"; fi`

export interface Command {
  readonly file: string
  readonly args: readonly string[]
}

/**
 * Node with the arguments `target`, or `otherwise` where the deep stack is not to be had, whose size a startup image depends on. Two limits, for
 * there are two kinds of memory: V8's heap, by its own flag; and everything, arrays included, by the limit of the operating system on data (which
 * macOS takes and ignores; there the engine's own budget for arrays is what holds).
 */
export function limitedNode(target: readonly string[], otherwise: string | null, megabytes: number): Command {
  const heap = [`--max-old-space-size=${megabytes}`, ...FEW_COLLECTIONS, FEW_THREADS]
  const plain = otherwise === null ? target : [otherwise]
  if (process.platform === 'win32') return { file: process.execPath, args: [...heap, ...plain] }
  const data = Math.ceil(megabytes * 1024) + OWN_DATA
  const deep = `--stack-size=${STACK - SPARE_STACK}`
  const args = (own: readonly string[]) => [...heap, ...own].map(quoted).join(' ')
  const limits = `ulimit -c 0 2>/dev/null; ulimit -d ${data} 2>/dev/null`
  const start = `if ulimit -s ${STACK} 2>/dev/null; then exec "$@" ${args([deep, ...target])}; else exec "$@" ${args(plain)}; fi`
  const shell = [limits, DIES_WITH_US, start].join('; ')
  return { file: '/bin/sh', args: ['-c', shell, process.execPath] }
}

/** As one word of the shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
