/** Memory that changes between the sweeps, and constants that change between statements: what may be read again, and what may not. */
import { describe, expect, test } from 'vitest'
import { createSession } from '../../src/engine/index.ts'
import { sessionOf, unpassed } from './session-of.ts'

const PROGRAMS = `
using Enzyme
# the result of a call is changed in place afterwards
g(h) = 2 .* h .* h
function f1(x)
    h = [x, 2x]
    s = 0.0
    for k in 1:3
        h = g(h)
        s += h[1]
        h[1] = h[1] * 0.5 + h[2]
    end
    s + sum(h)
end
# an argument is changed after the call
function sq(v); s = 0.0; for i in 1:length(v); s += v[i]^2; end; s; end
function f2(x)
    v = [x, x + 1, x * x]
    a = sq(v)
    v[2] = 3.0 * v[1]
    b = sq(v)
    a * b
end
# the older array lives on while newer ones are made and written
function f3(x)
    prev = [x, 1.0]
    s = 0.0
    for k in 1:4
        next = zeros(2)
        s += prev[1] * prev[2]
        next[1] = prev[1] * 1.5 + prev[2]
        next[2] = prev[1] * prev[2]
        s += sin(next[1]) * prev[1]
        prev = next
    end
    s + prev[1] * prev[2]
end
# written again after it was read, in the same turn
function f4(x)
    s = 0.0
    keep = [x]
    for k in 1:3
        a = [x * k, x]
        s += a[1]^2 * keep[1]
        a[1] = s
        s += a[1]^2
        keep = a
    end
    s
end
# accumulation in place
function f5(x)
    a = [x, 2x, 3x]
    for k in 1:3, i in 1:3
        a[i] += a[mod1(i + 1, 3)] * sin(a[i])
        a[i] = a[i] - x * k
        a[1] = a[1] + a[1]
    end
    a[1] * a[2] + a[3]
end
function f6(x)
    t = 0.0
    at = 0
    v = [sin(k * x) for k in 1:21]
    for i in 1:6
        for j in i:6
            at += 1
            t += v[at] * v[j] * i
        end
    end
    t
end
reverse(f, x) = autodiff(Reverse, f, Active, Active(x))[1][1]
forward(f, x) = autodiff(Forward, f, Duplicated(x, 1.0))[1]
difference(f, x) = (f(x + 1e-5) - f(x - 1e-5)) / 2e-5
all_of(f) = (d = x -> reverse(f, x); [reverse(f, 0.3), forward(f, 0.3), difference(f, 0.3), reverse(d, 0.3), forward(d, 0.3), difference(d, 0.3)])
`

describe('memory that is written to again has the right derivatives of two orders', () => {
  const session = sessionOf(PROGRAMS)
  test.each(['f1', 'f2', 'f3', 'f4', 'f5', 'f6'])('%s', name => {
    const result = session.evaluate({ name: 'call', text: `all_of(${name})` })
    if (result.kind === 'failure') throw new Error(result.diagnostic.message)
    const [reverse, forward, difference, second, mixed, secondDifference] = result.value.plain as number[]
    const near = (a: number, b: number, tolerance: number): void =>
      expect(Math.abs(a - b) / Math.max(1, Math.abs(b))).toBeLessThan(tolerance)
    near(reverse!, forward!, 1e-12)
    near(reverse!, difference!, 1e-6)
    near(second!, mixed!, 1e-10)
    near(second!, secondDifference!, 1e-5)
  })
})

test('a constant that is given again, or is still to be given, has its value of the moment', () => {
  expect(
    unpassed(`
using Test
const a = 3.0
f() = a * 2
@test f() == 6.0
const a = 4.0
@test f() == 8.0
g() = b + 1
const b = (h() = 2; h())
@test g() == 3
const c = let; k() = (@isdefined(c) ? 1 : 0); k(); end
@test c == 0
const N = 5
x = [i for i in 1:N]
@test sum(x) == 15
module M
const q = 2.5
get() = q
end
@test M.get() == 2.5
const s = "abc"
@test string(s, 1) == "abc1"
v() = isinf(Inf) && isnan(NaN) && -Inf < 0
@test v()
const nt = (p = 1, q = [1.0])
w() = nt.p + nt.q[1]
@test w() == 2.0
nt.q[1] = 5.0
@test w() == 6.0
`),
  ).toEqual([])
})

test('a matrix that nobody writes to is not kept, whatever errors would hold of the vectors beside it', () => {
  const session = createSession({ profile: 'none', write: () => undefined, verbose: false, measureTapes: true })
  const { failure } = session.load({
    name: 'recurrent.jl',
    text: `using Enzyme
turn(W, h, b) = tanh.(W * h + h + b)
function recurrent(W, b, n)
    h = ones(length(b))
    for _ in 1:n
        h = turn(W, h, b)
    end
    return sum(h)
end
kept(n) = autodiff(Reverse, recurrent, Active, Duplicated(fill(0.01, 32, 32), zeros(32, 32)), Const(fill(0.1, 32)), Const(n))`,
  })
  expect(failure).toBeNull()
  const bytesOf = (turns: number): number => {
    const before = session.tapeBytes()
    session.evaluate({ name: 'call', text: `kept(${turns})` })
    return session.tapeBytes() - before
  }
  const [few, more] = [bytesOf(10), bytesOf(20)]
  expect(few).toBeGreaterThan(0)
  expect((more - few) / 10).toBeLessThan(8 * 32 * 32)
})
