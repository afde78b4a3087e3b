import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { adrepro, folderWith, root } from './adrepro.ts'

test('the transcript in README.md is what happens', async () => {
  const text = readFileSync(join(root, 'README.md'), 'utf8')
  const transcript = /```\n(\$ cat mwe\.jl\n[\s\S]*?)```/.exec(text)![1]!
  const [cat, ...commands] = transcript.split(/^\$ /m).slice(1)
  const cwd = folderWith({ 'mwe.jl': `${cat!.replace('cat mwe.jl\n', '').trim()}\n` })
  expect(commands).toHaveLength(2)
  for (const command of commands) {
    const [line, ...printed] = command.trim().split('\n')
    // A terminal shows both.
    const { stdout, stderr } = await adrepro(line!.split(' ').slice(1), { cwd })
    expect(`${stdout}${stderr}`.trim()).toBe(printed.join('\n').trim())
  }
})
