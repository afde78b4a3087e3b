/** Code as values of the running program: `Expr` from data and back, parsing, and evaluation at top level. */
import { Failure } from '../diagnostics/diagnostic.ts'
import type { Source, Span } from '../diagnostics/source.ts'
import type { Node, Tree } from './1-syntax/ast.ts'
import { parseProgram } from './1-syntax/parse.ts'
import { printNode } from './1-syntax/print.ts'
import type { Code, TopLevel } from './2-types/core.ts'
import { formFromText, formOf } from './2-types/desugar/expr-form.ts'
import { builtText } from './2-types/desugar/expr-text.ts'
import { newUnit } from './2-types/desugar/expression.ts'
import type { Filled, Form } from './2-types/desugar/form.ts'
import { nodeOf } from './2-types/desugar/form-node.ts'
import { expanded, isEngineMacro } from './2-types/desugar/macros/table.ts'
import { desugarStatements } from './2-types/desugar/program.ts'
import type { Macros } from './2-types/desugar/scope.ts'
import { identifier, isTree, tree } from './2-types/desugar/shapes.ts'
import { isBoxed, isSingleton, leavesOf } from './2-types/layout.ts'
import { type Module, pathOf } from './2-types/module.ts'
import { defineValue } from './2-types/specialise/globals.ts'
import { moduleNamed } from './2-types/specialise/modules.ts'
import type { Specialiser } from './2-types/specialise/specialiser.ts'
import { isSubtype } from './2-types/subtype.ts'
import type { DataType, JType } from './2-types/type.ts'
import { isSameBinding } from './2-types/world.ts'
import { type ArrayObject, arrayOf, type Boxed, getColumn, newStruct, type StructObject, Trap } from './3-ir/memory.ts'
import { numberOfInteger } from './3-ir/scalar.ts'
import { exceptionOf } from './6-emit/exceptions.ts'
import type { CodeHost, ExceptionField, Host } from './6-emit/host.ts'
import { reprText } from './6-emit/show/show.ts'
import type { GlobalCells } from './global-cells.ts'

interface Means {
  readonly specialiser: Specialiser
  readonly host: () => Host
  readonly box: (type: JType, leaves: readonly unknown[]) => Boxed
  /** The last value of statements that are run in a module. */
  readonly run: (program: Iterable<TopLevel>, module: Module) => Boxed | null
  readonly cells: GlobalCells
  readonly execute: (code: Code) => Boxed | null
  /** Whose code is being run. */
  readonly current: () => Module
}

const GENERATED: Source = { name: 'generated code', text: '' }
const NOWHERE: Span = { source: GENERATED, start: 0, end: 0 }

export class CodeValues implements CodeHost {
  readonly macros: Macros
  readonly #means: Means
  /** Code is being evaluated, so that macros are called for it. */
  #isEvaluating = false
  /** Values that are no code, by the globals that stand for them in code. */
  readonly #placed = new Map<string, Boxed>()

  constructor(means: Means) {
    this.#means = means
    this.macros = {
      run: code => {
        try {
          return this.#filled(means.execute(code), true)
        } catch (error) {
          throw this.#isEvaluating ? this.#whileLoading(error) : error
        }
      },
      homeOf: (path, name) => this.#homeOf(path, name),
      isOf: (home, name) => this.#isOf(home, name),
    }
  }

  build(form: string, holes: readonly Boxed[]): Boxed {
    return this.#value(formFromText(form), holes)
  }

  parse(text: string): Boxed {
    try {
      return this.#value(formOf(parseProgram({ name: 'parsed text', text }), [], 1), [])
    } catch (error) {
      if (!(error instanceof Failure) || !error.diagnostic.code.startsWith('syntax.')) throw error
      return this.#value({ kind: 'expr', head: 'error', args: [{ kind: 'string', value: error.diagnostic.message }] }, [])
    }
  }

  evaluate(module: Boxed, code: Boxed): Boxed {
    const home = this.#home(module)
    const before = this.#isEvaluating
    this.#isEvaluating = true
    try {
      return this.#evaluated(home, code)
    } finally {
      this.#isEvaluating = before
    }
  }

