/** Macros that print: `@show`, `@printf`, logging, timing. */
import { positionAt, type Span } from '../../../../diagnostics/source.ts'
import type { Node } from '../../../1-syntax/ast.ts'
import type { Core, KeywordArg } from '../../core.ts'
import { assignOnce } from '../assign.ts'
import { base, baseCall, baseMember, block, call, ifThen, intLiteral, nothing, stringLiteral, symbolLiteral } from '../build.ts'
import { lowerArgs } from '../calls.ts'
import { exprText } from '../expr-text.ts'
import { namedTuple } from '../keywords.ts'
import type { Scope } from '../scope.ts'
import { argument, isIdentifier, isKeyword, isTree, unsupported } from '../shapes.ts'
import { allArguments, type Macro, type MacroCall, plainText } from './macro.ts'

function code(lower: (scope: Scope, call: MacroCall, wanted: boolean) => Core): Macro {
  return { kind: 'code', scoped: allArguments, lower }
}

/** `@show a b` prints `a = …` for each and gives the last value. */
function lowerShow(scope: Scope, macro: MacroCall): Core {
  const { span } = macro
  const parts: Core[] = []
  let value: Core = nothing(span)
  for (const arg of macro.args) {
    value = assignOnce(scope, scope.unit.lower(scope, arg), 'shown', parts)
    parts.push(baseCall('println', [stringLiteral(`${exprText(arg)} = `, arg.span), baseCall('repr', [value], arg.span)], arg.span))
  }
  return block([...parts, value], span)
}

/** `@sprintf("%d", x)`. */
function formatted(scope: Scope, macro: MacroCall, args: readonly Node[]): Core {
  const format = args[0]
  if (plainText(format) === null) return unsupported('A format that is no plain string', format?.span ?? macro.span)
  return { kind: 'call', callee: baseMember('Printf', '__format', macro.span), args: lowerArgs(scope, args), kwargs: [], span: macro.span }
}

/** `@printf("%d", x)` and `@printf(io, "%d", x)`. */
function lowerPrintf(scope: Scope, macro: MacroCall): Core {
  const { span, args } = macro
  if (plainText(args[0]) !== null) return baseCall('print', [formatted(scope, macro, args)], span)
  const io = args[0] ? scope.unit.lower(scope, args[0]) : unsupported('`@printf` without a format', span)
  return baseCall('print', [io, formatted(scope, macro, args.slice(1))], span)
}

/** `@info msg k = v x`: the message, and the values as they are shown, for whatever logger there is. */
function logging(level: string): Macro {
  return {
    kind: 'code',
    scoped: macro => macro.args.map(arg => (isKeyword(arg) ? argument(arg, 1) : arg)),
    lower: (scope, macro) => {
      const [message, ...values] = macro.args
      if (!message) return unsupported(`\`@${macro.name}\` without a message`, macro.span)
      return logged(scope, macro, baseMember('CoreLogging', level, macro.span), message, values)
    },
  }
}

/** What a message says of itself: these keywords take the place of what is usual. */
const ABOUT = ['_module', '_group', '_id', '_file', '_line'] as const

/** Nothing is evaluated for a message that no logger takes. The console, if there is no logger, needs only texts. */
function logged(scope: Scope, { node, span }: MacroCall, level: Core, message: Node, values: readonly Node[]): Core {
  const { lower } = scope.unit
  const keyOf = (value: Node): string => exprText(isKeyword(value) ? argument(value, 0) : value)
  const valueOf = (value: Node): Core => lower(scope, isKeyword(value) ? argument(value, 1) : value)
  const logging = (name: string, args: readonly Core[]): Core => call(baseMember('CoreLogging', name, span), args, span)
  const tuple = (items: readonly Core[]): Core => baseCall('tuple', items, span)
  const before: Core[] = []
  const usual = aboutPlace(scope, node.span)
  const about = ABOUT.map(name => {
    const own = values.find(value => isKeyword(value) && keyOf(value) === name)
    return own ? assignOnce(scope, valueOf(own), name, before) : usual[name]
  })
  const [module, group, id, file, line] = about as [Core, Core, Core, Core, Core]
  const known = assignOnce(scope, level, 'level', before)

  const parts: Core[] = []
  const text = assignOnce(scope, lower(scope, message), 'message', parts)
  const given = values
    .filter(value => !isKeyword(value) || !(ABOUT as readonly string[]).includes(keyOf(value)))
    .map(value => ({ name: keyOf(value), value: assignOnce(scope, valueOf(value), 'value', parts) }))
  const shown = given.filter(({ name }) => name !== 'maxlog')
  const limit = given.find(({ name }) => name === 'maxlog')
  const names = shown.map(({ name }) => stringLiteral(name, span))
  const texts = shown.map(({ value }) => logging('shown', [value]))
  const print = logging('message', [known, baseCall('string', [text], message.span), module, file, line, tuple(names), tuple(texts)])
  const keys = given.map(({ name }) => symbolLiteral(name, span))
  const boxed = baseCall('getindex', [base('Any', span), ...given.map(({ value }) => value)], span)
  const give = logging('give', [known, text, ...about, tuple(keys), boxed])
  const told = limit ? ifThen(logging('within_limit', [id, limit.value]), print, nothing(span), span) : print
  const tell = block([...parts, ifThen(logging('is_given', []), give, told, span)], span)
  return block([...before, ifThen(logging('is_taken', [known, module, group, id]), tell, nothing(span), span)], span)
}

