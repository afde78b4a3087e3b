/** Printing Base and reading it back gives the same trees. The tables of the other tests check the same, row by row. */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseProgram } from './parse.ts'
import { printNode } from './print.ts'
import { sexpr } from './sexpr.ts'

const base = new URL('../base/', import.meta.url)

describe('every file of Base reads back', () => {
  it.each(readdirSync(base).filter(name => name.endsWith('.jl')))('%s', name => {
    const tree = parseProgram({ name, text: readFileSync(new URL(name, base), 'utf8') })
    for (const statement of tree.args) {
      const printed = printNode(statement)
      expect(sexpr(parseProgram({ name: 'printed.jl', text: printed })), printed).toBe(`(toplevel ${sexpr(statement)})`)
    }
  })
})
