/**
 * Macros that the program defines. A macro is a function of code: it is compiled like any other, called with the code of its arguments,
 * and what it gives is lowered in place of the call. Hygiene as in Julia: outside of `esc`, names that the expansion assigns are renamed,
 * all others mean globals of the module that the macro is of.
 */
import type { Span } from '../../../../diagnostics/source.ts'
import { macroName, type Node, type Tree } from '../../../1-syntax/ast.ts'
import type { Core } from '../../core.ts'
import { targetNames } from '../assigned.ts'
import { call as callOf, property } from '../build.ts'
import { commandText, formOf } from '../expr-form.ts'
import { lineForm } from '../form.ts'
import { nodeOf } from '../form-node.ts'
import { builtForm } from '../quote.ts'
import { topLevelScope, type Unit } from '../scope.ts'
import { argument, type Identifier, identifier, isIdentifier, isKeyword, isTree, signatureOf, tree } from '../shapes.ts'
import type { MacroCall } from './macro.ts'

interface Expansion {
  readonly unit: Unit
  readonly home: readonly string[]
  /** Subtrees that keep the meaning they have at the call. */
  readonly escaped: Set<Node>
  /** Names that others use to mean what the expansion defines: functions, their keywords, fields of structs. */
  readonly known: Set<string>
}

export function expandUserMacro(unit: Unit, { name, args, span }: MacroCall, home: readonly string[]): Node {
  const scope = topLevelScope(unit)
  // Code inside of the arguments is not run here, so a `$` in it stays what it is.
  const given = args.map((arg): Core => builtForm(scope, formOf(commandText(arg), [], 1), [], arg.span))
  const source = builtForm(scope, lineForm(span), [], span)
  const module: Core = { kind: 'global', name: unit.moduleName, span }
  const body = callOf(memberOf(home, `@${name}`, span), [source, module, ...given], span)
  const filled = unit.macros.run({ locals: scope.frame.locals, body, captures: [] })
  const escaped = new Set<Node>()
  const expanded = nodeOf(filled, span, escaped)
  return escaped.has(expanded) ? expanded : hygienic({ unit, home, escaped, known: new Set() }, expanded)
}

/** The function that a macro is: it is given the place and the module of its call before the arguments. */
export function macroFunction(node: Tree): Tree | null {
  const [head, body] = node.args
  const signature = head && signatureOf(head)
  if (!head || !signature || !body) return null
  const { span } = head
  const name = identifier(`@${definedMacro(node)}`, span)
  const named = signature.keywords.length > 0 ? [tree('parameters', signature.keywords, span)] : []
  const params = [identifier('__source__', span), identifier('__module__', span), ...signature.params, ...named]
  const made = tree('call', [name, ...params], span)
  const whole = signature.wheres.length > 0 ? tree('where', [made, tree('braces', signature.wheres, span)], span) : made
  return tree('function', [whole, body], node.span)
}

/** Renames what the expansion assigns, and lets its other names mean globals. */
function hygienic(cx: Expansion, body: Node): Node {
  const own = new Set<string>()
  collect(cx, body, own)
  const suffix = ++cx.unit.counts.hygiene
  return rename(cx, body, own, suffix)
}

function collect(cx: Expansion, node: Node, own: Set<string>): void {
  if (!('args' in node) || cx.escaped.has(node)) return
  const add = (target: Node) => {
    for (const name of targetNames(target)) if (!cx.escaped.has(name as Node)) own.add(name.name)
  }
  const addVariables = (variables: readonly Node[]) => {
    for (const variable of variables) add(isTree(variable, '<:', '>:') ? argument(variable, 0) : variable)
  }
  const addParams = (params: readonly Node[]) => {
    for (const param of params) {
      if (isTree(param, 'parameters')) for (const keyword of param.args) keepNames(cx, keyword)
      else if (isKeyword(param)) keepNames(cx, param)
      else add(param)
    }
  }
  switch (node.kind) {
    case '=':
    case 'op=':
    case 'in':
    case 'as':
      add(argument(node, 0))
      break
    case 'local':
      for (const item of node.args) if (!isTree(item, '=')) add(item)
      break
    case 'macrocall': {
      const label = macroName(argument(node, 0)) === 'label' ? node.args.at(-1) : null
      if (isIdentifier(label)) own.add(label.name)
      break
    }
    case '->':
    case 'do':
      addParams(itemsOf(argument(node, 0), 'tuple'))
      break
    case 'catch':
      if (node.args.length > 1) add(argument(node, 0))
      break
    case 'struct':
      for (const field of itemsOf(argument(node, 1), 'block')) keepNames(cx, field)
      addVariables(parametersOf(argument(node, 0)))
      break
    case 'abstract':
    case 'primitive':
      addVariables(parametersOf(argument(node, 0)))
      break
    case 'function': {
      const signature = signatureOf(argument(node, 0))
      if (isIdentifier(signature?.callee)) keepNames(cx, signature.callee)
      for (const keyword of signature?.keywords ?? []) keepNames(cx, keyword)
      addParams(signature ? signature.params : isTree(node.args[0], 'tuple') ? node.args[0].args : [])
      addVariables(signature?.wheres ?? [])
      break
    }
    default:
  }
  const keywords = isTree(node, 'call', 'parameters', 'tuple')
  for (const arg of node.args) {
    if (keywords && isKeyword(arg)) collect(cx, argument(arg, 1), own)
    else collect(cx, arg, own)
  }
}

