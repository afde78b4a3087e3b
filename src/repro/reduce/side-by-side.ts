/** Does work for each of some things, so many at a time, in their order; what is not begun when `isOver` is left out. */
export async function sideBySide<T, R>(
  things: readonly T[],
  jobs: number,
  work: (thing: T) => Promise<R>,
  isOver: () => boolean = () => false,
): Promise<R[]> {
  const made: Promise<R>[] = []
  let next = 0
  const worker = async () => {
    while (next < things.length && !isOver()) {
      const at = next++
      made[at] = work(things[at]!)
      await made[at]
    }
  }
  await Promise.all(Array.from({ length: jobs }, worker))
  return Promise.all(made)
}
