import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { NumberStack, Tape } from './tape.ts'

/** Pushes, pops, and room that a loop asks for, in which it then pushes by itself. */
const steps = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('push' as const), count: fc.nat(100) }),
    fc.record({ kind: fc.constant('pop' as const), count: fc.nat(100) }),
    fc.record({ kind: fc.constant('loop' as const), count: fc.nat(100) }),
  ),
  { maxLength: 40 },
)

test('a stack in chunks is a stack', () => {
  fc.assert(
    fc.property(steps, list => {
      const stack = new NumberStack()
      const model: number[] = []
      let next = 0
      for (const { kind, count } of list) {
        if (kind === 'loop') {
          let { count: n, data } = stack
          if (n + count > data.length) {
            data = stack.above(n, count)
            n = 0
          }
          for (let i = 0; i < count; i++) {
            data[n++] = next
            model.push(next++)
          }
          stack.count = n
        }
        for (let i = 0; i < count; i++) {
          if (kind === 'push') {
            stack.push(next)
            model.push(next++)
          } else if (kind === 'pop' && model.length > 0) expect(stack.pop()).toBe(model.pop())
        }
        expect(stack.size).toBe(model.length)
      }
      while (model.length > 0) expect(stack.pop()).toBe(model.pop())
      expect(stack.isEmpty).toBe(true)
      expect(() => stack.pop()).toThrow('empty stack')
    }),
    { seed: 7, numRuns: 200 },
  )
})

test('a push after a pop at the end of a chunk makes no chunk, and what was popped is given back', () => {
  const stack = new NumberStack()
  for (let i = 0; i < 16; i++) stack.push(i)
  stack.push(16)
  const second = stack.data
  for (let i = 0; i < 3; i++) {
    expect([stack.pop(), stack.pop()]).toEqual([16, 15])
    stack.push(15)
    stack.push(16)
    expect(stack.data).toBe(second)
  }
})

test('a tape is empty when all of its stacks are', () => {
  const tape = new Tape()
  expect(tape.isEmpty).toBe(true)
  tape.pushBool(true)
  expect(tape.isEmpty).toBe(false)
  expect(tape.popBool()).toBe(true)
  tape.pushRef(null)
  expect(tape.isEmpty).toBe(false)
})
