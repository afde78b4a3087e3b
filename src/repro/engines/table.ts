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

type Listed = keyof typeof ENGINES
export type EngineName = Listed | `builtin:enzyme-0.13${'.' | '@'}${string}`

export const ENGINE_NAMES = Object.keys(ENGINES) as Listed[]

/** Releases of Enzyme.jl whose limits can be asked for: the last is the one that the table of limits was made from; and the Julia they ran on. */
const RELEASES = { lastPatch: 199, firstJulia: 10, lastJulia: 13 }
const RELEASE = /^builtin:enzyme-0\.13(?:\.(0|[1-9]\d*))?(?:@julia-1\.([1-9]\d*))?$/

/** One of the table, or a release of it: `builtin:enzyme-0.13.30`, `builtin:enzyme-0.13.30@julia-1.10`. */
export function isEngine(name: string): name is EngineName {
  if (Object.hasOwn(ENGINES, name)) return true
  const found = RELEASE.exec(name)
  if (!found) return false
  const { lastPatch, firstJulia, lastJulia } = RELEASES
  const [patch, julia] = [Number(found[1] ?? 0), Number(found[2] ?? firstJulia)]
  return patch <= lastPatch && julia >= firstJulia && julia <= lastJulia
}

export function profileOf(name: EngineName): Profile {
  return isListed(name) ? ENGINES[name].profile : (name.slice('builtin:'.length) as Profile)
}

function isListed(name: EngineName): name is Listed {
  return Object.hasOwn(ENGINES, name)
}

/** Engines that a program which names none is tried on. */
export function enginesFor(program: string): EngineName[] {
  const loads = (name: string) => new RegExp(`^\\s*(?:using|import)\\b[^\\n]*\\b${name}\\b`, 'm').test(program)
  return ENGINE_NAMES.filter(name => ENGINES[name].package === null || loads(ENGINES[name].package))
}

export function unknownEngine(engine: string, span: Span | null): Diagnostic {
  const { lastPatch, firstJulia, lastJulia } = RELEASES
  const releases = `\`builtin:enzyme-0.13.N\` up to ${lastPatch}, and \`@julia-1.N\` after it for ${firstJulia} to ${lastJulia}`
  const known = [...ENGINE_NAMES.map(name => `\`${name}\``), releases].join(', ')
  return diagnostic('parse', 'engine.unknown', { engine, known }, span)
}

export function unknownEngines(names: readonly string[]): Diagnostic[] {
  return names.filter(name => !isEngine(name)).map(name => unknownEngine(name, null))
}
