import { describe, expect, test } from 'vitest'
import { Failure } from '../../diagnostics/diagnostic.ts'
import { entries, TestModule, vector } from './test-module.ts'

function slope(f: (x: number) => number, x: number): number {
  return (f(x + 1e-6) - f(x - 1e-6)) / 2e-6
}

function expectClose(found: readonly number[], expected: readonly number[], digits = 7): void {
  expect(found.length).toBe(expected.length)
  found.forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, digits))
}

function refusal(run: () => unknown): Failure['diagnostic'] {
  try {
    run()
  } catch (error) {
    if (error instanceof Failure) return error.diagnostic
    throw error
  }
  throw new Error('nothing was refused')
}

describe('shapes', () => {
  test('straight-line code needs no tape when both sweeps are one function', () => {
    const m = new TestModule(`
func @f (%x: f64, %y: f64) -> (f64) {
  %a = f64.sin %x
  %b = f64.mul %a, %y
  yield %b
}`)
    expect(m.text(m.derived('gradient', 'f', 'ac'))).toMatchInlineSnapshot(`
      "func @"grad[ac](f)" "gradient #1 of f" made gradient of @f (active, const) (%x.0: f64, %y.1: f64, %b_seed.2: f64) -> (f64, f64) {
        %a.3 = f64.sin %x.0
        %b.4 = f64.mul %a.3, %y.1
        %d.5 = f64.mul %b_seed.2, %y.1
        %d.6 = f64.cos %x.0
        %d.7 = f64.mul %d.5, %d.6
        yield %b.4, %d.7
      }
      "
    `)
    expect(m.text(m.derived('forward', 'f', 'ac'))).toMatchInlineSnapshot(`
      "func @"fwd[ac](f)" "forward #1 of f" made forward of @f (active, const) (%x.0: f64, %y.1: f64, %x_shadow.2: f64) -> (f64, f64) {
        %a.3 = f64.sin %x.0
        %d.4 = f64.cos %x.0
        %d.5 = f64.mul %x_shadow.2, %d.4
        %b.6 = f64.mul %a.3, %y.1
        %d.7 = f64.mul %d.5, %y.1
        yield %b.6, %d.7
      }
      "
    `)
    expect(m.text(m.derived('augmented', 'f', 'ac'))).toMatchInlineSnapshot(`
      "func @"aug[ac](f)" "augmented #1 of f" inline never made augmented of @f (active, const) (%x.0: f64, %y.1: f64, %tape.2: tape) -> (f64) {
        %a.3 = f64.sin %x.0
        %b.4 = f64.mul %a.3, %y.1
        push %tape.2, %x.0 slot 1
        push %tape.2, %y.1 slot 2
        yield %b.4
      }
      "
    `)
    expect(m.text(m.derived('reverse', 'f', 'ac'))).toMatchInlineSnapshot(`
      "func @"rev[ac](f)" "reverse #1 of f" inline never made reverse of @f (active, const) (%b_seed.0: f64, %tape.1: tape) -> (f64) {
        %y.2: f64 = pop %tape.1 slot 2
        %x.3: f64 = pop %tape.1 slot 1
        %d.4 = f64.mul %b_seed.0, %y.2
        %d.5 = f64.cos %x.3
        %d.6 = f64.mul %d.4, %d.5
        yield %d.6
      }
      "
    `)
  })

  test('a loop over a vector parameter keeps no tape: loads and indices are done again', () => {
    const m = new TestModule(`
func @f (%x: arr<f64>) -> (f64) {
  %z: f64 = const 0
  %one: i64 = const 1
  %n: i64 = prim arr.len %x
  %last = i64.sub %n, %one
  %s: f64 = for %last with %z do (%i: i64, %c: f64) {
    %j = i64.add %i, %one
    %a: f64 = load %x[%i] column 0
    %b: f64 = load %x[%j] column 0
    %p = f64.mul %a, %b
    %u = f64.add %c, %p
    yield %u
  }
  yield %s
}`)
    const gradient = m.derived('gradient', 'f', 'a')
    expect(m.text(gradient)).not.toContain('tape')
    expect(m.text(gradient)).toMatchInlineSnapshot(`
      "func @"grad[a](f)" "gradient #1 of f" made gradient of @f (active) (%x.0: arr<f64>, %x_shadow.1: arr<f64>, %s_seed.2: f64) -> (f64) {
        %z.3: f64 = const 0
        %one.4: i64 = const 1
        %n.5: i64 = prim arr.len %x.0
        %last.6 = i64.sub %n.5, %one.4
        %s.7: f64 = for %last.6 with %z.3 do (%i.8: i64, %c.9: f64) {
          %j.10 = i64.add %i.8, %one.4
          %a.11: f64 = load %x.0[%i.8] column 0
          %b.12: f64 = load %x.0[%j.10] column 0
          %p.13 = f64.mul %a.11, %b.12
          %u.14 = f64.add %c.9, %p.13
          yield %u.14
        }
        for %last.6 do (%k.15: i64) {
          %c.16: i64 = const 1
          %t.17 = i64.sub %last.6, %c.16
          %i.18 = i64.sub %t.17, %k.15
          %j.19 = i64.add %i.18, %one.4
          %a.20: f64 = load %x.0[%i.18] column 0
          %b.21: f64 = load %x.0[%j.19] column 0
          %d.22 = f64.mul %s_seed.2, %b.21
          %d.23 = f64.mul %s_seed.2, %a.20
          %b_shadow.24: f64 = load %x_shadow.1[%j.19] column 0
          %b_shadow.25 = f64.add %b_shadow.24, %d.23
          store %x_shadow.1[%j.19] column 0 = %b_shadow.25
          %a_shadow.26: f64 = load %x_shadow.1[%i.18] column 0
          %a_shadow.27 = f64.add %a_shadow.26, %d.22
          store %x_shadow.1[%i.18] column 0 = %a_shadow.27
        }
        yield %s.7
      }
      "
    `)
    const shadow = vector([0, 0, 0])
    m.run(gradient, [vector([2, 3, 5]), shadow, 1])
    expect(entries(shadow)).toEqual([3, 7, 3])
  })

  test('memory that is overwritten afterwards is not read again', () => {
    const m = new TestModule(`
func @f (%x: arr<f64>) -> (f64) {
  %i: i64 = const 0
  %a: f64 = load %x[%i] column 0
  %b = f64.mul %a, %a
  store %x[%i] column 0 = %b
  %c: f64 = load %x[%i] column 0
  %d = f64.mul %c, %c
  yield %d
}`)
    const shadow = vector([0])
    m.run(m.derived('gradient', 'f', 'a'), [vector([3]), shadow, 1])
    expect(entries(shadow)).toEqual([4 * 27])
    const tape = m.tape()
    const [split, given] = [vector([0]), vector([3])]
    m.run(m.derived('augmented', 'f', 'a', { overwritten: [true, true] }), [given, split, tape])
    ;(given.c0 as Float64Array)[0] = Number.NaN
    m.run(m.derived('reverse', 'f', 'a', { overwritten: [true, true] }), [split, 1, tape])
    expect(entries(split)).toEqual([4 * 27])
  })

  test('an array of constants is made again instead of being kept', () => {
    const m = new TestModule(`
func @f (%x: f64) -> (f64) {
  %n: i64 = const 2
  %i0: i64 = const 0
  %i1: i64 = const 1
  %w: arr<i64> = alloc %n
  store %w[%i0] column 0 = %i1
  store %w[%i1] column 0 = %n
  %z: f64 = const 0
  %r: f64 = for %n with %z do (%i: i64, %c: f64) {
    %k: i64 = load %w[%i] column 0
    %f = f64.from_i64 %k
    %p = f64.mul %f, %x
    %s = f64.sin %p
    %t = f64.add %c, %s
    yield %t
  }
  yield %r
}`)
    expect(m.text(m.derived('reverse', 'f', 'a'))).toMatchInlineSnapshot(`
      "func @"rev[a](f)" "reverse #1 of f" inline never made reverse of @f (active) (%r_seed.0: f64, %tape.1: tape) -> (f64) {
        %x.2: f64 = pop %tape.1 slot 1
        %n.3: i64 = const 2
        %w.4: arr<i64> = alloc %n.3
        %i0.5: i64 = const 0
        %i1.6: i64 = const 1
        store %w.4[%i0.5] column 0 = %i1.6
        store %w.4[%i1.6] column 0 = %n.3
        %c.7: f64 = const 0
        %x.8: f64 = for %n.3 with %c.7 do (%k.9: i64, %x.10: f64) {
          %t.11 = i64.sub %n.3, %i1.6
          %i.12 = i64.sub %t.11, %k.9
          %k.13: i64 = load %w.4[%i.12] column 0
          %f.14 = f64.from_i64 %k.13
          %p.15 = f64.mul %f.14, %x.2
          %d.16 = f64.cos %p.15
          %d.17 = f64.mul %r_seed.0, %d.16
          %d.18 = f64.mul %d.17, %f.14
          %x.19 = f64.add %x.10, %d.18
          yield %x.19
        }
        yield %x.8
      }
      "
    `)
    expectClose(m.numbers(m.derived('gradient', 'f', 'a'), [0.5, 1]).slice(1), [Math.cos(0.5) + 2 * Math.cos(1)])
  })
})

