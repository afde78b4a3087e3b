/** Makes `dist/`: a few files instead of some hundred, for most of the time a short command takes goes into loading modules. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const CHUNKS = 'dist/chunks'

// What is started, what other programs import, and what the steps after this one need.
const ENTRIES = ['cli/early', 'cli/kept-code', 'repro/worker', 'repro/make-images', 'engine/index', 'engine/base-cache']

const shared = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  // The ES modules of this package; its other form asks for `require`.
  alias: { yaml: './node_modules/yaml/browser/index.js' },
  plugins: [
    {
      // What yargs lays out its help with sets up a segmenter of graphemes when it is loaded, which takes longer than all of yargs. Ours measures help as well.
      name: 'text width',
      setup({ onResolve, onLoad }) {
        onResolve({ filter: /^string-width$/ }, ({ path }) => ({ path, namespace: 'text-width' }))
        onLoad({ filter: /.*/, namespace: 'text-width' }, () => ({
          contents: "export { textWidth as default } from './src/diagnostics/text-width.ts'",
          resolveDir: root,
        }))
      },
    },
  ],
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

// What is kept compiled, or as a startup image, is one script of the older form, which holds its own text. Names stay, for stacks.
const oneScript = {
  ...shared,
  format: 'cjs',
  minifyWhitespace: true,
  minifySyntax: true,
  define: { 'import.meta.url': 'ownUrl' },
  banner: { js: "const ownUrl = require('node:url').pathToFileURL(__filename).href" },
}
/** Without letters of other scripts, which are left in regular expressions, V8 needs a byte a character for it. */
async function buildScript(outfile, options) {
  const { outputFiles } = await build({ ...oneScript, ...options, outfile, write: false })
  const text = outputFiles[0].text.replace(/[\u0080-\uffff]/g, c => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
  mkdirSync(dirname(join(root, outfile)), { recursive: true })
  writeFileSync(join(root, outfile), text)
}

/** Modules that the most common commands do without. They are in another script, so that those have less to load. */
const APART = [
  ...['blame', 'explain', 'import', 'limits', 'mutate', 'parse', 'reduce-any', 'replay', 'report', 'show'].map(command => `cli/${command}`),
  'engine/index',
]
const apart = {
  name: 'apart',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^\./ }, ({ kind, path, resolveDir }) => {
      const name = relative(join(root, 'src'), join(resolveDir, path)).replaceAll('\\', '/').replace(/\.ts$/, '')
      return kind === 'dynamic-import' && APART.includes(name) ? { path: name, namespace: 'apart' } : undefined
    })
    onLoad({ filter: /.*/, namespace: 'apart' }, ({ path }) => ({
      contents: `module.exports = require('./src/cli/kept-code.ts').runScript(require('node:path').join(__dirname, 'apart.cjs')).exports['${path}']`,
      resolveDir: root,
    }))
  },
}
const parts = APART.map(name => `Object.defineProperty(exports, '${name}', { get: () => require('./src/${name}.ts') })`)
await buildScript('dist/cli/main.cjs', { entryPoints: ['src/cli/main.ts'], plugins: [...shared.plugins, apart] })
await buildScript('dist/cli/apart.cjs', { stdin: { contents: parts.join('\n'), resolveDir: root } })
// It is what every start waits for, and Node is sooner done with one script of the older form than with a module.
await buildScript('dist/cli/start.cjs', { entryPoints: ['src/cli/start.ts'] })
await buildScript('dist/images/worker.cjs', { entryPoints: ['src/repro/worker-image.ts'] })
const script = join(root, 'dist', 'images', 'worker.cjs')
const base = join(root, 'src', 'engine', 'base')
const sources = readdirSync(base)
  .filter(name => name.endsWith('.jl') || name.endsWith('.json'))
  .map(name => join(base, name))
const { makeImages } = await import('../dist/repro/make-images.js')
const warmUp = purpose => join(root, 'src', 'engine', `warm-up-${purpose}.jl`)
const warmUps = { derivatives: warmUp('derivatives'), plain: warmUp('plain') }
for (const why of makeImages(script, warmUps, sources)) console.error(why)

// With the images in place, so that it goes the way that most calls go.
const { status, stderr } = spawnSync(
  process.execPath,
  [join(root, 'scripts', 'keep-code.mjs'), 'run', 'cases/nested/reverse-over-reverse-matrix.jl'],
  {
    cwd: root,
    encoding: 'utf8',
  },
)
if (status !== 0) console.error(`the code of the command line could not be kept: ${stderr.trim().split('\n').at(-1)}`)
