/** Every edit of Julia programs, one a line, in the order in which they are tried. */
import type { Edit } from '../../language.ts'
import type { JuliaProgram } from '../program.ts'
import { dropDerivative, plainerDerivative, unqualify } from './derivatives.ts'
import { dropElement, hoist } from './expressions.ts'
import { inlineCall, inlineFunction, inlineStatements, inlineVariable } from './inline.ts'
import { simplerEverywhere, simplerLiteral } from './literals.ts'
import { dropField, dropKeyword, dropParameter, dropTypeParameters } from './parameters.ts'
import { dropStatement, dropWithUsers, slice } from './statements.ts'
import { dropAnnotation, dropDot, unwrapBody } from './unwrap.ts'

// biome-ignore format: one edit a line
export const JULIA_EDITS: readonly Edit<JuliaProgram>[] = [
  slice,
  dropStatement,
  dropWithUsers,
  unwrapBody,
  inlineFunction,
  inlineVariable,
  inlineStatements,
  dropAnnotation,
  dropTypeParameters,
  dropParameter,
  dropKeyword,
  dropField,
  dropDerivative,
  hoist,
  dropElement,
  unqualify,
  plainerDerivative,
  dropDot,
  simplerEverywhere,
  simplerLiteral,
  inlineCall,
]
