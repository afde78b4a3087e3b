/**
 * Failing programs of 20 to 400 statements: a small known failure inside of a larger program that works. `node bench/reduce-corpus.mjs NUMBER`
 * prints one. And programs that hold two failures: only one of them happens, and the other is near.
 */
import { fileURLToPath } from 'node:url'
import { FAILURES, OTHERS } from './reduce-failures.mjs'

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
  return lines.filter(line => !/^\s*(end|else|catch)$/.test(line)).length
}

/** The lines keep their order, with others between them, but for those that belong together. */
function program({ name, lines, call, value }, size, seed) {
  const pick = numbersFrom(seed)
  const parts = []
  let count = statements(lines) + 2
  for (let i = 0; count < size; i++) {
    const more = filler(i, pick)
    parts.push(more)
    count += statements(more)
  }
  const own = lines.some(line => /^\s|^end$/.test(line)) ? [lines] : lines.map(line => [line])
  for (const [k, some] of own.entries()) parts.splice(Math.floor(((k + 1) * parts.length) / (own.length + 1)) + k, 0, some)
  const header = [
    '#= adrepro',
    `title: ${name}`,
    'checks:',
    `  - call: ${JSON.stringify(call)}`,
    ...(value ? [`    value: ${value}`] : []),
    '=#',
  ]
  return `${[...header, 'using Enzyme', ...parts.flat()].join('\n')}\n`
}

const SIZES = [20, 60, 140, 400]

/** Four sizes of each failure. */
export const CORPUS = FAILURES.flatMap((failure, k) =>
  SIZES.map((size, s) => ({
    ...failure,
    name: `${failure.name}, ${size}`,
    size,
    least: `${failure.least}\n`,
    text: program(failure, size, k * 10 + s),
  })),
)

/** How another failure is near; null where it cannot be. Edits that unwrap, drop or put a part for the whole come upon it. */
const FORMS = [
  {
    name: 'a branch not taken',
    of: ({ call, ...f }) =>
      isOfNumber(call) && { ...f, lines: ['chosen(x) = x > 1000 ? other(x) : model(x)'], call: call.replace('model', 'chosen') },
  },
  {
    name: 'what would come next',
    of: ({ call, value, plant, ...f }) =>
      isOfNumber(call) &&
      !value &&
      !plant &&
      !/NaN/.test(f.name) && { ...f, value, plant, lines: ['both(x) = model(x) + other(x)'], call: call.replace('model', 'both') },
  },
  { name: 'a statement not run', of: f => ({ ...f, lines: ['if length("a") > 1', '    gradient(Reverse, other, 2.0)', 'end'] }) },
  { name: 'a failure that is caught', of: f => ({ ...f, lines: ['try', '    other(2.0)', 'catch', 'end'] }) },
]

function isOfNumber(call) {
  return call.includes('model, ') && !call.includes('[1.0')
}

const SIZE_OF_TWO = 16

/** Each failure with each other one near, in one or two of the forms. */
export const TWO_FAILURES = FAILURES.flatMap((failure, k) =>
  OTHERS.flatMap((other, j) => {
    const forms = FORMS.map(form => ({ form, made: form.of(failure) })).filter(({ made }) => made)
    return forms
      .filter((_, i) => (i + j + k) % forms.length === 0 || (i + j) % 4 === 3)
      .map(({ form, made }) => {
        const lines = [...failure.lines, ...other.lines, ...made.lines]
        return {
          ...made,
          name: `${failure.name}; ${other.name} as ${form.name}`,
          size: SIZE_OF_TWO,
          not: other.says.source === failure.says.source ? null : other.says,
          text: program({ ...made, lines }, SIZE_OF_TWO, 1000 + k * 50 + j),
        }
      })
  }),
)

if (process.argv[1] === fileURLToPath(import.meta.url)) process.stdout.write([...CORPUS, ...TWO_FAILURES][Number(process.argv[2])].text)
