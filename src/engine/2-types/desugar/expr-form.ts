/**
 * Code as data: what Julia's `Expr` holds, in the shapes that programs look into. `formOf` takes a syntax tree to it, `form-node.ts`
 * back. Kinds that programs do not take apart keep the name and the children they have in the tree.
 */
import type { Leaf, Node, Tree } from '../../1-syntax/ast.ts'
import { macroName } from '../../1-syntax/ast.ts'
import { shapedForm } from './expr-shapes.ts'
import { expr, type Form, lineForm, symbol } from './form.ts'
import { argument, callParts, isIdentifier, isKeyword, isTree, unparen } from './shapes.ts'

/** As text: JSON, and what that has no number for as a word. */
export function formText(form: Form): string {
  return JSON.stringify(form, (_, value) =>
    Object.is(value, -0) || value === Infinity ? { word: Object.is(value, -0) ? '-0' : 'Infinity' } : value,
  )
}

export function formFromText(text: string): Form {
  return JSON.parse(text, (_, value) => (typeof value?.word === 'string' ? Number(value.word) : value)) as Form
}

/** `node` as data; what `$` puts in is added to `holes`. */
export function formOf(node: Node, holes: Node[], depth = 0): Form {
  if (!('args' in node)) return leafForm(node)
  const go = (inner: Node): Form => formOf(inner, holes, depth)
  const all = (nodes: readonly Node[]): Form[] => nodes.map(go)
  switch (node.kind) {
    case '$': {
      const inner = unparen(argument(node, 0))
      if (depth > 0) return expr('$', [formOf(inner, holes, depth - 1)])
      const splat = isTree(inner, '...')
      holes.push(splat ? argument(inner, 0) : inner)
      return { kind: 'hole', index: holes.length - 1, splat }
    }
    case 'parens':
      return go(argument(node, 0))
    case 'call':
      return callForm(node, go)
    case 'dotcall':
      return dotcallForm(node, go)
    case 'ref':
      return expr('ref', argumentForms(node.args, [], go))
    case 'juxtapose':
      return expr('call', [symbol('*'), ...all(node.args)])
    case '?':
      return expr('if', all(node.args))
    case '.':
      return dotForm(node, go)
    case 'op=':
    case '.op=': {
      const [left, op, right] = node.args
      const name = isIdentifier(op) ? op.name : '?'
      return expr(`${node.kind === '.op=' ? '.' : ''}${name}=`, [go(left!), go(right!)])
    }
    case 'function':
    case 'macro': {
      const [signature, body] = node.args
      const head = node.flag === '=' ? '=' : node.kind
      return expr(head, body ? [go(signature!), located(body, go(body))] : [go(signature!)])
    }
    case 'block':
      return expr(
        'block',
        node.args.flatMap((part, at) => (at === 0 && node.flag === 'p' ? [go(part)] : [lineForm(part.span), go(part)])),
      )
    case 'let': {
      const [bindings, body] = node.args
      return expr('let', [isTree(bindings, 'block') ? expr('block', all(bindings.args)) : go(bindings!), go(body!)])
    }
    case 'quote':
      return quoteForm(argument(node, 0), inner => formOf(inner, holes, depth + 1))
    case 'string':
      return stringForm(node, go)
    case 'struct':
      return expr('struct', [{ kind: 'bool', value: node.flag === 'mut' }, ...all(node.args)])
    case 'macrocall':
      return macroForm(node, go)
    case 'where':
      return expr('where', [go(argument(node, 0)), ...all(node.args.slice(1).flatMap(v => (isTree(v, 'braces') ? v.args : [v])))])
    case '->': {
      const [params, body] = node.args
      const only = isTree(params, 'tuple') && params.flag === '' && params.args.length === 1 ? params.args[0] : params
      return expr('->', [go(only!), located(body!, go(body!))])
    }
    default:
      return shapedForm(node, go) ?? expr(node.kind, all(node.args))
  }
}

/** Where the body of a function stands comes first in it. */
function located(node: Node, form: Form): Form {
  const line = lineForm(node.span)
  return form.kind === 'expr' && form.head === 'block' ? expr('block', [line, ...form.args]) : expr('block', [line, form])
}

