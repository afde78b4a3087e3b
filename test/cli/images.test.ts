/** A process that starts from an image finds what one finds that starts from nothing. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Script } from 'node:vm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { wrapped } from '../../src/cli/kept-code.ts'
import { runTask, startChild, type Waiting } from '../../src/repro/child.ts'
import { EarlyChildren } from '../../src/repro/early-children.ts'
import type { EngineName } from '../../src/repro/engines/table.ts'
import { fittingImage, imageFile, isFitting, noteFit } from '../../src/repro/image.ts'
import { CASE_MEGABYTES, EXEC_MEGABYTES } from '../../src/repro/limits.ts'
import { optimiseAfter } from '../../src/repro/optimiser.ts'
import type { Message } from '../../src/repro/protocol.ts'

const MODEL = readFileSync(new URL('../../cases/nested/reverse-over-reverse-matrix.jl', import.meta.url), 'utf8')

// What was kept fits a V8 with its own options only, and tests run with one of another value (vitest.config.ts). This is what it is by itself.
beforeAll(() => optimiseAfter(1))
afterAll(() => optimiseAfter(8))

/** Names that the warm-up has too, methods for functions that it compiled, state, and failures of several stages. */
const PROGRAMS: readonly string[] = [
  MODEL,
  `using Enzyme, Test
square(x) = x * x * x
struct Model; a::Float64; end
norm2(m::Model) = m.a^2
@test square(2.0) == 8.0
@test autodiff(Reverse, square, Active, Active(2.0))[1][1] == 12.0
@test norm2(Model(3.0)) == 9.0
@show square, rand(), typeof(x -> x), @isdefined(slope)`,
  `struct Money; cents::Int; end
Base.:+(a::Money, b::Money) = Money(a.cents + b.cents)
Base.:*(k::Number, m::Money) = Money(k * m.cents)
Base.zero(::Type{Money}) = Money(0)
Base.show(io::IO, m::Money) = print(io, m.cents, "ct")
println(sum([Money(1), Money(2)]), " ", 2 .* [Money(3)])
Base.sin(x::Float64) = 0.0
println(sin.([1.0, 2.0]))`,
  'using Test\n@testset "a" begin\n@test 1 == 2\n@test sqrt(-1.0) > 0\nend',
  'to_vector(1.0)',
  'f(x) = [1, 2][x]\nf(3)',
  'let x = 1',
]

async function messages(text: string, engine: EngineName, child: Waiting): Promise<unknown> {
  const heard: Message[] = []
  let printed = ''
  const task = { source: { name: 'p.jl', text }, engine, verbose: false, plant: null, checks: [], from: 0 }
  const end = await runTask(task, child, 60, {
    message: m => heard.push(m),
    output: bytes => {
      printed += bytes.toString()
    },
  })
  const all = JSON.stringify({ heard: heard.map(m => ('seconds' in m ? { ...m, seconds: 0 } : m)), printed, end })
  // Functions of the IR that would have one name are numbered, and those of an image are counted.
  return JSON.parse(all.replace(/(@[^\s"\\]*)\.\d+/g, '$1'))
}

describe('a program started from an image', () => {
  for (const engine of ['builtin', 'builtin:enzyme-0.13', 'builtin:zygote'] as const) {
    it(`on ${engine} is the same as one started from nothing`, async () => {
      const image = fittingImage(engine, CASE_MEGABYTES)
      expect(image).not.toBeNull()
      const from = (of: string | null) => startChild(CASE_MEGABYTES, engine, of)
      const programs = engine === 'builtin' ? PROGRAMS : PROGRAMS.slice(0, 3)
      for (const text of programs) expect(await messages(text, engine, from(image))).toEqual(await messages(text, engine, from(null)))
    })
  }
})

it('a program without derivatives finds the same from an image without any', async () => {
  const image = imageFile('builtin', EXEC_MEGABYTES, 'plain')
  expect(isFitting(image)).toBe(true)
  const from = (of: string | null) => startChild(EXEC_MEGABYTES, 'builtin', of)
  for (const text of PROGRAMS.slice(2, 4))
    expect(await messages(text, 'builtin', from(image))).toEqual(await messages(text, 'builtin', from(null)))
})

describe('an image', () => {
  const folder = mkdtempSync(join(tmpdir(), 'adrepro-image-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const image = join(folder, 'a.blob')
  const source = join(folder, 'a.jl')

  it('fits while what it was made of is unchanged', () => {
    writeFileSync(source, 'x = 1')
    writeFileSync(image, '')
    noteFit(image, [source])
    expect(isFitting(image)).toBe(true)
    writeFileSync(source, 'x = 11')
    expect(isFitting(image)).toBe(false)
    noteFit(image, [source])
    expect(isFitting(image)).toBe(true)
    rmSync(source)
    expect(isFitting(image)).toBe(false)
  })

  it('of another Node does not fit', () => {
    writeFileSync(source, 'x = 1')
    noteFit(image, [source])
    const notes = join(folder, readdirSync(folder).find(name => name.endsWith('.json'))!)
    const fit = JSON.parse(readFileSync(notes, 'utf8')) as { tag: number }
    writeFileSync(notes, JSON.stringify({ ...fit, tag: fit.tag + 1 }))
    expect(isFitting(image)).toBe(false)
  })

  it('that a process was started from too early, and does not fit, costs that process only', async () => {
    const megabytes = CASE_MEGABYTES + 1
    const file = imageFile('builtin', megabytes)
    writeFileSync(file, 'an image of another Node')
    try {
      const child = new EarlyChildren([{ engine: 'builtin', megabytes }]).take('builtin', megabytes)
      expect(JSON.stringify(await messages('println(1 + 1)', 'builtin', child))).toContain('"printed":"2\\n"')
    } finally {
      rmSync(file)
    }
  })

  it('is never one that there is not', () => {
    expect(isFitting(join(folder, 'b.blob'))).toBe(false)
    expect(fittingImage('builtin', CASE_MEGABYTES - 1)).toBeNull()
  })
})

describe('the kept code of the command line', () => {
  it.each(['main.cjs', 'apart.cjs'])('fits its script %s', name => {
    const file = fileURLToPath(new URL(`../../dist/cli/${name}`, import.meta.url))
    const script = new Script(wrapped(readFileSync(file, 'latin1')), { filename: file, cachedData: readFileSync(`${file}.code`) })
    expect(script.cachedDataRejected).toBe(false)
  })
})