describe('control', () => {
  const WHILE = `
func @f (%x: f64) -> (f64) {
  %limit: f64 = const 10
  %y: f64 = while with %x cond (%a: f64) {
    %go = f64.lt %a, %limit
    yield %go
  } do (%b: f64) {
    %c = f64.mul %b, %b
    %d = f64.add %c, %b
    yield %d
  }
  yield %y
}`
  const f = (x: number): number => {
    let y = x
    while (y < 10) y = y * y + y
    return y
  }

  test('a while loop runs back as often as it ran', () => {
    const m = new TestModule(WHILE)
    for (const x of [0.3, 1.5, 20]) {
      const [y, dx] = m.numbers(m.derived('gradient', 'f', 'a'), [x, 1])
      expect(y).toBe(f(x))
      expect(dx! / slope(f, x)).toBeCloseTo(1, 5)
      expect(m.numbers(m.derived('forward', 'f', 'a'), [x, 1])[1]! / dx!).toBeCloseTo(1, 12)
    }
  })

  test('four nested transforms of a loop agree in any order', () => {
    const m = new TestModule(WHILE)
    const nest = (modes: readonly ('forward' | 'gradient')[]): number => {
      // A function `(x) → derivative` around each transform.
      let name = 'f'
      modes.forEach((mode, i) => {
        m.add(`
func @w${i}${modes.join('')} (%x: f64) -> (f64) {
  %one: f64 = const 1
  %y: f64, %d: f64 = call @"${m.derived(mode, name, 'a', { interface: true })}" %x, %one
  yield %d
}`)
        name = `w${i}${modes.join('')}`
      })
      return m.numbers(name, [0.3])[0]!
    }
    const third = nest(['forward', 'forward', 'forward'])
    for (const a of ['forward', 'gradient'] as const) {
      for (const b of ['forward', 'gradient'] as const) {
        for (const c of ['forward', 'gradient'] as const) expect(nest([a, b, c]) / third).toBeCloseTo(1, 10)
      }
    }
    expect(nest(['gradient', 'gradient', 'gradient', 'gradient']) / nest(['forward', 'gradient', 'forward', 'gradient'])).toBeCloseTo(1, 10)
  })

  test('recursion', () => {
    const m = new TestModule(`
func @power (%x: f64, %n: i64) -> (f64, i64) {
  %z: i64 = const 0
  %one: i64 = const 1
  %end = i64.eq %n, %z
  %y: f64, %count: i64 = if %end {
    %f: f64 = const 1
    yield %f, %z
  } else {
    %k = i64.sub %n, %one
    %p: f64, %c: i64 = call @power %x, %k
    %q = f64.mul %p, %x
    %d = i64.add %c, %one
    yield %q, %d
  }
  yield %y, %count
}`)
    const gradient = m.derived('gradient', 'power', 'ac', { interface: true })
    expect(m.numbers(gradient, [3, 4, 1])).toEqual([81, 4, 108])
    expect(m.numbers(m.derived('forward', gradient, 'aca'), [3, 4, 1, 1, 0]).at(-1)).toBe(108)
    expect(m.numbers(m.derived('gradient', gradient, 'aca', { interface: true }), [3, 4, 1, 0, 1]).slice(-2)).toEqual([108, 108])
  })

  test('an error of the primal is an error of its derivative', () => {
    const m = new TestModule(`
type "DomainError" (f64)
func @f (%x: f64) -> (f64) {
  %z: f64 = const 0
  %bad = f64.lt %x, %z
  %y: f64 = if %bad {
    %e: any = box type 0 %x
    throw %e
    %never: f64 = const null
    yield %never
  } else {
    %r = f64.sqrt %x
    yield %r
  }
  yield %y
}`)
    const gradient = m.derived('gradient', 'f', 'a')
    expect(m.numbers(gradient, [4, 1])).toEqual([2, 0.25])
    expect(() => m.run(gradient, [-4, 1])).toThrow()
    // The check has no derivative, and what comes after it needs no tape.
    expect(m.text(gradient)).toMatchInlineSnapshot(`
      "func @"grad[a](f)" "gradient #1 of f" made gradient of @f (active) (%x.0: f64, %r_seed.1: f64) -> (f64, f64) {
        %z.2: f64 = const 0
        %bad.3 = f64.lt %x.0, %z.2
        if %bad.3 {
          %e.4: any = box type 0 %x.0
          throw %e.4
          %never.5: f64 = const null
        } else {
        }
        %r.6 = f64.sqrt %x.0
        %c.7: f64 = const 0
        %d.8 = f64.eq %x.0, %c.7
        %c.9: f64 = const 2
        %d.10 = f64.mul %c.9, %r.6
        %d.11 = f64.div %r_seed.1, %d.10
        %d.12 = f64.select %d.8, %c.7, %d.11
        yield %r.6, %d.12
      }
      "
    `)
  })
})

