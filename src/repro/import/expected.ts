/** Values that comments say are right. */
import type { Node } from '../../engine/index.ts'
import type { Block } from './markdown.ts'
import { readJulia } from './reading.ts'

export interface Expected {
  /** A Julia expression. */
  readonly equals: string
  /** From the digits that are written; null when they are as many as a Float64 has. */
  readonly rtol: number | null
  /** A word says that it is right; else it may be what came. */
  readonly isSaid: boolean
}

/** Words after which the right value stands, whatever is said before. */
const RIGHT =
  /(?:\bexpected(?: (?:value|result|output|answer))?(?: is| to be)?|\bshould (?:be|give|return|equal)|\b(?:correct|right|true|analytic(?:al)?)(?: (?:value|result|answer|gradient|derivative))?(?: is| would be)?|\binstead of|\bexpect(?:ing)?)(?:\s*\([^()]*\))?\s*[:=≈]?\s*(.+)$/i
/** Words that tell of what came, which is what the issue is about. */
const WRONG = /\b(?:wrong|incorrect|got|gets|actual|actually|fails?|errors?|crash\w*|segfault\w*|hangs?|but|bug|not)\b/i
/** What may stand before a value that is meant as the answer. */
const LEAD =
  /^(?:=>|->|→|⇒|>>|==?|≈|returns?:?|gives?:?|yields?:?|evaluates to|outputs?:?|result:?|answer:?|prints:?|value:?|i\.e\.|is)\s*/i

/** Names that a value may be written with. */
const NAMES = new Set(
  'true false nothing missing NaN Inf Inf32 NaN32 pi π ℯ im sin cos tan exp log sqrt abs cbrt sinh cosh tanh zeros ones fill Float64 Float32 Int64 Int'.split(
    ' ',
  ),
)
const OPERATORS = new Set(['+', '-', '*', '/', '^', '//', ':'])

/** Numbers, arrays, tuples and arithmetic of them. */
export function isValue(node: Node): boolean {
  switch (node.kind) {
    case 'Bool':
    case 'Integer':
    case 'UInteger':
    case 'Float':
    case 'Float32':
      return true
    case 'Identifier':
      return NAMES.has(node.name) || OPERATORS.has(node.name)
    case 'vect':
    case 'vcat':
    case 'hcat':
    case 'ncat':
    case 'row':
    case 'nrow':
    case 'typed_vcat':
    case 'typed_hcat':
    case 'ref':
    case 'tuple':
    case 'parens':
    case 'call':
    case 'dotcall':
    case 'juxtapose':
      return node.args.every(isValue)
    case '=':
      return node.args[1] !== undefined && isValue(node.args[1])
    default:
      return false
  }
}

/** A name or a range alone says nothing of a number. */
function hasNumber(node: Node): boolean {
  if (node.kind === 'Integer' || node.kind === 'Float' || node.kind === 'Float32') return true
  if (node.kind === 'Identifier') return node.name === 'NaN' || node.name === 'Inf' || node.name === 'π' || node.name === 'pi'
  return 'args' in node && node.args.some(hasNumber)
}

/** The longest beginning of a text that is a value: a sentence may go on after it. */
function leadingValue(text: string): string | null {
  const breaks = [...text.matchAll(/[\s,;!?]|\.(?=\s|$)|(?<=[)\]])(?!$)/g)].map(m => m.index)
  const ends = [text.length, ...breaks.reverse()]
  for (const end of ends) {
    const part = text
      .slice(0, end)
      .trim()
      .replace(/[.,;]$/, '')
      .replace(/^`(.*)`$/, '$1')
    if (part === '') continue
    const reading = readJulia(part)
    if (reading.kind !== 'program' || reading.statements.length !== 1) continue
    const [node] = reading.statements
    if (isValue(node!) && hasNumber(node!)) return part
  }
  return null
}

/** Half a unit of the last digit of the number that has the fewest digits; one like `20.0` is meant as it stands. */
function tolerance(value: string): number | null {
  const digits = [...value.matchAll(/(?<![\w.])(\d+)\.(?!0?(?![\d]))(\d*)(?:[ef][+-]?\d+)?/g)].map(
    m => `${m[1]}${m[2]}`.replace(/^0+/, '').length,
  )
  const significant = digits.filter(n => n > 2)
  const fewest = significant.length > 0 ? Math.min(...significant) : 0
  return fewest === 0 || fewest >= 12 ? null : Number(`1e-${fewest - 1}`)
}

/** What the comment says the right value is; null when it says nothing of it. Text without `#`. */
export function expectedIn(comment: string): Expected | null {
  const text = comment.trim()
  const right = RIGHT.exec(text)
  if (!right && WRONG.test(text)) return null
  let rest = right ? right[1]!.trim() : text
  while (LEAD.test(rest)) rest = rest.replace(LEAD, '')
  const value = leadingValue(rest)
  // Without a word for it, the comment has to be the value and nothing else.
  if (value === null || (!right && rest.replace(/[.`]/g, '').trim() !== value.replace(/[.`]/g, '').trim())) return null
  return { equals: value, rtol: tolerance(value), isSaid: right !== null }
}

/** Of a sentence: what stands in it must look like a value, which a count of things does not. */
function expectedInSentence(line: string): Expected | null {
  const found = RIGHT.test(line) ? expectedIn(line) : null
  return found && (/[.[(]/.test(found.equals) || line.includes(`\`${found.equals}\``)) ? found : null
}

/** The one value that the text of an issue calls right, in a sentence or in code that a sentence announces; null if there are others. */
export function expectedInText(blocks: readonly Block[]): Expected | null {
  const found = blocks.flatMap((block, i): readonly (Expected | null)[] => {
    if (block.kind === 'prose') return block.lines.map(expectedInSentence)
    const before = blocks[i - 1]
    const said = before?.kind === 'prose' ? before.lines.findLast(line => line.trim() !== '') : undefined
    const announces = said !== undefined && /\b(?:expect(?:ed)?|correct|right|should)\b[^.]*:?[\s*#]*$/i.test(said) && !WRONG.test(said)
    return announces ? [expectedIn(`expected ${block.lines.join('\n').trim()}`)] : []
  })
  const told = found.filter(e => e !== null)
  return new Set(told.map(e => e.equals)).size === 1 ? told[0]! : null
}
