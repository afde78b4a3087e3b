/** Every macro the engine knows, by name without `@` and without module. */

import { fail } from '../../../../diagnostics/report.ts'
import type { Span } from '../../../../diagnostics/source.ts'
import { positionAt } from '../../../../diagnostics/source.ts'
import type { Node, Tree } from '../../../1-syntax/ast.ts'
import type { Core } from '../../core.ts'
import { assignOnce } from '../assign.ts'
import { baseCall, baseMember, block, call, ifThen, intLiteral, nothing, stringLiteral } from '../build.ts'
import { evaluated } from '../calls.ts'
import { formOf } from '../expr-form.ts'
import { indexCall, indexParts } from '../indexing.ts'
import { builtForm } from '../quote.ts'
import { refusedWhenRun } from '../refused.ts'
import type { Scope, Unit } from '../scope.ts'
import { argument, identifier, isIdentifier, isTree, unparen, unsupported } from '../shapes.ts'
import { BENCHMARK_MACROS } from './benchmark.ts'
import { CALL_MACROS } from './call-macros.ts'
import { CARTESIAN_MACROS } from './cartesian.ts'
import { DEFINITION_MACROS } from './definitions.ts'
import { DOT_MACRO } from './dot.ts'
import { FUNCTOR_MACROS } from './functors.ts'
import { KERNEL_MACROS } from './kernels.ts'
import { LUX_MACROS } from './lux.ts'
import { allArguments, constant, type Macro, type MacroCall, macroCall, noArguments } from './macro.ts'
import { NAMED_TUPLE } from './named-tuple.ts'
import { OPTIC_MACROS } from './optics.ts'
import { OUTPUT_MACROS } from './output.ts'
import { PRIMITIVE } from './primitive.ts'
import {
  ADJOINT,
  EASY_RULE,
  GRAD,
  GRAD_FROM_CHAINRULES,
  IGNORE,
  IMPORT_FRULE,
  IMPORT_RRULE,
  NOGRAD,
  NON_DIFFERENTIABLE,
  NOT_IMPLEMENTED,
  OPT_OUT,
  SCALAR_RULE,
  SHOWGRAD,
  SKIP,
  THUNK,
} from './rules.ts'
import { GENERATED, STATIC_MACRO } from './static.ts'
import { STATIC_ARRAY_MACROS } from './static-arrays.ts'
import { TASK_MACROS } from './tasks.ts'
import { TEST_MACROS } from './test.ts'
import { TEXT_MACROS } from './text-macros.ts'
import { UNPACK_MACROS } from './unpack.ts'
import { expandUserMacro } from './user.ts'

/** Only its last argument counts, lowered as it stands. */
const TRANSPARENT: Macro = {
  kind: 'code',
  scoped: allArguments,
  lower: (scope, { args, span }, wanted) => {
    const last = args.at(-1)
    if (!last) return nothing(span)
    return wanted ? scope.unit.lower(scope, last) : scope.unit.effect(scope, last)
  },
}

/** Its last argument alone; what stands before it says how that is shown. */
const LAST: Macro = {
  kind: 'rewrite',
  rewrite: ({ args, name, span }) => args.at(-1) ?? unsupported(`\`@${name}\` without an expression`, span),
}

function refused(what: string): Macro {
  return { kind: 'refused', what }
}

const INBOUNDS: Macro = {
  kind: 'code',
  scoped: allArguments,
  lower: (scope, { args, span }, wanted) => {
    const body = args[0] ?? unsupported('`@inbounds` without an expression', span)
    return { kind: 'inbounds', body: wanted ? scope.unit.lower(scope, body) : scope.unit.effect(scope, body), span }
  },
}

const VIEW: Macro = {
  kind: 'code',
  scoped: allArguments,
  lower: (scope, { args, span }) => {
    const node = args[0] ? unparen(args[0]) : undefined
    if (!isTree(node, 'ref')) return unsupported('`@view` on something else than an index', span)
    return indexCall('view', indexParts(scope, node), [], span)
  },
}

const VIEWS: Macro = {
  kind: 'code',
  scoped: allArguments,
  lower: (scope, { node }, wanted) => {
    const inner: Scope = { ...scope, views: true }
    return wanted ? scope.unit.lower(inner, argument(node, 1)) : scope.unit.effect(inner, argument(node, 1))
  },
}

const ISDEFINED: Macro = {
  kind: 'code',
  scoped: noArguments,
  lower: (scope, { node, span }) => ({ kind: 'isdefined', what: scope.unit.lower(scope, argument(node, 1)), span }),
}

