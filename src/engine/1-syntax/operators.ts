/** Julia's operators: precedence, associativity, and which of them are also prefix operators. */

/** Lowest first; `unary` and what is above it are the parser's own business. */
export const PRECEDENCE = {
  assignment: 1, pair: 2, conditional: 3, arrow: 4, or: 5, and: 6, comparison: 7, pipeLeft: 8, pipeRight: 9, colon: 10, plus: 11, times: 12, rational: 13, shift: 14, power: 16, decl: 17,
} as const

const BY_PRECEDENCE: readonly (readonly [number, string])[] = [
  [PRECEDENCE.assignment, '= := ~ += -= *= /= //= \\= ^= ÷= %= <<= >>= >>>= |= &= ⊻= ≔ ⩴ ≕'],
  [PRECEDENCE.pair, '=>'],
  [PRECEDENCE.arrow, '--> ← → ↔ ↚ ↛ ↞ ↠ ↢ ↣ ↤ ↦ ↮ ⇎ ⇍ ⇏ ⇐ ⇒ ⇔ ⇴ ⇶ ⇷ ⇸ ⇹ ⇺ ⇻ ⇼ ⇽ ⇾ ⇿ ⟵ ⟶ ⟷ ⟹ ⟺ ⟻ ⟼ ⟽ ⟾ ⟿ ⤀ ⤁ ↑x ⇜ ⇝ ↜ ↝ ↩ ↪ ↫ ↬ ↼ ↽ ⇀ ⇁ ⇄ ⇆ ⇇ ⇉ ⇋ ⇌ ⇚ ⇛ ⇠ ⇢ ↷ ↶ ↺ ↻ <-- <-->'],
  [PRECEDENCE.or, '||'],
  [PRECEDENCE.and, '&&'],
  [PRECEDENCE.comparison, '< > <= >= ≤ ≥ == === ≡ != ≠ !== ≢ ∈ ∉ ∋ ∌ ⊆ ⊈ ⊂ ⊄ ⊊ ∝ ∊ ∍ ∥ ∦ ∷ ∺ ∻ ∽ ∾ ≁ ≃ ≂ ≄ ≅ ≆ ≇ ≈ ≉ ≊ ≋ ≌ ≍ ≎ ≐ ≑ ≒ ≓ ≖ ≗ ≘ ≙ ≚ ≛ ≜ ≝ ≞ ≟ ≣ ≦ ≧ ≨ ≩ ≪ ≫ ≬ ≭ ≮ ≯ ≰ ≱ ≲ ≳ ≴ ≵ ≶ ≷ ≸ ≹ ≺ ≻ ≼ ≽ ≾ ≿ ⊀ ⊁ ⊃ ⊅ ⊇ ⊉ ⊋ ⊏ ⊐ ⊑ ⊒ ⊜ ⊩ ⊬ ⊮ ⊰ ⊱ ⊲ ⊳ ⊴ ⊵ ⊶ ⊷ ⋍ ⋐ ⋑ ⋕ ⋖ ⋗ ⋘ ⋙ ⋚ ⋛ ⋜ ⋝ ⋞ ⋟ ⋠ ⋡ ⋢ ⋣ ⋤ ⋥ ⋦ ⋧ ⋨ ⋩ ⋪ ⋫ ⋬ ⋭ ⟂ ⊢ ⊣ <: >: ⪅ ⪆ ⩽ ⩾'],
  [PRECEDENCE.pipeLeft, '<|'],
  [PRECEDENCE.pipeRight, '|>'],
  [PRECEDENCE.colon, ': .. … ⁝ ⋮ ⋱ ⋰ ⋯'],
  [PRECEDENCE.plus, '+ - − ¦ | ++ ⊕ ⊖ ⊞ ⊟ ∪ ∨ ⊔ ± ∓ ∔ ∸ ≏ ⊎ ⊻ ⊽ ⋎ ⋓ ⟇ ⧺ ⧻ ⨈ ⨢ ⨣ ⨤ ⨥ ⨦ ⨧ ⨨ ⨩ ⨪ ⨫ ⨬ ⨭ ⨮ ⨹ ⨺ ⩁ ⩂ ⩅ ⩊ ⩌ ⩏ ⩐ ⩒ ⩔ ⩖ ⩗ ⩛ ⩝ ⩡ ⩢ ⩣'],
  [PRECEDENCE.times, '* / ÷ % & · ⋅ ∘ × ⊼ ∩ ∧ ⊗ ⊘ ⊙ ⊚ ⊛ ⊠ ⊡ ⊓ ∗ ∙ ∤ ⅋ ≀ ⋄ ⋆ ⋇ ⋉ ⋊ ⋋ ⋌ ⋏ ⋒ ⟑ ⦸ ⦼ ⦾ ⦿ ⧶ ⧷ ⨇ ⨰ ⨱ ⨲ ⨳ ⨴ ⨵ ⨶ ⨷ ⨸ ⨻ ⨼ ⨽ ⩀ ⩃ ⩄ ⩋ ⩍ ⩎ ⩑ ⩓ ⩕ ⩘ ⩚ ⩜ ⩞ ⩟ ⩠ ⫛ ⊍ ▷ ⨝ ⟕ ⟖ ⟗ ⌿ ⨟ \\'],
  [PRECEDENCE.rational, '//'],
  [PRECEDENCE.shift, '<< >> >>>'],
  [PRECEDENCE.power, '^ ↑ ↓ ⇵ ⟰ ⟱ ⤈ ⤉ ⤊ ⤋ ⤒ ⤓ ⥉ ⥌ ⥍ ⥏ ⥑ ⥔ ⥕ ⥘ ⥙ ⥜ ⥝ ⥠ ⥡ ⥣ ⥥ ⥮ ⥯ ￪ ￬'],
  [PRECEDENCE.decl, '::'],
]

export const BINARY: ReadonlyMap<string, number> = new Map(BY_PRECEDENCE.flatMap(([level, ops]) => ops.split(' ').map(op => [op, level] as const)))

/** May stand before an operand. */
export const PREFIX: ReadonlySet<string> = new Set(['+', '-', '−', '!', '~', '¬', '√', '∛', '∜', '<:', '>:', '&', '::', '$', '±', '∓', '⋆'])

/** Prefix only: never between operands. */
export const RADICALS: ReadonlySet<string> = new Set(['√', '∛', '∜'])

const SYMBOLS = new Set([...BINARY.keys(), ...PREFIX, '->', '...', '?', '$=', ':='])

/** Every operator text by its first character, longest first; what a scanner tries in turn. */
export const BY_FIRST: ReadonlyMap<string, readonly string[]> = (() => {
  const groups = new Map<string, string[]>()
  for (const text of SYMBOLS) {
    const first = String.fromCodePoint(text.codePointAt(0)!)
    const group = groups.get(first)
    if (group) group.push(text)
    else groups.set(first, [text])
  }
  for (const group of groups.values()) group.sort((a, b) => b.length - a.length)
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
