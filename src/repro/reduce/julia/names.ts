/** Which names a program defines and uses; without scopes, so it is only good for what is tried next. */
import { isTreeOf, type Node, type Tree } from '../../../engine/index.ts'

/** Of one statement at top level. */
interface StatementNames {
  /** Everything it binds anywhere inside. */
  readonly bound: ReadonlySet<string>
  readonly used: ReadonlySet<string>
}

export interface Names {
  /** What is bound at top level, or in a module. */
  readonly defined: ReadonlySet<string>
  /** Functions and types that are defined at top level. */
  readonly functions: ReadonlySet<string>
  /** What is bound anywhere. */
  readonly bound: ReadonlySet<string>
  /** What is used where neither the statement nor the top level binds it: names of the library. */
  readonly library: ReadonlySet<string>
  readonly statements: readonly StatementNames[]
}

/** The name that a signature or a type is given; null for what has none of its own, such as `Base.show(…)`. */
export function definedName(node: Node | undefined): string | null {
  if (!node) return null
  if (node.kind === 'Identifier') return node.name
  if (isTreeOf(node, 'call', 'curly', 'where', '<:', '::', 'parens'))
    return node.kind === 'call' && node.form === 'infix' ? definedName(node.args[1]) : definedName(node.args[0])
  return null
}

/** Names that an assignment or a parameter binds. */
export function targets(node: Node | undefined, into: Set<string>): void {
  if (!node) return
  if (node.kind === 'Identifier') into.add(node.name)
  else if (isTreeOf(node, 'tuple', 'parameters', 'parens', '...', 'const', 'global', 'local', 'outer', 'macrocall'))
    for (const arg of node.args) targets(arg, into)
  else if (isTreeOf(node, '::', '=')) {
    if (node.form !== 'prefix-op') targets(node.args[0], into)
  } else if (isTreeOf(node, 'where')) targets(node.args[0], into)
}

/** Parameters, type variables and its own name, of what stands in front of a body. */
function signatureNames(node: Node | undefined, into: Set<string>): void {
  if (!node || !('args' in node)) return
  if (isTreeOf(node, 'where')) {
    signatureNames(node.args[0], into)
    variables(node.args[1], into)
  } else if (isTreeOf(node, '::', 'parens')) signatureNames(node.args[0], into)
  else if (isTreeOf(node, 'tuple')) targets(node, into)
  else if (isTreeOf(node, 'call')) {
    const [callee, ...args] = node.form === 'infix' ? [node.args[1], node.args[0], ...node.args.slice(2)] : node.args
    if (isTreeOf(callee, 'parens', '::')) targets(callee, into)
    for (const arg of args) targets(arg, into)
  }
}

function variables(node: Node | undefined, into: Set<string>): void {
  if (!node) return
  if (node.kind === 'Identifier') into.add(node.name)
  else if (isTreeOf(node, 'braces')) for (const arg of node.args) variables(arg, into)
  else if (isTreeOf(node, '<:', '>:', 'comparison')) for (const arg of node.args) if (arg.kind === 'Identifier') into.add(arg.name)
}

/** What a node itself binds, inside of the statement it stands in. */
function bindings(node: Tree, into: Set<string>): void {
  switch (node.kind) {
    case '=':
    case 'op=':
    case 'in':
    case 'local':
    case 'global':
    case 'const':
    case 'outer':
      targets(node.args[0], into)
      if (isTreeOf(node.args[0], 'curly')) variables(node.args[0].args[0], into)
      return
    case 'function':
    case 'macro': {
      const name = definedName(node.args[0])
      if (name) into.add(name)
      signatureNames(node.args[0], into)
      return
    }
    case '->':
    case 'do':
      signatureNames(node.args[0], into)
      targets(node.args[0], into)
      return
    case 'catch':
      if (node.args.length > 1) targets(node.args[0], into)
      return
    case 'struct':
    case 'abstract':
    case 'primitive': {
      const name = definedName(node.args[0])
      if (name) into.add(name)
      const head = isTreeOf(node.args[0], '<:') ? node.args[0].args[0] : node.args[0]
      if (isTreeOf(head, 'curly')) for (const arg of head.args.slice(1)) variables(arg, into)
      return
    }
    case 'using':
    case 'import':
      for (const arg of node.args) imported(arg, into)
      return
    case 'module':
      variables(node.args[0], into)
      return
    default:
      return
  }
}

