/** The activity of a function as text: every active value and piece of memory with its chain of reasons. */
import type { Attachment } from '../../diagnostics/diagnostic.ts'
import { printFunc } from '../3-ir/print.ts'
import { forEachParam } from '../3-ir/visit.ts'
import type { Activity } from './activity.ts'
import type { Reason } from './activity-found.ts'
import type { Differentiation } from './differentiation.ts'

const LONGEST_CHAIN = 8

/** `` `t`: f64.mul ← `x`: active parameter `` */
function chainText(reason: Reason): string {
  const links: string[] = []
  for (let at: Reason | null = reason; at; at = at.from) {
    if (links.length === LONGEST_CHAIN) {
      links.push('…')
      break
    }
    links.push(`${at.what}: ${at.how}`)
  }
  return links.join(' ← ')
}

export function activityText(activity: Activity): string {
  const lines: string[] = []
  const { func } = activity.aliases
  func.body.params.forEach((param, k) => lines.push(`parameter \`${param.name}\`: ${param.type}, ${activity.key.activity[k]}`))
  forEachParam(func.body, param => {
    const reason = activity.variedValues().get(param.id)
    if (reason) lines.push(`${activity.isActiveFloat(param.id) ? 'active' : 'varied, but nothing depends on it'}  ${chainText(reason)}`)
  })
  for (const reason of activity.activeObjects().values()) lines.push(`active memory  ${chainText(reason)}`)
  return lines.join('\n')
}

/** What a failure says in full of a function and its transform. */
export function workingsOf(d: Differentiation): Attachment[] {
  return [
    { title: `IR of ${d.func.label} before ${d.transform.mode} #${d.level}`, text: printFunc(d.func) },
    { title: `activity of ${d.func.label}`, text: activityText(d.activity) },
  ]
}
