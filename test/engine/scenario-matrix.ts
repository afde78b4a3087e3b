/**
 * The matrix of scenarios: every kind of input, output, context and place with every operator in every mode. Each combination is a line
 * of Julia that holds if the analytic derivative or the documented error comes out, or is left out for a reason that is named here.
 *
 * All functions are sin.(W * u) of the numbers u of the input, in the shape of the output, so the jacobian is cos.(W * u) .* W and the
 * second derivatives of row k are -sin((W * u)[k]) times the products of its entries.
 */

export const INPUTS = ['number', 'vector', 'matrix', 'tuple', 'struct'] as const
const OUTPUTS = ['number', 'vector', 'matrix'] as const
const CONTEXTS = ['plain', 'closure', 'constant', 'cache'] as const
const PLACES = ['out', 'in'] as const
const FIRST = ['Forward', 'Reverse'] as const
const SECOND = ['Forward, Forward', 'Forward, Reverse', 'Reverse, Forward', 'Reverse, Reverse'] as const
const OPERATORS = {
  autodiff: FIRST,
  gradient: FIRST,
  jacobian: FIRST,
  derivative: FIRST,
  hvp: SECOND,
  second_derivative: SECOND,
  hessian: SECOND,
} as const

export type Input = (typeof INPUTS)[number]
type Operator = keyof typeof OPERATORS

interface Combination {
  readonly input: Input
  readonly output: (typeof OUTPUTS)[number]
  readonly context: (typeof CONTEXTS)[number]
  readonly place: (typeof PLACES)[number]
  readonly operator: Operator
  /** Of the second order: the outer one, then the inner one. */
  readonly mode: string
}

const isNumber = ({ input }: Combination) => input === 'number'
const isAggregate = ({ input }: Combination) => input === 'tuple' || input === 'struct'

/** Combinations that mean nothing, each with the reason; the first that fits counts. */
export const MEANINGLESS: readonly (readonly [reason: string, (c: Combination) => boolean])[] = [
  [
    'a number is not written in place',
    c => c.output === 'number' && c.place === 'in' && ['autodiff', 'derivative', 'second_derivative'].includes(c.operator),
  ],
  [
    'derivatives by a number are those of functions of a number',
    c => !isNumber(c) && (c.operator === 'derivative' || c.operator === 'second_derivative'),
  ],
  [
    'gradients and hessians are of functions that give a number',
    c => c.output !== 'number' && ['gradient', 'hvp', 'hessian'].includes(c.operator),
  ],
  ['by a number they are called derivatives', c => isNumber(c) && ['gradient', 'jacobian', 'hvp', 'hessian'].includes(c.operator)],
  ['the jacobian of a number is its gradient', c => c.operator === 'jacobian' && c.output === 'number'],
  ['tuples and structs are no vectors, so there is no matrix of second derivatives', c => isAggregate(c) && c.operator === 'hessian'],
  ['results for tuples and structs are new ones', c => isAggregate(c) && c.place === 'in' && c.operator !== 'autodiff'],
  [
    'what is not Const is differentiated by, and a cache is neither',
    c => isAggregate(c) && c.context === 'cache' && ['gradient', 'jacobian'].includes(c.operator),
  ],
]

const LENGTHS: Readonly<Record<Input, number>> = { number: 1, vector: 3, matrix: 4, tuple: 2, struct: 2 }
const ROWS = { number: 1, vector: 2, matrix: 4 } as const
const VALUES: Readonly<Record<Input, readonly [at: string, along: string]>> = {
  number: ['0.7', '-1.3'],
  vector: ['[0.3, -0.8, 0.5]', '[0.6, -0.35, 0.8]'],
  matrix: ['[0.3 0.5; -0.8 0.2]', '[0.6 0.8; -0.35 0.1]'],
  tuple: ['(0.3, -0.8)', '(0.6, -0.35)'],
  struct: ['Two(0.3, -0.8)', 'Two(0.6, -0.35)'],
}

