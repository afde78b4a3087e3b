/** What `blame` found, as a diagnostic: the place, both stacks, the numbers, and what to do. */
import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import { lineDiff } from '../../diagnostics/line-diff.ts'
import { diagnostic } from '../../diagnostics/report.ts'
import type { Span } from '../../diagnostics/source.ts'
import type { Frame } from '../../diagnostics/stack.ts'
import type { Blamed } from '../../engine/index.ts'

type Of<K extends Blamed['kind']> = Extract<Blamed, { kind: K }>

/** Null when nothing is wrong. */
export function finding(blamed: Blamed): Diagnostic | null {
  switch (blamed.kind) {
    case 'nothing':
      return null
    case 'failure':
      return blamed.diagnostic
    case 'operation':
      return operationFinding(blamed)
    case 'not-finite':
      return notFiniteFinding(blamed)
    case 'pass':
      return passFinding(blamed)
    case 'step': {
      const attachments = blamed.ir === '' ? [] : [{ title: `IR of ${blamed.of} before ${blamed.step}`, text: blamed.ir }]
      const notes = blamed.number === null ? [] : [`transform number ${blamed.number} of the program`]
      return diagnostic('verify', 'blame.step', { step: blamed.step, of: blamed.of, found: blamed.found }, null, { notes, attachments })
    }
  }
}

function spanOf(stack: readonly Frame[]): Span | null {
  return (stack.find(frame => frame.origin === 'user' && frame.span) ?? stack.find(frame => frame.span))?.span ?? null
}

function operationFinding({ culprit }: Of<'operation'>): Diagnostic {
  const { kind, operation, text, shared, products, stack, derivative } = culprit
  const { forward, reverse, differences, failure } = products
  const made = stack.flatMap(frame => frame.made).length > 0 ? [] : [`transformed: by ${derivative}`]
  const numbers =
    failure === null
      ? [
          `forward mode gives u·Jv = ${forward ?? 'nothing'}, reverse mode ${reverse ?? 'nothing'}`,
          `differences give ${differences ?? 'nothing that can be trusted'}`,
          ...verdict(culprit),
        ]
      : [`the derivative fails: ${failure}`]
  const together = shared.length > 0 ? [`used here and before: ${shared.join(', ')}`] : []
  const notes = [`instruction: ${text}`, ...numbers, ...together, ...made]
  const labels = {
    rule: 'the derivative of this',
    'custom-rule': 'the rule for this',
    transform: 'the derivative of this as a whole',
    together: 'with what comes before',
  }
  const details = { notes, stack, label: `${labels[kind]} is wrong` }
  if (kind === 'custom-rule') return diagnostic('compare', 'blame.custom-rule', { text }, spanOf(stack), details)
  return diagnostic('compare', 'blame.operation', { operation, how: HOW[kind] }, spanOf(stack), details)
}

/** Which of the modes differences side with. */
function verdict({ products: { forward, reverse, differences } }: Of<'operation'>['culprit']): string[] {
  if (differences === null || forward === null || reverse === null) return []
  const size = Math.max(...[forward, reverse, differences].map(Math.abs).filter(Number.isFinite))
  const isNear = (product: number): boolean => Math.abs(product - differences) <= 1e-4 * size
  if (isNear(forward) === isNear(reverse)) return isNear(forward) ? [] : ['wrong: both modes']
  return [isNear(forward) ? 'wrong: reverse mode' : 'wrong: forward mode']
}

const HOW = {
  rule: 'its derivative is wrong at the values of this run',
  transform: 'what stands in it is right by itself, and what the transform makes of it is not',
  together: 'it is right by itself, and wrong after what stands before it: what comes together here is lost or mixed up',
} as const

function notFiniteFinding({ value, found: { origin, then } }: Of<'not-finite'>): Diagnostic {
  const where = origin.isDerivative ? 'in the derivative' : 'in the function itself'
  const notes = then ? [`then: ${then.text}, ${then.isDerivative ? 'in the derivative' : 'in the function itself'}`] : []
  const params = { text: origin.text, where, made: origin.made, value }
  return diagnostic('compare', 'blame.not-finite', params, spanOf(origin.stack), {
    stack: origin.stack,
    notes,
    label: `${origin.made} comes from here`,
  })
}

function passFinding({ run, found, without }: Of<'pass'>): Diagnostic {
  const { pass, of, number, total, before, after } = run
  const notes = [
    `run ${number} of ${total} of the passes, on ${of}`,
    ...(without === null ? [] : [`without it: ${without}`]),
    `with it: ${found.split('\n')[0]}`,
  ]
  const difference = after === null ? [] : [{ title: `What ${pass} did to ${of}`, text: lineDiff(before, after) }]
  const attachments = [...difference, { title: `IR of ${of} before ${pass}`, text: before }]
  const how = without === null ? 'the call fails' : 'the call gives something else'
  return diagnostic('optimise', 'blame.pass', { pass, how }, null, { notes, attachments })
}
