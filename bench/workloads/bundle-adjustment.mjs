/** Reprojection errors by hand. The reverse sweep computes an observation again instead of keeping anything of it. */
import { concatenated, floats } from '../floats.mjs'

const CAMERA = 11

export const bundleAdjustment = {
  name: 'bundle adjustment',
  program: 'bundle-adjustment.jl',
  sizes: { full: [100, 5000, 50_000], quick: [100, 5000, 5000] },
  iterations: (_n, _m, observations) => ({ count: observations, of: 'observation' }),
  setup: (n, m, observations) => ({
    observations,
    cameras: floats(CAMERA * n, at => {
      const r = (at % CAMERA) + 1
      const i = Math.floor(at / CAMERA) + 1
      return r === 7 ? 500 : r > 9 ? 0.01 * Math.sin(i) : r === 6 ? -8 : 0.3 * Math.sin(1.3 * r + i)
    }),
    points: floats(3 * m, at => Math.sin(2.1 * ((at % 3) + 1) * (Math.floor(at / 3) + 1))),
    weights: floats(observations, k => 1 + 0.1 * Math.sin(k + 1)),
    seen: floats(2 * observations, at => 100 * Math.cos(0.3 * ((at % 2) + 1) * (Math.floor(at / 2) + 1))),
    pairs: floats(2 * observations, at => (at % 2 === 0 ? ((7 * (at / 2 + 1)) % n) + 1 : ((13 * ((at - 1) / 2 + 1)) % m) + 1)),
    out: new Float64Array(2 * observations),
    dout: new Float64Array(2 * observations),
    dcameras: new Float64Array(CAMERA * n),
    dpoints: new Float64Array(3 * m),
  }),
  primal(data, times) {
    let sum = 0
    for (let t = 0; t < times; t++) {
      data.cameras[0] += 1e-9
      sum += cost(data)
    }
    return sum
  },
  gradient(data, times) {
    for (let t = 0; t < times; t++) {
      data.cameras[0] += 1e-9
      data.dcameras.fill(0)
      data.dpoints.fill(0)
      reverse(data)
    }
    return concatenated(data.dcameras, data.dpoints)
  },
}

function cost({ observations, cameras, points, weights, seen, pairs, out }) {
  for (let k = 0; k < observations; k++) {
    const c = CAMERA * (pairs[2 * k] - 1)
    const p = 3 * (pairs[2 * k + 1] - 1)
    const r1 = cameras[c]
    const r2 = cameras[c + 1]
    const r3 = cameras[c + 2]
    const x1 = points[p] - cameras[c + 3]
    const x2 = points[p + 1] - cameras[c + 4]
    const x3 = points[p + 2] - cameras[c + 5]
    const square = r1 * r1 + r2 * r2 + r3 * r3
    let x
    let y
    let z
    if (square > 1e-20) {
      const angle = Math.sqrt(square)
      const sin = Math.sin(angle)
      const cos = Math.cos(angle)
      const a1 = r1 / angle
      const a2 = r2 / angle
      const a3 = r3 / angle
      const along = (a1 * x1 + a2 * x2 + a3 * x3) * (1 - cos)
      x = x1 * cos + (a2 * x3 - a3 * x2) * sin + a1 * along
      y = x2 * cos + (a3 * x1 - a1 * x3) * sin + a2 * along
      z = x3 * cos + (a1 * x2 - a2 * x1) * sin + a3 * along
    } else {
      x = x1 + (r2 * x3 - r3 * x2)
      y = x2 + (r3 * x1 - r1 * x3)
      z = x3 + (r1 * x2 - r2 * x1)
    }
    const u = x / z
    const v = y / z
    const q = u * u + v * v
    const distortion = 1 + cameras[c + 9] * q + cameras[c + 10] * (q * q)
    const f = cameras[c + 6]
    out[2 * k] = weights[k] * (f * distortion * u + cameras[c + 7] - seen[2 * k])
    out[2 * k + 1] = weights[k] * (f * distortion * v + cameras[c + 8] - seen[2 * k + 1])
  }
  let sum = 0
  for (let k = 0; k < out.length; k++) sum += out[k] * out[k]
  return 0.5 * sum
}

