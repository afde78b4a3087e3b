/** Names of Julia's library that the engine leaves out on purpose: a program that uses one is told so, not that it does not exist. */

const WHAT = {
  numbers: 'A number of arbitrary precision',
  files: 'The file system',
  processes: 'A process',
  input: 'Standard input',
  threads: 'Threads and tasks',
  memory: 'A raw pointer',
  objects: "The garbage collector's view of an object",
  compiler: 'A look into the compiler',
} as const

type Theme = keyof typeof WHAT

// biome-ignore format: a theme a line
const NAMES: Readonly<Record<Theme, readonly string[]>> = {
  numbers: ['BigFloat', 'setprecision', 'GMP', 'MPFR'],
  files: ['open', 'read!', 'isfile', 'isdir', 'ispath', 'filesize', 'mkdir', 'mkpath', 'rm', 'cp', 'mv', 'touch', 'tempname', 'tempdir', 'mktemp', 'mktempdir', 'cd', 'readdir', 'walkdir', 'realpath', 'homedir', 'evalfile'],
  processes: ['run', 'pipeline', 'Cmd', 'getpid'],
  input: ['stdin', 'redirect_stdin'],
  threads: ['Timer', 'addprocs', 'pmap', 'myid', 'remotecall', 'SharedArray'],
  memory: ['Ptr', 'C_NULL', 'pointer', 'pointer_from_objref', 'unsafe_load', 'unsafe_store!', 'unsafe_wrap', 'unsafe_string', 'unsafe_convert', 'unsafe_pointer_to_objref', 'unsafe_copyto!', 'cconvert', 'llvmcall', 'Libc', 'Libdl', 'Memory', 'GenericMemory'],
  objects: ['finalizer', 'finalize', 'summarysize'],
  compiler: ['code_typed', 'code_lowered', 'code_llvm', 'code_native', 'code_warntype', 'functionloc', 'Compiler', 'precompile', 'method_instances', 'delete_method', 'detect_ambiguities', 'detect_unbound_args', 'get_world_counter', 'invoke_in_world', 'svec', 'SimpleVector', 'TypeName', 'unwrap_unionall', 'rewrap_unionall'],
}

const BY_NAME: ReadonlyMap<string, string> = new Map(
  (Object.keys(NAMES) as Theme[]).flatMap(theme => NAMES[theme].map(name => [name, `${WHAT[theme]} (\`${name}\`)`] as const)),
)

/** What a message calls it; undefined for a name that Julia does not have either. */
export function outsideName(name: string): string | undefined {
  return BY_NAME.get(name)
}
