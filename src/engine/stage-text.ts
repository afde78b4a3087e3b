/** Any stage of what an expression compiles to, as text; for `adrepro show`. */
import { fail } from '../diagnostics/report.ts'
import type { Code } from './2-types/core.ts'
import { typeText } from './2-types/type-text.ts'
import type { Func, Transform } from './3-ir/ir.ts'
import { printFunc } from './3-ir/print.ts'
import { forEachInst } from './3-ir/visit.ts'
import { optimise, passContext } from './5-passes/optimise.ts'
import { PASSES } from './5-passes/passes.ts'
import type { Pipeline } from './pipeline.ts'
import type { Stage } from './session.ts'

export function stageText(pipeline: Pipeline, code: Code, stage: Stage, pass: string | null): string {
  const passes = PASSES.map(p => p.name)
  if (pass !== null && !passes.includes(pass))
    fail('parse', 'cli.bad-usage', { why: `There is no pass \`${pass}\`; there are ${passes.join(', ')}` }, null)
  const instance = pipeline.compileExpression(code, pipeline.specialiser.world.main)
  const reached = reachable(pipeline, instance.name)
  switch (stage) {
    case 'ast':
    case 'types':
      return [
        `${typeText(instance.result)}  value of the expression`,
        ...reached.filter(f => f.made === null).map(f => typedText(pipeline, f)),
      ].join('\n')
    case 'ir':
      return text(reached.filter(f => f.made === null))
    case 'forward':
      return text(madeBy(reached, 'forward'))
    case 'augmented':
      return text(madeBy(reached, 'augmented', 'gradient'))
    case 'reverse':
      return text(madeBy(reached, 'reverse', 'gradient'))
    case 'optimised': {
      const cx = passContext(pipeline.ir, { verify: true, inlineDerived: true })
      return text(reached.map(f => optimise(f, cx, pass === null ? {} : { upTo: pass })))
    }
    case 'js':
      return reached.map(f => pipeline.linker.codeOf(f.name)).join('\n\n')
  }
}

function typedText(pipeline: Pipeline, f: Func): string {
  return `${f.label} → ${pipeline.specialiser.resultTypeOf(f.name)}`
}

function text(funcs: readonly Func[]): string {
  return funcs.length === 0 ? '(none)' : funcs.map(f => printFunc(f)).join('\n\n')
}

function madeBy(funcs: readonly Func[], ...modes: readonly Transform['mode'][]): Func[] {
  return funcs.filter(f => f.made !== null && modes.includes(f.made.mode))
}

/** Every function that running `name` may call, in order of first call; transforms are made. */
function reachable(pipeline: Pipeline, name: string): Func[] {
  const found = new Map<string, Func>()
  const visit = (callee: string): void => {
    if (found.has(callee)) return
    const func = pipeline.deriver.resolve(callee)
    found.set(callee, func)
    forEachInst(func.body, inst => {
      if (inst.kind === 'call') visit(inst.callee)
    })
  }
  visit(name)
  return [...found.values()]
}
