/** Macros of tasks: each hands its code, as a function, to the library. */

import type { Span } from '../../../../diagnostics/source.ts'
import type { Node } from '../../../1-syntax/ast.ts'
import { loopsOf } from '../loops.ts'
import { lookup } from '../scope.ts'
import { argument, identifier, isTree, tree, unsupported } from '../shapes.ts'
import { type Macro, type MacroCall, noArguments } from './macro.ts'

function last({ name, args, span }: MacroCall): Node {
  return args.at(-1) ?? unsupported(`\`@${name}\` without an expression`, span)
}

/** The tasks of the `@sync` whose code this is: only those that are made in its text belong to it. */
const SYNC = '#sync'

function library(name: string, span: Span): Node {
  return tree('.', [identifier('Base', span), identifier(name, span)], span, 'infix')
}

/** A task; what stands after `$` is evaluated where the task is made. */
function task(maker: string): Macro {
  return {
    kind: 'code',
    scoped: noArguments,
    lower: (scope, macro) => {
      const { span } = macro
      const taken: Node[] = []
      const take = (node: Node): Node => {
        if (isTree(node, '$')) {
          const name = identifier(`#taken${taken.length}`, node.span)
          taken.push(tree('=', [name, argument(node, 0)], node.span, 'infix'))
          return name
        }
        return 'args' in node && !isTree(node, 'quote') ? { ...node, args: node.args.map(take) } : node
      }
      const code = take(last(macro))
      const tasks = lookup(scope, SYNC) && maker !== 'Task' ? [identifier(SYNC, span)] : []
      const made = tree('call', [library(maker, span), tree('->', [tree('tuple', [], span), code], code.span), ...tasks], span)
      const all = taken.length === 0 ? made : tree('let', [tree('block', taken, span), tree('block', [made], span)], span)
      return scope.unit.lower(scope, all)
    },
  }
}

/** `@sync code` */
const SYNCED: Macro = {
  kind: 'rewrite',
  rewrite: macro => {
    const { span } = macro
    const [tasks, value] = [identifier(SYNC, span), identifier('#value', span)]
    const set = (name: Node, to: Node) => tree('=', [name, to], span, 'infix')
    const none = tree('call', [library('__no_tasks', span)], span)
    const body = [set(value, last(macro)), tree('call', [library('__await_all', span), tasks], span), value]
    return tree('let', [tree('block', [set(tasks, none)], span), tree('block', body, span)], span)
  },
}

/** `@threads [schedule] for i in items … end`: the loop over some of the items is a function, as in Julia, and one thread has all of them. */
const THREADS: Macro = {
  kind: 'rewrite',
  rewrite: macro => {
    const { span } = macro
    const loop = last(macro)
    if (!isTree(loop, 'for')) return unsupported('`@threads` without a `for` loop', span)
    const [head, ...inner] = loopsOf(argument(loop, 0))
    if (!head || inner.length > 0) return unsupported('`@threads` of a loop over several ranges (Julia refuses it as well)', span)
    const part = identifier('#part', span)
    const over = tree('for', [{ ...head, args: [argument(head, 0), part] }, argument(loop, 1)], loop.span)
    const code = tree('->', [tree('tuple', [part], span), tree('block', [over], span)], span)
    return tree('call', [library('__threads', span), code, argument(head, 1)], span)
  },
}

/** `@lock l code` */
const LOCK: Macro = {
  kind: 'rewrite',
  rewrite: ({ args, name, span }) => {
    const [lock, code] = args
    if (!lock || !code) return unsupported(`This form of \`@${name}\``, span)
    const held = identifier('#lock', span)
    const guarded = tree(
      'try',
      [
        tree('block', [code], code.span),
        tree('finally', [tree('block', [tree('call', [library('unlock', span), held], span)], span)], span),
      ],
      span,
    )
    return tree(
      'let',
      [
        tree('block', [tree('=', [held, lock], span, 'infix')], span),
        tree('block', [tree('call', [library('lock', span), held], span), guarded], span),
      ],
      span,
    )
  },
}

export const TASK_MACROS: Readonly<Record<string, Macro>> = {
  async: task('__async'),
  spawn: task('__spawn'),
  task: task('Task'),
  sync: SYNCED,
  threads: THREADS,
  lock: LOCK,
}
