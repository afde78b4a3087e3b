/** Core as compact text, for tests and for looking at what a program becomes. Close to Julia, with every name resolved. */
import { unreachable } from '../../diagnostics/bug.ts'
import type { ClosureDef, Code, Core, Definition, KeywordDef, Literal, MethodDef, ParamDef, Program, TopLevel, TypeVarDef } from './core.ts'

/** Names as they print: locals that share a name are told apart by their number. */
interface Names {
  readonly locals: readonly string[]
  readonly captures: readonly string[]
}

export function programText(program: Program): string {
  return program.map(topLevelText).join('\n')
}

export function topLevelText(item: TopLevel): string {
  switch (item.kind) {
    case 'definition':
      return definitionText(item.def, '')
    case 'expression':
      return codeText(item.code)
    case 'if':
      return [`if ${codeText(item.test)}`, ...branchLines(item.then), 'else', ...branchLines(item.else), 'end'].join('\n')
    default:
      return unreachable(item, 'kind of statement')
  }
}

function branchLines(statements: Iterable<TopLevel>): string[] {
  return [...statements].flatMap(statement => topLevelText(statement).split('\n')).map(line => `  ${line}`)
}

/** The body of a function or a top-level statement, one statement a line; boxed locals are listed first. */
export function codeText(code: Code, indent = ''): string {
  const names = namesOf(code)
  return [...localLines(code, names, 0), ...statementLines(code.body, names, indent)].join('\n')
}

function namesOf(code: Code): Names {
  const seen = new Map<string, number>()
  const locals = code.locals.map(local => {
    const count = (seen.get(local.name) ?? 0) + 1
    seen.set(local.name, count)
    return count === 1 ? local.name : `${local.name}.${count}`
  })
  return { locals, captures: code.captures.map(capture => capture.name) }
}

/** A line for the locals that need remark: boxed ones and typed ones. */
function localLines(code: Code, names: Names, _from: number): string[] {
  const remarks = code.locals.flatMap((local, id) => {
    const type = local.type ? `::${coreText(local.type, names)}` : ''
    return local.boxed || type ? [`${local.boxed ? 'box ' : ''}${names.locals[id]}${type}`] : []
  })
  return remarks.length > 0 ? [`# ${remarks.join(', ')}`] : []
}

function statementLines(core: Core, names: Names, indent: string): string[] {
  const items = core.kind === 'block' ? core.body : [core]
  if (items.length === 0) return [`${indent}nothing`]
  return items.map(item => indent + coreText(item, names, indent))
}

function body(core: Core, names: Names, indent: string): string {
  return statementLines(core, names, `${indent}  `).join('\n')
}

function definitionText(def: Definition, indent: string): string {
  switch (def.kind) {
    case 'method': {
      const name = [...def.name.path, def.name.name].join('.')
      return def.method ? methodText(name, def.method, indent) : `${indent}function ${name} end`
    }
    case 'functor':
      return methodText('functor', def.method, indent)
    case 'struct': {
      const lines = def.fields.map(
        field =>
          `${indent}  ${field.isConst ? 'const ' : ''}${field.name}${typeText(field.type)}${field.default ? ` = ${coreText(field.default)}` : ''}`,
      )
      const constructors = def.constructors.map(item => methodText(coreText(item.ctor), item.method, `${indent}  `))
      const head = `${indent}${def.kwdef ? '@kwdef ' : ''}${def.mutable ? 'mutable ' : ''}struct ${typeHead(def)}`
      return [head, ...lines, ...constructors, `${indent}end`].join('\n')
    }
    case 'abstract':
      return `${indent}abstract ${typeHead(def)}`
    case 'primitive':
      return `${indent}primitive ${typeHead(def)} ${def.bits}`
    case 'module':
      return [`${indent}module ${def.name}`, ...Array.from(def.body, item => topLevelText(item)), `${indent}end`].join('\n')
    case 'using': {
      const names = def.names?.map(item => item.name + (item.as ? ` as ${item.as}` : '')).join(', ')
      return `${indent}${def.import ? 'import' : 'using'} ${def.path.join('/')}${def.as ? ` as ${def.as}` : ''}${names === undefined ? '' : `: ${names}`}`
    }
    case 'export':
      return `${indent}export ${def.names.join(', ')}`
    case 'declare-global':
      return `${indent}global ${def.name}${typeText(def.type)}`
    case 'macro':
      return `${indent}macro ${def.name}`
    default:
      return unreachable(def, 'kind of definition')
  }
}

