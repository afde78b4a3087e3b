/** Where types of modules stand: Julia shows their names with the path to them, unless Main sees them. */
import { PACKAGES } from '../../../diagnostics/packages.ts'
import { typeOfType, typeParameterOf, unionAllOf } from '../intern.ts'
import { type Module, pathOf } from '../module.ts'
import type { Home, JType, TypeName } from '../type.ts'
import { giveName, namedType } from '../type-alias.ts'
import { forgetTexts } from '../type-text.ts'

/** Types of packages are those of all sessions of a process; the names are shown as the one that runs sees them. */
let running: Module | null = null

export function showFrom(main: Module): void {
  running = main
}

/** Undefined for Main itself and for Base. */
export function homeOf(name: TypeName, module: Module): Home | undefined {
  if (module.isBase && !PACKAGES.includes(module.name)) return undefined
  if (module.isBase) return { path: module.name, isProgram: false, isVisible: () => running !== null && means(running, name) }
  if (module.parent === null) return undefined
  let root = module.parent
  while (root.parent !== null) root = root.parent
  const own = root
  return { path: pathOf(module).join('.'), isProgram: true, isVisible: () => means(own, name) }
}

/** Does the name of the type mean it in `main`? Asking must not give it a meaning there. */
function means(main: Module, name: TypeName): boolean {
  return isKnownAs(main, name.name, typeOfType(unionAllOf(name)), false, new Set())
}

function isKnownAs(module: Module, name: string, type: JType, exported: boolean, asked: Set<Module>): boolean {
  if (asked.has(module) || (exported && !module.exports.has(name))) return false
  asked.add(module)
  const own = module.bindings.get(name)
  if (own?.kind === 'import') return isKnownAs(own.module, own.name, type, false, new Set())
  if (own) return own.kind === 'known' && own.known.type === type
  return module.usings.some(used => isKnownAs(used, name, type, true, asked))
}

/** A constant of a program's module that is a type of the same module, with parameters given, is a name to show it by. */
export function noteTypeName(module: Module, name: string, value: JType): void {
  const type = module.isBase ? null : typeParameterOf(value)
  const named = type && namedType(type)
  if (
    !type ||
    !named ||
    named.name.name === name ||
    !isKnownAs(module, named.name.name, typeOfType(unionAllOf(named.name)), false, new Set())
  )
    return
  const path = pathOf(module)
  const text = (): string | null => {
    if (path.length === 1) return name
    if (!module.exports.has(name)) return null
    return running && isKnownAs(running, name, value, false, new Set()) ? name : `${path.join('.')}.${name}`
  }
  giveName(named.name, { name, type, text })
  forgetTexts()
}
