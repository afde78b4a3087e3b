import { expect, test } from 'vitest'
import { entries, TestModule, vector } from './test-module.ts'

test('scalars, branches and loops', () => {
  const m = new TestModule(`
func @f (%x: f64, %n: i64) -> (f64) {
  %z: f64 = const 0
  %k = f64.lt %z, %x
  %y: f64 = if %k {
    %a = f64.sin %x
    %b = f64.mul %a, %x
    yield %b
  } else {
    yield %z
  }
  %s: f64 = for %n with %y do (%i: i64, %c: f64) {
    %t = f64.mul %c, %x
    %u = f64.cos %t
    yield %u
  }
  yield %s
}
`)
  const f = (x: number): number => {
    let c = x > 0 ? Math.sin(x) * x : 0
    for (let i = 0; i < 3; i++) c = Math.cos(c * x)
    return c
  }
  const x = 0.7
  const slope = (f(x + 1e-6) - f(x - 1e-6)) / 2e-6
  const [y, dy] = m.numbers(m.derived('forward', 'f', 'ac'), [x, 3, 1])
  expect(y).toBe(f(x))
  expect(dy).toBeCloseTo(slope, 7)
  const grad = m.derived('gradient', 'f', 'ac')
  console.log(m.text(grad))
  expect(m.numbers(grad, [x, 3, 1])[1]).toBeCloseTo(dy!, 12)
  const [h] = m.numbers(m.derived('gradient', grad, 'aca'), [x, 3, 1, 0, 1]).slice(2)
  const [, , , h2] = m.numbers(m.derived('forward', grad, 'aca'), [x, 3, 1, 1, 0])
  console.log(h, h2)
  expect(h).toBeCloseTo(h2!, 10)
})

test('rosenbrock over a vector keeps no tape', () => {
  const m = new TestModule(`
func @f (%x: arr<f64>) -> (f64) {
  %z: f64 = const 0
  %one: i64 = const 1
  %fone: f64 = const 1
  %hundred: f64 = const 100
  %n: i64 = prim arr.len %x
  %m = i64.sub %n, %one
  %s: f64 = for %m with %z do (%i: i64, %c: f64) {
    %j = i64.add %i, %one
    %a: f64 = load %x[%i] column 0
    %b: f64 = load %x[%j] column 0
    %aa = f64.mul %a, %a
    %p = f64.sub %b, %aa
    %q = f64.sub %fone, %a
    %pp = f64.mul %p, %p
    %hp = f64.mul %hundred, %pp
    %qq = f64.mul %q, %q
    %t = f64.add %hp, %qq
    %u = f64.add %c, %t
    yield %u
  }
  yield %s
}
`)
  const grad = m.derived('gradient', 'f', 'a')
  console.log(m.text(grad))
  const x = vector([1.2, 0.7, -0.3])
  const dx = vector([0, 0, 0])
  m.run(grad, [x, dx, 1])
  console.log(entries(dx))
  console.log(m.text(m.derived('augmented', 'f', 'a')))
  console.log(m.text(m.derived('reverse', 'f', 'a')))
})
