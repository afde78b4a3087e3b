/** Makes the startup images; a step of the build. Without them everything works, and starts later. */
import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import type { EngineName } from './engines/table.ts'
import { imageFile, noteFit } from './image.ts'
import { CASE_MEGABYTES, childEnvironment, EXEC_MEGABYTES, imageArguments, limitedNode } from './limits.ts'

/** Which processes are started most. What an image holds is paid for at each start: scripts print and test, calls of cases do not. */
const KINDS: readonly { readonly engine: EngineName; readonly megabytes: number; readonly runs: 'case' | 'script' }[] = [
  { engine: 'builtin', megabytes: CASE_MEGABYTES, runs: 'case' },
  { engine: 'builtin:enzyme-0.13', megabytes: CASE_MEGABYTES, runs: 'case' },
  { engine: 'builtin:zygote', megabytes: CASE_MEGABYTES, runs: 'case' },
  { engine: 'builtin', megabytes: EXEC_MEGABYTES, runs: 'script' },
]

/** Programs that are run before an image is made, the one of cases before that of scripts. */
export interface WarmUps {
  readonly case: string
  readonly script: string
}

/** `worker` is the bundled `worker-image.ts`; `inputs` are the other files that an image holds the contents of. Says why an image could not be made. */
export function makeImages(worker: string, warmUps: WarmUps, inputs: readonly string[]): string[] {
  return KINDS.flatMap(({ engine, megabytes, runs }) => {
    const run = runs === 'case' ? [warmUps.case] : [warmUps.case, warmUps.script]
    const image = imageFile(engine, megabytes)
    rmSync(image, { force: true })
    const { file, args } = limitedNode([...imageArguments(image), '--build-snapshot', worker, engine, ...run], null, megabytes)
    const { status, stderr } = spawnSync(file, args, { encoding: 'utf8', env: childEnvironment() })
    if (status !== 0) return [`no startup image for ${engine}: ${stderr.trim().split('\n').at(-1)}`]
    noteFit(image, [worker, ...run, ...inputs])
    return []
  })
}
