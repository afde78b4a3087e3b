/** Any stage of what an expression compiles to, as text; for `adrepro show`. */
import { fail } from '../diagnostics/report.ts'
import type { Code } from './2-types/core.ts'
import { typeText } from './2-types/type-text.ts'
import type { Func, Transform } from './3-ir/ir.ts'
import { printFunc } from './3-ir/print.ts'
import { forEachInst } from './3-ir/visit.ts'
import { optimise, passContext } from './5-passes/optimise.ts'
import { PASSES } from './5-passes/passes.ts'
import { emitFunc } from './6-emit/emit.ts'
import type { Pipeline } from './pipeline.ts'
import type { Stage } from './session.ts'

export function stageText(pipeline: Pipeline, code: Code, stage: Stage, pass: string | null): string {
  if (pass !== null) checkPass(stage, pass)
  const instance = pipeline.statements.instance(code, pipeline.specialiser.world.main)
  const reached = reachable(pipeline, instance.name)
  const cx = passContext(pipeline.ir, { passes: pipeline.passes, verify: true, inlineDerived: true })
  const after = (f: Func) => (pass === null ? f : optimise(f, cx, { upTo: pass }))
  switch (stage) {
    case 'ast':
    case 'types':
      return [
        `${typeText(instance.result)}  value of the expression`,
        ...reached.filter(f => f.made === null).map(f => typedText(pipeline, f)),
      ].join('\n')
    case 'ir':
      return text(reached.filter(f => f.made === null).map(after))
    case 'forward':
      return text(madeBy(reached, 'forward').map(after))
    case 'augmented':
      return text(madeBy(reached, 'augmented', 'gradient').map(after))
    case 'reverse':
      return text(madeBy(reached, 'reverse', 'gradient').map(after))
    case 'optimised':
      return text(reached.map(f => (pass === null ? optimise(f, cx) : after(f))))
    case 'js':
      return reached.map(f => (pass === null ? pipeline.linker.codeOf(f.name) : emitFunc(after(f)).code)).join('\n\n')
  }
}

function checkPass(stage: Stage, pass: string): void {
  const passes = PASSES.map(p => p.name)
  if (!passes.includes(pass)) fail('parse', 'cli.bad-usage', { why: `There is no pass \`${pass}\`; there are ${passes.join(', ')}` }, null)
  if (stage === 'ast' || stage === 'types')
    fail('parse', 'cli.bad-usage', { why: `Passes run on the IR, which comes after the stage \`${stage}\`` }, null)
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
