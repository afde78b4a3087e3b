import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Arguments, arbitraryArguments, arbitraryProgram, asValues } from '../3-ir/arbitrary.ts'
import { bareHost, interpret } from '../3-ir/interpret.ts'
import type { Func, Module } from '../3-ir/ir.ts'
import { type ArrayObject, Trap } from '../3-ir/memory.ts'
import { printModule } from '../3-ir/print.ts'
import { optimise, passContext } from './optimise.ts'
import type { Pass } from './pass.ts'
import { PASSES } from './passes.ts'

/** Everything that can be seen of a run: results or the reason it stopped, the array that was handed in, globals. */
function observe(module: Module, args: Arguments): unknown {
  const values = asValues(args)
  const host = bareHost(module)
  const seen = () => ({ array: [...((values[4] as ArrayObject).c0 as Float64Array)], globals: host.globals })
  try {
    return { results: interpret(module, 'f', values, host), ...seen() }
  } catch (error) {
    if (!(error instanceof Trap)) throw error
    return { stopped: error.reason.kind, ...seen() }
  }
}

function stoppedAtLimit(observed: unknown): boolean {
  return (observed as { stopped?: string }).stopped === 'overflow'
}

/** Every pass runs over every function with the verifier on, callees first. */
function optimised(module: Module, passes: readonly Pass[]): Module {
  const after: Module = { ...module, funcs: new Map(module.funcs) }
  const cx = passContext(after, { verify: true })
  for (const f of module.funcs.values()) after.funcs.set(f.name, optimise(f, cx, { passes }))
  return after
}

function agrees(passes: readonly Pass[], runs: number): void {
  fc.assert(
    fc.property(arbitraryProgram(), fc.array(arbitraryArguments, { minLength: 3, maxLength: 3 }), (module, list) => {
      const after = optimised(module, passes)
      for (const args of list) {
        const before = observe(module, args)
        // What an integer out of range would have stopped may go on: the number was not needed.
        if (!stoppedAtLimit(before)) expect(observe(after, args), printModule(after)).toEqual(before)
      }
    }),
    { numRuns: runs },
  )
}

describe('every pass keeps the answer, bit for bit', () => {
  const distinct = PASSES.filter((pass, i) => PASSES.findIndex(other => other.run === pass.run) === i)
  test.each(distinct.map(pass => [pass.name, pass] as const))('%s', (_name, pass) => agrees([pass], 150))
  test('all of them, in order', () => agrees(PASSES, 300))
})

test('passes are deterministic, and a second run finds little left to do', () => {
  fc.assert(
    fc.property(arbitraryProgram(), module => {
      const once = optimised(module, PASSES)
      expect(printModule(optimised(module, PASSES))).toBe(printModule(once))
      const sizes = (m: Module) => [...m.funcs.values()].map((f: Func) => f.body.body.length)
      const twice = sizes(optimised(once, PASSES.slice(1)))
      sizes(once).forEach((size, i) => expect(twice[i]).toBeLessThanOrEqual(size + 2))
    }),
    { numRuns: 60 },
  )
})

test('names of passes are unique', () => {
  expect(new Set(PASSES.map(pass => pass.name)).size).toBe(PASSES.length)
})
