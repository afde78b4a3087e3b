/** Makes `dist/`: a few files instead of some hundred, for most of the time a short command takes goes into loading modules. */
import { readdirSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const CHUNKS = 'dist/chunks'

// What is started, what other programs import, and what the steps after this one need.
const ENTRIES = ['cli/main', 'repro/worker', 'engine/index', 'engine/base-cache']

const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: Object.fromEntries(ENTRIES.map(name => [name, `src/${name}.ts`])),
  outdir: 'dist',
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  metafile: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  // The ES modules of this package; its other form asks for `require`.
  alias: { yaml: './node_modules/yaml/browser/index.js' },
  logLevel: 'warning',
})

// Chunks of earlier builds.
const made = new Set(
  Object.keys(metafile.outputs)
    .filter(path => path.startsWith(CHUNKS))
    .map(path => basename(path)),
)
for (const file of readdirSync(join(root, CHUNKS))) if (!made.has(file)) rmSync(join(root, CHUNKS, file))

const { writeBaseCache } = await import('../dist/engine/base-cache.js')
writeBaseCache()
