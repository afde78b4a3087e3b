/** The runtime as the interpreter needs it, so that a program can run without emitted code. */
import type { Host, Watch } from '../3-ir/interpret.ts'
import type { Func } from '../3-ir/ir.ts'
import { PRIMS } from '../3-ir/prims.ts'
import type { Runtime } from './runtime.ts'

/** `funcOf` gives a function of the module, deriving it if need be. Globals are the runtime's own cells. */
export function interpreterHost(runtime: Runtime, funcOf: (name: string) => Func, watch: Watch | null = null): Host {
  const { host, library } = runtime
  return {
    watch,
    prim(prim, args) {
      const result = library.primitive(prim, [])(...(args as never[]))
      const { length } = PRIMS[prim].gives
      return length === 0 ? [] : length === 1 ? [result] : (result as readonly unknown[])
    },
    dyncall: (args, path) => host.dynamicCall(path, args),
    function: funcOf,
    get globals() {
      return host.module.globals.map((_, index) => library.cell(index))
    },
    exception: trap => library.caught(trap),
  }
}
