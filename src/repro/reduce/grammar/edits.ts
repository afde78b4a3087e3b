/** Every edit that only knows a grammar, one a line, in the order in which they are tried. */
import type { Edit } from '../language.ts'
import { callBecomesBody, withParameter } from './coupled.ts'
import { dropPiece, hoistExpression, inlineValue, simplify } from './expressions.ts'
import { dropItem } from './items.ts'
import type { GrammarProgram } from './program.ts'
import { dropComment, dropStatement, dropTopLevel, dropWithUses, emptyStatement, hoistStatement } from './statements.ts'

export const GRAMMAR_EDITS: readonly Edit<GrammarProgram>[] = [
  dropTopLevel,
  dropComment,
  dropStatement,
  dropWithUses,
  hoistStatement,
  dropItem,
  withParameter,
  callBecomesBody,
  emptyStatement,
  inlineValue,
  hoistExpression,
  simplify,
  dropPiece,
]
