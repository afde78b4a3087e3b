/** The limits of Enzyme.jl 0.13. */
import { madeBy } from '../3-ir/loc.ts'
import { isFloat, isRef } from '../3-ir/types.ts'
import {
  boxedAggregate,
  concatenatesUntyped,
  constantMeetsActive,
  foreignRoutine,
  growsUntyped,
  matrixOnTheRight,
  nestedDeeply,
  readsGlobal,
  reshapedRowProduct,
  splatWhenNested,
  untypedKeys,
  writesFunctionObject,
} from './limit-facts.ts'
import { before, EVERY, MENDED_SOME_TIME, onJulia } from './limit-versions.ts'
import type { Found, Limit, MetFunction, TapedCall } from './limits.ts'
import { allEntries, countEntries, isMixed, layoutText, plural } from './tape-layout.ts'

const RUN_ON_BUILTIN = 'run it on the engine without limits, `--engine builtin`, to have the value'

export const ENZYME_LIMITS: readonly Limit[] = [
  {
    id: 'mixed-tape',
    profile: 'enzyme-0.13',
    issue: 2640,
    versions: EVERY,
    point: 'reverse mode meets a reverse pass whose tape holds references and floats',
    delivery: 'compile',
    code: 'ad.mixed-tape',
    exception: 'EnzymeInternalError',
    help: [
      'make the inner derivative forward mode: `Enzyme.jacobian(Enzyme.Forward, …)`, `Enzyme.autodiff(Enzyme.Forward, …)`',
      'make the outer derivative forward mode, which takes such a tape as it is',
      RUN_ON_BUILTIN,
    ],
    at: 'function',
    find: mixedTape,
  },
  {
    id: 'untyped-tape',
    profile: 'enzyme-0.13',
    issue: 2635,
    versions: before(83),
    point: 'forward mode meets a reverse pass that keeps values of a loop whose number of turns is not known when it is compiled',
    delivery: 'compile',
    code: 'ad.untyped-tape',
    exception: 'AssertionError',
    help: ['make the inner derivative forward mode as well', 'write the loop over a fixed number of turns', RUN_ON_BUILTIN],
    at: 'function',
    find: untypedTape,
  },
  {
    id: 'runtime-activity',
    profile: 'enzyme-0.13',
    issue: 2473,
    versions: EVERY,
    point: 'constant memory is stored, returned or merged where active memory is expected, and runtime activity is off',
    delivery: 'emitted',
    code: 'ad.runtime-activity',
    exception: 'EnzymeRuntimeActivityError',
    help: [
      'copy the constant memory where it meets the other: `copy(c)`',
      'pass it as Duplicated, with a shadow',
      'set the mode to use runtime activity: `set_runtime_activity(Reverse)`',
    ],
    at: 'function',
    find: constantMeetsActive,
  },
  {
    id: 'closure-written',
    profile: 'enzyme-0.13',
    issue: 2360,
    versions: EVERY,
    point: 'the function object is passed without an annotation, and memory that it holds may be written to',
    delivery: 'compile',
    code: 'ad.closure-written',
    exception: 'EnzymeMutabilityException',
    help: ['pass it as `Const(f)` if what is written carries no derivative', 'pass it with its shadow, as `Duplicated(f, make_zero(f))`'],
    at: 'function',
    find: writesFunctionObject,
  },
  {
    id: 'foreign-operation',
    profile: 'enzyme-0.13',
    issue: 2264,
    versions: EVERY,
    point: 'active memory goes into a routine of LAPACK that has no rule',
    delivery: 'emitted',
    code: 'ad.foreign-operation',
    exception: 'EnzymeNoDerivativeError',
    help: ['write the operation in Julia, or give it a rule with `EnzymeRules`', RUN_ON_BUILTIN],
    at: 'function',
    find: met => foreignRoutine(met, ['syevr', 'geev', 'gesdd', 'sytrf']),
  },
  {
    id: 'matrix-solve',
    profile: 'enzyme-0.13',
    issue: 1750,
    versions: MENDED_SOME_TIME,
    point: 'the right-hand side of a solve with a dense matrix is a matrix',
    delivery: 'emitted',
    code: 'ad.matrix-solve',
    exception: 'TypeError',
    help: ['solve column by column: `hcat((A \\ b for b in eachcol(B))...)`', RUN_ON_BUILTIN],
    at: 'function',
    find: matrixOnTheRight,
  },
  {
    id: 'union-return',
    profile: 'enzyme-0.13',
    issue: 236,
    versions: EVERY,
    point: 'the result of the differentiated function is a union of types that are laid out differently',
    delivery: 'compile',
    code: 'ad.union-return',
    exception: 'IllegalTypeAnalysisException',
    help: ['make both branches give the same type: `zero(x)` instead of `0`', 'allow it: `Enzyme.API.strictAliasing!(false)`'],
    at: 'function',
    find: ({ d, unionResult }) =>
      unionResult !== null && d.transform.interface && d.level === 1
        ? { inst: null, at: d.func.at, what: `\`${unionResult}\``, label: `this gives a \`${unionResult}\`` }
        : null,
  },
  {
    id: 'splat-under-nesting',
    profile: 'enzyme-0.13',
    issue: 1336,
    versions: EVERY,
    point: 'a derivative of a derivative meets a splat of active memory, whose length is only known at run time',
    delivery: 'emitted',
    code: 'ad.splat-under-nesting',
    exception: 'EnzymeRuntimeException',
    help: ['pass the collection itself instead of its elements', 'splat a tuple, whose length is known'],
    at: 'function',
    find: splatWhenNested,
  },
  {
    id: 'reshaped-row-product',
    profile: 'enzyme-0.13',
    issue: 2867,
    versions: EVERY,
    point: 'both factors of a matrix product are the same memory, reshaped to one row',
    delivery: 'wrong-value',
    code: null,
    exception: null,
    help: [],
    at: 'function',
    find: reshapedRowProduct,
  },
  {
    id: 'boxed-tuple',
    profile: 'enzyme-0.13',
    issue: 3407,
    versions: EVERY,
    point: 'a captured variable that is assigned by several functions holds a tuple of floats',
    delivery: 'wrong-value',
    code: null,
    exception: null,
    help: [],
    at: 'function',
    find: boxedAggregate,
  },
  {
    id: 'any-concatenation',
    profile: 'enzyme-0.13',
    issue: 2589,
    versions: MENDED_SOME_TIME,
    point: 'arrays are joined into one whose element type is not known',
    delivery: 'compile',
    code: 'ad.any-concatenation',
    exception: 'EnzymeInternalError',
    help: ['give the array its element type: `Float64[1]` instead of `Any[1]`'],
    at: 'function',
    find: concatenatesUntyped,
  },
  {
    id: 'exception-frame',
    profile: 'enzyme-0.13',
    issue: 3084,
    versions: onJulia(13),
    point: 'the differentiated function has a `try` around active values',
    delivery: 'emitted',
    code: 'ad.exception-frame',
    exception: 'EnzymeNoDerivativeError',
    help: ['test for the failing case instead of catching its exception'],
    at: 'function',
    find: ({ tryAt }) => (tryAt === null ? null : { inst: null, at: tryAt, what: tryAt.fn, label: 'exceptions are caught here' }),
  },
  {
    id: 'abstract-keys',
    profile: 'enzyme-0.13',
    issue: 2866,
    versions: onJulia(10),
    point: 'active memory stands beside keys whose type is not known',
    delivery: 'compile',
    code: 'ad.abstract-keys',
    exception: 'EnzymeInternalError',
    help: ['give the dictionary a concrete key type: `Dict{Symbol,Float64}()`'],
    at: 'function',
    find: untypedKeys,
  },
  {
    id: 'deep-type',
    profile: 'enzyme-0.13',
    issue: 1762,
    versions: EVERY,
    point: 'an active argument nests references deeper than six times',
    delivery: 'warning',
    code: 'ad.deep-type',
    exception: null,
    help: ['raise the limit: `Enzyme.API.maxtypedepth!(8)`', 'keep the data in one array'],
    at: 'function',
    find: nestedDeeply,
  },
  {
    id: 'untyped-global',
    profile: 'enzyme-0.13',
    issue: 1882,
    versions: EVERY,
    point: 'the differentiated function reads a variable of a module that is not constant',
    delivery: 'warning',
    code: 'ad.untyped-global',
    exception: null,
    help: ['declare it with `const`', 'pass it to the function as an argument'],
    at: 'function',
    find: readsGlobal,
  },
  {
    id: 'untyped-growth',
    profile: 'enzyme-0.13',
    issue: 2825,
    versions: onJulia(12),
    point: 'an array whose element type is not known grows while it holds active values',
    delivery: 'abort',
    code: 'ad.untyped-growth',
    exception: null,
    help: ['give the array its element type: `Float64[]` instead of `[]`', 'make it in its full length'],
    at: 'function',
    find: growsUntyped,
  },
  {
    id: 'batched-functor',
    profile: 'enzyme-0.13',
    issue: 1783,
    versions: MENDED_SOME_TIME,
    point: 'a callable struct with fields is given several shadows',
    delivery: 'emitted',
    code: 'ad.batched-functor',
    exception: 'TypeError',
    help: ['pass the struct as an argument: `autodiff(mode, (f, x) -> f(x), BatchDuplicated(f, …), x)`'],
    at: 'request',
    holds: met => (met.kind === 'batched-function' && !met.isClosure && met.fields > 0 ? `\`${met.type}\`` : null),
  },
  {
    id: 'no-return',
    profile: 'enzyme-0.13',
    issue: 1870,
    versions: EVERY,
    point: 'inference says that the function never returns',
    delivery: 'emitted',
    code: 'ad.no-return',
    exception: 'ErrorException',
    help: ['call the function by itself: its own error says what is wrong'],
    at: 'request',
    holds: met => (met.kind === 'no-return' ? `\`${met.type}\`` : null),
  },
]

