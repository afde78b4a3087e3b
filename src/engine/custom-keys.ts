/** Values whose type has a `hash` of the program are one key where that and `isequal` say so, as they are in Julia's dictionaries and sets. */
import { dispatch } from './2-types/dispatch.ts'
import type { Specialiser } from './2-types/specialise/specialiser.ts'
import type { JType } from './2-types/type.ts'
import type { Boxed } from './3-ir/memory.ts'
import type { Host } from './6-emit/host.ts'

interface Means {
  readonly specialiser: Specialiser
  readonly host: () => Pick<Host, 'box' | 'dynamicCall'>
}

export function newCustomKeys({ specialiser, host }: Means): Host['customKey'] {
  /** One value of each class of equal ones, by their hash. */
  const classes = new Map<string, Boxed[]>()
  /** By type, and how old the world was. */
  const known = new Map<JType, { readonly age: number; readonly isOwn: boolean }>()
  const { world } = specialiser

  const isOwnMethod = (types: readonly JType[]): boolean => {
    const found = dispatch(world, types)
    return found.kind === 'method' && !found.method.module.isBase
  }

  const hasOwnHash = (type: JType, hash: JType): boolean => {
    const before = known.get(type)
    if (before?.age === world.age) return before.isOwn
    const isOwn = isOwnMethod([hash, type]) || isOwnMethod([hash, type, specialiser.baseType('UInt64')])
    known.set(type, { age: world.age, isOwn })
    return isOwn
  }

  return (type, leaves) => {
    const hash = specialiser.baseFunction('hash')
    const isequal = specialiser.baseFunction('isequal')
    if (!hash || !isequal || !hasOwnHash(type, hash.type)) return null
    const { box, dynamicCall } = host()
    const value = box(type, leaves)
    const [hashed] = dynamicCall([], [box(hash.type, []), value])
    const number = String((hashed as Boxed).v[0])
    let same = classes.get(number)
    if (!same) {
      same = []
      classes.set(number, same)
    }
    let at = same.findIndex(other => (dynamicCall([], [box(isequal.type, []), other, value])[0] as Boxed).v[0] === true)
    if (at < 0) at = same.push(value) - 1
    return `~${number}/${at}`
  }
}
