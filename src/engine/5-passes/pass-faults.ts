/** Faults of the passes: for each pass one that makes its result wrong and one on which it fails, both on functions of the program only. */
import { invariant } from '../../diagnostics/bug.ts'
import type { Block, Func, Inst, Type, ValueId } from '../3-ir/ir.ts'
import { forEachParam, instsOf, mapInst, substitute } from '../3-ir/visit.ts'
import type { Pass } from './pass.ts'
import { PASSES } from './passes.ts'

export interface PassFault {
  readonly pass: string
  readonly kind: 'wrong' | 'crash'
  readonly about: string
  readonly passes: readonly Pass[]
}

/** What stands in the place of an instruction; null if it stays. */
type Change = (inst: Inst, block: Block, f: Func) => readonly Inst[] | null

/** Changes the first instruction that `change` wants to change; two ids above the function's are free for it. */
function changeFirst(change: Change): (f: Func) => Func {
  return f => {
    let isDone = false
    const visit = (block: Block): Block => {
      const body = block.body.flatMap((inst): readonly Inst[] => {
        const changed = isDone ? null : change(inst, block, f)
        if (changed) isDone = true
        return changed ?? [isDone ? inst : mapInst(inst, { block: visit })]
      })
      return { ...block, body }
    }
    const body = visit(f.body)
    return isDone ? { ...f, body, nextId: f.nextId + 2 } : f
  }
}

/** Leaves out the first instruction for which `other` gives a value that is taken for its result. */
function replaceFirst(other: (inst: Inst, block: Block) => ValueId | null): (f: Func) => Func {
  return f => {
    const by = new Map<ValueId, ValueId>()
    const without = changeFirst((inst, block) => {
      const value = other(inst, block)
      if (value === null || !('out' in inst)) return null
      by.set(inst.out.id, value)
      return []
    })(f)
    return by.size === 0 ? f : { ...without, body: substitute(without.body, id => by.get(id) ?? id) }
  }
}

type Op = Extract<Inst, { kind: 'op' }>

function isOp(inst: Inst, op: string): inst is Op {
  return inst.kind === 'op' && inst.op === op
}

function exchanged<I extends Extract<Inst, { kind: 'op' | 'call' }>>(inst: I): I {
  return { ...inst, args: [inst.args[1]!, inst.args[0]!, ...inst.args.slice(2)] }
}

function typesOf(f: Func): ReadonlyMap<ValueId, Type> {
  const types = new Map<ValueId, Type>()
  forEachParam(f.body, param => types.set(param.id, param.type))
  return types
}

interface Row {
  readonly wrong: string
  /** On a function that the pass has run on; of `inline`, that it is to run on. */
  readonly change: (f: Func) => Func
  /** The kind of instruction, or the operation, on which it fails. */
  readonly fails: string
}

