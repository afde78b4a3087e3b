/** The languages whose grammars are there, a row each, and plain text for the rest. Grammars are loaded when they are needed. */
import type { Parser } from '@lezer/common'
import { lezerTree } from './lezer.ts'
import type { Piece } from './piece.ts'
import { textTree } from './text.ts'

export interface Grammar {
  readonly name: string
  readonly parse: (text: string) => Piece
  /** What can stand for a statement that does nothing, and for a value, the simplest first. */
  readonly emptyStatements: readonly string[]
  readonly simplestValues: readonly string[]
  /** Blocks are what is indented. */
  readonly isIndented: boolean
  /** Names of pieces: lists of parameters, and of arguments. */
  readonly parameters: readonly string[]
  readonly arguments: readonly string[]
  readonly comments: readonly string[]
  /** What begins a comment that ends with the line; null if there is none. */
  readonly remark: string | null
  /** Is this leaf a name at a place where it is defined? */
  readonly defines: (leaf: Piece, around: readonly Piece[]) => boolean
  /** Names of leaves that are names, but not of fields. */
  readonly names: readonly string[]
}

const never = () => false

/** `def f`, `class C`, parameters, `import m`, `for x in`, `as x`, and what stands before `=`. */
function definesInPython(leaf: Piece, around: readonly Piece[]): boolean {
  const outer = around.at(-1)
  if (!outer) return false
  const at = outer.children.indexOf(leaf)
  const before = outer.children[at - 1]?.name
  const after = outer.children.slice(at + 1).find(c => c.name !== 'VariableName' && c.name !== ',' && c.name !== 'TypeDef')?.name
  if (before === 'def' || before === 'class' || before === 'as' || before === 'for' || before === 'import') return true
  if (outer.name === 'ParamList') return before !== 'AssignOp'
  if (outer.name === 'TupleExpression') return around.at(-2)?.name === 'AssignStatement' || around.at(-2)?.name === 'ForStatement'
  if (outer.name === 'AssignStatement' || outer.name === 'ImportStatement') return outer.name === 'ImportStatement' || after === 'AssignOp'
  return outer.name === 'ForStatement' && after === 'in'
}

/** Declarations end in the name that they declare, but for the value. */
function definesInC(_: Piece, around: readonly Piece[]): boolean {
  const outer = around.at(-1)?.name ?? ''
  return /Declarator$|^(?:Declaration|ParameterDeclaration|OptionalParameterDeclaration|StructSpecifier|ClassSpecifier|TypeParameterDeclaration|AliasDeclaration|TypeDefinition)$/.test(
    outer,
  )
}

type Row = Omit<Grammar, 'parse'> & { readonly extensions: readonly string[]; readonly load: () => Promise<Parser> }

/** What JavaScript and TypeScript share. */
const ECMASCRIPT = {
  emptyStatements: [';', '{}'],
  simplestValues: ['0', 'null'],
  isIndented: false,
  parameters: ['ParamList'],
  arguments: ['ArgList'],
  comments: ['LineComment', 'BlockComment'],
  remark: '//',
  defines: (leaf: Piece) => leaf.name === 'VariableDefinition',
  names: ['VariableName', 'VariableDefinition'],
} satisfies Partial<Row>

const ROWS: readonly Row[] = [
  {
    name: 'Python',
    extensions: ['py'],
    load: async () => (await import('@lezer/python')).parser,
    emptyStatements: ['pass'],
    simplestValues: ['0', 'None'],
    isIndented: true,
    parameters: ['ParamList'],
    arguments: ['ArgList'],
    comments: ['Comment'],
    remark: '#',
    defines: definesInPython,
    names: ['VariableName'],
  },
  {
    ...ECMASCRIPT,
    name: 'JavaScript',
    extensions: ['js', 'mjs', 'cjs'],
    load: async () => (await import('@lezer/javascript')).parser,
  },
  {
    ...ECMASCRIPT,
    name: 'TypeScript',
    extensions: ['ts', 'mts'],
    load: async () => (await import('@lezer/javascript')).parser.configure({ dialect: 'ts' }),
  },
  {
    name: 'C++',
    extensions: ['c', 'cc', 'cpp', 'cxx', 'h', 'hpp', 'cu'],
    load: async () => (await import('@lezer/cpp')).parser,
    emptyStatements: [';', '{}'],
    simplestValues: ['0'],
    isIndented: false,
    parameters: ['ParameterList'],
    arguments: ['ArgumentList'],
    comments: ['LineComment', 'BlockComment'],
    remark: '//',
    defines: definesInC,
    names: ['Identifier', 'TypeIdentifier'],
  },
  {
    name: 'Rust',
    extensions: ['rs'],
    load: async () => (await import('@lezer/rust')).parser,
    emptyStatements: [';', '{}'],
    simplestValues: ['0', '0.0'],
    isIndented: false,
    parameters: ['ParamList'],
    arguments: ['ArgList'],
    comments: ['LineComment', 'BlockComment'],
    remark: '//',
    defines: (leaf, around) =>
      leaf.name === 'BoundIdentifier' || (leaf.name === 'TypeIdentifier' && /Item$/.test(around.at(-1)?.name ?? '')),
    names: ['Identifier', 'BoundIdentifier', 'TypeIdentifier'],
  },
]

const TEXT: Grammar = {
  name: 'text',
  parse: textTree,
  emptyStatements: [],
  simplestValues: [],
  isIndented: false,
  parameters: [],
  arguments: [],
  comments: [],
  remark: null,
  defines: never,
  names: [],
}

/** By the extension of the file; what has none that is known is text. */
export async function grammarOf(file: string): Promise<Grammar> {
  const extension = /\.(\w+)$/.exec(file)?.[1]?.toLowerCase() ?? ''
  const row = ROWS.find(r => r.extensions.includes(extension))
  if (!row) return TEXT
  const parser = await row.load()
  const { extensions: _, load: __, ...rest } = row
  return { ...rest, parse: text => lezerTree(parser.parse(text), text) }
}
