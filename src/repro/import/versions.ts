/** What a report says of versions: the lines that `versioninfo()` and `Pkg.status()` print. */

const JULIA = /^\s*(?:Julia )?Version (\d+\.\d+\.\d+\S*)/
const PACKAGE = /^\s*(?:[⌃⌅→!]\s*)*\[[0-9a-f]{8}\]\s*(?:[+~^↑↓⌃⌅-]\s*)?([A-Za-z]\w*)\s+v?(\d+\.\d+\.\d+\S*)/
const AROUND =
  /^\s*(?:Commit [0-9a-f]{6,}|Build Info:|Official https|Platform Info:|OS:|CPU:|Memory:|Uptime:|Load Avg|WORD_SIZE:|LIBM:|LLVM:|LIBLLVM:|GC:|Threads:|Environment:|JULIA_\w+ =|Status `|Project |Info Packages|\[[0-9a-f]{8}\])/

export interface Versions {
  /** `Julia 1.10.4`, `Enzyme 0.13.5`. */
  readonly found: readonly string[]
  /** The rest, in order. */
  readonly others: readonly string[]
}

export function takeVersions(lines: readonly string[]): Versions {
  const found: string[] = []
  const others: string[] = []
  for (const line of lines) {
    const julia = JULIA.exec(line)
    const own = PACKAGE.exec(line)
    if (julia) found.push(`Julia ${julia[1]}`)
    else if (own) found.push(`${own[1]} ${own[2]}`)
    else if (!AROUND.test(line)) others.push(line)
  }
  return { found, others }
}
