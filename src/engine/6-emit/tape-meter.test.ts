import { expect, test } from 'vitest'
import { newTapeMeter } from './tape-meter.ts'

test('a tape counts for what it held at its fullest, whichever way it got there', () => {
  const meter = newTapeMeter()
  const tape = new meter.Tape()
  tape.pushFloat(1)
  tape.pushFloat(2)
  tape.popFloat()
  tape.pushFloat(3)
  tape.pushBool(true)
  tape.pushRef(null)
  expect(meter.bytes()).toBe(4 * 8)
  // As loops leave it that have the count in a variable.
  tape.floats.above(2, 20)
  tape.floats.count = 8
  tape.floats.count = 0
  expect(meter.bytes()).toBe(12 * 8)
  new meter.Tape().pushInt(1)
  expect(meter.bytes()).toBe(13 * 8)
})
