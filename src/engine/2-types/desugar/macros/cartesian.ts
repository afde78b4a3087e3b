/** Macros of Base.Cartesian, which write code once for each of a number of dimensions: `@nloops`, `@nref`, `@ntuple` and their kin. */
import type { Span } from '../../../../diagnostics/source.ts'
import type { Node } from '../../../1-syntax/ast.ts'
import { argument, identifier, isIdentifier, isTree, tree, unparen, unsupported } from '../shapes.ts'
import type { Macro, MacroCall } from './macro.ts'

type Written = (count: number, args: readonly Node[], call: MacroCall) => Node

function macro(write: Written): Macro {
  return {
    kind: 'rewrite',
    rewrite: call => {
      const [first, ...rest] = call.args
      const count = first && unparen(first)
      if (count?.kind !== 'Integer') return unsupported(`\`@${call.name}\` without a number`, call.span)
      return write(Number(count.value), rest, call)
    },
  }
}

function missing(call: MacroCall): never {
  return unsupported(`This form of \`@${call.name}\``, call.span)
}

/** The code of dimension `n`: `i` is `i_n`, and `d -> code` is its body with `n` for `d` and `x_n` for `x_d`. */
function ofDimension(code: Node, n: number): Node {
  const node = unparen(code)
  if (isIdentifier(node)) return identifier(`${node.name}_${n}`, node.span)
  if (!isTree(node, '->')) return code
  const head = unparen(argument(node, 0))
  const parameter = isTree(head, 'tuple') ? head.args[0] : head
  return isIdentifier(parameter) ? replaced(withoutBlock(argument(node, 1)), parameter.name, n) : code
}

function withoutBlock(body: Node): Node {
  return isTree(body, 'block') && body.args.length === 1 ? body.args[0]! : body
}

function replaced(node: Node, name: string, n: number): Node {
  if (isIdentifier(node)) {
    if (node.name === name) return number(n, node.span)
    return node.name.endsWith(`_${name}`) ? identifier(`${node.name.slice(0, -name.length)}${n}`, node.span) : node
  }
  return 'args' in node ? { ...node, args: node.args.map(arg => replaced(arg, name, n)) } : node
}

function number(n: number, span: Span): Node {
  return { kind: 'Integer', value: BigInt(n), span }
}

function each(count: number, make: (n: number) => Node): Node[] {
  return Array.from({ length: count }, (_, i) => make(i + 1))
}

/** `a && b && c`, or with `||`. */
function chain(kind: '&&' | '||', parts: readonly Node[], span: Span): Node {
  const [first, ...rest] = parts
  if (!first) return { kind: 'Bool', value: kind === '&&', span }
  return rest.length === 0 ? first : tree(kind, [first, chain(kind, rest, span)], span, 'infix')
}

const tested = (kind: '&&' | '||'): Macro =>
  macro((count, [code], call) =>
    code
      ? chain(
          kind,
          each(count, n => ofDimension(code, n)),
          call.span,
        )
      : missing(call),
  )

/** The loops of all dimensions, the first innermost; code before and after the body of each may be given. */
const LOOPS = macro((count, [variable, range, ...code], call) => {
  const body = code.at(-1)
  if (!variable || !range || !body || code.length > 3) return missing(call)
  const [before, after] = code.slice(0, -1)
  let inner: Node = body
  for (let n = 1; n <= count; n++) {
    const { span } = call
    const over = isIdentifier(unparen(range))
      ? tree('call', [tree('.', [identifier('Base', span), identifier('axes', span)], span, 'infix'), range, number(n, span)], span)
      : ofDimension(range, n)
    const parts = [before && ofDimension(before, n), inner, after && ofDimension(after, n)].filter(part => part !== undefined)
    const item = tree('in', [ofDimension(variable, n), over], span)
    inner = tree('for', [tree('iteration', [item], span), tree('block', parts, span)], span)
  }
  return inner
})

/** `@nif N condition code otherwise`: the code of the first dimension that fulfils the condition; the last needs none. */
const BRANCHES = macro((count, [condition, code, otherwise], call) => {
  if (!condition || !code) return missing(call)
  let made = ofDimension(otherwise ?? code, count)
  for (let n = count - 1; n >= 1; n--) {
    made = tree('if', [ofDimension(condition, n), ofDimension(code, n), tree('else', [made], call.span)], call.span)
  }
  return made
})

export const CARTESIAN_MACROS: Readonly<Record<string, Macro>> = {
  nexprs: macro((count, [code], call) =>
    code
      ? tree(
          'block',
          each(count, n => ofDimension(code, n)),
          call.span,
        )
      : missing(call),
  ),
  ntuple: macro((count, [code], call) =>
    code
      ? tree(
          'tuple',
          each(count, n => ofDimension(code, n)),
          call.span,
          'prefix',
          'p',
        )
      : missing(call),
  ),
  nref: macro((count, [array, code], call) =>
    array && code ? tree('ref', [array, ...each(count, n => ofDimension(code, n))], call.span) : missing(call),
  ),
  ncall: macro((count, [f, ...args], call) => {
    const code = args.at(-1)
    return f && code ? tree('call', [f, ...args.slice(0, -1), ...each(count, n => ofDimension(code, n))], call.span) : missing(call)
  }),
  nextract: macro((count, [name, from], call) => {
    if (!name || !from) return missing(call)
    const part = (n: number) => (isIdentifier(unparen(from)) ? tree('ref', [from, number(n, call.span)], call.span) : ofDimension(from, n))
    return tree(
      'block',
      each(count, n => tree('=', [ofDimension(name, n), part(n)], call.span, 'infix')),
      call.span,
    )
  }),
  nloops: LOOPS,
  nif: BRANCHES,
  nall: tested('&&'),
  nany: tested('||'),
}
