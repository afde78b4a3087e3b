/** Times in milliseconds. */

export function elapsed(run) {
  const start = performance.now()
  run()
  return performance.now() - start
}

/** Smallest time of several runs. */
export function best(times, run) {
  let smallest = Infinity
  for (let i = 0; i < times; i++) smallest = Math.min(smallest, elapsed(run))
  return smallest
}

/** The smallest answer of each of several measurements that take turns, so that what else the machine does hits all of them. */
export function bestInTurns(rounds, measurements) {
  const smallest = measurements.map(() => Infinity)
  for (let round = 0; round < rounds; round++)
    measurements.forEach((measure, i) => {
      smallest[i] = Math.min(smallest[i], measure())
    })
  return smallest
}