  #evaluated(home: Module, code: Boxed): Boxed {
    const { specialiser, run, box } = this.#means
    const node = nodeOf(this.#filled(code, true), NOWHERE, new Set())
    const program: Tree = isTree(node, 'toplevel') ? node : tree('toplevel', [node], NOWHERE)
    const value = run(desugarStatements(program, { moduleName: home.name, macros: this.macros }), home)
    return value ?? box(specialiser.baseType('Nothing'), [])
  }

  expand(module: Boxed, code: Boxed, deep: boolean): Boxed {
    const node = nodeOf(this.#filled(code, true), NOWHERE, new Set())
    const unit = newUnit(this.#home(module).name, null, this.macros)
    const before = this.#isEvaluating
    this.#isEvaluating = false
    try {
      return this.#value(formOf(expanded(unit, node, deep), [], 1), [])
    } finally {
      this.#isEvaluating = before
    }
  }

  /** Code as syntax, to be compiled in place. */
  node(code: Boxed, span: Span): Node {
    return nodeOf(this.#filled(code, true), span, new Set())
  }

  text(code: Boxed): string {
    const node = nodeOf(this.#filled(code, false), NOWHERE, new Set())
    return builtText(node) ?? printNode(node)
  }

  /** What a macro throws is a LoadError to code that evaluates its call. What is outside the subset stays that. */
  #whileLoading(error: unknown): unknown {
    const { specialiser, host } = this.#means
    const found = exceptionOf(error, host())
    const type = found && (specialiser.juliaTypes[found.t] as DataType)
    if (!type || type.name.name.startsWith('__')) return error
    const fields: ExceptionField[] = [
      { kind: 'string', value: 'none' },
      { kind: 'int', value: 1 },
      { kind: 'boxed', value: found },
    ]
    const trap = new Trap({ kind: 'thrown', value: host().exception('LoadError', fields) })
    if (error instanceof Trap) trap.locs.push(...error.locs)
    return trap
  }

  #homeOf(path: readonly string[], name: string): readonly string[] | null {
    const { specialiser, current } = this.#means
    const home = specialiser.world.macroHomes.find(current(), path, name, isEngineMacro(name))
    return home && pathOf(home)
  }

  #isOf(path: readonly string[], name: string): boolean {
    const { specialiser, current } = this.#means
    const { world } = specialiser
    const from = current()
    const home = path.slice(1).reduce<Module>((at, part) => moduleNamed(specialiser, at, part, NOWHERE), world.main)
    const meant = home === from ? undefined : world.lookup(home, name)
    const seen = meant && world.lookup(from, name)
    return meant !== undefined && !(seen && isSameBinding(meant, seen))
  }

  #home(module: Boxed): Module {
    const { world, juliaTypes } = this.#means.specialiser
    return world.modulesByType.get(juliaTypes[module.t] as DataType) ?? world.main
  }

