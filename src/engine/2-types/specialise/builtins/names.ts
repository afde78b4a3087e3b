/** Names: of modules, and of what is in them. */
import { singleton, symbolVal, tupleVal } from '../value.ts'
import { type Builtin, type BuiltinTable, dataTypeArgument, moduleArgument, noMethod, strictly } from './builtin.ts'

const names: Builtin = (frame, args, _k, span) => {
  const module = moduleArgument(frame, args[0])
  if (!module) return noMethod(frame, '__module_names', args, span)
  const all = [...new Set([module.name, ...module.exports])].sort((a, b) => (a < b ? -1 : 1))
  return tupleVal(all.map(name => symbolVal(frame, name, span)))
}

/** The module of a function or type, the parent of a module. */
const parentmodule: Builtin = (frame, args, _k, span) => {
  const [x] = args
  const { world } = frame.s
  const module = moduleArgument(frame, x)
  if (module) return singleton((module.parent ?? module).type)
  const type = dataTypeArgument(x) ?? (x?.type.kind === 'data' ? x.type : null)
  const home = type && [...world.modulesByType.values()].find(m => m.name === type.name.module)
  return home ? singleton(home.type) : noMethod(frame, 'parentmodule', args, span)
}

export const NAME_BUILTINS: BuiltinTable = {
  nameof: strictly((frame, args, _k, span) => {
    const module = moduleArgument(frame, args[0])
    if (module) return symbolVal(frame, module.name, span)
    const type = dataTypeArgument(args[0]) ?? (args[0]?.type.kind === 'data' ? args[0].type : null)
    return type ? symbolVal(frame, type.name.callable?.name ?? type.name.name, span) : noMethod(frame, 'nameof', args, span)
  }),
  parentmodule: strictly(parentmodule),
  __module_names: strictly(names),
}