test('a call that never returns ends a branch as a throw does', () => {
  const m = new TestModule(`
type "Error" (f64)
func @fail (%x: f64) -> (f64) {
  %e: any = box type 0 %x
  throw %e
  yield %x
}
func @f (%x: f64, %c: bool) -> (f64) {
  %y: f64 = if %c {
    %z: f64 = call @fail %x
    yield %z
  } else {
    %s = f64.sin %x
    yield %s
  }
  %r = f64.mul %y, %y
  yield %r
}`)
  const gradient = m.derived('gradient', 'f', 'ac')
  expect(m.text(gradient)).not.toMatch(/tape|aug/)
  expectClose(m.numbers(gradient, [0.5, false, 1]).slice(1), [Math.sin(1)])
})

describe('memory', () => {
  test('references in objects, boxes and arrays carry their shadows along', () => {
    const m = new TestModule(`
struct "Cell" ("data": arr<f64>, "scale": f64, "n": i64)
type "Tuple{Vector{Float64}, Float64}" (arr<f64>, f64)
func @f (%x: f64) -> (f64) {
  %n: i64 = const 2
  %i: i64 = const 0
  %j: i64 = const 1
  %v: arr<f64> = alloc %n
  store %v[%i] column 0 = %x
  %o: obj<Cell> = new %v, %x, %n
  %all: arr<obj<Cell>> = alloc %n
  store %all[%j] column 0 = %o
  %p: obj<Cell> = load %all[%j] column 0
  %d: arr<f64> = get %p field 0
  %s: f64 = get %p field 1
  %a: f64 = load %d[%i] column 0
  %b = f64.mul %a, %s
  set %p field 1 = %b
  store %d[%j] column 0 = %b
  %e: any = box type 0 %d, %b
  %q: arr<f64>, %t: f64 = unbox type 0 %e
  %c: f64 = load %q[%j] column 0
  %u: f64 = get %o field 1
  %y1 = f64.mul %c, %u
  %y2 = f64.mul %y1, %t
  yield %y2
}`)
    // y = (x·x)³
    expect(m.numbers(m.derived('gradient', 'f', 'a'), [2, 1])).toEqual([64, 192])
    expect(m.numbers(m.derived('forward', 'f', 'a'), [2, 1])).toEqual([64, 192])
    const gradient = m.derived('gradient', 'f', 'a', { interface: true })
    expect(m.numbers(m.derived('gradient', gradient, 'ac', { interface: true }), [2, 1, 0, 1]).at(-1)).toBe(30 * 16)
    expect(m.numbers(m.derived('forward', m.derived('forward', 'f', 'a'), 'ac', { interface: true }), [2, 1, 1]).at(-1)).toBe(30 * 16)
  })

  test('memory that a callee makes and the caller writes to has a shadow', () => {
    const m = new TestModule(`
func @zeros (%n: i64) -> (arr<f64>) {
  %v: arr<f64> = alloc %n
  yield %v
}
func @f (%x: f64) -> (f64) {
  %n: i64 = const 2
  %i: i64 = const 1
  %v: arr<f64> = call @zeros %n
  store %v[%i] column 0 = %x
  %a: f64 = load %v[%i] column 0
  %b = f64.mul %a, %a
  yield %b
}`)
    expect(m.numbers(m.derived('gradient', 'f', 'a'), [3, 1])).toEqual([9, 6])
    expect(m.numbers(m.derived('forward', 'f', 'a'), [3, 1])).toEqual([9, 6])
  })

  test('constant memory that a callee meets beside active memory has a shadow of zeros', () => {
    const m = new TestModule(`
struct "Model" ("data": arr<f64>, "scale": f64)
func @use (%o: obj<Model>) -> (f64) {
  %i: i64 = const 0
  %d: arr<f64> = get %o field 0
  %s: f64 = get %o field 1
  %a: f64 = load %d[%i] column 0
  %b = f64.mul %a, %s
  %c = f64.mul %b, %s
  yield %c
}
func @f (%x: f64, %k: arr<f64>) -> (f64) {
  %o: obj<Model> = new %k, %x
  %y: f64 = call @use %o
  yield %y
}`)
    expect(m.numbers(m.derived('forward', 'f', 'ac'), [3, vector([5]), 1])).toEqual([45, 30])
    const gradient = m.derived('gradient', 'f', 'ac', { interface: true })
    expect(m.numbers(gradient, [3, vector([5]), 1])).toEqual([45, 30])
    expect(m.numbers(m.derived('gradient', gradient, 'acc', { interface: true }), [3, vector([5]), 1, 0, 1]).at(-1)).toBe(10)
    expect(m.numbers(m.derived('forward', gradient, 'acc', { interface: true }), [3, vector([5]), 1, 1]).at(-1)).toBe(10)
  })

  test('constant memory that is kept on a tape beside shadows stays constant at second order', () => {
    const m = new TestModule(`
global "A" (arr<f64>)
func @dot (%x: arr<f64>, %y: arr<f64>) -> (f64) {
  %z: f64 = const 0
  %n: i64 = prim arr.len %x
  %w: arr<f64> = alloc %n
  for %n do (%i: i64) {
    %a: f64 = load %x[%i] column 0
    %b: f64 = load %y[%i] column 0
    %c = f64.mul %a, %b
    %e = f64.mul %c, %a
    store %w[%i] column 0 = %e
  }
  %s: f64 = for %n with %z do (%j: i64, %t: f64) {
    %v: f64 = load %w[%j] column 0
    %u = f64.add %t, %v
    yield %u
  }
  yield %s
}
func @f (%x: arr<f64>) -> (f64) {
  %A: arr<f64> = global-get 0 leaf 0
  %s: f64 = call @dot %x, %A
  yield %s
}`)
    m.globals[0] = [vector([5, 7])]
    const gradient = m.derived('gradient', 'f', 'a', { interface: true })
    const shadow = vector([0, 0])
    m.run(gradient, [vector([2, 3]), shadow, 1])
    expect(entries(shadow)).toEqual([20, 42])
    const along = vector([0, 0])
    m.run(m.derived('forward', gradient, 'aac', { interface: true }), [vector([2, 3]), vector([0, 0]), 1, vector([1, 0]), along])
    expect(entries(along)).toEqual([10, 0])
    const back = vector([0, 0])
    m.run(m.derived('gradient', gradient, 'aac', { interface: true }), [vector([2, 3]), vector([0, 0]), 1, back, vector([0, 1]), 0])
    expect(entries(back)).toEqual([0, 14])
  })

  test('where active and constant memory meet, the constant one has a shadow of zeros', () => {
    const m = new TestModule(`
func @f (%x: arr<f64>, %k: arr<f64>, %c: bool) -> (f64) {
  %i: i64 = const 0
  %v: arr<f64> = if %c {
    yield %x
  } else {
    yield %k
  }
  %a: f64 = load %v[%i] column 0
  %b = f64.mul %a, %a
  yield %b
}`)
    for (const [c, expected] of [
      [true, 6],
      [false, 0],
    ] as const) {
      const shadow = vector([0])
      m.run(m.derived('gradient', 'f', 'acc'), [vector([3]), vector([5]), c, shadow, 1])
      expect(entries(shadow)).toEqual([expected])
    }
  })

  test('a vector that grows and shrinks', () => {
    const m = new TestModule(`
func @f (%x: f64) -> (f64) {
  %i: i64 = const 0
  %one: i64 = const 1
  %v: arr<f64> = alloc %i
  prim arr.resize %v, %one
  store %v[%i] column 0 = %x
  %a: f64 = load %v[%i] column 0
  prim arr.resize %v, %i
  prim arr.resize %v, %one
  %b = f64.mul %a, %a
  store %v[%i] column 0 = %b
  %c: f64 = load %v[%i] column 0
  %d = f64.mul %c, %a
  yield %d
}`)
    expect(m.numbers(m.derived('gradient', 'f', 'a'), [2, 1])).toEqual([8, 12])
  })

  test('an array of integers and floats', () => {
    const m = new TestModule(`
func @f (%x: f64) -> (f64) {
  %n: i64 = const 3
  %p: arr<f64,i64> = alloc %n
  for %n do (%i: i64) {
    %f = f64.from_i64 %i
    %y = f64.mul %f, %x
    store %p[%i] column 0 = %y
    store %p[%i] column 1 = %i
  }
  %z: f64 = const 0
  %s: f64 = for %n with %z do (%j: i64, %c: f64) {
    %a: f64 = load %p[%j] column 0
    %k: i64 = load %p[%j] column 1
    %g = f64.from_i64 %k
    %h = f64.mul %a, %g
    %t = f64.add %c, %h
    yield %t
  }
  yield %s
}`)
    expect(m.numbers(m.derived('gradient', 'f', 'a'), [2, 1])).toEqual([10, 5])
  })

  test('a mutating callee is undone in the right order', () => {
    const m = new TestModule(`
func @square! (%v: arr<f64>) -> () {
  %n: i64 = prim arr.len %v
  for %n do (%i: i64) {
    %a: f64 = load %v[%i] column 0
    %b = f64.mul %a, %a
    store %v[%i] column 0 = %b
  }
}
func @f (%v: arr<f64>) -> (f64) {
  %i: i64 = const 0
  call @square! %v
  call @square! %v
  %a: f64 = load %v[%i] column 0
  yield %a
}`)
    const shadow = vector([0, 0])
    m.run(m.derived('gradient', 'f', 'a'), [vector([2, 3]), shadow, 1])
    expect(entries(shadow)).toEqual([32, 0])
  })
})

