/** `using`, `import`, `export`. */
import type { Node, Tree } from '../../1-syntax/ast.ts'
import type { Definition } from '../core.ts'
import { argument, isIdentifier, isTree, unparen, unsupported } from './shapes.ts'

/** One definition for each module that is named: `using A, B` gives two. */
export function lowerImport(node: Tree): Definition[] {
  const isImport = node.kind === 'import'
  return node.args.map((item): Definition => {
    if (isTree(item, ':')) {
      return {
        kind: 'using',
        import: isImport,
        path: pathOf(argument(item, 0)),
        as: null,
        names: item.args.slice(1).map(importedName),
        span: node.span,
      }
    }
    if (isTree(item, 'as')) {
      return {
        kind: 'using',
        import: isImport,
        path: pathOf(argument(item, 0)),
        as: nameOf(argument(item, 1)),
        names: null,
        span: node.span,
      }
    }
    return { kind: 'using', import: isImport, path: pathOf(item), as: null, names: null, span: node.span }
  })
}

function importedName(node: Node): { name: string; as: string | null } {
  if (isTree(node, 'as')) return { name: pathOf(argument(node, 0)).at(-1)!, as: nameOf(argument(node, 1)) }
  return { name: pathOf(node).at(-1)!, as: null }
}

function pathOf(node: Node): string[] {
  if (!isTree(node, 'importpath')) return [nameOf(node)]
  return node.args.map(nameOf)
}

function nameOf(node: Node): string {
  const inner = unparen(node)
  if (isIdentifier(inner)) return inner.name
  if (inner.kind === 'MacroName') return `@${inner.name}`
  if (isTree(inner, 'quote') || (isTree(inner, '.') && inner.args.length === 1)) return nameOf(argument(inner, 0))
  return unsupported('This form of name in an import', node.span)
}

export function lowerExport(node: Tree): Definition {
  return { kind: 'export', names: node.args.map(nameOf), span: node.span }
}
