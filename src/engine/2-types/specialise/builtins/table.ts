/** The functions that the compiler knows, by name. */
import { ARRAY_BUILTINS } from './arrays.ts'
import type { BuiltinTable } from './builtin.ts'
import { FIELD_BUILTINS } from './fields.ts'
import { METHOD_BUILTINS } from './methods.ts'
import { NAME_BUILTINS } from './names.ts'
import { TUPLE_BUILTINS } from './tuples.ts'
import { TYPE_BUILTINS } from './types.ts'
import { VALUE_BUILTINS } from './values.ts'

export const BUILTINS: BuiltinTable = {
  ...TYPE_BUILTINS,
  ...FIELD_BUILTINS,
  ...ARRAY_BUILTINS,
  ...TUPLE_BUILTINS,
  ...METHOD_BUILTINS,
  ...NAME_BUILTINS,
  ...VALUE_BUILTINS,
}