const ROWS: Readonly<Record<string, Row>> = {
  inline: {
    wrong: 'exchanges the first two arguments of a call',
    change: f => {
      const types = typesOf(f)
      const isFloat = (id: ValueId | undefined): boolean => id !== undefined && types.get(id) === 'f64'
      return changeFirst(inst => {
        if (inst.kind !== 'call' || !isFloat(inst.args[0]) || !isFloat(inst.args[1]) || inst.args[0] === inst.args[1]) return null
        return [exchanged(inst)]
      })(f)
    },
    fails: 'call',
  },
  fold: {
    wrong: 'exchanges the operands of a subtraction',
    change: changeFirst(inst => (isOp(inst, 'f64.sub') ? [exchanged(inst)] : null)),
    fails: 'f64.mul',
  },
  cse: {
    wrong: 'takes two elements of an array for the same',
    change: replaceFirst((inst, block) => {
      if (inst.kind !== 'load' || inst.out.type !== 'f64') return null
      const before = block.body.slice(0, block.body.indexOf(inst))
      const like = before.find(other => other.kind === 'load' && other.arr === inst.arr && other.column === inst.column)
      return like?.kind === 'load' ? like.out.id : null
    }),
    fails: 'f64.add',
  },
  'scalar-memory': {
    wrong: 'forgets what was stored, and reads zero',
    change: changeFirst(inst => {
      if ((inst.kind !== 'load' && inst.kind !== 'get') || inst.out.type !== 'f64') return null
      return [{ kind: 'const', out: inst.out, value: 0, at: inst.at }]
    }),
    fails: 'store',
  },
  induction: {
    wrong: 'loses the last turn of a loop',
    change: changeFirst((inst, _block, f) => {
      if (inst.kind !== 'for') return null
      const [one, count] = [f.nextId, f.nextId + 1] as ValueId[]
      return [
        { kind: 'const', out: { id: one!, type: 'i64', name: 'one' }, value: 1, at: inst.at },
        { kind: 'op', op: 'i64.sub', out: { id: count!, type: 'i64', name: 'count' }, args: [inst.count, one!], at: inst.at },
        { ...inst, count: count! },
      ]
    }),
    fails: 'for',
  },
  hoist: {
    wrong: 'takes a number that a loop carries for the one it began with',
    change: changeFirst(inst => {
      if (inst.kind !== 'for') return null
      const place = inst.outs.findIndex(out => out.type === 'f64')
      if (place < 0) return null
      const carried = inst.body.params[place + 1]!.id
      return [{ ...inst, body: substitute(inst.body, id => (id === carried ? inst.inits[place]! : id)) }]
    }),
    fails: 'while',
  },
  'fold-again': {
    wrong: 'leaves out a negation',
    change: replaceFirst(inst => (isOp(inst, 'f64.neg') ? inst.args[0]! : null)),
    fails: 'f64.sub',
  },
  'cse-again': {
    wrong: 'takes two products with the same first factor for the same',
    change: replaceFirst((inst, block) => {
      if (!isOp(inst, 'f64.mul')) return null
      const before = block.body.slice(0, block.body.indexOf(inst))
      const like = before.find(other => isOp(other, 'f64.mul') && other.args[0] === inst.args[0])
      return like?.kind === 'op' ? like.out.id : null
    }),
    fails: 'load',
  },
  bounds: {
    wrong: 'leaves out a check that may fail',
    change: changeFirst(inst => (inst.kind === 'prim' && (inst.prim === 'arr.check' || inst.prim === 'arr.check_dim') ? [] : null)),
    fails: 'alloc',
  },
  'dead-code': {
    wrong: 'leaves out a store that somebody reads',
    change: changeFirst(inst => (inst.kind === 'store' || inst.kind === 'set' ? [] : null)),
    fails: 'if',
  },
}

function isOfProgram(f: Func): boolean {
  return f.at.origin === 'user'
}

function wrong(pass: Pass, { change }: Row): Pass['run'] {
  return (f, cx) => {
    if (!isOfProgram(f)) return pass.run(f, cx)
    return pass.name === 'inline' ? pass.run(change(f), cx) : change(pass.run(f, cx))
  }
}

function failing(pass: Pass, { fails }: Row): Pass['run'] {
  return (f, cx) => {
    const meets = isOfProgram(f) && [...instsOf(f.body)].some(inst => inst.kind === fails || isOp(inst, fails))
    invariant(!meets, `a planted fault: the pass ${pass.name} met \`${fails}\` in ${f.label}`)
    return pass.run(f, cx)
  }
}

/** Two of each pass. */
export function passFaults(): PassFault[] {
  return PASSES.flatMap((pass): PassFault[] => {
    const row = ROWS[pass.name]
    invariant(row, `the pass ${pass.name} has no fault to plant`)
    const planted = (run: Pass['run']): Pass[] => PASSES.map(other => (other === pass ? { name: pass.name, run } : other))
    return [
      { pass: pass.name, kind: 'wrong', about: `the pass ${pass.name} ${row.wrong}`, passes: planted(wrong(pass, row)) },
      { pass: pass.name, kind: 'crash', about: `the pass ${pass.name} fails on \`${row.fails}\``, passes: planted(failing(pass, row)) },
    ]
  })
}
