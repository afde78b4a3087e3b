import { describe, expect, it } from 'vitest'
import { diagnostic } from '../diagnostics/report.ts'
import type { Frame } from '../diagnostics/stack.ts'
import { isAsRecorded, readExpectation } from './expectation.ts'
import { verdictOf } from './gate.ts'
import { failed, type Outcome } from './outcome.ts'
import { diagnosticSignature, isSameFailure, signature } from './signature.ts'

function frame(label: string, origin: Frame['origin'] = 'user'): Frame {
  return { label, span: null, origin, made: [] }
}

const found = diagnostic('augment', 'subset.no-syntax', { what: 'x' }, null, {
  stack: [
    frame('hcat(::Vector{Float64}, ::Vector{Float64})', 'base'),
    frame('reverse #1 of num_to_mat(x::Float64)'),
    frame('#13(::Float64)'),
    frame('top-level scope'),
  ],
  exception: 'MethodError',
})
const other = diagnostic('reverse', 'subset.no-syntax', { what: 'x' }, null)
const limit: Outcome = { kind: 'fail', diagnostic: found }
const pass: Outcome = { kind: 'pass', value: null, evidence: [] }

describe('signature', () => {
  it('has the phase, the code and the type of the exception, without numbers', () => {
    expect(diagnosticSignature(found)).toBe('augment/subset.no-syntax:MethodError')
  })
  it('of an exception has the function of the library that the program called, and no name of the program', () => {
    const stack = [
      frame('throw_complex(::Float64)', 'base'),
      frame('log(::Float64)', 'base'),
      frame('f(x::Float64)'),
      frame('top-level scope'),
    ]
    const thrown = diagnostic('run', 'run.exception', { exception: 'DomainError', message: '' }, null, { stack, exception: 'DomainError' })
    expect(diagnosticSignature(thrown)).toBe('run/run.exception:DomainError@log')
    expect(diagnosticSignature({ ...thrown, stack: stack.slice(2) })).toBe('run/run.exception:DomainError')
    expect(diagnosticSignature({ ...thrown, stack: stack.slice(0, 1) })).toBe('run/run.exception:DomainError@throw_complex')
  })
  it('does not depend on messages', () => {
    const again = diagnostic('augment', 'subset.no-syntax', { what: 'y' }, null, { stack: found.stack, exception: 'MethodError' })
    expect(diagnosticSignature(again)).toBe(diagnosticSignature(found))
  })
  it('is the same failure at top level and in a check', () => {
    expect(isSameFailure(found, { ...found, stack: found.stack.slice(0, 2) })).toBe(true)
    expect(isSameFailure(found, { ...found, stack: [frame('top-level scope')] })).toBe(true)
    expect(isSameFailure(found, { ...found, stack: [frame('g(x)')] })).toBe(false)
    expect(isSameFailure(found, other)).toBe(false)
  })
})

describe('the verdict', () => {
  it('is green for a pass and for a known failure that fails in the known way, and red for all else', () => {
    const known = readExpectation('fails subset.no-syntax')
    expect(verdictOf(pass, { kind: 'pass' })).toBe('pass')
    expect(verdictOf(limit, known)).toBe('known failure')
    expect(verdictOf(limit, readExpectation(`fails ${signature(limit)}`))).toBe('known failure')
    expect(verdictOf(failed(other), readExpectation(`fails ${signature(limit)}`))).toBe('other failure')
    expect(verdictOf(limit, readExpectation('fails ad.other'))).toBe('other failure')
    expect(verdictOf(limit, { kind: 'pass' })).toBe('unexpected failure')
    expect(verdictOf(pass, known)).toBe('unexpected pass')
    expect(verdictOf({ kind: 'timeout', diagnostic: other }, known)).toBe('known failure')
    expect(verdictOf({ kind: 'timeout', diagnostic: other }, { kind: 'pass' })).toBe('timeout')
  })
  it('tells wrong values apart by their pattern', () => {
    const value = { shown: '2', type: 'Int64', plain: 2, size: null }
    const wrong: Outcome = { kind: 'wrong-value', pattern: 'factor 2', value, diagnostic: other }
    expect(isAsRecorded(wrong, readExpectation('wrong factor 2'))).toBe(true)
    expect(isAsRecorded(wrong, readExpectation('wrong zero'))).toBe(false)
    expect(isAsRecorded(wrong, readExpectation('fails subset.no-syntax'))).toBe(false)
  })
})
