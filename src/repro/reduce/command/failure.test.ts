import { describe, expect, it } from 'vitest'
import { isSame, lastError, normalised, targetOf, targetText } from './failure.ts'
import type { CommandEnd, How } from './run-command.ts'

function ended(errors: string, how: How = { kind: 'exit', code: 1 }, output = errors): CommandEnd {
  return { how, errors, output, seconds: 1 }
}

const PYTHON =
  'Traceback (most recent call last):\n  File "/tmp/x/a.py", line 12, in <module>\n    f(0)\nZeroDivisionError: division by zero\n'
const NODE =
  "/tmp/x/a.js:3\nnull.length\n     ^\n\nTypeError: Cannot read properties of null (reading 'length')\n    at Object.<anonymous> (/tmp/x/a.js:3:6)\n\nNode.js v20.20.2\n"
const JULIA = 'ERROR: LoadError: MethodError: no method matching f(::Int64)\nStacktrace:\n [1] top-level scope\n   @ /tmp/x/a.jl:3\n'
const RUST =
  "thread 'main' panicked at src/main.rs:2:5:\nindex out of bounds: the len is 3 but the index is 7\nnote: run with `RUST_BACKTRACE=1`\n"
const GCC = 'a.cpp: In function ‘int main()’:\na.cpp:3:10: error: ‘x’ was not declared in this scope\n    3 |   return x;\n'

describe('the last error', () => {
  it.each([
    [PYTHON, 'ZeroDivisionError: division by zero'],
    [NODE, "TypeError: Cannot read properties of null (reading 'length')"],
    [JULIA, 'ERROR: LoadError: MethodError: no method matching f(::Int64)'],
    [RUST, "thread 'main' panicked at PATH:"],
    [GCC, 'a.cpp:0:0: error: ‘x’ was not declared in this scope'],
    ['something odd\nand more of it\n', 'and more of it'],
    ['', null],
  ])('%#', (errors, expected) => {
    expect(lastError(ended(errors))).toBe(expected)
  })
  it('is that of standard error before that of standard output', () => {
    expect(lastError(ended('Error: b 1\n', { kind: 'exit', code: 1 }, 'ValueError: a\nError: b 1\n'))).toBe('Error: b 0')
  })
  it('has no places, numbers and colours', () => {
    expect(normalised('\x1b[31merror\x1b[0m at /tmp/adrepro-x/0-ab/a.py:12 of 0x7fff12 after 1.5e-3 s, x1 stays')).toBe(
      'error at PATH of 0 after 0 s, x1 stays',
    )
  })
})

describe('the same failure', () => {
  it('ends in the same way with the same error', () => {
    const target = targetOf(ended(PYTHON), null)
    expect(targetText(target)).toBe('exit 1: ZeroDivisionError: division by zero')
    expect(isSame(ended(PYTHON.replace('line 12', 'line 3')), target)).toBe(true)
    expect(isSame(ended(PYTHON, { kind: 'exit', code: 2 }), target)).toBe(false)
    expect(isSame(ended(NODE), target)).toBe(false)
    expect(isSame(ended('', { kind: 'exit', code: 0 }), target)).toBe(false)
  })
  it('is the same signal, whether the shell says so or the system', () => {
    const target = targetOf(ended('', { kind: 'signal', signal: 'SIGSEGV' }), null)
    expect(isSame(ended('', { kind: 'signal', signal: 'SIGSEGV' }), target)).toBe(true)
    expect(isSame(ended('', { kind: 'signal', signal: 'SIGABRT' }), target)).toBe(false)
  })
  it('is what matches, when that is given', () => {
    const target = targetOf(ended('', { kind: 'exit', code: 0 }, 'value: nan\n'), /nan/)
    expect(isSame(ended('', { kind: 'exit', code: 3 }, 'now nan\n'), target)).toBe(true)
    expect(isSame(ended('', { kind: 'exit', code: 0 }, 'value: 1\n'), target)).toBe(false)
  })
})
