/** The engine's public face: other layers import only this. */
export type { Evaluated, Plain, Profile, Session, SessionOptions, Stage, TestRecord, TestStatus, Value } from './session.ts'
