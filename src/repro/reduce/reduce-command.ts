/** Reduces a program of any language for which a command fails. */
import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import { diagnostic } from '../../diagnostics/report.ts'
import type { Source } from '../../diagnostics/source.ts'
import { withoutHeader } from '../header-text.ts'
import { type CommandTarget, endText, isFailure, isSame, targetOf, targetText } from './command/failure.ts'
import { commandOracle } from './command/oracle.ts'
import { CommandRunner } from './command/run-command.ts'
import { juliaScreen, NO_SCREEN, type Screen } from './command/screen.ts'
import type { Rate } from './flaky.ts'
import { GRAMMAR_EDITS } from './grammar/edits.ts'
import { grammarLanguage } from './grammar/program.ts'
import { grammarOf } from './grammar/table.ts'
import { numbersOf } from './grammar/variations.ts'
import { juliaEdits } from './julia/edits/table.ts'
import { JULIA } from './julia/program.ts'
import { variationsOf } from './julia/variations.ts'
import type { Edit, Language, Program } from './language.ts'
import { type Variation, withRemarks } from './neighbours.ts'
import { type Means, type Searched, searched } from './reduction.ts'
import { trusted } from './trust.ts'

export interface CommandReduceOptions extends Means {
  /** With `{file}` where the program goes. */
  readonly command: string
  /** In place of what the first run shows. */
  readonly match: RegExp | null
  /** The most that one run may take. */
  readonly seconds: number
  /** For the process that screens Julia programs. */
  readonly megabytes: number
  /** What was seen in the first run, and is looked for. */
  readonly onTarget: (text: string) => void
  /** A program that was seen failing: the smallest so far. */
  readonly onBest: (text: string) => void
}

export interface CommandReduced extends Searched<Program> {
  readonly command: string
  readonly target: CommandTarget
  readonly signature: string
  /** With remarks about what is free, if it was seen to fail with them. */
  readonly text: string
  /** Candidates that the built-in engine saw to be wrong, so that the command was not run. */
  readonly screened: number
  /** How often the original failed in this way. */
  readonly rate: Rate
}

export type CommandReducing =
  | { readonly kind: 'reduced'; readonly reduced: CommandReduced }
  | { readonly kind: 'refused'; readonly diagnostic: Diagnostic }

function refused(found: Diagnostic): CommandReducing {
  return { kind: 'refused', diagnostic: found }
}

/** A language as far as a reduction by a command needs it. */
interface Knowledge<P extends Program> {
  readonly language: Language<P>
  readonly edits: (screen: Screen) => readonly Edit<P>[]
  readonly variations: (program: P) => readonly Variation[]
  /** What begins a remark that ends with the line; null if there is none. */
  readonly remark: string | null
  readonly screen: (program: P) => Promise<Screen>
}

export async function reduceCommand(source: Source, options: CommandReduceOptions): Promise<CommandReducing> {
  if (/\.jl$/i.test(source.name)) {
    return reduceIn(source.name, withoutHeader(source), options, {
      language: JULIA,
      edits: screen => juliaEdits(screen.output),
      variations: variationsOf,
      remark: '#',
      screen: ({ text }) => juliaScreen(text, options.jobs, options.megabytes),
    })
  }
  const grammar = await grammarOf(source.name)
  return reduceIn(source.name, source.text, options, {
    language: grammarLanguage(grammar),
    edits: () => GRAMMAR_EDITS,
    variations: numbersOf,
    remark: grammar.remark,
    screen: async () => NO_SCREEN,
  })
}

async function reduceIn<P extends Program>(
  file: string,
  text: string,
  options: CommandReduceOptions,
  knowledge: Knowledge<P>,
): Promise<CommandReducing> {
  const program = knowledge.language.read(text)?.program
  if (!program) return refused(diagnostic('parse', 'reduce.unreadable', { file }, null))
  const runner = new CommandRunner(options.command, file)
  try {
    const first = await runner.run(text, options.seconds)
    const target = targetOf(first, options.match)
    const isFailing = options.match ? isSame(first, target) : isFailure(first)
    if (!isFailing) return refused(diagnostic('run', 'reduce.command-passes', { command: options.command, found: endText(first) }, null))
    options.onTarget(targetText(target))
    const screen = await knowledge.screen(program)
    try {
      return await held(program, { runner, target, seconds: options.seconds, firstSeconds: first.seconds, screen }, options, knowledge)
    } finally {
      screen.close()
    }
  } finally {
    runner.close()
  }
}

async function held<P extends Program>(
  original: P,
  { screen, ...running }: Omit<Parameters<typeof commandOracle>[0], 'screen'> & { readonly screen: Screen },
  options: CommandReduceOptions,
  { language, edits, variations, remark }: Knowledge<P>,
): Promise<CommandReducing> {
  const plain = commandOracle({ ...running, screen: screen.why })
  // What was seen to fail is the text as it was given; that it fails as the reducer writes it is seen here.
  const trust = await trusted(plain, original.text, { ...options, seen: 0 })
  if (!('steady' in trust)) return refused(trust)
  const oracle = trust.steady(plain)
  const found = await searched({
    language,
    edits: edits(screen),
    oracle,
    original,
    place: null,
    about: [options.command, oracle.signature],
    means: options,
    onBest: program => options.onBest(program.text),
    variations,
    doubt: null,
  })
  const remarked = remark === null ? found.after.text : withRemarks(found.after.text, found.free, remark)
  const isSeen = remarked !== found.after.text && (await oracle.test(remarked)).kind === 'same'
  const text = isSeen ? remarked : found.after.text
  options.onBest(text)
  const { command } = options
  const { target } = running
  const { rate } = trust
  return { kind: 'reduced', reduced: { ...found, command, target, signature: oracle.signature, text, screened: screen.saved(), rate } }
}
