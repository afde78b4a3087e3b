/** Modules of a program, and what `using` and `import` bring into them. */
import { fail } from '../../../diagnostics/report.ts'
import type { Span } from '../../../diagnostics/source.ts'
import type { Core, Definition, TopLevel } from '../core.ts'
import { type Module, newModule } from '../module.ts'
import type { DataType } from '../type.ts'
import type { Val } from './frame.ts'
import type { Specialiser } from './specialiser.ts'
import { NOTHING_VAL, singleton } from './value.ts'

type Def<K extends Definition['kind']> = Extract<Definition, { kind: K }>

/** `__init__()`, called when the module is complete. */
function initialising(span: Span): TopLevel {
  const body: Core = { kind: 'call', callee: { kind: 'global', name: '__init__', span }, args: [], kwargs: [], span }
  return { kind: 'expression', code: { locals: [], body, captures: [] }, span }
}

export function defineModule(s: Specialiser, def: Def<'module'>, parent: Module): Val {
  // A module of the library may go on in another file.
  const earlier = parent.isBase ? parent.bindings.get(def.name) : undefined
  const continued = earlier?.kind === 'known' ? s.world.modulesByType.get(earlier.known.type as DataType) : undefined
  if (continued) {
    s.host.runProgram(def.body, continued)
    return singleton(continued.type)
  }
  const module = newModule(def.name, parent, parent.isBase)
  s.world.register(module)
  module.usings.push(s.world.base)
  s.world.defineKnown(module, def.name, module.type)
  s.world.defineKnown(parent, def.name, module.type)
  s.host.runProgram(def.body, module)
  if (!module.isBase && module.bindings.has('__init__')) s.host.runProgram([initialising(def.span)], module)
  return singleton(module.type)
}

export function moduleNamed(s: Specialiser, from: Module, name: string, span: Span): Module {
  return findModule(s, from, name) ?? fail('lower', 'subset.no-package', { name }, span)
}

function findModule(s: Specialiser, from: Module, name: string): Module | null {
  const found = s.world.lookup(from, name) ?? s.world.lookup(s.world.base, name)
  const module = found?.kind === 'known' && found.known.type.kind === 'data' ? s.world.modulesByType.get(found.known.type) : undefined
  return module ?? (name === from.name ? from : null)
}

/** The package that a `using` is about, if it is none of the engine's. */
export function missingPackage(s: Specialiser, { path }: Def<'using'>, module: Module): string | null {
  const first = path[0]!
  return first === '.' || findModule(s, module, first) ? null : first
}

function resolvePath(s: Specialiser, path: readonly string[], module: Module, span: Span): Module {
  let at = module
  let rest = [...path]
  if (rest[0] === '.') {
    rest = rest.slice(1)
    while (rest[0] === '.') {
      at = at.parent ?? at
      rest = rest.slice(1)
    }
    for (const part of rest) at = moduleNamed(s, at, part, span)
    return at
  }
  const [first, ...deeper] = rest
  at = moduleNamed(s, module, first!, span)
  for (const part of deeper) at = moduleNamed(s, at, part, span)
  return at
}

export function useModule(s: Specialiser, def: Def<'using'>, module: Module): Val {
  const bind = (name: string, from: Module, original: string) => {
    if (from !== module || name !== original) s.world.bind(module, name, { kind: 'import', module: from, name: original })
  }
  if (def.names) {
    const from = resolvePath(s, def.path, module, def.span)
    for (const n of def.names) {
      // Those of the library are no functions, and known everywhere.
      if (n.name.startsWith('@') && !s.world.lookup(from, n.name)) continue
      if (!s.world.lookup(from, n.name)) fail('lower', 'name.undefined', { name: `${def.path.join('.')}.${n.name}` }, def.span)
      bind(n.as ?? n.name, from, n.name)
    }
    return NOTHING_VAL
  }
  const path = def.path.filter(p => p !== '.')
  const last = path.at(-1)!
  if (def.import && def.path.length > 1) {
    // `import A.b`, `import ..b`: b may be a function.
    const from = resolvePath(s, def.path.slice(0, -1), module, def.span)
    if (!s.world.lookup(from, last)) fail('lower', 'name.undefined', { name: path.join('.') }, def.span)
    bind(def.as ?? last, from, last)
    return NOTHING_VAL
  }
  const target = resolvePath(s, def.path, module, def.span)
  s.world.defineKnown(module, def.as ?? last, target.type)
  if (!def.import) s.world.use(module, target)
  return NOTHING_VAL
}
