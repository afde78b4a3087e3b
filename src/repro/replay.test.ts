/** What fails in a session fails in the same way from the IR that its reproducer holds. */
import { expect, test } from 'vitest'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { diagnostic } from '../diagnostics/report.ts'
import { createSession } from '../engine/index.ts'
import { crashReproducer } from './crash-reproducer.ts'
import { replay } from './replay.ts'
import { diagnosticSignature } from './signature.ts'

const PROGRAM = `
using Enzyme
function f(x)
    y = zeros(2)
    s = 0.0
    for i in eachindex(x)
        s = s + sin(x[i]) * x[i] - i * x[i]
        y[1] = s * y[2]
    end
    while s > 10
        s = s / 2
    end
    return s > 0 ? s : y[1]
end
function store(x)
    y = copy(x)
    for i in 2:length(y)
        y[i] = y[i - 1] * y[i]
    end
    return sum(y)
end
recursive(x, n) = n == 0 ? x : x * recursive(x, n - 1)
`

function crash(call: string, plant: string): { readonly found: Diagnostic; readonly text: string } {
  const source = { name: 'a.jl', text: PROGRAM }
  const session = createSession({ profile: 'none', write: () => undefined, verbose: false, fault: plant })
  session.load(source)
  const evaluated = session.evaluate({ name: 'call', text: call })
  if (evaluated.kind !== 'failure') throw new Error(`${plant} does not fail`)
  const circumstances = { engine: 'builtin', plant, call, versions: { adrepro: '0', node: process.version } }
  return { found: evaluated.diagnostic, text: crashReproducer(source, circumstances, evaluated.diagnostic) }
}

// biome-ignore format: one fault a line
test.each([
  ['pass:inline:crash', 'f([1.0, 2.0])', 'the pass inline'],
  ['pass:fold:crash', 'f([1.0, 2.0])', 'the pass fold'],
  ['pass:cse-again:crash', 'gradient(Reverse, f, [1.0, 2.0])', 'the pass cse-again'],
  ['pass:hoist:crash', 'f([1.0, 2.0])', 'the pass hoist'],
  ['transform:forward:crash', 'gradient(Forward, f, [1.0, 2.0])', 'the forward transform'],
  ['transform:gradient:crash', 'gradient(Reverse, store, [1.0, 2.0])', 'the gradient transform'],
  ['transform:reverse:crash', 'gradient(Reverse, x -> recursive(x, 3), 2.0)', 'the reverse transform'],
])('%s is replayed from %s', (plant, call, step) => {
  const { found, text } = crash(call, plant)
  const replayed = replay({ name: 'crash.jl', text })
  expect(replayed).toMatchObject({ kind: 'same', header: { plant, call, signature: diagnosticSignature(found), message: found.message } })
  expect((replayed as { what: string }).what.startsWith(step)).toBe(true)
  // From the IR alone: the program is not looked at.
  const alone = text.slice(text.indexOf('#= replay\n'))
  expect(replay({ name: 'alone.jl', text: alone })).toMatchObject({ kind: 'same' })
  // Without the fault the same IR goes through.
  expect(replay({ name: 'mended.jl', text: alone.replace(`"plant":"${plant}"`, '"plant":null') })).toMatchObject({ kind: 'none' })
})

test('what no step of the compiler failed with is replayed with the program', () => {
  const circumstances = { engine: 'builtin', plant: null, call: 'f([1.0, 2.0])', versions: { adrepro: '0', node: process.version } }
  const found = diagnostic('verify', 'internal.bug', { stage: 'the engine', why: 'something' }, null)
  const text = crashReproducer({ name: 'a.jl', text: PROGRAM }, circumstances, found)
  expect(replay({ name: 'crash.jl', text })).toMatchObject({ kind: 'none', what: 'the program' })
})

test('a file that holds nothing to replay, or IR that does not read, is told', () => {
  expect(replay({ name: 'a.jl', text: PROGRAM })).toMatchObject({ kind: 'unreadable' })
  const { text } = crash('f([1.0, 2.0])', 'pass:fold:crash')
  expect(replay({ name: 'a.jl', text: text.replace(/^func @f.*$/m, 'func f(') })).toMatchObject({
    kind: 'damaged',
    diagnostic: { code: 'ir.unreadable' },
  })
})
