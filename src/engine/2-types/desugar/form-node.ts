/** Code from data: the syntax tree that an `Expr` stands for, to be lowered like any other. */
import type { Span } from '../../../diagnostics/source.ts'
import type { Node, Tree, TreeKind } from '../../1-syntax/ast.ts'
import { shapedNode } from './expr-shapes.ts'
import type { Filled, FilledExpr } from './form.ts'
import { identifier, isTree, signatureOf, tree, unsupported } from './shapes.ts'

/** What is inside `Expr(:escape, x)` is noted in `escaped`. */
export function nodeOf(form: Filled, span: Span, escaped: Set<Node>): Node {
  switch (form.kind) {
    case 'node':
      return form.node
    case 'symbol':
      return nameNode(form.name, span)
    case 'int':
      return { kind: 'Integer', value: BigInt(form.value), span }
    case 'uint':
      return { kind: 'UInteger', value: BigInt(form.value), bits: form.bits, span }
    case 'float':
      return { kind: 'Float', value: form.value, span }
    case 'float32':
      return { kind: 'Float32', value: form.value, span }
    case 'char':
      return { kind: 'Char', value: form.value, span }
    case 'bool':
      return { kind: 'Bool', value: form.value, span }
    case 'string':
      return tree('string', [{ kind: 'String', value: form.value, span }], span)
    case 'nothing':
    case 'line':
      return identifier('nothing', span)
    case 'quoted':
      return tree('quote', [nodeOf(form.value, span, escaped)], span, 'prefix', ':')
    case 'hole':
      return unsupported('An interpolation without a value', span)
    case 'expr':
      return exprNode(form, span, escaped)
  }
}

