import { describe, expect, test } from 'vitest'
import type { Func } from '../3-ir/ir.ts'
import { printFunc } from '../3-ir/print.ts'
import { readModule } from '../3-ir/read.ts'
import { assertWellFormed } from '../3-ir/verify.ts'
import { bounds } from './bounds.ts'
import { cse } from './cse.ts'
import { deadCode } from './dead-code.ts'
import { fold } from './fold.ts'
import { hoist } from './hoist.ts'
import { induction } from './induction.ts'
import { inline } from './inline.ts'
import { passContext } from './optimise.ts'
import type { PassContext } from './pass.ts'
import { scalarMemory } from './scalar-memory.ts'

/** The last function of the text after these passes, without its head. */
function after(passes: readonly ((f: Func, cx: PassContext) => Func)[], text: string): string {
  const module = readModule(text)
  let f = [...module.funcs.values()].at(-1)!
  for (const pass of passes) f = pass(f, passContext(module))
  assertWellFormed(f, module, 'the test')
  return printFunc(f).split('\n').slice(1, -2).join('\n')
}

describe('fold', () => {
  test('a branch whose test is known is its block', () => {
    expect(
      after(
        [fold, deadCode],
        `func @f (%x.0: f64) -> (f64) {
      %a.1: i64 = const 2  %b.2: i64 = const 3  %c.3 = i64.lt %a.1, %b.2
      %y.4: f64 = if %c.3 { %s.5 = f64.sin %x.0 yield %s.5 } else { yield %x.0 }
      yield %y.4
    }`,
      ),
    ).toMatchInlineSnapshot(`
      "  %s.1 = f64.sin %x.0
        yield %s.1"
    `)
  })

  test('a short-circuit becomes an operation', () => {
    expect(
      after(
        [fold, deadCode],
        `func @f (%x.0: f64, %y.1: f64) -> (bool) {
      %a.2 = f64.lt %x.0, %y.1
      %r.3: bool = if %a.2 { %b.4 = f64.lt %y.1, %x.0 yield %b.4 } else { %c.5: bool = const false yield %c.5 }
      yield %r.3
    }`,
      ),
    ).toMatchInlineSnapshot(`
      "  %a.2 = f64.lt %x.0, %y.1
        %b.3 = f64.lt %y.1, %x.0
        %r.4 = bool.and %a.2, %b.3
        yield %r.4"
    `)
  })

  test('carried values that do not change are their initial values', () => {
    expect(
      after(
        [fold],
        `func @f (%x.0: f64, %n.1: i64) -> (f64, f64) {
      %s.2: f64, %k.3: f64 = for %n.1 with %x.0, %x.0 do (%i.4: i64, %t.5: f64, %j.6: f64) { %u.7 = f64.add %t.5, %j.6 yield %u.7, %j.6 }
      yield %s.2, %k.3
    }`,
      ),
    ).toMatchInlineSnapshot(`
      "  %s.2: f64 = for %n.1 with %x.0 do (%i.3: i64, %t.4: f64) {
          %u.5 = f64.add %t.4, %x.0
          yield %u.5
        }
        yield %s.2, %x.0"
    `)
  })

  test('sizes of new arrays are known, and those of vectors only while nothing is resized', () => {
    const text = (more: string) =>
      `func @f (%n.0: i64) -> (i64) { %a.1: arr<f64> = alloc %n.0 ${more} %m.2: i64 = prim arr.len %a.1 yield %m.2 }`
    expect(after([fold], text(''))).toContain('yield %n.0')
    expect(after([fold], text('prim arr.resize %a.1, %n.0'))).toContain('arr.len')
  })

  test('a test is known in its branches, and after a branch that throws', () => {
    expect(
      after(
        [fold, deadCode],
        `type "E" () func @f (%x.0: f64, %c.1: bool, %d.2: bool) -> (f64) {
      %k.3 = bool.and %c.1, %d.2
      if %k.3 { } else { %e.4: any = box type 0 throw %e.4 }
      %y.5: f64 = if %d.2 { %s.6 = f64.sin %x.0 yield %s.6 } else { %r.7 = f64.cos %x.0 yield %r.7 }
      yield %y.5
    }`,
      ),
    ).not.toContain('cos')
  })

  test('what is known in a branch is forgotten after it', () => {
    expect(
      after(
        [fold],
        `func @f (%x.0: f64, %c.1: bool) -> (f64) {
      %y.2: f64 = if %c.1 { %s.3 = f64.sin %x.0 yield %s.3 } else { yield %x.0 }
      %z.4: f64 = if %c.1 { %r.5 = f64.cos %y.2 yield %r.5 } else { yield %y.2 }
      yield %z.4
    }`,
      ).match(/if/g),
    ).toHaveLength(2)
  })

  test('an operation that traps on literals stays', () => {
    expect(after([fold], 'func @f () -> (i64) { %a.0: i64 = const 1 %b.1: i64 = const 0 %c.2 = i64.div %a.0, %b.1 yield %c.2 }')).toContain(
      'i64.div',
    )
  })
})

