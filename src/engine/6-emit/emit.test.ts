import { describe, expect, test } from 'vitest'
import { interpret } from '../3-ir/interpret.ts'
import type { Func, Scalar } from '../3-ir/ir.ts'
import { locAt } from '../3-ir/loc.ts'
import { type ArrayObject, newFloats, Trap } from '../3-ir/memory.ts'
import { OPS, type Op } from '../3-ir/ops.ts'
import { readModule } from '../3-ir/read.ts'
import { verify } from '../3-ir/verify.ts'
import { framesOfError } from './errors.ts'
import { interpreterHost } from './interpreter-host.ts'
import { newLinker } from './linker.ts'
import { newRuntime } from './runtime.ts'
import { newTestHost, type TestException } from './test-host.ts'

function compiled(text: string) {
  const module = readModule(text)
  for (const f of module.funcs.values()) expect(verify(f, module)).toEqual([])
  const host = newTestHost(module)
  const runtime = newRuntime(host)
  return { module, runtime, host, linker: newLinker(runtime.library, name => module.funcs.get(name)!) }
}

/** Results of the emitted code, after checking that the interpreter agrees. */
function run(text: string, ...args: unknown[]): unknown[] {
  const { module, linker, runtime } = compiled(text)
  const emitted = outcome(() => linker.call('f', args))
  expect(emitted).toEqual(
    outcome(() =>
      interpret(
        module,
        'f',
        args,
        interpreterHost(runtime, name => module.funcs.get(name)!),
      ),
    ),
  )
  if (!emitted.results) throw new Error(emitted.trap)
  return emitted.results
}

function outcome(go: () => unknown[]): { results?: unknown[]; trap?: string } {
  try {
    return { results: go() }
  } catch (error) {
    if (error instanceof Trap)
      return { trap: JSON.stringify(error.reason, (key, value) => (key === 'type' ? undefined : (value as unknown))) }
    throw error
  }
}

const BIG = Number.MAX_SAFE_INTEGER
const EDGES: { readonly [S in Scalar]: readonly unknown[] } = {
  f64: [
    0,
    -0,
    1,
    -1,
    0.5,
    -2.5,
    3,
    1e-310,
    5e-324,
    1.7976931348623157e308,
    -1.7976931348623157e308,
    2 ** 53,
    2 ** 63,
    Infinity,
    -Infinity,
    Number.NaN,
  ],
  f32: [0, -0, 1, -1.5, Math.fround(0.1), Math.fround(1e-45), Math.fround(3.4e38), Infinity, -Infinity, Number.NaN],
  i64: [
    0,
    1,
    -1,
    2,
    3,
    -7,
    8,
    16,
    31,
    32,
    53,
    64,
    -64,
    2 ** 31,
    -(2 ** 31),
    2 ** 31 - 1,
    2 ** 32 + 5,
    BIG,
    -BIG,
    BIG - 1,
    2 ** 53 + 2,
    -(2 ** 60),
    10 ** 18,
    2 ** 62,
    -(2 ** 62),
    2 ** 63,
    -(2 ** 63),
  ],
  bool: [false, true],
  str: ['', 'a', 'b', 'ab', 'é', '\u{1d4b3}', '\uffee'],
}

describe('emitted code computes what the interpreter computes', () => {
  for (const op of Object.keys(OPS) as Op[]) {
    const { takes, gives } = OPS[op] as { takes: readonly Scalar[]; gives: Scalar }
    test(op, () => {
      const params = takes.map((type, i) => `%p.${i}: ${type}`).join(', ')
      const args = takes.map((_, i) => `%p.${i}`).join(', ')
      const { module, linker } = compiled(`func @f (${params}) -> (${gives}) { %y.9 = ${op} ${args} yield %y.9 }`)
      for (const values of product(takes.map(type => EDGES[type]))) {
        if (op.startsWith('i64.wrap') && ![8, 16, 32].includes(values[1] as number)) continue
        const emitted = outcome(() => linker.call('f', values))
        expect({ values, ...emitted }).toEqual({ values, ...outcome(() => interpret(module, 'f', values)) })
      }
    })
  }
})

