/** The difference of two texts by lines, with a few lines around each change. Numbers of values (`%x.12`) do not count, for one more moves all after it. */

type Line = { readonly mark: ' ' | '-' | '+'; readonly text: string }

const AROUND = 2
/** Lines in which the longest common part is looked for; past it, everything counts as changed. */
const MOST_LINES = 3000

/** Longest common subsequence, from the end, so that the lines come out in order. */
function linesOf(before: readonly string[], after: readonly string[]): Line[] {
  const width = after.length + 1
  const longest = new Uint16Array((before.length + 1) * width)
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = after.length - 1; j >= 0; j--)
      longest[i * width + j] = isSame(before[i]!, after[j]!)
        ? longest[(i + 1) * width + j + 1]! + 1
        : Math.max(longest[(i + 1) * width + j]!, longest[i * width + j + 1]!)
  const lines: Line[] = []
  let [i, j] = [0, 0]
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && isSame(before[i]!, after[j]!)) {
      lines.push({ mark: ' ', text: before[i++]! })
      j++
    } else if (j >= after.length || (i < before.length && longest[(i + 1) * width + j]! >= longest[i * width + j + 1]!))
      lines.push({ mark: '-', text: before[i++]! })
    else lines.push({ mark: '+', text: after[j++]! })
  }
  return lines
}

function isSame(a: string, b: string): boolean {
  return a === b || unnumbered(a) === unnumbered(b)
}

function unnumbered(text: string): string {
  return text.replace(/(%[^\s,()[\]{}=:]*)\.\d+/g, '$1')
}

function split(text: string): string[] {
  return text.replace(/\n$/, '').split('\n')
}

/** Lines that begin with `-`, `+` or a blank; `…` stands for lines that are the same. Empty when there is no difference. */
export function lineDiff(before: string, after: string): string {
  if (before === after) return ''
  const [old, now] = [split(before), split(after)]
  let same = 0
  while (same < old.length && same < now.length && isSame(old[same]!, now[same]!)) same++
  const head = old.slice(0, same).map((text): Line => ({ mark: ' ', text }))
  const [restOld, restNow] = [old.slice(same), now.slice(same)]
  const isLong = restOld.length > MOST_LINES || restNow.length > MOST_LINES
  const rest = isLong
    ? [...restOld.map((text): Line => ({ mark: '-', text })), ...restNow.map((text): Line => ({ mark: '+', text }))]
    : linesOf(restOld, restNow)
  const lines = [...head, ...rest]
  const near = lines.map((_line, k) => lines.slice(Math.max(0, k - AROUND), k + AROUND + 1).some(line => line.mark !== ' '))
  return lines.flatMap((line, k) => (near[k] ? [`${line.mark} ${line.text}`] : near[k - 1] || k === 0 ? ['…'] : [])).join('\n')
}