function imported(node: Node, into: Set<string>): void {
  if (isTreeOf(node, 'importpath')) variables(node.args.at(-1), into)
  else if (isTreeOf(node, 'as')) variables(node.args[1], into)
  else if (isTreeOf(node, ':')) for (const arg of node.args.slice(1)) imported(arg, into)
}

/** Names that are read, or may be; not those of fields and keywords, nor what is imported. */
function uses(node: Node, into: Set<string>): void {
  if (node.kind === 'Identifier') {
    into.add(node.name)
    return
  }
  if (!('args' in node) || isTreeOf(node, 'using', 'import', 'export', 'public', 'quote')) return
  if (isTreeOf(node, '.') && node.args.length === 2) {
    uses(node.args[0]!, into)
    return
  }
  const isKeyword = (parent: Tree) => isTreeOf(parent, 'parameters', 'call', 'dotcall', 'tuple')
  for (const arg of node.args) {
    if (isTreeOf(arg, '=') && isKeyword(node)) uses(arg.args[1]!, into)
    else uses(arg, into)
  }
}

/** Statements of the file and of its modules. */
export function topStatements(tree: Tree): Node[] {
  return tree.args.flatMap(arg => {
    if (isTreeOf(arg, 'module')) return [arg, ...topStatements(arg.args[1] as Tree)]
    if (isTreeOf(arg, 'toplevel')) return topStatements(arg)
    return [arg]
  })
}

function everyBinding(node: Node, into: Set<string>): void {
  if (!('args' in node)) return
  bindings(node, into)
  for (const arg of node.args) everyBinding(arg, into)
}

/** What a statement binds for all others. */
export function topBindings(node: Node, into: Set<string>): void {
  if (!('args' in node)) return
  const own = new Set<string>()
  if (isTreeOf(node, 'function', 'macro', 'struct', 'abstract', 'primitive')) {
    const name = definedName(node.args[0])
    if (name) into.add(name)
    return
  }
  if (isTreeOf(node, 'doc', 'macrocall', 'block', 'if', 'elseif', 'else', 'const', 'global')) {
    for (const arg of node.args) topBindings(arg, into)
    return
  }
  if (isTreeOf(node, '=', 'using', 'import', 'module')) bindings(node, own)
  for (const name of own) into.add(name)
}

export function namesOf(tree: Tree): Names {
  const defined = new Set<string>()
  const bound = new Set<string>()
  const functions = new Set<string>()
  const tops = topStatements(tree)
  for (const statement of tops) {
    topBindings(statement, defined)
    if (isTreeOf(statement, 'function', 'struct', 'abstract', 'doc', 'macrocall')) topBindings(statement, functions)
  }
  const statements = tops
    .filter(statement => !isTreeOf(statement, 'module'))
    .map(statement => {
      const own = { bound: new Set<string>(), used: new Set<string>() }
      everyBinding(statement, own.bound)
      uses(statement, own.used)
      for (const name of own.bound) bound.add(name)
      return own
    })
  for (const name of defined) bound.add(name)
  const library = new Set<string>()
  for (const { bound: own, used } of statements) for (const name of used) if (!own.has(name) && !defined.has(name)) library.add(name)
  return { defined, functions, bound, library, statements }
}

/** A name that the original binds somewhere and that is used here where nothing binds it. */
export function undefinedName(names: Names, original: Names): string | null {
  for (const { bound, used } of names.statements)
    for (const name of used)
      if (!bound.has(name) && !names.defined.has(name) && original.bound.has(name) && !original.library.has(name)) return name
  return null
}
