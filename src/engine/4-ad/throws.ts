/** Blocks that never reach their end. Nothing after them runs, so no derivative goes through them. */
import type { Block } from '../3-ir/ir.ts'

export function alwaysThrows(block: Block, callThrows: (callee: string) => boolean): boolean {
  return block.body.some(inst => {
    switch (inst.kind) {
      case 'throw':
        return true
      case 'call':
        return callThrows(inst.callee)
      case 'if':
        return alwaysThrows(inst.then, callThrows) && alwaysThrows(inst.else, callThrows)
      default:
        return false
    }
  })
}

/** The outermost branches in a block that always throw. */
export function throwingBranches(block: Block, callThrows: (callee: string) => boolean): Set<Block> {
  const found = new Set<Block>()
  const walk = (outer: Block): void => {
    for (const inst of outer.body) {
      switch (inst.kind) {
        case 'if':
          for (const branch of [inst.then, inst.else]) {
            if (alwaysThrows(branch, callThrows)) found.add(branch)
            else walk(branch)
          }
          break
        case 'for':
        case 'while':
          walk(inst.body)
          break
        case 'try':
          walk(inst.body)
          walk(inst.handler)
          break
      }
    }
  }
  walk(block)
  return found
}
