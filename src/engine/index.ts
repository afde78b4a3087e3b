/** The engine's public face: other layers import only this. */

export type { Leaf, Node, Tree } from './1-syntax/ast.ts'
export { parseProgram } from './1-syntax/parse.ts'
export { isTreeOf } from './1-syntax/parser.ts'
export { printNode } from './1-syntax/print.ts'
export { weakTypes } from './2-types/intern.ts'
export { limitTable } from './4-ad/limits.ts'
export { auditRules } from './blame/audit-rules.ts'
export { type Blamed, type BlameOptions, blame } from './blame/blame.ts'
export { createSession, parseSexpr } from './create-session.ts'
export { type Fault, faults, mayNotice } from './faults.ts'
export { replayStep } from './replay-step.ts'
export type { Delivery, Evaluated, LimitInfo, Plain, Profile, Session, Stage, TestRecord, TestStatus, Value } from './session.ts'
