/** `--format`, and what commands that have it share. */
import type { Options } from 'yargs'

export const FORMATS = ['text', 'json', 'sarif', 'github', 'junit', 'tap'] as const
export type Format = (typeof FORMATS)[number]

export interface FormatArgs {
  readonly json: boolean
  readonly format?: Format
}

export const FORMAT_OPTIONS: Readonly<Record<'json' | 'format', Options>> = {
  json: { type: 'boolean', default: false, describe: 'Print the result as JSON; the same as --format json' },
  format: { choices: FORMATS, requiresArg: true, describe: 'Print the result in this form' },
}

export function formatOf(args: FormatArgs): Format {
  return args.format ?? (args.json ? 'json' : 'text')
}
