/** Classes of characters and their other case, by Unicode. */

/** What takes two columns of a terminal: East Asian scripts and pictures. */
const WIDE = [
  '\\u{1100}-\\u{115f}\\u{231a}-\\u{231b}\\u{23e9}-\\u{23ec}\\u{25fd}-\\u{25fe}\\u{2614}-\\u{2615}\\u{2648}-\\u{2653}\\u{26aa}-\\u{26ab}\\u{26bd}-\\u{26be}\\u{26c4}-\\u{26c5}',
  '\\u{2705}\\u{270a}-\\u{270b}\\u{2728}\\u{274c}\\u{2753}-\\u{2755}\\u{2757}\\u{2795}-\\u{2797}\\u{2b1b}-\\u{2b1c}\\u{2b50}',
  '\\u{2b55}\\u{2e80}-\\u{303e}\\u{3041}-\\u{4dbf}\\u{4e00}-\\u{a4cf}\\u{a960}-\\u{a97f}\\u{ac00}-\\u{d7a3}\\u{f900}-\\u{faff}\\u{fe30}-\\u{fe6f}\\u{ff01}-\\u{ff60}',
  '\\u{ffe0}-\\u{ffe6}\\u{1f18e}\\u{1f191}-\\u{1f19a}\\u{1f200}-\\u{1f320}\\u{1f32d}-\\u{1f335}\\u{1f337}-\\u{1f37c}\\u{1f37e}-\\u{1f393}\\u{1f3a0}-\\u{1f3ca}\\u{1f3cf}-\\u{1f3d3}',
  '\\u{1f3e0}-\\u{1f3f0}\\u{1f3f4}\\u{1f3f8}-\\u{1f43e}\\u{1f440}\\u{1f442}-\\u{1f4fc}\\u{1f4ff}-\\u{1f53d}\\u{1f54b}-\\u{1f54e}\\u{1f550}-\\u{1f567}\\u{1f595}-\\u{1f596}',
  '\\u{1f5a4}\\u{1f5fb}-\\u{1f64f}\\u{1f680}-\\u{1f6c5}\\u{1f6cc}\\u{1f6d0}-\\u{1f6d2}\\u{1f6d5}-\\u{1f6d7}\\u{1f6eb}-\\u{1f6ec}\\u{1f6f4}-\\u{1f6fc}\\u{1f7e0}-\\u{1f7eb}',
  '\\u{1f90c}-\\u{1f93a}\\u{1f93c}-\\u{1f945}\\u{1f947}-\\u{1f9ff}\\u{1fa70}-\\u{1faff}\\u{20000}-\\u{3fffd}',
]

/** In the order of the numbers that Base gives them. */
const CLASSES: readonly RegExp[] = [
  /^\p{L}$/u,
  /^\p{Uppercase}$/u,
  /^\p{Lowercase}$/u,
  /^[\p{Zs}\t-\r\u0085]$/u,
  /^\p{P}$/u,
  /^\p{N}$/u,
  /^[\p{Mn}\p{Me}\p{Cf}]$/u,
  /^[\p{L}\p{Nl}\p{Sc}\p{So}_∂∇∅∆∫∑∏∞⊤⊥]$/u,
  new RegExp(`^[${WIDE.join('')}]$`, 'u'),
]

export function isOfClass(point: number, which: number): boolean {
  return CLASSES[which]!.test(String.fromCodePoint(point))
}

/** The same character where the other case is not one character. */
export function inCase(point: number, upper: boolean): number {
  const text = String.fromCodePoint(point)
  const other = upper ? text.toUpperCase() : text.toLowerCase()
  const [first] = other
  return first !== undefined && first.length === other.length ? first.codePointAt(0)! : point
}
