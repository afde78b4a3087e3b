/** Every Core node carries a span of the text it came from, within that of the node it is part of. */
import { expect, it } from 'vitest'
import { spanText } from '../../../diagnostics/source.ts'
import { parseProgram } from '../../1-syntax/parse.ts'
import type { Core } from '../core.ts'
import { coreChildren } from '../core-children.ts'
import { desugarProgram } from './program.ts'

const PROGRAM = `
function f(x, y = 1; k = 2)
    a, b = x, y
    a[end] += sin.(b) .^ 2
    s = 0
    for (i, v) in enumerate(x), j in 1:k
        s += i * v[j]^2
    end
    g = z -> s + z
    try
        g(1) < 2 <= 3 && return "a $x"
    catch e
        s = [p + q for p in x if p > 0 for q in p]
    end
    (; a, c = (1, 2))
end
`

function check(core: Core, seen: Core[]): void {
  seen.push(core)
  expect(core.span.source.name).toBe('f.jl')
  expect(core.span.end).toBeGreaterThanOrEqual(core.span.start)
  expect(spanText(core.span).length).toBe(core.span.end - core.span.start)
  for (const child of coreChildren(core)) check(child, seen)
  if (core.kind === 'closure') for (const method of core.def.methods) check(method.code.body, seen)
}

it('spans lie in the source', () => {
  const [item] = desugarProgram(parseProgram({ name: 'f.jl', text: PROGRAM }), { moduleName: 'Main' })
  if (item?.kind !== 'definition' || item.def.kind !== 'method' || !item.def.method) throw new Error('no method')
  const seen: Core[] = []
  check(item.def.method.code.body, seen)
  expect(seen.length).toBeGreaterThan(60)
  const texts = seen.map(core => spanText(core.span))
  for (const text of ['a[end] += sin.(b) .^ 2', 'end', 'v[j]^2', 'g(1) < 2 <= 3', 'p > 0', '"a $x"']) expect(texts).toContain(text)
})
