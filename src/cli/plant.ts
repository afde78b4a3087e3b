/** `--plant`: which faults there are. */
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { diagnostic } from '../diagnostics/report.ts'

/** The faults are in the engine, which is loaded only when one is named. */
export async function unknownFault(id: string | undefined): Promise<Diagnostic[]> {
  if (id === undefined) return []
  const { faults } = await import('../engine/index.ts')
  if (faults().has(id)) return []
  const near = [...faults().keys()].filter(known => known.split(':').some(part => id.split(':').includes(part)))
  const some =
    near.length > 0
      ? `; there are ${near
          .slice(0, 8)
          .map(name => `\`${name}\``)
          .join(', ')}`
      : ''
  return [diagnostic('parse', 'cli.bad-usage', { why: `There is no fault \`${id}\` to plant${some}` }, null)]
}