function typeHead(def: { name: string; typeParams: readonly TypeVarDef[]; supertype: Core | null }): string {
  const params = def.typeParams.length > 0 ? `{${def.typeParams.map(item => typeVarText(item)).join(', ')}}` : ''
  return `${def.name}${params}${def.supertype ? ` <: ${coreText(def.supertype)}` : ''}`
}

function typeVarText(item: TypeVarDef, names?: Names): string {
  const upper = item.upper ? ` <: ${coreText(item.upper, names)}` : ''
  return item.lower
    ? item.upper
      ? `${coreText(item.lower, names)} <: ${item.name}${upper}`
      : `${item.name} >: ${coreText(item.lower, names)}`
    : item.name + upper
}

function typeText(type: Core | null, names?: Names): string {
  return type ? `::${coreText(type, names)}` : ''
}

function methodText(name: string, method: MethodDef, indent: string): string {
  const names = namesOf(method.code)
  const param = (item: ParamDef | KeywordDef): string => {
    const fallback = item.default ? ` = ${coreText(item.default, names)}` : ''
    return `${names.locals[item.local]}${typeText(item.type, names)}${'vararg' in item && item.vararg ? '...' : ''}${fallback}`
  }
  const keywords = [...method.kwparams.map(param), ...(method.kwslurp === null ? [] : [`${names.locals[method.kwslurp]}...`])]
  const params = method.params.map(param).join(', ') + (keywords.length > 0 ? `; ${keywords.join(', ')}` : '')
  const where = method.whereVars.length > 0 ? ` where {${method.whereVars.map(item => typeVarText(item, names)).join(', ')}}` : ''
  const marks = `${method.inline === 'auto' ? '' : `@${method.inline} `}${method.constprop ? '@constprop ' : ''}`
  const head = `${indent}${marks}function ${name}(${params})${typeText(method.returnType, names)}${where}`
  const remarks = localLines(method.code, names, 0).map(line => `${indent}  ${line}`)
  return [head, ...remarks, body(method.code.body, names, indent), `${indent}end`].join('\n')
}

function closureText(def: ClosureDef, captures: readonly Core[], names: Names, indent: string): string {
  const methods = def.methods.map(method => methodText('', method, `${indent}  `))
  return [`closure ${def.name} [${heldText(captures, def.captures, names)}]`, ...methods, `${indent}end`].join('\n')
}

function heldText(captures: readonly Core[], entries: Code['captures'], names: Names): string {
  return captures.map((capture, at) => `${entries[at]?.boxed ? 'box ' : ''}${coreText(capture, names)}`).join(', ')
}

function capturingText({ def, captures }: Core & { kind: 'definition' }, names: Names, indent: string): string {
  const text = definitionText(def, indent).trimStart()
  const method = def.kind === 'method' || def.kind === 'functor' ? def.method : null
  return method && captures.length > 0 ? `capturing [${heldText(captures, method.code.captures, names)}] ${text}` : text
}

const NO_NAMES: Names = { locals: [], captures: [] }

