import fc from 'fast-check'
import { expect, test } from 'vitest'
import { arbitraryArguments, arbitraryProgram, asValues } from './arbitrary.ts'
import { interpret } from './interpret.ts'
import { Trap } from './memory.ts'
import { printModule } from './print.ts'
import { readModule } from './read.ts'
import { verify } from './verify.ts'
import { sizeOf } from './visit.ts'

test('random programs are well-formed, and their text reads back', () => {
  fc.assert(
    fc.property(arbitraryProgram(), module => {
      for (const f of module.funcs.values()) expect(verify(f, module)).toEqual([])
      const text = printModule(module)
      expect(printModule(readModule(text))).toBe(text)
    }),
    { numRuns: 300 },
  )
})

test('random programs run, and most of them to the end', () => {
  let runs = 0
  let traps = 0
  let instructions = 0
  fc.assert(
    fc.property(arbitraryProgram(), arbitraryArguments, (module, args) => {
      runs++
      instructions += sizeOf(module.funcs.get('f')!.body)
      try {
        expect(interpret(module, 'f', asValues(args))).toHaveLength(4)
      } catch (error) {
        if (!(error instanceof Trap)) throw error
        traps++
      }
    }),
    { numRuns: 300, seed: 7 },
  )
  expect(traps / runs).toBeLessThan(0.35)
  expect(instructions / runs).toBeGreaterThan(20)
})