const OPERATOR = /^[^\p{L}\p{N}_@"'([{.]+$/u

function nameNode(name: string, span: Span): Node {
  if (name.startsWith('@')) return { kind: 'MacroName', name: name.slice(1), written: 'at', span }
  if (name.startsWith('.') && OPERATOR.test(name.slice(1))) return tree('.', [identifier(name.slice(1), span)], span)
  return identifier(name, span)
}

function exprNode({ head, args }: FilledExpr, span: Span, escaped: Set<Node>): Node {
  const go = (form: Filled): Node => nodeOf(form, span, escaped)
  const all = () => args.filter(arg => arg.kind !== 'line').map(go)
  // An assignment that is an argument is no keyword.
  const given = (form: Filled): Node => (form.kind === 'expr' && form.head === '=' ? tree('parens', [go(form)], span) : go(form))
  // A body of one statement is that.
  const short = (form: Filled): Node => {
    const node = go(form)
    return isTree(node, 'block') && node.args.length === 1 ? node.args[0]! : node
  }
  const body = (form: Filled | undefined): Tree => asBlock(form ? go(form) : tree('block', [], span), span)
  const make = (kind: TreeKind, nodes: readonly Node[], flag = '') => tree(kind, nodes, span, 'prefix', flag)
  switch (head) {
    case 'escape': {
      const inner = go(args[0]!)
      escaped.add(inner)
      return inner
    }
    case 'call':
      return callNode(args.filter(arg => arg.kind !== 'line').map(given), span)
    case 'ref':
      return make('ref', args.filter(arg => arg.kind !== 'line').map(given))
    case "'":
      return tree('call', [go(args[0]!), identifier("'", span)], span, 'postfix-op')
    case 'kw':
      return make('=', all())
    case 'do': {
      const [called, lambda] = args
      const fn = lambda?.kind === 'expr' ? lambda.args : []
      const inner = go(called!) as Tree
      return { ...inner, args: [...inner.args, make('do', [asTuple(go(fn[0]!), span), body(fn[1])])] }
    }
    case '.': {
      const [object, name] = args
      if (name?.kind === 'expr' && name.head === 'tuple') return make('dotcall', [go(object!), ...ordered(name.args.map(given))])
      if (!name) return make('.', all())
      const inner = name.kind === 'quoted' ? name.value : name
      const field = go(inner)
      const isName = inner.kind === 'symbol' && !OPERATOR.test(inner.name)
      return make('.', [go(object!), isName || inner.kind !== 'symbol' ? field : make('quote', [field], ':')])
    }
    case '=': {
      const left = go(args[0]!)
      return signatureOf(left) ? make('function', [left, short(args[1]!)], '=') : make('=', [left, go(args[1]!)])
    }
    case 'function': {
      const [signature, ...rest] = args
      return make('function', rest.length > 0 ? [go(signature!), body(rest[0])] : [go(signature!)])
    }
    case 'macro':
      return make('macro', [go(args[0]!), body(args[1])])
    case '->':
      return make('->', [asTuple(go(args[0]!), span), short(args[1]!)])
    case 'if':
    case 'elseif': {
      const [test, then, otherwise] = [short(args[0]!), ...all().slice(1)]
      if (otherwise && !isTree(then, 'block') && !isTree(otherwise, 'elseif')) return make('?', [test!, then!, otherwise])
      const last = otherwise ? [isTree(otherwise, 'elseif') ? otherwise : asBlock(otherwise, span)] : []
      return make(head, [test!, asBlock(then!, span), ...last])
    }
    case 'while':
      return make('while', [go(args[0]!), body(args[1])])
    case 'let':
      return make('let', [asBlock(go(args[0]!), span), body(args[1])])
    case 'struct': {
      const [isMutable, name, fields] = args
      return make('struct', [go(name!), body(fields)], isMutable?.kind === 'bool' && isMutable.value ? 'mut' : '')
    }
    case 'where':
      return make('where', args.length === 2 ? all() : [go(args[0]!), make('braces', args.slice(1).map(go))])
    // What only says how to compile.
    case 'meta':
    case 'inbounds':
    case 'loopinfo':
      return identifier('nothing', span)
    case 'quote':
      return make('quote', all(), ':')
    case 'string':
      return make(
        'string',
        args.flatMap(part => (part.kind === 'string' ? [{ kind: 'String', value: part.value, span }] : [go(part)])),
      )
    case 'macrocall': {
      const [name, , ...rest] = args
      return make('macrocall', [go(name!), ...rest.map(go)])
    }
    case 'tuple':
      return make('tuple', all(), 'p')
    case '::':
    case '<:':
    case '>:':
      return tree(head, all(), span, args.length === 1 ? 'prefix-op' : 'infix')
    default:
      return shapedNode({ kind: 'expr', head, args }, go, span) ?? otherNode(head, all(), span)
  }
}

function otherNode(head: string, nodes: readonly Node[], span: Span): Node {
  // `.=` is no update by an operator of the name `.`.
  const update = head !== '.=' && /^(\.?)([^\w=<>!]+|<<|>>>?)=$/u.exec(head)
  if (update && nodes.length === 2) return tree(update[1] ? '.op=' : 'op=', [nodes[0]!, identifier(update[2]!, span), nodes[1]!], span)
  if (!KNOWN.has(head as TreeKind)) unsupported(`An expression with the head \`${head}\``, span)
  return tree(head as TreeKind, nodes, span)
}

// biome-ignore format: a list
const KNOWN: ReadonlySet<TreeKind> = new Set<TreeKind>([
  'toplevel', 'block', 'doc', 'comparison', '&&', '||', '.&&', '.||', '$', '&', '...', 'ref', 'curly', '.=', ':=', 'abstract', 'primitive',
  'const', 'global', 'local', 'export', 'public', 'outer', 'return', 'break', 'continue', 'parameters', 'vect', 'hcat', 'vcat', 'row', 'typed_hcat', 'typed_vcat',
  'comprehension', 'typed_comprehension', 'braces', 'bracescat',
])

/** Keywords after `;` stand last in the tree. */
function ordered(nodes: readonly Node[]): Node[] {
  return [...nodes.filter(node => !isTree(node, 'parameters')), ...nodes.filter(node => isTree(node, 'parameters'))]
}

function callNode([callee, ...given]: readonly Node[], span: Span): Node {
  const args = ordered(given)
  const plain = args.every(arg => !isTree(arg, '=', '...', 'parameters'))
  if (isTree(callee, '.') && callee.args.length === 1)
    return tree(
      'dotcall',
      args.length === 1 ? [callee.args[0]!, args[0]!] : [args[0]!, callee.args[0]!, ...args.slice(1)],
      span,
      args.length === 1 ? 'prefix-op' : 'infix',
    )
  if (callee?.kind === 'Identifier' && OPERATOR.test(callee.name) && plain && args.length > 0) {
    if (args.length > 1) return tree('call', [args[0]!, callee, ...args.slice(1)], span, 'infix')
    return tree('call', [callee, args[0]!], span, 'prefix-op')
  }
  return tree('call', [callee!, ...args], span)
}

function asBlock(node: Node, span: Span): Tree {
  return isTree(node, 'block') ? node : tree('block', [node], span)
}

function asTuple(node: Node, span: Span): Node {
  return isTree(node, 'tuple') || isTree(node, 'parens') ? node : tree('tuple', [node], span)
}