/** One expression; statements inside it are indented below `indent`. */
export function coreText(core: Core, names: Names = NO_NAMES, indent = ''): string {
  const text = (inner: Core): string => coreText(inner, names, indent)
  switch (core.kind) {
    case 'literal':
      return literalText(core.value)
    case 'local':
      return names.locals[core.id] ?? `%${core.id}`
    case 'captured':
      return `^${names.captures[core.index] ?? core.index}`
    case 'self':
      return '#self'
    case 'fresh':
      return `fresh ${core.locals.map(id => names.locals[id]).join(', ')}`
    case 'static-param':
      return `'${core.name}`
    case 'global':
      return core.name
    case 'base':
      return `@${core.name}`
    case 'set-local':
      return `${names.locals[core.id] ?? `%${core.id}`} = ${text(core.value)}`
    case 'set-captured':
      return `^${names.captures[core.index] ?? core.index} = ${text(core.value)}`
    case 'set-global':
      return `${core.isConst ? 'const' : 'global'} ${core.name}${typeText(core.type, names)} = ${text(core.value)}`
    case 'call': {
      const args = core.args.map(arg => text(arg.value) + (arg.splat ? '...' : '')).join(', ')
      const kwargs = core.kwargs.map(arg => (arg.name === null ? `${text(arg.value)}...` : `${arg.name} = ${text(arg.value)}`)).join(', ')
      const callee =
        core.callee.kind === 'global' || core.callee.kind === 'base' || core.callee.kind === 'local'
          ? text(core.callee)
          : calleeText(core.callee, text)
      return `${callee}(${args}${kwargs ? `; ${kwargs}` : ''})`
    }
    case 'block':
      return core.body.length === 0 ? 'nothing' : `(${core.body.map(text).join('; ')})`
    case 'if': {
      if (isShort(core.then) && isShort(core.else)) return `if ${text(core.test)} ? ${text(core.then)} : ${text(core.else)}`
      const otherwise =
        core.else.kind === 'literal' && core.else.value.kind === 'nothing' ? [] : [`${indent}else`, body(core.else, names, indent)]
      return [`if ${text(core.test)}`, body(core.then, names, indent), ...otherwise, `${indent}end`].join('\n')
    }
    case 'while':
      return [`while ${text(core.test)}`, body(core.body, names, indent), `${indent}end`].join('\n')
    case 'for':
      return [`for ${names.locals[core.target]} in ${text(core.iter)}`, body(core.body, names, indent), `${indent}end`].join('\n')
    case 'break':
      return core.levels === 1 ? 'break' : `break ${core.levels}`
    case 'continue':
      return 'continue'
    case 'label':
    case 'goto':
      return `@${core.kind} ${core.name}`
    case 'return':
      return `return ${text(core.value)}`
    case 'closure':
      return closureText(core.def, core.captures, names, indent)
    case 'new':
      return `new${core.type ? `{${text(core.type)}}` : ''}(${core.args.map(arg => text(arg.value) + (arg.splat ? '...' : '')).join(', ')})`
    case 'typeassert':
      return `${text(core.value)}::${text(core.type)}`
    case 'apply-type':
      return `${text(core.base)}{${core.args.map(text).join(', ')}}`
    case 'where':
      return `${text(core.body)} where {${core.vars.map(item => typeVarText(item, names)).join(', ')}}`
    case 'try': {
      const parts = [`try`, body(core.body, names, indent)]
      if (core.handler)
        parts.push(`${indent}catch${core.caught === null ? '' : ` ${names.locals[core.caught]}`}`, body(core.handler, names, indent))
      if (core.else) parts.push(`${indent}else`, body(core.else, names, indent))
      if (core.finally) parts.push(`${indent}finally`, body(core.finally, names, indent))
      return [...parts, `${indent}end`].join('\n')
    }
    case 'isdefined':
      return `isdefined(${text(core.what)})`
    case 'inbounds':
      return `inbounds(${text(core.body)})`
    case 'definition':
      return capturingText(core, names, indent)
    default:
      return unreachable(core, 'kind of Core')
  }
}

/** `a.f(x)` for a call of a property, which is how qualified names are called. */
function calleeText(callee: Core, text: (core: Core) => string): string {
  if (callee.kind === 'call' && callee.callee.kind === 'base' && callee.callee.name === 'getproperty' && callee.args.length === 2) {
    const name = callee.args[1]!.value
    if (name.kind === 'literal' && name.value.kind === 'symbol') return `${text(callee.args[0]!.value)}.${name.value.value}`
  }
  return `(${text(callee)})`
}

function isShort(core: Core): boolean {
  switch (core.kind) {
    case 'literal':
    case 'local':
    case 'captured':
    case 'global':
    case 'base':
    case 'self':
    case 'static-param':
      return true
    case 'call':
      return isShort(core.callee) && core.args.every(arg => isShort(arg.value)) && core.kwargs.length === 0
    default:
      return false
  }
}

function literalText(literal: Literal): string {
  switch (literal.kind) {
    case 'int':
      return String(literal.value)
    case 'uint':
      return `0x${literal.value.toString(16).padStart(literal.bits / 4, '0')}`
    case 'float':
      return Number.isInteger(literal.value) && Math.abs(literal.value) < 1e16 ? literal.value.toFixed(1) : String(literal.value)
    case 'float32':
      return `${literal.value}f0`
    case 'bool':
      return String(literal.value)
    case 'char':
      return `'${String.fromCodePoint(literal.value)}'`
    case 'string':
      return JSON.stringify(literal.value)
    case 'symbol':
      return `:${literal.value}`
    case 'nothing':
      return 'nothing'
    default:
      return unreachable(literal, 'kind of literal')
  }
}
