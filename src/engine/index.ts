/** The engine's public face: other layers import only this. */
export type { Leaf, Node, Tree } from './1-syntax/ast.ts'
export { parseProgram } from './1-syntax/parse.ts'
export { isTreeOf } from './1-syntax/parser.ts'
export { printNode } from './1-syntax/print.ts'
export { type Blamed, blame } from './blame/blame.ts'
export { createSession, parseSexpr } from './create-session.ts'
export { faults } from './faults.ts'
export type { Evaluated, Plain, Profile, Session, Stage, TestRecord, TestStatus, Value } from './session.ts'
