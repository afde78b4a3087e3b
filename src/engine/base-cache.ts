/** What the build leaves of Base beside the compiled engine: the index, and each statement as Core. */
import { closeSync, existsSync, openSync, readFileSync, readSync, statSync, writeFileSync } from 'node:fs'
import { invariant } from '../diagnostics/bug.ts'
import { Failure } from '../diagnostics/diagnostic.ts'
import type { Source } from '../diagnostics/source.ts'
import { parseStatementAt } from './1-syntax/parse.ts'
import type { Program } from './2-types/core.ts'
import { desugarProgram } from './2-types/desugar/program.ts'
import { type CodeTexts, type CoreText, coreOf, coreText } from './base-core.ts'
import { type BaseIndex, baseFiles, baseSource, baseState, type Entry, indexBase, type ModuleEntry, type NamedEntry } from './base-index.ts'

const INDEX = new URL('../engine/base-index.txt', import.meta.url)
const CORE = new URL('../engine/base-core.txt', import.meta.url)
const PARTS = new URL('../engine/base-parts.txt', import.meta.url)

/** The statements of Base by the names they are found by; those without a name by the empty one. */
export interface Library {
  readonly files: readonly string[]
  readonly modules: readonly ModuleEntry[]
  readonly named: (name: string) => readonly Entry[]
  /** Where the parts of the Core of an entry begin and end. */
  readonly places: (core: number) => readonly number[]
}

/** The number of a part of a signature is its place: its start times this, and its length. */
const LONGEST_PART = 2 ** 16

/** First line of the index; the lines after it are the entries. */
interface Head {
  readonly files: readonly string[]
  readonly sizes: readonly number[]
  readonly modules: readonly ModuleEntry[]
  readonly names: Readonly<Record<string, readonly number[]>>
}

/** The own name of the module of a path. */
export function lastName(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1)
}

/** Parses and desugars a statement of Base. */
export function programAt(source: Source, entry: Entry): Program {
  return desugarProgram(parseStatementAt(source, entry.start), { moduleName: lastName(entry.module) || 'Base' })
}

/** The last step of the build. */
export function writeBaseCache(): void {
  const index = indexBase()
  const sources = index.files.map(baseSource)
  const core = newText()
  const places = ({ statement, codes }: CoreText): string => [core.end(), ...[statement, ...codes].map(core.write)].join(' ')
  const parts = newText()
  const numbers = new Map<string, number>()
  const numberOf = (part: string): number => {
    const known = numbers.get(part)
    if (known !== undefined) return known
    const start = parts.end()
    const length = parts.write(part) - start
    invariant(length < LONGEST_PART, 'a long signature')
    numbers.set(part, start * LONGEST_PART + length)
    return numberOf(part)
  }
  const { files, sizes, modules, entries } = index
  const paths = modules.map(m => m.path)
  const rows = entries.map(entry => {
    const source = sources[entry.file]!
    try {
      return rowOf(entry, paths, places(coreText(programAt(source, entry), source, numberOf)))
    } catch (error) {
      // Refused when it is needed, as if there were no cache.
      if (error instanceof Failure) return rowOf(entry, paths, '')
      throw error
    }
  })
  const head: Head = { files, sizes, modules, names: Object.fromEntries(numbersByName(entries)) }
  writeFileSync(INDEX, [ascii(JSON.stringify(head)), ...rows].join('\n'), 'latin1')
  writeFileSync(CORE, core.text(), 'latin1')
  writeFileSync(PARTS, parts.text(), 'latin1')
}

/** A text that grows; `write` gives where it ends afterwards. */
function newText() {
  const pieces: string[] = []
  let end = 0
  const write = (piece: string): number => {
    const text = ascii(piece)
    pieces.push(text)
    end += text.length
    return end
  }
  return { write, end: () => end, text: () => pieces.join('') }
}

