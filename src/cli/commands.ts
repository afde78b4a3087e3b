/** Every command, one entry: what the help says, its options, and the file that does it, loaded only when it is called. */
import type { Options, PositionalOptions } from 'yargs'
import type { EarlyChildren } from '../repro/early-children.ts'
import { FORMAT_OPTIONS } from './format.ts'
import type { Terminal } from './terminal.ts'

export interface CommandSpec {
  readonly name: string
  /** Positional arguments as the usage line shows them. */
  readonly args: string
  readonly about: string
  readonly positionals: Readonly<Record<string, PositionalOptions>>
  readonly options: Readonly<Record<string, Options>>
  readonly example: string
  /** Gives the exit code: 0 as expected, 1 findings, 2 could not run. Its arguments are what `options` and `positionals` say. */
  readonly load: () => Promise<(args: never, terminal: Terminal, early: EarlyChildren) => Promise<number>>
}

const JSON_OPTION: Options = { type: 'boolean', default: false, describe: 'Print the result as JSON' }
const VERBOSE: Options = {
  type: 'boolean',
  default: false,
  describe: 'Both stacks in full, the IR, activity with reasons, the tape layout',
}
const ENGINE: Options = { type: 'string', array: true, requiresArg: true, nargs: 1, describe: 'Run on this engine only; may be repeated' }
const PLANT: Options = {
  type: 'string',
  requiresArg: true,
  describe: 'Plant this fault in the engine, for testing the tools (docs/faults.md)',
}
const WITHOUT: Options = {
  type: 'string',
  array: true,
  requiresArg: true,
  nargs: 1,
  describe: 'Switch off this limit of the engine (see adrepro limits); may be repeated',
}
const FILE: PositionalOptions = { type: 'string', demandOption: true, describe: 'A Julia program' }

const RUN_OPTIONS: Readonly<Record<string, Options>> = {
  engine: ENGINE,
  'verbose-errors': VERBOSE,
  without: WITHOUT,
  filter: { type: 'string', requiresArg: true, describe: 'Only checks whose file, title, tags or call contain this' },
  jobs: { type: 'number', requiresArg: true, describe: 'Processes at a time; as many as there are processors when not given' },
  timeout: { type: 'number', requiresArg: true, describe: 'Seconds for a program, and for each check (default 20)' },
  memory: { type: 'number', requiresArg: true, describe: 'Megabytes for the process of a case (default 768)' },
  plant: PLANT,
  ...FORMAT_OPTIONS,
}

const PATHS: PositionalOptions = { type: 'string', array: true, default: ['cases'], describe: 'Files or folders' }

const STAGES = ['ast', 'types', 'ir', 'forward', 'augmented', 'reverse', 'optimised', 'js'] as const

