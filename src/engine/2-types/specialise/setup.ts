/** The world before any Julia is read: built-in types, the compiler's own functions, the intrinsics. */
import type { Module as IrModule } from '../../3-ir/ir.ts'
import { OPS, type Op } from '../../3-ir/ops.ts'
import { PRIMS, type Prim } from '../../3-ir/prims.ts'
import {
  ANY,
  ARRAY,
  anyTuple,
  applied,
  BOX,
  DATATYPE,
  FUNCTION,
  MODULE,
  NAMEDTUPLE,
  NOTHING,
  TYPE,
  typeName,
  UNIONALLTYPE,
  UNIONTYPE,
  unionAllOf,
  VARARG,
} from '../intern.ts'
import { newModule } from '../module.ts'
import type { JType } from '../type.ts'
import { World } from '../world.ts'
import { AUTODIFF_BUILTINS } from './autodiff.ts'
import type { Builtin } from './builtins/builtin.ts'
import { BUILTINS } from './builtins/table.ts'
import { hasRule, hasRules } from './custom-rules.ts'
import { castIntrinsic, opIntrinsic, primIntrinsic, strict } from './intrinsics.ts'
import { MARK_BUILTINS } from './marks.ts'
import { Specialiser, type SpecialiserHost } from './specialiser.ts'

export function newSpecialiser(ir: IrModule, host: SpecialiserHost): Specialiser {
  const world = new World()
  const builtins = new Map<JType, Builtin>()
  const { core } = world
  const add = (module: typeof core, name: string, body: Builtin, isStrict: boolean): void => {
    const type = applied(
      typeName({ name: `#${name}`, module: module.name, form: 'struct', supertype: FUNCTION, callable: { name, closure: false } }),
      [],
    )
    world.defineKnown(module, name, type)
    builtins.set(type, isStrict ? strict(() => type, body) : body)
  }
  const types: Readonly<Record<string, JType>> = {
    Any: ANY,
    Union: UNIONTYPE,
    DataType: DATATYPE,
    UnionAll: UNIONALLTYPE,
    Type: unionAllOf(TYPE),
    Tuple: anyTuple(),
    NamedTuple: unionAllOf(NAMEDTUPLE),
    Array: unionAllOf(ARRAY),
    Function: FUNCTION,
    Nothing: NOTHING,
    Module: unionAllOf(MODULE),
    Box: unionAllOf(BOX),
    Vararg: VARARG,
  }
  for (const [name, type] of Object.entries(types)) world.defineType(core, name, type)
  world.defineKnown(core, 'nothing', NOTHING)
  world.defineKnown(core, 'Core', core.type)
  world.defineKnown(core, 'Base', world.base.type)
  world.defineKnown(core, 'Main', world.main.type)
  for (const [name, spec] of Object.entries(BUILTINS)) add(core, name, spec.body, spec.strict)
  for (const [name, body] of Object.entries({ ...AUTODIFF_BUILTINS, ...MARK_BUILTINS })) add(core, name, body, false)
  add(core, '__has_rule', hasRule, false)
  add(core, '__has_own_rules', hasRules, false)
  const intrinsics = newModule('Intrinsics', core, true)
  world.register(intrinsics)
  world.defineKnown(core, 'Intrinsics', intrinsics.type)
  for (const op of Object.keys(OPS) as Op[]) add(intrinsics, op.replace('.', '_'), opIntrinsic(op), true)
  for (const prim of Object.keys(PRIMS) as Prim[])
    add(intrinsics, prim.replace('.', '_'), primIntrinsic(prim), !PRIMS[prim].takes.some(t => t === 'any' || t === '...any'))
  add(intrinsics, 'cast', castIntrinsic, true)
  core.exports.add('nothing')
  return new Specialiser(world, ir, builtins, host)
}