function leafForm(leaf: Leaf): Form {
  switch (leaf.kind) {
    case 'Identifier':
      return leaf.name === 'nothing' && !leaf.raw ? symbol('nothing') : symbol(leaf.name)
    case 'MacroName':
      return symbol(`@${leaf.name}`)
    case 'Bool':
      return { kind: 'bool', value: leaf.value }
    case 'Integer':
      return { kind: 'int', value: String(leaf.value) }
    case 'UInteger':
      return { kind: 'uint', value: String(leaf.value), bits: leaf.bits }
    case 'Float':
      return { kind: 'float', value: leaf.value }
    case 'Float32':
      return { kind: 'float32', value: leaf.value }
    case 'Char':
      return { kind: 'char', value: leaf.value }
    case 'String':
      return { kind: 'string', value: leaf.value }
  }
}

type Go = (node: Node) => Form

function argumentForm(arg: Node, go: Go): Form {
  return isKeyword(arg) ? expr('kw', arg.args.map(go)) : go(arg)
}

function callForm(node: Tree, go: Go): Form {
  const { callee, args, keywords } = callParts(node)
  if (node.form === 'postfix-op' && isIdentifier(callee)) return expr(callee.name, args.map(go))
  return withDo(node, expr('call', [go(callee), ...argumentForms(args, keywords, go)]), go)
}

function argumentForms(args: readonly Node[], keywords: readonly Node[], go: Go): Form[] {
  const named = keywords.map(arg => argumentForm(arg, go))
  return [...(named.length > 0 ? [expr('parameters', named)] : []), ...args.map(arg => argumentForm(arg, go))]
}

/** The block of a call that has one stands around the call. */
function withDo(node: Tree, made: Form, go: Go): Form {
  const block = node.args.at(-1)
  return isTree(block, 'do') ? expr('do', [made, expr('->', block.args.map(go))]) : made
}

function dotcallForm(node: Tree, go: Go): Form {
  const { callee, args, keywords } = callParts(node)
  if (node.form !== 'prefix' && isIdentifier(callee)) return expr('call', [symbol(`.${callee.name}`), ...args.map(go)])
  return withDo(node, expr('.', [go(callee), expr('tuple', argumentForms(args, keywords, go))]), go)
}

function dotForm(node: Tree, go: Go): Form {
  const [object, name] = node.args
  if (!name) return isIdentifier(object) ? symbol(`.${object.name}`) : expr('.', [go(object!)])
  const quoted = isTree(name, 'quote') ? argument(name, 0) : name
  return expr('.', [go(object!), { kind: 'quoted', value: go(quoted) }])
}

function quoteForm(inner: Node, go: Go): Form {
  const form = go(inner)
  if (form.kind === 'symbol') return { kind: 'quoted', value: form }
  return form.kind === 'expr' || form.kind === 'hole' || form.kind === 'quoted' ? expr('quote', [form]) : form
}

function stringForm(node: Tree, go: Go): Form {
  const texts = node.args.map(part => (part.kind === 'String' ? part.value : null))
  if (texts.every(text => text !== null)) return { kind: 'string', value: texts.join('') }
  return expr('string', node.args.map(go))
}

/** The second argument is where Julia has the line. */
function macroForm(node: Tree, go: Go): Form {
  const [callee, ...given] = node.args
  const args = given.filter(arg => !isTree(arg, 'do'))
  const name = symbol(`@${macroName(callee!)}`)
  // `A.@m` or `@A.m`
  const written = isTree(callee, 'macro_name') ? argument(callee, 0) : callee
  const path = isTree(written, '.') ? argument(written, 0) : null
  const called = path ? expr('.', [go(path), { kind: 'quoted', value: name }]) : name
  return withDo(node, expr('macrocall', [called, lineForm(node.span), ...args.map(arg => go(commandText(arg)))]), go)
}

/** The text of `` x`…` ``: a macro is given a string, as with `x"…"`. */
export function commandText(node: Node): Node {
  return isTree(node, 'cmdstring') ? { ...node, kind: 'string' } : node
}
