import { describe, expect, it } from 'vitest'
import { isSameSignature } from './2-types/method-table.ts'
import { indexBase } from './base-index.ts'
import { workingsUnder } from './faults.ts'
import { Pipeline } from './pipeline.ts'

describe('the library', () => {
  it('gives a function no two methods for the same arguments, for they are not compared when they are loaded', () => {
    const nothing = () => {}
    const pipeline = new Pipeline({
      profile: 'none',
      write: nothing,
      interpret: true,
      verify: false,
      recordTest: nothing,
      workings: workingsUnder(null),
    })
    const { world } = pipeline.specialiser
    for (const { names } of indexBase().entries) for (const name of names) world.lookup(world.base, name)
    const repeated: string[] = []
    for (const module of world.modulesByType.values()) {
      for (const binding of module.bindings.values()) {
        const type = binding.kind === 'known' ? binding.known.type : null
        if (type?.kind !== 'data' || !type.name.callable) continue
        const methods = world.methodsFor(type, true)
        methods.forEach((method, i) => {
          for (const other of methods.slice(0, i)) if (isSameSignature(method, other)) repeated.push(method.def.name)
        })
      }
    }
    expect(repeated).toEqual([])
  })
})