/** The first argument that is not `nothing` (`missing`): the later ones are evaluated only if they are needed. */
function firstOf(
  absent: string,
  last: (values: readonly Core[], call: MacroCall) => Core,
  unwrap: (value: Core, call: MacroCall) => Core,
): Macro {
  return {
    kind: 'code',
    scoped: allArguments,
    lower: (scope, macro) => {
      const { args, span } = macro
      const from = (at: number): Core => {
        const node = args[at]
        if (!node) return last([], macro)
        const before: Core[] = []
        const value = assignOnce(scope, scope.unit.lower(scope, node), 'first', before)
        const isAbsent = baseCall(absent, [value], span)
        return block([...before, ifThen(isAbsent, from(at + 1), unwrap(value, macro), span)], span)
      }
      return from(0)
    },
  }
}

const SOMETHING = firstOf(
  'isnothing',
  (_values, { span }) => baseCall('throw', [baseCall('ArgumentError', [stringLiteral('No value arguments present', span)], span)], span),
  (value, { span }) => baseCall('something', [value], span),
)

const COALESCE = firstOf(
  'ismissing',
  (_values, { span }) => ({ kind: 'global', name: 'missing', span }),
  value => value,
)

/** Of a file that is named by its place in the working directory, where it is from the root on. */
function fileName(span: Span): Core {
  return baseCall('abspath', [stringLiteral(span.source.name, span)], span)
}

/** `@eval ex` and `@eval M ex`: `$` in the code puts in values of the place where it stands. */
const EVAL: Macro = {
  kind: 'code',
  scoped: ({ args }) => args.slice(0, -1),
  lower: (scope, { args, span }) => {
    const node = args.at(-1) ?? unsupported('`@eval` without code', span)
    const holes: Node[] = []
    const form = formOf(node, holes)
    const code = builtForm(scope, form, holes, span)
    if (args.length < 2) return evaluated(scope, code, span)
    return call(baseMember('Intrinsics', 'expr_eval', span), [scope.unit.lower(scope, args[0]!), code], span)
  },
}

// biome-ignore format: one macro a line
export const MACROS: Readonly<Record<string, Macro>> = {
  ...TEST_MACROS,
  ...OUTPUT_MACROS,
  ...TEXT_MACROS,
  ...CALL_MACROS,
  ...BENCHMARK_MACROS,
  ...DEFINITION_MACROS,
  ...STATIC_ARRAY_MACROS,
  ...UNPACK_MACROS,
  ...FUNCTOR_MACROS,
  ...LUX_MACROS,
  ...OPTIC_MACROS,
  '.': DOT_MACRO,
  __dot__: DOT_MACRO,
  static: STATIC_MACRO,
  inbounds: INBOUNDS,
  view: VIEW,
  views: VIEWS,
  isdefined: ISDEFINED,
  easy_rule: EASY_RULE,
  import_frule: IMPORT_FRULE,
  import_rrule: IMPORT_RRULE,
  adjoint: ADJOINT,
  primitive: PRIMITIVE,
  grad: GRAD,
  grad_from_chainrules: GRAD_FROM_CHAINRULES,
  forward: TRANSPARENT,
  ignore: IGNORE,
  ignore_derivatives: IGNORE,
  scalar_rule: SCALAR_RULE,
  nograd: NOGRAD,
  showgrad: SHOWGRAD,
  skip: SKIP,
  non_differentiable: NON_DIFFERENTIABLE,
  thunk: THUNK,
  maybe_inferred: TRANSPARENT,
  not_implemented: NOT_IMPLEMENTED,
  opt_out: OPT_OUT,
  something: SOMETHING,
  coalesce: COALESCE,
  NamedTuple: NAMED_TUPLE,
  inline: TRANSPARENT,
  noinline: TRANSPARENT,
  simd: TRANSPARENT,
  preserve: TRANSPARENT,
  fastmath: TRANSPARENT,
  boundscheck: TRANSPARENT,
  showprogress: LAST,
  propagate_inbounds: TRANSPARENT,
  constprop: TRANSPARENT,
  assume_effects: TRANSPARENT,
  optlevel: constant((_scope, { span }) => nothing(span)),
  _inline_meta: constant((_scope, { span }) => nothing(span)),
  _noinline_meta: constant((_scope, { span }) => nothing(span)),
  _propagate_inbounds_meta: constant((_scope, { span }) => nothing(span)),
  _pure_meta: constant((_scope, { span }) => nothing(span)),
  _total_meta: constant((_scope, { span }) => nothing(span)),
  _foldable_meta: constant((_scope, { span }) => nothing(span)),
  _nospecializeinfer_meta: constant((_scope, { span }) => nothing(span)),
  nospecialize: constant((_scope, { span }) => nothing(span)),
  specialize: constant((_scope, { span }) => nothing(span)),
  doc: { kind: 'code', scoped: ({ args }) => args.slice(1), lower: (scope, { args, span }, wanted) => (args[1] ? (wanted ? scope.unit.lower : scope.unit.effect)(scope, args[1]) : nothing(span)) },
  __LINE__: constant((_scope, { span }) => intLiteral(positionAt(span.source, span.start).line, span)),
  __FILE__: constant((_scope, { span }) => fileName(span)),
  __DIR__: constant((_scope, { span }) => baseCall('dirname', [fileName(span)], span)),
  __MODULE__: constant((scope, { span }) => ({ kind: 'global', name: scope.unit.moduleName, span })),
  generated: GENERATED,
  eval: EVAL,
  ...TASK_MACROS,
  ...CARTESIAN_MACROS,
  ...KERNEL_MACROS,
  ccall: refused('`@ccall`'),
  cfunction: refused('`@cfunction`'),
  main: { kind: 'rewrite', rewrite: ({ span }) => identifier('main', span) },
  label: constant((_scope, macro) => labelOf('label', macro)),
  goto: constant((_scope, macro) => labelOf('goto', macro)),
  macroexpand: macroExpansion(true),
  macroexpand1: macroExpansion(false),
  code_typed: refused('`@code_typed`'),
  code_warntype: refused('`@code_warntype`'),
  code_lowered: refused('`@code_lowered`'),
  code_llvm: refused('`@code_llvm`'),
  code_native: refused('`@code_native`'),
  cmd: refused('A command'),
}

