/** Every edit of Julia programs, one a line, in the order in which they are tried. */
import type { Edit } from '../../language.ts'
import { Observations, type Observe } from '../observations.ts'
import type { JuliaProgram } from '../program.ts'
import { dropDot, splitBroadcast, toBroadcast } from './broadcasts.ts'
import { dropDerivative, plainAutodiff, plainerDerivative, unqualify } from './derivatives.ts'
import { dropElement, dropSplat, hoist } from './expressions.ts'
import { inlineCall, inlineFunction, inlineLambda, inlineStatements, inlineVariable } from './inline.ts'
import { simplerEverywhere, simplerLiteral } from './literals.ts'
import { unrollLoop, whileToFor } from './loops.ts'
import { canonicalName, canonicalOrder } from './names.ts'
import { dropField, dropKeyword, dropParameter, dropTypeParameters } from './parameters.ts'
import { dropStatement, dropWithUsers, slice } from './statements.ts'
import { surrogate } from './surrogates.ts'
import { structToTuple } from './tuples.ts'
import { dropAnnotation, unwrapBody } from './unwrap.ts'
import { valueEdit } from './values.ts'

export function juliaEdits(observe: Observe): readonly Edit<JuliaProgram>[] {
  const observations = new Observations(observe)
  // biome-ignore format: one edit a line
  return [
    slice,
    dropStatement,
    dropWithUsers,
    unwrapBody,
    whileToFor,
    inlineFunction,
    inlineLambda,
    inlineVariable,
    inlineStatements,
    dropAnnotation,
    dropTypeParameters,
    dropParameter,
    dropKeyword,
    dropField,
    structToTuple,
    unqualify,
    plainerDerivative,
    plainAutodiff,
    dropDerivative,
    valueEdit(observations),
    hoist(observations),
    dropElement,
    dropSplat,
    dropDot,
    toBroadcast,
    simplerEverywhere,
    simplerLiteral,
    canonicalOrder,
    canonicalName,
    inlineCall,
    unrollLoop(observations),
    splitBroadcast,
    surrogate(observations),
  ]
}