test('literals keep their value inside of expressions', () => {
  for (const value of [0, -0, -1, -2.5, 1e21, -1e-7, 5e-324, Infinity, -Infinity, Number.NaN]) {
    const written = Object.is(value, -0) ? '-0' : `${value}`.replace('Infinity', 'Inf')
    const text = `func @f (%x.0: f64) -> (f64, f64) { %c.1: f64 = const ${written} %n.2 = f64.neg %c.1 %y.3 = f64.sub %x.0, %n.2 yield %y.3, %c.1 }`
    expect(run(text, 1)).toEqual([1 + value, value])
  }
  expect(run('func @f () -> (str) { %s.0: str = const "a\\u2028\\n\\"\\\\" yield %s.0 }')).toEqual(['a\u2028\n"\\'])
})

function* product(lists: readonly (readonly unknown[])[]): Generator<unknown[]> {
  const [first, ...rest] = lists
  if (!first) yield []
  else for (const value of first) for (const others of product(rest)) yield [value, ...others]
}

describe('control flow', () => {
  test('a loop may exchange its carried values', () => {
    const text = `func @f (%n.0: i64, %a.1: f64, %b.2: f64) -> (f64, f64) {
      %p.3: f64, %q.4: f64 = for %n.0 with %a.1, %b.2 do (%i.5: i64, %x.6: f64, %y.7: f64) { %s.8 = f64.add %x.6, %y.7 yield %y.7, %s.8 }
      yield %q.4, %p.3
    }`
    expect(run(text, 10, 0, 1)).toEqual([89, 55])
    expect(run(text, -3, 0, 1)).toEqual([1, 0])
  })

  test('the count of a loop is computed once', () => {
    expect(
      run(
        `func @f (%n.0: i64) -> (i64) {
      %one.1: i64 = const 1
      %r.2: i64, %m.3: i64 = for %n.0 with %n.0, %n.0 do (%i.4: i64, %c.5: i64, %d.6: i64) {
        %k.7 = i64.sub %c.5, %one.1
        %inner.8: i64 = for %k.7 with %k.7 do (%j.9: i64, %e.10: i64) { %g.11 = i64.sub %e.10, %one.1 yield %g.11 }
        yield %k.7, %inner.8
      }
      %s.12 = i64.add %r.2, %m.3
      yield %s.12
    }`,
        5,
      ),
    ).toEqual([0])
  })

  test('branches give their values, also without statements and when one throws', () => {
    const text = `type "E" (f64) func @f (%c.0: bool, %d.1: bool, %x.2: f64) -> (f64, f64) {
      %y.3: f64 = if %c.0 { yield %x.2 } else { %n.4 = f64.neg %x.2 yield %n.4 }
      %z.5: f64 = if %d.1 { %b.6: any = box type 0 %x.2 throw %b.6 yield %x.2 } else { %w.7 = f64.add %y.3, %y.3 yield %w.7 }
      yield %y.3, %z.5
    }`
    expect(run(text, true, false, 2)).toEqual([2, 4])
    expect(run(text, false, false, 2)).toEqual([-2, -4])
    expect(() => run(text, false, true, 2)).toThrow('thrown')
  })

  test('a while loop with a compound condition', () => {
    expect(
      run(
        `func @f (%x.0: f64) -> (f64, i64) {
      %top.1: f64 = const 100  %z.2: i64 = const 0  %one.3: i64 = const 1
      %y.4: f64, %n.5: i64 = while with %x.0, %z.2 cond (%a.6: f64, %k.7: i64) {
        %t.8 = f64.mul %a.6, %a.6  %u.9 = f64.add %t.8, %t.8  %r.10 = f64.lt %u.9, %top.1 yield %r.10
      } do (%b.11: f64, %m.12: i64) { %d.13 = f64.add %b.11, %b.11 %o.14 = i64.add %m.12, %one.3 yield %d.13, %o.14 }
      yield %y.4, %n.5
    }`,
        0.5,
      ),
    ).toEqual([8, 4])
  })

  test('a handler gets what was thrown, a trap as an exception', () => {
    const text = `func @f (%n.0: i64, %m.1: i64) -> (i64, bool) {
      %t.2: bool = const true  %u.3: bool = const false
      %q.4: i64, %ok.5: bool = try { %r.6 = i64.div %n.0, %m.1 yield %r.6, %t.2 } catch (%e.7: any) { yield %m.1, %u.3 }
      yield %q.4, %ok.5
    }`
    expect(run(text, 7, 2)).toEqual([3, true])
    expect(run(text, 7, 0)).toEqual([0, false])
  })

  test('a constant has no name that only one block knows', () => {
    const text = `func @f (%a.0: arr<f64>) -> (i64) {
      %k.1: i64 = const -1
      %q.2: i64 = try { prim arr.check %a.0, %k.1 %x.3: f64 = load %a.0[%k.1] column 0 %n.4: i64 = prim arr.len %a.0 yield %n.4 } catch (%e.5: any) { yield %k.1 }
      yield %q.2
    }`
    expect(run(text, newFloats([1, 2]))).toEqual([-1])
  })
})