  #value(form: Form, holes: readonly Boxed[]): Boxed {
    const { specialiser, box } = this.#means
    const base = (name: string) => specialiser.baseType(name)
    switch (form.kind) {
      case 'expr': {
        const args = form.args.flatMap(arg => this.#items(arg, holes))
        return box(base('Expr'), [newStruct([form.head, arrayOf([args.length], [args])])])
      }
      case 'symbol':
        if (form.name === 'nothing') return box(base('Nothing'), [])
        return this.#placed.get(form.name) ?? box(base('Symbol'), [form.name])
      case 'quoted':
        return box(base('QuoteNode'), [this.#value(form.value, holes)])
      case 'hole':
        return holes[form.index]!
      case 'int':
        return this.#integer(BigInt(form.value))
      case 'uint':
        return box(base(`UInt${form.bits}`), unsignedLeaves(BigInt(form.value), form.bits))
      case 'float':
        return box(base('Float64'), [form.value])
      case 'float32':
        return box(base('Float32'), [form.value])
      case 'char':
        return box(base('Char'), [form.value])
      case 'bool':
        return box(base('Bool'), [form.value])
      case 'string':
        return box(base('String'), [form.value])
      case 'nothing':
        return box(base('Nothing'), [])
      case 'line':
        return box(base('LineNumberNode'), [form.line, box(base('Symbol'), [form.file])])
    }
  }

  #integer(value: bigint): Boxed {
    const { specialiser, box } = this.#means
    const number = BigInt.asIntN(64, value) === value ? numberOfInteger(value) : null
    if (number !== null) return box(specialiser.baseType('Int64'), [number])
    // An Int64 that cannot be held exactly stands in code as a wider integer, and is what it was when the code is run.
    return box(specialiser.baseType(BigInt.asIntN(128, value) === value ? 'Int128' : 'BigInt'), [value.toString(16)])
  }

  /** One value, or all of what is splatted. */
  #items(form: Form, holes: readonly Boxed[]): Boxed[] {
    if (form.kind !== 'hole' || !form.splat) return [this.#value(form, holes)]
    const { host, specialiser, box } = this.#means
    const list = host().collect(holes[form.index]!)
    if (!list) return []
    const type = specialiser.juliaTypes[list.t] as DataType
    const element = type.params[0] as JType
    const array = list.v[0] as ArrayObject
    if (isBoxed(element)) return Array.from({ length: array.n }, (_, i) => array.c0[i] as Boxed)
    const columns = leavesOf(element).map((_, k) => getColumn(array, k))
    return Array.from({ length: array.n }, (_, i) =>
      box(
        element,
        columns.map(column => column[i]),
      ),
    )
  }

  /** A value as code; with `inPlace`, what is no code is kept in a global that the code names. */
  #filled(value: Boxed | null, inPlace: boolean): Filled {
    if (!value) return { kind: 'nothing' }
    const type = this.#means.specialiser.juliaTypes[value.t] as DataType
    const [leaf] = value.v
    switch (type.name.module === 'Main' ? '' : type.name.name) {
      case 'Expr': {
        const { f0: head, f1 } = leaf as StructObject
        const args = f1 as ArrayObject
        const items = Array.from({ length: args.n }, (_, i) => this.#filled(args.c0[i] as Boxed, inPlace))
        return { kind: 'expr', head: head as string, args: items }
      }
      case 'Symbol':
        return { kind: 'symbol', name: leaf as string }
      case 'QuoteNode':
        return { kind: 'quoted', value: this.#filled(leaf as Boxed, inPlace) }
      case 'Int64':
        return { kind: 'int', value: String(leaf) }
      case 'Int128':
        return { kind: 'int', value: String(fromHex(leaf as string)) }
      case 'Float64':
        return Number.isFinite(leaf) ? { kind: 'float', value: leaf as number } : this.#kept(value, type, inPlace)
      case 'Float32':
        return Number.isFinite(leaf) ? { kind: 'float32', value: leaf as number } : this.#kept(value, type, inPlace)
      case 'Bool':
        return { kind: 'bool', value: leaf as boolean }
      case 'Char':
        return { kind: 'char', value: leaf as number }
      case 'String':
        return { kind: 'string', value: leaf as string }
      case 'Nothing':
        return { kind: 'nothing' }
      case 'LineNumberNode':
        return { kind: 'line', line: leaf as number, file: '' }
      default:
        return this.#kept(value, type, inPlace)
    }
  }

  #kept(value: Boxed, type: DataType, inPlace: boolean): Filled {
    const { specialiser, host } = this.#means
    if (!inPlace) return { kind: 'node', node: identifier(reprText(value, host()), NOWHERE) }
    const { world } = specialiser
    const name = `#value${this.#placed.size}`
    this.#placed.set(name, value)
    if (isSingleton(type) || isSubtype(type, specialiser.baseType('Function'))) world.defineKnown(world.core, name, type)
    else this.#means.cells.store(defineValue(specialiser, world.core, name, type), value.v)
    return { kind: 'node', node: identifier(name, NOWHERE) as Node }
  }
}

function fromHex(text: string): bigint {
  return text.startsWith('-') ? -BigInt(`0x${text.slice(1)}`) : BigInt(`0x${text}`)
}

/** A UInt64 is two words, a UInt128 the text of its digits. */
function unsignedLeaves(value: bigint, bits: 8 | 16 | 32 | 64 | 128): unknown[] {
  if (bits === 64) return [Number(value >> 32n), Number(value & 0xffffffffn)]
  return [bits === 128 ? value.toString(16) : Number(value)]
}
