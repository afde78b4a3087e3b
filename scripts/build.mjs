/** Makes `dist/`: a few files instead of some hundred, for most of the time a short command takes goes into loading modules. */
import { readdirSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const CHUNKS = 'dist/chunks'

// What is started, what other programs import, and what the steps after this one need.
const ENTRIES = ['cli/main', 'repro/worker', 'repro/make-images', 'engine/index', 'engine/base-cache']

const shared = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  // The ES modules of this package; its other form asks for `require`.
  alias: { yaml: './node_modules/yaml/browser/index.js' },
  logLevel: 'warning',
}

rmSync(join(root, 'dist', 'images'), { recursive: true, force: true })
const { metafile } = await build({
  ...shared,
  entryPoints: Object.fromEntries(ENTRIES.map(name => [name, `src/${name}.ts`])),
  outdir: 'dist',
  chunkNames: 'chunks/[name]-[hash]',
  splitting: true,
  metafile: true,
  format: 'esm',
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

// A startup image is made from one script of the older form.
const script = join(root, 'dist', 'images', 'worker.cjs')
await build({
  ...shared,
  entryPoints: ['src/repro/worker-image.ts'],
  outfile: script,
  format: 'cjs',
  // An image holds the text of its script. Names stay, for stacks.
  minifyWhitespace: true,
  minifySyntax: true,
  define: { 'import.meta.url': 'ownUrl' },
  banner: { js: "const ownUrl = require('node:url').pathToFileURL(__filename).href" },
})
const base = join(root, 'src', 'engine', 'base')
const sources = readdirSync(base)
  .filter(name => name.endsWith('.jl') || name.endsWith('.json'))
  .map(name => join(base, name))
const { makeImages } = await import('../dist/repro/make-images.js')
for (const why of makeImages(script, join(root, 'src', 'engine', 'warm-up.jl'), sources)) console.error(why)