describe('calls', () => {
  test('several results of each type arrive, through recursion too', () => {
    expect(
      run(
        `func @f (%n.0: i64) -> (i64, f64, bool, str, i64) {
      %z.1: i64 = const 0  %one.2: i64 = const 1  %x.3: f64 = const 1.5  %s.4: str = const "s"  %t.5: bool = const true
      %c.6 = i64.eq %n.0, %z.1
      %a.7: i64, %b.8: f64, %d.9: bool, %e.10: str, %g.11: i64 = if %c.6 { yield %z.1, %x.3, %t.5, %s.4, %z.1 } else {
        %m.12 = i64.sub %n.0, %one.2
        %p.13: i64, %q.14: f64, %r.15: bool, %u.16: str, %v.17: i64 = call @f %m.12
        %w.18 = i64.add %p.13, %n.0  %k.19 = f64.add %q.14, %q.14  %l.20 = bool.not %r.15  %h.21: str = prim str.concat %u.16, %s.4
        yield %w.18, %k.19, %l.20, %h.21, %v.17
      }
      yield %a.7, %b.8, %d.9, %e.10, %g.11
    }`,
        4,
      ),
    ).toEqual([10, 24, true, 'sssss', 0])
  })

  test('a callee is compiled when it is first called', () => {
    const { linker } = compiled(`func @g (%x.0: f64) -> (f64) { yield %x.0 } func @f (%c.0: bool, %x.1: f64) -> (f64) {
      %y.2: f64 = if %c.0 { %z.3: f64 = call @g %x.1 yield %z.3 } else { yield %x.1 } yield %y.2 }`)
    linker.call('f', [false, 1])
    const before = linker.size()
    expect(linker.call('f', [true, 2])).toEqual([2])
    expect(linker.size()).toBeGreaterThan(before)
  })
})

