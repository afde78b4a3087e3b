/** The number of the last entry that is not above `at`, by halving; `starts` rise, and the first is not above it. */
export function lastStart(starts: ArrayLike<number>, at: number): number {
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (starts[middle]! <= at) low = middle
    else high = middle - 1
  }
  return low
}
