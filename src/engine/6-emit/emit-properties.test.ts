import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Arguments, arbitraryArguments, arbitraryProgram, asValues } from '../3-ir/arbitrary.ts'
import { interpret } from '../3-ir/interpret.ts'
import type { Module } from '../3-ir/ir.ts'
import { type ArrayObject, Trap, type TrapReason } from '../3-ir/memory.ts'
import { printModule } from '../3-ir/print.ts'
import { interpreterHost } from './interpreter-host.ts'
import { newLinker } from './linker.ts'
import { newRuntime, type Runtime } from './runtime.ts'
import { newTestHost } from './test-host.ts'

type Outcome = { readonly results: readonly unknown[] } | { readonly trap: TrapReason['kind']; readonly value: unknown }

/** What a run gives, and what it leaves in the array it was given. */
function outcome(given: Arguments, run: (args: unknown[]) => unknown[]): { outcome: Outcome; array: readonly number[] } {
  const args = asValues(given)
  const array = (): number[] => Array.from((args[4] as ArrayObject).c0 as Float64Array)
  try {
    const results = run(args)
    return { outcome: { results }, array: array() }
  } catch (error) {
    if (!(error instanceof Trap)) throw error
    const { reason } = error
    return { outcome: { trap: reason.kind, value: reason.kind === 'thrown' ? reason.value.v : null }, array: array() }
  }
}

function freshRuntime(module: Module): Runtime {
  return newRuntime(newTestHost(module))
}

const functionOf = (module: Module) => (name: string) => module.funcs.get(name)!

test('emitted code does what the interpreter does, to the last bit', () => {
  fc.assert(
    fc.property(
      arbitraryProgram({ references: true }),
      fc.array(arbitraryArguments, { minLength: 1, maxLength: 3 }),
      (module, argumentLists) => {
        const emitting = freshRuntime(module)
        const linker = newLinker(emitting.library, functionOf(module))
        const interpreting = interpreterHost(freshRuntime(module), functionOf(module))
        for (const given of argumentLists) {
          const emitted = outcome(given, args => linker.call('f', args))
          const interpreted = outcome(given, args => interpret(module, 'f', args, interpreting))
          expect(emitted, `${printModule(module)}\n${linker.codeOf('f')}\n${JSON.stringify(given)}`).toEqual(interpreted)
        }
      },
    ),
    { numRuns: 1000 },
  )
})
