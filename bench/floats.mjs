/** Vectors of numbers for the workloads. */

export function floats(n, element) {
  const made = new Float64Array(n)
  for (let i = 0; i < n; i++) made[i] = element(i)
  return made
}

export function concatenated(...vectors) {
  const made = new Float64Array(vectors.reduce((n, v) => n + v.length, 0))
  let at = 0
  for (const v of vectors) {
    made.set(v, at)
    at += v.length
  }
  return made
}
