/** The local Int called `flow`, which says how a region of code was left, and the local for what is returned meanwhile. */

import { fail } from '../../../diagnostics/report.ts'
import type { Span } from '../../../diagnostics/source.ts'
import type { Core, Local, LocalId } from '../core.ts'
import { baseCall, intLiteral } from '../desugar/build.ts'

/** Values of `flow`; a `break` of n levels is `BREAK + n - 1`, and a label has one below 0. */
export const NORMAL = 0
const RETURN = 1
export const CONTINUE = 2
export const BREAK = 3

/** Both locals are made when they are first needed. */
export class Flow {
  readonly locals: Local[]
  #flow: LocalId | null = null
  #result: LocalId | null = null
  readonly #labels = new Map<string, Core>()
  readonly #targets = new Map<string, number>()
  /** Labels that what is gone through may go to. */
  readonly open = new Set<string>()

  constructor(locals: readonly Local[]) {
    this.locals = [...locals]
  }

  get isNeeded(): boolean {
    return this.#flow !== null
  }

  /** A local that is not in the source. */
  fresh(name: string, span: Span): LocalId {
    this.locals.push({ name, boxed: false, type: null, span })
    return this.locals.length - 1
  }

  local(): LocalId {
    this.#flow ??= this.fresh('#flow', { source: { name: '', text: '' }, start: 0, end: 0 })
    return this.#flow
  }

  set(value: number, span: Span): Core {
    return { kind: 'set-local', id: this.local(), value: intLiteral(value, span), span }
  }

  is(value: number, span: Span): Core {
    return baseCall('===', [{ kind: 'local', id: this.local(), span }, intLiteral(value, span)], span)
  }

  define(label: Core & { kind: 'label' }): void {
    const { name, span } = label
    const known = this.#labels.get(name)
    if (known && known !== label) fail('lower', 'subset.no-syntax', { what: `The label \`${name}\` twice in one function` }, span)
    this.#labels.set(name, label)
    this.open.add(name)
  }

  target(label: string): number {
    const found = this.#targets.get(label) ?? -1 - this.#targets.size
    this.#targets.set(label, found)
    return found
  }

  leaveWith(value: Core, span: Span): Core[] {
    return [{ kind: 'set-local', id: this.#resultLocal(span), value, span }, this.set(RETURN, span)]
  }

  result(span: Span): Core {
    return { kind: 'local', id: this.#resultLocal(span), span }
  }

  #resultLocal(span: Span): LocalId {
    this.#result ??= this.fresh('#result', span)
    return this.#result
  }
}
