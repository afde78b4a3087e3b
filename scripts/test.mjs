/** Everything that CI checks, one after the other; the last line is `N passed, N failed`. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const scratch = mkdtempSync(join(tmpdir(), 'adrepro-test-'))
const testResults = join(scratch, 'tests.json')
// Node reads these certificates each time it starts, some hundred times here, and nothing from here on connects to anything.
delete process.env.NODE_EXTRA_CA_CERTS
let passed = 0
let failed = 0

function run(script, args) {
  const { status } = spawnSync(process.execPath, [join(root, script), ...args], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] })
  return status === 0
}

/** One check that is right or wrong as a whole. */
function check(title, script, ...args) {
  console.log(`\n== ${title}`)
  const ok = run(script, args)
  if (ok) passed += 1
  else failed += 1
  console.log(`${ok ? 'passed' : 'FAILED'}: ${title}`)
}

/** Each test counts; a run that ends badly without a failed test counts as one failure. */
function tests() {
  console.log('\n== tests')
  const ok = run('node_modules/vitest/vitest.mjs', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${testResults}`])
  const result = existsSync(testResults) ? JSON.parse(readFileSync(testResults, 'utf8')) : { numPassedTests: 0, numFailedTests: 0 }
  passed += result.numPassedTests
  failed += ok ? result.numFailedTests : Math.max(1, result.numFailedTests)
}

check('types', 'node_modules/typescript/bin/tsc', '--noEmit')
check('format and lint', 'node_modules/@biomejs/biome/bin/biome', 'ci')
check('unused code and dependencies', 'node_modules/knip/bin/knip.js')
tests()
check('cases', 'bin/adrepro.js', 'gate', 'cases/', '--all-limits')
rmSync(scratch, { recursive: true, force: true })
console.log(`\n${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
