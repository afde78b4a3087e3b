/** Names, labels and nesting levels of derived functions. */
import { invariant } from '../../diagnostics/bug.ts'
import type { Module, Transform } from '../3-ir/ir.ts'
import { forEachInst } from '../3-ir/visit.ts'

const SHORT = { forward: 'fwd', augmented: 'aug', reverse: 'rev', gradient: 'grad', caught: 'caught' } as const

/**
 * The key of `Module.derived` and the name of the function: `rev[a!c]!i(f)`; `!` after each of the parameters and the results whose memory may be
 * overwritten, `i` for the interface, `~` for no primal, `0` for strong zeros, `c` or `l` for whose rules are followed, `r` and `w2` for what
 * is distinguished of modes and profiles, `?1.2` for guarded parameters, `x3` for three shadows at once, `&` for watched.
 */
export function transformName(transform: Transform): string {
  const mark = (i: number): string => (transform.overwritten[i] ? '!' : '')
  const activity = transform.activity.map((entry, i) => `${entry[0]}${mark(i)}`).join('')
  const modelled = `${transform.runtimeActivity ? 'r' : ''}${transform.readOnly === undefined ? '' : `w${transform.readOnly}`}`
  const flags = `${mark(transform.activity.length)}${transform.interface ? 'i' : ''}${transform.primal === false ? '~' : ''}${transform.strongZero ? '0' : ''}${transform.rules?.[0] ?? ''}${modelled}${transform.guarded ? `?${transform.guarded.join('.')}` : ''}${transform.width === undefined ? '' : `x${transform.width}`}${transform.watched ? '&' : ''}`
  return `${SHORT[transform.mode]}[${activity}]${flags}(${transform.of})`
}

/** Registers a transform, so that its name can be called; the function is made when it is first resolved. */
export function requestDerived(module: Module, transform: Transform): string {
  const name = transformName(transform)
  if (!module.derived.has(name)) module.derived.set(name, transform)
  return name
}

/**
 * How many transforms deep the code of a function goes, in its own instructions or in what it calls: 0 for a program without
 * derivatives. The transform of a function of level n has number n + 1.
 */
export function levelOf(module: Module, name: string, known: Map<string, number>): number {
  const before = known.get(name)
  if (before !== undefined) return before
  known.set(name, 0)
  const transform = module.derived.get(name)
  let level = 0
  if (transform) level = (transform.mode === 'caught' ? 0 : 1) + levelOf(module, transform.of, known)
  else {
    const f = module.funcs.get(name)
    invariant(f, `no function ${name}`)
    forEachInst(f.body, inst => {
      level = Math.max(level, inst.at.made.length, inst.kind === 'call' ? levelOf(module, inst.callee, known) : 0)
    })
  }
  known.set(name, level)
  return level
}
