/**
 * `@label` and `@goto`: a piece of code that is left for a label sets `flow`, and what stands between is not run, for it is
 * guarded by that. From the first label that control goes back to, the pieces are a loop.
 */
import { fail } from '../../../diagnostics/report.ts'
import type { Core } from '../core.ts'
import { block, boolLiteral, ifThen, intLiteral, nothing } from '../desugar/build.ts'
import { goesTo, leavesElsewhere } from './exits-of.ts'
import { type Flow, NORMAL } from './flow.ts'
import { pushDown } from './push-down.ts'

/** What stands from a label to the next one. */
interface Piece {
  readonly label: Label
  readonly body: readonly Core[]
}

type Label = Core & { kind: 'label' }

/** Takes the exits out of statements. */
type List = (statements: readonly Core[]) => Core[]

/** `list` is for statements where these stand, `inner` for a part of them; in a function the last has its `value`. */
interface Place {
  readonly flow: Flow
  readonly value: boolean
  readonly list: List
  readonly inner: List
}

/** Statements with labels among them, the first of which is at `at`. */
export function labelled(statements: readonly Core[], at: number, place: Place): Core[] {
  const { flow, inner } = place
  const first = statements.slice(0, at)
  const pieces = piecesOf(statements.slice(at))
  for (const { label } of pieces) flow.define(label)
  const back = pieces.findIndex((piece, k) => goesTo(piece.label.name, bodies(pieces.slice(k))))
  const out = first.length > 0 ? inner(first) : []
  if (back < 0) out.push(...inOrder(pieces, first, place))
  else {
    const before = pieces.slice(0, back)
    out.push(...inOrder(before, first, { ...place, value: false, list: inner }))
    out.push(...turns(pieces.slice(back), [...first, ...bodies(before)], place))
  }
  for (const { label } of pieces) flow.open.delete(label.name)
  return out
}

function piecesOf(statements: readonly Core[]): Piece[] {
  const pieces: { label: Label; body: Core[] }[] = []
  for (const s of statements) {
    if (s.kind === 'label') pieces.push({ label: s, body: [] })
    else pieces.at(-1)!.body.push(s)
  }
  return pieces
}

function bodies(pieces: readonly Piece[]): Core[] {
  return pieces.flatMap(piece => piece.body)
}

/** Pieces that are run at most once, after others that may have been left. */
function inOrder(pieces: readonly Piece[], before: readonly Core[], place: Place): Core[] {
  const { flow, value, list, inner } = place
  const settled: string[] = []
  return pieces.flatMap(({ label, body }, k) => {
    const { name, span } = label
    const earlier = [...before, ...bodies(pieces.slice(0, k))]
    const there = goesTo(name, earlier) ? [arrived(label, [], flow)] : []
    const last = k === pieces.length - 1
    const own = last ? list(body) : inner(body)
    const guarded = leavesElsewhere([...settled, name], earlier)
    if (!goesTo(name, bodies(pieces.slice(k)))) settled.push(name)
    if (!guarded) return [...there, ...own]
    const left = last && value ? flow.result(span) : nothing(span)
    return [...there, ifThen(flow.is(NORMAL, span), block(own, span), left, span)]
  })
}

/** Pieces to the first of which control goes back: a loop. A turn that is to begin at another label has that in `#to`. */
function turns(pieces: readonly Piece[], before: readonly Core[], place: Place): Core[] {
  const { flow, value, inner } = place
  const [head, ...others] = pieces as [Piece, ...Piece[]]
  const { name, span } = head.label
  const again = flow.fresh('#again', span)
  const to = flow.fresh('#to', span)
  const turn = (yes: boolean): Core => ({ kind: 'set-local', id: again, value: boolLiteral(yes, span), span })
  const goOn = (at: number): Core => ({ kind: 'set-local', id: to, value: intLiteral(at, span), span })
  const start: Core = { kind: 'set-local', id: flow.local(), value: { kind: 'local', id: to, span }, span }

  const entered = others.filter(({ label }) => goesTo(label.name, before))
  const returned = others.filter(({ label }, k) => goesTo(label.name, bodies(others.slice(k))))
  const jumps = [...entered, ...returned].map(({ label }): Core => ({ kind: 'goto', name: label.name, span }))
  const aims = (label: Label) => goOn(flow.target(label.name))

  const body = block(
    [
      turn(false),
      ...(jumps.length > 0 ? [start, goOn(NORMAL)] : []),
      ...inOrder(value ? withReturn(pieces, flow) : pieces, jumps, { flow, value: false, list: inner, inner }),
      arrived(head.label, [turn(true)], flow),
      ...returned.map(({ label }) => arrived(label, [aims(label), turn(true)], flow)),
      nothing(span),
    ],
    span,
  )
  const loop: Core = { kind: 'while', test: { kind: 'local', id: again, span }, body, until: flow.local(), span }
  const whole = block([turn(true), loop, nothing(span)], span)
  const elsewhere = leavesElsewhere([name, ...entered.map(({ label }) => label.name)], before)
  return [
    ...(jumps.length > 0 ? [goOn(NORMAL)] : []),
    ...(goesTo(name, before) ? [arrived(head.label, [], flow)] : []),
    ...entered.map(({ label }) => arrived(label, [aims(label)], flow)),
    elsewhere ? ifThen(flow.is(NORMAL, span), whole, nothing(span), span) : whole,
    ...(value ? [flow.result(span)] : []),
  ]
}

/** The same pieces, of which the last returns its value. */
function withReturn(pieces: readonly Piece[], flow: Flow): Piece[] {
  const { label, body } = pieces.at(-1)!
  const last = pushDown(body.at(-1) ?? nothing(label.span), value => ({ kind: 'return', value, span: value.span }), flow)
  return [...pieces.slice(0, -1), { label, body: [...body.slice(0, -1), last] }]
}

/** Where control goes on if it was left for the label. */
function arrived(label: Label, then: readonly Core[], flow: Flow): Core {
  const { span } = label
  const there = block([flow.set(NORMAL, span), ...then, nothing(span)], span)
  return ifThen(flow.is(flow.target(label.name), span), there, nothing(span), span)
}

/** `@goto` sets what says that control goes to the label. */
export function goTo(goto: Core & { kind: 'goto' }, flow: Flow): Core {
  const { name, span } = goto
  if (!flow.open.has(name)) fail('lower', 'subset.no-syntax', { what: `\`@goto ${name}\` to no label of a block around it` }, span)
  return flow.set(flow.target(name), span)
}
