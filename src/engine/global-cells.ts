/** Where the values of globals are kept while a program runs. */
import { fail } from '../diagnostics/report.ts'
import { fieldSlice, fieldTypes, isBoxed, isFlatUnion, isOpenTuple, leavesOf } from './2-types/layout.ts'
import type { GlobalCell } from './2-types/module.ts'
import { isSubtype } from './2-types/subtype.ts'
import type { DataType, JType } from './2-types/type.ts'
import { typeText } from './2-types/type-text.ts'
import type { Boxed } from './3-ir/memory.ts'

interface Means {
  /** The leaves at an index. */
  readonly storage: (index: number) => unknown[]
  readonly box: (type: JType, leaves: readonly unknown[]) => Boxed
  readonly typeOf: (value: Boxed) => JType
}

export class GlobalCells {
  readonly #means: Means

  constructor(means: Means) {
    this.#means = means
  }

  leaves(cell: GlobalCell): readonly unknown[] {
    return this.#means.storage(cell.index)
  }

  store(cell: GlobalCell, leaves: readonly unknown[]): void {
    const stored = this.#means.storage(cell.index)
    stored.splice(0, stored.length, ...leaves)
  }

  /**
   * The global has got another type, and with it storage of its own. Code that was compiled with the type `from` may be running and holds
   * on to the storage at `old`: there it finds what the global is now, as long as that is a `from`.
   */
  moved(cell: GlobalCell, old: number, from: JType, keepsValue: boolean): void {
    const before = this.#means.storage(old)
    const values = [...before]
    if (keepsValue) this.store(cell, this.leavesAs(this.#means.box(from, values), cell.type!))
    for (const i of values.keys()) {
      Object.defineProperty(before, i, {
        get: () => this.#seenAs(cell, from)[i],
        set: (value: unknown) => {
          values[i] = value
          this.store(cell, isSubtype(from, cell.type!) ? this.leavesAs(this.#means.box(from, values), cell.type!) : retyped(cell, from))
        },
      })
    }
  }

  #seenAs(cell: GlobalCell, type: JType): readonly unknown[] {
    const value = this.#means.box(cell.type!, this.leaves(cell))
    return isSubtype(this.#means.typeOf(value), type) ? this.leavesAs(value, type) : retyped(cell, type)
  }

  /** The leaves of a boxed value as a type that holds it. */
  leavesAs(value: Boxed, type: JType): readonly unknown[] {
    if (isBoxed(type)) return [value]
    if (isOpenTuple(type)) return this.#itemsAs(value, type as DataType)
    if (!isFlatUnion(type)) return value.v
    const { members } = type
    const own = this.#means.typeOf(value)
    return [
      members.indexOf(own),
      ...members.flatMap(m =>
        m === own
          ? value.v
          : leavesOf(m).map(leaf =>
              leaf === 'str' ? '' : leaf === 'bool' ? false : leaf === 'f64' || leaf === 'f32' || leaf === 'i64' ? 0 : null,
            ),
      ),
    ]
  }

  /** The elements of a tuple as the types that are known of them. */
  #itemsAs(value: Boxed, type: DataType): readonly unknown[] {
    const own = this.#means.typeOf(value) as DataType
    const items = fieldTypes(own).map((field, i) => this.#means.box(field, value.v.slice(...fieldSlice(own, i))))
    return fieldTypes(type).flatMap((field, i) => this.leavesAs(items[i]!, field))
  }
}

function retyped({ name, type }: GlobalCell, from: JType): never {
  return fail('run', 'subset.retyped-global', { name, from: typeText(from), to: typeText(type!) }, null)
}
