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
  it('knows the calls whose meaning is documented', () => {
    expect(derivativeCall('ForwardDiff.derivative(f, 2.0)')).toMatchObject({ shape: 'derivative', f: 'f', x: '2.0', inTuple: false })
    expect(derivativeCall('Enzyme.gradient(Reverse, f, [1.0, 2.0])[1]')).toMatchObject({
      shape: 'gradient',
      x: '[1.0, 2.0]',
      inTuple: false,
    })
    expect(derivativeCall('Enzyme.jacobian(Forward, f, x)')).toMatchObject({ inTuple: true })
    expect(derivativeCall('jacobian(Forward, f, x)')).toMatchObject({ inTuple: true })
    expect(derivativeCall('derivative(f, x)')).toBeNull()
    expect(derivativeCall('gradient(f, x)')).toBeNull()
  })
  it('does not guess at others', () => {
    for (const call of [
      'derivative(f, 1.0)',
      'Enzyme.gradient(Reverse, f, x, y)',
      'Enzyme.gradient(mode, f, x)',
      'ForwardDiff.derivative(f, x) + 1',
      'Enzyme.gradient(Reverse, f, x; chunk = 1)',
    ]) {
      expect(derivativeCall(call)).toBeNull()
    }
  })
})
