/** Macros of tasks: each hands its code, as a function, to the library. */
import type { Node } from '../../../1-syntax/ast.ts'
import { baseCall } from '../build.ts'
import { argument, identifier, isTree, tree, unsupported } from '../shapes.ts'
import { type Macro, type MacroCall, noArguments } from './macro.ts'
import { thunk } from './testset.ts'

function last({ name, args, span }: MacroCall): Node {
  return args.at(-1) ?? unsupported(`\`@${name}\` without an expression`, span)
}

/** A task; what stands after `$` is evaluated where the task is made. */
function task(library: string): Macro {
  return {
    kind: 'rewrite',
    rewrite: macro => {
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
      const callee = tree('.', [identifier('Base', span), identifier(library, span)], span, 'infix')
      const made = tree('call', [callee, tree('->', [tree('tuple', [], span), code], code.span)], span)
      return taken.length === 0 ? made : tree('let', [tree('block', taken, span), tree('block', [made], span)], span)
    },
  }
}

/** `@lock l code` */
const LOCK: Macro = {
  kind: 'rewrite',
  rewrite: ({ args, name, span }) => {
    const [lock, code] = args
    if (!lock || !code) return unsupported(`This form of \`@${name}\``, span)
    const held = identifier('#lock', span)
    const library = (f: string) => tree('call', [tree('.', [identifier('Base', span), identifier(f, span)], span, 'infix'), held], span)
    const guarded = tree('try', [tree('block', [code], code.span), tree('finally', [tree('block', [library('unlock')], span)], span)], span)
    return tree(
      'let',
      [tree('block', [tree('=', [held, lock], span, 'infix')], span), tree('block', [library('lock'), guarded], span)],
      span,
    )
  },
}

export const TASK_MACROS: Readonly<Record<string, Macro>> = {
  async: task('__async'),
  task: task('Task'),
  sync: { kind: 'code', scoped: noArguments, lower: (scope, macro) => baseCall('__sync', [thunk(scope, last(macro))], macro.span) },
  // Threads are outside of the language; tasks are not.
  threads: { kind: 'refused', what: '`Threads.@threads`' },
  spawn: { kind: 'refused', what: '`Threads.@spawn`' },
  lock: LOCK,
}