export const COMMANDS: readonly CommandSpec[] = [
  {
    name: 'run',
    args: '[paths..]',
    about: 'Run cases and show what is not as expected',
    positionals: { paths: PATHS },
    options: {
      ...RUN_OPTIONS,
      fix: {
        type: 'string',
        coerce: (value: string) => value || 'show',
        choices: ['show', 'apply'],
        describe: 'Show what the fixes that are known would change; --fix=apply changes it, and runs the result',
      },
    },
    example: 'adrepro run mwe.jl --engine builtin:enzyme-0.13 --verbose-errors',
    load: async () => (await import('./run.ts')).run,
  },
  {
    name: 'exec',
    args: '<file>',
    about: 'Run a plain Julia program and sum up its tests',
    positionals: { file: FILE },
    options: {
      engine: { type: 'string', requiresArg: true, default: 'builtin', describe: 'The engine' },
      'verbose-errors': VERBOSE,
      plant: PLANT,
      without: WITHOUT,
      ...FORMAT_OPTIONS,
    },
    example: 'adrepro exec program.jl --json',
    load: async () => (await import('./exec.ts')).exec,
  },
  {
    name: 'parse',
    args: '<file>',
    about: 'Print the syntax tree of a program as s-expressions',
    positionals: { file: { ...FILE, describe: 'A Julia program, or - for standard input' } },
    options: {
      sexpr: { type: 'boolean', default: true, describe: 'As JuliaSyntax writes it' },
      batch: { type: 'boolean', default: false, describe: 'Read one JSON string a line, answer one JSON value a line' },
      json: JSON_OPTION,
    },
    example: "echo '2x^2' | adrepro parse -",
    load: async () => (await import('./parse.ts')).parse,
  },
  {
    name: 'show',
    args: '<file>',
    about: 'Print a stage of what a call compiles to',
    positionals: { file: FILE },
    options: {
      call: { type: 'string', requiresArg: true, demandOption: true, describe: 'A Julia expression, evaluated in the program' },
      stage: { choices: STAGES, default: 'ir', describe: 'Which stage' },
      after: { type: 'string', requiresArg: true, describe: 'The pass after which to look at the functions of the stage' },
      engine: { type: 'string', requiresArg: true, default: 'builtin', describe: 'The engine' },
      plant: PLANT,
      without: WITHOUT,
      json: JSON_OPTION,
    },
    example: "adrepro show f.jl --call 'f(1.0)' --stage ir",
    load: async () => (await import('./show.ts')).show,
  },
  {
    name: 'blame',
    args: '<file>',
    about: 'Find the operation, pass or step that makes a call wrong',
    positionals: { file: FILE },
    options: {
      call: { type: 'string', requiresArg: true, demandOption: true, describe: 'A Julia expression, evaluated in the program' },
      engine: { type: 'string', requiresArg: true, default: 'builtin', describe: 'The engine' },
      budget: { type: 'string', requiresArg: true, default: '5m', describe: 'End after this time, whatever was found: 60s, 5m' },
      'verbose-errors': VERBOSE,
      plant: PLANT,
      json: JSON_OPTION,
    },
    example: "adrepro blame f.jl --call 'gradient(Reverse, f, [1.0, 2.0])'",
    load: async () => (await import('./blame.ts')).blame,
  },
  {
    name: 'replay',
    args: '<file>',
    about: 'Run the step that failed again, from the IR in a crash reproducer',
    positionals: { file: { ...FILE, describe: 'A file that an internal failure left in .adrepro/' } },
    options: { json: JSON_OPTION },
    example: 'adrepro replay .adrepro/crash-0123456789ab.jl',
    load: async () => (await import('./replay.ts')).replay,
  },
  {
    name: 'mutate',
    args: '[paths..]',
    about: 'Plant each fault in the engine, and count those that cases notice and blame finds',
    positionals: { paths: PATHS },
    options: {
      filter: { type: 'string', requiresArg: true, describe: 'Only faults whose id contains this' },
      sample: { type: 'number', requiresArg: true, describe: 'Only so many of them, taken by --seed' },
      seed: { type: 'number', requiresArg: true, default: 1, describe: 'Which sample' },
      jobs: { type: 'number', requiresArg: true, describe: 'Processes at a time; as many as there are processors when not given' },
      timeout: {
        type: 'number',
        requiresArg: true,
        default: 60,
        describe: 'Seconds for a case under a fault; blame has three times as long',
      },
      json: JSON_OPTION,
    },
    example: 'adrepro mutate --filter rule: --sample 20',
    load: async () => (await import('./mutate.ts')).mutate,
  },
  {
    name: 'reduce',
    args: '<file>',
    about: 'Make the smallest program that still fails in the same way',
    positionals: {
      file: { ...FILE, describe: 'A case or a program that fails, - for standard input, or a certificate to run again' },
    },
    options: {
      output: { alias: 'o', type: 'string', requiresArg: true, describe: 'Where the reduced program goes (default NAME.reduced.jl)' },
      command: {
        type: 'string',
        requiresArg: true,
        describe: 'A command that fails on it, with {file} where it goes; for programs of any language',
      },
      match: { type: 'string', requiresArg: true, describe: 'With --command: the failure is what prints this regular expression' },
      engine: { type: 'string', requiresArg: true, describe: 'The engine on which it fails; the first on which it does when not given' },
      plant: PLANT,
      check: { type: 'string', requiresArg: true, describe: 'Reduce the failing check whose text contains this' },
      budget: { type: 'string', requiresArg: true, describe: 'End after this time with the smallest program so far: 60s, 5m' },
      jobs: { type: 'number', requiresArg: true, describe: 'Candidates that are run at a time (default 1, and 2 with --command)' },
      timeout: { type: 'number', requiresArg: true, describe: 'Seconds that a candidate may take at most (default 20)' },
      memory: { type: 'number', requiresArg: true, describe: 'Megabytes for a process (default 768)' },
      repeats: { type: 'number', requiresArg: true, default: 3, describe: 'How often the original must fail in the same way first' },
      certificate: { type: 'string', requiresArg: true, describe: 'Also write every neighbour of the result and its verdict to this file' },
      emit: { choices: ['case', 'julia', 'test', 'json'], default: 'case', describe: 'What is printed: a case, a script, a `@test`, data' },
      'keep-slips': { type: 'string', requiresArg: true, describe: 'Folder for programs that fail in another way' },
      json: JSON_OPTION,
    },
    example: 'adrepro reduce mwe.jl --engine builtin:enzyme-0.13',
    load: async () => (await import('./reduce-any.ts')).reduceAny,
  },
  {
    name: 'report',
    args: '<file>',
    about: 'Write the Markdown of an issue for each failure, run again from that very text',
    positionals: { file: FILE },
    options: {
      output: { alias: 'o', type: 'string', requiresArg: true, default: 'reports', describe: 'Folder, or a file that ends in .md' },
      engine: ENGINE,
      without: WITHOUT,
      timeout: RUN_OPTIONS.timeout!,
      memory: RUN_OPTIONS.memory!,
      plant: PLANT,
      json: JSON_OPTION,
    },
    example: 'adrepro report cases/nested/reverse-over-reverse-matrix.jl',
    load: async () => (await import('./report.ts')).report,
  },
  {
    name: 'gate',
    args: '[paths..]',
    about: 'Run cases for CI: red when anything differs from what they record',
    positionals: { paths: PATHS },
    options: {
      ...RUN_OPTIONS,
      junit: { type: 'string', requiresArg: true, describe: 'Also write JUnit XML to this file' },
      'all-limits': { type: 'boolean', default: false, describe: 'Every limit of an engine must be needed by a case' },
      github: { type: 'boolean', default: false, describe: 'Also print GitHub annotations' },
    },
    example: 'adrepro gate cases/ --junit results.xml --github',
    load: async () => (await import('./gate.ts')).gate,
  },
  {
    name: 'import',
    args: '<file>',
    about: 'Make a case of the text of an issue',
    positionals: { file: { ...FILE, describe: 'The issue as Markdown, or - for standard input' } },
    options: {
      output: {
        alias: 'o',
        type: 'string',
        requiresArg: true,
        default: '.',
        describe: 'Folder, a file that ends in .jl, or - for standard output',
      },
      upstream: { type: 'string', requiresArg: true, describe: 'The address of the issue' },
      json: JSON_OPTION,
    },
    example: 'gh issue view 2640 -R EnzymeAD/Enzyme.jl | adrepro import - -o cases/',
    load: async () => (await import('./import.ts')).importCase,
  },
  {
    name: 'limits',
    args: '[engine]',
    about: 'List the known limits that engines imitate',
    positionals: { engine: { type: 'string', describe: 'Of this engine only' } },
    options: { json: JSON_OPTION },
    example: 'adrepro limits builtin:enzyme-0.13',
    load: async () => (await import('./limits.ts')).limits,
  },
  {
    name: 'explain',
    args: '<code>',
    about: 'Print the page of a diagnostic code, or those of an error of another tool',
    positionals: {
      code: { type: 'string', demandOption: true, describe: 'A code such as ad.mixed-tape, or a name such as EnzymeRuntimeActivityError' },
    },
    options: { json: JSON_OPTION },
    example: 'adrepro explain ad.mixed-tape',
    load: async () => (await import('./explain.ts')).explain,
  },
]
