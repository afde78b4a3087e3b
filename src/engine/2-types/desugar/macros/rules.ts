/**
 * Macros that write custom rules: `@easy_rule` from partial derivatives, `@import_frule` and `@import_rrule` from rules of ChainRulesCore.
 * They give methods of EnzymeRules whose bodies are calls of the library, with the partial derivatives as a function of the values.
 */
import { macroName, type Node, type Tree } from '../../../1-syntax/ast.ts'
import { parseProgram } from '../../../1-syntax/parse.ts'
import { printNode } from '../../../1-syntax/print.ts'
import { exprText } from '../expr-text.ts'
import { argument, callParts, isIdentifier, isTree, tree, unparen, unsupported, whereVariables } from '../shapes.ts'
import type { Macro, MacroCall } from './macro.ts'

interface Argument {
  readonly name: string
  /** Text of its type; `Any` when none is written. */
  readonly type: string
}

function parsed(text: string, call: MacroCall): Node {
  const { args } = parseProgram({ name: `@${call.name}`, text })
  return tree('block', args, call.span)
}

/** Methods for `f`, a text of its type, with these arguments; `more` comes after them in the call of `library`, `keywords` after that. */
function methods(
  type: string,
  args: readonly Argument[],
  where: string,
  made: readonly (readonly [rule: string, library: string, more: string])[],
  keywords = '',
): string {
  const params = args.map(a => `, ${a.name}::Annotation{<:${a.type}}`).join('')
  const values = `(${args.map(a => `${a.name},`).join(' ')})`
  return made
    .map(([rule, library, more]) => {
      const returned = rule === 'reverse' ? 'returned, tape' : 'RT::Type{<:Annotation}'
      const handed = rule === 'reverse' ? 'returned, tape' : 'RT'
      const head = `function EnzymeRules.${rule}(config, func::Annotation{<:${type}}, ${returned}${params}${keywords})${where}`
      return `${head.replaceAll('Annotation', 'EnzymeCore.Annotation')}\n    EnzymeRuleCalls.${library}(config, func, ${handed}, ${values}${more}${keywords})\nend`
    })
    .join('\n')
}

// Rules from partial derivatives -------------------------------------------------------------------------------------------------------

export const EASY_RULE: Macro = { kind: 'rewrite', rewrite: easyRule }

function easyRule(call: MacroCall): Node {
  const [head, ...rest] = call.args
  if (!head) return unsupported(`\`@${call.name}\` without a function`, call.span)
  const signature = isTree(head, 'where') ? argument(head, 0) : head
  if (!isTree(signature, 'call')) return unsupported(`This form of \`@${call.name}\``, head.span)
  const where = isTree(head, 'where')
    ? ` where {${whereVariables(head)
        .map(v => printNode(v))
        .join(', ')}}`
    : ''
  const { callee, args: given } = callParts(signature)
  const args = given.map(argumentOf)
  const setup = rest[0] && isTree(rest[0], 'macrocall') && macroName(argument(rest[0], 0)) === 'setup' ? rest[0] : null
  const outputs = rest.slice(setup ? 1 : 0).map(partialsOf)
  const before = setup ? (setup as Tree).args.slice(1).map(node => printNode(unparen(node))) : []
  const names = args.map(a => a.name)
  const body = [...before, `(${outputs.map(output => `(${output.join(', ')},),`).join(' ')})`].join('\n')
  const partials = `, (${['Ω', ...names].join(', ')}) -> begin\n${body}\nend`
  const type = `typeof(${printNode(callee)})`
  const rules = methods(type, args, where, [
    ['forward', 'easy_forward', partials],
    ['augmented_primal', 'easy_augmented', partials],
    ['reverse', 'easy_reverse', ''],
  ])
  const mark = `EnzymeRules.has_easy_rule(::${type}${args.map(a => `, ::${a.type}`).join('')})${where} = nothing`
  return parsed(`${rules}\n${mark}`, call)
}

function argumentOf(node: Node, i: number): Argument {
  if (isTree(node, '::')) {
    const name = node.args.length > 1 ? argument(node, 0) : null
    return { name: name && isIdentifier(name) ? name.name : `argument${i}`, type: printNode(node.args.at(-1)!) }
  }
  if (isIdentifier(node)) return { name: node.name, type: 'Any' }
  return unsupported('This form of argument of a rule', node.span)
}

/** One derivative for each argument; `@Constant` for none. */
function partialsOf(node: Node): string[] {
  const inner = unparen(node)
  const each = isTree(inner, 'tuple') ? inner.args : [inner]
  return each.map(partial =>
    isTree(partial, 'macrocall') && macroName(argument(partial, 0)) === 'Constant' ? 'nothing' : printNode(partial),
  )
}

// Rules from ChainRulesCore ------------------------------------------------------------------------------------------------------------

