/** What has to be compiled anew when a function or global changes: whatever looked at it, and whoever used that. */

/** Something compiled, or being compiled. It knows who used it, not what it used: most things never change. */
export interface Dependent {
  /** Some of them twice. */
  readonly users: Dependent[]
  /** `under-way`: what it is compiled from now counts when that changes again. */
  state: 'under-way' | 'made' | 'stale'
}

export class Dependents<D extends Dependent> {
  readonly #lookedAt = new Map<object, D[]>()

  /** `by` is stale when `on` changes. */
  note(on: object, by: D): void {
    const known = this.#lookedAt.get(on)
    if (!known) this.#lookedAt.set(on, [by])
    else if (known.at(-1) !== by) known.push(by)
  }

  /** Takes what has become stale out of all that is made. */
  takeStale(changed: object): D[] {
    const direct = this.#lookedAt.get(changed)
    if (!direct) return []
    this.#lookedAt.set(
      changed,
      direct.filter(one => one.state === 'under-way'),
    )
    return this.takeUsers(direct)
  }

  /** What is being compiled from what looked at it, directly or by what it uses. */
  underWay(changed: object): ReadonlySet<Dependent> {
    const found = new Set<Dependent>()
    const seen = new Set<Dependent>()
    const work: Dependent[] = [...(this.#lookedAt.get(changed) ?? [])]
    for (let one = work.pop(); one; one = work.pop()) {
      if (seen.has(one) || one.state === 'stale') continue
      seen.add(one)
      if (one.state === 'under-way') found.add(one)
      work.push(...one.users)
    }
    return found
  }

  /** Takes these out of all that is made, and whatever used them. */
  takeUsers(first: readonly D[]): D[] {
    const stale: D[] = []
    const work: Dependent[] = [...first]
    for (let one = work.pop(); one; one = work.pop()) {
      if (one.state !== 'made') continue
      one.state = 'stale'
      stale.push(one as D)
      work.push(...one.users)
      one.users.length = 0
    }
    return stale
  }

  /** Lets go of what is stale, and of what nothing depends on. */
  tidy(): void {
    for (const [on, by] of this.#lookedAt) {
      const left = by.filter(isLive)
      if (left.length === 0) this.#lookedAt.delete(on)
      else if (left.length < by.length) this.#lookedAt.set(on, left)
      for (const { users } of left) users.splice(0, users.length, ...users.filter(isLive))
    }
  }
}

function isLive({ state }: Dependent): boolean {
  return state !== 'stale'
}

/** `user` is stale when what it used is. */
export function noteUse(used: Dependent, user: Dependent): void {
  if (used.users.at(-1) !== user) used.users.push(user)
}
