/** The parts of docs/language.md that are made from tables of the engine. `npx vitest run test/language.test.ts` with UPDATE_DOCS=1 writes them. */
import { readdirSync, readFileSync } from 'node:fs'
import { CATALOGUE } from '../src/diagnostics/catalogue.ts'
import { MACROS } from '../src/engine/2-types/desugar/macros/table.ts'
import { OPS, type Op } from '../src/engine/3-ir/ops.ts'
import { isSmooth, ruleText } from '../src/engine/4-ad/rules.ts'
import { indexBase } from '../src/engine/base-index.ts'

const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')
const code = (text: string): string => (text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``)
const inOrder = (names: Iterable<string>): string[] => [...new Set(names)].sort((a, b) => (a < b ? -1 : 1))
const names = (all: Iterable<string>): string => inOrder(all).map(code).join(' ')
const rows = (head: readonly string[], body: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...body].map(row => `| ${row.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`).join('\n')

/** Modules whose names are only for the library itself, or are macros. */
const INTERNAL = /^(Enzyme(Core|Autodiff|Errors|Sugar|RuleCalls|TupleArrays)|CoreLogging|Printf|Sys|Compiler|API)$/

/** Base by all of its names but those of helpers, which begin with two underscores; other modules by what they export or say is public. */
function modules(): string {
  const { entries, modules } = indexBase()
  const base = entries.filter(({ module }) => module === '').flatMap(entry => entry.names)
  const sections = [`**Base**: ${names(base.filter(name => /^[^_#.][^.#]*$/.test(name) && !name.includes('__')))}`]
  const public_ = new Map<string, string[]>()
  for (const { path, exports, publics } of modules) {
    if (path === '' || path.split('.').some(name => INTERNAL.test(name))) continue
    public_.set(path, (public_.get(path) ?? []).concat(exports, publics))
  }
  for (const name of inOrder(public_.keys())) {
    const all = public_.get(name)!
    if (all.length > 0) sections.push(`**${name}**: ${names(all)}`)
  }
  return sections.join('\n\n')
}

function macros(): string {
  const known = Object.entries(MACROS)
  const spelled = ([name]: readonly [string, unknown]): string => (name.endsWith('_str') ? `${name.slice(0, -4)}"…"` : `@${name}`)
  const refused = known.filter(([, macro]) => macro.kind === 'refused')
  const rest = known.filter(([, macro]) => macro.kind !== 'refused')
  return `Macros: ${names(rest.map(spelled))}\n\nRefused by name: ${names(refused.map(spelled))}`
}

/** The texts with which the stages of syntax refuse something. */
function refusals(): string {
  const files = ['src/engine/1-syntax', 'src/engine/2-types'].flatMap(folder =>
    readdirSync(new URL(`../${folder}`, import.meta.url), { recursive: true, encoding: 'utf8' }).map(name => `${folder}/${name}`),
  )
  const sources = files.filter(file => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  const found = sources.flatMap(file => [...read(file).matchAll(/\bunsupported\(\s*'((?:[^'\\]|\\.)+)'/g)].map(match => match[1]!))
  return inOrder(found)
    .map(text => `- ${text}`)
    .join('\n')
}

function codes(): string {
  const subset = Object.keys(CATALOGUE).filter(name => /^(subset|type|ad)\./.test(name))
  return rows(
    ['Code', 'What it says'],
    subset.map(name => {
      const [, , first] = read(`docs/codes/${name}.md`).split('\n')
      return [`[\`${name}\`](codes/${name}.md)`, first!]
    }),
  )
}

/** The remark at the end of a rule, by operation; of rules over several lines the remarks follow one another, and those of other packages them. */
function remarks(): Map<string, string[]> {
  const found = new Map<string, string[]>()
  let op = ''
  for (const line of ['rules', 'kinks'].flatMap(file => read(`src/engine/4-ad/${file}.ts`).split('\n'))) {
    op = /^ {4,6}'([\w.]+)':/.exec(line)?.[1] ?? op
    const remark = /\/\/ (.+)$/.exec(line)?.[1]
    if (op && remark && !remark.startsWith('biome')) found.set(op, (found.get(op) ?? []).concat(remark))
  }
  return found
}

function derivatives(): string {
  const notes = remarks()
  const smooth = (Object.keys(OPS) as Op[]).filter(isSmooth).filter(op => op.startsWith('f64.'))
  return rows(
    ['Operation', 'What its operands receive from `d`', 'At kinks and poles'],
    smooth.map(op => [code(op.slice(4)), code(ruleText(op).replace(/^\S+\s+/, '')), notes.get(op)?.join('; ') ?? '']),
  )
}

export const LANGUAGE_TABLES = { modules, macros, refusals, codes, derivatives }
