/** Holds the plan of the house: imports run one way, without cycles, and what only one file may do is done only there. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const src = join(root, 'src')

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const path = join(folder, entry.name)
    return entry.isDirectory() ? filesUnder(path) : entry.name.endsWith('.ts') ? [path] : []
  })
}

interface File {
  /** `engine/3-ir/ir.ts`. */
  readonly name: string
  readonly text: string
  /** Files of src that it imports. */
  readonly imports: readonly string[]
  /** Those of them that exist at run time. */
  readonly loads: readonly string[]
  readonly packages: readonly string[]
}

const IMPORT =
  /(?:^|\n)\s*(?:import|export)\s+(type\s)?[^'"`;]*?from\s+'([^']+)'|(?:^|\n)\s*import\s+'([^']+)'|\bimport\(\s*'([^']+)'\s*\)/g

function readFile(path: string): File {
  const text = readFileSync(path, 'utf8')
  const found = [...text.matchAll(IMPORT)].map(m => ({ to: m[2] ?? m[3] ?? m[4]!, isType: Boolean(m[1]), isLazy: Boolean(m[4]) }))
  const local = found.filter(f => f.to.startsWith('.')).map(f => ({ ...f, to: relative(src, join(dirname(path), f.to)) }))
  return {
    name: relative(src, path),
    text,
    imports: local.map(f => f.to),
    loads: local.filter(f => !f.isType && !f.isLazy).map(f => f.to),
    packages: found.filter(f => !f.to.startsWith('.')).map(f => f.to),
  }
}

const files = filesUnder(src).map(readFile)
const shipped = files.filter(f => !f.name.endsWith('.test.ts'))

const LAYERS = ['diagnostics', 'engine', 'repro', 'cli']
const layerOf = (name: string) => LAYERS.indexOf(name.split('/')[0]!)
/** Number of the stage of a file of the engine; null for its pipeline and public face. */
const stageOf = (name: string) => {
  const match = /^engine\/(\d)-/.exec(name)
  return match ? Number(match[1]) : null
}
/** The specialiser lowers into the IR, so it sees the IR; the IR sees nothing of it. */
const isAllowedUpwards = (from: string, to: string) => from.startsWith('engine/2-types/') && to.startsWith('engine/3-ir/')
/** Types of the public face, without any code; stages may name them. */
const FACE = 'engine/session.ts'

function edges(of: (f: File) => readonly string[], test: (from: string, to: string) => boolean): string[] {
  return shipped.flatMap(f =>
    of(f)
      .filter(to => test(f.name, to))
      .map(to => `${f.name} imports ${to}`),
  )
}

describe('imports', () => {
  it('are found at all', () => {
    expect(files.length).toBeGreaterThan(50)
    expect(shipped.reduce((sum, f) => sum + f.imports.length, 0)).toBeGreaterThan(100)
  })
  it('name files that exist', () => {
    expect(
      edges(
        f => f.imports,
        (_, to) => !existsSync(join(src, to)),
      ),
    ).toEqual([])
  })
  it('run from cli to repro to engine to diagnostics', () => {
    expect(
      edges(
        f => f.imports,
        (from, to) => layerOf(to) > layerOf(from),
      ),
    ).toEqual([])
  })
  it('run inside the engine from later stages to earlier ones', () => {
    const upwards = (from: string, to: string) => {
      const [a, b] = [stageOf(from), stageOf(to)]
      return a !== null && (b === null ? to.startsWith('engine/') && to !== FACE : b > a && !isAllowedUpwards(from, to))
    }
    expect(edges(f => f.imports, upwards)).toEqual([])
  })
  it('of the types of the public face load nothing', () => {
    expect(readFileSync(join(src, FACE), 'utf8')).not.toMatch(/export (const|function|class|let)/)
  })
  it('reach the engine through its public face only', () => {
    expect(
      edges(
        f => f.imports,
        (from, to) => layerOf(from) > 1 && to.startsWith('engine/') && to !== 'engine/index.ts',
      ),
    ).toEqual([])
  })
  it('have no cycles', () => {
    expect(cycles(new Map(shipped.map(f => [f.name, f.loads])))).toEqual([])
  })
})

/** One cycle a line, by depth-first search. */
function cycles(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const state = new Map<string, 'open' | 'done'>()
  const found: string[] = []
  const visit = (name: string, path: readonly string[]) => {
    if (state.get(name) === 'done') return
    if (state.get(name) === 'open') {
      found.push([...path.slice(path.indexOf(name)), name].join(' -> '))
      return
    }
    state.set(name, 'open')
    for (const next of graph.get(name) ?? []) visit(next, [...path, name])
    state.set(name, 'done')
  }
  for (const name of graph.keys()) visit(name, [])
  return found
}

describe('the search for cycles', () => {
  it('finds one', () => {
    expect(
      cycles(
        new Map([
          ['a', ['b']],
          ['b', ['c']],
          ['c', ['b']],
        ]),
      ),
    ).toEqual(['b -> c -> b'])
  })
})

function users(pattern: RegExp, allowed: readonly string[]): string[] {
  return shipped.filter(f => pattern.test(f.text) && !allowed.includes(f.name)).map(f => f.name)
}

describe('only one file', () => {
  it('writes to standard output and standard error', () => {
    expect(users(/process\.std(out|err)|console\.|writeSync\(\s*[12]\b/, ['cli/terminal.ts', 'repro/serve.ts'])).toEqual([])
    // The worker's standard output is a pipe to the process that started it, which hands it to the terminal.
    expect(readFileSync(join(src, 'repro/serve.ts'), 'utf8')).not.toMatch(/process\.std|console\.|writeSync\(\s*2/)
  })
  it('knows colours', () => {
    const coloured = shipped.filter(f => f.packages.includes('chalk')).map(f => f.name)
    expect(coloured.filter(name => name !== 'cli/terminal.ts' && name !== 'diagnostics/as-text.ts')).toEqual([])
  })
  it('spells terminal escapes', () => {
    expect(users(/\\(x1b|u001b|u009b|e)[[\]]/, ['cli/terminal.ts'])).toEqual([])
  })
})

describe('the engine', () => {
  it('is the same every time: no clock and no chance', () => {
    const free = shipped.filter(f => f.name.startsWith('engine/') && /Math\.random\(|Date\.now\(|new Date\(/.test(f.text)).map(f => f.name)
    expect(free).toEqual([])
  })
  it('is not told the name of a case', () => {
    const slugs = filesOf(join(root, 'cases'), '.jl').map(path => path.replace(/^.*\//, '').replace(/\.jl$/, ''))
    const named = shipped
      .filter(f => f.name.startsWith('engine/'))
      .flatMap(f => slugs.filter(slug => slug.includes('-') && f.text.includes(slug)).map(slug => `${f.name} names ${slug}`))
    expect(slugs.length).toBeGreaterThan(0)
    expect(named).toEqual([])
  })
})

function filesOf(folder: string, end: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap(e => {
    const path = join(folder, e.name)
    return e.isDirectory() ? filesOf(path, end) : path.endsWith(end) ? [path] : []
  })
}

describe('packages', () => {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { dependencies: Record<string, string> }
  it('at run time are the dependencies of the manifest', () => {
    const run = new Set(['cli/main.ts', 'repro/worker.ts'].flatMap(entry => [...reachable(entry, f => f.imports)]))
    const used = new Set(shipped.filter(f => run.has(f.name)).flatMap(f => f.packages.filter(p => !p.startsWith('node:'))))
    expect([...used].filter(p => !Object.hasOwn(manifest.dependencies, p))).toEqual([])
  })
  it('that cost start-up time are loaded by what needs them alone', () => {
    const entry = reachable('cli/main.ts')
    const heavy = shipped.filter(f => entry.has(f.name) && f.packages.some(p => p === 'zod' || p === 'yaml'))
    expect(heavy.map(f => f.name)).toEqual([])
    expect([...entry].filter(name => name.startsWith('engine/'))).toEqual([])
  })
})

/** What is loaded as soon as `name` is; with another way to follow imports, what it may come to load. */
function reachable(name: string, of: (f: File) => readonly string[] = f => f.loads): Set<string> {
  const graph = new Map(shipped.map(f => [f.name, of(f)]))
  const seen = new Set<string>()
  const visit = (at: string) => {
    if (seen.has(at)) return
    seen.add(at)
    for (const next of graph.get(at) ?? []) visit(next)
  }
  visit(name)
  return seen
}

describe('ARCHITECTURE.md', () => {
  const text = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8')
  it('names only files and folders that exist', () => {
    const named = [...text.matchAll(/`((?:src|cases|docs|bench|bin|scripts|test|\.ci)\/[\w./*-]*)`/g)].map(m => m[1]!.replace(/\*.*$/, ''))
    expect(named.length).toBeGreaterThan(10)
    expect(named.filter(path => !existsSync(join(root, path)))).toEqual([])
  })
  it('names every folder of the source', () => {
    const folders = readdirSync(src, { withFileTypes: true, recursive: true })
      .filter(e => e.isDirectory())
      .map(e => relative(root, join(e.parentPath, e.name)))
    const top = folders.filter(f => f.split('/').length <= 3)
    expect(top.filter(f => !text.includes(`\`${f}/\``))).toEqual([])
  })
  it('stays short', () => {
    expect(text.split('\n').length).toBeLessThan(200)
  })
})

describe('diagnostic codes', () => {
  const catalogue = readFileSync(join(src, 'diagnostics/catalogue.ts'), 'utf8')
  const codes = [...catalogue.matchAll(/^ {2}'([a-z0-9-]+\.[a-z0-9.-]+)': entry\(/gm)].map(m => m[1]!)
  it('each have a page that begins with the code', () => {
    expect(codes.length).toBeGreaterThan(10)
    const pages = codes.filter(code => {
      const path = join(root, 'docs/codes', `${code}.md`)
      return !existsSync(path) || !readFileSync(path, 'utf8').startsWith(`# ${code}\n`)
    })
    expect(pages).toEqual([])
  })
  it('are each reported somewhere', () => {
    const rest = shipped
      .filter(f => f.name !== 'diagnostics/catalogue.ts')
      .map(f => f.text)
      .join('\n')
    const base = filesOf(join(src, 'engine/base'), '.jl')
      .map(f => readFileSync(f, 'utf8'))
      .join('\n')
    expect(codes.filter(code => !rest.includes(`'${code}'`) && !base.includes(`"${code}"`))).toEqual([])
  })
  it('have no page left over', () => {
    expect(readdirSync(join(root, 'docs/codes')).filter(name => !codes.includes(name.replace(/\.md$/, '')))).toEqual([])
  })
})
