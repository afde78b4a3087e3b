/** Errors of other tools by the names that they print, and the codes under which the same is known here. */
import type { Code } from './catalogue.ts'

// biome-ignore format: one name a line
export const UPSTREAM_NAMES: Readonly<Record<string, readonly Code[]>> = {
  // Enzyme.jl
  EnzymeRuntimeActivityError: ['ad.runtime-activity', 'ad.active-store-to-const', 'ad.active-global-write'],
  EnzymeMutabilityException: ['ad.closure-written', 'ad.active-store-to-const'],
  EnzymeNoDerivativeError: ['ad.foreign-operation', 'ad.exception-frame', 'ad.derivative-of-itself'],
  NoDerivativeException: ['ad.foreign-operation', 'ad.exception-frame'],
  EnzymeNoShadowError: ['ad.untyped-global', 'ad.active-store-to-const'],
  EnzymeNoTypeError: ['ad.any-concatenation', 'ad.union-return'],
  IllegalTypeAnalysisException: ['ad.union-return'],
  IllegalFirstPointerException: ['ad.abstract-keys', 'internal.bug'],
  EnzymeInternalError: ['ad.mixed-tape', 'ad.any-concatenation', 'ad.abstract-keys', 'internal.bug'],
  EnzymeRuntimeException: ['ad.splat-under-nesting', 'ad.no-return'],
  EnzymeNonScalarReturnException: ['misuse.output-not-scalar'],
  NonInferredActiveReturn: ['misuse.output-not-scalar', 'run.exception'],
  ThunkCallError: ['misuse.thunk-seed'],
  CustomRuleError: ['run.exception'],
  NonConstantKeywordArgException: ['run.exception'],
  CallingConventionMismatchError: ['run.exception'],
  ForwardRuleReturnError: ['run.exception'],
  AugmentedRuleReturnError: ['run.exception'],
  ReverseRuleReturnError: ['run.exception'],
  MixedReturnException: ['run.exception'],
  UnionSretReturnException: ['ad.union-return'],
  'Duplicated Returns not yet handled': ['misuse.array-return'],
  // Zygote
  'Mutating arrays is not supported': ['ad.mutation', 'ad.resized-array', 'ad.typed-comprehension'],
  CompileError: ['ad.try-catch'],
  // Julia
  UndefVarError: ['run.exception', 'name.undefined'],
  AssertionError: ['misuse.shadow-size', 'ad.untyped-tape'],
}
