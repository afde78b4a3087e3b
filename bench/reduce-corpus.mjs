/**
 * Failing programs of 20 to 400 statements: a small known failure inside of a larger program that works, with the smallest program that
 * shows the failure, written by hand. `node bench/reduce-corpus.mjs NUMBER` prints one.
 */
import { fileURLToPath } from 'node:url'

/** What fails: the lines that define it, the call, and the least that shows it. `value`: what the call should give, for wrong values. */
const KERNELS = [
  {
    name: 'mixed tape',
    engine: 'builtin:enzyme-0.13',
    lines: [
      'vector_of(x) = sin.([1, 2] .* x)',
      'matrix_of(x) = hcat(vector_of(x), vector_of(3x))',
      'slope(f, x) = jacobian(Reverse, f, x)[1]',
      'bend(f, x) = slope(y -> slope(f, y), x)',
    ],
    call: 'bend(matrix_of, 1.0)',
    least: 'using Enzyme\njacobian(Reverse, y -> jacobian(Reverse, x -> hcat(sin.([0, 0] .* x), [0, 0]), y)[1], 0.0)',
  },
  {
    name: 'bounds',
    lines: ['pick(v, i) = v[i + 2]', 'model(x) = pick([x, 2x], 1) * 3'],
    call: 'gradient(Reverse, model, 1.5)',
    least: '[][0]',
  },
  {
    name: 'domain',
    lines: ['shifted(x) = x - 4', 'model(x) = log(shifted(x)) + x^2'],
    call: 'gradient(Reverse, model, 1.5)',
    least: 'log(-1.0)',
  },
  {
    name: 'method',
    lines: ['half(x::Int) = x ÷ 2', 'model(x) = half(x) + 1.0'],
    call: 'autodiff(Reverse, model, Active(2.5))',
    least: 'half(x::Int) = x\nhalf(0.0)',
  },
  {
    name: 'shapes',
    lines: ['left(x) = [x, 2x]', 'model(x) = sum(left(x) + [x, x, 1.0])'],
    call: 'gradient(Reverse, model, 2.0)',
    least: '[] + [0.0]',
  },
  {
    name: 'undefined name',
    lines: ['model(x) = x * missing_factor + 1'],
    call: 'gradient(Reverse, model, 2.0)',
    least: 'missing_factor',
  },
  {
    name: 'own error',
    lines: ['function model(x)', '    if x > 1', '        error("the step is too long")', '    end', '    return x^2', 'end'],
    call: 'gradient(Reverse, model, 2.0)',
    least: 'error("the step is too long")',
  },
  {
    name: 'division',
    lines: ['parts(n) = 10 ÷ n', 'model(x) = x * parts(3 - 3)'],
    call: 'gradient(Reverse, model, 2.0)',
    least: '0 ÷ 0',
  },
  {
    name: 'key',
    lines: ['const TABLE = Dict("a" => 1.0)', 'model(x) = x * TABLE["b"]'],
    call: 'gradient(Reverse, model, 2.0)',
    least: 'Dict()["b"]',
  },
  {
    name: 'inexact',
    lines: ['count_of(x) = Int(x / 2)', 'model(x) = x * count_of(3.0)'],
    call: 'gradient(Reverse, model, 2.0)',
    least: 'Int(0.5)',
  },
  {
    name: 'result that is no scalar',
    lines: ['model(v) = 2 .* v'],
    call: 'gradient(Reverse, model, [1.0, 2.0])',
    least: 'using Enzyme\ngradient(Reverse, v -> v, [0.0])',
  },
  {
    name: 'sign of sin',
    plant: 'rule:sin:sign',
    lines: ['wave(x) = sin(x)', 'model(x) = wave(x)'],
    call: 'gradient(Reverse, model, 0.5)[1]',
    value: '0.8775825618903728',
    least: 'using Enzyme\ngradient(Reverse, x -> sin(x), 0.0)',
  },
  {
    name: 'factor of exp',
    plant: 'rule:exp:factor',
    lines: ['grow(x) = exp(x)', 'model(x) = grow(x)'],
    call: 'gradient(Reverse, model, 0.5)[1]',
    value: '1.6487212707001282',
    least: 'using Enzyme\ngradient(Reverse, x -> exp(x), 0.0)',
  },
  {
    name: 'lost use',
    plant: 'sum:value',
    lines: ['square(x) = x * x', 'model(x) = square(x)'],
    call: 'gradient(Reverse, model, 1.5)[1]',
    value: '3.0',
    least: 'using Enzyme\ngradient(Reverse, x -> x * x, 1.0)',
  },
  {
    name: 'crash in a pass',
    plant: 'pass:fold:crash',
    lines: ['square(x) = x * x', 'model(x) = square(x) + 1'],
    call: 'gradient(Reverse, model, 1.5)[1]',
    least: '(x -> x * x)(0.0)',
  },
]

