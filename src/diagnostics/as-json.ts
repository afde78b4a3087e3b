/** Diagnostics as JSON: the data itself, with lines and columns beside the offsets. The one place that encodes JSON. */
import type { Diagnostic, Fix, Label } from './diagnostic.ts'
import { positionAt, type Span } from './source.ts'
import type { Frame } from './stack.ts'

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

// JSON.stringify leaves these as they are; a terminal would obey some of them.
const RAW = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\u2028\u2029]/gu

/** One line of JSON that is inert on a terminal. Numbers that JSON has not become `"NaN"`, `"Inf"` and `"-Inf"`. */
export function jsonText(value: Json): string {
  const text = JSON.stringify(value, (_key, v: unknown) => (typeof v === 'number' && !Number.isFinite(v) ? numberName(v) : v))
  return text.replace(RAW, c => [...Array(c.length).keys()].map(i => `\\u${c.charCodeAt(i).toString(16).padStart(4, '0')}`).join(''))
}

function numberName(value: number): string {
  return Number.isNaN(value) ? 'NaN' : value > 0 ? 'Inf' : '-Inf'
}

function spanJson(span: Span): { readonly [key: string]: Json } {
  const { source, start, end } = span
  const from = positionAt(source, Math.min(start, source.text.length))
  const to = positionAt(source, Math.min(end, source.text.length))
  return { file: source.name, start, end, line: from.line, column: from.column, endLine: to.line, endColumn: to.column }
}

function labelJson(label: Label): Json {
  return { ...spanJson(label.span), text: label.text }
}

function fixJson({ title, edits }: Fix): Json {
  return { title, edits: edits.map(({ span, text }) => ({ span: spanJson(span), text })) }
}

function frameJson(frame: Frame): Json {
  return { label: frame.label, origin: frame.origin, made: frame.made, at: frame.span ? spanJson(frame.span) : null }
}

export function diagnosticJson(d: Diagnostic): Json {
  return {
    code: d.code,
    severity: d.severity,
    blame: d.blame,
    phase: d.phase,
    message: d.message,
    exception: d.exception,
    primary: d.primary ? labelJson(d.primary) : null,
    secondary: d.secondary.map(labelJson),
    notes: d.notes,
    help: d.help,
    fixes: d.fixes.map(fixJson),
    stack: d.stack.map(frameJson),
    attachments: d.attachments.map(({ title, text }) => ({ title, text })),
  }
}
