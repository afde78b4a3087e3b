/** What is run after the statements of a script: its entry point (`@main`), and what it gave to `atexit`. */
import type { Source } from '../diagnostics/source.ts'
import type { Node } from './1-syntax/ast.ts'
import { parseProgram } from './1-syntax/parse.ts'
import { isEntryPoint, isTree } from './2-types/desugar/shapes.ts'
import { ProgramEnd } from './6-emit/program-end.ts'

/** Runs a script with `run`, and then what follows it; what the program failed with, or ended itself with, is thrown at last. */
export function runToItsEnd(source: Source, run: (source: Source) => void): void {
  const then = (name: string, text: string): void => run({ name, text })
  const guarded = (work: () => void): { readonly error: unknown } | null => {
    try {
      work()
      return null
    } catch (error) {
      return { error }
    }
  }
  const ended = guarded(() => {
    run(source)
    if (source.text.includes('@main') && marksEntryPoint(parseProgram(source))) then('@main', 'Base.__run_main(main)')
  })
  const code = ended === null ? 0 : ended.error instanceof ProgramEnd ? ended.error.code : 1
  const failed = source.text.includes('atexit') ? guarded(() => then('atexit', `Base.__run_exit_hooks(${code})`)) : null
  for (const end of [ended, failed]) if (end && !(end.error instanceof ProgramEnd && end.error.code === 0)) throw end.error
}

/** Is there a call of `@main` that is no code in quotes, and of this module? */
function marksEntryPoint(node: Node): boolean {
  return isEntryPoint(node) || ('args' in node && !isTree(node, 'quote', 'module') && node.args.some(marksEntryPoint))
}