describe('cse', () => {
  test('equal computations are done once, also for a block inside', () => {
    expect(
      after(
        [cse],
        `func @f (%x.0: f64, %c.1: bool) -> (f64) {
      %a.2 = f64.sin %x.0
      %r.3: f64 = if %c.1 { %b.4 = f64.sin %x.0 yield %b.4 } else { yield %x.0 }
      %d.5 = f64.add %a.2, %r.3
      yield %d.5
    }`,
      ),
    ).not.toMatch(/sin[\s\S]*sin/)
  })

  test('what a branch computes is not known after it', () => {
    expect(
      after(
        [cse],
        `func @f (%x.0: f64, %c.1: bool) -> (f64) {
      %r.2: f64 = if %c.1 { %b.3 = f64.sin %x.0 yield %b.3 } else { yield %x.0 }
      %a.4 = f64.sin %x.0
      %d.5 = f64.add %a.4, %r.2
      yield %d.5
    }`,
      ),
    ).toMatch(/sin[\s\S]*sin/)
  })

  const loads = (between: string) => `func @f (%a.0: arr<f64>, %i.1: i64, %n.2: i64) -> (f64) {
    %x.3: f64 = load %a.0[%i.1] column 0
    ${between}
    %y.4: f64 = load %a.0[%i.1] column 0
    %z.5 = f64.add %x.3, %y.4
    yield %z.5
  }`

  test('a load is repeated only after a write', () => {
    expect(after([cse], loads(''))).not.toMatch(/load[\s\S]*load/)
    expect(after([cse], loads('store %a.0[%n.2] column 0 = %x.3'))).toMatch(/load[\s\S]*load/)
    expect(after([cse], loads('for %n.2 do (%k.6: i64) { store %a.0[%k.6] column 0 = %x.3 }'))).toMatch(/load[\s\S]*load/)
  })

  test('a load finds what was just stored there', () => {
    const text = after([cse], loads('%m.9 = f64.neg %x.3 store %a.0[%i.1] column 0 = %m.9'))
    expect(text).toContain('f64.add %x.3, %m.4')
    expect(text).not.toMatch(/store[\s\S]*load/)
  })

  test('a load in a loop sees what an earlier turn has written', () => {
    const loop = 'for %n.2 do (%k.6: i64) { %u.7: f64 = load %a.0[%i.1] column 0 %v.8 = f64.neg %u.7 store %a.0[%i.1] column 0 = %v.8 }'
    expect(after([cse], loads(loop)).match(/load/g)).toHaveLength(3)
  })

  test('a check that passed once is not made again', () => {
    expect(
      after([cse], 'func @f (%a.0: arr<f64>, %i.1: i64) -> () { prim arr.check %a.0, %i.1 prim arr.check %a.0, %i.1 }').match(/check/g),
    ).toHaveLength(1)
  })
})

