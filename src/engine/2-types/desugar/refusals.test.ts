/** What is outside the subset, or wrong, is refused with a code and the exact text it stands at. */
import { describe, expect, it } from 'vitest'
import { refusal } from './test-core.ts'

// biome-ignore format: one refusal a line
const REFUSALS: readonly (readonly [source: string, at: string])[] = [
  ['@nothing_known x', 'lower.no-macro at @nothing_known'],
  ['f(x) = @foo(x)', 'lower.no-macro at @foo'],
  ['break', 'lower.outside-loop at break'],
  ['f() = continue', 'lower.outside-loop at continue'],
  ['for i in 1:3\n    g() = break\nend', 'lower.outside-loop at break'],
  ['function f()\n    struct P end\nend', 'lower.not-top-level at struct P end'],
  ['f() = (using Test)', 'lower.not-top-level at using Test'],
  ['map(1:2) do i\n    export a\nend', 'lower.not-top-level at export a'],
  ['f = () -> for i in 1:2\n    abstract type A end\nend', 'lower.not-top-level at abstract type A end'],
  ['function f()\n    module M end\nend', 'lower.not-top-level at module M end'],
  ['function f()\n    macro m() end\nend', 'lower.not-top-level at macro m() end'],
  ['struct P\n    x\n    P() = (import Test)\nend', 'lower.not-top-level at import Test'],
  ['f() = (const a = 1)', 'lower.local-const at const a = 1'],
  ['let\n    const a = 1\nend', 'lower.local-const at const a = 1'],
  ['@testset begin\n    const a, b = 1, 2\nend', 'lower.local-const at const a, b = 1, 2'],
  ['x = _', 'lower.write-only at _'],
  ['a + 1 += 2', 'lower.bad-target at a + 1'],
  ['f(x), y = 1', 'lower.bad-target at f(x)'],
  ['ccall(:sin, Float64, (Float64,), x)', 'subset.no-syntax at ccall(:sin, Float64, (Float64,), x)'],

  ['include("a.jl")', 'subset.no-syntax at include("a.jl")'],
  ['Threads.@threads for i in 1:3, j in 1:2\nend', 'subset.no-syntax at Threads.@threads for i in 1:3, j in 1:2\nend'],
  ['Threads.@threads 1', 'subset.no-syntax at Threads.@threads 1'],
  ['@generated 1 + 1', 'subset.no-syntax at @generated 1 + 1'],

  ['`ls`', 'subset.no-syntax at `ls`'],
  ['f(x::T) where T = (T = 1)', 'subset.no-syntax at T'],
  ['struct P\n    x\n    f(y) = y\nend', 'subset.no-syntax at f(y) = y'],
  ['(a, b = 1)', 'subset.no-syntax at a'],
]

describe('refusals', () => {
  it.each(REFUSALS)('%s', (source, at) => {
    expect(refusal(source)).toContain(`${at}: `)
  })
})
