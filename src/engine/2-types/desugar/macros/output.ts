/** Macros that print: `@show`, `@printf`, logging, timing. */
import type { Span } from '../../../../diagnostics/source.ts'
import type { Node } from '../../../1-syntax/ast.ts'
import type { Core } from '../../core.ts'
import { assignOnce } from '../assign.ts'
import { base, baseCall, baseMember, block, call, ifThen, nothing, stringLiteral } from '../build.ts'
import { lowerArgs } from '../calls.ts'
import { exprText } from '../expr-text.ts'
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

/** `@info msg k = v x`: the message, then each value on a line of its own, as Julia's console logger prints them. */
function logging(level: string): Macro {
  return {
    kind: 'code',
    scoped: macro => macro.args.map(arg => (isKeyword(arg) ? argument(arg, 1) : arg)),
    lower: (scope, macro) => {
      const { span } = macro
      const [message, ...values] = macro.args
      if (!message) return unsupported(`\`@${macro.name}\` without a message`, span)
      const line = (parts: readonly Core[]) => baseCall('println', parts, span)
      const text = (value: string) => stringLiteral(value, span)
      const shown = values.map(value => {
        const name = isKeyword(value) ? exprText(argument(value, 0)) : exprText(value)
        const node = isKeyword(value) ? argument(value, 1) : value
        return line([text(`│   ${name} = `), baseCall('repr', [scope.unit.lower(scope, node)], value.span)])
      })
      const first = line([text(values.length === 0 ? `[ ${level}: ` : `┌ ${level}: `), scope.unit.lower(scope, message)])
      const last = values.length === 0 ? [] : [line([text(`└ @ ${scope.unit.moduleName}`)])]
      return block([first, ...shown, ...last, nothing(span)], span)
    },
  }
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
  const { before, value, seconds } = timed(scope, macro)
  const rounded: Core = {
    kind: 'call',
    callee: base('round', macro.span),
    args: [{ value: seconds, splat: false }],
    kwargs: [{ name: 'digits', value: { kind: 'literal', value: { kind: 'int', value: 6n }, span: macro.span } }],
    span: macro.span,
  }
  const print = baseCall('println', [stringLiteral('  ', macro.span), rounded, stringLiteral(' seconds', macro.span)], macro.span)
  return block([...before, print, value], macro.span)
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
  warn: logging('Warning'),
  error: logging('Error'),
  debug: { kind: 'code', scoped: () => [], lower: (_scope, macro) => nothing(macro.span) },
  time: code(lowerTime),
  elapsed: code((scope, macro) => {
    const { before, seconds } = timed(scope, macro)
    return block([...before, seconds], macro.span)
  }),
  assert: code(lowerAssert),
  allocated: { kind: 'refused', what: '`@allocated`' },
  allocations: { kind: 'refused', what: '`@allocations`' },
  timed: { kind: 'refused', what: '`@timed`' },
}
