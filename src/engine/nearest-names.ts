/** Names that somebody may have meant, by how many letters have to change. */

/** The nearest first: at most a third of the letters differ. */
export function nearestNames(name: string, known: Iterable<string>): string[] {
  // With one letter changed, every short name is near to every other.
  if (name.length < 3) return []
  const most = Math.floor(name.length / 3)
  return [...new Set(known)]
    .filter(other => other !== name && Math.abs(other.length - name.length) <= most)
    .map(other => ({ other, changes: distance(name, other) }))
    .filter(({ changes }) => changes <= most)
    .sort((a, b) => a.changes - b.changes || (a.other < b.other ? -1 : 1))
    .slice(0, 3)
    .map(({ other }) => other)
}

/** Letters to insert, take out, replace, or exchange with their neighbour. */
function distance(a: string, b: string): number {
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const now = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      let least = Math.min(last[j]! + 1, now[j - 1]! + 1, last[j - 1]! + same)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, before[j - 2]! + 1)
      now.push(least)
    }
    before = last
    last = now
  }
  return last[b.length]!
}
