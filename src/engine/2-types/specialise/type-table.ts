/** The Julia types that `box` and `unbox` name by number, and the structs that the IR must know for them. */
import type { Module as IrModule, Type as LeafType } from '../../3-ir/ir.ts'
import { ANY, ARRAY, applied, BOX, NAMEDTUPLE, TUPLE, valueParam } from '../intern.ts'
import { boxedLeaves, fieldTypes, isBoxed, leavesOf, structOf } from '../layout.ts'
import type { DataType, JType } from '../type.ts'
import { typeText } from '../type-text.ts'

/** Element types to guess from the leaves of an array whose Julia type nobody has boxed yet. */
const ELEMENTS: Readonly<Record<string, string>> = {
  'arr<f64>': 'Float64',
  'arr<i64>': 'Int64',
  'arr<bool>': 'Bool',
  'arr<str>': 'String',
  'arr<f32>': 'Float32',
}

export class TypeTable {
  /** Behind `Module.types`, by the same numbers. */
  readonly types: JType[] = []
  readonly #ir: IrModule
  readonly #indices = new Map<JType, number>()
  readonly #registered = new Set<JType>()

  constructor(ir: IrModule) {
    this.#ir = ir
  }

  index(type: JType): number {
    let index = this.#indices.get(type)
    if (index === undefined) {
      index = this.types.length
      this.#indices.set(type, index)
      this.types.push(type)
      this.#ir.types.push({ label: typeText(type), leaves: boxedLeaves(type) })
      this.register(type)
    }
    return index
  }

  /** Makes the IR know the mutable structs that values of this type refer to. */
  register(type: JType): void {
    if (this.#registered.has(type)) return
    this.#registered.add(type)
    if (type.kind === 'union') for (const member of type.members) this.register(member)
    if (type.kind !== 'data') return
    const { name } = type
    if (name.form === 'mutable') {
      const struct = structOf(type)
      this.#ir.structs.set(struct.name, struct)
    }
    if (name.form === 'array' || name === BOX) this.register(type.params[0] as JType)
    else if (hasFields(type) && !isBoxed(type)) for (const field of fieldTypes(type)) this.register(field)
  }

  /** A Julia array type with this reference: the one of this text, else any that is known, else of the element type that its leaves suggest. */
  arrayOf(leaf: LeafType | null, rank: number, text: string | null, baseType: (name: string) => DataType): DataType {
    const isSuch = (t: JType): t is DataType =>
      t.kind === 'data' && t.name === ARRAY && leavesOf(t)[0] === leaf && t.params[1]?.key === `#${rank}`
    const known = [...this.#registered].filter(isSuch)
    const found = known.find(t => typeText(t) === text) ?? known[0]
    if (found) return found
    const element = ELEMENTS[leaf ?? '']
    return applied(ARRAY, [element ? baseType(element) : ANY, valueParam({ kind: 'int', value: rank })])
  }
}

function hasFields({ name, params }: DataType): boolean {
  if (name === TUPLE) return params.every(p => p.kind !== 'vararg')
  return name === NAMEDTUPLE || name.form === 'struct' || name.form === 'mutable'
}
