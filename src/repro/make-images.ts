/** Makes the startup images; a step of the build. Without them everything works, and starts later. */
import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import type { EngineName } from './engines/table.ts'
import { imageFile, noteFit } from './image.ts'
import { CASE_MEGABYTES, childEnvironment, EXEC_MEGABYTES, imageArguments, limitedNode } from './limits.ts'

/** Which processes are started most. */
const KINDS: readonly { readonly engine: EngineName; readonly megabytes: number }[] = [
  { engine: 'builtin', megabytes: CASE_MEGABYTES },
  { engine: 'builtin:enzyme-0.13', megabytes: CASE_MEGABYTES },
  { engine: 'builtin', megabytes: EXEC_MEGABYTES },
]

/** `script` is the bundled `worker-image.ts`; `inputs` are the other files that an image holds the contents of. Says why an image could not be made. */
export function makeImages(script: string, warmUp: string, inputs: readonly string[]): string[] {
  return KINDS.flatMap(({ engine, megabytes }) => {
    const image = imageFile(engine, megabytes)
    rmSync(image, { force: true })
    const { file, args } = limitedNode([...imageArguments(image), '--build-snapshot', script, engine, warmUp], null, megabytes)
    const { status, stderr } = spawnSync(file, args, { encoding: 'utf8', env: childEnvironment() })
    if (status !== 0) return [`no startup image for ${engine}: ${stderr.trim().split('\n').at(-1)}`]
    noteFit(image, [script, warmUp, ...inputs])
    return []
  })
}
