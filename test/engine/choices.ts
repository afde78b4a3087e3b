/** Decisions taken from a list of numbers, then from zeros: shrinking the list shrinks whatever is decided by it, and 0 is the simplest. */
export class Choices {
  private position = 0
  private readonly list: readonly number[]

  constructor(list: readonly number[]) {
    this.list = list
  }

  below(n: number): number {
    const value = this.list[this.position++] ?? 0
    return value % n
  }

  of<T>(items: readonly T[]): T {
    const item = items[this.below(items.length)]
    if (item === undefined) throw new Error('nothing to choose from')
    return item
  }

  /** One of a list whose newest members come first, those more often. */
  recent<T>(items: readonly T[]): T {
    const first = this.below(items.length)
    const second = this.below(items.length)
    const item = items[Math.min(first, second)]
    if (item === undefined) throw new Error('nothing to choose from')
    return item
  }
}
