/** From a program as it was pasted to a case: calls whose value it only shows become checks, the rest stays. */
import type { Node } from '../../engine/index.ts'
import type { CheckText } from '../case-text.ts'
import { type Expected, expectedIn } from './expected.ts'

export interface Taken {
  readonly program: string
  readonly checks: readonly CheckText[]
  /** Statements that a case does not need, as they stood. */
  readonly dropped: readonly string[]
}

/** Functions and macros that only show what they are given. */
const SHOWING = new Set([
  'println',
  'print',
  'display',
  'show',
  'dump',
  '@show',
  '@time',
  '@btime',
  '@benchmark',
  '@elapsed',
  '@time_imports',
])
/** Macros that run what they are given once, in place. */
const TESTING = new Set(['@test', '@test_throws', '@test_broken', '@testset', '@assert', '@inferred'])
const SHADOWED = new Set(['Duplicated', 'DuplicatedNoNeed', 'BatchDuplicated', 'BatchDuplicatedNoNeed', 'MixedDuplicated'])
const DEFINITIONS = new Set([
  ...['function', 'macro', 'struct', 'abstract', 'primitive', 'module', 'using', 'import', 'export', 'public', 'const', 'doc'],
])

function children(node: Node): readonly Node[] {
  return 'args' in node ? node.args : []
}

function some(node: Node, test: (node: Node) => boolean): boolean {
  return test(node) || children(node).some(child => some(child, test))
}

/** `f` of `f(x)` and of `A.f(x)`, `@show` of `@show x`. */
function calleeOf(node: Node): string | null {
  if (node.kind !== 'call' && node.kind !== 'dotcall' && node.kind !== 'macrocall') return null
  let callee = node.args[node.form === 'infix' ? 1 : 0]
  if (callee?.kind === '.') callee = callee.args.at(-1)
  if (callee?.kind === 'MacroName') return `@${callee.name}`
  return callee?.kind === 'Identifier' ? callee.name : null
}

function isPackageWork(node: Node): boolean {
  const first = (n: Node): string | null => (n.kind === 'Identifier' ? n.name : 'args' in n && n.args[0] ? first(n.args[0]) : null)
  if (node.kind === 'using' || node.kind === 'import') {
    return children(node).every(path => ['Pkg', 'InteractiveUtils', 'Revise'].includes(first(path) ?? ''))
  }
  return node.kind === 'call' && (first(node) === 'Pkg' || calleeOf(node) === 'versioninfo' || calleeOf(node) === 'activate')
}

/** The memory of a shadow that has a name is written by reverse mode. */
function writesShadow(node: Node): boolean {
  const isForward = some(node, n => n.kind === 'Identifier' && n.name.startsWith('Forward'))
  return (
    !isForward &&
    some(node, n => SHADOWED.has(calleeOf(n) ?? '') && children(n)[2] !== undefined && some(children(n)[2]!, m => m.kind === 'Identifier'))
  )
}

/** May it change a variable that it names, other than by giving it its first value? */
function writes(node: Node, earlier: ReadonlySet<string>): boolean {
  if (DEFINITIONS.has(node.kind)) return false
  if (writesShadow(node)) return true
  return some(node, n => {
    const callee = calleeOf(n)
    if (callee?.endsWith('!')) return true
    if (callee?.startsWith('@') && !SHOWING.has(callee) && !TESTING.has(callee)) return true
    if (n.kind === '.=' || n.kind === 'op=' || n.kind === '.op=' || n.kind === 'for' || n.kind === 'while' || n.kind === 'global')
      return true
    if (n.kind !== '=') return false
    const [target] = n.args
    return target?.kind === 'Identifier' ? earlier.has(target.name) : target?.kind !== 'tuple'
  })
}

function namesIn(node: Node): string[] {
  return node.kind === 'Identifier' ? [node.name] : children(node).flatMap(namesIn)
}

/** All names that a statement can reach: its own, and those of the definitions that it reaches. */
class Reach {
  readonly #named = new Map<string, ReadonlySet<string>>()

  constructor(statements: readonly Node[]) {
    for (const node of statements) {
      const own = new Set(namesIn(node))
      for (const name of [...definedNames(node)]) this.#named.set(name, new Set([...(this.#named.get(name) ?? []), ...own]))
    }
  }