describe('dynamic calls', () => {
  const PROGRAM = `
type "Float64" (f64)
type "typeof(square)" ()
func @dynamic (%fn: any, %b: any) -> (any) {
  %x: f64 = unbox type 0 %b
  %y = f64.mul %x, %x
  %r: any = box type 0 %y
  yield %r
}
func @f (%x: f64) -> (f64) {
  %fn: any = box type 1
  %b: any = box type 0 %x
  %r: any = dyncall [] %fn, %b
  %y: f64 = unbox type 0 %r
  %z = f64.mul %y, %x
  yield %z
}`

  test('are called with the transform, at any order', () => {
    const m = new TestModule(PROGRAM)
    expect(m.numbers(m.derived('forward', 'f', 'a'), [2, 1])).toEqual([8, 12])
    const gradient = m.derived('gradient', 'f', 'a', { interface: true })
    expect(m.numbers(gradient, [2, 1])).toEqual([8, 12])
    expect(m.text(gradient)).toContain('dyncall [augmented]')
    expect(m.text(gradient)).toContain('dyncall [reverse]')
    expect(m.numbers(m.derived('forward', gradient, 'ac', { interface: true }), [2, 1, 1]).at(-1)).toBe(12)
    expect(m.numbers(m.derived('gradient', gradient, 'ac', { interface: true }), [2, 1, 0, 1]).at(-1)).toBe(12)
  })

  test('of constants stay as they are', () => {
    const m = new TestModule(
      PROGRAM.replace('box type 0 %x\n  %r: any = dyncall', 'box type 0 %k\n  %r: any = dyncall').replace(
        '%fn: any = box type 1',
        '%k: f64 = const 3\n  %fn: any = box type 1',
      ),
    )
    expect(m.text(m.derived('gradient', 'f', 'a'))).toContain('dyncall []')
    expect(m.numbers(m.derived('gradient', 'f', 'a'), [2, 1])).toEqual([18, 9])
  })
})

