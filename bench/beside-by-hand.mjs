/** A workload beside the same arithmetic written by hand, in one process: equal numbers, then times. */
import { readFileSync } from 'node:fs'
import { gradientMemory } from './gradient-memory.mjs'
import { evaluate, loaded } from './session.mjs'
import { bestInTurns, elapsed } from './timing.mjs'

/** A run is repeated until it takes about so many milliseconds. */
const LONG_ENOUGH = 40

const PRIMAL_AIM = 1.5
const GRADIENT_AIM = 2.5

export function besideByHand(workload, { quick, row }) {
  const sizes = workload.sizes[quick ? 'quick' : 'full']
  const text = `${readFileSync(new URL(`workloads/${workload.program}`, import.meta.url), 'utf8')}\nconst data = setup(${sizes})\n`
  const session = loaded(workload.program, text)
  const data = workload.setup(...sizes)
  const engine = what => evaluate(session, what).plain

  compare(`${workload.name}: primal`, [engine('primal(data, 1)')], [workload.primal(data, 1)])
  compare(`${workload.name}: gradient`, engine('gradient(data, 1)'), workload.gradient(data, 1))

  const times = (what, aim) => {
    const byHand = n => elapsed(() => workload[what](data, n))
    // The program looks at the clock itself, so that compiling the call does not count; it keeps the result, so that nobody drops the work.
    const compiled = n => evaluate(session, `@elapsed (global last = ${what}(data, ${n}))`).plain * 1000
    // Both warm before they are measured.
    for (let i = 0; i < 3; i++) for (const run of [byHand, compiled]) run(1)
    const n = Math.max(1, Math.round(LONG_ENOUGH / byHand(1)))
    const [hand, ours] = bestInTurns(quick ? 3 : 9, [() => byHand(n), () => compiled(n)]).map(time => time / n)
    row(`${workload.name}: ${what} by hand`, hand, 'ms')
    row(`${workload.name}: ${what}`, ours, 'ms')
    row(`${workload.name}: ${what} against by hand`, ours / hand, '×', aim)
    return ours
  }
  const primal = times('primal', PRIMAL_AIM)
  const gradient = times('gradient', GRADIENT_AIM)
  row(`${workload.name}: gradient against primal`, gradient / primal, '×', workload.mostPrimals ?? null)

  const measured = loaded(workload.program, text, { measureTapes: true })
  evaluate(measured, 'gradient(data, 1)')
  const { count, of } = workload.iterations(...sizes)
  row(`${workload.name}: tape per ${of}`, measured.tapeBytes() / count, 'bytes')
  gradientMemory(workload, text, { row })
}

/** Sums in another order differ by rounding alone. */
function compare(what, found, expected) {
  if (found.length !== expected.length) throw new Error(`${what}: ${found.length} numbers instead of ${expected.length}`)
  const scale = expected.reduce((most, x) => Math.max(most, Math.abs(x)), 0)
  found.forEach((value, i) => {
    if (!(Math.abs(value - expected[i]) <= 1e-10 * (Math.abs(expected[i]) + 1e-3 * scale)))
      throw new Error(`${what}: number ${i} is ${value}, by hand ${expected[i]}`)
  })
}
