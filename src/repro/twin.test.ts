import { describe, expect, it } from 'vitest'
import { derivativeCall, splitArguments } from './derivative-call.ts'
import { modesIn, withModeExchangedAt, withModesExchanged } from './twin.ts'

describe('withModesExchanged', () => {
  it('exchanges modes and nothing in names, comments and strings', () => {
    const text =
      'using Enzyme # Reverse\n#= Reverse =#\nf(x) = Enzyme.jacobian(Enzyme.Reverse, g, x)\nprintln("Reverse \\" Reverse")\nReverseMode = 1; MyReverse = 2; :Reverse; Forward!(x)'
    expect(withModesExchanged(text)).toBe(text.replace('Enzyme.Reverse,', 'Enzyme.Forward,'))
    expect(modesIn(text)).toHaveLength(1)
  })
  it('is its own inverse', () => {
    const text = 'a(Forward, Reverse, ReverseWithPrimal)'
    expect(withModesExchanged(text)).toBe('a(Reverse, Forward, ForwardWithPrimal)')
    expect(withModesExchanged(withModesExchanged(text))).toBe(text)
    expect(withModeExchangedAt(text, modesIn(text)[1]!.at)).toBe('a(Forward, Forward, ReverseWithPrimal)')
  })
})

describe('splitArguments', () => {
  it('splits at outer commas', () => {
    expect(splitArguments('f, [1, 2], g(a, "b, c")')).toEqual(['f', '[1, 2]', 'g(a, "b, c")'])
    expect(splitArguments('f(, 1')).toBeNull()
  })
})

describe('derivativeCall', () => {
  // biome-ignore format: one call a line
  it.each([
    ['ForwardDiff.derivative(f, 2.0)', { shape: 'derivative', f: 'f', x: '2.0', tuples: 0, unqualified: null }],
    ['Enzyme.gradient(Reverse, f, [1.0, 2.0])[1]', { shape: 'gradient', f: 'f', x: '[1.0, 2.0]', tuples: 0, unqualified: null }],
    ['Enzyme.jacobian(Forward, f, x)', { shape: 'jacobian', f: 'f', x: 'x', tuples: 1, unqualified: null }],
    ['gradient(Reverse, f, x)', { shape: 'gradient', f: 'f', x: 'x', tuples: 1, unqualified: 'gradient' }],
    ['autodiff(Reverse, f, Active, Active(2.0))[1][1]', { shape: 'derivative', f: 'f', x: '2.0', tuples: 0, unqualified: 'autodiff' }],
    ['Enzyme.autodiff(Reverse, f, Active(g(x, 1)))', { shape: 'derivative', f: 'f', x: 'g(x, 1)', tuples: 2, unqualified: null }],
    ['autodiff(Forward, f, Duplicated(2.0, 1.0))[1]', { shape: 'derivative', f: 'f', x: '2.0', tuples: 0, unqualified: 'autodiff' }],
    ['autodiff(Forward, f, Duplicated, Duplicated(x, 1.0))', { shape: 'derivative', f: 'f', x: 'x', tuples: 1, unqualified: 'autodiff' }],
  ])('knows %s', (text, call) => {
    expect(derivativeCall(text)).toEqual(call)
  })
  it('does not guess at others', () => {
    for (const call of [
      'derivative(f, 1.0)',
      'Enzyme.gradient(Reverse, f, x, y)',
      'Enzyme.gradient(mode, f, x)',
      'ForwardDiff.derivative(f, x) + 1',
      'Enzyme.gradient(Reverse, f, x; chunk = 1)',
      'gradient(f, x)',
      'gradient(Reverse, f, x)[1] + g(x)',
      'gradient(Reverse, f, x)[1][1]',
      'autodiff(Reverse, f, Active, Active(x), Active(y))',
      'autodiff(Forward, f, Duplicated(x, 2.0))',
      'autodiff(ReverseWithPrimal, f, Active, Active(x))',
    ]) {
      expect(derivativeCall(call)).toBeNull()
    }
  })
})
