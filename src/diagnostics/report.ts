import { CATALOGUE, type Code, type ParamsOf } from './catalogue.ts'
import { type Attachment, type Diagnostic, Failure, type Fix, type Label, type Phase } from './diagnostic.ts'
import type { Span } from './source.ts'
import type { Frame } from './stack.ts'

/** What a message may add to its catalogue entry. */
export interface Details {
  /** Text under the carets; empty shows carets alone. */
  readonly label?: string
  readonly secondary?: readonly Label[]
  readonly notes?: readonly string[]
  readonly help?: readonly string[]
  readonly fixes?: readonly Fix[]
  readonly exception?: string
  readonly stack?: readonly Frame[]
  readonly attachments?: readonly Attachment[]
}

export function diagnostic<C extends Code>(
  phase: Phase,
  code: C,
  params: ParamsOf<C>,
  span: Span | null,
  details: Details = {},
): Diagnostic {
  const entry = CATALOGUE[code]
  return {
    code,
    severity: entry.severity,
    blame: entry.blame,
    phase,
    message: (entry.text as (p: ParamsOf<C>) => string)(params),
    primary: span ? { span, text: details.label ?? '' } : null,
    secondary: details.secondary ?? [],
    notes: details.notes ?? [],
    help: [...(details.help ?? []), ...entry.help],
    fixes: details.fixes ?? [],
    exception: details.exception ?? null,
    stack: details.stack ?? [],
    attachments: details.attachments ?? [],
  }
}

export function fail<C extends Code>(phase: Phase, code: C, params: ParamsOf<C>, span: Span | null, details: Details = {}): never {
  throw new Failure(diagnostic(phase, code, params, span, details))
}