function reverse(data) {
  const value = cost(data)
  const { observations, cameras, points, weights, pairs, out, dout, dcameras, dpoints } = data
  for (let k = 0; k < out.length; k++) dout[k] += out[k]
  for (let k = observations - 1; k >= 0; k--) {
    const c = CAMERA * (pairs[2 * k] - 1)
    const p = 3 * (pairs[2 * k + 1] - 1)
    const r1 = cameras[c]
    const r2 = cameras[c + 1]
    const r3 = cameras[c + 2]
    const x1 = points[p] - cameras[c + 3]
    const x2 = points[p + 1] - cameras[c + 4]
    const x3 = points[p + 2] - cameras[c + 5]
    const square = r1 * r1 + r2 * r2 + r3 * r3
    const isTurned = square > 1e-20
    let angle = 0
    let sin = 0
    let cos = 1
    let a1 = r1
    let a2 = r2
    let a3 = r3
    if (isTurned) {
      angle = Math.sqrt(square)
      sin = Math.sin(angle)
      cos = Math.cos(angle)
      a1 = r1 / angle
      a2 = r2 / angle
      a3 = r3 / angle
    }
    const dot = a1 * x1 + a2 * x2 + a3 * x3
    const along = dot * (1 - cos)
    const s = isTurned ? sin : 1
    const k1 = a2 * x3 - a3 * x2
    const k2 = a3 * x1 - a1 * x3
    const k3 = a1 * x2 - a2 * x1
    const x = x1 * cos + k1 * s + (isTurned ? a1 * along : 0)
    const y = x2 * cos + k2 * s + (isTurned ? a2 * along : 0)
    const z = x3 * cos + k3 * s + (isTurned ? a3 * along : 0)
    const u = x / z
    const v = y / z
    const q = u * u + v * v
    const l1 = cameras[c + 9]
    const l2 = cameras[c + 10]
    const distortion = 1 + l1 * q + l2 * (q * q)
    const f = cameras[c + 6]

    const du0 = weights[k] * dout[2 * k]
    const dv0 = weights[k] * dout[2 * k + 1]
    dout[2 * k] = 0
    dout[2 * k + 1] = 0
    dcameras[c + 7] += du0
    dcameras[c + 8] += dv0
    const both = du0 * u + dv0 * v
    dcameras[c + 6] += distortion * both
    const dDistortion = f * both
    dcameras[c + 9] += dDistortion * q
    dcameras[c + 10] += dDistortion * (q * q)
    const dq = dDistortion * (l1 + 2 * l2 * q)
    const du = du0 * f * distortion + 2 * u * dq
    const dv = dv0 * f * distortion + 2 * v * dq
    const dx = du / z
    const dy = dv / z
    const dz = -(dx * u + dy * v)
    // The rotated point is x cos + (a × x) s + a along.
    let dx1 = dx * cos
    let dx2 = dy * cos
    let dx3 = dz * cos
    const dk1 = dx * s
    const dk2 = dy * s
    const dk3 = dz * s
    dx1 += dk2 * a3 - dk3 * a2
    dx2 += dk3 * a1 - dk1 * a3
    dx3 += dk1 * a2 - dk2 * a1
    let da1 = dk3 * x2 - dk2 * x3
    let da2 = dk1 * x3 - dk3 * x1
    let da3 = dk2 * x1 - dk1 * x2
    if (isTurned) {
      const dAlong = dx * a1 + dy * a2 + dz * a3
      const dDot = dAlong * (1 - cos)
      da1 += dx * along + dDot * x1
      da2 += dy * along + dDot * x2
      da3 += dz * along + dDot * x3
      dx1 += dDot * a1
      dx2 += dDot * a2
      dx3 += dDot * a3
      const dCos = dx * x1 + dy * x2 + dz * x3 - dAlong * dot
      const dSin = dx * k1 + dy * k2 + dz * k3
      const dAngle = dSin * cos - dCos * sin - (da1 * a1 + da2 * a2 + da3 * a3) / angle
      const dSquare = dAngle / (2 * angle)
      dcameras[c] += da1 / angle + 2 * r1 * dSquare
      dcameras[c + 1] += da2 / angle + 2 * r2 * dSquare
      dcameras[c + 2] += da3 / angle + 2 * r3 * dSquare
    } else {
      dcameras[c] += da1
      dcameras[c + 1] += da2
      dcameras[c + 2] += da3
    }
    dpoints[p] += dx1
    dpoints[p + 1] += dx2
    dpoints[p + 2] += dx3
    dcameras[c + 3] -= dx1
    dcameras[c + 4] -= dx2
    dcameras[c + 5] -= dx3
  }
  return value
}
