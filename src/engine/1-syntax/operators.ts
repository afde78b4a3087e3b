/** Julia's operators: precedence, associativity, and which of them are also prefix operators. */

/** Lowest first; `unary` and what is above it are the parser's own business. */
// biome-ignore format: a table
export const PRECEDENCE = {
  assignment: 1, pair: 2, conditional: 3, arrow: 4, or: 5, and: 6, comparison: 7, pipeLeft: 8, pipeRight: 9, colon: 10, plus: 11, times: 12, rational: 13, shift: 14, power: 16, decl: 17,
} as const

// biome-ignore format: one precedence a line
const BY_PRECEDENCE: readonly (readonly [number, string])[] = [
  [PRECEDENCE.assignment, '= := ~ += -= *= /= //= \\= ^= ÷= %= <<= >>= >>>= |= &= ⊻= ≔ ⩴ ≕ −= $='],
  [PRECEDENCE.pair, '=>'],
  [PRECEDENCE.conditional, '?'],
  [PRECEDENCE.arrow, '--> ← → ↔ ↚ ↛ ↞ ↠ ↢ ↣ ↤ ↦ ↮ ⇎ ⇍ ⇏ ⇐ ⇒ ⇔ ⇴ ⇶ ⇷ ⇸ ⇹ ⇺ ⇻ ⇼ ⇽ ⇾ ⇿ ⟵ ⟶ ⟷ ⟹ ⟺ ⟻ ⟼ ⟽ ⟾ ⟿ ⤀ ⤁ ⇜ ⇝ ↜ ↝ ↩ ↪ ↫ ↬ ↼ ↽ ⇀ ⇁ ⇄ ⇆ ⇇ ⇉ ⇋ ⇌ ⇚ ⇛ ⇠ ⇢ ↷ ↶ ↺ ↻ <-- <-->'],
  [PRECEDENCE.or, '||'],
  [PRECEDENCE.and, '&&'],
  [PRECEDENCE.comparison, '< > <= >= ≤ ≥ == === ≡ != ≠ !== ≢ ∈ ∉ ∋ ∌ ⊆ ⊈ ⊂ ⊄ ⊊ ∝ ∊ ∍ ∥ ∦ ∷ ∺ ∻ ∽ ∾ ≁ ≃ ≂ ≄ ≅ ≆ ≇ ≈ ≉ ≊ ≋ ≌ ≍ ≎ ≐ ≑ ≒ ≓ ≖ ≗ ≘ ≙ ≚ ≛ ≜ ≝ ≞ ≟ ≣ ≦ ≧ ≨ ≩ ≪ ≫ ≬ ≭ ≮ ≯ ≰ ≱ ≲ ≳ ≴ ≵ ≶ ≷ ≸ ≹ ≺ ≻ ≼ ≽ ≾ ≿ ⊀ ⊁ ⊃ ⊅ ⊇ ⊉ ⊋ ⊏ ⊐ ⊑ ⊒ ⊜ ⊩ ⊬ ⊮ ⊰ ⊱ ⊲ ⊳ ⊴ ⊵ ⊶ ⊷ ⋍ ⋐ ⋑ ⋕ ⋖ ⋗ ⋘ ⋙ ⋚ ⋛ ⋜ ⋝ ⋞ ⋟ ⋠ ⋡ ⋢ ⋣ ⋤ ⋥ ⋦ ⋧ ⋨ ⋩ ⋪ ⋫ ⋬ ⋭ ⟂ ⊢ ⊣ <: >: ⪅ ⪆ ⩽ ⩾'],
  [PRECEDENCE.pipeLeft, '<|'],
  [PRECEDENCE.pipeRight, '|>'],
  [PRECEDENCE.colon, ': .. … ⁝ ⋮ ⋱ ⋰ ⋯'],
  [PRECEDENCE.plus, '$ + - ¦ | ++ ⊕ ⊖ ⊞ ⊟ ∪ ∨ ⊔ ± ∓ ∔ ∸ ≏ ⊎ ⊻ ⊽ ⋎ ⋓ ⟇ ⧺ ⧻ ⨈ ⨢ ⨣ ⨤ ⨥ ⨦ ⨧ ⨨ ⨩ ⨪ ⨫ ⨬ ⨭ ⨮ ⨹ ⨺ ⩁ ⩂ ⩅ ⩊ ⩌ ⩏ ⩐ ⩒ ⩔ ⩖ ⩗ ⩛ ⩝ ⩡ ⩢ ⩣'],
  [PRECEDENCE.times, '* / ÷ % & ⋅ ∘ × ⊼ ∩ ∧ ⊗ ⊘ ⊙ ⊚ ⊛ ⊠ ⊡ ⊓ ∗ ∙ ∤ ⅋ ≀ ⋄ ⋆ ⋇ ⋉ ⋊ ⋋ ⋌ ⋏ ⋒ ⟑ ⦸ ⦼ ⦾ ⦿ ⧶ ⧷ ⨇ ⨰ ⨱ ⨲ ⨳ ⨴ ⨵ ⨶ ⨷ ⨸ ⨻ ⨼ ⨽ ⩀ ⩃ ⩄ ⩋ ⩍ ⩎ ⩑ ⩓ ⩕ ⩘ ⩚ ⩜ ⩞ ⩟ ⩠ ⫛ ⊍ ▷ ⨝ ⟕ ⟖ ⟗ ⌿ ⨟ \\'],
  [PRECEDENCE.rational, '//'],
  [PRECEDENCE.shift, '<< >> >>>'],
  [PRECEDENCE.power, '^ ↑ ↓ ⇵ ⟰ ⟱ ⤈ ⤉ ⤊ ⤋ ⤒ ⤓ ⥉ ⥌ ⥍ ⥏ ⥑ ⥔ ⥕ ⥘ ⥙ ⥜ ⥝ ⥠ ⥡ ⥣ ⥥ ⥮ ⥯ ￪ ￬'],
  [PRECEDENCE.decl, '::'],
]

