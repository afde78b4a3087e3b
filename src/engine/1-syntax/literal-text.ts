/** Literals as Julia writes them, so that they read back as they were. */

// biome-ignore format: a table
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\\', '\\\\'], ['\0', '\\0'], ['\x07', '\\a'], ['\b', '\\b'], ['\t', '\\t'], ['\n', '\\n'], ['\v', '\\v'], ['\f', '\\f'], ['\r', '\\r'], ['\x1b', '\\e'],
])

/** `1.0`, `1.0e10`, `0.001`, `1.0f0`: the shortest digits that read back, as `repr` gives them. */
export function floatText(x: number, isSingle: boolean): string {
  if (!Number.isFinite(x)) return `${Number.isNaN(x) ? 'NaN' : x > 0 ? 'Inf' : '-Inf'}${isSingle ? '32' : ''}`
  const sign = x < 0 || Object.is(x, -0) ? '-' : ''
  const [digits = '0', power = '0'] = shortest(Math.abs(x), isSingle).split('e')
  const all = digits.replace('.', '')
  const exponent = Number(power)
  const marker = isSingle ? 'f' : 'e'
  if (exponent < -4 || exponent >= 6) return `${sign}${all[0]}.${all.slice(1) || '0'}${marker}${exponent}`
  const whole = exponent < 0 ? '0' : all.slice(0, exponent + 1).padEnd(exponent + 1, '0')
  const fraction = exponent < 0 ? '0'.repeat(-exponent - 1) + all : all.slice(exponent + 1)
  return `${sign}${whole}.${fraction || '0'}${isSingle ? 'f0' : ''}`
}

/** In the form `1.25e3`. */
function shortest(x: number, isSingle: boolean): string {
  if (!isSingle) return x.toExponential()
  for (let digits = 0; digits < 9; digits++) {
    const text = x.toExponential(digits)
    if (Math.fround(Number(text)) === x) return text
  }
  return x.toExponential()
}

/** The text between double quotes that reads back as `value`. */
export function stringText(value: string): string {
  return escaped(value, '"$')
}

/** The text between single quotes that reads back as this code point. */
export function charText(code: number): string {
  return escaped(String.fromCodePoint(code), "'")
}

function escaped(value: string, quotes: string): string {
  let out = ''
  let at = 0
  for (const char of value) {
    at += char.length
    const code = char.codePointAt(0)!
    const known = ESCAPES.get(char)
    if (quotes.includes(char)) out += `\\${char}`
    // `\0` before a digit would read on.
    else if (known !== undefined) out += char === '\0' && /[0-7]/.test(value[at] ?? '') ? '\\x00' : known
    else if (code < 32 || code === 127) out += `\\x${code.toString(16).padStart(2, '0')}`
    else if (code >= 0xd800 && code < 0xe000) out += `\\u${code.toString(16)}`
    else out += char
  }
  return out
}
