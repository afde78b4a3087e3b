/**
 * The most memory that is in use while a gradient is computed, beside what it may take: its tape and twice the shadows. Array data only,
 * by V8's own account after collections of garbage, one for each part of the bound that was taken since the last.
 */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { evaluate, loaded } from './session.mjs'

/** So many collections for each time that the bound is taken; what is missed between two is a part of the bound that small. */
const LOOKS = 16
const BYTES_EACH = 8
const CALLS = 3
/** V8 keeps arrays shorter than this among its own objects, and gives out larger ones in pages. */
const SMALLEST_LOOK = 4096

export function gradientMemory(workload, text, { row }) {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc')
  const alive = () => {
    // Memory of arrays is given back by another thread, for which only the next collection waits.
    collect()
    collect()
    return process.memoryUsage().arrayBuffers
  }
  let look = Infinity
  let taken = 0
  let made = 0
  let most = 0
  const session = loaded(workload.program, text, {
    measureTapes: true,
    onMemory(bytes) {
      taken += bytes
      made += bytes
      if (taken < look) return
      taken = 0
      // What is told of is not there yet.
      most = Math.max(most, alive() + bytes)
    },
  })
  /** What a call takes at most, beyond what was there before: of several calls, for V8 may keep what one made for a while. */
  const peak = (call, atEach) => {
    evaluate(session, call)
    let before = Infinity
    most = 0
    for (let i = 0; i < CALLS; i++) {
      look = Infinity
      before = Math.min(before, alive())
      taken = 0
      look = atEach
      evaluate(session, call)
    }
    look = Infinity
    return Math.max(0, most - before)
  }

  const inputs = evaluate(session, 'gradient(data, 1)').plain.length * BYTES_EACH
  const tapesBefore = session.tapeBytes()
  evaluate(session, 'gradient(data, 1)')
  const tape = session.tapeBytes() - tapesBefore
  evaluate(session, '(primal(data, 1); nothing)')
  made = 0
  evaluate(session, '(primal(data, 1); nothing)')
  // Every array that the program makes has a shadow until the reverse sweep is back where it was made, and so have its inputs, from the start.
  const bound = tape + 2 * (inputs + made)
  const found = inputs + peak('(gradient(data, 1); nothing)', Math.max(SMALLEST_LOOK, bound / LOOKS))
  row(`${workload.name}: memory of a gradient`, found / 1024, 'KiB')
  row(`${workload.name}: memory against tape and twice the shadows`, found / bound, '×', 1)
}
