/** What each top-level statement of Base defines, so that a program loads only the part of Base that it names. */
import { readFileSync, statSync } from 'node:fs'
import type { Source } from '../diagnostics/source.ts'
import type { Node, Tree, TreeKind } from './1-syntax/ast.ts'
import { parseProgram } from './1-syntax/parse.ts'

/** A statement: its place, the module it stands in (path from Base), and the names it defines or extends. No name: run at once. */
export interface Entry {
  readonly file: number
  readonly start: number
  readonly module: readonly string[]
  readonly names: readonly string[]
  /** `value`: a type or a constant. `method`: its signature may need names that are still being defined, so it waits for them. */
  readonly kind: 'value' | 'method' | 'import'
  /** A method of a function of this very module, not of `Base.f` or a functor. */
  readonly isOwn: boolean
  /**
   * Types of Base that the arguments of a method must be of, by name. While nobody has looked such a name up there is no value of the
   * type, nor of a subtype, so no call reaches the method.
   */
  readonly needs: readonly string[]
  /** Where the build left its Core: the start of its text, and the ends of its parts. Null: it is parsed when it is needed. */
  readonly core: readonly number[] | null
}

export interface ModuleEntry {
  readonly path: readonly string[]
  readonly exports: readonly string[]
}

export interface BaseIndex {
  readonly files: readonly string[]
  /** Bytes of each file when the index was made. */
  readonly sizes: readonly number[]
  readonly modules: readonly ModuleEntry[]
  readonly entries: readonly Entry[]
}

/** Stands for methods like `(::Type{T})(x) where T`, which any constructor call may mean. */
export const ANY_CONSTRUCTOR = '#constructor'

const BASE = new URL('../../src/engine/base/', import.meta.url)

export function baseFiles(): string[] {
  return JSON.parse(readFileSync(new URL('manifest.json', BASE), 'utf8')) as string[]
}

/** Its text is read when it is first asked for. */
export function baseSource(file: string): Source {
  let text: string | null = null
  return {
    name: `base/${file}`,
    get text() {
      text ??= readFileSync(new URL(file, BASE), 'utf8')
      return text
    },
  }
}

/** An index fits only the very files that it was made of: their sizes in bytes, and when the last of them was changed. */
export function baseState(files: readonly string[]): { sizes: number[]; changed: number } {
  const stats = files.map(file => statSync(new URL(file, BASE)))
  return { sizes: stats.map(s => s.size), changed: Math.max(...stats.map(s => s.mtimeMs)) }
}

/** Reads all of Base; the build keeps the result. */
export function indexBase(): BaseIndex {
  const files = baseFiles()
  const entries: Entry[] = []
  const modules: { path: string[]; exports: string[] }[] = [{ path: [], exports: [] }]
  // What types are called; another meaning of such a name may be a type that has more names.
  const nominal = new Set<string>()
  const others = new Set<string>()
  const visit = (nodes: readonly Node[], file: number, path: readonly string[]): void => {
    const module = modules.find(m => m.path.join('.') === path.join('.'))!
    for (const node of nodes) {
      const inner = undocumented(node)
      if (isTree(inner, 'toplevel')) visit(inner.args, file, path)
      else if (isTree(inner, 'module')) {
        const name = inner.args[0]!
        const deeper = [...path, name.kind === 'Identifier' ? name.name : '?']
        if (!modules.some(m => m.path.join('.') === deeper.join('.'))) modules.push({ path: deeper, exports: [] })
        const body = inner.args[1]!
        visit('args' in body ? body.args : [], file, deeper)
      } else if (isTree(inner, 'export')) module.exports.push(...inner.args.map(nameOf))
      else {
        const kind = isMethod(inner) ? 'method' : isTree(inner, 'using', 'import') ? 'import' : 'value'
        const names = [...new Set(definedNames(inner))]
        if (kind === 'value') for (const name of names) (isNominal(inner) ? nominal : others).add(name)
        entries.push({
          file,
          start: node.span.start,
          module: path,
          names,
          kind,
          isOwn: isOwn(inner),
          needs: isMethod(inner) ? neededTypes(inner) : [],
          core: null,
        })
      }
    }
  }
  files.forEach((file, index) => {
    visit(parseProgram(baseSource(file)).args, index, [])
  })
  const isType = (name: string): boolean => nominal.has(name) && !others.has(name)
  return { files, sizes: baseState(files).sizes, modules, entries: entries.map(e => ({ ...e, needs: e.needs.filter(isType) })) }
}

function isTree<K extends TreeKind>(node: Node, ...kinds: readonly K[]): node is Tree & { readonly kind: K } {
  return 'args' in node && (kinds as readonly TreeKind[]).includes(node.kind)
}

function undocumented(node: Node): Node {
  return isTree(node, 'doc') ? undocumented(node.args[1]!) : node
}

function nameOf(node: Node): string {
  if (node.kind === 'Identifier' || node.kind === 'MacroName') return node.name
  return 'args' in node && node.args.length > 0 ? nameOf(node.args.at(-1)!) : ''
}

