/** Generated programs whose globals change their types: they do what the same programs do with globals of `Any`, or are refused. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createSession } from '../../src/engine/index.ts'

const NAMES = ['a', 'b', 'c'] as const
const name = fc.constantFrom(...NAMES)

/** A value of any type, from what globals hold. */
const value: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom('1', '2.5', '"s"', 'nothing', '[1, 2]', '(1, 2.0)', ':q', 'true'),
  name,
  fc.tuple(name, fc.constantFrom('1', '0.5')).map(([x, by]) => `num(${x}) + ${by}`),
  fc.tuple(name, name).map(([x, y]) => `(${x}, num(${y}))`),
)

/** Statements of a function; it may call those that come before it. */
function statement(callees: number, depth: number): fc.Arbitrary<string> {
  const simple: fc.Arbitrary<string>[] = [
    fc.tuple(name, value).map(([x, v]) => `global ${x} = ${v}`),
    name.map(x => `see(${x})`),
    fc.tuple(name, value).map(([x, v]) => `let y = ${x}; global ${x} = ${v}; see(y, ${x}); end`),
    name.map(x => `see(@isdefined(${x}))`),
  ]
  if (callees > 0) {
    const callee = fc.nat(callees - 1)
    simple.push(callee.map(i => `f${i}()`))
    simple.push(fc.tuple(name, callee).map(([x, i]) => `let y = ${x}; f${i}(); see(y, ${x}); end`))
    simple.push(callee.map(i => `foreach(_ -> f${i}(), 1:2)`))
  }
  if (depth === 0) return fc.oneof(...simple)
  const block = fc.array(statement(callees, depth - 1), { minLength: 1, maxLength: 3 }).map(lines => lines.join('\n'))
  return fc.oneof(
    { weight: 5, arbitrary: fc.oneof(...simple) },
    { weight: 1, arbitrary: block.map(body => `for i in 1:2\n${body}\nend`) },
    { weight: 1, arbitrary: fc.tuple(name, block, block).map(([x, yes, no]) => `if ${x} isa Number\n${yes}\nelse\n${no}\nend`) },
    { weight: 1, arbitrary: block.map(body => `try\n${body}\nerror("e")\ncatch\nsee(:caught)\nend`) },
  )
}

const FUNCTIONS = 3

/** What stands at top level: it may call all functions. */
const step: fc.Arbitrary<string> = fc.oneof(
  fc.tuple(name, value).map(([x, v]) => `${x} = ${v}`),
  fc.tuple(name, name).map(([x, y]) => `${x}, ${y} = ${y}, ${x}`),
  fc.nat(FUNCTIONS - 1).map(i => `f${i}()`),
  fc.tuple(name, fc.nat(FUNCTIONS - 1)).map(([x, i]) => `${x} = (f${i}(); ${x})`),
  fc.tuple(fc.nat(FUNCTIONS - 1), name, value).map(([i, x, v]) => `if num(${x}) > 1\nf${i}() = (global ${x} = ${v})\nend`),
  statement(FUNCTIONS, 1),
)

const program = fc
  .tuple(
    fc.tuple(
      value.filter(v => !/[abc]/.test(v)),
      value.filter(v => !/[abc]/.test(v)),
      value.filter(v => !/[abc]/.test(v)),
    ),
    fc.tuple(...Array.from({ length: FUNCTIONS }, (_, i) => fc.array(statement(i, 1), { minLength: 1, maxLength: 4 }))),
    fc.array(step, { minLength: 2, maxLength: 6 }),
  )
  .map(([first, functions, steps]) => ({
    first,
    rest: [
      ...functions.map((lines, i) => `function f${i}()\n${lines.join('\n')}\nnothing\nend`),
      ...steps.flatMap(line => [line, NAMES.map(x => `see(${x})`).join('; ')]),
    ].join('\n'),
  }))

const PRELUDE = 'num(x) = x isa Number ? x : 1\nsee(x...) = println(x)\n'

test('globals of inferred types are globals', () => {
  const run = (text: string): { readonly written: string; readonly code: string | null } => {
    const pieces: string[] = []
    const session = createSession({ profile: 'none', write: piece => void pieces.push(piece), verbose: false })
    const { failure } = session.load({ name: 'program.jl', text })
    return { written: pieces.join(''), code: failure?.code ?? null }
  }
  let refused = 0
  fc.assert(
    fc.property(program, ({ first, rest }) => {
      const declared = (type: string) => NAMES.map((x, i) => `${x}${type} = ${first[i]}`).join('\n')
      const inferred = run(`${PRELUDE}${declared('')}\n${rest}`)
      const any = run(`${PRELUDE}${declared('::Any')}\n${rest}`)
      if (inferred.code === 'subset.retyped-global') {
        refused++
        expect(any.written.startsWith(inferred.written)).toBe(true)
      } else expect(inferred).toEqual(any)
    }),
    { numRuns: Number(process.env.GLOBALS_RUNS ?? 10) },
  )
  expect(refused).toBeLessThan(30)
})
