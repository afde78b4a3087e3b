/** The engine's public face: other layers import only this. */
export { createSession, parseSexpr } from './create-session.ts'
export { faults } from './faults.ts'
export type { Evaluated, Plain, Profile, Session, Stage, TestRecord, TestStatus, Value } from './session.ts'
