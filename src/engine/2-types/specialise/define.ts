/** Definitions enter the world: each kind has its file. */
import { fail } from '../../../diagnostics/report.ts'
import type { Definition } from '../core.ts'
import type { Module } from '../module.ts'
import type { JType } from '../type.ts'
import { constantType } from './constant-expression.ts'
import { addMethod, defineMethod, methodVars, NO_STATICS, paramType } from './define-method.ts'
import { defineNominal, defineStruct } from './define-type.ts'
import { definitionFrame, type Frame, type Val } from './frame.ts'
import { defineModule, useModule } from './modules.ts'
import type { Specialiser } from './specialiser.ts'
import { NOTHING_VAL } from './value.ts'

export function define(s: Specialiser, def: Definition, module: Module): Val {
  switch (def.kind) {
    case 'method':
      return defineMethod(s, def, module)
    case 'functor': {
      const first = def.method.params[0]!
      const { vars, frame } = methodVars(s, def.method, module, new Map(), [])
      const callee = paramType(frame, first) as JType
      addMethod(s, { def: def.method, module, callee, vars: [], statics: NO_STATICS, isNew: false, isFunctor: true, known: vars })
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
      s.world.macroHomes.set(def.name, module)
      return NOTHING_VAL
  }
}

/** A function that defines a method does so when it is compiled, which is before it first runs; so it must be sure to come to it. */
export function defineHere(frame: Frame, def: Definition): Val {
  if (!frame.isTopLevel && frame.builder.depth > 0)
    fail('lower', 'subset.no-syntax', { what: 'A method defined in a branch or loop of a function' }, def.span)
  return define(frame.s, def, frame.module)
}
