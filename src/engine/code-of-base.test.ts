/** Code as data, and back: what is left of it must mean the same. The library's own text is what there is to go wrong. */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Node } from './1-syntax/ast.ts'
import { parseProgram } from './1-syntax/parse.ts'
import { programText } from './2-types/core-text.ts'
import { formOf } from './2-types/desugar/expr-form.ts'
import { nodeOf } from './2-types/desugar/form-node.ts'
import { desugarProgram } from './2-types/desugar/program.ts'
import { isTree, tree } from './2-types/desugar/shapes.ts'

const directory = new URL('base/', import.meta.url)

/** Statements of files, those of modules one by one. */
function statements(node: Node): readonly Node[] {
  if (isTree(node, 'module') || isTree(node, 'toplevel', 'block')) return node.args.flatMap(statements)
  return 'args' in node && node.kind !== 'using' && node.kind !== 'import' && node.kind !== 'export' ? [node] : []
}

/** Without texts and numbers: what is printed of tests has their place, and closures are numbered. */
function meaning(node: Node): string {
  const program = desugarProgram(tree('toplevel', [node], node.span), { moduleName: 'Main' })
  return programText(program).replace(/"(?:[^"\\]|\\.)*"|\d+/g, '_')
}

function throughData(node: Node): Node {
  return nodeOf(formOf(node, [], 1), node.span, new Set())
}

const EXPRESSIONS = `
round.(v; digits = 1), f.(x, y; k, more...)
(next = iterate(x)) !== nothing && g((k = 1), 2; l = 3)
v[(i = 1)] + a[k = 1, 2] + h.((j = 2), 3)
@nospecialize(x), (a = 1, b = 2), (; a, b = 2), (a = 1;)
x.y.z[end].w += 1
9007199254740993 + 0x8000000000000000
`

describe('code that has been data', () => {
  it.each(EXPRESSIONS.trim().split('\n'))('%s', text => {
    const node = parseProgram({ name: 'test.jl', text })
    expect(node.args.map(part => meaning(throughData(part)))).toEqual(node.args.map(meaning))
  })

  it('is what it was, for every second statement of the library', () => {
    for (const file of readdirSync(directory).filter(name => name.endsWith('.jl'))) {
      const all = statements(parseProgram({ name: file, text: readFileSync(new URL(file, directory), 'utf8') }))
      for (const node of all.filter((_, i) => i % 2 === 0)) expect(meaning(throughData(node))).toBe(meaning(node))
    }
  })
})