function aboutPlace({ unit }: Scope, span: Span): Readonly<Record<(typeof ABOUT)[number], Core>> {
  const { source, start } = span
  const group = source.name.replace(/.*\//, '').replace(/\.[^.]*$/, '')
  return {
    _module: { kind: 'global', name: unit.moduleName, span },
    _group: symbolLiteral(group, span),
    _id: symbolLiteral(`${unit.moduleName}_${group}_${start}`, span),
    _file: stringLiteral(source.name, span),
    _line: intLiteral(positionAt(source, start).line, span),
  }
}

/** `@logmsg level msg …`. */
function lowerLogmsg(scope: Scope, macro: MacroCall): Core {
  const [level, message, ...values] = macro.args
  if (!level || !message) return unsupported('`@logmsg` without a message', macro.span)
  return logged(scope, macro, scope.unit.lower(scope, level), message, values)
}

function now(span: Span): Core {
  return call(baseMember('Intrinsics', 'time_now', span), [], span)
}

/** `@elapsed ex`: seconds. With `keep`, the value of `ex` as well. */
function timed(scope: Scope, macro: MacroCall): { before: Core[]; value: Core; seconds: Core } {
  const { span } = macro
  const node = macro.args.at(-1)
  if (!node) return unsupported(`\`@${macro.name}\` without an expression`, span)
  const before: Core[] = []
  const start = assignOnce(scope, now(span), 'start', before)
  const value = assignOnce(scope, scope.unit.lower(scope, node), 'timed', before)
  const seconds = assignOnce(scope, baseCall('-', [now(span), start], span), 'seconds', before)
  return { before, value, seconds }
}

function lowerTime(scope: Scope, macro: MacroCall): Core {
  return printedTime(scope, macro, '  ')
}

/** `@showtime ex`: with the code itself before the time. */
function lowerShowtime(scope: Scope, macro: MacroCall): Core {
  return printedTime(scope, macro, `${macro.args.map(exprText).join(' ')}: `)
}

function printedTime(scope: Scope, macro: MacroCall, head: string): Core {
  const { before, value, seconds } = timed(scope, macro)
  const rounded = baseCall('__in_microseconds', [seconds], macro.span)
  const print = baseCall('println', [stringLiteral(head, macro.span), rounded, stringLiteral(' seconds', macro.span)], macro.span)
  return block([...before, print, value], macro.span)
}

/** `@allocated ex` runs `ex`; the engine does not count what it allocates, so the count is 0. */
function lowerAllocated(scope: Scope, macro: MacroCall): Core {
  const node = macro.args.at(-1)
  return block([node ? scope.unit.effect(scope, node) : nothing(macro.span), intLiteral(0, macro.span)], macro.span)
}

/** `@timed ex`: the value and what is known of its cost. */
function lowerTimed(scope: Scope, macro: MacroCall): Core {
  const { span } = macro
  const { before, value, seconds } = timed(scope, macro)
  const fields: KeywordArg[] = [
    { name: 'value', value },
    { name: 'time', value: seconds },
    { name: 'bytes', value: intLiteral(0, span) },
    { name: 'gctime', value: { kind: 'literal', value: { kind: 'float', value: 0 }, span } },
  ]
  return block([...before, namedTuple(fields, span)], span)
}

/** `@assert test "message"`. */
function lowerAssert(scope: Scope, macro: MacroCall): Core {
  const { span } = macro
  const [test, message] = macro.args
  if (!test) return unsupported('`@assert` without a test', span)
  const text = message ? messageText(scope, message) : stringLiteral(exprText(test), test.span)
  const raise = baseCall('throw', [baseCall('AssertionError', [text], span)], span)
  return ifThen(scope.unit.lower(scope, test), nothing(span), raise, span)
}

/** The message may be any value; it is shown as text. */
function messageText(scope: Scope, message: Node): Core {
  const value = scope.unit.lower(scope, message)
  return isTree(message, 'string') || isIdentifier(message, 'nothing') ? value : baseCall('string', [value], message.span)
}

export const OUTPUT_MACROS: Readonly<Record<string, Macro>> = {
  show: code(lowerShow),
  printf: code(lowerPrintf),
  sprintf: code((scope, macro) => formatted(scope, macro, macro.args)),
  info: logging('Info'),
  warn: logging('Warn'),
  error: logging('Error'),
  debug: logging('Debug'),
  logmsg: code(lowerLogmsg),
  time: code(lowerTime),
  timev: code(lowerTime),
  showtime: code(lowerShowtime),
  elapsed: code((scope, macro) => {
    const { before, seconds } = timed(scope, macro)
    return block([...before, seconds], macro.span)
  }),
  assert: code(lowerAssert),
  allocated: code(lowerAllocated),
  allocations: code(lowerAllocated),
  timed: code(lowerTimed),
}