const COMMON = `using Enzyme, Test, LinearAlgebra, ADTypes
import DifferentiationInterface as DI
struct Two
    a::Float64
    b::Float64
end
flat(x::Number) = [x]
flat(x::AbstractVector) = x
flat(x::AbstractMatrix) = vec(x)
flat(x::Tuple) = [x[1], x[2]]
flat(x::Two) = [x.a, x.b]
shaped(::Val{:number}, y) = y[1]
shaped(::Val{:vector}, y) = y
shaped(::Val{:matrix}, y) = reshape(y, 2, 2)
near(found, wanted) = size(found) == size(wanted) && isapprox(found, wanted; rtol = 1e-9, atol = 1e-12)
near(found::Union{Tuple,Two}, wanted) = near(flat(found), wanted)
like(wanted::Number) = 0.0
like(wanted) = fill!(similar(wanted), 17.0)
annotated(x::AbstractArray) = Duplicated(x, zero(x))
annotated(x) = Active(x)
adjoint_of(x::Duplicated, _) = x.dval
adjoint_of(::Active, found) = found
annotations(contexts) = map(annotation, contexts)
annotation(c::DI.Constant) = Const(c.data)
annotation(c::DI.Cache) = Duplicated(copy(c.data), zero(c.data))
along(f, x, v, contexts) = autodiff(Forward, f, Duplicated(x, v), annotations(contexts)...)[1]
function slopes(f, x, contexts)
    given = annotated(x)
    found = autodiff(Reverse, f, Active, given, annotations(contexts)...)[1][1]
    return adjoint_of(given, found)
end
function along!(f!, y, x, v, contexts)
    dy = zero(y)
    autodiff(Forward, f!, Const, Duplicated(y, dy), Duplicated(x, v), annotations(contexts)...)
    return dy
end
function slopes!(f!, y, dy, x, contexts)
    given = annotated(x)
    found = autodiff(Reverse, f!, Const, Duplicated(y, dy), given, annotations(contexts)...)[1][2]
    return adjoint_of(given, found)
end
weighed(x, v) = dot(flat(x), flat(v))
`

/** What depends on the input alone: its values, and for each output the functions in each context with what is expected of them. */
function definitions(input: Input): string {
  const [at, along] = VALUES[input]
  const lines = [`const X = ${at}`, `const V = ${along}`, 'const U = flat(X)']
  for (const output of OUTPUTS) {
    const rows = ROWS[output]
    lines.push(
      `const W_${output} = [sin(k + 2.0 * j) for k in 1:${rows}, j in 1:${LENGTHS[input]}]`,
      `const J_${output} = cos.(W_${output} * U) .* W_${output}`,
      `shape_${output}(y) = shaped(Val(:${output}), y)`,
      `${output}_plain(x) = shape_${output}(sin.(W_${output} * flat(x)))`,
      `const ${output}_closure = let W = copy(W_${output})`,
      `    x -> shape_${output}(sin.(W * flat(x)))`,
      'end',
      `${output}_constant(x, W) = shape_${output}(sin.(W * flat(x)))`,
      `${output}_cache(x, buffer) = (mul!(buffer, W_${output}, flat(x)); shape_${output}(sin.(buffer)))`,
      ...CONTEXTS.map(context => `${output}_${context}!(y, x, rest...) = (y .= ${output}_${context}(x, rest...); nothing)`),
      `const Y_${output} = shape_${output}(sin.(W_${output} * U))`,
    )
  }
  lines.push("const H = -sin((W_number * U)[1]) .* (vec(W_number) * vec(W_number)')")
  return lines.join('\n')
}

function contextsOf({ context, output }: Combination): string {
  const items = { plain: '', closure: '', constant: `DI.Constant(W_${output})`, cache: `DI.Cache(zeros(${ROWS[output]}))` }
  return items[context]
}

function backendOf({ mode, operator }: Combination): string {
  const backends = mode.split(', ').map(each => `AutoEnzyme(; mode=Enzyme.${each})`)
  return OPERATORS[operator] === SECOND ? `DI.SecondOrder(${backends.join(', ')})` : backends[0]!
}