  of(node: Node): ReadonlySet<string> {
    const reached = new Set<string>()
    const open = namesIn(node)
    for (let name = open.pop(); name !== undefined; name = open.pop()) {
      if (reached.has(name)) continue
      reached.add(name)
      open.push(...(this.#named.get(name) ?? []))
    }
    return reached
  }
}

/** The variables and functions that a statement defines, as far as they stand plainly at its start. */
function definedNames(node: Node): string[] {
  if (node.kind === 'const') return children(node).flatMap(definedNames)
  if (node.kind === 'doc') return children(node).slice(1).flatMap(definedNames)
  if (node.kind === 'function' || node.kind === 'macro' || node.kind === 'struct') {
    const first = (n: Node | undefined): string[] => (n?.kind === 'Identifier' ? [n.name] : n ? first(children(n)[0]) : [])
    return first(children(node)[0])
  }
  if (node.kind !== '=') return []
  const [target] = node.args
  return target?.kind === 'tuple' ? target.args.flatMap(namesIn) : target?.kind === 'Identifier' ? [target.name] : []
}

/** What a statement shows: itself when it is an expression, or what it gives to a function that shows it. */
function shown(node: Node): Node | null {
  const callee = calleeOf(node)
  if (callee !== null && SHOWING.has(callee)) {
    const rest = children(node).slice(1)
    return rest.length === 1 ? shown(rest[0]!) : null
  }
  if (callee !== null && TESTING.has(callee)) return null
  switch (node.kind) {
    case 'Identifier':
    case 'call':
    case 'dotcall':
    case 'juxtapose':
    case 'ref':
    case '.':
      return node
    case 'parens':
      return node.args[0] ? shown(node.args[0]) : null
    default:
      return null
  }
}

const ARROW = /^(?:=>|->|→|⇒|>>?)/

/** The comment behind a statement; or the next line, when that is a comment which begins as an answer does. */
function commentOf(text: string, end: number): string | null {
  const same = /^[ \t]*;?[ \t]*#(?!=)(.*)/.exec(text.slice(end))
  if (same) return same[1]!
  const next = /^[ \t]*;?[ \t]*\n[ \t]*#(?!=)[ \t]*(.*)/.exec(text.slice(end))
  return next && (ARROW.test(next[1]!) || /^(?:expected|should)/i.test(next[1]!)) ? next[1]! : null
}

/** The whole lines of a statement that has them to itself, with its comment. */
function linesOf(text: string, { start, end }: { readonly start: number; readonly end: number }): { start: number; end: number } | null {
  const from = text.lastIndexOf('\n', start - 1) + 1
  const rest = /^[ \t]*;?[ \t]*(?:#(?!=).*)?(?:\n|$)/.exec(text.slice(end))
  return text.slice(from, start).trim() === '' && rest ? { start: from, end: end + rest[0].length } : null
}

/** A statement that shares its line is cut out with the `;` behind it. */
function cutOf(text: string, node: Node): { start: number; end: number } {
  const { start, end } = node.span
  return linesOf(text, node.span) ?? { start, end: end + /^[ \t]*;?[ \t]*/.exec(text.slice(end))![0].length }
}

/** `told`: the value that the text around the program calls right. Then a comment that is another value and nothing more says what came. */
export function takeChecks(text: string, statements: readonly Node[], told: Expected | null): Taken {
  const checks: CheckText[] = []
  const dropped: string[] = []
  const cuts: { start: number; end: number }[] = []
  const reach = new Reach(statements)
  const variables = new Set(statements.filter(n => n.kind === '=' || n.kind === 'const').flatMap(definedNames))
  const variablesOf = (node: Node) => [...reach.of(node)].filter(name => variables.has(name))
  // From the end: a check is made after the whole program, so nothing behind the call may write what the call reads.
  const written = new Set<string>()
  const commentedOf = ({ span }: Node): Expected | null => {
    const found = expectedIn(commentOf(text, span.end) ?? '')
    return found && (found.isSaid || !told || told.equals === found.equals) ? found : null
  }
  // What is told is taken to be of what is shown last, if no comment says what is right.
  const toldOfLast = statements.some(s => commentedOf(s) !== null) ? null : told
  let isLast = true
  for (const node of [...statements].reverse()) {
    if (isPackageWork(node)) {
      cuts.push(cutOf(text, node))
      dropped.unshift(text.slice(node.span.start, node.span.end))
      continue
    }
    const view = shown(node)
    const place = linesOf(text, node.span)
    const before = new Set(statements.filter(s => s.span.end <= node.span.start).flatMap(definedNames))
    const isWriting = writes(node, before)
    if (view && place && !isWriting && !variablesOf(view).some(name => written.has(name))) {
      const call = text.slice(view.span.start, view.span.end)
      const expected = commentedOf(node) ?? (isLast ? toldOfLast : null)
      isLast = false
      // Of a variable alone there is nothing to check but what is said of it.
      if (view.kind === 'Identifier' && !expected) continue
      const again = checks.findIndex(c => c.call === call)
      // The same call twice is one check; what is said of its value may stand at either.
      if (again >= 0 && (checks[again]!.equals !== undefined || !expected)) {
        cuts.push(place)
        continue
      }
      if (again >= 0) checks.splice(again, 1)
      checks.unshift(expected ? { call, equals: expected.equals, ...(expected.rtol === null ? {} : { rtol: expected.rtol }) } : { call })
      cuts.push(place)
    } else if (isWriting) for (const name of variablesOf(node)) written.add(name)
  }
  let program = text
  for (const { start, end } of cuts.sort((a, b) => b.start - a.start)) program = program.slice(0, start) + program.slice(end)
  return {
    program: `${program
      .replace(/^[ \t]+$/gm, '')
      .replace(/\n{3,}/g, '\n\n')
      .trim()}\n`,
    checks,
    dropped,
  }
}