export const IMPORT_FRULE: Macro = {
  kind: 'rewrite',
  rewrite: call => imported(call, [['forward', 'imported_forward', '']]),
}

export const IMPORT_RRULE: Macro = {
  kind: 'rewrite',
  rewrite: call =>
    imported(call, [
      ['augmented_primal', 'imported_augmented', ''],
      ['reverse', 'imported_reverse', ''],
    ]),
}

function imported(call: MacroCall, made: readonly (readonly [string, string, string])[]): Node {
  const [type, ...types] = call.args
  if (!type) return unsupported(`\`@${call.name}\` without a function`, call.span)
  const args = types.map((t, i): Argument => ({ name: `x${i + 1}`, type: printNode(t) }))
  return parsed(methods(printNode(type), args, '', made, '; keywords...'), call)
}

// Rules of Zygote ----------------------------------------------------------------------------------------------------------------------

/**
 * `@adjoint f(x) = y, ȳ -> (x̄,)`: an rrule whose pullback leaves the function itself out. That of an object with a name,
 * `@adjoint (f::F)(x)`, gives the object's own adjoint first.
 */
export const ADJOINT: Macro = { kind: 'rewrite', rewrite: call => adjointRule(call, 'ChainRulesCore.rrule') }

/** `@grad f(x) = y, ȳ -> (x̄,)`: the same for ReverseDiff and Tracker, and what `track(f, x)` of either records. */
export const GRAD: Macro = {
  kind: 'rewrite',
  rewrite: call => {
    const of = call.path.at(-1)
    const reverseDiff = of === 'Tracker' ? [] : [adjointRule(call, 'ReverseDiff.tracked_rule'), trackedCall(call)]
    return tree('block', [...reverseDiff, ...(of === 'ReverseDiff' ? [] : [forwardRule(call)])], call.span)
  },
}

/** The definition that a rule is: its parts, and its keywords and type variables as text. */
function ruleParts(call: MacroCall) {
  const [definition] = call.args
  if (!isTree(definition, 'function') || definition.args.length < 2) return unsupported(`This form of \`@${call.name}\``, call.span)
  const [head, body] = [argument(definition, 0), argument(definition, 1)]
  const signature = isTree(head, 'where') ? argument(head, 0) : head
  if (!isTree(signature, 'call')) return unsupported(`This form of \`@${call.name}\``, head.span)
  const { callee, args, keywords } = callParts(signature)
  const options = keywords.length > 0 ? `; ${keywords.map(node => printNode(node)).join(', ')}` : ''
  return { own: ownerOf(unparen(callee)), args, options, where: whereText(head), body }
}

/** Tracker's: `_forward` of the function and its arguments gives the value and the pullback. */
function forwardRule(call: MacroCall): Node {
  const { own, args, options, where, body } = ruleParts(call)
  const params = args.map(node => `, ${printNode(node)}`).join('')
  return parsed(`function Tracker._forward(${own.param}${params}${options})${where}\n${printNode(body)}\nend`, call)
}

function trackedCall(call: MacroCall): Node {
  const { own, args, options, where, body } = ruleParts(call)
  const of = own.hasName ? own.param : `var"#self"${own.param}`
  const named = args.map((node, i) => {
    const isRest = isTree(node, '...')
    return { ...argumentOf(isRest ? argument(node, 0) : node, i), more: isRest ? '...' : '' }
  })
  const params = named.map(a => `, ${a.name}::${a.type}${a.more}`).join('')
  const values = named.map(a => `${a.name}${a.more},`).join(' ')
  const self = own.hasName ? own.param.split('::')[0] : 'var"#self"'
  return parsed(
    `function ReverseDiff.tracked_grad(${own.param}${params}${options})${where}\n${printNode(body)}\nend
ReverseDiff.track(${of}${params}; var"#options"...)${where} = ReverseDiff.by_rule(${self}, (${values}), var"#options")`,
    call,
  )
}

function whereText(head: Node): string {
  if (!isTree(head, 'where')) return ''
  return ` where {${whereVariables(head)
    .map(v => printNode(v))
    .join(', ')}}`
}

function adjointRule(call: MacroCall, rule: string): Node {
  const { own, args, options, where, body } = ruleParts(call)
  const names = args.map((node, i) => (isTree(node, '...') ? `${argumentOf(argument(node, 0), i).name}...` : argumentOf(node, i).name))
  const params = args.map((node, i) => {
    const { name, type } = argumentOf(isTree(node, '...') ? argument(node, 0) : node, i)
    return `, ${name}::${watched(type)}${isTree(node, '...') ? '...' : ''}`
  })
  const total = own.hasName ? 'with_self' : 'after_self'
  return parsed(
    `function ${rule}(${own.param}${params.join('')}${options})${where}
__context__ = Zygote.Context()
${OWN.value}, ${OWN.back} = (() -> begin\n${printNode(body)}\nend)()
(${OWN.value}, ${OWN.adjoint} -> ChainRulesCore.${total}(${OWN.back}(${OWN.adjoint}), (${names.map(name => `${name},`).join(' ')})))
end`,
    call,
  )
}

