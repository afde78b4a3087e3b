/** The pages of codes that commands report: the program and the command on a page show what the page is about. */
import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { blame, createSession } from '../src/engine/index.ts'
import { finding } from '../src/repro/blame/finding.ts'
import { type Check, readCase } from '../src/repro/case-file.ts'
import { judge } from '../src/repro/judge.ts'
import { root } from './cli/adrepro.ts'
import { OF_SESSIONS } from './session-codes.ts'

const folder = join(root, 'docs/codes')
const pages = readdirSync(folder)
  .map(name => ({ code: name.replace(/\.md$/, ''), text: readFileSync(join(folder, name), 'utf8') }))
  .filter(({ code }) => !OF_SESSIONS.test(code))
  .map(({ code, text }) => ({ code, ...exampleOf(text) }))

interface Example {
  readonly files: ReadonlyMap<string, string>
  readonly commands: string
}

function exampleOf(text: string): Example {
  const example = text.slice(text.indexOf('\n## Example\n'))
  const files = new Map([...example.matchAll(/```\w+ (\S+)\n([\s\S]*?)```/g)].map(([, name, content]) => [name!, content!]))
  return { files, commands: /```sh\n([\s\S]*?)```/.exec(example)?.[1]?.trim() ?? '' }
}

const tools = mkdtempSync(join(tmpdir(), 'adrepro-tools-'))
writeFileSync(join(tools, 'adrepro'), `#!/bin/sh\nexec '${process.execPath}' '${join(root, 'bin/adrepro.js')}' "$@"\n`)
chmodSync(join(tools, 'adrepro'), 0o755)
afterAll(() => rmSync(tools, { recursive: true }))

/** What a person who follows the page sees. */
function follow({ files, commands }: Example): Promise<string> {
  const cwd = mkdtempSync(join(tmpdir(), 'adrepro-page-'))
  for (const [name, content] of files) writeFileSync(join(cwd, name), content)
  const child = spawn('sh', ['-c', commands], { cwd, env: { ...process.env, PATH: `${tools}:${process.env.PATH}` } })
  return new Promise(resolve => {
    let told = ''
    const hear = (bytes: Buffer): void => {
      told += bytes.toString()
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.on('close', () => {
      rmSync(cwd, { recursive: true })
      resolve(told)
    })
  })
}

/** Commands that do nothing with a program but what can be done here, which takes a part of the time; null for others. */
function inThisProcess({ files, commands }: Example): string[] | null {
  const source = { name: 'mwe.jl', text: files.get('mwe.jl') ?? '' }
  const [, command, call, plant] = /^adrepro (blame|run) mwe\.jl(?: --call '([^']*)')?(?: --plant (\S+))?$/.exec(commands) ?? []
  const fault = plant ?? null
  if (command === 'blame') return [finding(blame(source, { name: '--call', text: call! }, { profile: 'none', fault }))?.code ?? '']
  const read = command === 'run' && source.text.startsWith('#= adrepro') ? readCase(source) : null
  if (read?.kind !== 'case' || read.file.checks!.some(check => check.on.length > 0)) return null
  const newSession = () => createSession({ profile: 'none', write: () => undefined, verbose: false, fault })
  const session = newSession()
  session.load(source)
  return read.file.checks!.flatMap((check: Check) => {
    const outcome = judge({ check, program: source, session, newSession, name: 'check' })
    return outcome.kind === 'pass' ? [] : [outcome.diagnostic.code]
  })
}

describe('the commands of a page lead to what it is about', () => {
  it.concurrent.each(pages)('$code', async ({ code, ...example }) => {
    const here = inThisProcess(example)
    if (here) expect(here).toContain(code)
    else expect(await follow(example)).toContain(`[${code}]`)
  })
})
