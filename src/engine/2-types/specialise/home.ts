/** Where types of modules stand: Julia shows their names with the path to them, unless Main sees them. */
import { PACKAGES } from '../../../diagnostics/packages.ts'
import { typeOfType, unionAllOf } from '../intern.ts'
import type { Binding, Module } from '../module.ts'
import type { Home, TypeName } from '../type.ts'

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
  const path = [module.name]
  let root = module.parent
  for (; root.parent !== null; root = root.parent) path.unshift(root.name)
  const own = root
  return { path: ['Main', ...path].join('.'), isProgram: true, isVisible: () => means(own, name) }
}

/** Does the name of the type mean it in `main`? Asking must not give it a meaning there. */
function means(main: Module, name: TypeName): boolean {
  const type = typeOfType(unionAllOf(name))
  const is = (binding: Binding | undefined): boolean => {
    if (!binding) return false
    if (binding.kind === 'import') return is(binding.module.bindings.get(binding.name))
    return binding.kind === 'known' && binding.known.type === type
  }
  const own = main.bindings.get(name.name)
  return own ? is(own) : main.usings.some(used => used.exports.has(name.name) && is(used.bindings.get(name.name)))
}
