/** Calls whose meaning is documented: `ForwardDiff.derivative(f, x)`, `gradient` and `jacobian` of Enzyme and ForwardDiff, `autodiff` of a number. */
export interface DerivativeCall {
  readonly shape: 'derivative' | 'gradient' | 'jacobian'
  readonly f: string
  readonly x: string
  /** Enzyme's answers are tuples with one entry an argument, in reverse mode in a tuple again: how many are around the number or array. */
  readonly tuples: number
  /** Its name, if that is written without the module: another function may have it. */
  readonly unqualified: string | null
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

/** The same call without `[1]` at its end, and how many there were. */
function unindexed(text: string): { readonly call: string; readonly indices: number } {
  const match = /^(.*?)((?:\s*\[1\])*)\s*$/s.exec(text)!
  return { call: match[1]!, indices: match[2]!.split('[').length - 1 }
}

export function derivativeCall(text: string): DerivativeCall | null {
  const { call, indices } = unindexed(text)
  const match = /^\s*(?:(Enzyme|ForwardDiff)\.)?(derivative|gradient|jacobian|autodiff)\((.*)\)\s*$/s.exec(call)
  if (!match) return null
  const [, library, name, inner] = match
  const parts = splitArguments(inner!)
  if (!parts || parts.some(p => p === '' || /^\w+\s*=[^=]/.test(p) || p.endsWith('...'))) return null
  const [f, x] = parts
  if (library === 'ForwardDiff') {
    const isCall = name !== 'autodiff' && parts.length === 2 && indices === 0
    return isCall ? { shape: name as DerivativeCall['shape'], f: f!, x: x!, tuples: 0, unqualified: null } : null
  }
  const mode = /^(?:Enzyme\.)?(Forward|Reverse)$/.exec(parts[0]!)?.[1]
  const known = mode && name !== 'derivative' ? ofEnzyme(name as 'gradient' | 'jacobian' | 'autodiff', mode, parts.slice(1)) : null
  if (!known || indices > known.tuples) return null
  return { ...known, tuples: known.tuples - indices, unqualified: library === undefined ? name! : null }
}

/** Of one argument; `autodiff` of a number. */
function ofEnzyme(
  name: 'gradient' | 'jacobian' | 'autodiff',
  mode: string,
  args: readonly string[],
): Omit<DerivativeCall, 'unqualified'> | null {
  if (name !== 'autodiff') return args.length === 2 ? { shape: name, f: args[0]!, x: args[1]!, tuples: 1 } : null
  const [f, ...rest] = args
  const values = rest.length === 2 && rest[0] === (mode === 'Reverse' ? 'Active' : 'Duplicated') ? rest.slice(1) : rest
  const [, annotation, inner] = /^(Active|Duplicated)\((.*)\)$/s.exec(values.length === 1 ? values[0]! : '') ?? []
  const parts = inner === undefined ? null : splitArguments(inner)
  if (!f || !parts) return null
  if (mode === 'Reverse' && annotation === 'Active' && parts.length === 1) return { shape: 'derivative', f, x: parts[0]!, tuples: 2 }
  if (mode === 'Forward' && annotation === 'Duplicated' && parts.length === 2 && /^1(\.0?)?$/.test(parts[1]!))
    return { shape: 'derivative', f, x: parts[0]!, tuples: 1 }
  return null
}