/** Strings of JSON with a byte a character: such a file is read fastest. */
function ascii(json: string): string {
  return json.replace(/[\u0080-\uffff]/g, c => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

type Row = readonly [file: number, start: number, module: number, kind: Entry['kind'], isOwn: boolean, needs: string, callee: string]

/** `places` are the start of its Core in the text of all, and the ends of its parts; none if it has no Core. They are asked for more often. */
function rowOf({ file, start, module, kind, isOwn, needs, callee }: Entry, paths: readonly string[], places: string): string {
  return `${places}\t${ascii(JSON.stringify([file, start, paths.indexOf(module), kind, isOwn, needs, callee] satisfies Row))}`
}

/** One of equal texts: a startup image has two thousand entries. */
const texts = new Map<string, string>()

function shared(text: string): string {
  const known = texts.get(text)
  if (known === undefined) texts.set(text, text)
  return known ?? text
}

function entryOf(line: string, number: number, modules: readonly ModuleEntry[]): Entry {
  const end = line.indexOf('\t')
  const [file, start, module, kind, isOwn, needs, callee] = JSON.parse(line.slice(end)) as Row
  const core = end === 0 ? null : number
  return { file, start, module: modules[module]!.path, kind, isOwn, needs: shared(needs), callee: shared(callee), core }
}

function numbersByName(entries: readonly NamedEntry[]): Map<string, number[]> {
  const numbers = new Map<string, number[]>()
  entries.forEach(({ names, callee }, i) => {
    for (const name of new Set(names.length === 0 ? [''] : [...names, callee])) {
      const list = numbers.get(name)
      if (list) list.push(i)
      else numbers.set(name, [i])
    }
  })
  return numbers
}

let known: Library | null = null

export function library(): Library {
  known ??= cachedLibrary() ?? libraryOf(indexBase())
  return known
}

/** What a module of the library gives to programs that load it. */
export function exportsOf(module: string): readonly string[] {
  return library().modules.find(({ path }) => path === module)?.exports ?? []
}

function libraryOf({ files, modules, entries }: BaseIndex): Library {
  const numbers = numbersByName(entries)
  return { files, modules, named: name => (numbers.get(name) ?? []).map(i => entries[i]!), places: () => [] }
}

/** What the build left, if Base is still the same. */
function cachedLibrary(): Library | null {
  if (!existsSync(INDEX)) return null
  const text = readFileSync(INDEX, 'latin1')
  const starts = startsOfLines(text)
  const { files, sizes, modules, names } = JSON.parse(lineAt(text, starts, 0)) as Head
  const now = baseFiles()
  const state = baseState(now)
  const isSame = files.length === now.length && now.every((file, i) => files[i] === file && sizes[i] === state.sizes[i])
  if (!isSame || state.changed > statSync(INDEX).mtimeMs) return null
  const entries: Entry[] = []
  const numbers = packed(names)
  return {
    files,
    modules,
    named: name =>
      numbers(name).map(i => {
        entries[i] ??= entryOf(lineAt(text, starts, i + 1), i + 1, modules)
        return entries[i]
      }),
    places: core => text.slice(starts[core], text.indexOf('\t', starts[core])).split(' ').map(Number),
  }
}

/** Numbers in place of texts: a startup image pays for each of thousands of lines and lists. */
function startsOfLines(text: string): Uint32Array {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  starts.push(text.length + 1)
  return Uint32Array.from(starts)
}

function lineAt(text: string, starts: Uint32Array, line: number): string {
  return text.slice(starts[line], starts[line + 1]! - 1)
}

/** All lists in one, each after its length. */
function packed(lists: Readonly<Record<string, readonly number[]>>): (name: string) => readonly number[] {
  const at = new Map<string, number>()
  const all: number[] = []
  for (const [name, list] of Object.entries(lists)) {
    at.set(name, all.length)
    all.push(list.length, ...list)
  }
  const numbers = Uint32Array.from(all)
  return name => {
    const start = at.get(name)
    return start === undefined ? [] : Array.from(numbers.subarray(start + 1, start + 1 + numbers[start]!))
  }
}

let core: number | null = null
/** Of all signatures: they are many and small. */
let parts: string | null = null

/** What is needed later is opened again. */
export function closeBaseFiles(): void {
  if (core !== null) closeSync(core)
  core = null
  parts = null
}

/** Core of a statement of Base. */
export function baseProgram(entry: Entry, source: Source): Program {
  if (entry.core === null) return programAt(source, entry)
  const parts = new CoreParts(entry.core)
  return coreOf(parts.at(0), parts, source)
}

function coreAt(start: number, end: number): string {
  core ??= openSync(CORE, 'r')
  const bytes = Buffer.allocUnsafe(end - start)
  readSync(core, bytes, 0, bytes.length, start)
  return bytes.toString('latin1')
}

/** A statement in the file of all. */
class CoreParts implements CodeTexts {
  readonly #core: number

  constructor(core: number) {
    this.#core = core
  }

  at(n: number): string {
    const places = library().places(this.#core)
    return coreAt(places[n]!, places[n + 1]!)
  }

  codeText(n: number): string {
    return this.at(n + 1)
  }

  partText(number: number): string {
    parts ??= readFileSync(PARTS, 'latin1')
    const start = Math.floor(number / LONGEST_PART)
    return parts.slice(start, start + (number % LONGEST_PART))
  }
}
