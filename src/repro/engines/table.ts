/** Every engine that a case can be run on, one a line. */
import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import { diagnostic } from '../../diagnostics/report.ts'
import type { Span } from '../../diagnostics/source.ts'
import type { Profile } from '../../engine/index.ts'

interface EngineSpec {
  readonly profile: Profile
  readonly about: string
  /** The package that it imitates; a program that names no engine is run on it only if it loads that package. Null for any. */
  readonly package: string | null
}

export const ENGINES = {
  builtin: { profile: 'none', about: 'the built-in engine, without artificial limits', package: null },
  'builtin:enzyme-0.13': { profile: 'enzyme-0.13', about: 'the built-in engine with the known limits of Enzyme.jl 0.13', package: null },
  'builtin:zygote': { profile: 'zygote', about: 'the built-in engine with the best known limits of Zygote', package: 'Zygote' },
} as const satisfies Record<string, EngineSpec>

export type EngineName = keyof typeof ENGINES

export const ENGINE_NAMES = Object.keys(ENGINES) as EngineName[]

export function isEngine(name: string): name is EngineName {
  return Object.hasOwn(ENGINES, name)
}

/** Engines that a program which names none is tried on. */
export function enginesFor(program: string): EngineName[] {
  const loads = (name: string) => new RegExp(`^\\s*(?:using|import)\\b[^\\n]*\\b${name}\\b`, 'm').test(program)
  return ENGINE_NAMES.filter(name => ENGINES[name].package === null || loads(ENGINES[name].package))
}

export function unknownEngine(engine: string, span: Span | null): Diagnostic {
  return diagnostic('parse', 'engine.unknown', { engine, known: ENGINE_NAMES.map(n => `\`${n}\``).join(', ') }, span)
}

export function unknownEngines(names: readonly string[]): Diagnostic[] {
  return names.filter(name => !isEngine(name)).map(name => unknownEngine(name, null))
}
