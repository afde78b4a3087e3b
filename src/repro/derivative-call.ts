/** Calls whose meaning is documented: `ForwardDiff.derivative(f, x)`, `gradient` and `jacobian` of Enzyme and ForwardDiff. */
export interface DerivativeCall {
  readonly shape: 'derivative' | 'gradient' | 'jacobian'
  readonly f: string
  readonly x: string
  /** Enzyme's answers are tuples with one entry an argument. */
  readonly inTuple: boolean
}

/** Splits `a, g(b, c), "d, e"` at its outer commas; null when brackets do not match. */
export function splitArguments(text: string): string[] | null {
  const parts: string[] = []
  let depth = 0
  let start = 0
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!
    if (c === '"') {
      i += 1
      while (i < text.length && text[i] !== '"') i += text[i] === '\\' ? 2 : 1
      if (i >= text.length) return null
    } else if ('([{'.includes(c)) depth += 1
    else if (')]}'.includes(c)) {
      depth -= 1
      if (depth < 0) return null
    } else if (c === '#' || c === "'" || c === ';') return null
    else if (c === ',' && depth === 0) {
      parts.push(text.slice(start, i).trim())
      start = i + 1
    }
  }
  if (depth !== 0) return null
  return [...parts, text.slice(start).trim()]
}

export function derivativeCall(text: string): DerivativeCall | null {
  const match = /^\s*(?:(Enzyme|ForwardDiff)\.)?(derivative|gradient|jacobian)\((.*)\)\s*(\[1\])?\s*$/s.exec(text)
  if (!match) return null
  const [, module, shape, inner, first] = match
  if (module === undefined && shape === 'derivative') return null
  // Without a module, it is the mode that tells.
  const library = module ?? 'Enzyme'
  const parts = splitArguments(inner!)
  if (!parts || parts.some(p => p === '' || /^\w+\s*=[^=]/.test(p) || p.endsWith('...'))) return null
  const args = library === 'Enzyme' ? parts.slice(1) : parts
  if (library === 'Enzyme' && !/^(Enzyme\.)?(Forward|Reverse)$/.test(parts[0]!)) return null
  if (args.length !== 2 || (library === 'ForwardDiff' && first)) return null
  return { shape: shape as DerivativeCall['shape'], f: args[0]!, x: args[1]!, inTuple: library === 'Enzyme' && !first }
}
