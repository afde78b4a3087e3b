/** A host without a pipeline, for tests of the emitter: there are no Julia types, exceptions are boxes with the exception's name. */
import type { Module } from '../3-ir/ir.ts'
import { Boxed } from '../3-ir/memory.ts'
import { type ExceptionField, type Host, withoutCode } from './host.ts'

/** What `exception` of a test host boxes. */
export interface TestException {
  readonly name: string
  readonly fields: readonly ExceptionField[]
}

export interface TestHost extends Host {
  /** What was written. */
  readonly written: string[]
}

export function newTestHost(module: Module): TestHost {
  const written: string[] = []
  const absent = (what: string) => (): never => {
    throw new Error(`the test host has no ${what}`)
  }
  return {
    module,
    written,
    typeAt: absent('types'),
    typeOf: absent('typeof'),
    isSubtype: (a, b) => a === b,
    dynamicCall: absent('dynamic calls'),
    exception: (name, fields) => new Boxed(-1, [{ name, fields } satisfies TestException]),
    exceptionOfFailure: () => null,
    box: absent('types'),
    customShow: () => null,
    customKey: () => null,
    collect: () => null,
    methodCount: () => 1,
    code: withoutCode(),
    isAmbiguous: () => false,
    candidates: () => ({ ambiguous: false, methods: [] }),
    write: text => written.push(text),
    recordTest: () => {},
  }
}