/** A line that holds, or throws the error that is documented. */
function lineOf(c: Combination): string {
  const f = `${c.output}_${c.context}`
  const contexts = contextsOf(c)
  const tuple = contexts === '' ? '()' : `(${contexts},)`
  const rest = contexts === '' ? '' : `, ${contexts}`
  const holds = (found: string, wanted: string) => `@test near(${found}, ${wanted})`
  const shape = (wanted: string) => `shape_${c.output}(${wanted})`
  if (c.operator === 'autodiff') {
    if (c.mode === 'Forward') {
      const wanted = shape(`J_${c.output} * flat(V)`)
      return c.place === 'out'
        ? holds(`along(${f}, X, V, ${tuple})`, wanted)
        : holds(`along!(${f}!, copy(Y_${c.output}), X, V, ${tuple})`, wanted)
    }
    if (c.place === 'in') {
      return holds(
        `flat(slopes!(${f}!, copy(Y_${c.output}), 2 .* Y_${c.output}, X, ${tuple}))`,
        `vec(J_${c.output}' * (2 .* vec(Y_${c.output})))`,
      )
    }
    // A result that is no number has no adjoint of its own.
    if (c.output !== 'number') return `@test_throws Enzyme.Compiler.EnzymeNonScalarReturnException slopes(${f}, X, ${tuple})`
    return holds(`flat(slopes(${f}, X, ${tuple}))`, 'vec(J_number)')
  }
  if (isAggregate(c)) return lineOfAggregate(c, f, tuple, holds)
  const call = (operator: string, more: string) => `DI.${operator}(${f}, ${backendOf(c)}, X${more}${rest})`
  const into = (operator: string, wanted: string, more: string) =>
    `@test (m = like(${wanted}); r = DI.${operator}!(${f}, m, ${backendOf(c)}, X${more}${rest}); near(m, ${wanted}) && near(r, ${wanted}))`
  const both = (operator: string, wanted: string, more = '') =>
    c.place === 'out' ? holds(call(operator, more), wanted) : into(operator, wanted, more)
  switch (c.operator) {
    case 'gradient':
      return both('gradient', 'reshape(J_number, size(X))')
    case 'hessian':
      return both('hessian', 'H')
    case 'hvp':
      return c.place === 'out'
        ? holds(`DI.hvp(${f}, ${backendOf(c)}, X, (V,)${rest})[1]`, 'reshape(H * vec(V), size(X))')
        : `@test (m = (like(X),); DI.hvp!(${f}, m, ${backendOf(c)}, X, (V,)${rest}); near(m[1], reshape(H * vec(V), size(X))))`
    case 'second_derivative':
      return both('second_derivative', shape(`vec(-sin.(W_${c.output} * U) .* W_${c.output} .^ 2)`))
    case 'derivative':
      return c.place === 'out'
        ? holds(call('derivative', ''), shape(`vec(J_${c.output})`))
        : holds(`DI.derivative(${f}!, copy(Y_${c.output}), ${backendOf(c)}, X${rest})`, shape(`vec(J_${c.output})`))
    case 'jacobian':
      return c.place === 'out'
        ? holds(call('jacobian', ''), `J_${c.output}`)
        : holds(`DI.jacobian(${f}!, copy(Y_${c.output}), ${backendOf(c)}, X${rest})`, `J_${c.output}`)
  }
}

/** By tuples and structs, with Enzyme's own operators. */
function lineOfAggregate(c: Combination, f: string, tuple: string, holds: (found: string, wanted: string) => string): string {
  const constants = `annotations(${tuple})...`
  switch (c.operator) {
    case 'gradient':
      // Tangents of structs are not enumerated.
      if (c.mode === 'Forward' && c.input === 'struct') return `@test_throws ErrorException gradient(Forward, ${f}, X, ${constants})`
      return holds(`gradient(${c.mode}, ${f}, X, ${constants})[1]`, 'vec(J_number)')
    case 'jacobian':
      if (c.mode === 'Forward' && c.input === 'struct') return `@test_throws ErrorException jacobian(Forward, ${f}, X, ${constants})`
      return c.mode === 'Forward'
        ? holds(`reduce(hcat, map(vec, collect(jacobian(Forward, ${f}, X, ${constants})[1])))`, `J_${c.output}`)
        : holds(`reduce(vcat, map(t -> flat(t)', vec(jacobian(Reverse, ${f}, X, ${constants})[1])))`, `J_${c.output}`)
    default: {
      const inner = (mode: string) =>
        mode === 'Forward' ? `y -> along(${f}, y, V, ${tuple})` : `y -> weighed(slopes(${f}, y, ${tuple}), V)`
      const [outer = '', within = ''] = c.mode.split(', ')
      return outer === 'Forward'
        ? holds(`along(${inner(within)}, X, V, ())`, "flat(V)' * H * flat(V)")
        : holds(`flat(slopes(${inner(within)}, X, ()))`, 'H * flat(V)')
    }
  }
}

export interface Row {
  readonly name: string
  readonly line: string
}

/** All of the matrix for one kind of input: a program with a line for each combination, and how many are left out for which reason. */
export function rowOfMatrix(input: Input): {
  readonly program: string
  readonly rows: readonly Row[]
  readonly left: ReadonlyMap<string, number>
} {
  const rows: Row[] = []
  const left = new Map<string, number>()
  for (const output of OUTPUTS)
    for (const context of CONTEXTS)
      for (const place of PLACES)
        for (const operator of Object.keys(OPERATORS) as Operator[])
          for (const mode of OPERATORS[operator]) {
            const c: Combination = { input, output, context, place, operator, mode }
            const reason = MEANINGLESS.find(([, fits]) => fits(c))?.[0]
            if (reason === undefined) rows.push({ name: [input, output, context, place, operator, mode].join(' '), line: lineOf(c) })
            else left.set(reason, (left.get(reason) ?? 0) + 1)
          }
  return { program: [COMMON, definitions(input)].join('\n'), rows, left }
}
