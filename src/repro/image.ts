/**
 * Startup images of the process of a case: its memory after the engine was loaded and had compiled a program of common calls. Starting from one saves
 * that work. An image fits one version of V8 with one set of options, and the very files it was made of; where it does not fit, or there is none,
 * the process starts from nothing.
 */
import { existsSync, readFileSync, type Stats, statSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { EngineName } from './engines/table.ts'

/** What an image was made of, and by whom. */
interface Fit {
  /** Of a process without options: version, build and processor. */
  readonly tag: number
  readonly inputs: readonly { readonly path: string; readonly size: number; readonly changed: number }[]
}

const IMAGES = new URL(import.meta.url.endsWith('.ts') ? '../../dist/images/' : '../images/', import.meta.url)

/** What programs do that start from an image. What it holds is paid for at each start, so those that find no derivatives have one without. */
export type Purpose = 'derivatives' | 'plain'

export function imageFile(engine: EngineName, megabytes: number, purpose: Purpose = 'derivatives'): string {
  return fileURLToPath(new URL(`${engine.replace(':', '-')}-${megabytes}${purpose === 'plain' ? '-plain' : ''}.blob`, IMAGES))
}

function fitFile(image: string): string {
  return `${image}.json`
}

type Input = Fit['inputs'][number]

function input(path: string): Input {
  const { size, mtimeMs } = statSync(path)
  return { path, size, changed: mtimeMs }
}

/** Node loads the module when it is asked for, and what is started first has no need of it. */
function versionTag(): number {
  return process.getBuiltinModule('node:v8').cachedDataVersionTag()
}

/** Says of a new image what it was made of. */
export function noteFit(image: string, inputs: readonly string[]): void {
  const fit: Fit = { tag: versionTag(), inputs: inputs.map(input) }
  writeFileSync(fitFile(image), JSON.stringify(fit))
}

/** Files that were looked at: images that are asked for at once are made of nearly the same. */
export type Looked = Map<string, Stats | undefined>

function isUnchanged(was: Input, looked: Looked): boolean {
  if (!looked.has(was.path)) looked.set(was.path, statSync(was.path, { throwIfNoEntry: false }))
  const now = looked.get(was.path)
  return now !== undefined && now.size === was.size && now.mtimeMs === was.changed
}

/** Can a process of this Node be started from it? */
export function isFitting(image: string, looked: Looked = new Map()): boolean {
  if (!existsSync(fitFile(image)) || !existsSync(image)) return false
  const fit = JSON.parse(readFileSync(fitFile(image), 'utf8')) as Fit
  return fit.tag === versionTag() && fit.inputs.every(was => isUnchanged(was, looked))
}

/** The image for a process of this engine and size; null if none fits. */
export function fittingImage(engine: EngineName, megabytes: number, looked?: Looked): string | null {
  const image = imageFile(engine, megabytes)
  return isFitting(image, looked) ? image : null
}
