/** The limits of Zygote, which reads the program and takes the library's functions by their rules: none of those writes to what it was given. */
import type { Inst, Loc } from '../3-ir/ir.ts'
import { isArray } from '../3-ir/types.ts'
import { boxedRead, markedObjects } from './limit-facts.ts'
import { ZYGOTE } from './limit-versions.ts'
import type { Found, Limit, MetFunction } from './limits.ts'

export const ZYGOTE_LIMITS: readonly Limit[] = [
  {
    id: 'mutation',
    profile: 'zygote',
    issue: 1308,
    versions: ZYGOTE,
    point: 'the program writes to an array after the call that made it',
    delivery: 'emitted',
    code: 'ad.mutation',
    exception: 'ErrorException',
    help: ['make the array in one expression: a comprehension, a broadcast, `map`', 'write into a `Zygote.Buffer` and `copy` it'],
    at: 'function',
    find: mutation,
  },
  {
    id: 'resized-array',
    profile: 'zygote',
    issue: 147,
    versions: ZYGOTE,
    point: 'the program changes the length of an array after the call that made it',
    delivery: 'emitted',
    code: 'ad.resized-array',
    exception: 'ErrorException',
    help: ['join arrays: `vcat(v, x)`', 'write into a `Zygote.Buffer`'],
    at: 'function',
    find: resized,
  },
  {
    id: 'typed-comprehension',
    profile: 'zygote',
    issue: 1343,
    versions: ZYGOTE,
    point: 'a comprehension with an element type stores its elements one by one',
    delivery: 'emitted',
    code: 'ad.typed-comprehension',
    exception: 'ErrorException',
    help: ['leave the type out: `[f(x) for x in xs]`'],
    at: 'function',
    find: met => {
      const [mark] = markedObjects(met.d, 'setindex!')
      return mark ? { inst: mark, at: mark.at, what: 'setindex!', label: 'this comprehension has an element type' } : null
    },
  },
  {
    id: 'try-catch',
    profile: 'zygote',
    issue: 88,
    versions: ZYGOTE,
    point: 'the differentiated function has a `try`',
    delivery: 'compile',
    code: 'ad.try-catch',
    exception: 'CompileError',
    help: ['test for the failing case instead of catching its exception'],
    at: 'function',
    find: ({ tryAt }) => (tryAt === null ? null : { inst: null, at: tryAt, what: tryAt.fn, label: 'exceptions are caught here' }),
  },
  {
    id: 'boxed-variable',
    profile: 'zygote',
    issue: 1290,
    versions: ZYGOTE,
    point: 'a captured variable that is assigned again carries a derivative',
    delivery: 'emitted',
    code: 'ad.boxed-variable',
    exception: 'ErrorException',
    help: ['give the function the value as an argument', 'assign it once: `let x = x; y -> x * y; end`'],
    at: 'function',
    find: ({ d }) => boxedRead(d, 2),
  },
]

/** The place in the program at which the library's code that does this was called; null in a function of the library itself. */
function callOfProgram(at: Loc): Loc | null {
  for (let here: Loc | null = at; here; here = here.inlinedAt) if (here.origin === 'user') return here
  return null
}

/** Does this instruction write to an array that was there before the program's call of which it is part? */
function writesTo(met: MetFunction, inst: Inst): boolean {
  const { activity, module } = met.d
  const site = inst.at.made.length > 0 ? null : callOfProgram(inst.at)
  if (site === null) return false
  // A function of the program is looked at by itself.
  if (inst.kind === 'call' && module.funcs.get(inst.callee)?.at.origin !== 'base') return false
  const buffers = new Set(markedObjects(met.d, 'buffer').flatMap(mark => [...activity.aliases.points(mark.args[1]!)]))
  return [...activity.aliases.writes(inst)].some(index => {
    const object = activity.aliases.object(index)
    if (!activity.isActiveObject(index) || buffers.has(index) || object.type === null || !isArray(object.type)) return false
    if (object.kind !== 'local') return object.kind === 'param' || object.kind === 'deep'
    return object.site !== inst && object.site !== null && callOfProgram(object.site.at) !== site
  })
}

/** Calls of the program that change the length of an array, and may write to it as part of that. */
function resizingCalls({ d }: MetFunction): ReadonlySet<Loc | null> {
  return new Set(d.activity.liveInsts().flatMap(inst => (d.activity.aliases.mayResize(inst) ? [callOfProgram(inst.at)] : [])))
}

function mutation(met: MetFunction): Found | null {
  const resizing = resizingCalls(met)
  const inst = met.d.activity.liveInsts().find(one => !resizing.has(callOfProgram(one.at)) && writesTo(met, one))
  return inst ? { inst, at: inst.at, what: 'setindex!', label: 'this writes to an array that was there before' } : null
}

function resized(met: MetFunction): Found | null {
  const inst = met.d.activity.liveInsts().find(one => met.d.activity.aliases.mayResize(one) && writesTo(met, one))
  return inst ? { inst, at: inst.at, what: 'push!', label: 'this changes the length of an array' } : null
}
