/** Tests of Julia's version and of the operating system, decided when the program is read. */
import type { Node } from '../../1-syntax/ast.ts'
import { macroName } from '../../1-syntax/ast.ts'
import { callParts, isIdentifier, isTree, namePath, unparen } from './shapes.ts'

/** The version of Julia whose behaviour the engine follows. */
export const JULIA_VERSION: readonly number[] = [1, 11, 0]

/** The numbers of `v"1.9"` or `VERSION`; null for anything else. */
export function versionOf(node: Node): readonly number[] | null {
  const inner = unparen(node)
  if (isIdentifier(inner, 'VERSION')) return JULIA_VERSION
  if (isTree(inner, '.') && namePath(inner)?.join('.') === 'Base.VERSION') return JULIA_VERSION
  if (!isTree(inner, 'macrocall') || macroName(inner.args[0]!) !== 'v_str') return null
  const text = inner.args[1]
  if (!isTree(text, 'string')) return null
  const written = text.args.map(part => (part.kind === 'String' ? part.value : '')).join('')
  const found = /^(\d+)(?:\.(\d+))?(?:\.(\d+))?-?$/.exec(written)
  if (!found) return null
  // A trailing `-` is the lowest prerelease: below the version itself.
  const below = written.endsWith('-') ? 0.5 : 0
  return [Number(found[1]), Number(found[2] ?? 0), Number(found[3] ?? 0) - below]
}

const TESTS: Readonly<Record<string, (order: number) => boolean>> = {
  '<': order => order < 0,
  '<=': order => order <= 0,
  '≤': order => order <= 0,
  '>': order => order > 0,
  '>=': order => order >= 0,
  '≥': order => order >= 0,
  '==': order => order === 0,
  '!=': order => order !== 0,
}

/** The value of `VERSION >= v"1.9"` and its like, and of `Sys.iswindows()`; null for anything else. */
export function foldVersionTest(node: Node): boolean | null {
  if (!isTree(node, 'call')) return null
  const { callee, args } = callParts(node)
  const system = namePath(callee)?.join('.')
  if (system === 'Sys.iswindows' || system === 'Sys.isapple') return false
  if (system === 'Sys.islinux' || system === 'Sys.isunix') return true
  if (args.length !== 2 || !isIdentifier(callee)) return null
  const test = TESTS[callee.name]
  const left = test ? versionOf(args[0]!) : null
  const right = left ? versionOf(args[1]!) : null
  if (!test || !left || !right) return null
  const differing = left.map((part, at) => part - right[at]!).find(difference => difference !== 0)
  return test(differing ?? 0)
}