/** Always the same numbers. */
function numbersFrom(seed) {
  let state = seed * 2654435761 + 12345
  return n => {
    state = (Math.imul(state ^ (state >>> 15), 2246822519) + 374761393) >>> 0
    return (state >>> 8) % n
  }
}

/** Statements that work and have nothing to do with the failure; some of them with a body. */
function filler(i, pick) {
  const a = pick(9) + 1
  const kinds = [
    () => [`const rate_${i} = ${a}.5`],
    () => [`scale_${i}(x) = ${a}x + 1`, `println(scale_${i}(2.0))`],
    () => [`list_${i} = [${a}.0, 2.0, 3.0]`, `push!(list_${i}, ${a}.25)`],
    () => [
      `function total_${i}(v)`,
      '    s = 0.0',
      '    for x in v',
      `        s += x * ${a}`,
      '    end',
      '    return s',
      'end',
      `sum_${i} = total_${i}([1.0, 2.0])`,
    ],
    () => [
      `struct Point_${i}`,
      '    x::Float64',
      '    y::Float64',
      'end',
      `length_${i}(p::Point_${i}) = sqrt(p.x^2 + p.y^2)`,
      `far_${i} = length_${i}(Point_${i}(3.0, ${a}.0))`,
    ],
    () => [`cube_${i}(x) = x^3`, `gradient(Reverse, cube_${i}, ${a}.0)`],
    () => [`if ${a} > 4`, `    println("large")`, 'else', `    println("small")`, 'end'],
    () => [`names_${i} = ["a", "b"]`, `println(join(names_${i}, ", "))`],
    () => [`pair_${i}(x; k = ${a}) = (x, k)`, `pair_${i}(1; k = 2)`],
    () => [`squares_${i} = [j^2 for j in 1:${a}]`, `println(sum(squares_${i}))`],
  ]
  return kinds[pick(kinds.length)]()
}

/** Every line that is neither an end nor an else is a statement. */
function statements(lines) {
  return lines.filter(line => !/^\s*(end|else)$/.test(line)).length
}

function program(kernel, size, seed) {
  const pick = numbersFrom(seed)
  const parts = []
  let count = statements(kernel.lines) + 2
  for (let i = 0; count < size; i++) {
    const more = filler(i, pick)
    parts.push(more)
    count += statements(more)
  }
  // The lines of the failure keep their order, with others between them.
  const own = kernel.lines.some(line => /^\s|^end$/.test(line)) ? [kernel.lines] : kernel.lines.map(line => [line])
  for (const [k, lines] of own.entries()) parts.splice(Math.floor(((k + 1) * parts.length) / (own.length + 1)) + k, 0, lines)
  const header = [
    '#= adrepro',
    `title: ${kernel.name}`,
    'checks:',
    `  - call: ${JSON.stringify(kernel.call)}`,
    ...(kernel.value ? [`    value: ${kernel.value}`] : []),
    '=#',
  ]
  return `${[...header, 'using Enzyme', ...parts.flat()].join('\n')}\n`
}

const SIZES = [20, 60, 140, 400]

/** Four sizes of each failure. */
export const CORPUS = KERNELS.flatMap((kernel, k) =>
  SIZES.map((size, s) => ({
    name: `${kernel.name}, ${size}`,
    size,
    engine: kernel.engine ?? 'builtin',
    plant: kernel.plant ?? null,
    least: `${kernel.least}\n`,
    text: program(kernel, size, k * 10 + s),
  })),
)

if (process.argv[1] === fileURLToPath(import.meta.url)) process.stdout.write(CORPUS[Number(process.argv[2])].text)