/** What is listed, or the one thing that stands in place of a list. */
function itemsOf(node: Node, list: 'tuple' | 'block'): readonly Node[] {
  return isTree(node, list) ? node.args : [node]
}

/** A name that has a default value or is a field is not renamed: it is what others call it. */
function keepNames(cx: Expansion, target: Node): void {
  if (cx.escaped.has(target)) return
  if (isTree(target, '=', 'const')) return keepNames(cx, argument(target, 0))
  for (const { name } of targetNames(target)) cx.known.add(name)
}

/** `P`, `Q <: R` of `T{P, Q <: R} <: S`. */
function parametersOf(head: Node): readonly Node[] {
  if (isTree(head, '<:')) return parametersOf(argument(head, 0))
  return isTree(head, 'curly') ? head.args.slice(1) : []
}

function rename(cx: Expansion, node: Node, own: ReadonlySet<string>, suffix: number): Node {
  if (cx.escaped.has(node)) return node
  if (node.kind === 'Identifier') {
    if (cx.known.has(node.name)) return node
    if (own.has(node.name)) return identifier(`${node.name}#${suffix}`, node.span)
    return globalName(cx, node)
  }
  if (!('args' in node)) return node
  const walk = (item: Node) => rename(cx, item, own, suffix)
  switch (node.kind) {
    case '.':
      return { ...node, args: node.args.map((arg, at) => (at === 0 && node.args.length === 2 ? walk(arg) : arg)) }
    case 'quote':
    case 'macro_name':
    case 'using':
    case 'import':
    case 'export':
      return node
    case 'struct':
    case 'abstract':
    case 'primitive':
    case 'module':
      return { ...node, args: node.args.map((arg, at) => (at === 0 ? named(cx, arg, walk) : walk(arg))) }
    case 'macrocall':
      return { ...node, args: [calledMacro(cx, argument(node, 0)), ...node.args.slice(1).map(walk)] }
    case 'call':
    case 'parameters':
    case 'tuple':
      return {
        ...node,
        args: node.args.map(arg => (isKeyword(arg) ? { ...arg, args: [argument(arg, 0), walk(argument(arg, 1))] } : walk(arg))),
      }
    default:
      return { ...node, args: node.args.map(walk) }
  }
}

/** Another macro of the module. */
function calledMacro(cx: Expansion, callee: Node): Node {
  return callee.kind === 'MacroName' && cx.unit.macros.isOf(cx.home, `@${callee.name}`) ? inHome(cx, callee) : callee
}

/** `T`, `T{P}`, `T <: S`: what the definition is called stays, the rest are names like others. */
function named(cx: Expansion, node: Node, walk: (node: Node) => Node): Node {
  if (isIdentifier(node) || cx.escaped.has(node)) return node
  return isTree(node, '<:', 'curly')
    ? { ...node, args: node.args.map((arg, at) => (at === 0 ? named(cx, arg, walk) : walk(arg))) }
    : walk(node)
}

/** A name of the module of the macro. */
function globalName(cx: Expansion, node: Identifier): Node {
  const global = { ...node }
  cx.unit.globalNames.add(global)
  return cx.unit.macros.isOf(cx.home, node.name) ? inHome(cx, node) : global
}

/** `Main.M.name`. */
function inHome(cx: Expansion, name: Node): Node {
  const [main, ...modules] = cx.home.map(part => identifier(part, name.span))
  cx.unit.globalNames.add(main!)
  return [...modules, name].reduce<Node>((at, part) => tree('.', [at, part], name.span), main!)
}

function memberOf([main, ...rest]: readonly string[], name: string, span: Span): Core {
  return [...rest, name].reduce<Core>((at, part) => property(at, part, span), { kind: 'global', name: main!, span })
}

/** The name under which a definition makes a macro known. */
export function definedMacro(node: Tree): string {
  const head = argument(node, 0)
  const callee = signatureOf(head)?.callee ?? head
  return isIdentifier(callee) ? callee.name : macroName(callee)
}