/** The activity of a call's argument is decided for the value and for its representation; of such a tape the two differ. */
function mixedTape({ d, taped }: MetFunction): Found | null {
  if (d.transform.mode === 'forward') return null
  const met = taped().find(({ layout }) => isMixed(layout))
  return met ? tapeFound(met, d, 'reverse') : null
}

function tapeFound({ call, label, layout }: TapedCall, d: MetFunction['d'], outer: string): Found {
  const { refs, floats } = countEntries(layout)
  const holds = `${plural(refs, 'reference')} and ${plural(floats, 'float')}`
  const reference = [...allEntries(layout)].find(entry => isRef(entry.type))
  return {
    inst: call,
    at: call.at,
    what: `the tape of ${label} mixes ${holds}`,
    label: `the tape of this call holds ${holds}`,
    ...(reference && { kept: { at: madeBy(reference.at, `augmented #${d.level - 1}`), name: `${reference.name}, a reference` } }),
    notes: [`while: augmenting reverse #${d.level - 1} of ${label} for ${outer} #${d.level}`],
    attachments: [{ title: 'tape layout', text: layoutText(layout) }],
  }
}

/** Such a tape is an allocation whose type holds a length that nobody knows yet. */
function untypedTape({ d, taped }: MetFunction): Found | null {
  if (d.transform.mode !== 'forward') return null
  for (const { call, label, layout } of taped()) {
    const entry = [...allEntries(layout)].find(({ type, loops }) => loops === 'unknown' && (isFloat(type) || isRef(type)))
    if (!entry) continue
    return {
      inst: call,
      at: call.at,
      what: `${label} keeps ${entry.name} in each turn of a loop`,
      label: 'this call has such a tape',
      kept: { at: madeBy(entry.at, `augmented #${d.level - 1}`), name: entry.name },
      notes: [`while: making forward #${d.level} of reverse #${d.level - 1} of ${label}`],
      attachments: [{ title: 'tape layout', text: layoutText(layout) }],
    }
  }
  return null
}
