/** What the build leaves of Base beside the compiled engine: the index, and each statement as Core. */
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { Failure } from '../diagnostics/diagnostic.ts'
import type { Source } from '../diagnostics/source.ts'
import { parseStatementAt } from './1-syntax/parse.ts'
import type { Program } from './2-types/core.ts'
import { desugarProgram } from './2-types/desugar/program.ts'
import { type CoreText, coreOf, coreText } from './base-core.ts'
import { type BaseIndex, baseFiles, baseSource, baseState, type Entry, indexBase } from './base-index.ts'

const INDEX = new URL('../engine/base-index.json', import.meta.url)
const CORE = new URL('../engine/base-core.txt', import.meta.url)

/** Parses and desugars a statement of Base. */
export function programAt(source: Source, entry: Entry): Program {
  return desugarProgram(parseStatementAt(source, entry.start), { moduleName: entry.module.at(-1) ?? 'Base' })
}

/** The last step of the build. */
export function writeBaseCache(): void {
  const index = indexBase()
  const sources = index.files.map(baseSource)
  const parts: string[] = []
  let end = 0
  const write = ({ statement, codes }: CoreText): number[] => {
    const places = [end]
    for (const part of [statement, ...codes]) {
      const ascii = part.replace(/[\u0080-\uffff]/g, c => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
      parts.push(ascii)
      end += ascii.length
      places.push(end)
    }
    return places
  }
  const entries = index.entries.map((entry): Entry => {
    const source = sources[entry.file]!
    try {
      return { ...entry, core: write(coreText(programAt(source, entry), source)) }
    } catch (error) {
      // Refused when it is needed, as if there were no cache.
      if (error instanceof Failure) return entry
      throw error
    }
  })
  writeFileSync(INDEX, JSON.stringify({ ...index, entries }))
  writeFileSync(CORE, parts.join(''), 'latin1')
}

/** What the build left, if Base is still the same. */
export function cachedIndex(): BaseIndex | null {
  if (!existsSync(INDEX)) return null
  const cached = JSON.parse(readFileSync(INDEX, 'utf8')) as BaseIndex
  const files = baseFiles()
  const { sizes, changed } = baseState(files)
  const isSame = cached.files.length === files.length && files.every((file, i) => cached.files[i] === file && cached.sizes[i] === sizes[i])
  return isSame && changed <= statSync(INDEX).mtimeMs ? cached : null
}

let cores: Buffer | null = null

/** Core of a statement of Base. */
export function baseProgram(entry: Entry, source: Source): Program {
  const places = entry.core
  if (!places) return programAt(source, entry)
  cores ??= readFileSync(CORE)
  const bytes = cores
  const part = (n: number): string => bytes.toString('latin1', places[n], places[n + 1])
  return coreOf(part(0), n => part(n + 1), source)
}
