/** What each top-level statement of Base defines, so that a program loads only the part of Base that it names. */
import { readFileSync, statSync } from 'node:fs'
import type { Source } from '../diagnostics/source.ts'
import type { Node, Tree } from './1-syntax/ast.ts'
import { parseProgram } from './1-syntax/parse.ts'
import { definedNames, isMethod, isNominal, isOwn, isTree, nameOf, undocumented } from './base-names.ts'
import { aliasedType, constructedBy, type Needs, neededTypes, type TypeNames } from './base-needs.ts'

/** A statement: its place, and the module it stands in (`A.B`; Base itself is the empty one). */
export interface Entry {
  readonly file: number
  readonly start: number
  readonly module: string
  /**
   * `value`: a type or a constant. `method`: its signature may need names that are still being defined, so it waits for them.
   * `declaration`: `function f end`, a new function of its module, whatever the name means elsewhere.
   */
  readonly kind: 'value' | 'method' | 'import' | 'declaration'
  /** A method of a function of this very module, not of `Base.f` or a functor. */
  readonly isOwn: boolean
  /** What must have been looked up before a call can reach the method. */
  readonly needs: Needs
  /** The name of the function or type that a method is called by, which is not its own name when that is an alias of a type. */
  readonly callee: string
  /** The line of the index that says where the build left its Core. Null: it is parsed when it is needed. */
  readonly core: number | null
}

/** With the names that it defines or extends. No name: run at once. */
export interface NamedEntry extends Entry {
  readonly names: readonly string[]
}

export interface ModuleEntry {
  readonly path: string
  readonly exports: readonly string[]
  /** Names that it says are for others, which `using` does not bring. */
  readonly publics: readonly string[]
}

export interface BaseIndex {
  readonly files: readonly string[]
  /** Bytes of each file when the index was made. */
  readonly sizes: readonly number[]
  readonly modules: readonly ModuleEntry[]
  readonly entries: readonly NamedEntry[]
}

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
  const entries: NamedEntry[] = []
  const modules: { path: string; exports: string[]; publics: string[] }[] = [{ path: '', exports: [], publics: [] }]
  const methods = new Map<NamedEntry, Node>()
  const types: TypeNames = { nominal: new Set(), aliases: new Map() }
  const visit = (nodes: readonly Node[], file: number, path: string): void => {
    const module = modules.find(m => m.path === path)!
    for (const node of nodes) {
      const inner = undocumented(node)
      if (isTree(inner, 'toplevel')) visit(inner.args, file, path)
      else if (isTree(inner, 'module')) {
        const name = inner.args[0]!
        const own = name.kind === 'Identifier' ? name.name : '?'
        const deeper = path === '' ? own : `${path}.${own}`
        if (!modules.some(m => m.path === deeper)) modules.push({ path: deeper, exports: [], publics: [] })
        const body = inner.args[1]!
        visit('args' in body ? body.args : [], file, deeper)
      } else if (isTree(inner, 'export')) module.exports.push(...listed(inner))
      else if (isTree(inner, 'public')) module.publics.push(...listed(inner))
      else {
        const kind = kindOf(inner)
        const names = [...new Set(definedNames(inner))]
        if (kind === 'value') for (const name of names) noteType(name, inner, types)
        const entry: NamedEntry = {
          file,
          start: node.span.start,
          module: path,
          names,
          kind,
          isOwn: isOwn(inner),
          needs: '',
          callee: names[0] ?? '',
          core: null,
        }
        entries.push(entry)
        if (kind === 'method') methods.set(entry, inner)
      }
    }
  }
  files.forEach((file, index) => {
    visit(parseProgram(baseSource(file)).args, index, '')
  })
  const withNeeds = entries.map((entry): NamedEntry => {
    const method = methods.get(entry)
    return method ? { ...entry, needs: neededTypes(method, types), callee: constructedBy(entry.callee, types) } : entry
  })
  return { files, sizes: baseState(files).sizes, modules, entries: withNeeds }
}

/** Macros are known everywhere. */
function listed(node: Tree): string[] {
  return node.args.filter(arg => arg.kind !== 'MacroName').map(nameOf)
}

function kindOf(node: Node): Entry['kind'] {
  if (isTree(node, 'function') && node.args.length === 1) return 'declaration'
  return isMethod(node) ? 'method' : isTree(node, 'using', 'import') ? 'import' : 'value'
}

function noteType(name: string, node: Node, { nominal, aliases }: TypeNames): void {
  if (isNominal(node)) nominal.add(name)
  // A name with two meanings tells nothing.
  else aliases.set(name, aliases.has(name) ? null : aliasedType(node))
}