describe('refusals', () => {
  test('storing something active into constant memory, when it is loaded again', () => {
    const m = new TestModule(`
func @f (%x: f64, %cache: arr<f64>) -> (f64) {
  %i: i64 = const 0
  %y = f64.mul %x, %x
  call @put %cache, %y
  %z: f64 = load %cache[%i] column 0
  yield %z
}
func @put (%v: arr<f64>, %e: f64) -> () {
  %i: i64 = const 0
  store %v[%i] column 0 = %e
}`)
    const f = m.text(m.derived('gradient', 'f', 'ac'))
    for (const prim of ['ad.watch', 'ad.not_lost']) expect(f).toContain(prim)
    const [put] = [...m.module.derived].filter(([, { of, mode }]) => of === 'put' && mode === 'augmented')
    expect(m.text(put![0])).toContain('ad.lost')
    const [found] = m.module.failures!
    expect(found).toMatchObject({ code: 'ad.active-store-to-const', blame: 'case' })
    expect(found!.message).toContain('`v`')
    expect(found!.notes).toEqual(['active: memory of `v`: stored into', 'active: `e`: active parameter'])
    const shadow = vector([0])
    expect(m.numbers(m.derived('gradient', 'f', 'aa'), [3, vector([0]), shadow, 1])).toEqual([9, 6])
  })

  test('writing something active to a global', () => {
    const m = new TestModule(`
global "total" (f64)
func @f (%x: f64) -> (f64) {
  global-set 0 leaf 0 = %x
  yield %x
}`)
    expect(refusal(() => m.resolve(m.derived('forward', 'f', 'a')))).toMatchObject({ code: 'ad.active-global-write', phase: 'forward' })
  })

  test('a try around active code and one around constant code', () => {
    const program = (value: string): string => `
type "Float64" (f64)
func @f (%x: f64) -> (f64) {
  %k: f64 = const 2
  %y: f64 = try {
    %a = f64.mul ${value}, ${value}
    yield %a
  } catch (%e: any) {
    yield ${value}
  }
  %z = f64.mul %x, %y
  yield %z
}`
    const active = new TestModule(program('%x'))
    expect(active.numbers(active.derived('gradient', 'f', 'a'), [3, 1])).toEqual([27, 27])
    const constant = new TestModule(program('%k'))
    expect(constant.numbers(constant.derived('gradient', 'f', 'a'), [3, 1])).toEqual([12, 4])
  })

  test('the IR and the activity with its reasons are attached', () => {
    const m = new TestModule(
      `
global "total" (f64)
func @f (%x: f64) -> (f64) {
  %y = f64.sin %x
  global-set 0 leaf 0 = %y
  yield %y
}`,
    )
    const { attachments } = refusal(() => m.resolve(m.derived('forward', 'f', 'a')))
    expect(attachments.map(({ title }) => title)).toEqual(['IR of f before forward #1', 'activity of f'])
    expect(attachments[1]!.text).toMatchInlineSnapshot(`
      "parameter \`x\`: f64, active
      active  \`x\`: active parameter
      active  \`y\`: f64.sin ← \`x\`: active parameter"
    `)
  })
})
