/** Installs what package-lock.json names when it is not there, and builds when a source is newer than the build. Needs nothing but Node. */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const BUILT = join(root, 'dist', '.built')

function step(title, command, args) {
  console.error(`${title} …`)
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  })
  if (error) console.error(String(error))
  if (status !== 0) process.exit(status ?? 1)
}

function npm(...args) {
  const script = process.env.npm_execpath
  if (script && /\.c?js$/.test(script)) step(`npm ${args[0]}`, process.execPath, [script, ...args])
  else step(`npm ${args[0]}`, 'npm', args)
}

/** Compares what is installed with what the lock file names; packages for other platforms may be missing. */
function isInstalled() {
  const installed = join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(installed)) return false
  const have = JSON.parse(readFileSync(installed, 'utf8')).packages
  const want = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages
  return Object.entries(want).every(
    ([name, entry]) =>
      name === '' ||
      (have[name] ? have[name].version === entry.version : entry.optional === true || entry.devOptional === true || entry.peer === true),
  )
}

function newest(path) {
  if (!existsSync(path)) return 0
  const stat = statSync(path)
  if (!stat.isDirectory()) return stat.mtimeMs
  return readdirSync(path).reduce((latest, name) => Math.max(latest, newest(join(path, name))), stat.mtimeMs)
}

function isBuilt() {
  if (!existsSync(BUILT)) return false
  const sources = ['src', 'scripts', 'package-lock.json'].map(name => newest(join(root, name)))
  return Math.max(...sources) <= statSync(BUILT).mtimeMs
}

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Node 20.19 or newer is needed; this is ${process.version}.`)
  process.exit(1)
}
if (!isInstalled()) npm('ci', '--no-audit', '--no-fund')
if (!isBuilt()) {
  rmSync(join(root, 'dist'), { recursive: true, force: true })
  step('build', process.execPath, [join('scripts', 'build.mjs')])
  writeFileSync(BUILT, '')
}