describe('memory', () => {
  test('columns of every kind', () => {
    expect(
      run(
        `func @f (%x.0: f64, %c.1: bool, %s.2: str) -> (f64, bool, i64, str, f32, bool, f64, i64) {
      %n.3: i64 = const 3  %k.4: i64 = const 2  %z.5: i64 = const 0  %h.6 = f32.from_f64 %x.0
      %a.7: arr<f64,bool,i64,str,f32,f64> = alloc %n.3, %k.4
      store %a.7[%k.4] column 0 = %x.0  store %a.7[%k.4] column 1 = %c.1  store %a.7[%k.4] column 2 = %n.3
      store %a.7[%k.4] column 3 = %s.2  store %a.7[%k.4] column 4 = %h.6  store %a.7[%k.4] column 5 = %x.0
      %b.8: f64 = load %a.7[%k.4] column 0  %d.9: bool = load %a.7[%k.4] column 1  %e.10: i64 = load %a.7[%k.4] column 2
      %g.11: str = load %a.7[%k.4] column 3  %i.12: f32 = load %a.7[%k.4] column 4  %j.13: bool = load %a.7[%z.5] column 1
      %l.14: f64 = load %a.7[%k.4] column 5  %m.15: i64 = prim arr.len %a.7
      yield %b.8, %d.9, %e.10, %g.11, %i.12, %j.13, %l.14, %m.15
    }`,
        0.1,
        true,
        'q',
      ),
    ).toEqual([0.1, true, 3, 'q', Math.fround(0.1), false, 0.1, 6])
  })

  const SUM = `func @f (%a.0: arr<f64>) -> (f64) {
    %n.1: i64 = prim arr.len %a.0  %z.2: f64 = const 0
    %s.3: f64 = for %n.1 with %z.2 do (%i.4: i64, %t.5: f64) { prim arr.check %a.0, %i.4 %x.6: f64 = load %a.0[%i.4] column 0 %u.7 = f64.add %t.5, %x.6 yield %u.7 }
    yield %s.3
  }`

  test('a loop reads its column from a constant', () => {
    const a = newFloats([3])
    ;(a.c0 as Float64Array).set([1, 2, 4])
    expect(run(SUM, a)).toEqual([7])
    expect(compiled(SUM).linker.codeOf('f')).toMatchInlineSnapshot(`
      "'use strict'
      const $outOfBounds = $lib.outOfBounds
      return (function $self(a_0) { // f
        const n_1 = a_0.n
        const a_0_n = a_0?.n
        const a_0_c0 = a_0?.c0
        let t_5 = 0
        if (n_1 <= a_0_n) {
          for (let i_4 = 0; i_4 < n_1; i_4++) {
            const x_6 = a_0_c0[i_4]
            t_5 = (t_5 + x_6)
          }
        } else {
          for (let i_4 = 0; i_4 < n_1; i_4++) {
            if (!(i_4 < a_0_n)) $outOfBounds(a_0, null, i_4, "arr<f64>", undefined)
            const x_6 = a_0_c0[i_4]
            t_5 = (t_5 + x_6)
          }
        }
        return t_5
      })"
    `)
  })

  test('a loop whose checks do not all pass before it fails at the turn that fails', () => {
    const shifted = `func @f (%a.0: arr<f64>, %n.1: i64, %k.2: i64) -> () {
      %one.3: f64 = const 1
      for %n.1 do (%i.4: i64) { %j.5 = i64.add %i.4, %k.2 prim arr.check %a.0, %j.5 store %a.0[%j.5] column 0 = %one.3 }
    }`
    const written = (n: number, k: number): number[] => {
      const a = newFloats([3])
      const go = () => run(shifted, a, n, k)
      if (k < 0 || n + k > 3) expect(go).toThrow('bounds')
      else go()
      return [...(a.c0 as Float64Array)]
    }
    expect(written(2, 1)).toEqual([0, 1, 1])
    expect(written(3, 1)).toEqual([0, 1, 1])
    expect(written(1, -1)).toEqual([0, 0, 0])
    expect(written(0, 3)).toEqual([0, 0, 0])
  })

  test('two loops over one array', () => {
    const loop = (s: number, z: string) =>
      `%s.${s}: f64 = for %n.1 with ${z} do (%i.${s + 1}: i64, %t.${s + 2}: f64) { %x.${s + 3}: f64 = load %a.0[%i.${s + 1}] column 0 %u.${s + 4} = f64.add %t.${s + 2}, %x.${s + 3} yield %u.${s + 4} }`
    const a = newFloats([2])
    ;(a.c0 as Float64Array).set([1, 2])
    expect(
      run(
        `func @f (%a.0: arr<f64>) -> (f64) { %n.1: i64 = prim arr.len %a.0 %z.2: f64 = const 0 ${loop(10, '%z.2')} ${loop(20, '%s.10')} yield %s.20 }`,
        a,
      ),
    ).toEqual([6])
  })

  test('a loop that resizes an array sees its new column', () => {
    expect(
      run(
        `func @f (%k.0: i64) -> (f64, i64) {
      %z.1: i64 = const 0  %one.2: i64 = const 1  %x.3: f64 = const 2
      %a.4: arr<f64> = alloc %z.1
      for %k.0 do (%i.5: i64) { %m.6 = i64.add %i.5, %one.2 prim arr.resize %a.4, %m.6 store %a.4[%i.5] column 0 = %x.3 }
      %f.7: f64 = const 0
      %s.8: f64 = for %k.0 with %f.7 do (%i.9: i64, %t.10: f64) { %y.11: f64 = load %a.4[%i.9] column 0 %u.12 = f64.add %t.10, %y.11 yield %u.12 }
      %n.13: i64 = prim arr.len %a.4
      yield %s.8, %n.13
    }`,
        9,
      ),
    ).toEqual([18, 9])
  })

  test('structs, boxes and tapes', () => {
    expect(
      run(
        `struct "P" ("x": f64, "n": i64) type "Float64" (f64) type "Tuple" (i64, str) func @f (%x.0: f64, %n.1: i64, %s.2: str) -> (f64, i64, str, bool) {
      %p.3: obj<P> = new %x.0, %n.1
      %t.4: tape = tape-new
      push %t.4, %p.3  push %t.4, %x.0  push %t.4, %n.1
      %b.5: any = box type 1 %n.1, %s.2
      %m.6: i64, %r.7: str = unbox type 1 %b.5
      %k.8: i64 = pop %t.4  %y.9: f64 = pop %t.4  %q.10: obj<P> = pop %t.4
      %w.11 = f64.add %y.9, %y.9
      set %q.10 field 0 = %w.11
      %v.12: f64 = get %p.3 field 0
      %e.13: bool = prim ref.same %p.3, %q.10
      yield %v.12, %m.6, %r.7, %e.13
    }`,
        1.5,
        4,
        'z',
      ),
    ).toEqual([3, 4, 'z', true])
  })

  test('a box of another type is a TypeError', () => {
    expect(() =>
      run(
        'type "Float64" (f64) type "Int64" (i64) func @f (%x.0: f64) -> (i64) { %b.1: any = box type 0 %x.0 %n.2: i64 = unbox type 1 %b.1 yield %n.2 }',
        1,
      ),
    ).toThrow('type')
  })

  test('globals keep their values between calls', () => {
    const { linker } = compiled(
      'global "g" (i64) func @f (%n.0: i64) -> (i64) { %m.1: i64 = global-get 0 leaf 0 %k.2 = i64.add %m.1, %n.0 global-set 0 leaf 0 = %k.2 yield %k.2 }',
    )
    linker.call('f', [3])
    expect(linker.call('f', [4])).toEqual([7])
  })

  test('an allocation above the budget is refused before it is made', () => {
    const { module, host } = compiled('func @f (%n.0: i64) -> (arr<f64>) { %a.1: arr<f64> = alloc %n.0 yield %a.1 }')
    const runtime = newRuntime(host, { bytes: 2 ** 40 })
    const small = newRuntime(host, { bytes: 2 ** 29 })
    const call = (r: typeof runtime, n: number) => newLinker(r.library, name => module.funcs.get(name)!).call('f', [n])
    expect((call(small, 1000)[0] as ArrayObject).n).toBe(1000)
    for (const [r, n] of [
      [small, 2 ** 27],
      [runtime, 2 ** 36],
    ] as const) {
      try {
        call(r, n)
        expect.unreachable()
      } catch (error) {
        expect((r.exceptionOf(error)!.v[0] as TestException).name).toBe('OutOfMemoryError')
      }
    }
    expect((call(small, 1000)[0] as ArrayObject).n).toBe(1000)
  })
})

