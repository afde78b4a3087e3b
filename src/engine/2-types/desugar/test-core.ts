/** Julia text to the text of its Core, and to the failure it meets: the language of the tests here. */
import { Failure } from '../../../diagnostics/diagnostic.ts'
import { spanText } from '../../../diagnostics/source.ts'
import { parseProgram } from '../../1-syntax/parse.ts'
import { programText } from '../core-text.ts'
import { desugarProgram } from './program.ts'

/** The program as Core, after a line break so that tests read well. */
export function core(text: string): string {
  return `\n${programText(desugarProgram(parseProgram({ name: 'test.jl', text }), { moduleName: 'Main' }))}\n`
}

/** Code and marked text of the failure that `text` meets: `subset.no-syntax at ccall(:f)`. */
export function refusal(text: string): string {
  try {
    core(text)
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    const { code, message, primary } = error.diagnostic
    return `${code} at ${primary ? spanText(primary.span) : 'nowhere'}: ${message}`
  }
  return 'no failure'
}
