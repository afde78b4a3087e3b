/** Macros that are written before a text: `v"1.9"`, `r"a+"`, `raw"…"`. */
import type { Span } from '../../../../diagnostics/source.ts'
import type { Tree } from '../../../1-syntax/ast.ts'
import { unescape } from '../../../1-syntax/escapes.ts'
import { parseProgram } from '../../../1-syntax/parse.ts'
import { base, baseCall, baseMember, call, intLiteral, stringLiteral, symbolLiteral } from '../build.ts'
import { argument, isTree, unsupported } from '../shapes.ts'
import { versionOf } from '../versions.ts'
import { constant, type Macro, plainText } from './macro.ts'

/** `v"1.9"` as a value; tests of versions are decided before. */
const VERSION_STRING: Macro = constant((_scope, { node, span }) => {
  const numbers = versionOf(node)
  if (!numbers?.every(Number.isInteger)) return call(base('VersionNumber', span), [stringLiteral(rawText(node), span)], span)
  return call(
    base('VersionNumber', span),
    numbers.map(part => intLiteral(part, span)),
    span,
  )
})

const RAW_STRING: Macro = constant((_scope, { node, span }) => stringLiteral(rawText(node), span))
const REGEX_STRING: Macro = constant((_scope, { node, span }) => {
  return call(base('Regex', span), [stringLiteral(rawText(node), span), stringLiteral(flagsOf(node), span)], span)
})
const SUBSTITUTION_STRING: Macro = constant((_scope, { node, span }) =>
  call(base('SubstitutionString', span), [stringLiteral(rawText(node), span)], span),
)
/** `dateformat"yyyy-mm-dd"`. */
const DATE_FORMAT: Macro = constant((_scope, { node, span }) =>
  call(baseMember('Dates', 'DateFormat', span), [stringLiteral(rawText(node), span)], span),
)
/** `html"…"`, `text"…"`. */
const SHOWN_STRING: Macro = constant((_scope, { node, name, span }) =>
  call(base(name === 'html_str' ? 'HTML' : 'Text', span), [stringLiteral(rawText(node), span)], span),
)
const BYTE_STRING: Macro = constant((_scope, { node, span }) =>
  call(base('codeunits', span), [stringLiteral(unescape(rawText(node), span), span)], span),
)

/** `big"…"`, `int128"…"`, `uint128"…"`. */
const WIDE_STRING: Macro = constant((_scope, { node, name, span }) => {
  const type = name === 'big_str' ? 'BigInt' : name === 'int128_str' ? 'Int128' : 'UInt128'
  return baseCall('__wide_text', [base(type, span), stringLiteral(rawText(node), span)], span)
})

/** `MIME"text/plain"` is a type. */
const MIME_STRING: Macro = constant((_scope, { node, span }) => {
  const text = plainText(argument(node, 1))
  if (text === null) return unsupported('This form of string', span)
  return { kind: 'apply-type', base: base('MIME', span), args: [symbolLiteral(text, span)], span }
})

// biome-ignore format: one macro a line
export const TEXT_MACROS: Readonly<Record<string, Macro>> = {
  v_str: VERSION_STRING,
  raw_str: RAW_STRING,
  r_str: REGEX_STRING,
  s_str: SUBSTITUTION_STRING,
  b_str: BYTE_STRING,
  html_str: SHOWN_STRING,
  text_str: SHOWN_STRING,
  dateformat_str: DATE_FORMAT,
  big_str: WIDE_STRING,
  int128_str: WIDE_STRING,
  uint128_str: WIDE_STRING,
  lazy_str: { kind: 'rewrite', rewrite: ({ node, span }) => ({ ...interpolated(rawText(node), span), span }) },
  MIME_str: MIME_STRING,
}

/** The text in the quotes of a string macro, as it stands there. */
function rawText(node: Tree): string {
  const text = argument(node, 1)
  if (!isTree(text, 'string')) return unsupported('This form of string', node.span)
  return text.args.map(part => (part.kind === 'String' ? part.value : '')).join('')
}

/** The letters behind the quotes: as they are written, or a string where code was made by a program. */
function flagsOf({ args: [, , flags] }: Tree): string {
  if (flags?.kind === 'String') return flags.value
  return plainText(flags) ?? ''
}

/** The string that a text would be in plain quotes. */
function interpolated(text: string, span: Span): Tree {
  const [string] = parseProgram({ name: span.source.name, text: `"${text.replaceAll('"', '\\"')}"` }).args
  return isTree(string, 'string') ? string : unsupported('This form of string', span)
}