function labelOf(kind: 'label' | 'goto', { args, span }: MacroCall): Core {
  const [name] = args
  return isIdentifier(name) ? { kind, name: name.name, span } : unsupported(`\`@${kind}\` without a name`, span)
}

/** `@macroexpand @m x`: the code that the call stands for; `deep`, with the calls inside of it. */
function macroExpansion(deep: boolean): Macro {
  return {
    kind: 'code',
    scoped: noArguments,
    lower: (scope, { args, name, span }) => {
      const node = args.at(-1) ?? unsupported(`\`@${name}\` without code`, span)
      return builtForm(scope, formOf(expanded(scope.unit, unparen(node), deep), [], 1), [], span)
    },
  }
}

/** Code with what a call of a macro stands for in its place; `deep`, also inside. Macros that are lowered as they stand have no code. */
export function expanded(unit: Unit, node: Node, deep: boolean): Node {
  if (isTree(node, 'quote') || !('args' in node)) return node
  if (isTree(node, 'macrocall')) {
    const { macro, call: found } = findMacro(unit, node)
    if (macro.kind !== 'rewrite') return unsupported(`The code that \`@${found.name}\` stands for`, node.span)
    return deep ? expanded(unit, macro.rewrite(found, unit), true) : macro.rewrite(found, unit)
  }
  return deep ? { ...node, args: node.args.map(arg => expanded(unit, arg, true)) } : node
}

/** Is there a macro of that name that needs no definition? */
export function isEngineMacro(name: string): boolean {
  return Object.hasOwn(MACROS, name)
}

/** What the engine does with a call of a macro that it knows or the program defines. */
export function findMacro(unit: Unit, node: Tree): { readonly macro: Macro; readonly call: MacroCall } {
  const found = macroCall(node)
  const home = unit.macros.homeOf(found.path, found.name)
  if (home) return { macro: { kind: 'rewrite', rewrite: again => expandUserMacro(unit, again, home) }, call: found }
  const macro = isEngineMacro(found.name) ? MACROS[found.name] : undefined
  if (!macro) fail('lower', 'lower.no-macro', { name: found.name }, argument(node, 0).span, { exception: 'UndefVarError' })
  if (macro.kind === 'refused') {
    const lower = (scope: Scope) => refusedWhenRun(scope, macro.what, node.span)
    return { macro: { kind: 'code', scoped: noArguments, lower }, call: found }
  }
  return { macro, call: found }
}

const rewritten = new WeakMap<Tree, Node>()

/** What a call of a rewriting macro stands for; null when the macro lowers its call itself. The same call gives the same tree. */
export function expansionOf(unit: Unit, node: Tree): Node | null {
  let known = rewritten.get(node)
  if (!known) {
    const { macro, call: found } = findMacro(unit, node)
    if (macro.kind !== 'rewrite') return null
    known = macro.rewrite(found, unit)
    rewritten.set(node, known)
  }
  return known
}