/** Names that no argument of the program has. */
const OWN = { value: 'var"#value"', back: 'var"#back"', adjoint: 'var"#adjoint"' }

/** The function of an `@adjoint` as the parameter of an rrule: `f`, `A.f`, `::F`, `f::F`. */
function ownerOf(callee: Node): { readonly param: string; readonly hasName: boolean } {
  if (isTree(callee, '::')) return { param: printNode(callee), hasName: callee.args.length > 1 }
  if (isIdentifier(callee) || isTree(callee, '.')) return { param: `::typeof(${printNode(callee)})`, hasName: false }
  return unsupported('This form of function of a rule', callee.span)
}

/** What ReverseDiff watches under the types `TrackedReal` and `TrackedArray` is plain numbers and arrays to a rule of reverse mode. */
function watched(type: string): string {
  return type.replace(/^(?:ReverseDiff\.)?Tracked(Real|Array|Vector|Matrix)\b.*/, (_whole, kind: string) =>
    kind === 'Real' ? kind : `Abstract${kind}`,
  )
}

/** `@grad_from_chainrules f(x::TrackedReal, y)`: the rule of `f` is its rrule. */
export const GRAD_FROM_CHAINRULES: Macro = {
  kind: 'rewrite',
  rewrite: call => {
    const [head] = call.args
    if (!head || !isTree(head, 'call')) return unsupported(`This form of \`@${call.name}\``, call.span)
    const { callee, args, keywords } = callParts(head)
    const given = args.map(argumentOf)
    const f = printNode(callee)
    const params = given.map(a => `, ${a.name}::${watched(a.type)}`).join('')
    const values = given.map(a => `, ${a.name}`).join('')
    const handed = keywords.length > 0 ? '; keywords...' : ''
    const typed = given.map(a => `${a.name}::${a.type}`).join(', ')
    const names = given.map(a => `${a.name},`).join(' ')
    return parsed(
      `ReverseDiff.tracked_rule(::typeof(${f})${params}${handed}) = ChainRulesCore.rrule(${f}${values}${handed})
ReverseDiff.tracked_grad(::typeof(${f}), ${typed}; keywords...) = ReverseDiff.by_chain(ChainRulesCore.rrule(${f}, map(ReverseDiff.value, (${names}))...; keywords...))
ReverseDiff.track(::typeof(${f}), ${typed}; keywords...) = ReverseDiff.by_rule(${f}, (${names}), keywords)
${f}(${typed}; keywords...) = ReverseDiff.track(${f}${values}; keywords...)`,
      call,
    )
  },
}

/** `@ignore_derivatives x`, and Zygote's name for it. */
export const IGNORE: Macro = {
  kind: 'rewrite',
  rewrite: call => {
    const node = call.args[0] ?? unsupported(`\`@${call.name}\` without an expression`, call.span)
    const [callee] = parseProgram({ name: `@${call.name}`, text: 'Zygote.dropgrad' }).args
    return tree('call', [callee!, node], call.span)
  },
}

/** `Zygote.@showgrad x`: prints the adjoint of `x` when there is one. */
export const SHOWGRAD: Macro = {
  kind: 'rewrite',
  rewrite: call => {
    const node = call.args[0] ?? unsupported(`\`@${call.name}\` without an expression`, call.span)
    const [callee] = parseProgram({ name: `@${call.name}`, text: 'Zygote.shown_gradient' }).args
    return tree('call', [callee!, node, tree('string', [{ kind: 'String', value: exprText(node), span: call.span }], call.span)], call.span)
  },
}

// Rules of ChainRulesCore --------------------------------------------------------------------------------------------------------------

/** `@scalar_rule f(x, y) @setup(…) (∂x, ∂y)`: an frule and an rrule. */
export const SCALAR_RULE: Macro = { kind: 'rewrite', rewrite: scalarRule }

