/** Parses the command line and calls the command. Whatever is thrown by mistake ends here. */
import type yargs from 'yargs'
import type { Argv } from 'yargs'
import { jsonText } from '../diagnostics/as-json.ts'
import type { EarlyChildren } from '../repro/early-children.ts'
import { COMMANDS, type CommandSpec } from './commands.ts'
import { openTerminal, type Terminal } from './terminal.ts'
import { version } from './version.ts'

type Yargs = typeof yargs

type Parsed =
  | { readonly kind: 'command'; readonly name: string; readonly args: object }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'wrong'; readonly why: string; readonly usage: string }

function parser(yargs: Yargs, name: string): Argv {
  return yargs()
    .scriptName(name)
    .locale('en')
    .wrap(110)
    .version(version())
    .strict()
    .option('plain', { type: 'boolean', default: false, describe: 'Sentences without drawings, columns and colour, for screen readers' })
}

/** Of the command that `argv` names; what it names no command of is told of all. */
function parserFor(spec: CommandSpec | undefined, yargs: Yargs): Argv {
  if (spec) return withCommand(parser(yargs, `adrepro ${spec.name}`), `$0 ${spec.args}`, spec)
  const y = parser(yargs, 'adrepro')
    .usage(
      '$0 <command>\n\nTurns a failure of automatic differentiation into a minimal, verified, issue-ready reproducer, and keeps it fixed.',
    )
    .demandCommand(1, 'Which command?')
    .epilogue('Exit codes: 0 as expected, 1 findings, 2 could not run.')
  return COMMANDS.reduce<Argv>((all, one) => withCommand(all, `${one.name} ${one.args}`, one), y)
}

function withCommand(y: Argv, pattern: string, spec: CommandSpec): Argv {
  return y.command(pattern, spec.about, command => {
    for (const [name, options] of Object.entries(spec.positionals)) command.positional(name, options)
    return command.options(spec.options).example(spec.example, '')
  })
}

function parseArguments(argv: readonly string[], yargs: Yargs): Parsed {
  let result: Parsed = { kind: 'text', text: '' }
  // One of several commands has its help laid out whether it is asked for or not, which takes longer than all else here.
  const spec = argv.includes('--help') ? undefined : COMMANDS.find(c => c.name === argv[0])
  parserFor(spec, yargs).parse(spec ? argv.slice(1) : [...argv], {}, (error, args, output) => {
    const why = error instanceof Error ? error.message : error ? String(error) : null
    const name = spec?.name ?? String((args as { _: unknown[] })._?.[0] ?? '')
    const usage = COMMANDS.some(c => c.name === name) ? `adrepro ${name} --help` : 'adrepro --help'
    if (why)
      result = {
        kind: 'wrong',
        why: why
          .trim()
          .split(/\s*\n\s*/)
          .join(' ')
          .replace(/\.$/, ''),
        usage,
      }
    else if (output) result = { kind: 'text', text: output }
    else result = { kind: 'command', name, args: withDash(args, argv) }
  })
  return result
}

/** The parser takes a lone `-` for an option without a name, and gives an empty text for it. */
function withDash(args: object, argv: readonly string[]): object {
  return (args as { file?: string }).file === '' && argv.includes('-') ? { ...args, file: '-' } : args
}

/** Loaded only when something went wrong. */
async function showBug(error: unknown, terminal: Terminal, argv: readonly string[]): Promise<void> {
  const [{ thrownDiagnostic }, { diagnosticJson }] = await Promise.all([
    import('../diagnostics/internal.ts'),
    import('../diagnostics/as-json.ts'),
  ])
  const found = thrownDiagnostic(error, 'the command line')
  terminal.tell(found, argv.includes('--verbose-errors'))
  if (argv.includes('--json')) terminal.out(`${jsonText({ error: diagnosticJson(found), exit: 2 })}\n`)
}

/** `early`: processes that were started before this was loaded. Gives the exit code. */
export async function main(argv: readonly string[], early: EarlyChildren): Promise<number> {
  try {
    return await dispatch(argv, early)
  } finally {
    early.discardRest()
  }
}

async function dispatch(argv: readonly string[], early: EarlyChildren): Promise<number> {
  const { default: yargs } = await import('yargs')
  const terminal = await openTerminal(argv.includes('--plain'))
  const parsed = parseArguments(argv, yargs)
  if (parsed.kind === 'text') {
    terminal.out(`${parsed.text}\n`)
    return 0
  }
  if (parsed.kind === 'wrong') {
    const { visibleLine } = await import('../diagnostics/visible.ts')
    terminal.talk(`error[cli.bad-usage]: ${visibleLine(parsed.why)}\nSee ${parsed.usage}\n`)
    if (argv.includes('--json')) terminal.out(`${jsonText({ error: { code: 'cli.bad-usage', message: parsed.why }, exit: 2 })}\n`)
    return 2
  }
  const spec = COMMANDS.find(c => c.name === parsed.name)!
  try {
    const command = await spec.load()
    return await command(parsed.args as never, terminal, early)
  } catch (error) {
    await showBug(error, terminal, argv)
    return 2
  }
}
