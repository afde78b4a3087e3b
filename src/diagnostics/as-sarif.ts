/** Results as SARIF 2.1.0, for code scanning and editors. The one place that encodes it. */
import { type Json, jsonText } from './as-json.ts'
import type { Fix } from './diagnostic.ts'
import { isBad, type Result, resultName } from './result.ts'
import { positionAt, type Span } from './source.ts'
import type { Frame } from './stack.ts'
import { visibleText, wellFormed } from './visible.ts'

/** What GitHub takes of one file: it rejects the whole of one that has more runs or more bytes, and drops the rest of the others without a word. */
const RUNS = 20
const RESULTS = 5_000
const LOCATIONS = 100
const STEPS = 1_000
const BYTES = 10_000_000
/** Longer messages are cut; the file is for finding the place. */
const CHARACTERS = 4_000

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json'

type JsonObject = { readonly [key: string]: Json }

/** A relative reference or a `file:` URI, with whatever a file name may hold percent-encoded. */
function uri(file: string): string {
  const parts = wellFormed(file).replaceAll('\\', '/').split('/').map(encodeURIComponent)
  const path = parts.join('/')
  return path.startsWith('/') ? `file://${path}` : path
}

/** Where it begins and ends at the same place, that is where something is inserted. */
function region({ source, start, end }: Span): JsonObject {
  const from = positionAt(source, Math.min(start, source.text.length))
  const to = positionAt(source, Math.min(end, source.text.length))
  return { startLine: from.line, startColumn: from.column, endLine: to.line, endColumn: to.column }
}

function physical(span: Span): JsonObject {
  return { artifactLocation: { uri: uri(span.source.name) }, region: region(span) }
}

function message(text: string): JsonObject {
  return { text: visibleText(text.length > CHARACTERS ? `${text.slice(0, CHARACTERS)}…` : text) }
}

/** How the failing operation came to be: innermost frame last, as a reader follows a flow. */
function flow(stack: readonly Frame[]): JsonObject {
  const frames = stack.filter(frame => frame.span !== null).slice(0, STEPS)
  const locations = frames.reverse().map(frame => ({
    location: {
      physicalLocation: physical(frame.span!),
      message: message(frame.made.length > 0 ? `${frame.label} (${[...frame.made].reverse().join(' of ')})` : frame.label),
    },
    importance: frame.origin === 'user' ? 'important' : 'unimportant',
  }))
  return { threadFlows: [{ locations }] }
}

/** An editor applies them as they are, so their texts are not made visible: JSON encodes them. */
function fixJson({ title, edits }: Fix): JsonObject {
  const files = [...new Set(edits.map(edit => edit.span.source))]
  return {
    description: message(title),
    artifactChanges: files.map(source => ({
      artifactLocation: { uri: uri(source.name) },
      replacements: edits
        .filter(edit => edit.span.source === source)
        .map(({ span, text }) => ({ deletedRegion: region(span), insertedContent: { text: wellFormed(text) } })),
    })),
  }
}

/** How much is told of a result, the most first: what is too large is made again with less. */
const DETAILS = ['flows', 'fixes', 'related', 'place'] as const
type Detail = (typeof DETAILS)[number]

function resultJson(result: Result, detail: Detail): JsonObject {
  const d = result.diagnostic
  const tellsStack = detail === 'flows' && d?.stack.some(frame => frame.span !== null)
  const fixes = (detail === 'flows' || detail === 'fixes') && d ? d.fixes.filter(fix => fix.edits.length > 0) : []
  const tellsRelated = detail !== 'place' && d !== null && d.secondary.length > 0
  return {
    ruleId: d?.code ?? 'check',
    level: result.state === 'known' ? 'note' : d && d.severity !== 'error' ? d.severity : 'error',
    message: message(`${resultName(result)}: ${result.why}`),
    locations: [{ physicalLocation: result.at ? physical(result.at) : { artifactLocation: { uri: uri(result.file) } } }],
    partialFingerprints: { 'adreproSignature/v1': `${wellFormed(result.name)} ${result.signature}` },
    ...(tellsRelated
      ? {
          relatedLocations: d.secondary.slice(0, LOCATIONS - 1).map(({ span, text }, id) => ({
            id,
            physicalLocation: physical(span),
            message: message(text),
          })),
        }
      : {}),
    ...(fixes.length > 0 ? { fixes: fixes.map(fixJson) } : {}),
    ...(tellsStack ? { codeFlows: [flow(d!.stack)] } : {}),
    ...(result.state === 'known'
      ? { suppressions: [{ kind: 'external', status: 'accepted', justification: message(result.why).text! }] }
      : {}),
  }
}

interface Run {
  readonly name: string
  readonly results: readonly Result[]
}

/** One run an engine; engines past the limit share the last one. */
function runsOf(results: readonly Result[]): Run[] {
  const told = results.filter(r => r.state !== 'pass')
  const engines = [...new Set(results.map(r => r.engine ?? 'adrepro'))]
  const names = engines.length === 0 ? ['adrepro'] : engines
  const own = names.length > RUNS ? names.slice(0, RUNS - 1) : names
  const runs = own.map(name => ({ name, results: told.filter(r => (r.engine ?? 'adrepro') === name) }))
  if (own.length < names.length) runs.push({ name: 'other engines', results: told.filter(r => !own.includes(r.engine ?? 'adrepro')) })
  return runs
}

/** As many results as there is room for, what is red first. */
function keptOf(run: Run, detail: Detail, bytes: number): { readonly kept: readonly Result[]; readonly json: readonly JsonObject[] } {
  const kept: Result[] = []
  const json: JsonObject[] = []
  let size = 0
  for (const result of [...run.results.filter(isBad), ...run.results.filter(r => !isBad(r))].slice(0, RESULTS)) {
    const one = resultJson(result, detail)
    size += Buffer.byteLength(jsonText(one)) + 1
    if (size > bytes) break
    kept.push(result)
    json.push(one)
  }
  return { kept, json }
}

function runJson(run: Run, version: string, bytes: number): JsonObject {
  const most = Math.min(run.results.length, RESULTS)
  let { kept, json } = keptOf(run, DETAILS[0], bytes)
  for (const detail of DETAILS.slice(1)) if (kept.length < most) ({ kept, json } = keptOf(run, detail, bytes))
  const lost = run.results.length - kept.length
  const codes = [...new Set(kept.map(r => r.diagnostic?.code ?? 'check'))]
  return {
    tool: {
      driver: {
        name: 'adrepro',
        version,
        rules: codes.map(id => ({ id, help: { text: `adrepro explain ${id}` } })),
      },
    },
    automationDetails: { id: `adrepro/${run.name}` },
    columnKind: 'utf16CodeUnits',
    invocations: [
      {
        executionSuccessful: !kept.some(r => r.engine === null),
        ...(lost > 0
          ? { toolExecutionNotifications: [{ level: 'warning', message: { text: `${lost} more results are not in this file.` } }] }
          : {}),
      },
    ],
    results: json,
  }
}

export function sarifText(results: readonly Result[], version: string): string {
  const runs = runsOf(results)
  // The rest is for what stands around the results of a run.
  const bytes = (0.9 * BYTES) / runs.length
  return `${jsonText({ $schema: SCHEMA, version: '2.1.0', runs: runs.map(run => runJson(run, version, bytes)) })}\n`
}
