/** Forms whose parts Julia orders otherwise than the syntax tree does: loops, `try`, modules, imports, arrays of many dimensions. */
import type { Span } from '../../../diagnostics/source.ts'
import type { Node, Tree } from '../../1-syntax/ast.ts'
import { expr, type Filled, type FilledExpr, type Form, lineForm } from './form.ts'
import { argument, isTree, tree } from './shapes.ts'

type Go = (node: Node) => Form

const bool = (value: boolean): Form => ({ kind: 'bool', value })

/** Null for all others. */
export function shapedForm(node: Tree, go: Go): Form | null {
  const [first, ...rest] = node.args
  switch (node.kind) {
    case 'ncat':
    case 'nrow':
      return expr(node.kind, [dimensions(node), ...node.args.map(go)])
    case 'typed_ncat':
      return expr('typed_ncat', [go(first!), dimensions(node), ...rest.map(go)])
    case 'module':
      return expr('module', [bool(node.flag !== 'bare'), ...node.args.map(go)])
    case 'importpath':
      return expr('.', node.args.map(go))
    case 'elseif':
      return expr('elseif', [expr('block', [lineForm(first!.span), go(first!)]), ...rest.map(go)])
    case 'for': {
      const loops = loopForms(first!, go)
      return expr('for', [loops.length === 1 ? loops[0]! : expr('block', loops), go(argument(node, 1))])
    }
    case 'in':
      return expr('=', node.args.map(go))
    case 'generator':
      return generatorForm(go(first!), rest, go)
    case 'try':
      return tryForm(node, go)
    default:
      return null
  }
}

const dimensions = ({ flag }: Tree): Form => ({ kind: 'int', value: flag })

function loopForms(over: Node, go: Go): Form[] {
  return isTree(over, 'iteration') ? over.args.map(go) : [go(over)]
}

/** Of several `for`, each but the last gives generators, which are flattened. */
function generatorForm(body: Form, loops: readonly Node[], go: Go): Form {
  return loops.reduceRight<Form>((inner, over, at) => {
    const forms = isTree(over, 'filter')
      ? [expr('filter', [go(argument(over, 1)), ...loopForms(argument(over, 0), go)])]
      : loopForms(over, go)
    const made = expr('generator', [inner, ...forms])
    return at === loops.length - 1 ? made : expr('flatten', [made])
  }, body)
}

/** [body, variable, catch, finally, else], as far as there are any; `false` for what is missing. */
function tryForm({ args: [body, ...handlers] }: Tree, go: Go): Form {
  const handler = (kind: 'catch' | 'finally' | 'else') => handlers.find((part): part is Tree => isTree(part, kind))
  const [caught, last, otherwise] = [handler('catch'), handler('finally'), handler('else')]
  const variable = caught && caught.args.length > 1 ? go(argument(caught, 0)) : bool(false)
  const block = (part: Tree | undefined): Form => (part ? go(part.args.at(-1)!) : bool(false))
  return expr('try', [
    go(body!),
    variable,
    block(caught),
    ...(last || otherwise ? [block(last)] : []),
    ...(otherwise ? [block(otherwise)] : []),
  ])
}

type Back = (form: Filled) => Node

/** Null for all others. */
export function shapedNode({ head, args }: FilledExpr, go: Back, span: Span): Node | null {
  const make = (kind: Tree['kind'], nodes: readonly Node[], flag = '') => tree(kind, nodes, span, 'prefix', flag)
  const [first, second, ...rest] = args
  const block = (form: Filled | undefined): Tree => {
    const node = form ? go(form) : make('block', [])
    return isTree(node, 'block') ? node : make('block', [node])
  }
  switch (head) {
    case 'ncat':
    case 'nrow':
      return first?.kind === 'int' ? make(head, args.slice(1).map(go), first.value) : null
    case 'typed_ncat':
      return second?.kind === 'int' ? make(head, [first!, ...rest].map(go), second.value) : null
    case 'module':
      return first?.kind === 'bool' ? make('module', [go(second!), block(rest[0])], first.value ? '' : 'bare') : null
    case 'using':
    case 'import':
      return make(
        head,
        args.map(path => importNode(path, go, span)),
      )
    case 'for':
      return make('for', [iterationNode(first!, go, span), block(second)])
    case 'generator':
    case 'flatten':
      return generatorNode({ kind: 'expr', head, args }, go, span)
    case 'try': {
      const [caught, last, otherwise] = rest
      const isThere = (form: Filled | undefined): form is Filled => form !== undefined && !(form.kind === 'bool' && !form.value)
      return make('try', [
        block(first),
        ...(isThere(caught) ? [make('catch', [...(isThere(second) ? [go(second)] : []), block(caught)])] : []),
        ...(isThere(otherwise) ? [make('else', [block(otherwise)])] : []),
        ...(isThere(last) ? [make('finally', [block(last)])] : []),
      ])
    }
    default:
      return null
  }
}

function importNode(form: Filled, go: Back, span: Span): Node {
  if (form.kind !== 'expr') return go(form)
  if (form.head === '.') return tree('importpath', form.args.map(go), span)
  const [path, ...names] = form.args
  if (form.head === 'as') return tree('as', [importNode(path!, go, span), ...names.map(go)], span)
  return form.head === ':'
    ? tree(
        ':',
        form.args.map(part => importNode(part, go, span)),
        span,
      )
    : go(form)
}

function iterationNode(form: Filled, go: Back, span: Span): Node {
  const parts = form.kind === 'expr' && form.head === 'block' ? form.args.filter(part => part.kind !== 'line') : [form]
  return loopsNode(parts, go, span)
}

function loopsNode(loops: readonly Filled[], go: Back, span: Span): Node {
  return tree(
    'iteration',
    loops.map(loop => tree('in', loop.kind === 'expr' ? loop.args.map(go) : [go(loop)], span)),
    span,
  )
}

/** Loops of flattened generators are those of one. */
function generatorNode(form: FilledExpr, go: Back, span: Span): Node {
  const loops: Node[] = []
  let body: Filled = form
  let isNested = true
  while (isNested && body.kind === 'expr' && (body.head === 'flatten' || body.head === 'generator')) {
    isNested = body.head === 'flatten'
    const made: Filled = isNested ? body.args[0]! : body
    if (made.kind !== 'expr') return go(made)
    loops.push(overNode(made.args.slice(1), go, span))
    body = made.args[0]!
  }
  return tree('generator', [go(body), ...loops], span)
}

function overNode(loops: readonly Filled[], go: Back, span: Span): Node {
  const [only] = loops
  if (only?.kind !== 'expr' || only.head !== 'filter') return loopsNode(loops, go, span)
  const [condition, ...inner] = only.args
  return tree('filter', [loopsNode(inner, go, span), go(condition!)], span)
}
