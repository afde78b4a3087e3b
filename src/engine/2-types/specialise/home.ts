/** Where types of a program's modules stand: Julia shows their names with the path to them, unless Main sees them. */
import { typeOfType, unionAllOf } from '../intern.ts'
import type { Binding, Module } from '../module.ts'
import type { Home, TypeName } from '../type.ts'

/** Undefined for Main itself and for modules of the library. */
export function homeOf(name: TypeName, module: Module): Home | undefined {
  if (module.isBase || module.parent === null) return undefined
  const path = [module.name]
  let root = module.parent
  for (; root.parent !== null; root = root.parent) path.unshift(root.name)
  const main = root
  return { path: ['Main', ...path].join('.'), isVisible: () => means(main, name) }
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
