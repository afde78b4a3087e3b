/** Definitions enter the world: each kind has its file. */
import { invariant } from '../../../diagnostics/bug.ts'
import { fail } from '../../../diagnostics/report.ts'
import type { Core, Definition } from '../core.ts'
import type { Module } from '../module.ts'
import type { JType } from '../type.ts'
import { captured } from './closure.ts'
import { constantType } from './constant-expression.ts'
import { addMethod, type Captured, defineMethod, methodVars, NO_STATICS, NOTHING_CAPTURED, paramType } from './define-method.ts'
import { defineNominal, defineStruct } from './define-type.ts'
import { definitionFrame, type Frame, type Val } from './frame.ts'
import { setCapture } from './globals.ts'
import { defineModule, missingPackage, useModule } from './modules.ts'
import type { Specialiser } from './specialiser.ts'
import { DEAD, NOTHING_VAL, stringVal } from './value.ts'

export function define(s: Specialiser, def: Definition, module: Module, captured: Captured = NOTHING_CAPTURED): Val {
  switch (def.kind) {
    case 'method':
      return defineMethod(s, def, module, captured)
    case 'functor': {
      const first = def.method.params[0]!
      const { vars, frame } = methodVars(s, def.method, module, new Map(), [], captured.vals)
      const callee = paramType(frame, first) as JType
      addMethod(s, {
        def: def.method,
        module,
        callee,
        vars: [],
        statics: NO_STATICS,
        isNew: false,
        isFunctor: true,
        known: vars,
        captured,
      })
      return NOTHING_VAL
    }
    case 'struct':
      return defineStruct(s, def, module)
    case 'abstract':
    case 'primitive':
      return defineNominal(s, def, module)
    case 'module':
      return defineModule(s, def, module)
    case 'using':
      return useModule(s, def, module)
    case 'export':
      for (const name of def.names) module.exports.add(name)
      return NOTHING_VAL
    case 'declare-global': {
      const cell = s.world.cell(module, def.name)
      if (def.type) cell.declared = constantType(definitionFrame(s, module, new Map(), def.span), def.type)
      return NOTHING_VAL
    }
    case 'macro':
      s.world.macroHomes.note(def.name, module)
      return NOTHING_VAL
  }
}

/** These say what names mean, whether or not control comes to them. */
const DECLARATIONS: readonly Definition['kind'][] = ['using', 'export', 'declare-global', 'macro']

/**
 * Code that defines something does so when it is compiled, which is before it first runs; so it must be sure to come to it. A method of a
 * global function is no object that could hold what it captures: that is put into cells, each time control comes to the definition. They
 * belong to the function around it, and are the same ones when its emission starts again.
 */
export function defineHere(frame: Frame, { def, captures }: Core & { kind: 'definition' }): Val {
  if (frame.builder.depth > 0 && !DECLARATIONS.includes(def.kind))
    fail('lower', 'subset.no-syntax', { what: 'A definition in a branch or loop' }, def.span)
  // A program that tries goes on without it.
  const missing = def.kind === 'using' && frame.builder.depth > 0 ? missingPackage(frame.s, def, frame.module) : null
  if (missing !== null) {
    const message = stringVal(frame, `Package ${missing} not found in current path.`, def.span)
    return frame.s.emit.throwNew(frame, 'ArgumentError', [message], def.span)
  }
  if (captures.length === 0) return define(frame.s, def, frame.module)
  const method = def.kind === 'method' || def.kind === 'functor' ? def.method : null
  invariant(method, 'a definition of no method captures')
  const entries = method.code.captures
  const vals: Val[] = []
  for (const [i, variable] of captures.entries()) {
    const val = captured(frame, variable, entries[i]!.boxed)
    if (!val) return DEAD
    vals.push(val)
  }
  const cells = frame.boxes.captured.get(def) ?? entries.map(({ name }) => frame.s.world.hiddenCell(name))
  frame.boxes.captured.set(def, cells)
  for (const [i, cell] of cells.entries()) setCapture(frame, cell, vals[i]!, def.span)
  const made = define(frame.s, def, frame.module, { vals, cells })
  const type = def.kind === 'method' ? made.type : null
  if (entries.some(entry => entry.boxed)) frame.definitions.set(method, { type, shared: vals.map(val => val.type) })
  return made
}
