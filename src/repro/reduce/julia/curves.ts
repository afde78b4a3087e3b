/** The derivatives that calls have at the point where they ran: found by differences, on an engine without limits. */
import type { Node } from '../../../engine/index.ts'
import type { Observe } from './observations.ts'
import { type JuliaProgram, readJulia } from './program.ts'

/** A line that begins with this tells derivatives. */
const MARK = '\u0002'
const CURVE = '__seen_curve'
const MOST_CHARACTERS = 160

/**
 * Slope and bend of `f` at `x`, to the digits that differences have. Of a vector, a column or a row and a column an element; the bend only
 * where the value is a number.
 */
const PRELUDE = `__seen_tidy(x) = isfinite(x) ? round(x, sigdigits = 6) + 0.0 : x
function __seen_tell(k, slope, bend)
  println("${MARK}", k, " | ", repr(slope), " | ", bend === nothing ? "" : repr(bend))
end
function ${CURVE}(k, f, x::Number)
  h = 1.0e-4
  up, at, down = f(x + h), f(x), f(x - h)
  slope = __seen_tidy.((up .- down) ./ 2h)
  __seen_tell(k, slope, at isa Number ? __seen_tidy(round((up - 2at + down) / h^2, digits = 5)) : nothing)
end
function ${CURVE}(k, f, x::AbstractVector)
  h = 1.0e-4
  n = length(x)
  step(i) = [j == i ? h : 0.0 for j in 1:n]
  rows = [(f(x + step(i)) .- f(x - step(i))) ./ 2h for i in 1:n]
  if f(x) isa Number
    bend = [(f(x + step(i) + step(j)) - f(x + step(i) - step(j)) - f(x - step(i) + step(j)) + f(x - step(i) - step(j))) / 4h^2 for i in 1:n, j in 1:n]
    __seen_tell(k, __seen_tidy.(rows), __seen_tidy.(round.(bend, digits = 5)))
  else
    __seen_tell(k, __seen_tidy.(hcat(rows...)), nothing)
  end
end
`

/** A call of what one variable is, as a function of that. */
export interface Curve {
  readonly call: Node
  readonly variable: string
  readonly at: string
}

/** As literals. */
export interface Bent {
  readonly slope: string
  /** Null where the value is no number. */
  readonly bend: string | null
}

/** Null for what has none. */
export async function bentOf(observe: Observe, { text, tree }: JuliaProgram, curves: readonly Curve[]): Promise<(Bent | null)[]> {
  const last = tree.args.at(-1)
  if (!last || curves.length === 0) return curves.map(() => null)
  const asked = curves.map(
    ({ call, variable, at }, k) => `try ${CURVE}(${k}, ${variable} -> (${text.slice(call.span.start, call.span.end)}), ${at}) catch end\n`,
  )
  const output = await observe(PRELUDE + text.slice(0, last.span.start) + asked.join(''))
  const found = new Map<number, Bent>()
  for (const line of output.split('\n')) {
    if (!line.startsWith(MARK)) continue
    const [k, slope, bend] = line.slice(MARK.length).split(' | ')
    if (slope === undefined || !isNumbers(slope)) continue
    found.set(Number(k), { slope, bend: bend !== undefined && isNumbers(bend) ? bend : null })
  }
  return curves.map((_, k) => found.get(k) ?? null)
}

/** A literal of finite numbers that is short enough to stand in a program. */
function isNumbers(text: string): boolean {
  return text !== '' && text.length <= MOST_CHARACTERS && !/NaN|Inf/.test(text) && readJulia(text) !== null
}
