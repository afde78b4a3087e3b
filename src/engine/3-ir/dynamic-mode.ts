/** How a dynamic call says in one word what becomes of its callee. */
import { type DynamicMode, RULE_SOURCES, type Transform } from './ir.ts'

/** What a dynamic call passes on of the transform that it stands in. */
export type Passed = Pick<Transform, 'strongZero' | 'runtimeActivity' | 'rules' | 'width'>

export function dynamicMode({ strongZero, runtimeActivity, rules, width }: Passed, mode: 'forward' | 'augmented' | 'reverse'): DynamicMode {
  return `${width === undefined ? '' : (`wide${width}-` as const)}${strongZero ? 'strong-' : ''}${runtimeActivity ? 'runtime-' : ''}${rules ? (`${rules}-` as const) : ''}${mode}`
}

/** The same read back. */
export function readDynamicMode(step: DynamicMode): { mode: 'forward' | 'augmented' | 'reverse' | 'caught'; passed: Passed } {
  const words = step.split('-')
  const rules = RULE_SOURCES.find(source => words.includes(source))
  const wide = words.find(word => word.startsWith('wide'))
  return {
    mode: words.at(-1) as 'forward' | 'augmented' | 'reverse' | 'caught',
    passed: {
      ...(words.includes('strong') && { strongZero: true as const }),
      ...(words.includes('runtime') && { runtimeActivity: true as const }),
      ...(rules && { rules }),
      ...(wide && { width: Number(wide.slice(4)) }),
    },
  }
}
