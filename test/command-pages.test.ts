/** The pages of codes that commands report: the program and the command on a page show what the page is about. */

import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { root } from './cli/adrepro.ts'
import { OF_SESSIONS } from './session-codes.ts'

const folder = join(root, 'docs/codes')
const codes = readdirSync(folder)
  .map(name => name.replace(/\.md$/, ''))
  .filter(code => !OF_SESSIONS.test(code))

const tools = mkdtempSync(join(tmpdir(), 'adrepro-tools-'))
writeFileSync(join(tools, 'adrepro'), `#!/bin/sh\nexec '${process.execPath}' '${join(root, 'bin/adrepro.js')}' "$@"\n`)
chmodSync(join(tools, 'adrepro'), 0o755)
afterAll(() => rmSync(tools, { recursive: true }))

/** What a person who follows the page sees. */
function follow(text: string): Promise<string> {
  const example = text.slice(text.indexOf('\n## Example\n'))
  const cwd = mkdtempSync(join(tmpdir(), 'adrepro-page-'))
  for (const [, name, content] of example.matchAll(/```\w+ (\S+)\n([\s\S]*?)```/g)) writeFileSync(join(cwd, name!), content!)
  const commands = /```sh\n([\s\S]*?)```/.exec(example)?.[1] ?? 'exit 1'
  const child = spawn('sh', ['-c', commands], { cwd, env: { ...process.env, PATH: `${tools}:${process.env.PATH}` } })
  return new Promise(resolve => {
    let told = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes: Buffer) => (told += bytes.toString()))
    child.on('close', () => {
      rmSync(cwd, { recursive: true })
      resolve(told)
    })
  })
}

describe('the commands of a page lead to what it is about', () => {
  it.concurrent.each(codes)('%s', async code => {
    expect(await follow(readFileSync(join(folder, `${code}.md`), 'utf8'))).toContain(`[${code}]`)
  })
})