describe('errors', () => {
  const exceptionOf = (text: string, ...args: unknown[]): TestException => {
    const { linker, runtime } = compiled(text)
    try {
      linker.call('f', args)
    } catch (error) {
      const exception = runtime.exceptionOf(error)
      if (!exception) throw error
      return exception.v[0] as TestException
    }
    throw new Error('it did not fail')
  }

  test('traps become exceptions of Julia', () => {
    const a = newFloats([2, 3])
    expect(exceptionOf('func @f (%a.0: arr<f64>, %i.1: i64) -> () { prim arr.check %a.0, %i.1 }', a, 6)).toEqual({
      name: 'BoundsError',
      fields: [
        { kind: 'array', value: a, type: 'arr<f64>', julia: null },
        { kind: 'ints', value: [7] },
      ],
    })
    expect(
      exceptionOf('func @f (%a.0: arr<f64>, %k.1: i64, %i.2: i64) -> () { prim arr.check_dim %a.0, %k.1, %i.2 }', a, 1, 3).fields[1],
    ).toEqual({ kind: 'ints', value: [1, 4] })
    expect(exceptionOf('func @f (%n.0: i64, %m.1: i64) -> (i64) { %q.2 = i64.rem %n.0, %m.1 yield %q.2 }', 1, 0).name).toBe('DivideError')
    expect(
      exceptionOf('func @f (%n.0: i64, %m.1: i64) -> (i64) { %q.2 = i64.mul %n.0, %m.1 yield %q.2 }', 2 ** 40, 2 ** 40).fields,
    ).toEqual([{ kind: 'string', value: '1099511627776 * 1099511627776 overflowed for type Int64' }])
    expect(exceptionOf('func @f () -> () { call @f }').name).toBe('StackOverflowError')
    expect(
      exceptionOf('func @f (%a.0: arr<f64>, %i.1: i64) -> (f64) { %x.2: f64 = load %a.0[%i.1] column 0 yield %x.2 }', null, 0).name,
    ).toBe('UndefRefError')
    expect(exceptionOf('struct "P" ("x": f64) func @f (%p.0: obj<P>, %x.1: f64) -> () { set %p.0 field 0 = %x.1 }', null, 0).name).toBe(
      'UndefRefError',
    )
  })

  test('a null array in a loop is an undefined reference only if the loop runs', () => {
    const text = `func @f (%a.0: arr<f64>, %n.1: i64) -> (f64) { %z.2: f64 = const 0
      %s.3: f64 = for %n.1 with %z.2 do (%i.4: i64, %t.5: f64) { %x.6: f64 = load %a.0[%i.4] column 0 yield %x.6 } yield %s.3 }`
    expect(run(text, null, 0)).toEqual([0])
    expect(exceptionOf(text, null, 1).name).toBe('UndefRefError')
  })

  test('a function runs as it stands for its first calls from outside, unless it is worth the optimiser at once', () => {
    const { module, runtime } =
      compiled(`func @c () -> (i64) { %a.0: i64 = const 1 yield %a.0 } func @b () -> (i64) { %a.0: i64 = call @c yield %a.0 }
      func @a () -> (i64) { %a.0: i64 = call @b yield %a.0 }`)
    const asked: string[] = []
    const asking = (how: string) => (name: string) => {
      asked.push(how + name)
      return module.funcs.get(name)!
    }
    const first = (name: string) => (name === 'b' ? null : asking('first ')(name))
    const linker = newLinker(runtime.library, asking('final '), { first })
    for (let k = 0; k < 8; k++) expect(linker.call('a', [])).toEqual([1])
    expect(asked).toEqual(['first a', 'final b', 'final c'])
    expect(linker.call('a', [])).toEqual([1])
    expect(asked.slice(3)).toEqual(['final a'])
    expect([linker.call('b', []), linker.call('c', [])]).toEqual([[1], [1]])
    expect(asked.slice(4)).toEqual([])
  })

  test('bugs of ours are not caught by the program', () => {
    const { module, linker, runtime } = compiled(`func @g () -> () { } func @f () -> () { try { call @g } catch (%e.0: any) { } }`)
    linker.call('f', [])
    const broken = newLinker(runtime.library, name => {
      if (name === 'g') throw new TypeError('a bug')
      return module.funcs.get(name)!
    })
    expect(() => broken.call('f', [])).toThrow('a bug')
  })

  test('a stack trace leads back to the places, inlined ones too', () => {
    const { module, runtime } = compiled(`func @g (%a.0: i64) -> (i64) { %z.1: i64 = const 0 %q.2 = i64.div %a.0, %z.1 yield %q.2 }
      func @f (%a.0: i64) -> (i64) { %b.1 = i64.add %a.0, %a.0 %c.2: i64 = call @g %b.1 yield %c.2 }`)
    const inMain = locAt(null, 'main()', 'user')
    const places = [{ ...locAt(null, 'div(::Int64, ::Int64)', 'base'), inlinedAt: locAt(null, 'g(::Int64)', 'user') }, inMain]
    const marked = (func: Func, at: Func['at']): Func => ({
      ...func,
      body: { ...func.body, body: func.body.body.map(inst => ({ ...inst, at })) },
    })
    const linker = newLinker(runtime.library, name => marked(module.funcs.get(name)!, name === 'g' ? places[0]! : inMain))
    try {
      linker.call('f', [1])
      expect.unreachable()
    } catch (error) {
      expect(framesOfError(error).map(frame => frame.label)).toEqual(['div(::Int64, ::Int64)', 'g(::Int64)', 'main()'])
    }
  })
})

test('the names of values cannot break the code', () => {
  const module = readModule('func @f (%x.0: f64) -> (f64) { %y.1 = f64.neg %x.0 %z.2 = f64.add %y.1, %y.1 yield %z.2 }')
  const func = module.funcs.get('f')!
  const odd = { ...func, label: 'f(\u2028}\n', body: { ...func.body, params: [{ ...func.body.params[0]!, name: 'class) { θ̇#1!' }] } }
  const { runtime } = compiled('')
  expect(newLinker(runtime.library, () => odd).call('f', [1])).toEqual([-2])
})