describe('hoist', () => {
  test('what does not change leaves every loop it can', () => {
    expect(
      after(
        [hoist],
        `func @f (%x.0: f64, %n.1: i64) -> (f64) {
      %s.2: f64 = for %n.1 with %x.0 do (%i.3: i64, %t.4: f64) {
        %y.5 = f64.from_i64 %i.3
        %u.6: f64 = for %n.1 with %t.4 do (%j.7: i64, %v.8: f64) { %w.9 = f64.sin %x.0 %z.10 = f64.mul %w.9, %y.5 yield %z.10 }
        yield %u.6
      }
      yield %s.2
    }`,
      ),
    ).toMatchInlineSnapshot(`
      "  %w.2 = f64.sin %x.0
        %s.3: f64 = for %n.1 with %x.0 do (%i.4: i64, %t.5: f64) {
          %y.6 = f64.from_i64 %i.4
          %z.7 = f64.mul %w.2, %y.6
          %u.8: f64 = for %n.1 with %t.5 do (%j.9: i64, %v.10: f64) {
            yield %z.7
          }
          yield %u.8
        }
        yield %s.3"
    `)
  })

  const size = (before: string) => `func @f (%a.0: arr<f64>, %n.1: i64) -> () {
    ${before}
    for %n.1 do (%i.2: i64) { %m.3: i64 = prim arr.len %a.0  %x.4 = f64.from_i64 %m.3  store %a.0[%i.2] column 0 = %x.4 }
  }`

  test('the size of an array leaves the loop only if the array was used before: it might be null', () => {
    expect(after([hoist], size(''))).toMatch(/for[\s\S]*arr.len/)
    expect(after([hoist], size('prim arr.check %a.0, %n.1'))).toMatch(/arr.len[\s\S]*for/)
  })

  test('what looks into a boxed value leaves the loop only if the value is there: it might never have been set', () => {
    const asked = (x: string) =>
      after(
        [hoist],
        `func @f (%n.0: i64, %t.1: i64, %p.2: any) -> () { %x.3: any = const null for %n.0 do (%i.4: i64) { %b.5: bool = prim any.isa ${x}, %t.1 } }`,
      )
    expect(asked('%x.3')).toMatch(/for[\s\S]*any.isa/)
    expect(asked('%p.2')).toMatch(/any.isa[\s\S]*for/)
  })

  test('what may trap stays', () => {
    expect(after([hoist], 'func @f (%n.0: i64) -> () { for %n.0 do (%i.1: i64) { %q.2 = i64.div %n.0, %n.0 } }')).toMatch(/for[\s\S]*div/)
  })

  test('leaves what a branch guards from an infinite derivative in its branch', () => {
    const guarded = (op: string) =>
      after([hoist], `func @f (%n.0: i64, %x.1: f64, %c.2: bool) -> () { for %n.0 do (%i.3: i64) { if %c.2 { %y.4 = ${op} } else { } } }`)
    expect(guarded('f64.div %x.1, %x.1')).toMatch(/if[\s\S]*div/)
    expect(guarded('f64.mul %x.1, %x.1')).toMatch(/mul[\s\S]*if/)
  })

  const element = (
    alloc: string,
    stored: string,
    count = 'n.1',
  ) => `func @f (%p.0: arr<f64>, %n.1: i64, %x.2: f64, %m.3: i64) -> (arr<f64>) {
    %a.4: arr<f64> = ${alloc}
    %b.5: arr<f64> = alloc %n.1
    for %${count} do (%i.6: i64) {
      for %m.3 do (%j.7: i64) { %y.8: f64 = load %a.4[%i.6] column 0  store ${stored}[%j.7] column 0 = %y.8 }
    }
    yield %b.5
  }`

  test('an element that is surely there leaves a loop that writes to other arrays only', () => {
    const isHoisted = /do \(%i[^{]*\{\s*%y[^{]*load/
    expect(after([hoist], element('alloc %n.1', '%b.5'))).toMatch(isHoisted)
    expect(after([hoist], element('alloc %n.1', '%p.0'))).toMatch(isHoisted)
    expect(after([hoist], element('alloc %n.1', '%a.4'))).not.toMatch(isHoisted)
    expect(after([hoist], element('prim arr.reshape %p.0, %n.1', '%p.0'))).not.toMatch(isHoisted)
    // The index might be outside: the load runs only where the loop does.
    expect(after([hoist], element('alloc %n.1', '%b.5', 'm.3'))).not.toMatch(isHoisted)
  })
})

describe('induction', () => {
  const counting = (step: string) => `func @f (%n.0: i64, %s.1: i64, %a.2: arr<f64>) -> (i64) {
    %c.3: i64 = const ${step}
    %t.4: i64 = for %n.0 with %s.1 do (%i.5: i64, %k.6: i64) {
      %x.7 = f64.from_i64 %k.6
      store %a.2[%k.6] column 0 = %x.7
      %l.8 = i64.add %k.6, %c.3
      yield %l.8
    }
    yield %t.4
  }`

  test('what goes up by a literal is the start and the index', () => {
    expect(after([induction, deadCode], counting('2'))).toMatchInlineSnapshot(`
      "  for %n.0 do (%i.3: i64) {
          %c.4: i64 = const 2
          %offset.5 = i64.mul %i.3, %c.4
          %k.6 = i64.add %s.1, %offset.5
          %x.7 = f64.from_i64 %k.6
          store %a.2[%k.6] column 0 = %x.7
        }
        %c.8: i64 = const 0
        %none.9 = i64.lt %n.0, %c.8
        %turns.10 = i64.select %none.9, %c.8, %n.0
        %c.11: i64 = const 2
        %offset.12 = i64.mul %turns.10, %c.11
        %t.13 = i64.add %s.1, %offset.12
        yield %t.13"
    `)
  })

  test('larger steps are carried', () => {
    expect(after([induction], counting('1000'))).toMatch(/with %s/)
  })
})

describe('dead code', () => {
  test('carried values and results that nobody uses go, with what only they need', () => {
    expect(
      after(
        [deadCode],
        `func @f (%x.0: f64, %n.1: i64) -> (f64) {
      %s.2: f64, %k.3: f64 = for %n.1 with %x.0, %x.0 do (%i.4: i64, %t.5: f64, %j.6: f64) {
        %u.7 = f64.add %t.5, %x.0  %v.8 = f64.sin %j.6
        yield %u.7, %v.8
      }
      yield %s.2
    }`,
      ),
    ).toMatchInlineSnapshot(`
      "  %s.2: f64 = for %n.1 with %x.0 do (%i.3: i64, %t.4: f64) {
          %u.5 = f64.add %t.4, %x.0
          yield %u.5
        }
        yield %s.2"
    `)
  })

  test('memory that is only written to goes', () => {
    expect(
      after(
        [deadCode],
        `func @f (%x.0: f64, %a.1: arr<f64>) -> () {
      %n.2: i64 = prim arr.len %a.1
      %b.3: arr<f64> = alloc %n.2
      for %n.2 do (%i.4: i64) { store %b.3[%i.4] column 0 = %x.0 }
      %t.5: tape = tape-new
      push %t.5, %x.0
    }`,
      ),
    ).toBe('')
  })

  test('errors of the program stay, limits of our integers need not', () => {
    expect(after([deadCode], 'func @f (%a.0: i64, %b.1: i64) -> () { %q.2 = i64.div %a.0, %b.1 %s.3 = i64.add %a.0, %b.1 }')).toBe(
      '  %q.2 = i64.div %a.0, %b.1',
    )
  })

  test('a size that may be negative is an error of the program', () => {
    expect(after([deadCode], 'func @f (%n.0: i64) -> () { %a.1: arr<f64> = alloc %n.0 }')).toContain('alloc')
  })
})

describe('inline', () => {
  const g = 'func @g (%x.0: f64) -> (f64) { %y.1 = f64.sin %x.0 yield %y.1 }'

  test('a small function stands in the place of its call', () => {
    expect(
      after([inline], `${g} func @f (%x.0: f64) -> (f64) { %a.1: f64 = call @g %x.0 %b.2: f64 = call @g %a.1 yield %b.2 }`),
    ).toMatchInlineSnapshot(`
      "  %y.1 = f64.sin %x.0
        %y.2 = f64.sin %y.1
        yield %y.2"
    `)
  })

  test('recursive, forbidden and derived functions are called', () => {
    expect(after([inline], 'func @f (%x.0: f64) -> (f64) { %a.1: f64 = call @f %x.0 yield %a.1 }')).toContain('call @f')
    expect(
      after([inline], `${g.replace('@g', '@g inline never')} func @f (%x.0: f64) -> (f64) { %a.1: f64 = call @g %x.0 yield %a.1 }`),
    ).toContain('call @g')
    expect(
      after(
        [inline],
        `${g.replace('@g', '@g made forward of @h ()')} func @f (%x.0: f64) -> (f64) { %a.1: f64 = call @g %x.0 yield %a.1 }`,
      ),
    ).toContain('call @g')
  })
})

describe('scalar memory', () => {
  test('an object that a loop writes is a carried value', () => {
    expect(
      after(
        [scalarMemory],
        `struct "Box" ("x": f64) func @f (%x.0: f64, %n.1: i64) -> (f64) {
      %o.2: obj<Box> = new %x.0
      for %n.1 do (%i.3: i64) { %a.4: f64 = get %o.2 field 0 %b.5 = f64.sin %a.4 set %o.2 field 0 = %b.5 }
      %y.6: f64 = get %o.2 field 0
      yield %y.6
    }`,
      ),
    ).toMatchInlineSnapshot(`
      "  %o.2: f64 = for %n.1 with %x.0 do (%i.3: i64, %o.4: f64) {
          %b.5 = f64.sin %o.4
          yield %b.5
        }
        yield %o.2"
    `)
  })

  test('a tape of straight code is the values that went through it', () => {
    expect(
      after(
        [scalarMemory],
        `func @f (%x.0: f64, %n.1: i64) -> (f64) {
      %t.2: tape = tape-new  push %t.2, %x.0  %y.3 = f64.sin %x.0  push %t.2, %n.1  push %t.2, %y.3
      %a.4: f64 = pop %t.2  %b.5: f64 = pop %t.2  %c.6 = f64.add %a.4, %b.5
      yield %c.6
    }`,
      ),
    ).toMatchInlineSnapshot(`
      "  %y.2 = f64.sin %x.0
        %c.3 = f64.add %y.2, %x.0
        yield %c.3"
    `)
  })

  test('what a `try` writes stays in memory', () => {
    expect(
      after(
        [scalarMemory],
        `struct "Box" ("x": f64) func @f (%x.0: f64) -> (f64) {
      %o.1: obj<Box> = new %x.0
      %y.2: f64 = try { set %o.1 field 0 = %x.0 yield %x.0 } catch (%e.3: any) { %a.4: f64 = get %o.1 field 0 yield %a.4 }
      yield %y.2
    }`,
      ),
    ).toContain('new')
  })

  test('a box of another type than is asked for stays, for it is an error', () => {
    expect(
      after(
        [scalarMemory],
        `type "Float64" (f64) type "Meters" (f64) func @f (%x.0: f64) -> (f64) {
      %b.1: any = box type 0 %x.0  %y.2: f64 = unbox type 1 %b.1
      yield %y.2
    }`,
      ),
    ).toContain('unbox')
  })
})

describe('bounds', () => {
  const loop = (count: string, index: string) => `func @f (%a.0: arr<f64>, %n.1: i64) -> () {
    %one.2: i64 = const 1  %zero.3: i64 = const 0  %minus.4: i64 = const -1
    %len.5: i64 = prim arr.len %a.0  %less.6 = i64.add %len.5, %minus.4  %empty.7 = i64.lt %less.6, %one.2
    %most.8 = i64.select %empty.7, %zero.3, %less.6
    %below.9 = i64.lt %n.1, %len.5  %min.10 = i64.select %below.9, %n.1, %len.5
    for %${count} do (%i.11: i64) { %next.12 = i64.add %i.11, %one.2 %last.13 = i64.add %i.11, %minus.4 prim arr.check %a.0, %${index} }
  }`

  test.each([
    ['len.5', 'i.11'],
    ['most.8', 'next.12'],
    ['min.10', 'i.11'],
  ])('up to %s, %s is inside', (count, index) => {
    expect(after([bounds], loop(count, index))).not.toContain('check')
  })

  test.each([
    ['len.5', 'next.12'],
    ['len.5', 'last.13'],
    ['n.1', 'i.11'],
    ['min.10', 'next.12'],
  ])('up to %s, %s is checked', (count, index) => {
    expect(after([bounds], loop(count, index))).toContain('check')
  })

  test('sizes along axes are those the array was made with', () => {
    const text = (count: string) => `func @f (%n.0: i64, %m.1: i64) -> () {
      %a.2: arr<f64> = alloc %n.0, %m.1  %axis.3: i64 = const 1
      for %${count} do (%j.4: i64) { prim arr.check_dim %a.2, %axis.3, %j.4 }
    }`
    expect(after([bounds], text('m.1'))).not.toContain('check')
    expect(after([bounds], text('n.0'))).toContain('check')
  })

  test('a vector that may be resized is checked', () => {
    expect(after([bounds], `${loop('len.5', 'i.11').replace('for', 'prim arr.resize %a.0, %n.1 for')}`)).toContain('check')
  })
})
