/** Times as options give them. */

/** Of `90`, `60s`, `5m`, `1h`; NaN for anything else. */
export function secondsOf(text: string): number {
  const match = /^(\d+(?:\.\d+)?)(s|m|h)?$/.exec(text.trim())
  return match ? Number(match[1]) * { s: 1, m: 60, h: 3600 }[(match[2] ?? 's') as 's' | 'm' | 'h'] : Number.NaN
}