function isMethod(node: Node): boolean {
  return isTree(node, 'function') || (isTree(node, 'macrocall') && node.args.some(isMethod))
}

function isNominal(node: Node): boolean {
  return isTree(node, 'struct', 'abstract', 'primitive') || (isTree(node, 'macrocall') && node.args.some(isNominal))
}

function isOwn(node: Node): boolean {
  if (isTree(node, 'macrocall')) return node.args.some(isOwn)
  if (!isTree(node, 'function')) return false
  let at: Node = node.args[0]!
  while (isTree(at, 'where', '::', 'parens') && at.args.length > 0) at = at.args[0]!
  if (isTree(at, 'call')) at = at.form === 'infix' ? at.args[1]! : at.args[0]!
  return at.kind === 'Identifier' || (isTree(at, 'parens') && at.args[0]!.kind === 'Identifier')
}

function definedNames(node: Node): string[] {
  if (!('args' in node)) return []
  const [first] = node.args
  switch (node.kind) {
    case 'function':
      return first ? [signatureName(first)] : []
    case '=':
      return first ? targetNames(first) : []
    case 'const':
    case 'global':
      return node.args.flatMap(definedNames)
    case 'struct':
    case 'abstract':
    case 'primitive':
      return first ? [typeName(first)] : []
    case 'macrocall':
      return node.args.slice(1).flatMap(definedNames)
    case 'doc':
      return definedNames(node.args[1]!)
    case 'using':
    case 'import':
      return isTree(first!, ':') ? first.args.slice(1).map(nameOf) : []
    default:
      return []
  }
}

function targetNames(node: Node): string[] {
  if (isTree(node, 'tuple')) return node.args.flatMap(targetNames)
  return [typeName(node)]
}

/** Base name of `T{A} <: S`, `x::T`, `Base.f`. */
function typeName(node: Node): string {
  if (isTree(node, '<:', 'curly', '::', 'where', 'parens')) return typeName(node.args[0]!)
  return nameOf(node)
}

/** The name a signature extends: of the function, or of the type whose objects are called. */
function signatureName(node: Node): string {
  if (isTree(node, 'where', '::') && node.args.length > 1) return signatureName(node.args[0]!)
  if (isTree(node, 'parens') && isTree(node.args[0]!, 'where', '::', 'call')) return signatureName(node.args[0]!)
  if (!isTree(node, 'call')) return nameOf(node)
  const callee = node.form === 'infix' ? node.args[1]! : node.args[0]!
  return calleeName(callee)
}

function calleeName(callee: Node): string {
  if (isTree(callee, 'parens')) return calleeName(callee.args[0]!)
  if (isTree(callee, 'where')) return calleeName(callee.args[0]!)
  if (!isTree(callee, '::')) return typeName(callee)
  const type = callee.args.at(-1)!
  if (!isTree(type, 'curly') || nameOf(type.args[0]!) !== 'Type') return typeName(type)
  const of = type.args[1]!
  // A lone variable stands for every type.
  return isTree(of, 'curly') ? typeName(of) : ANY_CONSTRUCTOR
}

/** The names of types in the signature of a method that every call of it has a value of. */
function neededTypes(node: Node): string[] {
  if (isTree(node, 'macrocall')) return node.args.flatMap(neededTypes)
  if (!isTree(node, 'function')) return []
  const bounds = new Map<string, Node | null>()
  let at: Node = node.args[0]!
  while (isTree(at, 'where', '::', 'parens') && at.args.length > 0) {
    if (isTree(at, 'where'))
      for (const variable of at.args.slice(1).flatMap(v => (isTree(v, 'braces') ? v.args : [v]))) addBound(variable, bounds)
    at = at.args[0]!
  }
  if (!isTree(at, 'call')) return []
  const params = at.form === 'infix' ? [at.args[0]!, ...at.args.slice(2)] : at.args.slice(1)
  return [...new Set(params.flatMap(p => (isTree(p, '::') ? neededBy(p.args.at(-1)!, bounds) : [])))]
}

function addBound(variable: Node, bounds: Map<string, Node | null>): void {
  if (isTree(variable, '<:') && variable.args.length === 2) bounds.set(nameOf(variable.args[0]!), variable.args[1]!)
  else bounds.set(typeName(variable), null)
}

/** What a value must be of to be of this type. A union asks for nothing in particular. */
function neededBy(type: Node, bounds: ReadonlyMap<string, Node | null>): string[] {
  if (type.kind === 'Identifier') {
    const bound = bounds.get(type.name)
    return bound ? neededBy(bound, bounds) : bound === null ? [] : [type.name]
  }
  if (isTree(type, 'parens')) return neededBy(type.args[0]!, bounds)
  if (isTree(type, '.')) return [nameOf(type)]
  if (isTree(type, '<:') && type.args.length === 1) return neededBy(type.args[0]!, bounds)
  if (!isTree(type, 'curly')) return []
  const name = nameOf(type.args[0]!)
  if (name === 'Type') return type.args.length === 2 ? neededBy(type.args[1]!, bounds) : []
  return name === 'Union' ? [] : neededBy(type.args[0]!, bounds)
}
