/** Generated functions: their code is run with the types of the arguments, and gives the body for these. */
import { fail } from '../../../diagnostics/report.ts'
import type { MethodDef } from '../core.ts'
import type { Method } from '../method-table.ts'
import type { Frame, Val } from './frame.ts'
import { type Request, signatureLabel, specsOf, staticsOf } from './instance-key.ts'
import type { Specialiser } from './specialiser.ts'
import { tupleVal, typeVal } from './value.ts'

/** A body for given types; null if the code that gives it throws. */
type Written = MethodDef | null

/** What was written for which types of arguments: a method that waits for another one is compiled again. */
const writtenFor = new WeakMap<Method, Map<string, Written>>()

/** The request with the body that was generated for it, if its method is such a function and has all arguments; else as it is. */
export function withGeneratedBody(s: Specialiser, request: Request): Request | 'throws' {
  const { method, args } = request
  const { def, isFunctor } = method
  if (!def.generated) return request
  const given = args.length + (isFunctor ? 1 : 0)
  if (def.params.some((p, i) => i >= given && p.default)) return request
  const known = writtenFor.get(method) ?? new Map<string, Written>()
  writtenFor.set(method, known)
  const key = specsOf(request)
    .map(({ type }) => type.key)
    .join(';')
  let written = known.get(key)
  if (written === undefined) {
    written = generated(s, request, def.generated)
    known.set(key, written)
  }
  return written ? { ...request, method: { ...method, def: written } } : 'throws'
}

function generated(s: Specialiser, request: Request, write: NonNullable<MethodDef['generated']>): Written {
  const { method, kwargs } = request
  const { def, module } = method
  const refuse = (what: string): never => fail('lower', 'subset.no-syntax', { what }, def.span)
  if (def.code.captures.length > 0) refuse('A generated function that uses variables around it')
  if (def.kwslurp !== null || def.kwparams.some(({ name }) => !kwargs.some(k => k.name === name)))
    refuse('A generated function with a keyword that is not given')
  const what = { name: def.name, label: signatureLabel(request), code: def.code, module, params: [], statics: staticsOf(request) }
  const code = s.host.codeFrom(
    s.standalone(what, frame => emitGenerator(frame, request)),
    def.span,
  )
  const made = code && write(code)
  if (made && made.code.captures.length > 0) refuse('A generated function that uses variables around it')
  return made
}

/** The code that gives the body, on the types of the arguments. */
export function emitGenerator(frame: Frame, { method, callee, args, kwargs }: Request): Val {
  const { def, isFunctor } = method
  const types = [...(isFunctor ? [callee] : []), ...args].map(({ type }) => typeVal(type))
  for (const [i, p] of def.params.entries()) frame.env[p.local] = { val: p.vararg ? tupleVal(types.slice(i)) : types[i]!, defined: true }
  for (const k of def.kwparams) {
    const given = kwargs.find(({ name }) => name === k.name)
    if (given) frame.env[k.local] = { val: typeVal(given.type), defined: true }
  }
  return frame.s.emit.expression(frame, frame.code.body)
}
