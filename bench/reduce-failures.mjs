/**
 * Small known failures: the lines that define them, the call, and the least that shows them. `plant`: a fault of the engine. `value`: what the
 * call should give, for values that are wrong. `says`: in the message of this failure, and of no other of its kind.
 */

// biome-ignore format: a table
export const FAILURES = [
  { name: 'mixed tape', says: /internal error/, engine: 'builtin:enzyme-0.13', call: 'bend(matrix_of, 1.0)',
    lines: ['vector_of(x) = sin.([1, 2] .* x)', 'matrix_of(x) = hcat(vector_of(x), vector_of(3x))',
      'slope(f, x) = jacobian(Reverse, f, x)[1]', 'bend(f, x) = slope(y -> slope(f, y), x)'],
    least: 'using Enzyme\njacobian(Reverse, y -> jacobian(Reverse, x -> hcat(sin.([0, 0] .* x)), y)[1], 0.0)' },
  { name: 'bounds', says: /BoundsError.*Vector/, least: '[][0]',
    lines: ['pick(v, i) = v[i + 2]', 'model(x) = pick([x, 2x], 1) * 3'] },
  { name: 'domain', says: /DomainError[\s\S]*log/, least: 'log(-1.0)',
    lines: ['shifted(x) = x - 4', 'model(x) = log(shifted(x)) + x^2'] },
  { name: 'method', says: /MethodError.*\(::Float64\)/, least: 'half(x::Int) = x\nhalf(0.0)',
    lines: ['half(x::Int) = x ÷ 2', 'model(x) = half(x) + 1.0'] },
  { name: 'shapes', says: /DimensionMismatch/, least: '[] + [0.0]',
    lines: ['left(x) = [x, 2x]', 'model(x) = sum(left(x) + [x, x, 1.0])'] },
  { name: 'undefined name', says: /missing_factor/, least: 'missing_factor',
    lines: ['model(x) = x * missing_factor + 1'] },
  { name: 'own error', says: /too long/, least: 'error("the step is too long")',
    lines: ['function model(x)', '    if x > 1', '        error("the step is too long")', '    end', '    return x^2', 'end'] },
  { name: 'division', says: /DivideError/, least: '0 ÷ 0',
    lines: ['parts(n) = 10 ÷ n', 'model(x) = x * parts(3 - 3)'] },
  { name: 'key', says: /KeyError.*"b"/, least: 'Dict()["b"]',
    lines: ['const TABLE = Dict("a" => 1.0)', 'model(x) = x * TABLE["b"]'] },
  { name: 'inexact', says: /InexactError: Int64/, least: 'Int(0.5)',
    lines: ['count_of(x) = Int(x / 2)', 'model(x) = x * count_of(3.0)'] },
  { name: 'result that is no scalar', says: /scalar/, call: 'gradient(Reverse, model, [1.0, 2.0])',
    lines: ['model(v) = 2 .* v'], least: 'using Enzyme\ngradient(Reverse, v -> v, [0.0])' },
  { name: 'origin of NaN', says: /nan/, call: 'Enzyme.gradient(Reverse, model, 2.0)[1]',
    lines: ['root(x) = x^0.5', 'model(x) = root(0 * x) + 2x'], least: 'using Enzyme\ngradient(Reverse, x -> 0.0 * x^0.5, 0.0)[1]' },
  { name: 'sign of sin', says: /sign/, plant: 'rule:sin:sign', call: 'gradient(Reverse, model, 0.5)[1]', value: '0.8775825618903728',
    lines: ['wave(x) = sin(x)', 'model(x) = wave(x)'], least: 'using Enzyme\ngradient(Reverse, x -> sin(x), 0.0)' },
  { name: 'factor of exp', says: /factor/, plant: 'rule:exp:factor', call: 'gradient(Reverse, model, 0.5)[1]', value: '1.6487212707001282',
    lines: ['grow(x) = exp(x)', 'model(x) = grow(x)'], least: 'using Enzyme\ngradient(Reverse, x -> exp(x), 0.0)' },
  { name: 'lost use', says: /factor/, plant: 'sum:value', call: 'gradient(Reverse, model, 1.5)[1]', value: '3.0',
    lines: ['square(x) = x * x', 'model(x) = square(x)'], least: 'using Enzyme\ngradient(Reverse, x -> x * x, 1.0)' },
  { name: 'crash in a pass', says: /planted/, plant: 'pass:fold:crash', call: 'gradient(Reverse, model, 1.5)[1]',
    lines: ['square(x) = x * x', 'model(x) = square(x) + 1'], least: '(x -> x * x)(0.0)' },
].map(row => ({ engine: 'builtin', plant: null, value: null, call: 'gradient(Reverse, model, 2.0)', ...row }))

/** Failures that are near: `other(x)` has them for a number. No message of theirs is that of one above, though most are of the same kind. */
// biome-ignore format: a table
export const OTHERS = [
  { name: 'bounds of a tuple', says: /BoundsError.*Tuple/, lines: ['other_pick(v) = v[5]', 'other(x) = other_pick((x, 2x)) * 3'] },
  { name: 'domain of sqrt', says: /DomainError[\s\S]*sqrt/, lines: ['other(x) = sqrt(x - 5000.0) + 1'] },
  { name: 'another method', says: /MethodError.*\(::String\)/, lines: ['other_half(x::Int) = x ÷ 2', 'other(x) = x + other_half("a")'] },
  { name: 'another error', says: /too short/, lines: ['other(x) = x > 0 ? error("the step is too short") : x'] },
  { name: 'another undefined name', says: /missing_other/, lines: ['other(x) = x * missing_other'] },
  { name: 'another key', says: /KeyError.*"c"/, lines: ['const OTHER_TABLE = Dict("a" => 1.0)', 'other(x) = x * OTHER_TABLE["c"]'] },
  { name: 'inexact 32 bits', says: /InexactError: Int32/, lines: ['other(x) = x * Int32(x + 0.25)'] },
  { name: 'argument', says: /ArgumentError/, lines: ['other(x) = x + parse(Float64, "none")'] },
  { name: 'assertion', says: /AssertionError/, lines: ['function other(x)', '    @assert x < 0', '    return x', 'end'] },
  { name: 'another origin of NaN', says: /nan/, lines: ['other(x) = (x - x)^0.25 * 3'] },
]