export const BINARY: ReadonlyMap<string, number> = new Map(
  BY_PRECEDENCE.flatMap(([level, ops]) => ops.split(' ').map(op => [op, level] as const)),
)

/** May stand before an operand, as a call. */
export const PREFIX: ReadonlySet<string> = new Set(['+', '-', '!', '~', '¬', '√', '∛', '∜', '<:', '>:', '±', '∓', '⋆'])

/** `a -b` in a matrix is two elements for these, dotted or not; for the others only when they have no dot. */
export const PREFIX_AND_BINARY: ReadonlySet<string> = new Set(['+', '-', '±', '∓', '⋆'])
export const PREFIX_AND_BINARY_UNDOTTED: ReadonlySet<string> = new Set(['$', '&', '~'])

/** Prefix only: never between operands. */
export const RADICALS: ReadonlySet<string> = new Set(['√', '∛', '∜'])

/** Syntax, not functions: they are no values, and have no dotted form unless it is listed with them. */
const SYNTAX = ['->', '...', '?', '$', '::', ':=', '$=']
const UNDOTTED: ReadonlySet<string> = new Set([...SYNTAX, ':', '..', '…'])

/** Whether Julia takes the text for one operator, dotted or not. */
export function isOperatorName(text: string): boolean {
  const plain = text.length > 1 && text.startsWith('.') && !UNDOTTED.has(text) ? text.slice(1) : text
  return BINARY.has(plain) || PREFIX.has(plain) || SYNTAX.includes(plain)
}

/** Characters that Julia reads as another one. */
const SAME: ReadonlyMap<string, string> = new Map([
  ['−', '-'],
  ['·', '⋅'],
  ['‧', '⋅'],
])

export interface Operator {
  readonly text: string
  /** As it stands in the file. */
  readonly written: string
  /** Precedence between operands; 0 when it cannot stand there. */
  readonly level: number
  readonly takesDot: boolean
  readonly takesSuffix: boolean
}

/** Every operator by its first UTF-16 unit, longest first; what a scanner tries in turn. */
export const BY_FIRST: ReadonlyMap<number, readonly Operator[]> = (() => {
  const groups = new Map<number, Operator[]>()
  for (const written of new Set([...BINARY.keys(), ...PREFIX, ...SYNTAX, '!', '&', ...SAME.keys()])) {
    const text = SAME.get(written) ?? written
    const level = RADICALS.has(text) ? 0 : (BINARY.get(text) ?? 0)
    const takesSuffix = level > PRECEDENCE.conditional && !['||', '&&', ':', '::', '<:', '>:'].includes(text)
    const operator: Operator = { text, written, level, takesDot: !UNDOTTED.has(text), takesSuffix }
    const group = groups.get(written.charCodeAt(0))
    if (group) group.push(operator)
    else groups.set(written.charCodeAt(0), [operator])
  }
  for (const group of groups.values()) group.sort((a, b) => b.written.length - a.written.length)
  return groups
})()

/** `a += b`: the operator without its `=`, or null when the text is no updating assignment. */
export function updated(op: string): string | null {
  return op.length > 1 && op.endsWith('=') && BINARY.get(op) === PRECEDENCE.assignment && op !== ':=' ? op.slice(0, -1) : null
}

/** Superscripts, primes and the like that may end an operator: `+₁`, `==′`. */
export function isOperatorSuffix(char: string): boolean {
  return /^[²³¹ʰʲʳʷʸˡ-ˣᴬᴮᴰᴱᴳ-ᴺᴼᴾᴿᵀᵁᵂᵃᵇᵈᵉᵍᵏᵐᵒᵖᵗ-ᵛᵝ-ᵡᵢ-ᵪᶜᶠᶥᶦᶫᶰᶸᶻᶿ⁰ⁱ⁴-⁹⁺-⁾ₐ-ₜ₀-₉₊-₎′-‷⁗ⱼⱽꜛ-ꜟ]$/u.test(char)
}
