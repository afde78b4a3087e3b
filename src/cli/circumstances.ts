/** How something was run, for the crash reproducer that it may leave. */
import type { Circumstances } from '../repro/crash-reproducer.ts'
import { version } from './version.ts'

export function circumstances(engine: string, plant: string | undefined, call: string | null): Circumstances {
  return { engine, plant: plant ?? null, call, versions: { adrepro: version(), node: process.version } }
}
