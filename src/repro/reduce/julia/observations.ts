/** What expressions were when the program ran: found once, by printing, on an engine without limits. */
import { isTreeOf, type Node } from '../../../engine/index.ts'
import type { OriginOf } from '../language.ts'
import { type JuliaProgram, readJulia } from './program.ts'
import { valuesIn } from './values.ts'

/** Runs a program on an engine without limits; what it printed, also if it failed then. */
export type Observe = (text: string) => Promise<string>

export interface Seen {
  /** `number`, `1-dimensional`, `tuple`, `other`; things of one sort may stand for each other. */
  readonly sort: string
  /** As a literal; null if it is long, or no number and no array of numbers. */
  readonly value: string | null
}

/** A line that begins with this tells what was seen. */
const MARK = '\u0001'
const SEE = '__seen_value'
const MOST_CHARACTERS = 120
/** More expressions than this make a program that takes too long. */
const MOST_WATCHED = 160
const MOST_ASKED = 6

/** What is told has no derivative, which is said so that none is made of the printing. */
const TELL = '__told_value'

const PRELUDE = `import EnzymeCore
${TELL}(k, x::Number) = (println("${MARK}", k, " number ", repr(x)); nothing)
${TELL}(k, x::AbstractArray{<:Number, N}) where N = (println("${MARK}", k, " ", N, "-dimensional ", length(x) < 13 ? repr(x) : "…"); nothing)
${TELL}(k, x::Tuple{Vararg{Number}}) = (println("${MARK}", k, " tuple ", repr(x)); nothing)
${TELL}(k, x) = (println("${MARK}", k, " other …"); nothing)
EnzymeCore.EnzymeRules.inactive(::typeof(${TELL}), args...) = nothing
${SEE}(k, x) = (${TELL}(k, x); x)
`

const UNSEEN = ['->', 'return', 'for', 'while', 'if', 'macrocall', '=', 'op=', '.=', '.op=', 'let', 'try', 'function'] as const

function watchable({ tree, names }: JuliaProgram): Node[] {
  const last = tree.args.at(-1)
  return valuesIn(tree).flatMap(({ node, role }) => {
    const isName =
      node.kind === 'Identifier' &&
      !node.raw &&
      node.name !== 'end' &&
      node.name !== 'begin' &&
      !names.library.has(node.name) &&
      !names.functions.has(node.name)
    const isSeen = role !== 'callee' && node !== last && (isName || ('args' in node && !isTreeOf(node, ...UNSEEN)))
    return isSeen ? [node] : []
  })
}

/** The program with each of these expressions in a call that tells its value. */
function watched(program: JuliaProgram, nodes: readonly Node[]): string {
  const edges = nodes.flatMap((node, k) => [
    { at: node.span.start, order: node.span.end, text: `${SEE}(${k}, ` },
    { at: node.span.end, order: -node.span.start, text: ')' },
  ])
  // At one place, what ends comes before what begins, and the larger begins before the smaller.
  edges.sort((a, b) => a.at - b.at || Number(a.text !== ')') - Number(b.text !== ')') || b.order - a.order)
  let text = PRELUDE
  let at = 0
  for (const edge of edges) {
    text += program.text.slice(at, edge.at) + edge.text
    at = edge.at
  }
  return text + program.text.slice(at)
}

/** The first value of each. */
function firstSeen(output: string): Map<number, Seen> {
  const seen = new Map<number, Seen>()
  for (const line of output.split('\n')) {
    const match = line.startsWith(MARK) ? /^(\d+) (\S+) (.*)$/.exec(line.slice(MARK.length)) : null
    const [, k, sort, value] = match ?? []
    if (k === undefined || seen.has(Number(k))) continue
    const isLiteral = value !== '…' && value!.length <= MOST_CHARACTERS && readJulia(value!) !== null
    seen.set(Number(k), { sort: sort!, value: isLiteral ? value! : null })
  }
  return seen
}

/** What was seen is kept by where expressions come from, so that it still holds when the program around them has changed. */
export class Observations {
  readonly observe: Observe
  readonly #seen = new Map<string, Seen>()
  #asked = 0
  /** Of the program that was asked last. */
  #size = 0

  constructor(observe: Observe) {
    this.observe = observe
  }

  async of(program: JuliaProgram, originOf: OriginOf): Promise<(node: Node) => Seen | null> {
    const nodes = watchable(program)
    const unknown = nodes.filter(node => !this.#seen.has(keyOf(node, originOf)))
    // Each time is a run, so it is not done again for a few new expressions, nor while most of the program is what it was.
    const isNew = 2 * unknown.length > nodes.length || 2 * program.marks.length < this.#size
    if (nodes.length > 0 && nodes.length <= MOST_WATCHED && isNew && this.#asked < MOST_ASKED) {
      this.#asked++
      this.#size = program.marks.length
      const text = watched(program, nodes)
      const seen = readJulia(text) ? firstSeen(await this.observe(text)) : new Map<number, Seen>()
      for (const [k, node] of nodes.entries()) {
        const found = seen.get(k)
        if (found) this.#seen.set(keyOf(node, originOf), found)
      }
    }
    return node => this.#seen.get(keyOf(node, originOf)) ?? null
  }
}

function keyOf(node: Node, originOf: OriginOf): string {
  return `${node.kind} ${originOf(node.span)}`
}
