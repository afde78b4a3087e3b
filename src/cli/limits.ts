/** `adrepro limits`: the known limits that engines imitate, each with its issue. */
import { type Json, jsonText } from '../diagnostics/as-json.ts'
import { type Delivery, type LimitInfo, limitTable } from '../engine/index.ts'
import { ENGINE_NAMES, isEngine, profileOf, unknownEngine } from '../repro/engines/table.ts'
import type { Terminal } from './terminal.ts'

const DELIVERY: Readonly<Record<Delivery, string>> = {
  compile: 'throws while it compiles',
  emitted: 'throws in the derivative, where that comes to it',
  warning: 'warns',
  abort: 'ends the process (told, not done)',
  'wrong-value': 'gives a wrong value',
}

export async function limits(args: { readonly engine?: string; readonly json: boolean }, terminal: Terminal): Promise<number> {
  if (args.engine !== undefined && !isEngine(args.engine)) {
    const wrong = unknownEngine(args.engine, null)
    if (args.json) terminal.out(`${jsonText({ error: wrong.message, exit: 2 })}\n`)
    else terminal.tell(wrong)
    return 2
  }
  const names = args.engine === undefined ? ENGINE_NAMES : [args.engine]
  const listed = names.map(engine => ({ engine, limits: limitTable(profileOf(engine)) }))
  if (args.json) terminal.out(`${jsonText(listed.flatMap(({ engine, limits }) => limits.map(limit => asJson(engine, limit))))}\n`)
  else terminal.out(`${listed.map(({ engine, limits }) => block(engine, limits, terminal)).join('\n\n')}\n`)
  return 0
}

function asJson(engine: string, { id, upstream, url, versions, point, delivery, code }: LimitInfo): Json {
  return { id, engine, upstream, url, versions, point, delivery, code }
}

function block(engine: string, found: readonly LimitInfo[], { paint }: Terminal): string {
  const lines = found.map(({ id, url, versions, point, delivery, code }) =>
    [
      `  ${paint.strong(id)}  ${paint.quiet(`${url} (${versions})`)}`,
      `      when: ${point}`,
      `      then: ${DELIVERY[delivery]}${code === null ? '' : `, ${code}`}`,
    ].join('\n'),
  )
  const count = `${found.length} ${found.length === 1 ? 'limit' : 'limits'}`
  return [`${paint.strong(engine)}: ${found.length === 0 ? 'no limits' : count}`, ...lines].join('\n')
}
