/** Makes the startup images; a step of the build. Without them everything works, and starts later. */
import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import type { EngineName } from './engines/table.ts'
import { imageFile, noteFit, type Purpose } from './image.ts'
import { CASE_MEGABYTES, childEnvironment, EXEC_MEGABYTES, imageArguments, limitedNode } from './limits.ts'

interface Kind {
  readonly engine: EngineName
  readonly megabytes: number
  readonly purpose: Purpose
  readonly after: readonly Purpose[]
}

/** Which processes are started most, and after which programs. Scripts print and test; calls of cases do not. */
const KINDS: readonly Kind[] = [
  { engine: 'builtin', megabytes: CASE_MEGABYTES, purpose: 'derivatives', after: ['derivatives'] },
  { engine: 'builtin:enzyme-0.13', megabytes: CASE_MEGABYTES, purpose: 'derivatives', after: ['derivatives'] },
  { engine: 'builtin:zygote', megabytes: CASE_MEGABYTES, purpose: 'derivatives', after: ['derivatives'] },
  { engine: 'builtin', megabytes: EXEC_MEGABYTES, purpose: 'derivatives', after: ['derivatives', 'plain'] },
  { engine: 'builtin', megabytes: EXEC_MEGABYTES, purpose: 'plain', after: ['plain'] },
]

/** Files of the programs that are run before an image is made. */
export type WarmUps = Readonly<Record<Purpose, string>>

/** `worker` is the bundled `worker-image.ts`; `inputs` are the other files that an image holds the contents of. Says why an image could not be made. */
export function makeImages(worker: string, warmUps: WarmUps, inputs: readonly string[]): string[] {
  return KINDS.flatMap(({ engine, megabytes, purpose, after }) => {
    const run = after.map(each => warmUps[each])
    const image = imageFile(engine, megabytes, purpose)
    rmSync(image, { force: true })
    const { file, args } = limitedNode([...imageArguments(image), '--build-snapshot', worker, engine, ...run], null, megabytes)
    const { status, stderr } = spawnSync(file, args, { encoding: 'utf8', env: childEnvironment() })
    if (status !== 0) return [`no startup image for ${engine}: ${stderr.trim().split('\n').at(-1)}`]
    noteFit(image, [worker, ...run, ...inputs])
    return []
  })
}
