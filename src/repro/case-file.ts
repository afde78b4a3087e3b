/** Reads a case: a program with a YAML header in its first comment, or a bare program. A mistake in the header is shown at its place. */
import { type Document, isMap, isScalar, isSeq, type Node, parseDocument } from 'yaml'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { diagnostic } from '../diagnostics/report.ts'
import type { Source, Span } from '../diagnostics/source.ts'
import type { Plain } from '../engine/index.ts'
import { type CaseHeader, caseHeader } from './case-schema.ts'
import { type Expectation, readExpectation } from './expectation.ts'
import { findHeader } from './header-text.ts'

export interface Known {
  /** As written; it may be no engine at all, which makes the expectation stale. */
  readonly engine: string
  readonly expectation: Expectation
  readonly span: Span
}

export interface Check {
  readonly call: string
  readonly span: Span
  readonly value: Plain | undefined
  readonly equals: string | null
  readonly rtol: number
  /** Null: derived from rtol and the size of the expected value. */
  readonly atol: number | null
  readonly stateful: boolean
  readonly on: readonly Known[]
}

export interface CaseFile {
  readonly source: Source
  /** The name of the file when the case is bare. */
  readonly title: string
  readonly upstream: string | null
  readonly tags: readonly string[]
  readonly seconds: number | null
  readonly megabytes: number | null
  /** Null for a bare program: what is checked are its `@test`s and that it runs to its end. */
  readonly checks: readonly Check[] | null
}

export type CaseReading =
  | { readonly kind: 'case'; readonly file: CaseFile }
  | { readonly kind: 'bad'; readonly diagnostics: readonly Diagnostic[] }

type Path = readonly PropertyKey[]

/** The node at `path`, or the nearest one above it that exists. */
function nodeAt(doc: Document.Parsed, path: Path): Node | null {
  let node: Node | null = doc.contents
  for (const step of path) {
    let next: unknown = null
    if (isMap(node)) next = node.get(step, true)
    else if (isSeq(node)) next = node.get(Number(step), true)
    if (!next) return node
    node = next as Node
  }
  return node
}

function keyNode(doc: Document.Parsed, path: Path, key: string): Node | null {
  const map = nodeAt(doc, path)
  if (!isMap(map)) return map
  const pair = map.items.find(item => isScalar(item.key) && String(item.key.value) === key)
  return (pair?.key as Node | undefined) ?? map
}

/** Offsets in the YAML as a span of the case, without the white space that YAML counts to a collection. */
function spanIn(yaml: Span, start: number, end: number): Span {
  const from = Math.min(yaml.start + start, yaml.end)
  let to = Math.min(Math.max(yaml.start + end, from), yaml.end)
  while (to > from + 1 && /\s/.test(yaml.source.text[to - 1]!)) to -= 1
  return { source: yaml.source, start: from, end: to }
}

/** YAML points at the first character of a key; the whole word says more. */
function wordIn(span: Span): Span {
  const word = /^[\w-]+/.exec(span.source.text.slice(span.start))
  return { ...span, end: Math.max(span.end, span.start + (word?.[0].length ?? 0)) }
}

function nodeSpan(yaml: Span, node: Node | null): Span {
  return node?.range ? spanIn(yaml, node.range[0], node.range[1]) : spanIn(yaml, 0, yaml.end - yaml.start)
}

function bad(why: string, span: Span, label = ''): Diagnostic {
  return diagnostic('parse', 'case.bad-header', { why: why.replace(/\.$/, '') }, span, { label })
}

/** YAML's `.nan` and `.inf` as the strings that stand for them in values, since JSON Schema has no such numbers. */
function spelled(value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? 'Inf' : '-Inf'
  if (Array.isArray(value)) return value.map(spelled)
  if (value !== null && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, spelled(v)]))
  return value
}

function headerOf(doc: Document.Parsed, yaml: Span): CaseHeader | readonly Diagnostic[] {
  const problems = [...doc.errors, ...doc.warnings]
  if (problems.length > 0)
    return problems.map(p =>
      bad(p.message.split('\n')[0]!.replace(/ at line \d+, column \d+:?$/, ''), wordIn(spanIn(yaml, p.pos[0], p.pos[1]))),
    )
  let data: unknown
  try {
    data = spelled(doc.toJS())
  } catch (error) {
    return [bad(error instanceof Error ? error.message : String(error), nodeSpan(yaml, doc.contents))]
  }
  const result = caseHeader.safeParse(data)
  if (result.success) return result.data
  return result.error.issues.flatMap(issue => {
    const where = issue.path.map(String).join('.')
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map(key =>
        bad(
          `there is no \`${key}\` ${where ? `in \`${where}\`` : 'in a header'}`,
          nodeSpan(yaml, keyNode(doc, issue.path, key)),
          'not known',
        ),
      )
    }
    return [bad(`${where ? `\`${where}\`: ` : ''}${issue.message}`, nodeSpan(yaml, nodeAt(doc, issue.path)))]
  })
}

function readChecks(doc: Document.Parsed, yaml: Span, header: CaseHeader): Check[] {
  return header.checks.map((check, i) => ({
    call: check.call,
    span: nodeSpan(yaml, nodeAt(doc, ['checks', i, 'call'])),
    value: check.value as Plain | undefined,
    equals: check.equals ?? null,
    rtol: check.rtol ?? 1e-9,
    atol: check.atol ?? null,
    stateful: check.stateful ?? false,
    on: Object.entries(check.on ?? {}).map(([engine, text]) => ({
      engine,
      expectation: readExpectation(text),
      span: nodeSpan(yaml, keyNode(doc, ['checks', i, 'on'], engine)),
    })),
  }))
}

/** A check that says twice what it expects, or the same call twice: most likely a slip of the pen. */
function slips(checks: readonly Check[]): Diagnostic[] {
  return checks.flatMap((check, i) => {
    if (check.value !== undefined && check.equals !== null) return [bad(`\`checks.${i}\` has both \`value\` and \`equals\``, check.span)]
    const twin = checks.findIndex(other => other.call === check.call && !check.stateful)
    return twin >= 0 && twin < i ? [bad(`\`checks.${i}\` makes the same call as \`checks.${twin}\``, check.span)] : []
  })
}

export function readCase(source: Source): CaseReading {
  const found = findHeader(source)
  if (found.kind === 'unclosed') return { kind: 'bad', diagnostics: [bad('the comment that holds it is not closed by `=#`', found.open)] }
  if (found.kind === 'none') {
    return { kind: 'case', file: { source, title: source.name, upstream: null, tags: [], seconds: null, megabytes: null, checks: null } }
  }
  const { yaml } = found
  const doc = parseDocument(source.text.slice(yaml.start, yaml.end), { prettyErrors: true, uniqueKeys: true })
  const header = headerOf(doc, yaml)
  if (Array.isArray(header)) return { kind: 'bad', diagnostics: header }
  const { title, upstream, tags, limits, ...rest } = header as CaseHeader
  const checks = readChecks(doc, yaml, { title, ...rest })
  const wrong = slips(checks)
  if (wrong.length > 0) return { kind: 'bad', diagnostics: wrong }
  return {
    kind: 'case',
    file: {
      source,
      title,
      upstream: upstream ?? null,
      tags: tags ?? [],
      seconds: limits?.seconds ?? null,
      megabytes: limits?.megabytes ?? null,
      checks,
    },
  }
}
