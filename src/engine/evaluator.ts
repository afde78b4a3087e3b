/** Evaluates expressions in a loaded program, and keeps what they were compiled to: many are evaluated twice. */
import type { Source } from '../diagnostics/source.ts'
import { parseExpression } from './1-syntax/parse.ts'
import { desugarExpression } from './2-types/desugar/program.ts'
import type { Boxed } from './3-ir/memory.ts'
import { plainValue } from './6-emit/plain.ts'
import type { Pipeline } from './pipeline.ts'
import type { Value } from './session.ts'
import type { Statement } from './statements.ts'

export class Evaluator {
  readonly #pipeline: Pipeline
  readonly #statements = new Map<string, Statement>()

  constructor(pipeline: Pipeline) {
    this.#pipeline = pipeline
  }

  evaluate(expression: Source): Value {
    return plainValue(this.#valueOf(expression), this.#pipeline.host)
  }

  /** Another program is loaded, or more of it: what was compiled may mean something else. */
  forget(): void {
    this.#statements.clear()
  }

  #valueOf(expression: Source): Boxed | null {
    const { statements, specialiser, code: values } = this.#pipeline
    const { main } = specialiser.world
    const key = `${expression.name}\n${expression.text}`
    const before = this.#statements.get(key)
    if (before && statements.isCurrent(before)) return statements.runCompiled(before)
    const code = desugarExpression(parseExpression(expression), values.macros)
    const value = statements.globalValue(code, main)
    if (value) return value
    const statement = statements.compile(code, main)
    this.#statements.set(key, statement)
    return statements.runCompiled(statement)
  }
}