function scalarRule(call: MacroCall): Node {
  const [head, ...rest] = call.args
  if (!head || !isTree(head, 'call')) return unsupported(`This form of \`@${call.name}\``, call.span)
  const { callee, args: given } = callParts(head)
  const args = given.map(argumentOf)
  const setup = rest[0] && isTree(rest[0], 'macrocall') && macroName(argument(rest[0], 0)) === 'setup' ? rest[0] : null
  const outputs = rest.slice(setup ? 1 : 0).map(partialsOf)
  const before = setup ? (setup as Tree).args.slice(1).map(node => printNode(unparen(node))) : []
  const names = args.map(a => a.name)
  const params = args.map(a => `${a.name}::${a.type === 'Any' ? 'Number' : a.type}`).join(', ')
  const f = printNode(callee)
  const partials = `(${outputs.map(output => `(${output.join(', ')},),`).join(' ')})`
  const common = [`Ω = ${f}(${names.join(', ')})`, ...before, `partials = ${partials}`].join('\n')
  return parsed(
    `function ChainRulesCore.frule(tangents, ::typeof(${f}), ${params})\n${common}\n(Ω, ChainRulesCore.scalar_tangent(Ω, partials, Base.tail(tangents)))\nend
function ChainRulesCore.rrule(::typeof(${f}), ${params})\n${common}\n(Ω, adjoint -> ChainRulesCore.scalar_adjoints(partials, adjoint))\nend`,
    call,
  )
}

/** `@non_differentiable f(::Any)`: rules that say so. */
export const NON_DIFFERENTIABLE: Macro = {
  kind: 'rewrite',
  rewrite: call => {
    const [head] = call.args
    if (!head || !isTree(head, 'call')) return unsupported(`This form of \`@${call.name}\``, call.span)
    const { callee, args: given } = callParts(head)
    const args = given.map((node, i) => (isTree(node, '...') ? 'rest...' : `x${i}::${argumentOf(node, i).type}`)).join(', ')
    const values = given.map((node, i) => (isTree(node, '...') ? 'rest...' : `x${i}`)).join(', ')
    const f = printNode(callee)
    return parsed(
      `ChainRulesCore.frule(tangents, ::typeof(${f}), ${args}) = (${f}(${values}), ChainRulesCore.NoTangent())
ChainRulesCore.rrule(::typeof(${f}), ${args}) = (${f}(${values}), adjoint -> map(x -> ChainRulesCore.NoTangent(), (0, ${values})))`,
      call,
    )
  },
}

/** `Zygote.@nograd f, g`: functions whose results have no derivative for Zygote. */
export const NOGRAD: Macro = {
  kind: 'rewrite',
  rewrite: call => {
    const node = call.args[0] ?? unsupported(`\`@${call.name}\` without a function`, call.span)
    const functions = isTree(node, 'tuple') ? node.args : [node]
    const rule = (f: string): string =>
      `ChainRulesCore.rrule(::typeof(${f}), xs...; options...) =
(${f}(xs...; options...), adjoint -> map(x -> ChainRulesCore.NoTangent(), (0, xs...)))`
    return parsed(functions.map(f => rule(printNode(f))).join('\n'), call)
  },
}

/** `@thunk x`: what computes `x` when it is asked for. */
export const THUNK: Macro = {
  kind: 'rewrite',
  rewrite: call => {
    const what = call.args[0] ?? unsupported(`\`@${call.name}\` without an expression`, call.span)
    const [callee] = parseProgram({ name: `@${call.name}`, text: 'ChainRulesCore.Thunk' }).args
    return tree('call', [callee!, tree('->', [tree('tuple', [], call.span), what], call.span)], call.span)
  },
}

/** `@skip f`, `@skip f(x) = …`: a function whose results are constants to ReverseDiff. */
export const SKIP: Macro = {
  kind: 'rewrite',
  rewrite: call => {
    const what = call.args[0] ?? unsupported(`\`@${call.name}\` without a function`, call.span)
    const [skipped] = parseProgram({ name: `@${call.name}`, text: 'ReverseDiff.SkipOptimize' }).args
    const skip = (f: Node): Node => tree('call', [skipped!, f], call.span)
    if (!('args' in what) || what.kind !== 'function') return skip(what)
    const [signature, body] = what.args
    const inner = tree('->', [tree('tuple', [], call.span), body!], call.span)
    return { ...what, args: [signature!, tree('block', [tree('call', [skip(inner)], call.span)], call.span)] }
  },
}

/** `@not_implemented "why"`: an adjoint that nobody has written yet. */
export const NOT_IMPLEMENTED: Macro = {
  kind: 'rewrite',
  rewrite: call => {
    const why = call.args[0] ?? unsupported(`\`@${call.name}\` without a reason`, call.span)
    const [callee] = parseProgram({ name: `@${call.name}`, text: 'ChainRulesCore.NotImplemented' }).args
    return tree('call', [callee!, why], call.span)
  },
}

/** `@opt_out rrule(::typeof(f), ::Any)`: a method that says there is no rule. */
export const OPT_OUT: Macro = {
  kind: 'rewrite',
  rewrite: call => {
    const head = call.args[0] ?? unsupported(`\`@${call.name}\` without a signature`, call.span)
    const prefix = isTree(head, 'call') && isIdentifier(argument(head, 0)) ? 'ChainRulesCore.' : ''
    return parsed(`${prefix}${printNode(head)} = nothing`, call)
  },
}
